//! Headline forms: `Moscow ready for talks — Lavrov`, `Prices 'will fall': minister`, `Lee: We won`.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// A source in a headline has no more words.
const MAX_SOURCE: usize = 6;

/// The attribution that a dash or a colon makes in a headline.
pub fn find(scene: &Scene<'_, '_>, headline: &Passage) -> Option<Attribution> {
    let tokens = &headline.tokens;
    let outside = |i: &usize| scene.region(*i).is_none();
    let dash = tokens.clone().rev().filter(outside).find(|&i| scene.is_break_dash(i));
    if let Some(found) = dash.and_then(|dash| source_last(scene, tokens, dash)) {
        return Some(found);
    }
    if let Some(found) = said_last(scene, tokens) {
        return Some(found);
    }
    let colon = tokens.clone().filter(outside).find(|&i| scene.word(i) == ":")?;
    source_last(scene, tokens, colon)
        .or_else(|| source_first(scene, tokens, colon))
        .or_else(|| person_after(scene, tokens, colon))
}

/// `Worms may breathe rust, study suggests`, `Leave it to God, governor tells rivals`: a comma, who says it, the verb.
fn said_last(scene: &Scene<'_, '_>, tokens: &TokenRange) -> Option<Attribution> {
    let comma = tokens.clone().rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none())?;
    let reports = |&i: &usize| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none();
    let verb = (comma + 2..tokens.end).find(reports)?;
    let core = comma + 1..verb;
    let tail = scene.trim(&(verb + 1..tokens.end));
    let source = phrase::before(scene, comma + 1, verb).filter(|s| s.core == core && core.len() <= MAX_SOURCE)?;
    let content = scene.trim(&(tokens.start..comma));
    let plain = tail.len() <= 2 && !scene.has_verb(&tail) && !scene.opens_any(&tail) && !scene.has_verb(&core);
    (plain && content.len() >= 3)
        .then(|| Attribution { cue: Some(verb..verb + 1), ..attribution(scene, source.core, content) })
}

/// `'I hid in the boot': Tessa Lowry on fear and fame`: whole quoted words, a colon, the person, if it is one, and
/// more.
fn person_after(scene: &Scene<'_, '_>, tokens: &TokenRange, colon: usize) -> Option<Attribution> {
    let content = scene.trim(&(tokens.start..colon));
    let quoted = scene.opens_region(content.start).is_some_and(|r| scene.regions[r].tokens == content);
    let name = scene.name(colon + 1).filter(|n| n.kind == EntityType::Person && n.tokens.start == colon + 1);
    let long = quoted && content.len() > 5;
    long.then(|| match name {
        Some(name) => attribution(scene, name.tokens.clone(), content),
        // `'The ice used to talk to us': the village that waits for winter`
        None => Attribution { source: None, ..attribution(scene, colon..colon + 1, content) },
    })
}

fn source_last(scene: &Scene<'_, '_>, tokens: &TokenRange, mark: usize) -> Option<Attribution> {
    let core = scene.trim(&(mark + 1..tokens.end));
    let content = scene.trim(&(tokens.start..mark));
    (content.len() >= 3 && is_source(scene, &core)).then(|| attribution(scene, core, content))
}

fn source_first(scene: &Scene<'_, '_>, tokens: &TokenRange, mark: usize) -> Option<Attribution> {
    let core = scene.trim(&(tokens.start..mark));
    let content = scene.trim(&(mark + 1..tokens.end));
    let named = core.clone().any(|i| scene.name(i).is_some_and(|n| matches!(n.kind, EntityType::Person)));
    (content.len() >= 2
        && is_source(scene, &core)
        && (named || !scene.has(core.end - 1, Classes::COUNTRY | Classes::CITY)))
    .then(|| attribution(scene, core, content))
}

fn attribution(scene: &Scene<'_, '_>, core: TokenRange, content: TokenRange) -> Attribution {
    let source = Source { phrase: core.clone(), form: phrase::form(scene, &core), core };
    Attribution {
        pieces: vec![content],
        cue: None,
        source: Some(source),
        reason: "headline",
        confidence: 0.7,
        chances: [1.0; 3],
        unmarked: false,
    }
}

/// A person's name, a role or a body that speaks, and nothing else.
fn is_source(scene: &Scene<'_, '_>, core: &TokenRange) -> bool {
    let Some(last) = core.clone().last() else { return false };
    if core.len() > MAX_SOURCE
        || core.clone().any(|i| {
            scene.region(i).is_some() || matches!(scene.kind(i), Kind::Number | Kind::Stop) || scene.is_verb(i)
        })
    {
        return false;
    }
    let person = scene.name(last).is_some_and(|n| n.kind == EntityType::Person || n.kind == EntityType::Organization);
    person
        || scene.has(last, Classes::ROLE | Classes::COLLECTIVE | Classes::CUE_NOUN | Classes::TITLE | Classes::ORG_NOUN)
}
