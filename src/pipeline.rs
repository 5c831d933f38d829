//! Calls the stages in turn and turns what they found into an [`Article`]; it has no logic of its own.

use crate::article::{self, Article, ArticleId};
use crate::entities::{self, FormsCache, Found, Linked};
use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::lang::{Language, lexicon};
use crate::names;
use crate::quotes::{self, Quote, Wanted};
use crate::segment::{self, Structure};
use crate::span::Span;
use crate::text::{Offsets, tokenize};
use std::borrow::Cow;
use std::sync::Arc;

/// The last stage that is wanted; earlier ones run because later ones read them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Blocks, dateline and sentences.
    Structure,
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
    /// [`Error::TooLong`] for a text of 4 GiB or more.
    pub fn parse<'t>(&self, input: impl Into<Input<'t>>) -> Result<Article<'t>> {
        self.parse_to(input, Depth::Entities)
    }

    /// Parses one article as far as `depth`; what later stages would find stays empty.
    ///
    /// # Errors
    /// [`Error::TooLong`] for a text of 4 GiB or more.
    pub fn parse_to<'t>(&self, input: impl Into<Input<'t>>, depth: Depth) -> Result<Article<'t>> {
        let input = input.into();
        check_length(&input.text)?;
        let tokens = tokenize(&input.text);
        let options = segment::Options { body_only: input.headline.is_some(), language: self.language };
        let structure = segment::segment(&tokens, options);
        let (mut found_quotes, mut linked) = (Vec::new(), Linked::default());
        if depth == Depth::Entities {
            let classes = lexicon().classify(&tokens);
            let hits = self.gazetteer.as_ref().map(|g| g.matches(&tokens)).transpose()?.unwrap_or_default();
            // Speakers of quoted words are found as well by rules alone, and several times as fast.
            let tagger = names::tagger().filter(|_| self.quotes != Wanted::Direct);
            let names = names::find_by(tagger, &tokens, &classes, &structure, &hits);
            let forms = self.gazetteer.as_ref().map(|g| self.forms.of(g));
            found_quotes = quotes::find(&tokens, &classes, &structure, &names, self.quotes);
            linked = entities::link(&Found {
                tokens: &tokens,
                classes: &classes,
                structure: &structure,
                gazetteer: self.gazetteer.as_deref(),
                forms: forms.as_deref(),
                hits: &hits,
                names: &names,
                quotes: &found_quotes,
            });
            self.gazetteer.as_ref().map_or(Ok(()), |g| g.intact())?;
        }
        let parts =
            Parts { offsets: Offsets::new(&input.text), text: &input.text, structure, quotes: found_quotes, linked };
        let empty = parts.article();
        Ok(Article {
            id: input.id,
            headline: input.headline.map(Cow::into_owned).or(empty.headline),
            text: input.text,
            date: input.date,
            ..empty
        })
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

/// What the stages found, in bytes.
struct Parts<'a> {
    offsets: Offsets<'a>,
    text: &'a str,
    structure: Structure,
    quotes: Vec<Quote>,
    linked: Linked,
}

impl Parts<'_> {
    /// The same in code points, with an empty text.
    fn article(&self) -> Article<'static> {
        Article {
            id: None,
            text: Cow::Borrowed(""),
            language: Cow::Borrowed(self.structure.language.code()),
            section_label: self.block_text(article::Role::SectionLabel),
            headline: self.block_text(article::Role::Headline),
            deck: self.block_text(article::Role::Deck),
            byline: self.block_text(article::Role::Byline),
            date: None,
            dateline: self.structure.datelines.first().map(|d| self.dateline(d)),
            blocks: self.blocks(),
            sentences: self.sentences(),
            quotes: self.quotes.iter().enumerate().map(|(i, q)| self.quote(i, q)).collect(),
            mentions: self.mentions(),
            entities: self.entities(),
        }
    }

    fn own(&self, span: Span) -> String {
        span.of(self.text).to_owned()
    }

    fn block_text(&self, role: article::Role) -> Option<String> {
        self.structure.blocks.iter().find(|b| b.role == role).map(|b| self.own(b.span))
    }

    fn dateline(&self, dateline: &segment::Dateline) -> article::Dateline {
        let at = self.offsets.chars(dateline.span);
        article::Dateline {
            start: at.start,
            end: at.end,
            place: dateline.place.map(|s| self.own(s)),
            date: dateline.date.map(|s| self.own(s)),
            agency: dateline.agency.map(|s| self.own(s)),
        }
    }

    fn blocks(&self) -> Vec<article::Block> {
        let block = |b: &segment::Block| {
            let at = self.offsets.chars(b.span);
            article::Block {
                role: b.role,
                start: at.start,
                end: at.end,
                duplicate_of: b.duplicate_of.map(|deck| deck as u32),
            }
        };
        self.structure.blocks.iter().map(block).collect()
    }

    fn sentences(&self) -> Vec<article::Sentence> {
        let sentence = |s: &segment::Sentence| {
            let at = self.offsets.chars(s.span);
            article::Sentence { start: at.start, end: at.end, block: s.block as u32 }
        };
        self.structure.sentences.iter().map(sentence).collect()
    }

    fn quote(&self, i: usize, quote: &Quote) -> article::Quote {
        let link = self.linked.speakers.get(i).copied().flatten();
        article::Quote {
            id: i as u32,
            kind: quote.kind,
            spans: quote.spans.iter().map(|&s| self.offsets.chars(s)).collect(),
            cue: quote.cue.map(|s| self.offsets.chars(s)),
            speaker: quote.speaker.as_ref().map(|s| self.speaker(s)),
            speaker_name: link.map(|l| self.linked.entities[l.entity].name.clone()),
            entity: link.map(|l| l.entity as u32),
            parent: quote.parent.map(|p| p as u32),
            confidence: quote.confidence,
            reason: link
                .map_or(Cow::Borrowed(quote.reason), |l| Cow::Owned(format!("{}; {}", quote.reason, l.reason.name()))),
        }
    }

    fn speaker(&self, speaker: &quotes::Speaker) -> article::Speaker {
        let at = self.offsets.chars(speaker.span);
        article::Speaker {
            start: at.start,
            end: at.end,
            text: self.own(speaker.span),
            form: speaker.form,
            phrase: self.offsets.chars(speaker.phrase),
        }
    }

    fn mentions(&self) -> Vec<article::Mention> {
        let mention = |m: &entities::Mention| {
            let at = self.offsets.chars(m.span);
            article::Mention {
                start: at.start,
                end: at.end,
                kind: m.kind,
                form: m.form,
                entity: m.entity.map(|e| e as u32),
                source: m.source,
                reason: Cow::Borrowed(m.reason.name()),
                confidence: m.reason.confidence(),
            }
        };
        self.linked.mentions.iter().map(mention).collect()
    }

    fn entities(&self) -> Vec<article::Entity> {
        let entity = |(id, e): (usize, &entities::Entity)| article::Entity {
            id: id as u32,
            name: e.name.clone(),
            kind: e.kind,
            kb_id: e.kb_id.clone(),
            description: e.description.clone(),
            gender: e.gender.name().map(Cow::Borrowed),
            n_mentions: e.n_mentions as u32,
            n_quotes: e.n_quotes as u32,
        };
        self.linked.entities.iter().enumerate().map(entity).collect()
    }
}
