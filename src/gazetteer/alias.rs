//! One form of an alias, as it lies in memory and in a file.
//!
//! Most forms are the alias itself but for case, spaces, hyphens and stops: such a form is read from the record, where the
//! alias lies anyway. Others are kept behind the alias. Aliases of one form lie one behind the other.

use super::form::{Gate, SEPARATOR};
use super::sealed::Bytes;
use bitflags::bitflags;

/// Bytes of the number that says how long a form is.
const LENGTH: usize = 2;

/// More letters than that are no name; folding may lengthen them, so that the form's length fits all the same.
pub(super) const MAX_LETTERS: usize = 2048;

bitflags! {
    /// Where the form is, and what lies behind an alias; in the byte of its [`Gate`].
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Behind: u8 {
        /// The form is the alias without its stops.
        const STOPLESS = 1 << 5;
        /// The form is kept right behind.
        const FORM = 1 << 6;
        /// Another alias of the same form follows.
        const ALIAS = 1 << 7;
    }
}

/// An alias, but for its form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alias {
    pub record: u32,
    /// Where the record begins.
    pub at: u32,
    /// Which of the first sixteen atoms need a capital.
    pub capitals: u16,
    /// Zero for the record's name, one for the first of its other names.
    pub number: u16,
    pub gate: Gate,
    pub behind: Behind,
}

impl Alias {
    /// Bytes of an alias, but for its form.
    pub const HEAD: usize = 13;

    /// The alias at this place.
    #[inline]
    pub fn read(aliases: Bytes<'_>, place: u32) -> Option<Self> {
        let [r0, r1, r2, r3, a0, a1, a2, a3, c0, c1, n0, n1, bits] = aliases.chunk::<{ Self::HEAD }>(place as usize)?;
        Some(Self {
            record: u32::from_le_bytes([r0, r1, r2, r3]),
            at: u32::from_le_bytes([a0, a1, a2, a3]),
            capitals: u16::from_le_bytes([c0, c1]),
            number: u16::from_le_bytes([n0, n1]),
            gate: Gate::from_bits_truncate(bits),
            behind: Behind::from_bits_truncate(bits),
        })
    }

    /// Asks for the alias at this place.
    #[inline]
    pub fn ask(aliases: Bytes<'_>, place: u32) {
        aliases.ask(place as usize);
    }

    /// The form behind the alias, which lies at `place`.
    pub fn kept(aliases: Bytes<'_>, place: u32) -> Option<&[u8]> {
        let start = place as usize + Self::HEAD;
        let len = u16::from_le_bytes(aliases.chunk(start)?);
        aliases.get(start + LENGTH..start + LENGTH + usize::from(len))
    }

    /// The place behind the alias at `place` and its form.
    pub fn next(&self, aliases: Bytes<'_>, place: u32) -> Option<u32> {
        let form = if self.behind.contains(Behind::FORM) { LENGTH + Self::kept(aliases, place)?.len() } else { 0 };
        Some(place + (Self::HEAD + form) as u32)
    }

    /// The alias at `place` and those of the same form, the likeliest first.
    pub fn chain(self, aliases: Bytes<'_>, place: u32) -> impl Iterator<Item = Self> + '_ {
        let behind = move |place, alias: Self| {
            let next = alias.next(aliases, place)?;
            Some((next, Self::read(aliases, next)?))
        };
        let mut left = Some((place, self));
        std::iter::from_fn(move || {
            let (place, alias) = left?;
            left = if alias.behind.contains(Behind::ALIAS) { behind(place, alias) } else { None };
            Some(alias)
        })
    }

    /// How its form is read, if it is the first of its form.
    pub fn way(&self) -> Way {
        if self.behind.contains(Behind::FORM) {
            Way::Kept
        } else if self.behind.contains(Behind::STOPLESS) {
            Way::Stopless
        } else {
            Way::Plain
        }
    }

    /// Adds it behind the others, with its form if that is to be kept; `more` says whether another of the form follows.
    pub fn push(mut self, aliases: &mut Vec<u8>, form: Option<&[u8]>, more: bool) {
        self.behind.set(Behind::FORM, form.is_some());
        self.behind.set(Behind::ALIAS, more);
        aliases.extend_from_slice(&self.record.to_le_bytes());
        aliases.extend_from_slice(&self.at.to_le_bytes());
        aliases.extend_from_slice(&self.capitals.to_le_bytes());
        aliases.extend_from_slice(&self.number.to_le_bytes());
        aliases.push(self.gate.bits() | self.behind.bits());
        if let Some(form) = form {
            aliases.extend_from_slice(&(form.len() as u16).to_le_bytes());
            aliases.extend_from_slice(form);
        }
    }
}

/// The folded form of an alias, wherever it is read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form<'a> {
    bytes: &'a [u8],
    way: Way,
}

