//! Text in, tokens out: words, numbers, marks, each with its bytes, its class and the hash of its folded form.
//!
//! A word keeps inner apostrophes (`O’Neil`, `don't`) but gives up a possessive `’s`, which is a token of its own; it
//! keeps the stops of dotted initials (`U.S.`, `J.K.`, `S.p.A.`); it is cut at hyphens and dashes, which are tokens.
//! A number keeps inner separators (`5.2`, `1,200`, `10:30`). Runs of scripts without spaces are one word each.

use super::chars::{BYTES, Byte, is_apostrophe, is_blank, is_mark_of_letter, is_unspaced, kind_of};
use super::fold::{fold_hash, hash_within};
use crate::span::Span;
use bitflags::bitflags;
use std::ops::Range;

/// The class of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Letters, perhaps with digits: `Nokia`, `A320`, `U.S.`.
    Word,
    /// Begins with a digit: `5.2`, `10th`.
    Number,
    /// The possessive `'s` or `’s` right after a word.
    Clitic,
    /// One quote mark of any style, single ones and apostrophes at the edge of a word among them; two for ``` `` ``` and `''`.
    Mark,
    /// Ends sentences: `. ! ? …` and their CJK, Arabic and Indic kin; `...` is one token.
    Stop,
    /// `,` `;` `:` and their kin.
    Comma,
    /// `-`, `–`, `—`, `--`.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Anything else: `$`, `%`, `•`, an emoji.
    Symbol,
    /// A web address.
    Url,
}

bitflags! {
    /// What the stages ask of a token most often.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Flags: u16 {
        /// The first letter is a capital.
        const CAPITAL = 1;
        /// Two letters or more, all capitals.
        const ALL_CAPS = 1 << 1;
        /// A capital after a small letter: `McDonald`, `iPhone`.
        const INNER_CAPITAL = 1 << 2;
        /// Dotted initials: `U.S.`, `J.K.`.
        const DOTTED = 1 << 3;
        /// Holds a digit.
        const DIGIT = 1 << 4;
        /// Not ASCII alone.
        const NON_ASCII = 1 << 5;
        /// White space before it, or the start of the text.
        const SPACE_BEFORE = 1 << 6;
        /// A line break before it, or the start of the text.
        const LINE_BEFORE = 1 << 7;
        /// Written in a script without spaces between words.
        const UNSPACED = 1 << 8;
    }
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Of the folded form: see [`fold_hash`]. Zero for all but words, numbers and clitics.
    pub hash: u64,
    /// Its bytes.
    pub span: Span,
    /// Its class.
    pub kind: Kind,
    /// Its properties.
    pub flags: Flags,
}

impl Token {
    /// Whether it is a word.
    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.flags.contains(Flags::CAPITAL)
    }

    /// Whether white space, or nothing, stands before it.
    pub fn space_before(&self) -> bool {
        self.flags.contains(Flags::SPACE_BEFORE)
    }

    /// Whether a line break, or nothing, stands before it.
    pub fn line_before(&self) -> bool {
        self.flags.contains(Flags::LINE_BEFORE)
    }
}

/// Numbers of tokens, half-open.
pub type TokenRange = Range<usize>;

/// So many tokens are walked before the rest is searched: those of most paragraphs.
const NEAR: usize = 128;

