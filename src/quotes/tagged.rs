//! Quoted words with their tag right behind them: `"It is ours," said Haddad`, `"It stands," Mayor Ana Ortiz said`. A passage
//! and what was found in it in, the tags that nobody took put in.

use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange};

/// A source before its verb has no more tokens.
const MAX_SOURCE: usize = 12;

/// Puts the attributions of `passage` whose quoted words nobody has into `found`.
pub fn complete(scene: &Scene<'_, '_>, passage: &Passage, found: &mut Vec<Attribution>) {
    let mut i = passage.tokens.start;
    while i < passage.tokens.end {
        let Some(region) = scene.region(i).map(|r| &scene.regions[r]) else {
            i += 1;
            continue;
        };
        i = region.tokens.end.max(i + 1);
        let ends = region.tokens.len() > 3 && matches!(scene.kind(i.max(2) - 2), Kind::Comma | Kind::Stop);
        if !(region.closed && ends && region.tokens.start >= passage.tokens.start) {
            continue;
        }
        let Some((cue, source)) = tag(scene, passage, i) else { continue };
        let reports = |a: &Attribution| a.cue.as_ref().is_some_and(|c| c.start == cue.start);
        let first = region.tokens.start;
        let holds = |a: &Attribution| a.pieces.iter().any(|p| p.contains(&first));
        // Not what stands behind an earlier tag too.
        let own = |p: &TokenRange| p.start >= first || !scene.opens_any(&(p.start..first));
        let taken = found.iter().any(|a| holds(a) && (!reports(a) || a.pieces.iter().all(own)));
        if !taken {
            found.retain(|a| !reports(a));
            found.push(Attribution {
                pieces: vec![region.tokens.clone()],
                cue: Some(cue),
                source: Some(source),
                reason: "tag behind the quote",
                confidence: 0.9,
                chances: [1.0; 3],
                unmarked: false,
            });
        }
    }
}

/// The verb and the source that stand at `at`, in either order.
fn tag(scene: &Scene<'_, '_>, passage: &Passage, at: usize) -> Option<(TokenRange, Source)> {
    let end = passage.tokens.end;
    let reports = |i: usize| {
        scene.has(i, Classes::CUE_VERB)
            && scene.name(i).is_none()
            && scene.region(i).is_none()
            && !scene.word(i).ends_with("ing")
    };
    if at + 1 >= end {
        return None;
    }
    if reports(at) {
        let source = phrase::after(scene, at + 1, end)?;
        let closed = source.phrase.end >= end
            || matches!(scene.kind(source.phrase.end), Kind::Stop | Kind::Comma)
            || scene.word(source.phrase.end) == ";";
        return closed.then_some((at..at + 1, source));
    }
    let verb = (at + 1..end.min(at + MAX_SOURCE)).find(|&i| scene.is_verb(i) || scene.region(i).is_some())?;
    let source = phrase::before(scene, at, verb).filter(|s| s.phrase.start == at && reports(verb))?;
    Some((verb..verb + 1, source))
}
