//! Files in, files out: readers, the job that parses what they read, writers of its tables.

mod columns;
mod decode;
mod job;
mod manifest;
mod readers;
mod work;
mod write;

pub use columns::{Columns, Part};
pub use job::{Job, Report};
pub use write::Format;
