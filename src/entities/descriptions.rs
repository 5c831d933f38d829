//! Clusters in, descriptions out: what titles, appositions and nouns beside a name say that its bearer is.

use super::Found;
use super::cluster::Clusters;
use super::gender::Gender;
use super::titles::in_full;
use super::view::PLACES;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange, fold_hash};

/// Words beside a name that say what it is.
#[derive(Clone, Debug)]
pub(super) struct Description {
    pub cluster: usize,
    pub tokens: TokenRange,
    /// A title right before the name.
    pub is_title: bool,
    /// Hash of the head noun: minister, company.
    pub head: u64,
    /// Token of a country or body that it belongs to: "Russia", "Serbian", "UN".
    pub owner: Option<usize>,
}

/// Nouns for media.
const MEDIA: [&str; 7] = ["channel", "newspaper", "daily", "magazine", "website", "broadcaster", "station"];

/// Longest apposition, in tokens.
const LONGEST: usize = 16;

/// So many tokens behind "according" a name stands.
const BROUGHT: usize = 9;

/// The descriptions next to names, in order; persons learn their gender from them.
pub(super) fn beside_names(found: &Found<'_, '_>, clusters: &mut Clusters) -> Vec<Description> {
    let mut all = Vec::new();
    for (i, name) in found.names.iter().enumerate() {
        let cluster = clusters.of[i];
        let kind = clusters.list[cluster].kind;
        let from = all.len();
        if let Some(title) = &name.title {
            all.push(title_of(found, i, title, cluster));
        } else if matches!(kind, EntityType::Person | EntityType::Organization) {
            all.extend(role_before(found, i, cluster));
        }
        if matches!(kind, EntityType::Person | EntityType::Organization) {
            all.extend(after_comma(found, i, cluster));
            all.extend(before_comma(found, i, cluster));
        }
        if matches!(kind, EntityType::Organization | EntityType::Misc | EntityType::Place) {
            all.extend(noun_after(found, i, cluster));
        }
        for d in &all[from..] {
            let gender = Gender::in_words(found, &d.tokens);
            if kind == EntityType::Person && clusters.list[cluster].gender == Gender::Unknown {
                clusters.list[cluster].gender = gender;
            }
        }
    }
    all.sort_by_key(|d| d.tokens.start);
    all
}

/// "Russia’s Foreign Minister": the title with the country or body before it.
fn title_of(found: &Found<'_, '_>, i: usize, title: &TokenRange, cluster: usize) -> Description {
    let (start, owner) = owner_before(found, i, title.start);
    let last = title.clone().rev().find(|&t| found.tokens[t].is_word()).unwrap_or(title.end - 1);
    let head = in_full(found.text_at(last)).map_or(found.tokens[last].hash, fold_hash);
    Description { cluster, tokens: start..title.end, is_title: true, head, owner }
}

/// The name right before token `at`, perhaps with a possessive between.
fn owner_before(found: &Found<'_, '_>, i: usize, at: usize) -> (usize, Option<usize>) {
    let owner = i.checked_sub(1).map(|p| &found.names[p]).filter(|n| n.kind != EntityType::Person);
    match owner {
        Some(n) if n.tokens.start < found.block_start(at) => (at, None),
        Some(n) if n.tokens.end == at || n.tokens.end + 1 == at && found.tokens[n.tokens.end].kind == Kind::Clitic => {
            (n.tokens.start, Some(n.tokens.start))
        }
        _ => (at, None),
    }
}

/// "political scientist Marie Roe", "opposition party chief Deepak Roe": lower-case words that end in a role.
fn role_before(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let end = found.names[i].tokens.start;
    let head = end.checked_sub(1)?;
    let floor = i.checked_sub(1).map_or(0, |p| found.names[p].tokens.end).max(found.block_start(end));
    let body = found.names[i].kind == EntityType::Organization;
    let fits = if body { found.is_body_noun(head) } else { found.has(head, Classes::ROLE) };
    if head < floor || !fits || !found.tokens[head].is_word() {
        return None;
    }
    let mut start = head;
    loop {
        let hyphened = start > floor + 1 && found.is_hyphen(start - 1) && found.tokens[start - 2].is_word();
        if hyphened {
            start -= 2;
        } else if start > floor && is_plain(found, start - 1) {
            start -= 1;
        } else {
            break;
        }
    }
    // "Oslo-based": the name belongs to it.
    if start > 0 && start == floor + 1 && found.is_hyphen(floor) {
        start = found.name_ending(floor)?;
    }
    let (start, owner) = owner_before(found, i, start);
    Some(Description { cluster, tokens: start..end, is_title: false, head: found.tokens[head].hash, owner })
}

