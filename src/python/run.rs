//! The one way to work for long: without the interpreter's lock, stopped by Ctrl-C, telling how far it is.

use super::errors::{named, raise, wrong_type};
use crate::error::{Error, Result};
use crate::guard;
use crate::pool::Control;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often signals are looked at; the end of the work wakes at once.
const TICK: Duration = Duration::from_millis(50);
/// How long interrupted work may take to leave its files in order.
const PATIENCE: Duration = Duration::from_millis(300);

/// What Python gives as `progress=`.
#[derive(FromPyObject)]
pub enum Asked {
    /// A bar, or nothing.
    Bar(bool),
    /// A function that is called with articles, errors and bytes.
    Call(Py<PyAny>),
}

/// What shows how far the work is.
pub enum Progress {
    /// Nothing.
    Silent,
    /// A bar of tqdm.
    Bar(Bar),
    /// A function that is called with articles, errors and bytes.
    Call(Py<PyAny>),
}

/// A bar of tqdm that counts articles or bytes, and what it has shown.
pub struct Bar {
    bar: Py<PyAny>,
    unit: Unit,
    shown: u64,
    began: Instant,
}

/// What a bar counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Articles.
    Articles,
    /// Bytes of the input.
    Bytes,
}

impl Progress {
    /// A bar, a function, or silence.
    pub fn new(py: Python<'_>, asked: Asked, total: u64, unit: Unit) -> PyResult<Self> {
        match asked {
            Asked::Call(function) if function.bind(py).is_callable() => return Ok(Self::Call(function)),
            Asked::Call(other) => return Err(wrong_type("progress", "True, False or a function", other.bind(py))),
            Asked::Bar(false) => return Ok(Self::Silent),
            Asked::Bar(true) => {}
        }
        let options = PyDict::new(py);
        options.set_item("total", (total > 0).then_some(total))?;
        options.set_item("unit", if unit == Unit::Bytes { "B" } else { " articles" })?;
        options.set_item("unit_scale", unit == Unit::Bytes)?;
        // None: quiet where there is no terminal.
        options.set_item("disable", py.None())?;
        let bar = py.import("tqdm.auto")?.getattr("tqdm")?.call((), Some(&options))?;
        Ok(Self::Bar(Bar { bar: bar.unbind(), unit, shown: 0, began: Instant::now() }))
    }

    fn show(&mut self, py: Python<'_>, control: &Control) -> PyResult<()> {
        let [articles, errors, bytes] =
            [&control.articles, &control.errors, &control.bytes].map(|n| n.load(Ordering::Relaxed));
        match self {
            Self::Silent => {}
            Self::Bar(Bar { bar, unit, shown, began }) => {
                let now = if *unit == Unit::Bytes { bytes } else { articles };
                if *unit == Unit::Bytes {
                    let rate = articles as f64 / began.elapsed().as_secs_f64().max(0.001);
                    let text = format!("{articles} articles, {rate:.0} articles/s, {errors} errors");
                    bar.call_method1(py, "set_postfix_str", (text, false))?;
                }
                bar.call_method1(py, "update", (now - *shown,))?;
                *shown = now;
            }
            Self::Call(function) => {
                function.call1(py, (articles, errors, bytes))?;
            }
        }
        Ok(())
    }

    fn close(&self, py: Python<'_>) -> PyResult<()> {
        if let Self::Bar(Bar { bar, .. }) = self {
            bar.call_method0(py, "close")?;
        }
        Ok(())
    }
}

/// Does `work` on a thread of its own and waits for it.
///
/// Ctrl-C, and an error of the function that is told the progress, cancel the work and are raised.
pub fn run<T: Send + 'static>(
    py: Python<'_>,
    control: &Arc<Control>,
    mut progress: Progress,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> PyResult<T> {
    let slot: Arc<(Mutex<Option<Result<T>>>, AtomicBool)> = Arc::default();
    let (filled, waiting) = (Arc::clone(&slot), std::thread::current());
    let spawned = std::thread::Builder::new().name("pullquote".to_owned()).spawn(move || {
        let result = catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|cause| Err(Error::Panic(guard::message(cause.as_ref()))));
        *filled.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        filled.1.store(true, Ordering::Release);
        waiting.unpark();
    });
    if let Err(e) = spawned {
        return Err(named(py, "FileError", &format!("no thread could be started: {e}")));
    }
    let wait = |time: Duration| {
        let until = Instant::now() + time;
        while !slot.1.load(Ordering::Acquire) && Instant::now() < until {
            std::thread::park_timeout(until - Instant::now());
        }
        slot.1.load(Ordering::Acquire)
    };
    while !py.detach(|| wait(TICK)) {
        if let Err(error) = py.check_signals().and_then(|()| progress.show(py, control)) {
            control.cancel();
            py.detach(|| wait(PATIENCE));
            progress.close(py)?;
            return Err(error);
        }
    }
    let result = slot.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    progress.show(py, control)?;
    progress.close(py)?;
    result.unwrap_or(Err(Error::Interrupted)).map_err(|e| raise(py, &e))
}
