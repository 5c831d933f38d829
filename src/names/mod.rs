//! Tokens and structure in, names out: where names stand and what sort of thing each is.

use crate::article::EntityType;
use crate::gazetteer::Hit;
use crate::lang::Classes;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};

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
    let _ = (tokens, classes, structure, hits);
    Vec::new()
}
