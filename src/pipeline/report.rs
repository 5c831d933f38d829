//! What the stages found, in bytes, in; an [`Article`] in code points out.

use crate::article::{self, Article};
use crate::entities::{self, Linked};
use crate::quotes::{self, Quote};
use crate::segment::{self, Structure};
use crate::span::Span;
use crate::text::Offsets;
use std::borrow::Cow;

/// What the stages found, in bytes.
pub(super) struct Parts<'a> {
    pub offsets: Offsets<'a>,
    pub text: &'a str,
    pub structure: Structure,
    pub quotes: Vec<Quote>,
    pub linked: Linked,
}

impl Parts<'_> {
    /// The same in code points, with an empty text.
    pub fn article(&self) -> Article<'static> {
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
