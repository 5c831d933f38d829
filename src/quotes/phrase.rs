//! The noun phrase beside a cue: walked out from the cue's edge, with its appositions and relative clauses.

use super::scene::Scene;
use crate::article::{EntityType, Form};
use crate::lang::Classes;
use crate::text::{Flags, Kind, TokenRange};

/// A phrase that says who spoke.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The smallest whole noun phrase.
    pub core: TokenRange,
    /// The same with appositions and relative clauses.
    pub phrase: TokenRange,
    /// What sort of phrase.
    pub form: Form,
}

/// No noun phrase of a source is longer.
const MAX_TOKENS: usize = 40;

/// The phrase that ends right before token `end`; nothing left of `floor` is looked at.
pub fn before(scene: &Scene<'_, '_>, floor: usize, end: usize) -> Option<Source> {
    if end <= floor {
        return None;
    }
    if scene.kind(end - 1) == Kind::Comma && scene.word(end - 1) == "," {
        return before_apposition(scene, floor, end - 1);
    }
    let core = walk_left(scene, floor, end)?;
    Some(with_description(scene, floor, core))
}

/// "the family's lawyer, Imran Sheikh,": a description and the name that is its whole apposition.
fn with_name(scene: &Scene<'_, '_>, core: TokenRange, inner: &TokenRange) -> TokenRange {
    let named = scene.name(inner.start).is_some_and(|n| n.tokens == *inner);
    if named && form(scene, &core) == Form::Nominal { core.start..inner.end } else { core }
}

/// `Ana Ortiz, 44, mayor of Leon,` from its last comma.
fn before_apposition(scene: &Scene<'_, '_>, floor: usize, comma: usize) -> Option<Source> {
    let mut stop = comma;
    for _ in 0..3 {
        let open = (floor..stop).rev().take(MAX_TOKENS).find(|&i| scene.word(i) == "," && scene.region(i).is_none())?;
        let inner = open + 1..stop;
        let named = walk_left(scene, open + 1, comma).filter(|r| r.start == open + 1 && scene.name(r.start).is_some());
        if is_apposition(scene, &inner) {
            if let Some(core) = walk_left(scene, floor, open) {
                let core = with_name(scene, core, &inner);
                return Some(Source { form: form(scene, &core), phrase: core.start..comma + 1, core });
            }
        } else if let Some(name) = named {
            let described = with_description(scene, floor, name);
            return Some(Source { phrase: described.phrase.start..comma + 1, ..described });
        } else {
            return None;
        }
        stop = open;
    }
    None
}

/// "Derek Pugh, 71, of Lister Street, Wolverhampton,": of a street or a town the one who lives there.
pub fn resident(scene: &Scene<'_, '_>, floor: usize, source: &Source) -> Option<Source> {
    let of = source.core.start.checked_sub(1).filter(|&i| i > floor && scene.is_any(i, &["of", "from"]))?;
    let place = scene.name(source.core.start).is_some_and(|n| n.kind == EntityType::Place);
    let comma = of.checked_sub(1).filter(|&i| place && scene.word(i) == ",")?;
    let name = before(scene, floor, comma).or_else(|| before(scene, floor, of))?;
    (name.form == Form::Name).then_some(Source { phrase: name.phrase.start..source.phrase.end, ..name })
}

/// Whether the words between two commas tell about the phrase before the first.
fn is_apposition(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let Some(first) = range.clone().next() else { return false };
    if scene.is_any(
        first,
        &["who", "which", "whose", "whom", "himself", "herself", "itself", "then", "now", "also", "formerly", "once"],
    ) {
        return true;
    }
    if scene.kind(first) == Kind::Number {
        return range.len() <= 3;
    }
    if scene.is_any(
        first,
        &[
            "in", "on", "at", "speaking", "asked", "citing", "wearing", "standing", "for", "like", "along", "through",
            "via", "by", "from", "with", "one", "not", "but", "too",
        ],
    ) {
        return range.len() <= 14;
    }
    let opens = scene
        .has(first, Classes::DETERMINER | Classes::ROLE | Classes::TITLE | Classes::DEMONYM | Classes::COMMON)
        || scene.name(first).is_some();
    opens
        && !range.clone().take(8).any(|i| scene.has(i, Classes::AUXILIARY))
        && !scene.has(first, Classes::PRONOUN | Classes::CONJUNCTION)
}

