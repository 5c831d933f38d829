//! The first stage: one pass over the bytes gives the tokens that all later stages read.

mod chars;
mod fold;
mod masks;
pub mod offsets;
mod scanner;
pub mod tokens;

pub use fold::{fold_hash, folded};
pub use offsets::Offsets;
pub use scanner::tokenize;
#[cfg(feature = "tables")]
pub(crate) use scanner::tokenize_into;
pub use tokens::{Flags, Kind, Token, TokenRange, Tokens};
