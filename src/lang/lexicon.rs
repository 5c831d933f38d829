//! Word lists in, classes of a word out. A list is a file under `lang/en/`, one word a line, `#` begins a comment; each
//! belongs to one class. Look-up is by the hash of the folded form, so case and diacritics do not count here.

use crate::text::{Token, Tokens, fold_hash};
use bitflags::bitflags;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::sync::OnceLock;

bitflags! {
    /// What a word may be; most words are several things or none.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Classes: u64 {
        /// An ordinary English word, of any class, that is at home in lower case.
        const COMMON = 1;
        /// the, a, this, his, some, no, ...
        const DETERMINER = 1 << 1;
        /// of, in, at, after, ...
        const PREPOSITION = 1 << 2;
        /// and, or, but, that, because, while, ...
        const CONJUNCTION = 1 << 3;
        /// Personal pronouns.
        const PRONOUN = 1 << 4;
        /// be, have, do, will, would, ...
        const AUXILIARY = 1 << 5;
        /// A finite verb form that reports speech or thought: said, told, argues.
        const CUE_VERB = 1 << 6;
        /// A noun that reports: statement, claim, report.
        const CUE_NOUN = 1 << 7;
        /// The name of a month, or its abbreviation.
        const MONTH = 1 << 8;
        /// The name of a day, or its abbreviation.
        const WEEKDAY = 1 << 9;
        /// one, two, dozens, million.
        const NUMBER_WORD = 1 << 10;
        /// Stands before a person's name: Mr, President, Gov, Sgt, Sheikh.
        const TITLE = 1 << 11;
        /// A noun for what a person does or is: minister, spokeswoman, analyst, mother.
        const ROLE = 1 << 12;
        /// A given name.
        const FORENAME = 1 << 13;
        /// A family name.
        const SURNAME = 1 << 14;
        /// A given name, title or role of women.
        const FEMALE = 1 << 15;
        /// A given name, title or role of men.
        const MALE = 1 << 16;
        /// A one-word country or large region.
        const COUNTRY = 1 << 17;
        /// A one-word city or town.
        const CITY = 1 << 18;
        /// River, Lake, County, Street: part of a place's name.
        const PLACE_NOUN = 1 << 19;
        /// Kenyan, French, Londoner; also parties and religions: Democrat, Muslim.
        const DEMONYM = 1 << 20;
        /// Ministry, University, Bank: part of an organization's name.
        const ORG_NOUN = 1 << 21;
        /// Inc, Corp, plc, GmbH.
        const ORG_SUFFIX = 1 << 22;
        /// al, van, de, bin: part of a name, often in lower case.
        const PARTICLE = 1 << 23;
        /// Jr, Sr, III.
        const NAME_SUFFIX = 1 << 24;
        /// A news agency or other medium.
        const AGENCY = 1 << 25;
        /// An abbreviation written with a stop.
        const ABBREVIATION = 1 << 26;
        /// A noun for people in the plural, or for a body that speaks: officials, police, ministry, sources.
        const COLLECTIVE = 1 << 27;
        /// A verb form other than a cue, in the past, the present or as participle.
        const VERB = 1 << 28;
        /// An adverb: also, later, however.
        const ADVERB = 1 << 29;
        /// A U.S. state or its abbreviation.
        const STATE = 1 << 30;
        /// War, Cup, Act, Award: part of the name of an event, law or work.
        const MISC_NOUN = 1 << 31;
    }
}

/// The classes of all listed words.
pub struct Lexicon {
    classes: FxHashMap<u64, Classes>,
}

