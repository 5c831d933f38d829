//! What the attributions of an article hold, to be asked of any token.

use crate::quotes::attribution::Attribution;
use crate::quotes::phrase::Source;
use crate::text::TokenRange;

/// An attribution that grammar is sure of and that no other stage has found.
pub(super) fn overlooked(
    said: TokenRange,
    cue: Option<TokenRange>,
    source: Source,
    reason: &'static str,
    confidence: f32,
) -> Attribution {
    Attribution {
        pieces: vec![said],
        cue,
        source: Some(source),
        reason,
        confidence,
        chances: [1.0; 3],
        unmarked: false,
    }
}

/// What attributions hold, in order.
pub(super) struct Taken {
    cues: Vec<usize>,
    /// Where each piece begins, and the furthest end of all up to it.
    pieces: Vec<(usize, usize)>,
}

impl Taken {
    pub(super) fn new(found: &[Attribution]) -> Self {
        let mut cues: Vec<usize> = found.iter().filter_map(|a| Some(a.cue.as_ref()?.start)).collect();
        let mut pieces: Vec<(usize, usize)> = found.iter().flat_map(|a| &a.pieces).map(|p| (p.start, p.end)).collect();
        cues.sort_unstable();
        pieces.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut pieces {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { cues, pieces }
    }

    /// Whether a piece holds the token.
    pub(super) fn holds(&self, token: usize) -> bool {
        self.up_to(token).is_some_and(|&(_, end)| end > token)
    }

    /// Whether an attribution has the cue, holds it, or begins where what is said begins.
    pub(super) fn has(&self, cue: &TokenRange, said: &TokenRange) -> bool {
        let begins = self.up_to(said.start).is_some_and(|&(start, _)| start == said.start);
        self.cues.binary_search(&cue.start).is_ok() || self.holds(cue.start) || begins
    }

    /// The last piece that begins at the token or before it.
    fn up_to(&self, token: usize) -> Option<&(usize, usize)> {
        self.pieces[..self.pieces.partition_point(|&(start, _)| start <= token)].last()
    }
}
