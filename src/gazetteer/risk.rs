//! A folded form in, whether it is an ordinary word out: `will`, `may`, `bank` are names only where the context says so.

use crate::lang::{Classes, lexicon};

/// Words of every sentence and months: names only in the right company.
const ORDINARY: Classes = Classes::COMMON
    .union(Classes::MONTH)
    .union(Classes::WEEKDAY)
    .union(Classes::PRONOUN)
    .union(Classes::DETERMINER)
    .union(Classes::PREPOSITION)
    .union(Classes::CONJUNCTION)
    .union(Classes::AUXILIARY);

/// Whether a form is one ordinary word.
pub(super) fn is_ordinary(form: &[u8]) -> bool {
    std::str::from_utf8(form).is_ok_and(|word| lexicon().of_word(word).intersects(ORDINARY))
}
