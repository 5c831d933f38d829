//! The first tokens of a block in, a dateline out: `MOSCOW, April 6. /TASS/.`, `LONDON, Jan 5 (Reuters) -`, `BHOPAL:`.
//!
//! A place, a date, an agency and a closing mark follow one another, each optional; what is there must be enough to
//! exclude a sentence that only begins like one.

use super::structure::Dateline;
use crate::lang::{is_agency, is_month, is_place, is_weekday};
use crate::span::Span;
use crate::text::{Flags, Kind, Token, TokenRange, Tokens};

/// Longer places are none.
const PLACE_TOKENS: usize = 14;

/// A dateline, and the first token of the text after it.
pub(super) struct Opening {
    pub(super) dateline: Dateline,
    pub(super) body: usize,
}

/// Reads the dateline at the start of `range`.
pub(super) fn read(tokens: &Tokens<'_>, range: &TokenRange) -> Option<Opening> {
    let first = tokens.get(range.start)?;
    if !(first.is_capital()
        || first.kind == Kind::Open
        || first.kind == Kind::Symbol
        || first.flags.contains(Flags::DIGIT))
    {
        return None;
    }
    let mut reader = Reader { tokens, at: range.start, end: range.end };
    let parts = reader.parts()?;
    let opening = parts.accept(tokens)?;
    (opening.body < range.end || opening.dateline.agency.is_some()).then_some(opening)
}

/// Where a dateline with a bracketed agency begins after a note and a byline: `(Adds comment) By A Poe OSLO, Nov 1 (Reuters) -`.
pub(super) fn find_after_prefix(tokens: &Tokens<'_>, range: &TokenRange) -> Option<usize> {
    let first = tokens.get(range.start)?;
    let by = |i: usize| tokens.get(i).is_some_and(Token::is_word) && tokens.word(i).eq_ignore_ascii_case("by");
    if first.kind != Kind::Open && !by(range.start) {
        return None;
    }
    let mut at = range.start;
    if first.kind == Kind::Open {
        at += 1 + tokens.list[at..range.end.min(at + 40)].iter().position(|t| t.kind == Kind::Close)?;
    }
    if by(at) {
        at += 2;
    } else if at == range.start {
        return None;
    }
    let end = range.end.min(at + 14);
    (at..end).find(|&i| {
        tokens[i].flags.contains(Flags::ALL_CAPS)
            && read(tokens, &(i..range.end)).is_some_and(|o| o.dateline.agency.is_some() && o.dateline.place.is_some())
    })
}

/// What a dateline is made of.
struct Parts {
    start: usize,
    place: Option<TokenRange>,
    date: Option<TokenRange>,
    agency: Option<TokenRange>,
    /// The agency stands between slashes.
    slashes: bool,
    close: Close,
    /// One past the last token that belongs to the dateline.
    end: usize,
    /// The first token after the closing mark.
    body: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Close {
    Dash,
    Colon,
    Nothing,
}

impl Parts {
    /// Whether enough of it is there.
    fn accept(self, tokens: &Tokens<'_>) -> Option<Opening> {
        let known_agency = self.agency.as_ref().is_some_and(|a| is_agency(tokens, a.clone()));
        let capitals = self.place.as_ref().is_some_and(|p| {
            tokens[p.start].flags.contains(Flags::ALL_CAPS) || tokens[p.start].flags.contains(Flags::DOTTED)
        });
        let known_place = || self.place.as_ref().is_some_and(|p| is_known(tokens, p));
        let enough = match (&self.place, &self.date, &self.agency) {
            (_, _, Some(_)) if self.slashes => true,
            (Some(_), Some(_), Some(_)) => known_agency || self.close == Close::Dash,
            (Some(_), None, Some(_)) if self.close == Close::Dash => known_agency || capitals || known_place(),
            (Some(_), None, Some(_)) => known_agency && capitals,
            (None, Some(_), Some(_)) => known_agency,
            (None, None, Some(_)) => known_agency && self.close == Close::Dash,
            (Some(_), Some(_), None) => match self.close {
                Close::Dash => capitals || known_place(),
                Close::Colon => capitals && known_place(),
                Close::Nothing => false,
            },
            (Some(_), None, None) => match self.close {
                // "Pretoria - The court".
                Close::Dash if self.is_loud(tokens) => self.opens_sentence(tokens),
                Close::Dash => known_place() && self.is_short() && (capitals || self.opens_sentence(tokens)),
                Close::Colon => capitals && known_place() && self.is_short(),
                Close::Nothing => false,
            },
            (None, _, None) => false,
        };
        if !enough || capitals && self.is_headline(tokens) {
            return None;
        }
        let span = |range: &TokenRange| tokens.span(range);
        let whole = tokens.span(&(self.start..self.end));
        Some(Opening {
            dateline: Dateline {
                span: whole,
                place: self.place.as_ref().map(span),
                date: self.date.as_ref().map(span),
                agency: self.agency.as_ref().map(span),
            },
            body: self.body,
        })
    }

