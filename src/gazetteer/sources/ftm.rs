//! Entities of `FollowTheMoney` in, records out.

use super::{Checked, json_problem};
use crate::article::EntityType;
use crate::gazetteer::Record;
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: String,
    schema: String,
    caption: Option<String>,
    #[serde(default)]
    properties: Properties,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Properties {
    name: Vec<String>,
    alias: Vec<String>,
    weak_alias: Vec<String>,
    previous_name: Vec<String>,
    abbreviation: Vec<String>,
    country: Vec<String>,
    nationality: Vec<String>,
    position: Vec<String>,
    gender: Vec<String>,
}

/// The entity's record; none for addresses, payments and other things without a name in the news.
pub(super) fn record(line: &[u8]) -> Checked<Option<Record>> {
    let row: Row = serde_json::from_slice(line).map_err(|error| json_problem(&error))?;
    let kind = match row.schema.as_str() {
        "Person" => Some(EntityType::Person),
        "Organization" | "Company" | "PublicBody" => Some(EntityType::Organization),
        "LegalEntity" => None,
        "Vessel" | "Airplane" | "Vehicle" | "CryptoWallet" | "Security" | "Project" | "Event" => Some(EntityType::Misc),
        _ => return Ok(None),
    };
    let Properties { mut name, alias, weak_alias, previous_name, abbreviation, country, nationality, position, gender } =
        row.properties;
    let first = row.caption.or_else(|| name.first().cloned()).unwrap_or_default();
    name.extend(alias);
    name.extend(previous_name);
    name.extend(abbreviation);
    Ok(Some(Record {
        id: row.id,
        name: first,
        aliases: name,
        weak_aliases: weak_alias,
        kind,
        country: country.into_iter().chain(nationality).next(),
        roles: position,
        gender: gender.into_iter().next(),
        prior: None,
    }))
}
