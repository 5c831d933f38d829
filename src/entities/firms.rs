//! A body in, whether it may be called "the company" out.

use super::Found;
use super::cluster::Clusters;

/// Last words of the names of bodies that are no companies.
const NO_FIRMS: [&str; 26] = [
    "agency",
    "police",
    "ministry",
    "court",
    "department",
    "commission",
    "council",
    "university",
    "party",
    "committee",
    "parliament",
    "senate",
    "army",
    "government",
    "school",
    "hospital",
    "forces",
    "chamber",
    "navy",
    "congress",
    "union",
    "association",
    "federation",
    "institute",
    "authority",
    "assembly",
];

/// Whether the name of a body ends in a noun for something that is no company.
pub(super) fn is_office(found: &Found<'_, '_>, clusters: &Clusters, cluster: usize) -> bool {
    let last = clusters.list[cluster].words.last();
    last.is_some_and(|w| NO_FIRMS.contains(&&*found.tokens.word(w.token).to_ascii_lowercase()))
}
