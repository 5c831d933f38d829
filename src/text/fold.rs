//! Normalisation inside the hash: case, diacritics and the shapes of apostrophes are folded away while hashing, so that
//! the text itself is never changed and offsets are exact by construction.

use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The hash of a word without regard to case, diacritics, composition and apostrophe shape.
///
/// `Łukasz`, `LUKASZ` and `Lukasz` have one hash. A 64-bit value; equal words have equal hashes on every machine and in
/// every run. Unequal words may collide: whoever needs certainty compares [`folded`] forms.
#[inline]
pub fn fold_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    if bytes.len() <= 8 {
        // Most words: one step, without a loop.
        let word = tail(bytes);
        if word & HIGH == 0 && !bytes.is_empty() {
            return mix(mix(K0 ^ bytes.len() as u64, lower8(word)).wrapping_add(K0), K0);
        }
    }
    hash_long(word)
}

/// [`fold_hash`] of `text[start..end]`; most words are read with one load, what stands behind them being masked away.
#[inline]
pub(super) fn fold_hash_within(text: &str, start: usize, end: usize) -> u64 {
    let len = end - start;
    if (1..=8).contains(&len)
        && let Some(chunk) = text.as_bytes()[start..].first_chunk()
    {
        let word = u64::from_le_bytes(*chunk) & (u64::MAX >> (64 - 8 * len));
        if word & HIGH == 0 {
            return mix(mix(K0 ^ len as u64, lower8(word)).wrapping_add(K0), K0);
        }
    }
    fold_hash(&text[start..end])
}

fn hash_long(word: &str) -> u64 {
    let bytes = word.as_bytes();
    if bytes.is_ascii() { hash_lowered(bytes) } else { hash_lowered(fold_slow(word).as_bytes()) }
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

/// The high bits of eight bytes: none is set in ASCII.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Up to eight bytes as a number, the first one lowest; read in two pieces that overlap.
#[inline]
fn tail(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)));
        return first | last << (8 * (len - 4));
    }
    match *bytes {
        [] => 0,
        [a] => u64::from(a),
        [a, b] => u64::from(a) | u64::from(b) << 8,
        [a, b, c, ..] => u64::from(a) | u64::from(b) << 8 | u64::from(c) << 16,
    }
}

/// Sets the case bit of the bytes that are ASCII capitals, eight at a time.
fn lower8(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let ascii = word & (0x7F * ONES);
    let from_a = ascii + (0x80 - 0x41) * ONES;
    let past_z = ascii + (0x80 - 0x5B) * ONES;
    let capital = (from_a ^ past_z) & (0x80 * ONES) & !word;
    word | (capital >> 2)
}

fn mix(hash: u64, word: u64) -> u64 {
    let wide = u128::from(hash ^ word) * u128::from(K1);
    (wide as u64) ^ ((wide >> 64) as u64)
}

fn hash_lowered(bytes: &[u8]) -> u64 {
    let mut hash = K0 ^ bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        hash = mix(hash, lower8(word)).wrapping_add(K0);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash = mix(hash, lower8(tail(rest))).wrapping_add(K0);
    }
    mix(hash, K0)
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
        fn short_words_are_hashed_as_long_ones(word in "\\PC{0,9}", plain in "[A-Za-z']{0,9}") {
            prop_assert_eq!(fold_hash(&word), hash_long(&word));
            prop_assert_eq!(fold_hash(&plain), hash_long(&plain));
            let text = format!("{word}{plain} more");
            let (cut, end) = (word.len(), word.len() + plain.len());
            prop_assert_eq!(fold_hash_within(&text, 0, cut), hash_long(&word));
            prop_assert_eq!(fold_hash_within(&text, cut, end), hash_long(&plain));
            prop_assert_eq!(fold_hash_within(&text[..end], cut, end), hash_long(&plain));
            let mut padded = [0; 8];
            let short = &plain.as_bytes()[..plain.len().min(8)];
            padded[..short.len()].copy_from_slice(short);
            prop_assert_eq!(tail(short), u64::from_le_bytes(padded));
        }
        #[test]
        fn lowering_is_ascii_lowering(word in any::<u64>()) {
            let mut bytes = word.to_le_bytes();
            bytes.make_ascii_lowercase();
            prop_assert_eq!(lower8(word), u64::from_le_bytes(bytes));
        }
    }
}
