//! Text in, its tokens out, in one pass. Words, numbers and signs of plain ASCII, nearly all that there is, are cut along
//! the bits of [`Masks`]; whatever may be more than that is read character by character.

use super::chars::{BYTES, Byte, ENDS, End, KINDS, is_apostrophe, is_blank, is_mark_of_letter, is_unspaced, kind_of};
use super::fold::{SHORT, fold_hash, hash_short, hash_within};
use super::masks::{BLOCK, Carry, Masks, Starts, window};
use super::tokens::{Flags, Kind, Token, Tokens};
use crate::span::Span;

/// Cuts `text`, which must be shorter than 4 GiB, into tokens in one pass.
pub fn tokenize(text: &str) -> Tokens<'_> {
    tokenize_into(text, Vec::with_capacity(text.len() / 5 + 8))
}

/// The same into `list`, whose own tokens are dropped.
pub(crate) fn tokenize_into(text: &str, mut list: Vec<Token>) -> Tokens<'_> {
    list.clear();
    let start = Flags::SPACE_BEFORE | Flags::LINE_BEFORE;
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, gap: start, list };
    scanner.run();
    Tokens { text, list: scanner.list }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// Where the token ends that was read character by character.
    at: usize,
    /// What was passed since the last token, but for the white space of ASCII right before the next one.
    gap: Flags,
    list: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut carry = Carry::default();
        let mut here = Masks::at(self.bytes, 0);
        for base in (0..self.bytes.len()).step_by(BLOCK) {
            let next = Masks::at(self.bytes, base + BLOCK);
            self.block(base, &here, &next, &here.starts(&mut carry));
            here = next;
        }
    }

    /// Makes the tokens that begin in the block at byte `base`.
    fn block(&mut self, base: usize, here: &Masks, next: &Masks, starts: &Starts) {
        let mut left = starts.tokens & self.unread(base);
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            let start = base + bit as usize;
            let gap = std::mem::replace(&mut self.gap, Flags::empty()) | starts.gap(bit);
            let letters = window(here.letters, next.letters, bit);
            let plain = if letters & 1 == 1 {
                self.plain_word(start, letters, window(here.capitals, next.capitals, bit), gap)
            } else if here.digits >> bit & 1 == 1 {
                self.plain_number(start, window(here.digits, next.digits, bit), gap)
            } else {
                self.plain_sign(start, gap)
            };
            if !plain {
                self.at = start;
                self.token(gap);
                left &= self.unread(base);
            }
        }
    }

    /// The bytes of the block at `base` that are behind the last token that was read character by character.
    fn unread(&self, base: usize) -> u64 {
        match self.at.saturating_sub(base) {
            done if done < BLOCK => u64::MAX << done,
            _ => 0,
        }
    }

    /// Makes the token that begins at `self.at`.
    fn token(&mut self, gap: Flags) {
        let c = self.char_at(self.at);
        if c.is_alphabetic() {
            self.word(gap);
        } else if c.is_numeric() {
            self.number(gap);
        } else if is_blank(c) {
            let line = matches!(c, '\u{0085}' | '\u{2028}' | '\u{2029}');
            self.gap = gap | if line { Flags::SPACE_BEFORE | Flags::LINE_BEFORE } else { Flags::SPACE_BEFORE };
            self.at += c.len_utf8();
        } else {
            self.sign(c, gap);
        }
    }

    /// The character at byte `at`; NUL past the end.
    fn char_at(&self, at: usize) -> char {
        match self.bytes.get(at) {
            Some(&b) if b < 0x80 => b as char,
            Some(_) => self.text[at..].chars().next().unwrap_or('\0'),
            None => '\0',
        }
    }

    fn push(&mut self, start: usize, kind: Kind, flags: Flags) {
        let span = Span::new(start, self.at);
        let hash = if !matches!(kind, Kind::Word | Kind::Number | Kind::Clitic) {
            0
        } else if flags.contains(Flags::NON_ASCII) {
            fold_hash(span.of(self.text))
        } else {
            hash_within(self.bytes, start, self.at)
        };
        self.list.push(Token { hash, span, kind, flags });
    }

    /// Whether a run of letters or digits ends before byte `at`.
    #[inline]
    fn end_at(&self, at: usize) -> End {
        self.bytes.get(at).map_or(End::Sure, |&b| ENDS[usize::from(b)])
    }

    /// ASCII letters before a blank or a mark: most words.
    #[inline]
    fn plain_word(&mut self, start: usize, letters: u64, capitals: u64, gap: Flags) -> bool {
        let len = (!letters).trailing_zeros() as usize;
        let end = start + len;
        let ends = match self.end_at(end) {
            End::Sure | End::Comma => true,
            End::Stop => len > 1 && &self.bytes[start..end] != b"www",
            End::Colon | End::No => false,
        };
        let plain = ends && len <= SHORT;
        if plain {
            let hash = hash_short(self.bytes, start, end);
            let flags = gap | capitals_of(capitals & ((1 << len) - 1), len);
            self.list.push(Token { hash, span: Span::new(start, end), kind: Kind::Word, flags });
        }
        plain
    }

    /// ASCII digits before a blank or a mark.
    fn plain_number(&mut self, start: usize, digits: u64, gap: Flags) -> bool {
        let len = (!digits).trailing_zeros() as usize;
        let end = start + len;
        let ends = match self.end_at(end) {
            End::Sure => true,
            End::Stop | End::Comma | End::Colon => !self.bytes.get(end + 1).is_some_and(u8::is_ascii_digit),
            End::No => false,
        };
        let plain = ends && len <= SHORT;
        if plain {
            let (hash, flags) = (hash_short(self.bytes, start, end), gap | Flags::DIGIT);
            self.list.push(Token { hash, span: Span::new(start, end), kind: Kind::Number, flags });
        }
        plain
    }

    /// A sign of ASCII that is not doubled.
    fn plain_sign(&mut self, start: usize, gap: Flags) -> bool {
        let b = self.bytes[start];
        let plain = b.is_ascii() && self.bytes.get(start + 1) != Some(&b);
        if plain {
            let kind = KINDS[usize::from(b)];
            self.list.push(Token { hash: 0, span: Span::new(start, start + 1), kind, flags: gap });
        }
        plain
    }

    fn word(&mut self, gap: Flags) {
        let start = self.at;
        let shape = self.letters();
        if self.is_url(start) {
            while self
                .bytes
                .get(self.at)
                .is_some_and(|&b| !matches!(BYTES[b as usize], Byte::Space | Byte::Line) && !b"\"<>)]".contains(&b))
            {
                self.at += 1;
            }
            while !self.text.is_char_boundary(self.at)
                || matches!(self.bytes[self.at - 1], b'.' | b',' | b';' | b':' | b'!' | b'?')
            {
                self.at -= 1;
            }
            return self.push(start, Kind::Url, gap);
        }
        self.push(start, Kind::Word, gap | shape);
        self.clitic();
    }

    /// Runs over a word with its inner apostrophes and dotted initials; returns its flags.
    fn letters(&mut self) -> Flags {
        let start = self.at;
        let (mut capitals, mut smalls) = (0usize, 0usize);
        let mut flags = Flags::empty();
        while let Some(&b) = self.bytes.get(self.at) {
            match BYTES[b as usize] {
                Byte::Upper => {
                    if smalls > 0 {
                        flags |= Flags::INNER_CAPITAL;
                    }
                    if self.at == start {
                        flags |= Flags::CAPITAL;
                    }
                    capitals += 1;
                    self.at += 1;
                }
                Byte::Lower => {
                    let from = self.at;
                    while self.bytes.get(self.at).is_some_and(u8::is_ascii_lowercase) {
                        self.at += 1;
                    }
                    smalls += self.at - from;
                }
                Byte::Digit => {
                    flags |= Flags::DIGIT;
                    self.at += 1;
                }
                Byte::Other if b == b'\'' => {
                    if !self.joins_at(self.at, 1) {
                        break;
                    }
                    self.at += 1;
                }
                Byte::Other if b == b'.' => {
                    if !self.dotted(start) {
                        break;
                    }
                    flags |= Flags::DOTTED;
                    let part = &self.bytes[start..self.at];
                    capitals = part.iter().filter(|b| b.is_ascii_uppercase()).count();
                    smalls = part.iter().filter(|b| b.is_ascii_lowercase()).count();
                    break;
                }
                Byte::High => {
                    let c = self.char_at(self.at);
                    let width = c.len_utf8();
                    if is_unspaced(c) != (flags.contains(Flags::UNSPACED)) && self.at > start && c.is_alphabetic() {
                        break;
                    }
                    if c.is_alphabetic() {
                        if c.is_uppercase() {
                            if smalls > 0 {
                                flags |= Flags::INNER_CAPITAL;
                            }
                            if self.at == start {
                                flags |= Flags::CAPITAL;
                            }
                            capitals += 1;
                        } else if is_unspaced(c) {
                            flags |= Flags::UNSPACED;
                        } else {
                            smalls += 1;
                        }
                    } else if !(c.is_numeric()
                        || is_mark_of_letter(c)
                        || is_apostrophe(c) && self.joins_at(self.at, width))
                    {
                        break;
                    }
                    flags |= Flags::NON_ASCII;
                    self.at += width;
                }
                _ => break,
            }
        }
        if smalls == 0 && capitals > 1 {
            flags |= Flags::ALL_CAPS;
        }
        flags
    }

    /// Whether the apostrophe of `width` bytes at `at` lies inside a word: a letter follows, and not a possessive s.
    fn joins_at(&self, at: usize, width: usize) -> bool {
        let next = self.char_at(at + width);
        next.is_alphabetic() && (!matches!(next, 's' | 'S') || self.char_at(at + width + 1).is_alphanumeric())
    }

    /// Dotted initials: single letters with a stop between, at least two. Moves past them and the last stop.
    fn dotted(&mut self, start: usize) -> bool {
        if self.at != start + 1 || !self.bytes[start].is_ascii_alphabetic() {
            return false;
        }
        let mut at = self.at;
        let mut parts = 1;
        while self.bytes.get(at) == Some(&b'.')
            && self.bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
            && !self.char_at(at + 2).is_alphanumeric()
        {
            at += 2;
            parts += 1;
        }
        if parts < 2 {
            return false;
        }
        if self.bytes.get(at) == Some(&b'.') && self.bytes.get(at + 1) != Some(&b'.') {
            at += 1;
        }
        self.at = at;
        true
    }

    fn is_url(&self, start: usize) -> bool {
        let rest = &self.bytes[self.at..];
        let word = &self.bytes[start..self.at];
        (rest.starts_with(b"://") && matches!(word, b"http" | b"https" | b"ftp" | b"HTTP" | b"HTTPS"))
            || (word == b"www" && rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_alphanumeric))
    }

    /// The possessive right after a word.
    fn clitic(&mut self) {
        let c = self.char_at(self.at);
        if !is_apostrophe(c) {
            return;
        }
        let s = self.at + c.len_utf8();
        if matches!(self.bytes.get(s), Some(b's' | b'S')) && !self.char_at(s + 1).is_alphanumeric() {
            let start = self.at;
            self.at = s + 1;
            self.push(start, Kind::Clitic, if c.is_ascii() { Flags::empty() } else { Flags::NON_ASCII });
        }
    }

    fn number(&mut self, gap: Flags) {
        let start = self.at;
        let mut flags = gap | Flags::DIGIT;
        loop {
            let c = self.char_at(self.at);
            if matches!(c, '.' | ',' | ':') {
                if !self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit)
                    || !self.bytes[self.at - 1].is_ascii_digit()
                {
                    break;
                }
                self.at += 1;
            } else if c.is_alphanumeric() && !is_unspaced(c) || is_mark_of_letter(c) {
                if !c.is_ascii() {
                    flags |= Flags::NON_ASCII;
                }
                self.at += c.len_utf8();
            } else {
                break;
            }
        }
        if self.at == start {
            // A numeral of a script without spaces.
            self.at += self.char_at(start).len_utf8();
            flags |= Flags::NON_ASCII;
        }
        self.push(start, Kind::Number, flags);
        self.clitic();
    }

    fn sign(&mut self, c: char, mut flags: Flags) {
        let start = self.at;
        self.at += c.len_utf8();
        if !c.is_ascii() {
            flags |= Flags::NON_ASCII;
        }
        let kind = kind_of(c);
        let doubles = match c {
            '`' | '\'' => self.bytes.get(self.at) == Some(&(c as u8)),
            _ => false,
        };
        if doubles {
            self.at += 1;
        }
        if c == '.' || c == '-' {
            while self.bytes.get(self.at) == Some(&(c as u8)) {
                self.at += 1;
            }
        }
        self.push(start, kind, flags);
    }
}