    /// Whether a sentence of some words begins behind the mark.
    fn opens_sentence(&self, tokens: &Tokens<'_>) -> bool {
        const WORDS: usize = 6;
        let word = |i: usize| tokens.get(i).is_some_and(|t| !t.line_before() && t.kind != Kind::Stop);
        let first = tokens.get(self.body).is_some_and(|t| t.is_capital() && t.space_before() && !t.line_before());
        // "Oslo - home of the fjord ferries - has grown": no dateline where another dash comes.
        let sentence = (self.body..tokens.len()).take_while(|&i| word(i));
        let dash = |i: usize| tokens[i].kind == Kind::Dash && tokens[i].space_before();
        first && (self.body + 1..self.body + WORDS).all(word) && !sentence.into_iter().any(dash)
    }

    /// Whether the text goes on in capitals, as headlines do: `PORT SUBSIDY TO END JULY 1 - MINISTER SAYS`.
    fn is_headline(&self, tokens: &Tokens<'_>) -> bool {
        let loud = |i: usize| tokens.get(i).is_none_or(|t| t.flags.contains(Flags::ALL_CAPS) || t.line_before());
        let sure = self.slashes || self.agency.is_some() && self.date.is_some();
        !sure && loud(self.body) && loud(self.body + 1)
    }

    /// "PLAINVILLE — The selectmen": a town that no list has, in capitals before a long dash.
    fn is_loud(&self, tokens: &Tokens<'_>) -> bool {
        const KICKERS: [&str; 10] = [
            "EXCLUSIVE",
            "BREAKING",
            "WATCH",
            "VIDEO",
            "UPDATE",
            "UPDATED",
            "ANALYSIS",
            "OPINION",
            "CORRECTION",
            "NOTE",
        ];
        let dash = self.body.checked_sub(1).is_some_and(|i| tokens.word(i) == "—" && tokens[i].space_before());
        let loud = |i: usize| {
            tokens[i].flags.contains(Flags::ALL_CAPS) && tokens[i].span.len() > 5 && !KICKERS.contains(&tokens.word(i))
        };
        let article = tokens.get(self.body).is_some_and(|_| matches!(tokens.word(self.body), "The" | "A" | "An"));
        dash && article && self.place.as_ref().is_some_and(|p| p.len() == 1 && loud(p.start))
    }

    fn is_short(&self) -> bool {
        self.place.as_ref().is_some_and(|p| p.len() <= 6)
    }
}

/// Whether a part of a place, up to a comma, slash or bracket, is in the list.
fn is_known(tokens: &Tokens<'_>, place: &TokenRange) -> bool {
    let mut from = place.start;
    for i in place.clone() {
        let parts = matches!(tokens[i].kind, Kind::Comma | Kind::Open) || tokens.word(i) == "/";
        if parts || i + 1 == place.end {
            let to = if parts { i } else { i + 1 };
            // "DAGUPAN CITY".
            let city = to - from > 1 && tokens.word(to - 1).eq_ignore_ascii_case("city");
            if is_place(tokens, from..to) || city && is_place(tokens, from..to - 1) {
                return true;
            }
            from = i + 1;
        }
    }
    false
}

struct Reader<'a, 't> {
    tokens: &'a Tokens<'t>,
    at: usize,
    end: usize,
}

impl Reader<'_, '_> {
    fn kind(&self, i: usize) -> Option<Kind> {
        (i < self.end).then(|| self.tokens[i].kind)
    }

    fn is(&self, i: usize, word: &str) -> bool {
        i < self.end && self.tokens.word(i) == word
    }