/// A noun or adjective in lower case that may stand before a role.
fn is_plain(found: &Found<'_, '_>, i: usize) -> bool {
    // "To overcome leader Ana Roe", "guests include journalist Ana Roe".
    let verb = found.has(i, Classes::VERB) && i > 0 && found.text_at(i - 1) == "to"
        || matches!(found.text_at(i), "include" | "includes" | "including" | "featuring");
    let noun = matches!(found.text_at(i), "head" | "lead" | "fellow");
    found.tokens[i].is_word()
        && found.has(i, Classes::COMMON)
        && !found.is_small(i)
        && !found.has(i, Classes::CUE_VERB)
        && (noun || !verb)
}

/// "Ana Ortiz, a biologist at X,": from the comma to the next comma or stop.
fn after_comma(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let mut start = found.names[i].tokens.end;
    if found.text_at(start) != "," {
        return None;
    }
    start += 1;
    if found.tokens.get(start).is_some_and(|t| t.kind == Kind::Number) && found.text_at(start + 1) == "," {
        start += 2;
    }
    // "To the United States".
    let named = |t: usize| found.tokens[t].is_capital() && found.name_at(t).is_some();
    let is_verb =
        |t: usize| found.has(t, Classes::CUE_VERB | Classes::AUXILIARY) && !found.has(t, Classes::ROLE) && !named(t);
    let limit = found.sentence_end(start).min(start + LONGEST);
    // "Khelil, 82, left the government".
    let acts = found.has(start, Classes::VERB) && !found.has(start, Classes::ROLE | Classes::DETERMINER);
    if acts && found.has(start + 1, Classes::DETERMINER) {
        return None;
    }
    if start >= limit
        || is_verb(start)
        || is_relative(found, start)
        || matches!(found.text_at(start), "but" | "and" | "or" | "as")
    {
        return None;
    }
    let closes = |t: usize| {
        matches!(found.tokens[t].kind, Kind::Comma | Kind::Stop | Kind::Dash | Kind::Mark) && !found.is_hyphen(t)
    };
    let next = |from: usize| (from..limit).find(|&t| closes(t)).unwrap_or(limit);
    let end = next(start);
    // "The culture, media and sport secretary": an office of several fields.
    let role = |t: usize| found.has(t, Classes::ROLE);
    let further = next((end + 1).min(limit));
    let fields = found.text_at(start).eq_ignore_ascii_case("the") && found.names_in(&(start..further)).is_empty();
    if fields && further > end + 1 && role(further - 1) && !(start..end).any(role) {
        let joined = (end..further).any(|t| found.text_at(t) == "and");
        if joined && !(end..further - 1).any(is_verb) {
            let head = found.tokens[further - 1].hash;
            return Some(Description { cluster, tokens: start..further, is_title: false, head, owner: None });
        }
    }
    let verb = (start + 1..end).find(|&t| is_verb(t));
    // "According to the ministry, oil imports will rise": no comma, but a verb of its own.
    if verb.is_some() && is_governed(found, i) || begins_list(found, start) {
        return None;
    }
    // "According to Ana Roe, the owners started selling": what is said, unless a comma ends it.
    let name = &found.names[i];
    let first = name.title.as_ref().map_or(name.tokens.start, |title| title.start);
    let cited = (first.saturating_sub(BROUGHT)..first).any(|t| found.text_at(t).eq_ignore_ascii_case("according"));
    if cited && found.text_at(end) != "," && found.sentence_start(first) + BROUGHT > first {
        return None;
    }
    // "For Ana Roe, the statement said": nothing that a person is.
    let role = |t: usize| found.is_head(t) || found.has(t, Classes::TITLE | Classes::DEMONYM);
    let clause = verb.is_some_and(|v| found.has(v, Classes::CUE_VERB) && v == end - 1 && !(start..v).any(role));
    // "It was sold by its owner Ana Roe, the driver announced": a tag, where the sentence has its verb.
    let finite =
        |t: usize| found.has(t, Classes::AUXILIARY) || found.has(t, Classes::VERB) && found.text_at(t).ends_with("ed");
    let speaks = |v: usize| found.has(v, Classes::CUE_VERB) && !found.text_at(v).ends_with("ing");
    let reports = verb.is_some_and(speaks) && found.text_at(start) == "the";
    if reports && (found.sentence_start(first)..first).any(finite) {
        return None;
    }
    // "To the Farm Ministry, a Treasury official said": no body is an official.
    let office = |h: usize| found.has(h, Classes::ROLE) && !found.is_body_noun(h);
    let says = verb.is_some_and(|v| found.has(v, Classes::CUE_VERB) && v == end - 1);
    let body = found.names[i].kind == EntityType::Organization;
    let official = body && found.head(&(start..end)).is_some_and(office);
    let member = found.head(&(start..end)).is_some_and(|h| found.text_at(h) == "member");
    if says && official || body && member && matches!(found.text_at(start), "a" | "an") {
        return None;
    }
    // "Acme Corp, Norway supplies oil": the country that it is in.
    let country = found.has(start, Classes::COUNTRY) && found.tokens[start].is_capital();
    if clause || country && !found.tokens.get(start + 1).is_some_and(|t| t.kind == Kind::Clitic) {
        return None;
    }
    let verb = verb.map(|v| v - usize::from(v > start + 1 && is_relative(found, v - 1)));
    let mut end = verb.unwrap_or(end);
    // "A British food writer whose books sold", cut in the middle of a clause.
    if let Some(whose) = (start + 1..end).find(|&t| matches!(found.text_at(t), "whose" | "where")) {
        end = whose;
    }
    while end > start + 1 && found.has(end - 1, Classes::PREPOSITION | Classes::DETERMINER | Classes::CONJUNCTION) {
        end -= 1;
    }
    // "To Judge Ana Roe, the company said": a body is no person.
    let owns = |h: usize| found.tokens.get(h + 1).is_some_and(|t| t.kind == Kind::Clitic);
    let body = |h: usize| found.is_body_noun(h) && !found.has(h, Classes::ROLE) && !owns(h);
    let body = found.head(&(start..end)).is_some_and(body);
    if is_row(found, &(start..end)) || body && found.names[i].kind == EntityType::Person {
        return None;
    }
    describe(found, start..end, cluster)
}

