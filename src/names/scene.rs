//! Tokens in, capitals judged: which words stand with a capital because they are names, which because a sentence or a
//! headline begins them, and how the same words stand elsewhere in the article.

use crate::lang::{self, Classes};
use crate::segment::{Block, Structure};
use crate::text::{Flags, Kind, Token, TokenRange, Tokens, fold_hash};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// Why a word has its capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cap {
    /// It has none.
    None,
    /// Nothing but being a name asks for it.
    Sure,
    /// A sentence begins with it.
    First,
    /// It stands in a line whose words all have one.
    Loud,
}

/// How a word stands in the article.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    /// With a capital that only a name asks for.
    pub sure: u16,
    /// In lower case.
    pub lower: u16,
}

/// What finding names reads.
pub(super) struct Scene<'a, 't> {
    pub tokens: &'a Tokens<'t>,
    pub classes: &'a [Classes],
    pub caps: Vec<Cap>,
    uses: FxHashMap<u64, Uses>,
}

/// Function words, which are part of a name only inside one.
pub(super) const SMALL_WORDS: Classes = Classes::DETERMINER
    .union(Classes::PREPOSITION)
    .union(Classes::CONJUNCTION)
    .union(Classes::PRONOUN)
    .union(Classes::AUXILIARY);

/// Classes that speak for a name, whatever the position.
pub(super) const NAME_CLASSES: Classes = Classes::COUNTRY
    .union(Classes::CITY)
    .union(Classes::STATE)
    .union(Classes::DEMONYM)
    .union(Classes::FORENAME)
    .union(Classes::SURNAME)
    .union(Classes::AGENCY);

impl<'a, 't> Scene<'a, 't> {
    pub(super) fn new(tokens: &'a Tokens<'t>, classes: &'a [Classes], structure: &Structure) -> Self {
        let mut caps = vec![Cap::None; tokens.len()];
        for block in &structure.blocks {
            judge_block(tokens, classes, block, &mut caps);
        }
        for sentence in &structure.sentences {
            if let Some(first) = sentence.tokens.clone().find(|&i| tokens[i].is_word())
                && caps[first] == Cap::Sure
                && !tokens[first].flags.intersects(Flags::DOTTED | Flags::INNER_CAPITAL)
                && !is_acronym(&tokens[first])
            {
                caps[first] = Cap::First;
            }
        }
        let uses = count(tokens, &caps);
        Self { tokens, classes, caps, uses }
    }

    pub(super) fn class(&self, i: usize) -> Classes {
        self.classes.get(i).copied().unwrap_or_default()
    }

    pub(super) fn has(&self, i: usize, any: Classes) -> bool {
        self.class(i).intersects(any)
    }

    pub(super) fn cap(&self, i: usize) -> Cap {
        self.caps.get(i).copied().unwrap_or(Cap::None)
    }

    pub(super) fn uses(&self, i: usize) -> Uses {
        self.uses.get(&self.tokens[i].hash).copied().unwrap_or_default()
    }

