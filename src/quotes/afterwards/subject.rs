//! Which of the words beside a verb is its subject: the source of an attribution in, the nearer or the barer one out.

use super::{is_clause, is_finite};
use crate::article::{EntityType, Form};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// A source behind its verb ends before so many tokens.
const MOST_SOURCE: usize = 16;

/// A bracket before a verb holds no more tokens.
const MOST_BRACKETED: usize = 24;

/// Words that open a clause with a subject of its own.
const JOINTS: [&str; 10] = ["and", "but", "while", "whereas", "when", "because", "although", "after", "that", "as"];

/// Verbs in the form that reports what a clause before them did: "…, saying: “…”".
const SAYING: [&str; 8] = ["saying", "adding", "writing", "tweeting", "telling", "joking", "insisting", "replying"];

/// Those that say what somebody calls something.
const NAMING: [&str; 10] = [
    "describing",
    "calling",
    "branding",
    "labelling",
    "labeling",
    "denouncing",
    "condemning",
    "hailing",
    "dismissing",
    "dubbing",
];

/// Mends the source of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    saying(scene, found);
    claimed(scene, found);
    nearest(scene, found);
    without_predicate(scene, found);
    agent(scene, found);
    behind_quote(scene, found);
    last_name(scene, found);
    first_person(scene, found);
    name_behind(scene, found);
    main_of_relative(scene, found);
    of_main_clause(scene, found);
    whole(scene, found);
    behind_bracket(scene, found);
    resident(scene, found);
    called(scene, found);
}

fn plain(scene: &Scene<'_, '_>, core: TokenRange) -> Source {
    Source { form: phrase::form(scene, &core), phrase: core.clone(), core }
}

/// `derided the photo call, saying: "…"`, `she refused, saying that she "…"`: the verb right before the words reports, not one
/// before its comma.
fn saying(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), Some(piece)) = (&found.cue, found.pieces.first()) else { return };
    let noun = phrase::is_noun_like(scene, cue.start) || scene.has(cue.start, Classes::CUE_NOUN);
    let at = piece.start.saturating_sub(2);
    let colon = scene.opens_region(piece.start).is_some() && scene.word(at + 1) == ":" && noun;
    let that = scene.is(at + 1, "that") && scene.word(at.max(1) - 1) == "," && cue.end + 1 == at;
    // "The regulator ruled on Wednesday, describing its conduct as “a gamble”".
    let verb = piece.start.saturating_sub(1);
    let comma = verb.saturating_sub(1);
    let named = scene.is_any(verb, &NAMING) && scene.word(comma) == "," && scene.region(verb).is_none();
    if named && cue.end <= comma && !scene.has_verb(&(cue.end..comma)) && !scene.opens_any(&(cue.end..comma)) {
        found.cue = Some(verb..verb + 1);
        return;
    }
    if (colon || that) && cue.end <= at && scene.is_any(at, &SAYING) && scene.region(at).is_none() {
        found.cue = Some(at..at + 1);
    }
}

/// "She received a call from a man who claimed that it was late": the verb before "that" reports it, and its own subject.
fn claimed(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), Some(piece)) = (&found.cue, found.pieces.first()) else { return };
    let that = piece.start.saturating_sub(1);
    let verb = that.saturating_sub(1);
    let reports = scene.is(that, "that") && scene.has(verb, Classes::CUE_VERB) && is_finite(scene, verb);
    if !reports || verb < cue.end + 2 || scene.has(cue.start, Classes::CUE_VERB) && is_finite(scene, cue.start) {
        return;
    }
    let start = before_auxiliaries(scene, cue.end, verb);
    let Some(who) = start.checked_sub(1).filter(|&i| scene.is_any(i, &["who", "which"])) else { return };
    let comma = usize::from(scene.word(who - 1) == ",");
    let Some(mut source) = phrase::before(scene, cue.end, who - comma) else { return };
    // "A call on May 2 from a man".
    let brought = |i: &usize| scene.is_any(*i, &["from", "by", "with"]) && scene.name(*i).is_none();
    if let Some(from) = source.core.clone().rev().find(brought) {
        source = plain(scene, from + 1..source.core.end);
    }
    found.cue = Some(verb..verb + 1);
    found.source = Some(source);
}

