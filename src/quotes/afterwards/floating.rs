//! Quoted words that no verb was found to report, where grammar knows whose they are: what was chosen as their speaker in, the
//! speaker that stands behind them out.

use crate::article::{Form, Role};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// A speaker behind quoted words has no more tokens.
const MOST_SOURCE: usize = 16;
/// A statement has at least so many tokens.
const LEAST_STATED: usize = 8;
/// Between "described" and the quoted words stand no more tokens.
const MOST_BETWEEN: usize = 4;

/// What is done to somebody with quoted words.
pub(super) const BRANDED: [&str; 13] = [
    "described",
    "branded",
    "labelled",
    "labeled",
    "dubbed",
    "called",
    "hailed",
    "condemned",
    "dismissed",
    "denounced",
    "praised",
    "criticised",
    "termed",
];

/// Mends the speaker of quoted words without a cue.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    if found.cue.is_none() && !found.unmarked && found.reason != "signature" {
        branded_by(scene, found);
        inverted(scene, found);
        verb_first(scene, found);
        stated(scene, found);
        of_item(scene, found);
    }
}

/// An item of a list says nothing about the quoted words of another.
fn of_item(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(block) = found.pieces.first().map(|p| scene.block_of(p.start)) else { return };
    let item = scene.structure.blocks[block].role == Role::ListItem;
    if item && found.source.as_ref().is_some_and(|s| scene.block_of(s.core.start) < block) {
        found.source = None;
    }
}

/// `Her plan was described as "reckless" by the council`: not whose plan it is, but who stands behind "by".
fn branded_by(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(first), Some(last)) = (found.pieces.first(), found.pieces.last()) else { return };
    let by = last.end;
    if !scene.is(by, "by") || scene.region(by).is_some() {
        return;
    }
    let start = first.start;
    let near = start.saturating_sub(MOST_BETWEEN)..start;
    let Some(verb) = near.rev().find(|&i| scene.region(i).is_none() && scene.is_any(i, &BRANDED)) else { return };
    let passive =
        (verb.saturating_sub(3)..verb).any(|i| scene.is_any(i, &["was", "were", "been", "being", "is", "are"]));
    if let Some(source) = phrase::after(scene, by + 1, by + MOST_SOURCE).filter(|_| passive) {
        found.source = Some(source);
        found.cue = Some(verb..verb + 1);
    }
}

/// `The list holds films "known through festivals," reads the site of the library.`: a verb right behind the comma of the words,
/// and its subject behind it.
fn inverted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.pieces.last().map(|p| p.end) else { return };
    let comma = cue > 1 && (scene.kind(cue - 1) == Kind::Comma || scene.kind(cue - 2) == Kind::Comma);
    let reports = scene.has(cue, Classes::CUE_VERB) || scene.is_any(cue, &["reads", "read"]);
    if !comma || !reports || scene.region(cue).is_some() || found.cue.is_some() {
        return;
    }
    let ends = |i: usize| matches!(scene.kind(i), Kind::Stop | Kind::Comma);
    if let Some(source) = phrase::after(scene, cue + 1, cue + MOST_SOURCE).filter(|s| ends(s.phrase.end)) {
        found.source = Some(source);
        found.cue = Some(cue..cue + 1);
    }
}

/// `Informs a source at the club, "It is late"`: the verb opens the sentence, and who speaks stands between it and the comma.
fn verb_first(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(start) = found.pieces.first().map(|p| p.start).filter(|_| found.cue.is_none()) else { return };
    let Some(comma) = start.checked_sub(1).filter(|&c| matches!(scene.word(c), "," | ":")) else { return };
    let Some(verb) = scene.sentence(comma).map(|s| s.start) else { return };
    let reports = scene.has(verb, Classes::CUE_VERB) && scene.word(verb).ends_with('s') && scene.name(verb).is_none();
    let near = verb + 1 < comma && comma <= verb + MOST_SOURCE && scene.opens_region(start).is_some();
    let begins =
        scene.has(verb + 1, Classes::DETERMINER | Classes::ROLE | Classes::TITLE) || scene.name(verb + 1).is_some();
    if reports && near && begins {
        found.source = phrase::after(scene, verb + 1, comma);
        found.cue = Some(verb..verb + 1);
    }
}

/// "Statement from Ana Roe on the new rule" in the headline: whose words those are that have no other speaker.
fn stated(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let long = found.pieces.iter().map(TokenRange::len).sum::<usize>() >= LEAST_STATED;
    if found.source.is_some() || !long {
        return;
    }
    let Some(headline) = scene.structure.blocks.iter().find(|b| b.role == Role::Headline) else { return };
    let tokens = headline.tokens.clone();
    let stated = |&i: &usize| {
        scene.is_any(i, &["statement", "statements", "remarks", "message", "comments"])
            && scene.is_any(i + 1, &["from", "by", "of"])
    };
    let Some(at) = tokens.clone().take(MOST_BETWEEN).find(stated) else { return };
    let source = phrase::after(scene, at + 2, tokens.end.min(at + MOST_SOURCE));
    if let Some(source) = source.filter(|s| s.form == Form::Name) {
        found.source = Some(source);
        found.reason = "headline";
    }
}
