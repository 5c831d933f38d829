//! Who spoke, where grammar knows it for certain: source and cue of an attribution in, the same mended out.

use super::{is_clause, is_finite};
use crate::article::{EntityType, Form, Role};
use crate::lang::{Classes, is_month};
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Flags, Kind};

/// Words between the comma of an apposition and its name.
const MOST_BETWEEN: usize = 4;

/// So many tokens of a tag stand before what its preposition brings in.
const MOST_BEFORE: usize = 6;

/// A source behind its verb ends before so many tokens.
const MOST_SOURCE: usize = 16;

/// Words in "ly" that stand within a noun phrase.
const NO_ADVERBS: [&str; 16] = [
    "family",
    "assembly",
    "monopoly",
    "anomaly",
    "butterfly",
    "weekly",
    "monthly",
    "quarterly",
    "elderly",
    "friendly",
    "supply",
    "nearly",
    "roughly",
    "barely",
    "exactly",
    "likely",
];

/// Mends the source of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    of_noun(scene, found);
    second_clause(scene, found);
    of_relative(scene, found);
    before_clause(scene, found);
    with_apposition(scene, found);
    without_day(scene, found);
    bare_subject(scene, found);
    whole_tag(scene, found);
    with_head(scene, found);
    named_first(scene, found);
    named_before(scene, found);
    behind_bracket(scene, found);
    without_purpose(scene, found);
    behind_cue(scene, found);
    not_topic(scene, found);
    not_dateline(scene, found);
}

/// "Rao sustained a knock and manager Lea Roy said": a source that begins with a clause is the name behind the clause's
/// end alone.
pub(super) fn without_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let core = source.core.clone();
    let last = core.end - 1;
    let named = scene.name(last).filter(|n| n.tokens.end == core.end && n.tokens.start > core.start);
    let office = scene.has(last, Classes::ROLE).then_some(last);
    let Some(limit) = named.map(|n| n.tokens.start).or(office).filter(|_| core.end <= cue.start) else { return };
    let joint = (core.start + 1..limit).rev().find(|&i| {
        let beside = named.is_some() && scene.is_any(i, &["and", "but"]);
        scene.region(i).is_none() && (beside || scene.is_any(i, &["after", "as", "while", "when", "because"]))
    });
    let Some(joint) = joint else { return };
    if is_clause(scene, &(core.start..joint))
        && let Some(better) = phrase::before(scene, joint + 1, core.end).filter(|s| s.core.start == joint + 1)
    {
        found.source = Some(better);
    }
}

/// "Amid opposition claims he lied": the noun before "claims" is whose they are; "another worry" is nobody's.
fn of_noun(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.clone().filter(|c| c.start > 1 && scene.has(c.start, Classes::CUE_NOUN)) else { return };
    let whose = cue.start - 1;
    let brought = scene.is_any(whose - 1, &["amid", "despite", "after", "over", "following", "against"]);
    if brought && scene.has(whose, Classes::COLLECTIVE) && scene.kind(whose) == Kind::Word {
        let core = whose..cue.start;
        found.source = Some(Source { form: phrase::form(scene, &core), phrase: core.clone(), core });
    }
    let bare = |s: &Source| {
        let near = s.core.end == cue.start && scene.is_any(s.core.start, &["another", "one"]);
        s.core.len() == 1 && (near || scene.is(s.core.start, "there"))
    };
    found.source = found.source.take().filter(|s| !bare(s));
}

