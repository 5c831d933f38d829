//! A passage in, its attributions out by rules alone: each cue with its source and its content.

use super::attribution::Attribution;
use super::content;
use super::cues::{self, Cue, CueKind, Shape};
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::text::{Kind, TokenRange};

/// A cue with what stands around it.
struct Slot {
    cue: Cue,
    source: Option<Source>,
    reason: &'static str,
    /// The content stands before the source and the cue.
    trailing: bool,
    /// Where content of earlier cues ends at the latest.
    edge: Option<usize>,
}

/// The attributions of a passage, in the order of their cues.
pub fn passage(scene: &Scene<'_, '_>, passage: &Passage) -> Vec<Attribution> {
    let mut slots: Vec<Slot> = Vec::new();
    for cue in cues::find(scene, passage) {
        if let Some(slot) = slot(scene, passage, cue, &slots) {
            slots.push(slot);
        }
    }
    let limits: Vec<usize> = (0..slots.len())
        .map(|k| {
            slots[k + 1..]
                .iter()
                .filter_map(|s| s.edge)
                .find(|&e| e > slots[k].cue.tokens.end)
                .unwrap_or(passage.tokens.end)
        })
        .collect();
    slots.into_iter().zip(limits).filter_map(|(slot, limit)| attribution(scene, passage, slot, limit)).collect()
}

fn slot(scene: &Scene<'_, '_>, passage: &Passage, cue: Cue, earlier: &[Slot]) -> Option<Slot> {
    match cue.kind {
        CueKind::Prepositional => Some(prepositional(scene, passage, cue)),
        CueKind::Passive => passive(scene, passage, cue),
        CueKind::Verb => inverted(scene, passage, &cue).or_else(|| subject(scene, passage, &cue, earlier)).map(
            |(source, reason, start)| {
                let trailing = is_trailing(scene, passage, &cue, start, reason);
                let edge = edge(scene, passage, start, reason, trailing);
                Slot { cue, source, reason, trailing, edge }
            },
        ),
    }
}

fn prepositional(scene: &Scene<'_, '_>, passage: &Passage, cue: Cue) -> Slot {
    let source = phrase::after(scene, cue.tokens.end, passage.tokens.end);
    let start = cue.tokens.start;
    let trailing = scene.has_verb(&(passage.tokens.start..start)) || scene.opens_any(&(passage.tokens.start..start));
    let edge = trailing.then(|| before_comma(scene, passage.tokens.start, start));
    Slot { cue, source, reason: "according to", trailing, edge }
}

/// "It was announced that", "he was told to": nobody says it, unless "by".
fn passive(scene: &Scene<'_, '_>, passage: &Passage, cue: Cue) -> Option<Slot> {
    let next = cue.tokens.end;
    let source = scene.is(next, "by").then(|| phrase::after(scene, next + 1, passage.tokens.end)).flatten();
    let auxiliary = cues::before_auxiliaries(scene, passage.tokens.start, cue.tokens.start);
    let impersonal = auxiliary > passage.tokens.start && scene.is(auxiliary - 1, "it");
    let reports =
        cue.frames.intersects(cues::Frames::CLAUSE | cues::Frames::ADDRESSEE) && scene.is_any(next, &["that"]);
    let trailing = impersonal
        && auxiliary - 1 > passage.tokens.start
        && scene.word(auxiliary - 2) == ","
        && content::is_rest_empty(scene, &cue, next, passage.tokens.end);
    let edge = trailing.then(|| auxiliary - 2);
    (reports || trailing).then_some(Slot { cue, source, reason: "passive", trailing, edge })
}

