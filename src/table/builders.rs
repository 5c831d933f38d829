//! Articles in, one record batch for each wanted table out.

use super::pieces::Pieces;
use super::schema::{IdType, Table, span};
use crate::article::{Article, ArticleId, Entity, Mention, Quote, Sentence};
use crate::error::{Error, Result};
use crate::pipeline::Depth;
use arrow::array::{ArrayRef, Float32Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow::datatypes::{DataType, Field, SchemaRef};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// An article that could not be parsed, or a row that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Bad {
    /// The article's id, where it was read.
    pub id: Option<ArticleId<'static>>,
    /// The file, where there is one.
    pub file: Option<String>,
    /// The row, counted from 0.
    pub row: Option<i64>,
    /// What is wrong.
    pub error: String,
}

/// The batches of some articles, in the order of [`Table::ALL`].
pub type Batches = Vec<(Table, RecordBatch)>;

/// Collects the rows of the wanted tables.
pub struct Builders {
    rows: Vec<(Table, Rows)>,
    depth: Depth,
}

impl Builders {
    /// Builders for `tables`, with ids of one type.
    pub fn new(tables: &[Table], id: IdType) -> Self {
        let rows: Vec<_> =
            Table::ALL.into_iter().filter(|t| tables.contains(t)).map(|t| (t, Rows::new(t.schema(id)))).collect();
        let depth = rows.iter().map(|(t, _)| t.depth()).max().unwrap_or(Depth::Structure);
        Self { rows, depth }
    }

    /// How far articles must be parsed.
    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// Adds an article's rows. Its id must be of the type of the table, or none.
    ///
    /// # Errors
    /// [`Error::TooLong`]: longer than the offsets of an Arrow column.
    pub fn push(&mut self, article: &Article<'_>) -> Result<()> {
        if article.text.len() > i32::MAX as usize {
            return Err(Error::TooLong { bytes: article.text.len() });
        }
        let pieces = Pieces::new(&article.text);
        for (table, rows) in &mut self.rows {
            rows.push(*table, article, &pieces);
        }
        Ok(())
    }

    /// Adds a row of errors.
    pub fn push_error(&mut self, bad: &Bad) {
        for (_, rows) in self.rows.iter_mut().filter(|(t, _)| *t == Table::Errors) {
            let mut row = rows.row(bad.id.as_ref());
            row.optional_text(bad.file.as_deref());
            row.long(bad.row);
            row.text(&bad.error);
        }
    }

    /// The batches.
    ///
    /// # Errors
    /// Rows that do not fit their schema: a defect of this library.
    pub fn finish(self) -> Result<Batches> {
        self.rows.into_iter().map(|(table, rows)| Ok((table, rows.finish(table)?))).collect()
    }
}

/// The rows of one table.
struct Rows {
    schema: SchemaRef,
    columns: Vec<Column>,
}

enum Column {
    Int(Int32Builder),
    Long(Int64Builder),
    Float(Float32Builder),
    Text(StringBuilder),
    Spans(Box<ListBuilder<StructBuilder>>),
}

impl Column {
    fn new(field: &Field) -> Self {
        match field.data_type() {
            DataType::Int32 => Self::Int(Int32Builder::new()),
            DataType::Int64 => Self::Long(Int64Builder::new()),
            DataType::Float32 => Self::Float(Float32Builder::new()),
            DataType::List(item) => {
                let spans = ListBuilder::new(StructBuilder::from_fields(span(), 0));
                Self::Spans(Box::new(spans.with_field(Arc::clone(item))))
            }
            _ => Self::Text(StringBuilder::new()),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Int(mut b) => Arc::new(b.finish()),
            Self::Long(mut b) => Arc::new(b.finish()),
            Self::Float(mut b) => Arc::new(b.finish()),
            Self::Text(mut b) => Arc::new(b.finish()),
            Self::Spans(mut b) => Arc::new(b.finish()),
        }
    }
}

/// Fills the columns of one row from left to right.
struct Row<'a>(std::slice::IterMut<'a, Column>);

