//! Scores of a stretch of tokens in, names out: first where, then what.
//!
//! The best single path of labels would leave out a name whose type is in doubt, since each of its types alone loses
//! against no name. So the chances of the types are added up (forward and backward sums), the places of names are
//! chosen by them, and each name takes its likeliest type.

use super::labels::{
    AFRESH, CLOSED, LABELS, OUTSIDE, Place, Scores, TYPES, label, may_begin, may_end, may_follow, weights,
};
use crate::model::COLUMNS;
use crate::text::TokenRange;

/// Begin, inside, last, unit and outside, whatever the type.
const PLACES: [Option<Place>; 5] =
    [Some(Place::Begin), Some(Place::Inside), Some(Place::Last), Some(Place::Unit), None];

/// Labels that begin afresh, or that are closed, and one place more to make it whole vectors.
const SIDE: usize = AFRESH.end + 1;

/// How likely each label is after each, up to a factor. After a closed label any may come that begins afresh; an open
/// name goes on with its own type.
pub struct Steps {
    /// From each closed label to those that begin afresh.
    onward: [[f32; SIDE]; CLOSED.end - CLOSED.start],
    /// To each label that begins afresh from those that are closed.
    back: [[f32; SIDE]; AFRESH.end],
    /// From begin and inside to inside and last, type by type.
    within: [[[f32; TYPES.len()]; 2]; 2],
}

/// Where a name is open, and where it goes on.
const OPEN: [Place; 2] = [Place::Begin, Place::Inside];
const ON: [Place; 2] = [Place::Inside, Place::Last];

impl Steps {
    /// From `LABELS * LABELS` scores, in logarithms.
    pub fn new(scores: &[f32]) -> Self {
        let factor = |from: usize, to: usize| {
            if may_follow(from, to) { scores[from * LABELS + to].exp() } else { 0.0 }
        };
        let side = |of: &dyn Fn(usize) -> f32| -> [f32; SIDE] {
            std::array::from_fn(|n| if n + 1 < SIDE { of(n) } else { 0.0 })
        };
        Self {
            onward: std::array::from_fn(|from| side(&|to| factor(CLOSED.start + from, AFRESH.start + to))),
            back: std::array::from_fn(|to| side(&|from| factor(CLOSED.start + from, AFRESH.start + to))),
            within: OPEN.map(|from| ON.map(|to| std::array::from_fn(|t| factor(label(t, from), label(t, to))))),
        }
    }

    /// What flows over one step from the labels of a token to those of the next.
    fn forward(&self, from: &Scores) -> Scores {
        let mut to = [0.0; LABELS];
        to[AFRESH].copy_from_slice(&sum(&from[CLOSED], &self.onward)[..AFRESH.end]);
        for (open, steps) in OPEN.iter().zip(&self.within) {
            for (on, steps) in ON.iter().zip(steps) {
                for ((sum, weight), step) in to[on.labels()].iter_mut().zip(&from[open.labels()]).zip(steps) {
                    *sum += weight * step;
                }
            }
        }
        to
    }

    /// The same the other way round.
    fn backward(&self, to: &Scores) -> Scores {
        let mut from = [0.0; LABELS];
        from[CLOSED].copy_from_slice(&sum(&to[AFRESH], &self.back)[..CLOSED.end - CLOSED.start]);
        for (open, steps) in OPEN.iter().zip(&self.within) {
            for (on, steps) in ON.iter().zip(steps) {
                for ((sum, weight), step) in from[open.labels()].iter_mut().zip(&to[on.labels()]).zip(steps) {
                    *sum += weight * step;
                }
            }
        }
        from
    }
}

fn sum(weights: &[f32], rows: &[[f32; SIDE]]) -> [f32; SIDE] {
    let mut sums = [0.0; SIDE];
    for (weight, row) in weights.iter().zip(rows) {
        for (sum, factor) in sums.iter_mut().zip(row) {
            *sum += weight * factor;
        }
    }
    sums
}

/// Appends how likely each label of each token of a stretch is, from the sums of its tokens' rows;
/// `scratch` is to be used again for the next stretch.
pub fn chances(rows: &[[f32; COLUMNS]], steps: &Steps, scratch: &mut Vec<Scores>, out: &mut Vec<Scores>) {
    let (start, own) = (out.len(), scratch);
    own.clear();
    own.extend(rows.iter().map(weights));
    let Some(first) = own.first() else { return };
    out.push(normal(std::array::from_fn(|l| if may_begin(l) { first[l] } else { 0.0 })));
    for own in &own[1..] {
        let flow = steps.forward(&out[out.len() - 1]);
        out.push(normal(product(&flow, own)));
    }
    let mut behind: Scores = std::array::from_fn(|l| f32::from(u8::from(may_end(l))));
    for (chances, own) in out[start..].iter_mut().zip(own).rev() {
        *chances = normal(product(chances, &behind));
        behind = normal(steps.backward(&product(&behind, own)));
    }
}

fn product(a: &Scores, b: &Scores) -> Scores {
    std::array::from_fn(|l| a[l] * b[l])
}

/// Shares of their sum, which is taken in lanes: number by number, each would wait for the one before.
fn normal(values: Scores) -> Scores {
    let (rows, rest) = values.as_chunks::<4>();
    let lanes = rows.iter().fold([0.0; 4], |sums, row| std::array::from_fn(|lane| sums[lane] + row[lane]));
    let total = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest.iter().sum::<f32>();
    let share = 1.0 / total.max(f32::MIN_POSITIVE);
    values.map(|v| v * share)
}

