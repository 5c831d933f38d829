//! The pipeline as a Python class.

use super::article::{self, Article};
use super::errors::{Out, raise, utf8, wrong_type};
use super::gazetteer::Gazetteer;
use super::input::{self, ExtractColumns};
use super::outside;
use super::pipe::Articles;
use super::run::{Asked, Progress, Unit, run};
use super::scan::Tables;
use super::tables::{Extraction, Table};
use crate::corpus::{self, Job, Scan};
use crate::error::Error;
use crate::lang::Language;
use crate::pipeline::{self as core, Input};
use crate::pool::{Control, pool};
use crate::quotes::Wanted;
use crate::table::{self, IdColumn, IdType, extract};
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyDict, PyString};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// A text below this many bytes is parsed on the spot: it is done before a thread would be.
const SMALL: usize = 1 << 18;

/// What `language` may be.
const LANGUAGE_CODES: &str = "one of ar da de el en es fr it ja lt nl no pl pt ro ru sv tr zh";

/// How articles are parsed. One serves many threads.
#[pyclass(frozen, module = "pullquote")]
pub struct Pipeline {
    inner: core::Pipeline,
    n_threads: Option<NonZeroUsize>,
    gazetteer: Option<Py<Gazetteer>>,
}

impl Pipeline {
    fn language(&self) -> &'static str {
        self.inner.language.unwrap_or_default().code()
    }

    fn quotes_name(&self) -> &'static str {
        match self.inner.quotes {
            Wanted::All => "all",
            Wanted::Direct => "direct",
            Wanted::None => "none",
        }
    }

    fn tables(py: Python<'_>, names: Option<Vec<String>>) -> Out<Vec<table::Table>> {
        let Some(names) = names else { return Ok(table::Table::ALL.to_vec()) };
        let mut tables =
            names.iter().map(|n| n.parse()).collect::<Result<Vec<_>, Error>>().map_err(|e| raise(py, &e))?;
        tables.push(table::Table::Errors);
        tables.sort_unstable();
        tables.dedup();
        Ok(tables)
    }

    fn tables_of(
        &self,
        data: &Bound<'_, PyAny>,
        columns: &ExtractColumns,
        wanted: Vec<table::Table>,
        progress: Asked,
    ) -> Out<Extraction> {
        let py = data.py();
        let (mut chunks, rows) = input::chunks(data, &columns.columns)?;
        columns.trim(&mut chunks);
        let id = chunks.iter().find_map(|c| c.ids.as_ref()).map_or(IdType::Int, IdColumn::id_type);
        let pool = pool(self.n_threads).map_err(|e| raise(py, &e))?;
        let progress = Progress::new(py, progress, rows, Unit::Articles)?;
        let (pipeline, control) = (self.inner.clone(), Arc::new(Control::default()));
        let (shared, names) = (Arc::clone(&control), wanted.clone());
        let pieces =
            run(py, &control, progress, move || pool.install(|| extract(&pipeline, &chunks, &names, &shared)))?;
        Ok(Extraction::new(&wanted, id, pieces))
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (gazetteer=None, quotes="all", n_threads=None, language="en"))]
    fn new(
        py: Python<'_>,
        gazetteer: Option<&Bound<'_, PyAny>>,
        quotes: &str,
        n_threads: Option<usize>,
        language: &str,
    ) -> Out<Self> {
        let wrong = |option, expected, found: String| raise(py, &Error::Option { option, expected, found });
        let quotes = match quotes {
            "all" => Wanted::All,
            "direct" => Wanted::Direct,
            "none" => Wanted::None,
            other => return Err(wrong("quotes", "\"all\", \"direct\" or \"none\"", other.to_owned())),
        };
        let language = match Language::from_code(language) {
            Language::English => None,
            Language::Other => return Err(wrong("language", LANGUAGE_CODES, language.to_owned())),
            other => Some(other),
        };
        let n_threads = n_threads
            .map(|n| NonZeroUsize::new(n).ok_or_else(|| wrong("n_threads", "1 or more, or None", n.to_string())))
            .transpose()?;
        let given = gazetteer.map(Gazetteer::of).transpose()?;
        let compiled = given.as_ref().map(|g| g.compiled(py)).transpose()?;
        let gazetteer = given.map(|g| Py::new(py, g)).transpose()?;
        Ok(Self {
            inner: core::Pipeline { gazetteer: compiled, quotes, language, ..core::Pipeline::default() },
            n_threads,
            gazetteer,
        })
    }

    /// Parses one article. With a headline given apart, the text is the body alone.
    #[pyo3(signature = (text, id=None, headline=None, date=None))]
    fn parse(
        &self,
        text: &Bound<'_, PyAny>,
        id: Option<&Bound<'_, PyAny>>,
        headline: Option<&Bound<'_, PyString>>,
        date: Option<&Bound<'_, PyString>>,
    ) -> Out<Article> {
        let py = text.py();
        let text = text.cast::<PyString>().map_err(|_| wrong_type("text", "a string", text))?;
        let owned = |what, value: Option<&Bound<'_, PyString>>| -> Out<Option<Cow<'static, str>>> {
            value.map(|v| utf8(what, v).map(|v| Cow::Owned(v.to_owned()))).transpose()
        };
        let input = Input {
            text: Cow::Owned(utf8("text", text)?.to_owned()),
            id: id.map(article::id).transpose()?,
            headline: owned("headline", headline)?,
            date: owned("date", date)?,
        };
        let parsed = if input.text.len() < SMALL {
            py.detach(|| self.inner.parse(input)).map_err(|e| raise(py, &e))?
        } else {
            let pipeline = self.inner.clone();
            run(py, &Arc::default(), Progress::Silent, move || pipeline.parse(input))?
        };
        Ok(Article::from(parsed))
    }

    /// Parses texts, or pairs of id and text, as they come: lazy, in order, with bounded memory.
    #[pyo3(signature = (texts, progress=false))]
    fn pipe(&self, texts: &Bound<'_, PyAny>, progress: bool) -> Out<Articles> {
        if texts.is_instance_of::<PyString>() {
            return Err(wrong_type("texts", "an iterable of strings or of pairs (id, text)", texts));
        }
        let texts = if progress { &texts.py().import("tqdm.auto")?.getattr("tqdm")?.call1((texts,))? } else { texts };
        Ok(Articles::new(self.inner.clone(), self.n_threads, texts.try_iter()?.unbind()))
    }

    /// Parses a list of texts, or a column or table with the Arrow interface, and gives the tables.
    #[pyo3(
        signature = (data, text="text", id=Some("id"), headline=None, date=None, tables=None, progress=Asked::Bar(false)),
        text_signature = "($self, data, text='text', id='id', headline=None, date=None, tables=None, progress=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn extract(
        &self,
        data: &Bound<'_, PyAny>,
        text: &str,
        id: Option<&str>,
        headline: Option<String>,
        date: Option<String>,
        tables: Option<Vec<String>>,
        progress: Asked,
    ) -> Out<Extraction> {
        let py = data.py();
        let columns = input::columns(Some(text), id, headline, date);
        self.tables_of(data, &columns, Self::tables(py, tables)?, progress)
    }

    /// Parses a record batch and gives one table: for engines that call back with batches.
    #[pyo3(
        signature = (batch, table="quotes", text="text", id=Some("id"), headline=None, date=None),
        text_signature = "($self, batch, table='quotes', text='text', id='id', headline=None, date=None)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn map_batch(
        &self,
        batch: &Bound<'_, PyAny>,
        table: &str,
        text: &str,
        id: Option<&str>,
        headline: Option<String>,
        date: Option<String>,
    ) -> Out<Table> {
        let py = batch.py();
        let wanted: table::Table = table.parse().map_err(|e| raise(py, &e))?;
        let columns = input::columns(Some(text), id, headline, date);
        let found = self.tables_of(batch, &columns, vec![wanted], Asked::Bar(false))?;
        found.table(py, table)
    }

    /// Parses files and writes the tables to a folder, in parts; see the README for the formats.
    #[pyo3(
        signature = (
            inputs, out, columns=None, tables=None, format="parquet", shard=(0, 1), resume=true,
            progress=Asked::Bar(true), max_errors=None, max_row_bytes=None, split=false
        ),
        text_signature = "($self, inputs, out, columns=None, tables=None, format='parquet', shard=(0, 1), resume=True, \
                          progress=True, max_errors=None, max_row_bytes=None, split=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn run(
        &self,
        py: Python<'_>,
        inputs: &Bound<'_, PyAny>,
        out: PathBuf,
        columns: Option<&Bound<'_, PyDict>>,
        tables: Option<Vec<String>>,
        format: &str,
        shard: (u32, u32),
        resume: bool,
        progress: Asked,
        max_errors: Option<u64>,
        max_row_bytes: Option<usize>,
        split: bool,
    ) -> Out<Report> {
        let gazetteer = self.gazetteer.as_ref().map(|g| g.get().fingerprint(py)).transpose()?.unwrap_or_default();
        let job = Job {
            inputs: input::paths(inputs)?,
            out,
            columns: input::column_names(columns)?,
            tables: Self::tables(py, tables)?,
            format: format.parse::<corpus::Format>().map_err(|e| raise(py, &e))?,
            shard,
            resume,
            max_errors,
            split,
            max_row_bytes,
            outside: Some(outside::readers()),
            configuration: format!(
                "quotes={} language={} gazetteer={gazetteer:016x}",
                self.quotes_name(),
                self.language()
            ),
        };
        let pool = pool(self.n_threads).map_err(|e| raise(py, &e))?;
        let sources = job.sources().map_err(|e| raise(py, &e))?;
        outside::check(py, &sources)?;
        let total = sources.iter().map(|s| s.bytes).sum();
        let progress = Progress::new(py, progress, total, Unit::Bytes)?;
        let (pipeline, control, began) = (self.inner.clone(), Arc::new(Control::default()), Instant::now());
        let shared = Arc::clone(&control);
        let report = run(py, &control, progress, move || job.run(sources, &pipeline, &pool, &shared))?;
        let seconds = began.elapsed().as_secs_f64();
        let [articles, bytes] = [&control.articles, &control.bytes].map(|n| n.load(Ordering::Relaxed) as f64 / seconds);
        Ok(Report { report, seconds, articles_per_second: articles, megabytes_per_second: bytes / 1e6 })
    }

    /// Parses files and gives one table in pieces, lazily and with bounded memory; bad rows are in the table "errors".
    #[pyo3(
        signature = (inputs, table="quotes", columns=None, max_row_bytes=None),
        text_signature = "($self, inputs, table='quotes', columns=None, max_row_bytes=None)"
    )]
    fn scan(
        &self,
        py: Python<'_>,
        inputs: &Bound<'_, PyAny>,
        table: &str,
        columns: Option<&Bound<'_, PyDict>>,
        max_row_bytes: Option<usize>,
    ) -> Out<Tables> {
        let table: table::Table = table.parse().map_err(|e| raise(py, &e))?;
        let job = Job {
            inputs: input::paths(inputs)?,
            columns: input::column_names(columns)?,
            tables: vec![table],
            shard: (0, 1),
            max_row_bytes,
            outside: Some(outside::readers()),
            ..Job::default()
        };
        let sources = job.sources().map_err(|e| raise(py, &e))?;
        outside::check(py, &sources)?;
        Ok(Tables::new(Scan::new(job, sources, self.inner.clone()), table, self.n_threads))
    }

    /// The same pipeline with another number of threads; None for one a core.
    #[pyo3(signature = (n_threads))]
    fn with_threads(&self, py: Python<'_>, n_threads: Option<usize>) -> Out<Self> {
        let gazetteer = self.gazetteer.as_ref().map(|g| g.bind(py).as_any());
        Self::new(py, gazetteer, self.quotes_name(), n_threads, self.language())
    }

    /// How many threads it uses; None for one a core.
    #[getter]
    fn n_threads(&self) -> Option<usize> {
        self.n_threads.map(NonZeroUsize::get)
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Out<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let other_one = other.get();
        let same = match (&self.gazetteer, &other_one.gazetteer) {
            (None, None) => true,
            (Some(a), Some(b)) => a.bind(other.py()).eq(b.bind(other.py()))?,
            _ => false,
        };
        Ok(same
            && self.inner.quotes == other_one.inner.quotes
            && self.inner.language == other_one.inner.language
            && self.n_threads == other_one.n_threads)
    }

    fn __repr__(&self, py: Python<'_>) -> Out<String> {
        let gazetteer = match &self.gazetteer {
            Some(g) => g.bind(py).repr()?.to_string(),
            None => "None".to_owned(),
        };
        let threads = self.n_threads.map_or_else(|| "None".to_owned(), |n| n.to_string());
        Ok(format!(
            "Pipeline(gazetteer={gazetteer}, quotes='{}', n_threads={threads}, language='{}')",
            self.quotes_name(),
            self.language()
        ))
    }

    #[allow(clippy::type_complexity, reason = "the arguments of the constructor")]
    fn __reduce__<'py>(
        slf: &Bound<'py, Self>,
    ) -> (Bound<'py, PyAny>, (Option<Py<Gazetteer>>, &'static str, Option<usize>, &'static str)) {
        let this = slf.get();
        let gazetteer = this.gazetteer.as_ref().map(|g| g.clone_ref(slf.py()));
        (
            slf.get_type().into_any(),
            (gazetteer, this.quotes_name(), this.n_threads.map(NonZeroUsize::get), this.language()),
        )
    }
}

/// What a run did.
#[pyclass(frozen, eq, module = "pullquote")]
pub struct Report {
    report: corpus::Report,
    /// How long this run took.
    #[pyo3(get)]
    seconds: f64,
    /// How fast this run was: what earlier runs of the same job did is not in it.
    #[pyo3(get)]
    articles_per_second: f64,
    /// The same in megabytes of the input as it lies on the disk.
    #[pyo3(get)]
    megabytes_per_second: f64,
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.report == other.report
    }
}

#[pymethods]
impl Report {
    /// Rows read, those of earlier runs of the same job among them.
    #[getter]
    fn articles(&self) -> u64 {
        self.report.articles
    }

    /// Rows that became errors.
    #[getter]
    fn errors(&self) -> u64 {
        self.report.errors
    }

    /// Rows of each table.
    #[getter]
    fn rows(&self) -> BTreeMap<String, u64> {
        self.report.rows.clone()
    }

    /// How many parts there are of each table.
    #[getter]
    fn parts(&self) -> u64 {
        self.report.parts
    }

    fn __repr__(&self) -> String {
        let corpus::Report { articles, errors, parts, .. } = self.report;
        format!("Report(articles={articles}, errors={errors}, parts={parts})")
    }
}
