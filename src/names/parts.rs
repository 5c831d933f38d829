//! Chains in, candidates out: a chain is cut into names, with titles and nationalities split off from the person's name.

use super::known::known;
use super::scene::{Cap, SMALL_WORDS, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// A name before its type is known.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub tokens: TokenRange,
    pub title: Option<TokenRange>,
}

/// What stands at the end of names that are no person's.
const HEADS: Classes =
    Classes::ORG_NOUN.union(Classes::ORG_SUFFIX).union(Classes::PLACE_NOUN).union(Classes::MISC_NOUN);
const OFFICES: Classes = Classes::TITLE.union(Classes::ROLE);

/// Cuts `chain` and appends its names to `out`.
pub(super) fn cut(scene: &Scene<'_, '_>, chain: TokenRange, out: &mut Vec<Candidate>) {
    let chain = trim(scene, chain);
    if chain.is_empty() {
        return;
    }
    if let Some(at) = last_title(scene, &chain) {
        let title = office_start(scene, &chain, at)..at + 1;
        cut(scene, chain.start..title.start, out);
        out.push(Candidate { tokens: trim(scene, at + 1..chain.end), title: Some(without_stop(scene, title)) });
        out.retain(|c| !c.tokens.is_empty());
        return;
    }
    if let Some(rest) = without_office(scene, &chain) {
        return cut(scene, chain.start..rest, out);
    }
    if let Some(at) = place_split(scene, &chain) {
        cut(scene, chain.start..at, out);
        return cut(scene, at..chain.end, out);
    }
    if is_plain(scene, &chain) {
        return;
    }
    out.push(Candidate { tokens: chain, title: None });
}

/// Without stops and small words at the edges.
fn trim(scene: &Scene<'_, '_>, chain: TokenRange) -> TokenRange {
    let (mut start, mut end) = (chain.start, chain.end);
    while start < end
        && (!scene.tokens[start].is_word() || scene.cap(start) == Cap::None && scene.has(start, SMALL_WORDS))
    {
        start += 1;
    }
    let loose = |i: usize| match scene.tokens[i].kind {
        Kind::Stop => !scene.has(i - 1, Classes::ORG_SUFFIX | Classes::NAME_SUFFIX),
        Kind::Word => scene.cap(i) == Cap::None && scene.has(i, SMALL_WORDS),
        Kind::Number => false,
        _ => true,
    };
    while end > start && loose(end - 1) {
        end -= 1;
    }
    start..end
}

fn without_stop(scene: &Scene<'_, '_>, title: TokenRange) -> TokenRange {
    let end = if scene.tokens[title.end - 1].kind == Kind::Stop { title.end - 1 } else { title.end };
    title.start..end
}

/// The last title or role in the chain that has a person's name after it.
fn last_title(scene: &Scene<'_, '_>, chain: &TokenRange) -> Option<usize> {
    let last = chain.end - 1;
    let tail = if scene.tokens[last].kind == Kind::Stop { last - 1 } else { last };
    if scene.has(tail, HEADS) && !scene.has(tail, Classes::FORENAME | Classes::SURNAME)
        || scene.has(tail, Classes::ORG_SUFFIX)
    {
        return None;
    }
    let office = |i: usize| {
        if !scene.has(i, OFFICES) || scene.is_hyphen(i + 1) {
            return false;
        }
        // "Grace Bishop Tutu" has no title; "Bishop Tutu" does.
        let named = i > chain.start
            && scene.has(i - 1, Classes::FORENAME)
            && !scene.has(i - 1, Classes::COMMON | OFFICES | Classes::DEMONYM);
        !named && scene.has(i, if i == chain.start { OFFICES } else { Classes::TITLE | Classes::ROLE })
    };
    let at = chain.clone().rev().skip(1).find(|&i| office(i))?;
    let at_end = if scene.is_tight(at + 1, ".") { at + 1 } else { at };
    let name = at_end + 1;
    let person = name < chain.end
        && scene.tokens[name].is_word()
        && (scene.cap(name) != Cap::None || scene.has(name, Classes::PARTICLE))
        && !(name..chain.end)
            .any(|i| scene.cap(i) == Cap::None && matches!(scene.tokens.word(i), "of" | "for" | "and" | "the"));
    let plain = (name..chain.end).all(|i| {
        let class = scene.class(i);
        class.contains(Classes::COMMON)
            && !class.intersects(Classes::SURNAME | Classes::FORENAME)
            && scene.uses(i).lower > 0
    });
    (person && !plain).then_some(at_end)
}

