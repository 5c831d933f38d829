//! A quote and the quoted words after it in, whether these carry it on out: `"The vote," Ortiz said, "stands."`

use super::attribution::Attribution;
use super::ranker::features::{Decision, bucket};
use super::scene::Scene;
use crate::article::Form;
use crate::lang::Classes;
use crate::model::feature;
use crate::text::{Kind, TokenRange};

/// Where the quote with its cue and its source ends, which all stand before `piece`.
fn group_end(found: &Attribution) -> usize {
    let cue = found.cue.as_ref().map_or(0, |c| c.end);
    let source = found.source.as_ref().map_or(0, |s| s.phrase.end);
    let content = found.pieces.last().map_or(0, |p| p.end);
    cue.max(source).max(content)
}

/// Whether `piece` can carry `found` on at all: quoted words end before it, and nothing of the quote stands behind it.
pub fn may(scene: &Scene<'_, '_>, found: &Attribution, piece: &TokenRange) -> bool {
    let quoted = found.pieces.last().is_some_and(|last| !last.is_empty() && scene.region(last.end - 1).is_some());
    quoted && group_end(found) <= piece.start
}

/// What the rules say.
pub fn by_rule(scene: &Scene<'_, '_>, found: &Attribution, piece: &TokenRange) -> bool {
    let (Some(cue), Some(last)) = (&found.cue, found.pieces.last()) else { return false };
    let between = group_end(found)..piece.start;
    let joined =
        found.pieces[0].end <= cue.start && between.len() <= 12 && scene.opens_any(&(last.start..last.start + 1));
    let plain = between.clone().all(|i| {
        scene.word(i) != ":" && scene.kind(i) != Kind::Stop && !scene.has(i, Classes::CONJUNCTION | Classes::AUXILIARY)
    });
    let reports_again = found
        .source
        .as_ref()
        .is_some_and(|s| s.form == Form::Pronoun && between.clone().any(|i| scene.has(i, Classes::CUE_VERB)));
    joined && plain && !reports_again
}

/// `"We had water," said Ibarra, pointing at a barrel, "but no shade."`: quoted words in lower case that somebody's action
/// seems to report carry on the quote before them, which ended in a comma.
pub fn merge(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    for i in (1..found.len()).rev() {
        let (before, own) = (&found[i - 1], &found[i]);
        let acts = own.cue.as_ref().zip(own.pieces.first()).is_some_and(|(c, p)| {
            let far = c.end + 2 < p.start || !scene.has(c.start, Classes::CUE_VERB);
            scene.word(c.start).ends_with("ing") && far
        });
        let [piece] = own.pieces.as_slice() else { continue };
        let quoted = scene.opens_region(piece.start).is_some_and(|r| scene.regions[r].tokens == *piece);
        let goes_on = quoted && scene.kind(piece.start + 1) == Kind::Word && !scene.token(piece.start + 1).is_capital();
        let comma = before.pieces.last().is_some_and(|p| p.len() > 2 && scene.kind(p.end - 2) == Kind::Comma);
        if acts && goes_on && comma && may(scene, before, piece) {
            let piece = piece.clone();
            found[i - 1].pieces.push(piece);
            found.remove(i);
        }
    }
}

/// What the decision looks at.
pub fn features(scene: &Scene<'_, '_>, found: &Attribution, piece: &TokenRange, rule: bool) -> Vec<u32> {
    let end = group_end(found);
    let between = end..piece.start;
    let last = found.pieces.last().map_or(end, |p| p.end);
    let count = |kept: Classes| {
        let own = |&i: &usize| scene.region(i).is_none() && scene.name(i).is_none() && scene.has(i, kept);
        between.clone().take(40).filter(own).count().min(3) as u64
    };
    let verbs =
        count(Classes::AUXILIARY | Classes::VERB) << 4 | count(Classes::CUE_VERB) << 2 | count(Classes::CONJUNCTION);
    let quoted = between.clone().take(60).any(|i| scene.region(i).is_some());
    let stop = between.clone().take(60).any(|i| scene.kind(i) == Kind::Stop);
    let word = |i: usize| scene.token(i).hash;
    let cue = found.cue.as_ref().map_or(1, |c| word(c.start));
    let trailing = found.cue.as_ref().is_some_and(|c| c.start >= last);
    let inside = scene.kind(last.saturating_sub(2)) as u64;
    let shape = u64::from(rule)
        | u64::from(quoted) << 1
        | u64::from(stop) << 2
        | u64::from(trailing) << 3
        | u64::from(scene.token(piece.start + 1).is_capital()) << 4
        | inside << 5;
    let before = piece.start.saturating_sub(1);
    let ends = u64::from(scene.kind(piece.end.saturating_sub(2)) == Kind::Stop);
    let length = bucket(piece.start, end);
    let mut out = Vec::with_capacity(20);
    let mut add = |template: u32, a: u64, b: u64| out.push(feature(((Decision::Join as u32) << 8) + template, a, b));
    add(0, 0, 0);
    add(1, shape, 0);
    add(2, shape, length);
    add(3, length, verbs);
    add(4, word(end), shape & 0xF);
    add(5, word(before), shape & 0xF);
    add(6, word(before), word(before.saturating_sub(1)));
    add(7, cue, shape);
    add(8, verbs, shape);
    add(9, word(end), word(end + 1));
    add(10, bucket(piece.end, piece.start), shape);
    add(11, ends, shape);
    add(12, scene.kind(before) as u64, shape);
    add(13, found.pieces.len().min(3) as u64, length);
    add(14, found.source.as_ref().map_or(9, |s| s.form as u64), verbs);
    out
}
