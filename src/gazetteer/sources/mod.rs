//! The formats that users bring: a file in, records out, row by row; what is wrong with a row is told with its place.

#[cfg(feature = "tables")]
mod arrow;
mod csv;
mod flashtext;
mod ftm;
mod jsonl;
mod lines;
mod spacy;
mod wikidata;

use super::compile::Builder;
use super::{Gazetteer, Record};
use crate::article::EntityType;
use crate::error::{Error, Result};
#[cfg(feature = "tables")]
use ::arrow::record_batch::RecordBatch;
use lines::{Lines, is_packed};
use std::path::Path;
use std::str::FromStr;

/// How a file of records is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma- or tab-separated values, see [`Gazetteer::from_csv`].
    Csv,
    /// JSON lines, see [`Gazetteer::from_jsonl`].
    Jsonl,
    /// Parquet, see [`Gazetteer::from_parquet`].
    Parquet,
    /// Patterns of spaCy's `EntityRuler`, see [`Gazetteer::from_spacy_patterns`].
    SpacyPatterns,
    /// Keywords of flashtext, see [`Gazetteer::from_flashtext`].
    Flashtext,
    /// Entities of `FollowTheMoney`, see [`Gazetteer::from_ftm`].
    Ftm,
    /// Entities of Wikidata, see [`Gazetteer::from_wikidata`].
    Wikidata,
}

impl Format {
    const NAMES: [(&'static str, Self); 7] = [
        ("csv", Self::Csv),
        ("jsonl", Self::Jsonl),
        ("parquet", Self::Parquet),
        ("spacy", Self::SpacyPatterns),
        ("flashtext", Self::Flashtext),
        ("ftm", Self::Ftm),
        ("wikidata", Self::Wikidata),
    ];

    /// The format that the name of a file tells.
    fn of(path: &Path) -> Result<Self> {
        let inner = if is_packed(path) { Path::new(path.file_stem().unwrap_or_default()) } else { path };
        let end = inner.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match end.as_str() {
            "csv" | "tsv" | "tab" => Ok(Self::Csv),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "parquet" => Ok(Self::Parquet),
            _ => Err(Error::Input {
                place: path.display().to_string(),
                problem: format!(
                    "no compiled gazetteer, and no format is known by the ending {end:?}; name the format: {}",
                    Self::NAMES.map(|(name, _)| name).join(", ")
                ),
            }),
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Self::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format).ok_or_else(|| {
            Error::Option {
                option: "format",
                expected: "csv, jsonl, parquet, spacy, flashtext, ftm or wikidata",
                found: name.to_owned(),
            }
        })
    }
}

/// How records are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether the first bad row ends the reading; otherwise bad rows are skipped, counted and named.
    pub strict: bool,
    /// Whether other newsrooms' spellings are matched too, see [`Record::with_transliterations`].
    pub transliterate: bool,
    /// The languages of Wikidata's labels and aliases, that of the name first.
    pub languages: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { strict: true, transliterate: false, languages: vec!["en".to_owned()] }
    }
}

/// What came of reading records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that became records.
    pub records: usize,
    /// Rows that did not.
    pub skipped: usize,
    /// What was wrong with the first hundred of them, each with its place.
    pub problems: Vec<String>,
    /// Aliases that are ordinary words too, the commonest first: they are names only where the context says so.
    pub ordinary: Vec<String>,
}

/// A value, or what is wrong with the row and how to mend it.
pub type Checked<T> = std::result::Result<T, String>;

/// No more problems than that are told in full.
const MAX_PROBLEMS: usize = 100;

/// Compiles rows as they come.
pub(super) struct Rows<'o> {
    /// The name of the file; empty if there is none.
    file: String,
    /// What a row is called: "line".
    row: &'static str,
    options: &'o Options,
    builder: Builder,
    report: Report,
}

impl<'o> Rows<'o> {
    pub fn new(file: String, row: &'static str, options: &'o Options) -> Self {
        Self { file, row, options, builder: Builder::default(), report: Report::default() }
    }

    /// Records that come without a file, likely so many.
    fn expecting(count: usize, row: &'static str, options: &'o Options) -> Self {
        Self { builder: Builder::expecting(count), ..Self::new(String::new(), row, options) }
    }

    /// Takes a row that is a record or passed over, or what is wrong with it; the error ends a strict reading.
    pub fn add(&mut self, number: u64, row: Checked<impl Into<Option<Record>>>) -> Result<()> {
        let added = row.map(Into::into).and_then(|record| {
            let Some(record) = record else { return Ok(()) };
            let record = if self.options.transliterate { record.with_transliterations() } else { record };
            self.builder.add(record)?;
            self.report.records += 1;
            Ok(())
        });
        let Err(problem) = added else { return Ok(()) };
        let error = self.error(number, problem);
        if self.options.strict {
            return Err(error);
        }
        self.report.skipped += 1;
        if self.report.problems.len() < MAX_PROBLEMS {
            self.report.problems.push(error.to_string());
        }
        Ok(())
    }

    /// The error of a row.
    pub fn error(&self, number: u64, problem: String) -> Error {
        let row = self.row;
        let place =
            if self.file.is_empty() { format!("{row} {number}") } else { format!("{}, {row} {number}", self.file) };
        Error::Record { place, problem }
    }

    pub fn finish(mut self) -> (Gazetteer, Report) {
        self.report.ordinary = self.builder.ordinary();
        (Gazetteer::from_builder(self.builder), self.report)
    }
}

