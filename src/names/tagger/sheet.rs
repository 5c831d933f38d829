//! Scene and candidates in, what the features of a token read out: its word, its shape, the run of capitals around it,
//! what the rules make of it, and how its word stands elsewhere in the article.

use crate::article::EntityType;
use crate::names::known::{Known, known, towns};
use crate::names::parts::Candidate;
use crate::names::scene::{Cap, Scene};
use crate::segment::Structure;
use crate::text::{Flags, TokenRange};
use rustc_hash::FxHashMap;

use super::labels::TYPES;
use super::stretches::stretches;

/// A run of capitals that nothing but hyphens and the stops of initials parts.
#[derive(Clone, Debug)]
pub struct Run {
    pub tokens: TokenRange,
    /// The same for the same words.
    pub(super) key: u64,
}

/// What the features of an article's tokens read.
pub struct Sheet<'x, 'a, 't> {
    pub(super) scene: &'x Scene<'a, 't>,
    /// The tokens that are judged, in stretches that lie in one block each.
    pub stretches: Vec<TokenRange>,
    /// The number of each token's run, plus one; nought for none.
    runs_of: Vec<u32>,
    runs: Vec<Run>,
    /// For each token: 0, or twice the number of the rules' type and 1 for the first word, 2 for the others.
    pub(super) ruled: Vec<u8>,
    /// The same of listed phrases.
    pub(super) listed: Vec<u8>,
    /// The same of towns.
    pub(super) towns: Vec<u8>,
    /// The types that the rules gave longer names with this word first, and last.
    pub(super) longer: FxHashMap<u64, Longer>,
}

/// The types of the longer names of the article in which a word stands, one bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Longer {
    pub first: u8,
    pub last: u8,
}

/// The number of a type among [`TYPES`].
pub(super) fn number(kind: EntityType) -> usize {
    TYPES.iter().position(|&t| t == kind).unwrap_or(TYPES.len() - 1)
}

impl<'x, 'a, 't> Sheet<'x, 'a, 't> {
    pub(in crate::names) fn new(
        scene: &'x Scene<'a, 't>,
        structure: &Structure,
        names: &[Candidate],
        kinds: &[EntityType],
    ) -> Self {
        let stretches = stretches(scene, structure);
        let count = scene.tokens.len();
        let mut ruled = vec![0; count];
        let mut longer: FxHashMap<u64, Longer> = FxHashMap::default();
        for (name, &kind) in names.iter().zip(kinds) {
            let kind = number(kind);
            mark(&mut ruled, &name.tokens, kind);
            if name.tokens.len() > 1 {
                let (first, last) = (&scene.tokens[name.tokens.start], &scene.tokens[name.tokens.end - 1]);
                longer.entry(first.hash).or_default().first |= 1 << kind;
                longer.entry(last.hash).or_default().last |= 1 << kind;
            }
        }
        let (mut listed, mut in_towns) = (vec![0; count], vec![0; count]);
        let (mut runs_of, mut runs) = (vec![0; count], Vec::new());
        for stretch in &stretches {
            list(scene, stretch, known(), &mut listed);
            list(scene, stretch, towns(), &mut in_towns);
            run(scene, stretch, &mut runs_of, &mut runs);
        }
        Self { scene, stretches, runs_of, runs, ruled, listed, towns: in_towns, longer }
    }

    /// The run of capitals that token `i` stands in.
    pub(super) fn run(&self, i: usize) -> Option<&Run> {
        let number = (*self.runs_of.get(i)?).checked_sub(1)?;
        self.runs.get(number as usize)
    }

    /// The word itself, or the mark.
    pub(super) fn word(&self, i: usize) -> u64 {
        word(self.scene, i)
    }

    /// Capitals, digits and length of a token, and whether white space is before it.
    pub(super) fn shape(&self, i: usize) -> u64 {
        const SEEN: Flags = Flags::CAPITAL
            .union(Flags::ALL_CAPS)
            .union(Flags::INNER_CAPITAL)
            .union(Flags::DOTTED)
            .union(Flags::DIGIT)
            .union(Flags::NON_ASCII)
            .union(Flags::SPACE_BEFORE);
        self.scene.tokens.get(i).map_or(0, |t| {
            u64::from((t.flags & SEEN).bits()) << 16 | (t.kind as u64) << 8 | (t.span.len().min(5) + 1) as u64
        })
    }
}

fn mark(tags: &mut [u8], range: &TokenRange, kind: usize) {
    for i in range.clone() {
        tags[i] = 2 * kind as u8 + if i == range.start { 1 } else { 2 };
    }
}

/// Marks the phrases that some lists hold.
fn list(scene: &Scene<'_, '_>, stretch: &TokenRange, lists: &Known, listed: &mut [u8]) {
    let mut i = stretch.start;
    while i < stretch.end {
        if scene.cap(i) != Cap::None
            && let Some((phrase, kind)) = lists.at(scene.tokens, i, stretch.end)
        {
            mark(listed, &phrase, number(kind));
            i = phrase.end;
        } else {
            i += 1;
        }
    }
}

/// Numbers the runs of capitals.
fn run(scene: &Scene<'_, '_>, stretch: &TokenRange, runs_of: &mut [u32], runs: &mut Vec<Run>) {
    let capital = |i: usize| i < stretch.end && scene.cap(i) != Cap::None;
    let mut i = stretch.start;
    while i < stretch.end {
        if !capital(i) {
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        loop {
            if capital(i) {
                i += 1;
            } else if capital(i + 1) && (scene.is_hyphen(i) || scene.is_tight(i, ".") && scene.is_initial(i - 1)) {
                i += 2;
            } else {
                break;
            }
        }
        runs.push(Run { tokens: start..i, key: key(scene, start..i) });
        runs_of[start..i].fill(runs.len() as u32);
    }
}

fn key(scene: &Scene<'_, '_>, run: TokenRange) -> u64 {
    run.fold(0, |key, i| (key ^ word(scene, i)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23))
}

fn word(scene: &Scene<'_, '_>, i: usize) -> u64 {
    match scene.tokens.get(i) {
        None => 1,
        Some(token) if token.hash != 0 => token.hash,
        Some(token) => {
            let bytes = token.span.of(scene.tokens.text).bytes();
            bytes.take(6).fold(token.kind as u64 + 2, |id, b| id << 8 | u64::from(b))
        }
    }
}
