//! How fast the sample articles go through each stage and through all of them, on one thread.
//!
//! ```sh
//! cargo bench --no-default-features
//! ```

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use pullquote::lang::lexicon;
use pullquote::text::tokenize;
use pullquote::{Depth, Pipeline, names, quotes, segment};
use std::hint::black_box;

/// The sample articles.
fn articles() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the sample articles").filter_map(|e| Some(e.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")).collect()
}

fn stages(criterion: &mut Criterion) {
    let texts = articles();
    let mut group = criterion.benchmark_group("articles");
    group.throughput(Throughput::Bytes(texts.iter().map(String::len).sum::<usize>() as u64));
    one_by_one(&mut group, &texts);
    for (name, depth) in [("structure", Depth::Structure), ("whole", Depth::Entities)] {
        let pipeline = Pipeline::default();
        group.bench_function(name, |b| {
            b.iter(|| {
                for text in &texts {
                    black_box(pipeline.parse_to(text.as_str(), depth).expect("an article"));
                }
            });
        });
    }
    group.finish();
}

/// Each stage alone, on what the stages before it found.
fn one_by_one(group: &mut BenchmarkGroup<'_, WallTime>, texts: &[String]) {
    group.bench_function("1 tokens", |b| {
        b.iter(|| texts.iter().for_each(|text| drop(black_box(tokenize(text)))));
    });
    let found: Vec<_> = texts
        .iter()
        .map(|text| {
            let tokens = tokenize(text);
            let structure = segment::segment(&tokens, false);
            let classes = lexicon().classify(&tokens);
            let names = names::find(&tokens, &classes, &structure, &[]);
            (tokens, structure, classes, names)
        })
        .collect();
    group.bench_function("2 segment", |b| {
        b.iter(|| found.iter().for_each(|(tokens, ..)| drop(black_box(segment::segment(tokens, false)))));
    });
    group.bench_function("3 names", |b| {
        b.iter(|| {
            for (tokens, structure, classes, _) in &found {
                black_box(names::find(tokens, classes, structure, &[]));
            }
        });
    });
    group.bench_function("4 quotes", |b| {
        b.iter(|| {
            for (tokens, structure, classes, names) in &found {
                black_box(quotes::find(tokens, classes, structure, names, quotes::Wanted::All));
            }
        });
    });
}

criterion_group!(benches, stages);
criterion_main!(benches);
