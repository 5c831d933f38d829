//! A pronoun in, its entity out: the likeliest antecedent that agrees with it, or the subject that follows.

use super::SpeakerLink;
use super::gender::Gender;
use super::reason::Reason;
use super::speakers::Speakers;
use super::trail::{Who, agreement};
use crate::article::{EntityType, QuoteKind};
use crate::quotes::Speaker;
use crate::span::Span;

impl Speakers<'_, '_, '_> {
    /// The entity of the pronoun at token `at`, which is not in `own` and not `other`.
    pub(super) fn pronoun(&mut self, at: usize, own: &[Span], other: Option<Who>, speaks: bool) -> Option<SpeakerLink> {
        let text = self.found.text_at(at).to_ascii_lowercase();
        // "She'd written".
        let word = text.split(['\'', '\u{2019}']).next().unwrap_or_default();
        let gender = Gender::of_pronoun(word);
        let person = gender != Gender::Unknown;
        if !person && !matches!(word, "it" | "they") {
            return None;
        }
        if word == "they" && (self.speaks_of_several(at) || self.pair_before(at)) || word == "it" && self.of_place(at) {
            return None;
        }
        let fits = |who: Who| match who {
            who if Some(who) == other => 0.0,
            Who::Entity(id) => match self.clusters().list[id].kind {
                EntityType::Person if person => agreement(gender, self.genders[id]),
                EntityType::Organization if !person => 1.0,
                _ => 0.0,
            },
            Who::Nobody(whose) if person => agreement(gender, whose),
            Who::Body if !person => 1.0,
            Who::Nobody(_) | Who::Body => 0.0,
        };
        let told = || self.told_of(at, &|id| fits(Who::Entity(id)) > 0.0);
        if let Some(entity) = told().filter(|_| person && speaks) {
            return Some(SpeakerLink { entity, reason: Reason::PronounToSubject });
        }
        let Some(antecedent) = self.trail.antecedent(at, own, &fits) else {
            let entity = self.subject_after(at, &|id| fits(Who::Entity(id)) > 0.0)?;
            return Some(SpeakerLink { entity, reason: Reason::PronounToLater });
        };
        let Who::Entity(entity) = antecedent.who else {
            if person && antecedent.who == Who::Nobody(Gender::Unknown) {
                self.trail.learn(gender);
            }
            return None;
        };
        if word == "they" && self.goes_by_it(at, entity) {
            return None;
        }
        // What somebody says may be of anybody.
        let told = self.trail.in_speech(&(at..at + 1));
        if person && !told && (antecedent.clear || speaks) && self.genders[entity] == Gender::Unknown {
            self.genders[entity] = gender;
        }
        let reason = if antecedent.speaks { Reason::PronounToSpeaker } else { Reason::PronounToSubject };
        Some(SpeakerLink { entity, reason })
    }

    /// What the speaker is reported to say in the quotes that it begins, and the entity of who reports that it said so.
    pub(super) fn context(&self, speaker: &Speaker) -> (Vec<Span>, Option<usize>) {
        let start = speaker.tokens.start;
        let first = self.quotes_at.partition_point(|&(at, _)| at < start);
        let mine = self.quotes_at[first..].iter().take_while(|&&(at, _)| at == start);
        let mine = mine.map(|&(_, quote)| &self.found.quotes[quote]);
        let (mut own, mut outer) = (Vec::new(), None);
        for quote in mine {
            // "It would close, he said", not "It closed while he spoke".
            if start.checked_sub(1).is_some_and(|b| !self.found.tokens[b].is_word()) {
                own.extend(&quote.spans);
            }
            let outside = quote.parent.map(|p| &self.found.quotes[p]).filter(|q| q.kind == QuoteKind::Direct);
            let reporter = outside.and_then(|q| q.speaker.as_ref());
            outer = outer.or_else(|| reporter.and_then(|s| self.head_name(&self.found.clamp(&s.tokens))));
        }
        (own, outer)
    }

    /// `“When my boss, Anders Lund, showed me the curve he said …”`: the one person whom who speaks names before the pronoun in that
    /// sentence.
    fn told_of(&self, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let sentences = &self.found.structure.sentences;
        let here = sentences.partition_point(|s| s.tokens.end <= at);
        let start = sentences.get(here).map(|s| s.tokens.start).filter(|_| self.trail.in_speech(&(at..at + 1)))?;
        let names = &self.found.names;
        let before = names.partition_point(|n| n.tokens.start < at);
        let named = (0..before).rev().take_while(|&n| names[n].tokens.start >= start);
        let mut persons =
            named.filter(|&n| self.kind(n) == EntityType::Person && self.trail.in_speech(&names[n].tokens));
        let entity = self.clusters().of[persons.next()?];
        (persons.next().is_none() && fits(entity)).then_some(entity)
    }

    /// "Asked why she had waited, Roe said": the pronoun of a clause that comes first is the subject of the main clause.
    pub(super) fn subject_ahead(&self, at: usize) -> Option<usize> {
        const OPENERS: [&str; 10] =
            ["Asked", "When", "While", "After", "Before", "As", "Although", "Though", "Once", "Pressed"];
        let found = self.found;
        let start = found.sentence_start(at);
        // "Asked whether he", "When she".
        if at > start + 2 || !OPENERS.contains(&found.text_at(start)) || !found.names_in(&(start..at)).is_empty() {
            return None;
        }
        let comma = (at + 1..found.sentence_end(at)).find(|&t| found.text_at(t) == ",")?;
        let name = found
            .name_at(comma + 1)
            .or_else(|| found.name_at(comma + 2))
            .filter(|&n| self.kind(n) == EntityType::Person)?;
        let tokens = &found.names[name].tokens;
        let title = found.names[name].title.as_ref().map_or(tokens.start, |t| t.start);
        let entity = self.clusters().of[name];
        let gender = Gender::of_pronoun(&found.text_at(at).to_ascii_lowercase());
        (title == comma + 1 && agreement(gender, self.genders[entity]) > 0.0).then_some(entity)
    }

    fn subject_after(&self, at: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let sentences = &self.found.structure.sentences;
        let here = sentences.partition_point(|s| s.tokens.start <= at);
        sentences[here.min(sentences.len())..]
            .iter()
            .take(2)
            .find_map(|s| self.found.names_in(&s.tokens).map(|i| self.clusters().of[i]).next().filter(|&id| fits(id)))
    }
}
