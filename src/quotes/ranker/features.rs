//! A passage in, the features of each decision out: whether a token reports, where its source and its content begin and
//! end. The same code serves fitting and use.

use crate::lang::Classes;
use crate::model::{Sink, feature};
use crate::quotes::scene::{Passage, Scene};
use crate::text::{Flags, Kind, TokenRange};

/// What is decided; each salts its features, so that one table of weights serves all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Decision {
    /// A token reports.
    Cue = 0,
    /// The first token of the source.
    SourceStart = 1,
    /// One past its last.
    SourceEnd = 2,
    /// The first token of the content right of the cue.
    RightStart = 3,
    /// One past its last.
    RightEnd = 4,
    /// One past the last token of the content left of the cue.
    LeftEnd = 5,
    /// Its first.
    LeftStart = 6,
    /// Whether quoted words are speech.
    Speech = 7,
    /// Who speaks quoted words that no cue ties to anybody.
    Voice = 8,
    /// Whether an attribution is right.
    Trust = 9,
    /// Whether quoted words carry the quote before them on.
    Join = 10,
    /// Whether a token may report at all.
    Glance = 11,
}

/// What a decision is taken in view of, in tokens.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The cue's head.
    pub cue: usize,
    /// The source, once it is known.
    pub source: Option<TokenRange>,
    /// The other end of the span, once it is known.
    pub other: Option<usize>,
    /// Content right of the cue, once it is known.
    pub right: Option<TokenRange>,
}

/// A passage prepared for many decisions: running counts make each feature O(1).
pub struct View<'s, 'a, 't> {
    scene: &'s Scene<'a, 't>,
    base: usize,
    end: usize,
    /// Its tokens, with [`PAD`] more on either side.
    seen: Vec<Seen>,
    /// What lies before each token, and before the end.
    before: Vec<Counts>,
    role: u64,
    position: u64,
}

/// What features read of a token.
#[derive(Clone, Copy)]
struct Seen {
    word: u64,
    class: u64,
    /// Outside quote marks, within them, at an opening or a closing one.
    place: u8,
}

/// Words beyond the passage.
const BEYOND: Seen = Seen { word: 1, class: 1, place: 9 };

/// Running counts of what stands outside quote marks, and of the marks.
#[derive(Clone, Copy, Default)]
struct Counts {
    commas: u16,
    verbs: u16,
    marks: u16,
    names: u16,
    cues: u16,
    joints: u16,
    /// The next comma at or after the token.
    comma_at: u32,
}

/// Words beyond this distance are as good as absent.
const PAD: usize = 3;

impl<'s, 'a, 't> View<'s, 'a, 't> {
    /// Reads a passage once.
    pub fn new(scene: &'s Scene<'a, 't>, passage: &Passage) -> Self {
        let (base, end) = (passage.tokens.start, passage.tokens.end);
        let n = end - base;
        let block = &scene.structure.blocks[passage.block];
        let mut view = Self {
            scene,
            base,
            end,
            seen: Vec::with_capacity(n + 2 * PAD),
            before: Vec::with_capacity(n + 1),
            role: block.role as u64,
            position: u64::from(block.tokens.start == base) * 2 + u64::from(block.tokens.end == end),
        };
        view.seen.resize(PAD, BEYOND);
        let mut counts = Counts { comma_at: end as u32, ..Counts::default() };
        for i in base..end {
            view.before.push(counts);
            let seen = view.see(i);
            view.seen.push(seen);
            view.count(i, seen.place, &mut counts);
        }
        view.before.push(counts);
        view.seen.resize(n + 2 * PAD, BEYOND);
        for k in (0..n).rev() {
            let is_comma = view.before[k + 1].commas > view.before[k].commas;
            view.before[k].comma_at = if is_comma { (base + k) as u32 } else { view.before[k + 1].comma_at };
        }
        view
    }

    fn see(&self, i: usize) -> Seen {
        let token = self.scene.token(i);
        let word = if token.hash == 0 { crate::text::fold_hash(self.scene.word(i)) } else { token.hash };
        let place = match self.scene.region(i).map(|r| &self.scene.regions[r]) {
            None => 0,
            Some(region) if region.tokens.start == i => 2,
            Some(region) if region.closed && region.tokens.end == i + 1 => 3,
            Some(_) => 1,
        };
        Seen { word, class: self.signature(i), place }
    }

