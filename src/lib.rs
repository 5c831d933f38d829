//! Who said what about whom, in news text.
//!
//! The way of the text, one folder a stage:
//!
//! ```text
//! text ─ tokens ─ blocks ─ sentences ─ names ─┬─ quotes ─ speakers ─ entities ─ article ─ tables
//!              (one pass)            gazetteer┘
//! ```
//!
//! [`text`] cuts the text into tokens in one pass. [`segment`] finds the parts of the page, the dateline and the
//! sentences. [`gazetteer`] matches the user's own entities and [`names`] finds the others. [`quotes`] finds what was
//! said, the words that report it, and the phrase that says who. [`entities`] ties short forms, descriptions and
//! pronouns to whole names. [`Pipeline`] calls them in turn and gives an [`article::Article`].
//!
//! ```
//! let article = pullquote::Pipeline::default().parse("\"The vote stands,\" Mayor Ana Ortiz said on Monday.")?;
//! assert_eq!(article.sentences.len(), 1);
//! # Ok::<(), pullquote::Error>(())
//! ```

pub mod article;
#[cfg(feature = "corpus")]
pub mod corpus;
pub mod entities;
mod error;
pub mod gazetteer;
mod guard;
pub mod lang;
pub mod model;
pub mod names;
mod pipeline;
pub mod pool;
#[cfg(feature = "python")]
mod python;
pub mod quotes;
pub mod segment;
pub mod span;
#[cfg(feature = "tables")]
pub mod table;
pub mod text;
#[cfg(feature = "train")]
pub mod train;

pub use article::Article;
pub use error::{Error, Result};
pub use pipeline::{Depth, Input, Pipeline, split, structure};
