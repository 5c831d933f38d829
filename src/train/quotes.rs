//! Articles with attributions in, the quote ranker's model out.

use super::fit::{Examples, Settings, fit};
use super::gold::{self, Bytes};
use crate::error::Result;
use crate::lang::{Classes, lexicon};
use crate::model::Linear;
use crate::names::{self, Tagger};
use crate::quotes::ranker::features::{Decision, Given, View};
use crate::quotes::ranker::{left_ends, left_starts, may_be_cue, right_ends, right_starts, source_ends, source_starts};
use crate::quotes::scene::{Passage, Scene};
use crate::segment;
use crate::text::{TokenRange, Tokens, tokenize};
use std::path::Path;

/// Fits the ranker to the articles of a JSONL file, whose names `tagger` finds.
///
/// # Errors
/// A file that cannot be read.
pub fn quotes(path: &Path, tagger: &Tagger) -> Result<Linear> {
    let mut examples = Examples::default();
    let mut coverage = Coverage::default();
    for article in gold::read::<gold::Article>(path)? {
        read(&article, tagger, &mut examples, &mut coverage);
    }
    eprintln!("{} examples; right candidates among {:?}", examples.len(), coverage);
    Ok(Linear::from_weights(&fit(&examples, &Settings { bits: 21, epochs: 4, rate: 0.08, decay: 4e-3 })))
}

/// Of the spans' edges, how many are among the candidates.
#[derive(Debug, Default)]
struct Coverage {
    found: usize,
    missed: [usize; 7],
}

/// One attribution in tokens.
struct Gold {
    cue: usize,
    source: Option<TokenRange>,
    pieces: Vec<TokenRange>,
}

fn read(article: &gold::Article, tagger: &Tagger, examples: &mut Examples, coverage: &mut Coverage) {
    let tokens = tokenize(&article.text);
    let structure = segment::segment(&tokens, false);
    let classes = lexicon().classify(&tokens);
    let names = names::find_by(Some(tagger), &tokens, &classes, &structure, &[]);
    let scene = Scene::new(&tokens, &classes, &structure, &names);
    let golds = golds(article, &tokens, &scene);
    for passage in crate::quotes::passages(&scene) {
        let view = View::new(&scene, &passage);
        let mut features = Vec::new();
        for i in passage.tokens.clone().filter(|&i| may_be_cue(&scene, i)) {
            let here = golds.iter().find(|g| g.cue == i);
            view.cue(i, &mut features);
            examples.binary(&features, here.is_some());
            if let Some(gold) = here {
                Teacher { scene: &scene, view: &view, passage: &passage, examples, coverage }.learn(gold);
            }
        }
    }
}

fn golds(article: &gold::Article, tokens: &Tokens<'_>, scene: &Scene<'_, '_>) -> Vec<Gold> {
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
        if let Some(cue) = head {
            golds.push(Gold { cue, source, pieces: ranges(&attribution.content) });
        }
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
    fn learn(&mut self, gold: &Gold) {
        let (base, end) = (self.passage.tokens.start, self.passage.tokens.end);
        let mut given = Given { cue: gold.cue, ..Given::default() };
        let source = gold
            .source
            .clone()
            .map(|s| self.without_commas(s))
            .filter(|s| s.start >= base && s.end <= end && !s.contains(&gold.cue));
        let starts = source_starts(self.scene, self.view, gold.cue);
        if self.choose(Decision::SourceStart, &starts, &given, source.as_ref().map(|s| s.start), true)
            && let Some(source) = &source
        {
            given.other = Some(source.start);
            let ends = source_ends(self.scene, self.view, source.start, gold.cue);
            self.choose(Decision::SourceEnd, &ends, &given, Some(source.end), false);
            given.other = None;
        }
        given.source.clone_from(&source);
        self.learn_content(gold, given, source.as_ref());
    }

    fn learn_content(&mut self, gold: &Gold, mut given: Given, source: Option<&TokenRange>) {
        let (base, end) = (self.passage.tokens.start, self.passage.tokens.end);
        let side = |right: bool| {
            let inside = gold
                .pieces
                .iter()
                .map(|p| p.start.max(base)..p.end.min(end))
                .filter(|p| p.start < p.end && (p.start > gold.cue) == right);
            inside
                .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
                .map(|r| self.content(r))
                .filter(|r| !r.is_empty())
        };
        let (right, left) = (side(true), side(false));
        let starts = right_starts(self.scene, self.view, gold.cue);
        if self.choose(Decision::RightStart, &starts, &given, right.as_ref().map(|r| r.start), true)
            && let Some(right) = &right
        {
            given.other = Some(right.start);
            let ends = right_ends(self.scene, self.view, right.start);
            self.choose(Decision::RightEnd, &ends, &given, Some(right.end), false);
            given.other = None;
        }
        given.right = right;
        let ends = left_ends(self.scene, self.view, gold.cue, source);
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
