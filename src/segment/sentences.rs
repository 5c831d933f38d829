//! A block's text in, its sentences out: stops are found by a byte scan and decided by what stands around them.
//!
//! The base is UAX #29: a stop ends a sentence, with the marks that close after it, unless a small letter follows. On
//! top come abbreviations by class, initials, figures, list marks, dots, and speech tags after `?"`. Nothing is carried
//! from one block to the next.

use super::around::{self, After, last_word};
use super::lists;
use crate::lang::{Cue, Cues, Language};
use crate::span::Span;

/// Cuts `span` of `text` into sentences and hands each to `found`, in order.
pub(super) fn split(text: &str, span: Span, language: Language, found: &mut impl FnMut(Span)) {
    Splitter::new(text, span, language).run(found);
}

/// What a byte may begin: nothing, an ASCII stop, or a character that may be a stop.
const STOPS: [u8; 256] = {
    let mut table = [0; 256];
    table[b'.' as usize] = 1;
    table[b'!' as usize] = 1;
    table[b'?' as usize] = 1;
    // Lead bytes of … ‼ (E2), 。(E3), ！？．｡ (EF), danda (E0), ። ။ (E1), ؟ (D8), ۔ (DB).
    table[0xE0] = 2;
    table[0xE1] = 2;
    table[0xE2] = 2;
    table[0xE3] = 2;
    table[0xEF] = 2;
    table[0xD8] = 2;
    table[0xDB] = 2;
    table
};

struct Splitter<'t> {
    text: &'t str,
    /// Where the sentence at hand begins.
    start: usize,
    end: usize,
    cues: &'static Cues,
    /// ASCII alone, and none of its marks asks but `?`.
    ascii: bool,
    language: Language,
    /// No capital in the whole block, or a small `i`: small letters begin sentences too.
    small: Option<bool>,
    block: Span,
}

/// A stop with all that belongs to it.
struct Stop {
    /// Its first byte.
    at: usize,
    /// One past the stop and its repetitions.
    run: usize,
    /// One past the closing marks.
    close: usize,
    kind: StopKind,
    /// A quote mark closes after it.
    quoted: bool,
    /// The three dots of an omission follow.
    omits: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum StopKind {
    /// One full stop.
    Point,
    /// `...` or `…`.
    Dots,
    /// Holds `?` or `!`.
    Question,
    /// A stop that ends sentences whatever follows: `。`, danda.
    Full,
}

impl<'t> Splitter<'t> {
    fn new(text: &'t str, span: Span, language: Language) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let ascii = language != Language::Greek && span.of(text).is_ascii();
        Self { text, start, end, cues: Cues::of(language), ascii, language, small: None, block: span }
    }

    fn run(&mut self, found: &mut impl FnMut(Span)) {
        let marks = lists::marks(&self.text[self.start..self.end]);
        let offset = self.start;
        let mut marks = marks.into_iter().map(|m| m + offset).peekable();
        let mut at = self.start;
        while let Some(stop) = self.next_stop(at) {
            while let Some(mark) = marks.next_if(|&m| m <= stop.at) {
                self.cut(mark, found);
            }
            at = stop.close.max(stop.run);
            if let Some(cut) = self.decide(&stop) {
                self.cut(cut, found);
                at = at.max(cut);
            }
        }
        for mark in marks {
            self.cut(mark, found);
        }
        self.cut(self.end, found);
    }

    /// Ends the sentence at `cut`.
    fn cut(&mut self, cut: usize, found: &mut impl FnMut(Span)) {
        if cut <= self.start {
            return;
        }
        let span = around::trim(self.text, self.start, cut);
        if !span.is_empty() {
            found(span);
        }
        self.start = cut;
    }

    /// The next stop at or after `at`, with its repetitions and closing marks.
    fn next_stop(&self, mut at: usize) -> Option<Stop> {
        let bytes = &self.text.as_bytes()[..self.end];
        let greek = self.language == Language::Greek;
        loop {
            at += if self.ascii {
                memchr::memchr3(b'.', b'!', b'?', &bytes[at..])?
            } else {
                bytes[at..].iter().position(|&b| STOPS[b as usize] != 0 || greek && b == b';')?
            };
            let c = self.text[at..self.end].chars().next()?;
            if let Some(kind) = kind_of(c, greek) {
                return Some(self.stop(at, kind, greek));
            }
            at += c.len_utf8();
        }
    }

