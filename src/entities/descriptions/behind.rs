//! What stands behind a name, between commas: "Ana Ortiz, a biologist at X,". Much else may stand there that says nothing
//! of its bearer: the verb of the sentence, the next name in a row, what somebody is cited with, a tag of somebody else.

use super::{Description, LONGEST, describe};
use crate::article::EntityType;
use crate::entities::Found;
use crate::lang::Classes;
use crate::names::Name;
use crate::text::{Kind, TokenRange};

/// So many tokens behind "according" a name stands.
const BROUGHT: usize = 9;

/// The words from the comma to the next comma or stop.
struct Behind<'f, 'a, 't> {
    found: &'f Found<'a, 't>,
    name: &'f Name,
    /// First token of the name, its title included.
    first: usize,
    start: usize,
    end: usize,
    /// Where the sentence ends, or the longest apposition.
    limit: usize,
    /// The first verb among them.
    verb: Option<usize>,
}

/// The apposition behind the comma that follows the name, where there is one.
pub(super) fn comma(found: &Found<'_, '_>, i: usize, cluster: usize) -> Option<Description> {
    let behind = Behind::new(found, i)?;
    if let Some(office) = behind.office_of_fields(cluster) {
        return Some(office);
    }
    let other = begins_list(found, behind.start)
        || behind.is_cited()
        || behind.is_tag()
        || behind.is_other_bearer()
        || behind.is_country();
    let tokens = behind.start..behind.close();
    if other || is_row(found, &tokens) || behind.is_body_of_person(&tokens) {
        return None;
    }
    describe(found, tokens, cluster)
}

impl<'f, 'a, 't> Behind<'f, 'a, 't> {
    fn new(found: &'f Found<'a, 't>, i: usize) -> Option<Self> {
        let name = &found.names[i];
        let mut start = name.tokens.end;
        if found.text_at(start) != "," {
            return None;
        }
        start += 1;
        // "Ana Ortiz, 52, a biologist".
        if found.tokens.get(start).is_some_and(|t| t.kind == Kind::Number) && found.text_at(start + 1) == "," {
            start += 2;
        }
        let limit = found.sentence_end(start).min(start + LONGEST);
        let first = name.title.as_ref().map_or(name.tokens.start, |title| title.start);
        let mut behind = Self { found, name, first, start, end: limit, limit, verb: None };
        if start >= limit || behind.goes_on() {
            return None;
        }
        behind.end = behind.edge(start);
        behind.verb = (start + 1..behind.end).find(|&t| behind.is_verb(t));
        Some(behind)
    }

    /// The first mark from a token on that closes an apposition.
    fn edge(&self, from: usize) -> usize {
        let closes = |t: usize| {
            let kind = self.found.tokens[t].kind;
            matches!(kind, Kind::Comma | Kind::Stop | Kind::Dash | Kind::Mark) && !self.found.is_hyphen(t)
        };
        (from..self.limit).find(|&t| closes(t)).unwrap_or(self.limit)
    }

    /// A verb or an auxiliary; "United States" in "to the United States" is none.
    fn is_verb(&self, t: usize) -> bool {
        let named = self.found.tokens[t].is_capital() && self.found.name_at(t).is_some();
        self.found.has(t, Classes::CUE_VERB | Classes::AUXILIARY) && !self.found.has(t, Classes::ROLE) && !named
    }

    /// Whether the sentence, a clause or a row goes on: "Khelil, 82, left the government".
    fn goes_on(&self) -> bool {
        let (found, start) = (self.found, self.start);
        let acts = found.has(start, Classes::VERB) && !found.has(start, Classes::ROLE | Classes::DETERMINER);
        acts && found.has(start + 1, Classes::DETERMINER)
            || self.is_verb(start)
            || is_relative(found, start)
            || matches!(found.text_at(start), "but" | "and" | "or" | "as" | "whose" | "whom")
    }

    /// "The culture, media and sport secretary": an office of several fields.
    fn office_of_fields(&self, cluster: usize) -> Option<Description> {
        let (found, start, end) = (self.found, self.start, self.end);
        let role = |t: usize| found.has(t, Classes::ROLE);
        let further = self.edge((end + 1).min(self.limit));
        let nameless = found.names_in(&(start..further)).is_empty();
        let fields = found.text_at(start).eq_ignore_ascii_case("the") && nameless && further > end + 1;
        let is_office = fields
            && role(further - 1)
            && !(start..end).any(role)
            && (end..further).any(|t| found.text_at(t) == "and")
            && !(end..further - 1).any(|t| self.is_verb(t));
        let head = found.tokens[further - 1].hash;
        is_office.then_some(Description { cluster, tokens: start..further, is_title: false, head, owner: None })
    }

