//! The words of two names in, whether they may name one entity out: spelling variants, short forms, acronyms.

use super::Found;
use super::keys::{Word, Words, alike};
use crate::lang::Classes;
use crate::text::{Flags, Kind, Tokens, fold_hash};

/// "Sammy Roe Jr".
pub(super) fn ends_in_suffix(words: &Words) -> bool {
    words.last().is_some_and(|w| w.classes.contains(Classes::NAME_SUFFIX) && !w.classes.contains(Classes::SURNAME))
}

/// "Rojas" of "Ana Rojas Vega": of two surnames the first.
pub(super) fn is_first_surname(words: &Words, word: &Word) -> bool {
    let [_, .., first, _] = &words.list[..] else { return false };
    first.hash == word.hash && !first.classes.intersects(Classes::FORENAME | Classes::COMMON)
}

/// Names whose first word is no given name that we know but may be a family name.
pub(super) fn family_first(words: &Words) -> bool {
    words.first().is_some_and(|w| {
        w.classes.contains(Classes::SURNAME) || !w.classes.intersects(Classes::FORENAME | Classes::COMMON)
    })
}

/// Two whole names of one person: variants in spelling, initials or a middle name more or less.
pub(super) fn same_person(a: &Words, b: &Words) -> bool {
    if ends_in_suffix(a) != ends_in_suffix(b) {
        return false;
    }
    if a.initials.is_some() && b.initials.is_some() && a.initials != b.initials {
        return false;
    }
    if let (Some(x), Some(y)) = (a.first(), b.first())
        && a.initials.is_none()
        && b.initials.is_none()
    {
        let ends = a.last().zip(b.last()).is_some_and(|(p, q)| alike(p, q));
        let same_length = a.list.len() == b.list.len() && a.list.iter().zip(&b.list).all(|(p, q)| alike(p, q));
        let middle = a.list.len() != b.list.len() && a.list.len().min(b.list.len()) >= 2 && x.hash == y.hash;
        let tail =
            a.list.len() != b.list.len() && a.list.len().min(b.list.len()) >= 2 && a.list.ends_with_hashes(&b.list);
        let turned = a.list.len() == 2
            && b.list.len() == 2
            && a.list[0].hash == b.list[1].hash
            && a.list[1].hash == b.list[0].hash;
        // "Ana Rojas" and "Ana Rojas Vega".
        let (short, long) = if a.list.len() < b.list.len() { (a, b) } else { (b, a) };
        let begins = short.list.len() == 2
            && long.list.len() == 3
            && short.list.iter().zip(&long.list).all(|(p, q)| p.hash == q.hash)
            && is_first_surname(long, &short.list[1]);
        return same_length || ends && middle || tail || turned || begins;
    }
    false
}

trait EndsWith {
    fn ends_with_hashes(&self, other: &Self) -> bool;
}

impl EndsWith for Vec<Word> {
    fn ends_with_hashes(&self, other: &Self) -> bool {
        let n = self.len().min(other.len());
        self.iter().rev().zip(other.iter().rev()).take(n).all(|(a, b)| a.hash == b.hash)
    }
}

/// An office has no more words before its letters.
const MOST_OF_OFFICE: usize = 10;

/// "Superintendent of police (SP)": whether the token in brackets has the first letters of an office before them.
pub(super) fn is_acronym_of_office(found: &Found<'_, '_>, at: usize) -> bool {
    let Some(open) = at.checked_sub(1).filter(|&o| found.tokens[o].kind == Kind::Open) else { return false };
    let letters: Vec<char> = found.text_at(at).chars().rev().collect();
    let (mut spelt, mut is_office) = (0, false);
    for t in (open.saturating_sub(MOST_OF_OFFICE)..open).rev() {
        if !found.tokens[t].is_word() && !found.is_hyphen(t) {
            break;
        }
        let first = found.text_at(t).chars().next().map(|c| c.to_ascii_uppercase());
        if first == letters.get(spelt).copied() {
            spelt += 1;
            is_office |= found.has(t, Classes::ROLE | Classes::TITLE);
        } else if !found.is_small(t) && !found.is_hyphen(t) {
            break;
        }
        if spelt == letters.len() {
            return is_office && spelt > 1;
        }
    }
    false
}

/// Whether `short` is one word of capitals that are the first letters of `long`.
pub(super) fn is_acronym_of(found: &Found<'_, '_>, short: &Words, long: &Words) -> bool {
    let ([only], true) = (&short.list[..], long.list.len() > 1) else { return false };
    let token = &found.tokens[only.token];
    token.flags.contains(Flags::ALL_CAPS) && token.span.len() <= 12 && acronyms(found, long).contains(&only.hash)
}

/// The hashes of the first letters of a longer name's words: of those with capitals, of all, and with a word that is an acronym whole
/// ("UKIP" for "UK Independence Party").
pub(super) fn acronyms(found: &Found<'_, '_>, long: &Words) -> [u64; 3] {
    if long.list.len() < 2 || long.list.len() > 10 {
        return [0; 3];
    }
    let first = |w: &Word| found.tokens.word(w.token).chars().next().unwrap_or(' ');
    let mut letters = String::with_capacity(32);
    letters.extend(long.list.iter().map(first));
    let all = fold_hash(&letters);
    letters.retain(char::is_uppercase);
    let capitals = fold_hash(&letters);
    let loud = |w: &Word| {
        found.tokens[w.token].flags.contains(Flags::ALL_CAPS) && (2..4).contains(&found.tokens[w.token].span.len())
    };
    if !long.list.iter().any(loud) {
        return [capitals, all, 0];
    }
    letters.clear();
    for word in &long.list {
        if loud(word) {
            letters.push_str(found.tokens.word(word.token));
        } else {
            letters.extend(Some(first(word)).filter(|c| c.is_uppercase()));
        }
    }
    [capitals, all, fold_hash(&letters)]
}

