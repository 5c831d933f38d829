//! A text that may hold several articles in, the articles out, each with the reason for the cut before it.
//!
//! Archive exports and feed pages put a separator, a form feed or the same header line between articles; wire dumps just go
//! on with the next headline and dateline.

use super::around::{is_blank, trim};
use super::dateline;
use crate::article::Reason;
use crate::span::Span;
use crate::text::{Flags, Tokens, tokenize};
use rustc_hash::FxHashMap;

/// One article of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes, without white space and separators around.
    pub span: Span,
    /// Why it begins where it does.
    pub reason: Reason,
}

/// Cuts a text of several articles; a text of one is one piece, a blank one none. Texts must be shorter than 4 GiB.
pub fn split(text: &str) -> Vec<Piece> {
    let lines = lines(text);
    let tokens = tokenize(text);
    let mut cuts = separators(text, &lines);
    if cuts.is_empty() {
        cuts = headers(text, &lines);
    }
    if cuts.is_empty() {
        cuts = datelines(&tokens, &lines);
    }
    pieces(text, &cuts)
}

/// A line of the text, without white space around.
struct Line {
    span: Span,
    /// Nothing, or a blank line, stands before it.
    alone: bool,
    /// A form feed stands before it.
    page: bool,
}

/// A place where one article ends and the next begins.
struct Cut {
    end: u32,
    start: u32,
    reason: Reason,
}

fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let (mut alone, mut page, mut at) = (true, false, 0);
    for raw in text.split_inclusive(['\n', '\u{C}', '\r']) {
        let span = trim(text, at, at + raw.len());
        at += raw.len();
        if span.is_empty() {
            alone |= raw != "\n" || !text[..at - raw.len()].ends_with('\r');
        } else {
            found.push(Line { span, alone, page });
            (alone, page) = (false, false);
        }
        page |= raw.ends_with('\u{C}');
        alone |= page;
    }
    found
}

/// Lines of signs that recur, and form feeds, with an article's worth of text on both sides.
fn separators(text: &str, lines: &[Line]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let before = i.checked_sub(1).map(|j| lines[j].span);
        let end = before.map_or(0, |b| b.end);
        if is_separator(line.span.of(text)) {
            if let Some(next) = lines.get(i + 1) {
                cuts.push(Cut { end, start: next.span.start, reason: Reason::Separator });
            }
        } else if line.page && before.is_some_and(|b| !is_separator(b.of(text))) && begins(text, line) {
            cuts.push(Cut { end, start: line.span.start, reason: Reason::PageBreak });
        }
    }
    cuts
}

/// Whether a line parts articles: at least ten signs of one kind, or a word that exports put there.
fn is_separator(line: &str) -> bool {
    let mut signs = line.chars().filter(|&c| !is_blank(c));
    let first = signs.next();
    let repeated =
        first.is_some_and(|c| matches!(c, '=' | '-' | '*' | '_' | '#' | '~' | '+')) && signs.all(|c| Some(c) == first);
    repeated && line.len() >= 10
        || matches!(line, "-30-" | "###" | "END OF DOCUMENT" | "End of Document" | "<<<>>>" | "%%%")
        || is_count(line)
}

/// `Document 3 of 12`, `3 of 12 DOCUMENTS`.
fn is_count(line: &str) -> bool {
    if line.len() > 40 {
        return false;
    }
    let words: Vec<_> = line.split_whitespace().collect();
    let number = |w: &&str| w.bytes().all(|b| b.is_ascii_digit());
    match words.as_slice() {
        [a, n, "of", m] => matches!(*a, "Document" | "DOCUMENT" | "Article" | "Story") && number(n) && number(m),
        [n, "of" | "OF", m, a] => matches!(*a, "DOCUMENTS" | "Documents" | "ARTICLES") && number(n) && number(m),
        _ => false,
    }
}

/// Whether a page begins an article and does not go on with one: a line that no sentence ends.
fn begins(text: &str, line: &Line) -> bool {
    let part = line.span.of(text);
    !part.starts_with(char::is_lowercase) && !part.ends_with(['.', ',', ';', '”', '"']) && part.len() < 160
}

/// The same line before several articles: the name of a paper, `Title:`, `Byline:`.
fn headers(text: &str, lines: &[Line]) -> Vec<Cut> {
    let key = |line: &Line| {
        let part = line.span.of(text);
        let label = part
            .split_once(": ")
            .map(|(label, _)| label)
            .filter(|l| matches!(*l, "Title" | "TITLE" | "Headline" | "HEADLINE" | "Subject"));
        label.or_else(|| (part.len() < 60 && !part.ends_with(['.', '?', '!', '"', '”', ':', ','])).then_some(part))
    };
    let Some(first) = lines.first().and_then(key) else { return Vec::new() };
    let same: Vec<_> = (0..lines.len()).filter(|&i| lines[i].alone && key(&lines[i]) == Some(first)).collect();
    // Between two headers lies more than a line or two.
    if same.len() < 2 || same.windows(2).any(|w| w[1] - w[0] < 3) || lines.len() - same[same.len() - 1] < 3 {
        return Vec::new();
    }
    let cut = |&i: &usize| Cut { end: lines[i - 1].span.end, start: lines[i].span.start, reason: Reason::Header };
    same[1..].iter().map(cut).collect()
}

