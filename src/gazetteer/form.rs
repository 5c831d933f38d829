//! An alias in, the sequences of atoms that stand for it out, and what it asks of the text's capitals.
//!
//! Most aliases have one form. Where news writes one name in several ways there is one for each: `J.K. Marsh` is also
//! `J. K. Marsh` and `JK Marsh`, `St. Louis` also `St Louis`, `Workers' Party` also `Workers Party`.

use super::atoms::{self, Place};
use crate::article::EntityType;
use crate::text::{Flags, Kind, Token, Tokens, fold_hash, tokenize};
use bitflags::bitflags;
use std::ops::Range;

/// Between the atoms of a form; the tokenizer takes it for white space, so no atom holds it.
pub(super) const SEPARATOR: u8 = 0x1F;

/// An alias with more choices than this keeps the first ones.
const MAX_FORMS: usize = 16;

bitflags! {
    /// What an alias asks of the text.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct Gate: u8 {
        /// A short acronym: matches capitals alone.
        const EXACT = 1;
        /// Too short for a text in capitals: `MAY` is not the family name.
        const NO_ALL_CAPS = 1 << 1;
        /// An ordinary word too: needs the context to be a name.
        const WEAK = 1 << 2;
        /// In a script without spaces: the text must be the alias itself, marks and all.
        const UNSPACED = 1 << 3;
        /// An acronym that is a word of every sentence: no name amid words in capitals.
        const FUNCTION_WORD = 1 << 4;
    }
}

/// One atom of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    pub hash: u64,
    /// Its folded text, in [`Forms::letters`].
    start: u32,
    end: u32,
    pub capital: bool,
    /// For a mark or sign, what the filter of first atoms knows it by.
    pub sign: Option<u64>,
}

/// A place in an alias that is written in several ways.
struct Choice {
    /// The elements as they stand in the alias.
    at: Range<usize>,
    /// One other way or two, in [`Forms::spare`].
    others: [Option<Range<usize>>; 2],
}

impl Choice {
    fn ways(&self) -> usize {
        1 + self.others.iter().flatten().count()
    }
}

/// Reads aliases one after the other; its buffers are used again.
#[derive(Default)]
pub(super) struct Forms {
    letters: String,
    elements: Vec<Element>,
    spare: Vec<Element>,
    choices: Vec<Choice>,
    whole: Vec<Element>,
    pub gate: Gate,
}

impl Forms {
    /// Reads `alias` of an entity of type `kind`; false if there is nothing in it.
    pub fn read(&mut self, alias: &str, kind: Option<EntityType>) -> bool {
        self.letters.clear();
        self.elements.clear();
        self.spare.clear();
        self.choices.clear();
        let tokens = tokenize(alias);
        let mut i = 0;
        while i < tokens.len() {
            i = self.token(&tokens, i, kind);
        }
        if self.elements.is_empty() && !tokens.is_empty() {
            self.push(&tokens, Place::token(0));
        }
        self.gate = gate(&tokens);
        self.relax(&tokens);
        !self.elements.is_empty()
    }

    /// Calls `use_form` with each form; its elements' text is had from [`Forms::text`].
    pub fn each(&mut self, mut use_form: impl FnMut(&Self, &[Element])) {
        let mut whole = std::mem::take(&mut self.whole);
        let forms = self.choices.iter().fold(1, |n: usize, c| n.saturating_mul(c.ways())).min(MAX_FORMS);
        for number in 0..forms {
            self.assemble(number, &mut whole);
            if !whole.is_empty() {
                use_form(self, &whole);
            }
        }
        self.whole = whole;
    }

    /// The folded text of an element.
    pub fn text(&self, element: &Element) -> &str {
        &self.letters[element.start as usize..element.end as usize]
    }

    /// The form of this number: its digits, in the mixed base of the choices, say which way is taken where.
    fn assemble(&self, mut number: usize, whole: &mut Vec<Element>) {
        whole.clear();
        let mut done = 0;
        for choice in &self.choices {
            let ways = choice.ways();
            whole.extend_from_slice(&self.elements[done..choice.at.start]);
            let other = (number % ways).checked_sub(1).and_then(|other| choice.others[other].clone());
            whole.extend_from_slice(match other {
                None => &self.elements[choice.at.clone()],
                Some(other) => &self.spare[other],
            });
            number /= ways;
            done = choice.at.end;
        }
        whole.extend_from_slice(&self.elements[done..]);
    }