const LISTS: &[(Classes, &str)] = &[
    (Classes::DETERMINER, include_str!("en/determiners.txt")),
    (Classes::PREPOSITION, include_str!("en/prepositions.txt")),
    (Classes::CONJUNCTION, include_str!("en/conjunctions.txt")),
    (Classes::PRONOUN, include_str!("en/pronouns.txt")),
    (Classes::AUXILIARY, include_str!("en/auxiliaries.txt")),
    (Classes::MONTH, include_str!("en/months.txt")),
    (Classes::WEEKDAY, include_str!("en/weekdays.txt")),
    (Classes::CUE_NOUN, include_str!("en/cue_nouns.txt")),
    (Classes::COMMON, include_str!("en/common.txt")),
    (Classes::COMMON, include_str!("en/common_extra.txt")),
    (Classes::VERB, include_str!("en/verbs.txt")),
    (Classes::ADVERB, include_str!("en/adverbs.txt")),
    (Classes::NUMBER_WORD, include_str!("en/number_words.txt")),
    (Classes::COLLECTIVE, include_str!("en/collectives.txt")),
    (Classes::TITLE, include_str!("en/titles.txt")),
    (Classes::ROLE, include_str!("en/roles.txt")),
    (Classes::FEMALE, include_str!("en/female.txt")),
    (Classes::MALE, include_str!("en/male.txt")),
    (Classes::FORENAME.union(Classes::FEMALE), include_str!("en/forenames_female.txt")),
    (Classes::FORENAME.union(Classes::MALE), include_str!("en/forenames_male.txt")),
    (Classes::FORENAME, include_str!("en/forenames_both.txt")),
    (Classes::SURNAME, include_str!("en/surnames.txt")),
    (Classes::PARTICLE, include_str!("en/particles.txt")),
    (Classes::NAME_SUFFIX, include_str!("en/name_suffixes.txt")),
    (Classes::COUNTRY, include_str!("en/countries.txt")),
    (Classes::COUNTRY, include_str!("en/country_extra.txt")),
    (Classes::STATE, include_str!("en/states.txt")),
    (Classes::CITY, include_str!("en/cities.txt")),
    (Classes::PLACE_NOUN, include_str!("en/place_nouns.txt")),
    (Classes::DEMONYM, include_str!("en/demonyms.txt")),
    (Classes::ORG_NOUN, include_str!("en/org_nouns.txt")),
    (Classes::ORG_SUFFIX, include_str!("en/org_suffixes.txt")),
    (Classes::AGENCY, include_str!("en/agencies.txt")),
    (Classes::MISC_NOUN, include_str!("en/misc_nouns.txt")),
];

impl Lexicon {
    fn build() -> Self {
        let mut lexicon = Self { classes: FxHashMap::with_capacity_and_hasher(65_536, FxBuildHasher) };
        for (class, list) in LISTS {
            for word in words(list) {
                lexicon.add(word, *class);
            }
        }
        for verb in words(include_str!("en/cue_verbs.tsv")) {
            for form in verb.split('\t').next().unwrap_or("").split(' ') {
                lexicon.add(form, Classes::CUE_VERB);
            }
        }
        lexicon
    }

    fn add(&mut self, word: &str, class: Classes) {
        *self.classes.entry(fold_hash(word)).or_default() |= class;
    }

    /// The classes of a token.
    pub fn of(&self, token: &Token) -> Classes {
        self.classes.get(&token.hash).copied().unwrap_or_default()
    }

    /// The classes of a word.
    pub fn of_word(&self, word: &str) -> Classes {
        self.classes.get(&fold_hash(word)).copied().unwrap_or_default()
    }

    /// The classes of every token, in order.
    pub fn classify(&self, tokens: &Tokens<'_>) -> Vec<Classes> {
        tokens.list.iter().map(|t| if t.hash == 0 { Classes::empty() } else { self.of(t) }).collect()
    }
}

/// The entries of a list: lines without comments and blanks.
pub(crate) fn words(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(|line| line.split('#').next().unwrap_or("").trim()).filter(|line| !line.is_empty())
}

/// The English lexicon, built at first use.
pub fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(Lexicon::build)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_in_any_case() {
        let has = |word: &str, class: Classes| lexicon().of_word(word).contains(class);
        assert!(has("Minister", Classes::ROLE | Classes::TITLE | Classes::COMMON));
        assert!(has("KENYAN", Classes::DEMONYM) && !has("kenyan", Classes::COMMON));
        assert!(has("Maria", Classes::FORENAME | Classes::FEMALE) && has("Smith", Classes::SURNAME));
        assert!(has("São", Classes::empty()) && has("Málaga", Classes::CITY) && has("Kenya", Classes::COUNTRY));
        assert!(has("said", Classes::COMMON) && !has("Reading", Classes::FORENAME));
        assert!(has("Ltd", Classes::ORG_SUFFIX) && has("Ministry", Classes::ORG_NOUN | Classes::COLLECTIVE));
    }

    #[test]
    fn lists_hold_single_words() {
        for (class, list) in LISTS {
            for word in words(list) {
                assert!(!word.contains(' '), "{class:?}: {word}");
            }
        }
    }
}
