//! The rules' candidates and the tagger's names in, the article's names out. The tagger says where names stand and
//! what they are; the rules know titles, what may not be one name, and the sorts of names that the tagger has hardly seen.

use super::document::key;
use super::known::known;
use super::parts::Candidate;
use super::scene::{Cap, SMALL_WORDS, Scene};
use super::tagger::Found;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Flags, Kind, Token, TokenRange};
use rustc_hash::{FxHashMap, FxHashSet};

/// A place or body that lists know is a name where the tagger holds it for one at least this likely.
const DOUBT: f32 = 0.1;

/// What the article makes likely by other names needs this much of the tagger.
const FAINT: f32 = 0.1;

/// Parts of longer names than this are not looked for.
const LONGEST: usize = 8;

/// One list of names, in order, without overlap.
pub(super) fn settle(
    scene: &Scene<'_, '_>,
    ruled: Vec<Candidate>,
    kinds: &[EntityType],
    found: &Found,
) -> Vec<(Candidate, EntityType)> {
    let support = Support::new(scene, found, &ruled);
    let mut ruled = ruled.into_iter().zip(kinds.iter().copied()).peekable();
    let mut out: Vec<(Candidate, EntityType)> = Vec::with_capacity(found.names.len());
    let names = found.names.iter().filter(|(range, _)| !is_amount(scene, range));
    let names = names.map(|(range, kind)| (with_bracket(scene, range), *kind));
    let mut tagged = names.flat_map(|(range, kind)| pieces(scene, &range, kind)).peekable();
    while let Some((range, kind)) = tagged.next() {
        while let Some((candidate, kind)) = ruled.next_if(|(c, _)| c.tokens.end <= range.start) {
            if support.stands_alone(scene, &candidate, kind, found) {
                out.push((candidate, kind));
            }
        }
        let (mut name, mut kind) = (Candidate { tokens: range, title: None, kind: None }, kind);
        while let Some((candidate, _)) = ruled.next_if(|(c, _)| c.tokens.start < name.tokens.end) {
            if is_nicknamed(scene, &candidate) {
                name = candidate;
            } else if let Some(known) = longer_phrase(scene, &candidate.tokens, &name.tokens) {
                (name, kind) = (candidate, known);
            } else {
                adjust(scene, &mut name, kind, candidate);
            }
        }
        while tagged.next_if(|(next, _)| next.start < name.tokens.end).is_some() {}
        let kind = if is_medium(scene, name.tokens.end) { EntityType::Organization } else { kind };
        out.push((name, kind));
    }
    let rest = ruled.filter(|(candidate, kind)| support.stands_alone(scene, candidate, *kind, found));
    out.extend(rest);
    let mut free = 0;
    for (name, kind) in &mut out {
        with_syllables(scene, name, *kind, free);
        free = name.tokens.end;
        without_honours(scene, name, *kind);
        if is_kin(scene, name.tokens.start)
            && name.tokens.len() <= 2
            && matches!(kind, EntityType::Place | EntityType::Misc)
        {
            *kind = EntityType::Person;
        }
    }
    agree(scene, &mut out);
    out
}

/// A word alone is of the type of the longer name that it ends or, of bodies, begins: "Malenin" of "Pavel Malenin".
fn agree(scene: &Scene<'_, '_>, names: &mut [(Candidate, EntityType)]) {
    let mut longer: FxHashMap<u64, Option<EntityType>> = FxHashMap::default();
    for (name, kind) in names.iter().filter(|(name, _)| name.tokens.len() > 1) {
        let at = match kind {
            EntityType::Person => name.tokens.end - 1,
            EntityType::Organization => name.tokens.start,
            EntityType::Place | EntityType::Group | EntityType::Misc => continue,
        };
        let known = longer.entry(scene.tokens[at].hash).or_insert(Some(*kind));
        *known = known.filter(|k| k == kind);
    }
    for (name, kind) in names.iter_mut().filter(|(name, _)| name.tokens.len() == 1) {
        if let Some(Some(other)) = longer.get(&scene.tokens[name.tokens.start].hash)
            && !listed(scene, &name.tokens)
        {
            *kind = *other;
        }
    }
}

