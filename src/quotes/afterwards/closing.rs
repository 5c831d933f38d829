//! Sentences that close with a tag, `…, writes Lee.`, `…, reports say.`, and that nobody has so far: the attributions of an
//! article in, those that they lack out.

use super::extent::SHOWING;
use super::is_finite;
use super::taken::{Taken, overlooked};
use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// A tag has no more tokens.
const MOST_OF_TAG: usize = 14;

/// "The final results" has no more tokens.
const MOST_SHOWING: usize = 6;

/// What is said has more tokens.
const LEAST_SAID: usize = 5;

/// Verbs that say who spoke where their subject follows them.
const SAYS: [&str; 18] = [
    "says",
    "said",
    "say",
    "writes",
    "wrote",
    "claims",
    "claimed",
    "claim",
    "explains",
    "explained",
    "concludes",
    "concluded",
    "argues",
    "argued",
    "insists",
    "insisted",
    "reports",
    "adds",
];

/// Verbs that close a sentence behind their subject.
const LAST: [&str; 32] = [
    "said",
    "says",
    "say",
    "warned",
    "warns",
    "warn",
    "announced",
    "confirmed",
    "claimed",
    "revealed",
    "insisted",
    "admitted",
    "suggested",
    "predicted",
    "ruled",
    "estimated",
    "heard",
    "promised",
    "pledged",
    "vowed",
    "caution",
    "cautioned",
    "conceded",
    "acknowledged",
    "believe",
    "believes",
    "argue",
    "argues",
    "fear",
    "predict",
    "predicts",
    "suggest",
];

/// What figures do.
const SHOW: [&str; 6] = ["show", "shows", "showed", "suggest", "suggests", "suggested"];

/// The attributions of sentences whose closing tag no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let sentences = scene.structure.sentences.iter().filter(|s| s.tokens.len() > LEAST_SAID);
    let one = |sentence: &TokenRange| {
        let (comma, cue, source) = tag(scene, sentence)?;
        let said = scene.trim(&(sentence.start..comma));
        let open = scene.opens_any(&(said.start..source.core.end.max(cue.end)));
        let clause = said.len() >= LEAST_SAID && !open && is_statement(scene, &said);
        (clause && !taken.has(&cue, &said)).then(|| overlooked(said, Some(cue), source, "tag behind the clause", 0.6))
    };
    sentences.filter_map(|s| one(&s.tokens)).collect()
}

/// The comma, the cue and the source of the tag that closes a sentence.
fn tag(scene: &Scene<'_, '_>, sentence: &TokenRange) -> Option<(usize, TokenRange, Source)> {
    let end = sentence.clone().rev().find(|&i| !matches!(scene.kind(i), Kind::Stop | Kind::Mark))? + 1;
    let end = before_day(scene, sentence.start, before_participle(scene, sentence.start, end));
    let window = end.saturating_sub(MOST_OF_TAG).max(sentence.start)..end;
    let comma = window.rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none())?;
    if let Some((cue, source)) = subject_first(scene, comma + 1..end) {
        return Some((comma, cue, source));
    }
    let verb = comma + 1;
    if scene.is(verb, "reports") && scene.is_any(verb + 1, &["say", "said", "claim", "suggest"]) && verb + 2 == end {
        let core = verb..verb + 1;
        let source = Source { form: phrase::form(scene, &core), phrase: core.clone(), core };
        return Some((comma, verb + 1..end, source));
    }
    if !scene.is_any(verb, &SAYS) || scene.name(verb).is_some() {
        return None;
    }
    let source = phrase::after(scene, verb + 1, end).filter(|s| s.phrase.end == end)?;
    let last = source.core.end - 1;
    let named = scene.name(last).is_some_and(|n| n.kind != EntityType::Place && n.tokens.end == source.core.end);
    let office = scene.has(last, Classes::ROLE | Classes::COLLECTIVE | Classes::ORG_NOUN);
    let office = office && scene.has(verb + 1, Classes::DETERMINER);
    (named || office).then_some((comma, verb..verb + 1, source))
}

/// Where the tag ends without ", rejecting a complaint".
fn before_participle(scene: &Scene<'_, '_>, start: usize, end: usize) -> usize {
    let comma = (start + 1..end).rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none());
    let doing = |&i: &usize| scene.word(i + 1).ends_with("ing") && scene.name(i + 1).is_none() && i + 2 < end;
    comma.filter(doing).unwrap_or(end)
}

/// Where the tag ends without "today", "on Monday", "here yesterday".
fn before_day(scene: &Scene<'_, '_>, start: usize, end: usize) -> usize {
    let day = |i: usize| {
        scene.has(i, Classes::WEEKDAY)
            || scene.is_any(i, &["today", "yesterday", "tonight", "here"])
            || scene.is(i, "on") && scene.has(i + 1, Classes::WEEKDAY)
    };
    (start + 1..end).rev().take(3).find(|&i| !day(i)).map_or(end, |i| i + 1)
}

/// "…, the chief executive of Tesco has warned": the cue and the source of a tag whose verb comes last.
fn subject_first(scene: &Scene<'_, '_>, tag: TokenRange) -> Option<(TokenRange, Source)> {
    let verb = tag.end - 1;
    let shows = scene.is_any(verb, &SHOW) && verb > tag.start && scene.is_any(verb - 1, &SHOWING);
    if !(shows || scene.is_any(verb, &LAST)) || scene.name(verb).is_some() {
        return None;
    }
    let end = before_auxiliaries(scene, tag.start, verb);
    // "Final results showed".
    if shows {
        let core = tag.start..verb;
        let source = Source { form: phrase::form(scene, &core), phrase: core.clone(), core };
        return (verb - tag.start < MOST_SHOWING).then_some((verb..verb + 1, source));
    }
    let passive = (end..verb).any(|i| scene.is_any(i, &["is", "was", "were", "been", "being", "are", "be"]));
    let source = phrase::before(scene, tag.start, end).filter(|s| s.core.start == tag.start && !passive)?;
    let core = source.core.clone();
    let named =
        |i: usize| scene.name(i).is_some_and(|n| matches!(n.kind, EntityType::Person | EntityType::Organization));
    let office = |i: usize| scene.has(i, Classes::ROLE | Classes::COLLECTIVE | Classes::ORG_NOUN);
    core.into_iter().any(|i| named(i) || office(i)).then_some((verb..verb + 1, source))
}

/// Whether the words are a main clause with a finite verb, and no tag or apposition opens them.
fn is_statement(scene: &Scene<'_, '_>, said: &TokenRange) -> bool {
    let subordinate = scene.is_any(said.start, &["who", "which", "whose"]);
    let verb = |i: usize| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY);
    !subordinate && said.clone().skip(1).any(verb)
}
