//! Comma- and tab-separated values in, records out.

use super::lines::{is_packed, open};
use super::{COLUMNS, Checked, Rows, entity_type, file_error, find_columns, parts};
use crate::error::{Error, Result};
use crate::gazetteer::Record;
use std::path::Path;

/// Reads a file; see [`Gazetteer::from_csv`](crate::gazetteer::Gazetteer::from_csv).
pub(super) fn read(path: &Path, rows: &mut Rows<'_>) -> Result<()> {
    let file = open(path)?;
    let inner = Path::new(if is_packed(path) { path.file_stem().unwrap_or_default() } else { path.as_os_str() });
    let tabs = inner.extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv") || e.eq_ignore_ascii_case("tab"));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if tabs { b'\t' } else { b',' })
        .quoting(!tabs)
        .flexible(true)
        .has_headers(false)
        .from_reader(file);
    let mut row = csv::ByteRecord::new();
    let mut columns = None;
    loop {
        let start = reader.position().line();
        if !reader.read_byte_record(&mut row).map_err(|error| read_error(path, error))? {
            return Ok(());
        }
        let line = row.position().map_or(start, csv::Position::line);
        match &columns {
            None => columns = Some(Columns::find(&row).map_err(|problem| rows.error(line, problem))?),
            Some(columns) => rows.add(line, columns.record(&row))?,
        }
    }
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
        Ok(Self { at: find_columns(&names)?, width: names.len() })
    }

    fn record(&self, row: &csv::ByteRecord) -> Checked<Record> {
        if row.len() != self.width {
            let (found, width) = (row.len(), self.width);
            return Err(format!("{found} cells, expected {width} as in the header; put cells with commas in quotes"));
        }
        let [id, name, aliases, weak, kind, country, roles, gender, prior] =
            self.at.map(|at| at.and_then(|at| row.get(at)).unwrap_or_default());
        let text = |cell| std::str::from_utf8(cell).map(str::trim).map_err(|_| "a cell that is not UTF-8".to_owned());
        let some = |cell| text(cell).map(|t| (!t.is_empty()).then(|| t.to_owned()));
        Ok(Record {
            id: text(id)?.to_owned(),
            name: text(name)?.to_owned(),
            aliases: parts(text(aliases)?),
            weak_aliases: parts(text(weak)?),
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