    fn stop(&self, at: usize, mut kind: StopKind, greek: bool) -> Stop {
        let rest = &self.text[at..self.end];
        let (mut run, mut points, mut omits) = (at, 0, false);
        for c in rest.chars() {
            let Some(k) = kind_of(c, greek) else { break };
            points += usize::from(k == StopKind::Point);
            kind = match (kind, k) {
                (_, StopKind::Question) | (StopKind::Question, _) => StopKind::Question,
                (_, StopKind::Dots) => StopKind::Dots,
                (a, _) => a,
            };
            run += c.len_utf8();
        }
        if kind == StopKind::Point && points > 1 {
            kind = StopKind::Dots;
        }
        if kind == StopKind::Point {
            let spaced = around::spaced_points(&self.text[run..self.end]);
            if spaced.bytes > 0 {
                run += spaced.bytes;
                kind = StopKind::Dots;
                let attached = !self.text[..at].ends_with(char::is_whitespace);
                let follows = self.text[run..self.end].chars().next().is_some_and(around::is_blank);
                if spaced.points >= 3 && attached && follows && self.language == Language::English {
                    // A stop, then the three dots of an omission before what follows.
                    run = at + 1;
                    omits = true;
                }
                if spaced.points >= 3 {
                    kind = StopKind::Full;
                }
            }
        }
        let (close, quoted) = around::closers(self.text, run, self.end);
        Stop { at, run, close, kind, quoted, omits }
    }

    /// Where the sentence ends, if this stop ends it.
    fn decide(&mut self, stop: &Stop) -> Option<usize> {
        let after = After::read(self.text, stop.close, self.end);
        if stop.omits && after.first == '.' {
            return Some(stop.run);
        }
        if after.is_end() || after.goes_on() {
            return None;
        }
        if stop.kind == StopKind::Full || self.is_wide(stop) {
            return self.decide_wide(stop, &after);
        }
        if !after.spaced {
            return self.decide_unspaced(stop, &after);
        }
        let ends = match stop.kind {
            StopKind::Question => self.question_ends(stop, &after),
            StopKind::Dots => self.dots_end(stop, &after),
            _ => self.point_ends(stop, &after),
        };
        ends.then_some(after.cut)
    }

    /// Whether the stop is of a script whose stops need no space after them.
    fn is_wide(&self, stop: &Stop) -> bool {
        matches!(
            self.text[stop.at..].chars().next(),
            Some('\u{FF01}' | '\u{FF0E}' | '\u{FF1F}' | '\u{3002}' | '\u{FF61}')
        ) || self.language.is_unspaced() && stop.kind == StopKind::Question && !self.latin_before(stop.at)
    }

    fn latin_before(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric())
    }

    /// Japanese and Chinese: a closed quote goes on with a particle or a comma; all else is cut.
    fn decide_wide(&self, stop: &Stop, after: &After<'_>) -> Option<usize> {
        let next = after.first;
        if matches!(next, '\u{3001}' | '\u{FF0C}' | ',' | ')' | '\u{FF09}') {
            return None;
        }
        if stop.close > stop.run
            && self.language == Language::Japanese
            && matches!(next, 'と' | 'は' | 'が' | 'を' | 'に' | 'の' | 'で' | 'も' | 'な' | 'や')
        {
            return None;
        }
        Some(after.cut)
    }

    /// No space after the stop: only `Monday.The mayor` is a lost space.
    fn decide_unspaced(&self, stop: &Stop, after: &After<'_>) -> Option<usize> {
        if stop.close > stop.run {
            return None;
        }
        let word = last_word(self.text, self.start, stop.at);
        if stop.kind == StopKind::Dots && self.language == Language::English {
            let cut = word.ends_with(char::is_lowercase) && (after.is_capitalised_word() || after.word() == "I");
            return cut.then_some(stop.run);
        }
        let apart = self.text[self.start..stop.at - word.len()]
            .chars()
            .next_back()
            .is_none_or(|c| !matches!(c, '/' | '@' | ':' | '_'));
        let lost = apart
            && matches!(stop.kind, StopKind::Point | StopKind::Question)
            && word.len() > 1
            && self.is_plain_word(word, after)
            && after.is_capitalised_word();
        (lost && !self.cues.get(word).intersects(Cue::ABBREVIATION)).then_some(stop.run)
    }

    /// Whether a word before a lost space is an ordinary one; a capitalised one needs a function word after it.
    fn is_plain_word(&self, word: &str, after: &After<'_>) -> bool {
        let mut chars = word.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        chars.all(char::is_lowercase)
            && (!capital || word.len() > 2 && self.cues.get(after.word()).contains(Cue::OPENER))
    }

