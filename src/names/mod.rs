//! Tokens and structure in, names out: where names stand and what sort of thing each is.
//!
//! [`scene`] judges the capitals, [`chains`] joins words to runs, [`parts`] cuts runs into names and titles, [`typing`]
//! gathers evidence for each type and [`document`] weighs it over the article. Hits of the gazetteer go before all.

mod chains;
mod document;
mod known;
mod parts;
mod scene;
mod typing;

use crate::article::EntityType;
use crate::gazetteer::Hit;
use crate::lang::Classes;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};
use parts::Candidate;
use scene::Scene;

/// A name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its bytes, without titles, articles and possessives.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// What it is.
    pub kind: EntityType,
    /// The title right before it ("Foreign Minister" of "Foreign Minister Sergey Lavrov"), without a country.
    pub title: Option<TokenRange>,
    /// The number of the gazetteer's hit that it comes from.
    pub hit: Option<usize>,
}

/// Finds the names of an article.
pub fn find(tokens: &Tokens<'_>, classes: &[Classes], structure: &Structure, hits: &[Hit]) -> Vec<Name> {
    let scene = Scene::new(tokens, classes, structure);
    let found = candidates(&scene, structure);
    let own: Vec<_> = found.iter().map(|c| typing::evidence(&scene, c)).collect();
    let kinds = document::types(&scene, &found, &own);
    let name = |(candidate, kind): (Candidate, EntityType)| {
        let span = tokens.span(&candidate.tokens);
        Name { span, tokens: candidate.tokens, kind, title: candidate.title, hit: None }
    };
    with_hits(found.into_iter().zip(kinds).map(name).collect(), hits)
}

/// All candidates, block by block; what lies in no block has no names.
fn candidates(scene: &Scene<'_, '_>, structure: &Structure) -> Vec<Candidate> {
    let mut found = Vec::new();
    for block in &structure.blocks {
        let (mut i, end) = (block.tokens.start, block.tokens.end);
        while i < end {
            if let Some(chain) = chains::chain_at(scene, i, end) {
                i = chain.end;
                parts::cut(scene, chain, &mut found);
            } else {
                i += 1;
            }
        }
    }
    found
}

/// Lays the gazetteer's hits over the names: where two overlap the longer stays, at equal length the hit.
fn with_hits(names: Vec<Name>, hits: &[Hit]) -> Vec<Name> {
    if hits.is_empty() {
        return names;
    }
    let mut out: Vec<Name> = Vec::with_capacity(names.len() + hits.len());
    let mut names = names.into_iter().peekable();
    for (number, hit) in hits.iter().enumerate() {
        while let Some(name) = names.next_if(|n| n.span.end <= hit.span.start) {
            out.push(name);
        }
        let mut own =
            Name { span: hit.span, tokens: hit.tokens.clone(), kind: EntityType::Misc, title: None, hit: Some(number) };
        let mut longer = false;
        while let Some(name) = names.next_if(|n| n.span.overlaps(hit.span)) {
            own.kind = name.kind;
            own.title = own.title.or_else(|| name.title.clone());
            if name.span.contains(hit.span) && name.span != hit.span {
                out.push(name);
                longer = true;
            }
        }
        if !longer && out.last().is_none_or(|last| !last.span.overlaps(hit.span)) {
            out.push(own);
        }
    }
    out.extend(names);
    out
}
