//! Quotes and clusters in, the entity of each speaker out: by the name in the phrase, by the description, by the pronoun.

use super::cluster::Clusters;
use super::gender::Gender;
use super::nominals::Nominals;
use super::reason::Reason;
use super::{Found, SpeakerLink};
use crate::article::{EntityType, Form};
use crate::lang::Classes;
use crate::quotes::Speaker;
use crate::text::{Kind, TokenRange};

/// How many sentences back a pronoun looks.
const BACK: usize = 4;

/// The links of all quotes, and the pronouns among the speakers with their entity.
pub(super) struct Speakers<'a, 'f, 't> {
    pub found: &'f Found<'a, 't>,
    pub nominals: Nominals<'f>,
    pub genders: Vec<Gender>,
    /// For each block, the last speaker in it, by its entity, and the token where the quote ended.
    last: Vec<(usize, usize, usize)>,
}

impl<'a, 'f, 't> Speakers<'a, 'f, 't> {
    pub(super) fn new(found: &'f Found<'a, 't>, nominals: Nominals<'f>) -> Self {
        let genders = nominals.clusters.list.iter().map(|c| c.gender).collect();
        Self { found, nominals, genders, last: Vec::new() }
    }

    fn clusters(&self) -> &'f Clusters {
        self.nominals.clusters
    }

    /// Whose each quote is, in the order of the quotes.
    pub(super) fn link(&mut self) -> Vec<Option<SpeakerLink>> {
        let mut links = Vec::with_capacity(self.found.quotes.len());
        for quote in self.found.quotes {
            let link = quote.speaker.as_ref().and_then(|s| self.resolve(s));
            if let (Some(link), Some(speaker)) = (link, &quote.speaker) {
                let end = quote.spans.last().map_or(0, |s| self.found.tokens.at(s.end)).max(speaker.tokens.end);
                self.last.push((self.found.block_of(speaker.tokens.start), link.entity, end));
            }
            links.push(link);
        }
        for (i, quote) in self.found.quotes.iter().enumerate() {
            if let (None, Some(outer), Some(speaker)) = (links[i], quote.parent, &quote.speaker)
                && self.is_first_person(speaker)
                && let Some(link) = links[outer]
            {
                links[i] = Some(SpeakerLink { entity: link.entity, reason: Reason::PronounToSpeaker });
            }
        }
        links
    }

    /// "I" in what somebody says.
    fn is_first_person(&self, speaker: &Speaker) -> bool {
        let range = self.found.clamp(&speaker.tokens);
        range.len() == 1 && self.found.text_at(range.start) == "I"
    }

    fn resolve(&mut self, speaker: &Speaker) -> Option<SpeakerLink> {
        let range = self.found.clamp(&speaker.tokens);
        if range.is_empty() {
            return None;
        }
        if speaker.form == Form::Pronoun
            || range.len() == 1 && self.found.has(range.start, Classes::PRONOUN) && !self.named(range.start)
        {
            return self.pronoun(range.start);
        }
        if matches!(self.found.text_at(range.start), "who" | "which") {
            return self.relative(range.start);
        }
        if let Some(entity) = self.head_name(&range) {
            return Some(SpeakerLink { entity, reason: Reason::NameInPhrase });
        }
        self.nominals.resolve(self.found, &range).map(|(entity, reason)| SpeakerLink { entity, reason })
    }

    /// "Lee, who said …": the name right before.
    fn relative(&self, at: usize) -> Option<SpeakerLink> {
        let name = self.found.names_in(&(at.saturating_sub(8)..at)).next_back()?;
        let fits = matches!(self.kind(name), EntityType::Person | EntityType::Organization);
        fits.then(|| SpeakerLink { entity: self.clusters().of[name], reason: Reason::RelativeClause })
    }

    fn named(&self, token: usize) -> bool {
        self.found.name_at(token).is_some()
    }

    /// The name that is the head of the phrase: not its owner, not what a preposition brings in.
    fn head_name(&self, range: &TokenRange) -> Option<usize> {
        let names = self.found.names_in(range);
        let head = |&i: &usize| {
            let name = &self.found.names[i];
            let after = name.tokens.end;
            let owner = after < range.end && self.found.tokens[after].kind == Kind::Clitic;
            let brought = (range.start..name.tokens.start)
                .any(|t| self.found.has(t, Classes::PREPOSITION) && !self.found.tokens[t].is_capital());
            // "Commissioner of Police Ana Roe": what "of" brings in is the office.
            let office = after == range.end && name.tokens.start > range.start + 1 && {
                let before = &self.found.tokens[name.tokens.start - 1];
                before.is_word() && before.is_capital()
            };
            let brought = brought && !office;
            let person = self.kind(i) == EntityType::Person;
            let modifier = after < range.end
                && self.found.tokens[after].is_word()
                && (self.found.head(&(after..range.end)).is_some_and(|h| {
                    self.found.has(h, Classes::ROLE | Classes::COLLECTIVE) && !self.found.is_body_noun(h)
                }) || matches!(self.kind(i), EntityType::Group | EntityType::Place));
            !owner && !brought && (person || !modifier)
        };
        let mut heads = names.filter(head).map(|i| (self.kind(i) == EntityType::Person, i));
        let mut best = heads.next()?;
        for next in heads {
            if next.0 >= best.0 && next.0 {
                best = next;
            }
        }
        (self.kind(best.1) != EntityType::Group).then(|| self.clusters().of[best.1])
    }

    fn kind(&self, name: usize) -> EntityType {
        self.clusters().list[self.clusters().of[name]].kind
    }

    fn pronoun(&mut self, at: usize) -> Option<SpeakerLink> {
        let word = self.found.text_at(at).to_ascii_lowercase();
        let person = match word.as_str() {
            "he" | "she" | "him" | "her" => true,
            "it" | "they" => false,
            _ => return None,
        };
        let gender = Gender::of_pronoun(&word);
        let fits = |id: usize| {
            let kind = self.clusters().list[id].kind;
            if person {
                kind == EntityType::Person && gender.fits(self.genders[id])
            } else {
                kind == EntityType::Organization
            }
        };
        let (entity, reason) = self.antecedent(at, &fits)?;
        if person && self.genders[entity] == Gender::Unknown {
            self.genders[entity] = gender;
        }
        Some(SpeakerLink { entity, reason })
    }

    /// The last speaker close by, unless another fitting name took over since; else the subject of a sentence before.
    fn antecedent(&self, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<(usize, Reason)> {
        let block = self.found.block_of(at);
        let previous =
            self.last.iter().rev().take(16).find(|(b, id, _)| *b + 2 >= block && *b <= block && fits(*id)).copied();
        let floor = previous.map_or(0, |(_, _, end)| end);
        if let Some(subject) = self.subject_before(at, floor, fits) {
            return Some((subject, Reason::PronounToSubject));
        }
        if let Some((_, id, _)) = previous {
            return Some((id, Reason::PronounToSpeaker));
        }
        self.subject_before(at, 0, fits)
            .map(|id| (id, Reason::PronounToSubject))
            .or_else(|| self.subject_after(at, fits).map(|id| (id, Reason::PronounToLater)))
    }

    /// The first fitting name of the nearest sentence before `at` that has one after token `floor`.
    fn subject_before(&self, at: usize, floor: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let sentences = &self.found.structure.sentences;
        let here = sentences.partition_point(|s| s.tokens.start <= at).checked_sub(1)?;
        (here.saturating_sub(BACK)..=here).rev().find_map(|s| {
            let range = &sentences[s].tokens;
            let from = range.start.max(floor);
            let to = range.end.min(at);
            if from >= to {
                return None;
            }
            self.found
                .names_in(&(from..to))
                .filter(|&i| !self.in_quote(i) && !self.owns(i))
                .map(|i| self.clusters().of[i])
                .find(|&id| fits(id))
        })
    }

    fn subject_after(&self, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let sentences = &self.found.structure.sentences;
        let here = sentences.partition_point(|s| s.tokens.start <= at);
        sentences[here.min(sentences.len())..]
            .iter()
            .take(2)
            .find_map(|s| self.found.names_in(&s.tokens).map(|i| self.clusters().of[i]).next().filter(|&id| fits(id)))
    }

    /// "Lavrov's wife": the owner is not the subject.
    fn owns(&self, name: usize) -> bool {
        self.found.tokens.get(self.found.names[name].tokens.end).is_some_and(|t| t.kind == Kind::Clitic)
    }

    /// Whether a name stands inside quoted words.
    fn in_quote(&self, name: usize) -> bool {
        let span = self.found.names[name].span;
        let quotes = self.found.quotes;
        let until = quotes.partition_point(|q| q.spans.first().is_some_and(|s| s.start <= span.start));
        quotes[until.saturating_sub(3)..until]
            .iter()
            .any(|q| q.kind == crate::article::QuoteKind::Direct && q.spans.iter().any(|s| s.contains(span)))
    }
}
