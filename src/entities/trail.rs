//! What the article has spoken of so far in, the likeliest antecedent of a pronoun out.
//!
//! Every name, description and pronoun leaves a sighting, which weighs by its grammatical place and fades with each sentence
//! of the narrator's; what lies inside of direct speech leaves none. A pronoun goes to the entity whose sightings weigh most,
//! after Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution".

use super::Found;
use super::gender::Gender;
use crate::article::QuoteKind;
use crate::lang::Classes;
use crate::span::Span;
use crate::text::{Kind, Token, TokenRange};

/// Whom a sighting is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A cluster.
    Entity(usize),
    /// Somebody without a name, of some gender: "a woman", "my father".
    Nobody(Gender),
    /// A body without a name: "the armed group".
    Body,
}

/// One place where somebody was spoken of.
#[derive(Clone, Copy, Debug)]
struct Sighting {
    who: Who,
    token: usize,
    /// The narrator's sentence.
    at: usize,
    weight: f32,
    speaks: bool,
}

/// The weight of a speaker, of a subject and so on.
const SPEAKER: f32 = 120.0;
const SUBJECT: f32 = 100.0;
const OBJECT: f32 = 60.0;
const OBLIQUE: f32 = 40.0;
/// What is left of the weight of words that somebody else is reported to have said.
const REPORTED: f32 = 0.6;
/// What is left of a weight after a sentence.
const FADES: f32 = 0.4;
/// What the sentence of the pronoun itself adds.
const HERE: f32 = 1.5;
/// What is left of a weight of the words that the pronoun's bearer is reported to say.
const OWN: f32 = 0.3;
/// What is left of the weight of those who speak outside of the speech that holds the pronoun.
const OUTSIDE: f32 = 0.2;
/// The most words between a name and the role that it qualifies.
const QUALIFIES: usize = 4;
/// How many sentences back a pronoun looks.
const BACK: usize = 8;
/// How many sightings back a pronoun looks.
const MOST: usize = 120;
/// A clause has no more tokens between its subject and its verb.
const CLAUSE: usize = 60;
/// What a gender that is not known counts beside one that fits.
const UNSURE: f32 = 0.8;
/// How much likelier than the next the antecedent must be to tell its gender by the pronoun.
const CLEAR: f32 = 1.5;

/// What a pronoun found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Antecedent {
    pub who: Who,
    /// Whether its last sighting is that of a speaker.
    pub speaks: bool,
    /// Whether no other comes close.
    pub clear: bool,
}

/// The sightings so far.
pub(super) struct Trail<'a, 'f, 't> {
    found: &'f Found<'a, 't>,
    sightings: Vec<Sighting>,
    /// The narrator's sentences before each sentence of the text.
    numbers: Vec<usize>,
    /// Direct speech, merged, in order.
    speech: Vec<Span>,
    /// Other contents, in order.
    reported: Vec<Span>,
}

impl<'a, 'f, 't> Trail<'a, 'f, 't> {
    pub(super) fn new(found: &'f Found<'a, 't>) -> Self {
        let spans = |direct: bool| {
            let of_kind = found.quotes.iter().filter(move |q| (q.kind == QuoteKind::Direct) == direct);
            merged(of_kind.flat_map(|q| q.spans.iter().copied()).collect())
        };
        let (speech, reported) = (spans(true), spans(false));
        let mut number = 0;
        let mut numbers = vec![0];
        for sentence in &found.structure.sentences {
            number += usize::from(!within(&speech, sentence.span));
            numbers.push(number);
        }
        Self { found, sightings: Vec::new(), numbers, speech, reported }
    }

    /// The number of the narrator's sentence that holds token `at`.
    fn sentence(&self, at: usize) -> usize {
        self.numbers[self.found.structure.sentences.partition_point(|s| s.tokens.start <= at)]
    }

    /// Whether the tokens lie inside of direct speech.
    pub(super) fn in_speech(&self, range: &TokenRange) -> bool {
        within(&self.speech, self.found.tokens.span(range))
    }

    /// Leaves a sighting at `range`, unless it is inside of direct speech.
    pub(super) fn see(&mut self, who: Who, range: &TokenRange) {
        if range.is_empty() || self.in_speech(range) {
            return;
        }
        let weight = self.weight(range);
        self.sightings.push(Sighting {
            who,
            token: range.start,
            at: self.sentence(range.start),
            weight,
            speaks: false,
        });
    }

