//! What can go wrong, each with what was expected, what was found, and where.

use thiserror::Error;

/// An error of this library. The message is for people; match on the variant.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// An option has a value that it cannot have.
    #[error("{option}: expected {expected}, found {found:?}")]
    Option {
        /// The option's name.
        option: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What it was.
        found: String,
    },
    /// A text that is too long for the offsets.
    #[error("a text has {bytes} bytes, expected fewer than 4294967295: cut it into articles first")]
    TooLong {
        /// Its size in bytes.
        bytes: usize,
    },
    /// A record of a gazetteer that cannot be used.
    #[error("{place}: {problem}")]
    Record {
        /// File and line, or the number of the record.
        place: String,
        /// What is wrong and how to mend it.
        problem: String,
    },
    /// A file that cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Its path.
        path: String,
        /// The system's word.
        source: std::io::Error,
    },
    /// An input whose form is not what was expected.
    #[error("{place}: {problem}")]
    Input {
        /// File, row or column.
        place: String,
        /// What is wrong and how to mend it.
        problem: String,
    },
    /// More bad articles than the job allows.
    #[error("{errors} errors, more than max_errors={allowed}; the last: {last}")]
    TooManyErrors {
        /// How many there were.
        errors: u64,
        /// How many there may be.
        allowed: u64,
        /// The last of them.
        last: String,
    },
    /// A panic inside one article: a defect of this library.
    #[error("internal error: {0}; please report it with the text")]
    Panic(String),
    /// Stopped from outside: Ctrl-C.
    #[error("interrupted")]
    Interrupted,
}

/// A result of this library.
pub type Result<T> = std::result::Result<T, Error>;
