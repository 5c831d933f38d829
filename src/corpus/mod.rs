//! Files in, files out: readers, the job that parses what they read, writers of its tables.

mod batches;
mod columns;
mod decode;
mod format;
mod job;
mod lock;
mod manifest;
mod readers;
mod scan;
mod work;
mod write;

pub use columns::{Columns, Part};
pub use format::Format;
pub use job::{Job, MAX_ROW_BYTES, Report};
pub use readers::{Given, Outside, OutsideArticles, Source};
pub use scan::Scan;
