//! Compiled aliases in, a file out, and back: versioned, checksummed, mapped into memory when it is opened, so that
//! processes share it and nothing is read before it is needed.
//!
//! ```text
//! magic 8 · version 4 · sections 4 · checksum of the rest of the head 8 · for each section: start 8, length 8
//! · a checksum 8 for each block of each section · sections
//! ```
//!
//! Numbers are little-endian, sections begin at multiples of 64. The same records give the same bytes. Opening reads the
//! head, the filter and the file's length; the other blocks are checked as they are read, see [`super::sealed`].

use super::compile::Compiled;
use super::sealed::{BLOCK, Bytes, Seal, checksum, sums};
use super::view::{SECTIONS, View};
use crate::error::{Error, Result};
use memmap2::Mmap;
use std::fs::File;
use std::io::{Read, Write};
use std::ops::{Deref, Range};
use std::path::Path;

const MAGIC: [u8; 8] = *b"\x89pqkb\r\n\x1a";
const VERSION: u32 = 5;
const ALIGN: usize = 64;
/// What fills the room behind a section.
const GAP: [u8; ALIGN] = [0; ALIGN];
/// Magic, version, number of sections.
const FIRST: usize = 8 + 4 + 4;
/// With the checksum.
const SUMMED: usize = FIRST + 8;
/// With the places of the sections.
const PLACED: usize = SUMMED + SECTIONS * 16;
/// The number of the section that is addressed by a mask and read for every token.
const FILTER: usize = 2;

/// The bytes of a file, mapped or in memory, or what would be one: its head and what was compiled.
#[derive(Debug)]
enum Content {
    Mapped(Mmap, Places),
    Owned(Vec<u8>, Places),
    Compiled(Vec<u8>, Compiled),
}

/// Where the sections of a file lie.
type Places = [Range<usize>; SECTIONS];

impl Content {
    fn section(&self, i: usize) -> &[u8] {
        match self {
            Self::Mapped(map, places) => &map[places[i].clone()],
            Self::Owned(bytes, places) => &bytes[places[i].clone()],
            Self::Compiled(_, compiled) => compiled.view().sections()[i].unchecked(),
        }
    }

    /// All bytes of the file, in order.
    fn pieces(&self) -> Vec<&[u8]> {
        match self {
            Self::Mapped(map, _) => vec![map],
            Self::Owned(bytes, _) => vec![bytes],
            Self::Compiled(head, compiled) => {
                let sections = compiled.view().sections().map(Bytes::unchecked);
                let pieces = std::iter::once(&head[..]).chain(sections);
                pieces.flat_map(|piece| [piece, &GAP[..piece.len().next_multiple_of(ALIGN) - piece.len()]]).collect()
            }
        }
    }
}

/// A file whose head is right, or what would be one.
#[derive(Debug)]
pub(super) struct Opened {
    content: Content,
    /// None where all of it is known to be right.
    seals: Option<[Seal; SECTIONS]>,
    /// The checksum of the checksums.
    pub fingerprint: u64,
    place: String,
}

impl Opened {
    pub fn view(&self) -> View<'_> {
        let [roots, slots, filter, aliases, records, starts] = std::array::from_fn(|i| self.section(i));
        // The filter was checked when the file was opened.
        let filter = filter.unchecked().as_chunks().0;
        View { roots: roots.into(), slots: slots.into(), filter, aliases, records, starts }
    }

    fn section(&self, i: usize) -> Bytes<'_> {
        Bytes::new(self.content.section(i), self.seals.as_ref().map(|seals| &seals[i]))
    }

    /// An error if any byte that was read is not as it was written.
    pub fn intact(&self) -> Result<()> {
        let broken = self.seals.iter().flatten().any(Seal::is_broken);
        if broken { Err(damaged(&self.place, "the file is damaged: a checksum differs")) } else { Ok(()) }
    }

    /// Reads every byte; an error if one is not as it was written.
    pub fn verify(&self) -> Result<()> {
        for i in 0..SECTIONS {
            self.section(i).whole();
        }
        self.intact()
    }

    fn new<B: Deref<Target = [u8]>>(file: B, content: fn(B, Places) -> Content, place: &str) -> Result<Self> {
        let Head { places, seals, fingerprint } = Head::read(&file).map_err(|problem| damaged(place, problem))?;
        let content = content(file, places);
        let opened = Self { content, seals: Some(seals), fingerprint, place: place.to_owned() };
        opened.section(FILTER).whole();
        opened.intact()?;
        Ok(opened)
    }

    /// What was compiled just now.
    pub fn built(compiled: Compiled) -> Self {
        let head = Head::write(&compiled.view().sections());
        let fingerprint = u64_at(&head, FIRST).unwrap_or_default();
        Self { content: Content::Compiled(head, compiled), seals: None, fingerprint, place: String::new() }
    }

    /// The bytes of a file; all of them are checked.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self> {
        let opened = Self::new(bytes, Content::Owned, "bytes of a gazetteer")?;
        opened.verify()?;
        Ok(Self { seals: None, ..opened })
    }

    /// Writes the file beside `path` first, so that no half of one ever bears the name.
    pub fn save(&self, path: &Path) -> Result<()> {
        self.verify()?;
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.tmp", std::process::id()));
        let beside = Path::new(&beside);
        let written = File::create(beside).and_then(|mut file| {
            self.content.pieces().into_iter().try_for_each(|piece| file.write_all(piece))?;
            file.sync_all()?;
            std::fs::rename(beside, path)
        });
        written.map_err(|source| {
            // The error that matters is the first one.
            let _ = std::fs::remove_file(beside);
            Error::File { path: path.display().to_string(), source }
        })
    }

    /// The whole file.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        self.verify()?;
        Ok(self.content.pieces().concat())
    }
}

