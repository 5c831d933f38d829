//! What was said, where grammar knows it for certain: the pieces of an attribution in, the same mended out.

use super::{is_clause, is_finite};
use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Words in brackets that a content is cut in are no more.
const MOST_BRACKETED: usize = 8;

/// Who speaks at the end of a headline has no more tokens.
const MOST_NAMED: usize = 5;

/// Mends the content of an attribution.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    addressed(scene, found);
    circumstance(scene, found);
    without_deed(scene, found);
    without_remark(scene, found);
    without_hearer(scene, found);
    with_deed(scene, found);
    not_source(scene, found);
    said_to(scene, found);
    quoted_alone(scene, found);
    last_words(scene, found);
    as_seen(scene, found);
    without_occasion(scene, found);
    pointing(scene, found);
    before_whom(scene, found);
    between_dashes(scene, found);
    apposed(scene, found);
    behind_clause(scene, found);
    of_fronted(scene, found);
    of_whom(scene, found);
    whole_words(scene, found);
    whole_brackets(scene, found);
    behind_inserted(scene, found);
}

/// "She answered it because, she says, it offered free biscuits": a tag behind the word that joins two clauses is of the second.
fn behind_inserted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const JOINTS: [&str; 8] = ["because", "although", "though", "since", "unless", "whereas", "while", "if"];
    let (Some(cue), [left, right]) = (&found.cue, found.pieces.as_slice()) else { return };
    let joint = scene.is_any(left.end - 1, &JOINTS) && scene.word(left.end) == ",";
    let tag = left.end <= cue.start && cue.end < right.start && scene.word(right.start - 1) == ",";
    if joint && tag && left.len() > 3 && !scene.opens_any(left) && scene.has_verb(right) {
        found.pieces.remove(0);
    }
}

/// "denied stealing the van": the content begins with the deed.
fn with_deed(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    let denies = scene.is_any(cue.start, &["denied", "denies", "denying", "admitted", "admits", "admitting"]);
    if denies && piece.start == cue.end + 1 && phrase::is_doing(scene, cue.end) {
        piece.start = cue.end;
    }
}

/// `commented on the award: "It is an honour."`: a phrase before the colon says what about; the quoted words are the content.
fn quoted_alone(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.clone() else { return };
    let Some(piece) = found.pieces.last_mut().filter(|p| p.start >= cue.end) else { return };
    let colon = |i: usize| scene.word(i) == ":" && scene.region(i).is_none();
    let Some(at) = piece.clone().find(|&i| colon(i)).filter(|&i| scene.opens_region(i + 1).is_some()) else { return };
    let about = piece.start..at;
    let verb = about.clone().any(|i| scene.is_verb(i) && !phrase::is_noun_like(scene, i));
    let end = scene.opens_region(at + 1).map_or(piece.end, |r| scene.regions[r].tokens.end);
    if !scene.opens_any(&about) && !verb && end + 1 >= piece.end {
        *piece = at + 1..end;
        // `In the city, people said to me: "…"`
        let aside =
            |p: &TokenRange| scene.has(p.start, Classes::PREPOSITION | Classes::CONJUNCTION) && !scene.opens_any(p);
        if found.pieces.len() == 2 && aside(&found.pieces[0]) {
            found.pieces.remove(0);
        }
    }
}

/// `Others noted her looks, with one saying: "Too thin!"`: the words are of who says them, not of who noted.
fn last_words(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_slice()) else { return };
    let Some(colon) = piece.clone().skip(2).find(|&i| scene.word(i) == ":" && scene.region(i).is_none()) else {
        return;
    };
    let says = scene.is_any(colon - 1, &["saying", "adding", "writing", "telling", "joking", "warning", "insisting"]);
    let region = scene.opens_region(colon + 1).map(|r| scene.regions[r].tokens.clone());
    let before = piece.start..colon - 1;
    let Some(words) = region.filter(|r| says && piece.start >= cue.end && r.end + 1 >= piece.end) else { return };
    if scene.opens_any(&before) {
        return;
    }
    let with = before.rev().find(|&i| scene.is(i, "with"));
    if let Some(speaker) = with.and_then(|with| phrase::before(scene, with + 1, colon - 1)) {
        found.source = Some(speaker);
        found.cue = Some(colon - 1..colon);
        found.pieces = vec![words];
    }
}

