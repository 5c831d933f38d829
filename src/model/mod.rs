//! Small linear models over hashed features: scoring and file format. Fitting lives in `train`.

mod linear;
mod rows;

pub use linear::{Linear, Sink, Sum, feature};
pub use rows::{COLUMNS, Rows, Sums};

use crate::error::{Error, Result};

pub(crate) fn wrong(problem: &str) -> Error {
    Error::Input { place: "model".to_owned(), problem: problem.to_owned() }
}

/// A model of the package as it was read. Where its file is empty or of another version, rules and lists go on without
/// it, and that is said once, where the model is kept.
pub(crate) fn or_rules<T>(name: &str, read: Result<T>) -> Option<T> {
    read.inspect_err(|error| eprintln!("pullquote: {name}: {error}; going on with rules and word lists alone")).ok()
}
