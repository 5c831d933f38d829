//! Files in, parts of tables out: one thread reads, the pool parses, one thread writes, and a few batches are between.

use super::batches::{Batch, Reader};
use super::columns::Columns;
use super::format::Format;
use super::lock::Lock;
use super::manifest::{self, Manifest};
use super::readers::{self, Outside, Reading, Source};
use super::work::{Done, Ids, Work};
use super::write::{self, Part};
use crate::error::{Error, Result};
use crate::guard;
use crate::pipeline::Pipeline;
use crate::pool::Control;
use crate::table::{IdType, Table};
use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel, sync_channel};
use std::time::Duration;

/// Batches in one part.
const PART_BATCHES: u64 = 128;
/// Rows beyond this many bytes are bad where the user names no other limit.
pub const MAX_ROW_BYTES: usize = 128 << 20;
/// How often a job without input looks whether it shall stop.
const TICK: Duration = Duration::from_millis(50);

/// A run from files to files.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// Files, folders, patterns, `-`.
    pub inputs: Vec<String>,
    /// The folder of the results.
    pub out: PathBuf,
    /// The names of the columns.
    pub columns: Columns,
    /// The tables that are written.
    pub tables: Vec<Table>,
    /// How they are written.
    pub format: Format,
    /// Which share of the batches is this run's: `(i, n)`, counted from 0.
    pub shard: (u32, u32),
    /// Whether to go on where an earlier run of the same job stopped.
    pub resume: bool,
    /// How many errors stop the job.
    pub max_errors: Option<u64>,
    /// Whether a row may hold several articles: the parts of row `id` are `id#1`, `id#2`, …
    pub split: bool,
    /// Rows of more bytes than this are bad; [`MAX_ROW_BYTES`] where none is given.
    pub max_row_bytes: Option<usize>,
    /// Reads the formats that the core does not.
    pub outside: Option<Outside>,
    /// What the results depend on beside this: the pipeline's options.
    pub configuration: String,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows read, earlier runs of the same job among them.
    pub articles: u64,
    /// Rows that became errors.
    pub errors: u64,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
    /// How many parts there are.
    pub parts: u64,
}

impl Job {
    /// The files that the inputs mean.
    ///
    /// # Errors
    /// An input that is not there, or of no known format.
    pub fn sources(&self) -> Result<Vec<Source>> {
        readers::sources(&self.inputs)
    }

    /// Runs it over its [`Job::sources`]; the calling thread writes.
    ///
    /// # Errors
    /// Inputs that cannot be read, a folder that cannot be written or that another run writes to, too many errors, an
    /// interruption. Parts that were finished before stay good.
    pub fn run(
        &self,
        sources: Vec<Source>,
        pipeline: &Pipeline,
        pool: &ThreadPool,
        control: &Arc<Control>,
    ) -> Result<Report> {
        let (i, n) = self.shard;
        if n == 0 || i >= n {
            let expected = "i/n with i from 0 to n - 1";
            return Err(Error::Option { option: "shard", expected, found: format!("{i}/{n}") });
        }
        std::fs::create_dir_all(&self.out)
            .map_err(|source| Error::File { path: self.out.display().to_string(), source })?;
        let _lock = Lock::take(&self.out, self.shard)?;
        let path = Manifest::path(&self.out, self.shard);
        let manifest = Manifest::resume(&self.out, self.shard, self.manifest(&sources), self.resume)?;
        if manifest.complete {
            return Ok(report(&manifest));
        }
        if manifest.parts.is_empty() {
            write::clear(&self.out, &self.prefix())?;
            manifest.save(&path)?;
        }
        let (sender, batches) = sync_channel(2);
        let skip = manifest.parts.iter().map(|p| p.batches).sum();
        let reader = Reader::new(self.reading(control), self.shard, skip, sender);
        let reading = std::thread::spawn(move || reader.read(&sources));
        let limit = 2 * pool.current_num_threads() + 2;
        let errors = manifest.parts.iter().map(|p| p.errors).sum();
        let mut writer = Writer { job: self, path, manifest, open: None, errors };
        let ended = parse_all(pipeline, self, pool, control, &batches, limit, &mut writer);
        // The reading thread ends when nobody takes its batches any more.
        drop(batches);
        if control.check().is_err() {
            // It may wait for input that never comes: it is left to itself.
            writer.abandon();
            return Err(Error::Interrupted);
        }
        let read = reading.join().unwrap_or_else(|cause| Err(Error::Panic(guard::message(cause.as_ref()))));
        match ended.and(read) {
            Ok(ids) => writer.finish(ids),
            Err(error) => {
                writer.abandon();
                Err(error)
            }
        }
    }

    /// What the names of its parts begin with.
    fn prefix(&self) -> String {
        match self.shard {
            (_, 1) => "part-".to_owned(),
            (i, n) => format!("part-{i}of{n}-"),
        }
    }

    /// A manifest of nothing finished, with everything that the parts depend on.
    fn manifest(&self, sources: &[Source]) -> Manifest {
        let inputs = sources.iter().map(|s| manifest::Input { file: s.name(), bytes: s.bytes });
        let tables: Vec<&str> = self.tables.iter().map(|t| t.name()).collect();
        let Columns { text, id, headline, date } = &self.columns;
        let configuration = format!(
            "{} columns={:?} tables={} format={} max_row_bytes={} split={}",
            self.configuration,
            [text, id, headline, date].map(|c| c.as_deref().unwrap_or("")),
            tables.join(","),
            self.format.name(),
            self.max_row_bytes(),
            self.split
        );
        Manifest::new(configuration, inputs.collect())
    }