/// "Briefing journalists, she said it was late": what she did then is no part of what she said.
fn without_occasion(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const OCCASIONS: [&str; 8] =
        ["briefing", "speaking", "addressing", "commenting", "responding", "reacting", "talking", "answering"];
    let (Some(cue), [left, right]) = (&found.cue, found.pieces.as_slice()) else { return };
    let occasion = scene.is_any(left.start, &OCCASIONS) && left.end <= cue.start && cue.end <= right.start;
    if occasion && !scene.opens_any(left) && !scene.is_verb(right.start) && scene.has_verb(right) {
        found.pieces.remove(0);
    }
}

/// "In what many see as a mistake, Roe left": the comma ends what they see.
fn as_seen(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_mut_slice()) else { return };
    let seen = scene.is_any(cue.start, &["see", "saw", "call", "called", "describe", "described", "say", "said"]);
    let what = source.core.start.checked_sub(1).filter(|&i| scene.is(i, "what") && i > 0);
    let fronted = what.is_some_and(|i| scene.has(i - 1, Classes::PREPOSITION) && scene.token(i - 1).is_capital());
    let comma = piece.clone().find(|&i| scene.word(i) == "," && scene.region(i).is_none());
    if let Some(comma) = comma.filter(|_| seen && fronted && piece.start >= cue.end) {
        piece.end = comma;
    }
}

/// "He said that would take years": here "that" is the subject, no conjunction.
fn pointing(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end + 1) else { return };
    let verb = scene.has(piece.start, Classes::AUXILIARY) && !scene.is_any(piece.start, &["being", "been", "having"]);
    if verb && scene.is(cue.end, "that") && !scene.has(cue.start, Classes::CUE_NOUN) {
        piece.start = cue.end;
    }
}

/// "The ports must reopen, Li told a symposium on Thursday": who is told is no content; the clause before the comma is.
fn addressed(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let start = source.phrase.start;
    let told = scene.is_any(cue.start, &["told", "tells", "informed", "informs"])
        && piece.start == cue.end
        && source.core.end == cue.start;
    // "A meeting attended by officials".
    let passive = piece.clone().any(|i| scene.word(i).ends_with("ed") && scene.is(i + 1, "by"));
    let person = scene.has(piece.start, Classes::DETERMINER) && (passive || !is_clause(scene, piece));
    let comma = start.checked_sub(1).filter(|&c| scene.word(c) == "," && scene.region(c).is_none());
    let Some(comma) = comma.filter(|_| told && person && !scene.opens_any(piece)) else { return };
    let clause = scene.sentence(comma).map(|s| scene.trim(&(s.start..comma)));
    if let Some(clause) = clause.filter(|c| c.len() > 3 && !scene.opens_any(c) && is_clause(scene, c)) {
        found.pieces = vec![clause];
    }
}

/// "The roads will be mended, Roe pledged as he opened the bridge": what he did then is no content.
fn circumstance(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let then = scene.is_any(cue.end, &["as", "after", "before", "when", "while"])
        && scene.is_any(cue.end + 1, &["he", "she", "they"])
        && (cue.end..=cue.end + 1).contains(&piece.start);
    let start = source.phrase.start;
    let comma = start.checked_sub(1).filter(|&c| scene.word(c) == "," && scene.region(c).is_none());
    let Some(comma) = comma.filter(|_| then && source.core.end == cue.start && !scene.opens_any(piece)) else { return };
    let clause = scene.sentence(comma).map(|s| scene.trim(&(s.start..comma)));
    if let Some(clause) = clause.filter(|c| c.len() > 3 && is_clause(scene, c)) {
        found.pieces = vec![clause];
    }
}

/// "Rebels attack, he said, as he paid tribute to them": what he did then is no half of the content.
fn without_deed(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [left, right]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let pronoun = right.start + 1;
    let then = scene.is_any(right.start, &["as", "before", "when", "while"])
        && scene.is_any(pronoun, &["he", "she", "they"])
        && scene.token(pronoun).hash == scene.token(source.core.start).hash;
    let split = left.end <= source.core.start && cue.end <= right.start && scene.kind(right.start - 1) != Kind::Mark;
    if then && split && source.core.len() == 1 && !scene.opens_any(right) {
        found.pieces.pop();
    }
}

