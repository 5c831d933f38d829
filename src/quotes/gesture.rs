//! `Lindqvist shrugs. "Plot is for trains."`: who does something in a few words right before quoted words without a cue speaks
//! them; what somebody smiles at, nobody said.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::Scene;
use super::voices::Origin;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Such a sentence has no more words behind its subject.
const MOST: usize = 4;

/// Words that lead to another clause.
const OTHERS: Classes = Classes::CONJUNCTION.union(Classes::AUXILIARY).union(Classes::CUE_VERB);

/// Verbs that go with speech, and report nothing by themselves.
const GESTURES: [&str; 20] = [
    "smiles", "smiled", "smiling", "grins", "grinned", "grinning", "nods", "nodded", "nodding", "shrugs", "shrugged",
    "laughs", "laughed", "laughing", "winks", "winked", "frowns", "frowned", "waves", "waved",
];

/// "Lee smiled at the crowd": no clause, no quoted words, and no verb that reports.
pub fn is_mute(scene: &Scene<'_, '_>, found: &Attribution) -> bool {
    let told = |p: &TokenRange| scene.opens_any(p) || scene.has_verb(p);
    let Some(cue) = &found.cue else { return false };
    // "Over 90 users have shared", "proved beyond reasonable doubt that".
    let helps = scene.is_any(cue.start, &["have", "has", "had"]) && found.source.is_none();
    let sure = scene.is(cue.start, "doubt") && cue.start > 0 && scene.is(cue.start - 1, "reasonable");
    // "Called up a prop", "calling in sick".
    let rung = scene.is_any(cue.start, &["call", "called", "calls", "calling"])
        && (scene.is(cue.end, "up") || scene.is(cue.end, "in") && scene.is(cue.end + 1, "sick"));
    // "The accused had been".
    let noun = scene.is(cue.start, "accused") && cue.start > 0 && scene.is_any(cue.start - 1, &["the", "an"]);
    helps
        || noun
        || is_summons(scene, cue)
        || is_title(scene, cue)
        || is_voice(scene, cue)
        || is_count(scene, found, cue)
        || is_known(scene, cue)
        || rung
        || sure
        || is_naming(scene, found, cue)
        || scene.is_any(cue.start, &GESTURES) && !found.pieces.iter().any(told)
}

/// "Crews were called to the blaze": to a place or an event, not to do something.
fn is_summons(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let passive = cue.start > 0 && scene.is_any(cue.start - 1, &["was", "were", "been", "being", "are", "is"]);
    passive
        && scene.is(cue.start, "called")
        && scene.is_any(cue.start + 1, &["to", "out"])
        && scene.has(cue.start + 2, Classes::DETERMINER)
}

/// "Her lawyer, advocate Ana Roe, told": a title before a name is no verb.
fn is_title(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let named = scene.name(cue.end).filter(|n| n.tokens.start == cue.end && n.kind == EntityType::Person);
    let closed = named.is_some_and(|n| scene.word(n.tokens.end) == ",");
    cue.start > 0 && scene.is(cue.start, "advocate") && scene.word(cue.start - 1) == "," && closed
}

/// "Of the 140,000 confirmed deaths": a number does not speak.
fn is_count(scene: &Scene<'_, '_>, found: &Attribution, cue: &TokenRange) -> bool {
    let Some(source) = found.source.as_ref().filter(|s| s.core.end == cue.start && s.core.len() == 2) else {
        return false;
    };
    let number = scene.kind(source.core.end - 1) == Kind::Number && scene.has(source.core.start, Classes::DETERMINER);
    let noun = |p: &TokenRange| p.start == cue.end && !scene.has_verb(p) && !scene.has(p.start, Classes::DETERMINER);
    number && scene.word(cue.start).ends_with("ed") && found.pieces.iter().all(noun)
}

/// "Roe, known for his films", "was reported missing".
fn is_known(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let famed =
        scene.is(cue.start, "known") && cue.start > 0 && scene.word(cue.start - 1) == "," && scene.is(cue.end, "for");
    famed || scene.is(cue.start, "reported") && scene.is(cue.end, "missing")
}

/// "In his smooth baritone voice".
fn is_voice(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let own = |i: usize| scene.is_any(i, &["his", "her", "their", "my", "a", "the"]) && scene.is(i.max(1) - 1, "in");
    scene.is(cue.start, "voice") && (cue.start.saturating_sub(4)..cue.start).any(own)
}

/// "Acme has shown a toy called Proto": no more than its name.
fn is_naming(scene: &Scene<'_, '_>, found: &Attribution, cue: &TokenRange) -> bool {
    let noun = cue.start > 0 && scene.kind(cue.start - 1) == Kind::Word && phrase::is_noun_like(scene, cue.start - 1);
    let apart = found.source.as_ref().is_none_or(|s| s.core.end < cue.start);
    let follows = |end: usize| scene.is_any(end, &["that", "which", "who", "and"]) || scene.kind(end) != Kind::Word;
    let named = scene.name(cue.end).is_some_and(|n| n.tokens.start == cue.end && follows(n.tokens.end));
    scene.is_any(cue.start, &["called", "named", "dubbed"]) && noun && apart && named
}

/// Gives floating quotes the speaker that such a sentence names. The judge has chosen among those who were introduced or heard
/// before; this is for afterwards.
pub fn name_speakers(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for i in 0..found.len() {
        let Some(before) = sentence_before(scene, &found[i]) else { continue };
        let reports = |a: &Attribution| a.cue.as_ref().is_some_and(|c| before.contains(&c.start));
        if let Some(source) = subject(scene, &before).filter(|_| !found.iter().any(reports)) {
            found[i].source = Some(source);
            found[i].reason = Origin::Introduced.reason();
        }
    }
}

/// The sentence right before floating quoted words, within their paragraph.
fn sentence_before(scene: &Scene<'_, '_>, found: &Attribution) -> Option<TokenRange> {
    let first = found.pieces.iter().map(|p| p.start).min().filter(|_| found.cue.is_none() && !found.unmarked)?;
    scene.opens_region(first)?;
    let end = first.checked_sub(1).filter(|&stop| scene.kind(stop) == Kind::Stop && scene.region(stop).is_none())?;
    let block = scene.structure.blocks[scene.block_of(first)].tokens.start;
    let outside = |i: usize| scene.kind(i) == Kind::Stop || scene.region(i).is_some();
    let start = (block..end).rev().find(|&i| outside(i)).map_or(block, |i| i + 1);
    (start < end).then_some(start..end)
}

/// The person or the "he" or "she" that the sentence is of.
fn subject(scene: &Scene<'_, '_>, sentence: &TokenRange) -> Option<Source> {
    let named = (sentence.start..sentence.end).find_map(|i| scene.name(i)).filter(|n| n.kind == EntityType::Person);
    let pronoun = scene.is_any(sentence.start, &["he", "she"]);
    let verb = if pronoun { sentence.start + 1 } else { named?.tokens.end };
    let rest = verb..sentence.end;
    let acts = scene.word(verb).ends_with('s') || scene.word(verb).ends_with("ed") || scene.has(verb, Classes::VERB);
    let plain = |i: usize| scene.kind(i) == Kind::Word && !scene.token(i).is_capital() && !scene.has(i, OTHERS);
    if rest.is_empty() || rest.len() > MOST || !acts || !rest.clone().skip(1).all(plain) {
        return None;
    }
    phrase::before(scene, sentence.start, verb).filter(|source| source.core.start == sentence.start)
}