/// Whether a file begins as a compiled gazetteer does.
pub(super) fn is_compiled(path: &Path) -> bool {
    let mut first = [0; MAGIC.len()];
    File::open(path).and_then(|mut file| file.read_exact(&mut first)).is_ok() && first == MAGIC
}

/// Opens a file.
#[allow(unsafe_code)]
pub(super) fn open(path: &Path) -> Result<Opened> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    let file = File::open(path).map_err(failed)?;
    // SAFETY: the map is only read, by bounds-checked look-ups of plain bytes. Whoever changes the file in place while
    // it is open breaks the contract of `Gazetteer::open`; `save` never does, it puts a new file in the old one's place.
    let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
    Opened::new(map, Content::Mapped, &path.display().to_string())
}

fn damaged(place: &str, problem: &str) -> Error {
    let problem = format!("{problem}; build the gazetteer again and save it");
    Error::Input { place: place.to_owned(), problem }
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().copied().map(u64::from_le_bytes)
}

/// What the head says.
struct Head {
    places: Places,
    seals: [Seal; SECTIONS],
    fingerprint: u64,
}

impl Head {
    /// The head of the file of these sections.
    fn write(sections: &[Bytes<'_>; SECTIONS]) -> Vec<u8> {
        let blocks: usize = sections.iter().map(|s| s.len().div_ceil(BLOCK)).sum();
        let mut rest = Vec::with_capacity(PLACED + blocks * 8);
        let mut start = (PLACED + blocks * 8).next_multiple_of(ALIGN);
        for section in sections {
            for number in [start as u64, section.len() as u64] {
                rest.extend_from_slice(&number.to_le_bytes());
            }
            start = (start + section.len()).next_multiple_of(ALIGN);
        }
        for section in sections {
            rest.extend(sums(section.unchecked()).flat_map(u64::to_le_bytes));
        }
        let mut head = Vec::with_capacity(SUMMED + rest.len());
        head.extend_from_slice(&MAGIC);
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.extend_from_slice(&(SECTIONS as u32).to_le_bytes());
        head.extend_from_slice(&checksum(&rest).to_le_bytes());
        head.extend_from_slice(&rest);
        head
    }

    fn read(file: &[u8]) -> std::result::Result<Self, &'static str> {
        const CUT: &str = "the file is cut off";
        const PLACES: &str = "the file is damaged: its sections are not where they should be";
        if !file.starts_with(&MAGIC) {
            return Err("this is no gazetteer of pullquote");
        }
        let numbers = file.get(8..FIRST).ok_or(CUT)?;
        if numbers[..4] != VERSION.to_le_bytes() {
            return Err("the file is of another version of pullquote");
        }
        let fingerprint = u64_at(file, FIRST).ok_or(CUT)?;
        let mut lengths = [0; SECTIONS];
        for (i, length) in lengths.iter_mut().enumerate() {
            let stated = u64_at(file, SUMMED + i * 16 + 8).ok_or(CUT)?;
            *length = usize::try_from(stated).ok().filter(|&n| n as u64 <= u64::from(u32::MAX) * 8).ok_or(PLACES)?;
        }
        let blocks = lengths.map(|length| length.div_ceil(BLOCK));
        let end = PLACED + blocks.iter().sum::<usize>() * 8;
        let rest = file.get(SUMMED..end).ok_or(CUT)?;
        if checksum(rest) != fingerprint || numbers[4..] != (SECTIONS as u32).to_le_bytes() {
            return Err("the file is damaged: its head's checksum differs");
        }
        let mut start = end.next_multiple_of(ALIGN);
        let mut places = [const { 0..0 }; SECTIONS];
        for (i, place) in places.iter_mut().enumerate() {
            if u64_at(file, SUMMED + i * 16) != Some(start as u64) {
                return Err(PLACES);
            }
            *place = start..start + lengths[i];
            start = place.end.next_multiple_of(ALIGN);
        }
        if file.len() != start {
            return Err(if file.len() < start { CUT } else { "the file is damaged: something stands behind its end" });
        }
        if !(lengths[FILTER] / 8).is_power_of_two() {
            return Err("the file is damaged: its filter has no good size");
        }
        let (mut sums, _) = file[PLACED..end].as_chunks::<8>();
        let seals = blocks.map(|count| {
            let (own, others) = sums.split_at(count);
            sums = others;
            Seal::new(own.iter().map(|sum| u64::from_le_bytes(*sum)))
        });
        Ok(Self { places, seals, fingerprint })
    }
}
