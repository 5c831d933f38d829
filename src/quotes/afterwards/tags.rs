//! Tags: "…, Lee said". What stands before one is said as a whole, and what follows "adding that" behind it apart.

use super::is_clause;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// So many tokens of a relative clause are looked through.
const MOST_RELATIVE: usize = 10;

/// Participles that say more of the same speaker's.
pub(super) const MORE: [&str; 15] = [
    "adding",
    "saying",
    "noting",
    "stressing",
    "claiming",
    "insisting",
    "arguing",
    "warning",
    "explaining",
    "stating",
    "alleging",
    "asserting",
    "charging",
    "declaring",
    "lamenting",
];

/// Mends what stands before the tag of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    behind_relative(scene, found);
    behind_comma(scene, found);
    without_day(scene, found);
    from_the_start(scene, found);
    before_warning(scene, found);
}

/// `"It is late," the aide who wished to go told us`: the verb behind the relative clause of who speaks is the cue.
fn behind_relative(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const SAYS: [&str; 8] = ["said", "says", "told", "tells", "added", "adds", "wrote", "explained"];
    let (Some(source), Some(cue)) = (&mut found.source, &mut found.cue) else { return };
    let who = source.core.end;
    let relative = scene.is_any(who, &["who", "which"]) && who < cue.start && cue.start <= who + 3;
    let before = found.pieces.iter().all(|p| p.end <= source.core.start && scene.opens_region(p.start).is_some());
    if !relative || !before || scene.is_any(cue.start, &SAYS) {
        return;
    }
    let Some(sentence) = scene.sentence(cue.start) else { return };
    let mut rest = cue.end..sentence.end.min(cue.end + MOST_RELATIVE);
    if let Some(verb) =
        rest.find(|&i| scene.region(i).is_some() || scene.is_any(i, &SAYS)).filter(|&i| scene.region(i).is_none())
    {
        source.phrase.end = verb;
        *cue = verb..verb + 1;
    }
}

/// "A bridge will be built by May, ministers have announced": the phrase behind the last comma is who says it.
fn behind_comma(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_mut_slice()) else { return };
    let closes = scene.kind(cue.end) == Kind::Stop && piece.end <= cue.start && piece.end + 2 > cue.start;
    let comma = piece.clone().rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none());
    let Some(comma) = comma.filter(|_| closes) else { return };
    let end = before_auxiliaries(scene, comma + 1, cue.start);
    let source = phrase::before(scene, comma + 1, end).filter(|s| s.core == (comma + 1..end));
    if let Some(source) = source.filter(|_| is_clause(scene, &(piece.start..comma))) {
        found.source = Some(source);
        piece.end = comma;
    }
}

/// "Nine died, the agency said, warning that more would": of the two halves the first is what "said" reports.
fn before_warning(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let says = scene.is_any(cue.start, &["said", "says", "announced", "confirmed", "reported"]);
    let behind = piece.start == cue.end + 1 && scene.word(cue.end) == "," && scene.is_any(piece.start, &MORE);
    if !(says && behind && source.core.end <= cue.start) {
        return;
    }
    if let Some(clause) = clause_before(scene, source) {
        found.pieces = vec![clause];
    }
}

/// "The road will open, the office said yesterday", "agreed yesterday the term was short": when it was said is no part of it.
fn without_day(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.clone() else { return };
    let day = |i: &usize| {
        scene.region(*i).is_none()
            && (scene.has(*i, Classes::WEEKDAY) || scene.is_any(*i, &["yesterday", "today", "tonight"]))
    };
    let Some(at) = found.pieces.iter().position(|p| p.start == cue.end && day(&p.start)) else { return };
    let piece = found.pieces[at].clone();
    let rest = piece.start + 1..piece.end;
    if !rest.is_empty() {
        let clause = scene.has(rest.start, Classes::DETERMINER | Classes::PRONOUN) || scene.name(rest.start).is_some();
        let owns = scene.kind(rest.start) == Kind::Clitic;
        if clause && !owns && scene.has_verb(&rest) {
            found.pieces[at] = rest;
        }
    } else if found.pieces.len() > 1 {
        found.pieces.remove(at);
    } else if let Some(clause) = found.source.as_ref().and_then(|source| clause_before(scene, source)) {
        found.pieces = vec![clause];
    }
}

