//! Tokens of one block in, regions between quote marks out. State never leaves the block, so that a stray mark costs no
//! more than its own paragraph.
//!
//! Marks pair by family: straight and curly doubles (which may close each other where a desk mixed them), low-high,
//! guillemets either way round, corner brackets, doubled single marks, and single marks told from apostrophes.

use crate::span::Span;
use crate::text::{Flags, Kind, TokenRange, Tokens};

/// A region between two marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// All its tokens, the marks among them.
    pub tokens: TokenRange,
    /// Its bytes, marks included.
    pub span: Span,
    /// Whether a closing mark was found; otherwise it ends with its block.
    pub closed: bool,
    /// Between double marks, or marks that stand for them.
    pub double: bool,
    /// The region around it.
    pub parent: Option<usize>,
}

impl Region {
    /// The tokens between the marks.
    pub fn inner(&self) -> TokenRange {
        let end = if self.closed { self.tokens.end - 1 } else { self.tokens.end };
        self.tokens.start + 1..end.max(self.tokens.start + 1)
    }
}

/// Marks that may open and close each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Double,
    Low,
    Guillemet,
    Reversed,
    Corner,
    Single,
    /// `‚so‘`
    LowSingle,
}

/// Deeper nesting than this is noise.
const MAX_DEPTH: usize = 6;

/// Whether a block begins with a single mark that opens.
pub fn opens_single(tokens: &Tokens<'_>, block: &TokenRange) -> bool {
    let i = block.start;
    block.len() > 1
        && tokens[i].kind == Kind::Mark
        && matches!(tokens.word(i), "'" | "\u{2018}")
        && !tokens[i + 1].space_before()
        && !is_elision(tokens, i)
}

/// Words that lose their first letters to an apostrophe.
const ELISIONS: [&str; 12] = ["em", "til", "till", "tis", "twas", "cause", "bout", "n", "round", "cos", "un", "d"];

/// Words that lose their last letter to an apostrophe: "tryin'".
const LOST_G: [&str; 24] = [
    "tryin",
    "goin",
    "doin",
    "nothin",
    "somethin",
    "anythin",
    "everythin",
    "gettin",
    "comin",
    "lookin",
    "talkin",
    "workin",
    "livin",
    "lovin",
    "playin",
    "runnin",
    "makin",
    "takin",
    "sayin",
    "thinkin",
    "walkin",
    "waitin",
    "singin",
    "feelin",
];

/// The regions of a block, ordered by their first token; a nested one follows the one around it. `resumed` tells that the next
/// paragraph opens with a single mark, so that one of this block may stay open.
pub fn pair(tokens: &Tokens<'_>, block: &TokenRange, resumed: bool) -> Vec<Region> {
    let mut pairing = Pairing::new(tokens, block, resumed);
    for i in block.clone() {
        if tokens[i].kind == Kind::Mark {
            pairing.mark(i);
        }
    }
    pairing.finish()
}

struct Pairing<'a, 't> {
    tokens: &'a Tokens<'t>,
    block: TokenRange,
    regions: Vec<Region>,
    /// Open regions: family and index.
    open: Vec<(Family, usize)>,
    /// The last token that could close a single mark; the end of the block where the next paragraph opens with one and this does not
    /// close its own.
    last_single: Option<usize>,
    /// Whether a single mark may stay open.
    resumed: bool,
}

impl<'a, 't> Pairing<'a, 't> {
    fn new(tokens: &'a Tokens<'t>, block: &TokenRange, resumed: bool) -> Self {
        let mut pairing =
            Self { tokens, block: block.clone(), regions: Vec::new(), open: Vec::new(), last_single: None, resumed };
        let closer = block.clone().rev().find(|&i| pairing.may_close_single(i));
        pairing.resumed = resumed && closer.is_none_or(|i| i + 1 < block.end);
        pairing.last_single = if pairing.resumed { Some(block.end) } else { closer };
        pairing
    }

    fn space_before(&self, i: usize) -> bool {
        i == self.block.start || self.tokens[i].space_before()
    }

    fn space_after(&self, i: usize) -> bool {
        i + 1 >= self.block.end || self.tokens[i + 1].space_before()
    }

