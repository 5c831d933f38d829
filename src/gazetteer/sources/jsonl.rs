//! JSON lines in, records out.

use super::{Checked, entity_type, json_problem, parts};
use crate::gazetteer::Record;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or a whole number")]
enum Id {
    Text(String),
    Number(i64),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a string or a list of strings")]
enum Many {
    One(String),
    List(Vec<String>),
}

impl Many {
    fn parts(many: Option<Self>) -> Vec<String> {
        match many {
            None => Vec::new(),
            Some(Self::One(text)) => parts(&text),
            Some(Self::List(list)) => list,
        }
    }
}

#[derive(Deserialize)]
struct Row {
    id: Option<Id>,
    name: Option<String>,
    aliases: Option<Many>,
    weak_aliases: Option<Many>,
    #[serde(rename = "type")]
    kind: Option<String>,
    country: Option<String>,
    roles: Option<Many>,
    gender: Option<String>,
    prior: Option<f32>,
}

/// The record of a line; see [`Gazetteer::from_jsonl`](crate::gazetteer::Gazetteer::from_jsonl).
pub(super) fn record(line: &[u8]) -> Checked<Record> {
    let row: Row = serde_json::from_slice(line).map_err(|error| json_problem(&error))?;
    let id = match row.id {
        None => String::new(),
        Some(Id::Text(text)) => text,
        Some(Id::Number(number)) => number.to_string(),
    };
    Ok(Record {
        id,
        name: row.name.unwrap_or_default(),
        aliases: Many::parts(row.aliases),
        weak_aliases: Many::parts(row.weak_aliases),
        kind: entity_type(row.kind.as_deref().unwrap_or_default())?,
        country: row.country,
        roles: Many::parts(row.roles),
        gender: row.gender,
        prior: row.prior,
    })
}