/// "Director-general Greg Roe and reporter Ana Roe": somebody else, who nothing brings in.
fn is_row(found: &Found<'_, '_>, range: &TokenRange) -> bool {
    let brought = |mut before: TokenRange| {
        before.any(|t| found.has(t, Classes::PREPOSITION) || found.tokens[t].kind == Kind::Clitic)
    };
    let mut others = found.names_in(range).map(|n| &found.names[n]);
    others.any(|n| n.kind == EntityType::Person && n.tokens.end <= range.end && !brought(range.start..n.tokens.start))
}

fn is_relative(found: &Found<'_, '_>, i: usize) -> bool {
    matches!(found.text_at(i), "who" | "which" | "that")
}

/// Whether a preposition stands before the name, its article and title aside.
fn is_governed(found: &Found<'_, '_>, i: usize) -> bool {
    let name = &found.names[i];
    let start = name.title.as_ref().map_or(name.tokens.start, |title| title.start);
    let before = start.checked_sub(1).filter(|&b| found.has(b, Classes::DETERMINER)).unwrap_or(start);
    before > 0 && found.has(before - 1, Classes::PREPOSITION)
}

/// "the water board, Nespak and the ministry": another name comes next in the row.
fn begins_list(found: &Found<'_, '_>, start: usize) -> bool {
    found.name_at(start).is_some_and(|n| matches!(found.text_at(found.names[n].tokens.end), "and" | "or"))
}

