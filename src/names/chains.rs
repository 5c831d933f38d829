//! Judged capitals in, chains out: runs of words that may be one name, with the small words inside it.

use super::known::known;
use super::scene::{Cap, SMALL_WORDS, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// The chain that begins at token `at`, if one does, up to `limit`.
pub(super) fn chain_at(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<TokenRange> {
    let mut end = if scene.is_name_word(at) {
        at + 1
    } else if is_prefix(scene, at) && at + 2 < limit && scene.is_name_word(at + 2) {
        at + 3
    } else {
        open_particle(scene, at, limit)?
    };
    if scene.cap(at) != Cap::None
        && let Some((phrase, _)) = known().at(scene.tokens, at, limit)
    {
        end = end.max(phrase.end);
    }
    while let Some(next) = extend(scene, at, end, limit) {
        end = next;
    }
    Some(at..end)
}

/// "pan-" of "pan-African", "sub-" of "sub-Saharan Africa".
fn is_prefix(scene: &Scene<'_, '_>, at: usize) -> bool {
    scene.is_hyphen(at + 1) && matches!(scene.tokens.word(at), "pan" | "sub" | "ultra" | "trans" | "Pan" | "Sub")
}

/// A name that begins with a small particle: "al-Sarraj", "van Basten".
fn open_particle(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    if !scene.has(at, Classes::PARTICLE) || !scene.tokens[at].is_word() {
        return None;
    }
    let word = scene.tokens.word(at);
    let follows = |i: usize| i < limit && scene.cap(i) == Cap::Sure && scene.is_name_word(i);
    if scene.is_hyphen(at + 1)
        && matches!(word.to_ascii_lowercase().as_str(), "al" | "el" | "ul" | "as" | "ash" | "at" | "ad" | "an")
    {
        return follows(at + 2).then_some(at + 3);
    }
    (matches!(word, "van" | "von" | "al" | "bin") && follows(at + 1)).then_some(at + 2)
}

/// One more piece of the chain `start..end`, or nothing.
fn extend(scene: &Scene<'_, '_>, start: usize, end: usize, limit: usize) -> Option<usize> {
    let token = scene.tokens.get(end).filter(|_| end < limit)?;
    let is_name = |i: usize| i < limit && is_inside(scene, i);
    match token.kind {
        Kind::Stop if scene.is_tight(end, ".") => stop(scene, start, end, limit),
        Kind::Dash if scene.is_hyphen(end) => {
            let glued = scene.cap(end + 1) != Cap::None && is_name(end + 1) && !splits(scene, end - 1, end + 1);
            let first = matches!(scene.cap(end - 1), Cap::First) && scene.has(end - 1, Classes::COMMON);
            (glued && !first || syllable(scene, start, end, limit)).then_some(end + 2)
        }
        Kind::Symbol if scene.tokens.word(end) == "&" => is_name(end + 1).then_some(end + 2),
        Kind::Mark => nickname(scene, end, limit),
        Kind::Comma if scene.tokens.word(end) == "," && scene.has(end + 1, Classes::ORG_SUFFIX) => {
            (end + 1 < limit && scene.cap(end + 1) == Cap::Sure && scene.tokens[end + 1].span.len() >= 3)
                .then_some(end + 2)
        }
        Kind::Word if is_name(end) => {
            if let Some((phrase, _)) = known().at(scene.tokens, end, limit) {
                return Some(phrase.end);
            }
            Some(end + 1)
        }
        Kind::Word if matches!(scene.tokens.word(end), "plc" | "mbH" | "gmbh") => Some(end + 1),
        Kind::Word if scene.cap(end) != Cap::Sure => {
            particle(scene, end, limit).or_else(|| connector(scene, start, end, limit))
        }
        _ => None,
    }
}

/// "Lee Ha-rin": the second syllable of a given name, in lower case, and no word of English.
fn syllable(scene: &Scene<'_, '_>, start: usize, hyphen: usize, limit: usize) -> bool {
    let second = hyphen + 1;
    let (first, rest) = (&scene.tokens[hyphen - 1], scene.tokens.get(second).filter(|_| second < limit));
    hyphen >= start + 2
        && first.span.len() <= 6
        && rest.is_some_and(|t| t.is_word() && !t.space_before() && (2..=6).contains(&t.span.len()))
        && scene
            .class(second)
            .difference(Classes::FORENAME | Classes::SURNAME | Classes::FEMALE | Classes::MALE)
            .is_empty()
}

/// Whether word `i` may stand inside a name; stricter for words that a headline or a sentence begins.
fn is_inside(scene: &Scene<'_, '_>, i: usize) -> bool {
    scene.cap(i) != Cap::First && scene.is_name_word(i)
}

/// A stop after an initial, a title or "Inc".
fn stop(scene: &Scene<'_, '_>, start: usize, end: usize, limit: usize) -> Option<usize> {
    let before = end - 1;
    let next = end + 1 < limit && scene.cap(end + 1) != Cap::None && scene.is_name_word(end + 1);
    let class = scene.class(before);
    if scene.tokens[before].span.len() == 1 || class.contains(Classes::TITLE) && scene.tokens[before].span.len() <= 5 {
        return next.then_some(end + 2);
    }
    if scene.tokens.word(before).eq_ignore_ascii_case("st") {
        return next.then_some(end + 2);
    }
    let length = scene.tokens[before].span.len();
    let suffix = before > start && length <= 4 && class.intersects(Classes::ORG_SUFFIX | Classes::NAME_SUFFIX);
    let after_comma = before > 0 && scene.tokens[before - 1].kind == Kind::Comma;
    let state = (3 - usize::from(after_comma)..=5).contains(&length)
        && class.contains(Classes::STATE)
        && !matches!(scene.tokens.word(before), "Iowa" | "Ohio" | "Utah" | "Maine" | "Texas" | "Idaho");
    (suffix || state).then_some(end + 1)
}

/// Whether a hyphen parts two names rather than joining one: Russia-Africa, EU-Kenya.
fn splits(scene: &Scene<'_, '_>, left: usize, right: usize) -> bool {
    const PLACES: Classes = Classes::COUNTRY.union(Classes::DEMONYM).union(Classes::CITY).union(Classes::STATE);
    let place = |i: usize| scene.has(i, PLACES) && !scene.has(i, Classes::FORENAME | Classes::PARTICLE);
    let wide = scene.tokens[left + 1].span.len() > 1
        && (place(left) || place(right))
        && !scene.has(left, Classes::FORENAME)
        && !scene.has(right, Classes::FORENAME);
    let body = |i: usize| scene.tokens[i].flags.contains(crate::text::Flags::ALL_CAPS) && scene.cap(i) == Cap::Sure;
    wide || (place(left) || body(left)) && (place(right) || body(right))
}

/// "van", "al-", "bin" inside a name.
fn particle(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    if !scene.has(at, Classes::PARTICLE) || scene.has(at, SMALL_WORDS) && !scene.is_hyphen(at + 1) {
        return None;
    }
    let mut end = at + 1;
    while end < limit
        && scene.has(end, Classes::PARTICLE)
        && scene.cap(end) == Cap::None
        && !scene.has(end, SMALL_WORDS)
    {
        end += 1;
    }
    if scene.is_hyphen(end) {
        end += 1;
    }
    (end < limit && scene.cap(end) != Cap::None && scene.is_name_word(end)).then_some(end + 1)
}

/// "of", "of the", "for", "and" inside the name of a body.
fn connector(scene: &Scene<'_, '_>, start: usize, at: usize, limit: usize) -> Option<usize> {
    const HEADS: Classes = Classes::ORG_NOUN.union(Classes::PLACE_NOUN).union(Classes::MISC_NOUN);
    let word = scene.tokens.word(at);
    let sure = |i: usize| i < limit && matches!(scene.cap(i), Cap::Sure | Cap::Loud) && scene.is_name_word(i);
    let head = scene.class(at - 1);
    match word {
        "of" | "for" | "on" => {
            let bodies = if word == "of" { HEADS } else { Classes::ORG_NOUN };
            if !head.intersects(bodies) || head.contains(Classes::ROLE) && !head.contains(Classes::ORG_NOUN) {
                return None;
            }
            let next =
                if scene.tokens.get(at + 1).is_some() && scene.tokens.word(at + 1) == "the" { at + 2 } else { at + 1 };
            if !sure(next)
                || is_titled(scene, next, limit)
                || scene.has(next, Classes::FORENAME)
                    && !scene.has(next, Classes::COMMON | Classes::COUNTRY | Classes::CITY)
            {
                return None;
            }
            Some(next + 1)
        }
        "and" => {
            const NAMES: Classes = Classes::FORENAME
                .union(Classes::SURNAME)
                .union(Classes::COUNTRY)
                .union(Classes::CITY)
                .union(Classes::DEMONYM);
            let common = |i: usize| {
                (scene.has(i, Classes::COMMON) || !scene.has(i, NAMES)) && !scene.has(i, Classes::TITLE | Classes::ROLE)
            };
            if !sure(at + 1) || !common(at + 1) || !common(at - 1) {
                return None;
            }
            let inside = (start..at - 1).any(|i| scene.has(i, Classes::ORG_NOUN));
            let heads = !head.contains(Classes::ORG_NOUN)
                && (at + 2..(at + 5).min(limit)).any(|i| scene.cap(i) == Cap::Sure && scene.has(i, Classes::ORG_NOUN));
            (inside && !head.contains(Classes::ORG_NOUN) || heads).then_some(at + 2)
        }
        _ => None,
    }
}

/// Whether a titled person begins at `at`: "of Field Marshal Ana Roe", but not "of Justice".
fn is_titled(scene: &Scene<'_, '_>, at: usize, limit: usize) -> bool {
    let person = |i: usize| i < limit && scene.cap(i) == Cap::Sure && !scene.has(i, Classes::COMMON | Classes::DEMONYM);
    (at..(at + 3).min(limit))
        .take_while(|&i| scene.cap(i) == Cap::Sure)
        .any(|i| scene.has(i, Classes::TITLE) && person(i + 1))
}

/// `Joe "Shorty" Diaz` and `Joe (Shorty) Diaz`.
fn nickname(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<usize> {
    let close = (at + 2..(at + 5).min(limit)).find(|&i| scene.tokens[i].kind == Kind::Mark)?;
    let inside = (at + 1..close).all(|i| scene.tokens[i].is_word() && scene.cap(i) != Cap::None);
    let next = close + 1;
    let whole = inside
        && scene.tokens[at].space_before()
        && scene.cap(at - 1) != Cap::None
        && close == at + 2
        && next < limit
        && scene.tokens[next].space_before()
        && scene.cap(next) == Cap::Sure
        && scene.is_name_word(next);
    whole.then_some(next + 1)
}

/// The title of a work between quote marks: all its longer words have capitals.
pub(super) fn marked_title(scene: &Scene<'_, '_>, at: usize, limit: usize) -> Option<TokenRange> {
    const LONGEST: usize = 9;
    if scene.tokens[at].kind != Kind::Mark || !scene.tokens[at].space_before() && at > 0 {
        return None;
    }
    let close = (at + 3..limit.min(at + LONGEST))
        .find(|&i| scene.tokens[i].kind == Kind::Mark && !scene.tokens[i].space_before())?;
    let end = if scene.tokens[close - 1].kind == Kind::Comma { close - 1 } else { close };
    let words = at + 1..end;
    let capital = |i: usize| scene.tokens[i].is_capital();
    let fits = |i: usize| scene.tokens[i].is_word() && (capital(i) || scene.has(i, SMALL_WORDS));
    let capitals = words.clone().filter(|&i| capital(i)).count();
    (words.len() > 1
        && capitals > 1
        && capital(words.start)
        && capital(end - 1)
        && scene.cap(end - 1) != Cap::First
        && words.clone().all(fits))
    .then_some(words)
}
