//! Bytes in, the same bytes out; those of a file only after the block they lie in was found to be as it was written.
//!
//! A block is checked when it is first read, so that a big file is open at once and what is never read costs nothing.
//! A block that differs reads as nothing and is remembered: whoever matched asks [`Seal::is_broken`] before the hits count.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

/// Bytes under one checksum.
pub(super) const BLOCK: usize = 1 << 14;

const GOOD: u8 = 1;

/// The checksums of a section's blocks, and which were found right.
#[derive(Debug)]
pub(super) struct Seal {
    sums: Box<[u64]>,
    seen: Box<[AtomicU8]>,
    broken: AtomicBool,
}

impl Seal {
    /// The seal of a section whose blocks had these checksums when it was written.
    pub fn new(sums: impl Iterator<Item = u64>) -> Self {
        let sums: Box<[u64]> = sums.collect();
        let seen = sums.iter().map(|_| AtomicU8::new(0)).collect();
        Self { sums, seen, broken: AtomicBool::new(false) }
    }

    /// Whether bytes were asked for that are not as they were written.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Relaxed)
    }

    #[inline]
    fn holds(&self, all: &[u8], range: &Range<usize>) -> bool {
        let (first, last) = (range.start / BLOCK, range.end.saturating_sub(1) / BLOCK);
        (first..=last).all(|block| {
            let good = self.seen.get(block).is_none_or(|seen| seen.load(Ordering::Relaxed) == GOOD);
            good || self.check(all, block)
        })
    }

    #[cold]
    fn check(&self, all: &[u8], block: usize) -> bool {
        let bytes = all.chunks(BLOCK).nth(block).unwrap_or_default();
        let good = self.sums.get(block) == Some(&checksum(bytes));
        if good {
            self.seen[block].store(GOOD, Ordering::Relaxed);
        } else {
            self.broken.store(true, Ordering::Relaxed);
        }
        good
    }
}

/// Bytes of a section, wherever they lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'a> {
    all: &'a [u8],
    seal: Option<&'a Seal>,
}

impl<'a> From<&'a [u8]> for Bytes<'a> {
    fn from(all: &'a [u8]) -> Self {
        Self { all, seal: None }
    }
}

impl<'a> Bytes<'a> {
    /// Bytes that are to be checked where they have a seal.
    pub fn new(all: &'a [u8], seal: Option<&'a Seal>) -> Self {
        Self { all, seal }
    }

    pub fn len(self) -> usize {
        self.all.len()
    }

    /// The bytes as they lie, checked or not.
    pub fn unchecked(self) -> &'a [u8] {
        self.all
    }

    /// Some of the bytes, if they are there and right.
    #[inline]
    pub fn get(self, range: Range<usize>) -> Option<&'a [u8]> {
        let found = self.all.get(range.clone())?;
        self.seal.is_none_or(|seal| seal.holds(self.all, &range)).then_some(found)
    }

    /// The `N` bytes from `at` on.
    #[inline]
    pub fn chunk<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.get(at..at.checked_add(N)?)?.first_chunk().copied()
    }

    /// Asks for what lies at `at` from memory; it is neither read nor checked.
    #[inline]
    pub fn ask(self, at: usize) {
        if let Some(byte) = self.all.get(at) {
            ask(byte);
        }
    }

    /// All of them.
    pub fn whole(self) -> Option<&'a [u8]> {
        self.get(0..self.all.len())
    }
}

/// Asks for something from memory before it is needed. A read would do, but all that comes after it would wait for it.
#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
#[inline]
pub(super) fn ask<T: Copy>(thing: &T) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    // SAFETY: a hint to the cache, which cannot fail whatever the address; every x86-64 has the instruction.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(std::ptr::from_ref(thing).cast()) };
}

/// Asks for something from memory before it is needed.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(super) fn ask<T: Copy>(thing: &T) {
    std::hint::black_box(*thing);
}

/// The checksums of the blocks of a section.
pub(super) fn sums(section: &[u8]) -> impl Iterator<Item = u64> + '_ {
    section.chunks(BLOCK).map(checksum)
}

/// Eight lanes, so that it is as fast as memory; every bit that changes changes it.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    const STEP: u64 = 0x9FB2_1C65_1E98_DF25;
    let mut lanes: [u64; 8] = [1, 2, 3, 4, 5, 6, 7, 8];
    let mut add = |block: &[u8; 64]| {
        for (lane, word) in lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(STEP).rotate_left(29);
        }
    };
    let (blocks, rest) = bytes.as_chunks::<64>();
    blocks.iter().for_each(&mut add);
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    add(&last);
    lanes.iter().fold(bytes.len() as u64, |sum, &lane| {
        let mixed = (sum ^ lane).wrapping_mul(STEP);
        mixed ^ (mixed >> 31)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_block_reads_as_nothing() {
        let mut bytes: Vec<u8> = (0..3 * BLOCK + 100).map(|i| (i * 31) as u8).collect();
        let seal = Seal::new(sums(&bytes).collect::<Vec<_>>().into_iter());
        bytes[BLOCK + 7] ^= 4;
        let sealed = Bytes::new(&bytes, Some(&seal));
        assert_eq!(sealed.get(0..BLOCK), Some(&bytes[..BLOCK]));
        assert_eq!(sealed.chunk::<8>(3 * BLOCK + 90), bytes[3 * BLOCK + 90..].first_chunk().copied());
        assert!(!seal.is_broken());
        assert_eq!(sealed.get(BLOCK - 4..BLOCK + 4), None);
        assert!(seal.is_broken() && sealed.whole().is_none() && sealed.get(2 * BLOCK..2 * BLOCK + 1).is_some());
        assert_eq!(sealed.chunk::<8>(3 * BLOCK + 93), None);
    }

    #[test]
    fn every_bit_counts() {
        let bytes: Vec<u8> = (0..200).collect();
        let whole = checksum(&bytes);
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(checksum(&other), whole);
        }
        assert_ne!(checksum(&[]), checksum(&[0]));
    }
}
