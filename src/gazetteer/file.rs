//! Compiled aliases in, a file out, and back: versioned, checksummed, mapped into memory when it is opened, so that
//! processes share it and nothing is read before it is needed.
//!
//! ```text
//! magic 8 · version 4 · sections 4 · for each section: start 8, length 8, checksum 8 · checksum of all this 8 · sections
//! ```
//!
//! Numbers are little-endian, sections begin at multiples of 64. The same records give the same bytes.

use super::view::View;
use crate::error::{Error, Result};
use memmap2::Mmap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::ops::Range;
use std::path::Path;

const MAGIC: [u8; 8] = *b"\x89pqkb\r\n\x1a";
const VERSION: u32 = 1;
const SECTIONS: usize = 6;
const ALIGN: usize = 64;
const HEADER: usize = 8 + 4 + 4 + SECTIONS * 24 + 8;

/// The bytes of a file, in memory or mapped.
#[derive(Debug)]
enum Bytes {
    Mapped(Mmap),
    Owned(Vec<u8>),
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

/// A file that was found whole.
#[derive(Debug)]
pub(super) struct Opened {
    bytes: Bytes,
    sections: [Range<usize>; SECTIONS],
}

impl Opened {
    pub fn view(&self) -> View<'_> {
        let [roots, slots, filter, aliases, records, starts] =
            self.sections.each_ref().map(|at| &self.bytes[at.clone()]);
        View {
            roots: roots.as_chunks().0,
            slots: slots.as_chunks().0,
            filter: filter.as_chunks().0,
            aliases,
            records,
            starts: starts.as_chunks().0,
        }
    }
}

/// A checksum of bytes that come in pieces; four lanes, so that it is as fast as memory.
struct Checksum {
    lanes: [u64; 4],
    length: u64,
}

impl Checksum {
    const STEP: u64 = 0x9FB2_1C65_1E98_DF25;

    fn of(bytes: &[u8]) -> u64 {
        let mut sum = Self::new();
        sum.add(bytes);
        sum.finish()
    }

    fn new() -> Self {
        Self { lanes: [1, 2, 3, 4], length: 0 }
    }

    /// Adds a piece; all but the last must be multiples of 32 bytes.
    fn add(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<32>();
        for block in blocks {
            self.block(block);
        }
        if !rest.is_empty() {
            let mut block = [0; 32];
            block[..rest.len()].copy_from_slice(rest);
            self.block(&block);
        }
        self.length += bytes.len() as u64;
    }

    fn block(&mut self, block: &[u8; 32]) {
        for (lane, word) in self.lanes.iter_mut().zip(block.as_chunks::<8>().0) {
            *lane = (*lane ^ u64::from_le_bytes(*word)).wrapping_mul(Self::STEP).rotate_left(29);
        }
    }

    fn finish(&self) -> u64 {
        self.lanes.iter().fold(self.length, |sum, &lane| {
            let mixed = (sum ^ lane).wrapping_mul(Self::STEP);
            mixed ^ (mixed >> 31)
        })
    }
}

/// The file's bytes, piece by piece: the header, then each section with what fills it up.
fn pieces<'a>(view: &View<'a>) -> (Vec<u8>, [&'a [u8]; SECTIONS]) {
    let sections: [&[u8]; SECTIONS] = [
        view.roots.as_flattened(),
        view.slots.as_flattened(),
        view.filter.as_flattened(),
        view.aliases,
        view.records,
        view.starts.as_flattened(),
    ];
    let mut header = Vec::with_capacity(HEADER);
    header.extend_from_slice(&MAGIC);
    header.extend_from_slice(&VERSION.to_le_bytes());
    header.extend_from_slice(&(SECTIONS as u32).to_le_bytes());
    let mut start = HEADER.next_multiple_of(ALIGN);
    for section in sections {
        for number in [start as u64, section.len() as u64, Checksum::of(section)] {
            header.extend_from_slice(&number.to_le_bytes());
        }
        start = (start + section.len()).next_multiple_of(ALIGN);
    }
    header.extend_from_slice(&Checksum::of(&header).to_le_bytes());
    (header, sections)
}

/// Writes a whole file.
fn write(view: &View<'_>, out: &mut impl Write) -> io::Result<()> {
    let (header, sections) = pieces(view);
    for piece in std::iter::once(&header[..]).chain(sections) {
        out.write_all(piece)?;
        out.write_all(&[0; ALIGN][..piece.len().next_multiple_of(ALIGN) - piece.len()])?;
    }
    Ok(())
}

/// A whole file in memory.
pub(super) fn to_bytes(view: &View<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing into memory does not fail.
    let _ = write(view, &mut bytes);
    bytes
}

/// The checksum of the checksums.
pub(super) fn fingerprint(view: &View<'_>) -> u64 {
    let (header, _) = pieces(view);
    header.last_chunk().map_or(0, |sum| u64::from_le_bytes(*sum))
}

/// Writes beside `path` first, so that no half of a file ever bears the name.
pub(super) fn save(view: &View<'_>, path: &Path) -> Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = Path::new(&beside);
    let written = File::create(beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(view, &mut out)?;
        out.into_inner()?.sync_all()?;
        std::fs::rename(beside, path)
    });
    written.map_err(|source| {
        // The error that matters is the first one.
        let _ = std::fs::remove_file(beside);
        Error::File { path: path.display().to_string(), source }
    })
}

