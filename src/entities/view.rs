//! Questions that linking asks of the text, answered from the earlier stages' results.

use super::Found;
use crate::article::{EntityType, Role};
use crate::lang::Classes;
use crate::text::{Flags, Kind, TokenRange};

const SMALL: Classes = Classes::DETERMINER
    .union(Classes::PREPOSITION)
    .union(Classes::CONJUNCTION)
    .union(Classes::PRONOUN)
    .union(Classes::AUXILIARY);

/// Words of known places, their adjectives among them.
pub(super) const PLACES: Classes = Classes::COUNTRY.union(Classes::DEMONYM).union(Classes::STATE).union(Classes::CITY);

/// Words of companies' names that are no word for a company: "the technology" is not Acme Technology.
const WARES: [&str; 20] = [
    "technology",
    "technologies",
    "energy",
    "power",
    "oil",
    "gas",
    "steel",
    "software",
    "foods",
    "aviation",
    "shipping",
    "aircraft",
    "lines",
    "instruments",
    "pictures",
    "properties",
    "resources",
    "chemicals",
    "petroleum",
    "pharmaceuticals",
];
/// Nouns for bodies that organizations' names lack: "the TV channel".
const BODIES: [&str; 24] = [
    "channel",
    "newspaper",
    "daily",
    "magazine",
    "website",
    "broadcaster",
    "station",
    "firm",
    "company",
    "carmaker",
    "airline",
    "party",
    "club",
    "bank",
    "army",
    "court",
    "university",
    "ministry",
    "agency",
    "operator",
    "retailer",
    "regulator",
    "union",
    "charity",
];

