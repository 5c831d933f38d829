//! Small linear models over hashed features: scoring and file format. Fitting lives in `train`.

mod linear;

pub use linear::{Linear, feature};
