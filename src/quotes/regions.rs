//! A region between quote marks in, speech or not out: nicknames, titles, mentioned words and signs are not.

use super::scene::Scene;
use crate::lang::Classes;
use crate::text::Kind;

/// From this many words on, quoted words are speech (in 98 of 100 cases of news text).
const LONG: usize = 6;

/// Words before a mark that announce a name or a word rather than speech.
const NAMING: [&str; 38] = [
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