impl Row<'_> {
    fn optional_int(&mut self, value: Option<u32>) {
        if let Some(Column::Int(column)) = self.0.next() {
            column.append_option(value.map(|v| v as i32));
        }
    }

    fn int(&mut self, value: u32) {
        self.optional_int(Some(value));
    }

    fn long(&mut self, value: Option<i64>) {
        if let Some(Column::Long(column)) = self.0.next() {
            column.append_option(value);
        }
    }

    fn float(&mut self, value: f32) {
        if let Some(Column::Float(column)) = self.0.next() {
            column.append_value(value);
        }
    }

    fn optional_text(&mut self, value: Option<&str>) {
        if let Some(Column::Text(column)) = self.0.next() {
            column.append_option(value);
        }
    }

    fn text(&mut self, value: &str) {
        self.optional_text(Some(value));
    }

    /// Start, end and the text between.
    fn piece(&mut self, at: Option<(u32, u32)>, pieces: &Pieces<'_>) {
        self.optional_int(at.map(|a| a.0));
        self.optional_int(at.map(|a| a.1));
        self.optional_text(at.map(|(start, end)| pieces.get(start, end)));
    }

    fn spans(&mut self, quote: &Quote) {
        let Some(Column::Spans(list)) = self.0.next() else { return };
        let spans = list.values();
        for at in &quote.spans {
            for (field, value) in [at.start, at.end].into_iter().enumerate() {
                if let Some(column) = spans.field_builder::<Int32Builder>(field) {
                    column.append_value(value as i32);
                }
            }
            spans.append(true);
        }
        list.append(true);
    }
}

impl Rows {
    fn new(schema: SchemaRef) -> Self {
        Self { columns: schema.fields().iter().map(|f| Column::new(f)).collect(), schema }
    }