/// Puts "Its chief executive," before "Cem Aksoylu" where it stands there.
fn with_description(scene: &Scene<'_, '_>, floor: usize, core: TokenRange) -> Source {
    let form = form(scene, &core);
    let plain = Source { phrase: core.clone(), core: core.clone(), form };
    if form != Form::Name || core.start < floor + 3 || scene.word(core.start - 1) != "," {
        return plain;
    }
    let comma = core.start - 1;
    let Some(description) = walk_left(scene, floor, comma) else { return plain };
    let heads_clause =
        description.start == floor || !matches!(scene.kind(description.start - 1), Kind::Word | Kind::Number);
    let describes = scene.has(description.start, Classes::DETERMINER | Classes::ROLE | Classes::TITLE)
        || description.clone().any(|i| scene.kind(i) == Kind::Clitic);
    let has_role = description.clone().any(|i| scene.has(i, Classes::ROLE | Classes::TITLE));
    let is_plain_name = scene.name(description.end - 1).is_some();
    if heads_clause && describes && has_role && !is_plain_name {
        let whole = description.start..core.end;
        return Source { phrase: whole.clone(), core: whole, form };
    }
    plain
}

/// Walks left from `end` over the words of a noun phrase.
fn walk_left(scene: &Scene<'_, '_>, floor: usize, end: usize) -> Option<TokenRange> {
    let mut start = end;
    while start > floor && end - start < MAX_TOKENS {
        let Some(next) = step_left(scene, floor, start - 1, end) else { break };
        start = next;
        if scene.has(start, Classes::PRONOUN) && scene.name(start).is_none() && start + 1 == end {
            return Some(start..end);
        }
    }
    let range = trim_left(scene, start..end);
    is_nominal(scene, &range).then_some(range)
}

/// The new start when the token at `i` belongs to the phrase that ends at `end`.
fn step_left(scene: &Scene<'_, '_>, floor: usize, i: usize, end: usize) -> Option<usize> {
    if let Some(name) = scene.name(i) {
        return Some(name.tokens.start.max(floor));
    }
    if let Some(region) = scene.region(i) {
        // A nickname or a scare quote inside the phrase.
        let tokens = &scene.regions[region].tokens;
        return (tokens.len() <= 4 && tokens.start > floor && i + 1 < end).then_some(tokens.start);
    }
    match scene.kind(i) {
        Kind::Word => step_word(scene, floor, i, end),
        Kind::Number | Kind::Clitic => Some(i),
        Kind::Dash => (!scene.is_break_dash(i)).then_some(i),
        Kind::Symbol if matches!(scene.word(i), "&" | "$" | "%" | "@" | "#") => Some(i),
        Kind::Mark if !scene.token(i).space_before() => Some(i),
        Kind::Stop if i > floor && i + 1 < end && scene.has(i - 1, Classes::TITLE | Classes::ABBREVIATION) => Some(i),
        Kind::Stop
            if i > floor
                && i + 1 < end
                && scene.token(i - 1).flags.contains(Flags::CAPITAL)
                && scene.token(i - 1).span.len() <= 3 =>
        {
            Some(i)
        }
        Kind::Close => (floor..i).rev().take(12).find(|&k| scene.kind(k) == Kind::Open),
        _ => None,
    }
}

fn step_word(scene: &Scene<'_, '_>, floor: usize, i: usize, end: usize) -> Option<usize> {
    if scene.has(i, Classes::PRONOUN) {
        return (i + 1 == end && !scene.is_any(i, &["him", "them", "me", "us"])).then_some(i);
    }
    if scene.is_any(i, &["and", "or"]) {
        return joins(scene, floor, i, end).then_some(i);
    }
    if scene.has(i, Classes::DETERMINER) {
        return Some(i);
    }
    if scene.has(i, Classes::CONJUNCTION | Classes::AUXILIARY) {
        return None;
    }
    if scene.has(i, Classes::PREPOSITION) {
        // Part of the phrase only where a noun stands before it.
        let links = i > floor && (is_noun_like(scene, i - 1) || is_reduced_relative(scene, floor, i - 1));
        return (i + 1 < end && links).then_some(i);
    }
    if scene.has(i, Classes::VERB | Classes::CUE_VERB) && !is_noun_like(scene, i) {
        return is_reduced_relative(scene, floor, i).then_some(i);
    }
    Some(i)
}

/// Whether "and" at `i` joins two sources rather than two clauses.
fn joins(scene: &Scene<'_, '_>, floor: usize, i: usize, end: usize) -> bool {
    if i <= floor || i + 1 >= end {
        return false;
    }
    let left = scene.name(i - 1).is_some() || is_noun_like(scene, i - 1);
    let clause = (floor..i).rev().take(8).take_while(|&k| scene.word(k) != ",").any(|k| scene.is_verb(k));
    left && !clause
}

