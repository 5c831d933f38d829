//! The working result of this stage: who said what, in tokens, before pieces are joined and turned into bytes.

use super::phrase::Source;
use crate::text::TokenRange;

/// What was said by whom, in tokens.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The pieces of the content.
    pub pieces: Vec<TokenRange>,
    /// The words that report it.
    pub cue: Option<TokenRange>,
    /// Who said it.
    pub source: Option<Source>,
    /// The rule that chose the source.
    pub reason: &'static str,
    /// From 0 to 1.
    pub confidence: f32,
    /// How sure the ranker was of the cue, the source and the content; one where it was not asked.
    pub chances: [f32; 3],
    /// Direct speech that stands without marks: a turn of an interview, a block quote.
    pub unmarked: bool,
}
