//! A lead that keeps the name back in, whose it is out: "A former comptroller was sentenced on Wednesday. Raymond Roe, 58,
//! wept": news names such a person in the paragraph after.

use super::Found;
use super::cluster::Clusters;
use super::descriptions::Description;
use super::gender::Gender;
use crate::article::{EntityType, Role};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// How many paragraphs after the lead are looked at for the name.
const AFTER: usize = 2;
/// The most words of such a description.
const LONGEST: usize = 6;

/// Adds the person that headline, deck and first paragraph describe without a name to `known`.
pub(super) fn introduced(found: &Found<'_, '_>, clusters: &Clusters, known: &mut Vec<Description>) {
    let blocks = &found.structure.blocks;
    let Some(lead) = blocks.iter().position(|b| b.role == Role::Paragraph) else { return };
    let Some(range) = described(found, &blocks[lead].tokens) else { return };
    let persons = |range: &TokenRange| {
        found.names_in(range).filter(|&i| clusters.list[clusters.of[i]].kind == EntityType::Person).collect::<Vec<_>>()
    };
    let told = persons(&(0..blocks[lead].tokens.end));
    let gender = Gender::in_words(found, &range);
    let mut after = blocks[lead + 1..].iter().filter(|b| b.role == Role::Paragraph).take(AFTER);
    let bearer = after.find_map(|block| {
        let begins = found.structure.sentences.partition_point(|s| s.tokens.start < block.tokens.start);
        let sentence = found.structure.sentences.get(begins)?;
        let first = *persons(&sentence.tokens).first()?;
        let name = &found.names[first];
        let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
        let aged = found.text_at(name.tokens.end) == ","
            && found.tokens.get(name.tokens.end + 1).is_some_and(|t| t.kind == Kind::Number);
        let cluster = clusters.of[first];
        let fits = (aged || start <= sentence.tokens.start + 1 && name.title.is_none())
            && gender.fits(clusters.list[cluster].gender)
            && !told.iter().any(|&i| clusters.of[i] == cluster);
        fits.then_some(cluster)
    });
    let Some(cluster) = bearer else { return };
    let headline = blocks[..lead].iter().find(|b| b.role == Role::Headline).and_then(|b| subject(found, &b.tokens));
    let headline = headline.filter(|r| Gender::in_words(found, r).fits(gender) && persons(&(0..r.end + 1)).is_empty());
    for tokens in [Some(range), headline].into_iter().flatten() {
        let head = found.tokens[tokens.end - 1].hash;
        let at = known.partition_point(|d| d.tokens.start < tokens.start);
        known.insert(at, Description { cluster, tokens, is_title: false, head, owner: None });
    }
}

/// "widow" of "Care home fire: widow tells jury": a noun for one person right before a verb of saying.
fn subject(found: &Found<'_, '_>, headline: &TokenRange) -> Option<TokenRange> {
    let role = |t: usize| found.has(t, Classes::ROLE) && !found.has(t, Classes::COLLECTIVE) && !found.is_body_noun(t);
    let at =
        headline.clone().find(|&t| role(t) && found.has(t + 1, Classes::CUE_VERB) && !found.tokens[t].is_capital());
    at.map(|t| t..t + 1)
}

/// "A 67-year-old rancher": the first phrase with "a" in the lead whose noun is one for a person, by list, by age or because a
/// relative clause with "who" follows.
fn described(found: &Found<'_, '_>, lead: &TokenRange) -> Option<TokenRange> {
    lead.clone().find_map(|at| {
        if !matches!(found.text_at(at), "a" | "an" | "A" | "An") {
            return None;
        }
        let stops = |t: usize| {
            !found.tokens[t].is_word() && !matches!(found.tokens[t].kind, Kind::Dash | Kind::Number)
                || found.is_small(t)
                || found.has(t, Classes::CUE_VERB) && !found.has(t, Classes::ROLE)
        };
        let end = (at + 1..lead.end).find(|&t| stops(t))?;
        let role = (at + 1..end).rev().find(|&t| found.has(t, Classes::ROLE));
        let who = matches!(found.text_at(end), "who" | "whose");
        let aged = (at + 1..end).any(|t| found.text_at(t) == "old");
        let end = if who || aged && role.is_none() { end } else { role? + 1 };
        let plain = (at + 1..end).all(|t| !found.tokens[t].is_capital() || found.has(t, Classes::DEMONYM));
        let single = !found.has(end - 1, Classes::COLLECTIVE) && !found.is_body_noun(end - 1);
        (plain && single && end > at + 1 && end - at <= 2 * LONGEST).then_some(at..end)
    })
}
