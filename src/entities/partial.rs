//! A name that no alias of the user's gazetteer spells out in, the one record that it may be a form of out: by a surname, by
//! initials, without a middle name, by the words before "F.C.", by a country's adjective.
//!
//! [`Forms`] holds what such forms lead to, made once for a gazetteer when the first article asks: a form of two records is none.

use super::countries;
use super::keys::skeleton;
use crate::article::EntityType;
use crate::gazetteer::Gazetteer;
use crate::lang::{Classes, lexicon};
use crate::text::{Flags, Kind, Tokens, fold_hash, folded, tokenize};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The forms of a gazetteer's names, each with its record.
#[derive(Debug, Default)]
pub struct Forms {
    records: FxHashMap<u64, u32>,
}

/// Two spellings of one name are at least this much alike, of 1.
const NEAR: f64 = 0.84;

/// Stands for the record of a form that several have.
const SEVERAL: u32 = u32::MAX;

/// The forms of the gazetteer that a pipeline was last used with.
#[derive(Clone, Debug, Default)]
pub struct FormsCache {
    made: Arc<Mutex<Option<Made>>>,
}

type Made = (Arc<Gazetteer>, Arc<Forms>);

impl FormsCache {
    /// The forms of `gazetteer`.
    pub fn of(&self, gazetteer: &Arc<Gazetteer>) -> Arc<Forms> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        match &*made {
            Some((known, forms)) if Arc::ptr_eq(known, gazetteer) => Arc::clone(forms),
            _ => {
                let forms = Arc::new(Forms::new(gazetteer));
                *made = Some((Arc::clone(gazetteer), Arc::clone(&forms)));
                forms
            }
        }
    }
}

/// What sort of form a key stands for.
#[derive(Clone, Copy)]
enum Sort {
    Surname = 1,
    Spelling,
    FirstAndLast,
    FirstAndSpelling,
    WholeSpelling,
    Initials,
    Beginning,
}

fn form(sort: Sort, parts: [u64; 2]) -> u64 {
    parts.iter().fold(sort as u64, |key, part| (key ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23))
}

/// A name's words, without stops and particles.
struct Parts<'t> {
    words: Vec<(&'t str, u64, Classes)>,
    /// The words before a company's form at the end, a comma or a bracket.
    core: usize,
}

impl<'t> Parts<'t> {
    fn of(tokens: &Tokens<'t>, classes: &[Classes]) -> Self {
        let mut words = Vec::new();
        let mut core = None;
        for i in 0..tokens.len() {
            let token = &tokens[i];
            match token.kind {
                Kind::Word | Kind::Number => {
                    let text = tokens.word(i);
                    words.push((text, fold_hash(&text.replace('.', "")), classes[i]));
                }
                Kind::Comma | Kind::Open if words.len() > 1 => core = core.or(Some(words.len())),
                _ => {}
            }
        }
        let suffix = |&(text, _, class): &(&str, u64, Classes)| {
            class.contains(Classes::ORG_SUFFIX) || matches!(text, "F.C." | "FC" | "A.F.C." | "AFC" | "RFC" | "CF")
        };
        let mut core = core.unwrap_or(words.len());
        while core > 1 && suffix(&words[core - 1]) {
            core -= 1;
        }
        Self { words, core }
    }

    /// The sounds of all words together.
    fn spelling(&self) -> Option<u64> {
        Some(skeleton(&self.words.iter().map(|w| w.0).collect::<String>())).filter(|&sounds| sounds != 0)
    }

    fn initials(&self) -> Option<u64> {
        let capitals: String =
            self.words[..self.core].iter().filter_map(|w| w.0.chars().next()).filter(|c| c.is_uppercase()).collect();
        (capitals.len() > 2).then(|| fold_hash(&capitals))
    }