/// "Roe said the rule of two families is over, apparently referring to the Lees": whom he meant, the reporter says.
fn without_remark(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.last_mut().filter(|p| p.start >= cue.end) else { return };
    let remark =
        |&i: &usize| scene.region(i).is_none() && scene.is_any(i, &["referring", "alluding"]) && scene.is(i + 1, "to");
    let Some(at) = piece.clone().skip(3).find(remark) else { return };
    let before = at - 1;
    let apparent = scene.is_any(before, &["apparently", "obviously", "evidently", "presumably", "clearly"]);
    let end = if apparent { before } else { at };
    if apparent || scene.word(before) == "," || scene.region(before).is_some() {
        *piece = scene.trim(&(piece.start..end));
    }
}

/// "He told us - the war is over": who was told is no content.
fn without_hearer(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let told = scene.is_any(cue.start, &["told", "tells", "asked", "asks"]);
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end && p.len() > 2).filter(|_| told) else {
        return;
    };
    // "He told a news conference the bank would pay".
    let meeting = |&i: &usize| {
        scene.is_any(i, &["conference", "briefing", "hearing", "symposium", "seminar", "rally", "congress", "summit"])
    };
    let gathering = (piece.start + 1..piece.end.min(piece.start + MOST_NAMED)).find(meeting);
    if let Some(at) = gathering.filter(|_| scene.has(piece.start, Classes::DETERMINER)) {
        let start = at + 1 + usize::from(scene.is(at + 1, "that"));
        if start < piece.end && is_clause(scene, &(start..piece.end)) && !scene.has(at + 1, Classes::PREPOSITION) {
            piece.start = start;
        }
        return;
    }
    let hearer = scene.is_any(piece.start, &["us", "me", "him", "them", "her", "you"]);
    if hearer && (scene.is_break_dash(piece.start + 1) || scene.word(piece.start + 1) == ":") {
        piece.start += 2;
    }
}

/// "The economy grew by 3% and will grow on, says the bank": a whole clause before the comma is what is said, and the phrase
/// behind the verb who says it, though each was taken for the other.
pub(super) fn swapped(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let clause = source.core.clone();
    let between = clause.end + 1 == cue.start && scene.word(clause.end) == "," && piece.start == cue.end;
    if !between || scene.word(cue.start).ends_with("ing") || !is_clause(scene, &clause) {
        return;
    }
    let Some(speaker) = phrase::after(scene, cue.end, piece.end) else { return };
    let end = speaker.phrase.end;
    let rest = scene.trim(&(end.min(piece.end)..piece.end));
    if !scene.has_verb(&rest) {
        found.pieces = vec![clause];
    } else if matches!(scene.kind(end), Kind::Dash | Kind::Comma) {
        found.pieces = vec![clause, rest];
    } else {
        return;
    }
    found.source = Some(speaker);
}

