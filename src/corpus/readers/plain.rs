//! A file of text in, one row out; the id is its name.

use super::{Read1, Reading, Row, Source, bad, file_error};
use crate::article::ArticleId;
use crate::corpus::decode::decode;
use crate::error::Result;
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The one row.
pub fn rows(source: &Source, file: Arc<str>, reading: &Reading) -> Result<std::iter::Once<Read1>> {
    if source.bytes > reading.max_row_bytes as u64 {
        return Ok(std::iter::once(Ok(Err(bad(&file, 0, reading.too_long())))));
    }
    let path = source.path.clone().unwrap_or_default();
    let bytes = std::fs::read(path).map_err(|e| file_error(&file, e))?;
    reading.control.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    let row = match decode(&bytes) {
        Ok(text) => Ok(Row {
            text: Some(text.into_owned()),
            id: Some(ArticleId::Str(Cow::Owned(source.id.clone()))),
            file,
            ..Row::default()
        }),
        Err(problem) => Err(bad(&file, 0, problem)),
    };
    Ok(std::iter::once(Ok(row)))
}
