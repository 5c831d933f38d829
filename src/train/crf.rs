//! Labelled chains in, weights of a linear-chain CRF out: stochastic gradient steps on the log likelihood (Lafferty et
//! al. 2001) by `AdaGrad` (Duchi et al. 2011), averaged over the second half of the epochs, in one fixed order.

use super::fit::shuffle;
use crate::model::COLUMNS;
use crate::names::tagger::labels::{LABELS, Scores, columns, may_begin, may_end, may_follow, scores};
use rustc_hash::FxHashMap;

/// Tokens with their features and right labels; a chain is a stretch of them.
#[derive(Default)]
pub struct Chains {
    features: Vec<u32>,
    /// Where each token's features begin; one more for the end.
    starts: Vec<u32>,
    labels: Vec<u8>,
    /// Where each chain begins among the tokens; one more for the end.
    chains: Vec<u32>,
    /// Where each article ends among the tokens.
    articles: Vec<u32>,
    /// The features that [`Chains::without_rare`] left; from there on a feature is its number among them.
    known: Vec<u32>,
}

impl Chains {
    /// Adds a token to the open chain.
    pub fn token(&mut self, features: &[u32], label: usize) {
        if self.starts.is_empty() {
            self.starts.push(0);
            self.chains.push(0);
        }
        self.features.extend(features);
        self.starts.push(self.features.len() as u32);
        self.labels.push(label as u8);
    }

    /// Ends the open chain.
    pub fn end(&mut self) {
        self.chains.push(self.labels.len() as u32);
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Ends the article that the last chains stand in.
    pub fn end_article(&mut self) {
        self.articles.push(self.labels.len() as u32);
    }

    /// Drops the features that fewer than `least` articles have: a name that one article repeats is new in the next.
    pub fn without_rare(self, least: u32) -> Self {
        let mut seen: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let mut token = 0;
        for (number, &end) in (1..).zip(&self.articles) {
            for feature in (token..end as usize).flat_map(|t| self.of(t)) {
                let (last, count) = seen.entry(*feature).or_default();
                *count += u32::from(*last != number);
                *last = number;
            }
            token = end as usize;
        }
        let mut known: Vec<u32> = seen.iter().filter(|(_, (_, count))| *count >= least).map(|(f, _)| *f).collect();
        known.sort_unstable();
        let numbers: FxHashMap<u32, u32> = known.iter().copied().zip(0..).collect();
        let (mut features, mut starts) = (Vec::new(), vec![0]);
        for token in 0..self.len() {
            features.extend(self.of(token).iter().filter_map(|f| numbers.get(f)));
            starts.push(features.len() as u32);
        }
        Self { features, starts, known, ..self }
    }

    fn of(&self, token: usize) -> &[u32] {
        &self.features[self.starts[token] as usize..self.starts[token + 1] as usize]
    }
}

const SEED: u64 = 0x2545_F491_4F6C_DD1D;

/// The next number of a row without visible order (xorshift).
fn next(random: &mut u64) -> u32 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    (*random >> 32) as u32
}

/// Rows of weights, and the scores of each label after each.
pub struct Weights {
    /// The row of each feature.
    pub rows: Vec<(u32, [f32; COLUMNS])>,
    /// `LABELS * LABELS` scores.
    pub steps: Vec<f32>,
}

/// How to fit.
pub struct Settings {
    /// Passes over the chains.
    pub epochs: usize,
    /// First step size.
    pub rate: f32,
    /// Pull towards zero at each update.
    pub decay: f32,
    /// The share of features left out at each visit.
    pub dropout: f32,
    /// The weights are the mean over so many orders of the chains, each with features of its own left out.
    pub orders: usize,
}