/// "Ana Roe has turned down an offer, say reports": a short phrase behind the comma and the verb says what stands before them.
pub(super) fn says_last(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return };
    let says = scene.is_any(cue.start, &["say", "says", "said", "reports", "reported", "claims", "claim", "argued"]);
    let mut comma = cue.start.checked_sub(1).filter(|&c| scene.word(c) == "," && scene.region(c).is_none());
    let mut from = source.core.start;
    // "The debts limit the economies says the fund": "says" has no plural subject.
    let plural = scene.is(cue.start, "says")
        && source.core.end == cue.start
        && scene.has(source.core.start, Classes::DETERMINER)
        && source.core.len() == 2
        && scene.word(cue.start - 1).ends_with('s')
        && scene.has(piece.start, Classes::DETERMINER)
        && scene.name(piece.start + 1).is_some_and(|n| n.kind == EntityType::Organization);
    if plural && let Some(sentence) = scene.sentence(cue.start) {
        comma = Some(cue.start);
        from = sentence.start;
        if let Some(speaker) = phrase::after(scene, cue.end, piece.end).filter(|_| piece.start == cue.end) {
            found.pieces = vec![scene.trim(&(from..cue.start))];
            found.source = Some(speaker);
            return;
        }
    }
    let Some(comma) = comma.filter(|_| says && piece.start == cue.end && source.core.end <= cue.start) else { return };
    let Some(start) = scene.sentence(comma).map(|s| s.start) else { return };
    let clause = scene.trim(&(start..comma));
    let verb = clause.clone().any(|i| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY) || scene.is(i, "'s"));
    let whole = from == start && verb && !scene.opens_any(&clause);
    let Some(speaker) = phrase::after(scene, cue.end, piece.end) else { return };
    // "Said Mayor Ana Roe at a press conference", "reports our correspondent quoting the police".
    let rest = speaker.phrase.end.min(piece.end)..piece.end;
    let quotes = scene.is_any(rest.start, &["quoting", "citing"]);
    let when = quotes || scene.is_any(rest.start, &["at", "in", "on", "during", "after", "yesterday"]);
    let tail = !rest.is_empty() && when && (quotes || !scene.has_verb(&rest));
    let last = if tail { speaker.core.end - 1 } else { piece.end - 1 };
    let speaks = scene.name(last).is_some_and(|n| n.kind != EntityType::Place)
        || scene.has(last, Classes::ROLE | Classes::COLLECTIVE)
        || scene.is_any(last, &["reports", "sources", "experts", "media", "correspondent"]);
    let quiet = if tail { !scene.has_verb(&speaker.core) } else { !scene.has_verb(piece) };
    let closed = scene.kind(piece.end) == Kind::Stop && quiet && !scene.opens_any(piece);
    if !(whole && speaks && closed) {
        return;
    }
    // "Said Leeds parish officer Ana Roe": the phrase is not over at its first name.
    let person = scene.name(last).is_some_and(|n| n.kind == EntityType::Person);
    let whole = person && !tail && !scene.has(cue.end, Classes::PREPOSITION);
    found.source = Some(if whole { phrase::source(scene, cue.end, piece.clone()) } else { speaker });
    found.pieces = vec![clause];
}

/// "…, said the report for the council, moving on": a half of the content that begins with the source begins behind it.
fn not_source(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let core = source.core.clone();
    if core.start != cue.end || found.pieces.len() < 2 {
        return;
    }
    if let Some(piece) = found.pieces.last_mut().filter(|p| p.start == core.start && p.end > core.end) {
        *piece = scene.trim(&(core.end..piece.end));
    }
    found.pieces.retain(|p| p.start != core.start && !p.is_empty());
}

/// "I said to Steven that he could stay": behind "that", or at the mark.
fn said_to(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let said = scene.is_any(cue.start, &["said", "says", "saying", "say", "explained", "announced"]);
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start == cue.end) else { return };
    if !said || !scene.is(piece.start, "to") || scene.has(piece.start + 1, Classes::VERB) {
        return;
    }
    let near = piece.start + 2..piece.end.min(piece.start + 6);
    let begins = |&i: &usize| scene.is(i, "that") || scene.opens_region(i).is_some();
    if let Some(at) = near.into_iter().find(begins) {
        piece.start = at + usize::from(scene.is(at, "that"));
    }
}

/// "She argued before a full bench that it was void": before whom is no content.
fn before_whom(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start >= cue.end && p.start <= cue.end + 1) else { return };
    let argued = scene.is_any(cue.start, &["argued", "argues", "argue", "testified", "submitted", "pleaded", "said"]);
    let whom =
        piece.start == cue.end && scene.is(cue.end, "before") || piece.start > cue.end && scene.is(cue.end, "before");
    let that = piece.clone().find(|&i| scene.is(i, "that") && scene.region(i).is_none());
    let Some(that) = that.filter(|_| argued && whom) else { return };
    let bench = |i: usize| {
        scene.is_any(i, &["bench", "court", "judge", "judges", "magistrate", "tribunal", "panel", "committee"])
    };
    if (piece.start..that).any(bench) && !scene.has_verb(&(piece.start..that)) && that + 1 < piece.end {
        piece.start = that + 1;
    }
}

