//! Columns of texts in, one table of hits out, in the order of the texts.

use super::columns::{Columns, problem};
use super::matcher::Search;
use super::records::Brief;
use super::view::LayerView;
use super::{Fuzzy, Gazetteer, Hit, HitRef, Mode, Named, Scratch};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::span::{CharSpan, Span};
use crate::table::{Chunk, IdColumn, IdType};
use crate::text::{Offsets, Token, tokenize_into};
use arrow::array::{ArrayRef, Int64Builder, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Text that one task matches: enough to be worth its while, little enough to share out evenly.
const TASK_BYTES: usize = 256 << 10;

/// What is matched with, and how.
pub struct Matching<'g> {
    /// The aliases.
    pub gazetteer: &'g Gazetteer,
    /// Their index for approximate matching, where that is wanted; the mode is [`Mode::Longest`] then.
    pub fuzzy: Option<&'g Fuzzy>,
    /// What becomes of aliases that overlap.
    pub mode: Mode,
}

/// The table's columns: `article_id`, `start` and `end` in code points, the `alias` as the user gave it, `kb_id` and `type`
/// of the likeliest entity, how many entities have the alias, whether it is `weak`, and the `score`.
pub fn schema(id: IdType) -> SchemaRef {
    let id = match id {
        IdType::Int => DataType::Int64,
        IdType::Str => DataType::Utf8,
    };
    Arc::new(Schema::new(vec![
        Field::new("article_id", id, true),
        Field::new("start", DataType::Int32, false),
        Field::new("end", DataType::Int32, false),
        Field::new("alias", DataType::Utf8, false),
        Field::new("kb_id", DataType::Utf8, false),
        Field::new("type", DataType::Utf8, true),
        Field::new("n_entities", DataType::Int32, false),
        Field::new("weak", DataType::Boolean, false),
        Field::new("score", DataType::Float32, false),
    ]))
}

impl<'g> Matching<'g> {
    /// Matches all rows. Runs in the thread pool it is called in; the result does not depend on its size.
    ///
    /// # Errors
    /// [`Error::Interrupted`] where `control` says so, [`Error::TooLong`] for a text beyond the offsets of the table,
    /// [`Error::Input`] if the gazetteer's file is damaged.
    pub fn table(&self, chunks: &[Chunk], control: &Control) -> Result<Vec<RecordBatch>> {
        let id = chunks.iter().find_map(|c| c.ids.as_ref()).map_or(IdType::Int, IdColumn::id_type);
        let tasks: Vec<_> = chunks.iter().flat_map(|c| c.tasks(TASK_BYTES)).collect();
        let batches: Result<Vec<_>> = tasks
            .into_par_iter()
            .with_max_len(1)
            .map_init(
                || Buffers::new(self.gazetteer),
                |buffers, (chunk, rows)| {
                    buffers.columns.clear();
                    let mut runs = Vec::with_capacity(rows.len());
                    for row in rows {
                        control.check()?;
                        let text = chunk.texts.get(row).unwrap_or_default();
                        let count = self.text(text, buffers)?;
                        if count > 0 {
                            runs.push(Run { id: chunk.id(row), count });
                        }
                        control.articles.fetch_add(1, Ordering::Relaxed);
                        control.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
                    }
                    buffers.batch(id, &runs)
                },
            )
            .collect();
        let batches = batches?;
        self.gazetteer.intact()?;
        Ok(batches)
    }

    /// Adds the text's rows, and says how many they are.
    fn text(&self, text: &str, buffers: &mut Buffers<'g>) -> Result<usize> {
        if text.len() > i32::MAX as usize {
            return Err(Error::TooLong { bytes: text.len() });
        }
        let tokens = tokenize_into(text, std::mem::take(&mut buffers.tokens));
        let Buffers { layers, columns, scratch, .. } = buffers;
        let first = columns.spans.len();
        if let Some(fuzzy) = self.fuzzy {
            for Hit { span, records, alias, weak, score, .. } in fuzzy.matches(&tokens)? {
                let reader = records.first().and_then(|&record| self.gazetteer.reader(record));
                let brief = reader.and_then(|reader| reader.brief_bytes(u32::from(alias)));
                columns.push(bytes(span), brief, records.len(), weak, score);
            }
        } else {
            Search { layers, tokens: &tokens }.run(self.mode, scratch, |HitRef { span, named, .. }| {
                let brief = named.first().and_then(|first| brief(layers, first));
                columns.push(bytes(span), brief, named.len(), named.iter().all(|n| n.weak), 1.0);
            });
        }
        buffers.tokens = tokens.list;
        let found = &mut buffers.columns.spans[first..];
        if !found.is_empty() && !text.is_ascii() {
            let offsets = Offsets::new(text);
            for span in &mut *found {
                *span = offsets.chars(Span { start: span.start, end: span.end });
            }
        }
        Ok(found.len())
    }
}

/// A span whose bytes become code points once the text's hits are all found.
fn bytes(span: Span) -> CharSpan {
    CharSpan { start: span.start, end: span.end }
}

/// What one text leaves for the next.
struct Buffers<'g> {
    layers: Vec<LayerView<'g>>,
    tokens: Vec<Token>,
    scratch: Scratch,
    columns: Columns,
}

impl<'g> Buffers<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        let (scratch, columns) = (Scratch::default(), Columns::default());
        Self { layers: gazetteer.layer_views(), tokens: Vec::new(), scratch, columns }
    }

    /// The rows as a table; `runs` say whose they are.
    fn batch(&self, id: IdType, runs: &[Run<'_>]) -> Result<RecordBatch> {
        let count = self.columns.spans.len();
        let ids = match id {
            IdType::Int => numbers(runs, count),
            IdType::Str => keys(runs, count),
        };
        let columns = std::iter::once(ids).chain(self.columns.arrays()?).collect();
        RecordBatch::try_new(schema(id), columns).map_err(|e| problem(e.to_string()))
    }
}

/// Rows of one text.
struct Run<'c> {
    id: Option<ArticleId<'c>>,
    count: usize,
}

/// What the table says of a record that was just found: while it is at hand.
fn brief<'g>(layers: &[LayerView<'g>], named: &Named) -> Option<Brief<&'g [u8]>> {
    let layer = layers.iter().rev().find(|layer| layer.first <= named.record)?;
    layer.view.record_at(named.at)?.brief_bytes(u32::from(named.alias))
}

fn numbers(runs: &[Run<'_>], count: usize) -> ArrayRef {
    let mut column = Int64Builder::with_capacity(count);
    for run in runs {
        match run.id {
            Some(ArticleId::Int(id)) => column.append_value_n(id, run.count),
            _ => column.append_nulls(run.count),
        }
    }
    Arc::new(column.finish())
}

fn keys(runs: &[Run<'_>], count: usize) -> ArrayRef {
    let key = |run: &Run<'_>| match &run.id {
        Some(ArticleId::Str(id)) => id.len(),
        _ => 0,
    };
    let mut column = StringBuilder::with_capacity(count, runs.iter().map(|run| key(run) * run.count).sum());
    for run in runs {
        match &run.id {
            Some(ArticleId::Str(id)) => column.append_value_n(id, run.count),
            _ => column.append_nulls(run.count),
        }
    }
    Arc::new(column.finish())
}
