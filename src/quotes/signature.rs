//! `"It stands." — Mayor Ana Ortiz`: quoted words with their speaker after a dash, on the same line or the next.

use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::text::{Flags, TokenRange};

/// A signature has no more tokens.
const MAX_TOKENS: usize = 16;

/// The signature of a passage that begins with quoted words and ends with one; and where the quoted words end.
pub fn after_quote(scene: &Scene<'_, '_>, passage: &Passage) -> Option<(TokenRange, Source)> {
    let mut end = passage.tokens.start;
    while let Some(region) = scene.opens_region(end).filter(|_| end < passage.tokens.end) {
        end = scene.regions[region].tokens.end;
    }
    let source = of(scene, &(end..passage.tokens.end))?;
    (end > passage.tokens.start).then_some((passage.tokens.start..end, source))
}

/// The source that stands behind quoted words which end at `end`, in a passage of several: `"Yes." ― Ana Ortiz "No." …`
pub fn behind(scene: &Scene<'_, '_>, passage: &Passage, end: usize) -> Option<Source> {
    let ends = |&i: &usize| scene.opens_region(i).is_some() || scene.token(i).flags.contains(Flags::LINE_BEFORE);
    let stop = (end + 1..passage.tokens.end.min(end + MAX_TOKENS)).find(ends).unwrap_or(passage.tokens.end);
    of(scene, &(end..stop))
}

/// The source that `range` is, where it is a dash and a name.
pub fn of(scene: &Scene<'_, '_>, range: &TokenRange) -> Option<Source> {
    if range.len() < 2 || range.len() > MAX_TOKENS || !scene.is_break_dash(range.start) {
        return None;
    }
    let words = scene.trim(range);
    let named = words.clone().take(6).any(|i| scene.name(i).is_some())
        || words.clone().next().is_some_and(|i| scene.token(i).is_capital());
    let plain = !words.is_empty() && !scene.has_verb(&words) && !scene.opens_any(&words);
    (named && plain).then(|| phrase::source(scene, words.start, words))
}
