//! Names in, clusters out: a sieve from exact names to surnames, each step only where it leaves no doubt.

use super::Found;
use super::countries;
use super::gender::{Gender, of_name};
use super::keys::{Word, Words, alike};
use super::kinds;
use super::likeness::{
    acronyms, ends_in_suffix, family_first, is_acronym_of, is_acronym_of_office, is_first_surname, is_kind_of,
    is_last_of, is_part_of, is_partner, is_short_of, is_state_of, is_tail_of, is_unknown, same_person, states_key,
};
use super::naming;
use super::reason::Reason;
use crate::article::EntityType;
use crate::names::Name;
use crate::text::{Flags, Kind, fold_hash};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// So many names back a body is looked for.
const BODIES_BACK: usize = 40;

/// Names that are one entity.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub kind: EntityType,
    /// Index of the name that names it.
    pub name: usize,
    pub words: Words,
    pub gender: Gender,
    /// Index of the record in the user's gazetteer.
    pub record: Option<u32>,
}

/// The clusters, and the cluster of each name.
pub(super) struct Clusters {
    pub list: Vec<Cluster>,
    pub of: Vec<usize>,
    /// Why each name is in its cluster.
    pub why: Vec<Reason>,
    /// How many words each name has.
    pub lens: Vec<usize>,
    index: Index,
}

/// Clusters by the words that a shorter or other form of their name may share with it.
struct Index {
    /// The last link of each word's chain.
    last: FxHashMap<u64, u32>,
    /// A cluster, and the link before.
    links: Vec<(u32, Option<u32>)>,
}

impl Index {
    /// Room for so many words.
    fn with_capacity(words: usize) -> Self {
        Self { last: FxHashMap::with_capacity_and_hasher(words, FxBuildHasher), links: Vec::with_capacity(words) }
    }

    fn add(&mut self, key: u64, cluster: usize) {
        let before = self.last.insert(key, self.links.len() as u32);
        self.links.push((cluster as u32, before));
    }

    /// The clusters of a word, the last ones first.
    fn get(&self, key: u64) -> impl Iterator<Item = usize> {
        let link = |at: u32| self.links[at as usize];
        let chain = std::iter::successors(self.last.get(&key).copied().map(link), move |&(_, at)| at.map(link));
        chain.map(|(cluster, _)| cluster as usize)
    }
}

/// How near, in tokens, a name decides between two persons of one surname.
const NEAR: usize = 30;

/// How many clusters of one word are looked at, the last ones first.
const MOST: usize = 32;

pub(super) fn cluster(found: &Found<'_, '_>) -> Clusters {
    let words: Vec<Words> = found.names.iter().map(|n| Words::of(found.tokens, found.classes, n)).collect();
    let kinds = kinds::settle(found, &words);
    let mut clusters = Clusters {
        list: Vec::new(),
        of: vec![usize::MAX; found.names.len()],
        why: vec![Reason::FirstName; found.names.len()],
        lens: words.iter().map(Words::len).collect(),
        index: Index::with_capacity(2 * found.names.len()),
    };
    // Whole names before their parts, so that a headline's surname finds the name below it.
    let mut order: Vec<usize> = (0..found.names.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(words[i].len()), i));
    let mut seen = Seen::default();
    for i in order {
        let (name, own) = (&found.names[i], &words[i]);
        let mut id = seen.identity(found, name, kinds[i]);
        // "The SP" is who holds the office, "the Leeds SP" another one.
        let office = |home: usize| clusters.list[home].kind == EntityType::Person && id.kind != EntityType::Person;
        let fits = |home: usize| !office(home) || found.is_definite(name.tokens.start);
        let same_words = seen.by_key.get(&(own.key, id.kind)).filter(|&&home| fits(home));
        let why = |home: usize| if office(home) { Reason::Acronym } else { Reason::SameName };
        let same_words = same_words.map(|&home| (home, why(home)));
        let exact = same_words.filter(|_| own.len() > 1 || id.kind != EntityType::Person);
        let home = seen
            .same_record(id)
            .or(exact)
            .or_else(|| clusters.home(found, &words, i, id.kind))
            .or(same_words)
            .or_else(|| seen.same_country(id));
        // What the article itself does not explain may be a form of a listed name.
        let home = home.or_else(|| {
            id.record = id.record.or_else(|| seen.listed(found, name));
            seen.same_record(id)
        });
        let at = if let Some((at, _)) = home {
            at
        } else {
            let gender = of_name(found, name, own);
            clusters.add(found, Cluster { kind: id.kind, name: i, words: own.clone(), gender, record: id.record })
        };
        if own.len() > 1 || home.is_none_or(|(_, reason)| reason == Reason::Acronym) {
            seen.by_key.entry((own.key, id.kind)).or_insert(at);
        }
        seen.add(id, at);
        clusters.of[i] = at;
        clusters.list[at].learn(found, name, id.record, own, i);
        let by_record = id.record.is_some() && clusters.list[at].record == id.record;
        clusters.why[i] = if by_record { id.by_record() } else { home.map_or(Reason::FirstName, |(_, reason)| reason) };
    }
    clusters
}

