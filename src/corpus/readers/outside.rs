//! Files that a reader outside of the core understands in, rows out: HTML and WARC are read by Python libraries.

use super::{Read1, Reading, Row, Source, bad};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use std::borrow::Cow;
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// An article as an outside reader gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The text.
    pub text: Option<String>,
    /// The id.
    pub id: Option<String>,
    /// The headline.
    pub headline: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    /// How many bytes of the file are read by now.
    pub position: u64,
}

/// What an outside reader gives one by one: an article, or why it is none; outside, why the file cannot be read on.
pub type Articles = Box<dyn Iterator<Item = Result<std::result::Result<Given, String>>> + Send>;

type Open = dyn Fn(&Path) -> Result<Articles> + Send + Sync;

/// Opens the files that the core cannot read.
#[derive(Clone)]
pub struct Outside(Arc<Open>);

impl Outside {
    /// From a function that opens a file.
    pub fn new(open: impl Fn(&Path) -> Result<Articles> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }
}

impl fmt::Debug for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Outside")
    }
}

/// The rows of a file.
pub fn rows(source: &Source, file: Arc<str>, reading: &Reading) -> Result<impl Iterator<Item = Read1> + Send + use<>> {
    let Some(outside) = &reading.outside else {
        let problem = "expected a format that needs no Python, found HTML or WARC".to_owned();
        return Err(Error::Input { place: source.name(), problem });
    };
    let articles = (outside.0)(&source.path.clone().unwrap_or_default())?;
    let (reading, mut before) = (reading.clone(), 0);
    Ok(articles.zip(0..).map(move |(given, row)| {
        let given = match given? {
            Ok(given) => given,
            Err(problem) => return Ok(Err(bad(&file, row, problem))),
        };
        reading.control.bytes.fetch_add(given.position.saturating_sub(before), Ordering::Relaxed);
        before = before.max(given.position);
        if given.text.as_ref().is_some_and(|t| t.len() > reading.max_row_bytes) {
            return Ok(Err(bad(&file, row, reading.too_long())));
        }
        let id = given.id.map(|id| ArticleId::Str(Cow::Owned(id)));
        Ok(Ok(Row { text: given.text, id, headline: given.headline, date: given.date, file: Arc::clone(&file), row }))
    }))
}
