//! What the language knows: word lists as data, looked up once for each token.

mod lexicon;

pub(crate) use lexicon::words;
pub use lexicon::{Classes, Lexicon, lexicon};
