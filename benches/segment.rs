//! Speed of the first two stages: tokens, sentences alone, whole segmentation; and that time is linear in one long line.
//!
//! ```sh
//! PULLQUOTE_BENCH_TEXT=corpus.txt cargo bench --no-default-features --bench segment
//! ```
//! Without the variable the project's own articles are read, as often as fills a few megabytes.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pullquote::lang::Language;
use pullquote::segment::{Options, segment, sentences};
use pullquote::text::tokenize;
use std::hint::black_box;
use std::path::Path;

const ENOUGH: usize = 3 << 20;

fn corpus() -> String {
    if let Ok(path) = std::env::var("PULLQUOTE_BENCH_TEXT") {
        return std::fs::read_to_string(path).expect("PULLQUOTE_BENCH_TEXT names a UTF-8 file");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let mut files: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).collect();
    files.sort();
    let articles: Vec<_> = files.iter().filter_map(|f| std::fs::read_to_string(f).ok()).collect();
    let once = articles.join("\n\n");
    assert!(!once.is_empty(), "examples/articles has no articles");
    once.repeat(ENOUGH / once.len() + 1)
}

/// The articles of a corpus, as they come to the pipeline: a few kilobytes each.
fn articles(corpus: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = corpus;
    while rest.len() > 4096 {
        let at = rest.match_indices("\n\n").map(|(i, _)| i).find(|&i| i > 2048).unwrap_or(rest.len());
        let (article, tail) = rest.split_at(at);
        found.push(article);
        rest = tail;
    }
    found.push(rest);
    found
}

fn speed(c: &mut Criterion) {
    let corpus = corpus();
    let articles = articles(&corpus);
    let mut group = c.benchmark_group("segment");
    group.sample_size(10).throughput(Throughput::Bytes(corpus.len() as u64));
    group.bench_function("tokens", |b| {
        b.iter(|| articles.iter().map(|a| tokenize(black_box(a)).len()).sum::<usize>());
    });
    group.bench_function("sentences", |b| {
        b.iter(|| articles.iter().map(|a| sentences(black_box(a), Language::English).len()).sum::<usize>());
    });
    group.bench_function("whole", |b| {
        let structure = |a: &&str| segment(&tokenize(black_box(a)), Options::default()).sentences.len();
        b.iter(|| articles.iter().map(structure).sum::<usize>());
    });
    group.finish();
}

fn one_line(c: &mut Criterion) {
    let line = corpus().replace(['\n', '\r'], " ");
    let mut group = c.benchmark_group("one_line");
    group.sample_size(10);
    for megabytes in [1, 10, 100] {
        let size = megabytes << 20;
        let text = line.repeat(size / line.len() + 1);
        let end = (0..=size).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let text = &text[..end];
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(format!("{megabytes} MB")), text, |b, text| {
            b.iter(|| segment(&tokenize(black_box(text)), Options::default()).sentences.len());
        });
    }
    group.finish();
}

criterion_group!(benches, speed, one_line);
criterion_main!(benches);
