//! Columns of texts in, one table of hits out, in the order of the texts.

use super::matcher::Search;
use super::records::Brief;
use super::view::LayerView;
use super::{Fuzzy, Gazetteer, Hit, HitRef, Mode, Named, Scratch};
use crate::article::{ArticleId, EntityType};
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::span::{CharSpan, Span};
use crate::table::{Chunk, IdColumn, IdType};
use crate::text::{Offsets, Token, tokenize_into};
use arrow::array::{ArrayRef, BooleanArray, Float32Array, Int32Array, Int64Builder, StringBuilder};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Text that one task matches: enough to be worth its while, little enough to share out evenly.
const TASK_BYTES: usize = 64 << 10;

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
                    buffers.rows.clear();
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
        let Buffers { layers, rows, scratch, .. } = buffers;
        let first = rows.len();
        if let Some(fuzzy) = self.fuzzy {
            for Hit { span, records, alias, weak, score, .. } in fuzzy.matches(&tokens)? {
                let reader = records.first().and_then(|&record| self.gazetteer.reader(record));
                let brief = reader.and_then(|reader| reader.brief(u32::from(alias)));
                rows.push(Row { span: bytes(span), brief, entities: records.len() as i32, weak, score });
            }
        } else {
            Search { layers, tokens: &tokens }.run(self.mode, scratch, |HitRef { span, named, .. }| {
                let brief = named.first().and_then(|first| brief(layers, first));
                let (entities, weak) = (named.len() as i32, named.iter().all(|n| n.weak));
                rows.push(Row { span: bytes(span), brief, entities, weak, score: 1.0 });
            });
        }
        buffers.tokens = tokens.list;
        let found = &mut buffers.rows[first..];
        if !found.is_empty() && !text.is_ascii() {
            let offsets = Offsets::new(text);
            for row in &mut *found {
                row.span = offsets.chars(Span { start: row.span.start, end: row.span.end });
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
    rows: Vec<Row<'g>>,
}

impl<'g> Buffers<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { layers: gazetteer.layer_views(), tokens: Vec::new(), scratch: Scratch::default(), rows: Vec::new() }
    }

    /// The rows as a table; `runs` say whose they are.
    fn batch(&self, id: IdType, runs: &[Run<'_>]) -> Result<RecordBatch> {
        let rows = &self.rows;
        let briefs = rows.iter().map(|row| row.brief);
        let columns: Vec<ArrayRef> = vec![
            match id {
                IdType::Int => numbers(runs, rows.len()),
                IdType::Str => keys(runs, rows.len()),
            },
            Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.span.start as i32))),
            Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.span.end as i32))),
            strings(briefs.clone().map(|brief| Some(brief.map_or("", |b| b.alias)))),
            strings(briefs.clone().map(|brief| Some(brief.map_or("", |b| b.id)))),
            strings(briefs.map(|brief| brief.and_then(|b| b.kind).map(EntityType::name))),
            Arc::new(Int32Array::from_iter_values(rows.iter().map(|row| row.entities))),
            Arc::new(BooleanArray::from(BooleanBuffer::collect_bool(rows.len(), |i| rows[i].weak))),
            Arc::new(Float32Array::from_iter_values(rows.iter().map(|row| row.score))),
        ];
        let problem =
            |e: arrow::error::ArrowError| Error::Input { place: "table of matches".to_owned(), problem: e.to_string() };
        RecordBatch::try_new(schema(id), columns).map_err(problem)
    }
}

/// Rows of one text.
struct Run<'c> {
    id: Option<ArticleId<'c>>,
    count: usize,
}

/// A row of the table, but for its id.
struct Row<'g> {
    /// Bytes, then code points.
    span: CharSpan,
    /// What there is to say of the likeliest entity. Nothing but damage hides it; that ends in an error.
    brief: Option<Brief<'g>>,
    entities: i32,
    weak: bool,
    score: f32,
}

/// What the table says of a record that was just found: while it is at hand.
fn brief<'g>(layers: &[LayerView<'g>], named: &Named) -> Option<Brief<'g>> {
    let layer = layers.iter().rev().find(|layer| layer.first <= named.record)?;
    layer.view.record_at(named.at)?.brief(u32::from(named.alias))
}

/// A column with just the room that it takes: what is left over would be kept as long as the table.
fn strings<'s>(values: impl Iterator<Item = Option<&'s str>> + Clone) -> ArrayRef {
    let (count, bytes) = values.clone().fold((0, 0), |(n, bytes), v| (n + 1, bytes + v.map_or(0, str::len)));
    let mut column = StringBuilder::with_capacity(count, bytes);
    values.for_each(|value| column.append_option(value));
    Arc::new(column.finish())
}

fn numbers(runs: &[Run<'_>], count: usize) -> ArrayRef {
    let mut column = Int64Builder::with_capacity(count);
    for run in runs {
        match run.id {
            Some(ArticleId::Int(id)) => (0..run.count).for_each(|_| column.append_value(id)),
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
