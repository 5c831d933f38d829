//! A definite description in, its entity out: "Russia's top diplomat", "the minister", "the TV channel", "the company".

use super::Found;
use super::cluster::Clusters;
use super::descriptions::Description;
use super::gender::Gender;
use super::reason::Reason;
use super::titles::in_full;
use super::view::PLACES;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Flags, Kind, Token, TokenRange, fold_hash, folded};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::RangeInclusive;

/// What resolving descriptions reads.
pub(super) struct Nominals<'a> {
    pub clusters: &'a Clusters,
    known: &'a [Description],
    /// The head nouns of the known descriptions.
    heads: FxHashSet<u64>,
    /// The clusters whose role the article tells.
    roles: FxHashSet<usize>,
    /// The person whose title has these initials at its end; nobody where several have.
    initials: FxHashMap<String, Option<usize>>,
}

/// How long an abbreviated title may be.
const SHORT_TITLES: RangeInclusive<usize> = 2..=4;

/// How many descriptions are looked at on either side.
const REACH: usize = 200;
/// How many names are looked at for a body.
const BODIES_BACK: usize = 60;
/// Nouns that name a company in general.
pub(super) const FIRMS: [&str; 6] = ["company", "firm", "group", "business", "carmaker", "operator"];
/// Nouns for holders of an office.
const OFFICIALS: [&str; 4] = ["official", "politician", "officer", "leader"];
/// Nouns and the offices whose holders they are used for.
const KINDRED: [(&str, &[&str]); 8] = [
    ("judge", &["justice", "magistrate"]),
    (
        "officer",
        &["commissioner", "inspector", "superintendent", "constable", "sergeant", "sheriff", "detective", "captain"],
    ),
    ("official", &["minister", "secretary", "commissioner", "director", "governor", "spokesman", "spokeswoman"]),
    ("diplomat", &["ambassador", "envoy", "consul", "foreign"]),
    ("politician", &["senator", "mp", "lawmaker", "minister", "leader", "congressman", "congresswoman"]),
    ("legislator", &["senator", "mp", "lawmaker", "congressman", "congresswoman", "representative"]),
    ("lawmaker", &["senator", "representative", "mp", "congressman", "congresswoman"]),
    ("executive", &["ceo", "chief", "president"]),
];
/// Adjectives that stand for the rank in "top diplomat".
const RANKS: [&str; 4] = ["top", "chief", "senior", "most"];

/// Words that a description may begin with, by class: most words are none of them.
const OPENERS: Classes = Classes::DETERMINER.union(PLACES);

/// The description that begins at token `at`.
fn spot(found: &Found<'_, '_>, told: &FxHashSet<u64>, at: usize, limit: usize) -> Option<TokenRange> {
    if !found.has(at, OPENERS) {
        return None;
    }
    let definite = matches!(found.text_at(at), "the" | "The" | "that" | "this" | "This");
    let owned = found.tokens[at].is_capital() && found.has(at, PLACES);
    let from = if definite {
        at + 1
    } else if owned {
        at + 1 + usize::from(found.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Clitic))
    } else {
        return None;
    };
    if let Some(range) = short_spot(found, told, at, limit).filter(|_| definite) {
        return Some(range);
    }
    let mut end = from;
    let mut head = None;
    while end < limit.min(from + 5) {
        let token = &found.tokens[end];
        let verb = found.has(end, Classes::CUE_VERB | Classes::VERB) && !found.is_head(end);
        let plain = token.is_word() && !found.is_small(end) && !verb;
        let begins = end == from && token.is_capital();
        let possessive = token.kind == Kind::Clitic && end > from;
        if !plain && !possessive {
            break;
        }
        if found.is_head(end) || found.is_place_noun(end) {
            head = Some(end);
        } else if head.is_some() && !begins {
            break;
        }
        end += 1;
    }
    let head = head?;
    let next_is_name = found.tokens.get(head + 1).is_some_and(|t| t.is_word() && t.is_capital());
    (!next_is_name && !is_modifier(found, head) && (definite || head > at)).then_some(at..head + 1)
}

/// "court" of "the court process": another noun, which is nothing else, comes next.
fn is_modifier(found: &Found<'_, '_>, noun: usize) -> bool {
    const OTHERS: Classes = Classes::VERB.union(Classes::CUE_VERB).union(Classes::ADVERB).union(Classes::WEEKDAY);
    let next = noun + 1;
    found.tokens.get(next).is_some_and(|t| t.is_word() && !t.is_capital())
        && found.has(next, Classes::COMMON)
        && !found.has(next, OTHERS)
        && !found.is_small(next)
        && !found.text_at(next).ends_with("ed")
        && !found.text_at(next).ends_with("ing")
}

