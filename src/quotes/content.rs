//! Where reported words begin and end on either side of a cue.

use super::cues::{Cue, Frames};
use super::phrase;
use super::scene::Scene;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// How far circumstances may stretch between a cue and its content.
const MAX_CIRCUMSTANCE: usize = 24;

/// The content right of a cue whose last token is before `start`; it ends at `limit` at the latest.
pub fn right(scene: &Scene<'_, '_>, cue: &Cue, start: usize, limit: usize) -> Option<TokenRange> {
    let start = skip_particle(scene, cue, start, limit);
    if start >= limit {
        return None;
    }
    let found = opened(scene, cue.frames, start, limit)
        .or_else(|| after_addressee(scene, cue, start, limit))
        .or_else(|| after_circumstance(scene, cue.frames, start, limit))
        .or_else(|| bare_clause(scene, cue.frames, start, limit))
        .or_else(|| object(scene, cue.frames, start, limit))?;
    let content = scene.trim(&end_at_quote(scene, found));
    (!content.is_empty() && content.clone().any(|i| matches!(scene.kind(i), Kind::Word | Kind::Number)))
        .then_some(content)
}

/// "pointed out", "called for", "warned against".
fn skip_particle(scene: &Scene<'_, '_>, cue: &Cue, start: usize, limit: usize) -> usize {
    let is_particle = scene.is(start, "out")
        || (scene.is_any(start, &["of", "about", "against", "for"]) && cue.frames.contains(Frames::CLAUSE));
    if is_particle && start + 1 < limit { start + 1 } else { start }
}

/// Content that a word or a mark opens: that, a question word, to, a colon, a quote mark.
fn opened(scene: &Scene<'_, '_>, frames: Frames, start: usize, limit: usize) -> Option<TokenRange> {
    let speaks = frames.intersects(Frames::CLAUSE | Frames::QUOTED | Frames::QUESTION);
    let word = scene.word(start);
    if word == ":" {
        return (start + 1 < limit).then_some(start + 1..limit);
    }
    if scene.opens_region(start).is_some() && (speaks || !frames.contains(Frames::COMPLEMENT)) {
        return Some(start..limit);
    }
    if word == "," && start + 1 < limit && scene.opens_region(start + 1).is_some() {
        return speaks.then_some(start + 1..limit);
    }
    if frames.intersects(Frames::CLAUSE | Frames::ADDRESSEE) && scene.is(start, "that") && start + 2 < limit {
        return Some(start + 1..limit);
    }
    if frames.intersects(Frames::QUESTION | Frames::CLAUSE)
        && scene.is_any(start, &["whether", "how", "why", "what", "where", "who", "if"])
    {
        let asks = frames.contains(Frames::QUESTION) || scene.is_any(start, &["whether", "how", "why", "what"]);
        return (asks && start + 2 < limit).then_some(start..limit);
    }
    if frames.contains(Frames::INFINITIVE) && scene.is(start, "to") && scene.kind(start + 1) == Kind::Word {
        return Some(start..limit);
    }
    None
}

/// "told reporters in Ankara that", "asked Haftar to".
fn after_addressee(scene: &Scene<'_, '_>, cue: &Cue, start: usize, limit: usize) -> Option<TokenRange> {
    if !cue.frames.contains(Frames::ADDRESSEE) {
        return None;
    }
    let end = addressee_end(scene, start, limit)?;
    opened(scene, cue.frames, end, limit)
        .or_else(|| after_circumstance(scene, cue.frames, end, limit))
        .or_else(|| bare_clause(scene, cue.frames, end, limit))
}

/// One past the phrase of those who are told, where there is one at `start`.
pub fn addressee_end(scene: &Scene<'_, '_>, start: usize, limit: usize) -> Option<usize> {
    if scene.has(start, Classes::PRONOUN) && scene.name(start).is_none() {
        return (start + 1 < limit).then_some(start + 1);
    }
    phrase::after(scene, start, limit).map(|source| source.core.end).filter(|&end| end < limit)
}

/// "on Tuesday that", "in a statement on its website: ".
fn after_circumstance(scene: &Scene<'_, '_>, frames: Frames, start: usize, limit: usize) -> Option<TokenRange> {
    if !opens_circumstance(scene, start)
        || !frames.intersects(Frames::CLAUSE | Frames::QUOTED | Frames::QUESTION | Frames::ADDRESSEE)
    {
        return None;
    }
    for i in start..limit.min(start + MAX_CIRCUMSTANCE) {
        if scene.region(i).is_some() || scene.word(i) == ":" || scene.is(i, "that") {
            return opened(scene, frames, i, limit);
        }
        if i > start && ends_circumstance(scene, i) && i + 1 < limit {
            let next = if scene.word(i + 1) == "," { i + 2 } else { i + 1 };
            if next < limit
                && let Some(found) =
                    opened(scene, frames, next, limit).or_else(|| bare_clause(scene, frames, next, limit))
            {
                return Some(found);
            }
        }
        if ends_circumstance(scene, i)
            && i == start
            && i + 1 < limit
            && let Some(found) = bare_clause(scene, frames, i + 1, limit)
        {
            return Some(found);
        }
        if i > start && scene.is_verb(i) && !scene.word(i).ends_with("ing") {
            return None;
        }
    }
    None
}