/// A text and its tokens.
#[derive(Clone, Debug)]
pub struct Tokens<'t> {
    /// The text.
    pub text: &'t str,
    /// Its tokens, in order; they never overlap, and what lies between two is white space.
    pub list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the text is blank.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text of token `i`.
    pub fn word(&self, i: usize) -> &'t str {
        self.list[i].span.of(self.text)
    }

    /// Token `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Token> {
        self.list.get(i)
    }

    /// The bytes from the first to the last token of `range`, which must not be empty.
    pub fn span(&self, range: &TokenRange) -> Span {
        self.list[range.start].span.to(self.list[range.end - 1].span)
    }

    /// The first token that ends after byte `at`.
    pub fn at(&self, at: u32) -> usize {
        // Tokens lie about evenly: look near the place where it should be, which is in the cache, then further away.
        let ends_before = |t: &Token| t.span.end <= at;
        let n = self.list.len();
        let guess = (at as usize * n).checked_div(self.text.len()).unwrap_or(0).min(n);
        let (mut low, mut step) = (guess, 16);
        while low > 0 && !ends_before(&self.list[low - 1]) {
            low = low.saturating_sub(step);
            step *= 2;
        }
        low + self.run(low, ends_before)
    }

    /// How many tokens from `low` on pass `test`, which those up to some token pass and none after it.
    fn run(&self, low: usize, test: impl Fn(&Token) -> bool) -> usize {
        // A walk is what memory is fastest at; only what is far is searched.
        let rest = self.list.get(low..).unwrap_or_default();
        let near = rest.iter().take(NEAR).take_while(|t| test(t)).count();
        if near < NEAR {
            return near;
        }
        let (mut high, mut step) = (NEAR, NEAR);
        while high < rest.len() && test(&rest[high]) {
            high = (high + step).min(rest.len());
            step *= 2;
        }
        NEAR + rest[NEAR..high].partition_point(test)
    }

    /// The tokens that lie in `span`, those cut by its edges among them.
    pub fn within(&self, span: Span) -> TokenRange {
        let first = self.at(span.start);
        first..self.until(first, span.end)
    }

    /// The same, walked to from token `from`, which may be no later than the first of them.
    pub fn within_from(&self, from: usize, span: Span) -> TokenRange {
        let first = from + self.run(from, |t| t.span.end <= span.start);
        first..self.until(first, span.end)
    }

    /// The first token from `from` on that begins at byte `end` or after it.
    pub fn until(&self, from: usize, end: u32) -> usize {
        from + self.run(from, |t| t.span.start < end)
    }
}

impl std::ops::Index<usize> for Tokens<'_> {
    type Output = Token;

    fn index(&self, i: usize) -> &Token {
        &self.list[i]
    }
}

