//! Fits the models that ship with the package from annotated articles: `cargo run --release --features train --example train`.

mod fit;
mod gold;
mod judge;
mod quotes;

pub use quotes::quotes;