    fn count(&self, i: usize, place: u8, counts: &mut Counts) {
        counts.marks += u16::from(place >= 2);
        if place > 0 {
            return;
        }
        let named = self.scene.name(i).is_some();
        counts.commas += u16::from(self.scene.kind(i) == Kind::Comma);
        counts.verbs += u16::from(self.scene.is_verb(i));
        counts.names += u16::from(named);
        counts.cues += u16::from(!named && self.scene.has(i, Classes::CUE_VERB));
        counts.joints += u16::from(self.scene.has(i, Classes::CONJUNCTION));
    }

    /// A coarse class: kind, shape, word classes, type of name.
    fn signature(&self, i: usize) -> u64 {
        let token = self.scene.token(i);
        let name = self.scene.name(i).map_or(0, |n| n.kind as u64 + 1);
        let kept = Classes::DETERMINER
            | Classes::PREPOSITION
            | Classes::CONJUNCTION
            | Classes::PRONOUN
            | Classes::AUXILIARY
            | Classes::CUE_VERB
            | Classes::CUE_NOUN
            | Classes::ROLE
            | Classes::COLLECTIVE
            | Classes::VERB
            | Classes::ADVERB
            | Classes::WEEKDAY;
        let classes = if name > 0 { 0 } else { self.scene.classes[i].intersection(kept).bits() };
        let shape = u64::from(token.flags.contains(Flags::CAPITAL));
        classes << 12 | name << 8 | shape << 4 | token.kind as u64
    }

    /// First token and one past the last.
    pub fn bounds(&self) -> (usize, usize) {
        (self.base, self.end)
    }

    fn seen(&self, i: usize, by: isize) -> &Seen {
        &self.seen[(i + PAD - self.base).wrapping_add_signed(by).min(self.seen.len() - 1)]
    }

    fn word(&self, i: usize, by: isize) -> u64 {
        self.seen(i, by).word
    }

    fn class(&self, i: usize, by: isize) -> u64 {
        self.seen(i, by).class
    }

    fn place(&self, i: usize, by: isize) -> u64 {
        u64::from(self.seen(i, by).place)
    }

    fn counts(&self, a: usize, b: usize) -> (&Counts, &Counts) {
        (&self.before[a.min(b) - self.base], &self.before[a.max(b) - self.base])
    }

    /// How much lies between two tokens: commas, verbs, marks, names, each up to three.
    fn between(&self, a: usize, b: usize) -> u64 {
        let (a, b) = self.counts(a, b);
        let count = |a: u16, b: u16| u64::from((b - a).min(3));
        count(a.commas, b.commas) << 12
            | count(a.verbs, b.verbs) << 8
            | count(a.marks, b.marks) << 4
            | count(a.names, b.names)
    }

    /// The same for verbs that report, and words that join clauses.
    fn clauses(&self, a: usize, b: usize) -> u64 {
        let (a, b) = self.counts(a, b);
        u64::from((b.cues - a.cues).min(3)) << 4 | u64::from((b.joints - a.joints).min(3))
    }

    /// What stands between `p` and the next comma: where a clause ends, another begins.
    fn ahead(&self, p: usize) -> u64 {
        let first = (p + 1).min(self.end);
        let comma = self.before[first - self.base].comma_at as usize;
        let ends = u64::from(comma == self.end);
        self.between(first, comma) << 12 | self.clauses(first, comma) << 4 | ends
    }

    /// A glance at token `i`: the few features that rule most words out as cues.
    pub fn glance(&self, i: usize, out: &mut impl Sink) {
        let salt = (Decision::Glance as u32) << 8;
        let mut add = |template: u32, a: u64, b: u64| out.add(feature(salt + template, a, b));
        let (w, c) = (|by| self.word(i, by), |by| self.class(i, by));
        add(0, w(0), 0);
        add(1, w(0), c(1));
        add(2, w(0), c(-1));
        add(3, c(0), w(1));
        add(4, self.suffix(i), c(1));
        add(5, self.place(i, -1) << 8 | self.place(i, 1), c(0));
    }

