//! Clusters and mentions in, the article's entities out, the most prominent first.

use super::cluster::Clusters;
use super::{Entity, Found, Linked, Mention, SpeakerLink};
use crate::article::{Form, Role};

/// What a mention in the headline counts for.
const HEADLINE: u32 = 4;
/// What a mention in the first paragraph counts for.
const LEAD: u32 = 2;

/// Numbers the clusters by prominence and makes entities of them.
pub(super) fn rank(
    found: &Found<'_, '_>,
    clusters: &Clusters,
    mut mentions: Vec<Mention>,
    mut speakers: Vec<Option<SpeakerLink>>,
) -> Linked {
    let count = clusters.list.len();
    let (mut weight, mut first) = (vec![0u32; count], vec![u32::MAX; count]);
    let lead = found.structure.blocks.iter().find(|b| b.role == Role::Paragraph).map(|b| b.span);
    let headline = found.structure.blocks.iter().find(|b| b.role == Role::Headline).map(|b| b.span);
    for mention in &mentions {
        let Some(entity) = mention.entity else { continue };
        let place = |span: Option<crate::span::Span>, points| {
            if span.is_some_and(|s| s.contains(mention.span)) { points } else { 0 }
        };
        let named = !matches!(mention.form, Form::Title | Form::Nominal);
        weight[entity] += u32::from(named) + place(headline, HEADLINE) + place(lead, LEAD);
        first[entity] = first[entity].min(mention.span.start);
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&id| (std::cmp::Reverse(weight[id]), first[id], id));
    let mut rank = vec![0; count];
    for (at, &id) in order.iter().enumerate() {
        rank[id] = at;
    }
    for mention in &mut mentions {
        mention.entity = mention.entity.map(|id| rank[id]);
    }
    for link in speakers.iter_mut().flatten() {
        link.entity = rank[link.entity];
    }
    let entities = order.iter().map(|&id| entity(found, clusters, id)).collect();
    Linked { mentions, entities, speakers }
}

fn entity(found: &Found<'_, '_>, clusters: &Clusters, id: usize) -> Entity {
    let cluster = &clusters.list[id];
    let record = cluster.record.and_then(|r| found.gazetteer.map(|g| g.record(r)));
    let written = || {
        let text = found.names[cluster.name].span.of(found.tokens.text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Entity {
        name: record.as_ref().map_or_else(written, |r| r.name.clone()),
        kind: cluster.kind,
        kb_id: record.map(|r| r.id),
    }
}
