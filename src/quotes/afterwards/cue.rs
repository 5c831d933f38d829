//! Which word reports: an attribution whose cue is an auxiliary, an adverb or a particle in, the same with its verb out.

use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// So many auxiliaries and adverbs stand before a verb.
const MOST_AUXILIARIES: usize = 4;

/// Verbs that report with "back" behind them.
const BACK: [&str; 12] =
    ["shot", "shoots", "hit", "hits", "fired", "fires", "fought", "snapped", "shouted", "clapped", "pushed", "barked"];

/// Mends the cue of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    main_verb(scene, found);
    with_particle(scene, found);
}

/// "She has steadfastly maintained her innocence", "they are also pushing for it", "he was critical of it": the word behind the
/// auxiliary and the adverbs reports.
fn main_verb(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.as_mut().filter(|c| c.len() == 1) else { return };
    let helps = |i: usize| {
        let adverb = scene.word(i).ends_with("ly") || scene.has(i, Classes::ADVERB | Classes::AUXILIARY);
        (adverb || scene.is_any(i, &["also", "not", "n't", "still", "now", "so"])) && scene.name(i).is_none()
    };
    if !helps(cue.start) || scene.has(cue.start, Classes::CUE_VERB) {
        return;
    }
    let main = (cue.end..cue.end + MOST_AUXILIARIES).find(|&i| !helps(i)).unwrap_or(cue.end);
    let function = Classes::DETERMINER | Classes::PREPOSITION | Classes::PRONOUN | Classes::CONJUNCTION;
    let plain = scene.kind(main) == Kind::Word && !scene.token(main).is_capital() && !scene.has(main, function);
    let before = found.pieces.iter().all(|p| p.end <= cue.start || p.start > main);
    if plain && before && scene.name(main).is_none() && scene.region(main).is_none() {
        *cue = main..main + 1;
    }
}

/// `Roe shot back: "Never."`: the verb before the particle reports.
fn with_particle(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.as_mut().filter(|c| scene.is(c.start, "back")) else { return };
    if let Some(verb) = cue.start.checked_sub(1).filter(|&i| scene.is_any(i, &BACK) && scene.region(i).is_none()) {
        *cue = verb..verb + 1;
    }
}