    /// Whether a mark at `i` stands where one opens: no letter before it, something right after it.
    fn leads(&self, i: usize) -> bool {
        let after_opener = i > self.block.start
            && matches!(self.tokens[i - 1].kind, Kind::Open | Kind::Mark | Kind::Dash | Kind::Comma);
        !self.space_after(i) && (self.space_before(i) || after_opener)
    }

    fn mark(&mut self, i: usize) {
        match self.tokens.word(i) {
            "\"" | "\u{FF02}" | "\u{201F}" => self.straight(i),
            "\u{201C}" => {
                if !self.close(Family::Low, i) {
                    self.reopen(Family::Double, i);
                }
            }
            "\u{201D}" => {
                if !(self.close(Family::Double, i) || self.close(Family::Low, i)) && self.leads(i) {
                    self.start(Family::Double, i);
                }
            }
            "\u{201E}" => self.start(Family::Low, i),
            "``" => self.reopen(Family::Double, i),
            "''" => {
                if !self.close(Family::Double, i) && self.leads(i) {
                    self.start(Family::Double, i);
                }
            }
            "\u{00AB}" | "\u{2039}" => {
                if !self.close(Family::Reversed, i) {
                    self.start(Family::Guillemet, i);
                }
            }
            "\u{00BB}" | "\u{203A}" => {
                if !self.close(Family::Guillemet, i) && self.leads(i) {
                    self.start(Family::Reversed, i);
                }
            }
            "\u{300C}" | "\u{300E}" => self.start(Family::Corner, i),
            "\u{300D}" | "\u{300F}" => {
                self.close(Family::Corner, i);
            }
            "\u{201A}" if self.leads(i) => self.start(Family::LowSingle, i),
            "\u{2018}" if self.closes_low_single(i) => {
                self.close(Family::LowSingle, i);
            }
            "\u{2018}" | "\u{201A}" | "\u{201B}" | "`" => {
                if !is_elision(self.tokens, i)
                    && (self.last_single.is_some_and(|last| last > i) || self.opens_paragraph(i))
                {
                    self.start(Family::Single, i);
                }
            }
            _ => self.single(i),
        }
    }

    /// `‘My father built it in a week.` and no closing mark in the paragraph: the quote goes on in the next one.
    fn opens_paragraph(&self, i: usize) -> bool {
        i == self.block.start && self.tokens.word(i) == "\u{2018}" && !self.space_after(i)
    }

    fn closes_low_single(&self, i: usize) -> bool {
        !self.space_before(i) && self.open.last().is_some_and(|&(f, _)| f == Family::LowSingle)
    }

    /// `6'4"`, `12'30"`: feet and inches, minutes and seconds.
    fn is_measure(&self, i: usize) -> bool {
        let number = |k: usize| self.tokens[k].kind == Kind::Number && !self.tokens[k + 1].space_before();
        i >= self.block.start + 3
            && number(i - 1)
            && number(i - 3)
            && matches!(self.tokens.word(i - 2), "'" | "\u{2019}" | "\u{2032}")
            && !self.tokens[i - 1].space_before()
    }

    /// The mark that looks the same on both sides.
    fn straight(&mut self, i: usize) {
        if self.is_measure(i) {
            return;
        }
        let is_open = self.open.iter().any(|&(f, _)| f == Family::Double);
        if !is_open {
            if self.leads(i) || (self.space_before(i) && i + 1 < self.block.end) {
                self.start(Family::Double, i);
            }
        } else if self.space_before(i) && !self.space_after(i) {
            // The closing mark was lost, or another quote opens inside.
            self.reopen(Family::Double, i);
        } else {
            self.close(Family::Double, i);
        }
    }

    /// An apostrophe or a single mark.
    fn single(&mut self, i: usize) {
        let is_open = self.open.iter().any(|&(f, _)| f == Family::Single);
        if is_open && self.may_close_single(i) && !self.is_apostrophe(i) {
            self.close(Family::Single, i);
            return;
        }
        let may_open = self.tokens.word(i) == "'" && !is_open && self.leads(i) && !is_elision(self.tokens, i);
        if may_open && self.last_single.is_some_and(|last| last > i) {
            self.start(Family::Single, i);
        }
    }