/// "Transport Minister Ana Roe has promised": all that stands before the verb, where no source was found.
fn whole(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(start) = scene.sentence(cue.start).map(|s| s.start).filter(|&s| s < cue.start) else { return };
    let end = before_auxiliaries(scene, start, cue.start);
    let passive = |i: usize| scene.is_any(i, &["is", "are", "was", "were", "be", "been", "being"]);
    let acts = scene.has(cue.start, Classes::CUE_VERB) && !(end..cue.start).any(passive);
    let person = end > start && scene.name(end - 1).is_some_and(|n| n.kind == EntityType::Person);
    let plain = (start..end).all(|i| scene.name(i).is_some() || scene.token(i).is_capital());
    if acts && person && plain && end - start < MOST_SOURCE && found.pieces.iter().all(|p| p.start >= cue.end) {
        found.source = Some(self::plain(scene, start..end));
    }
}

/// `Dr Marsh ("Our hedges", Letters, 4 May) claims`: what stands in brackets before the verb is not who speaks.
fn behind_bracket(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(sentence) = scene.sentence(cue.start).filter(|s| source.core.start > s.start) else { return };
    let end = before_auxiliaries(scene, sentence.start, cue.start);
    let close = end.checked_sub(1).filter(|&i| scene.kind(i) == Kind::Close && i > source.core.start);
    let Some(close) = close.filter(|&i| source.core.end <= i + 1) else { return };
    let open = (sentence.start + 1..close).rev().take(MOST_BRACKETED).find(|&i| scene.kind(i) == Kind::Open);
    let Some(open) = open.filter(|&i| i < source.core.start) else { return };
    if let Some(before) = phrase::before(scene, sentence.start, open) {
        found.source = Some(Source { phrase: before.phrase.start..close + 1, ..before });
    }
}

/// "Derek Pugh, 71, of Lister Street, Wolverhampton, said": the street does not speak.
fn resident(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(sentence) = scene.sentence(cue.start).filter(|s| s.contains(&source.core.start)) else { return };
    let before = source.core.end <= cue.start;
    if let Some(who) = phrase::resident(scene, sentence.start, source).filter(|_| before) {
        found.source = Some(who);
    }
}

/// "The family has denied it and Congress has accused Roe", "claims he had once told Lee": the subject of the clause that
/// the verb stands in, where a source of an earlier clause was chosen.
fn nearest(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let Some(sentence) = scene.sentence(cue.start) else { return };
    let end = before_auxiliaries(scene, sentence.start, cue.start);
    let from = source.core.end;
    if from >= end || source.core.start < sentence.start || !scene.has(cue.start, Classes::CUE_VERB) {
        return;
    }
    // Neither "saying" nor "to say" has a subject right before it.
    if scene.word(cue.start).ends_with("ing") && end == cue.start || scene.is(cue.start - 1, "to") {
        return;
    }
    let plain_words = |i: &usize| scene.region(*i).is_none();
    let acts = (from..end - 1).filter(plain_words).any(|i| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY));
    let last = end - 1;
    if !acts || scene.region(last).is_some() {
        return;
    }
    let quoted = found.pieces.iter().any(|p| p.start >= cue.end && scene.opens_region(p.start).is_some());
    let pronoun = scene.is_any(last, &["he", "she", "they", "we", "i"]) && scene.name(last).is_none();
    if pronoun {
        // "Roe says she hopes": the name says more.
        if quoted || scene.is_any(last, &["i", "we"]) {
            found.source = Some(plain(scene, last..end));
        }
        return;
    }
    let Some(joint) = (from..last).rev().find(|&i| scene.region(i).is_none() && scene.is_any(i, &JOINTS)) else {
        return;
    };
    // "Roe told them that Lee wrote it": she reports all of it.
    let report = |i: usize| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none();
    if scene.is(joint, "that") && !quoted && (from..last).filter(plain_words).any(report) {
        return;
    }
    // "He and other leaders are planning": one subject, not two clauses.
    let beside = scene.name(joint - 1).is_some() || scene.has(joint - 1, Classes::PRONOUN);
    let one = end < cue.start && scene.is_any(end, &["has", "is", "was"]);
    let joined = scene.is(joint, "and") && beside && !one || scene.is(joint + 1, "no");
    let subject = phrase::before(scene, joint + 1, end).filter(|s| s.core == (joint + 1..end));
    let speaks = scene.name(last).is_some_and(|n| n.kind != EntityType::Place)
        || scene.has(last, Classes::ROLE | Classes::COLLECTIVE);
    if speaks
        && !joined
        && let Some(subject) = subject.filter(|s| !s.core.clone().any(|i| scene.has(i, Classes::PREPOSITION)))
    {
        found.source = Some(subject);
    }
}

