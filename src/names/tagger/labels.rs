//! What a token may be in a name, and what may follow what: begin, inside, last and unit of each type, or outside
//! (BILOU; Ratinov & Roth 2009).

use crate::article::EntityType;
use crate::model::COLUMNS;

/// The types in the order of their labels.
pub const TYPES: [EntityType; 5] =
    [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Group, EntityType::Misc];

/// How many labels there are: outside, and four for each type.
pub const LABELS: usize = 1 + 4 * TYPES.len();

/// Outside of names. Before it are the begins, behind it the units, then the lasts, then the insides, type by type: so
/// the labels that may follow a whole name stand side by side, and so do those that end one.
pub const OUTSIDE: usize = TYPES.len();

/// The labels that may follow a whole name, or nothing: begins, outside, units.
pub const AFRESH: std::ops::Range<usize> = 0..2 * TYPES.len() + 1;

/// The labels with which nothing is left open: outside, units, lasts.
pub const CLOSED: std::ops::Range<usize> = TYPES.len()..3 * TYPES.len() + 1;

/// Scores of all labels for one token.
pub type Scores = [f32; LABELS];

/// Where in a name a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Begin,
    Inside,
    Last,
    Unit,
}

impl Place {
    /// The labels of this place, one for each type.
    pub const fn labels(self) -> std::ops::Range<usize> {
        let first = match self {
            Self::Begin => 0,
            Self::Unit => TYPES.len() + 1,
            Self::Last => 2 * TYPES.len() + 1,
            Self::Inside => 3 * TYPES.len() + 1,
        };
        first..first + TYPES.len()
    }
}

/// The label of a place in a name of a type.
pub fn label(kind: usize, place: Place) -> usize {
    place.labels().start + kind
}

/// The type and the place of a label; nothing for [`OUTSIDE`].
pub fn parts(label: usize) -> Option<(usize, Place)> {
    let places = [Place::Begin, Place::Unit, Place::Last, Place::Inside];
    let place = places.into_iter().find(|place| place.labels().contains(&label))?;
    Some((label - place.labels().start, place))
}

/// The columns of a feature's row that a label adds up: begin and unit of a type share one, inside and last another,
/// and two columns tell unit and last apart for all types.
#[cfg(any(test, feature = "train"))]
pub fn columns(label: usize) -> (usize, Option<usize>) {
    match parts(label) {
        None => (0, None),
        Some((kind, Place::Begin)) => (OPENS + kind, None),
        Some((kind, Place::Unit)) => (OPENS + kind, Some(UNIT)),
        Some((kind, Place::Inside)) => (GOES_ON + kind, None),
        Some((kind, Place::Last)) => (GOES_ON + kind, Some(LAST)),
    }
}

/// First column of begin and unit.
const OPENS: usize = 1;
/// First column of inside and last.
const GOES_ON: usize = OPENS + TYPES.len();
/// Column that tells last from inside.
const LAST: usize = GOES_ON + TYPES.len();
/// Column that tells unit from begin.
const UNIT: usize = LAST + 1;

/// The scores of all labels from a sum of rows.
#[cfg(any(test, feature = "train"))]
pub fn scores(row: &[f32; COLUMNS]) -> Scores {
    std::array::from_fn(|label| {
        let (own, shared) = columns(label);
        row[own] + shared.map_or(0.0, |c| row[c])
    })
}

/// How likely each label is by a sum of rows, up to a factor: `e` to the power of [`scores`].
pub fn weights(row: &[f32; COLUMNS]) -> Scores {
    let top = row[..LAST].iter().copied().fold(f32::MIN, f32::max);
    let mut powers = [0.0; 16];
    for (c, (power, score)) in powers.iter_mut().zip(row).enumerate() {
        *power = exponent(if c < LAST { score - top } else { *score });
    }
    let mut weights = [0.0; LABELS];
    weights[OUTSIDE] = powers[0];
    for kind in 0..TYPES.len() {
        let (opens, goes_on) = (powers[OPENS + kind], powers[GOES_ON + kind]);
        weights[label(kind, Place::Begin)] = opens;
        weights[label(kind, Place::Unit)] = opens * powers[UNIT];
        weights[label(kind, Place::Inside)] = goes_on;
        weights[label(kind, Place::Last)] = goes_on * powers[LAST];
    }
    weights
}

/// `e` to the power of `x`, within `e` to the power of ±60, to one part in a hundred thousand: the whole part of the
/// power of two goes into the bits of the exponent, the rest into a polynomial.
fn exponent(x: f32) -> f32 {
    /// Added to a number, it leaves the number's whole part in the lowest bits.
    const SHIFT: f32 = 12_582_912.0;
    let power = x.clamp(-60.0, 60.0) * std::f32::consts::LOG2_E;
    let shifted = power + SHIFT;
    let rest = power - (shifted - SHIFT);
    let fraction = 1.0 + rest * (std::f32::consts::LN_2 + rest * (0.240_226 + rest * (0.055_504 + rest * 0.009_618)));
    f32::from_bits(fraction.to_bits().wrapping_add(shifted.to_bits() << 23))
}

/// Whether `next` may follow `label`.
pub fn may_follow(label: usize, next: usize) -> bool {
    let open = match parts(label) {
        Some((kind, Place::Begin | Place::Inside)) => Some(kind),
        _ => None,
    };
    match parts(next) {
        Some((kind, Place::Inside | Place::Last)) => open == Some(kind),
        _ => open.is_none(),
    }
}

/// Whether a stretch of tokens may begin, or end, with `label`.
pub fn may_begin(label: usize) -> bool {
    may_follow(OUTSIDE, label)
}

/// See [`may_begin`].
pub fn may_end(label: usize) -> bool {
    may_follow(label, OUTSIDE)
}

/// The labels of a name of `length` tokens.
#[cfg(any(test, feature = "train"))]
pub fn of_name(kind: usize, length: usize) -> impl Iterator<Item = usize> {
    (0..length).map(move |i| {
        let place = match (i == 0, i + 1 == length) {
            (true, true) => Place::Unit,
            (true, false) => Place::Begin,
            (false, true) => Place::Last,
            (false, false) => Place::Inside,
        };
        label(kind, place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_name_may_follow_each_other() {
        for length in 1..4 {
            let labels: Vec<usize> = [OUTSIDE].into_iter().chain(of_name(2, length)).chain([OUTSIDE]).collect();
            assert!(labels.windows(2).all(|w| may_follow(w[0], w[1])), "{labels:?}");
            assert!(may_begin(labels[0]) && may_end(labels[length]));
        }
    }

    #[test]
    fn an_open_name_goes_on_with_its_own_type() {
        let (begin, last) = (label(0, Place::Begin), label(1, Place::Last));
        assert!(!may_follow(begin, OUTSIDE) && !may_follow(begin, last) && !may_begin(last) && !may_end(begin));
    }
    #[test]
    fn powers_are_near_enough() {
        for x in [0.0, -0.01, -0.5, -1.0, -3.3, 2.5, -10.0, -30.0, 59.0] {
            assert!((exponent(x) / f32::exp(x) - 1.0).abs() < 1e-4, "{x}: {} {}", exponent(x), f32::exp(x));
        }
        let row = std::array::from_fn(|c| c as f32 * 0.7 - 3.0);
        let (scores, weights) = (scores(&row), weights(&row));
        for label in 0..LABELS {
            let apart = (weights[label] / weights[OUTSIDE]).ln() - (scores[label] - scores[OUTSIDE]);
            assert!(apart.abs() < 1e-3, "label {label}: {apart}");
        }
    }
}
