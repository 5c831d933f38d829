//! Tokens in, structure out: the parts of the page, the dateline, the sentences of the prose blocks.

mod around;
mod blocks;
mod byline;
mod dateline;
mod lines;
mod lists;
mod pieces;
mod roles;
mod sentences;

use crate::article::Role;
use crate::lang::{Language, detect};
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

/// How a text is segmented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The headline stands elsewhere, so the first line is none.
    pub body_only: bool,
    /// The language of the text; found from its words where none is given.
    pub language: Option<Language>,
}

impl From<bool> for Options {
    fn from(body_only: bool) -> Self {
        Self { body_only, ..Self::default() }
    }
}

/// Finds the structure of a text. Options may be given as `body_only` alone.
pub fn segment(tokens: &Tokens<'_>, options: impl Into<Options>) -> Structure {
    let options = options.into();
    let language = options.language.unwrap_or_else(|| detect(tokens));
    let mut structure = Structure::default();
    for draft in blocks::blocks(tokens, options.body_only) {
        let block = structure.blocks.len();
        let role = draft.role.unwrap_or(Role::Paragraph);
        structure.blocks.push(Block { role, span: draft.span, tokens: draft.tokens });
        if !role.is_prose() {
            continue;
        }
        let mut prose = Some(draft.span);
        if let Some(opening) = draft.opening {
            prose = dateline::rest(tokens, opening.body, draft.span.end);
            structure.datelines.push(opening.dateline);
        }
        if let Some(prose) = prose {
            sentences_of(tokens, prose, language, block, &mut structure.sentences);
        }
    }
    structure
}

/// The sentences of one block.
fn sentences_of(tokens: &Tokens<'_>, prose: Span, language: Language, block: usize, found: &mut Vec<Sentence>) {
    let mut next = tokens.at(prose.start);
    sentences::split(tokens.text, prose, language, &mut |span| {
        let start = next;
        while tokens.get(next).is_some_and(|t| t.span.start < span.end) {
            next += 1;
        }
        found.push(Sentence { span, tokens: start..next, block });
    });
}

/// The sentences of a text taken as one paragraph, in bytes.
pub fn sentences(text: &str, language: Language) -> Vec<Span> {
    let mut found = Vec::new();
    sentences::split(text, Span::new(0, text.len()), language, &mut |span| found.push(span));
    found
}
