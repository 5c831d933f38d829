//! Keywords of flashtext in, records out.

use super::lines::{Lines, is_packed, open};
use super::{Rows, file_error, json_problem};
use crate::error::Result;
use crate::gazetteer::Record;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

/// Reads a file; see [`Gazetteer::from_flashtext`](crate::gazetteer::Gazetteer::from_flashtext).
pub(super) fn read(path: &Path, rows: &mut Rows<'_>) -> Result<()> {
    let inner = Path::new(if is_packed(path) { path.file_stem().unwrap_or_default() } else { path.as_os_str() });
    if inner.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        let mut bytes = Vec::new();
        open(path)?.read_to_end(&mut bytes).map_err(|error| file_error(path, error))?;
        let clean: BTreeMap<String, Vec<String>> = serde_json::from_slice(&bytes).map_err(|error| {
            rows.error(
                error.line() as u64,
                format!("{}; expected {{\"name\": [\"keyword\", …]}}", json_problem(&error)),
            )
        })?;
        for (name, aliases) in clean {
            rows.add(1, Ok(Record { name, aliases, ..Record::default() }))?;
        }
        return Ok(());
    }
    // One record a name, in the order of their first lines.
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut records: Vec<(u64, Record)> = Vec::new();
    Lines::open(path)?.each(|line, content| {
        let Ok(content) = std::str::from_utf8(content) else {
            return rows.add(line, Err::<Record, _>("a line that is not UTF-8".to_owned()));
        };
        let (keyword, name) = content.split_once("=>").unwrap_or((content, content));
        let (keyword, name) = (keyword.trim().to_owned(), name.trim().to_owned());
        let at = *names.entry(name.clone()).or_insert(records.len());
        if at == records.len() {
            records.push((line, Record { name, ..Record::default() }));
        }
        records[at].1.aliases.push(keyword);
        Ok(())
    })?;
    for (line, record) in records {
        rows.add(line, Ok(record))?;
    }
    Ok(())
}
