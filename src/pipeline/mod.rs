//! Calls the stages in turn and turns what they found into an [`Article`]; it has no logic of its own.

mod batch;
mod report;

use crate::article::{self, Article, ArticleId};
use crate::entities::FormsCache;
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::lang::Language;
use crate::pool::Control;
use crate::quotes::Wanted;
use crate::segment::{self, Structure};
use crate::text::{Offsets, tokenize};
use std::borrow::Cow;
use std::sync::Arc;

/// The last stage that is wanted; earlier ones run because later ones read them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Blocks, dateline and sentences.
    Structure,
    /// Quotes with their speakers' entities; an article without quotes has no mentions and no entities either.
    Quotes,
    /// All of it.
    #[default]
    Entities,
}

/// How articles are parsed. Cheap to clone; one serves many threads.
#[derive(Clone, Debug, Default)]
pub struct Pipeline {
    /// The user's entities.
    pub gazetteer: Option<Arc<Gazetteer>>,
    /// Which quotes are wanted.
    pub quotes: Wanted,
    /// The language of the texts. None: English, but a text that is evidently in another language is cut by its rules.
    pub language: Option<Language>,
    /// Other forms of the gazetteer's names, made when the first article asks.
    pub forms: FormsCache,
}

/// An article as it comes in.
#[derive(Clone, Debug, Default)]
pub struct Input<'t> {
    /// The text.
    pub text: Cow<'t, str>,
    /// Its id.
    pub id: Option<ArticleId<'t>>,
    /// The headline, where it stands beside the text: the text is the body alone then.
    pub headline: Option<Cow<'t, str>>,
    /// The date of publication, passed on as it is.
    pub date: Option<Cow<'t, str>>,
}

impl<'t> From<&'t str> for Input<'t> {
    fn from(text: &'t str) -> Self {
        Self { text: Cow::Borrowed(text), ..Self::default() }
    }
}

impl Pipeline {
    /// Parses one article.
    ///
    /// # Errors
    /// [`Error::TooLong`] for a text of 4 GiB or more; [`Error::Panic`] for a defect of this library.
    pub fn parse<'t>(&self, input: impl Into<Input<'t>>) -> Result<Article<'t>> {
        self.parse_to(input, Depth::Entities)
    }

    /// Parses one article as far as `depth`; what later stages would find stays empty.
    ///
    /// # Errors
    /// [`Error::TooLong`] for a text of 4 GiB or more; [`Error::Panic`] for a defect of this library.
    pub fn parse_to<'t>(&self, input: impl Into<Input<'t>>, depth: Depth) -> Result<Article<'t>> {
        let parsed = self.parse_batch(vec![input.into()], depth, &Control::default())?;
        parsed.into_iter().next().unwrap_or(Err(Error::Interrupted))
    }
}

/// Cuts a text that may hold several articles: archive exports, feed pages. A blank text has none.
///
/// # Errors
/// [`Error::TooLong`] for a text of 4 GiB or more.
pub fn split(text: &str) -> Result<Vec<article::Piece>> {
    check_length(text)?;
    let offsets = Offsets::new(text);
    let piece = |piece: segment::Piece| {
        let at = offsets.chars(piece.span);
        article::Piece { start: at.start, end: at.end, reason: piece.reason }
    };
    Ok(segment::split(text).into_iter().map(piece).collect())
}

/// The same as [`split`], as text.
///
/// # Errors
/// [`Error::TooLong`] for a text of 4 GiB or more.
#[cfg(feature = "corpus")]
pub fn split_text(text: &str) -> Result<Vec<&str>> {
    check_length(text)?;
    Ok(segment::split(text).into_iter().map(|piece| piece.span.of(text)).collect())
}

/// The structure of a text, in bytes.
///
/// # Errors
/// [`Error::TooLong`] for a text of 4 GiB or more.
pub fn structure(text: &str) -> Result<Structure> {
    check_length(text)?;
    Ok(segment::segment(&tokenize(text), segment::Options::default()))
}

fn check_length(text: &str) -> Result<()> {
    if text.len() >= u32::MAX as usize {
        return Err(Error::TooLong { bytes: text.len() });
    }
    Ok(())
}