/// "Its chief executive, Cem Aksoylu,": the noun phrase before the comma.
fn before_comma(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let name = &found.names[i];
    let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
    let comma = start.checked_sub(1).filter(|&c| found.text_at(c) == ",")?;
    // "About Maria, Patricia and Luz": names in a row.
    if i.checked_sub(1).is_some_and(|p| found.names[p].kind == EntityType::Person && found.names[p].tokens.end == comma)
    {
        return None;
    }
    let end = found.names[i].tokens.end;
    let closed = found.tokens.get(end).is_none_or(|t| matches!(t.kind, Kind::Comma | Kind::Stop))
        || found.has(end, Classes::CUE_VERB);
    let opens = |t: usize| {
        found.has(t, Classes::DETERMINER)
            || found.tokens[t].kind == Kind::Clitic
            || matches!(found.tokens[t].kind, Kind::Comma | Kind::Stop)
    };
    let mut start = (comma.saturating_sub(8)..comma).rev().find(|&t| opens(t))?;
    // "The chairman of the Rice Board, Ana Roe,": what "of" brings in belongs to the phrase before it.
    while start > 0 && found.text_at(start - 1) == "of" && found.has(start, Classes::DETERMINER) {
        let outer = (comma.saturating_sub(LONGEST)..start - 1).rev().find(|&t| opens(t));
        start = outer.filter(|&t| found.has(t, Classes::DETERMINER))?;
    }
    let governed = start > 0 && found.has(start - 1, Classes::PREPOSITION) && found.tokens[start].kind != Kind::Clitic;
    if governed || !closed || matches!(found.tokens[start].kind, Kind::Comma | Kind::Stop) {
        return None;
    }
    let said = found.has(end, Classes::CUE_VERB);
    // "They would plug a hole, Ana Ortiz said": the object of a verb.
    let inside = start > found.sentence_start(start) && found.tokens[start - 1].is_word();
    if said && inside && found.tokens[start].kind != Kind::Clitic && !found.has(start - 1, Classes::CONJUNCTION) {
        return None;
    }
    // "The vote stands, Ana Ortiz said" has a clause there.
    let is_verb = |t: usize| found.has(t, Classes::VERB | Classes::CUE_VERB | Classes::AUXILIARY) && !found.is_head(t);
    if said && (start + 1..comma).any(is_verb) {
        return None;
    }
    let start = if found.tokens[start].kind == Kind::Clitic { owner_start(found, start)? } else { start };
    describe(found, start..comma, cluster)
}

/// Where the owner before a possessive begins: a name, or a noun with its article ("the inquiry's chair").
fn owner_start(found: &Found<'_, '_>, clitic: usize) -> Option<usize> {
    found.name_ending(clitic).or_else(|| {
        let article = clitic.checked_sub(2)?;
        (found.has(article, Classes::DETERMINER) && found.tokens[article + 1].is_word()).then_some(article)
    })
}

/// A phrase with a role or a body as its head.
fn describe(found: &Found<'_, '_>, tokens: TokenRange, cluster: usize) -> Option<Description> {
    let head = found.head(&tokens).or_else(|| found.noun(&tokens))?;
    let owner =
        tokens.clone().find(|&t| found.tokens[t].is_capital() && found.has(t, Classes::COUNTRY | Classes::DEMONYM));
    Some(Description { cluster, tokens, is_title: false, head: found.tokens[head].hash, owner })
}

/// "Al-Hadath television channel": the noun says what it is, without being a description of its own.
/// A place has a bank or a clinic, and is none; a medium may pass for a place.
fn noun_after(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let place = found.names[i].kind == EntityType::Place;
    if place && found.has(found.names[i].tokens.start, PLACES) {
        return None;
    }
    let start = found.names[i].tokens.end;
    let end = (start..found.tokens.len().min(start + 3))
        .take_while(|&t| found.tokens[t].is_word() && !found.tokens[t].is_capital() && !found.is_small(t))
        .last()?
        + 1;
    let head = (start..end).rev().find(|&t| found.is_body_noun(t) && (!place || MEDIA.contains(&found.text_at(t))))?;
    // "The GCM court case" is no court.
    let of_case =
        matches!(found.text_at(head + 1), "case" | "cases" | "ruling" | "order" | "hearing" | "battle" | "building");
    // "Told the Observer government plans": no newspaper and no party is the government.
    if of_case || found.text_at(head) == "government" {
        return None;
    }
    Some(Description { cluster, tokens: head..head, is_title: false, head: found.tokens[head].hash, owner: None })
}