    /// The features of token `i` as a cue.
    pub fn cue(&self, i: usize, out: &mut impl Sink) {
        let salt = (Decision::Cue as u32) << 8;
        let mut add = |template: u32, a: u64, b: u64| out.add(feature(salt + template, a, b));
        let (w, c) = (|by| self.word(i, by), |by| self.class(i, by));
        let suffix = self.suffix(i);
        add(0, 0, 0);
        add(1, w(0), 0);
        add(2, w(-1), 0);
        add(3, w(1), 0);
        add(4, w(-1), w(0));
        add(5, w(0), w(1));
        add(6, c(-1), c(0));
        add(7, c(0), c(1));
        add(8, w(0), c(1));
        add(9, w(0), c(-1));
        add(10, c(-1), c(1) ^ w(0));
        add(11, w(1), w(2));
        add(12, c(1), c(2) ^ w(0));
        add(13, w(-2), w(-1));
        add(14, c(-2), c(-1) ^ w(0));
        add(15, suffix, c(-1));
        add(16, self.place(i, -1) << 8 | self.place(i, 1), w(0));
        add(17, self.place(i, -2) << 8 | self.place(i, 2), c(0));
        add(18, suffix, c(1));
        let before = self.between(self.base, i);
        let after = self.between(i + 1, self.end);
        add(19, before & 0xF0, w(0));
        add(20, after & 0xF0, w(0));
        add(21, self.role, w(0));
        add(22, after & 0xF00, w(0));
        add(23, self.position, c(0));
        add(24, w(2), w(0));
        add(25, u64::from(i == self.base), w(0));
        add(26, c(1).rotate_left(7) ^ c(2), c(3) ^ w(0));
        add(27, c(-3).rotate_left(7) ^ c(-2), c(-1) ^ w(0).rotate_left(3));
        add(28, w(-2), w(0));
        add(29, self.clauses(self.base, i) << 8 | self.clauses(i + 1, self.end), c(0));
        add(30, self.ahead(i), w(0));
        add(31, self.between(self.base, i), suffix);
        add(32, c(-1).rotate_left(9) ^ c(1), c(-2).rotate_left(5) ^ c(2));
        add(33, w(-1), w(1));
    }

    fn suffix(&self, i: usize) -> u64 {
        let word = self.scene.word(i);
        let cut = if word.is_ascii() {
            word.len().saturating_sub(3)
        } else {
            word.char_indices().rev().nth(2).map_or(0, |(at, _)| at)
        };
        crate::text::fold_hash(&word[cut..])
    }

    /// The features of boundary `p` (a token or one past it) for a decision about the cue in `given`.
    #[cfg(feature = "train")]
    pub fn boundary(&self, decision: Decision, p: usize, given: &Given, out: &mut impl Sink) {
        self.boundary_gist(decision, p, given, out);
        self.boundary_rest(decision, p, given, out);
    }

    /// Those that tell most candidates from the likely ones.
    pub fn boundary_gist(&self, decision: Decision, p: usize, given: &Given, out: &mut impl Sink) {
        let salt = (decision as u32) << 8;
        let mut add = |template: u32, a: u64, b: u64| out.add(feature(salt + template, a, b));
        let cue = given.cue;
        let head = self.word(cue, 0);
        let distance = bucket(p, cue);
        let (w, c) = (|by| self.word(p, by), |by| self.class(p, by));
        let between = self.between(p, cue);
        let place = self.place(p, -1) << 8 | self.place(p, 0);
        add(0, distance, 0);
        add(1, distance, head);
        add(2, w(0), 0);
        add(3, w(-1), 0);
        add(5, c(-1), c(0));
        add(7, between, distance >> 4);
        add(8, between, head);
        add(9, place, between & 0xF0);
        add(10, w(0), head);
        add(11, c(0), head);
        add(12, place, head);
        add(13, c(0), distance);
        if let Some(source) = &given.source {
            let side = u64::from(source.start > cue);
            let from = bucket(p, source.start) << 8 | bucket(p, source.end);
            add(19, from, side);
            add(20, u64::from(p >= source.start && p < source.end), side);
        } else {
            add(22, 0, distance >> 3);
        }
        if let Some(other) = given.other {
            let length = bucket(p, other);
            let inside = self.between(p, other);
            add(23, length, self.class(other, 0));
            add(24, inside, place);
            add(26, self.class(other, 0), c(-1));
            add(28, self.place(other, 0) << 16 | place, self.shares_region(p, other));
        }
    }