    /// Reads the token at `i` with what belongs to it; returns the next to be read.
    fn token(&mut self, tokens: &Tokens<'_>, i: usize, kind: Option<EntityType>) -> usize {
        let token = &tokens[i];
        if let Some((letters, next)) = initials(tokens, i, kind) {
            self.initials(&letters, tokens.len() == 1);
            return next;
        }
        let from = self.elements.len();
        match token.kind {
            Kind::Dash => {
                let spaced = token.space_before() && tokens.get(i + 1).is_some_and(Token::space_before);
                if spaced && from > 0 {
                    let dash = self.spare_element("-", false);
                    self.choices.push(Choice { at: from..from, others: [Some(dash..dash + 1), None] });
                }
                i + 1
            }
            Kind::Word if is_stop(tokens, i + 1) => {
                self.push(tokens, Place::token(i));
                let stop = self.elements.len();
                self.push(tokens, Place::token(i + 1));
                self.choices.push(Choice { at: stop..stop + 1, others: [Some(0..0), None] });
                i + 2
            }
            Kind::Word if i + 1 < tokens.len() && takes_stop(token, tokens.word(i)) => {
                self.push(tokens, Place::token(i));
                let (end, stop) = (self.elements.len(), self.spare_element(".", false));
                self.choices.push(Choice { at: end..end, others: [Some(stop..stop + 1), None] });
                i + 1
            }
            Kind::Mark if from > 0 && !token.space_before() && i + 1 < tokens.len() && is_apostrophe(tokens, i) => {
                self.push(tokens, Place::token(i));
                self.choices.push(Choice { at: from..from + 1, others: [Some(0..0), None] });
                i + 1
            }
            _ => {
                self.push(tokens, Place::token(i));
                if self.elements.len() == from + 1 && self.elements[from].sign.is_none() {
                    self.apostrophe(from);
                }
                i + 1
            }
        }
    }

    /// An inner apostrophe may be an entity of HTML in the text, which cuts the word.
    fn apostrophe(&mut self, at: usize) {
        let Element { start, end, capital, .. } = self.elements[at];
        let word = &self.letters[start as usize..end as usize];
        let Some((before, after)) = word.split_once('\'').map(|(b, a)| (b.to_owned(), a.to_owned())) else { return };
        let spare = self.spare.len();
        if !before.is_empty() {
            self.spare_element(&before, capital);
        }
        self.spare_element("'", false);
        self.spare_element(&after, false);
        self.choices.push(Choice { at: at..at + 1, others: [Some(spare..self.spare.len()), None] });
    }

    /// Adds a token as it stands: one atom, or one for each character in a script without spaces.
    fn push(&mut self, tokens: &Tokens<'_>, mut place: Place) {
        let first = place.token;
        while place.token == first {
            let Some(atom) = atoms::read(tokens, place) else { break };
            let start = self.letters.len();
            self.letters.push_str(&atoms::form(&tokens[first], atom.span.of(tokens.text)));
            let (start, end) = (start as u32, self.letters.len() as u32);
            let capital = atoms::has_capital(tokens, &atom);
            let sign = (tokens[first].hash == 0).then(|| atoms::sign_key(tokens.text, &tokens[first]));
            self.elements.push(Element { hash: atom.hash, start, end, capital, sign });
            place = atom.next;
        }
    }

    fn spare_element(&mut self, letters: &str, capital: bool) -> usize {
        let start = self.letters.len() as u32;
        self.letters.push_str(letters);
        let end = self.letters.len() as u32;
        let sign = (!letters.starts_with(char::is_alphanumeric)).then_some(0);
        self.spare.push(Element { hash: fold_hash(letters), start, end, capital, sign });
        self.spare.len() - 1
    }

    /// Initials as they may stand: `jk`, `j . k .`, and within a longer name `j k`.
    fn initials(&mut self, letters: &str, alone: bool) {
        let from = self.elements.len();
        let spaced = self.spare.len();
        for letter in letters.chars() {
            self.spare_element(letter.encode_utf8(&mut [0; 4]), true);
        }
        let stopped = self.spare.len();
        for letter in letters.chars() {
            self.spare_element(letter.encode_utf8(&mut [0; 4]), true);
            self.spare_element(".", false);
        }
        let end = self.spare.len();
        let joined = self.spare_element(letters, true);
        self.elements.extend(self.spare.pop());
        debug_assert_eq!(joined, end);
        let others = [Some(stopped..end), (!alone).then_some(spaced..stopped)];
        self.choices.push(Choice { at: from..from + 1, others });
    }

    /// Takes the capital off words that are written small within names: `Bank Of England`, `BANK OF ENGLAND`.
    fn relax(&mut self, tokens: &Tokens<'_>) {
        if !self.elements.iter().any(|e| e.capital && !is_small_word(&self.letters[e.start as usize..e.end as usize])) {
            return;
        }
        let in_capitals = tokens.len() > 2 && is_all_caps(tokens);
        for (i, element) in self.elements.iter_mut().chain(&mut self.spare).enumerate() {
            let word = &self.letters[element.start as usize..element.end as usize];
            if i == 0 && !is_leading_particle(word) {
                continue;
            }
            element.capital &= !(is_small_word(word) || in_capitals && matches!(word, "with" | "from"));
        }
    }
}

fn is_all_caps(tokens: &Tokens<'_>) -> bool {
    tokens.list.iter().all(|t| !t.is_word() || t.flags.contains(Flags::ALL_CAPS) || t.span.len() == 1)
}