    /// Whether token `i` is `mark` right after the word before it.
    pub(super) fn is_tight(&self, i: usize, mark: &str) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.space_before()) && self.tokens.word(i) == mark
    }

    /// Whether token `i` is a hyphen between two words without spaces.
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Dash && t.span.len() <= 3 && !t.space_before())
            && self.tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.space_before())
    }

    /// A single capital letter, or dotted ones: part of a person's name.
    pub(super) fn is_initial(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_word() && t.is_capital())
            && (self.tokens[i].span.len() == 1 || self.tokens[i].flags.contains(Flags::DOTTED))
    }

    /// Whether a name may begin with, or go on with, word `i`.
    pub(super) fn is_name_word(&self, i: usize) -> bool {
        let class = self.class(i);
        match self.cap(i) {
            Cap::None => false,
            _ if self.tokens[i].flags.contains(Flags::UNSPACED) => false,
            Cap::Sure => self.is_sure_name(i, class),
            Cap::First => self.is_name_at_start(i, class),
            Cap::Loud => self.is_name_in_headline(i, class),
        }
    }

    fn is_sure_name(&self, i: usize, class: Classes) -> bool {
        let token = &self.tokens[i];
        if class.intersects(Classes::MONTH | Classes::WEEKDAY) && !is_acronym(token) {
            let before = i > 0
                && self.cap(i - 1) != Cap::None
                && !self.has(i - 1, SMALL_WORDS)
                && self.has(i - 1, Classes::FORENAME | Classes::TITLE);
            return before || self.opens_name(i, class);
        }
        if class.intersects(SMALL_WORDS) {
            return matches!(self.tokens.word(i), "US" | "WHO") && !self.is_tight(i + 1, "$")
                || class.contains(Classes::AUXILIARY | Classes::FORENAME)
                    && (self.speaks(i + 1) || self.opens_name(i, class));
        }
        if token.span.len() == 1 {
            return self.is_initial(i) && self.tokens.word(i) != "I";
        }
        !self.is_contraction(i) && !not_names().contains(&token.hash)
    }

    /// "April Jones", "Jan Vikas Party", "Will Smith": a name that begins with such a word.
    fn opens_name(&self, i: usize, class: Classes) -> bool {
        let next = i + 1;
        self.cap(next) == Cap::Sure
            && !self.has(next, SMALL_WORDS | Classes::MONTH | Classes::WEEKDAY | Classes::TITLE | Classes::DEMONYM)
            && (class.contains(Classes::FORENAME) && !self.has(next, Classes::COMMON | Classes::COUNTRY)
                || self.has(next, Classes::SURNAME | Classes::ORG_NOUN) && self.tokens[i].span.len() > 2)
    }

    /// "I’m", "We’re", "Don't".
    fn is_contraction(&self, i: usize) -> bool {
        let word = self.tokens.word(i);
        word.len() < 9
            && ["'m", "’m", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "n't", "n’t"]
                .iter()
                .any(|e| word.ends_with(e))
    }

    /// Whether a word that reports stands at `i`.
    fn speaks(&self, i: usize) -> bool {
        self.has(i, Classes::CUE_VERB) && self.cap(i) == Cap::None
    }

    fn is_name_at_start(&self, i: usize, class: Classes) -> bool {
        if class.intersects(SMALL_WORDS | Classes::MONTH | Classes::WEEKDAY) {
            return class.contains(Classes::FORENAME)
                && class.intersects(Classes::AUXILIARY | Classes::MONTH)
                && (class.contains(Classes::AUXILIARY) && self.speaks(i + 1) || self.opens_name(i, class));
        }
        if self.is_contraction(i) || not_names().contains(&self.tokens[i].hash) {
            return false;
        }
        let uses = self.uses(i);
        if !class.intersects(Classes::COMMON | Classes::ADVERB | Classes::VERB | Classes::NUMBER_WORD) {
            return class.intersects(NAME_CLASSES) || uses.sure > 0 || uses.lower == 0 && !self.is_inflected(i);
        }
        if uses.sure > uses.lower {
            return true;
        }
        let next_sure = self.cap(i + 1) == Cap::Sure && !self.has(i + 1, SMALL_WORDS);
        if next_sure && !class.intersects(Classes::ADVERB | Classes::NUMBER_WORD) {
            return class.intersects(
                Classes::TITLE | Classes::ROLE | Classes::FORENAME | Classes::ORG_NOUN | Classes::PLACE_NOUN,
            ) || self
                .has(i + 1, Classes::ORG_NOUN | Classes::ORG_SUFFIX | Classes::PLACE_NOUN | Classes::TITLE)
                && !class.contains(Classes::VERB);
        }
        uses.lower == 0 && class.intersects(NAME_CLASSES) && !class.intersects(Classes::VERB) && self.speaks(i + 1)
            || class.contains(Classes::ORG_NOUN) && self.is_of_name(i + 1)
    }

    fn is_of_name(&self, i: usize) -> bool {
        self.has(i, Classes::PREPOSITION) && self.cap(i + 1) == Cap::Sure && self.tokens.word(i) == "of"
    }

    fn is_name_in_headline(&self, i: usize, class: Classes) -> bool {
        let uses = self.uses(i);
        if class.intersects(SMALL_WORDS | Classes::MONTH | Classes::WEEKDAY) {
            return uses.sure > 0 && uses.sure > uses.lower;
        }
        if class.intersects(Classes::COMMON | Classes::ADVERB | Classes::VERB) {
            let given = class.contains(Classes::FORENAME)
                && self.cap(i + 1) == Cap::Loud
                && !self.has(i + 1, Classes::COMMON | SMALL_WORDS);
            let heads = Classes::ORG_NOUN | Classes::PLACE_NOUN;
            let inside = i > 0
                && self.cap(i - 1) != Cap::None
                && (i + 1..i + 3).any(|t| self.cap(t) == Cap::Loud && self.has(t, heads));
            return uses.sure > uses.lower
                || given
                || uses.lower == 0 && (inside || class.intersects(Classes::TITLE | heads));
        }
        if not_names().contains(&self.tokens[i].hash) {
            return false;
        }
        uses.sure > 0 || class.intersects(NAME_CLASSES) || uses.lower == 0 && !self.is_inflected(i)
    }

    /// Whether an unlisted word looks like a form of an ordinary one: "Rescuers", "Rerouted".
    fn is_inflected(&self, i: usize) -> bool {
        const ENDINGS: [(&str, &str); 10] = [
            ("s", ""),
            ("es", ""),
            ("ed", ""),
            ("ed", "e"),
            ("d", ""),
            ("ing", ""),
            ("ing", "e"),
            ("ly", ""),
            ("er", ""),
            ("ies", "y"),
        ];
        let word = self.tokens.word(i);
        ENDINGS.iter().any(|(ending, instead)| {
            word.strip_suffix(ending).is_some_and(|stem| {
                stem.len() > 2 && {
                    let class = if instead.is_empty() {
                        crate::lang::lexicon().of_word(stem)
                    } else {
                        crate::lang::lexicon().of_word(&format!("{stem}{instead}"))
                    };
                    class.contains(Classes::COMMON)
                }
            })
        })
    }
}