/// What the `capitals` of a word of `len` ASCII letters say of it.
fn capitals_of(capitals: u64, len: usize) -> Flags {
    if capitals == 0 {
        return Flags::empty();
    }
    if capitals == 1 {
        return Flags::CAPITAL;
    }
    let first = if capitals & 1 == 1 { Flags::CAPITAL } else { Flags::empty() };
    let small = (!capitals).trailing_zeros();
    if small as usize >= len {
        return first | Flags::ALL_CAPS;
    }
    first | if capitals >> small == 0 { Flags::empty() } else { Flags::INNER_CAPITAL }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The tokens by the slow way alone.
    fn by_characters(text: &str) -> Vec<Token> {
        let start = Flags::SPACE_BEFORE | Flags::LINE_BEFORE;
        let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, gap: start, list: Vec::new() };
        while let Some(&b) = scanner.bytes.get(scanner.at) {
            match BYTES[usize::from(b)] {
                Byte::Space => scanner.gap |= Flags::SPACE_BEFORE,
                Byte::Line => scanner.gap |= start,
                _ => {
                    let gap = std::mem::replace(&mut scanner.gap, Flags::empty());
                    scanner.token(gap);
                    continue;
                }
            }
            scanner.at += 1;
        }
        scanner.list
    }

    /// Texts full of what the masks have to look out for, in all places of a block.
    fn text() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            " ",
            " ",
            " ",
            "  ",
            "\n",
            "\r\n\n",
            "\u{a0}",
            "\u{2029}",
            "a",
            "the",
            "Lee",
            "US",
            "McDonald",
            "iPhone",
            "abcdefghijklmnop",
            "Abcdefghijklmnopq",
            "U.S.",
            "e.g.",
            "www",
            "O'Neil",
            "’s",
            "'s",
            "'",
            "-",
            "--",
            "https://a.b/",
            ":",
            "5.2",
            "10:30",
            "1,200",
            "10th",
            "A320",
            "12345678901234567",
            "é",
            "É",
            "e\u{301}",
            "北京",
            "〇",
            "½",
            "ที่",
            ".",
            "...",
            ",",
            "\"",
            "``",
            "&amp;",
            "😀",
        ];
        proptest::collection::vec(proptest::sample::select(PIECES), 0..80).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn masks_cut_as_characters_do(text in text()) {
            let fields = |t: &Token| (t.hash, t.span, t.kind, t.flags);
            let fast: Vec<_> = tokenize(&text).list.iter().map(fields).collect();
            prop_assert_eq!(fast, by_characters(&text).iter().map(fields).collect::<Vec<_>>());
        }
    }
}