/// What is known of a name before it is compared with others.
#[derive(Clone, Copy)]
struct Identity {
    kind: EntityType,
    /// The record of its hit, else of its country.
    record: Option<u32>,
    is_hit: bool,
    country: Option<usize>,
    /// A nationality, which stands for its country.
    is_adjective: bool,
}

impl Identity {
    fn by_record(self) -> Reason {
        if self.is_hit {
            Reason::Gazetteer
        } else if self.is_adjective {
            Reason::CountryAdjective
        } else if self.country.is_some() {
            Reason::OtherCountryName
        } else {
            Reason::ListedForm
        }
    }
}

/// The clusters so far by what identifies them.
#[derive(Default)]
struct Seen {
    by_key: FxHashMap<(u64, EntityType), usize>,
    by_record: FxHashMap<u32, usize>,
    by_country: FxHashMap<usize, usize>,
    /// The gazetteer's record of each country that was looked up.
    records: FxHashMap<usize, Option<u32>>,
    /// The record of each form that was looked up.
    forms: FxHashMap<(u64, EntityType), Option<u32>>,
}

impl Seen {
    fn identity(&mut self, found: &Found<'_, '_>, name: &Name, own: EntityType) -> Identity {
        let hit = name.hit.and_then(|h| found.hits.get(h)).and_then(|h| h.records.first().copied());
        let is_place = name.kind == EntityType::Place;
        let country = is_place.then(|| countries::country(found, name.span)).flatten();
        let record = hit.or_else(|| {
            let (gazetteer, country) = found.gazetteer.zip(country)?;
            *self.records.entry(country).or_insert_with(|| countries::record(gazetteer, country))
        });
        let kind = record.and_then(|r| found.gazetteer.and_then(|g| g.kind(r))).unwrap_or(own);
        if name.kind == EntityType::Group
            && record.is_none()
            && let Some(record) = self.listed(found, name)
        {
            let kind = found.gazetteer.and_then(|g| g.kind(record)).unwrap_or(EntityType::Place);
            return Identity { kind, record: Some(record), is_hit: false, country, is_adjective: true };
        }
        Identity { kind, record, is_hit: hit.is_some(), country, is_adjective: false }
    }

    /// The record that the words of a name are a form of.
    fn listed(&mut self, found: &Found<'_, '_>, name: &Name) -> Option<u32> {
        let (gazetteer, forms) = found.gazetteer.zip(found.forms)?;
        let text = name.span.of(found.tokens.text);
        let key = (fold_hash(text), name.kind);
        *self.forms.entry(key).or_insert_with(|| forms.record(gazetteer, text, name.kind))
    }

    fn same_record(&self, id: Identity) -> Option<(usize, Reason)> {
        id.record.and_then(|r| self.by_record.get(&r)).map(|&at| (at, id.by_record()))
    }

    fn same_country(&self, id: Identity) -> Option<(usize, Reason)> {
        id.country.and_then(|c| self.by_country.get(&c)).map(|&at| (at, Reason::OtherCountryName))
    }

    fn add(&mut self, id: Identity, at: usize) {
        if let Some(record) = id.record {
            self.by_record.entry(record).or_insert(at);
        }
        if let Some(country) = id.country {
            self.by_country.entry(country).or_insert(at);
        }
    }
}

