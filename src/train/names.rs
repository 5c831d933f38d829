//! Articles with typed names in, the tagger's model out.

use super::crf::{Chains, Settings, Weights, fit};
use super::gold::{self, Bytes};
use crate::error::Result;
use crate::model::{COLUMNS, Rows, Sums};
use crate::names::tagger::labels::{LABELS, OUTSIDE, TYPES, of_name};
use crate::names::tagger::{Memory, Sheet};
use crate::names::{Tagger, with_sheet};
use crate::segment;
use crate::text::{Tokens, tokenize};
use std::collections::BTreeMap;
use std::path::Path;

/// Parts that the articles are cut into, so that the second pass learns from first passes over articles that these
/// have not seen.
const FOLDS: usize = 5;
/// A feature of fewer articles than this is left out.
const LEAST_ARTICLES: u32 = 3;
/// The table has two to this power of places.
const BITS: u32 = 16;
const SETTINGS: Settings = Settings { epochs: 10, rate: 0.05, decay: 5e-3, dropout: 0.5, orders: 5 };

/// Fits both passes of the tagger to the articles of a JSONL file.
///
/// # Errors
/// A file that cannot be read.
pub fn names(path: &Path) -> Result<Rows> {
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
        fit(&chains.without_rare(LEAST_ARTICLES), &SETTINGS)
    };
    let mut chains = Chains::default();
    for fold in 0..FOLDS {
        let tagger = Tagger::from(table(&first(&|n| n % FOLDS != fold), None));
        sheets(&|n| n % FOLDS == fold, &mut |sheet, labels| {
            let first = tagger.first(sheet);
            let memory = Memory::new(sheet, &first.chances);
            add(sheet, labels, &mut chains, |at, i, features| {
                sheet.features(i, features);
                memory.features(sheet, at, i, features);
            });
        });
    }
    let second = fit(&chains.without_rare(LEAST_ARTICLES), &SETTINGS);
    let rows = table(&first(&|_| true), Some(&second));
    eprintln!("the table is full to {:.0} %", 100.0 * rows.load());
    Ok(rows)
}

/// One table of the weights of both passes.
fn table(first: &Weights, second: Option<&Weights>) -> Rows {
    let mut sums: BTreeMap<u32, Sums> = BTreeMap::new();
    for (pass, weights) in [Some(first), second].into_iter().enumerate() {
        for (feature, row) in weights.into_iter().flat_map(|w| &w.rows) {
            sums.entry(*feature).or_insert([[0.0; COLUMNS]; 2])[pass] = *row;
        }
    }
    let second = second.map_or(vec![0.0; LABELS * LABELS], |w| w.steps.clone());
    Rows::from_weights(BITS, sums.into_iter().collect(), [first.steps.clone(), second].concat())
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
