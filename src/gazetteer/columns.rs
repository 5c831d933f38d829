//! Hits in, columns of the table out. The buffers serve one batch after the other; a column takes just the room it needs.

use super::records::Brief;
use crate::article::EntityType;
use crate::error::{Error, Result};
use crate::span::CharSpan;
use arrow::array::{ArrayRef, BooleanArray, Float32Array, Int32Array, StringArray};
use arrow::buffer::{BooleanBuffer, Buffer, OffsetBuffer, ScalarBuffer};
use std::sync::Arc;

/// Rows of the table, but for whose they are.
#[derive(Default)]
pub(super) struct Columns {
    /// Bytes, then code points.
    pub spans: Vec<CharSpan>,
    alias: Strings,
    kb_id: Strings,
    kinds: Vec<Option<EntityType>>,
    entities: Vec<i32>,
    weak: Vec<bool>,
    score: Vec<f32>,
}

/// What is wrong with the table.
pub(super) fn problem(problem: String) -> Error {
    Error::Input { place: "table of matches".to_owned(), problem }
}

impl Columns {
    pub fn clear(&mut self) {
        self.spans.clear();
        self.alias.clear();
        self.kb_id.clear();
        self.kinds.clear();
        self.entities.clear();
        self.weak.clear();
        self.score.clear();
    }

    /// Adds a hit of so many `entities`. Nothing but damage hides what there is to say of the likeliest; that ends in an
    /// error.
    pub fn push(&mut self, span: CharSpan, brief: Option<Brief<&[u8]>>, entities: usize, weak: bool, score: f32) {
        self.spans.push(span);
        self.alias.push(brief.map_or(b"", |brief| brief.alias));
        self.kb_id.push(brief.map_or(b"", |brief| brief.id));
        self.kinds.push(brief.and_then(|brief| brief.kind));
        self.entities.push(entities as i32);
        self.weak.push(weak);
        self.score.push(score);
    }

    /// The columns in the order of the schema, from `start` on.
    pub fn arrays(&self) -> Result<Vec<ArrayRef>> {
        let ints = |of: fn(&CharSpan) -> u32| Arc::new(self.spans.iter().map(|s| of(s) as i32).collect::<Int32Array>());
        Ok(vec![
            ints(|span| span.start),
            ints(|span| span.end),
            Arc::new(self.alias.array()?),
            Arc::new(self.kb_id.array()?),
            Arc::new(self.kinds.iter().map(|kind| kind.map(EntityType::name)).collect::<StringArray>()),
            Arc::new(Int32Array::from(self.entities.clone())),
            Arc::new(BooleanArray::from(BooleanBuffer::from(&self.weak[..]))),
            Arc::new(Float32Array::from(self.score.clone())),
        ])
    }
}

/// A column of strings, which are seen to be text all at once.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Strings {
    fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
    }

    fn array(&self) -> Result<StringArray> {
        if i32::try_from(self.bytes.len()).is_err() {
            let size = self.bytes.len();
            return Err(problem(format!("the names found in one text take {size} bytes, more than a table can hold")));
        }
        let mut offsets = Vec::with_capacity(self.ends.len() + 1);
        offsets.push(0);
        offsets.extend(self.ends.iter().map(|&end| end as i32));
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        StringArray::try_new(offsets, Buffer::from_slice_ref(&self.bytes), None).map_err(|e| problem(e.to_string()))
    }
}