    fn question_ends(&mut self, stop: &Stop, after: &After<'_>) -> bool {
        if after.is_small() {
            // A name may end in an exclamation mark: `Yahoo! in`.
            let asks = || self.text[stop.at..stop.run].contains('?') && self.opens(after);
            return !stop.quoted && stop.close == stop.run && !after.opened() && (asks() || self.small_begins(after));
        }
        if stop.quoted && !after.opened() && self.is_speech_tag(after) {
            return false;
        }
        !self.dash_goes_on(stop, after)
    }

    /// Whether a dash continues the sentence: a speaker's name in English, dialogue and its tags elsewhere.
    fn dash_goes_on(&self, stop: &Stop, after: &After<'_>) -> bool {
        after.dashed && (stop.quoted || self.language != Language::English)
    }

    fn dots_end(&mut self, stop: &Stop, after: &After<'_>) -> bool {
        if after.is_small() {
            return self.small_block() && stop.run == stop.close;
        }
        if self.text[..stop.at].ends_with(['[', '(']) && self.text[stop.run..].starts_with([']', ')']) {
            return false;
        }
        let apart = self.text[..stop.at].ends_with(char::is_whitespace);
        let pronoun = matches!(after.word(), "I" | "I'm" | "I’m" | "I'd" | "I’d");
        !(apart && !stop.quoted && (pronoun || self.text[stop.at..stop.run].contains(' '))) && !after.is_digit()
    }