/// "This will disappoint some senior members, who say", "they are probing a complaint by a man who said": the verb before a
/// noun is no part of it.
fn without_predicate(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let (start, end) = (source.core.start, source.core.end);
    if start == 0
        || end > cue.start
        || end < start + 3
        || scene.name(start).is_some()
        || scene.token(start).is_capital()
    {
        return;
    }
    let led = scene.has(start - 1, Classes::AUXILIARY) || scene.is_any(start - 1, &["to", "n't", "not"]);
    let object = scene.has(start + 1, Classes::DETERMINER)
        || scene.is_any(start + 1, &["some", "many", "several", "its", "his", "her", "their"]);
    let acts = !scene.has(start, Classes::DETERMINER | Classes::ADVERB | Classes::AUXILIARY);
    if led && object && acts && scene.kind(start) == Kind::Word && !scene.is(end - 1, "and") {
        source.core.start = start + 1;
        source.phrase.start = source.phrase.start.max(start + 1);
        source.form = phrase::form(scene, &source.core);
    }
}

/// "A complaint filed by a lawmaker from the party, who accused", "an address from Ana Roe, who": of a thing and who made it, the one
/// that can be "who".
fn agent(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let core = source.core.clone();
    let behind = core.end + usize::from(scene.word(core.end) == ",");
    // "Statements by the ministry, which called it a stunt".
    let stated = scene.is(behind, "which") && scene.is_any(core.start, &["statements", "remarks", "comments"]);
    let who = behind < cue.start && (scene.is(behind, "who") || stated);
    let last = |word: &str| core.clone().rev().find(|&i| scene.is(i, word) && scene.region(i).is_none());
    let person = scene.name(core.end - 1).is_some_and(|n| n.kind == EntityType::Person);
    let Some(by) = last("by").or_else(|| last("from")).filter(|_| who) else { return };
    let made = by > core.start + 1 && scene.word(by - 1).ends_with("ed") && scene.is(by, "by");
    let described = scene.has(by + 1, Classes::DETERMINER) || scene.name(by + 1).is_some();
    // "A lawmaker from Leeds" speaks, a letter does not.
    let thing = !core.clone().take_while(|&i| i < by).any(|i| scene.has(i, Classes::ROLE | Classes::COLLECTIVE));
    let someone = scene.is_any(by + 1, &["a", "an", "one"])
        && (scene.has(core.end - 1, Classes::ROLE) || scene.is_any(core.end - 1, &["man", "woman", "boy", "girl"]));
    let sent = (person || someone || stated) && thing && (scene.is(by, "from") || stated);
    if by + 1 < core.end && (made && (described || person) || sent) {
        found.source = Some(plain(scene, by + 1..core.end));
    }
}

/// `"He's not finished," whispered the member as your reporter slipped out`: right behind the verb stands who spoke.
fn behind_quote(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let quoted = found.pieces.iter().any(|p| p.end == cue.start && scene.kind(cue.start - 1) == Kind::Mark);
    let begins = scene.has(cue.end, Classes::DETERMINER) || scene.name(cue.end).is_some();
    if !quoted || !begins || source.core.start <= cue.end + 1 {
        return;
    }
    let then = |&i: &usize| scene.is_any(i, &["as", "while", "when", "after", "before"]) && scene.region(i).is_none();
    let between = (cue.end + 1..source.core.start).find(then);
    if let Some(end) = between {
        found.source = Some(plain(scene, cue.end..end));
    }
}

/// "It was because he had rejected them that it worked, claimed Mr Roe": a name between the verb and the end of the sentence is
/// who says what stands before the comma.
fn last_name(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_slice()) else { return };
    let comma = cue.start.saturating_sub(1);
    let closes = scene.kind(piece.end) == Kind::Stop && piece.start == cue.end && scene.word(comma) == ",";
    let finite = scene.has(cue.start, Classes::CUE_VERB) && !scene.word(cue.start).ends_with("ing");
    if !closes || !finite || scene.region(comma).is_some() || scene.opens_any(piece) {
        return;
    }
    let Some(sentence) = scene.sentence(comma).map(|s| s.start) else { return };
    let clause = scene.trim(&(sentence..comma));
    let speaker = phrase::after(scene, cue.end, cue.end + MOST_SOURCE)
        .filter(|s| s.form == Form::Name && s.core == *piece && !scene.opens_any(&clause));
    let person = scene.name(piece.end - 1).is_some_and(|n| n.kind == EntityType::Person);
    if let Some(speaker) = speaker.filter(|_| person && clause.len() > 3 && is_clause(scene, &clause)) {
        found.source = Some(speaker);
        found.pieces = vec![clause];
    }
}