impl Gazetteer {
    /// Opens a compiled file, or compiles a file of records. The format is told by the file's ending where none is given;
    /// `.gz` and `.zst` files are read where the feature `corpus` is on. The report is of records; none of a compiled file.
    ///
    /// # Errors
    /// [`Error::File`] if it cannot be read, [`Error::Record`] with file and line for a bad row or header,
    /// [`Error::Input`] if its format is not known or it is damaged.
    pub fn read(path: &Path, format: Option<Format>, options: &Options) -> Result<(Self, Option<Report>)> {
        if format.is_none() && super::file::is_compiled(path) {
            return Ok((Self::open(path)?, None));
        }
        let format = format.map_or_else(|| Format::of(path), Ok)?;
        let mut rows = Rows::new(path.display().to_string(), "line", options);
        match format {
            Format::Csv => csv::read(path, &mut rows)?,
            Format::Jsonl => Lines::open(path)?.each(|line, content| rows.add(line, jsonl::record(content)))?,
            Format::Parquet => parquet(path, &mut rows)?,
            Format::SpacyPatterns => spacy::read(path, &mut rows)?,
            Format::Flashtext => flashtext::read(path, &mut rows)?,
            Format::Ftm => Lines::open(path)?.each(|line, content| rows.add(line, ftm::record(content)))?,
            Format::Wikidata => {
                let languages: Vec<&str> = options.languages.iter().map(String::as_str).collect();
                Lines::open(path)?.each(|line, content| rows.add(line, wikidata::record(content, &languages)))?;
            }
        }
        let (gazetteer, report) = rows.finish();
        Ok((gazetteer, Some(report)))
    }

    /// Compiles records that come one by one, each perhaps with what is wrong with it.
    ///
    /// # Errors
    /// [`Error::Record`] with the number of the first bad one, where the options are strict.
    pub fn from_rows(
        rows: impl IntoIterator<Item = std::result::Result<Record, String>>,
        options: &Options,
    ) -> Result<(Self, Report)> {
        let rows = rows.into_iter();
        let mut taken = Rows::expecting(rows.size_hint().0, "record", options);
        for (number, row) in (1..).zip(rows) {
            taken.add(number, row)?;
        }
        Ok(taken.finish())
    }

    /// Compiles the rows of Arrow tables with the columns of [`Gazetteer::from_csv`]; `aliases`, `weak_aliases` and
    /// `roles` may be lists.
    ///
    /// # Errors
    /// [`Error::Record`] with the number of a bad row, or if there is no column `name`.
    #[cfg(feature = "tables")]
    pub fn from_arrow(batches: &[RecordBatch], options: &Options) -> Result<(Self, Report)> {
        let mut rows = Rows::expecting(batches.iter().map(RecordBatch::num_rows).sum(), "row", options);
        let mut first = 1;
        for batch in batches {
            arrow::read(batch, first, &mut rows)?;
            first += batch.num_rows() as u64;
        }
        Ok(rows.finish())
    }
}

#[cfg(feature = "corpus")]
fn parquet(path: &Path, rows: &mut Rows<'_>) -> Result<()> {
    rows.row = "row";
    arrow::read_parquet(path, rows)
}

#[cfg(not(feature = "corpus"))]
fn parquet(path: &Path, _: &mut Rows<'_>) -> Result<()> {
    let problem = "a Parquet file, which this build does not read".to_owned();
    Err(Error::Input { place: path.display().to_string(), problem })
}

/// The error of a file that the system will not read.
pub(super) fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), source }
}

/// The error of a file as a whole.
#[cfg(feature = "corpus")]
pub(super) fn input_error(path: &Path, problem: &impl std::fmt::Display) -> Error {
    Error::Input { place: path.display().to_string(), problem: problem.to_string() }
}

/// The columns of a table of records.
pub(super) const COLUMNS: [&str; 9] =
    ["id", "name", "aliases", "weak_aliases", "type", "country", "roles", "gender", "prior"];

/// Where the columns of a table are, by the names in its header.
pub(super) fn find_columns(names: &[String]) -> Checked<[Option<usize>; COLUMNS.len()]> {
    let at = COLUMNS.map(|column| names.iter().position(|name| name == column));
    if at[1].is_none() {
        let (found, known) = (names.join(", "), COLUMNS.join(", "));
        return Err(format!("no column `name`; the columns are {found}; expected name and any of {known}"));
    }
    Ok(at)
}

/// A type by its name, that of other systems too.
///
/// # Errors
/// A name that is none, as a text for people.
pub fn entity_type(name: &str) -> Checked<Option<EntityType>> {
    Ok(Some(match name.trim().to_ascii_lowercase().as_str() {
        "" => return Ok(None),
        "person" | "per" | "people" | "human" => EntityType::Person,
        "organization" | "organisation" | "org" | "company" => EntityType::Organization,
        "place" | "loc" | "location" | "gpe" | "fac" => EntityType::Place,
        "group" | "norp" => EntityType::Group,
        "misc" | "miscellaneous" | "product" | "event" | "work_of_art" | "law" => EntityType::Misc,
        _ => return Err(format!("type {name:?}: expected person, organization, place, group or misc")),
    }))
}

/// The parts of a cell that holds several things, with `|` between them.
pub fn parts(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with a line of JSON.
pub(super) fn json_problem(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    format!("{said}, at column {}", error.column())
}
