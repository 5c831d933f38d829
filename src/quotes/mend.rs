//! An attribution of the ranker in, the same as grammar has it out: what the ranker gets wrong although a rule knows it for
//! certain.

use super::attribution::Attribution;
use super::phrase::Source;
use super::scene::{Passage, Scene};
use super::{clause, edges, refuse, regions, speaker};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Mends one attribution whose cue `head` heads; none where it is no speech at all.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, head: usize, mut found: Attribution) -> Option<Attribution> {
    let cue = head..if is_tail_of_cue(scene, head + 1) { head + 2 } else { head + 1 };
    if refuse::is_no_speech(scene, passage, &cue, &found) {
        return None;
    }
    let cue = speaker::as_saying(scene, passage, cue, &mut found);
    speaker::mend(scene, passage, &cue, &mut found);
    first_half(scene, passage, &cue, &mut found);
    without_setting(scene, &cue, &mut found);
    whole_clause(scene, passage, &cue, &mut found);
    for piece in &mut found.pieces {
        *piece = edges::mend(scene, passage, &cue, piece.clone());
        *piece = clause::of_noun(scene, passage, &cue, piece.clone());
    }
    found.pieces.retain(|p| !p.is_empty());
    // "what she called", "which he described as": the pronoun stands for the content.
    let is_pronoun = |p: &TokenRange| p.len() == 1 && scene.is_any(p.start, &["what", "which", "who", "that"]);
    if found.pieces.len() > 1 {
        found.pieces.retain(|p| p.start > cue.start || !is_pronoun(p));
    }
    if found.pieces.len() > 1 && found.pieces.iter().any(|p| !is_name(scene, p)) {
        found.pieces.retain(|p| !is_name(scene, p));
    }
    found.cue = whole_cue(scene, &cue);
    (!found.pieces.is_empty()).then_some(found)
}

/// "said prices fell, warning that rents rose", "said it was open but denied that": content ends where the next attribution
/// of the sentence begins.
pub fn part(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    found.dedup_by(|b, a| a.cue.is_some() && a.cue == b.cue);
    speaker::share(scene, found);
    for i in 1..found.len() {
        let Some(cue) = found[i].cue.clone() else { continue };
        let Some(end) = trailing_end(&found[i - 1]).filter(|&end| end < cue.start) else { continue };
        for piece in found[i].pieces.iter_mut().filter(|p| p.start < end && p.end > end && p.end <= cue.start) {
            *piece = after_joint(scene, end..piece.end);
        }
        found[i].pieces.retain(|p| !p.is_empty());
    }
    found.retain(|a| !a.pieces.is_empty());
    for i in 0..found.len() {
        let Some(cue) = found[i].cue.clone() else { continue };
        let next = found[i + 1..].iter().find_map(|next| next_begins(scene, &found[i], next));
        let Some(end) = next.filter(|&end| end > cue.end) else { continue };
        for piece in found[i].pieces.iter_mut().filter(|p| p.start >= cue.end && p.start < end) {
            piece.end = piece.end.min(end);
        }
    }
}

/// Where an attribution ends whose content stands before its cue: what follows is no part of the next one's content.
fn trailing_end(found: &Attribution) -> Option<usize> {
    let cue = found.cue.as_ref()?;
    let end = found.source.as_ref().map_or(cue.end, |s| s.phrase.end.max(cue.end));
    found.pieces.iter().all(|p| p.end <= cue.start).then_some(end)
}

/// `range` without the marks and joining words at its start.
fn after_joint(scene: &Scene<'_, '_>, range: TokenRange) -> TokenRange {
    let joins = |&i: &usize| {
        scene.region(i).is_none()
            && (scene.is_any(i, &["and", "but", "while"]) || !matches!(scene.kind(i), Kind::Word | Kind::Number))
    };
    let start = range.clone().find(|i| !joins(i)).unwrap_or(range.end);
    start..range.end
}

/// Where `next` begins, if it is joined to `first` rather than a part of its content.
fn next_begins(scene: &Scene<'_, '_>, first: &Attribution, next: &Attribution) -> Option<usize> {
    let cue = next.cue.clone()?;
    if next.pieces.iter().any(|p| p.start < cue.end) {
        return None;
    }
    let before = |i: usize| if scene.word(i.checked_sub(1)?) == "," { Some(i - 1) } else { None };
    if scene.word(cue.start).ends_with("ing") {
        return before(cue.start);
    }
    let start = |a: &Attribution| a.source.as_ref().map(|s| s.phrase.start);
    let shared = start(first) == start(next) && start(first).is_some();
    let group = if shared { cue.start } else { start(next).filter(|&s| s < cue.start)? };
    let joint = group.checked_sub(1)?;
    let joins = scene.is_any(joint, &["and", "but"]);
    let parted = before(joint).is_some() || joint > 0 && scene.is_break_dash(joint - 1);
    let ends = if shared { joins } else { joins && parted || scene.is_any(joint, &["while", "whereas"]) };
    ends.then(|| before(joint).unwrap_or(joint))
}

