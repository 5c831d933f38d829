//! An attribution that the judge has weighed in, the same with what grammar knows for certain out: its [`source`], the
//! [`extent`] of it, the speaker of [`floating`] words, and its [`content`]. What these rules mend, the judge may trust as it stands: they come last, so that it learns from the ranker's own
//! offers.

mod content;
mod extent;
mod floating;
mod source;

use super::attribution::Attribution;
use super::phrase;
use super::scene::Scene;
use crate::lang::Classes;
use crate::text::TokenRange;

/// Mends one attribution.
pub fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    source::without_clause(scene, found);
    content::swapped(scene, found);
    content::headline(scene, found);
    source::mend(scene, found);
    extent::mend(scene, found);
    floating::mend(scene, found);
    content::mend(scene, found);
}

/// "He says it is late and orders them home": what somebody says ends before what the same one says next.
pub fn part_joined(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(last), Some(cue), Some(source)) = (before.last_mut(), &rest[0].cue, &rest[0].source) else {
            continue;
        };
        // "For failing to appear and refusing to talk" is all one thing.
        let ing = |c: &TokenRange| scene.word(c.start).ends_with("ing");
        if ing(cue) && !last.cue.as_ref().is_some_and(ing) {
            continue;
        }
        let same = last.source.as_ref().is_some_and(|s| s.core == source.core);
        let Some(piece) = last.pieces.last_mut().filter(|p| same && p.contains(&cue.start)) else { continue };
        let helps = |i: usize| scene.is_any(i, &["has", "have", "had"]) || scene.has(i, Classes::ADVERB);
        let verb = (piece.start..cue.start).rev().take_while(|&i| helps(i)).last().unwrap_or(cue.start);
        if source.core.end <= piece.start && verb > piece.start + 1 && scene.is(verb - 1, "and") {
            *piece = scene.trim(&(piece.start..verb - 1));
        }
    }
}

/// Joins what the end of a region without its closing mark has parted: `"I told him so. "He wants to stay."`
pub fn join_reopened(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let open =
        |i: usize| scene.region(i).is_some_and(|r| !scene.regions[r].closed && scene.regions[r].tokens.end == i + 1);
    found.dedup_by(|next, before| {
        let end = before.pieces.last().map(|p| p.end);
        let start = next.pieces.first().map(|p| p.start);
        let reopened = next.cue.is_none()
            && start == end
            && start.is_some_and(|s| s > 0 && open(s - 1) && scene.opens_region(s).is_some());
        if reopened {
            before.pieces.append(&mut next.pieces);
        }
        reopened
    });
}

/// Whether a phrase begins with a subject and its finite verb, which is not that of a relative clause.
fn is_clause(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let relative = |i: usize| scene.is_any(i, &["who", "which", "that", "whose", "whom", "where"]);
    let verb = range.clone().skip(1).find(|&i| is_finite(scene, i) || relative(i));
    verb.is_some_and(|verb| !relative(verb))
}

/// Whether the token is a finite verb and no noun or participle, as far as its neighbours tell.
fn is_finite(scene: &Scene<'_, '_>, i: usize) -> bool {
    let verb = scene.is_verb(i) && !phrase::is_noun_like(scene, i) && !scene.word(i).ends_with("ing");
    let noun = scene.is(i, "like") || scene.has(i.max(1) - 1, Classes::DETERMINER | Classes::PREPOSITION);
    let transitive = scene.word(i).ends_with("ed") && scene.has(i + 1, Classes::DETERMINER);
    scene.region(i).is_none() && scene.name(i).is_none() && (verb && !noun || transitive)
}
