//! A content in, the same up to where its clause ends out: the verb that follows belongs to the sentence around it.

use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// "His claim that prices fell is on page two": a noun that reports is the subject of the sentence, so that a second verb is
/// the sentence's own.
pub fn of_noun(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, piece: TokenRange) -> TokenRange {
    let floor = passage.tokens.start;
    let is_noun = scene.has(cue.start, Classes::CUE_NOUN)
        && cue.start > floor
        && (scene.kind(cue.start - 1) == Kind::Clitic
            || scene.has(cue.start - 1, Classes::DETERMINER | Classes::PRONOUN));
    let subject = is_noun && !scene.has_verb(&(floor..cue.start)) && scene.is(cue.end, "that");
    if !subject || piece.start < cue.end {
        return piece;
    }
    match second_verb(scene, &piece) {
        Some(verb) => piece.start..verb,
        None => piece,
    }
}

/// The first auxiliary after the first group of verbs that no word joins to it.
fn second_verb(scene: &Scene<'_, '_>, range: &TokenRange) -> Option<usize> {
    let group = verb_group(scene, range)?;
    let mut relative = false;
    (group..range.end).find(|&i| {
        if scene.has(i, Classes::CONJUNCTION) || scene.is_any(i, &["who", "which", "that", "what"]) {
            relative = true;
        }
        let named = scene.name(i).is_some() || scene.token(i).is_capital();
        let finite = scene.has(i, Classes::AUXILIARY) && !named && !scene.is_any(i, &["be", "been", "being", "not"]);
        finite && !relative && scene.region(i).is_none()
    })
}

/// Where the first group of verbs ends: auxiliaries, adverbs and one verb.
fn verb_group(scene: &Scene<'_, '_>, range: &TokenRange) -> Option<usize> {
    let first = range.clone().find(|&i| scene.is_verb(i))?;
    let helps = |i: usize| scene.has(i, Classes::AUXILIARY | Classes::ADVERB) || scene.is_any(i, &["not", "n't"]);
    let main = (first..range.end).find(|&i| !helps(i))?;
    // What follows auxiliaries is their verb, listed or not.
    let is_main = scene.kind(main) == Kind::Word && !scene.has(main, Classes::PREPOSITION | Classes::DETERMINER);
    Some(main + usize::from(is_main))
}
