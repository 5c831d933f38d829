//! How far the phrase that says who spoke goes: a source cut short or running on in, the whole of it and no more out.

use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// What a hyphen cut off has no more words.
const MOST_CUT_OFF: usize = 4;
/// "Over 20 human rights groups" has no more tokens.
const MOST_COUNTED: usize = 8;

/// Words before a number of people.
const ABOUT: [&str; 10] =
    ["over", "about", "around", "nearly", "almost", "some", "roughly", "under", "approximately", "dozens"];

/// Nouns for what shows something.
const SHOWING: [&str; 14] = [
    "figures",
    "data",
    "results",
    "polls",
    "statistics",
    "studies",
    "study",
    "survey",
    "surveys",
    "documents",
    "records",
    "reports",
    "research",
    "estimates",
];

/// Mends the extent of a source.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    counted(scene, found);
    whole_compound(scene, found);
    compound_end(scene, found);
    without_next_sentence(scene, found);
    what_shows(scene, found);
}

/// "The Oslo-based firm": what is joined by a hyphen belongs to the phrase, and so does its article.
fn whole_compound(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let start = source.core.start;
    let joined = start > 2
        && scene.kind(start - 1) == Kind::Word
        && scene.kind(start - 2) == Kind::Dash
        && scene.token(start).space_before()
        && !scene.token(start - 1).space_before()
        && !scene.token(start - 2).space_before()
        && scene.region(start - 1) == scene.region(start);
    if !joined || scene.kind(start - 3) != Kind::Word || scene.has(start, Classes::DETERMINER | Classes::PRONOUN) {
        return;
    }
    let first = scene.name(start - 3).map_or(start - 3, |n| n.tokens.start);
    let article = first.checked_sub(1).filter(|&i| scene.has(i, Classes::DETERMINER) && scene.kind(i) == Kind::Word);
    source.core.start = article.unwrap_or(first);
    source.phrase.start = source.phrase.start.min(source.core.start);
}

/// "Two of his co-workers claimed": nor does a hyphen end the phrase, where nothing but its noun comes before the verb.
fn compound_end(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let end = source.core.end;
    let joined = scene.kind(end) == Kind::Dash
        && !scene.token(end).space_before()
        && !scene.token(end + 1).space_before()
        && scene.kind(end - 1) == Kind::Word
        && scene.kind(end + 1) == Kind::Word
        && end + 1 < cue.start;
    if !joined || scene.region(end).is_some() {
        return;
    }
    let rest = end + 1..before_auxiliaries(scene, end + 1, cue.start);
    let noun = |i: usize| scene.kind(i) == Kind::Word && !scene.is_verb(i) && !scene.has(i, Classes::PREPOSITION);
    let length = rest.clone().take_while(|&i| noun(i)).count();
    let stops = rest.start + length;
    let closed = stops == rest.end || scene.kind(stops) == Kind::Comma;
    if length > 0 && length <= MOST_CUT_OFF && closed && !scene.has(stops - 1, Classes::CONJUNCTION) {
        source.core.end = stops;
        source.phrase.end = source.phrase.end.max(stops);
    }
}

/// "said analyst Ana Roe The dispute goes on": where a full stop is missing, the phrase ends with the name.
fn without_next_sentence(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let core = source.core.clone();
    let runs_on = |i: &usize| {
        let named = scene.name(i - 1).is_some_and(|n| n.kind == EntityType::Person && n.tokens.end == *i);
        let opens = scene.has(*i, Classes::DETERMINER | Classes::PRONOUN | Classes::PREPOSITION);
        named && opens && scene.token(*i).is_capital() && scene.name(*i).is_none()
    };
    if let Some(end) = core.clone().skip(1).find(runs_on) {
        source.core.end = end;
        source.phrase.end = end;
    }
}

/// "Over 20 human rights groups denounced": a number of people, more or less, is a subject too.
fn counted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(start) = scene.sentence(cue.start).map(|s| s.start) else { return };
    let end = before_auxiliaries(scene, start, cue.start);
    let number = start + 1 + usize::from(scene.is(start + 1, "than") || scene.is(start + 1, "least"));
    let about = scene.is_any(start, &ABOUT) || scene.is_any(start + 1, &["than", "least"]);
    let counts = scene.kind(number) == Kind::Number || scene.has(number, Classes::NUMBER_WORD);
    let plain = |i: usize| {
        scene.region(i).is_none()
            && scene.kind(i) == Kind::Word
            && (!scene.is_verb(i) || phrase::is_noun_like(scene, i))
    };
    let whole = about && counts && number + 1 < end && end <= start + MOST_COUNTED && (number + 1..end).all(plain);
    let before = found.pieces.iter().any(|p| p.start < cue.start);
    if whole && !before && scene.word(end - 1).ends_with('s') {
        let core = start..end;
        found.source = Some(Source { form: phrase::form(scene, &core), phrase: core.clone(), core });
    }
}

/// "The police stopped searching after figures showed": what shows something is the noun right before the verb.
fn what_shows(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let shows = scene.is_any(cue.start, &["show", "showed", "suggest", "suggested", "indicate", "indicated"]);
    let noun = cue.start.checked_sub(1).filter(|&i| scene.is_any(i, &SHOWING) && scene.region(i).is_none());
    let Some(noun) = noun.filter(|&i| shows && source.core.end < i) else { return };
    // "A review of the figures showed".
    let governed = (source.core.end..noun).any(|i| scene.has(i, Classes::PREPOSITION) && !scene.is(i, "after"));
    let verb = (source.core.end..noun).any(|i| scene.is_verb(i));
    let better = phrase::before(scene, source.core.end, cue.start).filter(|s| s.core.contains(&noun));
    if verb && !governed && better.is_some() {
        found.source = better;
    }
}
