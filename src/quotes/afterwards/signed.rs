//! Quoted words with their speaker behind a dash, `Quote of the week: "You can't." — Dev Patel`: the attributions of an article in,
//! those that nobody has so far out.

use super::is_finite;
use super::taken::{Taken, overlooked};
use crate::article::{EntityType, Form};
use crate::quotes::attribution::Attribution;
use crate::quotes::marks::Region;
use crate::quotes::phrase::Source;
use crate::quotes::scene::Scene;
use crate::text::Kind;

/// Who signs, with what that person is, has no more tokens.
const MOST_SIGNED: usize = 14;

/// Quoted words have at least so many words.
const LEAST_SAID: usize = 2;

/// The quoted words that are signed and that no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let regions = scene.regions.iter().filter(|r| r.parent.is_none() && r.closed && !taken.holds(r.tokens.start));
    let one = |region: &Region| {
        let words = region.inner().filter(|&i| scene.kind(i) == Kind::Word).count();
        let source = signer(scene, region.tokens.end).filter(|_| words >= LEAST_SAID)?;
        Some(overlooked(region.tokens.clone(), None, source, "signature", 0.7))
    };
    regions.filter_map(one).collect()
}

/// The person whose name stands behind the dash at the token and ends the block, with what he or she is.
fn signer(scene: &Scene<'_, '_>, dash: usize) -> Option<Source> {
    let end = scene.structure.blocks[scene.block_of(dash)].tokens.end;
    let rest = dash + 1..end;
    let short = scene.is_break_dash(dash) && !rest.is_empty() && rest.len() <= MOST_SIGNED;
    let name = (rest.start..rest.end.min(rest.start + 3)).find_map(|i| scene.name(i)).filter(|_| short)?;
    let first = name.title.as_ref().map_or(name.tokens.start, |t| t.start.min(name.tokens.start));
    let person = name.kind == EntityType::Person && first == rest.start;
    let closed = name.tokens.end >= end || matches!(scene.word(name.tokens.end), "," | "." | "(");
    let core = first..name.tokens.end;
    (person && closed && !(core.end..end).any(|i| is_finite(scene, i)) && !scene.opens_any(&rest)).then(|| Source {
        form: Form::Name,
        phrase: first..scene.trim(&rest).end,
        core,
    })
}
