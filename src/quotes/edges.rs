//! A piece of content in, the same without what grammar knows to stand outside of it out: times, those who are told, and how or
//! when it was said.

use super::phrase;
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Verbs whose object is told to do something: "urged ministers to".
const BIDDING: [&str; 24] = [
    "urge",
    "urges",
    "urged",
    "urging",
    "ask",
    "asks",
    "asked",
    "asking",
    "tell",
    "tells",
    "told",
    "telling",
    "advise",
    "advised",
    "advises",
    "advising",
    "call",
    "calls",
    "called",
    "calling",
    "warned",
    "instructed",
    "begged",
    "reminded",
];

/// Mends one piece of what `cue` reports.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    let piece = without_time(scene, passage, piece);
    let piece = after_addressee(scene, cue, piece);
    let piece = after_setting(scene, cue, piece);
    without_circumstance(scene, piece)
}

/// `saying during the debate last week, "…"`, `dismissed as "…"`, "according to the envoy, as quoted by the agency, …".
fn after_setting(scene: &Scene<'_, '_>, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    if piece.start < cue.end {
        return piece;
    }
    let first = piece.start;
    if scene.is(first, "as") && scene.opens_region(first + 1).is_some() {
        return first + 1..piece.end;
    }
    let plain = |&i: &usize| scene.region(i).is_none() && scene.word(i) != ",";
    let comma = (first..piece.end.min(first + 14)).find(|i| !plain(i));
    let Some(comma) = comma.filter(|&i| scene.word(i) == "," && i + 1 < piece.end) else { return piece };
    let setting = scene.has(first, Classes::PREPOSITION) && !scene.has_verb(&(first..comma));
    let by = scene.is(first, "as") && scene.is(first + 2, "by");
    if setting && scene.opens_region(comma + 1).is_some() || by { comma + 1..piece.end } else { piece }
}

/// `18:30 "Stay indoors,"`, "0714 GMT: The talks": the time of a live page is nobody's words.
fn without_time(scene: &Scene<'_, '_>, passage: &Passage, piece: TokenRange) -> TokenRange {
    let rest = after_time(scene, passage, piece.start);
    if rest < piece.end && rest > piece.start { rest..piece.end } else { piece }
}

/// Where the text of a live page's entry begins, if `start` is the time at the start of its block.
pub fn after_time(scene: &Scene<'_, '_>, passage: &Passage, start: usize) -> usize {
    let at_start = scene.structure.blocks[passage.block].tokens.start == start && scene.kind(start) == Kind::Number;
    let colon = (start + 1..start + 4).find(|&i| scene.word(i) == ":");
    let is_time = scene.word(start).contains([':', '.']);
    match colon {
        Some(colon) if at_start => colon + 1,
        _ if at_start && is_time => start + 1 + usize::from(scene.is_break_dash(start + 1)),
        _ => start,
    }
}

/// "asked the witness how many", "told jurors not to", "wondered aloud if": the content begins after those who are asked and
/// after adverbs.
fn after_addressee(scene: &Scene<'_, '_>, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    let called_on = piece.start == cue.end + 1 && scene.is_any(cue.end, &["on", "upon"]);
    if piece.start != cue.end && !called_on {
        return piece;
    }
    let opens = |i: usize| {
        scene.is_any(i, &["how", "why", "what", "whether", "if", "where", "when"])
            || scene.is(i, "not") && scene.is(i + 1, "to")
    };
    let adverb = (piece.start..piece.end).find(|&i| !scene.has(i, Classes::ADVERB)).unwrap_or(piece.start);
    if adverb > piece.start && opens(adverb) {
        return adverb..piece.end;
    }
    if !scene.is_any(cue.start, &BIDDING) {
        return piece;
    }
    // "called on both sides to".
    let object = piece.start + usize::from(scene.is(piece.start, "on"));
    let asked = addressee_end(scene, object, piece.end);
    let asked = if asked > object + 1 && scene.is(asked - 1, "not") { asked - 1 } else { asked };
    let bids = scene.is(asked, "to") && scene.kind(asked + 1) == Kind::Word;
    if (opens(asked) || bids) && asked > object { asked..piece.end } else { piece }
}

/// Where quoted words that somebody is told to do begin, with their "to": `called on all parties to "keep to the law"`.
pub fn bidden(scene: &Scene<'_, '_>, cue: &TokenRange, piece: &TokenRange) -> Option<usize> {
    let object = piece.start + usize::from(scene.is(piece.start, "on"));
    let asked = addressee_end(scene, object, piece.end);
    let quoted = asked > object && scene.is(asked, "to") && scene.opens_region(asked + 1).is_some();
    (quoted && scene.is_any(cue.start, &BIDDING)).then_some(asked)
}

/// One past the pronoun or the noun phrase of those who are told.
fn addressee_end(scene: &Scene<'_, '_>, start: usize, limit: usize) -> usize {
    if scene.has(start, Classes::PRONOUN) && scene.name(start).is_none() {
        return start + 1;
    }
    let to = (start..limit).take(12).find(|&i| scene.is(i, "to") || scene.is_verb(i) || scene.region(i).is_some());
    let plain = to.filter(|&i| scene.is(i, "to") && !(start..i).any(|k| scene.word(k) == ","));
    plain.unwrap_or_else(|| phrase::after(scene, start, limit).map_or(start, |p| p.core.end))
}

/// `'go home' twice`, `the market was "a furnace" on Saturday`: what is behind quoted words tells how often or on which day
/// they were said.
fn without_circumstance(scene: &Scene<'_, '_>, piece: TokenRange) -> TokenRange {
    let whole = scene.opens_region(piece.start).is_some();
    let tells = |i: usize| {
        scene.has(i, Classes::WEEKDAY)
            || scene.is(i, "on") && scene.has(i + 1, Classes::WEEKDAY)
            || whole && (scene.has(i, Classes::ADVERB) || scene.is_any(i, &["twice", "once", "on"]))
    };
    if let Some(region) = scene.opens_region(piece.start) {
        // `"shame, shame" as they trooped out`
        let end = scene.regions[region].tokens.end;
        let rest = end + usize::from(scene.word(end) == ",")..piece.end;
        let aside = scene.is_any(rest.start, &["as", "amid", "while", "until"]);
        if aside && !rest.is_empty() && !scene.opens_any(&rest) {
            return piece.start..end;
        }
    }
    let end = piece.clone().rev().find(|&i| scene.region(i).is_some() || !tells(i)).map_or(piece.end, |i| i + 1);
    if end < piece.end && scene.region(end - 1).is_some() { piece.start..end } else { piece }
}
