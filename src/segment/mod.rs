//! Tokens in, structure out: the parts of the page, the dateline, the sentences of the prose blocks.

use crate::article::Role;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};

/// The structure of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Structure {
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

/// Finds the structure of a text. `body_only`: the headline stands elsewhere, so the first line is none.
pub fn segment(tokens: &Tokens<'_>, body_only: bool) -> Structure {
    let mut structure = Structure::default();
    for (start, part) in paragraphs(tokens.text) {
        let span = Span::new(start, start + part.len());
        let range = tokens.within(span);
        if range.is_empty() {
            continue;
        }
        let role = if structure.blocks.is_empty() && !body_only && !part.ends_with('.') {
            Role::Headline
        } else {
            Role::Paragraph
        };
        let block = structure.blocks.len();
        structure.blocks.push(Block { role, span, tokens: range.clone() });
        if role.is_prose() {
            structure.sentences.push(Sentence { span, tokens: range, block });
        }
    }
    structure
}

fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive("\n\n").scan(0, |at, part| {
        let start = *at + part.len() - part.trim_start().len();
        *at += part.len();
        Some((start, part.trim()))
    })
}
