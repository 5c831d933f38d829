//! A text in, its pieces out: runs of lines that belong together. Whether a single line break is a wrap or a break is
//! decided once for the document, from the lengths of its lines.

use super::around::{is_blank, trim};
use crate::span::Span;

/// A line with something on it.
struct Line {
    /// Its bytes, without white space around.
    span: Span,
    /// The white space before it, in bytes.
    indent: u32,
    /// A blank line, a spacer or a page break stands before it.
    blank_before: bool,
}

/// Cuts a text into pieces.
pub(super) fn pieces(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let layout = Layout::of(text, &lines);
    let mut found: Vec<Span> = Vec::with_capacity(lines.len());
    let mut first = 0;
    for (i, line) in lines.iter().enumerate() {
        let signed = i <= SIGNED
            && is_signed(line.span.of(text))
            && lines.get(i + 1).is_some_and(|l| l.blank_before || l.indent > 0);
        let joins = i > 0 && !line.blank_before && !signed && layout.joins(text, &lines[first], &lines[i - 1], line);
        match found.last_mut() {
            Some(piece) if joins => piece.end = line.span.end,
            _ => {
                first = i;
                found.push(line.span);
            }
        }
    }
    found
}

/// A byline stands among the first lines.
const SIGNED: usize = 4;

/// Whether a line says who wrote: `By` and capitalised names, not too many.
fn is_signed(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|w| w.eq_ignore_ascii_case("by"));
    by && words.next().is_some_and(|w| w.starts_with(char::is_uppercase)) && words.take(9).count() < 9
}

/// The lines that hold more than white space and spacers.
fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut blank_before = true;
    for (start, end, broken) in raw_lines(text) {
        let span = trim(text, start, end);
        if broken {
            blank_before = true;
        }
        if is_spacer(span.of(text)) {
            blank_before = true;
            continue;
        }
        let indent = span.start - start as u32;
        found.push(Line { span, indent, blank_before });
        blank_before = false;
    }
    found
}

/// The start and end of each line, and whether a page break stands before it.
fn raw_lines(text: &str) -> impl Iterator<Item = (usize, usize, bool)> + '_ {
    let bytes = text.as_bytes();
    let (mut at, mut page) = (0, false);
    let plain = is_plain(text);
    std::iter::from_fn(move || {
        if at > bytes.len() {
            return None;
        }
        let start = at;
        let end = if plain {
            memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |i| start + i)
        } else {
            line_end(text, start)
        };
        let broken = std::mem::take(&mut page);
        let width = match bytes.get(end) {
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => 2,
            Some(0xC2) => 2,
            Some(0xE2) => 3,
            Some(0x0C) => {
                page = true;
                1
            }
            _ => 1,
        };
        at = end + width;
        Some((start, end, broken))
    })
}

/// Whether lines end with LF and CR alone, as they mostly do.
fn is_plain(text: &str) -> bool {
    memchr::memchr2(0x0B, 0x0C, text.as_bytes()).is_none()
        && (text.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}']))
}

/// Where the line that begins at `start` ends: LF, CR, VT, FF, NEL, LS or PS.
fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(found) = bytes[at..].iter().position(|&b| (0x0A..=0x0D).contains(&b) || b == 0xC2 || b == 0xE2) {
        at += found;
        match bytes[at] {
            0xC2 if bytes.get(at + 1) != Some(&0x85) => at += 2,
            0xE2 if bytes.get(at + 1) != Some(&0x80) || !matches!(bytes.get(at + 2), Some(0xA8 | 0xA9)) => at += 3,
            _ => return at,
        }
    }
    bytes.len()
}

/// Whether a line only sets others apart: nothing, `___`, `* * *`.
fn is_spacer(line: &str) -> bool {
    line.len() < 200
        && line.chars().all(|c| is_blank(c) || matches!(c, '_' | '*' | '-' | '=' | '~' | '–' | '—' | '·' | '•'))
}

/// What the lines of the document tell about its layout.
struct Layout {
    /// The width at which lines were wrapped, if they were.
    wrap: Option<u32>,
    /// Paragraphs begin with an indent.
    indents: bool,
}

/// Lines longer than this were not wrapped by hand or by a wire machine.
const WIDEST: u32 = 120;