/// "The coast – which she calls a loving place – has begun": a dash that opens a clause is closed by the next one.
fn between_dashes(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = found.cue.clone() else { return };
    let Some(piece) = found.pieces.iter_mut().find(|p| p.start >= cue.end && p.start <= cue.end + 2) else { return };
    let dash = |&i: &usize| scene.region(i).is_none() && scene.is_break_dash(i);
    let Some(closed) = piece.clone().find(dash).filter(|&i| i > piece.start) else { return };
    let Some(sentence) = scene.sentence(cue.start) else { return };
    let first = (sentence.start..cue.start).find(dash).filter(|&i| scene.is_any(i + 1, &["which", "who", "what"]));
    if first.is_some_and(|i| !(i + 1..cue.start).any(|k| dash(&k))) {
        *piece = scene.trim(&(piece.start..closed));
    }
}

/// `Roe, one of its "great minds" according to the Post, left`: an apposition between commas is what the paper says.
fn apposed(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let [piece] = found.pieces.as_mut_slice() else { return };
    let according = scene.is(cue.start, "according") && piece.end == cue.start && source.core.start >= cue.end;
    let goes_on = scene.word(source.phrase.end) == "," || scene.word(source.core.end) == ",";
    let comma = piece.clone().rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none());
    let Some(comma) = comma.filter(|_| according && goes_on) else { return };
    let rest = comma + 1..piece.end;
    let noun = scene.has(rest.start, Classes::DETERMINER) || scene.is_any(rest.start, &["one", "among"]);
    if noun && rest.len() > 1 && !rest.clone().any(|i| scene.region(i).is_none() && is_finite(scene, i)) {
        *piece = rest;
    }
}

/// "According to Acme, which has cut its rating, prices will fall": what the paper is comes before what it says.
fn behind_clause(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let Some(piece) = found.pieces.last_mut().filter(|p| p.start >= cue.end) else { return };
    let apart = source.core.end + 1 == piece.start && scene.word(source.core.end) == ",";
    if !(apart && scene.is(cue.start, "according") && scene.is_any(piece.start, &["which", "who", "whose"])) {
        return;
    }
    let comma = piece.clone().find(|&i| scene.word(i) == "," && scene.region(i).is_none());
    if let Some(comma) = comma.filter(|&c| scene.has_verb(&(c + 1..piece.end))) {
        source.phrase.end = comma + 1;
        piece.start = comma + 1;
    }
}

/// "European criticism of Roe has been sharp": whom it is of ends before the verb of the noun that reports.
fn of_whom(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(cue), [piece]) = (&found.cue, found.pieces.as_mut_slice()) else { return };
    let of = scene.has(cue.start, Classes::CUE_NOUN) && scene.is(cue.end, "of") && piece.start == cue.end + 1;
    let mut within = piece.clone().skip(1).take(MOST_NAMED);
    let helps = |i: usize| scene.has(i, Classes::AUXILIARY) && scene.region(i).is_none();
    let verb = within.find(|&i| helps(i) || scene.is_any(i, &["that", "who", "which"]) || scene.word(i) == ",");
    if let Some(verb) = verb.filter(|&i| of && helps(i) && scene.name(piece.start).is_some()) {
        piece.end = verb;
    }
}