/// Headlines over datelines, where a story has gone before.
fn datelines(tokens: &Tokens<'_>, lines: &[Line]) -> Vec<Cut> {
    let text = tokens.text;
    let mut cuts = Vec::new();
    let mut openings: FxHashMap<u32, usize> = FxHashMap::default();
    let mut last = 0;
    for (i, line) in lines.iter().enumerate() {
        let range = tokens.within(line.span);
        let opens =
            dateline::read(tokens, &range).is_some_and(|o| o.dateline.date.is_some() || o.dateline.agency.is_some());
        if !opens {
            continue;
        }
        openings.insert(line.span.start, i);
        let Some(head) = headline_above(tokens, lines, i).filter(|&h| h > last && h > 0) else { continue };
        if openings.len() > 1 {
            cuts.push(Cut { end: lines[head - 1].span.end, start: lines[head].span.start, reason: Reason::Dateline });
        }
        last = i;
    }
    cuts.retain(|c| !text[c.start as usize..].is_empty());
    cuts
}

/// The line of the headline above the dateline of line `i`: at most three lines up, past bylines.
fn headline_above(tokens: &Tokens<'_>, lines: &[Line], i: usize) -> Option<usize> {
    let is_head = |j: usize| {
        let part = lines[j].span.of(tokens.text);
        let first = tokens.at(lines[j].span.start);
        let signed = part.get(..3).is_some_and(|p| p.eq_ignore_ascii_case("by "));
        let capital = tokens.get(first).is_some_and(|t| t.is_capital() || t.flags.contains(Flags::DIGIT));
        capital && !signed && part.len() < 160 && !part.ends_with(['.', ',', ';', '"', '”', ')'])
    };
    // A subhead over a second dateline is short; a headline has four words or more.
    let is_long = |j: usize| lines[j].span.of(tokens.text).split_whitespace().count() >= 4;
    (i.saturating_sub(3)..i).rev().find(|&j| is_head(j) && is_long(j))
}

fn pieces(text: &str, cuts: &[Cut]) -> Vec<Piece> {
    let mut found = Vec::with_capacity(cuts.len() + 1);
    let (mut start, mut reason) = (0, Reason::Start);
    let ends = cuts.iter().map(|c| (c.end, c.start, c.reason)).chain([(text.len() as u32, 0, Reason::Start)]);
    for (end, next, why) in ends {
        if end > start {
            let span = trim(text, start as usize, end as usize);
            if !span.is_empty() && !is_separator(span.of(text)) {
                found.push(Piece { span, reason });
            }
        }
        (start, reason) = (next, why);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Reason)> {
        split(text).iter().map(|p| (p.span.of(text).lines().next().unwrap_or(""), p.reason)).collect()
    }

    #[test]
    fn separators_and_pages_part_articles() {
        let text = "Pier opens\n\nThe pier opened.\n\n==========\n\nPier closes\n\nThe pier closed.\n";
        assert_eq!(cut(text), [("Pier opens", Reason::Start), ("Pier closes", Reason::Separator)]);
        let text = "Pier opens\n\nThe pier opened.\n\u{c}Pier closes\n\nThe pier closed.";
        assert_eq!(cut(text), [("Pier opens", Reason::Start), ("Pier closes", Reason::PageBreak)]);
        let text = "Census counts\n\nIt found 41.\n\u{c}\nA school teaches it now.";
        assert_eq!(cut(text), [("Census counts", Reason::Start)]);
        let text = "Document 1 of 2\n\nPier opens\n\nIt did.\n\nDocument 2 of 2\n\nPier closes\n\nIt did.";
        assert_eq!(cut(text), [("Pier opens", Reason::Separator), ("Pier closes", Reason::Separator)]);
    }

    #[test]
    fn header_lines_part_articles() {
        let text = "The Varn Gazette\n\nPier opens\n\nIt did.\n\nThe Varn Gazette\n\nPier closes\n\nIt did.";
        assert_eq!(cut(text), [("The Varn Gazette", Reason::Start), ("The Varn Gazette", Reason::Header)]);
    }

    #[test]
    fn headlines_with_datelines_part_articles() {
        let text = "Cocoa ends lower on Friday\n\nLONDON, May 3 (Reuters) - Cocoa fell.\n\nTrade was slow.\n\n\
                    Sugar talks resume in Geneva\nBy Ted Marlow\n\nGENEVA, May 3 (Reuters) - Talks resumed.";
        assert_eq!(
            cut(text),
            [("Cocoa ends lower on Friday", Reason::Start), ("Sugar talks resume in Geneva", Reason::Dateline)]
        );
        let one =
            "Two quit over prices today\n\nLAGOS, May 2 (Reuters) - Two quit.\n\nABUJA, May 2 (Reuters) - He agreed.";
        assert_eq!(cut(one).len(), 1);
        assert!(split(" \n").is_empty());
    }
}