fn opens_circumstance(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.has(i, Classes::PREPOSITION | Classes::WEEKDAY | Classes::ADVERB)
        || scene.is_any(
            i,
            &["yesterday", "today", "tonight", "last", "this", "earlier", "later", "afterwards", "afterward"],
        )
        || (scene.word(i) == "," && scene.has(i + 1, Classes::PREPOSITION))
}

fn ends_circumstance(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.has(i, Classes::WEEKDAY)
        || scene.is_any(
            i,
            &[
                "yesterday",
                "today",
                "tonight",
                "week",
                "month",
                "year",
                "statement",
                "interview",
                "earlier",
                "later",
                "afterwards",
                "afterward",
                "conference",
                "also",
            ],
        )
}

/// A clause without "that": a subject, and a verb after it.
fn bare_clause(scene: &Scene<'_, '_>, frames: Frames, start: usize, limit: usize) -> Option<TokenRange> {
    if !frames.contains(Frames::CLAUSE) || start + 1 >= limit {
        return None;
    }
    let subject = scene.name(start).is_some()
        || scene.has(start, Classes::DETERMINER | Classes::PRONOUN)
        || matches!(scene.kind(start), Kind::Number)
        || scene.is_any(start, &["there", "as", "if", "when", "not"])
        || (scene.kind(start) == Kind::Word && phrase::is_noun_like(scene, start));
    let end = (start + 1..limit).find(|&i| matches!(scene.word(i), ";")).unwrap_or(limit);
    let says = scene.has_verb(&(start + 1..end)) || scene.opens_any(&(start..end));
    (subject && says).then_some(start..end)
}

/// "denied the claim", "accused him of lying", "called it a disaster".
fn object(scene: &Scene<'_, '_>, frames: Frames, start: usize, limit: usize) -> Option<TokenRange> {
    if !frames.intersects(Frames::NOUN | Frames::OF | Frames::COMPLEMENT) {
        return None;
    }
    let opens = scene.name(start).is_some()
        || scene.opens_region(start).is_some()
        || scene.has(start, Classes::DETERMINER | Classes::PRONOUN)
        || (scene.kind(start) == Kind::Word && phrase::is_noun_like(scene, start));
    let end = (start..limit)
        .find(|&i| scene.region(i).is_none() && scene.word(i) == "," && ends_object(scene, i + 1))
        .unwrap_or(limit);
    (opens && end > start).then_some(start..end)
}

/// After an object's comma: a new clause rather than more of the object.
fn ends_object(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.is_any(
        i,
        &["while", "but", "who", "which", "as", "after", "before", "when", "although", "though", "with", "and"],
    ) || scene.word(i).ends_with("ing")
}

/// Content that is a quoted region ends with it, where a stop or comma stands inside the closing mark.
fn end_at_quote(scene: &Scene<'_, '_>, content: TokenRange) -> TokenRange {
    let Some(first) = scene.opens_region(content.start) else { return content };
    let region = &scene.regions[first];
    if !region.closed || region.tokens.end >= content.end {
        return content;
    }
    let inside = scene.kind(region.tokens.end - 2);
    let sentence_goes_on = !matches!(inside, Kind::Stop | Kind::Comma)
        && !matches!(scene.kind(region.tokens.end), Kind::Stop | Kind::Comma);
    if sentence_goes_on {
        content
    } else {
        content.start..region.tokens.end.max(next_region_end(scene, first, content.end))
    }
}

/// Further regions that follow with nothing but marks between them.
fn next_region_end(scene: &Scene<'_, '_>, first: usize, limit: usize) -> usize {
    let mut end = scene.regions[first].tokens.end;
    while end < limit {
        match scene.opens_region(end) {
            Some(r) if scene.regions[r].tokens.end <= limit => end = scene.regions[r].tokens.end,
            _ => break,
        }
    }
    end
}

/// Whether nothing but circumstances stands from `start` to `limit`: "on Monday.", "in a statement.".
pub fn is_rest_empty(scene: &Scene<'_, '_>, cue: &Cue, start: usize, limit: usize) -> bool {
    let start = if cue.frames.contains(Frames::ADDRESSEE) && start < limit && right(scene, cue, start, limit).is_none()
    {
        addressee_end(scene, start, limit + 1).unwrap_or(start).min(limit)
    } else {
        start
    };
    if start >= limit
        || matches!(scene.kind(start), Kind::Stop | Kind::Comma | Kind::Dash | Kind::Close)
        || scene.word(start) == ";"
    {
        return scene.word(start) != ":";
    }
    if scene.opens_region(start).is_some() || scene.is(start, "that") {
        return false;
    }
    (opens_circumstance(scene, start)
        || scene.is_any(start, &["when", "while", "as", "before", "after", "and", "but", "during"]))
        && after_circumstance(scene, cue.frames, start, limit).is_none()
}

/// Content left of a cue: from `floor` to `end`, where the source or the cue begins.
pub fn left(scene: &Scene<'_, '_>, floor: usize, end: usize) -> Option<TokenRange> {
    // What a colon introduces stands for itself.
    let start = (floor..end)
        .rev()
        .find(|&i| scene.region(i).is_none() && scene.word(i) == ":" && scene.opens_region(i + 1).is_some())
        .map_or(floor, |i| i + 1);
    let content = scene.trim(&(start..end));
    let says = scene.opens_any(&content) || scene.has_verb(&content);
    (says && content.clone().any(|i| matches!(scene.kind(i), Kind::Word | Kind::Number))).then_some(content)
}
