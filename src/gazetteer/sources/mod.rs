//! The formats that users bring: a file in, records out, row by row; what is wrong with a row is told with its line.

pub(super) mod csv;

use super::Gazetteer;
use super::Record;
use super::compile::Builder;
use crate::article::EntityType;
use crate::error::{Error, Result};
use std::path::Path;

/// What came of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that became records.
    pub records: usize,
    /// Rows that did not.
    pub skipped: usize,
    /// What was wrong with the first of them, each with file and line.
    pub problems: Vec<String>,
}

/// A value, or what is wrong with the row and how to mend it.
pub(super) type Checked<T> = std::result::Result<T, String>;

/// No more problems than that are told in full.
const MAX_PROBLEMS: usize = 100;

/// Compiles the rows of a file as they come.
pub(super) struct Rows<'p> {
    path: &'p Path,
    strict: bool,
    builder: Builder,
    report: Report,
}

impl<'p> Rows<'p> {
    pub fn new(path: &'p Path, strict: bool) -> Self {
        Self { path, strict, builder: Builder::default(), report: Report::default() }
    }

    /// Takes the row of a line, or what is wrong with it; the error ends a strict reading.
    pub fn row(&mut self, line: u64, row: Checked<Record>) -> Result<()> {
        match row.and_then(|record| self.builder.add(record)) {
            Ok(()) => self.report.records += 1,
            Err(problem) => self.bad(line, problem)?,
        }
        Ok(())
    }

    fn bad(&mut self, line: u64, problem: String) -> Result<()> {
        let error = self.error(line, problem);
        if self.strict {
            return Err(error);
        }
        self.report.skipped += 1;
        if self.report.problems.len() < MAX_PROBLEMS {
            self.report.problems.push(error.to_string());
        }
        Ok(())
    }

    /// The error of a line.
    pub fn error(&self, line: u64, problem: String) -> Error {
        Error::Record { place: format!("{}, line {line}", self.path.display()), problem }
    }

    pub fn finish(self) -> (Gazetteer, Report) {
        (Gazetteer::from_builder(self.builder), self.report)
    }
}

/// The error of a file that the system will not read.
pub(super) fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), source }
}

/// A type by its name, that of other systems too.
pub(super) fn entity_type(name: &str) -> Checked<Option<EntityType>> {
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
pub(super) fn parts(cell: &str) -> Vec<String> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
