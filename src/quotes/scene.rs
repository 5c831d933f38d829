//! What the quote stage asks of an article again and again: which region, which name lies at a token, where a passage ends.

use super::marks::{self, Region};
use crate::article::Role;
use crate::lang::Classes;
use crate::model::Linear;
use crate::names::Name;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{Flags, Kind, Token, TokenRange, Tokens};

const NONE: u32 = u32::MAX;

/// The work on a passage grows with the square of its length. Sentences are shorter by far.
const MOST_PLAIN: usize = 1000;

/// What stands past the last token.
const END: Token = Token { hash: 0, span: Span { start: 0, end: 0 }, kind: Kind::Stop, flags: Flags::SPACE_BEFORE };

/// An article as the quote stage sees it.
pub struct Scene<'a, 't> {
    /// The tokens.
    pub tokens: &'a Tokens<'t>,
    /// Their classes.
    pub classes: &'a [Classes],
    /// The page.
    pub structure: &'a Structure,
    /// The names, in order.
    pub names: &'a [Name],
    /// The regions between marks of all blocks, in order.
    pub regions: Vec<Region>,
    /// The trained model, where there is one.
    pub model: Option<&'a Linear>,
    name_at: Vec<u32>,
    region_at: Vec<u32>,
    /// Regions inside regions, at their tokens.
    nested_at: Vec<u32>,
}

/// A sentence, or several that a quoted region holds together.
#[derive(Clone, Debug)]
pub struct Passage {
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its block.
    pub block: usize,
}

