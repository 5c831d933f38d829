//! Quotes and clusters in, the entity of each speaker out: by the name in the phrase, by the description, by the pronoun.

use super::cluster::Clusters;
use super::documents::{self, Issuer};
use super::firms::is_office;
use super::gender::Gender;
use super::nominals::{FIRMS, Nominals};
use super::reason::Reason;
use super::trail::{Antecedent, Trail, Who, agreement};
use super::{Found, SpeakerLink};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::names::Name;
use crate::quotes::{Quote, Speaker};
use crate::span::Span;
use crate::text::{Kind, TokenRange};
use rustc_hash::FxHashMap;

/// Nouns for people that news speaks of without their names.
const SELDOM_NAMED: [&str; 19] = [
    "man",
    "woman",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "source",
    "official",
    "lawyer",
    "attorney",
    "witness",
    "reporter",
    "friend",
    "colleague",
    "neighbor",
    "neighbour",
    "relative",
    "victim",
    "survivor",
    "complainant",
];

/// Offices by which an article calls those alone whom it introduces so.
const OFFICES: [&str; 9] =
    ["minister", "president", "premier", "chancellor", "king", "queen", "pope", "governor", "senator"];

/// What news calls somebody whom it has just named.
const EPITHETS: [&str; 32] = [
    "defender",
    "striker",
    "midfielder",
    "goalkeeper",
    "keeper",
    "winger",
    "playmaker",
    "skipper",
    "batsman",
    "batter",
    "bowler",
    "pitcher",
    "quarterback",
    "sprinter",
    "swimmer",
    "cyclist",
    "jockey",
    "golfer",
    "boxer",
    "teenager",
    "pensioner",
    "veteran",
    "rookie",
    "youngster",
    "Frenchman",
    "Frenchwoman",
    "Englishman",
    "Irishman",
    "Dutchman",
    "Scotsman",
    "Welshman",
    "Londoner",
];

/// The links of all quotes, and the pronouns among the speakers with their entity.
pub(super) struct Speakers<'a, 'f, 't> {
    pub found: &'f Found<'a, 't>,
    pub nominals: Nominals<'f>,
    pub genders: Vec<Gender>,
    /// Descriptions that were found to be other words for a person just spoken of.
    pub varied: Vec<(TokenRange, SpeakerLink)>,
    pub(super) trail: Trail<'a, 'f, 't>,
    /// The person whom the article names most often.
    protagonist: Option<usize>,
    /// "The Company" of a release: the first body that its prose names behind the dateline.
    issuer: Option<usize>,
    /// The first token of each quote's speaker and the index of the quote, sorted.
    pub(super) quotes_at: Vec<(usize, usize)>,
}

