//! An attribution of the ranker in, whether grammar knows for certain that nobody said it out: what might be said, names,
//! signs, lines that announce the next one.

use super::attribution::Attribution;
use super::regions::SIGNS;
use super::scene::{Passage, Scene};
use crate::article::Form;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// Verbs that name rather than say, where they stand as participles: "known as", "a ship named".
const NAMING: [&str; 8] = ["known", "named", "dubbed", "nicknamed", "titled", "entitled", "marked", "codenamed"];

/// Whether what `cue` seems to report is no speech at all.
pub fn is_no_speech(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &Attribution) -> bool {
    let head = cue.start;
    let asked_by =
        head == passage.tokens.start && scene.is_any(head + 1, &["by", "about", "whether", "if", "how", "why", "what"]);
    let sign = found.source.as_ref().is_some_and(|s| s.core.clone().any(|i| scene.is_any(i, &SIGNS)));
    asked_by
        || sign
        || is_noun(scene, passage, head)
        || is_setting(scene, passage, cue, found)
        || is_after_time(scene, passage, head)
        || is_hypothetical(scene, passage, cue)
        || is_naming(scene, cue)
        || is_announcement(scene, passage, cue, found)
        || is_connective(scene, passage, cue)
        || is_example(scene, passage, cue)
        || is_silence(scene, passage, cue)
}

/// "did not respond to calls": nothing was said.
fn is_silence(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> bool {
    let before = passage.tokens.start.max(cue.start.saturating_sub(3))..cue.start;
    let negated = before.into_iter().any(|i| scene.is_any(i, &["not", "n't", "never"]));
    negated && scene.is_any(cue.start, &["respond", "responded", "reply", "replied"]) && scene.is(cue.end, "to")
}

/// "The goods, say 40 boxes, go by rail"; "signs reading": an example, and what nobody speaks.
fn is_example(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> bool {
    if cue.start == passage.tokens.start {
        return false;
    }
    let example = scene.is(cue.start, "say") && scene.is(cue.start - 1, ",") && scene.kind(cue.end) == Kind::Number;
    let sign = scene.is_any(cue.start - 1, &SIGNS) && scene.is_any(cue.start, &["reading", "saying", "that"]);
    example || sign
}

/// "That said, the road is open": a turn of phrase.
fn is_connective(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> bool {
    cue.start == passage.tokens.start + 1 && scene.is(cue.start - 1, "that") && scene.word(cue.end) == ","
}

/// "If asked, Lee might say no": nobody said it.
fn is_hypothetical(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange) -> bool {
    let before = |n: usize| cue.start >= passage.tokens.start + n && scene.region(cue.start - n).is_none();
    let might = before(1) && scene.is_any(cue.start - 1, &["might", "could"]);
    let would_have = before(2)
        && scene.is(cue.start - 1, "have")
        && scene.is_any(cue.start - 2, &["might", "could", "would", "should"]);
    let clause = (passage.tokens.start..cue.start).rev().take(8).take_while(|&i| scene.word(i) != ",");
    let unless = clause.into_iter().any(|i| scene.is(i, "unless"));
    let if_asked = before(1) && scene.is(cue.start - 1, "if");
    might || would_have || unless || if_asked
}

/// "a hill known as", "so-called": quoted words that are a name.
fn is_naming(scene: &Scene<'_, '_>, cue: &TokenRange) -> bool {
    let so_called = cue.start >= 2 && scene.is(cue.start, "called") && scene.is(cue.start - 2, "so");
    let object = (cue.end..cue.end + 6).take_while(|&i| scene.region(i).is_none() && !scene.is_verb(i));
    let as_name = object.into_iter().any(|i| scene.is(i, "as"));
    so_called || scene.is_any(cue.start, &NAMING) && (as_name || scene.opens_region(cue.end).is_some())
}

/// "Ortiz said:", "Ortiz wrote on her page:" at the end of a block: the words come in the next one.
fn is_announcement(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &Attribution) -> bool {
    let last = passage.tokens.end - 1;
    let block = &scene.structure.blocks[passage.block];
    let next = scene.structure.blocks.get(passage.block + 1);
    let announces = block.tokens.end == passage.tokens.end && next.is_some_and(|b| scene.opens_any(&b.tokens));
    let ends = cue.end == last || announces && (cue.end..last).len() <= 8 && !scene.has_verb(&(cue.end..last));
    ends && scene.word(last) == ":" && !found.pieces.iter().any(|p| scene.opens_any(p))
}

/// "left notes", "a third of Republican claims": the object of a verb, or what an adjective of a party or nation is said of.
fn is_noun(scene: &Scene<'_, '_>, passage: &Passage, head: usize) -> bool {
    let verb = |i: usize| scene.has(i, Classes::VERB) && !scene.has(i, Classes::AUXILIARY | Classes::CUE_VERB);
    let plain = |i: usize| i >= passage.tokens.start && scene.region(i).is_none();
    if !scene.word(head).ends_with('s') || head == passage.tokens.start || !plain(head - 1) {
        return false;
    }
    let adjective = head >= 2 && scene.has(head - 1, Classes::DEMONYM) && plain(head - 2) && scene.is(head - 2, "of");
    verb(head - 1) || adjective
}

/// "In a letter posted on Friday, Lee said": where it was said, and no saying of its own.
fn is_setting(scene: &Scene<'_, '_>, passage: &Passage, cue: &TokenRange, found: &Attribution) -> bool {
    let Some(source) = found.source.as_ref().filter(|s| s.core.end == cue.start && s.form == Form::Nominal) else {
        return false;
    };
    let first = passage.tokens.start;
    let placed =
        source.phrase.start == first + 1 && scene.is_any(first, &["in", "on", "at", "during", "through", "via"]);
    let article = scene.is_any(first + 1, &["a", "an", "one", "another"]);
    placed && article && found.pieces.first().is_some_and(|p| p.start > cue.end && scene.word(p.start - 1) == ",")
}

/// "10.42am: The hearing begins": a colon after a time reports nothing.
fn is_after_time(scene: &Scene<'_, '_>, passage: &Passage, head: usize) -> bool {
    let label = passage.tokens.start..head;
    scene.kind(head) != Kind::Word
        && (label.is_empty() || label.len() <= 4 && label.clone().any(|i| scene.kind(i) == Kind::Number))
}