/// "the sources cited by the channel", "a person familiar with the talks".
fn is_reduced_relative(scene: &Scene<'_, '_>, floor: usize, i: usize) -> bool {
    i > floor
        && (scene.word(i).ends_with("ed")
            || scene.is_any(
                i,
                &["familiar", "close", "known", "responsible", "seen", "shown", "made", "given", "held", "sent"],
            ))
        && is_noun_like(scene, i - 1)
        && !scene.has(i - 1, Classes::PRONOUN)
        && scene.name(i - 1).is_none()
        && scene.has(i + 1, Classes::PREPOSITION)
}

/// "taking", "driving": what somebody does, named by the verb.
pub fn is_doing(scene: &Scene<'_, '_>, i: usize) -> bool {
    let word = scene.word(i);
    let shape = scene.kind(i) == Kind::Word && word.len() > 5 && word.ends_with("ing");
    let thing = ["nothing", "anything", "something", "everything", "evening", "morning", "wedding"].contains(&word);
    shape && !thing && scene.region(i).is_none() && word.starts_with(|c: char| c.is_lowercase())
}

/// A word that can be the noun of a phrase.
pub fn is_noun_like(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.name(i).is_some()
        || scene.has(
            i,
            Classes::ROLE
                | Classes::COLLECTIVE
                | Classes::TITLE
                | Classes::ORG_NOUN
                | Classes::CUE_NOUN
                | Classes::DEMONYM,
        )
        || matches!(scene.kind(i), Kind::Number | Kind::Close)
        || (scene.kind(i) == Kind::Word
            && !scene.has(
                i,
                Classes::DETERMINER
                    | Classes::PREPOSITION
                    | Classes::CONJUNCTION
                    | Classes::PRONOUN
                    | Classes::AUXILIARY
                    | Classes::VERB
                    | Classes::CUE_VERB
                    | Classes::ADVERB,
            ))
}

/// Takes off what opens a clause rather than the phrase: "On Monday", "But", "In an interview".
fn trim_left(scene: &Scene<'_, '_>, range: TokenRange) -> TokenRange {
    let mut start = range.start;
    let opens_badly = |i: usize| {
        scene.name(i).is_none()
            && (scene.has(i, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::ADVERB)
                || scene.is_any(i, &["meanwhile", "however", "yesterday", "today"]))
    };
    while start < range.end && opens_badly(start) {
        let was_preposition = scene.has(start, Classes::PREPOSITION);
        start += 1;
        if was_preposition {
            start = last_phrase(scene, start..range.end);
        }
    }
    // "Hours later Senator Holloway": what comes before "later" tells when.
    let later = (start..range.end.min(start + 4)).find(|&i| scene.is_any(i, &["later", "earlier", "ago", "after"]));
    if let Some(later) = later.filter(|&i| i + 1 < range.end && i > start && scene.name(i).is_none()) {
        start = later + 1;
    }
    while start < range.end
        && (scene.kind(start) == Kind::Dash
            || scene.has(start, Classes::WEEKDAY | Classes::MONTH) && start + 1 < range.end)
    {
        start += 1;
    }
    start..range.end
}

/// The start of the last simple noun phrase of `range`: what is left when a clause begins with a preposition.
fn last_phrase(scene: &Scene<'_, '_>, range: TokenRange) -> usize {
    let Some(last) = range.clone().last() else { return range.start };
    let mut at = scene.name(last).map_or(last, |n| n.tokens.start.max(range.start));
    while at > range.start {
        let i = at - 1;
        let joins = scene.has(i, Classes::TITLE | Classes::ROLE | Classes::DEMONYM | Classes::ORG_NOUN)
            || scene.kind(i) == Kind::Clitic
            || (scene.kind(i) == Kind::Dash && !scene.is_break_dash(i));
        if scene.has(i, Classes::DETERMINER) {
            return i;
        }
        let plain = scene.name(i).is_none() && is_noun_like(scene, i) && scene.name(at).is_none();
        if !(joins || plain) {
            break;
        }
        at = i;
    }
    at
}

/// Whether it can name a speaker at all.
fn is_nominal(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let Some(last) = range.clone().last() else { return false };
    if range.clone().any(|i| scene.name(i).is_some()) {
        return true;
    }
    if range.len() == 1
        && scene.has(
            last,
            Classes::WEEKDAY
                | Classes::MONTH
                | Classes::PREPOSITION
                | Classes::CONJUNCTION
                | Classes::AUXILIARY
                | Classes::ADVERB,
        )
    {
        return false;
    }
    if scene.has(last, Classes::PRONOUN) {
        return range.len() == 1;
    }
    scene.kind(last) == Kind::Word && (is_noun_like(scene, last) || scene.has(range.start, Classes::DETERMINER))
}

