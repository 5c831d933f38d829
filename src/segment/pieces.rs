//! A piece of the page in, its parts out: a caption and its credit, a note and a byline before a dateline, closing
//! credits, subheads that lost their line.

use super::around::trim;
use super::dateline;
use crate::article::Role;
use crate::span::Span;
use crate::text::{Flags, Kind, TokenRange, Tokens};

/// A part, with the role that its place in the piece gives it.
pub(super) struct Part {
    pub(super) span: Span,
    pub(super) role: Option<Role>,
}

/// Cuts a piece, whose tokens are `range`, into its parts and hands each to `found`.
pub(super) fn parts(tokens: &Tokens<'_>, mut span: Span, mut range: TokenRange, found: &mut Vec<Part>) {
    let text = tokens.text;
    let mut push = |span: Span, role| {
        let span = trim(text, span.start as usize, span.end as usize);
        if !span.is_empty() {
            found.push(Part { span, role });
        }
    };
    if range.is_empty() {
        return;
    }
    if let Some(opening) = dateline::find_after_prefix(tokens, &range) {
        let start = tokens[opening].span.start;
        let by = (range.start..opening).find(|&i| tokens[i].is_word() && tokens.word(i).eq_ignore_ascii_case("by"));
        let cut = by.map_or(start, |i| tokens[i].span.start);
        push(Span { start: span.start, end: cut }, Some(Role::Note));
        push(Span { start: cut, end: start }, Some(Role::Byline));
        span.start = start;
        range.start = opening;
    }
    let tail = closing_credit(text, span);
    let body = Span { start: span.start, end: tail.as_ref().map_or(span.end, |t| t.0) };
    if tail.is_some() {
        range = tokens.within_from(range.start, body);
    }
    inline_subheads(tokens, body, range, tail.as_ref().is_some_and(|t| t.1), &mut push);
    if let Some((start, _)) = tail {
        push(Span { start, end: span.end }, Some(Role::Credit));
    }
}

/// Labels of the credit of a picture at the end of its caption.
const LABELS: &[&str] = &[
    " Image:",
    " Photo:",
    " Photograph:",
    " Picture:",
    " Credit:",
    " Foto:",
    " Bild:",
    " Photo credit:",
    " IMAGE:",
    " PHOTO:",
];

/// The same in brackets.
const BRACKETS: &[&str] =
    &["(AP Photo/", "(Photo by ", "(Photo: ", "(Image: ", "(Reuters/", "(REUTERS/", "(Xinhua/", "(AFP Photo/"];

/// Words that introduce the credits at the end of a story.
const REPORTERS: &[&str] = &[
    "(Reporting by ",
    "(Writing by ",
    "(Editing by ",
    "(Additional reporting by ",
    "(Compiled by ",
    "(Reporting and writing by ",
    "(Edited by ",
];

/// Where a closing credit begins, and whether it is that of a picture.
fn closing_credit(text: &str, span: Span) -> Option<(u32, bool)> {
    let part = span.of(text);
    let bracketed = part.ends_with(')');
    let far = part.len().saturating_sub(if bracketed { 500 } else { 140 });
    let near = part.len().saturating_sub(140);
    let short = part.len() < 800;
    for i in memchr::memchr2_iter(b'(', b':', &part.as_bytes()[far..]).map(|i| far + i).filter(|&i| i > 0) {
        let begins = |mark: &&str| part[i..].starts_with(*mark);
        if part.as_bytes()[i] == b':' {
            let label =
                LABELS.iter().find(|l| part[..=i].ends_with(**l)).filter(|l| short && i >= near && i >= l.len());
            if let Some(label) = label {
                return Some((span.start + (i + 2 - label.len()) as u32, true));
            }
        } else if bracketed && short && i >= near && BRACKETS.iter().any(begins) {
            return Some((span.start + i as u32, true));
        } else if bracketed && REPORTERS.iter().any(begins) {
            return Some((span.start + i as u32, false));
        }
    }
    None
}

/// Cuts at subheads in capitals that stand in the line: `…thousands. SIZE AND WEIGHT Some are…`.
fn inline_subheads(
    tokens: &Tokens<'_>,
    span: Span,
    range: TokenRange,
    caption: bool,
    push: &mut impl FnMut(Span, Option<Role>),
) {
    let role = caption.then_some(Role::Caption);
    let mut start = span.start;
    // What ends with the first stop must be more than the number of an item.
    let mut i = range.start + 5;
    let next_loud = |from: usize| {
        let rest = tokens.list.get(from..range.end).unwrap_or_default();
        rest.iter().position(|t| t.flags.contains(Flags::ALL_CAPS)).map(|n| from + n)
    };
    while let Some(loud) = next_loud(i) {
        i = loud;
        let Some(end) = inline_subhead(tokens, i, range.end) else {
            i += 1;
            continue;
        };
        push(Span { start, end: tokens[i].span.start }, role);
        push(Span { start: tokens[i].span.start, end: tokens[end - 1].span.end }, Some(Role::Subhead));
        start = tokens[end].span.start;
        i = end;
    }
    push(Span { start, end: span.end }, role);
}

/// One past the inline subhead that begins at token `i`.
fn inline_subhead(tokens: &Tokens<'_>, i: usize, end: usize) -> Option<usize> {
    let after_stop = |i: usize| match tokens[i - 1].kind {
        Kind::Stop => true,
        Kind::Mark | Kind::Close => i > 1 && tokens[i - 2].kind == Kind::Stop,
        _ => false,
    };
    if !is_loud(tokens, i) || !tokens[i].space_before() || !after_stop(i) {
        return None;
    }
    let to = (i..end.min(i + 10)).find(|&j| !is_loud(tokens, j))?;
    let loud: TokenRange = i..to;
    let next = &tokens[to];
    let quiet = next.is_word() && next.is_capital() && !next.flags.contains(Flags::ALL_CAPS) && next.span.len() > 1;
    let letters: usize = loud.clone().map(|j| tokens[j].span.len()).sum();
    let second = tokens.get(to + 1).is_some_and(|t| t.is_word() && !t.is_capital());
    (loud.len() >= 2 && letters >= 8 && quiet && (second || loud.len() > 2)).then_some(to)
}

/// Whether a token is a word in capitals, without dots.
fn is_loud(tokens: &Tokens<'_>, i: usize) -> bool {
    let t = &tokens[i];
    t.is_word() && t.flags.contains(Flags::ALL_CAPS) && !t.flags.intersects(Flags::DOTTED | Flags::DIGIT)
}