/// "the 61-year-old", "the CM", and "the rancher" where "a rancher" stands beside a name: what no list knows.
fn short_spot(found: &Found<'_, '_>, told: &FxHashSet<u64>, at: usize, limit: usize) -> Option<TokenRange> {
    let named = |t: usize| found.tokens.get(t).is_some_and(|t| t.is_word() && t.is_capital());
    let first = found.tokens.get(at + 1).filter(|_| at + 1 < limit)?;
    if first.kind == Kind::Number && found.text_at(at + 5) == "old" && at + 6 <= limit {
        let noun = found.tokens.get(at + 6).is_some_and(Token::is_word) && !found.is_small(at + 6);
        let verb = found.has(at + 6, Classes::CUE_VERB | Classes::VERB);
        return (!noun || verb).then_some(at..at + 6);
    }
    let loud = first.flags.contains(Flags::ALL_CAPS) && first.is_word() && (2..=4).contains(&first.span.len());
    // "The business secretary" is no business.
    let heads = told.contains(&first.hash)
        && !first.is_capital()
        && !found.is_head(at + 1)
        && !found.is_head(at + 2)
        && !named(at + 2);
    (loud && !named(at + 2) || heads).then_some(at..at + 2)
}

impl<'a> Nominals<'a> {
    /// From the descriptions that stand beside names, in order.
    pub(super) fn new(found: &Found<'_, '_>, clusters: &'a Clusters, known: &'a [Description]) -> Self {
        let tells = |d: &&Description| d.tokens.clone().any(|t| found.has(t, Classes::ROLE));
        let mut initials: FxHashMap<String, Option<usize>> = FxHashMap::default();
        for description in known.iter().filter(|d| clusters.list[d.cluster].kind == EntityType::Person) {
            let capitals =
                description.tokens.clone().filter(|&t| found.tokens[t].is_word() && found.tokens[t].is_capital());
            let letters: Vec<char> = capitals.filter_map(|t| found.tokens.word(t).chars().next()).collect();
            for length in SHORT_TITLES.filter(|&n| n <= letters.len()) {
                let bearer = initials.entry(letters[letters.len() - length..].iter().collect());
                let bearer = bearer.or_insert(Some(description.cluster));
                *bearer = bearer.filter(|&id| id == description.cluster);
            }
        }
        Self {
            clusters,
            known,
            heads: known.iter().map(|d| d.head).collect(),
            roles: known.iter().filter(tells).map(|d| d.cluster).collect(),
            initials,
        }
    }

    /// The definite descriptions of the prose, as token ranges, in order.
    pub(super) fn spots(&self, found: &Found<'_, '_>) -> Vec<TokenRange> {
        let mut spots = Vec::new();
        for sentence in &found.structure.sentences {
            let mut i = sentence.tokens.start;
            while i < sentence.tokens.end {
                match spot(found, &self.heads, i, sentence.tokens.end) {
                    Some(range) => {
                        i = range.end;
                        spots.push(range);
                    }
                    None => i += 1,
                }
            }
        }
        spots
    }

    /// The entity of the description `range`.
    pub(super) fn resolve(&self, found: &Found<'_, '_>, range: &TokenRange) -> Option<(usize, Reason)> {
        if let Some(id) = self.by_initials(found, range) {
            return Some((id, Reason::TitleInitials));
        }
        if let Some(id) = self.told_here(found, range) {
            return Some((id, Reason::HeadNoun));
        }
        let Some(head) = found.head(range).or_else(|| self.told_head(found, range)) else {
            return self.place(found, range).map(|id| (id, Reason::NounOfBody));
        };
        // "A French official" is one that nobody has named; a body is named later on, unless it is "a group of rabbis".
        let first = found.text_at(range.start).to_ascii_lowercase();
        let another = matches!(&*first, "a" | "an" | "one" | "another" | "some" | "several");
        if another && (!found.is_body_noun(head) || found.text_at(head) == "group") {
            return None;
        }
        // "The Republican governor" is of no country.
        let place = |t: usize| found.has(t, PLACES) && !matches!(found.text_at(t), "Republican" | "Democratic");
        let owner = range.clone().find(|&t| found.tokens[t].is_capital() && place(t) || found.is_named_body(t));
        let by_head = self.by_head(found, range, head, owner);
        if owner.is_none() && found.is_body_noun(head) {
            let told = by_head.filter(|d| d.tokens.start < range.start).map(|d| d.tokens.start);
            if let Some(id) = self.nearer_body(found, range, head, told) {
                return Some((id, Reason::NounOfBody));
            }
        }
        if let Some(known) = by_head {
            return Some((known.cluster, Reason::HeadNoun));
        }
        if let Some(owner) = owner {
            return self.by_rank(found, range, head, owner).map(|id| (id, Reason::CountryAndRole));
        }
        if let Some(id) = self.by_office(found, head, range.start) {
            return Some((id, Reason::KindredRole));
        }
        if found.is_body_noun(head) {
            return self.body(found, head, range.start).map(|id| (id, Reason::NounOfBody));
        }
        None
    }

