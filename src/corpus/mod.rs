//! Files in, files out: readers, the job that parses what they read, writers of its tables.

mod columns;
mod decode;
mod job;
mod manifest;
mod readers;
mod records;
mod work;
mod write;

pub use columns::{Columns, Part};
pub use job::{Job, Report};
pub use records::from_csv;
pub use write::Format;
