//! An attribution of the ranker in, the same as grammar has it out: what the ranker gets wrong although a rule knows it for
//! certain.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::regions::{self, SIGNS};
use super::scene::{Passage, Scene};
use crate::article::Form;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Verbs that name rather than say, where they stand as participles: "known as", "a ship named".
const NAMING: [&str; 8] = ["known", "named", "dubbed", "nicknamed", "titled", "entitled", "marked", "codenamed"];

/// Mends one attribution whose cue `head` heads; none where it is no speech at all.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, head: usize, mut found: Attribution) -> Option<Attribution> {
    let cue = head..if is_tail_of_cue(scene, head + 1) { head + 2 } else { head + 1 };
    let asked_by = head == passage.tokens.start && scene.is(head + 1, "by");
    if asked_by
        || is_noun(scene, passage, head)
        || is_after_time(scene, passage, head)
        || is_hypothetical(scene, passage, &cue)
        || is_naming(scene, &cue)
        || is_announcement(scene, passage, &cue, &found)
    {
        return None;
    }
    if found.source.as_ref().is_some_and(|s| s.core.clone().any(|i| scene.is_any(i, &SIGNS))) {
        return None;
    }
    told_by(scene, passage, &cue, &mut found);
    subject_of_verb(scene, passage, &mut found);
    subject_before_colon(scene, passage, head, &mut found);
    close_apposition(scene, &cue, &mut found);
    first_half(scene, passage, &cue, &mut found);
    for piece in &mut found.pieces {
        *piece = without_time(scene, passage, piece.clone());
        *piece = after_addressee(scene, &cue, piece.clone());
        *piece = without_circumstance(scene, piece.clone());
    }
    found.pieces.retain(|p| !p.is_empty());
    if found.pieces.len() > 1 && found.pieces.iter().any(|p| !is_name(scene, p)) {
        found.pieces.retain(|p| !is_name(scene, p));
    }
    found.cue = whole_cue(scene, &cue);
    (!found.pieces.is_empty()).then_some(found)
}

/// "said prices fell, warning that rents rose", "said it was open but denied that": content ends where the next attribution
/// of the sentence begins.
pub fn part(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for i in 0..found.len() {
        let Some(cue) = found[i].cue.clone() else { continue };
        let next = found[i + 1..].iter().find_map(|next| next_begins(scene, &found[i], next));
        let Some(end) = next.filter(|&end| end > cue.end) else { continue };
        for piece in found[i].pieces.iter_mut().filter(|p| p.start >= cue.end && p.start < end) {
            piece.end = piece.end.min(end);
        }
    }
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
    let joins = if shared { scene.is_any(joint, &["and", "but"]) } else { scene.is_any(joint, &["while", "whereas"]) };
    joins.then(|| before(joint).unwrap_or(joint))
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
    let if_asked = before(1) && scene.is(cue.start - 1, "if");
    might || would_have || unless || if_asked
}