    /// Whether one full stop ends its sentence.
    fn point_ends(&mut self, stop: &Stop, after: &After<'_>) -> bool {
        let word = last_word(self.text, self.start, stop.at);
        let cue = if word.is_empty() || self.is_acronym(word) { Cue::empty() } else { self.cues.get(word) };
        if lists::is_mark(word) && self.leads(stop.at - word.len()) {
            return false;
        }
        if after.is_small() {
            let plain =
                !stop.quoted && !word.contains('.') && !cue.intersects(Cue::ABBREVIATION) && !around::is_initial(word);
            return plain && (after.bracketed() && word.len() > 2 || !after.opened() && self.small_begins(after));
        }
        if self.dash_goes_on(stop, after) {
            return false;
        }
        if stop.close > stop.run {
            return true;
        }
        if around::is_initial(word) {
            return self.initial_ends(stop, word, after);
        }
        if word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty() {
            return self.figure_ends(word, after);
        }
        let letters = word.contains(char::is_alphabetic);
        let dotted = letters && word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2);
        if !cue.intersects(Cue::ABBREVIATION) && !dotted {
            return true;
        }
        self.abbreviation_ends(cue, stop, word, after)
    }

    /// Whether a word in capitals is no abbreviation of a small one: Romanian `DNA.` is no `dna.`
    fn is_acronym(&self, word: &str) -> bool {
        self.language != Language::English && word.len() > 2 && word.chars().all(char::is_uppercase)
    }

    /// Whether only marks stand between the start of the sentence and byte `at`.
    fn leads(&self, at: usize) -> bool {
        at - self.start < 16 && !self.text[self.start..at].contains(char::is_alphanumeric)
    }

    /// `J. Smith` goes on; `Plan B. The` does not.
    fn initial_ends(&self, stop: &Stop, word: &str, after: &After<'_>) -> bool {
        if after.is_digit() || after.opened() {
            return !after.is_digit() && !after.bracketed();
        }
        let next = after.word();
        if around::is_initial(next) && after.text[next.len()..].starts_with('.') {
            return false;
        }
        let before = self.text[self.start..stop.at - word.len()].trim_end();
        // A sign of mathematics stands for a word.
        let sign = before
            .chars()
            .next_back()
            .filter(|&c| matches!(c, '=' | '\u{2200}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}'));
        let before = last_word(before, 0, before.len()).chars().next().or(sign);
        if word == "I" && self.language == Language::English && !before.is_some_and(char::is_uppercase) {
            return true;
        }
        let opener = self.cues.get(next).contains(Cue::OPENER) && next.len() > 1;
        opener && before.is_some() && !self.cues.get(word).intersects(Cue::TITLE)
    }

    /// After a figure: German and its kin write ordinals with a stop.
    fn figure_ends(&self, word: &str, after: &After<'_>) -> bool {
        let ordinals = matches!(self.language, Language::German | Language::Lithuanian);
        !ordinals || word.len() > 2 || after.opened() || self.cues.get(after.word()).contains(Cue::OPENER)
    }

    fn abbreviation_ends(&self, cue: Cue, stop: &Stop, word: &str, after: &After<'_>) -> bool {
        let next = after.word();
        let follows = self.cues.get(next);
        let opener = follows.contains(Cue::OPENER) && next.len() > 1 || matches!(next, "I" | "A");
        let capital = word.starts_with(char::is_uppercase);
        if after.bracketed() || cue.contains(Cue::NEVER) {
            return false;
        }
        if cue.contains(Cue::CLOCK) {
            return !self.time_leads(stop) && (after.opened() || !(after.is_digit() || follows.contains(Cue::DAY)));
        }
        if after.is_digit() {
            return !cue.is_empty() && !cue.intersects(Cue::NUMBER | Cue::MONTH | Cue::TITLE);
        }
        if cue.contains(Cue::TITLE) {
            return false;
        }
        if cue.contains(Cue::CLOSE) {
            return true;
        }
        if cue.contains(Cue::STATE) && capital {
            return opener || after.opened();
        }
        if cue.intersects(Cue::END) {
            return after.opened() || opener || self.noun_opens(cue, after);
        }
        if cue.intersects(Cue::NUMBER | Cue::MONTH) || cue == Cue::STATE {
            return !(cue.contains(Cue::NUMBER) && around::is_roman(next));
        }
        // Dotted forms that no list knows: U.S., S.p.A.
        opener || after.opened() || self.noun_opens(cue, after)
    }

    /// Whether the sentence is but a time so far: `At 5 a.m. Mr. Smith left`.
    fn time_leads(&self, stop: &Stop) -> bool {
        let so_far = &self.text[self.start..stop.at];
        let first = || around::words(so_far).next();
        so_far.len() < 24
            && matches!(
                first(),
                Some("At" | "By" | "Around" | "About" | "Before" | "After" | "From" | "Since" | "Until")
            )
    }

    /// Whether the capitalised noun after an abbreviation begins a sentence: `Acme Inc. Shares fell`.
    fn noun_opens(&self, cue: Cue, after: &After<'_>) -> bool {
        let next = after.word();
        let small_follows = after.second_is_small();
        if self.cues.get(next).contains(Cue::HEAD) || !small_follows {
            return false;
        }
        if cue.contains(Cue::END) {
            return !next.chars().all(char::is_uppercase) && !self.cues.get(next).intersects(Cue::ABBREVIATION);
        }
        // After a country's initials a plural: `the U.S. Senators stayed`.
        next.ends_with('s') && !next.ends_with("ss")
    }

    /// Whether an English function word follows.
    fn opens(&self, after: &After<'_>) -> bool {
        self.language == Language::English && self.cues.get(after.word()).contains(Cue::OPENER)
    }

    /// Whether a small letter may begin a sentence here.
    fn small_begins(&mut self, after: &After<'_>) -> bool {
        self.small_block() || around::is_camel(after.word())
    }

    /// Whether the block is written in small letters.
    fn small_block(&mut self) -> bool {
        let (text, block) = (self.text, self.block);
        let english = self.language == Language::English;
        *self.small.get_or_insert_with(|| {
            let block = block.of(text);
            let casual = english && (block.contains(" i ") || block.starts_with(char::is_lowercase));
            casual || !block.chars().any(char::is_uppercase)
        })
    }

    /// Whether a name and a verb of speech follow: `Smith asked`.
    fn is_speech_tag(&self, after: &After<'_>) -> bool {
        for (names, word) in around::words(around::clip(after.text, 160)).take(8).enumerate() {
            let capital = word.starts_with(char::is_uppercase);
            let cue = self.cues.get(word);
            if names > 0 && !capital && cue.contains(Cue::SPEECH) {
                return true;
            }
            if !capital && !around::is_particle(word) || names == 0 && cue.contains(Cue::OPENER) {
                return false;
            }
        }
        false
    }
}

/// What sort of stop a character is, if it is one.
fn kind_of(c: char, greek: bool) -> Option<StopKind> {
    Some(match c {
        '.' | '\u{FF0E}' => StopKind::Point,
        '!' | '?' | '\u{203C}' | '\u{2047}'..='\u{2049}' | '\u{FF01}' | '\u{FF1F}' | '\u{061F}' => StopKind::Question,
        ';' if greek => StopKind::Question,
        '\u{2026}' => StopKind::Dots,
        '\u{3002}' | '\u{FF61}' | '\u{0964}' | '\u{0965}' | '\u{1362}' | '\u{1367}' | '\u{104B}' | '\u{06D4}' => {
            StopKind::Full
        }
        _ => return None,
    })
}
