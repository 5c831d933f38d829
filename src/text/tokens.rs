//! Text in, tokens out: words, numbers, marks, each with its bytes, its class and the hash of its folded form.
//!
//! A word keeps inner apostrophes (`O’Neil`, `don't`) but gives up a possessive `’s`, which is a token of its own; it
//! keeps the stops of dotted initials (`U.S.`, `J.K.`, `S.p.A.`); it is cut at hyphens and dashes, which are tokens.
//! A number keeps inner separators (`5.2`, `1,200`, `10:30`). Runs of scripts without spaces are one word each.

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

#[cfg(test)]
mod tests {
    use super::super::chars::is_blank;
    use super::super::scanner::tokenize;
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
