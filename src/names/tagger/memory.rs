//! The first pass over an article in, features for the second out: how sure the first pass is of a token, what it made
//! of the same word and the same run of capitals elsewhere, and which longer names hold the word or have its letters
//! as initials (non-local features: Krishnan & Manning 2006; Ratinov & Roth 2009).

use super::decode;
use super::features::Out;
use super::labels::{LABELS, OUTSIDE, Place, Scores, TYPES, label};
use super::sheet::Sheet;
use crate::names::scene::Cap;
use crate::text::{Token, TokenRange, fold_hash};
use rustc_hash::{FxBuildHasher, FxHashMap};

/// First number of the templates, beyond those of a token alone.
const TEMPLATE: u64 = 200;

/// What the first pass made of the occurrences of one word or run.
#[derive(Clone, Copy, Debug, Default)]
struct Uses {
    count: f32,
    kinds: [f32; TYPES.len()],
}

impl Uses {
    fn add(&mut self, chances: &[f32; TYPES.len()]) {
        self.count += 1.0;
        for (sum, chance) in self.kinds.iter_mut().zip(chances) {
            *sum += chance;
        }
    }

    fn without(&self, chances: &[f32; TYPES.len()]) -> Self {
        let mut rest = *self;
        rest.count -= 1.0;
        for (sum, chance) in rest.kinds.iter_mut().zip(chances) {
            *sum = (*sum - chance).max(0.0);
        }
        rest
    }

    /// The number of uses, how likely they are names, and their likeliest type with its share.
    fn describe(&self) -> u64 {
        let count = self.count.round();
        if count < 0.5 {
            return 0;
        }
        let total: f32 = self.kinds.iter().sum();
        let best = (1..TYPES.len()).fold(0, |b, t| if self.kinds[t] > self.kinds[b] { t } else { b });
        let share = self.kinds[best] / total.max(1e-6);
        1 + (count.min(3.0) as u64) + 8 * level(total / count) + 64 * best as u64 + 512 * level(share)
    }
}

/// A chance in six steps, finer near the ends.
fn level(chance: f32) -> u64 {
    [0.05, 0.3, 0.5, 0.7, 0.95].iter().filter(|&&edge| chance > edge).count() as u64
}

/// What the second pass reads of the first.
pub struct Memory<'c> {
    chances: &'c [Scores],
    /// How sure the first pass was of each token.
    sureness: Vec<u64>,
    words: FxHashMap<u64, Word>,
    runs: FxHashMap<u64, Uses>,
}

/// What the first pass made of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    uses: Uses,
    /// The types of longer names that begin with it, end with it or hold it.
    parts: [u8; 3],
    /// The types of longer names whose initials it has.
    initials: u8,
}

impl<'c> Memory<'c> {
    /// `chances` are those of the tokens of all stretches, one after the other.
    pub fn new(sheet: &Sheet<'_, '_, '_>, chances: &'c [Scores]) -> Self {
        let mut memory = Self {
            chances,
            sureness: chances.iter().map(sureness).collect(),
            words: FxHashMap::with_capacity_and_hasher(chances.len() / 2, FxBuildHasher),
            runs: FxHashMap::with_capacity_and_hasher(chances.len() / 4, FxBuildHasher),
        };
        let mut at = 0;
        for stretch in &sheet.stretches {
            let own = &chances[at..at + stretch.len()];
            for (i, chances) in stretch.clone().zip(own).filter(|(i, _)| sheet.scene.cap(*i) != Cap::None) {
                let kinds = kinds(chances);
                memory.words.entry(sheet.scene.tokens[i].hash).or_default().uses.add(&kinds);
                if let Some(run) = sheet.run(i).filter(|run| run.tokens.start == i) {
                    memory.runs.entry(run.key).or_default().add(&kinds);
                }
            }
            for (name, kind) in decode::names(stretch.start, own) {
                memory.keep(sheet, &name, kind);
            }
            at += stretch.len();
        }
        memory
    }

    fn keep(&mut self, sheet: &Sheet<'_, '_, '_>, name: &TokenRange, kind: usize) {
        if name.len() < 2 {
            return;
        }
        let mut initials = String::new();
        for i in name.clone() {
            let place = if i == name.start {
                0
            } else if i + 1 == name.end {
                1
            } else {
                2
            };
            let token: &Token = &sheet.scene.tokens[i];
            self.words.entry(token.hash).or_default().parts[place] |= 1 << kind;
            if token.is_capital() {
                initials.extend(sheet.scene.tokens.word(i).chars().next());
            }
        }
        if initials.len() > 1 {
            self.words.entry(fold_hash(&initials)).or_default().initials |= 1 << kind;
        }
    }

    /// The features of token `i`, number `at` among the tokens of all stretches, appended to `features`.
    pub fn features(&self, sheet: &Sheet<'_, '_, '_>, at: usize, i: usize, features: &mut Vec<u32>) {
        let mut out = Out::new(features, TEMPLATE);
        let mut add = |a: u64, b: u64| out.add(a, b);
        let cap = sheet.scene.cap(i);
        let sure = |at: usize| self.sureness.get(at).copied().unwrap_or(0);
        let own = sure(at);
        add(own, 0);
        add(own, cap as u64);
        add(sure(at.wrapping_sub(1)), own);
        add(own, sure(at + 1));
        if cap == Cap::None {
            return;
        }
        let chances = kinds(&self.chances[at]);
        let hash = sheet.scene.tokens[i].hash;
        let word = self.words.get(&hash).copied().unwrap_or_default();
        let words = word.uses.without(&chances).describe();
        add(words, 0);
        add(words, own);
        let length = sheet.run(i).map_or(0, |run| run.tokens.len().min(4) as u64);
        add(words, length);
        if let Some(run) = sheet.run(i) {
            let first = &self.chances[at - (i - run.tokens.start)];
            let runs = self.runs.get(&run.key).map_or(0, |u| u.without(&kinds(first)).describe());
            let place = ((i - run.tokens.start).min(3) * 4 + (run.tokens.end - 1 - i).min(3)) as u64;
            add(runs, place);
            add(runs, own);
        }
        let [first, last, inner] = word.parts.map(u64::from);
        add(first << 16 | last << 8 | inner, length);
        add(first | last, own);
        add(u64::from(word.initials), length);
    }
}

/// How sure the first pass was that a token is in a name, and of its type.
fn sureness(chances: &Scores) -> u64 {
    let best = (0..LABELS).fold(OUTSIDE, |best, l| if chances[l] > chances[best] { l } else { best });
    1 + best as u64 + 32 * level(1.0 - chances[OUTSIDE]) + 256 * level(chances[best])
}

/// How likely each type is, whatever the place in the name.
fn kinds(chances: &Scores) -> [f32; TYPES.len()] {
    let places = [Place::Begin, Place::Inside, Place::Last, Place::Unit];
    std::array::from_fn(|t| places.iter().map(|&place| chances[label(t, place)]).sum())
}
