//! Articles in, Arrow tables out.

mod builders;
mod column;
mod extract;
mod pieces;
mod schema;

pub use builders::{Bad, Batches, Builders};
pub use column::{IdColumn, TextColumn};
pub use extract::{Chunk, extract};
pub use schema::{IdType, Table};
