//! Paths in, rows out: each kind of file has a reader; a bad row is a value, a bad file an error.

mod csv;
mod jsonl;
mod outside;
mod parquet;
mod plain;
mod source;
mod utf16;
mod xml;

pub use outside::{Articles as OutsideArticles, Given, Outside};
pub use source::{STANDARD_INPUT, Source, sources};

use super::columns::Columns;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::table::Bad;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// One article as its file has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The text; none for a null.
    pub text: Option<String>,
    /// The id, where the file has one.
    pub id: Option<ArticleId<'static>>,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    /// The file.
    pub file: Arc<str>,
    /// Its row, counted from 0.
    pub row: i64,
}

/// A row, or why it is none; outside, why the file cannot be read on.
pub type Read1 = Result<std::result::Result<Row, Bad>>;

/// The rows of a file.
pub type Rows = Box<dyn Iterator<Item = Read1> + Send>;

/// How files are read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The names of the columns.
    pub columns: Columns,
    /// A row of more bytes than this is no row.
    pub max_row_bytes: usize,
    /// Reads the formats that the core does not.
    pub outside: Option<Outside>,
    /// Stops the reading, and counts what was read.
    pub control: Arc<Control>,
}

impl Reading {
    /// The rows of a source, in order.
    pub fn rows(&self, source: &Source) -> Result<Rows> {
        use source::Kind;
        let file: Arc<str> = Arc::from(source.name());
        Ok(match source.kind {
            Kind::Text => Box::new(plain::rows(source, file, self)?),
            Kind::Parquet => Box::new(parquet::rows(source, file, self)?),
            Kind::Csv => Box::new(csv::Rows::new(open(source, &self.control)?, file, self)?),
            Kind::Jsonl => Box::new(jsonl::Rows::new(open(source, &self.control)?, file, self)),
            Kind::Xml => Box::new(xml::rows(source, &file, self)?),
            Kind::Outside => Box::new(outside::rows(source, file, self)?),
        })
    }

    /// What is wrong with a row beyond the limit.
    fn too_long(&self) -> String {
        format!("longer than max_row_bytes={}: raise the limit, or cut the text into articles", self.max_row_bytes)
    }
}

fn bad(file: &Arc<str>, row: i64, error: impl Into<String>) -> Bad {
    Bad { id: None, file: Some(file.to_string()), row: Some(row), error: error.into() }
}

fn file_error(file: &str, source: std::io::Error) -> Error {
    Error::File { path: file.to_owned(), source }
}

/// Counts what is read from the disk.
struct Counted<R> {
    inner: R,
    control: Arc<Control>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        // A row may be long: asked here, the work stops inside of it.
        self.control.check().map_err(std::io::Error::other)?;
        let n = self.inner.read(buffer)?;
        self.control.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Opens a file or standard input; what is compressed, or in UTF-16, is known by its first bytes.
fn open(source: &Source, control: &Arc<Control>) -> Result<Box<dyn BufRead + Send>> {
    let problem = |e| file_error(&source.name(), e);
    let inner: Box<dyn Read + Send> = match &source.path {
        Some(path) => Box::new(File::open(path).map_err(problem)?),
        None => Box::new(std::io::stdin()),
    };
    let mut raw = BufReader::with_capacity(1 << 18, Counted { inner, control: Arc::clone(control) });
    let start = raw.fill_buf().map_err(problem)?;
    let mut plain: Box<dyn BufRead + Send> = if start.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(raw)))
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let plain = zstd::Decoder::with_buffer(raw).map_err(problem)?;
        Box::new(BufReader::with_capacity(1 << 18, plain))
    } else {
        Box::new(raw)
    };
    Ok(match utf16::detect(plain.fill_buf().map_err(problem)?) {
        Some(encoding) => Box::new(BufReader::with_capacity(1 << 18, utf16::Utf8::new(plain, encoding))),
        None => plain,
    })
}

#[cfg(test)]
impl Reading {
    /// With known names and a limit.
    fn test(max_row_bytes: usize) -> Self {
        Self { columns: Columns::default(), max_row_bytes, outside: None, control: Arc::default() }
    }
}
