//! What holds of every article, whatever its text.

use proptest::prelude::*;
use pullquote::Pipeline;
use pullquote::article::Article;

fn check(article: &Article<'_>) {
    let length = article.text.chars().count() as u32;
    let whole = |start: u32, end: u32| assert!(start < end && end <= length, "{start}..{end} of {length}");
    let mut last = 0;
    for block in &article.blocks {
        whole(block.start, block.end);
        assert!(block.start >= last, "blocks overlap");
        last = block.end;
    }
    last = 0;
    for sentence in &article.sentences {
        whole(sentence.start, sentence.end);
        let block = &article.blocks[sentence.block as usize];
        assert!(block.start <= sentence.start && sentence.end <= block.end && sentence.start >= last);
        last = sentence.end;
    }
    let shows =
        |c: &char| !(c.is_whitespace() || c.is_control() || "\u{200B}\u{2060}\u{FEFF}\u{200E}\u{200F}".contains(*c));
    for pair in article.sentences.windows(2).filter(|w| w[0].block == w[1].block) {
        let between = article.text.chars().skip(pair[0].end as usize).take((pair[1].start - pair[0].end) as usize);
        assert!(!between.clone().any(|c| shows(&c)), "{:?} is in no sentence", between.collect::<String>());
    }
    for quote in &article.quotes {
        quote.spans.iter().for_each(|s| whole(s.start, s.end));
        assert!(quote.spans.windows(2).all(|w| w[0].end <= w[1].start), "pieces overlap");
        assert!(quote.parent.is_none_or(|p| p != quote.id && (p as usize) < article.quotes.len()));
        assert!(quote.entity.is_none_or(|e| (e as usize) < article.entities.len()));
        if let Some(speaker) = &quote.speaker {
            whole(speaker.start, speaker.end);
            assert!(speaker.phrase.start <= speaker.start && speaker.end <= speaker.phrase.end);
            let text: String = article
                .text
                .chars()
                .skip(speaker.start as usize)
                .take((speaker.end - speaker.start) as usize)
                .collect();
            assert_eq!(text, speaker.text);
        }
    }
    for mention in &article.mentions {
        whole(mention.start, mention.end);
        assert!(mention.entity.is_none_or(|e| (e as usize) < article.entities.len()));
    }
}

/// Pieces of news text that meet in odd orders.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n\n",
        "\n",
        " ",
        ", ",
        ". ",
        "\"",
        "“",
        "”",
        "‘",
        "’",
        "'",
        " — ",
        ": ",
        " (",
        ") ",
        "said",
        "Ana Ortiz",
        "Ortiz",
        "he",
        "she",
        "the minister",
        "according to",
        "that",
        "told reporters",
        "Moscow",
        "MOSCOW, April 6. /TASS/.",
        "By Ann Poe",
        "prices fell",
        "U.S.",
        "Inc.",
        "who",
        "and",
        "added",
        "-",
        "«",
        "»",
        "…",
        "?",
        "!",
        "北京",
        "é",
        "\u{00A0}",
        "5.2",
        "’s",
        "İ",
        "LEE:",
        "Q:",
    ]);
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.join(if pieces.len() % 2 == 0 { " " } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn hold_for_any_text(text in any::<String>()) {
        check(&Pipeline::default().parse(text.as_str()).expect("a short text"));
    }

    #[test]
    fn hold_for_pieces_of_news(text in newsy()) {
        check(&Pipeline::default().parse(text.as_str()).expect("a short text"));
    }
}