    fn may_close_single(&self, i: usize) -> bool {
        self.tokens[i].kind == Kind::Mark
            && matches!(self.tokens.word(i), "'" | "\u{2019}" | "\u{02BC}" | "\u{FF07}")
            && i > self.block.start
            && !self.tokens[i].space_before()
            && (self.space_after(i) || !self.tokens[i + 1].is_word())
    }

    /// `the workers’ union`, `nothin' more`: an s or a lost g before it, a word after it, and another mark further on that can close.
    fn is_apostrophe(&self, i: usize) -> bool {
        let word = self.tokens.word(i - 1);
        let lost_g = LOST_G.contains(&word);
        (word.ends_with(['s', 'S']) || lost_g)
            && self.tokens.get(i + 1).is_some_and(|t| i + 1 < self.block.end && t.is_word())
            && self.last_single.is_some_and(|last| last > i)
            && (self.stays_open()
                || (i + 1..self.block.end)
                    .take(60)
                    .take_while(|&k| self.tokens.word(k) != "\u{2018}")
                    .any(|k| self.may_close_single(k)))
    }

    fn start(&mut self, family: Family, i: usize) {
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let parent = self.open.last().map(|&(_, region)| region);
        self.open.push((family, self.regions.len()));
        self.regions.push(Region {
            tokens: i..i + 1,
            span: self.tokens[i].span,
            closed: false,
            double: !matches!(family, Family::Single | Family::LowSingle),
            parent,
        });
    }

    /// Opens a region where one of the family may be open already: that one ends here, unclosed.
    fn reopen(&mut self, family: Family, i: usize) {
        if let Some(level) = self.open.iter().rposition(|&(f, _)| f == family) {
            self.end_from(level, i);
        }
        self.start(family, i);
    }

    /// Closes the innermost open region of the family, and those inside it.
    fn close(&mut self, family: Family, i: usize) -> bool {
        let Some(level) = self.open.iter().rposition(|&(f, _)| f == family) else { return false };
        let region = self.open[level].1;
        self.end_from(level, i);
        self.regions[region].closed = true;
        self.set_end(region, i + 1);
        true
    }

    /// Ends all open regions from `level` inwards before token `end`.
    fn end_from(&mut self, level: usize, end: usize) {
        for (family, region) in self.open.split_off(level) {
            self.set_end(region, end);
            if matches!(family, Family::Single | Family::LowSingle) {
                // An apostrophe after all.
                self.regions[region].tokens.end = self.regions[region].tokens.start;
            }
        }
    }

    fn set_end(&mut self, region: usize, end: usize) {
        let start = self.regions[region].tokens.start;
        self.regions[region].tokens = start..end;
        self.regions[region].span = self.tokens.span(&(start..end));
    }

    fn finish(mut self) -> Vec<Region> {
        let stays = self.open.first().filter(|&&(f, r)| f == Family::Single && self.may_stay_open(r)).map(|&(_, r)| r);
        self.end_from(0, self.block.end);
        if let Some(region) = stays {
            // A British quote that goes on in the next paragraph.
            self.set_end(region, self.block.end);
        }
        self.without_empty()
    }

    /// Whether a single mark without its other may be more than an apostrophe: it opens the paragraph, or a sentence in one whose next
    /// opens with a mark.
    fn may_stay_open(&self, region: usize) -> bool {
        let i = self.regions[region].tokens.start;
        let after_pause = i > self.block.start && matches!(self.tokens[i - 1].kind, Kind::Stop | Kind::Comma);
        i == self.block.start || self.resumed && after_pause && self.tokens[i + 1].flags.contains(Flags::CAPITAL)
    }

    /// Whether the open single mark may be closed by no mark of this block.
    fn stays_open(&self) -> bool {
        let single = self.open.iter().rev().find(|&&(f, _)| f == Family::Single);
        self.resumed && single.is_some_and(|&(_, region)| self.may_stay_open(region))
    }

