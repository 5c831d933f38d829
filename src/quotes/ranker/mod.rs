//! The trained ranker: which tokens report, and for each of them the likeliest source and content.
//!
//! Each decision is a log-linear choice among candidates (softmax over positions, or "none"), taken in the order cue,
//! source, content right of it, content left of it. Begin and end are scored apart, since ends are the harder half
//! (Scheible et al. 2016, "Model architectures for quotation detection").

pub mod features;

use super::attribution::Attribution;
use super::judge::sigmoid;
use super::mend;
use super::phrase;
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::model::{Linear, Sum};
use crate::text::{Kind, TokenRange};
use features::{Decision, Given, View};
use std::sync::OnceLock;

/// A cue must be this likely.
const CUE_THRESHOLD: f32 = 0.25;
/// The same where a verb of the list is followed by "that".
const CLAUSE_THRESHOLD: f32 = 0.1;
/// Where there are quoted words, tokens this likely are asked for a source and a content too; trust decides.
const WEAK_THRESHOLD: f32 = 0.04;
/// From here on a cue without content is asked of the rules.
const SURE: f32 = 0.8;
/// A token that scores less at a glance reports nothing.
const NO_CUE: f32 = -2.5;
/// So many candidates of a choice, the best by their gist, are looked at closely.
const FINALISTS: usize = 4;
/// How far left of the cue its source is looked for, and how long a source may be.
const SOURCE_REACH: usize = 45;
/// How far right of the cue its source may begin.
const SOURCE_BEHIND: usize = 16;
/// How far right of the cue its content may begin.
const RIGHT_REACH: usize = 24;

/// The model that ships with the package; none where the file is empty.
pub fn model() -> Option<&'static Linear> {
    static MODEL: OnceLock<Option<Linear>> = OnceLock::new();
    MODEL.get_or_init(|| tried().or_else(|| Linear::from_bytes(include_bytes!("../../model/quotes.bin")).ok())).as_ref()
}

/// A fit to be tried without another build: the file that `PULLQUOTE_QUOTES_MODEL` names, where models are fitted.
#[cfg(feature = "train")]
fn tried() -> Option<Linear> {
    let path = std::env::var_os("PULLQUOTE_QUOTES_MODEL")?;
    std::fs::read(path).ok().and_then(|bytes| Linear::from_bytes(&bytes).ok())
}

#[cfg(not(feature = "train"))]
fn tried() -> Option<Linear> {
    None
}

/// The tokens that may head a cue.
pub fn may_be_cue(scene: &Scene<'_, '_>, i: usize) -> bool {
    if scene.name(i).is_some() || scene.has(i, Classes::DETERMINER | Classes::CONJUNCTION | Classes::PRONOUN) {
        return false;
    }
    let capital = scene.token(i).is_capital() && !scene.has(i, Classes::CUE_VERB) && !scene.is(i, "according");
    let word = scene.kind(i) == Kind::Word && !capital;
    scene.region(i).is_none() && (word && !mend::is_tail_of_cue(scene, i) || scene.word(i) == ":")
}

/// "notified the envoy that": a verb of the list, perhaps somebody who is told, and "that".
pub fn introduces_clause(scene: &Scene<'_, '_>, cue: usize) -> bool {
    let ahead =
        (cue + 1..cue + 9).take_while(|&i| !scene.is_verb(i) && !matches!(scene.kind(i), Kind::Stop | Kind::Comma));
    scene.has(cue, Classes::CUE_VERB) && ahead.into_iter().any(|i| scene.is(i, "that") && scene.region(i).is_none())
}

/// How likely token `cue` must report.
fn threshold(scene: &Scene<'_, '_>, cue: usize) -> f32 {
    if introduces_clause(scene, cue) { CLAUSE_THRESHOLD } else { CUE_THRESHOLD }
}

