//! A place's name in, the other names of the same country out, and the record of the gazetteer that has one of them.

use super::Found;
use crate::gazetteer::Gazetteer;
use crate::lang;
use crate::span::Span;
use crate::text::{folded, tokenize};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Countries that news calls by several names, which share too little to be found alike.
const NAMES: [&[&str]; 20] = [
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
    &["South Korea", "Republic of Korea", "S Korea"],
    &["North Korea", "N Korea"],
    &["South Africa", "S Africa"],
    &["Northern Ireland", "N Ireland"],
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
    let as_one = |c| if matches!(c, '-' | '\n') { ' ' } else { c };
    let mut plain = String::with_capacity(text.len());
    plain.extend(folded(text).chars().filter(|&c| c != '.').map(as_one));
    plain
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

/// The country that an adjective belongs to, by the beginning that the two share: Italian and Italy.
pub(super) fn of_adjective(word: &str) -> Option<&'static str> {
    /// Adjectives that share too little with their country, or as much with another.
    const ODD: [(&str, &str); 16] = [
        ("british", "United Kingdom"),
        ("american", "United States"),
        ("french", "France"),
        ("dutch", "Netherlands"),
        ("danish", "Denmark"),
        ("greek", "Greece"),
        ("spanish", "Spain"),
        ("irish", "Ireland"),
        ("finnish", "Finland"),
        ("welsh", "Wales"),
        ("scottish", "Scotland"),
        ("english", "England"),
        ("polish", "Poland"),
        ("swiss", "Switzerland"),
        ("thai", "Thailand"),
        ("czech", "Czech Republic"),
    ];
    static BY_ADJECTIVE: OnceLock<FxHashMap<String, &'static str>> = OnceLock::new();
    let known = BY_ADJECTIVE.get_or_init(|| {
        let countries: Vec<&'static str> = lang::words(include_str!("../lang/en/countries.txt")).collect();
        let one = |adjective: &'static str| {
            let shared = |country: &str| country.bytes().zip(adjective.bytes()).take_while(|(a, b)| a == b).count();
            let best = countries.iter().map(|c| shared(c)).max().filter(|&n| n >= 4)?;
            let mut same = countries.iter().filter(|c| shared(c) == best);
            let first = same.next()?;
            // "Indi" of "Indian" is all of "India" but its last letter; "Austri" is more than "Austr" of "Australia".
            (same.next().is_none() && first.len() <= best + 2).then(|| (adjective.to_owned(), *first))
        };
        let listed = lang::words(include_str!("../lang/en/demonyms.txt")).filter(|w| !w.ends_with('s'));
        let mut known: FxHashMap<String, &'static str> = listed.filter_map(one).collect();
        known.extend(ODD.iter().map(|&(adjective, country)| (adjective.to_owned(), country)));
        known
    });
    known.get(&*folded(word)).copied()
}

/// The state that newsrooms or the post abbreviate so.
pub(super) fn state(short: &str) -> Option<&'static str> {
    const STATES: [(&str, &str, &str); 20] = [
        ("CA", "Calif.", "California"),
        ("TX", "Tex.", "Texas"),
        ("FL", "Fla.", "Florida"),
        ("LA", "La.", "Louisiana"),
        ("CO", "Colo.", "Colorado"),
        ("CT", "Conn.", "Connecticut"),
        ("IL", "Ill.", "Illinois"),
        ("MA", "Mass.", "Massachusetts"),
        ("MD", "Md.", "Maryland"),
        ("MI", "Mich.", "Michigan"),
        ("MN", "Minn.", "Minnesota"),
        ("NJ", "N.J.", "New Jersey"),
        ("NY", "N.Y.", "New York"),
        ("NV", "Nev.", "Nevada"),
        ("OK", "Okla.", "Oklahoma"),
        ("PA", "Pa.", "Pennsylvania"),
        ("TN", "Tenn.", "Tennessee"),
        ("VA", "Va.", "Virginia"),
        ("WA", "Wash.", "Washington"),
        ("WI", "Wis.", "Wisconsin"),
    ];
    let plain = |long: &str| long.trim_end_matches('.') == short.trim_end_matches('.') && short.len() > 2;
    STATES.iter().find(|(post, news, _)| *post == short || plain(news)).map(|s| s.2)
}
