//! Articles with typed names in, the tagger's model out.

use super::crf::{Chains, Settings, fit};
use super::gold::{self, Bytes};
use crate::error::Result;
use crate::model::Rows;
use crate::names::tagger::labels::{OUTSIDE, TYPES, of_name};
use crate::names::tagger::{Memory, Pass, Sheet, second_features};
use crate::names::with_sheet;
use crate::segment;
use crate::text::{Tokens, tokenize};
use std::path::Path;

/// Parts that the articles are cut into, so that the second pass learns from first passes over articles that these
/// have not seen.
const FOLDS: usize = 5;

/// A feature of fewer articles than this is left out.
const LEAST_ARTICLES: u32 = 3;
/// The tables of the passes have two to this power of places.
const FIRST_BITS: u32 = 17;
const SECOND_BITS: u32 = 18;
const SETTINGS: Settings = Settings { epochs: 6, rate: 0.1, decay: 1e-2, dropout: 0.5 };

/// Fits both passes of the tagger to the articles of a JSONL file.
///
/// # Errors
/// A file that cannot be read.
pub fn names(path: &Path) -> Result<(Rows, Rows)> {
    let articles = gold::read::<gold::Named>(path)?;
    let sheets = |keep: &dyn Fn(usize) -> bool, learn: &mut dyn FnMut(&Sheet<'_, '_, '_>, &[usize])| {
        for (_, article) in articles.iter().enumerate().filter(|(n, _)| keep(*n)) {
            let tokens = tokenize(&article.text);
            let labels = labels(article, &tokens);
            with_sheet(&tokens, &segment::segment(&tokens, false), |sheet| learn(sheet, &labels));
        }
    };
    let first = |keep: &dyn Fn(usize) -> bool| {
        let mut chains = Chains::default();
        sheets(keep, &mut |sheet, labels| {
            add(sheet, labels, &mut chains, |_, i, features| sheet.features(i, features));
        });
        fitted(chains, FIRST_BITS)
    };
    let mut chains = Chains::default();
    for fold in 0..FOLDS {
        let pass = Pass::from(first(&|n| n % FOLDS != fold));
        sheets(&|n| n % FOLDS == fold, &mut |sheet, labels| {
            let chances = pass.first(sheet);
            let memory = Memory::new(sheet, &chances);
            add(sheet, labels, &mut chains, |at, i, features| second_features(sheet, &memory, at, i, features));
        });
    }
    Ok((first(&|_| true), fitted(chains, SECOND_BITS)))
}

fn fitted(chains: Chains, bits: u32) -> Rows {
    let chains = chains.without_rare(LEAST_ARTICLES);
    let weights = fit(&chains, &SETTINGS);
    let rows = Rows::from_weights(bits, weights.rows, weights.steps);
    eprintln!("{} tokens; the table is full to {:.0} %", chains.len(), 100.0 * rows.load());
    rows
}

/// The right label of each token.
fn labels(article: &gold::Named, tokens: &Tokens<'_>) -> Vec<usize> {
    let bytes = Bytes::new(&article.text);
    let mut labels = vec![OUTSIDE; tokens.len()];
    for mention in &article.mentions {
        let range = tokens.within(bytes.span([mention.start, mention.end]));
        let kind = TYPES.iter().position(|t| t.name() == mention.kind);
        if let Some(kind) = kind.filter(|_| !range.is_empty()) {
            for (i, label) in range.clone().zip(of_name(kind, range.len())) {
                labels[i] = label;
            }
        }
    }
    labels
}

/// Adds the tokens of an article's stretches; `make` appends the features of a token, given its number among them.
fn add(
    sheet: &Sheet<'_, '_, '_>,
    labels: &[usize],
    chains: &mut Chains,
    mut make: impl FnMut(usize, usize, &mut Vec<u32>),
) {
    let (mut features, mut at) = (Vec::new(), 0);
    for stretch in &sheet.stretches {
        for i in stretch.clone() {
            features.clear();
            make(at, i, &mut features);
            chains.token(&features, labels[i]);
            at += 1;
        }
        chains.end();
    }
    chains.end_article();
}