/// "a hill known as", "so-called": quoted words that are a name.
fn is_naming(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let so_called = cue.start >= 2 && scene.is(cue.start, "called") && scene.is(cue.start - 2, "so");
    let object = (cue.end..cue.end + 6).take_while(|&i| scene.region(i).is_none() && !scene.is_verb(i));
    let as_name = object.into_iter().any(|i| scene.is(i, "as"));
    so_called || scene.is_any(cue.start, &NAMING) && (as_name || scene.opens_region(cue.end).is_some())
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

/// `18:30 "Stay indoors,"`, "0714 GMT: The talks": the time of a live page is nobody's words.
fn without_time(scene: &Scene<'_, '_>, passage: &Passage, piece: TokenRange) -> TokenRange {
    let rest = after_time(scene, passage, piece.start);
    if rest < piece.end && rest > piece.start { rest..piece.end } else { piece }
}

/// Where the text of a live page's entry begins, if `start` is the time at the start of its block.
fn after_time(scene: &Scene<'_, '_>, passage: &Passage, start: usize) -> usize {
    let at_start = scene.structure.blocks[passage.block].tokens.start == start && scene.kind(start) == Kind::Number;
    let colon = (start + 1..start + 4).find(|&i| scene.word(i) == ":");
    let is_time = scene.word(start).contains([':', '.']);
    match colon {
        Some(colon) if at_start => colon + 1,
        _ if at_start && is_time => start + 1 + usize::from(scene.is_break_dash(start + 1)),
        _ => start,
    }
}

/// "asked the witness how many": the content begins after those who are asked.
fn after_addressee(scene: &Scene<'_, '_>, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    if piece.start != cue.end || !scene.is_any(cue.start, &["ask", "asks", "asked", "asking", "tell", "tells", "told"])
    {
        return piece;
    }
    let asked = phrase::after(scene, piece.start, piece.end).map_or(piece.start, |p| p.core.end);
    let asks = scene.is_any(asked, &["how", "why", "what", "whether", "if", "where", "when"]);
    if asks && asked > piece.start { asked..piece.end } else { piece }
}

/// `'go home' twice`: adverbs behind quoted words tell how often they were said.
fn without_circumstance(scene: &Scene<'_, '_>, piece: TokenRange) -> TokenRange {
    let Some(region) = scene.opens_region(piece.start) else { return piece };
    let end = scene.regions[region].tokens.end;
    let tells =
        |i: usize| scene.has(i, Classes::ADVERB | Classes::WEEKDAY) || scene.is_any(i, &["twice", "once", "on"]);
    if end < piece.end && (end..piece.end).all(tells) { piece.start..end } else { piece }
}

/// `Asked by a boy, the astronaut smiled: "Yes."`: who speaks after a colon is the subject of the verb before it.
fn subject_before_colon(scene: &Scene<'_, '_>, passage: &Passage, head: usize, found: &mut Attribution) {
    if scene.kind(head) == Kind::Word {
        return;
    }
    let floor = passage.tokens.start;
    let is_verb = |i: usize| {
        let past = i + 1 == head && scene.word(i).ends_with("ed") && scene.name(i).is_none();
        scene.region(i).is_none() && (past || scene.is_verb(i))
    };
    let verb = (floor..head).rev().find(|&i| is_verb(i));
    let subject = verb.and_then(|verb| phrase::before(scene, floor, verb));
    if let Some(subject) = subject.filter(|s| s.form != Form::Nominal) {
        found.source = Some(subject);
    }
}

/// `said on "Morning Desk"`: one quoted name and nothing else.
fn is_name(scene: &Scene<'_, '_>, piece: &TokenRange) -> bool {
    scene.opens_region(piece.start).is_some_and(|r| scene.regions[r].tokens == *piece && regions::is_name(scene, r))
}

/// "He leaned over and said": a verb beside the cue is not who speaks, its subject is; nor is the time of a live page.
fn subject_of_verb(scene: &Scene<'_, '_>, passage: &Passage, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let at = source.core.start;
    let rest = after_time(scene, passage, at);
    if rest > at && rest < source.core.end {
        source.core.start = rest;
        source.phrase.start = source.phrase.start.max(rest);
    }
    let verb = source.core.len() == 1
        && scene.name(at).is_none()
        && (scene.word(at).ends_with("ed") || scene.has(at, Classes::VERB) && !scene.has(at, Classes::ROLE))
        && at > passage.tokens.start
        && (scene.has(at - 1, Classes::PRONOUN) || scene.name(at - 1).is_some());
    if verb && let Some(subject) = phrase::before(scene, passage.tokens.start, at) {
        found.source = Some(subject);
    }
}

/// "to" of "according to".
pub fn is_tail_of_cue(scene: &Scene<'_, '_>, i: usize) -> bool {
    i > 0 && scene.is(i, "to") && scene.is(i - 1, "according")
}

/// "left notes": the object of a verb.
fn is_noun(scene: &Scene<'_, '_>, passage: &Passage, head: usize) -> bool {
    let verb = |i: usize| scene.has(i, Classes::VERB) && !scene.has(i, Classes::AUXILIARY | Classes::CUE_VERB);
    scene.word(head).ends_with('s') && head > passage.tokens.start && scene.region(head - 1).is_none() && verb(head - 1)
}

/// "10.42am: The hearing begins": a colon after a time reports nothing.
fn is_after_time(scene: &Scene<'_, '_>, passage: &Passage, head: usize) -> bool {
    let label = passage.tokens.start..head;
    scene.kind(head) != Kind::Word
        && (label.is_empty() || label.len() <= 4 && label.clone().any(|i| scene.kind(i) == Kind::Number))
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
