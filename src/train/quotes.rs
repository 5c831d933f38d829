//! Articles with attributions in, the quote ranker's model out.

use super::fit::{Examples, Settings, fit, fit_often};
use super::gold::{self, Bytes};
use super::judge;
use crate::error::Result;
use crate::lang::{Classes, lexicon};
use crate::model::Linear;
use crate::names::{self, Tagger};
use crate::quotes::ranker::features::{Decision, Given, View};
use crate::quotes::ranker::{left_ends, left_starts, may_be_cue, right_ends, right_starts, source_ends, source_starts};
use crate::quotes::scene::{Passage, Scene};
use crate::segment;
use crate::text::{TokenRange, Tokens, tokenize};
use rayon::prelude::*;
use std::path::Path;

/// The judge's choices are learned on articles that the ranker was not fitted on; so many parts the articles fall into.
const PARTS: usize = 5;
/// The shipped weights are the mean over so many orders of the examples.
const ORDERS: u64 = 16;
/// How the weights are fitted.
const SETTINGS: Settings = Settings { bits: 21, epochs: 9, rate: 0.04, decay: 6e-3 };

/// Fits the quote model to the articles of a JSONL file: the ranker's decisions on all of them, and the judge's choices as
/// they come up where a ranker fitted on the other articles is at work. The names are those that `tagger` finds.
///
/// # Errors
/// A file that cannot be read.
pub fn quotes(path: &Path, tagger: &Tagger) -> Result<Linear> {
    let articles = gold::read::<gold::Article>(path)?;
    let mut coverage = Coverage::default();
    let mut parts: Vec<Examples> = (0..PARTS).map(|_| Examples::default()).collect();
    for (i, article) in articles.iter().enumerate() {
        read(article, tagger, &mut parts[i % PARTS], &mut coverage);
    }
    let mut all = Examples::default();
    for part in &parts {
        all.append(part);
    }
    eprintln!("{} examples of the ranker; candidates {coverage:?}", all.len());
    let judged: Vec<Examples> = (0..PARTS)
        .into_par_iter()
        .map(|part| {
            let mut others = Examples::default();
            for (_, other) in parts.iter().enumerate().filter(|&(k, _)| k != part) {
                others.append(other);
            }
            let ranker = Linear::from_weights(&fit(&others, &SETTINGS));
            let mut judged = Examples::default();
            for article in articles.iter().skip(part).step_by(PARTS) {
                judge::read(article, tagger, &ranker, &mut judged);
            }
            judged
        })
        .collect();
    for part in &judged {
        all.append(part);
    }
    eprintln!("{} examples in all", all.len());
    Ok(Linear::from_weights(&fit_often(&all, &SETTINGS, ORDERS)))
}

/// Of the spans' edges, how many are among the candidates.
#[derive(Debug, Default)]
struct Coverage {
    found: usize,
    missed: [usize; 7],
}

/// One attribution in tokens.
pub(super) struct Gold {
    pub cue: Option<usize>,
    pub source: Option<TokenRange>,
    pub pieces: Vec<TokenRange>,
}

fn read(article: &gold::Article, tagger: &Tagger, examples: &mut Examples, coverage: &mut Coverage) {
    let tokens = tokenize(&article.text);
    let structure = segment::segment(&tokens, false);
    let classes = lexicon().classify(&tokens);
    let names = names::find_by(Some(tagger), &tokens, &classes, &structure, &[]);
    let scene = Scene::new(&tokens, &classes, &structure, &names, None);
    let golds = golds(article, &tokens, &scene);
    for passage in crate::quotes::passages(&scene) {
        let view = View::new(&scene, &passage);
        let mut features = Vec::new();
        for i in passage.tokens.clone().filter(|&i| may_be_cue(&scene, i)) {
            let here = golds.iter().find(|g| g.cue == Some(i));
            features.clear();
            view.glance(i, &mut features);
            examples.binary(&features, here.is_some());
            features.clear();
            view.cue(i, &mut features);
            examples.binary(&features, here.is_some());
            if let Some(gold) = here {
                Teacher { scene: &scene, view: &view, passage: &passage, examples, coverage }.learn(i, gold);
            }
        }
    }
}