/// What sort of phrase it is, by its last words.
pub fn form(scene: &Scene<'_, '_>, core: &TokenRange) -> Form {
    if core.len() == 1 && scene.has(core.start, Classes::PRONOUN) && scene.name(core.start).is_none() {
        return Form::Pronoun;
    }
    let head =
        core.clone().find(|&i| scene.has(i, Classes::PREPOSITION) && scene.name(i).is_none()).unwrap_or(core.end);
    let named = head > core.start && scene.name(head - 1).is_some() && scene.kind(head - 1) != Kind::Clitic;
    // "Head of payroll Dilnoza Karimova": the name is not what the preposition governs.
    let person = scene.name(core.end - 1).filter(|n| n.kind == EntityType::Person && n.tokens.start > core.start + 1);
    let apart = person.is_some_and(|n| {
        let before = n.tokens.start - 1;
        scene.kind(before) == Kind::Word
            && !scene.has(before, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::DETERMINER | Classes::VERB)
    });
    let named = named || apart;
    if named { Form::Name } else { Form::Nominal }
}

/// The phrase that begins at token `start`, after an inverted cue; nothing from `ceiling` on is looked at.
pub fn after(scene: &Scene<'_, '_>, start: usize, ceiling: usize) -> Option<Source> {
    let ceiling = ceiling.min(scene.tokens.len());
    let end = walk_right(scene, start, ceiling);
    let core = start..end;
    if core.is_empty() || !is_nominal(scene, &core) {
        return None;
    }
    let form = form(scene, &core);
    let end = after_apposition(scene, end, ceiling);
    Some(Source { phrase: start..end, core, form })
}

fn walk_right(scene: &Scene<'_, '_>, start: usize, ceiling: usize) -> usize {
    let mut i = start;
    while i < ceiling && i - start < MAX_TOKENS {
        if let Some(name) = scene.name(i) {
            i = name.tokens.end.min(ceiling);
            continue;
        }
        let goes_on = match scene.kind(i) {
            Kind::Word => word_goes_on(scene, start, i, ceiling),
            Kind::Clitic => true,
            Kind::Number => i == start || scene.has(i - 1, Classes::DETERMINER),
            Kind::Dash => !scene.is_break_dash(i),
            Kind::Stop => {
                i + 1 < ceiling
                    && scene.has(i - 1, Classes::TITLE | Classes::ABBREVIATION)
                    && scene.name(i + 1).is_some()
            }
            Kind::Mark => scene.region(i).is_some_and(|r| {
                scene.regions[r].tokens.len() <= 4
                    && scene.regions[r].tokens.end < ceiling
                    && scene.name(scene.regions[r].tokens.end).is_some()
            }),
            _ => false,
        };
        if !goes_on {
            break;
        }
        i = scene.region(i).map_or(i + 1, |r| scene.regions[r].tokens.end);
    }
    i
}

fn word_goes_on(scene: &Scene<'_, '_>, start: usize, i: usize, ceiling: usize) -> bool {
    if i == start {
        return !scene.has(
            i,
            Classes::PREPOSITION
                | Classes::CONJUNCTION
                | Classes::AUXILIARY
                | Classes::ADVERB
                | Classes::WEEKDAY
                | Classes::MONTH,
        );
    }
    if scene.has(i, Classes::PRONOUN | Classes::AUXILIARY | Classes::WEEKDAY | Classes::ADVERB)
        || scene.is(i, "not")
        || scene.has(start, Classes::PRONOUN)
    {
        return false;
    }
    if scene.is(i, "and") {
        return i + 1 < ceiling && scene.name(i - 1).is_some() && scene.name(i + 1).is_some();
    }
    if scene.is(i, "of") {
        return true;
    }
    if scene.has(i, Classes::PREPOSITION) {
        let nominal = scene.name(i - 1).is_none();
        return nominal && scene.is_any(i, &["for", "from", "at", "with", "in", "to"]) && !is_circumstance(scene, i);
    }
    if scene.has(i, Classes::CONJUNCTION) {
        return false;
    }
    if scene.has(i, Classes::DETERMINER) {
        return scene.has(i - 1, Classes::PREPOSITION);
    }
    if scene.name(i - 1).is_some() && !scene.has(i, Classes::ROLE | Classes::ORG_NOUN | Classes::COLLECTIVE) {
        return false;
    }
    !scene.has(i, Classes::VERB | Classes::CUE_VERB) || is_noun_like(scene, i)
}

