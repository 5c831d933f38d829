//! Reads `tests/cases/*.md` (see the README there) and holds every case against its expectations.

mod check;
mod format;

use format::Case;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn files() -> Vec<String> {
    let entries = std::fs::read_dir(folder()).expect("tests/cases");
    let names = entries.map(|e| e.expect("entry").file_name().into_string().expect("a UTF-8 file name"));
    let mut files: Vec<String> =
        names.filter(|n| Path::new(n).extension().is_some_and(|e| e == "md") && n != "README.md").collect();
    files.sort();
    files
}

/// Every case holds, but for those that `known.txt` lists; and each of those still fails.
#[test]
fn all_cases_hold() {
    let known: BTreeSet<String> =
        read("known.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(str::to_owned).collect();
    let (mut failing, mut total, mut report) = (BTreeSet::new(), 0, String::new());
    for file in files() {
        let cases = format::cases(&read(&file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        let (count, before) = (cases.len(), failing.len());
        for case in cases {
            total += 1;
            let key = format!("{file}: {}", case.heading);
            let wrong = wrong(&case);
            if !wrong.is_empty() {
                if !known.contains(&key) {
                    report.extend([key.as_str(), "\n    ", &wrong.join("\n    "), "\n"]);
                }
                failing.insert(key);
            }
        }
        println!("{file}: {} of {count} hold", count - (failing.len() - before));
    }
    if let Ok(path) = std::env::var("PULLQUOTE_WRITE_KNOWN") {
        let list: Vec<&str> = failing.iter().map(String::as_str).collect();
        std::fs::write(path, list.join("\n") + "\n").expect("write");
    }
    for key in known.difference(&failing) {
        report.extend([key.as_str(), "\n    holds now, or is gone: take it off known.txt\n"]);
    }
    assert!(total > 0, "no cases found");
    assert!(report.is_empty(), "\n{report}");
}

fn wrong(case: &Case) -> Vec<String> {
    let outcome = check::Outcome::of(case);
    let lines = case.expectations.iter().filter_map(|e| outcome.check(e).err().map(|why| format!("{e}: {why}")));
    lines.chain(outcome.check_list(&case.expectations).err()).collect()
}
