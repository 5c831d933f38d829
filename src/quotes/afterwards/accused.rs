//! Charges: what somebody is accused of and who accuses, and what the accused pleads; an attribution in, the same mended out.

use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;

/// Between "accused" and "of" stand no more tokens.
const MOST_BETWEEN: usize = 6;

/// Who accuses has no more tokens behind "by".
const MOST_SOURCE: usize = 16;

/// Mends the source and the content of a charge.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    charged(scene, found);
    pleaded(scene, found);
}

/// `Ministers were accused last night of "cooking the books" by unions`: whoever is accused accuses nobody.
fn charged(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    if !scene.is(cue.start, "accused") || piece.start < cue.end {
        return;
    }
    let from = found.source.as_ref().map_or(cue.start.saturating_sub(MOST_BETWEEN), |s| s.core.end);
    let verb = before_auxiliaries(scene, from.min(cue.start), cue.start);
    if !(verb..cue.start).any(|i| scene.is_any(i, &["is", "are", "was", "were", "been", "being", "be"])) {
        return;
    }
    let of = (cue.end..cue.end + MOST_BETWEEN).find(|&i| scene.is(i, "of") && scene.region(i).is_none());
    if let Some(of) = of.filter(|of| piece.contains(of)) {
        piece.start = of + 1;
    }
    if found.source.as_ref().is_some_and(|s| s.core.end <= cue.start) {
        found.source = None;
    }
    let Some(end) = scene.opens_region(piece.start).map(|r| scene.regions[r].tokens.end) else { return };
    if scene.is_any(end, &["after", "amid", "as", "when", "over", "by"]) && end < piece.end {
        piece.end = end;
    }
    if scene.is(end, "by") && found.source.is_none() {
        found.source = phrase::after(scene, end + 1, end + MOST_SOURCE);
    }
}

/// "It had pleaded guilty at the first opportunity": the plea is what was said.
fn pleaded(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    let pleads = scene.is_any(cue.start, &["pleaded", "pleads", "pled", "plead", "pleading"]);
    let plea = scene.is_any(cue.end, &["guilty", "not", "innocent", "no"]);
    if pleads && plea && piece.start > cue.end && piece.start < cue.end + MOST_BETWEEN && !scene.opens_any(piece) {
        piece.start = cue.end;
    }
}
