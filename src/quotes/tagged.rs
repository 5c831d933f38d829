//! Quoted words with their tag right behind them: `"It is ours," said Haddad`, `"It stands," Mayor Ana Ortiz said`. A passage
//! and what was found in it in, the tags that nobody took put in.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// A source before its verb has no more tokens.
const MAX_SOURCE: usize = 12;

/// Verbs whose past looks like no other's.
const PAST: [&str; 16] = [
    "took", "went", "came", "met", "made", "gave", "held", "won", "lost", "got", "fell", "rose", "began", "flew",
    "drove", "brought",
];

/// Puts the attributions of `passage` whose quoted words nobody has into `found`.
pub fn complete(scene: &Scene<'_, '_>, passage: &Passage, found: &mut Vec<Attribution>) {
    let mut i = passage.tokens.start;
    while i < passage.tokens.end {
        let Some(region) = scene.region(i).map(|r| &scene.regions[r]) else {
            i += 1;
            continue;
        };
        i = region.tokens.end.max(i + 1);
        let ends = region.tokens.len() > 3 && matches!(scene.kind(i.max(2) - 2), Kind::Comma | Kind::Stop);
        if !(region.closed && ends && region.tokens.start >= passage.tokens.start) {
            continue;
        }
        let Some((cue, source)) = tag(scene, passage, i) else { continue };
        let reports = |a: &Attribution| a.cue.as_ref().is_some_and(|c| c.start == cue.start);
        let first = region.tokens.start;
        let holds = |a: &Attribution| a.pieces.iter().any(|p| p.contains(&first));
        // Not what stands behind an earlier tag too.
        let own = |p: &TokenRange| p.start >= first || !scene.opens_any(&(p.start..first));
        let taken = found.iter().any(|a| holds(a) && (!reports(a) || a.pieces.iter().all(own)));
        if !taken {
            found.retain(|a| !reports(a));
            found.push(Attribution {
                pieces: vec![region.tokens.clone()],
                cue: Some(cue),
                source: Some(source),
                reason: "tag behind the quote",
                confidence: 0.9,
                chances: [1.0; 3],
                unmarked: false,
            });
        }
    }
}

/// `Trains will run again by March, the minister told a conference in Tbilisi.`, `Trains will run again, said Beridze.`: puts in
/// what stands before a comma and such a tag at the end of a passage, where nobody has it.
pub fn complete_clause(scene: &Scene<'_, '_>, passage: &Passage, found: &mut Vec<Attribution>) {
    let tokens = &passage.tokens;
    let outside = |i: usize| scene.region(i).is_none();
    let Some(comma) = tokens.clone().rev().find(|&i| scene.word(i) == "," && outside(i)) else { return };
    let content = scene.trim(&(tokens.start..comma));
    if content.len() < 4 || scene.opens_any(tokens) || !is_clause(scene, &content) {
        return;
    }
    let tag = comma + 1..tokens.end;
    let Some((verb, source)) = inverted_tag(scene, &tag).or_else(|| plain_tag(scene, &tag)) else { return };
    let taken = |a: &Attribution| {
        a.pieces.iter().any(|p| p.start < content.end && content.start < p.end)
            && a.cue.as_ref().is_none_or(|c| c.start == verb || a.pieces.iter().any(|p| p.start <= content.start))
    };
    if !found.iter().any(taken) {
        found.retain(|a| a.cue.as_ref().is_none_or(|c| c.start != verb));
        found.push(Attribution {
            pieces: vec![content],
            cue: Some(verb..verb + 1),
            source: Some(source),
            reason: "tag behind the clause",
            confidence: 0.8,
            chances: [1.0; 3],
            unmarked: false,
        });
    }
}

/// `said Beridze`: the verb and the source of a tag in which nothing else stands.
fn inverted_tag(scene: &Scene<'_, '_>, tag: &TokenRange) -> Option<(usize, Source)> {
    let source = phrase::after(scene, tag.start + 1, tag.end).filter(|_| says(scene, tag.start))?;
    scene.trim(&(source.phrase.end..tag.end)).is_empty().then_some((tag.start, source))
}

