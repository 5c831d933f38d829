//! The flat schema of every table, here and nowhere else.
//!
//! `string`, `int32`, `int64`, `float32` and `bool` alone, and one list of structs (`spans`, always the last column):
//! what every engine takes. Each table begins with `article_id`.

use crate::error::Error;
use crate::pipeline::Depth;
use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};
use std::str::FromStr;
use std::sync::Arc;

/// A table of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// One row an article.
    Articles,
    /// One row a part of the page.
    Blocks,
    /// One row a sentence.
    Sentences,
    /// One row a quote.
    Quotes,
    /// One row a mention of an entity.
    Mentions,
    /// One row an entity of an article.
    Entities,
    /// One row an article that could not be parsed.
    Errors,
}

/// The type of `article_id`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdType {
    /// `int64`: numbers given, or the row's number.
    #[default]
    Int,
    /// `string`.
    Str,
}

impl Table {
    /// All tables, in order.
    pub const ALL: [Self; 7] =
        [Self::Articles, Self::Blocks, Self::Sentences, Self::Quotes, Self::Mentions, Self::Entities, Self::Errors];

    /// The name in files and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Blocks => "blocks",
            Self::Sentences => "sentences",
            Self::Quotes => "quotes",
            Self::Mentions => "mentions",
            Self::Entities => "entities",
            Self::Errors => "errors",
        }
    }

    /// How far an article must be parsed to fill the table.
    pub fn depth(self) -> Depth {
        match self {
            Self::Articles | Self::Blocks | Self::Sentences | Self::Errors => Depth::Structure,
            Self::Quotes => Depth::Quotes,
            Self::Mentions | Self::Entities => Depth::Entities,
        }
    }

    /// Its columns.
    pub fn schema(self, id: IdType) -> SchemaRef {
        let id = match id {
            IdType::Int => DataType::Int64,
            IdType::Str => DataType::Utf8,
        };
        let mut fields = vec![Field::new("article_id", id, true)];
        fields.extend(self.columns());
        Arc::new(Schema::new(fields))
    }

    fn columns(self) -> Vec<Field> {
        match self {
            Self::Articles => vec![
                text("language"),
                optional_text("date"),
                optional_text("section_label"),
                optional_text("headline"),
                optional_text("deck"),
                optional_text("byline"),
                optional_int("dateline_start"),
                optional_int("dateline_end"),
                optional_text("dateline_place"),
                optional_text("dateline_date"),
                optional_text("dateline_agency"),
                int("n_chars"),
                int("n_blocks"),
                int("n_sentences"),
            ],
            Self::Blocks => vec![int("block_id"), text("role"), int("start"), int("end")],
            Self::Sentences => vec![int("sentence_id"), int("block_id"), int("start"), int("end"), text("text")],
            Self::Quotes => vec![
                int("quote_id"),
                text("kind"),
                int("start"),
                int("end"),
                text("text"),
                optional_int("cue_start"),
                optional_int("cue_end"),
                optional_text("cue"),
                optional_int("speaker_start"),
                optional_int("speaker_end"),
                optional_text("speaker"),
                optional_text("speaker_form"),
                optional_int("phrase_start"),
                optional_int("phrase_end"),
                optional_text("speaker_name"),
                optional_int("entity_id"),
                optional_int("parent_id"),
                Field::new("confidence", DataType::Float32, false),
                text("reason"),
                Field::new_list("spans", Field::new("item", DataType::Struct(span()), false), false),
            ],
            Self::Mentions => vec![
                int("start"),
                int("end"),
                text("text"),
                text("type"),
                text("form"),
                optional_int("entity_id"),
                text("source"),
                text("reason"),
                Field::new("confidence", DataType::Float32, false),
            ],
            Self::Entities => vec![
                int("entity_id"),
                text("name"),
                text("type"),
                optional_text("kb_id"),
                int("n_mentions"),
                int("n_quotes"),
                optional_text("description"),
                optional_text("gender"),
            ],
            Self::Errors => vec![optional_text("file"), Field::new("row", DataType::Int64, true), text("error")],
        }
    }
}

impl FromStr for Table {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|t| t.name() == name).ok_or_else(|| Error::Option {
            option: "tables",
            expected: "articles, blocks, sentences, quotes, mentions, entities or errors",
            found: name.to_owned(),
        })
    }
}

/// The fields of a span.
pub fn span() -> Fields {
    Fields::from(vec![int("start"), int("end")])
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn optional_text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn int(name: &str) -> Field {
    Field::new(name, DataType::Int32, false)
}

fn optional_int(name: &str) -> Field {
    Field::new(name, DataType::Int32, true)
}