    fn parts(&mut self) -> Option<Parts> {
        let start = self.at;
        while self.is(self.at, "*") {
            self.at += 1;
        }
        let place = self.place();
        let stop = usize::from(matches!(self.kind(self.at), Some(Kind::Comma | Kind::Stop)) && !self.is(self.at, ":"));
        let mut date = self.date(self.at + stop);
        let (mut agency, slashes) = self.agency(self.after_comma(self.at));
        if agency.is_some() && date.is_none() {
            // Some agencies put the date last.
            date = self.date(self.at);
        }
        if agency.is_none() && place.is_some() && date.is_some() {
            agency = self.bare_agency();
        }
        if place.is_none() && date.is_none() && agency.is_none() {
            return None;
        }
        let mut end = self.at;
        if slashes && self.is(end, ".") {
            end += 1;
        }
        let (close, body) = self.close(end, date.is_some());
        if close == Close::Colon {
            end = body;
        }
        Some(Parts { start, place, date, agency, slashes, close, end, body })
    }

    fn after_comma(&self, i: usize) -> usize {
        i + usize::from(self.is(i, ",") || self.is(i, "."))
    }

    /// The closing mark at token `i`: the dash may stand after a comma or a stop.
    fn close(&self, i: usize, dated: bool) -> (Close, usize) {
        for j in [i, self.after_comma(i)] {
            let dash = self.kind(j) == Some(Kind::Dash)
                && (self.tokens[j].space_before()
                    || self.tokens[j].span.len() > 1
                    || dated && self.tokens.get(j + 1).is_some_and(Token::space_before));
            if dash || self.is(j, "_") {
                return (Close::Dash, j + 1);
            }
        }
        if self.is(i, ":") { (Close::Colon, i + 1) } else { (Close::Nothing, i) }
    }

    /// Capitalised words, with states and countries after commas, and several cities after slashes.
    fn place(&mut self) -> Option<TokenRange> {
        let (start, mut last, mut i) = (self.at, self.at, self.at);
        while i < self.end && i - start < PLACE_TOKENS {
            let token = &self.tokens[i];
            let joined = i > start && !token.space_before();
            let goes_on = match token.kind {
                Kind::Word if is_month(token.hash) && self.date_length(i).is_some() => false,
                Kind::Word => token.is_capital() || i > start && is_small_part(self.tokens.word(i)),
                Kind::Clitic => true,
                Kind::Stop => joined && self.is_abbreviation(i),
                Kind::Comma => self.is(i, ",") && self.part_follows(i + 1),
                Kind::Symbol => {
                    self.is(i, "/") && i > start && !self.is(i + 2, "/") && self.part_follows(i + 1) || self.is(i, "&")
                }
                Kind::Dash => {
                    joined
                        && token.span.len() == 1
                        && self.kind(i + 1) == Some(Kind::Word)
                        && !self.tokens[i + 1].space_before()
                }
                Kind::Mark => joined && self.kind(i + 1) == Some(Kind::Word) && !self.tokens[i + 1].space_before(),
                Kind::Open => i > start && self.country_in_brackets(i),
                Kind::Close => i > start && self.kind(i + 1) == Some(Kind::Open),
                _ => false,
            };
            if !goes_on {
                break;
            }
            i += 1;
            if !matches!(token.kind, Kind::Comma | Kind::Symbol | Kind::Dash | Kind::Mark | Kind::Open) {
                last = i;
            }
        }
        if last == start || self.tokens[start].kind != Kind::Word {
            return None;
        }
        self.at = last;
        Some(start..last)
    }

    /// Whether a place's next part begins at token `i`: a capital, and no date.
    fn part_follows(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Word) && self.tokens[i].is_capital() && self.date_length(i).is_none()
    }

    /// Whether the stop at token `i` is that of an abbreviation: `ST. PETERSBURG`, `Wis. (AP)`.
    fn is_abbreviation(&self, i: usize) -> bool {
        let word = self.tokens.word(i - 1);
        if word.len() > 6 || self.date_length(i + 1).is_some() {
            return false;
        }
        match self.kind(i + 1) {
            Some(Kind::Comma | Kind::Open | Kind::Dash) => true,
            Some(Kind::Word) => word.len() <= 3 && self.tokens[i + 1].is_capital(),
            _ => self.is(i + 1, "_"),
        }
    }

