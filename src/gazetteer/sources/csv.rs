//! Comma- and tab-separated values in, records out.

use super::{Checked, Report, Rows, entity_type, file_error, parts};
use crate::error::{Error, Result};
use crate::gazetteer::{Gazetteer, Record};
use std::fs::File;
use std::path::Path;

const COLUMNS: [&str; 8] = ["id", "name", "aliases", "type", "country", "roles", "gender", "prior"];

/// Reads a file; see [`Gazetteer::from_csv`].
pub(in crate::gazetteer) fn read(path: &Path, strict: bool) -> Result<(Gazetteer, Report)> {
    let file = File::open(path).map_err(|error| file_error(path, error))?;
    let tabs = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv") || e.eq_ignore_ascii_case("tab"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .flexible(true)
        .has_headers(false)
        .from_reader(file);
    let mut rows = Rows::new(path, strict);
    let mut row = csv::ByteRecord::new();
    let mut columns = None;
    loop {
        let start = reader.position().line();
        if !reader.read_byte_record(&mut row).map_err(|error| read_error(path, error))? {
            break;
        }
        let line = row.position().map_or(start, csv::Position::line);
        match &columns {
            None => columns = Some(Columns::find(&row).map_err(|problem| rows.error(line, problem))?),
            Some(columns) => rows.row(line, columns.record(&row))?,
        }
    }
    Ok(rows.finish())
}

fn read_error(path: &Path, error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => file_error(path, error),
        other => Error::Record { place: path.display().to_string(), problem: format!("{other:?}") },
    }
}

/// Which cell of a row holds what.
struct Columns {
    at: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Columns {
    fn find(header: &csv::ByteRecord) -> Checked<Self> {
        let cell =
            |cell: &[u8]| String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_ascii_lowercase();
        let names: Vec<String> = header.iter().map(cell).collect();
        let at = COLUMNS.map(|column| names.iter().position(|name| name == column));
        if at[1].is_none() {
            let (found, known) = (names.join(", "), COLUMNS.join(", "));
            return Err(format!("no column `name`; the columns are {found}; expected name and any of {known}"));
        }
        Ok(Self { at, width: names.len() })
    }

    fn record(&self, row: &csv::ByteRecord) -> Checked<Record> {
        if row.len() != self.width {
            let (found, width) = (row.len(), self.width);
            return Err(format!("{found} cells, expected {width} as in the header; put cells with commas in quotes"));
        }
        let [id, name, aliases, kind, country, roles, gender, prior] =
            self.at.map(|at| at.and_then(|at| row.get(at)).unwrap_or_default());
        let text = |cell| std::str::from_utf8(cell).map(str::trim).map_err(|_| "a cell that is not UTF-8".to_owned());
        let some = |cell| text(cell).map(|t| (!t.is_empty()).then(|| t.to_owned()));
        Ok(Record {
            id: text(id)?.to_owned(),
            name: text(name)?.to_owned(),
            aliases: parts(text(aliases)?),
            kind: entity_type(text(kind)?)?,
            country: some(country)?,
            roles: parts(text(roles)?),
            gender: some(gender)?,
            prior: prior_of(text(prior)?)?,
        })
    }
}

fn prior_of(cell: &str) -> Checked<Option<f32>> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f32>() {
        Ok(prior) if prior.is_finite() => Ok(Some(prior)),
        _ => Err(format!("prior {cell:?}: expected a number")),
    }
}
