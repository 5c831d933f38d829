//! The user's entities as a Python class.

#![allow(clippy::doc_markdown, clippy::doc_link_with_quotes, reason = "docstrings of Python, with its examples")]

use super::arrow::import;
use super::errors::{Out, named, raise, utf8, wrong_type};
use super::gazetteer_results::{GazetteerReport, GazetteerStats, Match};
use super::gazetteer_rows;
use super::input;
use super::run::{Asked, Progress, Unit, run};
use super::tables::Table;
use crate::error::{Error, Result};
use crate::gazetteer::batch::{self, Matching};
use crate::gazetteer::{self as core, Edits, Format, Fuzzy, Mode, Options, Report, Scratch};
use crate::pool::{Control, pool};
use crate::table::{IdColumn, IdType};
use crate::text::{Offsets, tokenize};
use arrow::array::{AsArray, RecordBatch};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::{PyAny, PyBytes, PyString, PyTuple};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The user's own entities, compiled for matching.
///
/// Names are matched word by word, so never inside a word, whatever the white space, hyphens, diacritics and stops; a word
/// with a capital needs one in the text. `Gazetteer()` is empty; others are compiled from records and files or opened. One
/// serves many threads.
///
/// >>> kb = Gazetteer.from_records([{"id": "Q1", "name": "Bank of England", "aliases": ["BoE"], "type": "organization"}])
/// >>> [(m.start, m.end, m.id) for m in kb.match("The Bank of England's governor left the BoE.")]
/// [(4, 19, 'Q1'), (40, 43, 'Q1')]
#[pyclass(frozen, module = "pullquote")]
pub struct Gazetteer {
    state: Mutex<State>,
    report: Option<GazetteerReport>,
}

#[derive(Clone, Default)]
struct State {
    compiled: Arc<core::Gazetteer>,
    /// Names added and removed since it was compiled.
    edits: Edits,
    /// Made when it is first asked for.
    fuzzy: Option<Arc<Fuzzy>>,
    /// The file that holds just this.
    path: Option<PathBuf>,
}

