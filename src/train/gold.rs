//! Annotated articles in, spans in bytes out.

use crate::error::{Error, Result};
use crate::span::Span;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// An article with its attributions, offsets in code points.
#[derive(Deserialize)]
pub struct Article {
    /// The text.
    pub text: String,
    /// Who said what.
    pub attributions: Vec<Attribution>,
}

/// Content, cue and source, each in pieces.
#[derive(Deserialize)]
pub struct Attribution {
    /// What was said.
    pub content: Vec<[usize; 2]>,
    /// The words that report it.
    pub cue: Vec<[usize; 2]>,
    /// Who said it.
    pub source: Vec<[usize; 2]>,
}

/// An article with its names, offsets in code points.
#[derive(Deserialize)]
pub struct Named {
    /// The text.
    pub text: String,
    /// Its names.
    pub mentions: Vec<Mention>,
}

/// A name and its type.
#[derive(Deserialize)]
pub struct Mention {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// person, organization, place, group or misc.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Reads a JSONL file of annotated articles.
///
/// # Errors
/// A file that cannot be read, or a line of another form.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text =
        std::fs::read_to_string(path).map_err(|source| Error::File { path: path.display().to_string(), source })?;
    let parse = |(n, line): (usize, &str)| {
        serde_json::from_str(line)
            .map_err(|e| Error::Input { place: format!("{}, line {}", path.display(), n + 1), problem: e.to_string() })
    };
    text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(parse).collect()
}

/// Turns code points of one text into bytes.
pub struct Bytes(Vec<usize>);

impl Bytes {
    /// Counts the text once.
    pub fn new(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The same span in bytes.
    pub fn span(&self, [start, end]: [usize; 2]) -> Span {
        let last = self.0.len() - 1;
        Span::new(self.0[start.min(last)], self.0[end.min(last)])
    }
}