/// The clause that a comma parts from the source of a tag.
pub(super) fn clause_before(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let start = source.phrase.start.min(source.core.start);
    let comma = start.checked_sub(1).filter(|&c| scene.word(c) == "," && scene.region(c).is_none())?;
    let clause = scene.trim(&(scene.sentence(comma)?.start..comma));
    let first = clause.start;
    // "That is known."
    let helps = |i: usize| scene.has(i, Classes::AUXILIARY) || scene.kind(i) == Kind::Clitic;
    let that = scene.is(first, "that") && helps(first + 1);
    // "At least nine people died."
    let counted = scene.is(first, "at") && scene.is_any(first + 1, &["least", "most"]);
    if counted {
        return clause.clone().skip(2).any(|i| scene.is_verb(i) || scene.has(i, Classes::AUXILIARY)).then_some(clause);
    }
    let subordinate = scene.has(first, Classes::CONJUNCTION | Classes::PREPOSITION) && !that
        || scene.word(first).ends_with("ing")
        || scene.is_any(
            first,
            &["asked", "pressed", "quizzed", "when", "as", "while", "after", "but", "and", "on", "in", "at"],
        );
    let verb = |i: usize| scene.region(i).is_none() && scene.is_verb(i) && !scene.word(i).ends_with("ing");
    (clause.len() > 3 && !subordinate && clause.clone().skip(1).any(verb)).then_some(clause)
}

/// "Prices will rise, Lee told the board, adding that wages will too": what is added has a cue of its own, and what stands before the
/// tag is said too.
pub(super) fn part_added(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let mut parted = Vec::with_capacity(found.len());
    let mut rest = std::mem::take(found).into_iter().peekable();
    while let Some(mut first) = rest.next() {
        let Some((piece, cue)) = added(scene, &first) else {
            parted.push(first);
            continue;
        };
        let last = parted.last().and_then(|a: &Attribution| a.pieces.last()).map_or(0, |p| p.end);
        let before = first.source.as_ref().and_then(|source| clause_before(scene, source)).filter(|c| c.start >= last);
        let others = first.pieces.len() > 1;
        if !others && before.is_none() {
            parted.push(first);
            continue;
        }
        let reported = rest.peek().is_some_and(|a| a.cue.as_ref().is_some_and(|c| c.contains(&cue)));
        let second = Attribution { pieces: vec![piece.clone()], cue: Some(cue..cue + 1), ..first.clone() };
        first.pieces.retain(|p| *p != piece);
        first.pieces.extend(before.filter(|_| !others));
        parted.push(first);
        parted.extend((!reported).then_some(second));
    }
    *found = parted;
}

/// The last piece of an attribution where it stands behind "adding that" and the attribution's cue is another word of the sentence.
fn added(scene: &Scene<'_, '_>, found: &Attribution) -> Option<(TokenRange, usize)> {
    let cue = found.cue.as_ref()?;
    let piece = found.pieces.last().filter(|p| p.start > cue.end + 1)?.clone();
    let that = piece.start - 1 - usize::from(scene.is(piece.start - 1, "that"));
    let participle = scene.is_any(that, &MORE) && scene.word(that.checked_sub(1)?) == ",";
    let same = scene.sentence(cue.start).is_some_and(|s| s.contains(&that));
    (participle && same && that > cue.end && scene.kind(that) == Kind::Word).then_some((piece, that))
}

/// "Roe visited the school, which is one of six, the agency said", "Roe is to be the chief adviser, a new position, Lee said": all of
/// the sentence is what was said, not its last clause nor a part without a verb.
fn from_the_start(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let (Some(clause), Some(sentence)) = (clause_before(scene, source), scene.sentence(cue.start)) else { return };
    let closes = source.core.end <= cue.start && cue.end < sentence.end && scene.kind(cue.end) != Kind::Word
        || scene.is_any(cue.end, &["in", "on", "at", "yesterday", "today"]);
    let says = scene.is_any(cue.start, &["said", "says", "added", "adds", "noted", "reported"]);
    let told = scene.is(cue.start, "told");
    let goes_on = found.pieces.iter().any(|p| (cue.end..cue.end + 2).contains(&p.start));
    if !(closes && says || told) || goes_on || scene.opens_any(&clause) {
        return;
    }
    let Some(piece) = found.pieces.first_mut().filter(|p| clause.start <= p.start && p.end <= clause.end) else {
        return;
    };
    let before = clause.start..piece.start;
    let comma = |i: usize| scene.word(i) == ",";
    let relative = scene.is_any(piece.start, &["which", "who", "whose", "where"]) && comma(piece.start.max(1) - 1);
    let row =
        before.len() > 1 && scene.is(piece.start - 1, "and") && comma(piece.start - 2) && !is_clause(scene, piece);
    // "A newly created position" has no verb.
    let phrase = if scene.has(piece.start, Classes::DETERMINER) { 3 } else { 0 };
    let verbless = !piece.clone().skip(phrase).any(|i| scene.region(i).is_none() && scene.is_verb(i));
    let apposed =
        verbless && (before.is_empty() || comma(piece.start - 1)) && !scene.is_any(piece.start, &["not", "nor"]);
    let reports =
        |i: usize| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none() && !scene.word(i).ends_with("ing");
    let other = before.clone().any(|i| reports(i) || matches!(scene.word(i), ":" | ";"));
    if (relative || row || apposed) && !other {
        *piece = clause;
    }
}
