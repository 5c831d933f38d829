//! The languages whose sentences have rules of their own, and a cheap guess which one a text is written in.

use super::lexicon::words;
use crate::text::{Tokens, fold_hash};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A language whose abbreviations or stops are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Dutch.
    Dutch,
    /// Polish.
    Polish,
    /// Romanian.
    Romanian,
    /// Lithuanian.
    Lithuanian,
    /// Swedish.
    Swedish,
    /// Norwegian.
    Norwegian,
    /// Danish.
    Danish,
    /// Turkish.
    Turkish,
    /// Russian, and what is written like it.
    Russian,
    /// Greek.
    Greek,
    /// Arabic, and what is written like it.
    Arabic,
    /// Chinese.
    Chinese,
    /// Japanese.
    Japanese,
    /// Any other: the rules that hold everywhere.
    Other,
}

impl Language {
    /// The ISO 639-1 code; `und` for [`Language::Other`].
    pub fn code(self) -> &'static str {
        CODES.iter().find(|(l, _)| *l == self).map_or("und", |(_, code)| code)
    }

    /// The language of a code or tag (`en`, `pt-BR`); [`Language::Other`] where it is not one of those here.
    pub fn from_code(code: &str) -> Self {
        let primary = code.split(['-', '_']).next().unwrap_or("");
        CODES.iter().find(|(_, c)| primary.eq_ignore_ascii_case(c)).map_or(Self::Other, |(l, _)| *l)
    }

    /// Whether words stand without spaces between.
    pub fn is_unspaced(self) -> bool {
        matches!(self, Self::Chinese | Self::Japanese)
    }
}

/// All of them.
pub const LANGUAGES: &[Language] = &[
    Language::English,
    Language::German,
    Language::French,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
    Language::Dutch,
    Language::Polish,
    Language::Romanian,
    Language::Lithuanian,
    Language::Swedish,
    Language::Norwegian,
    Language::Danish,
    Language::Turkish,
    Language::Russian,
    Language::Greek,
    Language::Arabic,
    Language::Chinese,
    Language::Japanese,
    Language::Other,
];

const CODES: &[(Language, &str)] = &[
    (Language::English, "en"),
    (Language::German, "de"),
    (Language::French, "fr"),
    (Language::Spanish, "es"),
    (Language::Italian, "it"),
    (Language::Portuguese, "pt"),
    (Language::Dutch, "nl"),
    (Language::Polish, "pl"),
    (Language::Romanian, "ro"),
    (Language::Lithuanian, "lt"),
    (Language::Swedish, "sv"),
    (Language::Norwegian, "no"),
    (Language::Danish, "da"),
    (Language::Turkish, "tr"),
    (Language::Russian, "ru"),
    (Language::Greek, "el"),
    (Language::Arabic, "ar"),
    (Language::Chinese, "zh"),
    (Language::Japanese, "ja"),
];

/// The function words of the languages in Latin script, which tell them apart.
pub(crate) const FUNCTION_WORDS: &[(Language, &str)] = &[
    (Language::English, include_str!("function_words/en.txt")),
    (Language::German, include_str!("function_words/de.txt")),
    (Language::French, include_str!("function_words/fr.txt")),
    (Language::Spanish, include_str!("function_words/es.txt")),
    (Language::Italian, include_str!("function_words/it.txt")),
    (Language::Portuguese, include_str!("function_words/pt.txt")),
    (Language::Dutch, include_str!("function_words/nl.txt")),
    (Language::Polish, include_str!("function_words/pl.txt")),
    (Language::Romanian, include_str!("function_words/ro.txt")),
    (Language::Lithuanian, include_str!("function_words/lt.txt")),
    (Language::Swedish, include_str!("function_words/sv.txt")),
    (Language::Norwegian, include_str!("function_words/no.txt")),
    (Language::Danish, include_str!("function_words/da.txt")),
    (Language::Turkish, include_str!("function_words/tr.txt")),
    (Language::Russian, include_str!("function_words/ru.txt")),
];

/// For each function word, a bit for each language of [`FUNCTION_WORDS`] that has it.
fn function_words() -> &'static FxHashMap<u64, u16> {
    static WORDS: OnceLock<FxHashMap<u64, u16>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut map = FxHashMap::default();
        for (bit, (_, list)) in FUNCTION_WORDS.iter().enumerate() {
            for word in words(list).flat_map(str::split_whitespace) {
                *map.entry(fold_hash(word)).or_default() |= 1 << bit;
            }
        }
        map
    })
}

/// How many tokens are looked at, and how far apart they lie at most.
const SAMPLE: usize = 150;
const STRIDE: usize = 5;
/// After so many it may be clear.
const GLANCE: usize = 32;

