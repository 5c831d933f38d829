//! Names and quotes in, entities out: which names are one entity, what is called by description, who "he" is.
//!
//! [`keys`] makes names comparable, [`cluster`] joins them by a sieve, [`naming`] says by which of them a body goes,
//! [`descriptions`] reads what stands beside them, [`nominals`] finds the owner of "the minister", [`speakers`] the owner of a
//! quote, with [`bearers`] of its phrase, [`pronouns`] of its pronoun and [`subjects`] of that. Whatever stays in doubt stays apart.

mod bearers;
mod cluster;
mod countries;
mod descriptions;
mod documents;
mod firms;
mod gender;
mod keys;
mod kinds;
mod lead;
mod likeness;
mod naming;
mod nominals;
pub(crate) mod partial;
mod profile;
mod prominence;
mod pronouns;
mod reason;
mod speakers;
mod subjects;
#[cfg(test)]
mod tests;
mod titles;
mod trail;
mod view;

use crate::article::{EntityType, Form, MentionSource};
use crate::gazetteer::{Gazetteer, Hit};
use crate::lang::Classes;
use crate::names::Name;
use crate::quotes::Quote;
use crate::segment::Structure;
use crate::span::Span;
use crate::text::{Flags, TokenRange, Tokens};
use cluster::Clusters;
use descriptions::Description;
pub use gender::Gender;
use nominals::Nominals;
pub use partial::{Forms, FormsCache};
use profile::Profiles;
pub use reason::Reason;
use speakers::Speakers;

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
    pub reason: Reason,
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
    /// Why it belongs to its entity.
    pub reason: Reason,
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
    /// The fullest description beside its name.
    pub description: Option<String>,
    /// A person's gender, as far as the text tells it.
    pub gender: Gender,
    /// How many mentions refer to it.
    pub n_mentions: usize,
    /// How many quotes it is the speaker of.
    pub n_quotes: usize,
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
    /// Other forms of its names.
    pub forms: Option<&'a Forms>,
    /// Its hits.
    pub hits: &'a [Hit],
    /// The names.
    pub names: &'a [Name],
    /// The quotes.
    pub quotes: &'a [Quote],
}

/// Links the names and the speakers of an article.
pub fn link(found: &Found<'_, '_>) -> Linked {
    let mut clusters = cluster::cluster(found);
    naming::settle(found, &mut clusters);
    let mut known = descriptions::beside_names(found, &mut clusters);
    lead::introduced(found, &clusters, &mut known);
    let known = known;
    let nominals = Nominals::new(found, &clusters, &known);
    let mut mentions = named(found, &clusters);
    mentions.extend(known.iter().filter(|d| !d.tokens.is_empty()).map(|d| described(found, &clusters, d)));
    let mut resolved = Vec::new();
    for range in nominals.spots(found) {
        let link = nominals.resolve(found, &range);
        mentions.extend(link.map(|link| mention(found, &clusters, &range, Form::Nominal, link)));
        resolved.push((link.map(|(entity, _)| entity), range));
    }
    let mut speakers = Speakers::new(found, nominals);
    let mut links = speakers.link(&resolved);
    let varied = speakers.varied.iter();
    mentions.extend(varied.map(|(r, link)| mention(found, &clusters, r, Form::Nominal, (link.entity, link.reason))));
    let genders = speakers.genders;
    for (quote, link) in found.quotes.iter().zip(&links) {
        if let (Some(speaker), Some(link)) = (&quote.speaker, link)
            && matches!(speaker.form, Form::Pronoun | Form::Nominal)
        {
            let range = found.clamp(&speaker.tokens);
            mentions.push(mention(found, &clusters, &range, speaker.form, (link.entity, link.reason)));
        }
    }
    mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.form as u8));
    mentions.dedup_by_key(|m| m.span);
    drop_inner(&mut mentions);
    let profiles = Profiles::new(found, clusters.list.len(), &known, &mentions, &links);
    let order = prominence::rank(found, clusters.list.len(), &mut mentions, &mut links);
    let entities = order.iter().map(|&id| profiles.entity(found, &clusters, &known, (id, genders[id]))).collect();
    Linked { mentions, entities, speakers: links }
}

/// Drops descriptions inside longer descriptions of the same entity: "the mayor" of "the mayor of Varn".
fn drop_inner(mentions: &mut Vec<Mention>) {
    let mut outer: Option<Mention> = None;
    mentions.retain(|m| {
        if m.form != Form::Nominal {
            return true;
        }
        let inner = outer.is_some_and(|o| o.entity == m.entity && o.span.contains(m.span));
        if !inner {
            outer = Some(*m);
        }
        !inner
    });
}

/// The names as mentions, each with the form that it has beside its entity's name.
fn named(found: &Found<'_, '_>, clusters: &Clusters) -> Vec<Mention> {
    let one = |(i, name): (usize, &Name)| {
        let entity = clusters.of[i];
        let cluster = &clusters.list[entity];
        let form = if cluster.kind == EntityType::Person && clusters.why[i] == Reason::Acronym {
            // The letters of an office are no name of who holds it.
            Form::Title
        } else if clusters.lens[i] >= cluster.words.len() {
            Form::Name
        } else if name.tokens.len() == 1
            && found.tokens[name.tokens.start].flags.contains(Flags::ALL_CAPS)
            && cluster.kind != EntityType::Person
        {
            Form::Acronym
        } else {
            Form::Short
        };
        let source = if name.hit.is_some() { MentionSource::Gazetteer } else { MentionSource::Discovered };
        // "Italian" stays a group where it stands for Italy.
        let kind = if name.kind == EntityType::Group && cluster.record.is_some() { name.kind } else { cluster.kind };
        Mention { span: name.span, kind, form, entity: Some(entity), source, reason: clusters.why[i] }
    };
    found.names.iter().enumerate().map(one).collect()
}

fn described(found: &Found<'_, '_>, clusters: &Clusters, description: &Description) -> Mention {
    let (form, reason) = if description.is_title {
        (Form::Title, Reason::TitleBeside)
    } else {
        (Form::Nominal, Reason::DescriptionBeside)
    };
    mention(found, clusters, &description.tokens, form, (description.cluster, reason))
}

fn mention(
    found: &Found<'_, '_>,
    clusters: &Clusters,
    range: &TokenRange,
    form: Form,
    (entity, reason): (usize, Reason),
) -> Mention {
    let kind = clusters.list[entity].kind;
    let span = found.tokens.span(range);
    Mention { span, kind, form, entity: Some(entity), source: MentionSource::Discovered, reason }
}