    /// Whether the words look like a person's name.
    fn is_person(&self) -> bool {
        const THINGS: Classes = Classes::ORG_NOUN
            .union(Classes::ORG_SUFFIX)
            .union(Classes::PLACE_NOUN)
            .union(Classes::COUNTRY)
            .union(Classes::DEMONYM)
            .union(Classes::STATE)
            .union(Classes::MISC_NOUN);
        let capital = |w: &(&str, u64, Classes)| {
            w.0.starts_with(char::is_uppercase) || w.2.contains(Classes::PARTICLE) || w.0.starts_with("el-")
        };
        let given = self.words.first().is_some_and(|w| w.2.contains(Classes::FORENAME));
        let no_thing = |w: &(&str, u64, Classes)| {
            !w.2.intersects(THINGS) && !w.2.contains(Classes::COMMON) && !w.0.starts_with(|c: char| c.is_ascii_digit())
        };
        (2..=4).contains(&self.words.len())
            && self.core == self.words.len()
            && self.words.iter().all(capital)
            && (given || self.words.iter().all(no_thing))
            && self.words.last().is_some_and(|w| !w.2.intersects(THINGS) || given)
    }
}

impl Forms {
    fn new(gazetteer: &Gazetteer) -> Self {
        let mut records: FxHashMap<u64, u32> = FxHashMap::default();
        for record in 0.. {
            let name = gazetteer.alias(record, 0);
            if name.is_empty() {
                break;
            }
            let tokens = tokenize(name);
            let parts = Parts::of(&tokens, &lexicon().classify(&tokens));
            let kind = gazetteer.kind(record);
            let mut add = |sort, a, b| {
                let known = records.entry(form(sort, [a, b])).or_insert(record);
                *known = if *known == record { record } else { SEVERAL };
            };
            let ([first, .., last], 2..) = (&parts.words[..], parts.words.len()) else { continue };
            if kind == Some(EntityType::Person) || kind.is_none() && parts.is_person() {
                let spelling = skeleton(last.0);
                add(Sort::Surname, last.1, 0);
                add(Sort::FirstAndLast, first.1, last.1);
                if spelling != 0 {
                    add(Sort::Spelling, spelling, 0);
                    add(Sort::FirstAndSpelling, first.1, spelling);
                }
                if let Some(spelling) = parts.spelling() {
                    add(Sort::WholeSpelling, spelling, 0);
                }
                continue;
            }
            if let Some(letters) = parts.initials() {
                add(Sort::Initials, letters, 0);
            }
            let next = parts.words.get(2).map(|w| w.2).unwrap_or_default();
            if parts.core < parts.words.len() && parts.core < 3 {
                let second = if parts.core == 2 { parts.words[1].1 } else { 0 };
                add(Sort::Beginning, first.1, second);
            } else if parts.words.len() > 2 && !next.intersects(Classes::PREPOSITION | Classes::CONJUNCTION) {
                add(Sort::Beginning, first.1, parts.words[1].1);
            }
        }
        records.retain(|_, record| *record != SEVERAL);
        records.shrink_to_fit();
        Self { records }
    }

    fn get(&self, sort: Sort, a: u64, b: u64) -> Option<u32> {
        self.records.get(&form(sort, [a, b])).copied()
    }

    /// The record that `name`, which no alias spells out, is a form of.
    pub(super) fn record(&self, gazetteer: &Gazetteer, name: &str, kind: EntityType) -> Option<u32> {
        let found = match kind {
            EntityType::Person => self.person(gazetteer, name),
            _ => respelled(gazetteer, name, kind).or_else(|| self.body(name, kind)),
        }?;
        let fits = match (gazetteer.kind(found), kind) {
            (None, _) | (Some(EntityType::Person), EntityType::Person) => true,
            (Some(a), b) => a != EntityType::Person && b != EntityType::Person,
        };
        // Records that an overlay took out are found no more by their own names.
        let live = || exact_all(gazetteer, gazetteer.alias(found, 0)).contains(&found);
        (fits && live()).then_some(found)
    }

    fn person(&self, gazetteer: &Gazetteer, name: &str) -> Option<u32> {
        let tokens = tokenize(name);
        let parts = Parts::of(&tokens, &lexicon().classify(&tokens));
        let ordinary = Classes::COMMON | Classes::FORENAME;
        match &parts.words[..] {
            [only] if !only.2.intersects(ordinary) => self
                .get(Sort::Surname, only.1, 0)
                .or_else(|| Some(skeleton(only.0)).filter(|&s| s != 0).and_then(|s| self.get(Sort::Spelling, s, 0))),
            [first, .., last] => self
                .get(Sort::FirstAndLast, first.1, last.1)
                .or_else(|| {
                    self.get(Sort::FirstAndSpelling, first.1, skeleton(last.0)).filter(|_| skeleton(last.0) != 0)
                })
                .or_else(|| self.transliterated(gazetteer, name, &parts)),
            _ => None,
        }
    }

