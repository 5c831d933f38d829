//! A place's name in, the other names of the same country out, and the record of the gazetteer that has one of them.

use super::Found;
use crate::gazetteer::Gazetteer;
use crate::span::Span;
use crate::text::{folded, tokenize};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Countries that news calls by several names, which share too little to be found alike.
const NAMES: [&[&str]; 17] = [
    &["United States", "United States of America", "U.S.", "US", "USA", "America"],
    &["United Kingdom", "Britain", "Great Britain", "UK", "U.K."],
    &["China", "People's Republic of China", "PRC"],
    &["Russia", "Russian Federation"],
    &["Netherlands", "Holland"],
    &["Myanmar", "Burma"],
    &["Czech Republic", "Czechia"],
    &["Ivory Coast", "Cote d'Ivoire"],
    &["Turkey", "Turkiye"],
    &["Eswatini", "Swaziland"],
    &["Cape Verde", "Cabo Verde"],
    &["East Timor", "Timor-Leste"],
    &["North Macedonia", "Macedonia"],
    &["Bosnia and Herzegovina", "Bosnia", "Bosnia-Herzegovina"],
    &["Democratic Republic of the Congo", "Democratic Republic of Congo", "DR Congo", "DRC"],
    &["South Korea", "Republic of Korea"],
    &["United Arab Emirates", "UAE", "U.A.E."],
];

/// The number of the country that a name is a name of.
pub(super) fn country(found: &Found<'_, '_>, name: Span) -> Option<usize> {
    static NUMBERS: OnceLock<FxHashMap<String, usize>> = OnceLock::new();
    let numbers = NUMBERS.get_or_init(|| {
        let one = |(number, names): (usize, &&[&str])| names.iter().map(|n| (plain(n), number)).collect::<Vec<_>>();
        NAMES.iter().enumerate().flat_map(one).collect()
    });
    let text = plain(name.of(found.tokens.text));
    numbers.get(text.strip_prefix("the ").unwrap_or(&text)).copied()
}

/// Without case, stops and line breaks.
fn plain(text: &str) -> String {
    folded(text).replace('.', "").replace('’', "'").replace(['-', '\n'], " ")
}

/// The record of one of the country's names.
pub(super) fn record(gazetteer: &Gazetteer, country: usize) -> Option<u32> {
    NAMES.get(country)?.iter().find_map(|name| {
        let tokens = tokenize(name);
        let hits = gazetteer.matches(&tokens).ok()?;
        let whole = hits.iter().find(|hit| hit.span.len() == name.len())?;
        whole.records.first().copied()
    })
}
