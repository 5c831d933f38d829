//! A pronoun in, whether the subject before it is of a sort that it cannot mean out: two people, several people, a country.

use super::speakers::Speakers;
use crate::article::EntityType;
use crate::lang::Classes;

/// A subject stands no more tokens before its pronoun.
const REACH: usize = 300;

impl Speakers<'_, '_, '_> {
    /// Whether the last who spoke before token `at` were two people.
    pub(super) fn pair_before(&self, at: usize) -> bool {
        let next = self.quotes_at.partition_point(|&(token, _)| token < at);
        let Some(&(_, quote)) = next.checked_sub(1).and_then(|last| self.quotes_at.get(last)) else { return false };
        let Some(speaker) = &self.found.quotes[quote].speaker else { return false };
        let range = self.found.clamp(&speaker.tokens);
        let person = |i: usize| self.kind(i) == EntityType::Person;
        let joined = range.clone().any(|t| self.found.text_at(t) == "and");
        joined && self.found.names_in(&range).filter(|&i| person(i)).count() > 1
    }

    /// Whether "they" at token `at` has a noun for several people as the last subject before it in its sentence: "While analysts praise
    /// the bank, they note".
    pub(super) fn speaks_of_several(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::VERB.union(Classes::CUE_VERB).union(Classes::AUXILIARY);
        let found = self.found;
        let acts = |t: usize| found.has(t, VERBS) && found.tokens.get(t).is_some_and(|t| !t.is_capital());
        // "The two sides stressed".
        let counted = |t: usize| {
            let number = t > 0 && matches!(found.text_at(t - 1), "two" | "both" | "three" | "four" | "Two" | "Both");
            number && found.text_at(t).ends_with('s') && found.tokens[t].is_word()
        };
        // "The authors concede as much."
        let plural = |t: usize| {
            let role = found.text_at(t).ends_with('s') && t > 0 && matches!(found.text_at(t - 1), "The" | "the");
            role && matches!(found.text_at(t), "authors" | "researchers" | "scientists" | "experts" | "critics")
        };
        let several =
            |t: usize| (found.has(t, Classes::COLLECTIVE) || counted(t) || plural(t)) && !self.named(t) && acts(t + 1);
        let body = |t: usize| found.name_ending(t + 1).is_some() && acts(t + 1);
        let start = found.sentence_start(at);
        let mut before = (start.max(at.saturating_sub(REACH))..at).rev();
        if let Some(subject) = before.find(|&t| several(t) || body(t)) {
            return several(subject);
        }
        // "Guides staged a walkout. More recently, they have complained."
        let block = found.block_start(at);
        let previous = || found.sentence_start(start - 1).max(start.saturating_sub(REACH));
        start > block && (previous()..start).find(|&t| several(t) || body(t)).is_some_and(several)
    }

    /// "Bolivia accepted the loss when it signed": a country that begins the sentence, and no body in between.
    pub(super) fn of_place(&self, at: usize) -> bool {
        const VERBS: Classes = Classes::VERB.union(Classes::CUE_VERB).union(Classes::AUXILIARY);
        const WITHIN: [&str; 9] = ["when", "as", "after", "because", "that", "where", "if", "while", "since"];
        let within = at.checked_sub(1).is_some_and(|i| WITHIN.contains(&self.found.text_at(i)));
        let start = self.found.sentence_start(at);
        let names = self.found.names_in(&(start..at));
        let mut kinds = names.clone().map(|i| self.kind(i));
        let first = names.clone().next().map(|i| &self.found.names[i].tokens);
        let subject = first.is_some_and(|n| n.start == start && self.found.has(n.end, VERBS));
        within
            && subject
            && kinds.next() == Some(EntityType::Place)
            && kinds.all(|kind| kind != EntityType::Organization)
    }

    /// "Acme says it is reviewing the plan. They believe": a body that the sentence before calls "it" is hardly "they" in the next one.
    pub(super) fn goes_by_it(&self, at: usize, entity: usize) -> bool {
        let start = self.found.sentence_start(at);
        if start <= self.found.block_start(at) {
            return false;
        }
        let before = self.found.sentence_start(start - 1);
        let names = self.found.names_in(&(before..start));
        let Some(name) = names.rev().find(|&i| self.clusters().of[i] == entity) else { return false };
        let word = |word: &str| (self.found.names[name].tokens.end..start).any(|t| self.found.text_at(t) == word);
        (word("it") || word("its")) && !word("they") && !word("their") && !word("them")
    }
}