    /// Drops the regions that turned out to be apostrophes, and those without a word, and mends the parents.
    fn without_empty(self) -> Vec<Region> {
        let mut kept: Vec<Region> = Vec::with_capacity(self.regions.len());
        let mut moved: Vec<Option<usize>> = Vec::with_capacity(self.regions.len());
        for mut region in self.regions {
            region.parent = region.parent.and_then(|p| moved[p]);
            let speaks = region.tokens.clone().any(|i| self.tokens[i].is_word() || self.tokens[i].kind == Kind::Number);
            moved.push(if speaks { Some(kept.len()) } else { region.parent });
            if speaks {
                kept.push(region);
            }
        }
        kept
    }
}

/// `'90s`, `'til`: an apostrophe for what was left out.
fn is_elision(tokens: &Tokens<'_>, i: usize) -> bool {
    tokens.get(i + 1).is_some_and(|next| {
        !next.space_before()
            && (next.flags.contains(Flags::DIGIT) && tokens.word(i + 1).ends_with('s')
                || ELISIONS.contains(&tokens.word(i + 1).to_ascii_lowercase().as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;
    use proptest::prelude::*;

    fn regions(text: &str) -> Vec<&str> {
        let tokens = tokenize(text);
        pair(&tokens, &(0..tokens.len()), false).iter().map(|r| r.span.of(text)).collect()
    }

    #[test]
    fn pairs_every_style() {
        for (text, want) in [
            ("\"Go,\" he said. \"Now.\"", vec!["\"Go,\"", "\"Now.\""]),
            ("“Go,” he said", vec!["“Go,”"]),
            ("„Geh“, sagte er", vec!["„Geh“"]),
            ("‚Geh‘, sagte er", vec!["‚Geh‘"]),
            ("\"A 6'4\" boy,\" he said", vec!["\"A 6'4\" boy,\""]),
            ("‘We built it in a week.", vec!["‘We built it in a week."]),
            ("«Go», he said", vec!["«Go»"]),
            ("»Geh«, sagte er", vec!["»Geh«"]),
            ("「好」他说", vec!["「好」"]),
            ("``Go,'' he said", vec!["``Go,''"]),
            ("‘The workers’ union lost,’ he said", vec!["‘The workers’ union lost,’"]),
            ("“She told me ‘go home’ twice,” Lee said", vec!["“She told me ‘go home’ twice,”", "‘go home’"]),
            ("the '90s and O'Brien's rock 'n' roll", vec![]),
            ("Prices 'will fall': minister", vec!["'will fall'"]),
            ("She sang: 'We were tryin' too hard.'", vec!["'We were tryin' too hard.'"]),
            ("a 6'2\" guard and the dogs' home", vec![]),
            ("“Mixed marks,\" she said", vec!["“Mixed marks,\""]),
        ] {
            assert_eq!(regions(text), want, "{text}");
        }
    }

    #[test]
    fn a_single_mark_stays_open_where_the_next_paragraph_takes_it_up() {
        let text = "'I was told,' she said. 'I was told to change my dancers' shoes.";
        let tokens = tokenize(text);
        let found: Vec<_> = pair(&tokens, &(0..tokens.len()), true).iter().map(|r| r.span.of(text)).collect();
        assert_eq!(found, ["'I was told,'", "'I was told to change my dancers' shoes."]);
    }

    #[test]
    fn an_unclosed_region_ends_with_its_block() {
        let text = "He said: \"We will go";
        let tokens = tokenize(text);
        let found = pair(&tokens, &(0..tokens.len()), false);
        assert_eq!(found.len(), 1);
        assert!(!found[0].closed);
        assert_eq!(found[0].span.of(text), "\"We will go");
    }

    proptest! {
        #[test]
        fn regions_nest_and_stay_inside(text in "[a-c \"'“”‘’„«».,]{0,60}") {
            let tokens = tokenize(&text);
            let found = pair(&tokens, &(0..tokens.len()), false);
            for (i, r) in found.iter().enumerate() {
                prop_assert!(r.tokens.start < r.tokens.end && r.tokens.end <= tokens.len());
                if let Some(p) = r.parent {
                    prop_assert!(p < i && found[p].span.contains(r.span));
                } else if let Some(next) = found[i + 1..].iter().find(|n| n.parent.is_none()) {
                    prop_assert!(r.tokens.end <= next.tokens.start);
                }
            }
        }
    }
}