/// A name of the tagger, cut where no name goes on: at the slash after an agency, and of places and persons at a comma and after a
/// possessive ("Belgrade, Ankara", "Russia's Black Sea").
fn pieces(scene: &Scene<'_, '_>, range: &TokenRange, kind: EntityType) -> Vec<(TokenRange, EntityType)> {
    let loose = kind != EntityType::Organization;
    let cuts = |i: usize| match scene.tokens[i].kind {
        Kind::Comma => loose && !scene.has(i + 1, Classes::NAME_SUFFIX),
        Kind::Clitic => loose && i + 1 < range.end && !is_saints(scene, range, i),
        Kind::Symbol => i > range.start && scene.tokens.word(i) == "/" && scene.has(i - 1, Classes::AGENCY),
        _ => false,
    };
    let mut found = Vec::new();
    let first = range.start + usize::from(range.len() > 1 && is_plain(scene, range.start));
    let mut start = first;
    for i in first..range.end {
        if cuts(i) {
            found.push((start..i, kind));
            start = i + 1;
        }
    }
    found.push((start..range.end, kind));
    found.retain(|(piece, _)| !piece.is_empty());
    found
}

/// "St Anne's Hospital": a body or a place that a saint owns.
fn is_saints(scene: &Scene<'_, '_>, range: &TokenRange, clitic: usize) -> bool {
    let owned = scene.cap(clitic + 1) != Cap::None && scene.has(clitic + 1, Classes::ORG_NOUN | Classes::PLACE_NOUN);
    owned && matches!(scene.tokens.word(range.start), "St" | "Saint")
}

/// "JD(S)": the letters in brackets that an acronym ends with.
fn with_bracket(scene: &Scene<'_, '_>, range: &TokenRange) -> TokenRange {
    let open = range.clone().find(|&i| scene.is_tight(i, "(")).unwrap_or(range.end);
    let letters =
        |i: usize| scene.tokens.get(i).is_some_and(|t| t.flags.contains(Flags::ALL_CAPS) || scene.is_initial(i));
    let whole = scene.is_tight(open, "(") && letters(open - 1) && letters(open + 1) && scene.is_tight(open + 2, ")");
    range.start..if whole { range.end.max(open + 3) } else { range.end }
}

/// "QR695,118", "R27bn": a currency and figures.
fn is_amount(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let word = scene.tokens.word(range.start);
    let figures = word.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let unit = figures.trim_start_matches(|c: char| c.is_ascii_digit());
    let goes_on = || scene.is_tight(range.end, ",") && scene.tokens.get(range.end + 1).is_some_and(is_tight_number);
    range.len() == 1
        && figures.len() < word.len()
        && unit.len() < figures.len()
        && (matches!(unit, "m" | "mn" | "bn" | "tn" | "k") || unit.is_empty() && goes_on())
}

fn is_tight_number(token: &Token) -> bool {
    token.kind == Kind::Number && !token.space_before()
}

/// "southern" of "southern Europe": a small ordinary word before the name.
fn is_plain(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.cap(i) == Cap::None
        && scene.has(i, Classes::COMMON)
        && !scene.has(i, Classes::PARTICLE)
        && scene.tokens[i + 1].is_word()
}

/// What a candidate that overlaps a name adds to it: its title, and what the tagger left off at
/// either end.
fn adjust(scene: &Scene<'_, '_>, name: &mut Candidate, kind: EntityType, candidate: Candidate) {
    let (own, other) = (&mut name.tokens, &candidate.tokens);
    if other.start == own.start && other.end > own.end && is_tail(scene, own.end..other.end) {
        own.end = other.end;
    }
    let particle = scene.has(other.start, Classes::PARTICLE) && scene.cap(other.start) == Cap::None;
    if other.end == own.end && other.start < own.start && own.start - other.start <= 2 && particle {
        own.start = other.start;
    }
    let titled = candidate.title.as_ref().is_some_and(|title| own.start < other.start && title.end > own.start);
    if kind == EntityType::Person && titled && other.end == own.end {
        own.start = other.start;
    }
    if other.start == own.start {
        name.title = candidate.title;
    }
}

/// "plc", ", Inc." and the second syllable of "Ha-rin".
fn is_tail(scene: &Scene<'_, '_>, rest: TokenRange) -> bool {
    let suffix = |i: usize| {
        matches!(scene.tokens[i].kind, Kind::Stop | Kind::Comma)
            || scene.has(i, Classes::ORG_SUFFIX)
            || scene.tokens.word(i) == "plc"
    };
    let syllable = scene.is_hyphen(rest.start) && rest.len() == 2 && scene.cap(rest.start + 1) == Cap::None;
    syllable || rest.clone().all(suffix)
}

