//! Reports whose verb has a listener or nobody at all for its subject, and what somebody denies or admits doing:
//! `He had stolen it, the court heard.`, `The hall will shut, it was announced.`, `Lee has denied taking cash.` Grammar alone tells
//! them; a passage and what was found in it in, those that nobody took out.

use super::attribution::Attribution;
use super::cues;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Kind, TokenRange, fold_hash};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// Between the verb and "that" stands no more than when: "last night", "on Tuesday evening".
const MOST_BETWEEN: usize = 5;

/// The subject of a clause without "that" has no more tokens: "Anna Field, 23, of Mill Lane,".
const MOST_SUBJECT: usize = 9;

/// Who sits and listens.
pub const HEARERS: [&str; 16] = [
    "court",
    "inquest",
    "hearing",
    "jury",
    "jurors",
    "trial",
    "tribunal",
    "inquiry",
    "magistrates",
    "committee",
    "panel",
    "commission",
    "councillors",
    "meeting",
    "sheriff",
    "coroner",
];

/// What is done without a doer: "it was announced".
const REPORTED: [&str; 15] = [
    "gathered",
    "learnt",
    "learned",
    "announced",
    "revealed",
    "reported",
    "claimed",
    "alleged",
    "confirmed",
    "disclosed",
    "understood",
    "feared",
    "emerged",
    "transpired",
    "rumoured",
];

/// Verbs of rulings, and of papers in many countries, that report where "that" comes next.
const SELDOM: [&str; 24] = [
    "held",
    "holds",
    "averred",
    "avers",
    "deposed",
    "divulged",
    "decreed",
    "postulated",
    "narrated",
    "chronicled",
    "conveyed",
    "wailed",
    "hypothesized",
    "hypothesised",
    "intimated",
    "articulated",
    "regretted",
    "surmised",
    "clarified",
    "gathered",
    "learnt",
    "opined",
    "ruled",
    "bemoaned",
];

/// What begins the subject of a clause.
const SUBJECT: Classes = Classes::DETERMINER.union(Classes::PRONOUN);

/// The verbs of somebody who is told, of what nobody is said to say, and of what somebody owns up to or does not.
const TOLD: [&str; 2] = ["told", "informed"];
const COMES_OUT: [&str; 4] = ["emerged", "transpired", "emerges", "transpires"];
const OWNED: [&str; 4] = ["denied", "denies", "admitted", "admits"];

/// The hashes of all verbs that are looked at here: nearly every word is none of them.
fn verbs() -> &'static FxHashSet<u64> {
    static VERBS: OnceLock<FxHashSet<u64>> = OnceLock::new();
    let lists = [&["heard"][..], &TOLD, &COMES_OUT, &REPORTED, &SELDOM, &OWNED];
    VERBS.get_or_init(|| lists.concat().into_iter().map(fold_hash).collect())
}

/// A verb that reports, and whose words it reports.
struct Report {
    /// The verb and its subject.
    group: TokenRange,
    verb: usize,
    source: Option<Source>,
}

/// The attributions of a passage beside those in `found`.
pub fn find(scene: &Scene<'_, '_>, passage: &Passage, found: &[Attribution]) -> Vec<Attribution> {
    let mut out: Vec<Attribution> = Vec::new();
    for verb in passage.tokens.clone() {
        let known = verbs().contains(&scene.token(verb).hash) && scene.kind(verb) == Kind::Word;
        if !known || scene.region(verb).is_some() || scene.name(verb).is_some() {
            continue;
        }
        let own = listened(scene, passage, verb)
            .or_else(|| unsaid(scene, passage, verb))
            .and_then(|report| reported(scene, passage, report))
            .or_else(|| seldom(scene, passage, verb, found))
            .or_else(|| deed(scene, passage, verb, found, &out));
        let taken = |a: &Attribution, new: &Attribution| {
            let whole = &new.pieces[0];
            let overlaps = |p: &TokenRange| p.start < whole.end && whole.start < p.end;
            // What is reported may hold a report of its own.
            let inner = |p: &TokenRange| p.start > whole.start && p.end <= whole.end;
            a.cue.as_ref().is_some_and(|c| c.contains(&verb))
                || a.pieces.iter().any(overlaps) && !a.pieces.iter().all(inner)
        };
        if let Some(new) = own.filter(|new| !found.iter().chain(&out).any(|a| taken(a, new))) {
            out.push(new);
        }
    }
    out
}