/// `"…," said Ortiz`: the source, the rule, and where the group of source and cue begins.
type Found = (Option<Source>, &'static str, usize);

fn inverted(scene: &Scene<'_, '_>, passage: &Passage, cue: &Cue) -> Option<Found> {
    let i = cue.tokens.start;
    if i <= passage.tokens.start || cue.shape == Shape::Participle {
        return None;
    }
    let after_region = scene.region(i - 1).is_some()
        || (scene.word(i - 1) == "," && i >= passage.tokens.start + 2 && scene.region(i - 2).is_some());
    let after_comma = matches!(scene.word(i - 1), "," | "—" | "–" | "-" | "--");
    if !after_region && !after_comma {
        return None;
    }
    let source = phrase::after(scene, cue.tokens.end, passage.tokens.end)?;
    let rest = source.core.end;
    let ends = rest >= passage.tokens.end || !scene.is_any(rest, &["that", "to", "whether", "it", "he", "she", "they"]);
    if after_region && ends && cue.tokens.end == source.core.start {
        return Some((Some(source), "inverted", i));
    }
    // "Lee, 44, told Ortiz that": a subject stands before the comma.
    let subject = phrase::before(scene, passage.tokens.start, i);
    let left = content::left(scene, passage.tokens.start, i);
    (subject.is_none() && left.is_some() && ends && !cue.frames.contains(cues::Frames::ADDRESSEE)).then_some((
        Some(source),
        "inverted",
        i,
    ))
}

fn subject(scene: &Scene<'_, '_>, passage: &Passage, cue: &Cue, earlier: &[Slot]) -> Option<Found> {
    let floor = passage.tokens.start;
    let i = cue.tokens.start;
    let mut end = cues::before_auxiliaries(scene, floor, i);
    if cue.shape == Shape::Participle {
        return participle(scene, floor, i, end, earlier);
    }
    let mut reason = "subject";
    if end > floor && scene.is(end - 1, "to") && cue.shape == Shape::Base {
        // "went on to say": the subject of the verb before it.
        end -= 1;
        while end > floor
            && (scene.is_verb(end - 1) || scene.is_any(end - 1, &["on", "out", "up", "to"]))
            && scene.region(end - 1).is_none()
        {
            end -= 1;
        }
        reason = "infinitive";
    }
    if end == floor {
        return None;
    }
    let last = end - 1;
    if scene.region(last).is_some() {
        return None;
    }
    if scene.is_any(last, &["who", "which"]) {
        let head = if last > floor && scene.word(last - 1) == "," { last - 1 } else { last };
        let source = phrase::before(scene, left_floor(scene, floor, head), head)?;
        return Some((Some(source), "relative clause", end));
    }
    if scene.is_any(last, &["and", "but", "or", "then"]) {
        let source = earlier.last()?.source.clone();
        return Some((source, "shared subject", last));
    }
    let source = phrase::before(scene, left_floor(scene, floor, end), end)?;
    let start = source.phrase.start;
    Some((Some(source), reason, start))
}

/// "…, saying that": the subject of the clause before the comma; "cited Lee as saying": its object.
fn participle(scene: &Scene<'_, '_>, floor: usize, i: usize, end: usize, earlier: &[Slot]) -> Option<Found> {
    if end > floor && scene.is(end - 1, "as") {
        let mut stop = end - 1;
        while stop > floor && scene.is_verb(stop - 1) && scene.region(stop - 1).is_none() {
            stop -= 1;
        }
        let source = phrase::before(scene, left_floor(scene, floor, stop), stop)?;
        return Some((Some(source), "as saying", end - 1));
    }
    if end != i {
        return None;
    }
    if let Some(source) = earlier.last().and_then(|s| s.source.clone()) {
        return Some((Some(source), "participle", i));
    }
    let verb = (floor..i).find(|&k| scene.region(k).is_none() && scene.is_verb(k))?;
    let source = phrase::before(scene, left_floor(scene, floor, verb), verb)?;
    Some((Some(source), "participle", i))
}

/// The first token after the last quoted region before `end`.
fn left_floor(scene: &Scene<'_, '_>, floor: usize, end: usize) -> usize {
    (floor..end)
        .rev()
        .find_map(|k| {
            scene.region(k).filter(|&r| scene.regions[r].tokens.len() > 4 || scene.regions[r].tokens.start == floor)
        })
        .map_or(floor, |r| scene.regions[r].tokens.end.clamp(floor, end))
}

fn is_trailing(scene: &Scene<'_, '_>, passage: &Passage, cue: &Cue, start: usize, reason: &str) -> bool {
    if reason == "inverted" {
        return true;
    }
    if !matches!(reason, "subject" | "infinitive") || start <= passage.tokens.start {
        return false;
    }
    let opens = scene.region(start - 1).is_some() || matches!(scene.word(start - 1), "," | "—" | "–" | "--");
    opens
        && content::left(scene, passage.tokens.start, start).is_some()
        && (content::is_rest_empty(scene, cue, cue.tokens.end, passage.tokens.end)
            || continues_quote(scene, passage, start, cue.tokens.end))
}

/// `"The vote," Ortiz said, "stands."`
fn continues_quote(scene: &Scene<'_, '_>, passage: &Passage, start: usize, end: usize) -> bool {
    let quoted_before = scene.region(start - 1).is_some()
        || (start >= 2 && start - 2 >= passage.tokens.start && scene.region(start - 2).is_some());
    quoted_before && resumed(scene, end, passage.tokens.end).is_some()
}

/// The region that goes on after `, ` or ` on Monday, `.
fn resumed(scene: &Scene<'_, '_>, end: usize, limit: usize) -> Option<TokenRange> {
    let at = (end..limit.min(end + 16)).find(|&i| scene.region(i).is_some())?;
    let between = end..at;
    let plain =
        !scene.has_verb(&between) && between.clone().all(|i| scene.word(i) != ":" && scene.kind(i) != Kind::Stop);
    let region = scene.region(at)?;
    plain.then(|| scene.regions[region].tokens.start..scene.regions[region].tokens.end.min(limit))
}

/// Where an earlier content stops before this group of source and cue.
fn edge(scene: &Scene<'_, '_>, passage: &Passage, start: usize, reason: &str, trailing: bool) -> Option<usize> {
    let floor = passage.tokens.start;
    if trailing || matches!(reason, "shared subject" | "participle") {
        return Some(before_comma(scene, floor, start));
    }
    if start > floor && scene.is_any(start - 1, &["and", "but", "while", "though", "although", "as", "whereas"]) {
        let comma = start >= floor + 2 && scene.word(start - 2) == ",";
        return comma.then(|| start - 2);
    }
    None
}

fn before_comma(scene: &Scene<'_, '_>, floor: usize, start: usize) -> usize {
    if start > floor && scene.word(start - 1) == "," { start - 1 } else { start }
}

fn attribution(scene: &Scene<'_, '_>, passage: &Passage, slot: Slot, limit: usize) -> Option<Attribution> {
    let cue = &slot.cue;
    let floor = passage.tokens.start;
    let group = slot.source.as_ref().map_or(cue.tokens.start, |s| s.phrase.start.min(cue.tokens.start));
    let after = match (&slot.source, cue.kind, slot.reason) {
        (Some(source), CueKind::Prepositional, _) | (Some(source), _, "inverted") => {
            source.phrase.end.max(cue.tokens.end)
        }
        _ => cue.tokens.end,
    };
    let mut pieces = Vec::new();
    if slot.trailing {
        let group = if slot.reason == "passive" { slot.edge.unwrap_or(group) } else { group };
        pieces.push(content::left(scene, floor, group)?);
        pieces.extend(rest_of_content(scene, passage, &slot, group, after, limit));
    } else if cue.kind == CueKind::Prepositional {
        let start = if after < limit && scene.word(after) == "," { after + 1 } else { after };
        let content = scene.trim(&(start..limit));
        if content.is_empty() {
            return None;
        }
        pieces.push(content);
    } else {
        pieces.push(content::right(scene, cue, after, limit)?);
    }
    let confidence = if slot.source.is_none() {
        0.5
    } else if scene.opens_any(&pieces[0]) {
        0.9
    } else {
        0.75
    };
    Some(Attribution {
        pieces,
        cue: Some(slot.cue.tokens),
        source: slot.source,
        reason: slot.reason,
        confidence,
        chances: [1.0; 3],
        unmarked: false,
    })
}

/// What follows a source and cue that stand inside the content: a resumed quote, or the rest of a parenthetical's clause.
fn rest_of_content(
    scene: &Scene<'_, '_>,
    passage: &Passage,
    slot: &Slot,
    group: usize,
    after: usize,
    limit: usize,
) -> Option<TokenRange> {
    if continues_quote(scene, passage, group, after) {
        return resumed(scene, after, limit);
    }
    // "Prices, Lee said, fell."
    let enclosed =
        group > passage.tokens.start && scene.word(group - 1) == "," && after < limit && scene.word(after) == ",";
    if !enclosed || slot.reason == "inverted" {
        return None;
    }
    let rest = scene.trim(&(after + 1..limit));
    let goes_on = !rest.is_empty()
        && !scene.opens_any(&rest)
        && scene.has_verb(&rest)
        && !scene.is_any(
            rest.start,
            &["who", "which", "while", "but", "and", "adding", "saying", "noting", "citing", "as", "after", "when"],
        )
        && !scene.word(rest.start).ends_with("ing");
    goes_on.then_some(rest)
}
