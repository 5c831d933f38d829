//! Paths in, rows out: each kind of file has a reader; a bad row is a value, a bad file an error.

mod csv;
mod jsonl;
mod parquet;
mod plain;
mod source;

pub use source::{Source, sources};

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

/// The rows of a source, in order.
pub fn rows(source: &Source, columns: &Columns, control: &Arc<Control>) -> Result<Rows> {
    use source::Kind;
    let file: Arc<str> = Arc::from(source.name());
    Ok(match source.kind {
        Kind::Text => Box::new(plain::rows(source, file, control)?),
        Kind::Parquet => Box::new(parquet::rows(source, file, columns, control)?),
        Kind::Csv => Box::new(csv::Rows::new(open(source, control)?, file, columns)?),
        Kind::Jsonl => Box::new(jsonl::Rows::new(open(source, control)?, file, columns.clone())),
    })
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
        let n = self.inner.read(buffer)?;
        self.control.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// Opens a file or standard input; what is compressed is known by its first bytes.
fn open(source: &Source, control: &Arc<Control>) -> Result<Box<dyn BufRead + Send>> {
    let problem = |e| file_error(&source.name(), e);
    let inner: Box<dyn Read + Send> = match &source.path {
        Some(path) => Box::new(File::open(path).map_err(problem)?),
        None => Box::new(std::io::stdin()),
    };
    let mut raw = BufReader::with_capacity(1 << 18, Counted { inner, control: Arc::clone(control) });
    let start = raw.fill_buf().map_err(problem)?;
    Ok(if start.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(1 << 18, MultiGzDecoder::new(raw)))
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let plain = zstd::Decoder::with_buffer(raw).map_err(problem)?;
        Box::new(BufReader::with_capacity(1 << 18, plain))
    } else if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
        let problem = "UTF-16, expected UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`".to_owned();
        return Err(Error::Input { place: source.name(), problem });
    } else {
        Box::new(raw)
    })
}