/// Where the office that ends with token `at` begins: back over ordinary words.
fn office_start(scene: &Scene<'_, '_>, chain: &TokenRange, at: usize) -> usize {
    let mut start = at;
    while start > chain.start {
        let before = start - 1;
        let class = scene.class(before);
        let part = scene.tokens[before].is_word()
            && class.intersects(Classes::COMMON | OFFICES)
            && !class.intersects(Classes::DEMONYM | Classes::COUNTRY)
            || scene.is_hyphen(before)
            || scene.tokens[before].kind == Kind::Stop && scene.has(before.wrapping_sub(1), OFFICES)
            || matches!(scene.tokens.word(before), "and" | "of" | "for" | "&") && before > chain.start;
        if !part {
            break;
        }
        start = before;
    }
    start
}

/// Where a chain that ends in an office ("Energy Minister", "Microsoft President") ends without it.
fn without_office(scene: &Scene<'_, '_>, chain: &TokenRange) -> Option<usize> {
    let last = chain.end - 1;
    let class = scene.class(last);
    if !class.intersects(OFFICES) || class.intersects(Classes::ORG_NOUN | Classes::PLACE_NOUN) {
        return None;
    }
    if chain.len() > 1 && scene.has(last - 1, Classes::FORENAME) && !scene.has(last - 1, Classes::COMMON) {
        return None;
    }
    if chain.len() == 1
        && class.intersects(Classes::FORENAME | Classes::SURNAME)
        && scene.cap(last) == Cap::Sure
        && !class.contains(Classes::COMMON)
    {
        return None;
    }
    // A surname like Bishop or Judge that the article uses as one.
    if chain.len() == 1
        && class.contains(Classes::SURNAME)
        && scene.uses(last).sure > 1
        && scene.uses(last).lower == 0
        && scene.has(last + 1, Classes::CUE_VERB)
    {
        return None;
    }
    Some(office_start(scene, chain, last))
}

/// Where two names stand side by side: a nationality before a name, a place at the end of a headline's person.
fn place_split(scene: &Scene<'_, '_>, chain: &TokenRange) -> Option<usize> {
    let next = chain.start + 1;
    if next >= chain.end || scene.tokens[next].kind == Kind::Dash {
        return None;
    }
    let last = chain.end - 1;
    if let Some((phrase, _)) = known().at(scene.tokens, chain.start, chain.end) {
        if phrase.end == chain.end {
            return None;
        }
        let person = phrase.len() > 1
            && scene.tokens[phrase.end].is_word()
            && scene.has(phrase.end, Classes::FORENAME)
            && !scene.has(last, HEADS);
        return person.then_some(phrase.end);
    }
    if scene.has(chain.start, Classes::DEMONYM) && !scene.has(last, HEADS) {
        let person = scene.has(next, Classes::FORENAME) && !scene.has(next, Classes::COMMON);
        let plain = (next..chain.end).all(|i| scene.has(i, Classes::COMMON));
        return (person || scene.has(next, Classes::DEMONYM) || plain && scene.uses(next).lower > 0).then_some(next);
    }
    let loud_place =
        scene.cap(last) == Cap::Loud && scene.has(last, Classes::COUNTRY | Classes::STATE) && chain.len() == 2;
    loud_place.then_some(last)
}

/// Ordinary words alone that nothing makes a name: "the Internet", "Phase".
fn is_plain(scene: &Scene<'_, '_>, chain: &TokenRange) -> bool {
    const KNOWN: Classes = Classes::COUNTRY
        .union(Classes::CITY)
        .union(Classes::STATE)
        .union(Classes::DEMONYM)
        .union(Classes::AGENCY)
        .union(Classes::ORG_NOUN);
    if chain.len() > 1 || known().at(scene.tokens, chain.start, chain.end).is_some() {
        return false;
    }
    let i = chain.start;
    let class = scene.class(i);
    let token = &scene.tokens[i];
    if token.flags.contains(crate::text::Flags::ALL_CAPS) && scene.cap(i) == Cap::Sure {
        return false;
    }
    if token.span.len() == 1
        || class.intersects(Classes::ORG_SUFFIX | Classes::NAME_SUFFIX) && !class.contains(Classes::SURNAME)
    {
        return true;
    }
    class.contains(Classes::COMMON) && !class.intersects(KNOWN) && {
        let uses = scene.uses(i);
        uses.lower > 0 && uses.lower >= uses.sure
            || !class.intersects(Classes::FORENAME | Classes::SURNAME) && uses.sure < 2
    }
}