/// "The study cannot show it, noted Ana Roe, who was not involved": a person right behind the verb of a tag is who says it.
fn name_behind(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_slice()) else { return };
    let comma = cue.start.saturating_sub(1);
    let tag = scene.word(comma) == "," && scene.region(comma).is_none() && piece.start == cue.end;
    let says =
        scene.is_any(cue.start, &["noted", "notes", "said", "says", "wrote", "writes", "explained", "added", "argued"]);
    let person = scene.name(cue.end).filter(|n| n.kind == EntityType::Person && n.tokens.start <= cue.end);
    let relative = person.is_some_and(|n| scene.word(n.tokens.end) == "," && scene.is(n.tokens.end + 1, "who"));
    let Some(sentence) = scene.sentence(comma).map(|s| s.start).filter(|_| tag && says && relative) else { return };
    let clause = scene.trim(&(sentence..comma));
    let Some(source) = phrase::after(scene, cue.end, cue.end + MOST_SOURCE) else { return };
    if clause.len() > 3 && !scene.opens_any(&clause) && clause.clone().skip(1).any(|i| scene.is_verb(i)) {
        found.source = Some(source);
        found.pieces = vec![clause];
    }
}

/// "Ana Roe, who filed the plea, told the court her clients wait": behind the relative clause the main verb reports.
fn main_of_relative(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const SAYS: [&str; 6] = ["told", "tells", "said", "says", "argued", "added"];
    let (Some(source), Some(cue), [piece]) = (&mut found.source, &mut found.cue, found.pieces.as_mut_slice()) else {
        return;
    };
    let who = cue.start.checked_sub(1).filter(|&i| scene.is(i, "who") && scene.word(i.max(1) - 1) == ",");
    let relative = who.is_some_and(|who| source.core.end + 1 == who) && piece.start >= cue.end;
    let verb = piece.end + 1;
    let closes = scene.word(piece.end) == "," && scene.is_any(verb, &SAYS) && scene.region(verb).is_none();
    if !(relative && closes) || scene.has_verb(piece) || scene.opens_any(piece) {
        return;
    }
    let Some(sentence) = scene.sentence(verb) else { return };
    let said = verb + 1 + usize::from(scene.is(verb + 1, "that"));
    let rest = scene.trim(&(said..sentence.end));
    if rest.len() > 3 && scene.has_verb(&rest) {
        source.phrase.end = verb;
        *cue = verb..verb + 1;
        *piece = rest;
    }
}

/// "As a volunteer in Kent I can report": what a preposition brings in is no part of "I".
fn first_person(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let last = source.core.end - 1;
    let led = source.core.len() > 1 && scene.is_any(last, &["i", "we"]) && scene.region(last - 1).is_none();
    if led && !scene.is_any(last - 1, &["and", "or"]) {
        *source = plain(scene, last..last + 1);
    }
}

/// "Asking him to heed the rules, Roe said": who asks is the subject of the main clause.
fn of_main_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let first = scene.sentence(cue.start).is_some_and(|s| s.start == cue.start);
    let opens = first && scene.word(cue.start).ends_with("ing") && piece.start >= cue.end;
    let comma = piece.end;
    if !opens || scene.word(comma) != "," || scene.region(comma).is_some() {
        return;
    }
    let speaker = phrase::after(scene, comma + 1, comma + MOST_SOURCE);
    let acts = |s: &Source| scene.is_verb(s.phrase.end) || scene.has(s.phrase.end, Classes::CUE_VERB);
    found.source = speaker.filter(|s| s.core.start == comma + 1 && acts(s));
}

/// `A night nurse called Pearl told me, "…"`: the name belongs to her, and the verb behind it reports.
fn called(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let names = scene.is_any(cue.start, &["called", "named"]) && source.core.end == cue.start;
    let name = scene.name(cue.end).filter(|n| names && n.kind == EntityType::Person && n.tokens.start == cue.end);
    let Some(verb) = name.map(|n| n.tokens.end).filter(|&v| scene.has(v, Classes::CUE_VERB)) else { return };
    let first = source.core.start;
    if !scene.is_any(first, &["a", "an", "one", "another"]) || !is_finite(scene, verb) {
        return;
    }
    // What "told" reports is found by itself.
    for piece in found.pieces.iter_mut().filter(|p| p.contains(&verb)) {
        piece.end = piece.start;
    }
    found.source = Some(plain(scene, first..verb));
    found.cue = Some(verb..verb + 1);
}