impl Cluster {
    /// Takes over what a further name tells.
    fn learn(&mut self, found: &Found<'_, '_>, name: &Name, record: Option<u32>, words: &Words, index: usize) {
        self.record = self.record.or(record);
        if self.gender == Gender::Unknown {
            self.gender = of_name(found, name, words);
        }
        // Among equally long names the one that is not in capitals names the entity, then the first.
        let better = (words.len(), !words.loud, std::cmp::Reverse(index))
            > (self.words.len(), !self.words.loud, std::cmp::Reverse(self.name));
        // "S Korea" in the headline.
        let spelt = found.tokens[found.names[self.name].tokens.start].span.len() == 1
            && self.kind == EntityType::Place
            && name.span.len() > found.names[self.name].span.len();
        if better && words.key == self.words.key || spelt {
            self.name = index;
            self.words = words.clone();
        }
    }
}

impl Clusters {
    /// The person whom the article names most often, of several the first.
    pub(super) fn protagonist(&self) -> Option<usize> {
        let mut counts = vec![0_usize; self.list.len()];
        for &id in &self.of {
            counts[id] += 1;
        }
        let persons = (0..counts.len()).filter(|&id| self.list[id].kind == EntityType::Person);
        persons.max_by_key(|&id| (counts[id], std::cmp::Reverse(self.list[id].name)))
    }

    /// The cluster that a name belongs to by more than its exact words.
    fn home(&self, found: &Found<'_, '_>, words: &[Words], i: usize, kind: EntityType) -> Option<(usize, Reason)> {
        let own = &words[i];
        if let Some(id) = self.in_brackets(found, i).or_else(|| self.office_in_brackets(found, i)) {
            return Some((id, Reason::Acronym));
        }
        let near = self.near(own);
        let only = |reason, fits: &dyn Fn(&Cluster) -> bool| self.only(&near, fits).map(|id| (id, reason));
        // "NP: It went well." in an interview with Noa Peled.
        let label = found.text_at(found.names[i].tokens.end) == ":" && found.names[i].span.len() < 4;
        let speaks = |c: &Cluster| label && c.kind == EntityType::Person && is_acronym_of(found, own, &c.words);
        if let Some(home) = only(Reason::Acronym, &speaks) {
            return Some(home);
        }
        match kind {
            EntityType::Person if own.list.len() > 1 => {
                only(Reason::Variant, &|c| c.kind == kind && same_person(&c.words, own))
            }
            EntityType::Person => self.surname(found, &near, own, i),
            EntityType::Place => only(Reason::Acronym, &|c| c.kind == kind && is_acronym_of(found, own, &c.words))
                .or_else(|| {
                    only(Reason::Abbreviation, &|c| c.kind == kind && is_state_of(found.tokens, own, &c.words))
                }),
            EntityType::Organization | EntityType::Misc => {
                let fits = |c: &Cluster| matches!(c.kind, EntityType::Organization | EntityType::Misc);
                // The Treasury, before the article comes to its committee.
                let part = |c: &Cluster| is_part_of(found, own, &c.words) && naming::is_before(found, i, c.name);
                only(Reason::Acronym, &|c| fits(c) && is_acronym_of(found, own, &c.words))
                    .or_else(|| {
                        only(Reason::ShortForm, &|c| {
                            let short = is_short_of(own, &c.words) && !part(c);
                            fits(c) && (short || is_partner(found, own, &c.words))
                        })
                    })
                    .or_else(|| only(Reason::ShortForm, &|c| fits(c) && is_last_of(own, &c.words)))
                    .or_else(|| only(Reason::ShortForm, &|c| fits(c) && is_tail_of(found, own, &c.words)))
                    .or_else(|| self.body_before(found, own, i))
                    .or_else(|| {
                        let guessed = kind == EntityType::Organization && is_unknown(found, own);
                        self.surname(found, &near, own, i).filter(|_| guessed)
                    })
            }
            EntityType::Group => None,
        }
    }

