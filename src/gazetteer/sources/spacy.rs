//! Patterns of spaCy's `EntityRuler` in, records out.

use super::lines::Lines;
use super::{Checked, Rows, entity_type, json_problem};
use crate::article::EntityType;
use crate::error::Result;
use crate::gazetteer::Record;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::path::Path;

/// Reads a file; see [`Gazetteer::from_spacy_patterns`](crate::gazetteer::Gazetteer::from_spacy_patterns).
pub(super) fn read(path: &Path, rows: &mut Rows<'_>) -> Result<()> {
    let mut records: Vec<(u64, Record)> = Vec::new();
    let mut of_id: FxHashMap<(String, String), usize> = FxHashMap::default();
    Lines::open(path)?.each(|line, content| {
        let row = match pattern(content) {
            Ok(row) => row,
            Err(problem) => return rows.add(line, Err::<Record, _>(problem)),
        };
        let alias = row.alias;
        let known = row.id.map(|id| (id, row.label.clone()));
        if let Some(at) = known.as_ref().and_then(|key| of_id.get(key)) {
            records[*at].1.aliases.push(alias);
            return Ok(());
        }
        let id = known.as_ref().map_or_else(String::new, |key| key.0.clone());
        // Labels of one's own are things of some sort.
        let kind = entity_type(&row.label).unwrap_or(Some(EntityType::Misc));
        records.push((line, Record { id, name: alias, kind, ..Record::default() }));
        of_id.extend(known.map(|key| (key, records.len() - 1)));
        Ok(())
    })?;
    for (line, record) in records {
        rows.add(line, Ok(record))?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Row {
    label: String,
    pattern: Value,
    id: Option<String>,
}

struct Pattern {
    label: String,
    alias: String,
    id: Option<String>,
}

fn pattern(line: &[u8]) -> Checked<Pattern> {
    let Row { label, pattern, id } = serde_json::from_slice(line).map_err(|error| json_problem(&error))?;
    let alias = match &pattern {
        Value::String(text) => text.clone(),
        Value::Array(tokens) => joined(tokens)?,
        _ => return Err("the pattern is neither a string nor a list of tokens".to_owned()),
    };
    if alias.trim().is_empty() {
        return Err("an empty pattern".to_owned());
    }
    Ok(Pattern { label, alias, id })
}

/// The tokens of a pattern as one alias.
fn joined(tokens: &[Value]) -> Checked<String> {
    let mut alias = String::new();
    for token in tokens {
        let word = word(token.as_object())?;
        let tight = word.starts_with(['\'', '’', '.', ',', '-']) || alias.ends_with('-');
        if !alias.is_empty() && !tight {
            alias.push(' ');
        }
        alias.push_str(word);
    }
    Ok(alias)
}

fn word(token: Option<&Map<String, Value>>) -> Checked<&str> {
    const KNOWN: [&str; 3] = ["LOWER", "ORTH", "TEXT"];
    let Some(token) = token else { return Err("a token of the pattern is no object".to_owned()) };
    let mut entries = token.iter();
    let (Some((key, value)), None) = (entries.next(), entries.next()) else {
        let keys: Vec<_> = token.keys().map(String::as_str).collect();
        return Err(format!(
            "a token of the pattern asks for {:?}; only one of LOWER, ORTH, TEXT is read",
            keys.join(", ")
        ));
    };
    match value {
        Value::String(word) if KNOWN.contains(&key.as_str()) => Ok(word),
        _ => Err(format!(
            "a token of the pattern asks for {key:?}: {value}; only LOWER, ORTH and TEXT with a string are read"
        )),
    }
}