/// Cuts `text`, which must be shorter than 4 GiB, into tokens in one pass.
pub fn tokenize(text: &str) -> Tokens<'_> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, list: Vec::with_capacity(text.len() / 5 + 8) };
    scanner.run();
    Tokens { text, list: scanner.list }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    list: Vec<Token>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let mut gap = Flags::SPACE_BEFORE | Flags::LINE_BEFORE;
        while let Some(&b) = self.bytes.get(self.at) {
            match BYTES[b as usize] {
                Byte::Space => {
                    gap |= Flags::SPACE_BEFORE;
                    self.at += 1;
                }
                Byte::Line => {
                    gap |= Flags::SPACE_BEFORE | Flags::LINE_BEFORE;
                    self.at += 1;
                }
                Byte::Upper | Byte::Lower => {
                    let gap = std::mem::replace(&mut gap, Flags::empty());
                    if !self.plain_word(gap) {
                        self.word(gap);
                    }
                }
                Byte::Digit => self.number(std::mem::replace(&mut gap, Flags::empty())),
                Byte::Other => self.sign(b as char, std::mem::replace(&mut gap, Flags::empty())),
                Byte::High => {
                    let c = self.char_at(self.at);
                    if is_blank(c) {
                        gap |= Flags::SPACE_BEFORE;
                        if matches!(c, '\u{0085}' | '\u{2028}' | '\u{2029}') {
                            gap |= Flags::LINE_BEFORE;
                        }
                        self.at += c.len_utf8();
                    } else if c.is_alphabetic() {
                        self.word(std::mem::replace(&mut gap, Flags::empty()));
                    } else if c.is_numeric() {
                        self.number(std::mem::replace(&mut gap, Flags::empty()));
                    } else {
                        self.sign(c, std::mem::replace(&mut gap, Flags::empty()));
                    }
                }
            }
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

    /// Small ASCII letters, the first of them perhaps a capital, before a blank or a mark: most words.
    fn plain_word(&mut self, gap: Flags) -> bool {
        let start = self.at;
        let rest = &self.bytes[start + 1..];
        let end = start + 1 + rest.iter().position(|b| !b.is_ascii_lowercase()).unwrap_or(rest.len());
        let plain = match self.bytes.get(end) {
            None => true,
            // Apostrophes, initials and addresses go on.
            Some(b'\'' | b':') => false,
            Some(b'.') => end - start > 1 && &self.bytes[start..end] != b"www",
            Some(&b) => matches!(BYTES[b as usize], Byte::Space | Byte::Line | Byte::Other),
        };
        if plain {
            let capital = if self.bytes[start].is_ascii_uppercase() { Flags::CAPITAL } else { Flags::empty() };
            self.at = end;
            let hash = hash_within(self.bytes, start, end);
            self.list.push(Token { hash, span: Span::new(start, end), kind: Kind::Word, flags: gap | capital });
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let tokens = tokenize(text);
        (0..tokens.len()).map(|i| tokens.word(i)).collect()
    }

    #[test]
    fn cuts_where_the_newsroom_would() {
        for (text, want) in [
            ("Nokia’s O’Neil didn't go", "Nokia|’s|O’Neil|didn't|go"),
            ("the U.S. Senate. He", "the|U.S.|Senate|.|He"),
            ("J.K. Marsh of S.p.A.", "J.K.|Marsh|of|S.p.A."),
            ("Plan B.The end", "Plan|B|.|The|end"),
            ("rose 5.2 pct to 1,200 at 10:30.", "rose|5.2|pct|to|1,200|at|10:30|."),
            ("Jean-Pierre — yes -- no...", "Jean|-|Pierre|—|yes|--|no|..."),
            ("``Go,'' he said", "``|Go|,|''|he|said"),
            ("the Clintons' house", "the|Clintons|'|house"),
            ("see https://a.example/b?c=d. Now", "see|https://a.example/b?c=d|.|Now"),
            ("北京欢迎你。Hello", "北京欢迎你|。|Hello"),
            ("Z\u{0307}ak", "Z\u{0307}ak"),
            ("a\u{00A0}b\u{200B}c", "a|b|c"),
        ] {
            assert_eq!(words(text).join("|"), want, "{text}");
        }
    }

    #[test]
    fn flags_tell_the_shape() {
        let tokens = tokenize("McDonald USA U.S. iPhone\nA320 émigré Élan");
        let has = |i: usize, f: Flags| tokens[i].flags.contains(f);
        assert!(has(0, Flags::CAPITAL | Flags::INNER_CAPITAL | Flags::LINE_BEFORE));
        assert!(has(1, Flags::ALL_CAPS | Flags::SPACE_BEFORE) && !has(1, Flags::LINE_BEFORE));
        assert!(has(2, Flags::DOTTED | Flags::ALL_CAPS));
        assert!(has(3, Flags::INNER_CAPITAL) && !has(3, Flags::CAPITAL));
        assert!(has(4, Flags::DIGIT | Flags::LINE_BEFORE));
        assert!(has(5, Flags::NON_ASCII) && !has(5, Flags::CAPITAL) && has(6, Flags::CAPITAL));
    }

    proptest! {
        #[test]
        fn tokens_are_found_by_their_bytes(text in "[a-z]{0,9}( [a-z.]{1,40} {0,30}){0,200}", start in 0u32..6000, len in 0u32..6000, from in 0usize..600) {
            let tokens = tokenize(&text);
            let first = tokens.list.partition_point(|t| t.span.end <= start);
            prop_assert_eq!(tokens.at(start), first);
            let end = tokens.list.partition_point(|t| t.span.start < start + len).max(first);
            let span = Span { start, end: start + len };
            prop_assert_eq!(tokens.within(span), first..end);
            prop_assert_eq!(tokens.within_from(from.min(first), span), first..end);
        }

        #[test]
        fn tokens_cover_all_but_white_space(text in any::<String>()) {
            let tokens = tokenize(&text);
            let mut last = 0;
            for t in &tokens.list {
                prop_assert!(!t.span.is_empty());
                prop_assert!(text[last..t.span.start as usize].chars().all(|c| is_blank(c) || c.is_control()));
                last = t.span.end as usize;
            }
            prop_assert!(text[last..].chars().all(|c| is_blank(c) || c.is_control()));
        }
    }
}
