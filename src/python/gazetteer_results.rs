//! What the user's entities are found to be, as Python classes: hits, what came of reading records, sizes.

use crate::gazetteer as core;
use crate::text::Offsets;
use pyo3::prelude::*;
use pyo3::types::PyAny;

/// A place where a name of an entity stands in a text.
///
/// `start` and `end` are code points, half-open. `id`, `name` and `type` are those of the likeliest entity, `ids` those of
/// all that have this name, the likeliest first. `alias` is the name as the user gave it. `weak`: it is an ordinary word
/// too, or was called weak. `score`: 1, or how like the alias the text is, from 0 to 1, with `fuzzy=True`.
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
    /// The name as the user gave it.
    alias: String,
    /// "person", "organization", "place", "group" or "misc", where the user said so.
    r#type: Option<String>,
    /// Whether it is an ordinary word too, or was called weak.
    weak: bool,
    /// 1, or how like the alias the text is.
    score: f32,
}

impl Match {
    /// The hit in code points; none if it has no record.
    pub fn of(gazetteer: &core::Gazetteer, offsets: &Offsets<'_>, hit: &core::Hit) -> Option<Self> {
        let &record = hit.records.first()?;
        let first = gazetteer.readers()(record)?.brief(u32::from(hit.alias))?;
        let at = offsets.chars(hit.span);
        Some(Self {
            start: at.start,
            end: at.end,
            id: first.id.to_owned(),
            name: gazetteer.alias(record, 0).to_owned(),
            ids: hit.records.iter().map(|&record| gazetteer.id(record).to_owned()).collect(),
            alias: first.alias.to_owned(),
            r#type: first.kind.map(|kind| kind.name().to_owned()),
            weak: hit.weak,
            score: hit.score,
        })
    }

    /// Name and span, as flashtext gives them.
    pub fn keyword(self) -> (String, u32, u32) {
        (self.name, self.start, self.end)
    }
}

type Fields = (u32, u32, String, String, Vec<String>, String, Option<String>, bool, f32);

#[pymethods]
impl Match {
    #[new]
    #[allow(clippy::too_many_arguments, reason = "the fields")]
    fn new(
        start: u32,
        end: u32,
        id: String,
        name: String,
        ids: Vec<String>,
        alias: String,
        r#type: Option<String>,
        weak: bool,
        score: f32,
    ) -> Self {
        Self { start, end, id, name, ids, alias, r#type, weak, score }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyAny>, Fields) {
        let Self { start, end, id, name, ids, alias, r#type, weak, score } = slf.get().clone();
        (slf.get_type().into_any(), (start, end, id, name, ids, alias, r#type, weak, score))
    }

    fn __repr__(&self) -> String {
        format!("Match({}:{}, {})", self.start, self.end, self.name)
    }
}

/// What came of reading records.
#[pyclass(frozen, eq, get_all, module = "pullquote")]
#[derive(Clone, PartialEq)]
pub struct GazetteerReport {
    /// Rows that became records.
    records: usize,
    /// Rows that did not.
    skipped: usize,
    /// What was wrong with the first hundred of them, each with its place.
    problems: Vec<String>,
    /// Aliases that are ordinary words too, the commonest first: they are names only where the context says so.
    ordinary: Vec<String>,
}

impl From<core::Report> for GazetteerReport {
    fn from(report: core::Report) -> Self {
        let core::Report { records, skipped, problems, ordinary } = report;
        Self { records, skipped, problems, ordinary }
    }
}

#[pymethods]
impl GazetteerReport {
    fn __repr__(&self) -> String {
        let (records, skipped, ordinary) = (self.records, self.skipped, self.ordinary.len());
        format!("GazetteerReport(records={records}, skipped={skipped}, ordinary={ordinary})")
    }
}

/// What a gazetteer holds.
#[pyclass(frozen, eq, get_all, module = "pullquote")]
#[derive(Clone, PartialEq)]
pub struct GazetteerStats {
    /// Entities.
    records: usize,
    /// Forms of their names: one with initials or stops has several.
    forms: usize,
    /// Bytes of it all, in memory or mapped.
    bytes: usize,
    /// Weak names, the riskiest first: the name, the entity's id, and how often it stands in a million words of news as an
    /// ordinary word.
    weak: Vec<(String, String, u32)>,
}

impl GazetteerStats {
    /// The same with names and ids for numbers.
    pub fn of(gazetteer: &core::Gazetteer, stats: core::Stats) -> Self {
        let core::Stats { records, forms, bytes, weak } = stats;
        let named =
            |w: core::Weak| (gazetteer.alias(w.record, w.alias).to_owned(), gazetteer.id(w.record).to_owned(), w.uses);
        Self { records, forms, bytes, weak: weak.into_iter().map(named).collect() }
    }
}

#[pymethods]
impl GazetteerStats {
    fn __repr__(&self) -> String {
        let Self { records, forms, bytes, weak } = self;
        format!("GazetteerStats(records={records}, forms={forms}, bytes={bytes}, weak={})", weak.len())
    }
}
