//! An attribution of the ranker in, the same with the source that grammar knows for certain out.

use super::attribution::Attribution;
use super::phrase;
use super::scene::{Passage, Scene};
use super::{cues, edges};
use crate::article::Form;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Mends the source of what `cue` reports.
pub fn mend(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    told_by(scene, passage, cue, found);
    subject_of_verb(scene, passage, found);
    subject_of_adjunct(scene, passage, cue, found);
    subject_before_colon(scene, passage, cue.start, found);
    without_clause(scene, passage, cue, found);
    source_after_quote(scene, passage, cue, found);
    of_clause(scene, passage, cue, found);
    close_apposition(scene, cue, found);
}

/// "The police said that Mr Lee told the court that": the subject between "that" and the verb, not somebody further left.
fn of_clause(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let floor = passage.tokens.start;
    let end = cues::before_auxiliaries(scene, floor, cue.start);
    let Some(source) = found.source.as_ref().filter(|s| s.phrase.end < end) else { return };
    let Some(subject) = phrase::before(scene, source.phrase.end, end) else { return };
    let Some(joint) = subject.phrase.start.checked_sub(1).filter(|&i| i > source.phrase.end) else { return };
    if scene.is(joint, "that") && scene.region(joint).is_none() && scene.has(cue.start, Classes::CUE_VERB) {
        found.source = Some(subject);
    }
}

/// "Thousands marched over cuts that residents say", "The party staged a walkout, alleging": a source has no finite verb of its
/// own; who speaks is the phrase beside the cue, or the subject of that verb where the cue is a participle.
fn without_clause(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let Some(source) = found.source.as_ref().filter(|s| s.core.end <= cue.start) else { return };
    let core = source.core.clone();
    let finite = |&i: &usize| {
        scene.has(i, Classes::AUXILIARY | Classes::VERB | Classes::CUE_VERB)
            && scene.name(i).is_none()
            && scene.region(i).is_none()
            && !phrase::is_noun_like(scene, i)
            && !scene.word(i).ends_with("ing")
            && !scene.token(i).is_capital()
            && !scene.has(i.max(1) - 1, Classes::DETERMINER | Classes::PREPOSITION)
            && !scene.has(i + 1, Classes::PREPOSITION)
    };
    let end = cues::before_auxiliaries(scene, passage.tokens.start, cue.start);
    let relative = core.clone().skip(1).find(|&i| scene.is_any(i, &["that", "which"]) && i + 1 < core.end);
    if let Some(joint) = relative.filter(|&i| core.end == end && !scene.has_verb(&(i + 1..end))) {
        if let Some(better) = phrase::before(scene, joint + 1, end).filter(|s| s.core.start == joint + 1) {
            found.source = Some(better);
        }
        return;
    }
    let Some(verb) = core.clone().skip(1).find(finite) else { return };
    let adjunct = scene.word(cue.start).ends_with("ing") && cue.start > verb && scene.is(cue.start - 1, ",");
    let better = if adjunct {
        phrase::before(scene, passage.tokens.start, cues::before_auxiliaries(scene, passage.tokens.start, verb))
    } else if source.phrase.end == end {
        let joint =
            (verb..end).rev().find(|&i| scene.is_any(i, &["that", "which", "after", "as", "to", "because", "of"]));
        phrase::before(scene, joint.map_or(verb + 1, |i| i + 1), end)
    } else {
        None
    };
    if let Some(better) = better {
        found.source = Some(better);
    }
}

/// "quoted the keeper as saying that": who is quoted says it, not who quotes.
pub fn as_saying(scene: &Scene<'_, '_>, passage: &Passage, cue: TokenRange, found: &mut Attribution) -> TokenRange {
    let saying =
        |i: usize| scene.is(i, "as") && scene.has(i + 1, Classes::CUE_VERB) && scene.word(i + 1).ends_with("ing");
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

/// "He leaned over and said": a verb beside the cue is not who speaks, its subject is; nor is the time of a live page.
fn subject_of_verb(scene: &Scene<'_, '_>, passage: &Passage, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let at = source.core.start;
    let rest = edges::after_time(scene, passage, at);
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

/// "Marchers went by while chanting", "Lee defended the owner who said he paid, saying": a participle has the subject of its
/// clause, not the word that joins it, nor somebody of a clause within it.
fn subject_of_adjunct(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &mut Attribution) {
    let Some(source) = found.source.as_ref().filter(|s| s.core.end <= cue.start && s.core.len() == 1) else { return };
    let (at, floor) = (source.core.start, passage.tokens.start);
    let joint = scene.name(at).is_none() && scene.is_any(at, &["while", "when", "before", "after", "by"]);
    let adjunct = scene.is(cue.start, "saying") && cue.start > at + 1 && scene.word(cue.start - 1) == ",";
    let inner = adjunct
        && source.form == Form::Pronoun
        && at > floor
        && (scene.has(at - 1, Classes::CUE_VERB)
            || scene.is_any(at - 1, &["after", "because", "when", "that", "where"]));
    if !joint && !inner {
        return;
    }
    let verb = (floor..at).find(|&i| scene.region(i).is_none() && scene.is_verb(i));
    let subject = verb.and_then(|verb| phrase::before(scene, floor, verb)).filter(|s| s.core.start == floor);
    match subject {
        Some(subject) => found.source = Some(subject),
        None if joint => found.source = None,
        None => {}
    }
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

/// "… the engineer said, noting that": a participle without a source has that of the attribution before it.
pub fn share(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for i in 1..found.len() {
        let participle = |c: &TokenRange| scene.word(c.start).ends_with("ing") && scene.word(c.start - 1) == ",";
        if found[i].source.is_none() && found[i].cue.as_ref().is_some_and(participle) {
            let source = found[i - 1].source.clone();
            found[i].source = source;
        }
    }
}
