//! Somebody or something that a name in quote marks is given, `The court termed the road "pathetic"`: the attributions of an article
//! in, those that nobody has so far out.

use super::floating::BRANDED;
use super::taken::{Taken, overlooked};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::marks::Region;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Between the verb and the quoted words stand no more tokens.
const MOST_BETWEEN: usize = 14;

/// The quoted words that the text says somebody called something, and that no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let regions = scene.regions.iter().filter(|r| r.parent.is_none() && r.closed && !taken.holds(r.tokens.start));
    let free = |(verb, said, _): &(usize, TokenRange, Source)| !taken.has(&(*verb..verb + 1), said);
    let one = |(verb, said, source): (usize, TokenRange, Source)| {
        overlooked(said, Some(verb..verb + 1), source, "what somebody calls something", 0.6)
    };
    regions.filter_map(|r| branded(scene, r)).filter(free).map(one).collect()
}

/// The verb, the words from its object to the closing mark, and the subject.
fn branded(scene: &Scene<'_, '_>, region: &Region) -> Option<(usize, TokenRange, Source)> {
    let start = region.tokens.start;
    let sentence = scene.sentence(start)?;
    let prose = scene.structure.blocks[scene.block_of(start)].role == Role::Paragraph;
    let plain = |&i: &usize| scene.region(i).is_none() && !matches!(scene.kind(i), Kind::Comma | Kind::Stop);
    let near = (sentence.start.max(start.saturating_sub(MOST_BETWEEN))..start).rev().take_while(plain);
    let verb = near.into_iter().find(|&i| scene.is_any(i, &BRANDED) && scene.name(i).is_none())?;
    let between = verb + 1..start;
    let object = !between.is_empty() && !scene.has_verb(&between) && !scene.has(verb + 1, Classes::PREPOSITION);
    let end = before_auxiliaries(scene, sentence.start, verb);
    let passive = (end..verb).any(|i| scene.is_any(i, &["is", "are", "was", "were", "been", "being", "be"]));
    let source =
        phrase::before(scene, sentence.start, end).filter(|s| prose && object && !passive && speaks(scene, s))?;
    Some((verb, verb + 1..region.tokens.end, source))
}

/// Whether the phrase is a person, a body or a pronoun for a person.
fn speaks(scene: &Scene<'_, '_>, source: &Source) -> bool {
    let last = source.core.end - 1;
    let named = scene.name(last).is_some_and(|n| matches!(n.kind, EntityType::Person | EntityType::Organization));
    let office = scene.has(last, Classes::ROLE | Classes::COLLECTIVE | Classes::ORG_NOUN) && scene.name(last).is_none();
    let pronoun = source.form == Form::Pronoun && scene.is_any(source.core.start, &["he", "she", "they", "i", "we"]);
    named || office || pronoun
}
