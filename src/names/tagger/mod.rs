//! Scene and the rules' candidates in, names with types out: a linear-chain CRF (Lafferty et al. 2001) over hashed
//! features, decoded on the stretches of text with capitals alone.
//!
//! [`stretches`] says which tokens are judged, [`sheet`] gathers what features read, [`features`] makes them, [`memory`] those of the second pass, [`labels`] says
//! what may follow what and [`decode`] finds the names. Fitting lives in `train`.

pub mod decode;
mod features;
pub mod labels;
mod memory;
mod sheet;
mod stretches;

pub use memory::Memory;
pub use sheet::Sheet;

use crate::article::EntityType;
use crate::error::Result;
use crate::model::{COLUMNS, Rows, or_rules};
use crate::text::TokenRange;
use decode::Steps;
use labels::{LABELS, Scores};
use std::sync::OnceLock;

/// Where each token of a stretch has a label that is as likely as this, the second pass does not look at it again.
const SURE: f32 = 0.95;

/// A fitted tagger: one pass by the token and its neighbours, one more that sees what the first made of the article.
pub struct Tagger {
    rows: Rows,
    first: Steps,
    second: Steps,
}

impl From<Rows> for Tagger {
    fn from(rows: Rows) -> Self {
        let steps = rows.extra();
        Self { first: Steps::new(&steps[..LABELS * LABELS]), second: Steps::new(&steps[LABELS * LABELS..]), rows }
    }
}

/// What the first pass makes of the tokens of all stretches, one after the other.
pub struct First {
    /// How likely each label is.
    pub chances: Vec<Scores>,
    /// What the same features add up to in the second pass.
    second: Vec<[f32; COLUMNS]>,
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

/// The tagger that ships with the package.
pub(super) fn tagger() -> Option<&'static Tagger> {
    static TAGGER: OnceLock<Option<Tagger>> = OnceLock::new();
    let read = || Tagger::from_bytes(include_bytes!("../../model/names.bin"));
    TAGGER.get_or_init(|| or_rules("model of names", read())).as_ref()
}

impl Tagger {
    /// Reads a model file.
    ///
    /// # Errors
    /// A file that is no model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let rows = Rows::from_bytes(bytes)?;
        if rows.extra().len() != 2 * LABELS * LABELS {
            return Err(crate::model::wrong("its labels are not those of this version"));
        }
        Ok(rows.into())
    }

    /// The first pass over an article.
    pub fn first(&self, sheet: &Sheet<'_, '_, '_>) -> First {
        let mut pass = First { chances: Vec::new(), second: Vec::new() };
        let (mut features, mut rows, mut scratch) = (Vec::new(), Vec::new(), Vec::new());
        for stretch in &sheet.stretches {
            rows.clear();
            for i in stretch.clone() {
                features.clear();
                sheet.features(i, &mut features);
                let [first, second] = self.rows.sums(&features);
                rows.push(first);
                pass.second.push(second);
            }
            decode::chances(&rows, &self.first, &mut scratch, &mut pass.chances);
        }
        pass
    }

    /// Finds the names of an article.
    pub(super) fn find(&self, sheet: &Sheet<'_, '_, '_>) -> Found {
        let first = self.first(sheet);
        let memory = Memory::new(sheet, &first.chances);
        let mut found = Found { names: Vec::new(), chances: vec![0.0; sheet.scene.tokens.len()] };
        let (mut at, mut rows) = (0, first.second);
        let (mut features, mut scratch, mut chances) = (Vec::new(), Vec::new(), Vec::new());
        for stretch in &sheet.stretches {
            let own = at..at + stretch.len();
            at = own.end;
            chances.clear();
            chances.extend_from_slice(&first.chances[own.clone()]);
            if !is_sure(&chances) {
                for (at, i) in own.clone().zip(stretch.clone()) {
                    features.clear();
                    memory.features(sheet, at, i, &mut features);
                    for (sum, more) in rows[at].iter_mut().zip(self.rows.sums(&features)[1]) {
                        *sum += more;
                    }
                }
                chances.clear();
                decode::chances(&rows[own], &self.second, &mut scratch, &mut chances);
            }
            for (i, chances) in stretch.clone().zip(&chances) {
                found.chances[i] = 1.0 - chances[labels::OUTSIDE];
            }
            let names = decode::names(stretch.start, &chances);
            found.names.extend(names.into_iter().map(|(range, t)| (range, labels::TYPES[t])));
        }
        found
    }
}

/// Whether the first pass leaves no doubt about any token of a stretch.
fn is_sure(chances: &[Scores]) -> bool {
    chances.iter().all(|labels| labels.iter().any(|&chance| chance >= SURE))
}