    /// Whom of the persons the object "her" or "him" at token `at` cannot mean: the subject of its verb, which would be "herself".
    pub(super) fn subject_of(&self, at: usize, is_person: impl Fn(usize) -> bool) -> Option<Who> {
        const VERBS: Classes = Classes::VERB.union(Classes::CUE_VERB);
        let object = matches!(&*self.found.text_at(at).to_ascii_lowercase(), "him" | "her")
            && at.checked_sub(1).is_some_and(|verb| self.found.has(verb, VERBS))
            && !possessive(self.found, &(at..at + 1));
        // "Reports linking him with Leeds", "Roe said that the board had fired him": the verb has a subject of its own.
        let verb = at.saturating_sub(1);
        let participle =
            self.found.text_at(verb).ends_with("ing") && !self.found.has(verb.max(1) - 1, Classes::AUXILIARY);
        let here = self.sentence(at);
        let near = self.sightings.iter().rev().take(MOST);
        let sentence = near.take_while(|s| object && !participle && s.at == here);
        let subjects = sentence.filter(|s| s.token < at && s.weight >= 0.9 * SUBJECT);
        let parted = |s: &Sighting, by: &[&str]| {
            verb > s.token + CLAUSE || (s.token..verb).any(|t| by.contains(&self.found.text_at(t)))
        };
        // "Roe, of the Rice Board, accused her": the board accuses nobody.
        let person = |s: &&Sighting| match s.who {
            Who::Entity(id) => is_person(id) || !parted(s, &[",", ")"]),
            Who::Nobody(_) => true,
            Who::Body => !parted(s, &[",", ")"]),
        };
        let mut subjects = subjects.filter(|s| person(s));
        let subject = subjects.next().filter(|s| !parted(s, &["that"]))?;
        match subject.who {
            Who::Entity(id) => Some(subject.who).filter(|_| is_person(id)),
            Who::Nobody(_) => Some(subject.who),
            Who::Body => None,
        }
    }

    /// "A porter told her she would leave; she organised his staff": the pronoun tells what the noun did not.
    pub(super) fn learn(&mut self, gender: Gender) {
        let recent = self.sightings.iter_mut().rev().take(MOST);
        recent.filter(|s| s.who == Who::Nobody(Gender::Unknown)).for_each(|s| s.who = Who::Nobody(gender));
    }

    /// Makes the sighting at `range` that of a speaker.
    pub(super) fn speaks(&mut self, who: Who, range: &TokenRange) {
        let recent = self.sightings.iter_mut().rev().take_while(|s| s.token >= range.start);
        if let Some(own) = recent.into_iter().find(|s| s.who == who) {
            own.weight = SPEAKER;
            own.speaks = true;
        } else if !range.is_empty() && !self.in_speech(range) {
            let at = self.sentence(range.start);
            self.sightings.push(Sighting { who, token: range.start, at, weight: SPEAKER, speaks: true });
        }
    }

    /// By grammatical place, as far as the words beside it tell.
    fn weight(&self, range: &TokenRange) -> f32 {
        const VERBS: Classes = Classes::VERB.union(Classes::CUE_VERB).union(Classes::AUXILIARY);
        let found = self.found;
        let small = |t: usize| found.tokens.get(t).is_some_and(|t| t.is_word() && !t.is_capital());
        let share = if within(&self.reported, found.tokens.span(range)) { REPORTED } else { 1.0 };
        if beside_kin(found, range.start) {
            return OBLIQUE * share;
        }
        let owner = found.tokens.get(range.end).is_some_and(|t| t.kind == Kind::Clitic);
        if owner || possessive(found, range) || qualifies(found, range) {
            return OBLIQUE * share;
        }
        let after = range.end + usize::from(found.has(range.end, Classes::ADVERB) && !found.has(range.end, VERBS));
        let acts = small(after) && found.has(after, VERBS);
        let mut before = range.start;
        let mut steps = 0;
        // "with the former governor Ana Roe": over the words of the phrase to what governs it.
        let place = loop {
            let Some(previous) = before.checked_sub(1) else { break SUBJECT };
            let token = &found.tokens[previous];
            if steps == 5 || !token.is_word() && token.kind != Kind::Dash {
                break SUBJECT;
            }
            if token.is_capital() {
                // A title or another name.
                steps += 1;
                before = previous;
                continue;
            }
            if found.has(previous, Classes::PREPOSITION) {
                break OBLIQUE;
            }
            if found.has(previous, VERBS) && !found.has(previous, Classes::ROLE) {
                break OBJECT;
            }
            if found.has(previous, Classes::CONJUNCTION) || found.has(previous, Classes::PRONOUN) {
                break SUBJECT;
            }
            steps += 1;
            before = previous;
        };
        share * if acts { place.max(0.9 * SUBJECT) } else { place }
    }

