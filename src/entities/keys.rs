//! A name in, its words for comparison out: without stops, hyphens and particles, dotted initials as plain letters, and
//! a skeleton that spelling variants of one foreign name share.

use crate::article::EntityType;
use crate::lang::Classes;
use crate::names::Name;
use crate::text::{Flags, Kind, Tokens, fold_hash, folded};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// The comparable words of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words {
    /// Hashes of the words that count, in order.
    pub list: Vec<Word>,
    /// Letters of leading initials, folded into one hash, where there are any.
    pub initials: Option<u64>,
    /// The same words in the same order have the same key.
    pub key: u64,
    /// Written in capitals throughout.
    pub loud: bool,
}

/// One word of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    pub hash: u64,
    pub classes: Classes,
    /// Shared by variants: Sergey, Sergei.
    pub skeleton: u64,
    pub token: usize,
}

impl Words {
    pub(super) fn of(tokens: &Tokens<'_>, classes: &[Classes], name: &Name) -> Self {
        let mut words = Self { loud: true, ..Self::default() };
        let mut letters = String::new();
        for i in name.tokens.clone() {
            let token = &tokens[i];
            if !matches!(token.kind, Kind::Word | Kind::Number) {
                continue;
            }
            let class = classes.get(i).copied().unwrap_or_default();
            words.loud &= token.flags.contains(Flags::ALL_CAPS);
            if is_particle(tokens, class, classes.get(i + 1).copied().unwrap_or_default(), i, name) {
                continue;
            }
            let text = tokens.word(i);
            // "A Current Affair", "The Washington Office on Latin America".
            let article = text == "A" || text == "The" && name.tokens.len() > 2;
            if article && i == name.tokens.start && name.kind != EntityType::Person {
                continue;
            }
            let initial =
                text.chars().count() == 1 || token.flags.contains(Flags::DOTTED) || is_joined_initials(text, i, name);
            if initial && words.list.is_empty() && i + 1 < name.tokens.end {
                letters.extend(text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase));
                continue;
            }
            let hash = match text {
                _ if token.flags.contains(Flags::DOTTED) => fold_hash(&text.replace('.', "")),
                // "Downing St".
                "St" if !words.list.is_empty() && i + 1 == name.tokens.end => fold_hash("street"),
                "Rd" if !words.list.is_empty() => fold_hash("road"),
                _ => token.hash,
            };
            words.list.push(Word { hash, classes: class, skeleton: skeleton(text), token: i });
        }
        if !letters.is_empty() {
            words.initials = Some(fold_hash(&letters));
        }
        words.key = words.list.iter().fold(words.initials.unwrap_or(0), |key, w| {
            (key ^ w.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
        });
        words
    }

    pub(super) fn first(&self) -> Option<&Word> {
        self.list.first()
    }

    pub(super) fn last(&self) -> Option<&Word> {
        self.list.last()
    }

    /// How many words there are, initials as one.
    pub(super) fn len(&self) -> usize {
        self.list.len() + usize::from(self.initials.is_some())
    }
}

fn is_particle(tokens: &Tokens<'_>, class: Classes, next: Classes, i: usize, name: &Name) -> bool {
    // "Al Pruitt" is no "al-Pruitt", but "Al Rahwi" is "al-Rahwi".
    let given = i == name.tokens.start
        && name.kind == EntityType::Person
        && class.contains(Classes::FORENAME)
        && tokens[i].is_capital()
        && next.contains(Classes::SURNAME)
        && tokens.get(i + 1).is_some_and(|t| t.is_word() && t.is_capital());
    class.contains(Classes::PARTICLE)
        && !given
        && name.tokens.len() > 1
        && (!tokens[i].is_capital()
            || i == name.tokens.start
            || tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Dash))
        && i + 1 < name.tokens.end
}

/// "JK" of "JK Marsh".
fn is_joined_initials(text: &str, i: usize, name: &Name) -> bool {
    name.kind == EntityType::Person
        && i == name.tokens.start
        && text.len() == 2
        && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// The consonants of a word under the rules that transliterations differ by, as a hash; zero for short words.
pub(super) fn skeleton(word: &str) -> u64 {
    if word.is_ascii() {
        sounds(word.len(), word.bytes().map(|b| char::from(b.to_ascii_lowercase())))
    } else {
        let form = folded(word);
        sounds(form.len(), form.chars())
    }
}

fn sounds(len: usize, letters: impl Iterator<Item = char> + Clone) -> u64 {
    if len < 5 {
        return 0;
    }
    let (mut hash, mut count, mut last) = (0u64, 0, None);
    let mut letters = letters.peekable();
    while let Some(c) = letters.next() {
        let mut with = |next: char| letters.next_if_eq(&next).is_some();
        let sound = match c {
            'k' if with('h') => 'h',
            'g' if with('h') => 'g',
            'd' if with('h') => 'd',
            'p' if with('h') => 'f',
            'f' if with('f') => 'v',
            'q' => 'k',
            'w' => 'v',
            // "tch" is "ch".
            't' if letters.clone().take(2).eq(['c', 'h']) => continue,
            c => c,
        };
        let vowel = matches!(sound, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | '\'') && count > 0;
        if !vowel && last != Some(sound) {
            hash = (hash ^ u64::from(sound)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
            count += 1;
            last = Some(sound);
        }
    }
    if count < 3 { 0 } else { hash.max(1) }
}

/// Whether two words are one in two spellings; Hussein and Hassan are two names.
pub(super) fn alike(a: &Word, b: &Word) -> bool {
    a.hash == b.hash || a.skeleton != 0 && a.skeleton == b.skeleton && !are_two(a.hash, b.hash)
}

/// Names that share their consonants and are borne side by side.
fn are_two(a: u64, b: u64) -> bool {
    const GROUPS: [(&[&str], &[&str]); 3] = [
        (&["hassan", "hasan", "hassen"], &["hussein", "hussain", "husain", "hossein", "hosein", "husayn"]),
        (&["karim", "kareem"], &["akram", "ikram"]),
        (&["salim", "saleem"], &["salam", "sallam"]),
    ];
    static TABLE: OnceLock<FxHashMap<u64, (usize, bool)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let side = |group: usize, words: &'static [&'static str], second: bool| {
            words.iter().map(move |word| (fold_hash(word), (group, second)))
        };
        let groups = GROUPS.iter().enumerate();
        groups.flat_map(|(i, (left, right))| side(i, left, false).chain(side(i, right, true))).collect()
    });
    match (table.get(&a), table.get(&b)) {
        (Some(one), Some(other)) => one.0 == other.0 && one.1 != other.1,
        _ => false,
    }
}
