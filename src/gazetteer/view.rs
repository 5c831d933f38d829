//! Sections of bytes in, aliases and records out: how the compiled parts are read, in memory and in a file alike.

use super::alias::{Alias, Behind, Form, Way};
use super::atoms::MAY_BE_CAPITAL;
use super::records::Reader;
use super::sealed::Bytes;
use super::table::Slots;
use crate::text::Token;
use rustc_hash::FxHashSet;

/// Two bits for each first atom, thirty-two in a word, little-endian.
pub(super) type FilterWord = [u8; 8];

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
        self.starts.len() / START
    }

    /// Where the record of this number begins.
    pub fn place(&self, record: u32) -> Option<u32> {
        self.starts.chunk(record as usize * START).map(u32::from_le_bytes)
    }

    /// The record of this number.
    pub fn record(&self, record: u32) -> Option<Reader<'a>> {
        self.record_at(self.place(record)?)
    }

    /// The record that begins at this place.
    #[inline]
    pub fn record_at(&self, place: u32) -> Option<Reader<'a>> {
        Reader::at(self.records, place)
    }

    /// The folded form of an alias that lies at `place`, the first of its form.
    #[inline]
    pub fn form(&self, alias: &Alias, place: u32) -> Option<Form<'a>> {
        let way = alias.way();
        let bytes = match way {
            Way::Kept => Alias::kept(self.aliases, place),
            Way::Plain | Way::Stopless => self.record_at(alias.at)?.alias_bytes(u32::from(alias.number)),
        };
        bytes.map(|bytes| Form::new(bytes, way))
    }

    /// All aliases in the order in which they lie, each with its form if it is the first of it.
    pub fn all(self) -> impl Iterator<Item = (Alias, Option<Form<'a>>)> {
        let (mut place, mut first, view) = (0, true, self);
        std::iter::from_fn(move || {
            let alias = Alias::read(view.aliases, place)?;
            let form = if first { Some(view.form(&alias, place)?) } else { None };
            first = !alias.behind.contains(Behind::ALIAS);
            place = alias.next(view.aliases, place)?;
            Some((alias, form))
        })
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
