//! A table of entities in, records of a gazetteer out.

use super::decode::decode;
use crate::error::{Error, Result};
use crate::gazetteer::Record;
use serde_json::{Map, Value, json};
use std::path::Path;

/// Columns of a CSV file that hold several values, separated by `|`.
const LISTS: [&str; 2] = ["aliases", "roles"];

/// Reads a CSV or TSV file with the columns `id` and `name`, and perhaps `aliases`, `type`, `country`, `roles`,
/// `gender`, `prior`; others are left out.
///
/// # Errors
/// A file that cannot be read, and a row that is no record, with its line.
pub fn from_csv(path: &Path) -> Result<Vec<Record>> {
    let place = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|source| Error::File { path: place.clone(), source })?;
    let problem = |line: u64, problem: String| Error::Record { place: format!("{place}, line {line}"), problem };
    let text = decode(&bytes).map_err(|e| problem(1, e))?;
    let delimiter = super::readers::delimiter(text.as_bytes());
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| problem(1, e.to_string()))?.clone();
    if !["id", "name"].iter().all(|name| header.iter().any(|h| h == *name)) {
        let there: Vec<&str> = header.iter().collect();
        return Err(problem(1, format!("expected the columns id and name; there are {}", there.join(", "))));
    }
    let mut records = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| problem(e.position().map_or(0, csv::Position::line), e.to_string()))?;
        let fields = header.iter().zip(&row).filter(|(_, value)| !value.is_empty());
        let object: Map<String, Value> = fields
            .map(|(name, value)| Ok((name.to_owned(), field(name, value)?)))
            .collect::<std::result::Result<_, String>>()
            .map_err(|e| problem(row.position().map_or(0, csv::Position::line), e))?;
        let record = serde_json::from_value(Value::Object(object));
        records.push(record.map_err(|e| problem(row.position().map_or(0, csv::Position::line), e.to_string()))?);
    }
    Ok(records)
}

fn field(name: &str, value: &str) -> std::result::Result<Value, String> {
    if LISTS.contains(&name) {
        return Ok(value.split('|').map(str::trim).filter(|v| !v.is_empty()).collect());
    }
    if name == "prior" {
        let number: f32 = value.parse().map_err(|_| format!("prior: expected a number, found {value:?}"))?;
        return Ok(json!(number));
    }
    Ok(value.into())
}
