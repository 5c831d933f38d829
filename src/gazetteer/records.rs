//! Records in, one block of bytes out, and back: a million records take the room of their letters.

use super::Record;
use super::sealed::Bytes;
use crate::article::EntityType;
use bitflags::bitflags;

const TYPES: [EntityType; 5] =
    [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Group, EntityType::Misc];

/// Bytes of most records, which may lie in two lines of the cache.
const ASKED: usize = 24;
/// Bytes of the longest number.
const LONGEST: usize = usize::BITS.div_ceil(7) as usize;

bitflags! {
    /// The first byte of a record: its type in the lowest bits, and which parts follow its name.
    #[derive(Clone, Copy)]
    struct Parts: u8 {
        const TYPE = 0b111;
        const PRIOR = 1 << 3;
        const ID = 1 << 4;
        const COUNTRY = 1 << 5;
        const GENDER = 1 << 6;
        /// Aliases, weak aliases and roles.
        const LISTS = 1 << 7;
    }
}

impl Parts {
    fn of(record: &Record) -> Self {
        let kind = record.kind.and_then(|k| TYPES.iter().position(|&t| t == k)).map_or(0, |at| at as u8 + 1);
        let mut parts = Self::from_bits_retain(kind);
        parts.set(Self::PRIOR, record.prior.is_some_and(|prior| !prior.is_nan()));
        parts.set(Self::ID, record.id != record.name);
        parts.set(Self::COUNTRY, record.country.is_some());
        parts.set(Self::GENDER, record.gender.is_some());
        let lists = [&record.aliases, &record.weak_aliases, &record.roles];
        parts.set(Self::LISTS, lists.iter().any(|list| !list.is_empty()));
        parts
    }

    fn kind(self) -> Option<EntityType> {
        TYPES.get(usize::from((self & Self::TYPE).bits()).wrapping_sub(1)).copied()
    }
}

/// Writes a record behind the others, its length first.
pub(super) fn write(out: &mut Vec<u8>, record: &Record) {
    let start = out.len();
    out.push(0);
    body(out, record);
    let len = out.len() - start - 1;
    if len < 0x80 {
        out[start] = len as u8;
    } else {
        let mut length = Vec::new();
        number(&mut length, len);
        out.splice(start..=start, length);
    }
}

fn body(out: &mut Vec<u8>, record: &Record) {
    let parts = Parts::of(record);
    out.push(parts.bits());
    let prior = record.prior.filter(|_| parts.contains(Parts::PRIOR));
    out.extend(prior.into_iter().flat_map(f32::to_le_bytes));
    text(out, &record.name);
    if parts.contains(Parts::ID) {
        text(out, &record.id);
    }
    for part in [&record.country, &record.gender].into_iter().flatten() {
        text(out, part);
    }
    if parts.contains(Parts::LISTS) {
        for list in [&record.aliases, &record.weak_aliases, &record.roles] {
            number(out, list.len());
            for item in list {
                text(out, item);
            }
        }
    }
}