/// "Experts suggested that it failed, but the mayor, Ana Roe, said": of two clauses the subject of the second.
fn second_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let core = source.core.clone();
    let joins = |&i: &usize| scene.is_any(i, &["but", "while", "and"]) && scene.region(i).is_none();
    let first = |from: usize| (from..cue.start).find(joins).filter(|&i| scene.word(i - 1) == ",");
    let Some(joint) = first(core.end).or_else(|| first(core.start + 1)) else { return };
    // "Killings seem rare, but officials say".
    let another = scene.is(joint, "but")
        && is_clause(scene, &(core.start..joint - 1))
        && phrase::before(scene, joint + 1, before_auxiliaries(scene, joint + 1, cue.start))
            .is_some_and(|s| s.core.start == joint + 1);
    // "But officials, after years of silence, say".
    let comma = (joint + 1..cue.start).find(|&i| scene.word(i) == "," && scene.word(i + 1).ends_with("ing"));
    let parted = comma.filter(|_| scene.is(joint, "but") && is_clause(scene, &(core.start..joint - 1)));
    if let Some(better) = parted.and_then(|comma| phrase::before(scene, joint + 1, comma))
        && better.core.start == joint + 1
    {
        found.source = Some(better);
    } else if (joint == core.end + 1 && is_clause(scene, &core) || another)
        && let Some(better) = phrase::before(scene, joint + 1, before_auxiliaries(scene, joint + 1, cue.start))
            .filter(|s| s.core.start > joint)
    {
        found.source = Some(better);
    }
}

/// Verbs within a relative clause: "which Roe says".
const SAYS: [&str; 14] = [
    "say", "says", "said", "believe", "believes", "claim", "claims", "fear", "fears", "hope", "hopes", "argue",
    "argues", "insists",
];

/// "They live alone, a problem that students and officials say is known": the subject of the clause behind "that".
fn of_relative(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(floor) = scene.sentence(cue.start).map(|s| s.start) else { return };
    let end = before_auxiliaries(scene, floor, cue.start);
    let noun = |&i: &usize| {
        let joins = scene.is(i, "and") || scene.has(i, Classes::DETERMINER);
        scene.region(i).is_none() && scene.kind(i) == Kind::Word && (joins || phrase::is_noun_like(scene, i))
    };
    let first = (floor..end).rev().take(MOST_BEFORE).take_while(noun).last();
    let apart = |i: usize| i > source.core.start + 2 && i > floor + 2;
    let Some(first) = first.filter(|&i| apart(i) && scene.is_any(i - 1, &["that", "which"])) else {
        return;
    };
    let says = scene.is_any(cue.start, &SAYS);
    let parted = matches!(scene.kind(first - 2), Kind::Dash | Kind::Comma);
    let finite = scene.is_verb(cue.end) || scene.has(cue.end, Classes::AUXILIARY | Classes::ADVERB);
    if says && finite && (parted || phrase::is_noun_like(scene, first - 2)) && !scene.has(end - 1, Classes::DETERMINER)
    {
        let core = first..end;
        found.source = Some(Source { form: phrase::form(scene, &core), phrase: core.clone(), core });
    }
}

/// "The Opposition yesterday accused": the day is when it was said.
fn without_day(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let last = source.core.end - 1;
    let day = scene.is_any(last, &["yesterday", "today", "tonight"]) || scene.has(last, Classes::WEEKDAY);
    // "A poll released Friday" has its own.
    let released = |i: usize| scene.has(i, Classes::VERB | Classes::CUE_VERB) || scene.word(i).ends_with("ed");
    let apart = last > source.core.start && source.core.end == cue.start && !released(last - 1);
    // "The bank last month said".
    let spell = scene.is_any(last, &["month", "week", "year", "night"])
        && last > source.core.start + 1
        && scene.is_any(last - 1, &["last", "this"]);
    if spell && source.core.end == cue.start && !released(last - 2) && scene.name(last - 2).is_some() {
        source.core.end = last - 1;
        source.phrase.end = source.phrase.end.min(last - 1);
    } else if day && apart && scene.name(last).is_none() {
        source.core.end = last;
        source.phrase.end = source.phrase.end.min(last);
    }
}

