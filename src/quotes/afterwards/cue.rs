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
    asking(scene, found);
    telling(scene, found);
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
        if let Some(source) = found.source.as_mut().filter(|s| s.core.end == verb + 1 && s.core.len() > 1) {
            source.core.end = verb;
            source.phrase.end = source.phrase.end.min(verb).max(source.core.end);
        }
    }
}

/// "Roe began by asking why": the participle reports.
fn asking(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.as_mut().filter(|c| c.len() == 1) else { return };
    let begins = scene.is_any(cue.start, &["began", "begins", "started", "opened", "ended", "finished", "concluded"]);
    let verb = cue.end + 1;
    let by = scene.is(cue.end, "by") && scene.has(verb, Classes::CUE_VERB) && scene.word(verb).ends_with("ing");
    if begins && by && found.pieces.iter().all(|p| p.start > verb) {
        *cue = verb..verb + 1;
    }
}

/// `called members to order, telling one: "Go home."`: the participle behind the last comma before the colon reports.
fn telling(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), Some(piece)) = (&mut found.cue, found.pieces.first()) else { return };
    let Some(colon) = piece.start.checked_sub(1).filter(|&i| scene.word(i) == ":" && i > cue.end) else { return };
    let near = colon.saturating_sub(MOST_AUXILIARIES).max(cue.end)..colon;
    let tells =
        |&i: &usize| scene.is_any(i, &["telling", "asking", "warning", "reminding"]) && scene.word(i - 1) == ",";
    if let Some(verb) = near.rev().find(tells).filter(|_| scene.opens_region(piece.start).is_some()) {
        *cue = verb..verb + 1;
    }
}
