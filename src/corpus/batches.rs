//! Sources in, numbered batches of rows out: what the reading thread does.

use super::readers::{Reading, Source};
use super::work::{Ids, Item};
use crate::error::{Error, Result};
use std::sync::mpsc::SyncSender;

/// A batch is closed at this much text or at this many rows. Batches depend on the input alone, so parts do too.
const BATCH_BYTES: usize = 1 << 20;
const BATCH_ROWS: usize = 4096;
/// A job ends when the rows of this many batches are all bad: the input is not what it seems.
const HOPELESS_BATCHES: usize = 16;

/// What the reading thread hands on.
pub struct Batch {
    /// Its number within the shard.
    pub index: u64,
    /// Where the ids come from; the same for all batches.
    pub ids: Ids,
    /// The rows.
    pub items: Vec<Item>,
}

/// The reading thread: cuts all rows into batches and sends those of its shard.
pub struct Reader {
    reading: Reading,
    shard: (u32, u32),
    /// Batches of this shard that earlier runs finished.
    skip: u64,
    one_input: bool,
    sender: SyncSender<Batch>,
    /// The kind of the ids: that of the first good row.
    ids: Option<Ids>,
    /// Batches that wait until the kind is known.
    held: Vec<(u64, Vec<Item>)>,
    number: u64,
    bytes: usize,
    items: Vec<Item>,
}

impl Reader {
    /// A reader for one shard, which sends to `sender`.
    pub fn new(reading: Reading, shard: (u32, u32), skip: u64, sender: SyncSender<Batch>) -> Self {
        let (ids, held, items) = (None, Vec::new(), Vec::new());
        Self { reading, shard, skip, one_input: true, sender, ids, held, number: 0, bytes: 0, items }
    }

    /// Reads everything and gives the kind of the ids.
    ///
    /// # Errors
    /// A file that cannot be read, or whose rows are all bad; an interruption.
    pub fn read(mut self, sources: &[Source]) -> Result<Ids> {
        self.one_input = sources.len() == 1;
        for source in sources {
            for item in self.reading.rows(source)? {
                self.reading.control.check()?;
                self.push(item?)?;
            }
        }
        self.ids.get_or_insert(Ids::Row);
        self.close()?;
        Ok(self.ids.unwrap_or(Ids::Row))
    }

    fn push(&mut self, item: Item) -> Result<()> {
        if let (None, Ok(row)) = (self.ids, &item) {
            self.ids = Some(Ids::of(row, self.one_input));
        }
        self.bytes += match &item {
            Ok(row) => row.text.as_ref().map_or(0, String::len),
            Err(bad) => bad.error.len(),
        };
        self.items.push(item);
        if self.bytes >= BATCH_BYTES || self.items.len() >= BATCH_ROWS { self.close() } else { Ok(()) }
    }

    /// Ends the batch, and sends it with those before it once the kind of the ids is known.
    fn close(&mut self) -> Result<()> {
        self.bytes = 0;
        if !self.items.is_empty() {
            self.held.push((self.number, std::mem::take(&mut self.items)));
            self.number += 1;
        }
        let Some(ids) = self.ids else { return self.check_hope() };
        for (number, items) in std::mem::take(&mut self.held) {
            self.send(number, ids, items)?;
        }
        Ok(())
    }

    fn check_hope(&self) -> Result<()> {
        let rows: usize = self.held.iter().map(|(_, items)| items.len()).sum();
        match self.held.last().and_then(|(_, items)| items.last()) {
            Some(Err(last)) if self.held.len() >= HOPELESS_BATCHES => Err(Error::Input {
                place: last.file.clone().unwrap_or_default(),
                problem: format!("the first {rows} rows are all bad; the last: {}", last.error),
            }),
            _ => Ok(()),
        }
    }

    fn send(&self, number: u64, ids: Ids, items: Vec<Item>) -> Result<()> {
        let (i, n) = self.shard;
        if number % u64::from(n) != u64::from(i) {
            return Ok(());
        }
        let index = number / u64::from(n);
        if index < self.skip {
            return Ok(());
        }
        // Nobody listens: the other side failed and says why.
        self.sender.send(Batch { index, ids, items }).map_err(|_| Error::Interrupted)
    }
}
