//! Candidates with their own evidence in, types out: the same words have one type throughout an article, and a surname
//! is a person where the whole name is one.

use super::parts::Candidate;
use super::scene::Scene;
use super::typing::{Points, best, slot};
use crate::article::EntityType;
use crate::text::{Kind, TokenRange, Tokens};
use rustc_hash::FxHashMap;

/// Points that a whole name of a known type lends to a part of it.
const LENT: i32 = 5;

/// One type for each candidate.
pub(super) fn types(scene: &Scene<'_, '_>, names: &[Candidate], own: &[Points]) -> Vec<EntityType> {
    let keys: Vec<u64> = names.iter().map(|n| key(scene.tokens, &n.tokens)).collect();
    let mut totals: FxHashMap<u64, Points> = FxHashMap::default();
    for (key, points) in keys.iter().zip(own) {
        let total = totals.entry(*key).or_default();
        for (sum, more) in total.iter_mut().zip(points) {
            *sum += more;
        }
    }
    let mut parts: FxHashMap<u64, Points> = FxHashMap::default();
    for (name, key) in names.iter().zip(&keys) {
        let total = totals[key];
        let kind = best(&total);
        if name.tokens.len() > 1 && total[slot(kind)] >= 5 {
            lend(scene.tokens, &name.tokens, kind, &mut parts);
        }
    }
    let kind = |(name, key): (&Candidate, &u64)| {
        let mut points = totals[key];
        if name.tokens.len() == 1
            && let Some(lent) = parts.get(&scene.tokens[name.tokens.start].hash)
        {
            for (sum, more) in points.iter_mut().zip(lent) {
                *sum += more;
            }
        }
        best(&points)
    };
    names.iter().zip(&keys).map(kind).collect()
}

/// One value for the same words in any case.
pub(super) fn key(tokens: &Tokens<'_>, range: &TokenRange) -> u64 {
    range
        .clone()
        .filter(|&i| tokens[i].hash != 0)
        .fold(0, |key, i| (key ^ tokens[i].hash).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23))
}

fn lend(tokens: &Tokens<'_>, range: &TokenRange, kind: EntityType, parts: &mut FxHashMap<u64, Points>) {
    let mut words = range.clone().filter(|&i| tokens[i].kind == Kind::Word);
    let (Some(first), last) = (words.next(), words.next_back()) else { return };
    let mut give = |i: usize| parts.entry(tokens[i].hash).or_default()[slot(kind)] = LENT;
    match kind {
        EntityType::Person => {
            give(first);
            if let Some(last) = last {
                give(last);
            }
        }
        EntityType::Organization => give(first),
        EntityType::Place | EntityType::Group | EntityType::Misc => {}
    }
}