    /// "According to the ministry, oil imports will rise", "according to Ana Roe, the owners started selling": what is
    /// said, which has a verb of its own, or is what a person is cited with unless a comma ends it.
    fn is_cited(&self) -> bool {
        let found = self.found;
        let cited = (self.first.saturating_sub(BROUGHT)..self.first)
            .any(|t| found.text_at(t).eq_ignore_ascii_case("according"));
        self.verb.is_some() && self.is_governed()
            || cited && found.text_at(self.end) != "," && found.sentence_start(self.first) + BROUGHT > self.first
    }

    /// Whether a preposition stands before the name, its article and title aside.
    fn is_governed(&self) -> bool {
        let article = self.first.checked_sub(1).filter(|&b| self.found.has(b, Classes::DETERMINER));
        let before = article.unwrap_or(self.first);
        before > 0 && self.found.has(before - 1, Classes::PREPOSITION)
    }

    /// A tag of somebody else: "for Ana Roe, the statement said", which is nothing that a person is, and "it was sold by
    /// its owner Ana Roe, the driver announced", where the sentence has its verb.
    fn is_tag(&self) -> bool {
        let (found, start) = (self.found, self.start);
        let Some(verb) = self.verb else { return false };
        let role = |t: usize| found.is_head(t) || found.has(t, Classes::TITLE | Classes::DEMONYM);
        let finite = |t: usize| {
            found.has(t, Classes::AUXILIARY) || found.has(t, Classes::VERB) && found.text_at(t).ends_with("ed")
        };
        let speaks = found.has(verb, Classes::CUE_VERB) && !found.text_at(verb).ends_with("ing");
        self.ends_in_cue() && !(start..verb).any(role)
            || speaks && found.text_at(start) == "the" && (found.sentence_start(self.first)..self.first).any(finite)
    }

    /// Whether the verb reports and is the last word.
    fn ends_in_cue(&self) -> bool {
        self.verb.is_some_and(|v| self.found.has(v, Classes::CUE_VERB) && v == self.end - 1)
    }

    /// "To the Farm Ministry, a Treasury official said": no body is an official, or "a member".
    fn is_other_bearer(&self) -> bool {
        let found = self.found;
        if self.name.kind != EntityType::Organization {
            return false;
        }
        let Some(head) = found.head(&(self.start..self.end)) else { return false };
        let office = found.has(head, Classes::ROLE) && !found.is_body_noun(head);
        self.ends_in_cue() && office
            || found.text_at(head) == "member" && matches!(found.text_at(self.start), "a" | "an")
    }

    /// "Acme Corp, Norway supplies oil": the country that it is in.
    fn is_country(&self) -> bool {
        let (found, start) = (self.found, self.start);
        let owns = found.tokens.get(start + 1).is_some_and(|t| t.kind == Kind::Clitic);
        found.has(start, Classes::COUNTRY) && found.tokens[start].is_capital() && !owns
    }

    /// Where the phrase ends: before a verb, a clause ("a British food writer whose books sold"), and words that want
    /// more behind them.
    fn close(&self) -> usize {
        let (found, start) = (self.found, self.start);
        let before = |v: usize| v - usize::from(v > start + 1 && is_relative(found, v - 1));
        let mut end = self.verb.map_or(self.end, before);
        if let Some(clause) = (start + 1..end).find(|&t| matches!(found.text_at(t), "whose" | "where")) {
            end = clause;
        }
        while end > start + 1 && found.has(end - 1, Classes::PREPOSITION | Classes::DETERMINER | Classes::CONJUNCTION) {
            end -= 1;
        }
        end
    }

    /// "To Judge Ana Roe, the company said": a body is no person.
    fn is_body_of_person(&self, tokens: &TokenRange) -> bool {
        let found = self.found;
        let owns = |h: usize| found.tokens.get(h + 1).is_some_and(|t| t.kind == Kind::Clitic);
        let body = |h: usize| found.is_body_noun(h) && !found.has(h, Classes::ROLE) && !owns(h);
        self.name.kind == EntityType::Person && found.head(tokens).is_some_and(body)
    }
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

/// "the water board, Nespak and the ministry": another name comes next in the row.
fn begins_list(found: &Found<'_, '_>, start: usize) -> bool {
    found.name_at(start).is_some_and(|n| matches!(found.text_at(found.names[n].tokens.end), "and" | "or"))
}