/// Where the source of a cue may begin.
pub fn source_starts(scene: &Scene<'_, '_>, view: &View<'_, '_, '_>, cue: usize) -> Vec<usize> {
    let (base, end) = view.bounds();
    let first = base.max(cue.saturating_sub(SOURCE_REACH));
    // "Dockers will return, the minister said": a clause that a comma ends before the cue's subject is no source.
    let mut subject = cue;
    while subject > base && scene.has(subject - 1, Classes::AUXILIARY | Classes::ADVERB) {
        subject -= 1;
    }
    let has_subject = subject > base && phrase::is_noun_like(scene, subject - 1) && !scene.word(cue).ends_with("ing");
    let (mut comma, mut clause) = (false, false);
    let mut starts = Vec::new();
    for i in (first..cue).rev() {
        comma |= scene.kind(i) == Kind::Comma && scene.word(i) == ",";
        clause |= has_subject && comma && scene.region(i).is_none() && scene.has(i, Classes::AUXILIARY);
        clause = clause && !(scene.has(i, Classes::CONJUNCTION) && scene.is_any(i, &["who", "which", "that", "whose"]));
        if !clause && may_start(scene, base, i) {
            starts.push(i);
        }
    }
    starts.reverse();
    starts.extend((cue + 1..end.min(cue + SOURCE_BEHIND)).filter(|&i| may_start(scene, base, i)));
    starts
}

fn may_start(scene: &Scene<'_, '_>, base: usize, i: usize) -> bool {
    scene.region(i).is_none() && is_phrase_start(scene, base, i)
}

fn is_phrase_start(scene: &Scene<'_, '_>, base: usize, i: usize) -> bool {
    let inner = i > base && scene.name(i).is_some_and(|n| n.tokens.start < i);
    matches!(scene.kind(i), Kind::Word | Kind::Number)
        && !inner
        && !scene.has(i, Classes::PREPOSITION | Classes::AUXILIARY)
        && (i == base || !scene.has(i - 1, Classes::DETERMINER) || scene.has(i, Classes::DETERMINER))
}

/// Where a source that begins at `start` may end.
pub fn source_ends(scene: &Scene<'_, '_>, view: &View<'_, '_, '_>, start: usize, cue: usize) -> Vec<usize> {
    let (_, end) = view.bounds();
    let limit = if start < cue { cue } else { end.min(start + SOURCE_REACH) };
    (start + 1..=limit)
        .take_while(|&e| {
            scene.region(e - 1).is_none() || scene.regions[scene.region(e - 1).unwrap_or(0)].tokens.len() < 6
        })
        .filter(|&e| is_boundary(scene, e))
        .collect()
}

/// Whether a span may end before token `p`.
fn is_boundary(scene: &Scene<'_, '_>, p: usize) -> bool {
    let inside_name = scene.name(p).is_some_and(|n| n.tokens.start < p);
    !inside_name
        && (!matches!(scene.kind(p), Kind::Word | Kind::Number | Kind::Clitic)
            || scene.has(
                p,
                Classes::PREPOSITION
                    | Classes::CONJUNCTION
                    | Classes::AUXILIARY
                    | Classes::VERB
                    | Classes::CUE_VERB
                    | Classes::ADVERB
                    | Classes::WEEKDAY
                    | Classes::DETERMINER
                    | Classes::PRONOUN,
            )
            || scene.name(p).is_some()
            || scene.word(p).ends_with("ing")
            || scene.name(p.saturating_sub(1)).is_some())
}

/// Where content right of the cue may begin.
pub fn right_starts(scene: &Scene<'_, '_>, view: &View<'_, '_, '_>, cue: usize) -> Vec<usize> {
    let (_, end) = view.bounds();
    (cue + 1..end.min(cue + RIGHT_REACH))
        .filter(|&p| {
            !scene.is(p, "that")
                && (scene.opens_region(p).is_some()
                    || scene.region(p).is_none() && matches!(scene.kind(p), Kind::Word | Kind::Number | Kind::Symbol))
        })
        .collect()
}

/// Where content right of the cue that begins at `start` may end.
pub fn right_ends(scene: &Scene<'_, '_>, view: &View<'_, '_, '_>, start: usize) -> Vec<usize> {
    let (_, end) = view.bounds();
    // "said that in May, prices fell": a clause does not end before its verb.
    let is_clause = scene.is(start - 1, "that") || scene.has(start, Classes::PREPOSITION);
    let verb = (start..end).find(|&i| scene.is_verb(i) || scene.region(i).is_some()).filter(|_| is_clause);
    let first = verb.map_or(start + 1, |v| v + 1);
    (first..=end).filter(|&p| ends_content(scene, end, p)).collect()
}

