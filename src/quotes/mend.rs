//! An attribution of the ranker in, the same as grammar has it out: what the ranker gets wrong although a rule knows it for
//! certain.

use super::attribution::Attribution;
use super::cues;
use super::phrase::{self, Source};
use super::{clause, refuse, regions};
use super::scene::{Passage, Scene};
use crate::article::Form;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Mends one attribution whose cue `head` heads; none where it is no speech at all.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, head: usize, mut found: Attribution) -> Option<Attribution> {
    let cue = head..if is_tail_of_cue(scene, head + 1) { head + 2 } else { head + 1 };
    if refuse::is_no_speech(scene, passage, &cue, &found) {
        return None;
    }
    let cue = as_saying(scene, passage, cue, &mut found);
    told_by(scene, passage, &cue, &mut found);
    subject_of_verb(scene, passage, &mut found);
    subject_before_colon(scene, passage, head, &mut found);
    source_after_quote(scene, passage, &cue, &mut found);
    close_apposition(scene, &cue, &mut found);
    first_half(scene, passage, &cue, &mut found);
    for piece in &mut found.pieces {
        *piece = without_time(scene, passage, piece.clone());
        *piece = after_addressee(scene, &cue, piece.clone());
        *piece = without_circumstance(scene, piece.clone());
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
    share_source(scene, found);
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

/// "… the engineer said, noting that": a participle without a source has that of the attribution before it.
fn share_source(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for i in 1..found.len() {
        let participle = |c: &TokenRange| scene.word(c.start).ends_with("ing") && scene.word(c.start - 1) == ",";
        if found[i].source.is_none() && found[i].cue.as_ref().is_some_and(participle) {
            found[i].source = found[i - 1].source.clone();
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

/// `"It is ours," coxswain Denzil Tregear said`: the phrase that stands alone between quoted words and a verb that reports is
/// its source and no part of the words.
fn source_after_quote(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    if !scene.has(cue.start, Classes::CUE_VERB) {
        return;
    }
    let subject = cues::before_auxiliaries(scene, passage.tokens.start, cue.start);
    let between = (passage.tokens.start..subject).rev().take_while(|&i| scene.region(i).is_none()).count();
    let end = subject - between;
    let Some(region) = end.checked_sub(1).and_then(|i| scene.region(i)).filter(|_| between > 0) else { return };
    let region = &scene.regions[region];
    let ends = region.closed && matches!(scene.kind(region.tokens.end - 2), Kind::Comma | Kind::Stop | Kind::Dash);
    let Some(source) = phrase::before(scene, end, subject).filter(|s| ends && s.phrase.start == end) else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.contains(&region.tokens.start) && p.end <= cue.start) else {
        return;
    };
    piece.end = region.tokens.end;
    found.source = Some(source);
}

/// The relative clause before a cue and the comma after an apposition belong to the phrase, and so does the rest of "the
/// sources cited by the channel".
fn close_apposition(scene: &Scene<'_, '_>, cue: &TokenRange, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let end = source.phrase.end;
    let close = cue.start.checked_sub(1).filter(|&i| i > end + 1 && scene.word(i) == ",");
    if let Some(close) = close.filter(|_| scene.word(end) == "," && scene.is_any(end + 1, &["who", "which", "whose"])) {
        let clause = end + 1..close;
        if !clause.clone().any(|i| scene.word(i) == "," || scene.region(i).is_some()) {
            source.phrase.end = close + 1;
            return;
        }
    }
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

/// "asked the witness how many", "told jurors not to", "wondered aloud if": the content begins after those who are asked and
/// after adverbs.
fn after_addressee(scene: &Scene<'_, '_>, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    if piece.start != cue.end {
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
    if !scene.is_any(cue.start, &["ask", "asks", "asked", "asking", "tell", "tells", "told"]) {
        return piece;
    }
    let asked = phrase::after(scene, piece.start, piece.end).map_or(piece.start, |p| p.core.end);
    if opens(asked) && asked > piece.start { asked..piece.end } else { piece }
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
    let end = piece.clone().rev().find(|&i| scene.region(i).is_some() || !tells(i)).map_or(piece.end, |i| i + 1);
    if end < piece.end && scene.region(end - 1).is_some() { piece.start..end } else { piece }
}

/// "quoted the keeper as saying that": who is quoted says it, not who quotes.
fn as_saying(scene: &Scene<'_, '_>, passage: &Passage, cue: TokenRange, found: &mut Attribution) -> TokenRange {
    let saying = |i: usize| scene.is(i, "as") && scene.has(i + 1, Classes::CUE_VERB) && scene.word(i + 1).ends_with("ing");
    let quotes = |i: usize| scene.is_any(i, &["quoted", "quotes", "quoting", "cited", "cites", "citing"]);
    let (quoting, joint) = if quotes(cue.start) {
        let Some(joint) = (cue.end + 1..passage.tokens.end.min(cue.end + 20)).find(|&i| saying(i)) else { return cue };
        (cue.start, joint)
    } else if cue.start > passage.tokens.start && saying(cue.start - 1) {
        let before = (passage.tokens.start..cue.start - 1).rev().take(20).find(|&i| quotes(i));
        let Some(quoting) = before else { return cue };
        (quoting, cue.start - 1)
    } else {
        return cue;
    };
    let Some(source) = phrase::after(scene, quoting + 1, joint).filter(|s| s.phrase.end == joint) else { return cue };
    found.source = Some(source);
    for piece in found.pieces.iter_mut().filter(|p| p.contains(&joint)) {
        let opener = scene.word(joint + 2) == ":" || scene.is(joint + 2, "that") || scene.word(joint + 2) == ",";
        piece.start = (joint + 2 + usize::from(opener)).min(piece.end);
    }
    joint + 1..joint + 2
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