/// "While Roe spoke of hope for the ferry, nobody came": what is said in a clause that comes first ends before the main one.
fn of_fronted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const FRONTS: [&str; 9] = ["while", "although", "though", "after", "because", "since", "when", "whereas", "if"];
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_mut_slice()) else { return };
    let Some(sentence) = scene.sentence(cue.start).cloned() else { return };
    // "Tomorrow if the mayor says".
    let fronted = (sentence.start..sentence.start + 2).any(|i| scene.is_any(i, &FRONTS))
        && source.core.start > sentence.start
        && source.core.end <= cue.start
        && source.core.start <= sentence.start + MOST_NAMED
        && !(sentence.start..cue.start).any(|i| scene.word(i) == ",");
    if !fronted || piece.start < cue.end || piece.end + 1 < sentence.end {
        return;
    }
    let subject = |i: usize| scene.has(i, Classes::DETERMINER | Classes::PRONOUN) || scene.name(i).is_some();
    // `When he says it "feels strong," he is telling the truth`: the comma stands within the marks.
    let quoted = scene.opens_any(piece);
    let closes = |&i: &usize| {
        let ends = i > piece.start && scene.region(i - 1).is_some() && scene.region(i).is_none();
        ends && scene.kind(i - 2) == Kind::Comma && subject(i) && is_clause(scene, &(i..piece.end))
    };
    if let Some(main) = piece.clone().skip(2).find(closes) {
        piece.end = main;
    }
    // `… tells us they are "a threat", one has to ask`: behind the marks.
    let parted = |&i: &usize| {
        let ends = scene.region(i - 1).is_some() && scene.region(i).is_none() && scene.word(i) == ",";
        let main = is_clause(scene, &(i + 1..piece.end)) || scene.has(i + 2, Classes::AUXILIARY);
        ends && (subject(i + 1) || scene.is(i + 1, "one")) && main
    };
    if let Some(comma) = piece.clone().skip(2).find(parted) {
        piece.end = comma;
    }
    if quoted {
        return;
    }
    let main = |&comma: &usize| {
        let rest = comma + 1..piece.end;
        scene.word(comma) == "," && subject(comma + 1) && is_clause(scene, &rest)
    };
    if let Some(comma) = piece.clone().skip(2).rev().find(main) {
        piece.end = comma;
    }
}

/// "Her signature sign-off was recalled", "avoid an open-ended pledge": a content is not cut at a hyphen.
fn whole_words(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let taken: Vec<TokenRange> =
        found.cue.iter().cloned().chain(found.source.iter().map(|s| s.phrase.clone())).collect();
    let taken = |i: usize| taken.iter().any(|r| r.contains(&i));
    let tight = |dash: usize| {
        let joins = |i: usize| scene.kind(i) == Kind::Word && scene.region(i) == scene.region(dash);
        let space = scene.token(dash).space_before() || scene.token(dash + 1).space_before();
        scene.word(dash) == "-" && !space && dash > 0 && joins(dash - 1) && joins(dash + 1) && !taken(dash + 1)
    };
    let goes_on = |i: usize| {
        let ends = scene.has(i, Classes::CONJUNCTION | Classes::AUXILIARY) || taken(i);
        matches!(scene.kind(i), Kind::Word | Kind::Number | Kind::Clitic) && scene.region(i).is_none() && !ends
    };
    for piece in found.pieces.iter_mut().filter(|p| p.len() > 1 && scene.region(p.end - 1).is_none()) {
        let cut = piece.end;
        while tight(piece.end) {
            piece.end += 2;
        }
        let Some(limit) = scene.sentence(piece.start).map(|s| s.end).filter(|_| piece.end > cut) else { continue };
        while piece.end < limit && goes_on(piece.end) {
            piece.end += 1;
        }
    }
    for piece in found.pieces.iter_mut().filter(|p| p.len() > 1) {
        if piece.start > 1 && tight(piece.start - 1) && !taken(piece.start - 2) {
            piece.start -= 2;
        }
    }
}

/// "A rise to 2.5bn ($311m; £165m) of loans": a clause is not cut within brackets.
fn whole_brackets(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let cue = found.cue.clone();
    let Some(piece) = found.pieces.last_mut().filter(|p| scene.region(p.end - 1).is_none()) else { return };
    let of_kind = |range: TokenRange, kind: Kind| range.filter(|&i| scene.kind(i) == kind).count();
    if of_kind(piece.clone(), Kind::Open) != of_kind(piece.clone(), Kind::Close) + 1 {
        return;
    }
    let Some(limit) = scene.sentence(piece.end - 1).map(|s| s.end) else { return };
    let Some(close) = (piece.end..limit.min(piece.end + MOST_BRACKETED)).find(|&i| scene.kind(i) == Kind::Close) else {
        return;
    };
    let ends = |&i: &usize| matches!(scene.kind(i), Kind::Comma | Kind::Stop | Kind::Dash | Kind::Mark);
    let end = (close + 1..limit).find(ends).unwrap_or(limit);
    if cue.is_none_or(|c| c.start < piece.start || c.start >= end) {
        *piece = scene.trim(&(piece.start..end));
    }
}