impl Gazetteer {
    fn new(compiled: core::Gazetteer, path: Option<&Path>, report: Option<Report>) -> Self {
        let path = path.and_then(|path| std::path::absolute(path).ok());
        let state = State { compiled: Arc::new(compiled), path, ..State::default() };
        Self { state: Mutex::new(state), report: report.map(GazetteerReport::from) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The aliases with all changes compiled. While the state is locked no Python runs, or another thread would wait for
    /// it with the interpreter's lock in hand.
    fn current(&self, py: Python<'_>) -> Out<State> {
        let compile = || -> Result<State> {
            let mut state = self.state();
            if !state.edits.is_empty() {
                let compiled = Arc::new(state.edits.apply(&state.compiled)?);
                *state = State { compiled, ..State::default() };
            }
            Ok(state.clone())
        };
        compile().map_err(|e| raise(py, &e))
    }

    /// The compiled aliases.
    pub fn compiled(&self, py: Python<'_>) -> Out<Arc<core::Gazetteer>> {
        Ok(self.current(py)?.compiled)
    }

    fn fuzzy(&self, py: Python<'_>) -> Out<Arc<Fuzzy>> {
        let state = self.current(py)?;
        if let Some(fuzzy) = state.fuzzy {
            return Ok(fuzzy);
        }
        let made = Arc::new(py.detach(|| state.compiled.fuzzy()).map_err(|e| raise(py, &e))?);
        let mut now = self.state();
        if Arc::ptr_eq(&now.compiled, &state.compiled) {
            now.fuzzy = Some(Arc::clone(&made));
        }
        Ok(made)
    }

    /// What results depend on.
    pub fn fingerprint(&self, py: Python<'_>) -> Out<u64> {
        let compiled = self.compiled(py)?;
        py.detach(|| compiled.fingerprint()).map_err(|e| raise(py, &e))
    }

    /// A gazetteer as it is now, or that of a path.
    pub fn of(given: &Bound<'_, PyAny>) -> Out<Self> {
        let py = given.py();
        if let Ok(gazetteer) = given.cast::<Self>() {
            let gazetteer = gazetteer.get();
            return Ok(Self { state: Mutex::new(gazetteer.current(py)?), report: gazetteer.report.clone() });
        }
        let path = given
            .extract::<PathBuf>()
            .map_err(|_| wrong_type("gazetteer", "a Gazetteer, the path of a file of entities, or None", given))?;
        Self::read_as(py, path, None, Options::default())
    }

    fn read_as(py: Python<'_>, path: PathBuf, format: Option<Format>, options: Options) -> Out<Self> {
        let read = py.detach(|| core::Gazetteer::read(&path, format, &options));
        let (compiled, report) = read.map_err(|e| raise(py, &e))?;
        let saved = report.is_none().then_some(path.as_path());
        Ok(Self::new(compiled, saved, report))
    }

    fn changed<T>(&self, py: Python<'_>, change: impl FnOnce(&mut Edits, &core::Gazetteer) -> Result<T>) -> Out<T> {
        let changed = {
            let State { compiled, edits, .. } = &mut *self.state();
            change(edits, compiled)
        };
        changed.map_err(|e| raise(py, &e))
    }
}

fn options(strict: bool, transliterate: bool) -> Options {
    Options { strict, transliterate, ..Options::default() }
}

fn mode_of(py: Python<'_>, mode: &str, fuzzy: bool) -> Out<Mode> {
    let parsed: Mode = mode.parse().map_err(|e| raise(py, &e))?;
    if fuzzy && parsed != Mode::Longest {
        let problem = format!("fuzzy: expected mode=\"longest\" with it, found {mode:?}");
        return Err(named(py, "ConfigError", &problem));
    }
    Ok(parsed)
}

#[pymethods]
impl Gazetteer {
    /// An empty gazetteer, for `add_keyword`.
    #[new]
    fn empty() -> Self {
        Self::new(core::Gazetteer::default(), None, None)
    }

    /// Compiles dicts with `name`, and perhaps `id`, `aliases`, `weak_aliases`, `type`, `country`, `roles`, `gender` and
    /// `prior`; or names alone. With `strict=False` bad rows are skipped and counted in `report`; with `transliterate=True`
    /// spellings of other newsrooms are matched too (Sergei and Sergey, al- and el-).
    #[staticmethod]
    #[pyo3(signature = (rows, strict=true, transliterate=false))]
    fn from_records(rows: &Bound<'_, PyAny>, strict: bool, transliterate: bool) -> Out<Self> {
        let (compiled, report) = gazetteer_rows::compile(rows, &options(strict, transliterate))?;
        Ok(Self::new(compiled, None, Some(report)))
    }

    /// Compiles a table with the Arrow interface (pyarrow, polars, pandas, DuckDB) that has the columns of `from_csv`;
    /// `aliases`, `weak_aliases` and `roles` may be lists.
    #[staticmethod]
    #[pyo3(signature = (data, strict=true, transliterate=false))]
    fn from_arrow(data: &Bound<'_, PyAny>, strict: bool, transliterate: bool) -> Out<Self> {
        let py = data.py();
        let expected = "a table with the Arrow interface";
        let imported = import(data)?.ok_or_else(|| wrong_type("data", expected, data))?;
        if !matches!(imported.field.data_type(), arrow::datatypes::DataType::Struct(_)) {
            return Err(named(py, "InputTypeError", &format!("data: expected {expected}, found a column alone")));
        }
        let batches: Vec<RecordBatch> = imported.arrays.iter().map(|a| RecordBatch::from(a.as_struct())).collect();
        let options = options(strict, transliterate);
        let read = py.detach(|| core::Gazetteer::from_arrow(&batches, &options));
        let (compiled, report) = read.map_err(|e| raise(py, &e))?;
        Ok(Self::new(compiled, None, Some(report)))
    }

    /// Opens a compiled file, or compiles a file of records. `format`: "csv", "jsonl", "parquet", "spacy", "flashtext",
    /// "ftm", "wikidata", or None for what the file's beginning and ending tell. `.gz` and `.zst` files are read.
    #[staticmethod]
    #[pyo3(signature = (path, format=None, strict=true, transliterate=false))]
    fn read(py: Python<'_>, path: PathBuf, format: Option<&str>, strict: bool, transliterate: bool) -> Out<Self> {
        let format = format.map(str::parse).transpose().map_err(|e| raise(py, &e))?;
        Self::read_as(py, path, format, options(strict, transliterate))
    }

    /// Compiles a CSV file, or a TSV file if it ends in `.tsv`, with the column `name`, and perhaps the others of
    /// `from_records`; several aliases or roles stand in one cell with `|` between. `.gz` and `.zst` files are read.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_csv(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Csv), options(strict, transliterate))
    }

    /// Compiles a file of JSON lines with the keys of `from_records`.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_jsonl(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Jsonl), options(strict, transliterate))
    }