/// How a form is read from bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They are the form, its atoms parted by [`SEPARATOR`].
    Kept,
    /// They are the alias as its record has it: its words and stops are the atoms.
    Plain,
    /// The same without the stops.
    Stopless,
}

impl<'a> Form<'a> {
    pub fn new(bytes: &'a [u8], way: Way) -> Self {
        Self { bytes, way }
    }

    /// How `form` can be read from its `alias`, if it can.
    pub fn way(alias: &str, form: &[u8]) -> Way {
        let reads = |way: &Way| Form::new(alias.as_bytes(), *way).is(form);
        [Way::Plain, Way::Stopless].into_iter().find(reads).unwrap_or(Way::Kept)
    }

    /// Whether it is this form.
    pub fn is(self, form: &[u8]) -> bool {
        let mut wanted = Form::new(form, Way::Kept).atoms();
        let same = |atom: &[u8]| {
            wanted.next().is_some_and(|wanted| {
                atom.len() == wanted.len() && atom.iter().zip(wanted).all(|(a, b)| a.to_ascii_lowercase() == *b)
            })
        };
        self.atoms().all(same) && wanted.next().is_none()
    }

    /// The form itself.
    pub fn folded(self) -> Vec<u8> {
        let mut folded = Vec::with_capacity(self.bytes.len());
        for atom in self.atoms() {
            folded.extend(atom.iter().map(u8::to_ascii_lowercase));
            folded.push(SEPARATOR);
        }
        folded.pop();
        folded
    }

    /// What its atoms read, but for the case of ASCII.
    #[inline]
    pub fn atoms(self) -> Atoms<'a> {
        Atoms { rest: Some(self.bytes), way: self.way }
    }
}

/// The atoms of a form.
pub(super) struct Atoms<'a> {
    rest: Option<&'a [u8]>,
    way: Way,
}

impl<'a> Iterator for Atoms<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.rest?;
        if self.way == Way::Kept {
            let end = rest.iter().position(|&b| b == SEPARATOR);
            self.rest = end.map(|end| &rest[end + 1..]);
            return Some(&rest[..end.unwrap_or(rest.len())]);
        }
        let is_gap = |byte: u8| matches!(byte, b' ' | b'-') || byte == b'.' && self.way == Way::Stopless;
        let start = rest.iter().position(|&b| !is_gap(b))?;
        let rest = &rest[start..];
        let len = rest.iter().position(|&b| is_gap(b) || b == b'.').unwrap_or(rest.len()).max(1);
        self.rest = Some(&rest[len..]);
        Some(&rest[..len])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_as_its_alias() {
        for (alias, form, way) in [
            ("Bank of England", "bank\x1fof\x1fengland", Way::Plain),
            ("Jean-Pierre", "jean\x1fpierre", Way::Plain),
            ("J. Marsh", "j\x1f.\x1fmarsh", Way::Plain),
            ("J. Marsh", "j\x1fmarsh", Way::Stopless),
            ("U.S.", "u\x1f.\x1fs\x1f.", Way::Plain),
            ("U.S.", "us", Way::Kept),
            ("a - b", "a\x1f-\x1fb", Way::Kept),
            ("a\x1fb", "a\x1fb", Way::Kept),
            ("Łódź", "lodz", Way::Kept),
            ("-", "", Way::Kept),
        ] {
            assert_eq!(Form::way(alias, form.as_bytes()), way, "{alias}");
            let bytes = if way == Way::Kept { form } else { alias };
            assert_eq!(Form::new(bytes.as_bytes(), way).folded(), form.as_bytes());
        }
    }
}