    /// A phrase that begins with a description whose bearer is known: "a former executive of Acorn" by "a former executive".
    fn told_here(&self, found: &Found<'_, '_>, range: &TokenRange) -> Option<usize> {
        // "Prime Minister Ana Roe's spokesman" is somebody else.
        let owns = |t: usize| found.tokens[t].kind == Kind::Clitic && found.name_ending(t).is_some();
        if range.clone().skip(1).any(owns) {
            return None;
        }
        let from = self.known.partition_point(|d| d.tokens.start < range.start);
        let here = self.known[from..].iter().take_while(|d| d.tokens.start == range.start);
        here.filter(|d| !d.tokens.is_empty() && d.tokens.end <= range.end).map(|d| d.cluster).next()
    }

    /// A last word that is the head of a description beside a name: "the rancher".
    fn told_head(&self, found: &Found<'_, '_>, range: &TokenRange) -> Option<usize> {
        let last = range.end.checked_sub(1)?;
        let hash = found.tokens[last].hash;
        let kin = matches!(found.text_at(last), "dad" | "daddy" | "mum" | "mom" | "mummy")
            || found.text_at(last) == "paper" && self.heads.contains(&fold_hash("newspaper"));
        (kin || self.heads.contains(&hash)).then_some(last)
    }

    /// Whether the article says what the person is.
    pub(super) fn has_role(&self, cluster: usize) -> bool {
        self.roles.contains(&cluster)
    }

    /// "the CM" for Chief Minister Roe: the person whose title has these initials, if it is one alone.
    fn by_initials(&self, found: &Found<'_, '_>, range: &TokenRange) -> Option<usize> {
        let word = found.tokens.word(range.end.checked_sub(1)?);
        let loud = SHORT_TITLES.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
        self.initials.get(word).copied().flatten().filter(|_| loud)
    }

