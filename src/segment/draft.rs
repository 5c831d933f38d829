//! A block on its way: its span is known, its role may be open; and what holds for all blocks of a text.

use super::dateline::Opening;
use crate::article::Role;
use crate::lang::Language;
use crate::span::Span;
use crate::text::{Kind, TokenRange, Tokens};

/// A block whose role is still open.
pub(super) struct Draft {
    pub(super) span: Span,
    pub(super) tokens: TokenRange,
    pub(super) role: Option<Role>,
    pub(super) opening: Option<Opening>,
    /// Words and numbers.
    pub(super) words: usize,
}

/// What holds for the whole text.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    pub(super) body_only: bool,
    pub(super) language: Language,
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', '»', '」'])
        .ends_with(['.', '!', '?', ':', ',', ';', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a stop stands inside.
pub(super) fn has_inner_stop(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let mut inner = draft.tokens.start..draft.tokens.end.saturating_sub(1);
    let small = |i: usize| tokens[i].is_word() && !tokens[i].is_capital();
    inner.any(|i| tokens[i].kind == Kind::Stop && tokens[i + 1].space_before() && !small(i + 1))
}
