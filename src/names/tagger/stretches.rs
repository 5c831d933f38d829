//! Capitals judged in, the stretches of text that may be names out. Nothing else is tagged: most words are in lower case
//! and near no capital, and there is no doubt about them.

use crate::lang::Classes;
use crate::names::known::known;
use crate::names::scene::{Cap, NAME_CLASSES, SMALL_WORDS, Scene};
use crate::segment::Structure;
use crate::text::{Flags, Kind, TokenRange};

/// How many small words and marks may lie between two capitals of a name.
const GAP: usize = 4;

/// Words that join the capitals of one name: "Bank of England", "Simon and Sons", "van de Ven".
const JOINING: Classes =
    Classes::DETERMINER.union(Classes::PREPOSITION).union(Classes::CONJUNCTION).union(Classes::PARTICLE);

/// Words that no name holds in lower case.
const ORDINARY: Classes = Classes::COMMON
    .union(Classes::VERB)
    .union(Classes::ADVERB)
    .union(Classes::AUXILIARY)
    .union(Classes::PRONOUN)
    .union(Classes::CUE_VERB)
    .union(Classes::NUMBER_WORD)
    .union(Classes::ROLE);

/// The stretches of all blocks, in order, each in one block.
pub(super) fn stretches(scene: &Scene<'_, '_>, structure: &Structure) -> Vec<TokenRange> {
    let mut found = Vec::new();
    for block in &structure.blocks {
        let mut open: Option<TokenRange> = None;
        for i in block.tokens.clone().filter(|&i| stands_out(scene, i, block.tokens.end)) {
            match &mut open {
                Some(stretch) if i < stretch.end || joins(scene, stretch.end..i) => stretch.end = i + 1,
                _ => {
                    let from = open.as_ref().map_or(block.tokens.start, |last| last.end);
                    found.extend(open.replace(first(scene, from, i)..i + 1));
                }
            }
            if let Some(stretch) = &mut open {
                stretch.end = end(scene, stretch.end, block.tokens.end);
            }
        }
        found.extend(open);
    }
    found
}

/// Whether the token may be a name by itself.
fn stands_out(scene: &Scene<'_, '_>, i: usize, limit: usize) -> bool {
    let token = &scene.tokens[i];
    match scene.cap(i) {
        Cap::None => {
            token.flags.contains(Flags::UNSPACED)
                || token.is_word() && token.flags.intersects(Flags::DIGIT | Flags::INNER_CAPITAL)
        }
        Cap::First if !token.flags.intersects(Flags::ALL_CAPS | Flags::INNER_CAPITAL | Flags::DOTTED) => {
            let class = scene.class(i);
            class.intersects(NAME_CLASSES)
                || !class.intersects(SMALL_WORDS | ORDINARY)
                || scene.uses(i).sure > 0
                || scene.cap(i + 1) != Cap::None
                || !class.intersects(SMALL_WORDS) && known().at(scene.tokens, i, limit).is_some()
        }
        _ => true,
    }
}

/// Whether one name may go on over what lies between two capitals.
fn joins(scene: &Scene<'_, '_>, gap: TokenRange) -> bool {
    gap.len() <= GAP && gap.clone().all(|i| may_join(scene, i))
}

fn may_join(scene: &Scene<'_, '_>, i: usize) -> bool {
    let token = &scene.tokens[i];
    match token.kind {
        Kind::Word => {
            let class = scene.class(i);
            class.intersects(JOINING) || !class.intersects(ORDINARY) || is_hyphened(scene, i)
        }
        Kind::Stop => !token.space_before(),
        Kind::Url => false,
        _ => true,
    }
}

/// Whether a hyphen ties the word to the one before it: "Seung-woo".
fn is_hyphened(scene: &Scene<'_, '_>, i: usize) -> bool {
    i > 0 && scene.is_hyphen(i - 1)
}

/// A word in lower case that a name may begin or end with: a particle, a word that no list has.
fn is_odd(scene: &Scene<'_, '_>, i: usize) -> bool {
    let token = &scene.tokens[i];
    let class = scene.class(i);
    token.kind == Kind::Word
        && (class.contains(Classes::PARTICLE) && !class.intersects(SMALL_WORDS)
            || !class.intersects(ORDINARY | JOINING)
            || is_hyphened(scene, i))
        || token.kind == Kind::Number
}

/// Where a stretch with a capital at `i` begins, at `from` or after it.
fn first(scene: &Scene<'_, '_>, from: usize, i: usize) -> usize {
    let before = |at: usize| at.checked_sub(1).filter(|&b| b >= from);
    let mut start = i;
    while let Some(last) = before(start) {
        if is_odd(scene, last) || scene.cap(last) != Cap::None {
            start = last;
        } else if scene.is_hyphen(last) && before(last).is_some_and(|b| scene.tokens[b].is_word()) {
            start = last - 1;
        } else {
            break;
        }
        if i - start > GAP {
            break;
        }
    }
    start
}

/// Where a stretch ends that reaches to `at` and no further than `limit`.
fn end(scene: &Scene<'_, '_>, at: usize, limit: usize) -> usize {
    let mut end = at;
    while end < limit && end - at < GAP {
        let token = &scene.tokens[end];
        let tied = scene.is_hyphen(end) && end + 1 < limit;
        if tied {
            end += 2;
        } else if scene.cap(end) == Cap::None && is_odd(scene, end)
            || token.kind == Kind::Stop && is_tied_stop(scene, end)
        {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// The stop of an initial or an abbreviation.
fn is_tied_stop(scene: &Scene<'_, '_>, i: usize) -> bool {
    i > 0 && scene.is_tight(i, ".") && scene.tokens[i - 1].span.len() <= 5
}
