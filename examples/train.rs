//! Fits the models that ship with the package, or one of them: `names` or `quotes`.
//!
//! ```sh
//! cargo run --release --no-default-features --features train --example train -- DATA src/model [quotes]
//! ```

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err(
            "expected the folder of the data, the folder for the models and, if one alone is to be fitted, its name"
                .into(),
        );
    };
    let only = arguments.next();
    if let Some(only) = only.as_ref().filter(|o| !["names", "quotes"].iter().any(|name| o.as_os_str() == *name)) {
        return Err(format!("expected names or quotes as the model to be fitted, found {}", only.display()).into());
    }
    let wanted = |name: &str| only.as_ref().is_none_or(|o| o.as_os_str() == name);
    if wanted("names") {
        let names = pullquote::train::names(&data.join("entities/worldwide.train.jsonl"))?;
        std::fs::write(out.join("names.bin"), names.to_bytes())?;
    }
    if wanted("quotes") {
        let tagger = pullquote::names::Tagger::from_bytes(&std::fs::read(out.join("names.bin"))?)?;
        let quotes = pullquote::train::quotes(&data.join("quotes/polnear.train.jsonl"), &tagger)?;
        std::fs::write(out.join("quotes.bin"), quotes.to_bytes())?;
    }
    Ok(())
}
