//! A second verb of the same subject, "He claimed the fence was his and alleged she had moved it": the attributions of an article in,
//! those that nobody has so far out.

use super::is_finite;
use super::taken::Taken;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::scene::Scene;
use crate::text::TokenRange;

/// Verbs that report a clause, with "that" or without.
const REPORTS: [&str; 16] = [
    "alleged",
    "claimed",
    "said",
    "added",
    "insisted",
    "argued",
    "warned",
    "suggested",
    "predicted",
    "stressed",
    "noted",
    "complained",
    "promised",
    "admitted",
    "announced",
    "conceded",
];

/// What the second verbs report and no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let one = |first: &Attribution| {
        let (cue, said) = second(scene, first)?;
        let free = !taken.has(&cue, &said);
        free.then(|| Attribution {
            pieces: vec![said],
            cue: Some(cue),
            reason: "second verb of the subject",
            confidence: 0.6,
            ..first.clone()
        })
    };
    found.iter().filter_map(one).collect()
}

/// The verb behind the "and" that ends a content, and its clause.
fn second(scene: &Scene<'_, '_>, first: &Attribution) -> Option<(TokenRange, TokenRange)> {
    let (source, cue) = (first.source.as_ref()?, first.cue.as_ref()?);
    let and = first.pieces.last().map(|p| p.end).filter(|&end| end > cue.end && scene.is(end, "and"))?;
    let verb = and + 1;
    let reports = scene.is_any(verb, &REPORTS) && scene.region(verb).is_none() && source.core.end <= cue.start;
    let finite = scene.has(cue.start, Classes::CUE_VERB) && !scene.word(cue.start).ends_with("ing");
    let sentence = scene.sentence(cue.start).filter(|s| s.contains(&verb) && reports && finite)?;
    let start = verb + 1 + usize::from(scene.is(verb + 1, "that"));
    let ends = |&i: &usize| scene.region(i).is_none() && (scene.word(i) == ";" || scene.is_break_dash(i));
    let end = (start..sentence.end).find(ends).unwrap_or(sentence.end);
    let said = scene.trim(&(start..end));
    let opens = Classes::DETERMINER | Classes::PRONOUN | Classes::TITLE;
    let subject = scene.has(start, opens) || scene.name(start).is_some();
    let clause =
        said.len() > 2 && said.clone().skip(1).any(|i| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY));
    (subject && clause && !scene.opens_any(&said)).then_some((verb..verb + 1, said))
}