    /// The description with the same head, the nearest before, else the first after.
    fn by_head(
        &self,
        found: &Found<'_, '_>,
        range: &TokenRange,
        head: usize,
        owner: Option<usize>,
    ) -> Option<&'a Description> {
        let hash = match found.text_at(head) {
            "dad" | "daddy" => fold_hash("father"),
            "mum" | "mom" | "mummy" => fold_hash("mother"),
            "paper" => fold_hash("newspaper"),
            _ => found.tokens[head].hash,
        };
        let gender = Gender::in_words(found, range);
        let body = found.is_body_noun(head) || found.text_at(head) == "paper";
        let fits = |d: &&Description| {
            d.head == hash
                && (self.clusters.list[d.cluster].kind == EntityType::Person) != body
                && gender.fits(self.clusters.list[d.cluster].gender)
                && same_office(found, range, head, &d.tokens)
                && match (owner, d.owner) {
                    (Some(a), _) if found.has(a, Classes::STATE | Classes::CITY) && !found.has(a, Classes::COUNTRY) => {
                        true
                    }
                    (Some(a), Some(b)) => same_country(found, a, b),
                    (Some(_), None) => false,
                    (None, _) => true,
                }
        };
        let here = self.known.partition_point(|d| d.tokens.start < range.start);
        let before = self.known[..here].iter().rev().take(REACH).find(fits);
        // "The firm" is a company of before rather than the first that is called so later on.
        let firm = FIRMS.contains(&found.text_at(head)) && owner.is_none();
        let met = |d: &Description| FIRMS.contains(&found.text_at(d.tokens.end - 1));
        if before.is_none() && firm && self.known[..here].iter().rev().take(REACH).any(met) {
            return None;
        }
        before.or_else(|| self.known[here..].iter().take(REACH).find(fits))
    }

    /// "Russia's top diplomat": the country's person whose office is of that kind.
    fn by_rank(&self, found: &Found<'_, '_>, range: &TokenRange, head: usize, owner: usize) -> Option<usize> {
        let word = folded(found.text_at(head));
        let ranked = range.clone().any(|t| RANKS.contains(&found.text_at(t)));
        let office: &[&str] = match &*word {
            "diplomat" if ranked => &["foreign", "state", "affairs"],
            "leader" | "strongman" => &["president", "premier", "chancellor", "king", "emir", "sultan", "prime"],
            _ if OFFICIALS.contains(&&*word) => {
                &["minister", "secretary", "commissioner", "governor", "chief", "director"]
            }
            _ => return None,
        };
        let hashes: Vec<u64> = office.iter().map(|w| fold_hash(w)).collect();
        let here = self.known.partition_point(|d| d.tokens.start < range.start);
        let window = &self.known[here.saturating_sub(REACH)..self.known.len().min(here + REACH)];
        let people: Vec<&Description> = window
            .iter()
            .filter(|d| {
                self.clusters.list[d.cluster].kind == EntityType::Person
                    && d.tokens.clone().any(|t| hashes.contains(&found.tokens[t].hash))
            })
            .collect();
        let only = |fits: &dyn Fn(&Description) -> bool| {
            let mut ids = people.iter().filter(|d| fits(d)).map(|d| d.cluster);
            let first = ids.next()?;
            ids.all(|id| id == first).then_some(first)
        };
        // Where nobody's country is told, the one holder of such an office is of the country that the article is about.
        only(&|d| d.owner.is_some_and(|o| same_country(found, o, owner)))
            .or_else(|| only(&|_| true).filter(|_| people.iter().all(|d| d.owner.is_none())))
    }

    /// "the judge" for Justice Roe, "the officer" for Commissioner Roe: the nearest before.
    fn by_office(&self, found: &Found<'_, '_>, head: usize, before: usize) -> Option<usize> {
        let word = folded(found.text_at(head));
        let (_, kin) = KINDRED.iter().find(|(noun, _)| *noun == word)?;
        let here = self.known.partition_point(|d| d.tokens.start < before);
        let near = self.known[..here].iter().rev().take(REACH);
        let person = |d: &&Description| self.clusters.list[d.cluster].kind == EntityType::Person;
        let office = |t: usize| in_full(found.text_at(t)).map_or_else(|| folded(found.text_at(t)), Into::into);
        let holds = |d: &&Description| d.tokens.clone().any(|t| kin.contains(&&*office(t)));
        let holder = near.filter(person).find(holds)?;
        // "Officials said so. The official": one of those who were not named.
        let plural = fold_hash(&format!("{word}s"));
        let unnamed = |t: usize| {
            let token = &found.tokens[t];
            token.hash == plural || token.hash == found.tokens[head].hash && Self::is_indefinite(found, t)
        };
        (!(holder.tokens.end..before).rev().take(REACH).any(unnamed)).then_some(holder.cluster)
    }

    /// "A campaign group is to": whether the noun at `head` stood before token `first` as a subject that nobody names.
    pub(super) fn met_unnamed(found: &Found<'_, '_>, head: usize, first: usize) -> bool {
        let acts = |t: usize| found.has(t, Classes::AUXILIARY | Classes::VERB | Classes::CUE_VERB);
        let same = |&t: &usize| found.tokens[t].hash == found.tokens[head].hash && acts(t + 1);
        (head.saturating_sub(NOUNS_BACK)..first).filter(same).any(|t| Self::is_indefinite(found, t))
    }

    /// "an official", "one senior official".
    fn is_indefinite(found: &Found<'_, '_>, head: usize) -> bool {
        let opens = |t: &usize| found.has(*t, Classes::DETERMINER) || found.has(*t, Classes::NUMBER_WORD);
        let opening = (head.saturating_sub(4)..head).rev().find(opens);
        opening.is_some_and(|t| matches!(&*found.text_at(t).to_ascii_lowercase(), "a" | "an" | "one" | "another"))
    }

    /// "the lake" for "Lake Victoria": the nearest place before with that word in its name.
    fn place(&self, found: &Found<'_, '_>, range: &TokenRange) -> Option<usize> {
        let noun = range.end.checked_sub(1).filter(|&i| found.is_place_noun(i))?;
        let hash = found.tokens[noun].hash;
        let last = found.names.partition_point(|n| n.tokens.end <= range.start);
        let before = (last.saturating_sub(BODIES_BACK)..last).rev().map(|i| self.clusters.of[i]);
        before
            .filter(|&id| self.clusters.list[id].kind == EntityType::Place)
            .find(|&id| self.clusters.list[id].words.list.iter().any(|w| w.hash == hash))
    }

    /// "The bank" behind "Nordhavn Bank", "this company" behind the body of the sentence before: named after `told`, where a
    /// description has the same noun.
    fn nearer_body(
        &self,
        found: &Found<'_, '_>,
        range: &TokenRange,
        head: usize,
        told: Option<usize>,
    ) -> Option<usize> {
        let hash = found.tokens[head].hash;
        let told = told.unwrap_or(0);
        let last = found.names.partition_point(|n| n.tokens.end <= range.start);
        let this = matches!(found.text_at(range.start), "this" | "This") && FIRMS.contains(&found.text_at(head));
        let floor = found.sentence_start(found.sentence_start(range.start).saturating_sub(1));
        (last.saturating_sub(BODIES_BACK)..last).rev().find_map(|i| {
            let (id, name) = (self.clusters.of[i], &found.names[i]);
            let cluster = &self.clusters.list[id];
            let named = cluster.words.list.last().is_some_and(|w| w.hash == hash) || this && name.tokens.start >= floor;
            (cluster.kind == EntityType::Organization && named && name.tokens.start > told).then_some(id)
        })
    }

    /// "the bank" for "Nordhavn Bank", "the company" for the last company named.
    fn body(&self, found: &Found<'_, '_>, head: usize, before: usize) -> Option<usize> {
        let hash = found.tokens[head].hash;
        let firm = FIRMS.contains(&found.text_at(head));
        let last = found.names.partition_point(|n| n.tokens.end <= before);
        let around =
            (last.saturating_sub(BODIES_BACK)..last).rev().chain(last..self.clusters.of.len().min(last + BODIES_BACK));
        around.map(|i| self.clusters.of[i]).find(|&id| {
            let cluster = &self.clusters.list[id];
            let company = |w: &super::keys::Word| w.classes.contains(Classes::ORG_SUFFIX);
            matches!(cluster.kind, EntityType::Organization | EntityType::Place)
                && cluster.words.list.iter().any(|w| w.hash == hash || firm && company(w))
        })
    }
}