/// Words that have capitals without being names: COVID, CEO, TV.
fn not_names() -> &'static FxHashSet<u64> {
    static WORDS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    WORDS.get_or_init(|| lang::words(include_str!("../lang/en/not_names.txt")).map(fold_hash).collect())
}

/// Two to six capitals, or dotted ones.
pub(super) fn is_acronym(token: &Token) -> bool {
    token.flags.contains(Flags::ALL_CAPS) && (token.span.len() <= 5 || token.flags.contains(Flags::DOTTED))
}

/// Judges the capitals of a block: a line whose longer words all have one says nothing by them.
fn judge_block(tokens: &Tokens<'_>, classes: &[Classes], block: &Block, caps: &mut [Cap]) {
    let line = block.tokens.clone();
    let sentence = line.clone().next_back().is_some_and(|i| tokens[i].kind == Kind::Stop);
    let loud = (!block.role.is_prose() || line.len() < 30 && !sentence) && is_loud(tokens, classes, &line);
    let mut first = true;
    for i in line {
        let token = &tokens[i];
        match token.kind {
            Kind::Word if token.flags.intersects(Flags::CAPITAL | Flags::INNER_CAPITAL) => {
                let sure = !first || is_acronym(token) || token.flags.contains(Flags::INNER_CAPITAL);
                caps[i] = if loud {
                    Cap::Loud
                } else if sure {
                    Cap::Sure
                } else {
                    Cap::First
                };
                first = false;
            }
            Kind::Word | Kind::Number | Kind::Clitic => first = false,
            Kind::Stop => first = !ends_abbreviation(tokens, classes, i),
            Kind::Comma => first = tokens.word(i) == ":" || first,
            Kind::Mark => first = first || token.space_before(),
            Kind::Open | Kind::Close | Kind::Dash => {}
            Kind::Symbol | Kind::Url => first = first || tokens.word(i) == "•",
        }
    }
}

/// Whether the stop at `i` belongs to an initial or a title rather than to a sentence.
fn ends_abbreviation(tokens: &Tokens<'_>, classes: &[Classes], i: usize) -> bool {
    const SHORT: Classes =
        Classes::TITLE.union(Classes::NAME_SUFFIX).union(Classes::ABBREVIATION).union(Classes::ORG_SUFFIX);
    i > 0
        && !tokens[i].space_before()
        && tokens[i - 1].is_word()
        && (tokens[i - 1].span.len() == 1 || tokens[i - 1].span.len() <= 5 && classes[i - 1].intersects(SHORT))
}

fn is_loud(tokens: &Tokens<'_>, classes: &[Classes], line: &TokenRange) -> bool {
    let (mut capital, mut small) = (0, 0);
    for i in line.clone().skip(1) {
        let token = &tokens[i];
        if token.is_word()
            && (token.span.len() >= 4 || token.flags.contains(Flags::ALL_CAPS))
            && !classes[i].intersects(SMALL_WORDS)
        {
            if token.is_capital() {
                // Names have their capital in any line.
                capital += usize::from(classes[i].contains(Classes::COMMON));
            } else {
                small += 1;
            }
        }
    }
    capital >= 1 && capital > 2 * small
}

/// Counts the uses of the words that stand with a capital somewhere.
fn count(tokens: &Tokens<'_>, caps: &[Cap]) -> FxHashMap<u64, Uses> {
    let mut uses: FxHashMap<u64, Uses> = FxHashMap::default();
    for (token, cap) in tokens.list.iter().zip(caps) {
        if *cap != Cap::None {
            let entry = uses.entry(token.hash).or_default();
            if *cap == Cap::Sure {
                entry.sure = entry.sure.saturating_add(1);
            }
        }
    }
    // Most words in lower case never have a capital; a glance at some bits tells most of them.
    let place = |token: &Token| (token.hash >> 6 & 63, 1u64 << (token.hash & 63));
    let mut seen = [0u64; 64];
    for (token, _) in tokens.list.iter().zip(caps).filter(|(_, cap)| **cap != Cap::None) {
        let (row, bit) = place(token);
        seen[row as usize] |= bit;
    }
    for (token, cap) in tokens.list.iter().zip(caps) {
        let (row, bit) = place(token);
        if seen[row as usize] & bit != 0
            && *cap == Cap::None
            && token.is_word()
            && let Some(entry) = uses.get_mut(&token.hash)
        {
            entry.lower = entry.lower.saturating_add(1);
        }
    }
    uses
}
