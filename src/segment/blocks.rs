//! Tokens in, the blocks of the page out, with the datelines at their beginnings.

use super::around::tail;
use super::byline;
use super::dateline;
use super::draft::{Draft, Setting};
use super::lines::{self, is_item};
use super::pieces;
use super::roles;
use crate::article::Role;
use crate::lang::{furniture, is_month, is_weekday};
use crate::text::{Kind, TokenRange, Tokens};

/// The blocks of a text, each with its role.
pub(super) fn blocks(tokens: &Tokens<'_>, setting: Setting) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut parts = Vec::new();
    // One token may lie across the edge between two pieces, so the walk goes back by one.
    let mut from = 0_usize;
    for piece in lines::pieces(tokens.text) {
        let range = tokens.within_from(from.saturating_sub(1), piece);
        from = range.start;
        pieces::parts(tokens, piece, range, &mut parts);
        for part in parts.drain(..) {
            let range = tokens.within_from(from.saturating_sub(1), part.span);
            from = range.end;
            drafts.extend(draft(tokens, &part, range));
        }
    }
    roles::decide(tokens, &mut drafts, setting);
    for draft in &mut drafts {
        if !draft.role.is_some_and(Role::is_prose) {
            draft.opening = None;
        }
    }
    drafts
}

fn draft(tokens: &Tokens<'_>, part: &pieces::Part, range: TokenRange) -> Option<Draft> {
    if range.is_empty() {
        return None;
    }
    let words = tokens.list[range.clone()].iter().filter(|t| matches!(t.kind, Kind::Word | Kind::Number)).count();
    let mut draft = Draft { span: part.span, tokens: range, role: part.role, opening: None, words };
    if draft.role.is_none() {
        draft.opening = dateline::read(tokens, &draft.tokens);
    }
    if draft.role.is_none() && draft.opening.is_none() {
        draft.role = own_role(tokens, &draft);
    }
    Some(draft)
}

/// The role that a line's own words give it.
fn own_role(tokens: &Tokens<'_>, draft: &Draft) -> Option<Role> {
    let line = draft.span.of(tokens.text);
    if is_item(line) {
        return Some(Role::ListItem);
    }
    if is_keyline(line) || is_dated(line, draft) || is_handle(line) {
        return Some(Role::Note);
    }
    if is_timestamp(tokens, draft) {
        return Some(Role::Timestamp);
    }
    if is_post(tokens, draft) {
        return Some(Role::Embed);
    }
    let role = furniture(line)?;
    // Prose may begin with the same words.
    let prose = role != Role::Credit && !line.starts_with('(') && draft.words > 45;
    let sentence = line.ends_with('.') && draft.words > 6 && role == Role::Note && line.starts_with("Updated ");
    (!prose && !sentence && !byline::is_byline(tokens, &draft.tokens)).then_some(role)
}

/// `BC-Port-Strike, 1st Ld-Writethru,416<`.
fn is_keyline(line: &str) -> bool {
    let code = ["BC-", "AM-", "PM-"].iter().any(|c| line.starts_with(c));
    code && line.len() < 80
        && (line.ends_with('<') || line.ends_with(|c: char| c.is_ascii_digit()) || !line.contains(' '))
        || line.len() < 24
            && line.split('/').count() > 1
            && line.bytes().all(|b| b.is_ascii_lowercase() || b == b'/' || b == b'-')
}

/// `Published 14:02, 3 Mar 2024`: when the page was, and no sentence.
fn is_dated(line: &str, draft: &Draft) -> bool {
    let when = ["Published ", "Posted ", "Modified ", "PUBLISHED "].iter().any(|w| line.starts_with(w));
    when && draft.words <= 12 && !line.ends_with('.') && line.bytes().any(|b| b.is_ascii_digit())
}

/// `@annpoe`: the address of somebody and nothing else.
fn is_handle(line: &str) -> bool {
    let name = line.strip_prefix('@').unwrap_or_default();
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Words of a line that is only a date or a time.
const TIME_WORDS: &[&str] = &[
    "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "bst", "est", "edt", "et", "pst", "pdt", "utc", "ist", "cet",
    "at", "on", "of", "the", "date", "posted", "uhr",
];

/// Whether a line is a date or a time and nothing else.
fn is_timestamp(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    if draft.tokens.len() > 18 || draft.words > 10 {
        return false;
    }
    let (mut numbers, mut names) = (0, 0);
    for i in draft.tokens.clone() {
        let t = &tokens[i];
        match t.kind {
            Kind::Number => numbers += 1,
            Kind::Word if is_month(t.hash) || is_weekday(t.hash) => names += 1,
            Kind::Word if TIME_WORDS.iter().any(|w| w.eq_ignore_ascii_case(tokens.word(i))) => {}
            Kind::Comma | Kind::Dash | Kind::Symbol | Kind::Stop => {}
            _ => return false,
        }
    }
    let clock = || draft.span.of(tokens.text).contains([':', '/']);
    numbers > 0 && (names > 0 || numbers >= 2 && clock() || numbers == 1 && clock() && draft.words <= 3)
}

/// Whether a piece is an embedded post: `… — Ann Poe (@annpoe) May 5, 2024`.
fn is_post(tokens: &Tokens<'_>, draft: &Draft) -> bool {
    let tail = tail(draft.span.of(tokens.text), 100);
    if memchr::memchr(b'@', tail.as_bytes()).is_none() {
        return false;
    }
    let Some(handle) = tail.rfind("(@") else { return false };
    let Some(close) = tail[handle..].find(')') else { return false };
    let date = draft.span.end - (tail.len() - handle - close - 1) as u32;
    let rest = tokens.at(date)..draft.tokens.end;
    let dated = rest.clone().any(|i| is_month(tokens[i].hash)) && rest.len() <= 8;
    dated && tail[..handle].contains(['—', '–', '-'])
}
