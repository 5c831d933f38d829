//! The first stage: one pass over the bytes gives the tokens that all later stages read.

mod chars;
mod fold;
pub mod offsets;
pub mod tokens;

pub use fold::{fold_hash, folded};
pub use offsets::Offsets;
pub use tokens::{Flags, Kind, Token, TokenRange, Tokens, tokenize};
