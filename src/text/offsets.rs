//! From byte positions to code points: a running count every few hundred bytes, then a short count inside.

use crate::span::{CharSpan, Span};

const STRIDE: usize = 256;

/// Turns byte positions of one text into code-point positions.
pub struct Offsets<'t> {
    bytes: &'t [u8],
    /// Code points before each multiple of [`STRIDE`]; empty for ASCII, where the two are one.
    before: Vec<u32>,
}

fn starts(bytes: &[u8]) -> u32 {
    // Every byte but a continuation byte begins a code point.
    bytes.iter().map(|&b| u32::from(b.cast_signed() >= -0x40)).sum()
}

impl<'t> Offsets<'t> {
    /// Counts the text once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        if bytes.is_ascii() {
            return Self { bytes, before: Vec::new() };
        }
        let mut total = 0;
        let before = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                let here = total;
                total += starts(chunk);
                here
            })
            .collect();
        Self { bytes, before }
    }

    /// The code points before byte `at`, which must be a boundary of a character.
    pub fn char_at(&self, at: u32) -> u32 {
        if self.before.is_empty() {
            return at;
        }
        let at = at as usize;
        let chunk = (at / STRIDE).min(self.before.len() - 1);
        self.before[chunk] + starts(&self.bytes[chunk * STRIDE..at])
    }

    /// The same span in code points.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.char_at(span.start), end: self.char_at(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "\\PC{0,700}") {
            let offsets = Offsets::new(&text);
            let mut chars = 0;
            for (at, _) in text.char_indices() {
                prop_assert_eq!(offsets.char_at(at as u32), chars);
                chars += 1;
            }
            prop_assert_eq!(offsets.char_at(text.len() as u32), chars);
        }
    }
}
