//! An attribution that the judge has weighed in, the same with what grammar knows for certain out: its [`cue`] and [`source`],
//! whether a nearer [`subject`] is it, the [`extent`] of it, that it is [`whole`], [`nobody`]'s or [`idle`], the speaker of [`floating`]
//! words and of those [`introduced`] by a colon, its [`content`] and where that [`begins`], what is [`asked`] and of what somebody is [`accused`], what [`headlines`] say, and
//! what stands before [`tags`]; where two attributions [`join`] or are [`rejoined`], what the tags that are [`closing`] a sentence say of it, what is [`branded`] or
//! [`signed`], and what a [`participle`] or a [`coordinated`]
//! verb adds. What
//! these rules mend, the judge may trust as it stands: they come last, so that it learns from the ranker's own offers.

mod accused;
mod asked;
mod begins;
mod branded;
mod closing;
mod content;
mod coordinated;
mod cue;
mod extent;
mod floating;
mod headlines;
mod idle;
mod introduced;
mod joined;
mod nobody;
mod participle;
mod rejoined;
mod signed;
mod source;
mod subject;
mod tags;
mod taken;
mod whole;

pub use joined::join;

use super::attribution::Attribution;
use super::phrase;
use super::scene::Scene;
use crate::lang::Classes;
use crate::text::TokenRange;

/// Mends one attribution.
pub fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    source::without_clause(scene, found);
    content::swapped(scene, found);
    content::says_last(scene, found);
    headlines::mend(scene, found);
    subject::mend(scene, found);
    cue::mend(scene, found);
    source::mend(scene, found);
    extent::mend(scene, found);
    whole::mend(scene, found);
    floating::mend(scene, found);
    introduced::mend(scene, found);
    content::mend(scene, found);
    accused::mend(scene, found);
    asked::mend(scene, found);
    begins::mend(scene, found);
    idle::mend(scene, found);
    tags::mend(scene, found);
    nobody::mend(scene, found);
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
