//! Examples in, weights out: softmax and logistic regression by `AdaGrad` (Duchi et al. 2011) with averaging over the
//! second half of the epochs, in one fixed order, so that the same examples give the same weights on every run.

use rayon::prelude::*;

/// Candidates of a choice, each with its features; one of them is right.
pub struct Choice {
    /// Where each candidate's features begin in the store; one more for the end.
    pub starts: Vec<u32>,
    /// The right one.
    pub right: u32,
}

/// All examples, their features in one store.
#[derive(Default)]
pub struct Examples {
    features: Vec<u32>,
    choices: Vec<Choice>,
}

impl Examples {
    /// Adds a choice among candidates.
    pub fn choice(&mut self, candidates: &[Vec<u32>], right: usize) {
        let mut starts = Vec::with_capacity(candidates.len() + 1);
        for features in candidates {
            starts.push(self.features.len() as u32);
            self.features.extend(features);
        }
        starts.push(self.features.len() as u32);
        self.choices.push(Choice { starts, right: right as u32 });
    }

    /// Adds a yes-or-no example: a choice against a candidate without features.
    pub fn binary(&mut self, features: &[u32], yes: bool) {
        let start = self.features.len() as u32;
        self.features.extend(features);
        let end = self.features.len() as u32;
        self.choices.push(Choice { starts: vec![start, end, end], right: u32::from(!yes) });
    }

    /// Adds all examples of another set.
    pub fn append(&mut self, other: &Self) {
        let moved = self.features.len() as u32;
        self.features.extend(&other.features);
        let choice = |c: &Choice| Choice { starts: c.starts.iter().map(|s| s + moved).collect(), right: c.right };
        self.choices.extend(other.choices.iter().map(choice));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.choices.len()
    }
}

/// So many times in each epoch of the second half the weights are added to their average.
const SNAPSHOTS: usize = 16;

/// How to fit.
pub struct Settings {
    /// Two to this power is the number of weights.
    pub bits: u32,
    /// Passes over the examples.
    pub epochs: usize,
    /// First step size.
    pub rate: f32,
    /// Pull towards zero at each update.
    pub decay: f32,
}

/// Fits one table of weights to all examples.
pub fn fit(examples: &Examples, settings: &Settings) -> Vec<f32> {
    fit_in_order(examples, settings, 0x2545_F491_4F6C_DD1D)
}

/// The mean of the weights that `count` different orders of the same examples lead to: less depends on chance.
pub fn fit_often(examples: &Examples, settings: &Settings, count: u64) -> Vec<f32> {
    let seeds: Vec<u64> = (1..=count).map(|n| n.wrapping_mul(0x2545_F491_4F6C_DD1D) | 1).collect();
    let fits: Vec<Vec<f32>> = seeds.par_iter().map(|&seed| fit_in_order(examples, settings, seed)).collect();
    let mut mean = vec![0f32; 1 << settings.bits];
    for weights in &fits {
        mean.iter_mut().zip(weights).for_each(|(m, w)| *m += w / count as f32);
    }
    mean
}

fn fit_in_order(examples: &Examples, settings: &Settings, seed: u64) -> Vec<f32> {
    let size = 1usize << settings.bits;
    let mask = size - 1;
    let (mut weights, mut squares, mut sums) = (vec![0f32; size], vec![1e-6f32; size], vec![0f32; size]);
    let mut order: Vec<u32> = (0..examples.choices.len() as u32).collect();
    let mut random = seed;
    let part_of_epoch = order.len().div_ceil(SNAPSHOTS).max(1);
    let mut snapshots = 0;
    for epoch in 0..settings.epochs {
        let averaged = 2 * epoch >= settings.epochs;
        shuffle(&mut order, &mut random);
        let mut loss = 0f64;
        for (done, &n) in order.iter().enumerate() {
            if averaged && done % part_of_epoch == 0 {
                sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
                snapshots += 1;
            }
            let choice = &examples.choices[n as usize];
            let part = |k: usize| &examples.features[choice.starts[k] as usize..choice.starts[k + 1] as usize];
            let count = choice.starts.len() - 1;
            let scores: Vec<f32> =
                (0..count).map(|k| part(k).iter().map(|&f| weights[f as usize & mask]).sum()).collect();
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            let total: f32 = scores.iter().map(|s| (s - top).exp()).sum();
            for (k, score) in scores.iter().enumerate() {
                let chance = (score - top).exp() / total;
                let is_right = k == choice.right as usize;
                if is_right {
                    loss -= f64::from(chance.max(1e-9).ln());
                }
                let gradient = chance - if is_right { 1.0 } else { 0.0 };
                if gradient.abs() < 1e-4 {
                    continue;
                }
                for &f in part(k) {
                    let at = f as usize & mask;
                    let g = gradient + settings.decay * weights[at];
                    squares[at] += g * g;
                    weights[at] -= settings.rate * g / squares[at].sqrt();
                }
            }
        }
        eprintln!("epoch {}: mean loss {:.4}", epoch + 1, loss / examples.len().max(1) as f64);
    }
    sums.iter().map(|s| s / snapshots.max(1) as f32).collect()
}

/// Fisher and Yates, by xorshift.
pub(super) fn shuffle(order: &mut [u32], random: &mut u64) {
    for i in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        order.swap(i, (*random % (i as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_a_separable_choice_the_same_way_twice() {
        let mut examples = Examples::default();
        for i in 0..200u32 {
            examples.choice(&[vec![1, 10 + i % 3], vec![2, 20 + i % 5]], (i % 2) as usize);
            examples.binary(&[100 + i % 2], i % 2 == 0);
        }
        let settings = Settings { bits: 10, epochs: 5, rate: 0.2, decay: 0.0 };
        let weights = fit(&examples, &settings);
        assert!(weights[100] > 0.5 && weights[101] < -0.5);
        assert_eq!(weights, fit(&examples, &settings));
    }
}
