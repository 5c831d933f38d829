//! A word in, how common it is out: `may`, `bank` and `will` are names only where the context says so.

use crate::lang::{Classes, lexicon};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Word, uses in a million words, share of names in percent.
const LIST: &str = include_str!("../lang/en/frequencies.tsv");
/// A word this common is no safe name, however often it is one.
const ALWAYS: u32 = 60;
/// A rarer word is no safe name if fewer of its uses are names: in percent.
const MOSTLY: u32 = 50;
/// They have a capital in all their uses.
const CALENDAR: Classes = Classes::MONTH.union(Classes::WEEKDAY);

struct Frequency {
    uses: u32,
    names: u32,
}

fn list() -> &'static FxHashMap<&'static str, Frequency> {
    static FREQUENCIES: OnceLock<FxHashMap<&str, Frequency>> = OnceLock::new();
    FREQUENCIES.get_or_init(|| {
        let rows = LIST.lines().filter(|line| !line.starts_with('#'));
        let row = |line: &'static str| {
            let mut cells = line.split('\t');
            let word = cells.next()?;
            let mut number = || cells.next()?.parse().ok();
            Some((word, Frequency { uses: number()?, names: number()? }))
        };
        rows.filter_map(row).collect()
    })
}

/// How often the word, which is folded, stands in a million words of news as an ordinary word; zero for rare ones.
pub(super) fn uses(word: &str) -> u32 {
    list().get(word).map_or(0, |frequency| frequency.uses)
}

/// Whether a form is one ordinary word, or a month or day.
pub(super) fn is_ordinary(form: &[u8]) -> bool {
    std::str::from_utf8(form).is_ok_and(|word| {
        let common = |f: &Frequency| f.uses >= ALWAYS || f.names < MOSTLY;
        list().get(word).is_some_and(common) || lexicon().of_word(word).intersects(CALENDAR)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_words_and_names_that_are_words() {
        for word in ["may", "march", "bank", "net", "will", "us", "target", "friday", "the", "sept"] {
            assert!(is_ordinary(word.as_bytes()), "{word}");
        }
        for word in ["bush", "china", "lavrov", "brown", "canada", "bank of england", ""] {
            assert!(!is_ordinary(word.as_bytes()), "{word}");
        }
        assert!(uses("will") > uses("bank") && uses("bank") > uses("lavrov"));
        assert!(list().len() > 4000 && list().values().all(|f| f.names <= 100));
    }
}
