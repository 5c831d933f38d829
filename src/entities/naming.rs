//! Clusters in, the name that each body goes by out: the one that the article uses throughout.

use super::Found;
use super::cluster::Clusters;
use crate::article::{EntityType, Role};
use crate::lang::Classes;

/// A name that an article uses so often is the one it means.
const OFTEN: usize = 3;

/// A body that the article brings in by its short name and calls so often, and by a longer one only once, goes by the short one:
/// "Standard Life" rather than "Standard Life Investments".
pub(super) fn settle(found: &Found<'_, '_>, clusters: &mut Clusters) {
    let mut named: Vec<Vec<usize>> = vec![Vec::new(); clusters.list.len()];
    for (i, name) in found.names.iter().enumerate() {
        let bare = !is_heading(found, name.tokens.start);
        if bare && clusters.list[clusters.of[i]].kind == EntityType::Organization {
            named[clusters.of[i]].push(i);
        }
    }
    for (id, names) in named.iter().enumerate().filter(|(_, names)| names.len() > OFTEN) {
        let cluster = &clusters.list[id];
        let (first, long) = (names[0], cluster.name);
        let often = names.iter().filter(|&&i| same(found, i, first)).count() >= OFTEN;
        let once = names.iter().filter(|&&i| clusters.lens[i] == cluster.words.len()).count() < 2;
        if often && once && !is_ordinary(found, first) && begins(found, first, long) {
            clusters.list[id].name = first;
        }
    }
}

fn is_heading(found: &Found<'_, '_>, token: usize) -> bool {
    let blocks = &found.structure.blocks;
    let at = blocks.partition_point(|b| b.tokens.end <= token);
    blocks.get(at).is_some_and(|b| matches!(b.role, Role::Headline | Role::Deck))
}

/// "Jupiter" for its police, "Fraser" for the Fraser Institute: one word that means much else.
fn is_ordinary(found: &Found<'_, '_>, name: usize) -> bool {
    const MUCH: Classes =
        Classes::FORENAME.union(Classes::SURNAME).union(Classes::COMMON).union(Classes::CITY).union(Classes::DEMONYM);
    let tokens = &found.names[name].tokens;
    tokens.len() == 1 && found.has(tokens.start, MUCH)
}

/// Whether two names have the same words.
fn same(found: &Found<'_, '_>, a: usize, b: usize) -> bool {
    found.names[a].tokens.len() == found.names[b].tokens.len() && alike(found, a, b)
}

/// Whether a name of fewer words begins another; "AFL" is only half a word of "AFL-CIO".
fn begins(found: &Found<'_, '_>, short: usize, long: usize) -> bool {
    let (short_len, whole) = (found.names[short].tokens.len(), &found.names[long].tokens);
    short_len < whole.len() && !found.is_hyphen(whole.start + short_len) && alike(found, short, long)
}

fn alike(found: &Found<'_, '_>, a: usize, b: usize) -> bool {
    let tokens = |i: usize| found.names[i].tokens.clone();
    tokens(a).zip(tokens(b)).all(|(a, b)| found.tokens[a].hash == found.tokens[b].hash)
}

/// Whether a name stands in the text below the headline, before the name `later`.
pub(super) fn is_before(found: &Found<'_, '_>, name: usize, later: usize) -> bool {
    name < later && !is_heading(found, found.names[name].tokens.start)
}