/// "the court heard", "jurors were told".
fn listened(scene: &Scene<'_, '_>, passage: &Passage, verb: usize) -> Option<Report> {
    let floor = passage.tokens.start;
    let told = scene.is_any(verb, &TOLD);
    if !told && !scene.is(verb, "heard") {
        return None;
    }
    let end = cues::before_auxiliaries(scene, floor, verb);
    let passive = (end..verb).any(|i| scene.is_any(i, &["was", "were", "been"]));
    let source = phrase::before(scene, floor, end).filter(|_| told == passive)?;
    let hears = |i: usize| HEARERS.iter().any(|hearer| scene.word(i).eq_ignore_ascii_case(hearer));
    source.core.clone().any(hears).then(|| Report {
        group: source.phrase.start..verb + 1,
        verb,
        source: Some(source).filter(|_| !told),
    })
}

/// "it was announced", "it has emerged".
fn unsaid(scene: &Scene<'_, '_>, passage: &Passage, verb: usize) -> Option<Report> {
    let active = scene.is_any(verb, &COMES_OUT);
    if !active && !scene.is_any(verb, &REPORTED) {
        return None;
    }
    let start = cues::before_auxiliaries(scene, passage.tokens.start, verb);
    let it = start.checked_sub(1).filter(|&it| it >= passage.tokens.start && scene.is(it, "it"))?;
    let passive = (start..verb).any(|i| scene.is_any(i, &["is", "was", "been"]));
    (active || passive).then_some(Report { group: it..verb + 1, verb, source: None })
}

/// "The judge held that it was void, adding that": up to the participle of another report.
fn seldom(scene: &Scene<'_, '_>, passage: &Passage, verb: usize, found: &[Attribution]) -> Option<Attribution> {
    if !scene.is(verb + 1, "that") || !scene.is_any(verb, &SELDOM) {
        return None;
    }
    let floor = passage.tokens.start;
    let start = cues::before_auxiliaries(scene, floor, verb);
    if (start..verb).any(|i| scene.is_any(i, &["was", "were", "been", "be", "is", "are"])) {
        return None;
    }
    // "The airline has long held that".
    let adverb = start > floor && scene.is_any(start - 1, &["long", "also", "further", "earlier", "again", "then"]);
    let start = if adverb { cues::before_auxiliaries(scene, floor, start - 1) } else { start };
    let source = phrase::before(scene, floor, start)?;
    let goes_on = |a: &Attribution| {
        let cue = a.cue.as_ref().map(|c| c.start).filter(|&c| c > verb + 2 && c < passage.tokens.end)?;
        (scene.word(cue).ends_with("ing") && scene.word(cue - 1) == ",").then_some(cue - 1)
    };
    let end = found.iter().filter_map(goes_on).min().unwrap_or(passage.tokens.end);
    let content = scene.trim(&(verb + 2..end));
    is_clause(scene, &content).then(|| attribution(content, verb, Some(source), "subject of the verb"))
}

/// What the report is of: behind it from "that" or a clause on, or before it up to a comma where it ends the passage.
fn reported(scene: &Scene<'_, '_>, passage: &Passage, report: Report) -> Option<Attribution> {
    let tokens = &passage.tokens;
    let (open, close) = (report.group.start, report.group.end);
    let content = behind(scene, close, tokens.end).or_else(|| {
        let comma = open.checked_sub(1).filter(|&i| i > tokens.start && scene.word(i) == ",")?;
        let rest = scene.trim(&(close..tokens.end));
        let ends = rest.len() <= MOST_BETWEEN && !scene.has_verb(&rest) && !scene.opens_any(&rest);
        let clause = scene.trim(&(tokens.start..comma));
        (ends && is_clause(scene, &clause)).then_some(clause)
    })?;
    Some(attribution(content, report.verb, report.source, "report without a speaker"))
}