    fn row(&mut self, id: Option<&ArticleId<'_>>) -> Row<'_> {
        let mut columns = self.columns.iter_mut();
        match (columns.next(), id) {
            (Some(Column::Long(column)), Some(ArticleId::Int(id))) => column.append_value(*id),
            (Some(Column::Long(column)), _) => column.append_null(),
            (Some(Column::Text(column)), Some(ArticleId::Str(id))) => column.append_value(id),
            (Some(Column::Text(column)), Some(ArticleId::Int(id))) => column.append_value(id.to_string()),
            (Some(Column::Text(column)), None) => column.append_null(),
            _ => {}
        }
        Row(columns)
    }

    fn push(&mut self, table: Table, article: &Article<'_>, pieces: &Pieces<'_>) {
        match table {
            Table::Articles => self.article(article, pieces),
            Table::Blocks => {
                for (i, block) in article.blocks.iter().enumerate() {
                    let mut row = self.row(article.id.as_ref());
                    row.int(i as u32);
                    row.text(block.role.name());
                    row.int(block.start);
                    row.int(block.end);
                }
            }
            Table::Sentences => {
                for (i, sentence) in article.sentences.iter().enumerate() {
                    self.sentence(article, i as u32, sentence, pieces);
                }
            }
            Table::Quotes => article.quotes.iter().for_each(|quote| self.quote(article, quote, pieces)),
            Table::Mentions => article.mentions.iter().for_each(|mention| self.mention(article, mention, pieces)),
            Table::Entities => article.entities.iter().for_each(|entity| self.entity(article, entity)),
            Table::Errors => {}
        }
    }

    fn article(&mut self, article: &Article<'_>, pieces: &Pieces<'_>) {
        let mut row = self.row(article.id.as_ref());
        row.text(&article.language);
        row.optional_text(article.date.as_deref());
        for part in [&article.section_label, &article.headline, &article.deck, &article.byline] {
            row.optional_text(part.as_deref());
        }
        let dateline = article.dateline.as_ref();
        row.optional_int(dateline.map(|d| d.start));
        row.optional_int(dateline.map(|d| d.end));
        row.optional_text(dateline.and_then(|d| d.place.as_deref()));
        row.optional_text(dateline.and_then(|d| d.date.as_deref()));
        row.optional_text(dateline.and_then(|d| d.agency.as_deref()));
        row.int(pieces.len() as u32);
        row.int(article.blocks.len() as u32);
        row.int(article.sentences.len() as u32);
    }

    fn sentence(&mut self, article: &Article<'_>, id: u32, sentence: &Sentence, pieces: &Pieces<'_>) {
        let mut row = self.row(article.id.as_ref());
        row.int(id);
        row.int(sentence.block);
        row.piece(Some((sentence.start, sentence.end)), pieces);
    }

    fn quote(&mut self, article: &Article<'_>, quote: &Quote, pieces: &Pieces<'_>) {
        let mut row = self.row(article.id.as_ref());
        row.int(quote.id);
        row.text(quote.kind.name());
        row.int(quote.start());
        row.int(quote.end());
        let said: Vec<&str> = quote.spans.iter().map(|s| pieces.get(s.start, s.end)).collect();
        row.text(&said.join(" "));
        row.piece(quote.cue.map(|c| (c.start, c.end)), pieces);
        let speaker = quote.speaker.as_ref();
        row.piece(speaker.map(|s| (s.start, s.end)), pieces);
        row.optional_text(speaker.map(|s| s.form.name()));
        row.optional_int(speaker.map(|s| s.phrase.start));
        row.optional_int(speaker.map(|s| s.phrase.end));
        row.optional_text(quote.speaker_name.as_deref());
        row.optional_int(quote.entity);
        row.optional_int(quote.parent);
        row.float(quote.confidence);
        row.text(&quote.reason);
        row.spans(quote);
    }

    fn mention(&mut self, article: &Article<'_>, mention: &Mention, pieces: &Pieces<'_>) {
        let mut row = self.row(article.id.as_ref());
        row.piece(Some((mention.start, mention.end)), pieces);
        row.text(mention.kind.name());
        row.text(mention.form.name());
        row.optional_int(mention.entity);
        row.text(mention.source.name());
        row.text(&mention.reason);
        row.float(mention.confidence);
    }

    fn entity(&mut self, article: &Article<'_>, entity: &Entity) {
        let mut row = self.row(article.id.as_ref());
        row.int(entity.id);
        row.text(&entity.name);
        row.text(entity.kind.name());
        row.optional_text(entity.kb_id.as_deref());
        row.int(entity.n_mentions);
        row.int(entity.n_quotes);
        row.optional_text(entity.description.as_deref());
        row.optional_text(entity.gender.as_deref());
    }

    fn finish(self, table: Table) -> Result<RecordBatch> {
        let columns = self.columns.into_iter().map(Column::finish).collect();
        RecordBatch::try_new(self.schema, columns)
            .map_err(|e| Error::Input { place: format!("table {}", table.name()), problem: e.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, Pipeline};

    #[test]
    fn every_table_takes_an_article_and_an_error() {
        let mut article =
            Pipeline::default().parse(Input::from("A head\n\n“Ça va,” Ana Ortiz said. She left.")).unwrap();
        article.id = Some(ArticleId::Int(7));
        article.quotes = serde_json::from_str(
            r#"[{"id": 0, "kind": "direct", "spans": [[8, 17], [33, 36]], "cue": [28, 32], "speaker": null,
                "speaker_name": null, "entity": null, "parent": null, "confidence": 0.5, "reason": "test"}]"#,
        )
        .unwrap();
        for id in [IdType::Int, IdType::Str] {
            let mut builders = Builders::new(&Table::ALL, id);
            builders.push(&article).unwrap();
            builders.push_error(&Bad { id: None, file: Some("a".into()), row: Some(3), error: "bad".into() });
            let batches = builders.finish().unwrap();
            assert_eq!(batches.len(), 7);
            for (table, batch) in batches {
                let empty = matches!(table, Table::Mentions | Table::Entities);
                assert!(batch.num_rows() > 0 || empty, "{}", table.name());
            }
        }
    }

    #[test]
    fn only_what_is_needed_runs() {
        assert_eq!(Builders::new(&[Table::Sentences], IdType::Int).depth(), Depth::Structure);
        assert_eq!(Builders::new(&[Table::Sentences, Table::Quotes], IdType::Int).depth(), Depth::Quotes);
        assert_eq!(Builders::new(&[Table::Mentions, Table::Quotes], IdType::Int).depth(), Depth::Entities);
    }
}
