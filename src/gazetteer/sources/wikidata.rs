//! Wikidata entities in, records out.

use super::{Checked, json_problem};
use crate::article::EntityType;
use crate::gazetteer::Record;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Row {
    id: String,
    #[serde(default, deserialize_with = "or_empty_list")]
    labels: BTreeMap<String, Text>,
    #[serde(default, deserialize_with = "or_empty_list")]
    aliases: BTreeMap<String, Vec<Text>>,
    #[serde(default, deserialize_with = "or_empty_list")]
    claims: Claims,
    #[serde(default, deserialize_with = "or_empty_list")]
    sitelinks: BTreeMap<String, Value>,
}

/// The dumps write an empty object as an empty list.
fn or_empty_list<'de, T, D>(deserializer: D) -> std::result::Result<T, D::Error>
where
    T: Default + Deserialize<'de>,
    D: Deserializer<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected an object")]
    enum Either<T> {
        Object(T),
        Empty([IgnoredAny; 0]),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Object(object) => object,
        Either::Empty(_) => T::default(),
    })
}

#[derive(Deserialize)]
struct Text {
    value: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Claims {
    #[serde(rename = "P31")]
    instance_of: Vec<Claim>,
    #[serde(rename = "P21")]
    gender: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    mainsnak: Snak,
}

#[derive(Deserialize)]
struct Snak {
    datavalue: Option<DataValue>,
}

#[derive(Deserialize)]
struct DataValue {
    value: Item,
}

#[derive(Deserialize)]
struct Item {
    id: String,
}

fn items(claims: &[Claim]) -> impl Iterator<Item = &str> {
    claims.iter().filter_map(|claim| Some(claim.mainsnak.datavalue.as_ref()?.value.id.as_str()))
}

/// The entity's record; none without a label in these languages.
pub(super) fn record(line: &[u8], languages: &[&str]) -> Checked<Option<Record>> {
    // A dump is one list, an entity a line.
    let line = line.strip_suffix(b",").unwrap_or(line);
    if matches!(line, b"[" | b"]") {
        return Ok(None);
    }
    let mut row: Row = serde_json::from_slice(line).map_err(|error| json_problem(&error))?;
    let mut names: Vec<String> = languages.iter().filter_map(|&l| row.labels.remove(l)).map(|l| l.value).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let others = languages.iter().filter_map(|&l| row.aliases.remove(l)).flatten().map(|alias| alias.value);
    names.extend(others);
    let name = names.remove(0);
    let gender = items(&row.claims.gender).find_map(|item| match item {
        "Q6581097" | "Q2449503" => Some("male".to_owned()),
        "Q6581072" | "Q1052281" => Some("female".to_owned()),
        _ => None,
    });
    Ok(Some(Record {
        id: row.id,
        name,
        aliases: names,
        kind: items(&row.claims.instance_of).find_map(kind_of),
        gender,
        prior: Some(row.sitelinks.len() as f32),
        ..Record::default()
    }))
}

/// The type of what is an instance of this class; none for classes that are not in the news often.
fn kind_of(class: &str) -> Option<EntityType> {
    Some(match class {
        "Q5" => EntityType::Person,
        // Organizations, businesses, parties, clubs, schools, agencies, media, bands, armed forces
        "Q43229" | "Q4830453" | "Q6881511" | "Q783794" | "Q891723" | "Q7278" | "Q476028" | "Q3918" | "Q31855"
        | "Q327333" | "Q192350" | "Q484652" | "Q11032" | "Q1616075" | "Q1331793" | "Q22687" | "Q79913" | "Q245065"
        | "Q12973014" | "Q215380" | "Q2085381" | "Q15911314" | "Q163740" | "Q176799" | "Q192283" | "Q46970"
        | "Q1110794" | "Q35535" | "Q7210356" | "Q17149090" => EntityType::Organization,
        // Countries, states, cities, towns, regions, waters, mountains, islands, buildings
        "Q6256" | "Q3624078" | "Q515" | "Q1549591" | "Q5119" | "Q486972" | "Q532" | "Q3957" | "Q35657"
        | "Q10864048" | "Q4022" | "Q8502" | "Q23442" | "Q82794" | "Q23397" | "Q5107" | "Q1248784" | "Q41176"
        | "Q123705" | "Q484170" | "Q1093829" | "Q1637706" | "Q200250" | "Q174844" | "Q15284" | "Q7275" | "Q165"
        | "Q47521" | "Q39816" => EntityType::Place,
        // Ethnic groups, nationalities, religions
        "Q41710" | "Q231002" | "Q9174" | "Q33829" | "Q2472587" => EntityType::Group,
        // Films, books, albums, laws, wars, elections, awards, products
        "Q11424" | "Q7725634" | "Q482994" | "Q820655" | "Q198" | "Q40231" | "Q618779" | "Q2424752" | "Q5398426"
        | "Q18608583" => EntityType::Misc,
        _ => return None,
    })
}
