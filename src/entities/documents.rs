//! A phrase for words on paper in, whose they are out: "Roe's statement", "the report".

use super::Found;
use crate::text::{Kind, TokenRange};

/// Words for what somebody wrote.
const DOCUMENTS: [&str; 14] = [
    "statement",
    "letter",
    "report",
    "post",
    "message",
    "memo",
    "email",
    "note",
    "release",
    "book",
    "memoir",
    "column",
    "tweet",
    "text",
];

/// Words of somebody, where he is named.
const UTTERANCES: [&str; 26] = [
    "speech",
    "remarks",
    "comments",
    "e-mail",
    "mail",
    "study",
    "survey",
    "poll",
    "inquiry",
    "analysis",
    "testimony",
    "lawsuit",
    "article",
    "blog",
    "editorial",
    "figures",
    "data",
    "estimates",
    "estimate",
    "forecast",
    "forecasts",
    "research",
    "findings",
    "statements",
    "announcement",
    "address",
];

/// What a document is of which nobody says who wrote it.
const UNSIGNED: [&str; 6] = ["leaked", "internal", "confidential", "anonymous", "unsigned", "secret"];

/// "Mr Roe's statement", "Roe's" before a noun for what he said, "Moody's": the name in `range` that owns the words.
pub(super) fn owner(found: &Found<'_, '_>, range: &TokenRange) -> Option<usize> {
    let clitic = range.clone().skip(1).find(|&t| found.tokens[t].kind == Kind::Clitic)?;
    let start = found.name_ending(clitic).filter(|&s| s >= range.start)?;
    let last = found.text_at(range.end - 1);
    let document = DOCUMENTS.contains(&last) || UTTERANCES.contains(&last);
    let words = clitic + 1 == range.end || range.end <= clitic + 4 && document;
    found.names_in(range).find(|&i| found.names[i].tokens.start == start).filter(|_| words)
}

/// "his report", "the statement": words on paper of somebody who is not named there.
pub(super) fn is_document(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    let owner = found.text_at(range.start).to_ascii_lowercase();
    let last = found.text_at(range.end - 1);
    let another = range.clone().any(|t| matches!(found.text_at(t), "new" | "second" | "separate" | "leaked"));
    matches!(&*owner, "the" | "his" | "her" | "its") && range.len() < 5 && DOCUMENTS.contains(&last) && !another
}

/// What bodies issue, and persons seldom do.
pub(super) fn is_of_body(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    matches!(found.text_at(range.end - 1), "report" | "release" | "text")
}

/// Whose a document is.
pub(super) enum Issuer {
    /// That of a name.
    Name(usize),
    /// Nobody's alone: several wrote it together, or nobody says who did.
    Nobody,
}

/// Whose such a document was where it was last named with its owner: "a report by Acme", "Acme's annual report", "in its report,
/// Acme", "the report was drawn up by Acme", "in a joint report"; `speaks` says which names may be.
pub(super) fn issued(found: &Found<'_, '_>, range: &TokenRange, speaks: impl Fn(usize) -> bool) -> Option<Issuer> {
    const REACH: usize = 4096;
    let noun = found.tokens[range.end - 1].hash;
    let plain = |&t: &usize| found.tokens[t].hash == noun && !found.tokens[t].is_capital();
    let issuer = |t: usize| match t.checked_sub(1).map(|before| found.text_at(before)) {
        Some("joint") => Some(Issuer::Nobody),
        Some(word) if UNSIGNED.contains(&word) => Some(Issuer::Nobody),
        _ => issuer_at(found, t).filter(|&name| speaks(name)).map(Issuer::Name),
    };
    (range.start.saturating_sub(REACH)..range.start).rev().filter(plain).find_map(issuer)
}

/// Whose the document at token `at` is, by the words beside it.
fn issuer_at(found: &Found<'_, '_>, at: usize) -> Option<usize> {
    const BEFORE: usize = 5;
    const BEHIND: usize = 6;
    let named = |at: usize| (at..at + 2).find_map(|t| found.name_at(t).filter(|&n| found.names[n].tokens.start == t));
    let first = at.saturating_sub(BEFORE).max(found.sentence_start(at));
    let words = |from: usize| (from..at).all(|t| found.tokens[t].is_word() || found.is_hyphen(t));
    let owned = (first..at).rev().find(|&t| found.tokens[t].kind == Kind::Clitic).filter(|&t| words(t + 1));
    if let Some(start) = owned.and_then(|clitic| found.name_ending(clitic)) {
        return found.name_at(start);
    }
    let next = found.text_at(at + 1);
    if matches!(next, "by" | "from") {
        return named(at + 2);
    }
    let limit = found.sentence_end(at).min(at + BEHIND);
    if matches!(next, "was" | "is") {
        return (at + 2..limit).find(|&t| found.text_at(t) == "by").and_then(|by| named(by + 1));
    }
    let its = (first..at).rev().find(|&t| found.text_at(t).eq_ignore_ascii_case("its")).filter(|&t| words(t + 1));
    its.filter(|_| next == ",").and_then(|_| named(at + 2))
}