/// `Boats would pass "slowly and by number," she noted`: quoted words in lower case end the clause that began before them.
fn whole_clause(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let [piece] = found.pieces.as_mut_slice() else { return };
    let Some(region) = scene.opens_region(piece.start).map(|r| &scene.regions[r]) else { return };
    let first = region.tokens.start + 1;
    let lower = scene.kind(first) == Kind::Word && !scene.token(first).is_capital();
    let comma = scene.kind(region.tokens.end - 2) == Kind::Comma;
    let before = passage.tokens.start..piece.start;
    if !(lower && comma && region.tokens == *piece && piece.end <= cue.start && before.len() > 1) {
        return;
    }
    let reports =
        |i: usize| scene.has(i, Classes::CUE_VERB) || matches!(scene.kind(i), Kind::Comma | Kind::Stop | Kind::Dash);
    let plain = !scene.opens_any(&before) && !before.clone().any(|i| reports(i) || matches!(scene.word(i), ":" | ";"));
    let verb = before.clone().any(|i| scene.has(i, Classes::AUXILIARY | Classes::VERB) && scene.name(i).is_none());
    if plain && verb && !scene.has(before.start, Classes::CONJUNCTION | Classes::PREPOSITION) {
        piece.start = before.start;
    }
}

/// `Asked about the device, O'Neill said, "…"`, "a move which officials said will": what stands before the source sets the scene,
/// and is no part of the content.
fn without_setting(scene: &Scene<'_, '_>, cue: &TokenRange, found: &mut Attribution) {
    let [left, right] = found.pieces.as_slice() else { return };
    if left.end > cue.start || right.start < cue.end || scene.opens_any(left) {
        return;
    }
    let first = left.start;
    let adjunct =
        scene.is_any(first, &["asked", "when", "while", "after", "pressed"]) || scene.word(first).ends_with("ing");
    let quoted = scene.opens_region(right.start).is_some();
    let relative = scene.is_any(left.end - 1, &["which", "that", "who"]);
    if adjunct && quoted || relative {
        found.pieces.remove(0);
    }
}

/// `"It never crossed my mind," she said several months after her release`: plain words right behind the tag of quoted words tell
/// when or where, and are no part of the content. The judge weighs the whole; this is for afterwards.
pub fn without_circumstance(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let [left, right] = found.pieces.as_slice() else { return };
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let tag = source.phrase.start.min(cue.start);
    let quoted = left.end == tag && scene.region(tag.max(1) - 1).is_some();
    if quoted && right.start == source.phrase.end.max(cue.end) && !scene.opens_any(right) {
        found.pieces.truncate(1);
    }
}

/// "Prices, Lee said, fell": the half before the commas.
fn first_half(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let floor = passage.tokens.start;
    let [right] = found.pieces.as_slice() else { return };
    let Some(Source { phrase, .. }) = &found.source else { return };
    let (start, end) = (phrase.start.min(cue.start), phrase.end.max(cue.end));
    let enclosed =
        start > floor + 1 && scene.word(start - 1) == "," && scene.word(end) == "," && right.start == end + 1;
    if !enclosed {
        return;
    }
    let half = scene.trim(&(floor..start - 1));
    let plain =
        !half.is_empty() && !scene.opens_any(&half) && !half.clone().any(|i| matches!(scene.word(i), "," | ";" | ":"));
    let circumstance =
        scene.has(half.start, Classes::PREPOSITION | Classes::ADVERB | Classes::CONJUNCTION | Classes::WEEKDAY);
    let subject = !scene.has(right.start, Classes::PRONOUN | Classes::DETERMINER) && scene.name(right.start).is_none();
    if plain && !circumstance && subject {
        found.pieces.insert(0, half);
    }
}

/// `said on "Morning Desk"`: one quoted name and nothing else.
fn is_name(scene: &Scene<'_, '_>, piece: &TokenRange) -> bool {
    scene.opens_region(piece.start).is_some_and(|r| scene.regions[r].tokens == *piece && regions::is_name(scene, r))
}

/// "to" of "according to".
pub fn is_tail_of_cue(scene: &Scene<'_, '_>, i: usize) -> bool {
    i > 0 && scene.is(i, "to") && scene.is(i - 1, "according")
}

/// All words of the cue: "according to", "made it clear", "expressed confidence", "point out". A colon alone is a mark, not
/// a word that reports.
fn whole_cue(scene: &Scene<'_, '_>, cue: &TokenRange) -> Option<TokenRange> {
    let (head, end) = (cue.start, cue.end);
    if scene.kind(head) != Kind::Word {
        return None;
    }
    let end = if scene.is_any(head, &["made", "make", "makes", "making"]) {
        let clear = (end..end + 2).find(|&i| scene.is_any(i, &["clear", "plain", "known"]));
        clear.map_or(end, |i| i + 1)
    } else {
        let expresses = scene.is_any(head, &["expressed", "express", "expresses", "expressing"]);
        let points = scene.is_any(head, &["point", "points", "pointed", "pointing"]);
        let longer = expresses && scene.has(end, Classes::CUE_NOUN) || points && scene.is(end, "out");
        end + usize::from(longer)
    };
    Some(head..end)
}
