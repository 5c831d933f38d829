//! Reads rows `{"id", "text"}` from standard input, one a line, and prints each as the JSON of its article.
//!
//! ```sh
//! cargo run --release --example jsonl < articles.jsonl > parsed.jsonl
//! ```

use pullquote::article::ArticleId;
use pullquote::{Input, Pipeline};
use std::borrow::Cow;
use std::io::{BufWriter, Write, stdin, stdout};

#[derive(serde::Deserialize)]
struct Row {
    id: String,
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pipeline = Pipeline::default();
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lines() {
        let row: Row = serde_json::from_str(&line?)?;
        let id = Some(ArticleId::Str(Cow::Owned(row.id)));
        let article = pipeline.parse(Input { text: Cow::Owned(row.text), id, ..Input::default() })?;
        serde_json::to_writer(&mut out, &article)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