/// The names of a stretch that begins at token `first`, from the chances of its tokens' labels: their tokens and the
/// number of their type.
pub fn names(first: usize, chances: &[Scores]) -> Vec<(TokenRange, usize)> {
    // Where outside is the likeliest of all for every token, so it is for all of them together.
    if chances.iter().all(|chances| chances[OUTSIDE] >= 0.5) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut begin = 0;
    for (i, place) in places(chances).iter().enumerate() {
        if matches!(place, Some(Place::Begin | Place::Unit)) {
            begin = i;
        }
        if matches!(place, Some(Place::Last | Place::Unit)) {
            found.push((first + begin..first + i + 1, kind(&chances[begin..=i])));
        }
    }
    found
}

/// The places of names, types aside, that are right for most tokens (maximum expected accuracy).
fn places(chances: &[Scores]) -> Vec<Option<Place>> {
    let own = |i: usize| -> [f32; PLACES.len()] {
        PLACES.map(|place| place.map_or(chances[i][OUTSIDE], |place| chances[i][place.labels()].iter().sum()))
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

/// The likeliest type of a name.
fn kind(tokens: &[Scores]) -> usize {
    const LEAST: f32 = 1e-6;
    let last = tokens.len() - 1;
    let score = |t: usize| -> f32 {
        let chance = |(i, chances): (usize, &Scores)| {
            let place = match (i == 0, i == last) {
                (true, true) => Place::Unit,
                (true, false) => Place::Begin,
                (false, true) => Place::Last,
                (false, false) => Place::Inside,
            };
            (chances[label(t, place)] + LEAST).ln()
        };
        tokens.iter().enumerate().map(chance).sum()
    };
    let scores: [f32; TYPES.len()] = std::array::from_fn(score);
    (1..TYPES.len()).fold(0, |best, t| if scores[t] > scores[best] { t } else { best })
}

#[cfg(test)]
mod tests {
    use super::super::labels::{columns, of_name};
    use super::*;

    /// The sums of tokens whose right labels are these.
    fn rows(labels: &[usize]) -> Vec<[f32; COLUMNS]> {
        let row = |&right: &usize| {
            let (own, shared) = columns(right);
            std::array::from_fn(|c| if c == own || Some(c) == shared { 4.0 } else { 0.0 })
        };
        labels.iter().map(row).collect()
    }

    fn found(rows: &[[f32; COLUMNS]], steps: &[f32]) -> (Vec<(TokenRange, usize)>, Vec<Scores>) {
        let mut out = Vec::new();
        chances(rows, &Steps::new(steps), &mut Vec::new(), &mut out);
        (names(10, &out), out)
    }

    #[test]
    fn clear_scores_give_their_names() {
        let labels: Vec<usize> =
            [OUTSIDE].into_iter().chain(of_name(0, 3)).chain(of_name(2, 1)).chain([OUTSIDE]).collect();
        let (names, chances) = found(&rows(&labels), &[0.0; LABELS * LABELS]);
        assert_eq!(names, [(11..14, 0), (14..15, 2)]);
        assert!(labels.iter().zip(&chances).all(|(&label, chances)| chances[label] > 0.6), "{chances:?}");
        assert_eq!(found(&[], &[0.0; LABELS * LABELS]).0, []);
    }

    /// The chances are those that a walk over all paths of labels gives.
    #[test]
    fn chances_are_shares_of_all_paths() {
        let rows: Vec<[f32; COLUMNS]> =
            (0..3).map(|i| std::array::from_fn(|c| ((i * 7 + c * 5) % 11) as f32 * 0.2 - 1.0)).collect();
        let steps: Vec<f32> = (0..LABELS * LABELS).map(|n| (n % 13) as f32 * 0.1 - 0.6).collect();
        let (mut total, mut sums) = (0.0, [[0.0f32; LABELS]; 3]);
        let scores: Vec<Scores> = rows.iter().map(super::super::labels::scores).collect();
        for path in 0..LABELS.pow(3) {
            let labels = [path / (LABELS * LABELS), path / LABELS % LABELS, path % LABELS];
            let follows = labels.windows(2).all(|w| may_follow(w[0], w[1]));
            if may_begin(labels[0]) && may_end(labels[2]) && follows {
                let own: f32 = labels.iter().zip(&scores).map(|(&l, s)| s[l]).sum();
                let between: f32 = labels.windows(2).map(|w| steps[w[0] * LABELS + w[1]]).sum();
                let weight = (own + between).exp();
                total += weight;
                for (sums, label) in sums.iter_mut().zip(labels) {
                    sums[label] += weight;
                }
            }
        }
        let (_, chances) = found(&rows, &steps);
        for (chances, sums) in chances.iter().zip(&sums) {
            for (chance, sum) in chances.iter().zip(sums) {
                assert!((chance - sum / total).abs() < 1e-3, "{chance} {}", sum / total);
            }
        }
    }

    #[test]
    fn types_in_doubt_are_a_name_together() {
        let mut row = [-9.0; COLUMNS];
        row[columns(OUTSIDE).0] = 1.0;
        for t in 0..3 {
            row[columns(label(t, Place::Unit)).0] = 0.4;
        }
        row[columns(label(0, Place::Unit)).1.expect("a column of units")] = 0.4;
        assert_eq!(found(&[row], &[0.0; LABELS * LABELS]).0.len(), 1);
    }
}
