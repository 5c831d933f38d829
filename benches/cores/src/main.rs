//! Articles in, speeds out: the cores in Rust of pullquote, sentencex and ICU4X over the same texts, on one thread.
//!
//! ```sh
//! cargo run --release --manifest-path benches/cores/Cargo.toml -- articles.jsonl
//! ```
//! Each line of the file is an object with a `text`. Prints one object: MB/s of each core, the best of several runs, and
//! the MB/s of whole segmentation for one document of 1, 10 and 100 MB, with its lines and as one line.

use icu_segmenter::SentenceSegmenter;
use pullquote::lang::Language;
use pullquote::segment::{Options, segment, sentences};
use pullquote::text::tokenize;
use serde_json::{Value, json};
use std::hint::black_box;
use std::time::Instant;

/// How often each is run.
const TIMES: usize = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("expected the name of a file of JSON lines with a \"text\" each")?;
    let mut texts = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        texts.push(row["text"].as_str().ok_or("a line has no \"text\"")?.to_owned());
    }
    let icu = SentenceSegmenter::new(Default::default());
    let speeds = json!({
        "pullquote sentences": speed(&texts, |text| sentences(text, Language::English).len()),
        "pullquote tokens": speed(&texts, |text| tokenize(text).len()),
        "pullquote tokens, blocks, datelines, sentences": speed(&texts, whole),
        "sentencex": speed(&texts, |text| sentencex::segment("en", text).len()),
        "ICU4X": speed(&texts, |text| icu.segment_str(text).count()),
    });
    let document = texts.join("\n\n");
    let line = document.replace(['\n', '\r'], " ");
    let linear = json!({ "document": sizes(&document), "line": sizes(&line) });
    println!("{}", json!({ "speeds": speeds, "linear": linear }));
    Ok(())
}

fn whole(text: &str) -> usize {
    segment(&tokenize(text), Options::default()).sentences.len()
}

/// MB/s of the best run.
fn speed<T: AsRef<str>>(texts: &[T], work: impl Fn(&str) -> usize) -> f64 {
    let bytes: usize = texts.iter().map(|t| t.as_ref().len()).sum();
    let run = || {
        let began = Instant::now();
        black_box(texts.iter().map(|text| work(black_box(text.as_ref()))).sum::<usize>());
        began.elapsed().as_secs_f64()
    };
    bytes as f64 / 1e6 / (0..TIMES).map(|_| run()).fold(f64::INFINITY, f64::min)
}

/// MB/s for one text of 1, 10 and 100 MB.
fn sizes(text: &str) -> Vec<f64> {
    let of = |megabytes: usize| {
        let bytes = megabytes * 1_000_000;
        let mut long = text.repeat(bytes / text.len() + 1);
        long.truncate((0..=bytes).rev().find(|&i| long.is_char_boundary(i)).unwrap_or(0));
        speed(&[long], whole)
    };
    [1, 10, 100].map(of).to_vec()
}
