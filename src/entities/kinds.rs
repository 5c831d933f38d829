//! Names in, the type of each out as the article as a whole tells it: "Ed Roe" beside "Mr Roe" is a person, and one word is not a
//! person here and a company there.

use super::Found;
use super::keys::Words;
use crate::article::EntityType;
use crate::lang::Classes;
use rustc_hash::{FxHashMap, FxHashSet};

/// How often one word is typed as a person and as an organization.
#[derive(Default)]
struct Votes {
    persons: usize,
    bodies: usize,
}

/// The type of each name.
pub(super) fn settle(found: &Found<'_, '_>, words: &[Words]) -> Vec<EntityType> {
    let names = || found.names.iter().zip(words);
    let mut titled: FxHashSet<u64> = FxHashSet::default();
    let mut parts: FxHashSet<u64> = FxHashSet::default();
    let mut votes: FxHashMap<u64, Votes> = FxHashMap::default();
    for (name, own) in names() {
        let person = name.kind == EntityType::Person;
        if person && name.title.is_some() {
            titled.extend(own.last().map(|w| w.hash));
        }
        if person && own.len() > 1 {
            parts.extend([own.first(), own.last()].into_iter().flatten().map(|w| w.hash));
        }
        if own.len() == 1 && name.hit.is_none() {
            let vote = votes.entry(own.key).or_default();
            vote.persons += usize::from(person);
            vote.bodies += usize::from(name.kind == EntityType::Organization);
        }
    }
    let body = |own: &Words| own.list.iter().any(|w| w.classes.intersects(Classes::ORG_NOUN | Classes::ORG_SUFFIX));
    names()
        .map(|(name, own)| match (name.kind, &own.list[..]) {
            (kind, _) if name.hit.is_some() => kind,
            (EntityType::Organization, [_, .., last]) if own.len() < 4 && titled.contains(&last.hash) && !body(own) => {
                EntityType::Person
            }
            (kind @ (EntityType::Person | EntityType::Organization), [only])
                if !titled.contains(&only.hash) && !parts.contains(&only.hash) =>
            {
                let personal = only.classes.intersects(Classes::FORENAME | Classes::SURNAME);
                match votes.get(&own.key) {
                    Some(v) if v.persons > 0 && v.bodies > 0 && (!personal || v.bodies > v.persons) => {
                        EntityType::Organization
                    }
                    Some(v) if v.persons > 0 && v.bodies > 0 => EntityType::Person,
                    _ => kind,
                }
            }
            (kind, _) => kind,
        })
        .collect()
}
