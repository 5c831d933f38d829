//! What segmentation gives: blocks with their roles, datelines, sentences, all in bytes and tokens.

use crate::article::Role;
use crate::lang::Language;
use crate::span::Span;
use crate::text::TokenRange;

/// The structure of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
    /// The language by whose rules sentences were cut.
    pub language: Language,
    /// The parts of the page, in order, without overlap.
    pub blocks: Vec<Block>,
    /// The datelines; the first is the article's.
    pub datelines: Vec<Dateline>,
    /// The sentences of the prose blocks, in order, without overlap. A dateline is no part of its sentence.
    pub sentences: Vec<Sentence>,
}

/// A part of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is for.
    pub role: Role,
    /// Its bytes, without white space around.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The index of the deck whose words it repeats.
    pub duplicate_of: Option<usize>,
}

/// A dateline with its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Dateline {
    /// From the place to the closing mark.
    pub span: Span,
    /// The place or places.
    pub place: Option<Span>,
    /// The date.
    pub date: Option<Span>,
    /// The agency.
    pub agency: Option<Span>,
}

/// A sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// Its bytes, without white space around.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// Index of its block.
    pub block: usize,
}