/// Fits one table to all chains.
pub fn fit(chains: &Chains, settings: &Settings) -> Weights {
    let mut random = SEED;
    let mut mean = fit_once(chains, settings, SEED);
    for _ in 1..settings.orders {
        next(&mut random);
        let more = fit_once(chains, settings, random);
        let sums = mean.rows.iter_mut().flat_map(|(_, row)| row).chain(&mut mean.steps);
        sums.zip(more.rows.iter().flat_map(|(_, row)| row).chain(&more.steps)).for_each(|(sum, w)| *sum += w);
    }
    let share = 1.0 / settings.orders as f32;
    mean.rows.iter_mut().flat_map(|(_, row)| row).chain(&mut mean.steps).for_each(|w| *w *= share);
    mean
}

fn fit_once(chains: &Chains, settings: &Settings, seed: u64) -> Weights {
    let size = chains.known.len();
    let mut learner = Learner {
        rate: settings.rate,
        decay: settings.decay,
        dropout: settings.dropout,
        random: seed,
        rows: vec![[0.0; COLUMNS]; size],
        squares: vec![[1e-6; COLUMNS]; size],
        steps: vec![0.0; LABELS * LABELS],
        step_squares: vec![1e-6; LABELS * LABELS],
    };
    let mut sums = (vec![[0f32; COLUMNS]; size], vec![0f32; LABELS * LABELS]);
    let mut order: Vec<u32> = (0..chains.chains.len().saturating_sub(1) as u32).collect();
    let mut random = seed;
    for epoch in 0..settings.epochs {
        shuffle(&mut order, &mut random);
        let loss: f64 = order.iter().map(|&n| learner.learn(chains, n as usize)).sum();
        if 2 * epoch >= settings.epochs {
            for (sum, row) in sums.0.iter_mut().zip(&learner.rows) {
                for (s, w) in sum.iter_mut().zip(row) {
                    *s += w;
                }
            }
            for (s, w) in sums.1.iter_mut().zip(&learner.steps) {
                *s += w;
            }
        }
        eprintln!("epoch {}: mean loss {:.4}", epoch + 1, loss / chains.len().max(1) as f64);
    }
    let share = (1.0 - learner.dropout) / (settings.epochs - settings.epochs / 2) as f32;
    Weights {
        rows: chains.known.iter().zip(&sums.0).map(|(&f, row)| (f, row.map(|w| w * share))).collect(),
        steps: sums.1.iter().map(|w| w * share / (1.0 - learner.dropout)).collect(),
    }
}

struct Learner {
    rate: f32,
    decay: f32,
    dropout: f32,
    random: u64,
    rows: Vec<[f32; COLUMNS]>,
    squares: Vec<[f32; COLUMNS]>,
    steps: Vec<f32>,
    step_squares: Vec<f32>,
}

impl Learner {
    /// One step down the gradient of one chain; gives its loss.
    fn learn(&mut self, chains: &Chains, number: usize) -> f64 {
        let tokens = chains.chains[number] as usize..chains.chains[number + 1] as usize;
        let gold: Vec<usize> = chains.labels[tokens.clone()].iter().map(|&l| usize::from(l)).collect();
        let kept: Vec<Vec<u32>> = tokens.clone().map(|t| self.drop_out(chains.of(t))).collect();
        let own: Vec<Scores> = kept.iter().map(|features| scores(&self.sum(features))).collect();
        let belief = Belief::new(&own, &self.steps);
        let mut taken = vec![0f32; LABELS * LABELS];
        for (i, features) in kept.iter().enumerate() {
            let mut gradient = [0f32; COLUMNS];
            for label in 0..LABELS {
                let part = belief.chance(i, label) - if label == gold[i] { 1.0 } else { 0.0 };
                let (column, shared) = columns(label);
                gradient[column] += part;
                if let Some(shared) = shared {
                    gradient[shared] += part;
                }
            }
            self.descend(features, &gradient);
            if i > 0 {
                belief.add_steps(i, &own, &self.steps, &mut taken);
                taken[gold[i - 1] * LABELS + gold[i]] -= 1.0;
            }
        }
        for (at, g) in taken.into_iter().enumerate().filter(|(_, g)| g.abs() > 1e-4) {
            self.step_squares[at] += g * g;
            self.steps[at] -= self.rate * g / self.step_squares[at].sqrt();
        }
        belief.loss(&own, &self.steps, &gold)
    }

