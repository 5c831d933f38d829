//! Normalisation inside the hash: case, diacritics and the shapes of apostrophes are folded away while hashing, so that
//! the text itself is never changed and offsets are exact by construction.

use std::borrow::Cow;
use std::hint::select_unpredictable;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The hash of a word without regard to case, diacritics, composition and apostrophe shape.
///
/// `Łukasz`, `LUKASZ` and `Lukasz` have one hash. A 64-bit value; equal words have equal hashes on every machine and in
/// every run. Unequal words may collide: whoever needs certainty compares [`folded`] forms.
pub fn fold_hash(word: &str) -> u64 {
    if word.is_ascii() { hash_ascii(word.as_bytes()) } else { hash_ascii(fold_slow(word).as_bytes()) }
}

/// The folded form itself: lower case, base letters, `'` for every apostrophe.
pub fn folded(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        let mut form = fold_slow(word);
        form.make_ascii_lowercase();
        return Cow::Owned(form);
    }
    if word.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

fn fold_slow(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfkd().filter(|&c| !is_combining_mark(c)) {
        match c {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ħ' | 'Ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{02BC}' | '\u{02B9}' | '\u{FF07}' | '`' | '\u{00B4}' => {
                out.push('\'');
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{00AD}' | '\u{200B}'..='\u{200D}' => {}
            c if c.is_ascii() => out.push(c),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

const K0: u64 = 0x9E37_79B9_7F4A_7C15;
const K1: u64 = 0xD1B5_4A32_D192_ED03;

/// Sets the case bit of the bytes that are ASCII capitals, eight at a time.
fn lower8(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let ascii = word & (0x7F * ONES);
    let from_a = ascii + (0x80 - 0x41) * ONES;
    let past_z = ascii + (0x80 - 0x5B) * ONES;
    let capital = (from_a ^ past_z) & (0x80 * ONES) & !word;
    word | (capital >> 2)
}

#[inline]
fn mix(hash: u64, word: u64) -> u64 {
    let wide = u128::from(hash ^ word) * u128::from(K1);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// The hash of the ASCII bytes of `text` from `start` to `end` without regard to case.
#[inline]
pub(super) fn hash_within(text: &[u8], start: usize, end: usize) -> u64 {
    let mut hash = K0 ^ (end - start) as u64;
    let mut at = start;
    while at < end {
        hash = mix(hash, lower8(read8(text, at, end.min(at + 8)))).wrapping_add(K0);
        at += 8;
    }
    mix(hash, K0)
}

/// The longest word of [`hash_short`].
pub(super) const SHORT: usize = 16;

/// The same for ASCII letters and digits alone, at most [`SHORT`]: no branch asks how many there are.
#[inline]
pub(super) fn hash_short(text: &[u8], start: usize, end: usize) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    const BYTES: [[u64; 2]; SHORT + 1] = {
        let mut masks = [[0, 0]; SHORT + 1];
        let mut len = 1;
        while len <= SHORT {
            let mask = u128::MAX >> (128 - 8 * len);
            masks[len] = [mask as u64, (mask >> 64) as u64];
            len += 1;
        }
        masks
    };
    let Some(bytes) = text.get(start..).and_then(|rest| rest.first_chunk::<SHORT>()) else {
        return hash_within(text, start, end);
    };
    let len = end - start;
    let both = u128::from_le_bytes(*bytes);
    let [first, rest] = BYTES[len];
    let short = mix(K0 ^ len as u64, (both as u64 | CASE) & first).wrapping_add(K0);
    let long = mix(short, ((both >> 64) as u64 | CASE) & rest).wrapping_add(K0);
    mix(select_unpredictable(len > 8, long, short), K0)
}

fn hash_ascii(bytes: &[u8]) -> u64 {
    hash_within(bytes, 0, bytes.len())
}

/// One to eight bytes as a number, zeros behind them. Reading past them and masking is quicker than a copy.
#[inline]
fn read8(text: &[u8], start: usize, end: usize) -> u64 {
    let n = end - start;
    match text.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(word) => u64::from_le_bytes(*word) & (u64::MAX >> (64 - 8 * n)),
        None => text[start..end].iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_case_marks_and_apostrophes() {
        for (a, b) in [
            ("LAVROV", "lavrov"),
            ("Łukasz", "LUKASZ"),
            ("O’Neil", "O'Neil"),
            ("Z\u{0307}ak", "Żak"),
            ("İzmir", "izmir"),
            ("Straße", "STRASSE"),
        ] {
            assert_eq!(fold_hash(a), fold_hash(b), "{a} {b}");
            assert_eq!(folded(a), folded(b), "{a} {b}");
        }
        assert_ne!(fold_hash("a"), fold_hash("b"));
        assert_ne!(fold_hash(""), fold_hash("\0"));
    }

    proptest! {
        #[test]
        fn equal_forms_have_equal_hashes(a in "\\PC{0,20}", b in "\\PC{0,20}") {
            prop_assert_eq!(folded(&a) == folded(&b), fold_hash(&a) == fold_hash(&b));
        }
        #[test]
        fn what_stands_around_does_not_matter(word in "[ -~]{0,20}", before in "[ -~]{0,3}", after in "[ -~]{0,9}") {
            let text = format!("{before}{word}{after}");
            prop_assert_eq!(hash_within(text.as_bytes(), before.len(), before.len() + word.len()), fold_hash(&word));
        }
        #[test]
        fn short_words_have_the_same_hash(word in "[A-Za-z0-9]{1,16}", before in "[ -~]{0,3}", after in "[ -~]{0,20}") {
            let text = format!("{before}{word}{after}");
            prop_assert_eq!(hash_short(text.as_bytes(), before.len(), before.len() + word.len()), fold_hash(&word));
        }
        #[test]
        fn lowering_is_ascii_lowering(word in any::<u64>()) {
            let mut bytes = word.to_le_bytes();
            bytes.make_ascii_lowercase();
            prop_assert_eq!(lower8(word), u64::from_le_bytes(bytes));
        }
    }
}
