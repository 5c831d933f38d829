//! Separated values in, rows out; the separator is the commonest of the header line.

use super::{Read1, Reading, Row, bad, file_error};
use crate::article::ArticleId;
use crate::corpus::decode::decode;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// The rows of a file of separated values.
pub struct Rows<R> {
    reader: csv::Reader<Metered<R>>,
    file: Arc<str>,
    /// The places of text, id, headline and date.
    at: [Option<usize>; 4],
    row: i64,
    reading: Reading,
}

/// A reader that gives up when one row takes too much of it: a quote that is never closed takes all the rest.
struct Metered<R> {
    inner: R,
    /// What the row may still take.
    left: usize,
}

/// What the parser reads ahead of a row.
const AHEAD: usize = 1 << 16;

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(buffer)?;
        match self.left.checked_sub(n) {
            Some(left) => self.left = left,
            None => return Err(std::io::ErrorKind::FileTooLarge.into()),
        }
        Ok(n)
    }
}

impl<R: BufRead> Rows<R> {
    /// Reads the header and finds the columns.
    pub fn new(mut reader: R, file: Arc<str>, reading: &Reading) -> Result<Self> {
        let delimiter = delimiter(reader.fill_buf().map_err(|e| file_error(&file, e))?);
        let reader = Metered { inner: reader, left: reading.max_row_bytes.saturating_add(AHEAD) };
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).buffer_capacity(AHEAD).from_reader(reader);
        let header = reader.byte_headers().map_err(|e| problem(&file, &e))?.clone();
        let names = header.iter().map(decode).collect::<std::result::Result<Vec<_>, _>>();
        let names = names.map_err(|problem| Error::Input { place: file.to_string(), problem })?;
        let names: Vec<&str> = names.iter().map(|n| n.trim_start_matches('\u{feff}')).collect();
        // A file of nothing has no articles, and no columns to miss.
        let empty = names.iter().all(|n| n.is_empty());
        let at = if empty { [None; 4] } else { reading.columns.all(&file, &names)? };
        Ok(Self { reader, file, at, row: -1, reading: reading.clone() })
    }

    fn row_of(&self, record: &csv::ByteRecord) -> std::result::Result<Row, String> {
        let value = |i: usize| -> std::result::Result<Option<String>, String> {
            let bytes = self.at[i].and_then(|at| record.get(at));
            bytes.map(|b| decode(b).map(Cow::into_owned)).transpose()
        };
        let filled = |i| value(i).map(|v| v.filter(|v| !v.is_empty()));
        let id = filled(1)?.map(|s| ArticleId::Str(Cow::Owned(s)));
        Ok(Row {
            text: value(0)?,
            id,
            headline: filled(2)?,
            date: filled(3)?,
            file: Arc::clone(&self.file),
            row: self.row,
        })
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Read1;

    fn next(&mut self) -> Option<Read1> {
        let mut record = csv::ByteRecord::new();
        self.row += 1;
        self.reader.get_mut().left = self.reading.max_row_bytes.saturating_add(AHEAD);
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.row_of(&record).map_err(|e| bad(&self.file, self.row, e)))),
            Err(e) if too_large(&e) => {
                let problem = format!("row {}: a quote that is never closed, or {}", self.row, self.reading.too_long());
                Some(Err(Error::Input { place: self.file.to_string(), problem }))
            }
            Err(e) if e.is_io_error() => Some(Err(problem(&self.file, &e))),
            Err(e) => Some(Ok(Err(bad(&self.file, self.row, e.to_string())))),
        }
    }
}

fn too_large(error: &csv::Error) -> bool {
    matches!(error.kind(), csv::ErrorKind::Io(e) if e.kind() == std::io::ErrorKind::FileTooLarge)
}

fn problem(file: &str, error: &csv::Error) -> Error {
    Error::Input { place: file.to_owned(), problem: error.to_string() }
}

/// The separator: the commonest candidate of the first line.
fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |mark: u8| memchr::memchr_iter(mark, header).count();
    // The comma comes last: of equals, `max_by_key` takes the last.
    [b';', b'\t', b','].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<Read1> {
        Rows::new(text, Arc::from("x.csv"), &Reading::test(1000)).unwrap().collect()
    }

    #[test]
    fn a_quote_that_is_never_closed_ends_at_the_limit() {
        let text = format!("id,text\na,one\nb,\"{}", "two\n".repeat(100_000));
        let rows = read(text.as_bytes()).into_iter().take(2).collect::<Vec<_>>();
        let message = rows[1].as_ref().unwrap_err().to_string();
        assert!(message.contains("row 1: a quote that is never closed"), "{message}");
    }

    #[test]
    fn quoted_lines_and_other_separators() {
        for text in ["id,text\na,\"one\ntwo\"\n", "id;text\na;\"one\ntwo\"\n", "id\ttext\na\t\"one\ntwo\"\n"] {
            let rows = read(text.as_bytes());
            assert_eq!(rows[0].as_ref().unwrap().as_ref().unwrap().text.as_deref(), Some("one\ntwo"), "{text}");
        }
    }

    #[test]
    fn a_row_with_too_few_fields_is_bad_and_the_next_is_read() {
        let rows = read(b"id,text\na\nb,two\n");
        assert!(rows[0].as_ref().unwrap().is_err());
        assert!(rows[1].as_ref().unwrap().is_ok());
    }
}
