//! Sentences and names in, quotes out: what was said, the words that report it, and the phrase that says who.

use crate::article::{Form, QuoteKind};
use crate::lang::Classes;
use crate::names::Name;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};

/// Which quotes are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wanted {
    /// Direct, mixed and indirect.
    #[default]
    All,
    /// Direct and mixed.
    Direct,
    /// None.
    None,
}

/// A quote before its speaker is known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What was said, in pieces.
    pub spans: Vec<Span>,
    /// The words that report it.
    pub cue: Option<Span>,
    /// The phrase that says who.
    pub speaker: Option<Speaker>,
    /// The quote in which this one is reported: its index.
    pub parent: Option<usize>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule that chose the speaker.
    pub reason: &'static str,
}

/// A phrase that says who spoke.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The smallest whole noun phrase, with title and name.
    pub span: Span,
    /// The same with appositions and relative clauses.
    pub phrase: Span,
    /// The tokens of `span`.
    pub tokens: TokenRange,
    /// What sort of phrase it is.
    pub form: Form,
}

/// Finds the quotes of an article.
pub fn find(
    tokens: &Tokens<'_>,
    classes: &[Classes],
    structure: &Structure,
    names: &[Name],
    wanted: Wanted,
) -> Vec<Quote> {
    let _ = (tokens, classes, structure, names, wanted);
    Vec::new()
}
