//! Bytes in, sets of bytes out: what each byte of a block is, one bit for each, so that a word is measured at once and not
//! letter by letter.

use super::tokens::Flags;

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;

/// The bytes of a block by what they are; the first byte is the lowest bit.
#[derive(Clone, Copy)]
pub(super) struct Masks {
    pub letters: u64,
    pub capitals: u64,
    pub digits: u64,
    /// White space of ASCII, control characters among it.
    pub blanks: u64,
    /// Those of them that end a line.
    pub lines: u64,
}

impl Masks {
    /// What lies behind the end of a text.
    pub const END: Self = Self { letters: 0, capitals: 0, digits: 0, blanks: u64::MAX, lines: 0 };

    /// The block of `bytes` that begins at `start`.
    #[inline]
    pub fn at(bytes: &[u8], start: usize) -> Self {
        let rest = bytes.get(start..).unwrap_or_default();
        match rest.first_chunk() {
            Some(block) => Self::of(block),
            None if rest.is_empty() => Self::END,
            None => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                Self::of(&block)
            }
        }
    }

    fn of(block: &[u8; BLOCK]) -> Self {
        Self {
            letters: bits(block, |b| (b | 0x20).wrapping_sub(b'a') < 26),
            capitals: bits(block, |b| b.wrapping_sub(b'A') < 26),
            digits: bits(block, |b| b.wrapping_sub(b'0') < 10),
            blanks: bits(block, |b| b <= b' ' || b == 0x7F),
            lines: bits(block, |b| b.wrapping_sub(b'\n') < 4),
        }
    }
}

/// What the block before ended with.
#[derive(Default)]
pub(super) struct Carry {
    word: u64,
    blank: u64,
    line: bool,
}

/// Where tokens may begin in a block.
pub(super) struct Starts {
    pub tokens: u64,
    /// What stands behind blanks, and behind blanks with a line's end among them.
    spaced: u64,
    lined: u64,
}

impl Starts {
    /// The white space before a bit.
    #[inline]
    pub fn gap(&self, bit: u32) -> Flags {
        let flag = |mask: u64, flag: Flags| (mask >> bit & 1) as u16 * flag.bits();
        let bits = flag(self.spaced, Flags::SPACE_BEFORE) | flag(self.lined, Flags::LINE_BEFORE);
        Flags::from_bits_retain(bits)
    }
}

impl Masks {
    /// Every byte but blanks and those within runs of letters and digits.
    #[inline]
    pub fn starts(&self, carry: &mut Carry) -> Starts {
        let words = self.letters | self.digits;
        // Added to the blanks, a line's end is carried to what follows them.
        let (sum, over) = self.blanks.overflowing_add(self.lines);
        let (sum, over_too) = sum.overflowing_add(u64::from(carry.line));
        let starts = Starts {
            tokens: !self.blanks & !(words & (words << 1 | carry.word)),
            spaced: self.blanks << 1 | carry.blank,
            lined: sum & !self.blanks,
        };
        *carry = Carry { word: words >> 63, blank: self.blanks >> 63, line: over || over_too };
        starts
    }
}

/// The bytes that are `so`. Without branches, so that the compiler takes many at a time.
#[inline]
fn bits(block: &[u8; BLOCK], so: impl Fn(u8) -> bool) -> u64 {
    let marks = block.map(|b| if so(b) { 0x80 } else { 0 });
    let sixteens = marks.as_chunks::<16>().0.iter().enumerate();
    sixteens.fold(0, |bits, (i, sixteen)| bits | u64::from(highest(u128::from_le_bytes(*sixteen))) << (i * 16))
}

/// The highest bits of sixteen bytes side by side.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
#[inline]
fn highest(bytes: u128) -> u16 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    // SAFETY: numbers in, a number out; every x86-64 has the instructions.
    unsafe { _mm_movemask_epi8(_mm_set_epi64x((bytes >> 64) as i64, bytes as i64)) as u16 }
}

/// The highest bits of sixteen bytes side by side.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn highest(bytes: u128) -> u16 {
    const GATHER: u64 = 0x0002_0408_1020_4081;
    let eight = |half: u64| half.wrapping_mul(GATHER) >> 56;
    (eight(bytes as u64) | eight((bytes >> 64) as u64) << 8) as u16
}

/// The 64 bits from bit `at` of `here` on, over its end into `next`.
#[inline]
pub(super) fn window(here: u64, next: u64, at: u32) -> u64 {
    here >> at | next << 1 << (63 - at)
}

#[cfg(test)]
mod tests {
    use super::super::chars::{BYTES, Byte};
    use super::*;

    #[test]
    fn agrees_with_the_table_of_bytes() {
        let all: Vec<u8> = (0..=255).collect();
        for (i, &byte) in BYTES.iter().enumerate() {
            let masks = Masks::at(&all, i / BLOCK * BLOCK);
            let has = |mask: u64| mask >> (i % BLOCK) & 1 == 1;
            assert_eq!(has(masks.letters), matches!(byte, Byte::Upper | Byte::Lower), "{i}");
            assert_eq!(has(masks.capitals), byte == Byte::Upper, "{i}");
            assert_eq!(has(masks.digits), byte == Byte::Digit, "{i}");
            assert_eq!(has(masks.blanks), matches!(byte, Byte::Space | Byte::Line), "{i}");
            assert_eq!(has(masks.lines), byte == Byte::Line, "{i}");
        }
    }
}
