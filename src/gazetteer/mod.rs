//! The user's own entities: their aliases compiled into a trie over token hashes, matched against an article's tokens.
//!
//! ```
//! use pullquote::gazetteer::{Gazetteer, Record};
//! use pullquote::text::tokenize;
//!
//! let bank = Record { name: "Bank of England".into(), aliases: vec!["BoE".into()], ..Record::default() };
//! let kb = Gazetteer::from_records([bank])?;
//! let tokens = tokenize("The Bank of\u{A0}England’s governor left the BoE.");
//! let found: Vec<_> = kb.matches(&tokens).iter().map(|hit| hit.span.of(tokens.text)).collect();
//! assert_eq!(found, ["Bank of\u{A0}England", "BoE"]);
//! # Ok::<(), pullquote::Error>(())
//! ```
//!
//! An alias is found whatever the white space, the hyphens, the stops and the diacritics between and on its letters; it
//! keeps its capitals: see [`Gazetteer::matches`].

mod atoms;
mod compile;
mod form;
mod gate;
mod matcher;
mod records;
mod risk;
mod sources;
mod starts;
mod table;
mod view;

pub use matcher::{HitRef, Mode, Named, Scratch};
pub use sources::Report;

use crate::article::EntityType;
use crate::error::{Error, Result};
use crate::span::Span;
use crate::text::{TokenRange, Tokens};
use compile::{Builder, Compiled};
use matcher::{Layer, Search};
use records::Reader;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// One entity of the user's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The user's id; the name where there is none.
    #[serde(default)]
    pub id: String,
    /// The canonical name; an alias too.
    pub name: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// person, organization, place, group or misc.
    #[serde(default, rename = "type")]
    pub kind: Option<EntityType>,
    /// The country it belongs to.
    #[serde(default)]
    pub country: Option<String>,
    /// What the person is: "foreign minister".
    #[serde(default)]
    pub roles: Vec<String>,
    /// "male" or "female".
    #[serde(default)]
    pub gender: Option<String>,
    /// How often it is meant, against others of the same alias.
    #[serde(default)]
    pub prior: Option<f32>,
}

/// A place where an alias stands in a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hit {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The records that have this alias, the likeliest first.
    pub records: Vec<u32>,
    /// Which alias of the first record: zero for its name, one for the first of its other names.
    pub alias: u16,
    /// Whether the alias is an ordinary word too: a name only where the context says so.
    pub weak: bool,
}

/// Compiled aliases. Immutable; one serves many threads.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    layers: Vec<Arc<Compiled>>,
}

impl Gazetteer {
    /// Compiles the aliases of `records`. Blank aliases are passed over.
    ///
    /// # Errors
    /// [`Error::Record`] with the number of a record that has no name, or an alias of more than 2048 bytes.
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Result<Self> {
        let mut builder = Builder::default();
        for (i, record) in records.into_iter().enumerate() {
            builder.add(record).map_err(|problem| Error::Record { place: format!("record {}", i + 1), problem })?;
        }
        Ok(Self::from_builder(builder))
    }

    /// Reads a file of comma-separated values; one of tab-separated values if it ends in `.tsv`.
    ///
    /// The first row names the columns, in any order: `name`, and where they are there `id`, `aliases`, `type`, `country`,
    /// `roles`, `gender`, `prior`. Several aliases or roles stand in one cell, with `|` between them. A `strict` reading
    /// ends at the first bad row; otherwise such rows are skipped, and the report counts and names them.
    ///
    /// # Errors
    /// [`Error::File`] if it cannot be read, [`Error::Record`] with file and line for a bad row or header.
    pub fn from_csv(path: &Path, strict: bool) -> Result<(Self, Report)> {
        sources::csv::read(path, strict)
    }

    fn from_builder(builder: Builder) -> Self {
        Self { layers: vec![Arc::new(builder.finish())] }
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.view().len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn reader(&self, record: u32) -> Option<Reader<'_>> {
        let mut index = record as usize;
        for layer in &self.layers {
            let view = layer.view();
            if index < view.len() {
                return view.record(index as u32);
            }
            index -= view.len();
        }
        None
    }

    /// A record of a hit; an empty one if there is none of this number.
    pub fn record(&self, index: u32) -> Record {
        self.reader(index).and_then(Reader::record).unwrap_or_default()
    }

    /// The type of a record, without reading the rest of it.
    pub fn kind(&self, index: u32) -> Option<EntityType> {
        self.reader(index).and_then(Reader::kind)
    }

    /// The id of a record, without reading the rest of it.
    pub fn id(&self, index: u32) -> &str {
        self.reader(index).and_then(Reader::id).unwrap_or_default()
    }

    /// The text of an alias as it was given: zero is the record's name.
    pub fn alias(&self, record: u32, alias: u16) -> &str {
        self.reader(record).and_then(|reader| reader.alias(u32::from(alias))).unwrap_or_default()
    }

    /// The longest aliases in the text, from left to right, without overlap.
    ///
    /// Names are matched word by word, so never inside a word, and a possessive is no part of them. White space, line
    /// breaks within a paragraph, hyphens, diacritics and the stops of abbreviations do not count. A word of an alias that
    /// has a capital needs one in the text; a text in capitals will do for aliases of four letters and more; an acronym of
    /// up to three letters needs all its capitals, so that `US` is not `us`. Words without capitals match any case.
    pub fn matches(&self, tokens: &Tokens<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        self.each_match(tokens, Mode::Longest, &mut Scratch::default(), |hit| hits.push(hit.to_hit()));
        hits
    }

    /// Gives each hit to `sink`, in the order of the text; nothing is allocated but what `scratch` keeps.
    pub fn each_match(&self, tokens: &Tokens<'_>, mode: Mode, scratch: &mut Scratch, sink: impl FnMut(HitRef<'_>)) {
        let mut first = 0;
        let mut layers = Vec::with_capacity(self.layers.len());
        for part in &self.layers {
            let view = part.view();
            layers.push(Layer { view, first, removed: None });
            first += view.len() as u32;
        }
        Search { layers: &layers, tokens }.run(mode, scratch, sink);
    }
}

impl HitRef<'_> {
    /// The hit with buffers of its own.
    pub fn to_hit(&self) -> Hit {
        Hit {
            span: self.span,
            tokens: self.tokens.clone(),
            records: self.named.iter().map(|n| n.record).collect(),
            alias: self.named.first().map_or(0, |n| n.alias),
            weak: self.named.iter().all(|n| n.weak),
        }
    }
}
