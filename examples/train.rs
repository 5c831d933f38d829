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
    let names = pullquote::train::names(&data.join("entities/worldwide.train.jsonl"))?.to_bytes();
    std::fs::write(out.join("names.bin"), &names)?;
    let tagger = pullquote::names::Tagger::from_bytes(&names)?;
    let model = pullquote::train::quotes(&data.join("quotes/polnear.train.jsonl"), &tagger)?;
    std::fs::write(out.join("quotes.bin"), model.to_bytes())?;
    Ok(())
}
