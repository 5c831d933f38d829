//! The trie: hashes of prefixes in, what follows them out. Flat open-addressing arrays of eight-byte slots; a prefix of
//! atoms is known by its hash alone, so that a step is one look-up and nothing points anywhere.
//!
//! A slot holds 32 bits of the hash, whether longer forms begin so, and the first alias with just this form. Two prefixes
//! may share a slot: all are hints, and whoever reads them compares the stored form. In a finished table the slots are in
//! the order of their hashes, so that a search ends at a greater one, mostly the first or second that it reads.

use super::sealed::Bytes;
use bitflags::bitflags;

/// A slot as it lies in memory and in the file, little-endian: the hash in the high half, the payload in the low half.
pub(super) type Slot = [u8; 8];

bitflags! {
    /// How longer forms go on behind a prefix.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(super) struct Next: u32 {
        /// With a word that has a capital.
        const CAPITAL = 1 << 31;
        /// With a word that needs none.
        const SMALL = 1 << 30;
        /// With a mark or sign.
        const SIGN = 1 << 29;
    }
}

const ALIAS: u32 = (1 << 29) - 1;
/// Slots between an alias that is asked for and the one that is written.
const AHEAD: usize = 16;
const STEP: u64 = 0xA24B_AED4_963E_E407;

/// The hash of the prefix that continues `prefix` by `atom`.
pub(super) fn extend(prefix: u64, atom: u64) -> u64 {
    let mixed = (prefix.rotate_left(29) ^ atom).wrapping_mul(STEP);
    mixed ^ (mixed >> 32)
}

/// Where a search for the hash begins; keeps the order of hashes, so that a bigger table is filled from one end to the
/// other.
fn home(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

fn split(slot: Slot) -> (u32, u32) {
    let slot = u64::from_le_bytes(slot);
    ((slot >> 32) as u32, slot as u32)
}

fn alias_of(slot: Slot) -> Option<u32> {
    (split(slot).1 & ALIAS).checked_sub(1)
}

fn join(key: u32, payload: u32) -> Slot {
    (u64::from(key) << 32 | u64::from(payload)).to_le_bytes()
}

/// What a prefix leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// How longer forms may go on.
    pub next: Next,
    /// The first alias whose form may be this.
    pub alias: Option<u32>,
}

/// A finished table, wherever it lies.
#[derive(Clone, Copy)]
pub(super) struct Slots<'a> {
    pub bytes: Bytes<'a>,
    /// How many slots a search may begin at; some more lie behind them.
    homes: usize,
}

impl<'a> From<Bytes<'a>> for Slots<'a> {
    fn from(bytes: Bytes<'a>) -> Self {
        let count = bytes.len() / size_of::<Slot>();
        let last = count.checked_sub(1).and_then(|last| bytes.chunk(last * size_of::<Slot>()));
        Self { bytes, homes: count.min(last.map_or(0, u64::from_le_bytes) as usize) }
    }
}

impl<'a> Slots<'a> {
    #[inline]
    fn get(self, at: usize) -> Option<Slot> {
        self.bytes.chunk(at * size_of::<Slot>())
    }

    /// Asks for the slot where a search for the prefix begins.
    #[inline]
    pub fn ask(self, hash: u64) {
        self.bytes.ask(home(hash, self.homes) * size_of::<Slot>());
    }

    /// Looks a prefix up.
    #[inline]
    pub fn search(self, hash: u64) -> Search<'a> {
        Search { slots: self, key: (hash >> 32) as u32, at: home(hash, self.homes) }
    }
}

/// The slots of a prefix, mostly one or none.
pub(super) struct Search<'a> {
    slots: Slots<'a>,
    key: u32,
    at: usize,
}

impl Iterator for Search<'_> {
    type Item = Found;

    #[inline]
    fn next(&mut self) -> Option<Found> {
        loop {
            let (key, payload) = split(self.slots.get(self.at)?);
            if payload == 0 || key > self.key {
                return None;
            }
            self.at += 1;
            if key == self.key {
                return Some(Found {
                    next: Next::from_bits_truncate(payload),
                    alias: (payload & ALIAS).checked_sub(1),
                });
            }
        }
    }
}

/// What became of an alias that was put into the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    /// It is the first at a prefix that was not there.
    NewPrefix,
    /// It is the first of its form.
    OldPrefix,
    /// This one is the first of the same form.
    Behind(u32),
}

/// The table while it is built.
pub(super) struct Table {
    slots: Vec<Slot>,
    used: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![[0; 8]; 256], used: 0 }
    }
}

impl Table {
    /// The greatest number that an alias can have.
    pub const MAX_ALIAS: u32 = ALIAS - 2;

