//! Names behind a noun for a firm ("the telecom regulator Ofcom", "the insurer Marsh"), before what firms have ("Kraft shareholders"),
//! or that begin with such a noun in another language ("Deutsche Boerse") are no persons, here and in all of the article.

use super::Name;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Flags, Kind, Tokens};
use rustc_hash::FxHashSet;

/// Nouns that no person is.
const FIRMS: [&str; 12] = [
    "firm",
    "group",
    "bank",
    "insurer",
    "regulator",
    "carrier",
    "airline",
    "retailer",
    "lender",
    "company",
    "website",
    "chain",
];

/// Nouns that persons are now and then: "the retailing giant Ana Roe", "the film maker Ana Roe".
const AMBIGUOUS: [&str; 3] = ["giant", "maker", "watchdog"];

/// First words of firms' names that no forename is.
const OPENERS: [&str; 14] = [
    "Deutsche",
    "Banco",
    "Banque",
    "Banca",
    "Bank",
    "Credit",
    "Crédit",
    "Societe",
    "Société",
    "Grupo",
    "Groupe",
    "Gruppo",
    "Compagnie",
    "Compañía",
];

/// What a firm has behind its name, and a person has not.
const PARTS: [&str; 7] = ["subsidiary", "shareholders", "shareholder", "factory", "factories", "stores", "plc"];

/// Who works at a firm that may bear the name of a place.
const ANALYSTS: [&str; 10] = [
    "analyst",
    "analysts",
    "economist",
    "economists",
    "strategist",
    "trader",
    "broker",
    "dealer",
    "partner",
    "adviser",
];

/// Last words of the names of newspapers and of those who play together.
const BODIES: [&str; 18] = [
    "Courier",
    "Herald",
    "Gazette",
    "Tribune",
    "Telegraph",
    "Chronicle",
    "Observer",
    "Examiner",
    "Bulletin",
    "Dispatch",
    "Inquirer",
    "Advertiser",
    "Argus",
    "Choir",
    "Orchestra",
    "Philharmonic",
    "Ensemble",
    "Quartet",
];

/// Makes organizations of the names that such a noun introduces, wherever they stand.
pub(super) fn retype(tokens: &Tokens<'_>, classes: &[Classes], names: &mut [Name]) {
    let person = |n: &Name| {
        let place = || opens_as_firm(tokens, n) || has_analyst(tokens, n) || ends_as_body(tokens, n);
        let kind = n.kind == EntityType::Person || n.kind == EntityType::Place && place();
        kind && n.hit.is_none() && n.title.is_none()
    };
    let key = |n: &Name| n.tokens.clone().map(|t| tokens[t].hash).collect::<Vec<_>>();
    let bodies: FxHashSet<Vec<u64>> =
        names.iter().filter(|n| person(n) && is_firm(tokens, classes, n)).map(key).collect();
    if bodies.is_empty() {
        return;
    }
    // "Aston" for Aston Martin.
    let short: FxHashSet<u64> = bodies.iter().filter(|b| b.len() > 1).map(|b| b[0]).collect();
    for name in names.iter_mut().filter(|n| person(n)) {
        let key = key(name);
        if bodies.contains(&key) || key.len() == 1 && short.contains(&key[0]) {
            name.kind = EntityType::Organization;
        }
    }
}

fn is_firm(tokens: &Tokens<'_>, classes: &[Classes], name: &Name) -> bool {
    is_introduced(tokens, classes, name)
        || opens_as_firm(tokens, name)
        || has_parts(tokens, name)
        || has_analyst(tokens, name)
        || ends_as_body(tokens, name)
}

/// "An analyst at Prairie Commodities".
fn has_analyst(tokens: &Tokens<'_>, name: &Name) -> bool {
    let Some(at) = name.tokens.start.checked_sub(2) else { return false };
    name.tokens.len() > 1 && matches!(tokens.word(at + 1), "at" | "with") && ANALYSTS.contains(&tokens.word(at))
}

/// "The Lagos Courier", "the Harbour Choir".
fn ends_as_body(tokens: &Tokens<'_>, name: &Name) -> bool {
    name.tokens.len() > 1 && BODIES.contains(&tokens.word(name.tokens.end - 1))
}

/// "Kraft shareholders", "Kraft senior vice president".
fn has_parts(tokens: &Tokens<'_>, name: &Name) -> bool {
    let word = |t: usize| tokens.get(t).map_or("", |_| tokens.word(t));
    let after = name.tokens.end;
    let same_line = tokens.get(after).is_some_and(|t| !t.flags.contains(Flags::LINE_BEFORE));
    let office = word(after) == "senior" && word(after + 1) == "vice" && word(after + 2) == "president";
    // "Ofwat's chief executive".
    let owns = tokens.get(after).is_some_and(|t| t.kind == Kind::Clitic);
    let chief = word(after + 1) == "chief" && word(after + 2) == "executive" || word(after + 1) == "CEO";
    let owned = owns && (chief || matches!(word(after + 1), "shareholders" | "headquarters"));
    same_line && (PARTS.contains(&word(after)) || office || owned)
}

/// "Deutsche Boerse", "Credit Suisse".
fn opens_as_firm(tokens: &Tokens<'_>, name: &Name) -> bool {
    name.tokens.len() > 1 && OPENERS.contains(&tokens.word(name.tokens.start))
}

/// "The airline Alitalia", not "a group Ana Roe won" nor "the aircraft carrier Ana Roe".
fn is_introduced(tokens: &Tokens<'_>, classes: &[Classes], name: &Name) -> bool {
    let Some(noun) = name.tokens.start.checked_sub(1).filter(|&t| tokens[t].is_word()) else { return false };
    // "Irish can win group" and a name on the next line.
    if tokens[name.tokens.start].flags.contains(Flags::LINE_BEFORE) {
        return false;
    }
    let forename = classes[name.tokens.start].contains(Classes::FORENAME) && name.tokens.len() > 1;
    let word = tokens.word(noun);
    let firm = FIRMS.contains(&word) || AMBIGUOUS.contains(&word) && !forename;
    let other = noun.checked_sub(1).is_none_or(|t| matches!(tokens.word(t), "a" | "A" | "one" | "of" | "aircraft"));
    firm && !other
}