/// Guesses the language from the scripts and the function words of a sample of tokens.
///
/// English where nothing speaks for another; [`Language::Other`] for a script that has no rules here.
pub fn detect(tokens: &Tokens<'_>) -> Language {
    let stride = (tokens.len() / SAMPLE).clamp(1, STRIDE);
    let mut scripts = Scripts::default();
    let mut votes = [0u32; FUNCTION_WORDS.len()];
    let mut seen = 0;
    for token in tokens.list.iter().step_by(stride).take(SAMPLE) {
        seen += 1;
        if seen % GLANCE == 0 && is_english(&votes, &scripts) {
            return Language::English;
        }
        if token.hash == 0 {
            continue;
        }
        if token.flags.contains(crate::text::Flags::NON_ASCII) {
            scripts.count(token.span.of(tokens.text));
        } else {
            scripts.latin += 1;
        }
        let mut bits = function_words().get(&token.hash).copied().unwrap_or(0);
        while bits != 0 {
            votes[bits.trailing_zeros() as usize] += 1;
            bits &= bits - 1;
        }
    }
    scripts.language().unwrap_or_else(|| best(&votes, seen))
}

/// Whether the words so far are English beyond doubt.
fn is_english(votes: &[u32; FUNCTION_WORDS.len()], scripts: &Scripts) -> bool {
    let others = votes[1..].iter().max().copied().unwrap_or(0);
    votes[0] >= 8 && votes[0] > 2 * others && scripts.language().is_none()
}

/// The language with the most votes, if it leaves English behind.
fn best(votes: &[u32; FUNCTION_WORDS.len()], tokens: usize) -> Language {
    let (first, most) = votes.iter().enumerate().fold((0, votes[0]), |a, (i, &n)| if n > a.1 { (i, n) } else { a });
    if first == 0 || (most as usize) * 12 < tokens { Language::English } else { FUNCTION_WORDS[first].0 }
}

/// Words by script.
#[derive(Default)]
struct Scripts {
    latin: u32,
    cyrillic: u32,
    greek: u32,
    arabic: u32,
    han: u32,
    kana: u32,
    other: u32,
}

impl Scripts {
    fn count(&mut self, word: &str) {
        for c in word.chars().take(8) {
            let script = match c {
                '\u{0370}'..='\u{03FF}' | '\u{1F00}'..='\u{1FFF}' => &mut self.greek,
                '\u{0400}'..='\u{052F}' => &mut self.cyrillic,
                '\u{0600}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => &mut self.arabic,
                '\u{3040}'..='\u{30FF}' => &mut self.kana,
                '\u{3400}'..='\u{9FFF}' => &mut self.han,
                '\0'..='\u{024F}' | '\u{2000}'..='\u{206F}' => &mut self.latin,
                _ => &mut self.other,
            };
            *script += 1;
        }
    }

    /// The language of the commonest script, unless that is the Latin one.
    fn language(&self) -> Option<Language> {
        let han = self.han + self.kana;
        let all = [self.cyrillic, self.greek, self.arabic, han, self.other];
        let most = all.into_iter().max().unwrap_or(0);
        if most <= self.latin {
            return None;
        }
        Some(if most == han {
            if self.kana * 20 > han { Language::Japanese } else { Language::Chinese }
        } else if most == self.cyrillic {
            Language::Russian
        } else if most == self.greek {
            Language::Greek
        } else if most == self.arabic {
            Language::Arabic
        } else {
            Language::Other
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;

    #[test]
    fn the_commonest_words_and_scripts_tell() {
        for (text, want) in [
            ("The mayor said that the bridge is closed.", "en"),
            ("Die Brücke ist seit Freitag gesperrt, sagte die Bürgermeisterin.", "de"),
            ("Le pont est fermé depuis vendredi, a dit le maire de la ville.", "fr"),
            ("El puente se cerró el viernes, dijo la alcaldesa de la ciudad.", "es"),
            ("Il ponte è stato chiuso venerdì, ha detto il sindaco della città.", "it"),
            ("A ponte foi fechada na sexta-feira, disse o prefeito da cidade.", "pt"),
            ("De brug is sinds vrijdag dicht, zegt de burgemeester van de stad.", "nl"),
            ("Most zamknięto w piątek i nie wiadomo, kiedy będzie otwarty.", "pl"),
            ("Podul a fost închis vineri și nu se știe când va fi deschis.", "ro"),
            ("Bron har varit stängd sedan i fredags, och ingen vet när den öppnar.", "sv"),
            ("Broen har vært stengt siden fredag, og ingen vet når den åpner igjen.", "no"),
            ("Broen har været lukket siden fredag, og ingen af dem ved, hvornår den åbner.", "da"),
            ("Köprü cuma gününden beri kapalı ve bu nedenle çok uzun bir kuyruk var.", "tr"),
            ("Мост закрыли в пятницу.", "ru"),
            ("Η γέφυρα έκλεισε την Παρασκευή.", "el"),
            ("هل فُتح الجسر؟ نعم.", "ar"),
            ("橋は金曜日に閉鎖された。", "ja"),
            ("大桥什么时候开放？", "zh"),
            ("पुल शुक्रवार को बंद", "und"),
            ("Varn 3", "en"),
        ] {
            assert_eq!(detect(&tokenize(text)).code(), want, "{text}");
        }
        assert_eq!(Language::from_code("pt-BR"), Language::Portuguese);
        assert_eq!(Language::from_code("xx"), Language::Other);
    }
}
