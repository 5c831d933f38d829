//! What a job has finished, on disk beside its parts: read when it is resumed, replaced after every part.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The state of a job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version that wrote it.
    pub version: String,
    /// Everything that the results depend on.
    pub configuration: String,
    /// Whether the job is done.
    pub complete: bool,
    /// The finished parts, in order.
    pub parts: Vec<Part>,
}

/// A finished part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Batches of the input in it.
    pub batches: u64,
    /// Rows read.
    pub articles: u64,
    /// Rows that became errors.
    pub errors: u64,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
}

impl Manifest {
    /// The manifest of a shard in a folder: `manifest.json`, or `manifest-0of4.json`.
    pub fn path(out: &Path, shard: (u32, u32)) -> PathBuf {
        match shard {
            (_, 1) => out.join("manifest.json"),
            (i, n) => out.join(format!("manifest-{i}of{n}.json")),
        }
    }

    /// The manifest of an earlier run, or a new one.
    ///
    /// # Errors
    /// One that cannot be read, or of another configuration.
    pub fn resume(path: &Path, configuration: &str, resume: bool) -> Result<Self> {
        let new = Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            configuration: configuration.to_owned(),
            ..Self::default()
        };
        if !resume || !path.exists() {
            return Ok(new);
        }
        let problem = |problem: String| Error::Input { place: path.display().to_string(), problem };
        let bytes = std::fs::read(path).map_err(|e| problem(e.to_string()))?;
        let old: Self = serde_json::from_slice(&bytes).map_err(|e| problem(format!("not a manifest: {e}")))?;
        if (&old.version, &old.configuration) == (&new.version, &new.configuration) {
            return Ok(old);
        }
        Err(problem(format!(
            "this folder holds the results of another job ({} with {}), expected {} with {}: choose another folder, or \
             resume=False to begin anew",
            old.version, old.configuration, new.version, new.configuration
        )))
    }

    /// Writes it beside and renames it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let problem = |source| Error::File { path: path.display().to_string(), source };
        let beside = path.with_extension("json.part");
        let json = serde_json::to_vec_pretty(self).map_err(|e| problem(e.into()))?;
        std::fs::write(&beside, json).map_err(problem)?;
        std::fs::rename(&beside, path).map_err(problem)
    }
}
