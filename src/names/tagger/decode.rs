//! Scores of a stretch of tokens in, names out: first where, then what.
//!
//! The best single path of labels would leave out a name whose type is in doubt, since each of its types alone loses
//! against no name. So the chances of the types are added up (forward and backward sums), the places of names are
//! chosen by them, and each name takes its likeliest type.

use super::labels::{LABELS, OUTSIDE, Place, Scores, TYPES, label, may_begin, may_end, may_follow};
use crate::text::TokenRange;

/// Begin, inside, last, unit and outside, whatever the type.
const PLACES: [Option<Place>; 5] =
    [Some(Place::Begin), Some(Place::Inside), Some(Place::Last), Some(Place::Unit), None];

/// How likely each label is after each, up to a factor; nought where it may not follow.
pub struct Steps {
    /// By the label before, then by the label after.
    onward: [Scores; LABELS],
    /// The other way round.
    back: [Scores; LABELS],
}

impl Steps {
    /// From `LABELS * LABELS` scores, in logarithms.
    pub fn new(scores: &[f32]) -> Self {
        let factor = |from: usize, to: usize| {
            if may_follow(from, to) { scores[from * LABELS + to].exp() } else { 0.0 }
        };
        Self {
            onward: std::array::from_fn(|from| std::array::from_fn(|to| factor(from, to))),
            back: std::array::from_fn(|to| std::array::from_fn(|from| factor(from, to))),
        }
    }
}

/// What flows over one step; labels of next to no weight send nothing.
fn flow(weights: &Scores, steps: &[Scores; LABELS]) -> Scores {
    const NOTHING: f32 = 1e-4;
    let mut sums = [0.0; LABELS];
    for (weight, row) in weights.iter().zip(steps).filter(|(weight, _)| **weight > NOTHING) {
        for (sum, factor) in sums.iter_mut().zip(row) {
            *sum += weight * factor;
        }
    }
    sums
}

/// The names of a stretch that begins at token `first`, from the chances of its tokens' labels: their tokens, the
/// number of their type and how likely it is.
pub fn names(first: usize, chances: &[Scores]) -> Vec<(TokenRange, usize, f32)> {
    let mut found = Vec::new();
    let mut begin = 0;
    for (i, place) in places(chances).iter().enumerate() {
        if matches!(place, Some(Place::Begin | Place::Unit)) {
            begin = i;
        }
        if matches!(place, Some(Place::Last | Place::Unit)) {
            let (kind, chance) = kind(&chances[begin..=i]);
            found.push((first + begin..first + i + 1, kind, chance));
        }
    }
    found
}

/// How likely each label of each token of a stretch is: forward and backward sums.
pub fn chances(scores: &[Scores], steps: &Steps) -> Vec<Scores> {
    let own: Vec<Scores> = scores.iter().map(exponents).collect();
    let Some(first) = own.first() else { return Vec::new() };
    let mut ahead: Vec<Scores> = Vec::with_capacity(own.len());
    ahead.push(normal(std::array::from_fn(|l| if may_begin(l) { first[l] } else { 0.0 })));
    for now in &own[1..] {
        let sums = flow(&ahead[ahead.len() - 1], &steps.onward);
        ahead.push(normal(product(&sums, now)));
    }
    let mut behind: Scores = std::array::from_fn(|l| f32::from(u8::from(may_end(l))));
    for (chances, now) in ahead.iter_mut().zip(&own).rev() {
        *chances = normal(product(chances, &behind));
        behind = normal(flow(&product(&behind, now), &steps.back));
    }
    ahead
}

fn product(a: &Scores, b: &Scores) -> Scores {
    std::array::from_fn(|l| a[l] * b[l])
}

fn normal(values: Scores) -> Scores {
    let total: f32 = values.iter().sum();
    let share = 1.0 / total.max(f32::MIN_POSITIVE);
    values.map(|v| v * share)
}

fn exponents(scores: &Scores) -> Scores {
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.map(|s| exponent(s - top))
}

/// `e` to the power of `x`, which is not above nought, to one part in ten thousand: the whole part of the power of two
/// goes into the bits of the exponent, the rest into a polynomial.
fn exponent(x: f32) -> f32 {
    let power = (x * std::f32::consts::LOG2_E).max(-100.0);
    let whole = power as i32 - 1;
    let rest = power - whole as f32;
    let fraction = 1.0 + rest * (0.695_98 + rest * (0.224_94 + rest * 0.079_08));
    f32::from_bits(((whole + 127) as u32) << 23) * fraction
}

