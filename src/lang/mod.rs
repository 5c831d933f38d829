//! What the language knows: word lists as data, looked up once for each token.

mod abbreviations;
mod datelines;
mod furniture;
mod language;
mod lexicon;

pub use abbreviations::{Cue, Cues};
pub use datelines::{is_agency, is_month, is_place, is_weekday};
pub use furniture::furniture;
pub use language::{Language, detect};
pub(crate) use lexicon::words;
pub use lexicon::{Classes, Lexicon, lexicon};
