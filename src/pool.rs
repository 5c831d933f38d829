//! Threads for many articles: one pool for each process and size, and the word that stops the work.
//!
//! Threads do not survive `fork`, so a pool belongs to the process that made it; a child makes its own at first use
//! and leaves the parent's alone.

use crate::error::{Error, Result};
use rayon::ThreadPool;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

struct Known {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static POOLS: Mutex<Vec<Known>> = Mutex::new(Vec::new());

/// The pool of this process with `n_threads` threads; one a core where none is given.
///
/// # Errors
/// The system gives no threads.
pub fn pool(n_threads: Option<NonZeroUsize>) -> Result<Arc<ThreadPool>> {
    let threads = n_threads.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let process = std::process::id();
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = pools.iter().find(|k| k.process == process && k.threads == threads) {
        return Ok(Arc::clone(&known.pool));
    }
    let built = rayon::ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("pullquote-{i}")).build();
    let problem = |e: rayon::ThreadPoolBuildError| Error::File {
        path: format!("{threads} threads"),
        source: std::io::Error::other(e.to_string()),
    };
    let pool = Arc::new(built.map_err(problem)?);
    pools.push(Known { process, threads, pool: Arc::clone(&pool) });
    Ok(pool)
}

/// What the threads of a job share with whoever waits for it: how far it is, and whether to go on.
#[derive(Debug, Default)]
pub struct Control {
    cancelled: AtomicBool,
    /// Articles done, errors among them.
    pub articles: AtomicU64,
    /// Articles that became errors.
    pub errors: AtomicU64,
    /// Bytes of the input done: of the files as they lie on the disk, or of the texts in memory.
    pub bytes: AtomicU64,
}

impl Control {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// [`Error::Interrupted`] once the work was asked to stop.
    ///
    /// # Errors
    /// That one.
    pub fn check(&self) -> Result<()> {
        if self.cancelled.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pool_a_size() {
        let [a, b, c] = [1, 1, 2].map(|n| pool(NonZeroUsize::new(n)).unwrap());
        assert!(Arc::ptr_eq(&a, &b));
        assert_eq!((a.current_num_threads(), c.current_num_threads()), (1, 2));
    }

    #[test]
    fn stops_when_asked() {
        let control = Control::default();
        assert!(control.check().is_ok());
        control.cancel();
        assert!(matches!(control.check(), Err(Error::Interrupted)));
    }
}