/// "She's already lashed out", "The superstar then sang", "Similarly another user said": neither the verb nor the adverb is part of
/// the subject.
fn bare_subject(scene: &Scene<'_, '_>, found: &mut Attribution) {
    manner(scene, found);
    let Some(source) = &mut found.source else { return };
    let (first, last) = (source.core.start, source.core.end - 1);
    if last == first || scene.name(first).is_some_and(|n| n.tokens.end > last) {
        return;
    }
    let adverb = |i: usize| {
        let shape = scene.word(i).ends_with("ly") && scene.name(i).is_none();
        shape && scene.word(i).len() > 5 && !scene.is_any(i, &NO_ADVERBS) || scene.is(i, "further")
    };
    let verb = last == first + 1
        && scene.kind(last) == Kind::Clitic
        && scene.has(first, Classes::PRONOUN)
        && scene.name(first).is_none();
    // "I leant over and said".
    let clause = scene.is_any(first, &["i", "he", "she", "we", "they"])
        && scene.name(first).is_none()
        && !scene.has(first + 1, Classes::CONJUNCTION)
        && (scene.is_verb(first + 1) || scene.word(first + 1).ends_with("ed") || scene.is(last, "and"));
    // "Is all she'll say".
    let who = scene.word(first + 1).split(['\'', '\u{2019}']).next().unwrap_or_default();
    if scene.is(first, "all") && matches!(who, "he" | "she" | "they" | "I" | "we") {
        source.core = first + 1..first + 2;
        source.phrase = source.core.clone();
        source.form = Form::Pronoun;
        return;
    }
    // "Whether he is active he added".
    let again = scene.is_any(last, &["he", "she", "they"]) && scene.name(last).is_none() && scene.is_verb(last + 1);
    if again && scene.kind(last - 1) == Kind::Word && !scene.has(last - 1, Classes::CONJUNCTION) {
        source.core = last..last + 1;
        source.phrase = last..source.phrase.end;
        source.form = Form::Pronoun;
    } else if scene.has(last, Classes::CUE_VERB)
        && !scene.token(last).is_capital()
        && !scene.has(last, Classes::CUE_NOUN | Classes::ROLE)
        && scene.name(last - 1).is_some_and(|n| n.kind == EntityType::Person && n.tokens.end == last)
    {
        // "Leader Ana Roe reiterated calls".
        source.core.end = last;
        source.phrase.end = source.phrase.end.min(last).max(last);
    } else if clause {
        source.core.end = first + 1;
        source.phrase.end = source.phrase.end.min(first + 1);
        source.form = phrase::form(scene, &source.core);
    } else if scene.is(last, "and") && scene.name(first).is_none() && scene.has(first + 1, Classes::DETERMINER) {
        // "All Roe could do was bind it and warn".
        let sentence = scene.sentence(first).map_or(first, |s| s.start);
        let verb = (sentence + 1..first).find(|&i| scene.is_verb(i) && scene.region(i).is_none());
        found.source = verb.and_then(|verb| phrase::before(scene, sentence, verb));
    } else if verb || scene.is(last, "then") || adverb(last) && !scene.token(last).is_capital() {
        source.core.end = last;
        source.phrase.end = source.phrase.end.min(last);
    } else if scene.is_any(first, &["yesterday", "today", "separately", "meanwhile", "earlier"])
        && scene.name(first + 1).is_some()
        || adverb(first) && scene.has(first + 1, Classes::DETERMINER | Classes::PRONOUN)
    {
        source.core.start += 1;
        source.phrase.start = source.phrase.start.max(source.core.start);
    }
}

/// "While state actors in the talks expressed hope": what a preposition brings in is no subject, the noun before it is.
fn with_head(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let start = source.core.start;
    let Some(sentence) = scene.sentence(start).map(|s| s.start) else { return };
    let brought = start.checked_sub(1).filter(|&i| i > sentence && scene.is_any(i, &["in", "at", "of", "from", "for"]));
    let Some(at) = brought.filter(|_| before_auxiliaries(scene, start, cue.start) == source.core.end) else { return };
    let Some(head) = phrase::before(scene, sentence, at) else { return };
    let first = head.core.start;
    let opens =
        first == sentence || scene.is_any(first - 1, &["while", "as", "when", "that", "but", "because", "although"]);
    let people = scene.has(at - 1, Classes::ROLE | Classes::COLLECTIVE) || scene.word(at - 1).ends_with("ors");
    let said = found.pieces.iter().any(|p| p.contains(&first));
    if opens && people && !said && head.core.end == at && scene.name(source.core.end - 1).is_none() {
        source.core.start = first;
        source.phrase.start = source.phrase.start.min(first);
        source.form = phrase::form(scene, &source.core);
    }
}