/// "Ha-rin" of "Ha-rin Lee", where the tagger saw the last word alone; tokens before `free` are another name's.
fn with_syllables(scene: &Scene<'_, '_>, name: &mut Candidate, kind: EntityType, free: usize) {
    const OTHERS: Classes = SMALL_WORDS.union(Classes::COMMON).union(Classes::VERB).union(Classes::PARTICLE);
    let Some(first) = name.tokens.start.checked_sub(3).filter(|&first| first >= free) else { return };
    let second = first + 2;
    let short = |i: usize| scene.tokens[i].is_word() && scene.tokens[i].span.len() <= 5;
    if kind == EntityType::Person
        && scene.is_hyphen(first + 1)
        && scene.cap(second) == Cap::None
        && scene.tokens[first].is_capital()
        && short(first)
        && short(second)
        && !scene.has(first, SMALL_WORDS)
        && !scene.has(second, OTHERS)
    {
        name.tokens.start = first;
    }
}

/// "Rupert Vane KC": letters behind a person's name are no part of it.
fn without_honours(scene: &Scene<'_, '_>, name: &mut Candidate, kind: EntityType) {
    const HONOURS: [&str; 16] =
        ["KC", "QC", "MP", "MSP", "MEP", "TD", "MBE", "OBE", "CBE", "PhD", "MD", "DDS", "DMD", "FRS", "RN", "VC"];
    let honour = |i: usize| HONOURS.contains(&scene.tokens.word(i));
    while kind == EntityType::Person && name.tokens.len() > 2 && honour(name.tokens.end - 1) {
        name.tokens.end -= 1;
    }
}

/// "his wife Amna", "his wife, Amna": whether the word before a name says whose kin it is.
fn is_kin(scene: &Scene<'_, '_>, name: usize) -> bool {
    const KIN: [&str; 14] = [
        "wife",
        "husband",
        "son",
        "daughter",
        "mother",
        "father",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "cousin",
        "nephew",
        "niece",
        "grandmother",
    ];
    let Some(noun) =
        name.checked_sub(1).map(|before| before - usize::from(before > 0 && scene.tokens.word(before) == ","))
    else {
        return false;
    };
    let owner =
        |i: usize| matches!(scene.tokens.word(i), "his" | "her" | "my" | "their" | "His" | "Her" | "My" | "Their");
    KIN.contains(&scene.tokens.word(noun))
        && !scene.has(name, Classes::COUNTRY)
        && noun.checked_sub(1).is_some_and(|i| owner(i) || scene.tokens[i].kind == Kind::Clitic)
}

/// "Al-Hadath television channel": what stands right after a name makes it a medium.
fn is_medium(scene: &Scene<'_, '_>, next: usize) -> bool {
    let word = |i: usize| if scene.cap(i) == Cap::None && i < scene.tokens.len() { scene.tokens.word(i) } else { "" };
    let kind = matches!(word(next), "television" | "TV" | "radio" | "news" | "satellite" | "broadcasting");
    matches!(
        word(next + usize::from(kind)),
        "channel" | "network" | "station" | "agency" | "newspaper" | "daily" | "broadcaster" | "magazine" | "weekly"
    )
}

/// `Joe "Shorty" Diaz` is one name where the tagger sees two or half of it.
fn is_nicknamed(scene: &Scene<'_, '_>, candidate: &Candidate) -> bool {
    candidate.kind.is_none() && candidate.tokens.clone().skip(1).any(|i| scene.tokens[i].kind == Kind::Mark)
}

/// Words of the names that the tagger found and of those that lists know: a candidate of such words alone is one more mention.
struct Support {
    /// All that are at home in names.
    words: FxHashSet<u64>,
    /// The last words of persons, ordinary ones too: "Clara May".
    surnames: FxHashSet<u64>,
    /// What is two words or more of a name, ordinary ones too: "Orchard Foods" of "Orchard Foods Ltd".
    parts: FxHashSet<u64>,
    /// The first and the last words of bodies.
    heads: FxHashSet<u64>,
}

