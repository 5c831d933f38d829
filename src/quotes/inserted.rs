//! A cue with its source set between commas into what it reports: `Prices, Lee said, fell.`, `The fault, according to Baek,
//! runs north.` A passage in, these attributions out; grammar alone tells them, wherever the words come from.

use super::attribution::Attribution;
use super::cues;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Flags, Kind, TokenRange};

/// What stands between the cue and the second comma has no more tokens: "told the council", "said on Monday".
const MAX_TAIL: usize = 8;

/// The attributions of a passage whose cue is inserted, in order.
pub fn find(scene: &Scene<'_, '_>, passage: &Passage) -> Vec<Attribution> {
    let rest = passage.tokens.clone().filter_map(|i| at(scene, passage, i));
    in_view(scene, passage).into_iter().chain(rest).collect()
}

/// `In her view, the quay will never pay`, `In the words of Abdrakhmanov, talks "go on"`: at the start of a passage.
fn in_view(scene: &Scene<'_, '_>, passage: &Passage) -> Option<Attribution> {
    let head = passage.tokens.start;
    if !scene.is(head, "in") {
        return None;
    }
    let views = |i: usize| scene.is_any(i, &["view", "opinion", "words", "estimation", "reckoning"]);
    let end = passage.tokens.end;
    let (cue, source, close) = if scene.is(head + 1, "the") && views(head + 2) && scene.is(head + 3, "of") {
        let source = phrase::after(scene, head + 4, end)?;
        let close = source.phrase.end;
        (head..head + 4, source, close)
    } else {
        let view = (head + 2..end.min(head + 8)).find(|&i| views(i))?;
        let owned = view - usize::from(scene.kind(view - 1) == Kind::Clitic);
        let core = head + 1..owned;
        let owner = core.len() == 1
            && scene.has(core.start, Classes::PRONOUN | Classes::DETERMINER)
            && scene.is_any(core.start, &["his", "her", "their", "its", "my", "our"])
            || owned < view && scene.name(owned - 1).is_some();
        if !owner {
            return None;
        }
        let source = phrase::source(scene, head + 1, core);
        (head..view + 1, source, view + 1)
    };
    let content = scene.trim(&(close + 1..end));
    (is_comma(scene, close) && !content.is_empty()).then(|| Attribution {
        pieces: vec![content],
        cue: Some(cue),
        source: Some(source),
        reason: "inserted cue",
        confidence: 0.75,
        chances: [1.0; 3],
        unmarked: false,
    })
}

fn at(scene: &Scene<'_, '_>, passage: &Passage, head: usize) -> Option<Attribution> {
    let floor = passage.tokens.start;
    let listed = scene.has(head, Classes::CUE_VERB);
    let according = scene.is(head, "according") && scene.is(head + 1, "to");
    if head < floor + 2 || !(listed || according) {
        return None;
    }
    // "The goods, say 40 boxes, go by rail": an example; and what looks like a verb that reports.
    let example = scene.is(head, "say") && is_comma(scene, head.max(1) - 1)
        || scene.is_any(head, &["like", "issue", "report", "plan", "show", "call", "calls", "called"]);
    let reports = listed && !example && !scene.word(head).ends_with("ing") || according;
    if !reports || scene.region(head).is_some() || scene.name(head).is_some() {
        return None;
    }
    let longer = according || scene.is_any(head, &["point", "points", "pointed"]) && scene.is(head + 1, "out");
    let cue = head..head + 1 + usize::from(longer);
    let (group, source) = inverted(scene, passage, &cue).or_else(|| subject(scene, passage, &cue, according))?;
    let first = floor..group.start;
    let rest = scene.trim(&(group.end + 1..passage.tokens.end));
    (is_bare_subject(scene, &first) && is_predicate(scene, &rest)).then(|| Attribution {
        pieces: vec![first, rest],
        cue: Some(cue),
        source: Some(source),
        reason: "inserted cue",
        confidence: 0.75,
        chances: [1.0; 3],
        unmarked: false,
    })
}

/// `, said Lee,` and `, according to Lee,`: from the first comma to the second.
fn inverted(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> Option<(TokenRange, Source)> {
    if !is_comma(scene, cue.start - 1) {
        return None;
    }
    let source = phrase::after(scene, cue.end, passage.tokens.end)?;
    let end = source.phrase.end;
    is_comma(scene, end).then_some((cue.start - 1..end, source))
}

/// `, Lee told the council,`: the same with the source before the cue.
fn subject(
    scene: &Scene<'_, '_>,
    passage: &Passage,
    cue: &TokenRange,
    according: bool,
) -> Option<(TokenRange, Source)> {
    let floor = passage.tokens.start;
    let start = cues::before_auxiliaries(scene, floor, cue.start);
    if according || start <= floor + 1 || is_comma(scene, start - 1) {
        return None;
    }
    let source = phrase::before(scene, floor, start)?;
    let open = source.phrase.start.checked_sub(1).filter(|&i| i > floor && is_comma(scene, i))?;
    let tail = (cue.end..passage.tokens.end.min(cue.end + MAX_TAIL)).take_while(|&i| scene.region(i).is_none());
    let close = tail.into_iter().find(|&i| is_comma(scene, i) || scene.is_verb(i)).filter(|&i| is_comma(scene, i))?;
    let told = scene.is_any(cue.start, &["told", "tells", "tell", "reminded", "assured"]);
    let circumstance = scene.has(cue.end, Classes::PREPOSITION | Classes::WEEKDAY | Classes::ADVERB);
    (close == cue.end || told || circumstance).then_some((open..close, source))
}

fn is_comma(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.word(i) == "," && scene.region(i).is_none()
}

/// "The cable that links the islands": a noun phrase without a verb of its own.
fn is_bare_subject(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let Some(first) = range.clone().next() else { return false };
    let opens = scene.name(first).is_some()
        || !scene.has(first, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::ADVERB | Classes::WEEKDAY)
            && !scene.word(first).ends_with("ing")
            && (scene.has(first, Classes::DETERMINER | Classes::PRONOUN) || phrase::is_noun_like(scene, first));
    let mut relative = false;
    let plain = range.clone().all(|i| {
        relative |= i > first && scene.is_any(i, &["who", "which", "that"]);
        let adjective = i > first && scene.has(i - 1, Classes::DETERMINER);
        let verb = scene.is_verb(i) && !adjective && !relative;
        let mark = matches!(scene.kind(i), Kind::Comma | Kind::Stop) || matches!(scene.word(i), ":" | ";");
        !verb && !mark && scene.region(i).is_none()
    });
    opens && plain
}

/// "was cut by an anchor": what begins with a finite verb.
fn is_predicate(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let adverb = |i: usize| scene.has(i, Classes::ADVERB) && !scene.has(i, Classes::AUXILIARY);
    let Some(first) = range.clone().find(|&i| !adverb(i)) else { return false };
    let word = scene.word(first);
    let other = Classes::PRONOUN
        | Classes::DETERMINER
        | Classes::PREPOSITION
        | Classes::CONJUNCTION
        | Classes::WEEKDAY
        | Classes::MONTH;
    let finite = scene.has(first, Classes::AUXILIARY)
        || !scene.has(first, other) && (scene.is_verb(first) || word.ends_with("ed")) && !word.ends_with("ing");
    finite
        && scene.region(first).is_none()
        && scene.name(first).is_none()
        && !scene.token(first).flags.contains(Flags::CAPITAL)
}
