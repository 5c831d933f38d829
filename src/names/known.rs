//! Lists in, a look-up of whole phrases out: places and organizations that are known by their words alone.

use crate::article::EntityType;
use crate::lang;
use crate::text::{Kind, TokenRange, Tokens, fold_hash};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

const LISTS: &[(EntityType, &str)] = &[
    (EntityType::Place, include_str!("../lang/en/countries_long.txt")),
    (EntityType::Place, include_str!("../lang/en/cities_long.txt")),
    (EntityType::Place, include_str!("../lang/en/places_long.txt")),
    (EntityType::Place, include_str!("../lang/en/regions.txt")),
    (EntityType::Organization, include_str!("../lang/en/organizations.txt")),
    (EntityType::Group, include_str!("../lang/en/groups_long.txt")),
];

/// Towns, which share their names with too many persons to speak for a place alone.
const TOWNS: &[(EntityType, &str)] = &[(EntityType::Place, include_str!("../lang/en/towns.txt"))];

/// Phrases by the hash of their first word, the longest first.
pub(super) struct Known {
    by_first: FxHashMap<u64, Vec<Phrase>>,
}

/// The hashes of the words after the first, and the type.
type Phrase = (Box<[u64]>, EntityType);

/// The phrases of the lists, built at first use.
pub(super) fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| Known::build(LISTS))
}

/// Towns, built at first use.
pub(super) fn towns() -> &'static Known {
    static TOWNS_BY_NAME: OnceLock<Known> = OnceLock::new();
    TOWNS_BY_NAME.get_or_init(|| Known::build(TOWNS))
}

impl Known {
    fn build(lists: &[(EntityType, &str)]) -> Self {
        let mut by_first: FxHashMap<u64, Vec<Phrase>> = FxHashMap::default();
        for &(kind, list) in lists {
            for phrase in lang::words(list) {
                let mut hashes = phrase.split([' ', '-']).filter(|w| !w.is_empty()).map(fold_hash);
                if let Some(first) = hashes.next() {
                    by_first.entry(first).or_default().push((hashes.collect(), kind));
                }
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(rest, _)| std::cmp::Reverse(rest.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins at token `at` and ends by `limit`.
    pub(super) fn at(&self, tokens: &Tokens<'_>, at: usize, limit: usize) -> Option<(TokenRange, EntityType)> {
        let phrases = self.by_first.get(&tokens[at].hash)?;
        phrases.iter().find_map(|(rest, kind)| {
            let mut end = at + 1;
            for &hash in rest {
                if end < limit && matches!(tokens[end].kind, Kind::Dash | Kind::Stop) && !tokens[end].space_before() {
                    end += 1;
                }
                if end >= limit || tokens[end].hash != hash {
                    return None;
                }
                end += 1;
            }
            Some((at..end, *kind))
        })
    }
}