pub(super) fn golds(article: &gold::Article, tokens: &Tokens<'_>, scene: &Scene<'_, '_>) -> Vec<Gold> {
    let bytes = Bytes::new(&article.text);
    let ranges = |spans: &[[usize; 2]]| -> Vec<TokenRange> {
        spans.iter().map(|&s| tokens.within(bytes.span(s))).filter(|r| !r.is_empty()).collect()
    };
    let mut golds = Vec::new();
    for attribution in &article.attributions {
        let cue: Vec<usize> =
            ranges(&attribution.cue).into_iter().flatten().filter(|&i| may_be_cue(scene, i)).collect();
        let head = cue.iter().copied().find(|&i| scene.has(i, Classes::CUE_VERB)).or(cue.first().copied());
        let source = ranges(&attribution.source).into_iter().reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        golds.push(Gold { cue: head, source, pieces: ranges(&attribution.content) });
    }
    golds
}

/// Turns one attribution into the choices that lead to it.
struct Teacher<'x, 's, 'a, 't> {
    scene: &'x Scene<'a, 't>,
    view: &'x View<'s, 'a, 't>,
    passage: &'x Passage,
    examples: &'x mut Examples,
    coverage: &'x mut Coverage,
}

impl Teacher<'_, '_, '_, '_> {
    fn learn(&mut self, cue: usize, gold: &Gold) {
        let (base, end) = (self.passage.tokens.start, self.passage.tokens.end);
        let mut given = Given { cue, ..Given::default() };
        let source = gold
            .source
            .clone()
            .map(|s| self.without_commas(s))
            .filter(|s| s.start >= base && s.end <= end && !s.contains(&cue));
        let starts = source_starts(self.scene, self.view, cue);
        if self.choose(Decision::SourceStart, &starts, &given, source.as_ref().map(|s| s.start), true)
            && let Some(source) = &source
        {
            given.other = Some(source.start);
            let ends = source_ends(self.scene, self.view, source.start, cue);
            self.choose(Decision::SourceEnd, &ends, &given, Some(source.end), false);
            given.other = None;
        }
        given.source.clone_from(&source);
        self.learn_content(gold, given, source.as_ref());
    }

    fn learn_content(&mut self, gold: &Gold, mut given: Given, source: Option<&TokenRange>) {
        let (base, end) = (self.passage.tokens.start, self.passage.tokens.end);
        let cue = given.cue;
        let side = |right: bool| {
            let inside = gold
                .pieces
                .iter()
                .map(|p| p.start.max(base)..p.end.min(end))
                .filter(|p| p.start < p.end && (p.start > cue) == right);
            inside
                .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
                .map(|r| self.content(r))
                .filter(|r| !r.is_empty())
        };
        let (right, left) = (side(true), side(false));
        let starts = right_starts(self.scene, self.view, cue);
        if self.choose(Decision::RightStart, &starts, &given, right.as_ref().map(|r| r.start), true)
            && let Some(right) = &right
        {
            given.other = Some(right.start);
            let ends = right_ends(self.scene, self.view, right.start);
            self.choose(Decision::RightEnd, &ends, &given, Some(right.end), false);
            given.other = None;
        }
        given.right = right;
        let ends = left_ends(self.scene, self.view, cue, source);
        if self.choose(Decision::LeftEnd, &ends, &given, left.as_ref().map(|l| l.end), true)
            && let Some(left) = &left
        {
            given.other = Some(left.end);
            let starts = left_starts(self.scene, self.view, left.end);
            self.choose(Decision::LeftStart, &starts, &given, Some(left.start), false);
        }
    }

    /// Adds a choice; says whether the right candidate was among them.
    fn choose(
        &mut self,
        decision: Decision,
        candidates: &[usize],
        given: &Given,
        right: Option<usize>,
        may_be_none: bool,
    ) -> bool {
        let at = match right {
            Some(p) => candidates.iter().position(|&c| c == p),
            None => may_be_none.then_some(candidates.len()),
        };
        let Some(at) = at else {
            self.coverage.missed[decision as usize] += 1;
            return false;
        };
        self.coverage.found += 1;
        let mut features: Vec<Vec<u32>> = Vec::with_capacity(candidates.len() + 1);
        for &p in candidates {
            let mut out = Vec::new();
            self.view.boundary(decision, p, given, &mut out);
            features.push(out);
        }
        if may_be_none {
            let mut out = Vec::new();
            self.view.none(decision, given, &mut out);
            features.push(out);
        }
        self.examples.choice(&features, at);
        true
    }

    /// The same content by the contract: without "that" and without the final stop.
    fn content(&self, range: TokenRange) -> TokenRange {
        let mut range = self.scene.trim(&range);
        if !range.is_empty() && self.scene.is(range.start, "that") && range.len() > 2 {
            range.start += 1;
        }
        range
    }

    fn without_commas(&self, range: TokenRange) -> TokenRange {
        self.scene.trim(&range)
    }
}