/// "The city could convincingly argue": not how, but who.
fn manner(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = found.source.as_ref().filter(|s| s.core.len() == 1) else { return };
    let how = source.core.start;
    let word = scene.word(how);
    let adverb = word.ends_with("ly") && word.len() > 5 && scene.name(how).is_none() && !scene.token(how).is_capital();
    let before = found.cue.as_ref().is_some_and(|c| c.start == how + 1);
    if let Some(sentence) = scene.sentence(how).filter(|_| adverb && before && !scene.is_any(how, &NO_ADVERBS)) {
        let end = before_auxiliaries(scene, sentence.start, how);
        found.source = phrase::before(scene, sentence.start, end);
    }
}

/// `states NJ Roe, chairman of the board`: the name right behind the verb, not its apposition.
fn named_first(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let named = scene.name(cue.end).filter(|n| n.tokens.start == cue.end && n.kind != EntityType::Place);
    // "Explains Ana Roe of the Rope Centre".
    let joined = |n: &crate::names::Name| {
        let brings = scene.is_any(n.tokens.end, &["of", "from", "at"]) && n.kind == EntityType::Person;
        (scene.word(n.tokens.end) == "," || brings) && source.core.start == n.tokens.end + 1
    };
    let Some(name) = named.filter(|n| joined(n)) else { return };
    source.phrase = name.tokens.start..source.phrase.end.max(source.core.end);
    source.core = name.tokens.clone();
    source.form = Form::Name;
}

/// "Ralph Roe, deputy administrator, told": the name before its apposition.
fn named_before(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let person = |i: usize| scene.name(i).filter(|n| n.kind == EntityType::Person);
    let comma = core.start.checked_sub(1).filter(|&c| c > 0 && scene.word(c) == "," && core.end <= cue.start);
    let Some(name) = comma.and_then(|c| person(c - 1)).filter(|n| n.tokens.end + 1 == core.start) else { return };
    let title = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
    let opens = title == 0 || matches!(scene.kind(title - 1), Kind::Stop | Kind::Comma | Kind::Mark);
    let office = core.clone().any(|i| scene.has(i, Classes::ROLE)) && !core.clone().any(|i| person(i).is_some());
    // "Ana Roe, a doctor at the clinic said": the second comma may be forgotten, though not behind a clause.
    let first = title == 0 || scene.sentence(title).is_some_and(|s| s.start == title);
    let forgotten = first && scene.is_any(core.start, &["a", "an"]);
    let article = scene.has(core.start, Classes::DETERMINER) && scene.word(core.end) != "," && !forgotten;
    // "Ana Roe, DDS said".
    let honour = core.len() == 1 && scene.token(core.start).flags.contains(Flags::ALL_CAPS);
    if opens && (office || honour) && !article {
        source.phrase = title..source.phrase.end.max(core.end);
        source.core = title..name.tokens.end;
        source.form = Form::Name;
    }
}

/// "said Salomon Brothers (Asia) analyst Ana Roe": a bracket within a body's name does not end the phrase.
fn behind_bracket(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let end = source.core.end;
    if source.core.start != cue.end || scene.kind(end) != Kind::Open {
        return;
    }
    let Some(close) = (end + 1..end + MOST_BEFORE).find(|&i| scene.kind(i) == Kind::Close) else { return };
    let named = |&i: &usize| scene.name(i).is_some_and(|n| n.kind == EntityType::Person && n.tokens.start == i);
    let Some(at) = (close + 1..close + MOST_BEFORE).find(named) else { return };
    let role = (close + 1..at).any(|i| scene.has(i, Classes::ROLE));
    if role && (close + 1..at).all(|i| scene.kind(i) == Kind::Word) {
        source.core.end = scene.name(at).map_or(end, |n| n.tokens.end);
        source.phrase.end = source.phrase.end.max(source.core.end);
    }
}