    /// "the Department": the last body named whose name has that noun.
    fn body_before(&self, found: &Found<'_, '_>, own: &Words, i: usize) -> Option<(usize, Reason)> {
        let definite = found.is_definite(found.names[i].tokens.start);
        let mut before = self.of[i.saturating_sub(BODIES_BACK)..i].iter().rev().copied();
        let named = |&id: &usize| {
            let cluster = self.list.get(id);
            cluster.is_some_and(|c| c.kind == EntityType::Organization && is_kind_of(found, own, &c.words))
        };
        before.find(named).filter(|_| definite).map(|id| (id, Reason::ShortForm))
    }

    fn add(&mut self, found: &Found<'_, '_>, cluster: Cluster) -> usize {
        let id = self.list.len();
        let words = &cluster.words;
        let mut keys: Vec<u64> = words.list.iter().flat_map(|w| [w.hash, w.skeleton]).collect();
        keys.extend(acronyms(found, words));
        keys.push(states_key(words));
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().filter(|&k| k != 0) {
            self.index.add(key, id);
        }
        self.list.push(cluster);
        id
    }

    /// The clusters that share a word, its skeleton or the acronym with `words`; in order.
    fn near(&self, words: &Words) -> Vec<usize> {
        let ends = [words.first(), words.last()];
        let keys = ends.into_iter().flatten().flat_map(|w| [w.hash, w.skeleton]).chain([states_key(words)]);
        let mut all: Vec<usize> = keys.flat_map(|key| self.index.get(key).take(MOST)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The one cluster that fits; none where two do.
    fn only(&self, near: &[usize], fits: impl Fn(&Cluster) -> bool) -> Option<usize> {
        let mut all = near.iter().filter(|&&id| fits(&self.list[id]));
        let first = *all.next()?;
        all.next().is_none().then_some(first)
    }

    /// `Nile Water Authority (NWA)` and `NWA (Nile Water Authority)`.
    fn in_brackets(&self, found: &Found<'_, '_>, i: usize) -> Option<usize> {
        let range = &found.names[i].tokens;
        let single = range.len() == 1;
        let loud = found.tokens[range.start].flags.contains(Flags::ALL_CAPS);
        let open = range.start.checked_sub(1).filter(|&o| found.tokens[o].kind == Kind::Open);
        let before = open.zip(i.checked_sub(1)).filter(|(o, b)| found.names[*b].tokens.end == *o).map(|(_, b)| b);
        let after = (i + 1 < found.names.len()
            && found.names[i + 1].tokens.start == range.end + 1
            && found.tokens[range.end].kind == Kind::Open)
            .then_some(i + 1);
        // "The American Society for Radiation Oncology (ASTRO)".
        let first = |n: usize| {
            let tokens = &found.names[n].tokens;
            let outer = matches!(found.text_at(tokens.start), "The" | "Opposition" | "Ruling");
            let article = usize::from(tokens.len() > 1 && outer);
            found.tokens.word(tokens.start + article).chars().next()
        };
        let body = |n: usize| found.names[n].kind == EntityType::Organization;
        let drawn = |n: usize| {
            body(n) && is_drawn_from(found.tokens.word(range.start), found.names[n].span.of(found.tokens.text))
        };
        let partner = before.filter(|&n| loud || drawn(n)).or(after.filter(|_| loud));
        let partner = partner.filter(|&n| single && self.of[n] != usize::MAX && first(n) == first(i))?;
        matches!(self.list[self.of[partner]].kind, EntityType::Organization | EntityType::Misc | EntityType::Place)
            .then_some(self.of[partner])
    }

    /// "Superintendent of police (SP) Ana Roe": by the letters of the office the article means who holds it.
    fn office_in_brackets(&self, found: &Found<'_, '_>, i: usize) -> Option<usize> {
        let holder = found.names.get(i + 1).filter(|n| n.kind == EntityType::Person)?;
        let range = &found.names[i].tokens;
        let close = found.tokens.get(range.end).is_some_and(|t| t.kind == Kind::Close);
        let bracketed = close && holder.tokens.start == range.end + 1 && range.len() == 1;
        let id = self.of[i + 1];
        (bracketed && id != usize::MAX && is_acronym_of_office(found, range.start)).then_some(id)
    }

    /// Whom the bare surname at `i` named before, where the article calls the other bearer, `last`, by the given name: "Delcourt"
    /// for the mother, "Lou" for her daughter.
    fn by_bare_surname(&self, found: &Found<'_, '_>, i: usize, last: usize) -> Option<usize> {
        let single = |&k: &usize| found.names[k].tokens.len() == 1 && found.names[k].title.is_none();
        let hash = |k: usize| found.tokens[found.names[k].tokens.start].hash;
        let given = self.list[last].words.first().map(|w| w.hash).filter(|&given| given != hash(i))?;
        let called = (0..i).rev().take(MOST_BACK).filter(single);
        let by_given = called.clone().any(|k| self.of[k] == last && hash(k) == given);
        let mut bare = called.filter(|&k| hash(k) == hash(i)).map(|k| self.of[k]);
        let other = bare.next().filter(|&id| by_given && id != last)?;
        bare.all(|id| id == other).then_some(other)
    }

    /// A person by one word of the name: the surname, the family name that stands first, or the given name.
    fn surname(&self, found: &Found<'_, '_>, near: &[usize], own: &Words, i: usize) -> Option<(usize, Reason)> {
        let word = own.last()?;
        let by_surname = if found.names[i].title.is_some() { Reason::TitleAndSurname } else { Reason::Surname };
        let gender = of_name(found, &found.names[i], &Words::default());
        let pick = |reason, fits: &dyn Fn(&Cluster) -> bool| {
            let all: Vec<usize> = near
                .iter()
                .copied()
                .filter(|&id| {
                    let c = &self.list[id];
                    c.kind == EntityType::Person
                        && c.words.list.len() + usize::from(c.words.initials.is_some()) > 1
                        && fits(c)
                        && gender.fits(c.gender)
                })
                .collect();
            match all[..] {
                [] => None,
                [one] => Some((one, reason)),
                _ => {
                    let close =
                        |&at: &usize| found.names[i].tokens.start.saturating_sub(found.names[at].tokens.end) <= NEAR;
                    let last = (0..i).rev().take_while(close).map(|at| self.of[at]).find(|id| all.contains(id));
                    let last =
                        last.map(|id| self.by_bare_surname(found, i, id).filter(|b| all.contains(b)).unwrap_or(id));
                    // Far from all of them the bare surname is that of whom the article named first.
                    let one = last.or_else(|| all.iter().min_by_key(|&&id| self.list[id].name).copied());
                    one.map(|id| (id, Reason::SharedSurname))
                }
            }
        };
        let by_family =
            || pick(by_surname, &|c| family_first(&c.words) && c.words.first().is_some_and(|w| w.hash == word.hash));
        let by_given = || pick(Reason::GivenName, &|c| c.words.first().is_some_and(|w| w.hash == word.hash));
        // Whom the article has named, by the given name, before it names somebody of that surname.
        let named = |id: &usize| self.list[*id].kind == EntityType::Person && self.list[*id].name < i;
        let ends = |w: Option<&Word>| w.is_some_and(|w| w.hash == word.hash);
        let mut earlier = near.iter().filter(|id| named(id)).map(|&id| &self.list[id].words);
        if earlier.clone().any(|w| w.list.len() > 1 && ends(w.first())) && !earlier.any(|w| ends(w.last())) {
            return by_family().or_else(by_given);
        }
        let ends_so = |c: &Cluster| c.words.last().is_some_and(|w| w.hash == word.hash) && !ends_in_suffix(&c.words);
        pick(by_surname, &|c| ends_so(c) || is_first_surname(&c.words, word))
            .or_else(by_family)
            .or_else(|| pick(Reason::Variant, &|c| c.words.last().is_some_and(|w| alike(w, word))))
            .or_else(by_given)
            .or_else(|| {
                pick(by_surname, &|c| ends_in_suffix(&c.words) && c.words.list.iter().any(|w| w.hash == word.hash))
            })
    }
}

/// So many names back a bare surname is looked for.
const MOST_BACK: usize = 60;

/// Whether the letters of a word stand in `name` in this order: "Afreximbank" in "African Export-Import Bank".
fn is_drawn_from(word: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    word.chars().count() > 3 && word.chars().flat_map(char::to_lowercase).all(|c| letters.any(|l| l == c))
}