    /// The person whose whole name differs by its transliteration: "Moammar Gadhafi" for "Muammar Gaddafi". Two given names
    /// that lists know are two names, however near: "Jon" and "John".
    fn transliterated(&self, gazetteer: &Gazetteer, name: &str, parts: &Parts<'_>) -> Option<u32> {
        let found = self.get(Sort::WholeSpelling, parts.spelling()?, 0)?;
        let known = gazetteer.alias(found, 0);
        let tokens = tokenize(known);
        let other = Parts::of(&tokens, &lexicon().classify(&tokens));
        let (first, second) = (parts.words[0], other.words[0]);
        let given = first.2.contains(Classes::FORENAME) && second.2.contains(Classes::FORENAME);
        let near = strsim::normalized_damerau_levenshtein(&folded(name), &folded(known)) >= NEAR;
        (near && (first.1 == second.1 || !given)).then_some(found)
    }

    fn body(&self, name: &str, kind: EntityType) -> Option<u32> {
        if !matches!(kind, EntityType::Organization | EntityType::Misc) {
            return None;
        }
        let tokens = tokenize(name);
        match &Parts::of(&tokens, &lexicon().classify(&tokens)).words[..] {
            [only] => {
                let loud = tokens[0].flags.contains(Flags::ALL_CAPS) && only.0.len() > 2;
                let initials = || self.get(Sort::Initials, only.1, 0).filter(|_| loud);
                initials()
                    .or_else(|| self.get(Sort::Beginning, only.1, 0).filter(|_| !only.2.contains(Classes::COMMON)))
            }
            [first, second] => self.get(Sort::Beginning, first.1, second.1),
            _ => None,
        }
    }
}

/// The records of an alias that is the whole of `name`.
fn exact_all(gazetteer: &Gazetteer, name: &str) -> Vec<u32> {
    let hits = gazetteer.matches(&tokenize(name)).unwrap_or_default();
    hits.into_iter().find(|hit| hit.span.len() == name.len()).map(|hit| hit.records).unwrap_or_default()
}

fn exact(gazetteer: &Gazetteer, name: &str) -> Option<u32> {
    match exact_all(gazetteer, name)[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The record of the name in another spelling: without "The", with its state written out, with "United States" for "U.S.", with a
/// capital for each word; a nationality's country or people.
fn respelled(gazetteer: &Gazetteer, name: &str, kind: EntityType) -> Option<u32> {
    if kind == EntityType::Group {
        let country = countries::of_adjective(name).and_then(|country| exact(gazetteer, &capitals(country)));
        let people = [format!("{name}s"), format!("{name} people"), format!("{}s", name.trim_end_matches("ish"))];
        return country.or_else(|| people.iter().find_map(|p| exact(gazetteer, p)));
    }
    let written = name;
    let name = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let mut forms = vec![name.to_owned(), capitals(name)];
    forms.dedup();
    forms.retain(|form| form != written);
    let (first, rest) = name.split_once(' ').unwrap_or((name, ""));
    if matches!(first, "U.S." | "US" | "U.K." | "UK") && !rest.is_empty() {
        let whole = if first.starts_with("U.S") || first == "US" { "United States" } else { "United Kingdom" };
        forms.push(format!("{whole} {rest}"));
        if rest.contains(' ') {
            forms.push(rest.to_owned());
        }
    }
    if let Some(state) = countries::state(first) {
        forms.push(if rest.is_empty() { state.to_owned() } else { format!("{state} {rest}") });
    }
    if let Some(county) = name.strip_suffix(" Counties") {
        forms.push(format!("{county} County"));
    }
    forms.iter().find_map(|form| exact(gazetteer, form))
}

/// With a capital for each word but the small ones.
fn capitals(name: &str) -> String {
    let word = |word: &str| match word.chars().next() {
        Some(c) if c.is_lowercase() && word.len() > 3 && word.chars().all(char::is_alphabetic) => {
            c.to_uppercase().chain(word.chars().skip(1)).collect()
        }
        _ => word.to_owned(),
    };
    name.split(' ').map(word).collect::<Vec<String>>().join(" ")
}
