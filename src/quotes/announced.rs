//! A passage in, whose words it announces out: `Ortiz said:`, `And from the chair:` at the end of a block.

use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::article::{EntityType, Form};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Whose words a colon at the end of the block announces, and the verb that does.
pub fn by(scene: &Scene<'_, '_>, passage: &Passage) -> Option<(Option<Source>, Option<TokenRange>)> {
    let tokens = &passage.tokens;
    let last = tokens.end - 1;
    if scene.word(last) != ":" || scene.structure.blocks[passage.block].tokens.end != tokens.end {
        return None;
    }
    let reports = |&i: &usize| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none() && !is_noun(scene, tokens, i);
    let cue = tokens.clone().rev().take(12).find(reports);
    let source = match cue {
        // "had this to say": the subject of the verb before.
        Some(verb) if verb > tokens.start && scene.is(verb - 1, "to") => subject(scene, tokens),
        Some(verb) => phrase::before(scene, tokens.start, verb),
        None => from(scene, tokens, last).or_else(|| subject(scene, tokens)),
    };
    Some((source.or_else(|| person(scene, tokens)), cue.map(|i| i..i + 1)))
}

/// "this email", "a short report": the form of a verb used as a noun.
fn is_noun(scene: &Scene<'_, '_>, tokens: &TokenRange, i: usize) -> bool {
    let determined = |k: usize| scene.has(k, Classes::DETERMINER) || scene.kind(k) == Kind::Clitic;
    i > tokens.start && determined(i - 1) && scene.has(i, Classes::CUE_NOUN)
}

/// "And from the chair:": the phrase behind "from".
fn from(scene: &Scene<'_, '_>, tokens: &TokenRange, colon: usize) -> Option<Source> {
    let at = tokens.clone().rev().take(10).find(|&i| scene.is(i, "from"))?;
    phrase::after(scene, at + 1, colon).filter(|s| s.phrase.end == colon)
}

/// The last person who is named.
fn person(scene: &Scene<'_, '_>, tokens: &TokenRange) -> Option<Source> {
    let name = tokens.clone().rev().find_map(|i| scene.name(i)).filter(|n| n.kind == EntityType::Person)?;
    Some(Source { core: name.tokens.clone(), phrase: name.tokens.clone(), form: Form::Name })
}

/// The noun phrase before the first verb of `range`.
pub fn subject(scene: &Scene<'_, '_>, range: &TokenRange) -> Option<Source> {
    let verb = range.clone().find(|&i| scene.region(i).is_none() && i > range.start && scene.is_verb(i))?;
    phrase::before(scene, range.start, verb)
}

/// `— We leave at dawn, said the captain.`: a block that begins with a dash is spoken, in the manner of the Continent.
pub fn is_dialogue(scene: &Scene<'_, '_>, passage: &Passage) -> bool {
    let first = passage.tokens.start;
    scene.structure.blocks[passage.block].tokens.start == first
        && matches!(scene.word(first), "\u{2014}" | "\u{2013}" | "\u{2015}")
}
