//! Abbreviations and sentence openers per language, as data, for the sentence rules.

use super::language::{FUNCTION_WORDS, Language};
use super::lexicon::words;
use crate::text::fold_hash;
use bitflags::bitflags;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

bitflags! {
    /// What a word tells the sentence rules.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Cue: u16 {
        /// An abbreviation that a name follows: `Dr.`
        const TITLE = 1;
        /// An abbreviation in mid-sentence: `e.g.`
        const NEVER = 1 << 1;
        /// An abbreviation that a figure follows: `No.`
        const NUMBER = 1 << 2;
        /// A month cut short.
        const MONTH = 1 << 3;
        /// An abbreviation that may end a sentence: `Inc.`
        const END = 1 << 4;
        /// A U.S. state cut short, if it has a capital.
        const STATE = 1 << 5;
        /// `a.m.` and its kin.
        const CLOCK = 1 << 6;
        /// A function word: with a capital it begins a sentence.
        const OPENER = 1 << 7;
        /// A verb that tags speech: `asked`.
        const SPEECH = 1 << 8;
        /// A noun that goes on after a company's or country's abbreviation: `Chairman`, `Senate`.
        const HEAD = 1 << 9;
        /// A day, month or time zone: what follows `p.m.`
        const DAY = 1 << 10;
        /// An abbreviation after which a capital begins a sentence: `etc.`
        const CLOSE = 1 << 11;
        /// Any abbreviation.
        const ABBREVIATION = 0x7F | 1 << 11;
    }
}

const ABBREVIATIONS: &[(Language, &str)] = &[
    (Language::English, include_str!("abbreviations/en.txt")),
    (Language::German, include_str!("abbreviations/de.txt")),
    (Language::French, include_str!("abbreviations/fr.txt")),
    (Language::Spanish, include_str!("abbreviations/es.txt")),
    (Language::Italian, include_str!("abbreviations/it.txt")),
    (Language::Portuguese, include_str!("abbreviations/pt.txt")),
    (Language::Dutch, include_str!("abbreviations/nl.txt")),
    (Language::Polish, include_str!("abbreviations/pl.txt")),
    (Language::Romanian, include_str!("abbreviations/ro.txt")),
    (Language::Lithuanian, include_str!("abbreviations/lt.txt")),
    (Language::Swedish, include_str!("abbreviations/sv.txt")),
    (Language::Norwegian, include_str!("abbreviations/no.txt")),
    (Language::Danish, include_str!("abbreviations/da.txt")),
    (Language::Turkish, include_str!("abbreviations/tr.txt")),
    (Language::Russian, include_str!("abbreviations/ru.txt")),
    (Language::Greek, include_str!("abbreviations/el.txt")),
    (Language::Arabic, include_str!("abbreviations/ar.txt")),
];

/// English words beyond the abbreviations.
const ENGLISH: &[(Cue, &str)] = &[
    (Cue::OPENER, include_str!("en/openers.txt")),
    (Cue::SPEECH, include_str!("en/speech_tags.txt")),
    (Cue::HEAD, include_str!("en/abbreviation_heads.txt")),
    (Cue::DAY, include_str!("en/weekdays.txt")),
    (Cue::DAY, include_str!("en/months.txt")),
    (Cue::DAY, "est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst utc ist cet eastern pacific central mountain"),
];

/// What the words of one language tell.
pub struct Cues {
    of: FxHashMap<u64, Cue>,
}

impl Cues {
    /// The tables of a language, built at first use.
    pub fn of(language: Language) -> &'static Self {
        static TABLES: [OnceLock<Cues>; Language::Other as usize + 1] =
            [const { OnceLock::new() }; Language::Other as usize + 1];
        TABLES[language as usize].get_or_init(|| Self::build(language))
    }

    fn build(language: Language) -> Self {
        let mut cues = Self { of: FxHashMap::default() };
        for line in lists(ABBREVIATIONS, language) {
            let (class, entries) = line.split_once(':').unwrap_or(("", line));
            let cue = match class {
                "title" => Cue::TITLE,
                "never" => Cue::NEVER,
                "number" => Cue::NUMBER,
                "month" => Cue::MONTH,
                "state" => Cue::STATE,
                "clock" => Cue::CLOCK,
                "close" => Cue::CLOSE,
                _ => Cue::END,
            };
            cues.add(entries, cue);
        }
        for line in lists(FUNCTION_WORDS, language) {
            cues.add(line, Cue::OPENER);
        }
        if language == Language::English {
            for (cue, list) in ENGLISH {
                words(list).for_each(|line| cues.add(line, *cue));
            }
        }
        cues
    }

    fn add(&mut self, line: &str, cue: Cue) {
        for word in line.split_whitespace() {
            *self.of.entry(fold_hash(word)).or_default() |= cue;
        }
    }

    /// What `word` tells, without regard to case.
    pub fn get(&self, word: &str) -> Cue {
        self.of.get(&fold_hash(word)).copied().unwrap_or_default()
    }
}

fn lists(table: &'static [(Language, &'static str)], language: Language) -> impl Iterator<Item = &'static str> {
    table.iter().filter(move |(l, _)| *l == language).flat_map(|(_, list)| words(list))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_line_has_its_class() {
        for (language, list) in ABBREVIATIONS {
            for line in words(list) {
                let class = line.split_once(':').map(|(c, _)| c);
                let known = ["title", "never", "number", "month", "end", "state", "clock", "close"];
                assert!(class.is_some_and(|c| known.contains(&c)), "{language:?}: {line}");
            }
        }
    }

    #[test]
    fn words_tell_what_may_follow() {
        let en = Cues::of(Language::English);
        assert!(en.get("Gov").contains(Cue::TITLE) && en.get("No").contains(Cue::NUMBER | Cue::OPENER));
        assert!(en.get("asked").contains(Cue::SPEECH) && en.get("Chairman").contains(Cue::HEAD));
        assert!(Cues::of(Language::German).get("usw").contains(Cue::END));
        assert!(Cues::of(Language::Other).get("the").is_empty());
    }
}
