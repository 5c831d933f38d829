//! Any iterable of texts in, articles out: lazy, in order, a few at a time in parallel.

use super::article::{self, Article};
use super::errors::{named, raise, utf8, wrong_type};
use super::run::{Progress, run};
use crate::article::{Article as Parsed, ArticleId};
use crate::error::Error;
use crate::pipeline::{Depth, Input, Pipeline};
use crate::pool::Control;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString, PyTuple};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, TryLockError};

/// At most this many texts, or this much text, is read ahead.
const AHEAD: usize = 256;
const AHEAD_BYTES: usize = 1 << 20;

/// The articles of `Pipeline.pipe`.
#[pyclass(frozen, module = "pullquote")]
pub struct Articles {
    pipeline: Pipeline,
    n_threads: Option<NonZeroUsize>,
    texts: Py<PyIterator>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    ready: VecDeque<Result<Parsed<'static>, Error>>,
    ended: bool,
    /// What ended the input before its end, told after the articles before it.
    error: Option<PyErr>,
    /// Small at first, so that a slow source gives its first article at once.
    ahead: usize,
}

impl Articles {
    /// Reads from `texts`.
    pub fn new(pipeline: Pipeline, n_threads: Option<NonZeroUsize>, texts: Py<PyIterator>) -> Self {
        Self { pipeline, n_threads, texts, state: Mutex::default() }
    }

    fn fill(&self, py: Python<'_>, state: &mut State) -> PyResult<()> {
        state.ahead = (state.ahead * 2).clamp(1, AHEAD);
        let (mut inputs, mut bytes) = (Vec::new(), 0);
        let mut texts = self.texts.bind(py).clone();
        while inputs.len() < state.ahead && bytes < AHEAD_BYTES {
            match texts.next().map(|item| item.and_then(|item| input(&item))) {
                Some(Ok(read)) => {
                    bytes += read.text.len();
                    inputs.push(read);
                }
                end => {
                    state.ended = true;
                    state.error = end.and_then(Result::err);
                    break;
                }
            }
        }
        if inputs.is_empty() {
            return Ok(());
        }
        let pool = crate::pool::pool(self.n_threads).map_err(|e| raise(py, &e))?;
        let (pipeline, control) = (self.pipeline.clone(), Arc::new(Control::default()));
        let shared = Arc::clone(&control);
        let parsed = run(py, &control, Progress::Silent, move || parse_all(&pipeline, &pool, inputs, &shared))?;
        state.ready.extend(parsed);
        Ok(())
    }
}

fn parse_all(
    pipeline: &Pipeline,
    pool: &ThreadPool,
    inputs: Vec<Input<'static>>,
    control: &Control,
) -> Result<Vec<Result<Parsed<'static>, Error>>, Error> {
    let share = inputs.len().div_ceil(pool.current_num_threads()).max(1);
    let parse = |inputs| pipeline.parse_batch(inputs, Depth::Entities, control);
    let shares: Result<Vec<_>, Error> = pool.install(|| in_shares(inputs, share).into_par_iter().map(parse).collect());
    Ok(shares?.into_iter().flatten().collect())
}

fn in_shares(inputs: Vec<Input<'static>>, share: usize) -> Vec<Vec<Input<'static>>> {
    let mut inputs = inputs.into_iter();
    std::iter::from_fn(|| Some(inputs.by_ref().take(share).collect()).filter(|s: &Vec<_>| !s.is_empty())).collect()
}

fn input(item: &Bound<'_, PyAny>) -> PyResult<Input<'static>> {
    let (id, text): (Option<ArticleId<'static>>, Bound<'_, PyAny>) = match item.cast::<PyTuple>() {
        Ok(pair) if pair.len() == 2 => (Some(article::id(&pair.get_item(0)?)?), pair.get_item(1)?),
        _ => (None, item.clone()),
    };
    let text = text.cast::<PyString>().map_err(|_| wrong_type("texts", "a string or a pair (id, text)", &text))?;
    Ok(Input { text: Cow::Owned(utf8("texts", text)?.to_owned()), id, ..Input::default() })
}

#[pymethods]
impl Articles {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Article>> {
        match self.state.try_lock() {
            Ok(mut state) => self.next(py, &mut state),
            Err(TryLockError::Poisoned(state)) => self.next(py, &mut state.into_inner()),
            Err(TryLockError::WouldBlock) => Err(named(
                py,
                "InputError",
                "the articles of one pipe are being read elsewhere: read them in one thread",
            )),
        }
    }
}

impl Articles {
    fn next(&self, py: Python<'_>, state: &mut State) -> PyResult<Option<Article>> {
        if state.ready.is_empty() && !state.ended {
            self.fill(py, state)?;
        }
        match state.ready.pop_front() {
            Some(parsed) => parsed.map(|a| Some(Article::from(a))).map_err(|e| raise(py, &e)),
            None => state.error.take().map_or(Ok(None), Err),
        }
    }
}