/// `the minister told a conference in Tbilisi`: the verb and the source of a tag behind which no more stands than to whom or when.
fn plain_tag(scene: &Scene<'_, '_>, tag: &TokenRange) -> Option<(usize, Source)> {
    let reports =
        |i: usize| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none() && !scene.word(i).ends_with("ing");
    // "The command's spokesman".
    let owns = |i: usize| scene.kind(i) == Kind::Clitic;
    let verb = (tag.start + 1..tag.end.min(tag.start + 1 + MAX_SOURCE))
        .find(|&i| scene.is_verb(i) && !owns(i + 1) && !owns(i));
    let verb = verb.filter(|&i| reports(i))?;
    let mut source = phrase::before(scene, tag.start, verb).filter(|s| s.core.end == verb)?;
    // "Transport Minister Beridze": a capital tells a title from a verb.
    if !owns(source.core.start) && !(tag.start..source.core.start).all(|i| scene.token(i).is_capital()) {
        return None;
    }
    source.core.start = tag.start;
    source.phrase.start = tag.start;
    let tail = scene.trim(&(verb + 1..tag.end));
    let first = tail.start;
    let told = scene.is_any(verb, &["told", "tells", "informed", "reminded", "assured"]);
    let when = scene.has(first, Classes::PREPOSITION | Classes::WEEKDAY | Classes::ADVERB) && !scene.is(first, "to");
    // "…, state media report."
    let opens = scene.has(tag.start, Classes::DETERMINER | Classes::PRONOUN)
        || scene.name(tag.start).is_some_and(|n| n.tokens.end < verb + 1)
        || scene.is_any(tag.start, &["state", "local", "media", "press", "newspapers", "reports", "sources"]);
    let plain = opens && !scene.token(verb).is_capital() && tail.is_empty();
    let reports = plain && scene.is_any(verb, &["report", "reports", "say", "claim", "claims"]);
    let fits = told && !tail.is_empty() || reports || says(scene, verb) && (tail.is_empty() || when);
    let quiet = !scene.has_verb(&tail) && !tail.clone().any(|i| scene.is_any(i, &["that", "to", "of"]));
    (fits && quiet).then_some((verb, source))
}

fn says(scene: &Scene<'_, '_>, verb: usize) -> bool {
    scene.is_any(verb, &["said", "says", "added", "reported", "wrote", "noted", "announced", "explained"])
}

/// Whether `range` is a main clause: a subject first, then a verb.
fn is_clause(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let first = range.start;
    let subordinate = scene.has(first, Classes::CONJUNCTION)
        || scene.is_any(
            first,
            &["when", "while", "after", "before", "if", "as", "although", "asked", "since", "but", "and"],
        )
        || scene.word(first).ends_with("ing");
    let finite = |i: usize| {
        scene.has(i, Classes::AUXILIARY)
            || scene.has(i, Classes::VERB) && scene.word(i).ends_with("ed")
            || scene.is_any(i, &PAST)
    };
    !subordinate && range.clone().skip(1).any(|i| finite(i) && scene.name(i).is_none())
}

/// The verb and the source that stand at `at`, in either order.
fn tag(scene: &Scene<'_, '_>, passage: &Passage, at: usize) -> Option<(TokenRange, Source)> {
    let end = passage.tokens.end;
    let reports = |i: usize| {
        scene.has(i, Classes::CUE_VERB)
            && scene.name(i).is_none()
            && scene.region(i).is_none()
            && !scene.has(i, Classes::CUE_NOUN)
            && !scene.word(i).ends_with("ing")
    };
    if at + 1 >= end {
        return None;
    }
    if reports(at) {
        let source = phrase::after(scene, at + 1, end)?;
        let closed = source.phrase.end >= end
            || matches!(scene.kind(source.phrase.end), Kind::Stop | Kind::Comma)
            || scene.word(source.phrase.end) == ";";
        return closed.then_some((at..at + 1, source));
    }
    let verb = (at + 1..end.min(at + MAX_SOURCE)).find(|&i| scene.is_verb(i) || scene.region(i).is_some())?;
    let source = phrase::before(scene, at, verb).filter(|s| s.phrase.start == at && reports(verb))?;
    Some((verb..verb + 1, source))
}