/// One key for all states, since their abbreviations share no word with them.
pub(super) fn states_key(words: &Words) -> u64 {
    u64::from(words.list.len() == 1 && words.list[0].classes.contains(Classes::STATE))
}

/// Whether an organization's short name begins or makes up the core of the long one.
pub(super) fn is_short_of(short: &Words, long: &Words) -> bool {
    short.list.len() < long.list.len()
        && !short.list.is_empty()
        && short.list.iter().zip(&long.list).all(|(a, b)| a.hash == b.hash)
        && short.list.iter().any(|w| {
            !w.classes.intersects(Classes::COMMON | Classes::DEMONYM | Classes::COUNTRY | Classes::CITY)
                || short.list.len() > 1
        })
}

/// Whether the long name is that of a part of the body that the short one names, or of a body that only shares its name:
/// "Treasury Select Committee", "Nelson College".
pub(super) fn is_part_of(found: &Found<'_, '_>, short: &Words, long: &Words) -> bool {
    const PARTS: [&str; 23] = [
        "Academy",
        "Association",
        "Battalion",
        "Board",
        "Caucus",
        "Centre",
        "Center",
        "College",
        "Command",
        "Commission",
        "Committee",
        "Council",
        "Directorate",
        "Foundation",
        "Fund",
        "Government",
        "Institute",
        "Investments",
        "PAC",
        "Press",
        "School",
        "Union",
        "University",
    ];
    long.list.iter().skip(short.list.len()).any(|w| PARTS.contains(&found.tokens.word(w.token)))
}

/// "Roe" for "Roe & Daughters".
pub(super) fn is_partner(found: &Found<'_, '_>, short: &Words, long: &Words) -> bool {
    let ([only], [first, _, ..]) = (&short.list[..], &long.list[..]) else { return false };
    only.hash == first.hash && found.text_at(first.token + 1) == "&"
}

/// One word that no list has and that is no acronym: its type is a guess.
pub(super) fn is_unknown(found: &Found<'_, '_>, words: &Words) -> bool {
    let plain = |w: &Word| w.classes.is_empty() && !found.tokens[w.token].flags.contains(Flags::ALL_CAPS);
    matches!(&words.list[..], [only] if plain(only) && !found.tokens.word(only.token).contains('.'))
}

/// "Rovers" for "Ashford Rovers".
pub(super) fn is_last_of(short: &Words, long: &Words) -> bool {
    let ordinary = Classes::DEMONYM | Classes::COUNTRY | Classes::CITY | Classes::ORG_SUFFIX | Classes::ORG_NOUN;
    let ([only], Some(last)) = (&short.list[..], long.last()) else { return false };
    long.list.len() == 2 && last.hash == only.hash && !only.classes.intersects(ordinary)
}

/// "Okla." for "Oklahoma".
pub(super) fn is_state_of(tokens: &Tokens<'_>, short: &Words, long: &Words) -> bool {
    let ([a], [b]) = (&short.list[..], &long.list[..]) else { return false };
    let (x, y) = (tokens.word(a.token), tokens.word(b.token));
    a.classes.contains(Classes::STATE)
        && b.classes.contains(Classes::STATE)
        && x.len() > 2
        && x.len() < y.len()
        && y.starts_with(x)
}

/// "Statistics Office" for "Federal Statistics Office": without the country or the rank before it.
pub(super) fn is_tail_of(found: &Found<'_, '_>, short: &Words, long: &Words) -> bool {
    const COUNTRIES: Classes = Classes::DEMONYM.union(Classes::COUNTRY).union(Classes::STATE);
    let rank = |w: &Word| matches!(found.tokens.word(w.token), "Federal" | "National" | "Royal" | "Central");
    let extra = long.list.len().saturating_sub(short.list.len());
    short.list.len() > 1
        && (1..3).contains(&extra)
        && short.list.iter().any(|w| w.classes.contains(Classes::ORG_NOUN))
        && short.list.ends_with_hashes(&long.list)
        && long.list[..extra].iter().all(|w| w.classes.intersects(COUNTRIES) || rank(w))
}

/// "the Department" for "Agriculture Department" or "Department of Agriculture".
pub(super) fn is_kind_of(found: &Found<'_, '_>, short: &Words, long: &Words) -> bool {
    let named = |w: &&Word| !matches!(found.tokens.word(w.token), "The" | "the");
    let mut words = short.list.iter().filter(named);
    let (Some(only), None) = (words.next(), words.next()) else { return false };
    let [first, .., last] = &long.list[..] else { return false };
    let begins = first.hash == only.hash && matches!(found.text_at(first.token + 1), "of" | "for");
    only.classes.contains(Classes::ORG_NOUN) && (begins || last.hash == only.hash)
}
