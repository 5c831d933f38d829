//! Rows in, the tables of a batch out: what one task of a job does.

use super::format::Format;
use super::readers::Row;
use crate::article::{Article, ArticleId};
use crate::error::{Error, Result};
use crate::guard::guarded;
use crate::pipeline::{Depth, Input, Pipeline, split_text};
use crate::pool::Control;
use crate::table::{Bad, Batches, Builders, IdType, Table};
use std::borrow::Cow;
use std::sync::Arc;
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
    /// Parses the rows of a batch.
    pub fn batch(&self, items: Vec<Item>, control: &Control) -> Result<Done> {
        let wanted = if self.format == Format::Jsonl { &[Table::Errors][..] } else { &self.tables };
        let id_type = if self.split { IdType::Str } else { self.ids.id_type() };
        let mut builders = Builders::new(wanted, id_type);
        let depth = if self.format == Format::Jsonl { Depth::Entities } else { builders.depth() };
        let mut done =
            Done { tables: Vec::new(), lines: Vec::new(), articles: items.len() as u64, errors: 0, last_error: None };
        let mut inputs = Vec::with_capacity(items.len());
        let places: Vec<_> = items.into_iter().flat_map(|item| self.places(item, &mut inputs)).collect();
        let mut parsed = self.pipeline.parse_batch(inputs, depth, control)?.into_iter();
        for place in places {
            // Every place that is not bad has its article.
            let written = place.and_then(|place| match parsed.next() {
                Some(article) => self.write(article, &mut builders, &mut done.lines).map_err(|e| place.bad(&e)),
                None => Ok(()),
            });
            if let Err(bad) = written {
                builders.push_error(&bad);
                done.errors += 1;
                control.errors.fetch_add(1, Ordering::Relaxed);
                done.last_error = Some(describe(&bad));
            }
        }
        control.articles.fetch_add(done.articles, Ordering::Relaxed);
        done.tables = builders.finish()?;
        Ok(done)
    }

    /// Adds the articles of a row to `inputs`; gives where each comes from, or what is wrong with the row.
    fn places(&self, item: Item, inputs: &mut Vec<Input<'static>>) -> Vec<std::result::Result<Place, Bad>> {
        let mut row = match item {
            Ok(row) => row,
            Err(bad) => return vec![Err(bad)],
        };
        let place = Place { id: None, file: Arc::clone(&row.file), row: row.row };
        let id = match self.ids.id(&mut row) {
            Ok(id) => id,
            Err(problem) => return vec![Err(place.because(problem))],
        };
        let found = match self.inputs(&mut row, id.as_ref()) {
            Ok(found) => found,
            Err(error) => return vec![Err(Place { id, ..place }.bad(&error))],
        };
        let places = found.iter().map(|input| Ok(Place { id: input.id.clone(), ..place.clone() })).collect();
        inputs.extend(found);
        places
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

    fn write(&self, article: Result<Article<'static>>, builders: &mut Builders, lines: &mut Vec<u8>) -> Result<()> {
        let article = article?;
        if self.format != Format::Jsonl {
            return builders.push(&article);
        }
        serde_json::to_writer(&mut *lines, &article)
            .map_err(|e| Error::Input { place: "article".to_owned(), problem: e.to_string() })?;
        lines.push(b'\n');
        Ok(())
    }
}

/// Where an article comes from.
#[derive(Clone)]
struct Place {
    id: Option<ArticleId<'static>>,
    file: Arc<str>,
    row: i64,
}

impl Place {
    fn bad(self, error: &Error) -> Bad {
        self.because(error.to_string())
    }

    fn because(self, error: String) -> Bad {
        Bad { id: self.id, file: Some(self.file.to_string()), row: Some(self.row), error }
    }
}

fn describe(bad: &Bad) -> String {
    let file = bad.file.as_deref().unwrap_or("input");
    bad.row.map_or_else(|| format!("{file}: {}", bad.error), |row| format!("{file}, row {row}: {}", bad.error))
}