/// What is met on the way through the text.
#[derive(Clone, Copy)]
enum Event<'f> {
    Name(usize),
    /// A description of the entity.
    Described(usize, &'f TokenRange),
    /// A description of nobody that is known so far.
    Unknown(&'f TokenRange),
    /// "he" or the like, at this token.
    Pronoun(usize),
    /// "My grandmother" as a subject: somebody who is not named there.
    Kin(usize),
    /// The speaker of the quotes whose speaker begins at the same token.
    Speaker(&'f Speaker),
}

impl<'a, 'f, 't> Speakers<'a, 'f, 't> {
    pub(super) fn new(found: &'f Found<'a, 't>, nominals: Nominals<'f>) -> Self {
        let genders = nominals.clusters.list.iter().map(|c| c.gender).collect();
        let at = |(i, q): (usize, &Quote)| q.speaker.as_ref().map(|s| (s.tokens.start, i));
        let mut quotes_at: Vec<_> = found.quotes.iter().enumerate().filter_map(at).collect();
        quotes_at.sort_unstable();
        let protagonist = nominals.clusters.protagonist();
        let start = found.structure.datelines.first().map_or(0, |d| d.span.end);
        let body = |n: &Name| n.kind == EntityType::Organization && n.span.start >= start;
        let prose = |n: &Name| found.role_at(n.tokens.start) == Role::Paragraph;
        let issuer = found.names.iter().position(|n| body(n) && prose(n)).map(|name| nominals.clusters.of[name]);
        Self { found, nominals, genders, varied: Vec::new(), trail: Trail::new(found), protagonist, issuer, quotes_at }
    }

    pub(super) fn clusters(&self) -> &'f Clusters {
        self.nominals.clusters
    }

    /// Whose each quote is, in the order of the quotes; `described` are the descriptions whose entity is known.
    pub(super) fn link(&mut self, described: &'f [(Option<usize>, TokenRange)]) -> Vec<Option<SpeakerLink>> {
        let mut by_range: FxHashMap<(usize, usize), Option<SpeakerLink>> = FxHashMap::default();
        for event in self.events(described) {
            match event {
                Event::Name(i) => self.trail.see(Who::Entity(self.clusters().of[i]), &self.found.names[i].tokens),
                Event::Described(entity, range) => self.trail.see(Who::Entity(entity), range),
                Event::Unknown(range) => {
                    if found_subject(self.found, range)
                        && let Some(link) = self.varied(range, &[])
                    {
                        self.trail.see(Who::Entity(link.entity), range);
                        self.varied.push((range.clone(), link));
                    }
                }
                Event::Pronoun(at) => {
                    let is_person = |id: usize| self.clusters().list[id].kind == EntityType::Person;
                    let subject = self.trail.subject_of(at, is_person);
                    let ahead = self.subject_ahead(at);
                    let ahead = ahead.map(|entity| SpeakerLink { entity, reason: Reason::PronounToLater });
                    if let Some(link) = ahead.or_else(|| self.pronoun(at, &[], subject, false)) {
                        self.trail.see(Who::Entity(link.entity), &(at..at + 1));
                    }
                }
                Event::Kin(at) => {
                    let gender = Gender::in_words(self.found, &(at + 1..at + 2));
                    self.trail.see(Who::Nobody(gender), &(at..at + 2));
                }
                Event::Speaker(speaker) => {
                    let range = self.found.clamp(&speaker.tokens);
                    let link = self.resolve(speaker);
                    by_range.insert((speaker.tokens.start, speaker.tokens.end), link);
                    if let Some(who) = link.map(|l| Who::Entity(l.entity)).or_else(|| self.nobody(speaker)) {
                        self.trail.speaks(who, &range);
                    }
                }
            }
        }
        let link = |speaker: &Speaker| by_range.get(&(speaker.tokens.start, speaker.tokens.end)).copied().flatten();
        let mut links: Vec<_> = self.found.quotes.iter().map(|q| q.speaker.as_ref().and_then(link)).collect();
        for (i, quote) in self.found.quotes.iter().enumerate() {
            if let (None, Some(outer), Some(speaker)) = (links[i], quote.parent, &quote.speaker)
                && self.is_first_person(speaker)
                && let Some(link) = links[outer]
            {
                links[i] = Some(SpeakerLink { entity: link.entity, reason: Reason::PronounToSpeaker });
            }
        }
        links
    }

    /// Names, descriptions, pronouns and speakers in the order of the text; a speaker comes after the words of its phrase.
    fn events(&self, described: &'f [(Option<usize>, TokenRange)]) -> Vec<Event<'f>> {
        let found = self.found;
        let mut events: Vec<(usize, u8, Event<'f>)> = Vec::with_capacity(found.names.len() + found.quotes.len());
        // Who wrote the article is not whom it speaks of.
        let told = |n: &Name| !matches!(found.role_at(n.tokens.start), Role::Byline | Role::Credit | Role::Timestamp);
        let names = found.names.iter().enumerate().filter(|(_, n)| told(n));
        events.extend(names.map(|(i, n)| (n.tokens.start, 0, Event::Name(i))));
        events.extend(described.iter().map(|(entity, r)| {
            let event = entity.map_or(Event::Unknown(r), |id| Event::Described(id, r));
            (r.start, 1, event)
        }));
        let mut speakers: Vec<&Speaker> = found.quotes.iter().filter_map(|q| q.speaker.as_ref()).collect();
        speakers.sort_by_key(|s| (s.tokens.start, s.tokens.end));
        speakers.dedup_by_key(|s| (s.tokens.start, s.tokens.end));
        let spoken = |at: usize| speakers.binary_search_by_key(&at, |s| s.tokens.start).is_ok();
        let pronouns = (0..found.tokens.len()).filter(|&t| {
            found.has(t, Classes::PRONOUN | Classes::DETERMINER)
                && matches!(found.text_at(t).len(), 2 | 3)
                && Gender::of_pronoun(found.text_at(t)) != Gender::Unknown
                && !spoken(t)
        });
        events.extend(pronouns.map(|t| (t, 2, Event::Pronoun(t))));
        let kin = found.structure.sentences.iter().map(|s| s.tokens.start).filter(|&t| self.is_kin(t) && !spoken(t));
        events.extend(kin.map(|t| (t + 1, 2, Event::Kin(t))));
        events.extend(speakers.iter().map(|&s| (s.tokens.end.max(s.tokens.start + 1) - 1, 3, Event::Speaker(s))));
        events.sort_by_key(|&(at, order, _)| (at, order));
        events.into_iter().map(|(.., event)| event).collect()
    }

    /// "My grandmother, who grew up there,": whose relation begins the sentence, and no name says who that is.
    fn is_kin(&self, at: usize) -> bool {
        const KIN: [&str; 10] =
            ["mother", "father", "grandmother", "grandfather", "aunt", "uncle", "sister", "brother", "wife", "husband"];
        let found = self.found;
        let owned = matches!(found.text_at(at), "My" | "Our");
        let next = at + 2;
        let named = self.named(next) || found.text_at(next) == "," && self.named(next + 1);
        let owns = found.tokens.get(next).is_some_and(|t| t.kind == Kind::Clitic);
        owned && KIN.contains(&found.text_at(at + 1)) && !named && !owns
    }

    /// A speaker who comes in without a name: "a woman", "my father", "the armed group". A person with "the" was named before,
    /// if elsewhere.
    fn nobody(&self, speaker: &Speaker) -> Option<Who> {
        let range = self.found.clamp(&speaker.tokens);
        let single_body = |h: usize| self.found.is_body_noun(h) && !self.found.has(h, Classes::ROLE);
        let several = |h: usize| self.found.has(h, Classes::COLLECTIVE);
        if speaker.form == Form::Nominal
            && !range.is_empty()
            && self.found.head(&range).is_some_and(|h| single_body(h) || several(h))
        {
            return Some(Who::Body);
        }
        if range.is_empty() {
            return None;
        }
        let gender = Gender::in_words(self.found, &(range.end - 1..range.end));
        let kin = gender != Gender::Unknown && self.found.names_in(&range).is_empty();
        let Some(head) = self.found.head(&range).filter(|&h| self.found.has(h, Classes::ROLE)) else {
            return kin.then_some(Who::Nobody(gender));
        };
        // "The Tory spokesman" may be one who was named.
        let party = self.found.names_in(&range).any(|i| self.kind(i) == EntityType::Group);
        let seldom = SELDOM_NAMED.contains(&self.found.text_at(head)) && !party;
        // "The boy's mother" comes in beside the boy.
        let owned = range.clone().any(|t| self.found.tokens[t].kind == Kind::Clitic);
        if self.found.text_at(range.start).eq_ignore_ascii_case("the") && !seldom && !owned {
            return None;
        }
        let single = !self.found.has(head, Classes::COLLECTIVE) && !self.found.is_body_noun(head);
        let whose = if owned { gender } else { Gender::in_words(self.found, &range) };
        (speaker.form == Form::Nominal && single).then_some(Who::Nobody(whose))
    }

    /// "I" in what somebody says.
    fn is_first_person(&self, speaker: &Speaker) -> bool {
        let range = self.found.clamp(&speaker.tokens);
        range.len() == 1 && self.found.text_at(range.start) == "I"
    }

    fn resolve(&mut self, speaker: &Speaker) -> Option<SpeakerLink> {
        let range = self.found.clamp(&speaker.tokens);
        if range.is_empty() {
            return None;
        }
        // "In his words".
        let owner = || Gender::of_pronoun(self.found.text_at(range.start)) != Gender::Unknown;
        let pronoun = range.len() == 1 && (self.found.has(range.start, Classes::PRONOUN) || owner());
        if speaker.form == Form::Pronoun || pronoun && !self.named(range.start) {
            let (own, outer) = self.context(speaker);
            return self.pronoun(range.start, &own, outer.map(Who::Entity), true);
        }
        if matches!(self.found.text_at(range.start), "who" | "which") {
            return self.relative(range.start);
        }
        if self.are_several(&range) {
            return None;
        }
        let apposed = || self.apposed_name(speaker, &range);
        let named = self.head_name(&range);
        let titled = named.is_some_and(|_| self.is_foreign_title(&range)).then(apposed).flatten();
        if let Some(entity) = titled.or(named).or_else(apposed) {
            return Some(SpeakerLink { entity, reason: Reason::NameInPhrase });
        }
        if let Some(name) = documents::owner(self.found, &range) {
            let speaks = matches!(self.kind(name), EntityType::Person | EntityType::Organization);
            let entity = self.clusters().of[name];
            return speaks.then_some(SpeakerLink { entity, reason: Reason::Document });
        }
        let (own, outer) = self.context(speaker);
        if documents::is_document(self.found, &range) {
            return self.issuer(&range, &own, outer);
        }
        // "His agency" is of him alone.
        let owner = self.found.text_at(range.start).to_ascii_lowercase();
        let owned =
            matches!(&*owner, "his" | "her" | "their" | "my" | "your") && self.found.names_in(&range).is_empty();
        if owned && self.found.head(&range).is_some_and(|h| self.found.is_body_noun(h)) {
            return None;
        }
        // "The prime minister's spokesman" is of somebody without a name there.
        let office = |t: usize| self.found.has(t, Classes::ROLE) && self.found.tokens[t + 1].kind == Kind::Clitic;
        let of_office = (range.start..range.end - 1).any(office);
        let head = self.found.text_at(range.end - 1);
        if of_office && SELDOM_NAMED.contains(&head) && self.found.names_in(&range).is_empty() {
            return None;
        }
        // "University officials" are no university.
        let bare = self.found.tokens[range.start].kind == Kind::Word && range.len() == 2;
        if bare && self.found.is_body_noun(range.start) && self.qualifies(range.clone()) {
            return None;
        }
        let known = self.nominals.resolve(self.found, &range).map(|(entity, reason)| SpeakerLink { entity, reason });
        // Of all companies the one that the article is just speaking of.
        let nearest = known.is_some_and(|link| link.reason == Reason::NounOfBody);
        let spoken_of = if nearest { self.firm(&range, &own) } else { None };
        spoken_of.or(known).or_else(|| self.defined(&range)).or_else(|| self.varied(&range, &own))
    }

    /// "The Company" of a release, where nothing else tells which.
    fn defined(&self, range: &TokenRange) -> Option<SpeakerLink> {
        let noun = range.start + 1;
        let term = range.len() == 2 && matches!(self.found.text_at(noun), "Company" | "Group" | "Bank");
        let entity = self.issuer.filter(|_| term && !self.named(noun))?;
        Some(SpeakerLink { entity, reason: Reason::OtherWord })
    }

    /// Whose words a document has: its owner's, else those of who spoke last.
    fn issuer(&mut self, range: &TokenRange, own: &[Span], outer: Option<usize>) -> Option<SpeakerLink> {
        if Gender::of_pronoun(self.found.text_at(range.start)) != Gender::Unknown {
            return self.pronoun(range.start, own, outer.map(Who::Entity), true);
        }
        let of_body = documents::is_of_body(self.found, range);
        let speaks = |name: usize| matches!(self.kind(name), EntityType::Person | EntityType::Organization);
        match documents::issued(self.found, range, speaks) {
            Some(Issuer::Name(name)) => {
                return Some(SpeakerLink { entity: self.clusters().of[name], reason: Reason::Document });
            }
            Some(Issuer::Nobody) => return None,
            None => {}
        }
        let fits = |who: Who| match who {
            Who::Entity(id) => match self.clusters().list[id].kind {
                EntityType::Person if of_body => 0.0,
                EntityType::Person | EntityType::Organization => 1.0,
                EntityType::Place | EntityType::Group | EntityType::Misc => 0.0,
            },
            Who::Nobody(_) | Who::Body => 1.0,
        };
        let antecedent = self.trail.antecedent(range.start, own, &fits).filter(|a| a.speaks)?;
        let Who::Entity(entity) = antecedent.who else { return None };
        Some(SpeakerLink { entity, reason: Reason::Document })
    }

    /// "The company": the body that the article is just speaking of.
    fn firm(&self, range: &TokenRange, own: &[Span]) -> Option<SpeakerLink> {
        let noun = range.start + 1;
        if range.len() != 2 || !FIRMS.contains(&self.found.text_at(noun)) {
            return None;
        }
        let fits = |who: Who| match who {
            Who::Entity(id)
                if self.clusters().list[id].kind == EntityType::Organization
                    && !is_office(self.found, self.clusters(), id) =>
            {
                1.0
            }
            _ => 0.0,
        };
        let antecedent = self.trail.antecedent(range.start, own, &fits).filter(|a| a.clear)?;
        let Who::Entity(entity) = antecedent.who else { return None };
        let first = || {
            let name = self.clusters().of.iter().position(|&id| id == entity);
            name.map_or(0, |i| self.found.names[i].tokens.start)
        };
        let another = self.found.text_at(noun) == "group" && Nominals::met_unnamed(self.found, noun, first());
        (!another).then_some(SpeakerLink { entity, reason: Reason::OtherWord })
    }

    /// "The former midwife", "the 44-year-old": another word for the person that the article is just speaking of. Not where the
    /// article calls that person something else, nor for those who are seldom named.
    fn varied(&self, range: &TokenRange, own: &[Span]) -> Option<SpeakerLink> {
        let found = self.found;
        let head = found.head(range);
        let aged = range.len() > 4 && found.text_at(range.end - 1) == "old";
        let single =
            |h: usize| found.has(h, Classes::ROLE) && !found.has(h, Classes::COLLECTIVE) && !found.is_body_noun(h);
        let body = |h: usize| found.is_body_noun(h);
        // "The Hull North MP".
        let seat = found.text_at(range.end - 1) == "MP"
            && found.names_in(range).all(|i| self.kind(i) == EntityType::Place)
            && !found.names_in(range).is_empty();
        let epithet = seat || range.len() < 5 && EPITHETS.contains(&found.text_at(range.end - 1));
        // "The producer", of whom somebody tells, is not who tells it.
        if self.trail.in_speech(range)
            || !matches!(found.text_at(range.start), "the" | "The")
            || !aged && !epithet && !head.is_some_and(|h| single(h) || body(h))
        {
            return None;
        }
        if !aged && !epithet && head.is_some_and(|h| found.is_body_noun(h)) {
            return self.firm(range, own);
        }
        let apart = |h: usize| SELDOM_NAMED.contains(&found.text_at(h)) || OFFICES.contains(&found.text_at(h));
        if head.is_some_and(apart) && !aged {
            return None;
        }
        let body = |i: usize| matches!(self.kind(i), EntityType::Person | EntityType::Organization);
        let others = range.clone().any(|t| found.has(t, Classes::DETERMINER) && t > range.start);
        // "The Conservative leader", whom the article is about.
        let leads = range.len() == 3 && matches!(found.text_at(range.end - 1), "leader" | "chief");
        let party = |i: usize| leads && self.kind(i) == EntityType::Organization;
        if others || found.names_in(range).any(|i| body(i) && !party(i)) {
            return None;
        }
        // "The Tory leader": with a nationality or party, whom the article is about.
        let qualified = range.len() < 5 && !found.names_in(range).is_empty();
        let protagonist = self.protagonist.filter(|_| qualified);
        // "The American 23-time champion" adds more than an office.
        let rich = range.len() > 4 && range.clone().any(|t| found.has(t, Classes::DEMONYM));
        let added = aged
            || rich
            || epithet
            || range.clone().any(|t| matches!(found.text_at(t), "former" | "nominee" | "candidate"));
        let gender = Gender::in_words(found, range);
        let fits = |who: Who| match who {
            Who::Entity(id) if protagonist.is_some_and(|only| only != id) => 0.0,
            Who::Entity(id) if self.clusters().list[id].kind == EntityType::Person => {
                if added || !self.nominals.has_role(id) { agreement(gender, self.genders[id]) } else { 0.0 }
            }
            Who::Entity(_) | Who::Body => 0.0,
            Who::Nobody(whose) => agreement(gender, whose),
        };
        // The one person of the paragraph, be somebody else as near.
        let alone = |a: &Antecedent| epithet && matches!(a.who, Who::Entity(id) if self.is_alone(id, range.start));
        let antecedent = self.trail.antecedent(range.start, own, &fits).filter(|a| a.clear || alone(a))?;
        let Who::Entity(entity) = antecedent.who else { return None };
        Some(SpeakerLink { entity, reason: Reason::OtherWord })
    }

    /// Whether the paragraph names the person before token `at`, and no other.
    fn is_alone(&self, person: usize, at: usize) -> bool {
        let mut persons = self.found.names_in(&(self.found.block_start(at)..at));
        let mut named = persons.clone().filter(|&n| self.kind(n) == EntityType::Person).peekable();
        named.peek().is_some() && persons.all(|n| self.kind(n) != EntityType::Person || self.clusters().of[n] == person)
    }

    /// "Lee, who said …": the name right before.
    fn relative(&self, at: usize) -> Option<SpeakerLink> {
        let name = self.found.names_in(&(at.saturating_sub(8)..at)).next_back()?;
        let fits = matches!(self.kind(name), EntityType::Person | EntityType::Organization);
        fits.then(|| SpeakerLink { entity: self.clusters().of[name], reason: Reason::RelativeClause })
    }

    pub(super) fn named(&self, token: usize) -> bool {
        self.found.name_at(token).is_some()
    }

    pub(super) fn kind(&self, name: usize) -> EntityType {
        match self.found.names[name].kind {
            EntityType::Group => EntityType::Group,
            _ => self.clusters().list[self.clusters().of[name]].kind,
        }
    }
}

/// Whether a description is the first word of its sentence, and a verb or a comma comes next.
fn found_subject(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    const VERBS: Classes = Classes::VERB.union(Classes::CUE_VERB).union(Classes::AUXILIARY);
    let first = found.structure.sentences.binary_search_by_key(&range.start, |s| s.tokens.start).is_ok();
    let next =
        range.end + usize::from(matches!(found.text_at(range.end), "also" | "then" | "now" | "already" | "still"));
    first && (found.has(next, VERBS) || found.text_at(range.end) == ",")
}
