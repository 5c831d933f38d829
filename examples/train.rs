//! Fits the models that ship with the package.
//!
//! ```sh
//! cargo run --release --no-default-features --features train --example train -- DATA src/model
//! ```

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("expected two arguments: the folder of the data and the folder for the models".into());
    };
    let (first, second) = pullquote::train::names(&data.join("entities/worldwide.train.jsonl"))?;
    let (first, second) = (first.to_bytes(), second.to_bytes());
    std::fs::write(out.join("names_first.bin"), &first)?;
    std::fs::write(out.join("names_second.bin"), &second)?;
    let tagger = pullquote::names::Tagger::from_bytes(&first, &second)?;
    let model = pullquote::train::quotes(&data.join("quotes/polnear.train.jsonl"), &tagger)?;
    std::fs::write(out.join("quotes.bin"), model.to_bytes())?;
    Ok(())
}