/// Whether content may end before token `p`: at punctuation, a mark, a joining word; never right inside a region's edge.
fn ends_content(scene: &Scene<'_, '_>, end: usize, p: usize) -> bool {
    if p == end {
        return !matches!(scene.kind(p - 1), Kind::Stop) || scene.region(p - 1).is_some();
    }
    let inside = scene.region(p).is_some_and(|r| scene.regions[r].tokens.start < p);
    if inside {
        return false;
    }
    let after_region = scene.region(p - 1).is_some();
    let edge = after_region
        || matches!(scene.kind(p), Kind::Comma | Kind::Stop | Kind::Dash | Kind::Open | Kind::Close | Kind::Mark);
    edge && !matches!(scene.kind(p - 1), Kind::Comma | Kind::Dash | Kind::Open)
        || scene.kind(p) == Kind::Word
            && scene.has(p, Classes::CONJUNCTION | Classes::PREPOSITION | Classes::ADVERB | Classes::WEEKDAY)
        || scene.word(p).ends_with("ing")
}

/// Where content left of the cue may end.
pub fn left_ends(
    scene: &Scene<'_, '_>,
    view: &View<'_, '_, '_>,
    cue: usize,
    source: Option<&TokenRange>,
) -> Vec<usize> {
    let (base, _) = view.bounds();
    let limit = source.filter(|s| s.start < cue).map_or(cue, |s| s.start);
    (base + 1..=limit).rev().take(SOURCE_REACH).filter(|&p| p == limit || ends_content(scene, usize::MAX, p)).collect()
}

/// Where content left of the cue that ends before `end` may begin.
pub fn left_starts(scene: &Scene<'_, '_>, view: &View<'_, '_, '_>, end: usize) -> Vec<usize> {
    let (base, _) = view.bounds();
    (base..end)
        .filter(|&p| {
            scene.opens_region(p).is_some()
                || scene.region(p).is_none()
                    && matches!(scene.kind(p), Kind::Word | Kind::Number | Kind::Symbol)
                    && (p == base
                        || !matches!(scene.kind(p - 1), Kind::Word | Kind::Number)
                        || scene.has(
                            p - 1,
                            Classes::CONJUNCTION | Classes::CUE_VERB | Classes::ADVERB | Classes::PREPOSITION,
                        ))
        })
        .collect()
}

/// The ranker at work on one passage.
struct Ranker<'v, 's, 'a, 't> {
    scene: &'s Scene<'a, 't>,
    model: &'s Linear,
    view: &'v View<'s, 'a, 't>,
    /// The scores of the candidates of one choice, with each its place.
    scores: Vec<(Sum<'s>, usize)>,
}

/// What the ranker says of a passage.
pub struct Ranked {
    /// The attributions, in the order of their cues.
    pub found: Vec<Attribution>,
    /// Tokens that report but whose content was not found.
    pub empty_handed: Vec<usize>,
}

/// The attributions of a passage by the trained model.
pub fn passage(scene: &Scene<'_, '_>, passage: &Passage, model: &Linear) -> Ranked {
    let view = View::new(scene, passage);
    let mut ranker = Ranker { scene, model, view: &view, scores: Vec::new() };
    let mut ranked = Ranked { found: Vec::new(), empty_handed: Vec::new() };
    let quoted = scene.opens_any(&passage.tokens);
    for cue in passage.tokens.clone() {
        let Some(likely) = ranker.cue(cue) else { continue };
        let strong = likely >= threshold(scene, cue);
        if !(strong || quoted && likely >= WEAK_THRESHOLD) {
            continue;
        }
        match ranker.attribution(cue, likely) {
            Some(found) if strong || found.pieces.iter().any(|p| scene.opens_any(p)) => {
                ranked.found.extend(mend::mend(scene, passage, cue, found));
            }
            None if likely > SURE => ranked.empty_handed.push(cue),
            _ => {}
        }
    }
    mend::part(scene, &mut ranked.found);
    ranked
}

impl Ranker<'_, '_, '_, '_> {
    /// How likely token `cue` reports, where it may.
    fn cue(&mut self, cue: usize) -> Option<f32> {
        if !may_be_cue(self.scene, cue) {
            return None;
        }
        let mut glance = self.model.sum();
        self.view.glance(cue, &mut glance);
        if glance.score() < NO_CUE {
            return None;
        }
        let mut sum = self.model.sum();
        self.view.cue(cue, &mut sum);
        Some(sigmoid(sum.score()))
    }