impl Support {
    fn new(scene: &Scene<'_, '_>, found: &Found, ruled: &[Candidate]) -> Self {
        let hash = |i: usize| scene.tokens[i].hash;
        let sure = ruled.iter().map(|c| &c.tokens).filter(|range| found.chance(range) > DOUBT && listed(scene, range));
        let words = found.names.iter().map(|(range, _)| range).chain(sure).flat_map(Clone::clone);
        let telling = |&i: &usize| scene.tokens[i].is_capital() && !scene.has(i, Classes::COMMON);
        let persons = found.names.iter().filter(|(range, kind)| *kind == EntityType::Person && range.len() > 1);
        let short = found.names.iter().filter(|(range, _)| range.len() <= LONGEST);
        let parts = short.flat_map(|(range, _)| {
            let ends = |from: usize| (from + 2..=range.end).map(move |to| from..to);
            range.clone().flat_map(ends).map(|part| key(scene.tokens, &part))
        });
        let bodies = found.names.iter().filter(|(range, kind)| *kind == EntityType::Organization && range.len() > 1);
        Self {
            heads: bodies.flat_map(|(r, _)| [r.start, r.end - 1]).map(hash).collect(),
            words: words.filter(telling).map(hash).collect(),
            surnames: persons.map(|(r, _)| hash(r.end - 1)).collect(),
            parts: parts.collect(),
        }
    }

    fn covers(&self, scene: &Scene<'_, '_>, range: &TokenRange, kind: EntityType) -> bool {
        let mut hashes = range.clone().map(|i| scene.tokens[i].hash).filter(|&h| h != 0);
        let surname = |h: u64| kind == EntityType::Person && range.len() == 1 && self.surnames.contains(&h);
        hashes.all(|h| self.words.contains(&h) || surname(h))
            || range.len() > 1 && self.parts.contains(&key(scene.tokens, range))
    }

    /// "The Foundation" of "Grey Lake Foundation".
    fn is_head(&self, scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
        let at = range.start;
        range.len() == 1
            && at > 0
            && scene.cap(at) == Cap::Sure
            && scene.has(at, Classes::ORG_NOUN)
            && matches!(scene.tokens.word(at - 1), "the" | "The")
            && self.heads.contains(&scene.tokens[at].hash)
    }

    /// Whether a candidate that the tagger passed over is a name all the same. The newswire that the tagger learned
    /// from marks no events, laws and works, so those are the rules' own.
    fn stands_alone(&self, scene: &Scene<'_, '_>, candidate: &Candidate, kind: EntityType, found: &Found) -> bool {
        let range = &candidate.tokens;
        if is_amount(scene, range) {
            return false;
        }
        kind == EntityType::Misc && (candidate.kind.is_some() || range.len() > 1)
            || found.chance(range) > DOUBT && (listed(scene, range) || is_saint(scene, range))
            || found.chance(range) > FAINT && (self.covers(scene, range, kind) || self.is_head(scene, range))
            || is_certain(scene, candidate)
            || range.start > 0 && scene.tokens.word(range.start) == "X" && scene.tokens.word(range.start - 1) == "on"
    }
}

/// A title before it, a company's form at its end, or a given name at its start.
fn is_certain(scene: &Scene<'_, '_>, candidate: &Candidate) -> bool {
    let range = &candidate.tokens;
    let last = range.clone().rev().find(|&i| scene.tokens[i].is_word()).unwrap_or(range.start);
    let company = scene.has(last, Classes::ORG_SUFFIX) && !scene.has(last, Classes::SURNAME);
    let given = scene.has(range.start, Classes::FORENAME) && !scene.has(last, Classes::COMMON);
    candidate.title.is_some() || range.len() > 1 && (company || given)
}

/// The type of a listed phrase that holds a name and more: "Palestinian territories".
fn longer_phrase(scene: &Scene<'_, '_>, candidate: &TokenRange, name: &TokenRange) -> Option<EntityType> {
    let longer = candidate.start <= name.start && candidate.end >= name.end && candidate != name;
    let (phrase, kind) = known().at(scene.tokens, candidate.start, candidate.end).filter(|_| longer)?;
    (phrase == *candidate).then_some(kind)
}

/// "St. Vincent".
fn is_saint(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    range.len() > 2 && scene.tokens.word(range.start) == "St" && scene.is_tight(range.start + 1, ".")
}

/// Whether lists know the words for a place or a body.
fn listed(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    const LISTED: Classes =
        Classes::COUNTRY.union(Classes::CITY).union(Classes::STATE).union(Classes::DEMONYM).union(Classes::AGENCY);
    // "Okla." is "Okla" and its stop.
    let stop = range.len() > 1 && scene.is_tight(range.end - 1, ".");
    known().at(scene.tokens, range.start, range.end).is_some_and(|(phrase, _)| phrase == *range)
        || range.len() == 1 + usize::from(stop) && scene.has(range.start, LISTED)
}
