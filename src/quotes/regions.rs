//! A region between quote marks in, speech or not out: nicknames, titles, mentioned words and signs are not. The rules
//! decide where there is no model; they are features of the trained decision where there is one.

use super::ranker::features::Decision;
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::model::feature;
use crate::text::{Flags, Kind};

/// Quoted words are speech where the model thinks it this likely.
pub const THRESHOLD: f32 = 0.6;

/// From this many words on, quoted words are speech (in 98 of 100 cases of news text).
const LONG: usize = 6;

/// Words before a mark that announce a name or a word rather than speech.
const NAMING: [&str; 40] = [
    "so-called",
    "called",
    "word",
    "words",
    "term",
    "phrase",
    "titled",
    "entitled",
    "nicknamed",
    "dubbed",
    "known",
    "named",
    "film",
    "movie",
    "book",
    "novel",
    "song",
    "album",
    "show",
    "series",
    "play",
    "musical",
    "poem",
    "essay",
    "programme",
    "program",
    "track",
    "single",
    "sign",
    "signs",
    "banner",
    "banners",
    "placard",
    "placards",
    "reading",
    "codenamed",
    "slogan",
    "motto",
    "headlined",
    "letters",
];

/// What carries a text that nobody speaks.
pub const SIGNS: [&str; 14] = [
    "sign", "signs", "banner", "banners", "placard", "placards", "poster", "posters", "sticker", "slogan", "slogans",
    "shirt", "plaque", "graffiti",
];

/// Whether the outermost region `r` is likely somebody's words.
pub fn is_speech(scene: &Scene<'_, '_>, r: usize) -> bool {
    let region = &scene.regions[r];
    let inner = region.inner();
    let words = inner.clone().filter(|&i| matches!(scene.kind(i), Kind::Word | Kind::Number)).count();
    if is_nickname(scene, r) || is_after_naming(scene, r) && words < 2 * LONG {
        return false;
    }
    if words >= LONG {
        return true;
    }
    let ends_sentence = inner.end > inner.start && matches!(scene.kind(inner.end - 1), Kind::Stop | Kind::Comma);
    !is_title(scene, r) && (ends_sentence || words >= 2 || region.double)
}

/// `Joe "Shorty" Diaz`.
fn is_nickname(scene: &Scene<'_, '_>, r: usize) -> bool {
    let tokens = &scene.regions[r].tokens;
    let capital = |i: usize| scene.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.is_capital());
    tokens.len() <= 6
        && tokens.start > 0
        && capital(tokens.start - 1)
        && capital(tokens.end)
        && (capital(tokens.start + 1) || scene.is(tokens.start + 1, "the"))
        && !scene.is_verb(tokens.start - 1)
}

fn is_after_naming(scene: &Scene<'_, '_>, r: usize) -> bool {
    let start = scene.regions[r].tokens.start;
    let before = |n: usize| start >= n && scene.is_any(start - n, &NAMING) && scene.region(start - n).is_none();
    let as_name = start >= 2 && scene.is_any(start - 1, &["as", "the"]) && before(2);
    let called = start >= 1
        && scene.is(start - 1, "called")
        && !scene.is_any(start.saturating_sub(2), &["is", "was", "are", "were", "been", "be", "a", "so"]);
    let so_called = start >= 3 && scene.is(start - 1, "called") && scene.is(start - 3, "so");
    let sign = (1..8)
        .take_while(|&n| start >= n && scene.region(start - n).is_none())
        .any(|n| scene.is_any(start - n, &SIGNS));
    (before(1) && !called) || as_name || so_called || sign
}

/// `the film "Night Train"`: every word of weight has a capital.
fn is_title(scene: &Scene<'_, '_>, r: usize) -> bool {
    let inner = scene.regions[r].inner();
    let mut words = 0;
    for i in inner {
        let token = scene.token(i);
        match token.kind {
            Kind::Word if scene.has(i, Classes::PREPOSITION | Classes::DETERMINER | Classes::CONJUNCTION) => {}
            Kind::Word if !token.is_capital() => return false,
            Kind::Word => words += 1,
            Kind::Stop => return false,
            _ => {}
        }
    }
    words >= 2
}

/// Whether region `r` is a name for certain: a nickname, what naming words announce, a title that nobody pronounces.
pub fn is_name(scene: &Scene<'_, '_>, r: usize) -> bool {
    let region = &scene.regions[r];
    let start = region.tokens.start;
    let reported = start > 0 && (scene.has(start - 1, Classes::CUE_VERB) || matches!(scene.word(start - 1), "," | ":"));
    let short = region.inner().len() < LONG;
    short && (is_nickname(scene, r) || is_after_naming(scene, r) || is_title(scene, r) && start > 0 && !reported)
}

