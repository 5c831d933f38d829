//! Mentions in, the order of the clusters by prominence out; mentions and speakers are numbered by it.

use super::{Found, Mention, SpeakerLink};
use crate::article::{Form, Role};

/// What a mention in the headline counts for.
const HEADLINE: u32 = 4;
/// What a mention in the first paragraph counts for.
const LEAD: u32 = 2;

/// The clusters, the most prominent first, whose entities' ids are their places in this order.
pub(super) fn rank(
    found: &Found<'_, '_>,
    count: usize,
    mentions: &mut [Mention],
    speakers: &mut [Option<SpeakerLink>],
) -> Vec<usize> {
    let (mut weight, mut first) = (vec![0u32; count], vec![u32::MAX; count]);
    let lead = found.structure.blocks.iter().find(|b| b.role == Role::Paragraph).map(|b| b.span);
    let headline = found.structure.blocks.iter().find(|b| b.role == Role::Headline).map(|b| b.span);
    for mention in mentions.iter() {
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
    for mention in mentions {
        mention.entity = mention.entity.map(|id| rank[id]);
    }
    for link in speakers.iter_mut().flatten() {
        link.entity = rank[link.entity];
    }
    order
}