    /// The antecedent of a word at token `at`, among those that `fits` gives a factor above zero. `own` is what its bearer is
    /// reported to say.
    pub(super) fn antecedent(&self, at: usize, own: &[Span], fits: &dyn Fn(Who) -> f32) -> Option<Antecedent> {
        let here = self.sentence(at);
        let spoken = self.in_speech(&(at..at + 1));
        // For each the sum, the sentence and weight that were added last, and whether its last sighting speaks.
        let mut sums: Vec<(Who, f32, (usize, f32), bool)> = Vec::new();
        for s in self.sightings.iter().rev().take(MOST) {
            let far = here.saturating_sub(s.at);
            if far > BACK {
                break;
            }
            let factor = fits(s.who);
            if factor <= 0.0 || s.token >= at {
                continue;
            }
            let place = self.found.tokens[s.token].span;
            let reported = !s.speaks && own.iter().any(|o| o.contains(place));
            let share = if reported { OWN } else { 1.0 } * if spoken && s.speaks { OUTSIDE } else { 1.0 };
            let near = if far == 0 { HERE } else { FADES.powi(i32::try_from(far).unwrap_or(i32::MAX)) };
            let value = factor * s.weight * share * near;
            match sums.iter_mut().find(|(who, ..)| *who == s.who) {
                // A sentence counts once, by its weightiest word.
                Some((_, sum, (sentence, added), _)) if *sentence == s.at => {
                    *sum += (value - *added).max(0.0);
                    *added = added.max(value);
                }
                Some((_, sum, last, _)) => {
                    *sum += value;
                    *last = (s.at, value);
                }
                None => sums.push((s.who, value, (s.at, value), s.speaks)),
            }
        }
        sums.sort_by(|a, b| b.1.total_cmp(&a.1));
        let &(who, best, _, speaks) = sums.first()?;
        let clear = sums.get(1).is_none_or(|next| best >= CLEAR * next.1);
        Some(Antecedent { who, speaks, clear })
    }
}

/// "Her mother, Ana Roe,": named beside somebody else, of whom the article goes on to speak.
fn beside_kin(found: &Found<'_, '_>, at: usize) -> bool {
    let Some(comma) = at.checked_sub(1).filter(|&c| found.text_at(c) == ",") else { return false };
    let owner = |t: usize| matches!(found.text_at(t), "his" | "her" | "His" | "Her");
    (comma.saturating_sub(3)..comma).any(owner)
}

/// "Clinton" of "Clinton communication director Ana Roe".
fn qualifies(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    let word = |t: usize| found.tokens.get(t).is_some_and(Token::is_word);
    let rest = range.end..range.end + QUALIFIES;
    let role = rest.clone().take_while(|&t| word(t) && !found.is_small(t)).find(|&t| found.has(t, Classes::ROLE));
    role.is_some_and(|r| {
        let verb = (range.end..r).any(|t| found.has(t, Classes::CUE_VERB) && !found.is_head(t));
        !verb && found.tokens.get(r + 1).is_some_and(|t| t.is_word() && t.is_capital())
    })
}

/// What a gender counts for a pronoun's.
pub(super) fn agreement(pronoun: Gender, other: Gender) -> f32 {
    if !pronoun.fits(other) {
        0.0
    } else if other == Gender::Unknown {
        UNSURE
    } else {
        1.0
    }
}

/// "his", and "her" before a noun.
fn possessive(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    range.len() == 1
        && match &*found.text_at(range.start).to_ascii_lowercase() {
            "his" => true,
            "her" => found.tokens.get(range.end).is_some_and(Token::is_word) && !found.is_small(range.end),
            _ => false,
        }
}

fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|s| (s.start, s.end));
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn within(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|s| s.start <= span.start);
    next.checked_sub(1).is_some_and(|i| spans[i].contains(span))
}