/// Opens a file; every byte of it is checked.
#[allow(unsafe_code)]
pub(super) fn open(path: &Path) -> Result<Opened> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    let mut file = File::open(path).map_err(failed)?;
    let sections =
        check(&mut file).map_err(failed)?.map_err(|problem| damaged(&path.display().to_string(), problem))?;
    // SAFETY: the map is only read, by bounds-checked look-ups of plain bytes. Whoever changes the file in place while
    // it is open breaks the contract of `Gazetteer::open`; `save` never does, it puts a new file in the old one's place.
    let map = unsafe { Mmap::map(&file) }.map_err(failed)?;
    if sections.iter().any(|section| section.end > map.len()) {
        return Err(damaged(&path.display().to_string(), "it was changed while it was read"));
    }
    Ok(Opened { bytes: Bytes::Mapped(map), sections })
}

/// Takes the bytes of a file.
pub(super) fn from_bytes(bytes: Vec<u8>) -> Result<Opened> {
    let place = "bytes of a gazetteer";
    let sections = check(&mut &bytes[..])
        .map_err(|source| Error::File { path: place.to_owned(), source })?
        .map_err(|problem| damaged(place, problem))?;
    Ok(Opened { bytes: Bytes::Owned(bytes), sections })
}

fn damaged(place: &str, problem: &str) -> Error {
    let problem = format!("{problem}; build the gazetteer again and save it");
    Error::Input { place: place.to_owned(), problem }
}

type Checked<T> = std::result::Result<T, &'static str>;

/// Where the sections are, if all is as it was written. It is read, not mapped, so that no page stays behind.
fn check(file: &mut impl Read) -> io::Result<Checked<[Range<usize>; SECTIONS]>> {
    let mut header = Vec::with_capacity(HEADER.next_multiple_of(ALIGN));
    file.by_ref().take(HEADER.next_multiple_of(ALIGN) as u64).read_to_end(&mut header)?;
    let sections = match check_header(&header) {
        Ok(sections) => sections,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut buffer = vec![0; 1 << 18];
    for (range, checksum) in &sections {
        let mut sum = Checksum::new();
        let mut left = range.len();
        while left > 0 {
            let piece = &mut buffer[..left.min(1 << 18)];
            if let Err(error) = file.read_exact(piece) {
                let cut = error.kind() == io::ErrorKind::UnexpectedEof;
                return if cut { Ok(Err("the file is cut off")) } else { Err(error) };
            }
            sum.add(piece);
            left -= piece.len();
        }
        if sum.finish() != *checksum {
            return Ok(Err("the file is damaged: a checksum differs"));
        }
        let filling = range.end.next_multiple_of(ALIGN) - range.end;
        let mut zeros = [0; ALIGN];
        if file.read_exact(&mut zeros[..filling]).is_err() || zeros != [0; ALIGN] {
            return Ok(Err("the file is cut off or damaged"));
        }
    }
    let more = file.read(&mut [0])? > 0;
    Ok(if more { Err("the file is damaged: something stands behind its end") } else { Ok(sections.map(|s| s.0)) })
}

fn check_header(header: &[u8]) -> Checked<[(Range<usize>, u64); SECTIONS]> {
    if !header.starts_with(&MAGIC) {
        return Err("this is no gazetteer of pullquote");
    }
    let version = header.get(8..12).and_then(|v| v.try_into().ok()).map(u32::from_le_bytes);
    if version.is_some_and(|version| version != VERSION) {
        return Err("the file is of another version of pullquote");
    }
    let (Some(body), Some(sum)) = (header.get(..HEADER - 8), header.get(HEADER - 8..HEADER)) else {
        return Err("the file is cut off");
    };
    if Checksum::of(body).to_le_bytes() != *sum || header[HEADER..].iter().any(|&b| b != 0) {
        return Err("the file is damaged: its header's checksum differs");
    }
    let (numbers, _) = body[16..].as_chunks::<8>();
    let mut end = HEADER.next_multiple_of(ALIGN);
    let mut sections = std::array::from_fn(|_| (0..0, 0));
    for (section, numbers) in sections.iter_mut().zip(numbers.as_chunks::<3>().0) {
        let [start, len, sum] = numbers.map(u64::from_le_bytes);
        if start != end as u64 || len > u64::from(u32::MAX) * 8 {
            return Err("the file is damaged: its sections are not where they should be");
        }
        let start = end;
        end = (start + len as usize).next_multiple_of(ALIGN);
        *section = (start..start + len as usize, sum);
    }
    // The filter is addressed by a mask.
    if !(sections[2].0.len() / 8).is_power_of_two() {
        return Err("the file is damaged: its filter has no good size");
    }
    Ok(sections)
}
