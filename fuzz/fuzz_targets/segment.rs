//! Bytes in, a panic out where the structure of the text breaks a promise: spans in order, inside their block, without
//! overlap; only white space between the sentences of a block; a stray mark that reaches another paragraph.
//!
//! ```sh
//! cargo +nightly fuzz run segment -- -max_len=2048 -dict=fuzz/news.dict -max_total_time=600
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::article::Role;
use pullquote::lang::{LANGUAGES, Language};
use pullquote::segment::{Options, Structure, segment, sentences, split};
use pullquote::span::Span;
use pullquote::text::{Tokens, tokenize};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, data)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(data);
    let language = LANGUAGES.get(usize::from(choice >> 1)).copied();
    let options = Options { body_only: choice & 1 == 1, language };
    let tokens = tokenize(&text);
    tokens_hold(&tokens);
    structure_holds(&text, &segment(&tokens, options));
    in_order(&text, sentences(&text, language.unwrap_or_default()));
    in_order(&text, split(&text).into_iter().map(|piece| piece.span));
    stray_marks_stay(&text, language.unwrap_or_default());
});

/// What may lie between two sentences of a block, or between two tokens.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\u{200B}\u{2060}\u{FEFF}\u{200E}\u{200F}".contains(c) || is_direction(c)
}

/// Marks of writing direction, which show nothing.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn in_order(text: &str, spans: impl IntoIterator<Item = Span>) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end && !span.is_empty() && !span.of(text).is_empty(), "{span:?} after {end}");
        end = span.end;
    }
}

fn tokens_hold(tokens: &Tokens<'_>) {
    in_order(tokens.text, tokens.list.iter().map(|t| t.span));
    let mut end = 0;
    for token in &tokens.list {
        let between = &tokens.text[end..token.span.start as usize];
        assert!(between.chars().all(is_blank), "{between:?} is in no token");
        end = token.span.end as usize;
    }
}

fn structure_holds(text: &str, structure: &Structure) {
    in_order(text, structure.blocks.iter().map(|b| b.span));
    in_order(text, structure.sentences.iter().map(|s| s.span));
    in_order(text, structure.datelines.iter().map(|d| d.span));
    for pair in structure.sentences.windows(2).filter(|w| w[0].block == w[1].block) {
        let between = &text[pair[0].span.end as usize..pair[1].span.start as usize];
        assert!(between.chars().all(is_blank), "{between:?} is in no sentence");
    }
    for sentence in &structure.sentences {
        let block = &structure.blocks[sentence.block];
        assert!(block.span.contains(sentence.span) && block.role.is_prose());
        assert!(block.tokens.start <= sentence.tokens.start && sentence.tokens.end <= block.tokens.end);
    }
    for dateline in &structure.datelines {
        let parts = [dateline.place, dateline.date, dateline.agency];
        assert!(parts.into_iter().flatten().all(|part| dateline.span.contains(part)));
    }
}

const FIRST: &str = "The council met on Monday. It voted twice, and \"nobody,\" Field said, \"clapped.\" Then it rose.";
const LAST: &str = "Nobody went home. The mayor, who was late, sat down (at the back). \"Ready?\" Smith asked. She left.";

/// A paragraph with and without a mark: the paragraphs around it have the same sentences.
fn stray_marks_stay(text: &str, language: Language) {
    let line: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}')).collect();
    let middle = (0..=line.len() / 2).rev().find(|&i| line.is_char_boundary(i)).unwrap_or(0);
    let around = |line: &str| {
        let text = ["A headline for a day like this", FIRST, line, LAST].join("\n\n");
        let structure = segment(&tokenize(&text), Options { body_only: false, language: Some(language) });
        [FIRST, LAST].map(|paragraph| {
            let at = if paragraph == FIRST { text.find(FIRST) } else { text.rfind(LAST) }.unwrap_or(0) as u32;
            let span = Span { start: at, end: at + paragraph.len() as u32 };
            let own = structure.sentences.iter().filter(|s| span.overlaps(s.span));
            let prose = structure.blocks.iter().any(|b| b.role != Role::Headline && b.span.overlaps(span));
            (prose, own.map(|s| s.span.of(&text).to_owned()).collect::<Vec<_>>())
        })
    };
    let plain = around(&line);
    for mark in ["\"", "\u{201C}", "\u{2019}", "(", "\u{BB}"] {
        let stray = format!("{}{mark}{}", &line[..middle], &line[middle..]);
        assert_eq!(plain, around(&stray), "{mark} in {line:?}");
    }
}