/// `"Step by step," wrote the president to celebrate the news`: what for is no part of who.
fn without_purpose(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let object = |i: usize| scene.has(i, Classes::DETERMINER) || scene.token(i).is_capital() || scene.name(i).is_some();
    let purpose = |&i: &usize| {
        let whom = scene.has(i + 2, Classes::DETERMINER) && scene.kind(i + 1) == Kind::Word;
        scene.is(i, "to") && (scene.has(i + 1, Classes::VERB) || whom) && !object(i + 1)
    };
    let inverted = source.core.start == cue.end;
    let end = source.core.clone().skip(2).find(purpose).filter(|_| inverted);
    // "Said Prime Minister Ana Roe before thanking the guests".
    let then =
        |&i: &usize| scene.is_any(i, &["before", "after", "while", "when"]) && scene.word(i + 1).ends_with("ing");
    let end = end.or_else(|| source.core.clone().skip(2).find(then).filter(|_| inverted));
    if let Some(end) = end.filter(|&end| scene.has(end - 1, Classes::ROLE) || scene.name(end - 1).is_some()) {
        source.core.end = end;
        source.phrase.end = source.phrase.end.min(end);
    }
}

/// `…, reports the Post.`: a verb behind the comma of what is said has its subject behind it.
fn behind_cue(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue)) = (&found.source, found.cue.clone()) else { return };
    // "…, reports Ana Roe for the Post": taken for the second half of the content.
    if let [left, right] = found.pieces.as_slice()
        && left.end <= cue.start
        && right.start == cue.end
        && scene.name(right.start).is_some_and(|n| n.tokens.start == right.start)
        && !scene.has_verb(right)
    {
        found.pieces.pop();
    }
    let [.., piece] = found.pieces.as_slice() else { return };
    let apart = |i: usize| scene.kind(i) == Kind::Comma;
    let said = piece.end <= cue.start && cue.start <= piece.end + 1;
    let comma = apart(cue.start.max(1) - 1) || piece.len() > 1 && apart(piece.end - 2) && piece.end == cue.start;
    if !said || !comma || !scene.has(cue.start, Classes::CUE_VERB) {
        return;
    }
    let source = phrase::after(scene, cue.end, cue.end + MOST_SOURCE);
    let closed = |s: &Source| {
        matches!(scene.kind(s.phrase.end), Kind::Stop | Kind::Comma) || scene.has(s.phrase.end, Classes::PREPOSITION)
    };
    found.source = source.filter(|s| closed(s) && scene.region(s.core.start).is_none());
}

/// "A judge on Friday blocked the law, ruling that", "Bank holds rates, hints at": of a clause before the verb its subject speaks.
fn before_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let core = source.core.clone();
    let participle = scene.word(cue.start).ends_with("ing");
    let by = participle && scene.is(cue.start - 1, "by");
    let joined = cue.start > core.end
        && (by || scene.word(cue.start - 1) == "," || !participle && scene.is(cue.start - 1, "and"));
    // "Prosecutors wrote that Roe had a false passport, and argued".
    let again = scene.is(cue.start - 1, "and") && core.clone().skip(1).any(|i| scene.is(i, "that"));
    if !joined || cue.start > core.end + 2 && !participle && !again || !is_clause(scene, &core) {
        return;
    }
    let ends =
        |i: usize| is_finite(scene, i) || scene.has(i, Classes::PREPOSITION) && scene.has(i + 1, Classes::WEEKDAY);
    let Some(end) = core.clone().skip(1).find(|&i| ends(i)) else { return };
    // "The fraud came to light when a passenger complained": of two clauses the second.
    let second = |i: usize| scene.is_any(i, &["when", "after", "as", "while", "because", "before", "until", "if"]);
    if scene.has(end - 1, Classes::CONJUNCTION) || (end..core.end).any(second) {
        return;
    }
    let subject = core.start..end;
    found.source = Some(Source { form: phrase::form(scene, &subject), phrase: subject.clone(), core: subject });
}