/// What the decision on region `r` of `passage` looks at; `reported` says whether somebody is quoted in the passage already.
pub fn features(scene: &Scene<'_, '_>, passage: &Passage, r: usize, reported: bool) -> Vec<u32> {
    let region = &scene.regions[r];
    let (inner, around) = (region.inner(), &region.tokens);
    let words = inner.clone().filter(|&i| matches!(scene.kind(i), Kind::Word | Kind::Number)).count().min(12) as u64;
    let verbs = inner.clone().filter(|&i| scene.is_verb(i)).count().min(3) as u64;
    let capitals = inner.clone().filter(|&i| scene.token(i).is_capital()).count().min(4) as u64;
    let person = inner.clone().any(|i| scene.has(i, Classes::PRONOUN));
    let start = passage.tokens.start;
    let at = |i: usize| if i < start || i >= passage.tokens.end { 1 } else { scene.token(i).hash };
    let class = |i: usize| if i < start || i >= passage.tokens.end { 1 } else { coarse(scene, i) };
    let before = around.start.wrapping_sub(1);
    let last = scene.kind(inner.end.max(1) - 1) as u64;
    let shape = words << 8 | verbs << 4 | u64::from(scene.token(inner.start).is_capital()) << 1 | u64::from(person);
    let rules = u64::from(is_nickname(scene, r))
        | u64::from(is_after_naming(scene, r)) << 1
        | u64::from(is_title(scene, r)) << 2
        | u64::from(is_speech(scene, r)) << 3;
    let reports = passage.tokens.clone().any(|i| scene.has(i, Classes::CUE_VERB) && scene.region(i).is_none());
    let edges = u64::from(around.start == start) | u64::from(around.end + 1 >= passage.tokens.end) << 1;
    let place = edges << 2 | u64::from(reported) << 1 | u64::from(reports);
    let others = passage.tokens.clone().filter(|&i| scene.opens_region(i).is_some()).take(4).count() as u64;
    let role = scene.structure.blocks[passage.block].role as u64;
    let mut out = Vec::with_capacity(40);
    let mut add = |template: u32, a: u64, b: u64| out.push(feature(((Decision::Speech as u32) << 8) + template, a, b));
    add(0, 0, 0);
    add(1, words, 0);
    add(2, shape, 0);
    add(3, shape, last);
    add(4, rules, 0);
    add(5, rules, words);
    add(6, at(before), 0);
    add(7, at(before), words);
    add(8, at(before.wrapping_sub(1)), at(before));
    add(9, class(before), words);
    add(10, class(before), class(around.end));
    add(11, class(before.wrapping_sub(1)), class(before));
    add(12, at(around.end), last);
    add(13, class(around.end), words);
    add(14, place, words);
    add(15, place, rules);
    add(16, capitals, words);
    add(17, last, words);
    add(18, others, place);
    add(19, role, words);
    add(20, u64::from(region.closed) << 1 | u64::from(region.double), words);
    add(21, at(inner.start), words.min(3));
    add(22, at(inner.end.max(1) - 1), 0);
    add(23, at(before.wrapping_sub(1)), 0);
    add(24, class(before.wrapping_sub(2)), at(before));
    add(25, verbs, place);
    add(26, last, place);
    add(27, class(around.end), class(around.end + 1));
    add(28, u64::from(scene.name(inner.start).is_some()), words);
    add(29, at(around.end), words);
    out
}

/// A coarse class of a token: its kind, its shape, and what matters before and after quoted words.
fn coarse(scene: &Scene<'_, '_>, i: usize) -> u64 {
    let kept = Classes::DETERMINER
        | Classes::PREPOSITION
        | Classes::CONJUNCTION
        | Classes::PRONOUN
        | Classes::AUXILIARY
        | Classes::CUE_VERB
        | Classes::CUE_NOUN
        | Classes::VERB;
    let token = scene.token(i);
    let name = scene.name(i).map_or(0, |n| n.kind as u64 + 1);
    let classes = if name > 0 { 0 } else { scene.classes[i].intersection(kept).bits() };
    classes << 12 | name << 8 | u64::from(token.flags.contains(Flags::CAPITAL)) << 4 | token.kind as u64
}