/// The clause that "that" or "how" opens, or that stands right behind the verb.
fn behind(scene: &Scene<'_, '_>, start: usize, end: usize) -> Option<TokenRange> {
    let joint = (start..end.min(start + MOST_BETWEEN)).find(|&i| scene.is_any(i, &["that", "how", "why"]));
    let quiet = |joint: &usize| !scene.has_verb(&(start..*joint)) && !(start..*joint).any(|i| scene.word(i) == ",");
    let first = match joint.filter(quiet) {
        Some(that) => that + usize::from(scene.is(that, "that")),
        None if opens_clause(scene, start) => start,
        None => return None,
    };
    let content = scene.trim(&(first..end));
    is_clause(scene, &content).then_some(content)
}

/// Whether a clause without "that" begins at `i`: its subject, and not far from it the finite verb. "Heard the appeal of a man who had"
/// has an object there.
fn opens_clause(scene: &Scene<'_, '_>, i: usize) -> bool {
    if scene.region(i).is_some() {
        return false;
    }
    let subject_end = scene.name(i).map(|name| name.tokens.end);
    let lower = |k: usize| scene.word(k).starts_with(char::is_lowercase);
    let finite = |k: usize| scene.has(k, Classes::AUXILIARY) && lower(k) && scene.region(k).is_none();
    let determined = scene.is_any(i, &["the", "a", "an", "mr", "mrs", "ms"]);
    let mut ahead = i + 1..i + 1 + MOST_SUBJECT;
    let ends = |k: &usize| finite(*k) || scene.is_any(*k, &["who", "which", "that", "whose", "where"]);
    scene.is_any(i, &["he", "she", "they", "it", "we"])
        || subject_end.is_some_and(|end| scene.is_verb(end))
        || (subject_end.is_some() || determined) && ahead.find(ends).is_some_and(finite)
}

/// A subject and a finite verb.
fn is_clause(scene: &Scene<'_, '_>, range: &TokenRange) -> bool {
    let subordinate = scene.is_any(range.start, &["when", "while", "after", "before", "if", "as", "although", "since"]);
    let finite = |i: usize| scene.is_verb(i) || scene.word(i).ends_with("ed") && scene.name(i).is_none();
    range.len() > 2 && !subordinate && (range.start + 1..range.end).any(|i| scene.region(i).is_none() && finite(i))
}

/// "denies taking cash", "admitted to driving without insurance": the deed is what is denied or admitted.
fn deed(
    scene: &Scene<'_, '_>,
    passage: &Passage,
    verb: usize,
    found: &[Attribution],
    new: &[Attribution],
) -> Option<Attribution> {
    if !scene.is_any(verb, &OWNED) {
        return None;
    }
    let floor = passage.tokens.start;
    let start = verb + 1 + usize::from(scene.is(verb + 1, "to"));
    if !phrase::is_doing(scene, start) {
        return None;
    }
    let before = cues::before_auxiliaries(scene, floor, verb);
    if (before..verb).any(|i| scene.is_any(i, &["was", "were", "been", "be"])) {
        return None;
    }
    let joined = before > floor && scene.is_any(before - 1, &["but", "and"]);
    let shared = || {
        let last =
            found.iter().chain(new).filter(|a| a.cue.as_ref().is_some_and(|c| c.start >= floor && c.end <= before));
        last.max_by_key(|a| a.cue.as_ref().map(|c| c.start)).and_then(|a| a.source.clone())
    };
    let source = if joined { shared() } else { phrase::before(scene, floor, before) };
    let source = source.map(|source| phrase::resident(scene, floor, &source).unwrap_or(source));
    let stops = |i: usize| {
        matches!(scene.kind(i), Kind::Comma | Kind::Dash | Kind::Open)
            || scene.is_any(i, &["but", "who", "which", "after", "when", "because"])
            // "Driving while drunk" is one deed.
            || scene.is(i, "while") && (scene.has(i + 1, SUBJECT) || scene.name(i + 1).is_some())
            || scene.is(i, "and") && scene.has(i + 1, Classes::AUXILIARY | Classes::PRONOUN | Classes::CUE_VERB)
    };
    let end = (start..passage.tokens.end).find(|&i| stops(i)).unwrap_or(passage.tokens.end);
    source.map(|source| attribution(scene.trim(&(start..end)), verb, Some(source), "subject of the verb"))
}

fn attribution(content: TokenRange, verb: usize, source: Option<Source>, reason: &'static str) -> Attribution {
    Attribution {
        pieces: vec![content],
        cue: Some(verb..verb + 1),
        source,
        reason,
        confidence: 0.6,
        chances: [1.0; 3],
        unmarked: false,
    }
}