fn gate(tokens: &Tokens<'_>) -> Gate {
    let mut gate = Gate::empty();
    let cased = tokens.text.chars().any(char::is_uppercase);
    let letters = tokens.text.chars().filter(|c| c.is_alphanumeric()).count();
    let word = tokens.list.iter().find(|t| t.is_word());
    if tokens.len() == 1 && letters <= 3 && word.is_some_and(|t| t.flags.contains(Flags::ALL_CAPS)) {
        gate |= Gate::EXACT;
        if is_function_word(&tokens.text.trim().to_ascii_lowercase().replace('.', "")) {
            gate |= Gate::FUNCTION_WORD;
        }
    } else if cased && letters < 4 && !is_all_caps(tokens) {
        gate |= Gate::NO_ALL_CAPS;
    }
    if tokens.list.iter().any(|t| t.flags.contains(Flags::UNSPACED)) {
        gate |= Gate::UNSPACED;
    }
    gate
}

/// Words that acronyms are made of by chance.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "us" | "it"
            | "who"
            | "am"
            | "an"
            | "as"
            | "at"
            | "be"
            | "by"
            | "do"
            | "go"
            | "he"
            | "if"
            | "in"
            | "is"
            | "me"
            | "my"
            | "no"
            | "of"
            | "on"
            | "or"
            | "our"
            | "so"
            | "to"
            | "up"
            | "we"
            | "all"
            | "and"
            | "any"
            | "are"
            | "can"
            | "for"
            | "has"
            | "how"
            | "may"
            | "new"
            | "not"
            | "now"
            | "one"
            | "out"
            | "she"
            | "the"
            | "was"
            | "why"
            | "you"
    )
}

/// Words that stand small inside names.
fn is_small_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "the"
            | "and"
            | "for"
            | "in"
            | "on"
            | "at"
            | "to"
            | "by"
            | "de"
            | "da"
            | "do"
            | "dos"
            | "das"
            | "del"
            | "la"
            | "le"
            | "les"
            | "du"
            | "des"
            | "von"
            | "van"
            | "der"
            | "den"
            | "und"
            | "et"
            | "y"
            | "e"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "di"
            | "della"
    )
}

/// Words that stand small even where they begin a name.
fn is_leading_particle(word: &str) -> bool {
    matches!(word, "the" | "de" | "da" | "del" | "della" | "di" | "du" | "von" | "van" | "al" | "el")
}

fn is_stop(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.kind == Kind::Stop && !t.space_before()) && tokens.word(i) == "."
}

fn is_apostrophe(tokens: &Tokens<'_>, i: usize) -> bool {
    matches!(tokens.word(i), "'" | "\u{2019}" | "\u{02BC}" | "\u{FF07}")
}

fn is_initial(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.get(i).is_some_and(|t| t.is_word() && t.is_capital() && t.span.len() == 1)
}

/// The initials at token `i`, folded, and the token after them: `J.K.`, `J. K.`, `JK` before a family name, `US` alone.
fn initials(tokens: &Tokens<'_>, i: usize, kind: Option<EntityType>) -> Option<(String, usize)> {
    let token = &tokens[i];
    let word = tokens.word(i);
    if token.flags.contains(Flags::DOTTED) {
        return Some((atoms::form(token, word).into_owned(), i + 1));
    }
    let mut letters = String::new();
    let mut next = i;
    while is_initial(tokens, next) && is_stop(tokens, next + 1) {
        letters.push_str(tokens.word(next));
        next += 2;
    }
    if letters.len() < 2 {
        let named = tokens.get(i + 1).is_some_and(|t| t.is_word() && t.is_capital());
        let short =
            token.flags.contains(Flags::ALL_CAPS) && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        let of_person = named && matches!(kind, None | Some(EntityType::Person)) && !is_all_caps(tokens);
        if !(i == 0 && short && word.len() > 1 && (tokens.len() == 1 || of_person)) {
            return None;
        }
        letters.clear();
        letters.push_str(word);
        next = i + 1;
    }
    letters.make_ascii_lowercase();
    Some((letters, next))
}

/// Whether news writes the word with a stop and without.
fn takes_stop(token: &Token, word: &str) -> bool {
    token.is_capital()
        && (word.len() == 1
            || matches!(
                word,
                "St" | "Ste"
                    | "Mt"
                    | "Ft"
                    | "Mr"
                    | "Mrs"
                    | "Ms"
                    | "Dr"
                    | "Gen"
                    | "Sen"
                    | "Rep"
                    | "Gov"
                    | "Lt"
                    | "Col"
                    | "Capt"
                    | "Sgt"
                    | "Prof"
                    | "Rev"
                    | "Jr"
                    | "Sr"
                    | "Bros"
                    | "No"
                    | "Inc"
                    | "Corp"
                    | "Co"
                    | "Ltd"
            ))
}
