//! Files in, the tables of one batch after the other out: a job without a folder.

use super::batches::{Batch, Reader};
use super::job::Job;
use super::readers::Source;
use super::work::{Ids, Work};
use crate::error::{Error, Result};
use crate::guard;
use crate::pipeline::Pipeline;
use crate::pool::Control;
use crate::table::{Batches, Builders};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::JoinHandle;

/// The tables of a job, in pieces, in order; as many batches as there are threads are parsed at once.
pub struct Scan {
    job: Job,
    pipeline: Pipeline,
    control: Arc<Control>,
    batches: Receiver<Batch>,
    reading: Option<JoinHandle<Result<Ids>>>,
    work: Option<Work>,
    ready: VecDeque<Result<Batches>>,
}

impl Scan {
    /// Begins to read.
    pub fn new(job: Job, sources: Vec<Source>, pipeline: Pipeline) -> Self {
        let control = Arc::new(Control::default());
        let (sender, batches) = sync_channel(2);
        let reader = Reader::new(job.reading(&control), job.shard, 0, sender);
        let reading = Some(std::thread::spawn(move || reader.read(&sources)));
        Self { job, pipeline, control, batches, reading, work: None, ready: VecDeque::new() }
    }

    /// What stops it.
    pub fn control(&self) -> Arc<Control> {
        Arc::clone(&self.control)
    }

    /// The next piece; at least one comes, with no rows where the input has none.
    pub fn next(&mut self, pool: &ThreadPool) -> Option<Result<Batches>> {
        if self.ready.is_empty() && self.reading.is_some() {
            self.fill(pool);
        }
        self.ready.pop_front()
    }

    fn fill(&mut self, pool: &ThreadPool) {
        let batches: Vec<Batch> = self.batches.iter().take(pool.current_num_threads()).collect();
        if let Some(first) = batches.first() {
            let work = self.work.get_or_insert_with(|| self.job.work(&self.pipeline, first.ids));
            let parse = |batch: Batch| {
                let done = catch_unwind(AssertUnwindSafe(|| work.batch(batch.items, &self.control)));
                let done = done.unwrap_or_else(|cause| Err(Error::Panic(guard::message(cause.as_ref()))));
                done.map(|done| done.tables)
            };
            let parsed: Vec<Result<Batches>> = pool.install(|| batches.into_par_iter().map(parse).collect());
            self.ready.extend(parsed);
            return;
        }
        let Some(reading) = self.reading.take() else { return };
        match reading.join().unwrap_or_else(|cause| Err(Error::Panic(guard::message(cause.as_ref())))) {
            Ok(_) if self.work.is_some() => {}
            Ok(ids) => self.ready.push_back(Builders::new(&self.job.tables, self.job.id_type(ids)).finish()),
            Err(error) => self.ready.push_back(Err(error)),
        }
    }
}
