//! Quoted words on either side of one tag, which something within the tag parted: those of an article in, the same as one quote out.

use crate::quotes::attribution::Attribution;
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// A tag has no more tokens.
const MOST_OF_TAG: usize = 40;

/// Joins the attributions of an article, which stand in order.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let mut kept: Vec<Attribution> = Vec::with_capacity(found.len());
    for mut next in std::mem::take(found) {
        let near = kept.iter().rev().take(2).position(|said| is_one(scene, said, &next));
        let Some(said) = near.map(|back| kept.len() - 1 - back) else {
            kept.push(next);
            continue;
        };
        let end = kept[said].pieces.last().map_or(0, |p| p.end);
        let pieces = next.pieces.drain(..).filter(|p| p.start >= end);
        kept[said].pieces.extend(pieces);
    }
    *found = kept;
}

/// `"I make cakes," he said, shaking his head. "Only cakes."`: whether the words of the second go on with those of the first, behind
/// the tag that ends their sentence.
fn is_one(scene: &Scene<'_, '_>, said: &Attribution, next: &Attribution) -> bool {
    let (Some(cue), Some(first), Some(last)) = (&said.cue, said.pieces.first(), said.pieces.last()) else {
        return false;
    };
    let quoted = said.pieces.iter().all(|p| scene.opens_region(p.start).is_some());
    let told = next.cue.as_ref().is_some_and(|c| c.start > cue.end && is_when_told(scene, c.start));
    let goes_on = |start: usize| start > cue.end && scene.opens_region(start).is_some();
    let Some(start) = next.pieces.iter().map(|p| p.start).find(|&start| goes_on(start)) else { return false };
    let free = next.cue.is_none() && !next.unmarked && next.pieces.len() == 1 || told;
    // A tag in the middle of a sentence, or one that has words behind it already.
    let before = first.end <= cue.start && last.end <= cue.start && cue.start - last.end < MOST_OF_TAG;
    let near = start - last.end < MOST_OF_TAG && scene.block_of(first.start) == scene.block_of(start);
    quoted && free && before && near && is_tag(scene, last.end, start)
}

/// `Roe said, when told of it.`: whether the verb at the token is what happened to who spoke.
fn is_when_told(scene: &Scene<'_, '_>, at: usize) -> bool {
    at > 0 && scene.is(at - 1, "when") && scene.is_any(at, &["told", "asked", "pressed", "reminded"])
}

/// Whether nothing but the rest of one sentence stands between, without other quoted words.
fn is_tag(scene: &Scene<'_, '_>, from: usize, to: usize) -> bool {
    let stops = (from..to).filter(|&i| scene.kind(i) == Kind::Stop && scene.region(i).is_none());
    let ends = to.checked_sub(1).is_some_and(|i| scene.kind(i) == Kind::Stop);
    // "Ms. Roe said".
    let sentence = scene.sentence(to - 1).is_some_and(|s| s.contains(&from) || s.start < from);
    ends && (stops.count() == 1 || sentence) && !(from..to).any(|i| scene.region(i).is_some())
}
