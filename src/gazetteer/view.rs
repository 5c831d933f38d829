//! Sections of bytes in, aliases and records out: how the compiled parts are read, in memory and in a file alike.

use super::atoms::MAY_BE_CAPITAL;
use super::form::Gate;
use super::records::Reader;
use super::sealed::Bytes;
use super::table::Slots;
use crate::text::Token;
use rustc_hash::FxHashSet;

/// Two bits for each first atom, thirty-two in a word, little-endian.
pub(super) type FilterWord = [u8; 8];

/// Aliases begin at multiples of this; their numbers count by it.
const ALIGN: usize = 2;
const HEAD: usize = 15;

/// One form of an alias.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alias {
    pub record: u32,
    /// The next alias of the same form, plus one; zero for none.
    pub next: u32,
    /// Which of the first sixteen atoms need a capital.
    pub capitals: u16,
    /// Bytes of the form, which lies right behind; zero if an alias before this one holds it.
    pub len: u16,
    /// Zero for the record's name, one for the first of its other names.
    pub number: u16,
    pub gate: Gate,
}

impl Alias {
    /// More letters than that are no name; folding may lengthen them, so that the form's length fits all the same.
    pub const MAX_LETTERS: usize = 2048;

    /// The alias of this number.
    #[inline]
    pub fn read(aliases: Bytes<'_>, alias: u32) -> Option<Self> {
        let [r0, r1, r2, r3, n0, n1, n2, n3, c0, c1, l0, l1, a0, a1, gate] =
            aliases.chunk::<HEAD>(alias as usize * ALIGN)?;
        Some(Self {
            record: u32::from_le_bytes([r0, r1, r2, r3]),
            next: u32::from_le_bytes([n0, n1, n2, n3]),
            capitals: u16::from_le_bytes([c0, c1]),
            len: u16::from_le_bytes([l0, l1]),
            number: u16::from_le_bytes([a0, a1]),
            gate: Gate::from_bits_truncate(gate),
        })
    }

    /// Asks for the alias of this number and its form, which may lie in two lines of the cache.
    #[inline]
    pub fn ask(aliases: Bytes<'_>, alias: u32) {
        let start = alias as usize * ALIGN;
        aliases.ask(start);
        aliases.ask(start + 2 * HEAD);
    }

    /// The folded form of the alias of this number.
    pub fn form(self, aliases: Bytes<'_>, alias: u32) -> Option<&[u8]> {
        let start = alias as usize * ALIGN + HEAD;
        aliases.get(start..start + self.len as usize)
    }

    /// The alias and those of the same form, the likeliest first.
    pub fn chain(self, aliases: Bytes<'_>) -> impl Iterator<Item = Self> + '_ {
        // No chain is longer than that, whatever a file says.
        let most = aliases.len() / HEAD;
        let next = move |alias: &Self| alias.next.checked_sub(1).and_then(|next| Self::read(aliases, next));
        std::iter::successors(Some(self), next).take(most)
    }

    /// All aliases in the order in which they were added, each with its form if it is the one that holds it.
    pub fn all(aliases: Bytes<'_>) -> impl Iterator<Item = (Self, &[u8])> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let alias = Self::read(aliases, next)?;
            let form = alias.form(aliases, next)?;
            next += (HEAD + form.len()).div_ceil(ALIGN) as u32;
            Some((alias, form))
        })
    }

    fn head(self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        bytes[..4].copy_from_slice(&self.record.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.next.to_le_bytes());
        bytes[8..10].copy_from_slice(&self.capitals.to_le_bytes());
        bytes[10..12].copy_from_slice(&self.len.to_le_bytes());
        bytes[12..14].copy_from_slice(&self.number.to_le_bytes());
        bytes[14] = self.gate.bits();
        bytes
    }

    /// Writes it over the alias of this number, whose form stays.
    pub fn overwrite(self, aliases: &mut [u8], alias: u32) {
        let start = alias as usize * ALIGN;
        aliases[start..start + HEAD].copy_from_slice(&self.head());
    }

    /// Adds it behind the others.
    pub fn push(self, aliases: &mut Vec<u8>, form: &[u8]) {
        aliases.extend_from_slice(&self.head());
        aliases.extend_from_slice(form);
        aliases.resize(aliases.len().next_multiple_of(ALIGN), 0);
    }

    /// The number that the next one pushed will have.
    pub fn next_number(aliases: &[u8]) -> u32 {
        (aliases.len() / ALIGN) as u32
    }
}

/// How many sections there are.
pub(super) const SECTIONS: usize = 6;
/// Bytes of the number that says where a record starts.
const START: usize = 4;

/// Compiled aliases, wherever they lie.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    /// The trie's first step.
    pub roots: Slots<'a>,
    /// Its other steps.
    pub slots: Slots<'a>,
    /// Asked for every token, so it is checked before.
    pub filter: &'a [FilterWord],
    pub aliases: Bytes<'a>,
    pub records: Bytes<'a>,
    pub starts: Bytes<'a>,
}

/// Bit of a first atom that needs no capital.
const ANY: u64 = 1;
/// Bit of a first atom, whether it needs a capital or not.
const CAPITAL: u64 = ANY << 1;

/// The filter of these first atoms.
pub(super) fn filter(capital: &[u64], other: &[u64]) -> Vec<FilterWord> {
    let words = ((capital.len() + other.len()) / 4).next_power_of_two().clamp(64, 1 << 19);
    let mut bits = vec![0u64; words];
    for (hashes, mark) in [(capital, CAPITAL), (other, ANY | CAPITAL)] {
        for &hash in hashes {
            let (word, shift) = filter_place(hash, words);
            bits[word] |= mark << shift;
        }
    }
    bits.into_iter().map(u64::to_le_bytes).collect()
}

fn filter_place(hash: u64, words: usize) -> (usize, u64) {
    ((hash >> 5) as usize & (words - 1), (hash & 31) * 2)
}

impl<'a> View<'a> {
    /// Whether an alias may begin with an atom of this hash, in the shape of `token`.
    #[inline]
    pub fn may_start(&self, hash: u64, token: &Token) -> bool {
        let (word, shift) = filter_place(hash, self.filter.len());
        let wanted = ANY << u32::from(token.flags.intersects(MAY_BE_CAPITAL));
        self.filter.get(word).is_some_and(|&word| u64::from_le_bytes(word) >> shift & wanted != 0)
    }

    /// Its sections: the order in which they lie in a file.
    pub fn sections(&self) -> [Bytes<'a>; SECTIONS] {
        [self.roots.bytes, self.slots.bytes, self.filter.as_flattened().into(), self.aliases, self.records, self.starts]
    }

    /// How much room all of it takes.
    pub fn bytes(&self) -> usize {
        self.sections().into_iter().map(Bytes::len).sum()
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        (self.starts.len() / START).saturating_sub(1)
    }

    /// The record of this number.
    pub fn record(&self, record: u32) -> Option<Reader<'a>> {
        let start = |record: usize| Some(u32::from_le_bytes(self.starts.chunk(record * START)?) as usize);
        let record = record as usize;
        self.records.get(start(record)?..start(record + 1)?).map(Reader::new)
    }
}

/// One set of compiled aliases, and which of its records count.
pub(super) struct LayerView<'a> {
    pub view: View<'a>,
    /// The number of its first record among all.
    pub first: u32,
    /// Records that were taken out.
    pub removed: Option<&'a FxHashSet<u32>>,
}
