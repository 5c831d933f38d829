//! Tokens in, structure out: the parts of the page, the dateline, the sentences of the prose blocks.

mod around;
mod blocks;
mod byline;
mod dateline;
mod deck;
mod draft;
mod lines;
mod lists;
mod pieces;
mod roles;
mod sentences;
mod split;
mod structure;

pub use split::{Piece, split};
pub use structure::{Block, Dateline, Sentence, Structure};

use crate::article::Role;
use crate::lang::{Language, detect};
use crate::span::Span;
use crate::text::Tokens;
use draft::Setting;

/// How a text is segmented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The headline stands elsewhere, so the first line is none.
    pub body_only: bool,
    /// The language of the text; found from its words where none is given.
    pub language: Option<Language>,
}

impl From<bool> for Options {
    fn from(body_only: bool) -> Self {
        Self { body_only, ..Self::default() }
    }
}

/// Finds the structure of a text. Options may be given as `body_only` alone.
pub fn segment(tokens: &Tokens<'_>, options: impl Into<Options>) -> Structure {
    let options = options.into();
    let language = options.language.unwrap_or_else(|| detect(tokens));
    let mut structure = Structure { language, ..Structure::default() };
    let setting = Setting { body_only: options.body_only, language };
    for draft in blocks::blocks(tokens, setting) {
        let block = structure.blocks.len();
        let role = draft.role.unwrap_or(Role::Paragraph);
        let mut first = draft.tokens.start;
        structure.blocks.push(Block { role, span: draft.span, tokens: draft.tokens, duplicate_of: None });
        if !role.is_prose() {
            continue;
        }
        let mut prose = Some(draft.span);
        if let Some(opening) = draft.opening {
            first = opening.body;
            prose = dateline::rest(tokens, first, draft.span.end);
            structure.datelines.push(opening.dateline);
        }
        if let Some(prose) = prose {
            sentences_of(tokens, first, prose, language, block, &mut structure.sentences);
        }
    }
    deck::mark_repeats(tokens, &mut structure.blocks);
    structure
}

/// The sentences of what of one block is prose; `next` is its first token.
fn sentences_of(
    tokens: &Tokens<'_>,
    mut next: usize,
    prose: Span,
    language: Language,
    block: usize,
    found: &mut Vec<Sentence>,
) {
    sentences::split(tokens.text, prose, language, &mut |span| {
        let start = next;
        next = tokens.until(next, span.end);
        found.push(Sentence { span, tokens: start..next, block });
    });
}

/// The sentences of a text taken as one paragraph, in bytes.
pub fn sentences(text: &str, language: Language) -> Vec<Span> {
    let mut found = Vec::new();
    sentences::split(text, Span::new(0, text.len()), language, &mut |span| found.push(span));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenize;
    use proptest::prelude::*;

    /// Pieces that news is made of, so that random texts meet the rules.
    const PARTS: &[&str] = &[
        "MOSCOW, April 6. /TASS/. ",
        "(Reuters) - ",
        "LONDON, Jan 5 (Reuters) - ",
        "By Ann Poe",
        "The mayor said. ",
        "\"Ready?\" Smith asked. ",
        "U.S. ",
        "J. ",
        "Inc. ",
        "...",
        " . . . ",
        "? ",
        "\u{3002}",
        "\n",
        "\n\n",
        "\r\n",
        "\u{c}",
        "    ",
        "\u{a0}",
        "\u{200b}",
        "• ",
        "1) ",
        "2) ",
        "(",
        ")",
        "\"",
        "“",
        "”",
        "’",
        "[1]",
        "[…]",
        "&quot;",
        "SIZE AND WEIGHT ",
        "Photo: A",
        "(AP Photo/A)",
        "— A (@a) May 5, 2024",
        "Q: ",
        "É",
        "\u{301}",
        "ß",
        "一。",
        "م؟ ",
        "🎉 ",
        "word ",
        "Word ",
        "5.",
        "-",
        " - ",
        "/",
        "*",
        "Read also: x",
    ];

    fn news() -> impl Strategy<Value = String> {
        let part = prop_oneof![4 => proptest::sample::select(PARTS).prop_map(str::to_owned), 1 => any::<String>()];
        proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    fn check(text: &str, structure: &Structure) -> Result<(), TestCaseError> {
        let mut end = 0;
        for block in &structure.blocks {
            prop_assert!(block.span.start >= end && !block.span.is_empty());
            end = block.span.end;
        }
        let mut last: Option<&Sentence> = None;
        for sentence in &structure.sentences {
            prop_assert!(structure.blocks[sentence.block].span.contains(sentence.span) && !sentence.span.is_empty());
            if let Some(last) = last {
                prop_assert!(last.span.end <= sentence.span.start && last.block <= sentence.block);
                let between = &text[last.span.end as usize..sentence.span.start as usize];
                prop_assert!(last.block != sentence.block || between.chars().all(around::is_blank));
            }
            last = Some(sentence);
        }
        for d in &structure.datelines {
            prop_assert!([d.place, d.date, d.agency].into_iter().flatten().all(|part| d.span.contains(part)));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn spans_are_ordered_and_inside(text in news(), body_only: bool) {
            check(&text, &segment(&tokenize(&text), body_only))?;
        }

        #[test]
        fn any_text_in_any_language(text in "\\PC{0,80}", code in 0..crate::lang::LANGUAGES.len()) {
            let language = Some(crate::lang::LANGUAGES[code]);
            check(&text, &segment(&tokenize(&text), Options { body_only: false, language }))?;
        }

        #[test]
        fn articles_of_one_text_are_ordered(text in news()) {
            let mut end = 0;
            for piece in split(&text) {
                prop_assert!(piece.span.start >= end && !piece.span.is_empty());
                end = piece.span.end;
            }
        }

        #[test]
        fn a_stray_mark_changes_no_other_paragraph(at in 0_usize..60, mark in proptest::sample::select(&["\"", "“", "”", "'", "(", ")", "»"][..])) {
            let paragraphs = [
                "The council met on Monday. It voted twice.", "\"The road is gone,\" Field said. \"It will take a year.\"",
                "Nobody clapped. The mayor, who was late, sat down (at the back). She left early.",
            ];
            let mut stray = paragraphs[1].to_owned();
            stray.insert_str(at.min(stray.len()), mark);
            let cut = |middle: &str| {
                let text = ["A headline for the day", paragraphs[0], middle, paragraphs[2]].join("\n\n");
                let structure = segment(&tokenize(&text), false);
                let of = |n: usize| -> Vec<String> {
                    let own = structure.sentences.iter().filter(|s| s.block == n);
                    own.map(|s| s.span.of(&text).to_owned()).collect()
                };
                (of(1), of(3))
            };
            prop_assert_eq!(cut(paragraphs[1]), cut(&stray));
        }
    }
}
