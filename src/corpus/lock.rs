//! A folder of results in, the right to write to it out, for as long as the value lives.
//!
//! The locks are the system's: they end with the process, however it ends, so a dead run blocks nobody.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

/// The right to write a shard's files.
#[derive(Debug)]
pub struct Lock {
    /// Shared by the shards of one job, or held by a whole job alone.
    _folder: File,
    own: File,
}

impl Lock {
    /// Takes the folder: all of it, or one shard beside the others.
    ///
    /// # Errors
    /// Somebody else writes there, or the folder cannot be written.
    pub fn take(out: &Path, (i, n): (u32, u32)) -> Result<Self> {
        let folder = open(out, ".lock")?;
        let own = open(out, &if n == 1 { ".lock-run".to_owned() } else { format!(".lock-{i}of{n}") })?;
        let taken = if n == 1 { folder.try_lock() } else { folder.try_lock_shared() };
        let mut own = match taken.and_then(|()| own.try_lock()) {
            Err(TryLockError::WouldBlock) => return Err(in_use(out, own)),
            // A file system without locks: the job itself is as good as ever.
            Ok(()) | Err(TryLockError::Error(_)) => own,
        };
        // Who it is, for the message of the next; a folder where this fails will say so soon enough.
        let _ = own.set_len(0).and_then(|()| own.write_all(std::process::id().to_string().as_bytes()));
        Ok(Self { _folder: folder, own })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Nothing but the name of its holder; the lock itself ends with the file.
        let _ = self.own.set_len(0);
    }
}

fn open(out: &Path, name: &str) -> Result<File> {
    let path = out.join(name);
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    opened.map_err(|source| Error::File { path: path.display().to_string(), source })
}

fn in_use(out: &Path, mut own: File) -> Error {
    let mut holder = String::new();
    let _ = own.rewind().and_then(|()| own.read_to_string(&mut holder));
    let who = if holder.is_empty() { "another run".to_owned() } else { format!("another run (process {holder})") };
    Error::Input {
        place: out.display().to_string(),
        problem: format!("in use: {who} writes to this folder; wait for it, or choose another folder"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_job_or_several_shards() {
        let out = std::env::temp_dir().join(format!("pullquote-lock-{}", std::process::id()));
        std::fs::create_dir_all(&out).unwrap();
        let whole = Lock::take(&out, (0, 1)).unwrap();
        let message = Lock::take(&out, (0, 1)).unwrap_err().to_string();
        assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
        assert!(Lock::take(&out, (0, 2)).is_err());
        drop(whole);
        let [first, second] = [0, 1].map(|i| Lock::take(&out, (i, 2)).unwrap());
        assert!(Lock::take(&out, (1, 2)).is_err());
        assert!(Lock::take(&out, (0, 1)).is_err());
        drop((first, second));
        assert!(Lock::take(&out, (0, 1)).is_ok());
        std::fs::remove_dir_all(&out).unwrap();
    }
}
