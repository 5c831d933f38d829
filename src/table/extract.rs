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

/// Text that one task parses: enough to make the task worth its while, little enough to share out evenly.
const TASK_BYTES: usize = 64 << 10;

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

    fn number(&self, row: usize) -> i64 {
        self.first + row as i64
    }

    /// Ranges of rows with about [`TASK_BYTES`] of text.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = (&Self, Range<usize>)> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let start = next;
            let mut bytes = 0;
            while next < self.texts.len() && bytes < TASK_BYTES {
                // Rows without text cost something too.
                bytes += self.texts.get(next).map_or(0, str::len) + 64;
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
    let tasks: Vec<_> = chunks.iter().flat_map(Chunk::tasks).collect();
    tasks
        .into_par_iter()
        .with_max_len(1)
        .map(|(chunk, rows)| {
            let mut builders = Builders::new(tables, id);
            for row in rows {
                control.check()?;
                parse_row(pipeline, chunk, row, &mut builders, control);
            }
            builders.finish()
        })
        .collect()
}

fn parse_row(pipeline: &Pipeline, chunk: &Chunk, row: usize, builders: &mut Builders, control: &Control) {
    let input = chunk.input(row);
    let bytes = input.text.len() as u64;
    let parsed = pipeline.parse_guarded(input, builders.depth());
    if let Err(error) = parsed.and_then(|article| builders.push(&article)) {
        let id = chunk.input(row).id.map(ArticleId::into_owned);
        builders.push_error(&Bad { id, file: None, row: Some(chunk.number(row)), error: Error::to_string(&error) });
        control.errors.fetch_add(1, Ordering::Relaxed);
    }
    control.articles.fetch_add(1, Ordering::Relaxed);
    control.bytes.fetch_add(bytes, Ordering::Relaxed);
}