    /// Leaves out some features by chance, so that the word itself does not take all the credit from the evidence that
    /// unseen words have too (Srivastava et al. 2014).
    fn drop_out(&mut self, features: &[u32]) -> Vec<u32> {
        features.iter().copied().filter(|_| next(&mut self.random) as f32 / u32::MAX as f32 >= self.dropout).collect()
    }

    fn sum(&self, features: &[u32]) -> [f32; COLUMNS] {
        let mut sum = [0f32; COLUMNS];
        for &feature in features {
            for (s, w) in sum.iter_mut().zip(&self.rows[feature as usize]) {
                *s += w;
            }
        }
        sum
    }

    fn descend(&mut self, features: &[u32], gradient: &[f32; COLUMNS]) {
        if gradient.iter().all(|g| g.abs() < 1e-4) {
            return;
        }
        for &feature in features {
            let at = feature as usize;
            let (row, squares) = (&mut self.rows[at], &mut self.squares[at]);
            for ((weight, square), gradient) in row.iter_mut().zip(squares).zip(gradient) {
                let g = gradient + self.decay * *weight;
                *square += g * g;
                *weight -= self.rate * g / square.sqrt();
            }
        }
    }
}

/// What a chain's scores make of its labels: forward and backward sums in logarithms.
struct Belief {
    ahead: Vec<Scores>,
    behind: Vec<Scores>,
    total: f32,
}

impl Belief {
    fn new(own: &[Scores], steps: &[f32]) -> Self {
        let count = own.len();
        let open = |l: usize, may: fn(usize) -> bool| if may(l) { 0.0 } else { f32::NEG_INFINITY };
        let mut ahead: Vec<Scores> = vec![std::array::from_fn(|l| open(l, may_begin) + own[0][l])];
        for i in 1..count {
            let last = ahead[i - 1];
            ahead.push(std::array::from_fn(|l| {
                own[i][l] + log_sum((0..LABELS).filter(|&k| may_follow(k, l)).map(|k| last[k] + steps[k * LABELS + l]))
            }));
        }
        let mut behind: Vec<Scores> = vec![std::array::from_fn(|l| open(l, may_end)); count];
        for i in (0..count - 1).rev() {
            let next = behind[i + 1];
            behind[i] = std::array::from_fn(|k| {
                let after = (0..LABELS).filter(|&l| may_follow(k, l));
                log_sum(after.map(|l| next[l] + own[i + 1][l] + steps[k * LABELS + l]))
            });
        }
        let total = log_sum((0..LABELS).map(|l| ahead[count - 1][l] + behind[count - 1][l]));
        Self { ahead, behind, total }
    }

    fn chance(&self, i: usize, label: usize) -> f32 {
        (self.ahead[i][label] + self.behind[i][label] - self.total).exp()
    }

    /// Adds how likely each step to token `i` is.
    fn add_steps(&self, i: usize, own: &[Scores], steps: &[f32], taken: &mut [f32]) {
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|&to| may_follow(from, to)) {
                let at = from * LABELS + to;
                let score = self.ahead[i - 1][from] + steps[at] + own[i][to] + self.behind[i][to];
                taken[at] += (score - self.total).exp();
            }
        }
    }

    fn loss(&self, own: &[Scores], steps: &[f32], gold: &[usize]) -> f64 {
        let path: f32 = gold.iter().enumerate().map(|(i, &l)| own[i][l]).sum();
        let between: f32 = gold.windows(2).map(|w| steps[w[0] * LABELS + w[1]]).sum();
        f64::from(self.total - path - between)
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let top = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if top == f32::NEG_INFINITY {
        return top;
    }
    top + values.map(|v| (v - top).exp()).sum::<f32>().ln()
}
