//! Verbs that report elsewhere and say nothing here: an attribution in, the same without any content out.

use crate::article::EntityType;
use crate::lang::Classes;
use crate::names::Name;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Takes the content away where nothing is said.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_slice()) else { return };
    let idle = [talks, shows, questions, apologises, gestures, muses, makes, shrugs, denies, is_noun];
    if idle.iter().any(|rule| rule(scene, cue, piece)) || early(scene, found, piece) || relative(scene, found, piece) {
        found.pieces.clear();
    }
}

/// "She spoke to Daniel Friis", "asked me", "told nobody".
fn talks(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let named = |n: &Name| n.tokens == *piece || n.tokens.start == piece.start && scene.is(n.tokens.end, "about");
    let name = scene.name(piece.start).is_some_and(named);
    if scene.is_any(cue.start, &["told", "tell", "tells"]) && scene.is_any(cue.end, &["nobody", "none"]) {
        return piece.end <= cue.start || piece.start > cue.end && !scene.has_verb(piece);
    }
    let spoke =
        scene.is_any(cue.start, &["spoke", "speaks", "talked", "talks"]) && scene.is_any(cue.end, &["to", "with"]);
    name && spoke || piece.len() == 1 && scene.is_any(piece.start, &["me", "him", "her", "us", "them"])
}

/// "He showed me the curve".
fn shows(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    scene.is_any(cue.start, &["showed", "shows", "gave", "gives", "handed", "sent"])
        && piece.start == cue.end
        && scene.is_any(piece.start, &["me", "us", "him", "her", "them"])
        && scene.has(piece.start + 1, Classes::DETERMINER)
}

/// "The panel will question the former secretary, Matt Roe".
fn questions(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let person = |i: usize| scene.name(i).is_some_and(|n| n.kind == EntityType::Person);
    scene.is_any(cue.start, &["question", "questions", "questioned", "interview", "interviewed"])
        && piece.start == cue.end
        && !scene.has_verb(piece)
        && piece.clone().any(person)
        && !scene.has(piece.start, Classes::CONJUNCTION)
        && !piece.clone().any(|i| scene.is(i, "of"))
        && !piece.clone().any(|i| scene.kind(i) == Kind::Clitic || scene.region(i).is_some())
}

/// "The mayor apologised to citizens".
fn apologises(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    scene.word(cue.start).starts_with("apologi")
        && scene.is(cue.end, "to")
        && piece.start == cue.end + 1
        && !scene.has_verb(piece)
        && !scene.opens_any(piece)
}

/// "Shaking his head".
fn gestures(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let own = scene.is_any(piece.start, &["his", "her", "their", "my"]) && piece.len() == 2;
    own && piece.start == cue.end && scene.word(cue.start).ends_with("ing")
}

/// "I thought about this a good deal".
fn muses(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    scene.is_any(cue.start, &["thought", "think", "thinking"])
        && scene.is(cue.end, "about")
        && scene.is_any(piece.start, &["this", "that", "it"])
        && !scene.has_verb(piece)
}

/// "She made the remarks at a briefing".
fn makes(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    const MADE: [&str; 7] = ["remarks", "comments", "remark", "comment", "statement", "announcement", "claim"];
    scene.is_any(cue.start, &["made", "makes", "making"])
        && scene.is_any(piece.start + 1, &MADE)
        && !scene.opens_any(piece)
        && !scene.has_verb(&(piece.start + 2..piece.end))
}

/// "He shrugged off the charge", "she begged to differ".
fn shrugs(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let off = scene.is_any(cue.start, &["shrugged", "waved", "brushed"]) && scene.is_any(cue.end, &["off", "aside"]);
    off && !scene.opens_any(piece) || scene.is(cue.start, "begged") && scene.is(cue.end + 1, "differ")
}

/// "Disability advocate Ana Roe was not glad", "cast the deciding vote".
fn is_noun(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let person = scene.name(cue.end).is_some_and(|n| n.kind == EntityType::Person && n.tokens.start == cue.end);
    let role = scene.is_any(cue.start, &["advocate", "champion", "coach"]) && person && piece.start == cue.end;
    // "She will not discuss Lee, to whom she was engaged".
    let whom = scene.name(piece.start).is_some_and(|n| n.kind == EntityType::Person && scene.word(n.tokens.end) == ",");
    let discusses = scene.is_any(cue.start, &["discuss", "discussed"]) && whom && piece.start == cue.end;
    role || discusses || scene.is_any(cue.start, &["cast", "casts"]) && !scene.opens_any(piece)
}

/// "The firm denies this: it says the fine will be paid".
fn denies(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> bool {
    let this = scene.is_any(cue.end, &["this", "it", "that"]) && scene.word(cue.end + 1) == ":";
    this && scene.is_any(cue.start, &["denies", "denied", "deny", "disputes", "rejects"]) && piece.start > cue.end
}

/// "It is too early to say, experts caution": what the tag reports, nobody says there.
fn early(scene: &Scene<'_, '_>, found: &Attribution, piece: &TokenRange) -> bool {
    let Some(cue) = &found.cue else { return false };
    let infinitive = scene.is(cue.start, "say") && cue.start > 0 && scene.is(cue.start - 1, "to");
    infinitive
        && scene.word(cue.end) == ","
        && piece.start == cue.end + 1
        && found.source.as_ref().is_some_and(|s| scene.is(s.core.start, "it"))
}

/// "A hoax call that sent officers to a school": "that" is the subject.
fn relative(scene: &Scene<'_, '_>, found: &Attribution, piece: &TokenRange) -> bool {
    let Some(cue) = &found.cue else { return false };
    let beside = |end: usize| end == before_auxiliaries(scene, end.min(cue.start), cue.start);
    scene.is(cue.end, "that")
        && piece.start == cue.end + 1
        && found.source.as_ref().is_none_or(|s| !beside(s.core.end))
        && scene.is_verb(piece.start)
        && !scene.has(piece.start, Classes::AUXILIARY)
}
