//! Records in, one block of bytes out, and back: a million records take the room of their letters.

use super::Record;
use crate::article::EntityType;

const TYPES: [EntityType; 5] =
    [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Group, EntityType::Misc];

/// Writes a record behind the others.
pub(super) fn write(out: &mut Vec<u8>, record: &Record) {
    let kind = record.kind.and_then(|k| TYPES.iter().position(|&t| t == k)).map_or(0, |at| at as u8 + 1);
    out.push(kind);
    out.extend_from_slice(&record.prior.unwrap_or(f32::NAN).to_le_bytes());
    text(out, &record.name);
    let id = (record.id != record.name).then_some(record.id.as_str());
    optional(out, id);
    optional(out, record.country.as_deref());
    optional(out, record.gender.as_deref());
    for list in [&record.aliases, &record.weak_aliases, &record.roles] {
        number(out, list.len());
        for item in list {
            text(out, item);
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

/// Zero for none, else one more than the length.
fn optional(out: &mut Vec<u8>, text: Option<&str>) {
    number(out, text.map_or(0, |t| t.len() + 1));
    out.extend_from_slice(text.unwrap_or("").as_bytes());
}

/// What tables of hits say of a record.
#[derive(Clone, Copy)]
pub(crate) struct Brief<'a> {
    pub id: &'a str,
    pub kind: Option<EntityType>,
    pub alias: &'a str,
}

/// Reads one record.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    /// At the start of a record.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Its type and its prior; first of all.
    fn head(&mut self) -> Option<(Option<EntityType>, Option<f32>)> {
        let (head, rest) = self.bytes.split_first_chunk::<5>()?;
        self.bytes = rest;
        let [kind, prior @ ..] = *head;
        let prior = f32::from_le_bytes(prior);
        Some((TYPES.get(usize::from(kind).wrapping_sub(1)).copied(), (!prior.is_nan()).then_some(prior)))
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

    fn take(&mut self, len: usize) -> Option<&'a str> {
        let (text, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let len = self.number()?;
        self.take(len)
    }

    fn optional(&mut self) -> Option<&'a str> {
        let len = self.number()?.checked_sub(1)?;
        self.take(len)
    }

    fn list(&mut self) -> Option<Vec<String>> {
        (0..self.number()?).map(|_| self.text().map(str::to_owned)).collect()
    }

    /// The whole record; none if the bytes are no record.
    pub fn record(mut self) -> Option<Record> {
        let (kind, prior) = self.head()?;
        let name = self.text()?;
        let id = self.optional().unwrap_or(name).to_owned();
        let country = self.optional().map(str::to_owned);
        let gender = self.optional().map(str::to_owned);
        let (aliases, weak_aliases, roles) = (self.list()?, self.list()?, self.list()?);
        Some(Record { id, name: name.to_owned(), aliases, weak_aliases, kind, country, roles, gender, prior })
    }

    /// Its id.
    pub fn id(mut self) -> Option<&'a str> {
        self.head()?;
        let name = self.text()?;
        Some(self.optional().unwrap_or(name))
    }

    /// Its type.
    pub fn kind(mut self) -> Option<EntityType> {
        self.head()?.0
    }

    /// Its prior; none is zero.
    pub fn prior(mut self) -> f32 {
        self.head().and_then(|h| h.1).unwrap_or(0.0)
    }

    /// What tables of hits say of it, and its alias of this number.
    pub fn brief(mut self, alias: u32) -> Option<Brief<'a>> {
        let kind = self.head()?.0;
        let name = self.text()?;
        let id = self.optional().unwrap_or(name);
        let alias = if alias == 0 { name } else { self.other(alias - 1)? };
        Some(Brief { id, kind, alias })
    }

    /// Its alias of this number: zero for the name, then the aliases, then the weak ones.
    pub fn alias(self, alias: u32) -> Option<&'a str> {
        self.brief(alias).map(|brief| brief.alias)
    }

    /// The alias of this number; name and id have been read.
    fn other(&mut self, mut left: u32) -> Option<&'a str> {
        for _ in 0..2 {
            self.optional();
        }
        for _ in 0..2 {
            let count = self.number()? as u32;
            for _ in 0..count.min(left) {
                self.text()?;
            }
            if left < count {
                return self.text();
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
            let reader = Reader::new(&bytes);
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
            let reader = Reader::new(&bytes);
            let _ = (reader.record(), reader.id(), reader.kind(), reader.prior(), reader.alias(alias));
        }
    }
}
