//! A position in the text in, what stands around it out: the word before, closing marks after, the word that follows.

use crate::span::Span;

/// The span from `start` to `end` without white space and invisible characters at its edges.
pub(super) fn trim(text: &str, start: usize, end: usize) -> Span {
    let part = &text[start..end];
    let left = part.trim_start_matches(is_blank);
    let start = end - left.len();
    Span::new(start, start + left.trim_end_matches(is_blank).len())
}

/// White space, and characters that show nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}')
}

fn is_closer(c: char) -> bool {
    is_quote(c) || matches!(c, ')' | ']' | '}' | '\u{FF09}' | '\u{3011}' | '\u{300B}' | '\u{3009}' | '\u{FF3D}')
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '\u{2018}'
            ..='\u{201F}'
                | '\u{00BB}'
                | '\u{00AB}'
                | '\u{203A}'
                | '\u{2039}'
                | '\u{300D}'
                | '\u{300F}'
                | '\u{FF02}'
                | '\u{FF07}'
    )
}

fn is_opener(c: char) -> bool {
    is_quote(c)
        || matches!(c, '(' | '[' | '{' | '\u{00BF}' | '\u{00A1}' | '\u{300C}' | '\u{300E}' | '\u{FF08}' | '\u{3010}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Symbols that go with the sentence before them.
fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F300}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{200D}' | '\u{1F1E6}'..='\u{1F1FF}')
}

/// One past the marks that close right after a stop at `at`, and whether a quote mark is among them.
pub(super) fn closers(text: &str, at: usize, end: usize) -> (usize, bool) {
    let (mut close, mut quoted) = (at, false);
    loop {
        let rest = &text[close..end];
        let Some(c) = rest.chars().next() else { break };
        if rest.starts_with("&quot;") {
            close += 6;
            quoted = true;
        } else if is_closer(c) {
            close += c.len_utf8();
            quoted |= is_quote(c);
        } else if let Some(width) = note(rest) {
            close += width;
        } else {
            break;
        }
    }
    // A mark right before a letter opens what follows: `said."We`.
    if close > at && text[close..end].starts_with(char::is_alphanumeric) && !text[at..close].contains(is_wide_closer) {
        return (at, false);
    }
    let rest = &text[close..end];
    let blank = rest.len() - rest.trim_start_matches(is_blank).len();
    let (width, mark) = apart(&rest[blank..]);
    if blank > 0 && width > 0 { (close + blank + width, quoted || mark) } else { (close, quoted) }
}

fn is_wide_closer(c: char) -> bool {
    matches!(c, '\u{300D}' | '\u{300F}' | '\u{FF09}' | '\u{3011}' | '\u{201D}' | '\u{2019}' | '\u{300B}')
}

/// A closing mark that stands apart from its stop: ` »`, ` [17]`, ` )`, an emoji.
fn apart(rest: &str) -> (usize, bool) {
    let Some(c) = rest.chars().next() else { return (0, false) };
    let then_blank = |w: usize| rest[w..].chars().next().is_none_or(|c| is_blank(c) || matches!(c, ',' | '.'));
    match c {
        '\u{00BB}' | '\u{201D}' if then_blank(2.max(c.len_utf8())) => (c.len_utf8(), true),
        ')' if then_blank(1) => (1, false),
        // A stray blank before the mark, then who says it: `It rose. " - he wrote`.
        '"' if said_after(&rest[1..]) => (1, true),
        '\u{300D}' | '\u{300F}' | '\u{FF09}' => (c.len_utf8(), c != '\u{FF09}'),
        '[' => (note(rest).filter(|&w| then_blank(w)).unwrap_or(0), false),
        _ => {
            let width: usize = rest.chars().take_while(|&c| is_emoji(c)).map(char::len_utf8).sum();
            (width, false)
        }
    }
}

/// Whether a dash between blanks and a small letter follow.
fn said_after(rest: &str) -> bool {
    let Some(dash) = rest.strip_prefix(' ').filter(|r| r.starts_with(is_dash)) else { return false };
    let tag = dash.trim_start_matches(is_dash);
    tag.starts_with(' ') && tag[1..].starts_with(char::is_lowercase)
}

/// The width of a footnote mark or of an omission: `[17]`, `[…]`.
fn note(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    if inner.starts_with("...]") || inner.starts_with("…]") {
        return Some(5);
    }
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && digits < 4 && inner[digits..].starts_with(']')).then_some(digits + 2)
}

/// Full stops with spaces between, after a first one.
pub(super) struct Spaced {
    pub(super) bytes: usize,
    pub(super) points: usize,
}

/// ` . . .`: at least two more stops, each after one space; `?` or `!` may be the last.
pub(super) fn spaced_points(rest: &str) -> Spaced {
    let bytes = rest.as_bytes();
    let (mut at, mut points) = (0, 0);
    while bytes.get(at) == Some(&b' ') && matches!(bytes.get(at + 1), Some(b'.' | b'?' | b'!')) {
        at += 2;
        points += 1;
    }
    if points < 2 { Spaced { bytes: 0, points: 0 } } else { Spaced { bytes: at, points } }
}

