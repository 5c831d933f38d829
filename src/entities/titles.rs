//! A title cut short in, the word in full out: "Gov." is a governor.

/// Titles that news text cuts short, with the noun for who bears them.
const CUT_SHORT: [(&str, &str); 22] = [
    ("gov", "governor"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("gen", "general"),
    ("lt", "lieutenant"),
    ("sgt", "sergeant"),
    ("capt", "captain"),
    ("col", "colonel"),
    ("maj", "major"),
    ("cmdr", "commander"),
    ("adm", "admiral"),
    ("rev", "reverend"),
    ("prof", "professor"),
    ("dr", "doctor"),
    ("pres", "president"),
    ("amb", "ambassador"),
    ("det", "detective"),
    ("insp", "inspector"),
    ("supt", "superintendent"),
    ("cllr", "councillor"),
    ("fr", "father"),
    ("sec", "secretary"),
];

/// The title in full, where `word` is one cut short.
pub(super) fn in_full(word: &str) -> Option<&'static str> {
    if word.len() > 4 {
        return None;
    }
    CUT_SHORT.iter().find(|(short, _)| word.eq_ignore_ascii_case(short)).map(|(_, full)| *full)
}
