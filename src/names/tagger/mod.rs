//! Scene and the rules' candidates in, names with types out: a linear-chain CRF (Lafferty et al. 2001) over hashed
//! features, decoded on the stretches of text with capitals alone.
//!
//! [`sheet`] gathers what features read, [`features`] makes them, [`memory`] those of the second pass, [`labels`] says what may follow what and [`decode`]
//! finds the best labels. Fitting lives in `train`.

pub mod decode;
mod features;
pub mod labels;
mod memory;
mod sheet;

pub use memory::Memory;
pub use sheet::Sheet;

use crate::article::EntityType;
use crate::error::Result;
use crate::model::{Rows, or_rules};
use crate::text::TokenRange;
use decode::Steps;
use labels::Scores;
use std::sync::OnceLock;

/// A fitted tagger: one pass by the token and its neighbours, one more that sees what the first made of the article.
pub struct Tagger {
    first: Pass,
    second: Pass,
}

/// A model and its steps from label to label.
pub struct Pass {
    rows: Rows,
    steps: Steps,
}

impl From<Rows> for Pass {
    fn from(rows: Rows) -> Self {
        let steps = Steps::new(rows.extra());
        Self { rows, steps }
    }
}

impl Pass {
    /// How likely each label of a stretch's tokens is; `features` appends those of a token.
    fn chances(&self, stretch: TokenRange, mut features: impl FnMut(usize, &mut Vec<u32>)) -> Vec<Scores> {
        let mut own = Vec::new();
        let score = |i| {
            own.clear();
            features(i, &mut own);
            labels::scores(&self.rows.sum(&own))
        };
        decode::chances(&stretch.map(score).collect::<Vec<_>>(), &self.steps)
    }

    /// What the first pass makes of an article: the chances of the tokens of all stretches, one after the other.
    pub fn first(&self, sheet: &Sheet<'_, '_, '_>) -> Vec<Scores> {
        let stretches = sheet.stretches.iter().cloned();
        stretches.flat_map(|stretch| self.chances(stretch, |i, out| sheet.features(i, out))).collect()
    }
}

/// The features of token `i`, number `at` among the tokens of all stretches, for the second pass.
pub fn second_features(sheet: &Sheet<'_, '_, '_>, memory: &Memory<'_>, at: usize, i: usize, features: &mut Vec<u32>) {
    sheet.features(i, features);
    memory.features(sheet, at, i, features);
}

/// The tagger that ships with the package.
pub(super) fn tagger() -> Option<&'static Tagger> {
    static TAGGER: OnceLock<Option<Tagger>> = OnceLock::new();
    let read = || {
        Tagger::from_bytes(
            include_bytes!("../../model/names_first.bin"),
            include_bytes!("../../model/names_second.bin"),
        )
    };
    TAGGER.get_or_init(|| or_rules("model of names", read())).as_ref()
}

/// What the tagger makes of an article.
pub(super) struct Found {
    /// The names, in order, without overlap.
    pub names: Vec<(TokenRange, EntityType)>,
    /// How likely each token is part of a name.
    chances: Vec<f32>,
}

impl Found {
    /// How likely the tokens of a range are parts of names, on the mean.
    pub(super) fn chance(&self, range: &TokenRange) -> f32 {
        self.chances[range.clone()].iter().sum::<f32>() / range.len() as f32
    }
}

impl Tagger {
    /// Reads the files of both passes.
    ///
    /// # Errors
    /// A file that is no model of this version.
    pub fn from_bytes(first: &[u8], second: &[u8]) -> Result<Self> {
        Ok(Self { first: Rows::from_bytes(first)?.into(), second: Rows::from_bytes(second)?.into() })
    }

    /// Finds the names of an article.
    pub(super) fn find(&self, sheet: &Sheet<'_, '_, '_>) -> Found {
        let first = self.first.first(sheet);
        let memory = Memory::new(sheet, &first);
        let mut found = Found { names: Vec::new(), chances: vec![0.0; sheet.scene.tokens.len()] };
        let mut at = 0;
        for stretch in &sheet.stretches {
            let own = self.second.chances(stretch.clone(), |i, out| {
                second_features(sheet, &memory, at + i - stretch.start, i, out);
            });
            at += stretch.len();
            for (i, chances) in stretch.clone().zip(&own) {
                found.chances[i] = 1.0 - chances[labels::OUTSIDE];
            }
            let names = decode::names(stretch.start, &own);
            found.names.extend(names.into_iter().map(|(range, t, _)| (range, labels::TYPES[t])));
        }
        found
    }
}