/// The places of names, types aside, that are right for most tokens (maximum expected accuracy).
fn places(chances: &[Scores]) -> Vec<Option<Place>> {
    let own = |i: usize| -> [f32; PLACES.len()] {
        PLACES.map(|place| match place {
            None => chances[i][OUTSIDE],
            Some(place) => (0..TYPES.len()).map(|t| chances[i][label(t, place)]).sum(),
        })
    };
    let open = |n: usize| matches!(PLACES[n], Some(Place::Begin | Place::Inside));
    let goes_on = |n: usize| matches!(PLACES[n], Some(Place::Inside | Place::Last));
    if chances.is_empty() {
        return Vec::new();
    }
    let mut now = own(0);
    for n in (0..PLACES.len()).filter(|&n| goes_on(n)) {
        now[n] = f32::NEG_INFINITY;
    }
    let mut from = Vec::with_capacity(chances.len());
    for i in 1..chances.len() {
        let score = own(i);
        let mut back = [0u8; PLACES.len()];
        now = std::array::from_fn(|n| {
            let mut best = f32::NEG_INFINITY;
            for k in (0..PLACES.len()).filter(|&k| open(k) == goes_on(n)) {
                if now[k] > best {
                    best = now[k];
                    back[n] = k as u8;
                }
            }
            best + score[n]
        });
        from.push(back);
    }
    let ends = (0..PLACES.len()).filter(|&n| !open(n));
    let mut n = ends.fold(PLACES.len() - 1, |best, n| if now[n] > now[best] { n } else { best });
    let mut places = vec![PLACES[n]];
    for back in from.iter().rev() {
        n = usize::from(back[n]);
        places.push(PLACES[n]);
    }
    places.reverse();
    places
}

/// The likeliest type of a name, and its share.
fn kind(tokens: &[Scores]) -> (usize, f32) {
    let last = tokens.len() - 1;
    let score = |t: usize| -> f32 {
        let chance = |(i, chances): (usize, &Scores)| {
            let place = match (i == 0, i == last) {
                (true, true) => Place::Unit,
                (true, false) => Place::Begin,
                (false, true) => Place::Last,
                (false, false) => Place::Inside,
            };
            chances[label(t, place)]
        };
        tokens.iter().enumerate().map(|t| (chance(t) + 1e-6).ln()).sum::<f32>() / tokens.len() as f32
    };
    let scores: [f32; TYPES.len()] = std::array::from_fn(score);
    let best = (1..TYPES.len()).fold(0, |best, t| if scores[t] > scores[best] { t } else { best });
    (best, scores[best].exp() / scores.iter().map(|s| s.exp()).sum::<f32>())
}

#[cfg(test)]
mod tests {
    use super::super::labels::of_name;
    use super::*;

    fn score(labels: &[usize]) -> Vec<Scores> {
        labels.iter().map(|&right| std::array::from_fn(|l| if l == right { 4.0 } else { 0.0 })).collect()
    }

    #[test]
    fn clear_scores_give_their_names() {
        let steps = Steps::new(&[0.0; LABELS * LABELS]);
        let labels: Vec<usize> =
            [OUTSIDE].into_iter().chain(of_name(0, 3)).chain(of_name(2, 1)).chain([OUTSIDE]).collect();
        let found = names(10, &chances(&score(&labels), &steps));
        assert_eq!(
            found.iter().map(|(range, kind, _)| (range.clone(), *kind)).collect::<Vec<_>>(),
            [(11..14, 0), (14..15, 2)]
        );
        assert!(found.iter().all(|(_, _, chance)| *chance > 0.8));
        assert_eq!(names(0, &chances(&[], &steps)), []);
    }

    #[test]
    fn powers_are_near_enough() {
        for x in [0.0, -0.01, -0.5, -1.0, -3.3, -10.0, -30.0] {
            assert!((exponent(x) / f32::exp(x) - 1.0).abs() < 2e-4, "{x}: {} {}", exponent(x), f32::exp(x));
        }
    }

    #[test]
    fn types_in_doubt_are_a_name_together() {
        let steps = Steps::new(&[0.0; LABELS * LABELS]);
        let scores: Scores = std::array::from_fn(|l| match l {
            OUTSIDE => 1.0,
            l if (0..3).any(|t| l == label(t, Place::Unit)) => 0.8,
            _ => -9.0,
        });
        assert_eq!(names(0, &chances(&[scores], &steps)).len(), 1);
    }
}
