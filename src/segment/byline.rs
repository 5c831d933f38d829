//! A line's tokens in, whether it names who wrote the article out: `By Ann Poe and Lee Roe in Rome`, `Ann Poe, Africa editor`.

use crate::lang::{is_month, is_weekday};
use crate::text::{Flags, Kind, TokenRange, Tokens};

/// Longer lines are prose.
const MOST_TOKENS: usize = 36;

/// What introduces a byline.
const INTRODUCTIONS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "interview by",
    "story by",
    "words by",
    "written by",
    "report by",
    "text by",
    "analysis by",
    "review by",
    "opinion by",
    "posted by",
];

/// Small words that stand between the names, places and titles of a byline.
const BETWEEN: &[&str] = &[
    "and",
    "und",
    "et",
    "y",
    "e",
    "en",
    "in",
    "for",
    "with",
    "of",
    "at",
    "the",
    "staff",
    "à",
    "a",
    "de",
    "da",
    "van",
    "von",
    "der",
    "del",
    "la",
    "bin",
    "al",
    "el",
    "for",
    "writer",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "agencies",
    "photographs",
    "photos",
    "photography",
    "pictures",
    "by",
    "from",
    "special",
    "to",
    "dos",
    "di",
    "ter",
    "den",
    "le",
    "on",
    "contributor",
    "columnist",
];

/// The titles that end a line of name and title.
const TITLES: &[&str] = &[
    "editor",
    "correspondent",
    "reporter",
    "writer",
    "columnist",
    "critic",
    "contributor",
    "producer",
    "staff",
    "bureau",
    "chief",
    "journalist",
    "blogger",
    "correspondents",
    "reporters",
    "agencies",
];

/// Whether a line is a byline that says so: `By …`.
pub(super) fn is_byline(tokens: &Tokens<'_>, range: &TokenRange) -> bool {
    if range.len() > MOST_TOKENS || range.len() < 2 {
        return false;
    }
    let Some(names) = introduction(tokens, range) else { return false };
    let Some(first) = tokens.get(names).filter(|_| names < range.end) else { return false };
    let capital = first.is_capital() || first.flags.contains(Flags::UNSPACED);
    if !capital || is_month(first.hash) && range.len() > 4 || is_weekday(first.hash) {
        return false;
    }
    names_only(tokens, names..range.end)
}

/// One past the words that introduce a byline.
fn introduction(tokens: &Tokens<'_>, range: &TokenRange) -> Option<usize> {
    let one = tokens.word(range.start);
    if INTRODUCTIONS.iter().any(|w| w.eq_ignore_ascii_case(one)) {
        let colon = range.start + 1 < range.end && tokens.word(range.start + 1) == ":";
        return Some(range.start + 1 + usize::from(colon));
    }
    if range.len() < 3 || !tokens.word(range.start + 1).eq_ignore_ascii_case("by") {
        return None;
    }
    let two = format!("{} by", one.to_ascii_lowercase());
    INTRODUCTIONS.contains(&two.as_str()).then_some(range.start + 2)
}

/// Capitalised words, and small ones that may stand between.
fn names_only(tokens: &Tokens<'_>, range: TokenRange) -> bool {
    let (mut small, mut capitals) = (0, 0);
    for i in range.clone() {
        let t = &tokens[i];
        match t.kind {
            Kind::Word if t.is_capital() || t.flags.contains(Flags::UNSPACED) => capitals += 1,
            Kind::Word if BETWEEN.contains(&tokens.word(i)) => {}
            Kind::Word => small += 1,
            Kind::Stop => {
                let last = i + 1 == range.end;
                if !last && tokens.word(i) != "." || last && !tokens[i - 1].is_capital() {
                    return false;
                }
            }
            Kind::Mark if i + 1 < range.end && tokens[i + 1].space_before() => {}
            Kind::Number
            | Kind::Dash
            | Kind::Open
            | Kind::Close
            | Kind::Clitic
            | Kind::Symbol
            | Kind::Comma
            | Kind::Mark
            | Kind::Url => {}
        }
    }
    capitals > 0 && small * 4 <= capitals
}

/// Whether a line is a name and a title, or a title alone: `Ann Poe, Africa editor`, `Associated Press Writer`.
pub(super) fn is_name_and_title(tokens: &Tokens<'_>, range: &TokenRange) -> bool {
    if range.is_empty() || range.len() > 12 {
        return false;
    }
    let last = &tokens[range.end - 1];
    let title = last.is_word() && TITLES.iter().any(|t| t.eq_ignore_ascii_case(tokens.word(range.end - 1)));
    title
        && tokens[range.start].is_capital()
        && range
            .clone()
            .all(|i| !matches!(tokens[i].kind, Kind::Stop | Kind::Number | Kind::Mark) || tokens.word(i) == ".")
}

/// Whether a line is a name and a title with a comma between, which needs no byline above it.
pub(super) fn is_named_title(tokens: &Tokens<'_>, range: &TokenRange) -> bool {
    let comma = range.clone().find(|&i| tokens.word(i) == ",");
    is_name_and_title(tokens, range)
        && comma
            .is_some_and(|c| (2..=4).contains(&(c - range.start)) && (range.start..c).all(|i| tokens[i].is_capital()))
}

/// Whether a line is nothing but two to four capitalised words, as a name is.
pub(super) fn is_bare_name(tokens: &Tokens<'_>, range: &TokenRange) -> bool {
    let word = |i: usize| tokens[i].is_word() && tokens[i].is_capital() || tokens[i].kind == Kind::Dash;
    (2..=4).contains(&range.len()) && range.clone().all(word) && !tokens[range.start].flags.contains(Flags::ALL_CAPS)
}

/// Whether a line is nothing but what a journalist is: `Health correspondent`.
pub(super) fn is_title(tokens: &Tokens<'_>, range: &TokenRange) -> bool {
    let last = tokens.word(range.end.max(1) - 1);
    let journalist = ["correspondent", "reporter", "correspondents", "reporters"].contains(&last);
    journalist && range.len() > 1 && range.clone().all(|i| tokens[i].is_word()) && tokens[range.start].is_capital()
}
