//! `Lee was unmoved: "We vote on Monday."`: a sentence in quote marks behind a colon is of the subject of the words before it.
//! An attribution in, the same with that speaker out; those of an article in, the sentences that nobody has so far out.

use super::taken::{Taken, overlooked};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// What introduces a sentence has no more tokens.
const MOST_BEFORE: usize = 30;

/// A sentence in marks has at least so many words.
const LEAST_SAID: usize = 2;

/// Gives quoted words behind a colon the subject of the words before it.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(start) = found.pieces.first().map(|p| p.start) else { return };
    let Some(now) = found.source.as_ref().filter(|_| found.cue.is_none() && !found.unmarked) else { return };
    let prose = scene.structure.blocks[scene.block_of(start)].role == Role::Paragraph;
    if start == 0 || !prose || scene.opens_region(start).is_none() {
        return;
    }
    if let Some(name) = labelled(scene, start - 1).filter(|name| now.core.start > name.core.end) {
        found.source = Some(name);
        return;
    }
    let Some(source) = subject(scene, start - 1) else { return };
    let cut_off = now.core.start == source.core.start && now.core.len() == 1;
    // "The board is glad, as its chair, Ana Roe, made clear:".
    let other = source.core.start < now.core.start && now.core.start <= start;
    if cut_off || other && !scene.has(now.core.start, Classes::DETERMINER) {
        found.source = Some(source);
        found.reason = "subject before the colon";
    }
}

/// The sentences in marks behind a colon that no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let regions = scene.regions.iter().filter(|r| r.parent.is_none() && r.closed && r.tokens.start > 0);
    let one = |region: &crate::quotes::marks::Region| {
        let (start, inner) = (region.tokens.start, region.inner());
        let words = inner.clone().filter(|&i| scene.kind(i) == Kind::Word).count();
        let whole = scene.token(inner.start).is_capital() && scene.kind(inner.end - 1) == Kind::Stop;
        let prose = scene.structure.blocks[scene.block_of(start)].role == Role::Paragraph;
        let source = subject(scene, start - 1).filter(|_| whole && prose && words >= LEAST_SAID)?;
        (!taken.holds(start)).then(|| overlooked(region.tokens.clone(), None, source, "subject before the colon", 0.6))
    };
    regions.filter_map(one).collect()
}

/// `Lord Roe, former minister: "A careful budget."`: the name that begins the block, with what it is behind it.
fn labelled(scene: &Scene<'_, '_>, colon: usize) -> Option<Source> {
    let block = scene.structure.blocks[scene.block_of(colon)].tokens.start;
    let name = (block..block + 2).find_map(|i| scene.name(i)).filter(|n| n.kind == EntityType::Person)?;
    let first = name.title.as_ref().map_or(name.tokens.start, |t| t.start.min(name.tokens.start));
    let label = scene.word(colon) == ":" && first == block && scene.word(name.tokens.end) == ",";
    let described = name.tokens.end + 1..colon;
    let short = described.len() < MOST_BEFORE && !scene.has_verb(&described) && !scene.opens_any(&described);
    let core = first..name.tokens.end;
    (label && short).then(|| Source { form: phrase::form(scene, &core), phrase: first..colon, core })
}

/// The person or the body that the words before a colon are about: the phrase that begins them, with a verb behind it.
fn subject(scene: &Scene<'_, '_>, colon: usize) -> Option<Source> {
    let sentence = scene.sentence(colon).filter(|_| scene.word(colon) == ":" && scene.region(colon).is_none())?;
    let outside = |&i: &usize| scene.region(i).is_none() && scene.word(i) != ";";
    let start = (sentence.start..colon).rev().take_while(outside).last()?;
    if colon - start > MOST_BEFORE || start > sentence.start && scene.word(start) == "," {
        return None;
    }
    let first = phrase::after(scene, start, colon)?;
    let source = with_name(scene, &first, colon).unwrap_or_else(|| phrase::source(scene, start, first.phrase));
    let behind = source.phrase.end;
    let goes_on = behind < colon
        && scene.kind(behind) == Kind::Word
        && !scene.token(behind).is_capital()
        && !scene.has(behind, Classes::PREPOSITION | Classes::CONJUNCTION | Classes::DETERMINER)
        && (scene.is_verb(behind) || behind + 1 < colon)
        && !scene.is(colon - 1, "reading");
    (goes_on && speaks(scene, &source)).then_some(source)
}

/// "The groom, retired shrimper Walt Dooley,": a name that ends the apposition belongs to the phrase.
fn with_name(scene: &Scene<'_, '_>, first: &Source, colon: usize) -> Option<Source> {
    let mut core = first.core.clone();
    // "The groom,": no word list has all that people do.
    let bare = core.len() == 1 && scene.has(core.start, Classes::DETERMINER) && scene.word(core.end + 1) == ",";
    if bare && scene.kind(core.end) == Kind::Word {
        core.end += 1;
    }
    let opens = scene.word(core.end) == "," && scene.name(core.end - 1).is_none();
    let inner = core.end + 1..(core.end + 1..colon).find(|&i| scene.word(i) == ",").filter(|_| opens)?;
    let name = scene.name(inner.end - 1).filter(|n| n.kind == EntityType::Person && n.tokens.start >= inner.start)?;
    let plain = !inner.clone().any(|i| scene.has(i, Classes::AUXILIARY | Classes::PREPOSITION));
    let core = core.start..name.tokens.end;
    plain.then(|| Source { form: phrase::form(scene, &core), phrase: core.start..inner.end + 1, core })
}

/// Whether the phrase is a person, a body, or a pronoun for one.
fn speaks(scene: &Scene<'_, '_>, source: &Source) -> bool {
    let core = &source.core;
    let named = core.clone().rev().find_map(|i| scene.name(i));
    let named = named.filter(|n| n.tokens.end == core.end);
    let person = named.is_some_and(|n| matches!(n.kind, EntityType::Person | EntityType::Organization));
    let plain = !core.clone().any(|i| scene.has(i, Classes::PREPOSITION));
    let office = plain && scene.has(core.end - 1, Classes::ROLE | Classes::COLLECTIVE) && named.is_none();
    let pronoun = source.form == Form::Pronoun && scene.is_any(core.start, &["he", "she", "they", "I", "we"]);
    person || office || pronoun
}
