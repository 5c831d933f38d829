//! An article as a Python class.

use super::errors::named;
use super::types::{self, Block, Dateline, Entity, Mention, Quote, Sentence};
use crate::article as core;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyAny, PyDict, PyString, PyTuple};
use std::borrow::Cow;

/// One article with everything found in it. Offsets are code points: `article.text[start:end]`.
#[pyclass(frozen, module = "pullquote")]
pub struct Article {
    inner: core::Article<'static>,
    text: PyOnceLock<Py<PyString>>,
    blocks: PyOnceLock<Py<PyTuple>>,
    sentences: PyOnceLock<Py<PyTuple>>,
    quotes: PyOnceLock<Py<PyTuple>>,
    mentions: PyOnceLock<Py<PyTuple>>,
    entities: PyOnceLock<Py<PyTuple>>,
}

impl From<core::Article<'static>> for Article {
    fn from(inner: core::Article<'static>) -> Self {
        let [blocks, sentences, quotes, mentions, entities] = [const { PyOnceLock::new() }; 5];
        Self { inner, text: PyOnceLock::new(), blocks, sentences, quotes, mentions, entities }
    }
}

/// The parts as a tuple, made once.
fn tuple<'py, T: Clone, P: pyo3::PyClass + Into<PyClassInitializer<P>>>(
    py: Python<'py>,
    made: &PyOnceLock<Py<PyTuple>>,
    parts: &[T],
    wrap: impl Fn(T) -> P,
) -> PyResult<Bound<'py, PyTuple>> {
    let make = || {
        let parts = parts.iter().map(|part| Py::new(py, wrap(part.clone()))).collect::<PyResult<Vec<_>>>()?;
        PyTuple::new(py, parts).map(Bound::unbind)
    };
    Ok(made.get_or_try_init(py, make)?.bind(py).clone())
}

#[pymethods]
impl Article {
    /// The id that came with the text.
    #[getter]
    fn id<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(match &self.inner.id {
            None => None,
            Some(core::ArticleId::Int(id)) => Some(id.into_pyobject(py)?.into_any()),
            Some(core::ArticleId::Str(id)) => Some(PyString::new(py, id).into_any()),
        })
    }

    /// The text as given.
    #[getter]
    fn text<'py>(&self, py: Python<'py>) -> Bound<'py, PyString> {
        self.text.get_or_init(py, || PyString::new(py, &self.inner.text).unbind()).bind(py).clone()
    }

    /// The language's ISO 639-1 code.
    #[getter]
    fn language(&self) -> &str {
        &self.inner.language
    }

    /// The date of publication that came with the text.
    #[getter]
    fn date(&self) -> Option<&str> {
        self.inner.date.as_deref()
    }

    /// The label above the headline.
    #[getter]
    fn section_label(&self) -> Option<&str> {
        self.inner.section_label.as_deref()
    }

    /// The headline, found or given.
    #[getter]
    fn headline(&self) -> Option<&str> {
        self.inner.headline.as_deref()
    }

    /// The deck below the headline.
    #[getter]
    fn deck(&self) -> Option<&str> {
        self.inner.deck.as_deref()
    }

    /// The line that names the authors.
    #[getter]
    fn byline(&self) -> Option<&str> {
        self.inner.byline.as_deref()
    }

    /// Where, when and by which agency.
    #[getter]
    fn dateline(&self) -> Option<Dateline> {
        self.inner.dateline.clone().map(Dateline)
    }

    /// The parts of the page, in order.
    #[getter]
    fn blocks<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.blocks, &self.inner.blocks, Block)
    }

    /// The sentences of the prose blocks, in order.
    #[getter]
    fn sentences<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.sentences, &self.inner.sentences, Sentence)
    }

    /// Who said what, in order.
    #[getter]
    fn quotes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.quotes, &self.inner.quotes, Quote)
    }

    /// Names, descriptions and pronouns, in order.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.mentions, &self.inner.mentions, Mention)
    }

    /// What the mentions refer to.
    #[getter]
    fn entities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        tuple(py, &self.entities, &self.inner.entities, Entity)
    }

    /// The article as a dict: the JSON of the command line.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        types::to_dict(py, &self.inner)
    }

    /// The article as JSON; `indent` spaces a level, or all on one line.
    #[pyo3(signature = (indent=None))]
    fn to_json(&self, py: Python<'_>, indent: Option<usize>) -> PyResult<String> {
        let Some(indent) = indent else { return types::to_json(py, &self.inner) };
        let options = PyDict::new(py);
        options.set_item("indent", indent)?;
        options.set_item("ensure_ascii", false)?;
        py.import("json")?.call_method("dumps", (self.to_dict(py)?,), Some(&options))?.extract()
    }

    /// The article of its JSON.
    #[staticmethod]
    #[pyo3(signature = (json, date=None))]
    fn from_json(py: Python<'_>, json: &str, date: Option<String>) -> PyResult<Self> {
        let read: core::Article<'static> = types::from_json(py, json)?;
        Ok(Self::from(core::Article { date: date.map(Cow::Owned), ..read }))
    }

    /// The article as an object of IPTC ninjs 3.0; `uri` names it, or its id does.
    #[pyo3(signature = (uri=None))]
    fn to_ninjs<'py>(slf: &Bound<'py, Self>, uri: Option<&str>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pullquote.exchange")?.call_method1("ninjs", (slf, uri))
    }

    /// The article as a schema.org NewsArticle in JSON-LD.
    #[allow(clippy::doc_markdown, reason = "Python reads it")]
    fn to_schema_org<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pullquote.exchange")?.call_method1("schema_org", (slf,))
    }

    fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
        let display = slf.py().import("pullquote.display")?;
        display.call_method1("article_html", (slf,))?.extract()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String, Option<String>))> {
        let inner = &slf.get().inner;
        let json = types::to_json(slf.py(), inner)?;
        Ok((slf.get_type().getattr("from_json")?, (json, inner.date.as_deref().map(str::to_owned))))
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.cast::<Self>().is_ok_and(|other| other.get().inner == self.inner)
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<u64> {
        types::hash(py, &self.inner)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let id = self.id(py)?.map_or_else(String::new, |id| {
            format!("id={}, ", id.repr().map_or_else(|_| "?".to_owned(), |r| r.to_string()))
        });
        Ok(format!(
            "Article({id}headline={}, {} sentences, {} quotes, {} entities)",
            types::quoted(py, self.inner.headline.as_deref())?,
            self.inner.sentences.len(),
            self.inner.quotes.len(),
            self.inner.entities.len()
        ))
    }
}

/// The id that Python gives.
pub fn id(value: &Bound<'_, PyAny>) -> PyResult<core::ArticleId<'static>> {
    if let Ok(number) = value.extract::<i64>() {
        return Ok(core::ArticleId::Int(number));
    }
    match value.extract::<String>() {
        Ok(text) => Ok(core::ArticleId::Str(Cow::Owned(text))),
        Err(_) => Err(named(value.py(), "InputTypeError", "id: expected a string or a 64-bit integer")),
    }
}
