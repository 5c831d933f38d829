//! Separated values in, rows out; the separator is the commonest of the header line.

use super::{Read1, Row, bad, file_error};
use crate::article::ArticleId;
use crate::corpus::columns::Columns;
use crate::corpus::decode::decode;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::io::BufRead;
use std::sync::Arc;

/// The rows of a file of separated values.
pub struct Rows<R> {
    reader: csv::Reader<R>,
    file: Arc<str>,
    /// The places of text, id, headline and date.
    at: [Option<usize>; 4],
    row: i64,
}

impl<R: BufRead> Rows<R> {
    /// Reads the header and finds the columns.
    pub fn new(mut reader: R, file: Arc<str>, columns: &Columns) -> Result<Self> {
        let delimiter = delimiter(reader.fill_buf().map_err(|e| file_error(&file, e))?);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
        let header = reader.byte_headers().map_err(|e| problem(&file, &e))?.clone();
        let names = header.iter().map(decode).collect::<std::result::Result<Vec<_>, _>>();
        let names = names.map_err(|problem| Error::Input { place: file.to_string(), problem })?;
        let names: Vec<&str> = names.iter().map(|n| n.trim_start_matches('\u{feff}')).collect();
        // A file of nothing has no articles, and no columns to miss.
        let empty = names.iter().all(|n| n.is_empty());
        let at = if empty { [None; 4] } else { columns.all(&file, &names)? };
        Ok(Self { reader, file, at, row: -1 })
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
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.row_of(&record).map_err(|e| bad(&self.file, self.row, e)))),
            Err(e) if e.is_io_error() => Some(Err(problem(&self.file, &e))),
            Err(e) => Some(Ok(Err(bad(&self.file, self.row, e.to_string())))),
        }
    }
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
        Rows::new(text, Arc::from("x.csv"), &Columns::default()).unwrap().collect()
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
