//! The user's entities as a Python class.

use super::errors::{Out, raise, utf8};
use super::types::from_json;
use crate::error::Error;
use crate::gazetteer::{self as core, Record};
use crate::text::{Offsets, tokenize};
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyString};
use std::path::PathBuf;
use std::sync::Arc;

/// The user's own entities, compiled for matching.
#[pyclass(frozen, module = "pullquote")]
pub struct Gazetteer {
    /// The compiled aliases.
    pub inner: Arc<core::Gazetteer>,
}

/// A place where a name of an entity stands in a text.
#[pyclass(frozen, eq, get_all, module = "pullquote")]
#[derive(Clone, PartialEq)]
pub struct Match {
    /// The first code point.
    start: u32,
    /// One past the last.
    end: u32,
    /// The id of the likeliest entity.
    id: String,
    /// Its name.
    name: String,
    /// The ids of all entities that have this name, the likeliest first.
    ids: Vec<String>,
}

#[pymethods]
impl Match {
    #[new]
    fn new(start: u32, end: u32, id: String, name: String, ids: Vec<String>) -> Self {
        Self { start, end, id, name, ids }
    }

    #[allow(clippy::type_complexity, reason = "the arguments of the constructor")]
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, (u32, u32, String, String, Vec<String>)) {
        let Self { start, end, id, name, ids } = slf.get().clone();
        (slf.get_type().into_any(), (start, end, id, name, ids))
    }

    fn __repr__(&self) -> String {
        format!("Match({}:{}, {})", self.start, self.end, self.name)
    }
}

impl Gazetteer {
    fn new(py: Python<'_>, records: Vec<Record>) -> Out<Self> {
        let compiled = py.detach(|| core::Gazetteer::from_records(records));
        Ok(Self { inner: Arc::new(compiled.map_err(|e| raise(py, &e))?) })
    }

    fn records(&self) -> Vec<Record> {
        (0..self.inner.len() as u32).map(|i| self.inner.record(i)).collect()
    }

    /// What results depend on: a hash of the records.
    pub fn fingerprint(&self, py: Python<'_>) -> Out<u64> {
        super::types::hash(py, &self.records())
    }
}

#[pymethods]
impl Gazetteer {
    /// Compiles dicts with `id`, `name`, and perhaps `aliases`, `type`, `country`, `roles`, `gender`, `prior`.
    #[staticmethod]
    fn from_records(rows: &Bound<'_, PyAny>) -> Out<Self> {
        let py = rows.py();
        let dumps = py.import("json")?.getattr("dumps")?;
        let mut records = Vec::new();
        for (i, row) in rows.try_iter()?.enumerate() {
            let json: String = dumps.call1((row?,))?.extract()?;
            let record = serde_json::from_str(&json);
            records.push(record.map_err(|e| {
                raise(py, &Error::Record { place: format!("record {}", i + 1), problem: e.to_string() })
            })?);
        }
        Self::new(py, records)
    }

    /// Compiles a CSV or TSV file with the column `name`, and perhaps the others of `from_records`; several aliases or
    /// roles stand in one cell with `|` between.
    #[staticmethod]
    fn from_csv(py: Python<'_>, path: PathBuf) -> Out<Self> {
        let (compiled, _) = py.detach(|| core::Gazetteer::from_csv(&path, true)).map_err(|e| raise(py, &e))?;
        Ok(Self { inner: Arc::new(compiled) })
    }

    /// The longest names in a text, from left to right, without overlap.
    #[pyo3(name = "match")]
    fn matches(&self, text: &Bound<'_, PyString>) -> Out<Vec<Match>> {
        let text = utf8("text", text)?;
        let (tokens, offsets) = (tokenize(text), Offsets::new(text));
        let found = |hit: core::Hit| {
            let at = offsets.chars(hit.span);
            let ids: Vec<String> = hit.records.iter().map(|&r| self.inner.id(r).to_owned()).collect();
            let &first = hit.records.first()?;
            Some(Match {
                start: at.start,
                end: at.end,
                id: ids.first()?.clone(),
                name: self.inner.alias(first, 0).to_owned(),
                ids,
            })
        };
        Ok(self.inner.matches(&tokens).into_iter().filter_map(found).collect())
    }

    fn __len__(&self) -> usize {
        self.inner.len()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| other.get().records() == self.records())
    }

    fn __hash__(&self, py: Python<'_>) -> Out<u64> {
        self.fingerprint(py)
    }

    fn __repr__(&self) -> String {
        format!("Gazetteer({} entities)", self.inner.len())
    }

    /// The gazetteer of the JSON that `pickle` keeps.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> Out<Self> {
        Self::new(py, from_json(py, json)?)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Out<(Bound<'py, PyAny>, (String,))> {
        let json = super::types::to_json(slf.py(), &slf.get().records())?;
        Ok((slf.get_type().getattr("from_json")?, (json,)))
    }
}