    /// All others.
    pub fn boundary_rest(&self, decision: Decision, p: usize, given: &Given, out: &mut impl Sink) {
        let salt = (decision as u32) << 8;
        let mut add = |template: u32, a: u64, b: u64| out.add(feature(salt + template, a, b));
        let cue = given.cue;
        let head = self.word(cue, 0);
        let distance = bucket(p, cue);
        let (w, c) = (|by| self.word(p, by), |by| self.class(p, by));
        let between = self.between(p, cue);
        let place = self.place(p, -1) << 8 | self.place(p, 0);
        let edge = u64::from(p == self.base) | u64::from(p == self.end) << 1;
        let clauses = self.clauses(p, cue);
        let ahead = self.ahead(p);
        add(4, w(-1), w(0));
        add(6, c(-1) ^ c(0).rotate_left(9), c(1));
        add(14, c(-1), distance);
        add(15, w(1), w(0));
        add(16, edge, self.role);
        add(17, edge, place);
        add(18, w(-1), head);
        add(33, w(0), c(1) ^ c(2).rotate_left(11));
        add(34, self.between(p, self.end), w(0));
        add(35, bucket(p, self.end), w(0));
        add(36, self.between(p, self.end), place);
        add(37, clauses << 16 | between, 0);
        add(38, ahead, w(0));
        add(39, ahead, c(0) ^ c(-1).rotate_left(7));
        add(40, w(1) ^ w(2).rotate_left(9), c(0));
        add(41, c(0).rotate_left(9) ^ c(1), c(2).rotate_left(5) ^ c(3));
        add(42, w(-1) ^ w(-2).rotate_left(9), c(0));
        if let Some(source) = &given.source {
            add(21, self.between(p, source.start), u64::from(source.start > cue));
        }
        if let Some(other) = given.other {
            let length = bucket(p, other);
            let inside = self.between(p, other);
            let joined = self.clauses(p, other);
            add(25, self.word(other, 0), w(-1));
            add(27, self.word(other, 0), w(0));
            add(29, self.class(other, 0) ^ c(0).rotate_left(7), c(-1));
            add(30, inside & 0xFF00, edge);
            add(43, joined << 16 | inside, w(0));
            add(44, joined << 16 | ahead, c(0));
            add(45, length, w(0) ^ head);
            add(46, self.word(other, -1), w(0));
            add(47, self.word(other, -1) ^ self.class(other, 0), ahead);
        }
        if let Some(right) = &given.right {
            add(31, 1 + u64::from(right.len() > 3), place);
            add(32, self.place(right.start, 0), place);
        }
    }

    fn shares_region(&self, p: usize, other: usize) -> u64 {
        u64::from(self.scene.region(p.saturating_sub(1)) == self.scene.region(other))
    }

    /// The features of there being no such boundary.
    pub fn none(&self, decision: Decision, given: &Given, out: &mut impl Sink) {
        let salt = ((decision as u32) << 8) + 64;
        let mut add = |template: u32, a: u64, b: u64| out.add(feature(salt + template, a, b));
        let cue = given.cue;
        let (w, c) = (|by| self.word(cue, by), |by| self.class(cue, by));
        add(0, 0, 0);
        add(1, w(0), 0);
        add(2, w(0), w(1));
        add(3, w(0), w(-1));
        add(4, c(-1), c(1));
        add(5, w(0), c(1));
        add(6, self.place(cue, -1) << 8 | self.place(cue, 1), self.place(cue, -2) << 8 | self.place(cue, 2));
        add(7, self.between(self.base, cue), 0);
        add(8, self.between(cue, self.end), 0);
        add(9, c(1), c(2));
        add(10, c(-1), c(-2));
        add(11, bucket(cue, self.end), w(0));
        add(12, bucket(cue, self.base), w(0));
        add(13, self.role, self.position);
        if let Some(source) = &given.source {
            let side = u64::from(source.start > cue);
            let edge = if source.start > cue { source.end } else { source.start };
            add(14, side, self.word(edge, -1));
            add(15, side, self.word(edge, 0));
            add(16, side << 8 | self.place(edge, -1), self.place(edge, 0));
            add(17, self.between(edge, self.base), side);
            add(18, self.between(edge, self.end), side);
            add(19, bucket(edge, self.end), side);
        }
        if let Some(right) = &given.right {
            add(20, bucket(right.end, self.end), self.place(right.start, 0));
            add(21, right.len().min(8) as u64, w(0));
            add(22, self.place(right.start, 0), self.place(cue, -1));
        }
    }
}

/// A signed distance: exact when near, coarse when far.
pub fn bucket(p: usize, from: usize) -> u64 {
    let d = p.abs_diff(from);
    let size = match d {
        0..=6 => d,
        7..=8 => 7,
        9..=11 => 8,
        12..=15 => 9,
        16..=22 => 10,
        23..=32 => 11,
        33..=50 => 12,
        _ => 13,
    };
    (size as u64) << 1 | u64::from(p > from)
}