/// So far back a noun is looked for, in tokens.
const NOUNS_BACK: usize = 1024;

/// Words right before the noun of an office that make it another office.
const RANKED: [&str; 8] = ["prime", "deputy", "vice", "assistant", "chief", "first", "foreign", "finance"];
/// So many of them are never left out.
const ALWAYS: usize = 4;

/// Whether two descriptions with one head may be of one office: "the prime minister" is no chief minister, "the minister" any.
fn same_office(found: &Found<'_, '_>, range: &TokenRange, head: usize, other: &TokenRange) -> bool {
    // "The transport secretary" is not the shadow transport secretary.
    let shadow = |r: &TokenRange| r.clone().any(|t| found.text_at(t).eq_ignore_ascii_case("shadow"));
    if shadow(range) != shadow(other) {
        return false;
    }
    let rank = |i: usize| RANKED.iter().position(|r| found.text_at(i).eq_ignore_ascii_case(r));
    let before = head.checked_sub(if found.is_hyphen(head.max(1) - 1) { 2 } else { 1 });
    let Some(own) = before.filter(|i| range.contains(i)).and_then(rank) else { return true };
    let mut others = other.clone().filter_map(rank).peekable();
    others.peek().is_none() && own >= ALWAYS || others.any(|other| other == own)
}

/// Adjectives that share too little with their country.
const ODD: [(&str, &str); 14] = [
    ("french", "france"),
    ("british", "britain"),
    ("british", "uk"),
    ("american", "us"),
    ("american", "u.s."),
    ("dutch", "netherlands"),
    ("danish", "denmark"),
    ("greek", "greece"),
    ("spanish", "spain"),
    ("irish", "ireland"),
    ("finnish", "finland"),
    ("welsh", "wales"),
    ("scottish", "scotland"),
    ("thai", "thailand"),
];

/// Whether two tokens name one country: the same word, or a country and its adjective.
pub(super) fn same_country(found: &Found<'_, '_>, a: usize, b: usize) -> bool {
    if found.tokens[a].hash == found.tokens[b].hash {
        return true;
    }
    let (x, y) = (folded(found.text_at(a)), folded(found.text_at(b)));
    let shared = x.bytes().zip(y.bytes()).take_while(|(p, q)| p == q).count();
    shared >= 4
        || ODD.iter().any(|&(adjective, country)| x == adjective && y == country || y == adjective && x == country)
}
