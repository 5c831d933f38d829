//! Where what was said begins: an attribution in, the same with its content behind when and where it was said and to whom out.

use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// "In a post on X" has no more tokens.
const MOST_OCCASION: usize = 12;

/// "To the minister" before a colon has no more tokens.
const MOST_HEARER: usize = 6;

/// Words for a share of many.
const SHARES: [&str; 16] = [
    "most", "many", "some", "all", "none", "each", "both", "half", "one", "two", "three", "few", "several", "any",
    "much", "dozens",
];

/// Mends the beginning of the content.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    behind_occasion(scene, found);
    behind_time(scene, found);
    with_share(scene, found);
    behind_colon(scene, found);
    behind_hearer(scene, found);
    with_subject(scene, found);
}

/// "Said in a post on X that it was over": where it was said comes before "that".
fn behind_occasion(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end) else { return };
    let said = scene.is_any(cue.start, &["said", "says", "saying", "wrote", "stated", "announced", "claimed", "added"]);
    if !said || !scene.is_any(piece.start, &["in", "on", "at", "during", "via", "through"]) {
        return;
    }
    let ends = |&i: &usize| scene.is(i, "that") || scene.region(i).is_some() || scene.has_verb(&(i..i + 1));
    let that = piece.clone().take(MOST_OCCASION).find(ends).filter(|&i| scene.is(i, "that") && i > piece.start + 1);
    let that = that.filter(|&i| !scene.is_verb(i + 1));
    if let Some(that) = that.filter(|&i| i + 1 < piece.end) {
        piece.start = that + 1;
    }
}

/// "The ministry said last month it would": when it was said is no part of it.
fn behind_time(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const TIMES: [&str; 10] =
        ["week", "month", "year", "night", "summer", "winter", "spring", "autumn", "fall", "weekend"];
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end) else { return };
    // "He said later he'd been glad".
    let bare = scene.word(piece.start + 1).split(['\'', '\u{2019}']).next().unwrap_or_default();
    let then = ["he", "she", "it", "they", "i", "we", "that"].iter().any(|p| p.eq_ignore_ascii_case(bare));
    if then && scene.is_any(piece.start, &["later", "afterwards", "earlier"]) {
        piece.start += 1 + usize::from(scene.is(piece.start + 1, "that"));
        return;
    }
    let early = usize::from(scene.is_any(piece.start, &["earlier", "late", "early"]));
    let last = piece.start + early;
    let time = scene.is_any(last, &["last", "this"])
        && (scene.is_any(last + 1, &TIMES) || scene.has(last + 1, Classes::WEEKDAY));
    let that = usize::from(scene.is(last + 2, "that"));
    let rest = last + 2 + that..piece.end;
    let subject = scene.has(rest.start, Classes::DETERMINER | Classes::PRONOUN)
        || scene.is_any(rest.start, &["it", "he", "she", "they", "there"])
        || scene.name(rest.start).is_some();
    if time && subject && rest.len() > 2 && scene.has_verb(&rest) {
        *piece = rest;
    }
}

/// "Told the paper most of the patients had left": of how many of them belongs to what was said.
fn with_share(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start > cue.end) else { return };
    let of = piece.start - 1;
    let share = of.saturating_sub(1);
    let plain = |range: TokenRange| range.into_iter().all(|i| scene.region(i).is_none());
    if scene.is(of, "of") && share >= cue.end && scene.is_any(share, &SHARES) && plain(share..piece.start) {
        piece.start = share;
    }
}

/// "I would say to him: come in May": what is said begins behind the colon.
fn behind_colon(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end) else { return };
    let colon = piece.clone().take(MOST_HEARER).find(|&i| scene.word(i) == ":" && scene.region(i).is_none());
    let heard = scene.is(piece.start, "to");
    if let Some(colon) = colon.filter(|&i| heard && i + 1 < piece.end) {
        piece.start = colon + 1;
    }
}

/// "The boy told a dispatcher there was a man", "she told the court her clients waited": who is told stands before the clause.
fn behind_hearer(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const SUBJECTS: [&str; 14] =
        ["there", "he", "she", "it", "they", "we", "i", "that", "his", "her", "its", "their", "my", "our"];
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end) else { return };
    let told = scene.is_any(cue.start, &["told", "tells", "informed", "assured", "reminded"]);
    if !told || !scene.has(piece.start, Classes::DETERMINER) || scene.opens_region(piece.start).is_some() {
        return;
    }
    let subject = (piece.start + 2..piece.end.min(piece.start + MOST_HEARER)).find(|&i| {
        scene.region(i).is_some() || scene.has_verb(&(i..i + 1)) || scene.is_any(i, &SUBJECTS) || scene.word(i) == ","
    });
    let led = |i: usize| scene.has(i - 1, Classes::PREPOSITION | Classes::CONJUNCTION);
    if let Some(at) = subject.filter(|&i| scene.region(i).is_none() && scene.is_any(i, &SUBJECTS) && !led(i)) {
        piece.start = at + usize::from(scene.is(at, "that"));
    }
}

/// `Chiu told the paper the government "welcomes" them`: the subject of quoted words that begin with their verb.
fn with_subject(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start > cue.end) else { return };
    let Some(region) = scene.opens_region(piece.start).map(|r| scene.regions[r].inner()) else { return };
    let told = scene.is_any(cue.start, &["told", "tells"]);
    let hearer = scene.name(cue.end).filter(|n| told && n.tokens.start <= cue.end).map(|n| n.tokens.end);
    let between = hearer.unwrap_or(piece.start)..piece.start;
    let plain = |i: usize| scene.kind(i) == Kind::Word && !scene.has(i, Classes::CONJUNCTION) && !scene.is_verb(i);
    let opens = scene.has(between.start, Classes::DETERMINER) || scene.name(between.start).is_some();
    let acts = scene.is_verb(region.start) && !scene.token(region.start).is_capital();
    if opens && acts && !between.is_empty() && between.len() < MOST_HEARER && between.clone().all(plain) {
        piece.start = between.start;
    }
}
