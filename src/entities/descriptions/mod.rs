//! Clusters in, descriptions out: what titles, appositions and nouns [`before`] and [`behind`] a name say that its bearer is.

mod before;
mod behind;

use super::Found;
use super::cluster::Clusters;
use super::gender::Gender;
use super::view::PLACES;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::TokenRange;

/// Words beside a name that say what it is.
#[derive(Clone, Debug)]
pub(super) struct Description {
    pub cluster: usize,
    pub tokens: TokenRange,
    /// A title right before the name.
    pub is_title: bool,
    /// Hash of the head noun: minister, company.
    pub head: u64,
    /// Token of a country or body that it belongs to: "Russia", "Serbian", "UN".
    pub owner: Option<usize>,
}

/// Nouns for media.
const MEDIA: [&str; 7] = ["channel", "newspaper", "daily", "magazine", "website", "broadcaster", "station"];

/// Longest apposition, in tokens.
const LONGEST: usize = 16;

/// The descriptions next to names, in order; persons learn their gender from them.
pub(super) fn beside_names(found: &Found<'_, '_>, clusters: &mut Clusters) -> Vec<Description> {
    let mut all = Vec::new();
    for (i, name) in found.names.iter().enumerate() {
        let cluster = clusters.of[i];
        let kind = clusters.list[cluster].kind;
        let from = all.len();
        if let Some(title) = &name.title {
            all.push(before::title(found, i, title, cluster));
        } else if matches!(kind, EntityType::Person | EntityType::Organization) {
            all.extend(before::role(found, i, cluster));
        }
        if matches!(kind, EntityType::Person | EntityType::Organization) {
            all.extend(behind::comma(found, i, cluster));
            all.extend(before::comma(found, i, cluster));
        }
        if matches!(kind, EntityType::Organization | EntityType::Misc | EntityType::Place) {
            all.extend(noun_after(found, i, cluster));
        }
        for d in &all[from..] {
            let gender = Gender::in_words(found, &d.tokens);
            if kind == EntityType::Person && clusters.list[cluster].gender == Gender::Unknown {
                clusters.list[cluster].gender = gender;
            }
        }
    }
    all.sort_by_key(|d| d.tokens.start);
    all
}

/// A phrase with a role or a body as its head.
fn describe(found: &Found<'_, '_>, tokens: TokenRange, cluster: usize) -> Option<Description> {
    let head = found.head(&tokens).or_else(|| found.noun(&tokens))?;
    let owner =
        tokens.clone().find(|&t| found.tokens[t].is_capital() && found.has(t, Classes::COUNTRY | Classes::DEMONYM));
    Some(Description { cluster, tokens, is_title: false, head: found.tokens[head].hash, owner })
}

/// "Al-Hadath television channel": the noun says what it is, without being a description of its own.
/// A place has a bank or a clinic, and is none; a medium may pass for a place.
fn noun_after(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let place = found.names[i].kind == EntityType::Place;
    if place && found.has(found.names[i].tokens.start, PLACES) {
        return None;
    }
    let start = found.names[i].tokens.end;
    let end = (start..found.tokens.len().min(start + 3))
        .take_while(|&t| found.tokens[t].is_word() && !found.tokens[t].is_capital() && !found.is_small(t))
        .last()?
        + 1;
    let head = (start..end).rev().find(|&t| found.is_body_noun(t) && (!place || MEDIA.contains(&found.text_at(t))))?;
    // "Selby police station" broadcasts nothing.
    let house =
        head > start && matches!(found.text_at(head - 1), "police" | "railway" | "bus" | "fire" | "power" | "metro");
    if house && found.text_at(head) == "station" {
        return None;
    }
    // "The GCM court case" is no court.
    let of_case =
        matches!(found.text_at(head + 1), "case" | "cases" | "ruling" | "order" | "hearing" | "battle" | "building");
    // "Told the Observer government plans": no newspaper and no party is the government.
    if of_case || found.text_at(head) == "government" {
        return None;
    }
    Some(Description { cluster, tokens: head..head, is_title: false, head: found.tokens[head].hash, owner: None })
}
