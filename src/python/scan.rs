//! Files in, one table of them in pieces out: the iterator of `Pipeline.scan`.

use super::errors::{Out, named, raise};
use super::run::{Progress, run};
use super::tables::Table;
use crate::corpus::Scan;
use crate::pool::pool;
use crate::table;
use pyo3::prelude::*;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

/// The pieces of a table.
#[pyclass(frozen, module = "pullquote")]
pub struct Tables {
    scan: Arc<Mutex<Scan>>,
    table: table::Table,
    n_threads: Option<NonZeroUsize>,
}

impl Tables {
    /// The pieces of `table` that `scan` gives.
    pub fn new(scan: Scan, table: table::Table, n_threads: Option<NonZeroUsize>) -> Self {
        Self { scan: Arc::new(Mutex::new(scan)), table, n_threads }
    }
}

#[pymethods]
impl Tables {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> Out<Option<Table>> {
        let pool = pool(self.n_threads).map_err(|e| raise(py, &e))?;
        let scan = Arc::clone(&self.scan);
        let Some(control) = scan.try_lock().ok().map(|scan| scan.control()) else {
            let problem = "the pieces of one scan are being read elsewhere: read them in one thread";
            return Err(named(py, "InputError", problem));
        };
        let next = move || scan.lock().unwrap_or_else(PoisonError::into_inner).next(&pool).transpose();
        let Some(batches) = run(py, &control, Progress::Silent, next)? else { return Ok(None) };
        Ok(batches
            .into_iter()
            .find(|(name, _)| *name == self.table)
            .map(|(name, batch)| Table::new(name.name(), batch.schema(), vec![batch])))
    }
}
