//! Persons' names in, the same without the occupation that begins their sentence out: "Violinist Noa Peretz". No list has
//! all of them, and some are surnames too; at the start of a sentence the capital is not the name's.

use super::parts::Candidate;
use super::scene::{Cap, Scene};
use crate::article::EntityType;
use crate::lang::{self, Classes};
use crate::text::fold_hash;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// How nouns for what people do end.
const ENDINGS: [&str; 10] = ["ist", "man", "keeper", "maker", "smith", "monger", "wright", "eer", "ian", "grapher"];

/// Classes of words that are no first name of somebody.
const THINGS: Classes = Classes::COMMON
    .union(Classes::ORG_NOUN)
    .union(Classes::PLACE_NOUN)
    .union(Classes::ORG_SUFFIX)
    .union(Classes::MISC_NOUN);

/// Takes the occupations off.
pub(super) fn part(scene: &Scene<'_, '_>, names: &mut [(Candidate, EntityType)]) {
    for (name, _) in names.iter_mut().filter(|(name, kind)| *kind == EntityType::Person && name.title.is_none()) {
        let first = name.tokens.start;
        if is_occupation(scene, first) && is_whole(scene, first + 1, name.tokens.end) {
            name.title = Some(first..first + 1);
            name.tokens.start = first + 1;
        }
    }
}

fn is_occupation(scene: &Scene<'_, '_>, i: usize) -> bool {
    if scene.cap(i) != Cap::First || scene.has(i, Classes::FORENAME) || scene.tokens[i].span.len() < 4 {
        return false;
    }
    let word = scene.tokens.word(i);
    scene.has(i, Classes::COMMON)
        || occupations().contains(&scene.tokens[i].hash)
        || !scene.has(i, Classes::SURNAME) && ENDINGS.iter().any(|e| word.ends_with(e))
}

fn occupations() -> &'static FxHashSet<u64> {
    static WORDS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    WORDS.get_or_init(|| lang::words(include_str!("../lang/en/occupations.txt")).map(fold_hash).collect())
}

/// Whether a first name and one more follow.
fn is_whole(scene: &Scene<'_, '_>, start: usize, end: usize) -> bool {
    let capitals = (start..end).filter(|&i| scene.tokens[i].is_word() && scene.tokens[i].is_capital()).count();
    capitals > 1
        && scene.tokens[start].is_word()
        && scene.tokens[start].is_capital()
        && (scene.has(start, Classes::FORENAME) || !scene.has(start, THINGS))
}