/// "in a statement", "at a news conference", "in London": where it was said, not who said it.
fn is_circumstance(scene: &Scene<'_, '_>, i: usize) -> bool {
    let noun = if scene.has(i + 1, Classes::DETERMINER) { i + 2 } else { i + 1 };
    (noun..noun + 3).any(|k| {
        scene.has(k, Classes::CUE_NOUN | Classes::WEEKDAY | Classes::MONTH)
            || scene.is_any(
                k,
                &[
                    "interview",
                    "statement",
                    "conference",
                    "briefing",
                    "speech",
                    "tweet",
                    "post",
                    "letter",
                    "email",
                    "court",
                    "meeting",
                    "telephone",
                    "phone",
                    "time",
                ],
            )
    }) || scene.kind(i + 1) == Kind::Number
}

/// The end of the appositions that follow `end`.
fn after_apposition(scene: &Scene<'_, '_>, end: usize, ceiling: usize) -> usize {
    let mut end = end;
    for _ in 0..3 {
        if end + 1 >= ceiling || scene.word(end) != "," {
            break;
        }
        let stop = (end + 1..ceiling)
            .find(|&i| {
                scene.region(i).is_some()
                    || matches!(scene.word(i), "," | ";" | ":" | "—" | "–")
                    || (scene.kind(i) == Kind::Stop && i + 1 == ceiling)
            })
            .unwrap_or(ceiling);
        let inner = end + 1..stop;
        let tells = scene.has(end + 1, Classes::DETERMINER | Classes::ROLE | Classes::TITLE)
            || scene.kind(end + 1) == Kind::Number
            || scene.is_any(end + 1, &["who", "whose", "which", "former", "then", "deputy", "chief", "head", "senior"]);
        if !tells || inner.len() > MAX_TOKENS || !is_apposition(scene, &inner) {
            break;
        }
        end = stop;
    }
    end
}

/// The source that a whole phrase stands for: its core goes without appositions and relative clauses.
pub fn source(scene: &Scene<'_, '_>, floor: usize, phrase: TokenRange) -> Source {
    if let Some(antecedent) = antecedent(scene, floor, &phrase) {
        return antecedent;
    }
    let is_break = |i: &usize| {
        scene.region(*i).is_none()
            && (matches!(scene.word(*i), "," | ";" | ":" | "(")
                || scene.is_break_dash(*i)
                || *i > phrase.start
                    && scene.name(*i).is_none()
                    && (scene.is_any(*i, &["who", "which", "whose"])
                        || scene.is(*i, "to") && scene.name(*i - 1).is_some()))
    };
    let first = phrase.clone().find(is_break).unwrap_or(phrase.end).max(phrase.start + 1);
    let mut core = phrase.start..first;
    // "Its chief executive, Cem Aksoylu": the name is part of the core.
    let described = form(scene, &core) == Form::Nominal && scene.word(first) == ",";
    // "The judge, Mrs Justice Fairweather": with the titles before the name.
    let titled = |i: &usize| {
        scene.name(*i).is_none() && (scene.has(*i, Classes::TITLE | Classes::ROLE) || scene.token(*i).is_capital())
    };
    let at = (first + 1..phrase.end.min(first + 5)).find(|i| !titled(i)).unwrap_or(first + 1);
    if let Some(name) = scene.name(at).filter(|n| described && n.tokens.start == at && n.tokens.end <= phrase.end) {
        core.end = name.tokens.end;
    }
    Source { form: form(scene, &core), core, phrase }
}

/// Whom a relative pronoun stands for: "Lee, who said that".
fn antecedent(scene: &Scene<'_, '_>, floor: usize, phrase: &TokenRange) -> Option<Source> {
    let at = phrase.start;
    if phrase.len() != 1 || at <= floor || !scene.is_any(at, &["who", "which", "that"]) {
        return None;
    }
    let end = if scene.word(at - 1) == "," { at - 1 } else { at };
    let mut core = before(scene, floor, end)?.core;
    // "Thandi Zulu, the driver's aunt, who": the name before its apposition.
    let comma = core.start.checked_sub(2).filter(|&i| i >= floor && scene.word(i + 1) == ",");
    if let Some(name) = comma.and_then(|i| scene.name(i)).filter(|_| form(scene, &core) == Form::Nominal) {
        core = name.tokens.clone();
    }
    Some(Source { form: form(scene, &core), phrase: core.start..phrase.end, core })
}