impl<'a, 't> Scene<'a, 't> {
    /// Pairs the marks of every block and maps regions and names to tokens.
    pub fn new(
        tokens: &'a Tokens<'t>,
        classes: &'a [Classes],
        structure: &'a Structure,
        names: &'a [Name],
        model: Option<&'a Linear>,
    ) -> Self {
        let mut regions: Vec<Region> = Vec::new();
        for (i, block) in structure.blocks.iter().enumerate() {
            let base = regions.len();
            let next = || structure.blocks[i + 1..].iter().find(|next| next.role == Role::Paragraph);
            let resumed =
                block.role == Role::Paragraph && next().is_some_and(|next| marks::opens_single(tokens, &next.tokens));
            let found = marks::pair(tokens, &block.tokens, resumed);
            regions.extend(found.into_iter().map(|r| Region { parent: r.parent.map(|p| p + base), ..r }));
        }
        let mut region_at = vec![NONE; tokens.len()];
        for (i, region) in regions.iter().enumerate().filter(|(_, r)| r.parent.is_none()) {
            region_at[region.tokens.clone()].fill(i as u32);
        }
        let mut nested_at = Vec::new();
        if regions.iter().any(|r| r.parent.is_some()) {
            nested_at = vec![NONE; tokens.len()];
            let is_second = |r: &Region| r.parent.is_some_and(|p| regions[p].parent.is_none());
            for (i, region) in regions.iter().enumerate().filter(|(_, r)| is_second(r)) {
                nested_at[region.tokens.clone()].fill(i as u32);
            }
        }
        let mut name_at = vec![NONE; tokens.len()];
        for (i, name) in names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(i as u32);
        }
        Self { tokens, classes, structure, names, regions, model, name_at, region_at, nested_at }
    }

    /// The passages of the prose blocks, in order.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages: Vec<Passage> = Vec::new();
        for sentence in &self.structure.sentences {
            match passages.last_mut() {
                Some(last)
                    if last.block == sentence.block && self.is_bridged(last.tokens.end, sentence.tokens.start) =>
                {
                    last.tokens.end = sentence.tokens.end;
                }
                _ => passages.push(Passage { tokens: sentence.tokens.clone(), block: sentence.block }),
            }
        }
        passages
    }

    /// A passage in pieces of up to [`MOST_PLAIN`] tokens and quoted regions: one piece, unless nothing in it ends a
    /// sentence.
    pub fn cut(&self, passage: Passage) -> impl Iterator<Item = Passage> {
        let Passage { tokens, block } = passage;
        let mut next = tokens.start;
        std::iter::from_fn(move || {
            let first = next;
            next = if tokens.end - first <= MOST_PLAIN {
                tokens.end
            } else {
                let plain = |&i: &usize| self.region(i).is_none() || self.opens_region(i).is_some();
                let mut plain = (first..tokens.end).filter(plain);
                plain.nth(MOST_PLAIN).unwrap_or(tokens.end)
            };
            (first < next).then_some(Passage { tokens: first..next, block })
        })
    }

    /// The same article as somebody sees it who reads inside the outermost marks, where there are marks in marks.
    pub fn inside(mut self) -> Option<Self> {
        if self.nested_at.is_empty() {
            return None;
        }
        self.region_at = std::mem::take(&mut self.nested_at);
        Some(self)
    }

    /// The outermost regions that hold others, sentence by sentence.
    pub fn nesting_passages(&self) -> Vec<Passage> {
        let mut holders: Vec<usize> =
            self.regions.iter().filter_map(|r| r.parent).filter(|&p| self.regions[p].parent.is_none()).collect();
        holders.dedup();
        let mut passages = Vec::new();
        for inner in holders.into_iter().map(|h| self.regions[h].inner()) {
            let first = self.structure.sentences.partition_point(|s| s.tokens.end <= inner.start);
            for sentence in self.structure.sentences[first..].iter().take_while(|s| s.tokens.start < inner.end) {
                let tokens = sentence.tokens.start.max(inner.start)..sentence.tokens.end.min(inner.end);
                if !tokens.is_empty() {
                    passages.push(Passage { tokens, block: sentence.block });
                }
            }
        }
        passages
    }

    /// Whether one region holds the token before `end` and the token at `start`.
    fn is_bridged(&self, end: usize, start: usize) -> bool {
        end > 0
            && start < self.region_at.len()
            && self.region_at[start] != NONE
            && self.region_at[end - 1] == self.region_at[start]
    }

    /// The block that holds token `i`.
    pub fn block_of(&self, i: usize) -> usize {
        self.structure.blocks.partition_point(|b| b.tokens.start <= i).saturating_sub(1)
    }

    /// The index of the outermost region at token `i`.
    pub fn region(&self, i: usize) -> Option<usize> {
        self.region_at.get(i).copied().filter(|&r| r != NONE).map(|r| r as usize)
    }

    /// The name at token `i`.
    pub fn name(&self, i: usize) -> Option<&'a Name> {
        self.name_at.get(i).copied().filter(|&n| n != NONE).map(|n| &self.names[n as usize])
    }

    /// Token `i`; a stop past the end.
    pub fn token(&self, i: usize) -> &Token {
        self.tokens.get(i).unwrap_or(&END)
    }

    /// The text of token `i`; nothing past the end.
    pub fn word(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.tokens.text))
    }

    /// Whether token `i` is `word`, whatever its case.
    #[inline]
    pub fn is(&self, i: usize, word: &str) -> bool {
        self.token(i).span.len() == word.len() && self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether token `i` is one of `words`, whatever its case.
    #[expect(clippy::inline_always, reason = "the lists are constants: most words are ruled out by their length")]
    #[inline(always)]
    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        let word = self.word(i);
        words.iter().any(|w| word.eq_ignore_ascii_case(w))
    }

    /// Whether token `i` belongs to any of `classes`.
    pub fn has(&self, i: usize, classes: Classes) -> bool {
        self.classes.get(i).is_some_and(|c| c.intersects(classes))
    }

    /// The class of token `i`; a stop past the end.
    pub fn kind(&self, i: usize) -> Kind {
        self.token(i).kind
    }

    /// Whether token `i` is a dash between words, not a hyphen within one.
    pub fn is_break_dash(&self, i: usize) -> bool {
        self.kind(i) == Kind::Dash
            && (self.token(i).space_before()
                || self.tokens.get(i + 1).is_none_or(Token::space_before)
                || self.word(i) != "-")
    }

    /// The bytes of `range`, without white space and marks of punctuation at its end.
    pub fn span(&self, range: &TokenRange) -> Span {
        self.tokens.span(range)
    }

    /// The tokens of the sentence that holds token `i`.
    pub fn sentence(&self, i: usize) -> Option<&TokenRange> {
        let sentences = &self.structure.sentences;
        let at = sentences.partition_point(|s| s.tokens.end <= i);
        sentences.get(at).map(|s| &s.tokens).filter(|tokens| tokens.contains(&i))
    }

    /// `range` without the punctuation and dashes at its edges; quote marks stay.
    pub fn trim(&self, range: &TokenRange) -> TokenRange {
        let is_edge =
            |i: usize| matches!(self.kind(i), Kind::Stop | Kind::Comma | Kind::Dash) && self.region(i).is_none();
        let mut start = range.start;
        let mut end = range.end;
        while start < end && is_edge(start) {
            start += 1;
        }
        while start < end && is_edge(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// Whether `range` holds a word outside quote marks.
    pub fn has_plain_words(&self, range: &TokenRange) -> bool {
        range.clone().any(|i| self.region(i).is_none() && matches!(self.kind(i), Kind::Word | Kind::Number))
    }

    /// Whether `range` holds a verb, an auxiliary or a cue outside quote marks.
    pub fn has_verb(&self, range: &TokenRange) -> bool {
        range.clone().any(|i| self.region(i).is_none() && self.is_verb(i))
    }

    /// Whether token `i` is likely a finite verb or an auxiliary.
    pub fn is_verb(&self, i: usize) -> bool {
        self.has(i, Classes::AUXILIARY | Classes::CUE_VERB | Classes::VERB) && self.name(i).is_none()
    }

    /// Whether a quoted region begins at token `i`.
    pub fn opens_region(&self, i: usize) -> Option<usize> {
        self.region(i).filter(|&r| self.regions[r].tokens.start == i)
    }

    /// Whether a quoted region begins anywhere in `range`.
    pub fn opens_any(&self, range: &TokenRange) -> bool {
        range.clone().any(|i| self.region(i).is_some())
    }
}
