//! One test binary: the cases, the invariants of whole articles, and rules on the source itself.

mod cases;
mod invariants;
mod source;
