//! Fits the models that ship with the package from annotated articles: `cargo run --release --features train --example train`.

mod crf;
mod fit;
mod gold;
mod judge;
mod names;
mod quotes;

pub use names::names;
pub use quotes::quotes;
