//! What a token may be in a name, and what may follow what: begin, inside, last and unit of each type, or outside
//! (BILOU; Ratinov & Roth 2009).

use crate::article::EntityType;
use crate::model::COLUMNS;

/// The types in the order of their labels.
pub const TYPES: [EntityType; 5] =
    [EntityType::Person, EntityType::Organization, EntityType::Place, EntityType::Group, EntityType::Misc];

/// How many labels there are: outside, and four for each type.
pub const LABELS: usize = 1 + 4 * TYPES.len();

/// Outside of names.
pub const OUTSIDE: usize = 0;

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

const PLACES: [Place; 4] = [Place::Begin, Place::Inside, Place::Last, Place::Unit];

/// The label of a place in a name of a type.
pub fn label(kind: usize, place: Place) -> usize {
    1 + 4 * kind + place as usize
}

/// The type and the place of a label; nothing for [`OUTSIDE`].
pub fn parts(label: usize) -> Option<(usize, Place)> {
    let inner = label.checked_sub(1)?;
    Some((inner / 4, PLACES[inner % 4]))
}

/// The columns of a feature's row that a label adds up: begin and unit of a type share one, inside and last another,
/// and two columns tell unit and last apart for all types.
pub fn columns(label: usize) -> (usize, Option<usize>) {
    const LAST: usize = 11;
    const UNIT: usize = 12;
    match parts(label) {
        None => (0, None),
        Some((kind, Place::Begin)) => (1 + 2 * kind, None),
        Some((kind, Place::Unit)) => (1 + 2 * kind, Some(UNIT)),
        Some((kind, Place::Inside)) => (2 + 2 * kind, None),
        Some((kind, Place::Last)) => (2 + 2 * kind, Some(LAST)),
    }
}

/// The scores of all labels from a sum of rows.
pub fn scores(row: &[f32; COLUMNS]) -> Scores {
    std::array::from_fn(|label| {
        let (own, shared) = columns(label);
        row[own] + shared.map_or(0.0, |c| row[c])
    })
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
}