/// "Its sponsor, Republican senator Ana Roe, argued": an apposition goes on to its comma.
fn with_apposition(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let opened = core.clone().skip(1).any(|i| scene.word(i) == ",");
    let Some(comma) = (core.end..cue.start).find(|&i| scene.word(i) == ",").filter(|_| opened) else { return };
    let Some(name) = scene.name(comma - 1).filter(|n| n.kind == EntityType::Person && n.tokens.end == comma) else {
        return;
    };
    let word = |i: usize| scene.kind(i) == Kind::Word || scene.word(i) == ".";
    let between = core.end..name.tokens.start;
    if !between.is_empty() && between.len() <= MOST_BETWEEN && between.clone().all(word) {
        source.core.end = comma;
        source.phrase.end = source.phrase.end.max(comma + 1);
    }
}

/// `Pakistan floods: 'We lost all'`: what a headline is about does not speak.
fn not_topic(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = found.source.as_ref().filter(|_| found.cue.is_none()) else { return };
    let core = &source.core;
    let headline = scene.structure.blocks[scene.block_of(core.start)].role == Role::Headline;
    let speaks = Classes::ROLE | Classes::COLLECTIVE | Classes::PRONOUN | Classes::ORG_NOUN;
    let last = core.end - 1;
    let thing = scene.kind(last) == Kind::Word && !scene.token(last).is_capital() && scene.name(last).is_none();
    if headline && thing && scene.word(core.end) == ":" && !core.clone().any(|i| scene.has(i, speaks)) {
        found.source = None;
    }
}

/// `LEEDS, May 3 /Newswire/ -- "…"`: neither the place nor the agency speaks.
fn not_dateline(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = found.source.as_ref().filter(|_| found.cue.is_none()) else { return };
    let span = scene.span(&source.core);
    let within = scene.structure.datelines.iter().any(|d| d.span.contains(span));
    let dated = source.phrase.clone().any(|i| is_month(scene.token(i).hash) && scene.token(i).is_capital());
    if within || dated && found.reason == "signature" {
        found.source = None;
        found.reason = "no speaker found";
    }
}

/// `…, figures from the ministry show.`: all of the tag behind the last comma.
fn whole_tag(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let start = source.core.start;
    let trails = source.core.end == cue.start && scene.kind(cue.end) == Kind::Stop;
    let brought = start > 1 && scene.is_any(start - 1, &["from", "by", "of", "at", "for"]);
    let comma = (start.saturating_sub(MOST_BEFORE)..start).rev().find(|&i| scene.word(i) == ",");
    let Some(comma) = comma.filter(|_| trails && brought) else { return };
    let before = comma + 1..start;
    // "Documents seen by the Ledger show".
    let seen = before.len() > 2 && scene.is_any(start - 2, &["seen", "obtained", "reviewed", "published", "released"]);
    let noun = if seen { comma + 1..start - 2 } else { before.clone() };
    let nominal = before.len() > 1 && (noun.len() == 1 || !scene.has_verb(&noun));
    let tag = nominal && !scene.opens_any(&before) && scene.name(comma + 1).is_none();
    if !tag || found.pieces.iter().any(|p| p.end > start) {
        return;
    }
    source.core.start = comma + 1;
    source.phrase.start = source.phrase.start.min(comma + 1);
    source.form = phrase::form(scene, &source.core);
    // The content was taken as far as the name.
    if let Some(piece) = found.pieces.last_mut().filter(|p| p.start < comma && p.end > comma) {
        piece.end = comma;
    }
}