    /// Compiles a Parquet file with the columns of `from_csv`; `aliases`, `weak_aliases` and `roles` may be lists.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_parquet(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Parquet), options(strict, transliterate))
    }

    /// Compiles patterns of spaCy's EntityRuler: JSON lines of label, pattern and perhaps id. A pattern is a string, or a
    /// list of tokens with LOWER, ORTH or TEXT; one that asks for more is a bad row.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_spacy_patterns(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::SpacyPatterns), options(strict, transliterate))
    }

    /// Compiles keywords of flashtext: JSON of `{"clean name": ["keyword", ...]}`, or lines of `keyword=>clean name`.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_flashtext(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Flashtext), options(strict, transliterate))
    }

    /// Compiles entities of FollowTheMoney, JSON lines: name, alias, previousName, abbreviation, and weakAlias as weak.
    #[staticmethod]
    #[pyo3(signature = (path, strict=true, transliterate=false))]
    fn from_ftm(py: Python<'_>, path: PathBuf, strict: bool, transliterate: bool) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Ftm), options(strict, transliterate))
    }

    /// Compiles entities of Wikidata, a line each as in its dumps: labels and aliases of `languages`, that of the name
    /// first.
    #[staticmethod]
    #[pyo3(
        signature = (path, languages=vec!["en".to_owned()], strict=true, transliterate=false),
        text_signature = "(path, languages=('en',), strict=True, transliterate=False)"
    )]
    fn from_wikidata(
        py: Python<'_>,
        path: PathBuf,
        languages: Vec<String>,
        strict: bool,
        transliterate: bool,
    ) -> Out<Self> {
        Self::read_as(py, path, Some(Format::Wikidata), Options { strict, transliterate, languages })
    }

    /// Opens a file that `save` wrote. It is mapped into memory, so that processes share it, and checked block by block as
    /// it is read: a damaged file raises `InputError`, here or where the damage is met.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> Out<Self> {
        let opened = py.detach(|| core::Gazetteer::open(&path)).map_err(|e| raise(py, &e))?;
        Ok(Self::new(opened, Some(&path), None))
    }

    /// Writes the compiled gazetteer into a file, for `open`. The same records give the same bytes.
    fn save(&self, py: Python<'_>, path: PathBuf) -> Out<()> {
        let compiled = self.compiled(py)?;
        py.detach(|| compiled.save(&path)).map_err(|e| raise(py, &e))?;
        let mut state = self.state();
        if Arc::ptr_eq(&state.compiled, &compiled) {
            state.path = std::path::absolute(path).ok();
        }
        Ok(())
    }

    /// Reads all of the file that it was opened from; raises `InputError` if it is damaged.
    fn verify(&self, py: Python<'_>) -> Out<()> {
        let compiled = self.compiled(py)?;
        py.detach(|| compiled.verify()).map_err(|e| raise(py, &e))
    }

    /// A new gazetteer with the records `add`, as of `from_records`, and without those whose ids are in `remove`. This one
    /// stays as it is, and the two share their aliases: only what was added is compiled.
    ///
    /// >>> kb = Gazetteer.from_records([{"id": "Q1", "name": "Ana Ortiz"}])
    /// >>> newer = kb.overlay(add=[{"id": "Q2", "name": "Leon Vale"}], remove=["Q1"])
    /// >>> [m.id for m in newer.match("Ana Ortiz met Leon Vale.")]
    /// ['Q2']
    #[pyo3(signature = (add=None, remove=None))]
    fn overlay(&self, py: Python<'_>, add: Option<&Bound<'_, PyAny>>, remove: Option<Vec<String>>) -> Out<Self> {
        let mut records = Vec::new();
        if let Some(rows) = add {
            for (i, row) in rows.try_iter()?.enumerate() {
                let place = || format!("record {}", i + 1);
                let record = gazetteer_rows::record(&row?);
                records.push(record.map_err(|problem| raise(py, &Error::Record { place: place(), problem }))?);
            }
        }
        let (compiled, remove) = (self.compiled(py)?, remove.unwrap_or_default());
        let overlaid = py.detach(|| compiled.overlay(records, remove.iter().map(String::as_str)));
        Ok(Self::new(overlaid.map_err(|e| raise(py, &e))?, None, None))
    }

    /// The names in a text, from left to right. `mode`: "longest" (without overlap), "all", "maximal" (none within another)
    /// or "priority" (without overlap, the highest prior first). With `fuzzy=True` words with a capital may be one letter
    /// off; the index for it is made at the first call.
    ///
    /// >>> kb = Gazetteer.from_records([{"name": "University of Cairo"}, {"name": "Cairo"}])
    /// >>> [m.name for m in kb.match("the University of Cairo", mode="all")]
    /// ['University of Cairo', 'Cairo']
    /// >>> [(m.name, m.score < 1) for m in kb.match("the Univercity of Cairo", fuzzy=True)]
    /// [('University of Cairo', True)]
    #[pyo3(name = "match", signature = (text, mode="longest", fuzzy=false))]
    fn matches(&self, text: &Bound<'_, PyString>, mode: &str, fuzzy: bool) -> Out<Vec<Match>> {
        let py = text.py();
        let mode = mode_of(py, mode, fuzzy)?;
        let index = if fuzzy { Some(self.fuzzy(py)?) } else { None };
        let (compiled, text) = (self.compiled(py)?, utf8("text", text)?);
        let find = || {
            let (tokens, mut hits) = (tokenize(text), Vec::new());
            match index {
                Some(index) => hits = index.matches(&tokens)?,
                None => compiled.each_match(&tokens, mode, &mut Scratch::default(), |hit| hits.push(hit.to_hit()))?,
            }
            let offsets = Offsets::new(text);
            let found = hits.iter().filter_map(|hit| Match::of(&compiled, &offsets, hit)).collect();
            compiled.intact()?;
            Ok(found)
        };
        py.detach(find).map_err(|e| raise(py, &e))
    }

    /// The names in a list of texts, or in a column or table with the Arrow interface, as a table: `article_id` (of the
    /// column `id`, or the row's number), `start` and `end` in code points, `alias`, `kb_id` and `type` of the likeliest
    /// entity, `n_entities` that have the alias, `weak`, `score`. `n_threads`: None for one a core.
    ///
    /// >>> kb = Gazetteer.from_records([{"id": "Q1", "name": "Ana Ortiz"}])
    /// >>> table = kb.match_batch(["Prices fell.", "Then Ana Ortiz left."])
    /// >>> table.to_arrow().select(["article_id", "start", "end", "kb_id"]).to_pylist()
    /// [{'article_id': 1, 'start': 5, 'end': 14, 'kb_id': 'Q1'}]
    #[pyo3(
        signature = (data, text="text", id=Some("id"), mode="longest", fuzzy=false, n_threads=None,
                     progress=Asked::Bar(false)),
        text_signature = "($self, data, text='text', id='id', mode='longest', fuzzy=False, n_threads=None, \
                          progress=False)"
    )]
    #[allow(clippy::too_many_arguments, reason = "keywords of Python")]
    fn match_batch(
        &self,
        data: &Bound<'_, PyAny>,
        text: &str,
        id: Option<&str>,
        mode: &str,
        fuzzy: bool,
        n_threads: Option<usize>,
        progress: Asked,
    ) -> Out<Table> {
        let py = data.py();
        let mode = mode_of(py, mode, fuzzy)?;
        let threads = |n| NonZeroUsize::new(n).ok_or_else(|| named(py, "ConfigError", "n_threads: expected 1 or more"));
        let pool = pool(n_threads.map(threads).transpose()?).map_err(|e| raise(py, &e))?;
        let index = if fuzzy { Some(self.fuzzy(py)?) } else { None };
        let compiled = self.compiled(py)?;
        let columns = input::columns(Some(text), id, None, None);
        let (mut chunks, rows) = input::chunks(data, &columns.columns)?;
        columns.trim(&mut chunks);
        let id = chunks.iter().find_map(|c| c.ids.as_ref()).map_or(IdType::Int, IdColumn::id_type);
        let (progress, control) = (Progress::new(py, progress, rows, Unit::Articles)?, Arc::new(Control::default()));
        let shared = Arc::clone(&control);
        let batches = run(py, &control, progress, move || {
            let matching = Matching { gazetteer: &compiled, fuzzy: index.as_deref(), mode };
            pool.install(|| matching.table(&chunks, &shared))
        })?;
        Ok(Table::new("matches", batch::schema(id), batches))
    }

    /// How big it is, and its weak names, the riskiest first.
    fn stats(&self, py: Python<'_>) -> Out<GazetteerStats> {
        let compiled = self.compiled(py)?;
        let stats = py.detach(|| compiled.stats().map(|stats| GazetteerStats::of(&compiled, stats)));
        stats.map_err(|e| raise(py, &e))
    }

    /// What came of reading the records; None for one that was opened or made from another.
    #[getter]
    fn report(&self) -> Option<GazetteerReport> {
        self.report.clone()
    }

    /// The file that holds it, if it was opened or saved and not changed since.
    #[getter]
    fn path(&self) -> Option<PathBuf> {
        let state = self.state();
        state.path.clone().filter(|_| state.edits.is_empty())
    }

    /// Gives the entity named `clean_name`, a new one where there is none, one name more; False if it has it already.
    ///
    /// >>> kb = Gazetteer()
    /// >>> kb.add_keyword("Big Apple", "New York")
    /// True
    /// >>> kb.extract_keywords("in the Big Apple", span_info=True)
    /// [('New York', 7, 16)]
    #[pyo3(signature = (keyword, clean_name=None))]
    fn add_keyword(&self, py: Python<'_>, keyword: &str, clean_name: Option<&str>) -> Out<bool> {
        self.changed(py, |edits, compiled| edits.add(compiled, keyword, clean_name.unwrap_or(keyword)))
    }

    /// Takes a name from all entities that have it; one without any goes. False if none has it.
    fn remove_keyword(&self, py: Python<'_>, keyword: &str) -> Out<bool> {
        self.changed(py, |edits, compiled| edits.remove(compiled, keyword))
    }

    /// The names of the entities in a text; with `span_info=True` triples of name, start and end.
    #[pyo3(signature = (text, span_info=false))]
    fn extract_keywords<'py>(&self, text: &Bound<'py, PyString>, span_info: bool) -> Out<Vec<Bound<'py, PyAny>>> {
        let py = text.py();
        let object = |found: Match| {
            let (name, start, end) = found.keyword();
            if span_info {
                (name, start, end).into_pyobject(py).map(Bound::<PyTuple>::into_any)
            } else {
                Ok(PyString::new(py, &name).into_any())
            }
        };
        self.matches(text, "longest", false)?.into_iter().map(object).collect()
    }

    fn __contains__(&self, py: Python<'_>, name: &str) -> Out<bool> {
        let compiled = self.compiled(py)?;
        compiled.named(name).map(|hit| hit.is_some()).map_err(|e| raise(py, &e))
    }

    /// The name of the likeliest entity that has this name.
    fn __getitem__(&self, py: Python<'_>, name: &str) -> Out<String> {
        let compiled = self.compiled(py)?;
        let hit = compiled.named(name).map_err(|e| raise(py, &e))?;
        let record = hit.and_then(|hit| hit.records.first().copied());
        record.map(|r| compiled.alias(r, 0).to_owned()).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }

    fn __setitem__(&self, py: Python<'_>, keyword: &str, clean_name: &str) -> Out<()> {
        self.add_keyword(py, keyword, Some(clean_name)).map(drop)
    }

    fn __delitem__(&self, py: Python<'_>, keyword: &str) -> Out<()> {
        let removed = self.remove_keyword(py, keyword)?;
        if removed { Ok(()) } else { Err(PyKeyError::new_err(keyword.to_owned())) }
    }

    /// How many entities there are.
    fn __len__(&self, py: Python<'_>) -> Out<usize> {
        Ok(self.compiled(py)?.len())
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Out<bool> {
        let py = other.py();
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        Ok(other.get().fingerprint(py)? == self.fingerprint(py)?)
    }

    fn __repr__(&self, py: Python<'_>) -> Out<String> {
        Ok(format!("Gazetteer({} entities)", self.compiled(py)?.len()))
    }

    /// The bytes of the file that `save` would write.
    fn to_bytes<'py>(&self, py: Python<'py>) -> Out<Bound<'py, PyBytes>> {
        let compiled = self.compiled(py)?;
        let bytes = py.detach(|| compiled.to_bytes()).map_err(|e| raise(py, &e))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The gazetteer of the bytes of such a file.
    #[staticmethod]
    fn from_bytes(py: Python<'_>, data: Vec<u8>) -> Out<Self> {
        let opened = py.detach(|| core::Gazetteer::from_bytes(data)).map_err(|e| raise(py, &e))?;
        Ok(Self::new(opened, None, None))
    }

    /// The gazetteer of a saved file, if it is as it was when it was pickled.
    #[staticmethod]
    #[pyo3(name = "_reopen")]
    fn reopen(py: Python<'_>, path: PathBuf, fingerprint: u64) -> Out<Self> {
        let opened = Self::open(py, path.clone())?;
        if opened.fingerprint(py)? == fingerprint {
            return Ok(opened);
        }
        let problem = "the file was changed since the gazetteer was pickled: pickle it again, or put the old file back";
        Err(raise(py, &Error::Record { place: path.display().to_string(), problem: problem.to_owned() }))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Out<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let (py, this) = (slf.py(), slf.get());
        if let Some(path) = this.path() {
            let arguments = (path, this.fingerprint(py)?).into_pyobject(py)?;
            return Ok((slf.get_type().getattr("_reopen")?, arguments.into_any()));
        }
        let arguments = (this.to_bytes(py)?,).into_pyobject(py)?;
        Ok((slf.get_type().getattr("from_bytes")?, arguments.into_any()))
    }
}