    fn attribution(&mut self, cue: usize, likely: f32) -> Option<Attribution> {
        let mut given = Given { cue, ..Given::default() };
        let (source, sourced) = self.source(&mut given);
        let right = self.right(&mut given);
        let left = self.left(&mut given);
        if right.is_none() && left.is_none() {
            return None;
        }
        let located = [&right, &left].into_iter().flatten().fold(1.0, |c, (_, p)| c * p);
        let pieces: Vec<TokenRange> = [left, right]
            .into_iter()
            .flatten()
            .map(|(range, _)| self.scene.trim(&range))
            .filter(|r| !r.is_empty())
            .collect();
        let source = source.map(|phrase| phrase::source(self.scene, self.view.bounds().0, phrase));
        (!pieces.is_empty()).then_some(Attribution {
            pieces,
            cue: None,
            source,
            reason: "trained ranker",
            confidence: likely * located,
            chances: [likely, sourced, located],
            unmarked: false,
        })
    }

    /// The likeliest of the candidates and its probability; none where "none" is likelier.
    fn choose(
        &mut self,
        decision: Decision,
        candidates: &[usize],
        given: &Given,
        may_be_none: bool,
    ) -> Option<(usize, f32)> {
        // The only candidate of a choice that has to be made is sure, whatever its score.
        if let ([only], false) = (candidates, may_be_none) {
            return Some((*only, 1.0));
        }
        self.scores.clear();
        for &p in candidates {
            let mut sum = self.model.sum();
            self.view.boundary_gist(decision, p, given, &mut sum);
            self.scores.push((sum, p));
        }
        if self.scores.len() > FINALISTS {
            self.scores.select_nth_unstable_by(FINALISTS, |(a, p), (b, q)| b.order(a).then(p.cmp(q)));
            self.scores.truncate(FINALISTS);
        }
        for (sum, p) in &mut self.scores {
            self.view.boundary_rest(decision, *p, given, sum);
        }
        let (top, at) = self.scores.iter().min_by(|(a, p), (b, q)| b.order(a).then(p.cmp(q)))?;
        let (top, at) = (top.score(), *at);
        let mut total: f32 = self.scores.iter().map(|(sum, _)| (sum.score() - top).exp()).sum();
        if may_be_none {
            let mut none = self.model.sum();
            self.view.none(decision, given, &mut none);
            if none.score() >= top {
                return None;
            }
            total += (none.score() - top).exp();
        }
        Some((at, 1.0 / total))
    }

    /// The source and how sure it is; without one, how sure it is that there is none.
    fn source(&mut self, given: &mut Given) -> (Option<TokenRange>, f32) {
        let starts = source_starts(self.scene, self.view, given.cue);
        let Some((start, p)) = self.choose(Decision::SourceStart, &starts, given, true) else { return (None, 0.5) };
        given.other = Some(start);
        let ends = source_ends(self.scene, self.view, start, given.cue);
        let end = self.choose(Decision::SourceEnd, &ends, given, false);
        given.other = None;
        given.source = end.map(|(end, _)| start..end);
        (given.source.clone(), end.map_or(0.5, |(_, q)| p * q))
    }

    fn right(&mut self, given: &mut Given) -> Option<(TokenRange, f32)> {
        let starts = right_starts(self.scene, self.view, given.cue);
        let (start, p) = self.choose(Decision::RightStart, &starts, given, true)?;
        given.other = Some(start);
        let mut ends = right_ends(self.scene, self.view, start);
        if let Some(comma) = self.relative_end(given, start) {
            ends.retain(|&p| p <= comma);
        }
        let end = self.choose(Decision::RightEnd, &ends, given, false);
        given.other = None;
        let (end, q) = end?;
        given.right = Some(start..end);
        Some((start..end, p * q))
    }

    /// "Lee, who said prices fell, left": the comma that ends the relative clause.
    fn relative_end(&self, given: &Given, start: usize) -> Option<usize> {
        let who = given.source.as_ref().filter(|s| s.len() == 1 && self.scene.is(s.start, "who"))?;
        let opened = who.start > 0 && self.scene.word(who.start - 1) == ",";
        let (_, end) = self.view.bounds();
        (start..end).find(|&i| opened && self.scene.word(i) == "," && self.scene.region(i).is_none())
    }

    fn left(&mut self, given: &mut Given) -> Option<(TokenRange, f32)> {
        let ends = left_ends(self.scene, self.view, given.cue, given.source.as_ref());
        let (end, p) = self.choose(Decision::LeftEnd, &ends, given, true)?;
        given.other = Some(end);
        let starts = left_starts(self.scene, self.view, end);
        let start = self.choose(Decision::LeftStart, &starts, given, false);
        given.other = None;
        let (start, q) = start?;
        Some((start..end, p * q))
    }
}
