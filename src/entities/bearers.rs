//! A phrase that says who spoke in, the name in it that is its bearer out: not its owner, not what a preposition brings in.

use super::speakers::Speakers;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::Speaker;
use crate::text::{Kind, TokenRange};

/// Nouns for those whom a body qualifies: "one Twitter user", "the party person".
const USERS: [&str; 13] = [
    "person",
    "user",
    "users",
    "fan",
    "fans",
    "viewer",
    "viewers",
    "reader",
    "readers",
    "subscriber",
    "subscribers",
    "follower",
    "followers",
];

/// What is called after somebody, and is somebody else: "the Clinton campaign", "the Bush family".
const AFTER_SOMEBODY: [&str; 9] =
    ["campaign", "camp", "administration", "government", "regime", "family", "team", "estate", "household"];

impl Speakers<'_, '_, '_> {
    /// The name that is the head of the phrase: not its owner, not what a preposition brings in.
    pub(super) fn head_name(&self, range: &TokenRange) -> Option<usize> {
        let names = self.found.names_in(range);
        let head = |&i: &usize| {
            let name = &self.found.names[i];
            let after = name.tokens.end;
            let owner = after < range.end && self.found.tokens[after].kind == Kind::Clitic;
            // "Counsel to the inquiry, Ana Roe": what stands before a comma brings nothing in.
            let apposed = name.title.as_ref().map_or(name.tokens.start, |title| title.start.max(range.start));
            // "Officials at the rail company, Enafer".
            let people = |t: usize| {
                self.found.has(t, Classes::ROLE | Classes::COLLECTIVE) && !self.found.is_body_noun(t)
                    || self.found.text_at(t).ends_with("fficials")
            };
            let brings = (range.start..range.end).find(|&t| self.found.has(t, Classes::PREPOSITION));
            let fits = match self.kind(i) {
                EntityType::Person => true,
                EntityType::Organization => !brings.is_some_and(|t| t > range.start && people(t - 1)),
                EntityType::Place | EntityType::Group | EntityType::Misc => false,
            };
            let apposed = fits && apposed > range.start && self.found.text_at(apposed - 1) == ",";
            // "Commission for Equality chairman Ana Roe": a preposition within the name of a body brings nothing in.
            let within = |t: usize| {
                let body = t > range.start && self.found.tokens[t - 1].is_capital() && !self.found.is_head(t - 1);
                body && after == range.end && self.kind(i) == EntityType::Person
            };
            let brings =
                |t: usize| self.found.has(t, Classes::PREPOSITION) && !self.found.tokens[t].is_capital() && !within(t);
            let brought = !apposed && (range.start..name.tokens.start).any(brings);
            let person = self.kind(i) == EntityType::Person;
            // "Commissioner of Police Ana Roe": what "of" brings in is the office.
            let office = after == range.end && name.tokens.start > range.start + 1 && {
                let before = &self.found.tokens[name.tokens.start - 1];
                // "A specialist in labour affairs Ana Roe".
                let affairs = before.is_word()
                    && matches!(
                        self.found.text_at(name.tokens.start - 1),
                        "affairs" | "issues" | "matters" | "relations"
                    );
                let post = person && self.is_post(&(range.start..name.tokens.start));
                before.is_word() && before.is_capital() || before.kind == Kind::Close || affairs || post
            };
            let brought = brought && !office;
            let modifier = after < range.end
                && self.found.tokens[after].is_word()
                && !(self.found.text_at(after) == "and" && self.named(after + 1))
                && (USERS.contains(&self.found.text_at(range.end - 1))
                    || self.found.head(&(after..range.end)).is_some_and(|h| {
                        self.found.has(h, Classes::ROLE | Classes::COLLECTIVE) && !self.found.is_body_noun(h)
                    })
                    || matches!(self.kind(i), EntityType::Group | EntityType::Place));
            // "The Oslo-based firm".
            let part = after < range.end && self.found.is_hyphen(after);
            let called = person
                && self.found.has(range.start, Classes::DETERMINER)
                && (after..range.end).any(|t| AFTER_SOMEBODY.contains(&self.found.text_at(t)));
            // "Rape Crisis (England and Wales)".
            let opens = |t: usize| self.found.tokens[t].kind == Kind::Open;
            let bracketed = (range.start..name.tokens.start).any(opens)
                && (after..range.end).any(|t| self.found.tokens[t].kind == Kind::Close);
            !owner
                && !brought
                && !part
                && !called
                && !bracketed
                && (person || !modifier)
                && !self.qualifies(after..range.end)
        };
        let mut heads = names.filter(head).map(|i| (self.kind(i) == EntityType::Person, i));
        let mut best = heads.next()?;
        for next in heads {
            // "Brewing giant Inbev".
            let (first, second) = (&self.found.names[best.1].tokens, &self.found.names[next.1].tokens);
            let ends = second.end == range.end
                && first.end + 1 == second.start
                && self.found.tokens[first.end].is_word()
                && !self.found.has(first.end, Classes::CONJUNCTION | Classes::DETERMINER);
            if next.0 || ends {
                best = next;
            }
        }
        (self.kind(best.1) != EntityType::Group).then(|| self.clusters().of[best.1])
    }

    /// "Director of telecoms research" before a name, not "friend of singer".
    fn is_post(&self, before: &TokenRange) -> bool {
        const OTHERS: Classes = Classes::ROLE
            .union(Classes::COLLECTIVE)
            .union(Classes::TITLE)
            .union(Classes::DETERMINER)
            .union(Classes::PRONOUN);
        let Some(of) = before.clone().find(|&t| self.found.has(t, Classes::PREPOSITION)) else { return false };
        let topic = of + 1..before.end;
        let plain = |t: usize| self.found.tokens[t].is_word() && !self.found.has(t, OTHERS);
        let small = !self.found.tokens[before.end - 1].is_capital();
        of > before.start
            && self.found.has(of - 1, Classes::ROLE)
            && topic.len() > 1
            && small
            && topic.clone().all(plain)
    }

    /// "His sons, Amos and Eban": an apposition of two names.
    pub(super) fn are_several(&self, range: &TokenRange) -> bool {
        let comma = range.clone().find(|&t| self.found.text_at(t) == ",");
        let joint = |from: usize| (from..range.end).find(|&t| self.found.text_at(t) == "and");
        let person = |t: usize| self.found.name_at(t).is_some_and(|n| self.kind(n) == EntityType::Person);
        let named =
            |comma: usize, and: usize| person(comma + 1) && person(and - 1) && and + 1 < range.end && person(and + 1);
        !self.named(range.start) && comma.is_some_and(|comma| joint(comma).is_some_and(|and| named(comma, and)))
    }

    /// "Acme officials", "Roe supporters": whether the words behind a name are people whom it only qualifies.
    pub(super) fn qualifies(&self, behind: TokenRange) -> bool {
        const OTHERS: Classes = Classes::PREPOSITION.union(Classes::CONJUNCTION);
        let plain = |t: usize| self.found.tokens[t].is_word() && !self.found.has(t, OTHERS) && !self.named(t);
        let several = |word: &str| word.ends_with('s') || matches!(word, "staff" | "people" | "personnel");
        let people = |t: usize| {
            self.found.has(t, Classes::COLLECTIVE) && !self.found.is_body_noun(t) && several(self.found.text_at(t))
        };
        behind.clone().last().is_some_and(people) && behind.len() < 5 && behind.clone().all(plain)
    }

    /// "His own brother, landowner Ana Roe,": the person whose name ends the apposition behind a phrase.
    pub(super) fn apposed_name(&self, speaker: &Speaker, range: &TokenRange) -> Option<usize> {
        let found = self.found;
        let after = found.names.get(found.names_in(range).end).filter(|n| n.span.end <= speaker.phrase.end)?;
        let opened = found.text_at(range.end) == "," && after.kind == EntityType::Person;
        let between = range.end + 1..after.tokens.start;
        let plain = |t: usize| {
            let token = &found.tokens[t];
            let word = token.is_word() && (!found.is_small(t) || found.has(t, Classes::DETERMINER));
            word && !found.has(t, Classes::CUE_VERB) || matches!(token.kind, Kind::Number | Kind::Dash | Kind::Stop)
        };
        let closed = matches!(found.text_at(after.tokens.end), "," | "of" | "");
        (opened && closed && between.len() < 8 && between.clone().all(plain))
            .then(|| self.clusters().of[found.names_in(range).end])
    }

    /// "The Iyaloja of the market": what the tagger took for a name is a title, whose bearer is named behind it.
    pub(super) fn is_foreign_title(&self, range: &TokenRange) -> bool {
        let found = self.found;
        let word = range.start + 1;
        let definite = found.text_at(range.start).eq_ignore_ascii_case("the") && range.len() > 2;
        let alone = found.name_at(word).is_some_and(|n| found.names[n].tokens == (word..word + 1));
        definite && alone && found.text_at(word + 1) == "of" && self.found.names_in(range).len() == 1
    }
}
