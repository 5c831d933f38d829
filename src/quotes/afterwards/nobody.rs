//! Words that nobody in the text says: "It should be noted", "he reportedly left".

use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::scene::Scene;

/// Takes the source away where the phrase that stands for one says nothing.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    if is_impersonal(scene, found) || is_hearsay(scene, found) {
        found.source = None;
    }
}

/// "It should be noted that", "it was agreed": the passive of "it" has no speaker.
fn is_impersonal(scene: &Scene<'_, '_>, found: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return false };
    let it = source.core.len() == 1 && scene.is(source.core.start, "it") && source.core.end < cue.start;
    let verb = before_auxiliaries(scene, source.core.end, cue.start);
    let passive = (verb..cue.start).any(|i| scene.is_any(i, &["be", "been", "is", "was"]));
    let participle = scene.word(cue.start).ends_with("ed") || scene.is_any(cue.start, &["said", "known", "understood"]);
    it && verb == source.core.end && passive && participle
}

/// "Roe reportedly left": others report it of Roe.
fn is_hearsay(scene: &Scene<'_, '_>, found: &Attribution) -> bool {
    let adverb = |i: usize| scene.is_any(i, &["reportedly", "allegedly", "supposedly"]) && scene.name(i).is_none();
    found.cue.as_ref().is_some_and(|c| c.len() == 1 && adverb(c.start))
        && found.source.as_ref().is_some_and(|s| !scene.has(s.core.start, Classes::PREPOSITION))
}
