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
const UTTERANCES: [&str; 23] = [
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
];

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
