//! Names, titles and pronouns in, a person's gender out, as far as the text tells it.

use super::Found;
use super::keys::Words;
use crate::lang::{self, Classes};
use crate::names::Name;
use crate::text::{TokenRange, fold_hash};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What is known of a person's gender.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gender {
    /// Nothing.
    #[default]
    Unknown,
    /// She.
    Female,
    /// He.
    Male,
}

impl Gender {
    /// The word in JSON and tables.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Female => Some("female"),
            Self::Male => Some("male"),
        }
    }

    /// Of a record of the user's: "female", "F", "male", "M".
    pub(super) fn of_listed(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "female" | "f" => Self::Female,
            "male" | "m" => Self::Male,
            _ => Self::Unknown,
        }
    }

    /// Whether the two may be one person.
    pub(super) fn fits(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }

    fn of(class: Classes) -> Self {
        match (class.contains(Classes::FEMALE), class.contains(Classes::MALE)) {
            (true, false) => Self::Female,
            (false, true) => Self::Male,
            _ => Self::Unknown,
        }
    }

    /// Of the first word in `range` that tells; in "a friend of his wife" none does.
    pub(super) fn in_words(found: &Found<'_, '_>, range: &TokenRange) -> Self {
        let goes_on = |&i: &usize| i == range.start || !found.has(i, Classes::PREPOSITION);
        range
            .clone()
            .take_while(goes_on)
            .map(|i| Self::of_word(found, i))
            .find(|&g| g != Self::Unknown)
            .unwrap_or_default()
    }

    fn of_word(found: &Found<'_, '_>, i: usize) -> Self {
        let listed = Self::of(found.class(i) & !name_only(found.class(i)));
        let word = found.text_at(i);
        // "A frontman", not "a German".
        let compound = word.len() > 5 && word.starts_with(char::is_lowercase);
        match word {
            _ if listed != Self::Unknown || !compound => listed,
            "talisman" | "shaman" | "caiman" => Self::Unknown,
            _ if word.ends_with("woman") => Self::Female,
            _ if word.ends_with("man") => Self::Male,
            _ => Self::Unknown,
        }
    }

    /// Of "he", "she" and their forms.
    pub(super) fn of_pronoun(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "he" | "him" | "his" | "himself" => Self::Male,
            "she" | "her" | "hers" | "herself" => Self::Female,
            _ => Self::Unknown,
        }
    }
}

/// In a title only titles and roles tell: "Frank" there is no forename.
fn name_only(class: Classes) -> Classes {
    if class.intersects(Classes::TITLE | Classes::ROLE) { Classes::empty() } else { Classes::FEMALE | Classes::MALE }
}

/// By the title, then by the given name.
pub(super) fn of_name(found: &Found<'_, '_>, name: &Name, words: &Words) -> Gender {
    let by_title = name.title.as_ref().map_or(Gender::Unknown, |t| Gender::in_words(found, t));
    if by_title != Gender::Unknown || words.list.len() < 2 {
        return by_title;
    }
    let Some(first) = words.first() else { return Gender::Unknown };
    // "Jean-Luc" is a man, "Jean" seldom.
    if found.is_hyphen(first.token + 1) && found.text_at(first.token).eq_ignore_ascii_case("jean") {
        return Gender::Male;
    }
    let listed = if first.classes.contains(Classes::FORENAME) { Gender::of(first.classes) } else { Gender::Unknown };
    if listed == Gender::Unknown { given(first.hash) } else { listed }
}

/// Of a given name that the lexicon does not know, or knows of women and men.
fn given(name: u64) -> Gender {
    static GIVEN: OnceLock<FxHashMap<u64, Gender>> = OnceLock::new();
    let lists = [
        (Gender::Female, include_str!("../lang/en/given_female.txt")),
        (Gender::Male, include_str!("../lang/en/given_male.txt")),
    ];
    let read = || lists.iter().flat_map(|&(g, list)| lang::words(list).map(move |w| (fold_hash(w), g))).collect();
    GIVEN.get_or_init(read).get(&name).copied().unwrap_or_default()
}
