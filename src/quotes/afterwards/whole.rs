//! Phrases that say who spoke, cut where another phrase begins and whole where a number ends them.

use super::is_finite;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// "14% of people aged between 18 and 34" has no more tokens before its last number.
const MOST_COUNTED: usize = 12;

/// "The family of a cyclist killed in a collision with" has no more tokens.
const MOST_OF_GROUP: usize = 20;

/// Mends the phrase of an attribution's source where it stands before the cue.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.as_ref().map(|c| c.start) else { return };
    for better in [behind_participle, behind_joint, behind_verb, counted, of_group, outside] {
        let source = found.source.as_ref().filter(|s| s.core.end <= cue);
        if let Some(core) = source.and_then(|source| better(scene, source)) {
            found.source = Some(Source { form: phrase::form(scene, &core), phrase: core.clone(), core });
        }
    }
}

/// "Responding to the claims mayor Ana Roe said": the name with its titles, without the clause before it.
fn behind_participle(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let core = &source.core;
    let name = scene.name(core.end - 1).filter(|n| n.tokens.end == core.end && n.tokens.start > core.start + 1)?;
    let opens =
        scene.sentence(core.start).is_some_and(|s| s.start == core.start) && scene.word(core.start).ends_with("ing");
    let clause = scene.is_any(core.start + 1, &["to", "on", "in", "at", "about", "the", "after", "of"]);
    let titled = |i: &usize| {
        scene.kind(*i) == Kind::Dash && !scene.is_break_dash(*i)
            || scene.kind(*i) == Kind::Word
                && (scene.token(*i).is_capital() || scene.has(*i, Classes::ROLE | Classes::TITLE) || scene.is(*i, "co"))
    };
    let first = (core.start + 2..name.tokens.start).rev().take_while(titled).last().unwrap_or(name.tokens.start);
    (opens && clause).then_some(first..core.end)
}

/// "Tomorrow if the mayor declares": the subject of the clause that the joint opens.
fn behind_joint(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    const JOINTS: [&str; 7] = ["if", "when", "because", "while", "unless", "although", "whether"];
    let core = &source.core;
    let joint = core.clone().rev().find(|&i| scene.region(i).is_none() && scene.is_any(i, &JOINTS))?;
    let subject = joint + 1..core.end;
    let opens = scene.has(joint + 1, Classes::DETERMINER | Classes::PRONOUN) || scene.name(joint + 1).is_some();
    (!subject.is_empty() && opens && scene.name(joint).is_none()).then_some(subject)
}

/// "A survey suggests 69% of them say": the subject of the second verb.
fn behind_verb(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let core = &source.core;
    let reports = |&i: &usize| {
        scene.has(i, Classes::CUE_VERB)
            && scene.word(i).ends_with('s')
            && scene.name(i).is_none()
            && is_finite(scene, i)
    };
    let verb = core.clone().skip(1).find(reports)?;
    let opens = |i: usize| {
        scene.kind(i) == Kind::Number || scene.is_any(i, &["most", "many", "some", "few", "nearly", "almost", "about"])
    };
    let subject = verb + 1..core.end;
    (subject.len() > 1 && opens(subject.start) && phrase::is_noun_like(scene, verb - 1)).then_some(subject)
}

/// "14% of people aged between 18 and 34 said": not the last number alone.
fn counted(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let core = &source.core;
    let number = core.len() == 1 && scene.kind(core.start) == Kind::Number;
    let joined = number && core.start > 1 && scene.is_any(core.start - 1, &["and", "to", "over", "under", "than"]);
    let plain = |&i: &usize| scene.kind(i) != Kind::Stop && scene.word(i) != "," && scene.region(i).is_none();
    let of = (core.start.saturating_sub(MOST_COUNTED)..core.start).rev().take_while(plain).find(|&i| scene.is(i, "of"));
    let amount = |i: usize| scene.kind(i) == Kind::Number || matches!(scene.word(i), "%" | "cent" | "percent");
    let of = of.filter(|&of| joined && of > 1 && amount(of - 1))?;
    let first = (of.saturating_sub(4)..of).rev().take_while(|&i| amount(i) || scene.is(i, "per")).last()?;
    Some(first..core.end)
}

/// "The family of a cyclist killed in a collision with a lorry said": what a preposition brings in is not who speaks.
fn of_group(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let core = &source.core;
    let led = core.start.checked_sub(1).filter(|&i| scene.has(i, Classes::PREPOSITION) && scene.name(i).is_none())?;
    let start = scene.sentence(core.start)?.start;
    let group = start + 1;
    let opens = scene.has(start, Classes::DETERMINER)
        && (scene.has(group, Classes::COLLECTIVE | Classes::ROLE)
            || scene.is_any(group, &["family", "friends", "widow"]))
        && scene.is(group + 1, "of")
        && scene.name(core.start).is_none();
    let plain = |i: usize| {
        let participle = scene.word(i).ends_with("ed") || scene.word(i).ends_with("en");
        scene.kind(i) == Kind::Word
            && scene.region(i).is_none()
            && !scene.has(i, Classes::CUE_VERB | Classes::AUXILIARY | Classes::CONJUNCTION)
            && (!scene.is_verb(i) || participle || phrase::is_noun_like(scene, i))
    };
    (opens && core.start - start < MOST_OF_GROUP && (group..led).all(plain)).then_some(start..core.end)
}

/// "Outside experts urged": there "outside" is no preposition.
fn outside(scene: &Scene<'_, '_>, source: &Source) -> Option<TokenRange> {
    let first = source.core.start.checked_sub(1).filter(|&i| scene.is(i, "outside"))?;
    let opens = scene.sentence(first).is_some_and(|s| s.start == first);
    let bare = !scene.has(first + 1, Classes::DETERMINER) && scene.name(first + 1).is_none();
    (opens && bare && scene.word(source.core.end - 1).ends_with('s')).then_some(first..source.core.end)
}
