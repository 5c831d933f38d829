//! What stands before a name: titles with their owners, roles in lower case, noun phrases that a comma parts from it.

use super::{Description, LONGEST, describe};
use crate::article::EntityType;
use crate::entities::Found;
use crate::entities::titles::in_full;
use crate::lang::Classes;
use crate::text::{Kind, TokenRange, fold_hash};

/// "Russia’s Foreign Minister": the title with the country or body before it.
pub(super) fn title(found: &Found<'_, '_>, i: usize, title: &TokenRange, cluster: usize) -> Description {
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
pub(super) fn role(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
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

/// "Its chief executive, Cem Aksoylu,": the noun phrase before the comma.
pub(super) fn comma(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
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
