//! An attribution and its neighbours in, what speaks for and against it out: how sure each choice was, what sort of source
//! and content it has, whether another one claims the same words.

use super::attribution::Attribution;
use super::ranker::features::{Decision, bucket};
use super::ranker::introduces_clause;
use super::regions;
use super::scene::Scene;
use crate::lang::Classes;
use crate::model::feature;
use crate::text::{TokenRange, fold_hash};

/// The reason of what the ranker found.
const RANKED: &str = "trained ranker";
/// What is reported without quote marks is kept where the model trusts it this far.
const THRESHOLD: f32 = 0.32;
/// The same for quoted words that a more trusted attribution claims too.
const DOUBLE_THRESHOLD: f32 = 0.3;
/// The same for "…, the court was told", which has no source to trust, for a listed verb with its infinitive, for a
/// verb at the end with its source, and for one with its that-clause within what another reports.
const TOLD_THRESHOLD: f32 = 0.1;
/// The same for quoted words whose cue is doubtful.
const WEAK_THRESHOLD: f32 = 0.2;
/// The same for what stands within a more trusted content.
const WITHIN_THRESHOLD: f32 = 0.4;
/// A cue less likely than this needs trust even where it is alone with quoted words.
pub const WEAK: f32 = 0.4;
/// Attributions further apart than this in their order do not claim the same words.
const NEIGHBOURS: usize = 4;

/// What is known without a model: how an attribution was found.
pub fn by_rule(found: &Attribution) -> f32 {
    found.confidence
}

/// Whether attribution `i` stays: what only the ranker says, without quote marks or beside a surer one, needs trust.
pub fn keeps(scene: &Scene<'_, '_>, found: &[Attribution], trust: &[f32], i: usize) -> bool {
    if found[i].reason != RANKED {
        return true;
    }
    let quoted = found[i].pieces.iter().any(|p| scene.opens_any(p));
    let rival = rival(found, i).filter(|&(_, share)| share > 0.3);
    if found[i].cue.is_none() && rival.is_some_and(|(k, _)| found[k].cue.is_some()) {
        return false;
    }
    let speaks = |k: usize| found[k].pieces.iter().any(|p| scene.opens_any(p));
    let surer = rival.is_some_and(|(k, _)| trust[k] > trust[i] && (speaks(k) || !speaks(i)));
    let is_told = found[i].cue.as_ref().is_some_and(|c| {
        let passive = c.start > 0 && scene.is_any(c.start - 1, &["was", "were", "is", "are"]);
        passive && scene.has(c.start, Classes::CUE_VERB) && found[i].pieces.iter().all(|p| p.end < c.start)
    });
    // "the union offered to": the cue right after its source, the infinitive right after the cue.
    let is_promise = found[i].cue.as_ref().is_some_and(|c| {
        let beside = found[i].source.as_ref().is_some_and(|s| s.phrase.end == c.start);
        let first = found[i].pieces[0].start;
        beside && first == c.end && scene.is(first, "to") && scene.has(c.start, Classes::CUE_VERB)
    });
    // "Dockers will return on Monday, the minister said.": a comma, then source and verb side by side.
    let is_trailing = match (&found[i].cue, &found[i].source) {
        (Some(c), Some(s)) => {
            let start = c.start.min(s.phrase.start);
            let beside = s.phrase.end == c.start || c.end == s.phrase.start;
            let after_comma = start > 0 && scene.is(start - 1, ",");
            beside
                && after_comma
                && scene.has(c.start, Classes::CUE_VERB)
                && found[i].pieces.iter().all(|p| p.end <= start)
        }
        _ => false,
    };
    // "the channel said the general notified the envoy that": a quote within a quote.
    let is_inner = found[i].cue.as_ref().is_some_and(|c| {
        let within = rival.is_some_and(|(k, _)| found[k].pieces.iter().any(|p| p.contains(&c.start)));
        within && found[i].source.is_some() && introduces_clause(scene, c.start)
    });
    // `the draft, which nobody read "with both eyes open", would return`: what stands within a surer content.
    let holds = |k: &Attribution| {
        found[i].pieces.iter().all(|p| k.pieces.iter().any(|q| q.start <= p.start && p.end <= q.end && q != p))
    };
    let near = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(found.len());
    if near.into_iter().any(|k| k != i && trust[k] > trust[i] && holds(&found[k]))
        && trust[i] < WITHIN_THRESHOLD
        && !is_inner
    {
        return false;
    }
    let weak = found[i].chances[0] < WEAK;
    match (quoted, weak) {
        (true, false) if names(scene, &found[i]) => trust[i] >= THRESHOLD,
        (true, false) => !surer || trust[i] >= DOUBLE_THRESHOLD,
        (true, true) => !surer && !names(scene, &found[i]) && trust[i] >= WEAK_THRESHOLD,
        (false, _) if is_told || is_promise || is_trailing || is_inner => trust[i] >= TOLD_THRESHOLD,
        (false, _) => trust[i] >= THRESHOLD,
    }
}