fn number(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn text(out: &mut Vec<u8>, text: &str) {
    number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

fn text_of(part: &[u8]) -> Option<&str> {
    std::str::from_utf8(part).ok()
}

/// What tables of hits say of a record: as text, or as the bytes of a text that nobody has looked at.
#[cfg(feature = "tables")]
#[derive(Clone, Copy)]
pub(crate) struct Brief<T> {
    pub id: T,
    pub kind: Option<EntityType>,
    pub alias: T,
}

/// Reads one record.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The record that begins at this place.
    #[inline]
    pub(super) fn at(records: Bytes<'a>, place: u32) -> Option<Self> {
        let place = place as usize;
        let [short] = records.chunk(place)?;
        if short < 0x80 {
            return records.get(place + 1..place + 1 + usize::from(short)).map(|bytes| Self { bytes });
        }
        let most = records.len().min(place + LONGEST);
        let mut length = Self { bytes: records.get(place..most)? };
        let len = length.number()?;
        let start = most - length.bytes.len();
        records.get(start..start.checked_add(len)?).map(|bytes| Self { bytes })
    }

    /// What it holds, and its prior; first of all.
    fn head(&mut self) -> Option<(Parts, Option<f32>)> {
        let (&parts, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        let parts = Parts::from_bits_retain(parts);
        if !parts.contains(Parts::PRIOR) {
            return Some((parts, None));
        }
        let (prior, rest) = self.bytes.split_first_chunk()?;
        self.bytes = rest;
        Some((parts, Some(f32::from_le_bytes(*prior))))
    }

    fn number(&mut self) -> Option<usize> {
        let mut n = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            n |= usize::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(n);
            }
        }
        None
    }

    /// A part that is there or not.
    fn optional(&mut self, there: bool) -> Option<&'a [u8]> {
        if there { self.part() } else { None }
    }

    /// The next part, which is text if nothing is damaged.
    fn part(&mut self) -> Option<&'a [u8]> {
        let len = self.number()?;
        let (part, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        Some(part)
    }

    fn list(&mut self) -> Option<Vec<String>> {
        (0..self.number()?).map(|_| text_of(self.part()?).map(str::to_owned)).collect()
    }

    /// The whole record; none if the bytes are no record.
    pub fn record(mut self) -> Option<Record> {
        let (parts, prior) = self.head()?;
        let name = text_of(self.part()?)?;
        let mut text = |part| self.optional(parts.contains(part)).and_then(text_of).map(str::to_owned);
        let (id, country, gender) = (text(Parts::ID), text(Parts::COUNTRY), text(Parts::GENDER));
        let (mut aliases, mut weak_aliases, mut roles) = (Vec::new(), Vec::new(), Vec::new());
        if parts.contains(Parts::LISTS) {
            (aliases, weak_aliases, roles) = (self.list()?, self.list()?, self.list()?);
        }
        let kind = parts.kind();
        let id = id.unwrap_or_else(|| name.to_owned());
        Some(Record { id, name: name.to_owned(), aliases, weak_aliases, kind, country, roles, gender, prior })
    }

    /// Its id.
    pub fn id(mut self) -> Option<&'a str> {
        let (parts, _) = self.head()?;
        let name = self.part()?;
        text_of(self.optional(parts.contains(Parts::ID)).unwrap_or(name))
    }

    /// Its type.
    pub fn kind(mut self) -> Option<EntityType> {
        self.head()?.0.kind()
    }

    /// Its prior; none is zero.
    pub fn prior(mut self) -> f32 {
        self.head().and_then(|h| h.1).unwrap_or(0.0)
    }

    /// Asks for the start of the record at this place.
    #[inline]
    pub(super) fn ask(records: Bytes<'_>, place: u32) {
        records.ask(place as usize);
        records.ask(place as usize + ASKED);
    }

    /// What tables of hits say of it, and its alias of this number.
    #[cfg(feature = "python")]
    pub fn brief(self, alias: u32) -> Option<Brief<&'a str>> {
        let Brief { id, kind, alias } = self.brief_bytes(alias)?;
        Some(Brief { id: text_of(id)?, kind, alias: text_of(alias)? })
    }

    /// The same, text or not.
    #[cfg(feature = "tables")]
    pub fn brief_bytes(mut self, alias: u32) -> Option<Brief<&'a [u8]>> {
        let (parts, _) = self.head()?;
        let name = self.part()?;
        let id = self.optional(parts.contains(Parts::ID)).unwrap_or(name);
        let alias = if alias == 0 { name } else { self.other(parts, alias - 1)? };
        Some(Brief { id, kind: parts.kind(), alias })
    }

    /// Its alias of this number: zero for the name, then the aliases, then the weak ones.
    pub fn alias(self, alias: u32) -> Option<&'a str> {
        text_of(self.alias_bytes(alias)?)
    }

    /// The same, text or not.
    #[inline]
    pub fn alias_bytes(mut self, alias: u32) -> Option<&'a [u8]> {
        let (parts, _) = self.head()?;
        let name = self.part()?;
        if alias == 0 {
            return Some(name);
        }
        self.optional(parts.contains(Parts::ID));
        self.other(parts, alias - 1)
    }

    /// The alias of this number; name and id have been read.
    fn other(&mut self, parts: Parts, mut left: u32) -> Option<&'a [u8]> {
        for part in [Parts::COUNTRY, Parts::GENDER] {
            self.optional(parts.contains(part));
        }
        if !parts.contains(Parts::LISTS) {
            return None;
        }
        for _ in 0..2 {
            let count = self.number()? as u32;
            for _ in 0..count.min(left) {
                self.part()?;
            }
            if left < count {
                return self.part();
            }
            left -= count;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_record_comes_back(name in ".{1,200}", id in ".*", aliases in proptest::collection::vec(".*", 0..4),
                               country in proptest::option::of(".*"), kind in 0usize..6, prior in proptest::option::of(0f32..1.0)) {
            let record = Record {
                id, name, aliases: aliases.clone(), country, prior, weak_aliases: aliases.clone(),
                kind: TYPES.get(kind).copied(), roles: aliases, gender: None,
            };
            let mut bytes = Vec::new();
            write(&mut bytes, &record);
            let reader = Reader::at(bytes[..].into(), 0).expect("it was written");
            prop_assert_eq!(reader.alias(0), Some(record.name.as_str()));
            prop_assert_eq!(reader.id(), Some(record.id.as_str()));
            prop_assert_eq!(reader.kind(), record.kind);
            for (i, alias) in record.aliases.iter().chain(&record.weak_aliases).enumerate() {
                prop_assert_eq!(reader.alias(i as u32 + 1), Some(alias.as_str()));
            }
            prop_assert_eq!(reader.alias(2 * record.aliases.len() as u32 + 1), None);
            prop_assert_eq!(reader.record(), Some(record));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60), alias in 0u32..9) {
            let Some(reader) = Reader::at(bytes[..].into(), 0) else { return Ok(()) };
            let _ = (reader.record(), reader.id(), reader.kind(), reader.prior(), reader.alias(alias));
        }
    }
}
