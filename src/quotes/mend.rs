//! An attribution of the ranker in, the same as grammar has it out: what the ranker gets wrong although a rule knows it for
//! certain.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::regions::SIGNS;
use super::scene::{Passage, Scene};
use crate::article::Form;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Verbs that name rather than say, where they stand as participles: "known as", "a ship named".
const NAMING: [&str; 8] = ["known", "named", "dubbed", "nicknamed", "titled", "entitled", "marked", "codenamed"];

/// Mends one attribution; none where it is no speech at all.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, mut found: Attribution) -> Option<Attribution> {
    let cue = found.cue.clone()?;
    if is_hypothetical(scene, passage, &cue) || is_naming(scene, &cue) || is_announcement(scene, passage, &cue, &found)
    {
        return None;
    }
    if found.source.as_ref().is_some_and(|s| s.core.clone().any(|i| scene.is_any(i, &SIGNS))) {
        return None;
    }
    told_by(scene, passage, &cue, &mut found);
    close_apposition(scene, &cue, &mut found);
    first_half(scene, passage, &cue, &mut found);
    for piece in &mut found.pieces {
        *piece = without_time(scene, passage, piece.clone());
    }
    found.pieces.retain(|p| !p.is_empty());
    found.cue = Some(whole_cue(scene, &cue));
    (!found.pieces.is_empty()).then_some(found)
}

/// "If asked, Lee might say no": nobody said it.
fn is_hypothetical(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> bool {
    let before = |n: usize| cue.start >= passage.tokens.start + n && scene.region(cue.start - n).is_none();
    let might = before(1) && scene.is_any(cue.start - 1, &["might", "could"]);
    let would_have = before(2)
        && scene.is(cue.start - 1, "have")
        && scene.is_any(cue.start - 2, &["might", "could", "would", "should"]);
    let clause = (passage.tokens.start..cue.start).rev().take(8).take_while(|&i| scene.word(i) != ",");
    let unless = clause.into_iter().any(|i| scene.is(i, "unless"));
    might || would_have || unless
}

/// "a hill known as", "so-called": quoted words that are a name.
fn is_naming(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let so_called = cue.start >= 2 && scene.is(cue.start, "called") && scene.is(cue.start - 2, "so");
    so_called || scene.is_any(cue.start, &NAMING) && (scene.is(cue.end, "as") || scene.opens_region(cue.end).is_some())
}

/// "Ortiz said:" at the end of a block: the words come in the next one.
fn is_announcement(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &Attribution) -> bool {
    let ends = cue.end + 1 == passage.tokens.end && scene.word(cue.end) == ":";
    ends && !found.pieces.iter().any(|p| scene.opens_any(p))
}

/// "Villagers were told by soldiers that": who tells is after "by", or nobody.
fn told_by(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let told =
        scene.is_any(cue.start, &["told", "informed", "asked", "reminded", "assured", "warned", "advised", "notified"]);
    let floor = passage.tokens.start;
    let passive = cue.start > floor && scene.is_any(cue.start - 1, &["was", "were", "been", "being", "is", "are"]);
    if !passive {
        return;
    }
    if scene.is(cue.end, "by") {
        if let Some(source) = phrase::after(scene, cue.end + 1, passage.tokens.end) {
            found.source = Some(source);
        }
    } else if told || found.source.as_ref().is_some_and(|s| s.core.len() == 1 && scene.is(s.core.start, "it")) {
        found.source = None;
    }
}

/// The comma after an apposition belongs to its phrase, and so does the rest of "the sources cited by the channel".
fn close_apposition(scene: &Scene<'_, '_>, cue: &TokenRange, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let end = source.phrase.end;
    if source.core.end < end && end < cue.start && scene.word(end) == "," && scene.word(end - 1) != "," {
        source.phrase.end = end + 1;
    }
    let content = found.pieces[0].start;
    let reduced = cue.len() == 2
        && end < content
        && source.core.end == end
        && scene.word(end).ends_with("ed")
        && scene.has(end + 1, Classes::PREPOSITION);
    if reduced {
        let comma = (end..content).find(|&i| scene.word(i) == ",").unwrap_or(end);
        source.core.end = comma.max(end);
        source.phrase.end = source.core.end;
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

/// `18:30 "Stay indoors,"`: the time of a live page is nobody's words.
fn without_time(scene: &Scene<'_, '_>, passage: &Passage, piece: TokenRange) -> TokenRange {
    let at_start =
        piece.start == passage.tokens.start && scene.structure.blocks[passage.block].tokens.start == piece.start;
    let is_time = scene.kind(piece.start) == Kind::Number && scene.word(piece.start).contains([':', '.']);
    let rest = if scene.is_break_dash(piece.start + 1) { piece.start + 2 } else { piece.start + 1 };
    if at_start && is_time && rest < piece.end && scene.opens_region(rest).is_some() { rest..piece.end } else { piece }
}

/// All words of the cue: "according to", "made it clear", "expressed confidence", "point out".
fn whole_cue(scene: &Scene<'_, '_>, cue: &TokenRange) -> TokenRange {
    let (head, end) = (cue.start, cue.end);
    if scene.is_any(head, &["made", "make", "makes", "making"]) {
        let clear = (end..end + 2).find(|&i| scene.is_any(i, &["clear", "plain", "known"]));
        return head..clear.map_or(end, |i| i + 1);
    }
    if scene.is_any(head, &["expressed", "express", "expresses", "expressing"]) && scene.has(end, Classes::CUE_NOUN) {
        return head..end + 1;
    }
    if scene.is_any(head, &["point", "points", "pointed", "pointing"]) && scene.is(end, "out") {
        return head..end + 1;
    }
    cue.clone()
}

/// Gives a quote that goes on after its cue the pieces that stand there: "The vote," Ortiz said, "stands."
pub fn resume(scene: &Scene<'_, '_>, found: &mut Attribution, piece: &TokenRange) -> bool {
    let (Some(cue), Some(last)) = (&found.cue, found.pieces.last()) else { return false };
    let quoted =
        last.end > last.start && scene.region(last.end - 1).is_some() && scene.opens_any(&(last.start..last.start + 1));
    let group = found.source.as_ref().map_or(cue.end, |s| s.phrase.end.max(cue.end)).max(last.end);
    let between = group..piece.start;
    let joined = found.pieces[0].end <= cue.start && group <= piece.start && between.len() <= 12;
    let plain = between.clone().all(|i| {
        scene.word(i) != ":" && scene.kind(i) != Kind::Stop && !scene.has(i, Classes::CONJUNCTION | Classes::AUXILIARY)
    });
    if !(quoted && joined && plain)
        || found
            .source
            .as_ref()
            .is_some_and(|s| s.form == Form::Pronoun && between.clone().any(|i| scene.has(i, Classes::CUE_VERB)))
    {
        return false;
    }
    found.pieces.push(piece.clone());
    true
}
