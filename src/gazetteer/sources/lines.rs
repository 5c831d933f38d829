//! A file in, packed or not, its lines out.

use super::file_error;
use crate::error::Result;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Whether the file's name says that it is packed.
pub(super) fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst"))
}

/// A file as it is, or unpacked if its name says that it is packed.
pub(super) fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = File::open(path).map_err(|error| file_error(path, error))?;
    if is_packed(path) { unpack(path, file) } else { Ok(Box::new(file)) }
}

#[cfg(feature = "corpus")]
fn unpack(path: &Path, file: File) -> Result<Box<dyn Read>> {
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")) {
        return Ok(Box::new(flate2::read::MultiGzDecoder::new(BufReader::new(file))));
    }
    let decoder = zstd::stream::read::Decoder::new(file).map_err(|error| file_error(path, error))?;
    Ok(Box::new(decoder))
}

#[cfg(not(feature = "corpus"))]
fn unpack(path: &Path, _: File) -> Result<Box<dyn Read>> {
    let problem = "a packed file, which this build does not read; unpack it first".to_owned();
    Err(crate::error::Error::Input { place: path.display().to_string(), problem })
}

/// The lines of a file.
pub(super) struct Lines<'p> {
    path: &'p Path,
    reader: BufReader<Box<dyn Read>>,
}

impl<'p> Lines<'p> {
    pub fn open(path: &'p Path) -> Result<Self> {
        Ok(Self { path, reader: BufReader::with_capacity(1 << 16, open(path)?) })
    }

    /// Gives each line that is not blank to `take`, with its number.
    pub fn each(mut self, mut take: impl FnMut(u64, &[u8]) -> Result<()>) -> Result<()> {
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            let read = self.reader.read_until(b'\n', &mut line);
            if read.map_err(|error| file_error(self.path, error))? == 0 {
                return Ok(());
            }
            number += 1;
            let start = if number == 1 && line.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
            let content = line[start..].trim_ascii();
            if !content.is_empty() {
                take(number, content)?;
            }
        }
    }
}
