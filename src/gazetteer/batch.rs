//! Columns of texts in, one table of hits out, in the order of the texts.

use super::{Fuzzy, Gazetteer, Hit, HitRef, Mode, Scratch};
use crate::article::{ArticleId, EntityType};
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::span::Span;
use crate::table::{Chunk, IdColumn, IdType};
use crate::text::{Offsets, tokenize};
use arrow::array::{ArrayRef, BooleanBuilder, Float32Builder, Int32Array, Int32Builder, Int64Builder, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;

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
            .map_init(Scratch::default, |scratch, (chunk, rows)| {
                let mut hits = Hits::new(id);
                for row in rows {
                    control.check()?;
                    let text = chunk.texts.get(row).unwrap_or_default();
                    self.text(text, || chunk.id(row), scratch, &mut hits)?;
                    control.articles.fetch_add(1, Ordering::Relaxed);
                    control.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
                }
                hits.finish(id)
            })
            .collect();
        let batches = batches?;
        self.gazetteer.intact()?;
        Ok(batches)
    }

    fn text<'i>(
        &self,
        text: &str,
        id: impl FnOnce() -> Option<ArticleId<'i>>,
        scratch: &mut Scratch,
        hits: &mut Hits,
    ) -> Result<()> {
        if text.len() > i32::MAX as usize {
            return Err(Error::TooLong { bytes: text.len() });
        }
        let tokens = tokenize(text);
        let first = hits.len();
        if let Some(fuzzy) = self.fuzzy {
            for Hit { span, records, alias, weak, score, .. } in fuzzy.matches(&tokens)? {
                hits.push(
                    self.gazetteer,
                    span,
                    &Row { first: records.first(), alias, count: records.len(), weak, score },
                );
            }
        } else {
            self.gazetteer.each_match(&tokens, self.mode, scratch, |HitRef { span, named, .. }| {
                let (first, alias) = (named.first().map(|n| &n.record), named.first().map_or(0, |n| n.alias));
                let weak = named.iter().all(|n| n.weak);
                hits.push(self.gazetteer, span, &Row { first, alias, count: named.len(), weak, score: 1.0 });
            })?;
        }
        if hits.len() > first {
            hits.place(first, &Offsets::new(text), id().as_ref());
        }
        Ok(())
    }
}

enum Ids {
    Int(Int64Builder),
    Str(StringBuilder),
}

/// Rows of the table.
struct Hits {
    ids: Ids,
    /// Bytes of the text until [`Hits::place`] turns them into code points.
    spans: Vec<[u32; 2]>,
    aliases: StringBuilder,
    kb_ids: StringBuilder,
    types: StringBuilder,
    entities: Int32Builder,
    weak: BooleanBuilder,
    scores: Float32Builder,
}

impl Hits {
    fn new(id: IdType) -> Self {
        Self {
            ids: match id {
                IdType::Int => Ids::Int(Int64Builder::new()),
                IdType::Str => Ids::Str(StringBuilder::new()),
            },
            spans: Vec::new(),
            aliases: StringBuilder::new(),
            kb_ids: StringBuilder::new(),
            types: StringBuilder::new(),
            entities: Int32Builder::new(),
            weak: BooleanBuilder::new(),
            scores: Float32Builder::new(),
        }
    }

    fn len(&self) -> usize {
        self.spans.len()
    }

    fn push(&mut self, gazetteer: &Gazetteer, span: Span, row: &Row<'_>) {
        let Some(brief) = row.first.and_then(|&record| gazetteer.brief(record, row.alias)) else { return };
        self.spans.push([span.start, span.end]);
        self.aliases.append_value(brief.alias);
        self.kb_ids.append_value(brief.id);
        self.types.append_option(brief.kind.map(EntityType::name));
        self.entities.append_value(row.count as i32);
        self.weak.append_value(row.weak);
        self.scores.append_value(row.score);
    }

    /// Gives the rows from `first` on their id, and their offsets in code points.
    fn place(&mut self, first: usize, offsets: &Offsets<'_>, id: Option<&ArticleId<'_>>) {
        for span in &mut self.spans[first..] {
            *span = span.map(|at| offsets.char_at(at));
            match (&mut self.ids, id) {
                (Ids::Int(ids), Some(ArticleId::Int(id))) => ids.append_value(*id),
                (Ids::Str(ids), Some(ArticleId::Str(id))) => ids.append_value(id),
                (Ids::Int(ids), _) => ids.append_null(),
                (Ids::Str(ids), _) => ids.append_null(),
            }
        }
    }

    fn finish(mut self, id: IdType) -> Result<RecordBatch> {
        let side =
            |i: usize| -> ArrayRef { Arc::new(Int32Array::from_iter_values(self.spans.iter().map(|s| s[i] as i32))) };
        let (starts, ends) = (side(0), side(1));
        let ids: ArrayRef = match &mut self.ids {
            Ids::Int(ids) => Arc::new(ids.finish()),
            Ids::Str(ids) => Arc::new(ids.finish()),
        };
        let columns: Vec<ArrayRef> = vec![
            ids,
            starts,
            ends,
            Arc::new(self.aliases.finish()),
            Arc::new(self.kb_ids.finish()),
            Arc::new(self.types.finish()),
            Arc::new(self.entities.finish()),
            Arc::new(self.weak.finish()),
            Arc::new(self.scores.finish()),
        ];
        let problem =
            |e: arrow::error::ArrowError| Error::Input { place: "table of matches".to_owned(), problem: e.to_string() };
        RecordBatch::try_new(schema(id), columns).map_err(problem)
    }
}

/// What a row of the table says of a hit.
struct Row<'h> {
    /// The likeliest entity.
    first: Option<&'h u32>,
    alias: u16,
    count: usize,
    weak: bool,
    score: f32,
}