/// The word that ends at `at`, not before `start`: letters, digits, inner stops and apostrophes.
pub(super) fn last_word(text: &str, start: usize, at: usize) -> &str {
    let part = &text[start..at];
    let from = part
        .char_indices()
        .rev()
        .take(24)
        .take_while(|&(_, c)| {
            c.is_alphanumeric() || matches!(c, '.' | '№' | '°' | '\u{0301}' | '\u{00AD}') || is_mark(c)
        })
        .last()
        .map_or(part.len(), |(i, _)| i);
    part[from..].trim_start_matches('.')
}

/// A combining mark, which goes with the letter before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// Whether a word is one capital letter.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.all(is_mark)
}

/// Whether a word is a Roman numeral.
pub(super) fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() < 7 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Whether a word is written like `iPhone`.
pub(super) fn is_camel(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_uppercase)
}

/// Whether a small word may be part of a name.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "del"
            | "della"
            | "di"
            | "du"
            | "van"
            | "von"
            | "der"
            | "den"
            | "bin"
            | "al"
            | "el"
            | "la"
            | "le"
            | "of"
            | "the"
            | "dos"
    )
}

/// The words of a text; marks and stops between are passed over.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-'))).filter(|w| !w.is_empty())
}

/// The first `bytes` of a text, or a little less: whole characters.
pub(super) fn clip(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The last `bytes` of a text, or a little less: whole characters.
pub(super) fn tail(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// What opens before a word.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Opener {
    Nothing,
    Quote,
    Bracket,
}

/// What follows a stop and its closing marks.
pub(super) struct After<'t> {
    /// From the first letter, figure or symbol of what follows.
    pub(super) text: &'t str,
    /// Its first character; NUL at the end.
    pub(super) first: char,
    /// White space stands before it.
    pub(super) spaced: bool,
    /// A quote mark or bracket that opens before it.
    pub(super) opener: Opener,
    /// A dash stands before it.
    pub(super) dashed: bool,
    /// Where the sentence would end.
    pub(super) cut: usize,
}

impl<'t> After<'t> {
    /// Reads on from byte `at`.
    pub(super) fn read(text: &'t str, at: usize, end: usize) -> Self {
        let mut rest = &text[at..end];
        let blank = rest.trim_start_matches(is_blank);
        let spaced = blank.len() < rest.len();
        rest = blank;
        let (mut opener, mut dashed) = (Opener::Nothing, false);
        // Long runs of marks are no opening of anything.
        for _ in 0..6 {
            let Some(c) = rest.chars().next() else { break };
            if rest.starts_with("&quot;") {
                opener = Opener::Quote;
                rest = &rest[6..];
            } else if is_opener(c) {
                if opener == Opener::Nothing {
                    opener = if matches!(c, '(' | '[') { Opener::Bracket } else { Opener::Quote };
                }
                rest = &rest[c.len_utf8()..];
            } else if is_dash(c) {
                dashed = true;
                rest = rest[c.len_utf8()..].trim_start_matches(is_blank);
            } else {
                break;
            }
        }
        Self { text: rest, first: rest.chars().next().unwrap_or('\0'), spaced, opener, dashed, cut: at }
    }

    /// Whether a quote mark or bracket opens before it.
    pub(super) fn opened(&self) -> bool {
        self.opener != Opener::Nothing
    }

    /// Whether a bracket opens before it, first of all.
    pub(super) fn bracketed(&self) -> bool {
        self.opener == Opener::Bracket
    }

    /// Whether nothing follows.
    pub(super) fn is_end(&self) -> bool {
        self.text.is_empty() && !self.opened() && !self.dashed
    }

    /// Whether a small letter follows that is none of a web address.
    pub(super) fn is_small(&self) -> bool {
        self.first.is_lowercase() && !self.text.starts_with("http") && !self.text.starts_with("www.")
    }

    /// Whether a mark follows that begins no sentence.
    pub(super) fn goes_on(&self) -> bool {
        let stop = matches!(self.first, '?' | '!' | '\u{2026}' | '\u{3002}' | '\u{FF01}' | '\u{FF1F}');
        let point = self.first == '.' && !self.text[1..].starts_with(char::is_alphanumeric);
        stop || point || matches!(self.first, ',' | ';' | ':' | '%' | '\u{3001}' | '\u{FF0C}')
    }

    /// Whether a figure follows.
    pub(super) fn is_digit(&self) -> bool {
        !self.opened() && self.first.is_ascii_digit()
    }

    /// The first word.
    pub(super) fn word(&self) -> &'t str {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '-') || is_mark(c);
        &self.text[..self.text.find(|c| !is_part(c)).unwrap_or(self.text.len())]
    }

    /// Whether the first word has a capital, and small letters or nothing after it.
    pub(super) fn is_capitalised_word(&self) -> bool {
        let word = self.word();
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.all(|c| c.is_lowercase() || matches!(c, '\'' | '\u{2019}'))
            && self.text[word.len()..].starts_with(|c: char| is_blank(c) || c == ',')
    }

    /// Whether the second word begins with a small letter.
    pub(super) fn second_is_small(&self) -> bool {
        let word = self.word();
        let rest = &self.text[word.len()..];
        rest.starts_with(is_blank) && rest.trim_start_matches(is_blank).starts_with(char::is_lowercase)
    }
}
