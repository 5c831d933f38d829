//! What somebody adds to a deed, "Roe hit back, charging that they had lied": the attributions of an article in, those that nobody has
//! so far out.

use super::is_finite;
use super::tags::MORE;
use super::taken::{Taken, overlooked};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::TokenRange;

/// The subject of a sentence ends before so many tokens.
const MOST_SUBJECT: usize = 16;

/// Those that no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let sentences =
        scene.structure.sentences.iter().filter(|s| scene.structure.blocks[s.block].role == Role::Paragraph);
    let one = |sentence: &TokenRange| {
        let cue = participle(scene, sentence)?;
        let said = scene.trim(&(cue + 2..sentence.end));
        let free = said.len() > 3 && scene.has_verb(&said) && !taken.has(&(cue..cue + 1), &said);
        let source = subject(scene, sentence, cue - 1).filter(|_| free && !scene.opens_any(sentence))?;
        Some(overlooked(said, Some(cue..cue + 1), source, "participle behind the deed", 0.6))
    };
    sentences.filter_map(|s| one(&s.tokens)).collect()
}

/// The participle behind a comma that "that" follows.
fn participle(scene: &Scene<'_, '_>, sentence: &TokenRange) -> Option<usize> {
    let reports = |&i: &usize| {
        scene.is_any(i, &MORE)
            && scene.is(i + 1, "that")
            && scene.word(i - 1) == ","
            && scene.region(i).is_none()
            && scene.name(i).is_none()
    };
    sentence.clone().skip(3).find(reports)
}

/// The person or body that begins the sentence, with a finite verb behind it.
fn subject(scene: &Scene<'_, '_>, sentence: &TokenRange, comma: usize) -> Option<Source> {
    let start = sentence.start + usize::from(scene.is_any(sentence.start, &["but", "and", "yet"]));
    let source = phrase::after(scene, start, comma.min(start + MOST_SUBJECT)).filter(|s| s.core.start == start)?;
    let last = source.core.end - 1;
    let named = scene.name(last).is_some_and(|n| matches!(n.kind, EntityType::Person | EntityType::Organization));
    let pronoun = source.form == Form::Pronoun && scene.is_any(start, &["he", "she", "they"]);
    let office = scene.has(last, Classes::ROLE | Classes::COLLECTIVE) && scene.has(start, Classes::DETERMINER);
    let behind = source.phrase.end;
    let acts = (behind..comma.min(behind + 3)).any(|i| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY));
    ((named || pronoun || office) && acts).then_some(source)
}
