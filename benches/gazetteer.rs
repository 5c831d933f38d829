//! How fast gazetteers of 1k, 100k and 1M aliases are built and matched.
//!
//! ```sh
//! cargo bench --no-default-features --bench gazetteer
//! PULLQUOTE_BENCH_TEXT=news.txt PULLQUOTE_BENCH_NAMES=names.txt cargo bench --no-default-features --bench gazetteer
//! ```
//!
//! `match` is over tokens that are made already, as in the pipeline; `tokenize_and_match` makes them within.
//!
//! The text is `examples/articles`, or the file of the variable; the names are made up from parts by a seeded generator, or
//! the lines of the variable's file.

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use pullquote::gazetteer::{Gazetteer, Mode, Record, Scratch};
use pullquote::text::tokenize;
use std::hint::black_box;

/// A generator that gives the same numbers everywhere.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize * n) >> 31
    }

    fn pick<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts[self.below(parts.len())]
    }

    fn word(&mut self) -> String {
        const HEADS: &[&str] = &[
            "Al", "Ban", "Car", "Dor", "El", "Fen", "Gar", "Hol", "In", "Jor", "Kan", "Lor", "Mar", "Nor", "Or", "Pet",
            "Ros", "San", "Tor", "Ul", "Ver", "Wil", "Yan", "Zel", "Ami", "Bre", "Che", "Dra",
        ];
        const MIDDLES: &[&str] =
            &["", "a", "e", "i", "o", "an", "en", "in", "er", "ar", "il", "ov", "el", "ad", "uk", "ist"];
        const ENDS: &[&str] = &[
            "son", "man", "ton", "ez", "ova", "ski", "ley", "berg", "ia", "o", "ing", "well", "ford", "er", "ic", "u",
            "ham", "stein", "a", "as", "is", "our",
        ];
        format!("{}{}{}{}", self.pick(HEADS), self.pick(MIDDLES), self.pick(MIDDLES), self.pick(ENDS))
    }

    fn name(&mut self) -> String {
        match self.below(10) {
            0 => self.word(),
            1..7 => format!("{} {}", self.word(), self.word()),
            7 => format!("{} {}. {}", self.word(), char::from(b'A' + self.below(26) as u8), self.word()),
            8 => format!("{} of {}", self.word(), self.word()),
            _ => format!("{}-{} {}", self.word(), self.word(), self.word()),
        }
    }
}

fn names(count: usize) -> Vec<String> {
    let mut seeded = Seeded(7);
    let given = std::env::var("PULLQUOTE_BENCH_NAMES")
        .map(|path| std::fs::read_to_string(path).expect("the file of names can be read"));
    match &given {
        Ok(list) => list.lines().take(count).map(str::to_owned).collect(),
        Err(_) => (0..count).map(|_| seeded.name()).collect(),
    }
}

fn text() -> String {
    if let Ok(path) = std::env::var("PULLQUOTE_BENCH_TEXT") {
        return std::fs::read_to_string(path).expect("the file of the text can be read");
    }
    let Ok(folder) = std::fs::read_dir("examples/articles") else { return made_up() };
    let mut paths: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let once: String = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    once.repeat(2_000_000 / once.len().max(1) + 1)
}

/// Where there is no news at hand: small words, a name now and then.
fn made_up() -> String {
    let mut seeded = Seeded(11);
    let mut text = String::new();
    while text.len() < 2_000_000 {
        let small = ["the", "said", "of", "in", "a", "market", "would", "officials", "on", "prices", "that", "report"];
        let word = if seeded.below(7) == 0 { seeded.word() } else { seeded.pick(&small).to_owned() };
        text.push_str(&word);
        text.push_str(if seeded.below(12) == 0 { ". " } else { " " });
    }
    text
}

fn bench(c: &mut Criterion) {
    let text = text();
    let bytes = Throughput::Bytes(text.len() as u64);
    let mut group = c.benchmark_group("gazetteer");
    group.sample_size(10);
    group.throughput(bytes);
    group.bench_function("tokenize", |b| b.iter(|| tokenize(black_box(&text)).len()));
    let tokens = tokenize(&text);
    for (label, count) in [("1k", 1_000), ("100k", 100_000), ("1M", 1_000_000)] {
        let names = names(count);
        let records =
            || names.iter().map(|name| Record { name: name.clone(), ..Record::default() }).collect::<Vec<_>>();
        let kb = Gazetteer::from_records(records()).expect("every name is good");
        let mut scratch = Scratch::default();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("match/{label}"), |b| {
            b.iter(|| {
                let mut hits = 0;
                kb.each_match(black_box(&tokens), Mode::Longest, &mut scratch, |_| hits += 1).expect("in memory");
                hits
            });
        });
        group.bench_function(format!("tokenize_and_match/{label}"), |b| {
            b.iter(|| {
                let (tokens, mut hits) = (tokenize(black_box(&text)), 0);
                kb.each_match(&tokens, Mode::Longest, &mut scratch, |_| hits += 1).expect("in memory");
                hits
            });
        });
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(format!("build/{label}"), |b| {
            b.iter_batched(
                records,
                |records| Gazetteer::from_records(records).map(|kb| kb.len()),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
