//! What the user named in, files to read out: files, folders, patterns, `-` for standard input.

use super::file_error;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// What messages call it.
pub const STANDARD_INPUT: &str = "standard input";

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One JSON object a line.
    Jsonl,
    /// Separated values with a header.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// One article.
    Text,
    /// NITF or NewsML-G2.
    Xml,
    /// A page of HTML, or an archive of them: read outside of the core.
    Outside,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path; none for standard input.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub kind: Kind,
    /// The id of its article, where it is one.
    pub id: String,
    /// Its size.
    pub bytes: u64,
}

impl Source {
    /// Whether the core cannot read it.
    pub fn is_outside(&self) -> bool {
        self.kind == Kind::Outside
    }

    /// The name for messages.
    pub fn name(&self) -> String {
        self.path.as_ref().map_or_else(|| STANDARD_INPUT.to_owned(), |p| p.display().to_string())
    }

    fn file(path: PathBuf, root: Option<&Path>) -> Result<Self> {
        let shown = path.display().to_string();
        let bytes = std::fs::metadata(&path).map_err(|e| file_error(&shown, e))?.len();
        let Some(kind) = kind(&path) else {
            let problem =
                format!("the name says no known format: expected {ENDINGS}, most of them also with .gz or .zst");
            return Err(Error::Input { place: shown, problem });
        };
        let named = root.and_then(|r| path.strip_prefix(r).ok()).unwrap_or(&path);
        let id = named.with_extension("").display().to_string();
        Ok(Self { path: Some(path), kind, id, bytes })
    }
}

/// The endings that are known.
const ENDINGS: &str = ".jsonl, .csv, .tsv, .parquet, .txt, .xml (NITF, NewsML-G2), .html or .warc";

fn kind(path: &Path) -> Option<Kind> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let plain = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let compressed = plain.len() < name.len();
    match plain.rsplit_once('.')?.1 {
        "jsonl" | "ndjson" | "json" => Some(Kind::Jsonl),
        "csv" | "tsv" => Some(Kind::Csv),
        "parquet" | "pq" if !compressed => Some(Kind::Parquet),
        "txt" if !compressed => Some(Kind::Text),
        "xml" | "nitf" => Some(Kind::Xml),
        "html" | "htm" | "xhtml" if !compressed => Some(Kind::Outside),
        "warc" | "wet" => Some(Kind::Outside),
        _ => None,
    }
}

/// The files that the user's words mean, in order, those of a folder or pattern by name.
///
/// # Errors
/// A file that is not there or of no known format; a folder or pattern with no such file.
pub fn sources(inputs: &[String]) -> Result<Vec<Source>> {
    let mut found = Vec::new();
    for input in inputs {
        let path = Path::new(input);
        if input == "-" {
            found.push(Source { path: None, kind: Kind::Jsonl, id: "-".to_owned(), bytes: 0 });
        } else if path.is_dir() {
            let before = found.len();
            folder(path, path, &mut found)?;
            if found.len() == before {
                return Err(nothing(input, &format!("no file in this folder ends with {ENDINGS}")));
            }
        } else if !path.exists() && input.contains(['*', '?', '[']) {
            pattern(input, &mut found)?;
        } else {
            found.push(Source::file(path.to_owned(), path.parent())?);
        }
    }
    if found.is_empty() {
        return Err(nothing("inputs", "expected at least one file, folder, pattern or - for standard input"));
    }
    Ok(found)
}

fn nothing(place: &str, problem: &str) -> Error {
    Error::Input { place: place.to_owned(), problem: problem.to_owned() }
}

fn folder(path: &Path, root: &Path, found: &mut Vec<Source>) -> Result<()> {
    let problem = |e| file_error(&path.display().to_string(), e);
    let entries = std::fs::read_dir(path).map_err(problem)?;
    let mut paths = entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<Vec<_>>>().map_err(problem)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            folder(&path, root, found)?;
        } else if kind(&path).is_some() {
            found.push(Source::file(path, Some(root))?);
        }
    }
    Ok(())
}

fn pattern(input: &str, found: &mut Vec<Source>) -> Result<()> {
    let paths = glob::glob(input).map_err(|e| nothing(input, &e.to_string()))?;
    let before = found.len();
    for path in paths {
        let path = path.map_err(|e| file_error(input, std::io::Error::from(e)))?;
        if path.is_file() {
            found.push(Source::file(path, None)?);
        }
    }
    if found.len() == before { Err(nothing(input, "no file fits this pattern")) } else { Ok(()) }
}
