//! A text in, its structure alone out, without names and quotes: sentences, blocks, the articles of a text with several.

use super::errors::{Out, raise, utf8, wrong_type};
use super::types::Piece;
use crate::error::Result;
use crate::guard::guarded;
use crate::pipeline;
use crate::segment::Structure;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyString};

/// The text of a Python string.
fn text<'a>(value: &'a Bound<'_, PyAny>) -> Out<&'a str> {
    utf8("text", value.cast::<PyString>().map_err(|_| wrong_type("text", "a string", value))?)
}

/// Works without the interpreter's lock; a panic becomes an error.
fn outside<T: Send>(py: Python<'_>, work: impl Fn() -> Result<T> + Sync) -> Out<T> {
    py.detach(|| guarded(&work)).map_err(|e| raise(py, &e))
}

fn structure(value: &Bound<'_, PyAny>) -> Out<Structure> {
    let text = text(value)?;
    outside(value.py(), || pipeline::structure(text))
}

/// The sentences of the prose of an article, as they stand in it.
#[pyfunction]
pub fn sentences<'py>(text: &Bound<'py, PyAny>) -> Out<Vec<Bound<'py, PyString>>> {
    let found = structure(text)?;
    let whole = self::text(text)?;
    Ok(found.sentences.iter().map(|s| PyString::new(text.py(), s.span.of(whole))).collect())
}

/// The parts of an article, each as role and text: `("headline", "…")`, `("paragraph", "…")`.
#[pyfunction]
pub fn blocks<'py>(text: &Bound<'py, PyAny>) -> Out<Vec<(&'static str, Bound<'py, PyString>)>> {
    let found = structure(text)?;
    let whole = self::text(text)?;
    Ok(found.blocks.iter().map(|b| (b.role.name(), PyString::new(text.py(), b.span.of(whole)))).collect())
}

/// The articles of a text that may hold several, in order, each with the reason why it begins where it does.
#[pyfunction]
pub fn split(text: &Bound<'_, PyAny>) -> Out<Vec<Piece>> {
    let whole = self::text(text)?;
    Ok(outside(text.py(), || pipeline::split(whole))?.into_iter().map(Piece).collect())
}
