//! Rows of Python in, records out: dicts with the keys of a record, or names alone.

use super::errors::{Out, raise, utf8, wrong_type};
use crate::gazetteer::{Gazetteer, Options, Record, Report};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyList, PyString};

/// Between two looks at signals.
const ROWS_A_LOOK: usize = 1 << 14;

/// Compiles the rows as they come.
pub fn compile(rows: &Bound<'_, PyAny>, options: &Options) -> Out<(Gazetteer, Report)> {
    let py = rows.py();
    if rows.is_instance_of::<PyString>() || rows.is_instance_of::<PyDict>() {
        return Err(wrong_type("rows", "an iterable of dicts, or of names", rows));
    }
    let mut rows = Rows { rows: rows.try_iter()?, taken: 0, stopped: None };
    let compiled = Gazetteer::from_rows(&mut rows, options);
    match rows.stopped {
        Some(error) => Err(error),
        None => compiled.map_err(|e| raise(py, &e)),
    }
}

/// Rows that end where Python raises an exception.
struct Rows<'py> {
    rows: Bound<'py, PyIterator>,
    taken: usize,
    stopped: Option<PyErr>,
}

impl Iterator for Rows<'_> {
    type Item = Checked<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        self.taken += 1;
        let looked = if self.taken.is_multiple_of(ROWS_A_LOOK) { self.rows.py().check_signals() } else { Ok(()) };
        match looked.and(row) {
            Ok(row) => Some(record(&row)),
            Err(error) => {
                self.stopped = Some(error);
                None
            }
        }
    }

    /// What Python says; a list knows.
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

/// A value, or what is wrong with it.
type Checked<T> = Result<T, String>;

/// The record of a row.
pub fn record(row: &Bound<'_, PyAny>) -> Checked<Record> {
    let py = row.py();
    if let Ok(name) = row.cast::<PyString>() {
        return Ok(Record { name: text("name", name)?, ..Record::default() });
    }
    let converted;
    let row = if let Ok(dict) = row.cast::<PyDict>() {
        dict
    } else {
        let dict = py.get_type::<PyDict>().call1((row,)).ok();
        converted = dict.and_then(|dict| dict.cast_into::<PyDict>().ok());
        converted.as_ref().ok_or_else(|| format!("expected a dict or a name, found {}", class(row)))?
    };
    let one = |key: &Bound<'_, PyString>| field(row, key).map(|value| string(key, &value)).transpose();
    let several = |key: &Bound<'_, PyString>| field(row, key).map_or(Ok(Vec::new()), |value| strings(key, &value));
    let kind = match one(intern!(py, "type"))? {
        Some(name) => crate::gazetteer::entity_type(&name)?,
        None => None,
    };
    let prior = match field(row, intern!(py, "prior")) {
        None => None,
        Some(value) => match value.extract::<f32>() {
            Ok(prior) if prior.is_finite() => Some(prior),
            _ => return Err(format!("prior: expected a number, found {value}")),
        },
    };
    let id = match field(row, intern!(py, "id")) {
        None => String::new(),
        Some(value) => match value.extract::<i64>() {
            Ok(number) => number.to_string(),
            Err(_) => string(intern!(py, "id"), &value)?,
        },
    };
    Ok(Record {
        id,
        name: one(intern!(py, "name"))?.unwrap_or_default(),
        aliases: several(intern!(py, "aliases"))?,
        weak_aliases: several(intern!(py, "weak_aliases"))?,
        kind,
        country: one(intern!(py, "country"))?,
        roles: several(intern!(py, "roles"))?,
        gender: one(intern!(py, "gender"))?,
        prior,
    })
}

/// The value of a key, unless it is None.
fn field<'py>(row: &Bound<'py, PyDict>, key: &Bound<'py, PyString>) -> Option<Bound<'py, PyAny>> {
    row.get_item(key).ok().flatten().filter(|value| !value.is_none())
}

fn text(what: &str, value: &Bound<'_, PyString>) -> Checked<String> {
    utf8(what, value).map(str::to_owned).map_err(|error| error.value(value.py()).to_string())
}

fn string(key: &Bound<'_, PyString>, value: &Bound<'_, PyAny>) -> Checked<String> {
    let found = value.cast::<PyString>().map_err(|_| format!("{key}: expected a string, found {}", class(value)))?;
    text(&key.to_string(), found)
}

/// A list of strings, or one with `|` between its parts.
fn strings(key: &Bound<'_, PyString>, value: &Bound<'_, PyAny>) -> Checked<Vec<String>> {
    if value.is_instance_of::<PyString>() {
        return Ok(crate::gazetteer::parts(&string(key, value)?));
    }
    if let Ok(list) = value.cast::<PyList>() {
        return list.iter().map(|item| string(key, &item)).collect();
    }
    let wrong = || format!("{key}: expected a list of strings, found {}", class(value));
    value.try_iter().map_err(|_| wrong())?.map(|item| string(key, &item.map_err(|_| wrong())?)).collect()
}

fn class(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}
