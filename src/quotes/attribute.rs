//! A passage in, its attributions out: the ranker's, and the rules' where it has none.

use super::attribution::Attribution;
use super::scene::{Passage, Scene};
use super::{inserted, ranker, resume, rules, tagged};

/// The attributions of a passage: by the trained ranker where there is a model, and by rules for the cues that it leaves
/// without content; by rules alone otherwise. Cues between commas are the rules' own.
pub fn passage(scene: &Scene<'_, '_>, passage: &Passage) -> Vec<Attribution> {
    let mut found = match scene.model {
        Some(model) => {
            let ranked = ranker::passage(scene, passage, model);
            let mut found = ranked.found;
            if !ranked.empty_handed.is_empty() {
                let is_left = |a: &Attribution| a.cue.as_ref().is_some_and(|c| ranked.empty_handed.contains(&c.start));
                found.extend(rules::passage(scene, passage).into_iter().filter(is_left));
            }
            found
        }
        None => rules::passage(scene, passage),
    };
    for inserted in inserted::find(scene, passage) {
        let within = |a: &Attribution| match (&a.cue, &inserted.cue) {
            (Some(a), Some(b)) => a.start == b.start,
            _ => false,
        };
        found.retain(|a| !within(a));
        found.push(inserted);
    }
    tagged::complete(scene, passage, &mut found);
    tagged::complete_clause(scene, passage, &mut found);
    found.sort_by_key(|a| a.cue.as_ref().map(|c| c.start));
    resume::merge(scene, &mut found);
    found
}
