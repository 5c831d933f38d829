//! Names in, the type of each out as the article as a whole tells it: "Ed Roe" beside "Mr Roe" is a person, and one name is not a
//! person here and a company there.

use super::Found;
use super::keys::Words;
use super::view::PLACES;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::names::Name;
use rustc_hash::{FxHashMap, FxHashSet};

/// The types that are weighed against each other.
const KINDS: [EntityType; 3] = [EntityType::Organization, EntityType::Person, EntityType::Place];

/// How often the article has one name as each of [`KINDS`].
type Votes = [usize; 3];

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
        if let Some(kind) = KINDS.iter().position(|&k| k == name.kind).filter(|_| name.hit.is_none()) {
            votes.entry(own.key).or_default()[kind] += 1;
        }
    }
    let body = |own: &Words| own.list.iter().any(|w| w.classes.intersects(Classes::ORG_NOUN | Classes::ORG_SUFFIX));
    let joined = |name: &Name| name.title.is_none() && name.tokens.clone().any(|t| found.text_at(t) == "&");
    names()
        .map(|(name, own)| match (name.kind, &own.list[..]) {
            (kind, _) if name.hit.is_some() || !KINDS.contains(&kind) => kind,
            // "Roe & Daughters".
            (EntityType::Person, [_, _, ..]) if joined(name) => EntityType::Organization,
            (EntityType::Organization, [_, .., last]) if own.len() < 4 && titled.contains(&last.hash) && !body(own) => {
                EntityType::Person
            }
            (kind, [only]) if titled.contains(&only.hash) || parts.contains(&only.hash) => kind,
            (kind, _) => votes.get(&own.key).map_or(kind, |votes| elected(kind, own, votes)),
        })
        .collect()
}

/// The type of most of the names that read like this one. A word that no list of persons has is an organization rather.
fn elected(kind: EntityType, own: &Words, votes: &Votes) -> EntityType {
    let [bodies, persons, places] = *votes;
    let any = |classes: Classes| own.list.iter().any(|w| w.classes.intersects(classes));
    if places > 0 && any(PLACES) {
        return kind;
    }
    if bodies > 0 && persons > 0 && places == 0 && !any(Classes::FORENAME | Classes::SURNAME) {
        return EntityType::Organization;
    }
    let most = bodies.max(persons).max(places);
    KINDS.iter().zip(votes).find(|&(_, &v)| v == most).map_or(kind, |(&k, _)| k)
}