    /// `Goma (DR Congo) (AFP)`: another bracket follows the one at token `i`.
    fn country_in_brackets(&self, i: usize) -> bool {
        (i + 2..self.end.min(i + 6)).any(|j| self.kind(j) == Some(Kind::Close) && self.kind(j + 1) == Some(Kind::Open))
    }

    /// Reads a date at token `i`.
    fn date(&mut self, i: usize) -> Option<TokenRange> {
        let n = self.date_length(i)?;
        self.at = i + n;
        Some(i..i + n)
    }

    /// The number of tokens of the date at token `i`: `Jan. 5, 2024`, `9 June 2021`, `Tuesday, May 7`.
    fn date_length(&self, i: usize) -> Option<usize> {
        let month = |j: usize| j < self.end && is_month(self.tokens[j].hash);
        let number = |j: usize, digits: std::ops::RangeInclusive<usize>| {
            self.kind(j) == Some(Kind::Number) && {
                let word = self.tokens.word(j);
                let n = word.bytes().take_while(u8::is_ascii_digit).count();
                digits.contains(&n) && (n == word.len() || matches!(&word[n..], "th" | "st" | "nd" | "rd"))
            }
        };
        let mut j = i;
        if j < self.end && is_weekday(self.tokens[j].hash) {
            j += 1 + usize::from(self.is(j + 1, ","));
        }
        if month(j) {
            j += 1 + usize::from(self.is(j + 1, "."));
            if !number(j, 1..=2) {
                return None;
            }
            j += 1;
            if self.is(j, "/") && number(j + 1, 1..=2) {
                j += 2;
            }
        } else if number(j, 1..=2) && month(j + 1) {
            j += 2;
            j += usize::from(self.is(j, ".") && number(j + 1, 4..=4));
        } else {
            return None;
        }
        let comma = usize::from(self.is(j, ","));
        if number(j + comma, 4..=4) {
            j += comma + 1;
        }
        Some(j - i)
    }

    /// Reads an agency in brackets or between slashes at token `i`; whether they were slashes.
    fn agency(&mut self, i: usize) -> (Option<TokenRange>, bool) {
        let slashes = self.is(i, "/");
        if !slashes && !self.is(i, "(") {
            return (None, false);
        }
        let closes = |j: usize| if slashes { self.is(j, "/") } else { self.is(j, ")") };
        let Some(close) = (i + 2..self.end.min(i + 9)).find(|&j| closes(j)) else { return (None, false) };
        let inner = i + 1..close;
        let named = inner.clone().all(|j| {
            let t = &self.tokens[j];
            match t.kind {
                Kind::Word => {
                    t.is_capital()
                        || self.tokens.word(j).eq_ignore_ascii_case("dpa")
                        || is_agency(self.tokens, j..j + 1)
                }
                Kind::Dash | Kind::Symbol | Kind::Clitic => true,
                Kind::Stop | Kind::Comma => self.is(j, "."),
                _ => false,
            }
        });
        if !named {
            return (None, false);
        }
        self.at = close + 1;
        (Some(inner), slashes)
    }

    /// `PARIS, Jan 5 AFP -`: a known agency without brackets.
    fn bare_agency(&mut self) -> Option<TokenRange> {
        let i = self.at + usize::from(self.is(self.at, ","));
        let dash = self.kind(i + 1) == Some(Kind::Dash);
        if i < self.end && dash && is_agency(self.tokens, i..i + 1) {
            self.at = i + 1;
            return Some(i..i + 1);
        }
        None
    }
}

fn is_small_part(word: &str) -> bool {
    matches!(
        word,
        "de" | "del"
            | "la"
            | "las"
            | "los"
            | "el"
            | "do"
            | "da"
            | "dos"
            | "of"
            | "the"
            | "on"
            | "upon"
            | "and"
            | "sur"
            | "en"
            | "am"
            | "an"
            | "der"
            | "di"
            | "le"
            | "les"
            | "near"
            | "off"
            | "in"
            | "al"
            | "bei"
            | "aan"
            | "den"
    )
}

/// The span of the text after a dateline, up to `end`.
pub(super) fn rest(tokens: &Tokens<'_>, body: usize, end: u32) -> Option<Span> {
    let start = tokens.get(body)?.span.start;
    (start < end).then_some(Span { start, end })
}