/// Whether all that is quoted in an attribution is a name rather than speech.
fn names(scene: &Scene<'_, '_>, found: &Attribution) -> bool {
    let mut regions = found.pieces.iter().flat_map(Clone::clone).filter_map(|i| scene.opens_region(i));
    regions.all(|r| regions::is_name(scene, r))
}

/// The neighbour that claims the most of the same words, and how much of them.
pub fn rival(found: &[Attribution], i: usize) -> Option<(usize, f32)> {
    let near = i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(found.len());
    let shares = near.filter(|&k| k != i).map(|k| (k, overlap(&found[i].pieces, &found[k].pieces)));
    shares.filter(|&(_, share)| share > 0.0).reduce(|a, b| if b.1 > a.1 { b } else { a })
}

/// Jaccard's measure of two contents.
fn overlap(a: &[TokenRange], b: &[TokenRange]) -> f32 {
    let size = |pieces: &[TokenRange]| pieces.iter().map(ExactSizeIterator::len).sum::<usize>();
    let common: usize =
        a.iter().flat_map(|p| b.iter().map(move |q| p.end.min(q.end).saturating_sub(p.start.max(q.start)))).sum();
    common as f32 / (size(a) + size(b) - common).max(1) as f32
}

/// What the decision on attribution `i` looks at.
pub fn features(scene: &Scene<'_, '_>, found: &[Attribution], i: usize) -> Vec<u32> {
    let own = &found[i];
    let (first, last) = (own.pieces[0].start, own.pieces[own.pieces.len() - 1].end);
    let [cue_bin, source_bin, content_bin] = own.chances.map(bin);
    let reason = fold_hash(own.reason);
    let cue = own.cue.as_ref().map_or(1, |c| scene.token(c.start).hash);
    let form = own.source.as_ref().map_or(9, |s| s.form as u64);
    let size = own.source.as_ref().map_or(0, |s| s.phrase.len().min(12) as u64);
    let head = own.source.as_ref().map_or(1, |s| scene.token(s.core.end - 1).hash);
    let opener = own.source.as_ref().map_or(1, |s| scene.token(s.core.start).hash);
    let quoted = own.pieces.iter().filter(|p| scene.opens_any(p)).count().min(2) as u64;
    let plain = own.pieces.iter().any(|p| scene.has_plain_words(p));
    let verbs = own.pieces.iter().any(|p| scene.has_verb(p));
    let length = bucket(last, first);
    let kind = quoted << 2 | u64::from(plain) << 1 | u64::from(verbs);
    let sides = own.cue.as_ref().map_or(0, |c| {
        u64::from(own.pieces.iter().any(|p| p.start > c.start)) << 1
            | u64::from(own.pieces.iter().any(|p| p.start < c.start))
    });
    let source_side = match (&own.source, &own.cue) {
        (Some(s), Some(c)) => 1 + u64::from(s.phrase.start > c.start) + u64::from(s.phrase.end + 3 < c.start) * 2,
        _ => 0,
    };
    let (shared, surer) = rival(found, i)
        .map_or((0, 0), |(k, share)| (1 + (share * 4.0) as u64, 1 + u64::from(found[k].confidence > own.confidence)));
    let gap = own.cue.as_ref().map_or(0, |c| bucket(first, c.end));
    let next = scene.token(last).hash;
    let mut out = Vec::with_capacity(40);
    let mut add = |template: u32, a: u64, b: u64| out.push(feature(((Decision::Trust as u32) << 8) + template, a, b));
    add(0, 0, 0);
    add(1, reason, 0);
    add(2, reason, kind);
    add(3, cue_bin, reason);
    add(4, source_bin, reason);
    add(5, content_bin, reason);
    add(6, cue_bin << 8 | content_bin, source_bin);
    add(7, cue_bin, cue);
    add(8, cue, kind);
    add(9, cue, form);
    add(10, form << 8 | size, reason);
    add(11, head, 0);
    add(12, opener, 0);
    add(13, head, cue);
    add(14, length, kind);
    add(15, length, content_bin << 8 | sides);
    add(16, shared << 2 | surer, kind);
    add(17, shared << 2 | surer, cue_bin);
    add(18, sides << 4 | source_side, reason);
    add(19, sides << 4 | source_side, cue_bin);
    add(20, gap, sides);
    add(21, scene.token(first).hash, 0);
    add(22, scene.token(first).hash, cue);
    add(23, next, content_bin);
    add(24, scene.token(last - 1).hash, next);
    add(25, u64::from(own.source.is_none()), cue);
    add(26, kind, content_bin);
    add(27, kind, cue_bin);
    add(28, kind, source_bin << 4 | form);
    add(29, own.pieces.len().min(4) as u64, kind);
    add(30, cue, sides << 4 | source_side);
    out
}

/// A probability by its log-odds, in steps of two thirds.
fn bin(chance: f32) -> u64 {
    let odds = (chance / (1.0 - chance).max(1e-6)).max(1e-6).ln();
    ((odds * 1.5).clamp(-8.0, 8.0) + 8.0) as u64
}
