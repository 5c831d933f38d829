//! Articles with attributions in, the judge's choices out: what is speech, who speaks, what is right, as they come up where
//! a ranker that never saw the article is at work.

use super::fit::Examples;
use super::gold;
use super::quotes::{Gold, golds};
use crate::lang::lexicon;
use crate::model::Linear;
use crate::names::{self, Tagger};
use crate::quotes::attribution::Attribution;
use crate::quotes::judge::Judge;
use crate::quotes::scene::Scene;
use crate::quotes::voices::Voice;
use crate::quotes::{Wanted, attributions};
use crate::segment;
use crate::text::{Kind, TokenRange, tokenize};

/// Adds the choices of one article.
pub fn read(article: &gold::Article, tagger: &Tagger, ranker: &Linear, examples: &mut Examples) {
    let tokens = tokenize(&article.text);
    let structure = segment::segment(&tokens, false);
    let classes = lexicon().classify(&tokens);
    let names = names::find_by(Some(tagger), &tokens, &classes, &structure, &[]);
    let scene = Scene::new(&tokens, &classes, &structure, &names, Some(ranker));
    let golds = golds(article, &tokens, &scene);
    let words = (0..tokens.len()).map(|i| matches!(scene.kind(i), Kind::Word | Kind::Number)).collect();
    let quoted = (0..tokens.len()).map(|i| scene.region(i).is_some()).collect();
    attributions(&scene, Wanted::All, &mut Teacher { golds, words, quoted, examples });
}

/// Decides as the gold has it and notes each choice.
struct Teacher<'x> {
    golds: Vec<Gold>,
    /// Whether each token is a word or a number; others count for nothing.
    words: Vec<bool>,
    /// Whether each token stands between quote marks.
    quoted: Vec<bool>,
    examples: &'x mut Examples,
}

impl Teacher<'_> {
    /// How many words two lists of pieces have in common.
    fn common(&self, a: &[TokenRange], b: &[TokenRange]) -> usize {
        let both = |p: &TokenRange, q: &TokenRange| p.start.max(q.start)..p.end.min(q.end);
        a.iter().flat_map(|p| b.iter().map(move |q| both(p, q))).map(|r| self.size(&r)).sum()
    }

    fn size(&self, range: &TokenRange) -> usize {
        range.clone().filter(|&i| self.words[i]).count()
    }

    /// The gold attribution that holds at least half of `range`.
    fn owner(&self, range: &TokenRange) -> Option<&Gold> {
        let held = |g: &&Gold| self.common(std::slice::from_ref(range), &g.pieces);
        let best = self.golds.iter().max_by_key(held)?;
        (2 * held(&best) >= self.size(range).max(1)).then_some(best)
    }

    /// Whether the gold has an attribution with about this content and this source. Quoted words of it that stand elsewhere
    /// do not count: they join the quote later.
    fn is_right(&self, found: &Attribution) -> bool {
        let size: usize = found.pieces.iter().map(|p| self.size(p)).sum();
        let is_held = |i: usize| found.pieces.iter().any(|p| p.contains(&i));
        let counts = |&i: &usize| self.words[i] && (!self.quoted[i] || is_held(i));
        self.golds.iter().any(|g| {
            let common = self.common(&found.pieces, &g.pieces);
            if common == 0 {
                return false;
            }
            let wanted = g.pieces.iter().flat_map(Clone::clone).filter(counts).count();
            let all = size + wanted - common;
            let same_source = match (&found.source, &g.source) {
                (Some(a), Some(b)) => a.phrase.start < b.end && b.start < a.phrase.end,
                (None, None) => true,
                _ => false,
            };
            2 * common >= all && same_source
        })
    }
}

impl Judge for Teacher<'_> {
    fn is_speech(&mut self, scene: &Scene<'_, '_>, region: usize, features: &[u32]) -> bool {
        let is_speech = self.owner(&scene.regions[region].tokens).is_some();
        self.examples.binary(features, is_speech);
        is_speech
    }

    fn voice(&mut self, piece: &TokenRange, voices: &[Voice], features: &[Vec<u32>]) -> Option<usize> {
        let first = (!voices.is_empty()).then_some(0);
        let Some(owner) = self.owner(piece) else { return first };
        let right = match &owner.source {
            None => voices.len(),
            Some(source) => {
                let of = |v: &Voice| {
                    let phrase = &v.source.phrase;
                    let both = phrase.start.max(source.start)..phrase.end.min(source.end);
                    both.len() * 1000 / phrase.len().max(source.len()).max(1)
                };
                let best = (0..voices.len()).max_by_key(|&i| (of(&voices[i]), usize::MAX - i));
                let Some(best) = best.filter(|&i| of(&voices[i]) > 0) else { return first };
                best
            }
        };
        self.examples.choice(features, right);
        (right < voices.len()).then_some(right)
    }

    fn joins(&mut self, found: &Attribution, piece: &TokenRange, rule: bool, features: &[u32]) -> bool {
        let last = found.pieces.last().and_then(|p| self.owner(p));
        let (Some(one), Some(other)) = (last, self.owner(piece)) else { return rule };
        let joins = std::ptr::eq(one, other);
        self.examples.binary(features, joins);
        joins
    }

    fn trust(&mut self, found: &Attribution, features: &[u32]) -> f32 {
        let is_right = self.is_right(found);
        self.examples.binary(features, is_right);
        // As good as the judge will be: what is right stays, what is wrong stays only where the ranker is sure.
        match (is_right, found.chances[0] < 0.4) {
            (true, _) => 1.0,
            (false, false) => 0.5,
            (false, true) => 0.0,
        }
    }
}
