//! Names and quotes in, entities out: which names are one entity, what is called by description, who "he" is.

use crate::article::{EntityType, Form, MentionSource};
use crate::gazetteer::{Gazetteer, Hit};
use crate::lang::Classes;
use crate::names::Name;
use crate::quotes::Quote;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::Tokens;

/// The mentions and entities of an article, and whose each quote is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linked {
    /// In order of position.
    pub mentions: Vec<Mention>,
    /// In order of prominence; an entity's id is its index.
    pub entities: Vec<Entity>,
    /// For each quote, the entity of its speaker and the reason, where it is known.
    pub speakers: Vec<Option<SpeakerLink>>,
}

/// Whose a quote is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpeakerLink {
    /// Index of the entity.
    pub entity: usize,
    /// How the phrase led to it.
    pub reason: &'static str,
}

/// Words that refer to an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Its bytes.
    pub span: Span,
    /// What it refers to.
    pub kind: EntityType,
    /// What sort of words.
    pub form: Form,
    /// Index of its entity.
    pub entity: Option<usize>,
    /// Who knew it.
    pub source: MentionSource,
}

/// Somebody or something that the article speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub kind: EntityType,
    /// The id in the user's gazetteer.
    pub kb_id: Option<String>,
}

/// What linking reads.
pub struct Found<'a, 't> {
    /// The tokens.
    pub tokens: &'a Tokens<'t>,
    /// Their classes.
    pub classes: &'a [Classes],
    /// The page.
    pub structure: &'a Structure,
    /// The gazetteer, where there is one.
    pub gazetteer: Option<&'a Gazetteer>,
    /// Its hits.
    pub hits: &'a [Hit],
    /// The names.
    pub names: &'a [Name],
    /// The quotes.
    pub quotes: &'a [Quote],
}

/// Links the names and the speakers of an article.
pub fn link(found: &Found<'_, '_>) -> Linked {
    let mentions = found
        .names
        .iter()
        .map(|n| Mention {
            span: n.span,
            kind: n.kind,
            form: Form::Name,
            entity: None,
            source: MentionSource::Discovered,
        })
        .collect();
    Linked { speakers: vec![None; found.quotes.len()], mentions, ..Linked::default() }
}
