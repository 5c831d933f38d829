//! Columns of texts in, one table of hits out, in the order of the texts.

use super::matcher::Search;
use super::records::Reader;
use super::view::LayerView;
use super::{Fuzzy, Gazetteer, Hit, HitRef, Mode, Named, Scratch};
use crate::article::{ArticleId, EntityType};
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::span::{CharSpan, Span};
use crate::table::{Chunk, IdColumn, IdType};
use crate::text::{Offsets, Token, tokenize_into};
use arrow::array::{ArrayRef, BooleanArray, Float32Array, Int32Array, Int64Builder, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Records that are asked for at a time.
const HANDFUL: usize = 64;

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

impl Matching<'_> {
    /// Matches all rows. Runs in the thread pool it is called in; the result does not depend on its size.
    ///
    /// # Errors
    /// [`Error::Interrupted`] where `control` says so, [`Error::TooLong`] for a text beyond the offsets of the table,
    /// [`Error::Input`] if the gazetteer's file is damaged.
    pub fn table(&self, chunks: &[Chunk], control: &Control) -> Result<Vec<RecordBatch>> {
        let id = chunks.iter().find_map(|c| c.ids.as_ref()).map_or(IdType::Int, IdColumn::id_type);
        let tasks: Vec<_> = chunks.iter().flat_map(Chunk::tasks).collect();
        let batches: Result<Vec<_>> = tasks
            .into_par_iter()
            .with_max_len(1)
            .map_init(
                || Buffers::new(self.gazetteer),
                |buffers, (chunk, rows)| {
                    let mut hits = Hits::new(id);
                    for row in rows {
                        control.check()?;
                        let text = chunk.texts.get(row).unwrap_or_default();
                        self.text(text, || chunk.id(row), buffers, &mut hits)?;
                        control.articles.fetch_add(1, Ordering::Relaxed);
                        control.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
                    }
                    hits.finish(self.gazetteer, id)
                },
            )
            .collect();
        let batches = batches?;
        self.gazetteer.intact()?;
        Ok(batches)
    }

    fn text<'i>(
        &self,
        text: &str,
        id: impl FnOnce() -> Option<ArticleId<'i>>,
        buffers: &mut Buffers<'_>,
        hits: &mut Hits,
    ) -> Result<()> {
        if text.len() > i32::MAX as usize {
            return Err(Error::TooLong { bytes: text.len() });
        }
        let tokens = tokenize_into(text, std::mem::take(&mut buffers.tokens));
        let first = hits.rows.len();
        if let Some(fuzzy) = self.fuzzy {
            for Hit { span, records, alias, weak, score, .. } in fuzzy.matches(&tokens)? {
                let (entities, record) = (records.len() as i32, records.first().copied().unwrap_or_default());
                hits.rows.push(Row { span: bytes(span), record, alias, entities, weak, score });
            }
        } else {
            let search = Search { layers: &buffers.layers, tokens: &tokens };
            search.run(self.mode, &mut buffers.scratch, |HitRef { span, named, .. }| {
                let Some(&Named { record, alias, .. }) = named.first() else { return };
                let (entities, weak) = (named.len() as i32, named.iter().all(|n| n.weak));
                hits.rows.push(Row { span: bytes(span), record, alias, entities, weak, score: 1.0 });
            });
        }
        buffers.tokens = tokens.list;
        if hits.rows.len() > first {
            hits.place(first, &Offsets::new(text), id().as_ref());
        }
        Ok(())
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
}

impl<'g> Buffers<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        Self { layers: gazetteer.layer_views(), tokens: Vec::new(), scratch: Scratch::default() }
    }
}

enum Ids {
    Int(Int64Builder),
    Str(StringBuilder),
}

/// A row of the table, but for its id and its texts.
struct Row {
    /// Bytes, then code points.
    span: CharSpan,
    /// The likeliest one.
    record: u32,
    alias: u16,
    entities: i32,
    weak: bool,
    score: f32,
}

/// Rows of the table.
struct Hits {
    ids: Ids,
    rows: Vec<Row>,
}

impl Hits {
    fn new(id: IdType) -> Self {
        let ids = match id {
            IdType::Int => Ids::Int(Int64Builder::new()),
            IdType::Str => Ids::Str(StringBuilder::new()),
        };
        Self { ids, rows: Vec::new() }
    }

    /// Gives the rows from `first` on their id, and their offsets in code points.
    fn place(&mut self, first: usize, offsets: &Offsets<'_>, id: Option<&ArticleId<'_>>) {
        for row in &mut self.rows[first..] {
            row.span = offsets.chars(Span { start: row.span.start, end: row.span.end });
            match (&mut self.ids, id) {
                (Ids::Int(ids), Some(ArticleId::Int(id))) => ids.append_value(*id),
                (Ids::Str(ids), Some(ArticleId::Str(id))) => ids.append_value(id),
                (Ids::Int(ids), _) => ids.append_null(),
                (Ids::Str(ids), _) => ids.append_null(),
            }
        }
    }

    fn finish(mut self, gazetteer: &Gazetteer, id: IdType) -> Result<RecordBatch> {
        let count = self.rows.len();
        let strings = |bytes| StringBuilder::with_capacity(count, count * bytes);
        let (mut aliases, mut kb_ids, mut types) = (strings(16), strings(16), strings(8));
        let reader = gazetteer.readers();
        for rows in self.rows.chunks(HANDFUL) {
            // Records lie far apart: these reads do not wait for one another, as those below would.
            let mut readers = [None; HANDFUL];
            for (slot, row) in readers.iter_mut().zip(rows) {
                *slot = reader(row.record).inspect(Reader::ask);
            }
            for (reader, row) in readers.iter().zip(rows) {
                // Nothing but damage hides a record; it ends in an error.
                let brief = reader.and_then(|reader| reader.brief(u32::from(row.alias)));
                aliases.append_value(brief.map_or("", |b| b.alias));
                kb_ids.append_value(brief.map_or("", |b| b.id));
                types.append_option(brief.and_then(|b| b.kind).map(EntityType::name));
            }
        }
        let ids: ArrayRef = match &mut self.ids {
            Ids::Int(ids) => Arc::new(ids.finish()),
            Ids::Str(ids) => Arc::new(ids.finish()),
        };
        let columns: Vec<ArrayRef> = vec![
            ids,
            Arc::new(Int32Array::from_iter_values(self.rows.iter().map(|row| row.span.start as i32))),
            Arc::new(Int32Array::from_iter_values(self.rows.iter().map(|row| row.span.end as i32))),
            Arc::new(aliases.finish()),
            Arc::new(kb_ids.finish()),
            Arc::new(types.finish()),
            Arc::new(Int32Array::from_iter_values(self.rows.iter().map(|row| row.entities))),
            Arc::new(self.rows.iter().map(|row| Some(row.weak)).collect::<BooleanArray>()),
            Arc::new(Float32Array::from_iter_values(self.rows.iter().map(|row| row.score))),
        ];
        let problem =
            |e: arrow::error::ArrowError| Error::Input { place: "table of matches".to_owned(), problem: e.to_string() };
        RecordBatch::try_new(schema(id), columns).map_err(problem)
    }
}
