//! An article in, its result or an error out, whatever happens: a panic inside one article ends that article alone.

use crate::error::{Error, Result};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// Articles whose text holds the value of this variable panic, so that tests can see what happens then.
const TEST_PANIC: &str = "PULLQUOTE_TEST_PANIC";

/// Does `work`, with a panic turned into [`Error::Panic`].
///
/// # Errors
/// Those of `work`, and [`Error::Panic`].
pub fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // What is shared is only read and what is not is gone: nothing half-changed is left behind.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|cause| Err(Error::Panic(message(cause.as_ref()))))
}

/// Panics where a test asks for it.
pub fn trip(text: &str) {
    static MARK: OnceLock<Option<String>> = OnceLock::new();
    let mark = MARK.get_or_init(|| std::env::var(TEST_PANIC).ok());
    assert!(!mark.as_ref().is_some_and(|mark| text.contains(mark.as_str())), "forced by {TEST_PANIC}");
}

/// What a panic said.
pub fn message(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message").to_owned()
}
