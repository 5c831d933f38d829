//! Columns in memory in, tables out: rows are parsed in parallel, results keep their order.

use super::builders::{Bad, Batches, Builders};
use super::column::{IdColumn, TextColumn};
use super::schema::{IdType, Table};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::pipeline::{Input, Pipeline};
use crate::pool::Control;
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::atomic::Ordering;

/// Text that one task parses, at least and at most: enough to keep each stage busy for a while, little enough to share
/// all of it out evenly among many threads.
const TASK_BYTES: [usize; 2] = [64 << 10, 256 << 10];
/// So many tasks, where their size allows.
const TASKS: usize = 12;

/// Some rows of the input.
pub struct Chunk {
    /// The texts; a null gives an article with nothing in it.
    pub texts: TextColumn,
    /// The ids; the number of the row where there are none.
    pub ids: Option<IdColumn>,
    /// The headlines, where they stand apart.
    pub headlines: Option<TextColumn>,
    /// The dates of publication.
    pub dates: Option<TextColumn>,
    /// The number of its first row.
    pub first: i64,
}

impl Chunk {
    fn input(&self, row: usize) -> Input<'_> {
        let value = |column: &'_ Option<TextColumn>| -> Option<Cow<'_, str>> {
            column.as_ref().and_then(|c| c.get(row)).map(|s| Cow::Owned(s.to_owned()))
        };
        let text = Cow::Borrowed(self.texts.get(row).unwrap_or_default());
        Input { text, id: self.id(row), headline: value(&self.headlines), date: value(&self.dates) }
    }

    /// The id of a row: the number of the row where there is no column of ids.
    pub(crate) fn id(&self, row: usize) -> Option<ArticleId<'_>> {
        match &self.ids {
            Some(ids) => ids.get(row),
            None => Some(ArticleId::Int(self.number(row))),
        }
    }

    /// The bytes of a row's text; rows without text cost something too.
    fn cost(&self, row: usize) -> usize {
        self.texts.get(row).map_or(0, str::len) + 64
    }

    fn number(&self, row: usize) -> i64 {
        self.first + row as i64
    }

    /// Ranges of rows with about so many bytes of text.
    pub(crate) fn tasks(&self, size: usize) -> impl Iterator<Item = (&Self, Range<usize>)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let mut bytes = 0;
            while next < self.texts.len() && bytes < size {
                bytes += self.cost(next);
                next += 1;
            }
            (start < next).then_some((self, start..next))
        })
    }
}

/// Parses all rows and gives the wanted tables, in pieces, in order. Runs in the thread pool it is called in.
///
/// # Errors
/// [`Error::Interrupted`] where `control` says so. A bad article is a row of the table of errors.
pub fn extract(pipeline: &Pipeline, chunks: &[Chunk], tables: &[Table], control: &Control) -> Result<Vec<Batches>> {
    let id = chunks.iter().find_map(|c| c.ids.as_ref()).map_or(IdType::Int, IdColumn::id_type);
    tasks(chunks)
        .into_par_iter()
        .with_max_len(1)
        .map(|(chunk, rows)| {
            let mut builders = Builders::new(tables, id);
            parse_rows(pipeline, chunk, rows, &mut builders, control)?;
            builders.finish()
        })
        .collect()
}

/// All rows, in tasks whose size depends on the input alone, so that the batches of the tables do too.
fn tasks(chunks: &[Chunk]) -> Vec<(&Chunk, Range<usize>)> {
    let bytes: usize = chunks.iter().flat_map(|c| (0..c.texts.len()).map(|row| c.cost(row))).sum();
    let [least, most] = TASK_BYTES;
    let size = (bytes / TASKS).clamp(least, most);
    chunks.iter().flat_map(|c| c.tasks(size)).collect()
}

fn parse_rows(
    pipeline: &Pipeline,
    chunk: &Chunk,
    rows: Range<usize>,
    builders: &mut Builders,
    control: &Control,
) -> Result<()> {
    let inputs = rows.clone().map(|row| chunk.input(row)).collect();
    for (row, parsed) in rows.zip(pipeline.parse_batch(inputs, builders.depth(), control)?) {
        if let Err(error) = parsed.and_then(|article| builders.push(&article)) {
            let id = chunk.id(row).map(ArticleId::into_owned);
            builders.push_error(&Bad { id, file: None, row: Some(chunk.number(row)), error: Error::to_string(&error) });
            control.errors.fetch_add(1, Ordering::Relaxed);
        }
        control.articles.fetch_add(1, Ordering::Relaxed);
        control.bytes.fetch_add(chunk.texts.get(row).map_or(0, str::len) as u64, Ordering::Relaxed);
    }
    Ok(())
}