    /// Notes how a longer form goes on behind the prefix; true if the prefix is new.
    pub fn note_prefix(&mut self, hash: u64, next: Next) -> bool {
        let (at, found) = self.find(hash, |_| true);
        let (key, payload) = split(self.slots[at]);
        if found {
            self.slots[at] = join(key, payload | next.bits());
        } else {
            self.fill(at, hash, next.bits());
        }
        !found
    }

    /// Puts `alias` at the prefix, unless there is one of the same form, as `same` tells: that one, then.
    pub fn put(&mut self, hash: u64, alias: u32, same: impl Fn(u32) -> bool) -> Put {
        let (at, found) = self.find(hash, |payload| (payload & ALIAS).checked_sub(1).is_none_or(&same));
        let (key, payload) = split(self.slots[at]);
        if !found {
            self.fill(at, hash, alias + 1);
            return Put::NewPrefix;
        }
        if let Some(first) = (payload & ALIAS).checked_sub(1) {
            return Put::Behind(first);
        }
        self.slots[at] = join(key, payload | (alias + 1));
        Put::OldPrefix
    }

    /// The slot of the prefix that `fits`, or the free one where it goes.
    fn find(&self, hash: u64, fits: impl Fn(u32) -> bool) -> (usize, bool) {
        let mut at = home(hash, self.slots.len());
        loop {
            let (key, payload) = split(self.slots[at]);
            if payload == 0 {
                return (at, false);
            }
            if key == (hash >> 32) as u32 && fits(payload) {
                return (at, true);
            }
            at = if at + 1 == self.slots.len() { 0 } else { at + 1 };
        }
    }

    fn fill(&mut self, at: usize, hash: u64, payload: u32) {
        self.slots[at] = join((hash >> 32) as u32, payload);
        self.used += 1;
        if self.used * 10 > self.slots.len() * 7 {
            self.resize(self.slots.len() * 2);
        }
    }

    fn resize(&mut self, slots: usize) {
        let old = std::mem::replace(&mut self.slots, vec![[0; 8]; slots]);
        for slot in old {
            let (key, payload) = split(slot);
            if payload != 0 {
                let (at, _) = self.find(u64::from(key) << 32, |_| false);
                self.slots[at] = slot;
            }
        }
    }

    /// The slots in order, in a table of the right size; the last one is the number of homes. `moved` says which number
    /// an alias has from now on, and is asked in this order; `soon` is told some aliases before.
    pub fn finish(self, soon: impl Fn(u32), mut moved: impl FnMut(u32) -> u32) -> Vec<Slot> {
        let homes = self.used + self.used * 2 / 5 + 1;
        let mut used = self.slots;
        used.retain(|&slot| split(slot).1 != 0);
        used.sort_unstable_by_key(|&slot| split(slot));
        let mut slots: Vec<Slot> = Vec::with_capacity(homes + homes / 64 + 2);
        for (i, &slot) in used.iter().enumerate() {
            used.get(i + AHEAD).and_then(|&slot| alias_of(slot)).into_iter().for_each(&soon);
            // Behind the one before it, and not before its home.
            slots.resize(slots.len().max(home(u64::from(split(slot).0) << 32, homes)), Slot::default());
            let (key, payload) = split(slot);
            let alias = alias_of(slot).map_or(0, |alias| moved(alias) + 1);
            slots.push(join(key, payload & !ALIAS | alias));
        }
        slots.resize(slots.len().max(homes) + 1, Slot::default());
        slots.push((homes as u64).to_le_bytes());
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn finds_what_was_put(entries in proptest::collection::vec((0u64..40, any::<bool>()), 0..300)) {
            // Few hashes, so that they meet.
            let hash = |n: u64| extend(n % 7, n) & 0xFFFF_FFF0_0000_0000;
            let mut table = Table::default();
            let (mut prefixes, mut heads) = (BTreeSet::new(), BTreeMap::new());
            for (alias, &(n, terminal)) in entries.iter().enumerate() {
                if terminal {
                    let names = |other: u32| entries[other as usize].0 == n;
                    match table.put(hash(n), alias as u32, names) {
                        Put::Behind(first) => prop_assert_eq!(heads.get(&n), Some(&first)),
                        _ => prop_assert!(heads.insert(n, alias as u32).is_none()),
                    }
                } else {
                    table.note_prefix(hash(n), if n % 2 == 0 { Next::SIGN } else { Next::SMALL });
                    prefixes.insert(n);
                }
            }
            let slots = table.finish(|_| {}, |alias| alias);
            for n in 0..40 {
                let found: Vec<_> = Slots::from(Bytes::from(slots.as_flattened())).search(hash(n)).collect();
                let wanted = if n % 2 == 0 { Next::SIGN } else { Next::SMALL };
                prop_assert!(!prefixes.contains(&n) || found.iter().any(|f| f.next.contains(wanted)));
                if let Some(&head) = heads.get(&n) {
                    prop_assert!(found.iter().any(|f| f.alias == Some(head)));
                }
            }
        }
    }
}