    /// How its files are read.
    pub(super) fn reading(&self, control: &Arc<Control>) -> Reading {
        Reading {
            columns: self.columns.clone(),
            max_row_bytes: self.max_row_bytes(),
            outside: self.outside.clone(),
            control: Arc::clone(control),
        }
    }

    fn max_row_bytes(&self) -> usize {
        self.max_row_bytes.unwrap_or(MAX_ROW_BYTES)
    }
}

fn report(manifest: &Manifest) -> Report {
    let mut report = Report { parts: manifest.parts.len() as u64, ..Report::default() };
    for part in &manifest.parts {
        report.articles += part.articles;
        report.errors += part.errors;
        for (table, rows) in &part.rows {
            *report.rows.entry(table.clone()).or_default() += rows;
        }
    }
    report
}

/// Hands batches to the pool and their results, in order, to the writer; at most `limit` are under way.
fn parse_all(
    pipeline: &Pipeline,
    job: &Job,
    pool: &ThreadPool,
    control: &Arc<Control>,
    batches: &Receiver<Batch>,
    limit: usize,
    writer: &mut Writer<'_>,
) -> Result<()> {
    let (sender, results) = channel();
    let mut work: Option<Arc<Work>> = None;
    let mut waiting: BTreeMap<u64, Result<Done>> = BTreeMap::new();
    let (mut under_way, mut next, mut more) = (0, None, true);
    while more || under_way > 0 {
        control.check()?;
        while more && under_way < limit {
            let batch = match (under_way, batches.try_recv()) {
                (_, Ok(batch)) => batch,
                (0, Err(TryRecvError::Empty)) => match batches.recv_timeout(TICK) {
                    Ok(batch) => batch,
                    Err(_) => break,
                },
                (_, Err(TryRecvError::Empty)) => break,
                (_, Err(TryRecvError::Disconnected)) => {
                    more = false;
                    break;
                }
            };
            let work = Arc::clone(work.get_or_insert_with(|| Arc::new(job.work(pipeline, batch.ids))));
            next.get_or_insert(batch.index);
            let (sender, control) = (sender.clone(), Arc::clone(control));
            pool.spawn(move || {
                let parse = AssertUnwindSafe(|| work.batch(batch.items, &control));
                let done = catch_unwind(parse).unwrap_or_else(|c| Err(Error::Panic(guard::message(c.as_ref()))));
                // Nobody listens once the job has failed.
                let _ = sender.send((batch.index, done));
            });
            under_way += 1;
        }
        if under_way == 0 {
            continue;
        }
        let Ok((index, done)) = results.recv() else { break };
        waiting.insert(index, done);
        while let Some(done) = next.and_then(|n| waiting.remove(&n)) {
            under_way -= 1;
            next = next.map(|n| n + 1);
            writer.write(&done?, work.as_ref().map_or(Ids::Row, |w| w.ids))?;
        }
    }
    Ok(())
}

impl Job {
    /// The type of the ids that it writes.
    pub(super) fn id_type(&self, ids: Ids) -> IdType {
        if self.split { IdType::Str } else { ids.id_type() }
    }

    /// What its tasks know.
    pub(super) fn work(&self, pipeline: &Pipeline, ids: Ids) -> Work {
        Work { pipeline: pipeline.clone(), tables: self.tables.clone(), format: self.format, ids, split: self.split }
    }
}

/// Writes parts and keeps the manifest.
struct Writer<'j> {
    job: &'j Job,
    path: PathBuf,
    manifest: Manifest,
    open: Option<(Part, manifest::Part)>,
    errors: u64,
}

impl Writer<'_> {
    fn part(&mut self, ids: Ids) -> Result<&mut (Part, manifest::Part)> {
        if self.open.is_none() {
            let name = format!("{}{:05}", self.job.prefix(), self.manifest.parts.len());
            let part = Part::create(&self.job.out, &name, self.job.format, &self.job.tables, self.job.id_type(ids))?;
            return Ok(self.open.insert((part, manifest::Part::default())));
        }
        self.open.as_mut().ok_or(Error::Interrupted)
    }

    fn write(&mut self, done: &Done, ids: Ids) -> Result<()> {
        self.errors += done.errors;
        if let (Some(allowed), Some(last)) = (self.job.max_errors, &done.last_error)
            && self.errors > allowed
        {
            return Err(Error::TooManyErrors { errors: self.errors, allowed, last: last.clone() });
        }
        let (part, counts) = self.part(ids)?;
        part.write(done)?;
        counts.batches += 1;
        counts.articles += done.articles;
        counts.errors += done.errors;
        for (table, batch) in &done.tables {
            *counts.rows.entry(table.name().to_owned()).or_default() += batch.num_rows() as u64;
        }
        if counts.batches == PART_BATCHES { self.close() } else { Ok(()) }
    }

    fn close(&mut self) -> Result<()> {
        if let Some((part, counts)) = self.open.take() {
            part.finish()?;
            self.manifest.parts.push(counts);
            self.manifest.save(&self.path)?;
        }
        Ok(())
    }

    fn finish(mut self, ids: Ids) -> Result<Report> {
        if self.manifest.parts.is_empty() {
            // An empty corpus gives empty tables, not none.
            self.part(ids)?;
        }
        self.close()?;
        self.manifest.complete = true;
        self.manifest.save(&self.path)?;
        Ok(report(&self.manifest))
    }

    fn abandon(self) {
        if let Some((part, _)) = self.open {
            part.abandon();
        }
    }
}
