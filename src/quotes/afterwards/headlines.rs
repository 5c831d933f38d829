//! What the headline of an article says: an attribution in a headline in, the same without the label before the colon, with the
//! last words as its speaker, and without what happened meanwhile out; those of an article in, quoted headlines that nobody
//! has so far out.

use super::is_clause;
use super::taken::{Taken, overlooked};
use crate::article::Role;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::impersonal::HEARERS;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Who speaks at the end of a headline has no more tokens.
const MOST_NAMED: usize = 6;

/// A label has no more tokens.
const MOST_LABEL: usize = 3;

/// What a label before a colon calls the article; nobody speaks there.
const LABELS: [&str; 40] = [
    "transcript",
    "analysis",
    "opinion",
    "explainer",
    "live",
    "watch",
    "trending",
    "video",
    "podcast",
    "review",
    "profile",
    "comment",
    "editorial",
    "interview",
    "obituary",
    "exclusive",
    "breaking",
    "update",
    "updates",
    "gallery",
    "pictures",
    "photos",
    "factbox",
    "timeline",
    "feature",
    "recap",
    "preview",
    "listen",
    "read",
    "explained",
    "quiz",
    "column",
    "letters",
    "sponsored",
    "corrected",
    "refile",
    "wrapup",
    "briefing",
    "insight",
    "essay",
];

/// Mends an attribution of the headline.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(first) = found.pieces.first().map(|p| p.start) else { return };
    let block = &scene.structure.blocks[scene.block_of(first)];
    if block.role == Role::Headline {
        says_last(scene, &block.tokens, found);
        quoted_last(scene, &block.tokens, found);
        without_label(scene, found);
        hearers(scene, &block.tokens, found);
        without_meanwhile(scene, found);
    }
}

/// Where the words of a headline begin, behind "Exclusive:".
fn behind_label(scene: &Scene<'_, '_>, line: &TokenRange) -> usize {
    let colon = line.clone().take(MOST_LABEL + 1).find(|&i| scene.word(i) == ":" && scene.region(i).is_none());
    colon.map_or(line.start, |colon| colon + 1)
}

/// "Golden rule intact, says ex-aide", "Golden rule 'intact' says ex-aide": the last words are who says it.
fn says_last(scene: &Scene<'_, '_>, line: &TokenRange, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let comma = cue.start > 0 && scene.word(cue.start - 1) == ",";
    let before = source.phrase.start..cue.start - usize::from(comma && cue.start > source.phrase.start);
    let whole = before.start == line.start && source.phrase.end >= before.end && piece.start == cue.end;
    let says = scene.is_any(cue.start, &["says", "say", "warns", "warn", "claims", "claim"]);
    let last = piece.len() <= MOST_NAMED && piece.end == line.end && !scene.has_verb(piece) && !scene.opens_any(piece);
    let clause = scene.opens_any(&before) || is_clause(scene, &before) || comma && before.len() > 2;
    if whole && says && last && clause {
        let said = behind_label(scene, line)..before.end;
        found.source = Some(phrase::source(scene, piece.start, piece.clone()));
        found.pieces = vec![said];
    }
}

/// `Peru: 'We will not vote', says opposition chief`: behind the quoted words, their comma and the verb is who says them.
fn quoted_last(scene: &Scene<'_, '_>, line: &TokenRange, found: &mut Attribution) {
    if let Some((said, cue, last)) = quoted_first(scene, line).filter(|(said, ..)| said.start > line.start) {
        found.source = Some(phrase::source(scene, last.start, last));
        found.cue = Some(cue);
        found.pieces = vec![said];
    }
}

/// The quoted words that a headline begins with, the verb of speech behind their comma, and who it ends with.
fn quoted_first(scene: &Scene<'_, '_>, line: &TokenRange) -> Option<(TokenRange, TokenRange, TokenRange)> {
    let region = scene.opens_region(behind_label(scene, line))?;
    let said = scene.regions[region].tokens.clone();
    let cue = said.end + 1;
    let says = scene.word(said.end) == "," && scene.has(cue, Classes::CUE_VERB) && scene.name(cue).is_none();
    let last = cue + 1..line.end;
    let who = !last.is_empty() && last.len() <= MOST_NAMED && !scene.has_verb(&last) && !scene.opens_any(&last);
    (says && who).then_some((said, cue..cue + 1, last))
}

/// The quoted words of headlines that no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let headlines = scene.structure.blocks.iter().filter(|b| b.role == Role::Headline && !b.tokens.is_empty());
    let one = |(said, cue, last): (TokenRange, TokenRange, TokenRange)| {
        overlooked(said, Some(cue), phrase::source(scene, last.start, last), "end of the headline", 0.8)
    };
    let free = |(said, cue, _): &(TokenRange, TokenRange, TokenRange)| !taken.has(cue, said);
    headlines.filter_map(|block| quoted_first(scene, &block.tokens)).filter(free).map(one).collect()
}

/// `Analysis: Why the minister 'had no choice'`: what sort of article it is does not speak; quoted words are somebody's.
fn without_label(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(core) = found.source.as_ref().map(|s| s.core.clone()) else { return };
    // "BREAKING: Blast kills nine - agency".
    if let [piece] = found.pieces.as_mut_slice()
        && scene.word(piece.start + 1) == ":"
        && scene.is_any(piece.start, &LABELS)
        && piece.len() > 2
    {
        piece.start += 2;
    }
    let labels = core.len() <= MOST_LABEL && scene.word(core.end) == ":" && scene.is_any(core.end - 1, &LABELS);
    if !labels {
        return;
    }
    found.source = None;
    let quoted = found.pieces.iter().flat_map(Clone::clone).filter_map(|i| scene.opens_region(i));
    found.pieces = quoted.map(|r| scene.regions[r].tokens.clone()).collect();
}

/// "Thief 'wept for hours', court told": who is told says nothing.
fn hearers(scene: &Scene<'_, '_>, line: &TokenRange, found: &mut Attribution) {
    let (Some(source), Some(last)) = (&found.source, line.clone().next_back()) else { return };
    let hears = scene.is_any(source.core.end - 1, &HEARERS) && source.core.end == last;
    if hears && scene.is_any(last, &["told", "informed"]) {
        found.source = None;
    }
}

/// "Envoy rejects 'blackmail' claim as talks stall": what happens meanwhile is no content.
fn without_meanwhile(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), Some(piece)) = (&found.cue, found.pieces.last_mut()) else { return };
    let plain = |&i: &usize| scene.region(i).is_none();
    let quoted = piece.clone().rev().find(|i| !plain(i)).filter(|&i| i > piece.start && piece.start >= cue.end);
    let Some(quoted) = quoted else { return };
    let meanwhile = (quoted + 1..piece.end).find(|&i| scene.is(i, "as") && scene.kind(i) == Kind::Word);
    if let Some(meanwhile) = meanwhile.filter(|&i| i + 2 < piece.end && !scene.has(i + 1, Classes::DETERMINER)) {
        piece.end = meanwhile;
    }
}
