//! What a job has finished, on disk beside its parts: read when it is resumed, replaced after every part.

use super::readers::STANDARD_INPUT;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The state of a job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version that wrote it.
    pub version: String,
    /// A hash of everything that the results depend on: configuration and inputs.
    pub hash: String,
    /// The options.
    pub configuration: String,
    /// The files read.
    pub inputs: Vec<Input>,
    /// Whether the job is done.
    pub complete: bool,
    /// The finished parts, in order.
    pub parts: Vec<Part>,
}

/// A file that is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Input {
    /// Its path.
    pub file: String,
    /// Its size as it lies on the disk.
    pub bytes: u64,
}

fn name((i, n): (u32, u32)) -> String {
    if n == 1 { "manifest.json".to_owned() } else { format!("manifest-{i}of{n}.json") }
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
    /// Nothing is finished yet.
    pub fn new(configuration: String, inputs: Vec<Input>) -> Self {
        let mut hasher = DefaultHasher::new();
        (&configuration, &inputs).hash(&mut hasher);
        let (version, hash) = (env!("CARGO_PKG_VERSION").to_owned(), format!("{:016x}", hasher.finish()));
        Self { version, hash, configuration, inputs, ..Self::default() }
    }

    /// The manifest of a shard in a folder: `manifest.json`, or `manifest-0of4.json`.
    pub fn path(out: &Path, shard: (u32, u32)) -> PathBuf {
        out.join(name(shard))
    }

    /// The manifest of an earlier run of the same job; `self` where there is none, or where the job begins anew.
    ///
    /// # Errors
    /// One that cannot be read, or of another job.
    pub fn resume(out: &Path, shard: (u32, u32), new: Self, resume: bool) -> Result<Self> {
        new.check_others(out, shard, resume)?;
        let path = Self::path(out, shard);
        if !resume || !path.exists() {
            return Ok(new);
        }
        let old = Self::read(&path)?;
        if old.inputs.iter().any(|i| i.file == STANDARD_INPUT) {
            let problem =
                "what came from standard input cannot be compared with what comes now: resume=False to begin \
                           anew, or choose another folder"
                    .to_owned();
            return Err(Error::Input { place: path.display().to_string(), problem });
        }
        new.check_same(&old, &path)?;
        Ok(old)
    }

    fn read(path: &Path) -> Result<Self> {
        let problem = |problem: String| Error::Input { place: path.display().to_string(), problem };
        let bytes = std::fs::read(path).map_err(|e| problem(e.to_string()))?;
        serde_json::from_slice(&bytes).map_err(|e| problem(format!("not a manifest: {e}")))
    }

    fn check_same(&self, old: &Self, path: &Path) -> Result<()> {
        if (&self.version, &self.hash) == (&old.version, &old.hash) {
            return Ok(());
        }
        let differs = if self.version != old.version {
            format!("version {}, expected {}", old.version, self.version)
        } else if self.configuration == old.configuration {
            let input = |i: Option<&Input>| i.map_or("none".to_owned(), |i| format!("{} ({} bytes)", i.file, i.bytes));
            let at = self.inputs.iter().zip(&old.inputs).take_while(|(a, b)| a == b).count();
            format!("input {}, expected {}", input(old.inputs.get(at)), input(self.inputs.get(at)))
        } else {
            format!("{}, expected {}", old.configuration, self.configuration)
        };
        let problem = format!(
            "this folder holds the results of another job: {differs}; choose another folder, or resume=False to begin \
             anew"
        );
        Err(Error::Input { place: path.display().to_string(), problem })
    }

    /// Shards share their folder with the other shards of their job and with nobody else.
    fn check_others(&self, out: &Path, shard: (u32, u32), resume: bool) -> Result<()> {
        let problem = |source| Error::File { path: out.display().to_string(), source };
        let siblings: Vec<String> = (0..shard.1).map(|i| name((i, shard.1))).collect();
        for entry in std::fs::read_dir(out).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let found = path.file_name().unwrap_or_default().to_string_lossy();
            if !(found.starts_with("manifest") && path.extension().is_some_and(|e| e == "json")) {
                continue;
            }
            if !siblings.iter().any(|sibling| *sibling == found) {
                let problem = "this folder holds the results of another cut into shards: choose another folder, or \
                               remove it"
                    .to_owned();
                return Err(Error::Input { place: path.display().to_string(), problem });
            }
            if resume && found != name(shard) {
                self.check_same(&Self::read(&path)?, &path)?;
            }
        }
        Ok(())
    }

    /// Writes it beside and renames it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&self, path: &Path) -> Result<()> {
        let problem = |source| Error::File { path: path.display().to_string(), source };
        let beside = path.with_extension("json.part");
        let json = serde_json::to_vec_pretty(self).map_err(|e| problem(e.into()))?;
        let mut file = std::fs::File::create(&beside).map_err(problem)?;
        file.write_all(&json).and_then(|()| file.sync_data()).map_err(problem)?;
        std::fs::rename(&beside, path).map_err(problem)
    }
}
