//! Rules on the source itself.

use std::path::{Path, PathBuf};

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn the_core_never_names_python() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 20);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        let inside = file.starts_with(root.join("python")) || file.ends_with("lib.rs");
        assert!(inside || !text.contains("pyo3"), "{} names pyo3", file.display());
        let lines = text.lines().count();
        assert!(lines <= 600, "{} has {lines} lines: is it still one concept?", file.display());
        assert!(text.starts_with("//!"), "{} does not say what flows in and out", file.display());
    }
}