impl Layout {
    fn of(text: &str, lines: &[Line]) -> Self {
        let widest = lines.iter().map(width).filter(|&w| w <= WIDEST).max().unwrap_or(0);
        let pairs: Vec<_> = lines.windows(2).filter(|w| !w[1].blank_before).collect();
        let indented = pairs.iter().filter(|w| w[1].indent > w[0].indent).count();
        let indents = indented > 0 && lines.iter().any(|l| l.indent == 0);
        let (mut full, mut small, mut seen) = (0, 0, 0);
        for pair in &pairs {
            if indents && pair[1].indent > pair[0].indent {
                continue;
            }
            seen += 1;
            let (line, next) = (&pair[0], &pair[1]);
            full += usize::from(width(line) <= WIDEST && is_full(text, line, next, widest));
            small += usize::from(continues(text, line, next));
        }
        let long = lines.iter().filter(|l| width(l) > WIDEST).count();
        let wrapped = widest >= 30 && seen > 0 && long * 4 <= lines.len() && (full * 2 >= seen || small * 3 >= seen);
        Self { wrap: wrapped.then_some(widest), indents }
    }

    /// Whether `line` goes on with what `last` began; `first` is the first line of the piece.
    fn joins(&self, text: &str, first: &Line, last: &Line, line: &Line) -> bool {
        let Some(widest) = self.wrap else { return continues(text, last, line) };
        if is_item(line.span.of(text)) {
            return false;
        }
        if self.indents && line.indent > last.indent {
            // The second line of an item hangs below its text.
            return is_item(first.span.of(text)) && last.indent == first.indent;
        }
        if continues(text, last, line) {
            return true;
        }
        if is_full(text, last, line, widest) {
            return !(self.indents
                && line.indent == 0
                && last.indent > 0
                && ends(text, last)
                && width(last) + 12 < widest);
        }
        // A short line: the paragraph went on only if nothing ended there.
        !ends(text, last) && width(last) * 10 >= widest * 7 && width(first) * 10 >= widest * 6
    }
}

fn width(line: &Line) -> u32 {
    line.indent + line.span.len() as u32
}

/// Whether the first word of `next` had no room at the end of `line`.
fn is_full(text: &str, line: &Line, next: &Line, widest: u32) -> bool {
    let part = next.span.of(text);
    let word = part.find(is_blank).unwrap_or(part.len()) as u32;
    width(line) + 1 + word > widest.saturating_sub(3) && width(line) * 2 > widest
}

/// Whether a small letter follows a line that nothing ended.
fn continues(text: &str, line: &Line, next: &Line) -> bool {
    line.span.len() >= 24 && next.span.of(text).starts_with(char::is_lowercase) && !ends(text, line)
}

fn ends(text: &str, line: &Line) -> bool {
    let part = line.span.of(text).trim_end_matches(['"', '\'', '”', '’', ')', '»', ']']);
    part.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a line begins with the mark of a list.
pub(super) fn is_item(line: &str) -> bool {
    let Some(c) = line.chars().next() else { return false };
    let rest = &line[c.len_utf8()..];
    match c {
        '•' | '⁃' | '▪' | '●' | '‣' | '◦' => true,
        '-' | '*' | '–' | '·' => rest.starts_with(' '),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let after = &line[digits..];
            digits < 3 && (after.starts_with(". ") || after.starts_with(") ") || after.starts_with(".) "))
        }
        '(' => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            digits > 0 && digits < 3 && rest[digits..].starts_with(") ")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        pieces(text).iter().map(|p| p.of(text)).collect()
    }

    #[test]
    fn blank_lines_and_spacers_part() {
        assert_eq!(cut("A b.\r\n\r\nC d.\r\n"), ["A b.", "C d."]);
        assert_eq!(cut("A b.\n\u{a0}\u{a0}\nC d.\n___\nE"), ["A b.", "C d.", "E"]);
        assert_eq!(cut("A b.\u{c}C d.\u{2029}E"), ["A b.", "C d.", "E"]);
        assert_eq!(cut(" \n\n"), [""; 0]);
    }

    #[test]
    fn a_wrapped_document_is_told_by_its_widths() {
        let wrapped = "A HEADLINE IN CAPITALS\n    VARN, May 3 - The first paragraph is long enough to be\nwrapped twice by a machine that knows nothing of words\nand stops.\n    The second one is short.\n";
        assert_eq!(cut(wrapped).len(), 3);
        let lines = "Lottery winner buys school\nBy Lena Ashcroft\nA winner has bought the school that expelled her, and says it will be a library by the end of the year.\n\"I smell the chalk,\" she said.\n";
        assert_eq!(cut(lines).len(), 4);
    }
}
