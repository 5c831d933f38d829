//! A cluster in, its entity out: name, id, description, gender and how often it is spoken of.

use super::cluster::Clusters;
use super::descriptions::Description;
use super::gender::Gender;
use super::{Entity, Found, Mention, SpeakerLink};
use crate::article::EntityType;
use crate::lang::Classes;

/// What the article says of its entities.
pub(super) struct Profiles {
    /// The fullest description of each cluster, as its place among the descriptions.
    fullest: Vec<Option<usize>>,
    n_mentions: Vec<usize>,
    n_quotes: Vec<usize>,
}

impl Profiles {
    /// Counts the mentions and speakers, whose entities are clusters still.
    pub(super) fn new(
        found: &Found<'_, '_>,
        count: usize,
        known: &[Description],
        mentions: &[Mention],
        links: &[Option<SpeakerLink>],
    ) -> Self {
        let mut fullest: Vec<Option<usize>> = vec![None; count];
        for (i, description) in known.iter().enumerate().filter(|(_, d)| tells(found, d)) {
            let best = &mut fullest[description.cluster];
            if best.is_none_or(|b| words(found, &known[b]) < words(found, description)) {
                *best = Some(i);
            }
        }
        let (mut n_mentions, mut n_quotes) = (vec![0; count], vec![0; count]);
        mentions.iter().filter_map(|m| m.entity).for_each(|id| n_mentions[id] += 1);
        links.iter().flatten().for_each(|link| n_quotes[link.entity] += 1);
        Self { fullest, n_mentions, n_quotes }
    }

    /// The entity of a cluster; `gender` is what names, titles and pronouns told.
    pub(super) fn entity(
        &self,
        found: &Found<'_, '_>,
        clusters: &Clusters,
        known: &[Description],
        (id, gender): (usize, Gender),
    ) -> Entity {
        let cluster = &clusters.list[id];
        let record = cluster.record.and_then(|r| found.gazetteer.map(|g| g.record(r)));
        let listed = record.as_ref().and_then(|r| r.gender.as_deref()).map_or(Gender::Unknown, Gender::of_listed);
        let gender = if listed == Gender::Unknown { gender } else { listed };
        let description = self.fullest[id].map(|d| plain(found.tokens.span(&known[d].tokens).of(found.tokens.text)));
        let written = || plain(found.names[cluster.name].span.of(found.tokens.text));
        Entity {
            name: record.as_ref().map_or_else(written, |r| r.name.clone()),
            kind: cluster.kind,
            kb_id: record.map(|r| r.id),
            description,
            gender: if cluster.kind == EntityType::Person { gender } else { Gender::Unknown },
            n_mentions: self.n_mentions[id],
            n_quotes: self.n_quotes[id],
        }
    }
}

/// On one line, with single spaces.
fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn words(found: &Found<'_, '_>, description: &Description) -> usize {
    description.tokens.clone().filter(|&t| found.tokens[t].is_word()).count()
}

/// Whether a description says more than "Mr" does.
fn tells(found: &Found<'_, '_>, description: &Description) -> bool {
    let courtesy = |t: usize| found.has(t, Classes::TITLE) && !found.has(t, Classes::ROLE | Classes::COMMON);
    words(found, description) > 1 || description.tokens.clone().any(|t| found.tokens[t].is_word() && !courtesy(t))
}