impl<'t> Found<'_, 't> {
    pub(super) fn class(&self, i: usize) -> Classes {
        self.classes.get(i).copied().unwrap_or_default()
    }

    pub(super) fn has(&self, i: usize, any: Classes) -> bool {
        self.class(i).intersects(any)
    }

    /// The text of token `i`; empty past the end.
    pub(super) fn text_at(&self, i: usize) -> &'t str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.tokens.text))
    }

    /// A function word.
    pub(super) fn is_small(&self, i: usize) -> bool {
        self.has(i, SMALL)
    }

    /// Whether the name that begins at token `start` has "the" before it, or as its first word.
    pub(super) fn is_definite(&self, start: usize) -> bool {
        self.text_at(start) == "The" || start > 0 && matches!(self.text_at(start - 1), "the" | "The")
    }

    /// A noun for a company, a medium or another body.
    pub(super) fn is_body_noun(&self, i: usize) -> bool {
        let Some(token) = self.tokens.get(i) else { return false };
        (!token.is_capital() || token.flags.contains(Flags::ALL_CAPS))
            && token.is_word()
            && (BODIES.contains(&self.text_at(i))
                || self.has(i, Classes::ORG_NOUN) && self.has(i, Classes::COMMON) && !WARES.contains(&self.text_at(i)))
    }

    /// A noun for a sort of place: lake, river, airport.
    pub(super) fn is_place_noun(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_word() && !t.is_capital()) && self.has(i, Classes::PLACE_NOUN)
    }

    /// A hyphen within a word: "vice-chairman".
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Dash && !t.space_before())
            && self.tokens.get(i + 1).is_some_and(|t| t.is_word() && !t.space_before())
    }

    /// A noun that may head a description.
    pub(super) fn is_head(&self, i: usize) -> bool {
        self.has(i, Classes::ROLE) || self.is_body_noun(i)
    }

    /// The head of a noun phrase: its last role or body before a preposition or a comma.
    pub(super) fn head(&self, range: &TokenRange) -> Option<usize> {
        let end = range.clone().skip(1).find(|&t| {
            self.has(t, Classes::PREPOSITION)
                || matches!(self.tokens[t].kind, Kind::Comma | Kind::Stop | Kind::Dash) && !self.is_hyphen(t)
                || self.text_at(t) == "who"
                || self.text_at(t) == "that"
        });
        // "The prosecutor's office" is no prosecutor.
        let owns = |t: usize| t + 1 < range.end && self.tokens[t + 1].kind == Kind::Clitic && !self.is_body_noun(t);
        (range.start..end.unwrap_or(range.end)).rev().find(|&t| self.is_head(t) && !owns(t))
    }

    /// The head of a phrase that an article opens: its last ordinary word before a preposition or a comma.
    pub(super) fn noun(&self, range: &TokenRange) -> Option<usize> {
        if !matches!(
            self.text_at(range.start),
            "a" | "an" | "the" | "his" | "her" | "its" | "their" | "A" | "An" | "The" | "His" | "Her" | "Its"
        ) {
            return None;
        }
        let stops = |t: usize| {
            !self.tokens[t].is_word() && !matches!(self.tokens[t].kind, Kind::Dash | Kind::Number)
                || self.is_small(t)
                || self.has(t, Classes::CUE_VERB)
        };
        let end = (range.start + 1..range.end).find(|&t| stops(t)).unwrap_or(range.end);
        (end > range.start + 1 && !self.tokens[end - 1].is_capital()).then(|| end - 1)
    }

    /// A range that lies within the tokens.
    pub(super) fn clamp(&self, range: &TokenRange) -> TokenRange {
        let end = range.end.min(self.tokens.len());
        range.start.min(end)..end
    }

    /// Where the sentence with token `i` ends; right there where none has it.
    pub(super) fn sentence_end(&self, i: usize) -> usize {
        let sentences = &self.structure.sentences;
        let next = sentences.partition_point(|s| s.tokens.start <= i);
        next.checked_sub(1).map_or(i, |n| sentences[n].tokens.end.max(i))
    }

    /// Where the sentence with token `i` begins.
    pub(super) fn sentence_start(&self, i: usize) -> usize {
        let sentences = &self.structure.sentences;
        let next = sentences.partition_point(|s| s.tokens.start <= i);
        next.checked_sub(1).map_or(i, |n| sentences[n].tokens.start)
    }

    /// Where the block with token `i` begins.
    pub(super) fn block_start(&self, i: usize) -> usize {
        let blocks = &self.structure.blocks;
        let next = blocks.partition_point(|b| b.tokens.start <= i);
        next.checked_sub(1).map_or(0, |n| blocks[n].tokens.start)
    }

    /// The role of the block with token `i`.
    pub(super) fn role_at(&self, i: usize) -> Role {
        let blocks = &self.structure.blocks;
        let next = blocks.partition_point(|b| b.tokens.start <= i);
        next.checked_sub(1).map_or(Role::Paragraph, |n| blocks[n].role)
    }

    /// The numbers of the names in `range`.
    pub(super) fn names_in(&self, range: &TokenRange) -> TokenRange {
        let from = self.names.partition_point(|n| n.tokens.start < range.start);
        let to = self.names.partition_point(|n| n.tokens.start < range.end);
        from..to.max(from)
    }

    /// The name that covers token `i`.
    pub(super) fn name_at(&self, i: usize) -> Option<usize> {
        let n = self.names.partition_point(|n| n.tokens.end <= i);
        self.names.get(n).filter(|name| name.tokens.start <= i).map(|_| n)
    }

    /// Where the name that ends at token `end` begins.
    pub(super) fn name_ending(&self, end: usize) -> Option<usize> {
        let n = self.names.partition_point(|n| n.tokens.end < end);
        self.names.get(n).filter(|name| name.tokens.end == end).map(|name| name.tokens.start)
    }

    /// Whether an organization's name begins at token `i`.
    pub(super) fn is_named_body(&self, i: usize) -> bool {
        self.name_at(i)
            .is_some_and(|n| self.names[n].kind == EntityType::Organization && self.names[n].tokens.start == i)
    }
}
