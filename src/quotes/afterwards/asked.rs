//! Questions, orders and what a court hears: an attribution in, the same with its content whole and no more out.

use super::is_clause;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::edges;
use crate::quotes::impersonal::HEARERS;
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// "A court heard" behind the comma has no more tokens.
const MOST_HEARD: usize = 6;

/// Mends the content of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    fronted(scene, found);
    not_to(scene, found);
    to_quoted(scene, found);
    with_clause(scene, found);
    without_hearing(scene, found);
    of_apposition(scene, found);
}

/// "Asked whether she would go, Lee shrugged", "Pressed on the tax, she said": what is asked is no answer; the question has no
/// speaker.
fn fronted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const ASKED: [&str; 6] = ["asked", "pressed", "questioned", "quizzed", "pushed", "challenged"];
    let (Some(cue), [piece]) = (&mut found.cue, found.pieces.as_mut_slice()) else { return };
    let first = piece.start;
    let opens = scene.is_any(first, &ASKED) && scene.sentence(first).is_some_and(|s| s.start == first);
    if !opens || cue.start < piece.end {
        return;
    }
    let on = usize::from(scene.is_any(first + 1, &["on", "about"]));
    if scene.is_any(first + 1 + on, &["whether", "if", "what", "which", "who", "how", "why", "when", "where"]) {
        *cue = first..first + 1;
        piece.start += 1 + on;
        found.source = None;
    } else {
        found.pieces.clear();
    }
}

/// "Two officials, who asked not to be named": what is not to be done begins with "not".
fn not_to(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let close = |start: usize| start > cue.end && start < cue.end + MOST_HEARD;
    if let Some(piece) = found.pieces.iter_mut().find(|p| close(p.start)) {
        let to = piece.start - usize::from(!scene.is(piece.start, "to"));
        if scene.is(to, "to") && scene.is(to - 1, "not") && to > cue.end {
            piece.start = to - 1;
        }
    }
}

/// `called on all parties to "keep to the law"`: whoever is asked is no part of what they are asked to do.
fn to_quoted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), Some(piece)) = (&found.cue, found.pieces.first_mut()) else { return };
    let on = usize::from(piece.start == cue.end + 1 && scene.is_any(cue.end, &["on", "upon"]));
    if piece.start == cue.end + on
        && let Some(deed) = edges::bidden(scene, cue, piece)
    {
        piece.start = deed;
    }
}

/// `He told me his grandfather had seen worse, "but he was a liar"`: quoted words that go on with a clause go with it.
fn with_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    let Some(comma) = piece.start.checked_sub(1).filter(|&i| scene.word(i) == "," && i > cue.end) else { return };
    let goes_on = scene.opens_region(piece.start).is_some()
        && scene.has(piece.start + 1, Classes::CONJUNCTION)
        && !scene.token(piece.start + 1).is_capital();
    if !goes_on || !scene.is_any(cue.start, &["told", "tells", "said", "says"]) {
        return;
    }
    let told =
        scene.is_any(cue.end, &["me", "us", "him", "her", "them"]) && scene.is_any(cue.start, &["told", "tells"]);
    let hearer = scene.name(cue.end).filter(|_| scene.is_any(cue.start, &["told", "tells"]));
    let start = hearer.map_or(cue.end + usize::from(told), |n| n.tokens.end);
    let start = start + usize::from(scene.is(start, "that"));
    let clause = start..comma;
    let subject = scene.has(start, Classes::DETERMINER | Classes::PRONOUN) || scene.name(start).is_some();
    if subject && !clause.is_empty() && !scene.opens_any(&clause) && is_clause(scene, &clause) {
        piece.start = start;
    }
}

/// "He told police he had slept, a court heard": the hearing is around what was said, not within it.
fn without_hearing(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.clone() else { return };
    let Some(piece) = found.pieces.last_mut().filter(|p| p.len() > 2 && p.start >= cue.end) else { return };
    let verb = piece.end - 1;
    let heard = scene.region(verb).is_none() && scene.is_any(verb, &["heard", "told"]);
    let comma = (verb.saturating_sub(MOST_HEARD)..verb).rev().find(|&i| matches!(scene.kind(i), Kind::Comma));
    let Some(comma) = comma.filter(|&i| heard && i > piece.start + 1) else { return };
    if (comma + 1..verb).any(|i| scene.is_any(i, &HEARERS)) {
        piece.end = comma;
    }
}

/// "Lindholm, the conductor who once told a censor that he was flat, has died": the comma that closes the apposition ends what is
/// said within it.
fn of_apposition(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    let Some(sentence) = scene.sentence(cue.start).filter(|_| piece.start >= cue.end) else { return };
    let who = (sentence.start..cue.start).rev().take(MOST_HEARD).find(|&i| scene.is_any(i, &["who", "which"]));
    let Some(who) = who.filter(|&i| !(i..cue.start).any(|k| scene.word(k) == ",")) else { return };
    if !(sentence.start..who).any(|i| scene.word(i) == ",") {
        return;
    }
    let closes = |&i: &usize| {
        scene.word(i) == ","
            && scene.region(i).is_none()
            && scene.has(i + 1, Classes::AUXILIARY)
            && !scene.is_any(i + 1, &["being", "having"])
    };
    if let Some(comma) = piece.clone().skip(1).find(closes).filter(|&i| scene.has_verb(&(piece.start..i))) {
        piece.end = comma;
    }
}
