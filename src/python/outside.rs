//! Files of formats that Python libraries read in, articles for the core out: the way to `pullquote.readers`.

use super::errors::Out;
use crate::corpus::{Given, Outside, OutsideArticles, Source};
use crate::error::{Error, Result};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use std::path::Path;

/// Raises the error of the first file whose reader is not installed.
pub fn check(py: Python<'_>, sources: &[Source]) -> Out<()> {
    for path in sources.iter().filter(|s| s.is_outside()).filter_map(|s| s.path.as_ref()) {
        py.import("pullquote.readers")?.call_method1("check", (path,))?;
    }
    Ok(())
}

/// The readers of Python.
pub fn readers() -> Outside {
    Outside::new(open)
}

fn open(path: &Path) -> Result<OutsideArticles> {
    let path = path.to_owned();
    let rows = Python::attach(|py| -> Out<Py<PyIterator>> {
        let rows = py.import("pullquote.readers")?.call_method1("rows", (&path,))?;
        Ok(rows.try_iter()?.unbind())
    });
    let rows = rows.map_err(|e| problem(&path, &e))?;
    Ok(Box::new(std::iter::from_fn(move || Python::attach(|py| next(py, &rows, &path)))))
}

/// The next article; the interpreter's lock is held for this one alone.
fn next(py: Python<'_>, rows: &Py<PyIterator>, path: &Path) -> Option<Result<std::result::Result<Given, String>>> {
    let row = rows.bind(py).clone().next()?;
    Some(row.and_then(|row| given(&row)).map_err(|e| problem(path, &e)))
}

fn given(row: &Bound<'_, PyAny>) -> Out<std::result::Result<Given, String>> {
    if row.is_instance_of::<PyException>() {
        return Ok(Err(row.str()?.to_string()));
    }
    let text = |name: &str| row.getattr(name)?.extract::<Option<String>>();
    Ok(Ok(Given {
        text: text("text")?,
        id: text("id")?,
        headline: text("headline")?,
        date: text("date")?,
        position: row.getattr("position")?.extract()?,
    }))
}

fn problem(path: &Path, error: &PyErr) -> Error {
    Error::Input { place: path.display().to_string(), problem: error.to_string() }
}
