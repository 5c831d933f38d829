//! Words in, known or not out: the places and agencies that stand in datelines.

use super::lexicon::words;
use crate::text::{TokenRange, Tokens, fold_hash, tokenize};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// The hash of a phrase: of its words in order, without what stands between.
fn phrase(tokens: &Tokens<'_>, range: TokenRange) -> u64 {
    let hashes = tokens.list[range].iter().filter(|t| t.hash != 0).map(|t| t.hash);
    hashes.fold(0, |all: u64, hash| all.rotate_left(9).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ hash)
}

fn table(list: &str) -> FxHashSet<u64> {
    words(list)
        .map(|entry| {
            let tokens = tokenize(entry);
            phrase(&tokens, 0..tokens.len())
        })
        .collect()
}

/// Whether the tokens are a known place.
pub fn is_place(tokens: &Tokens<'_>, range: TokenRange) -> bool {
    static PLACES: OnceLock<FxHashSet<u64>> = OnceLock::new();
    let places = PLACES.get_or_init(|| table(include_str!("datelines/places.txt")));
    places.contains(&phrase(tokens, range))
}

/// Whether the tokens are a known agency.
pub fn is_agency(tokens: &Tokens<'_>, range: TokenRange) -> bool {
    static AGENCIES: OnceLock<FxHashSet<u64>> = OnceLock::new();
    let agencies = AGENCIES.get_or_init(|| table(include_str!("datelines/agencies.txt")));
    agencies.contains(&phrase(tokens, range))
}

/// Whether a word is the name of a month, in English or in a language close by.
pub fn is_month(hash: u64) -> bool {
    static MONTHS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    MONTHS.get_or_init(|| words(include_str!("en/months.txt")).map(fold_hash).collect()).contains(&hash)
}

/// Whether a word is the name of a day.
pub fn is_weekday(hash: u64) -> bool {
    static DAYS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    DAYS.get_or_init(|| words(include_str!("en/weekdays.txt")).map(fold_hash).collect()).contains(&hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_agencies_are_phrases() {
        let known = |text: &str| {
            let tokens = tokenize(text);
            (is_place(&tokens, 0..tokens.len()), is_agency(&tokens, 0..tokens.len()))
        };
        assert_eq!(known("NEW DELHI"), (true, false));
        assert_eq!(known("PR Newswire"), (false, true));
        assert_eq!(known("WARNING GRAPHIC DETAIL"), (false, false));
        assert!(is_month(fold_hash("Sept")) && is_weekday(fold_hash("Monday")));
    }
}
