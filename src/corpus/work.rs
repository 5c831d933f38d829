//! Rows in, the tables of a batch out: what one task of a job does.

use super::format::Format;
use super::readers::Row;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::guard::guarded;
use crate::pipeline::{Depth, Input, Pipeline, split_text};
use crate::pool::Control;
use crate::table::{Bad, Batches, Builders, IdType, Table};
use std::borrow::Cow;
use std::sync::atomic::Ordering;

/// A row, or why it is none.
pub type Item = std::result::Result<Row, Bad>;

/// What every task of a job knows.
pub struct Work {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// The wanted tables.
    pub tables: Vec<Table>,
    /// What is written.
    pub format: Format,
    /// Where the ids come from.
    pub ids: Ids,
    /// Whether a row may hold several articles.
    pub split: bool,
}

/// Where the ids of a job come from; told by its first row, the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// A column of integers.
    Int,
    /// A column of strings.
    Str,
    /// The number of the row: one input, no column.
    Row,
    /// File and row: several inputs, no column.
    FileRow,
}

impl Ids {
    /// What the first row says.
    pub fn of(first: &Row, one_input: bool) -> Self {
        match first.id {
            Some(ArticleId::Int(_)) => Self::Int,
            Some(ArticleId::Str(_)) => Self::Str,
            None if one_input => Self::Row,
            None => Self::FileRow,
        }
    }

    /// The type of the column.
    pub fn id_type(self) -> IdType {
        match self {
            Self::Int | Self::Row => IdType::Int,
            Self::Str | Self::FileRow => IdType::Str,
        }
    }

    fn id(self, row: &mut Row) -> std::result::Result<Option<ArticleId<'static>>, String> {
        Ok(match (self, row.id.take()) {
            (Self::Int, Some(ArticleId::Str(id))) => {
                return Err(format!("id: expected an integer as in the first row, found {id:?}"));
            }
            (Self::Str, Some(ArticleId::Int(id))) => Some(ArticleId::Str(Cow::Owned(id.to_string()))),
            (Self::Row, None) => Some(ArticleId::Int(row.row)),
            (Self::FileRow, None) => Some(ArticleId::Str(Cow::Owned(format!("{}:{}", row.file, row.row)))),
            (_, id) => id,
        })
    }
}

/// What came of a batch.
pub struct Done {
    /// The tables.
    pub tables: Batches,
    /// The articles as lines of JSON, where those are written.
    pub lines: Vec<u8>,
    /// Rows read.
    pub articles: u64,
    /// Rows that became errors.
    pub errors: u64,
    /// The last error.
    pub last_error: Option<String>,
}

impl Work {
    /// Parses the rows of a batch, one after the other.
    pub fn batch(&self, items: Vec<Item>, control: &Control) -> Result<Done> {
        let wanted = if self.format == Format::Jsonl { &[Table::Errors][..] } else { &self.tables };
        let id_type = if self.split { IdType::Str } else { self.ids.id_type() };
        let mut builders = Builders::new(wanted, id_type);
        let depth = if self.format == Format::Jsonl { Depth::Entities } else { builders.depth() };
        let mut done = Done { tables: Vec::new(), lines: Vec::new(), articles: 0, errors: 0, last_error: None };
        for item in items {
            control.check()?;
            let bad = match item {
                Ok(row) => self.row(row, depth, &mut builders, &mut done.lines),
                Err(bad) => vec![bad],
            };
            for bad in bad {
                builders.push_error(&bad);
                done.errors += 1;
                control.errors.fetch_add(1, Ordering::Relaxed);
                done.last_error = Some(describe(&bad));
            }
            done.articles += 1;
            control.articles.fetch_add(1, Ordering::Relaxed);
        }
        done.tables = builders.finish()?;
        Ok(done)
    }

    /// Parses the articles of a row; gives those that became errors.
    fn row(&self, mut row: Row, depth: Depth, builders: &mut Builders, lines: &mut Vec<u8>) -> Vec<Bad> {
        let problem =
            |id, row: &Row, error: String| Bad { id, file: Some(row.file.to_string()), row: Some(row.row), error };
        let id = match self.ids.id(&mut row) {
            Ok(id) => id,
            Err(error) => return vec![problem(None, &row, error)],
        };
        let inputs = match self.inputs(&mut row, id.as_ref()) {
            Ok(inputs) => inputs,
            Err(error) => return vec![problem(id, &row, error.to_string())],
        };
        let mut bad = Vec::new();
        for input in inputs {
            let id = input.id.clone();
            if let Err(error) = self.article(input, depth, builders, lines) {
                bad.push(problem(id, &row, error.to_string()));
            }
        }
        bad
    }

    /// The articles of a row: one, or where rows are split its parts, with the ids `id#1`, `id#2`, … A headline given
    /// apart is that of the first.
    fn inputs(&self, row: &mut Row, id: Option<&ArticleId<'static>>) -> Result<Vec<Input<'static>>> {
        let text = row.text.take().unwrap_or_default();
        let mut headline = row.headline.take().map(Cow::Owned);
        let date: Option<Cow<'static, str>> = row.date.take().map(Cow::Owned);
        if !self.split {
            return Ok(vec![Input { text: Cow::Owned(text), id: id.cloned(), headline, date }]);
        }
        let name = match id {
            Some(ArticleId::Int(id)) => id.to_string(),
            Some(ArticleId::Str(id)) => id.to_string(),
            None => String::new(),
        };
        let mut parts = guarded(|| split_text(&text))?;
        if parts.is_empty() {
            parts.push("");
        }
        let input = |(i, part): (usize, &str)| Input {
            text: Cow::Owned(part.to_owned()),
            id: Some(ArticleId::Str(Cow::Owned(format!("{name}#{}", i + 1)))),
            headline: headline.take(),
            date: date.clone(),
        };
        Ok(parts.into_iter().enumerate().map(input).collect())
    }

    fn article(&self, input: Input<'static>, depth: Depth, builders: &mut Builders, lines: &mut Vec<u8>) -> Result<()> {
        let article = self.pipeline.parse_guarded(input, depth)?;
        if self.format != Format::Jsonl {
            return builders.push(&article);
        }
        serde_json::to_writer(&mut *lines, &article)
            .map_err(|e| Error::Input { place: "article".to_owned(), problem: e.to_string() })?;
        lines.push(b'\n');
        Ok(())
    }
}

fn describe(bad: &Bad) -> String {
    let file = bad.file.as_deref().unwrap_or("input");
    bad.row.map_or_else(|| format!("{file}: {}", bad.error), |row| format!("{file}, row {row}: {}", bad.error))
}
