//! How far the phrase that says who spoke goes: a source cut short or running on in, the whole of it and no more out.

use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Whose somebody is takes no more words.
const MOST_OWNER: usize = 4;
/// What a hyphen cut off has no more words.
const MOST_CUT_OFF: usize = 4;
/// "Over 20 human rights groups" has no more tokens.
const MOST_COUNTED: usize = 8;

/// Words that do not go on with a noun phrase.
const CLOSING: Classes =
    Classes::PREPOSITION.union(Classes::CONJUNCTION).union(Classes::PRONOUN).union(Classes::DETERMINER);

/// Words that open a clause before the main one.
const OPENING: [&str; 13] =
    ["when", "after", "as", "while", "upon", "because", "before", "if", "although", "though", "since", "once", "until"];

/// Words before a number of people.
const ABOUT: [&str; 10] =
    ["over", "about", "around", "nearly", "almost", "some", "roughly", "under", "approximately", "dozens"];

/// Nouns for what shows something.
pub(super) const SHOWING: [&str; 14] = [
    "figures",
    "data",
    "results",
    "polls",
    "statistics",
    "studies",
    "study",
    "survey",
    "surveys",
    "documents",
    "records",
    "reports",
    "research",
    "estimates",
];

/// Mends the extent of a source.
pub(super) fn mend(scene: &Scene<'_, '_>, found: &mut Attribution) {
    closed_bracket(scene, found);
    with_owner(scene, found);
    with_first(scene, found);
    with_show(scene, found);
    with_scare_quotes(scene, found);
    counted(scene, found);
    whole_compound(scene, found);
    cut_off(scene, found);
    behind_letters(scene, found);
    without_topic(scene, found);
    before_who(scene, found);
    without_setting(scene, found);
    without_medium(scene, found);
    at_body(scene, found);
    both_verbs(scene, found);
    without_next_sentence(scene, found);
    what_shows(scene, found);
    whole_office(scene, found);
    with_bearer(scene, found);
}

/// "Northern command's spokesman said": whose spokesman it is belongs to the phrase.
fn with_owner(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let start = source.core.start;
    if start == 0
        || source.core.len() < 2
        || scene.kind(start) != Kind::Clitic
        || !scene.is_any(start, &["'s", "’s", "'", "’"])
    {
        return;
    }
    // "That's a rise".
    if scene.has(start - 1, CLOSING) || scene.is_any(start - 1, &["there", "here", "what"]) {
        return;
    }
    let plain = |&i: &usize| scene.region(i).is_none() && scene.kind(i) == Kind::Word && !scene.has(i, CLOSING);
    let mut first = (start.saturating_sub(MOST_OWNER)..start).rev().take_while(plain).last().unwrap_or(start);
    let article = first.checked_sub(1).filter(|&i| scene.kind(i) == Kind::Word && scene.has(i, Classes::DETERMINER));
    first = article.unwrap_or(first);
    source.core.start = first;
    source.phrase.start = source.phrase.start.min(first);
    source.form = phrase::form(scene, &source.core);
}

/// "Fans of his radio show recalled": there "show" is a noun.
fn with_show(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const KINDS: [&str; 12] = [
        "radio",
        "television",
        "tv",
        "talk",
        "talent",
        "game",
        "reality",
        "chat",
        "comedy",
        "quiz",
        "fashion",
        "late-night",
    ];
    let Some(source) = &mut found.source else { return };
    let end = source.core.end;
    let show = scene.is_any(end, &["show", "shows"]) && scene.is_any(end - 1, &KINDS);
    if show && found.cue.as_ref().is_some_and(|c| !c.contains(&end)) {
        source.core.end += 1;
        source.phrase.end = source.phrase.end.max(source.core.end);
    }
}

/// "On that day, Roe and Vidal argued": both speak, where nothing but a setting stands before them.
fn with_first(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let start = source.core.start;
    let person = |i: usize| scene.name(i).filter(|n| n.kind == EntityType::Person);
    let Some(sentence) = scene.sentence(start).cloned() else { return };
    let and = start.checked_sub(1).filter(|&i| i > sentence.start && scene.is(i, "and") && person(start).is_some());
    let Some(and) = and.filter(|_| source.core.end <= cue.start) else { return };
    let Some(other) = person(and - 1).filter(|n| n.tokens.end == and) else { return };
    let first = other.title.as_ref().map_or(other.tokens.start, |t| t.start);
    let setting = sentence.start..first.max(sentence.start + 1) - 1;
    let opens = first == sentence.start
        || scene.word(first - 1) == "," && !scene.has_verb(&setting) && setting.clone().all(|i| scene.word(i) != ",");
    if opens && !found.pieces.iter().any(|p| p.contains(&first)) {
        source.core.start = first;
        source.phrase.start = source.phrase.start.min(first);
    }
}

/// "The Oslo-based firm": what is joined by a hyphen belongs to the phrase, and so does its article.
fn whole_compound(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let start = source.core.start;
    let joined = start > 2
        && scene.kind(start - 1) == Kind::Word
        && scene.kind(start - 2) == Kind::Dash
        && scene.token(start).space_before()
        && !scene.token(start - 1).space_before()
        && !scene.token(start - 2).space_before()
        && scene.region(start - 1) == scene.region(start);
    if !joined || scene.kind(start - 3) != Kind::Word || scene.has(start, Classes::DETERMINER | Classes::PRONOUN) {
        return;
    }
    let first = scene.name(start - 3).map_or(start - 3, |n| n.tokens.start);
    let article = first.checked_sub(1).filter(|&i| scene.has(i, Classes::DETERMINER) && scene.kind(i) == Kind::Word);
    source.core.start = article.unwrap_or(first);
    source.phrase.start = source.phrase.start.min(source.core.start);
}

/// "Two of his co-workers claimed", "the JD(S) leader Ana Roe said": neither a hyphen nor a bracket within a name ends the phrase,
/// where nothing but its nouns comes before the verb.
fn cut_off(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let dash = scene.kind(source.core.end - 1) == Kind::Dash && source.core.len() > 1;
    let end = source.core.end - usize::from(dash);
    if scene.region(end - 1).is_some() || end == cue.start {
        return;
    }
    let hyphen = scene.kind(end) == Kind::Dash
        && !scene.token(end).space_before()
        && !scene.token(end + 1).space_before()
        && scene.kind(end - 1) == Kind::Word
        && scene.kind(end + 1) == Kind::Word;
    let name = scene.name(end - 1).filter(|n| n.tokens.end > end && n.tokens.start < end);
    let from = match name {
        Some(name) => name.tokens.end,
        None if hyphen => end + 2,
        None => return,
    };
    let limit = if end < cue.start { before_auxiliaries(scene, from.min(cue.start), cue.start) } else { usize::MAX };
    let noun = |&i: &usize| {
        let named = scene.name(i).is_some();
        i < limit && scene.kind(i) == Kind::Word && (named || !scene.is_verb(i) && !scene.has(i, CLOSING))
    };
    let stops = (from..=from + MOST_CUT_OFF).find(|i| !noun(i)).unwrap_or(from);
    let closed =
        stops == limit || scene.kind(stops) == Kind::Comma || scene.is_verb(stops) || hyphen && scene.is(stops, "and");
    let whole = if closed { stops } else { from };
    let adjective = hyphen && !closed;
    if name.is_some() && !adjective || closed && whole <= limit {
        source.core.end = whole;
        source.phrase.end = source.phrase.end.max(whole);
    }
}

/// "The National Director of Prosecutions (NDP) Ana Roe said": letters in brackets, then the name.
fn behind_letters(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let end = source.core.end;
    let letters = scene.kind(end) == Kind::Open && scene.kind(end + 2) == Kind::Close && end + 3 < cue.start;
    if !letters || end + 3 > cue.start {
        return;
    }
    let at = end + 3 + usize::from(scene.word(end + 3) == ",");
    // "The Special Administrative Region (SAR) government".
    if scene.has(at, Classes::COLLECTIVE) && at < cue.start && scene.name(at).is_none() && at == end + 3 {
        source.core.end = at + 1;
        source.phrase.end = source.phrase.end.max(at + 1);
        return;
    }
    let Some(name) = scene.name(at).filter(|n| n.kind == EntityType::Person && n.tokens.start == at) else { return };
    let closed = name.tokens.end == cue.start || scene.word(name.tokens.end) == "," && name.tokens.end + 1 == cue.start;
    if closed {
        source.core.end = name.tokens.end;
        source.phrase.end = source.phrase.end.max(cue.start);
        source.form = phrase::form(scene, &source.core);
    }
}

/// "According to one reader, Ana Roe, who called in, it failed": the name behind the comma is of whom it is said.
fn without_topic(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue), [piece]) = (&mut found.source, &found.cue, found.pieces.as_mut_slice()) else {
        return;
    };
    let core = source.core.clone();
    if !scene.is(cue.start, "according") || core.start < cue.end || scene.word(core.end) != "," {
        return;
    }
    let relative = scene.is_any(core.end + 1, &["who", "which", "whose"]) && piece.start == core.end + 1;
    let Some(name) = scene.name(core.end - 1).filter(|n| n.tokens.end == core.end && n.tokens.start > core.start)
    else {
        return;
    };
    let comma = name.tokens.start - 1;
    if relative && scene.word(comma) == "," && comma > core.start {
        piece.start = name.tokens.start;
        source.core.end = comma;
        source.phrase.end = comma;
        source.form = phrase::form(scene, &source.core);
    }
}

/// "said analyst Ana Roe The dispute goes on": where a full stop is missing, the phrase ends with the name.
fn without_next_sentence(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let core = source.core.clone();
    let runs_on = |i: &usize| {
        let named = scene.name(i - 1).is_some_and(|n| n.kind == EntityType::Person && n.tokens.end == *i);
        let opens = scene.has(*i, Classes::DETERMINER | Classes::PRONOUN | Classes::PREPOSITION);
        named && opens && scene.token(*i).is_capital() && scene.name(*i).is_none()
    };
    if let Some(end) = core.clone().skip(1).find(runs_on) {
        source.core.end = end;
        source.phrase.end = end;
    }
}

/// "Acme Corp <ACM> said": the bracket of a ticker closes.
fn closed_bracket(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(source) = &mut found.source else { return };
    let core = source.core.clone();
    let open = core.clone().rev().find(|&i| matches!(scene.word(i), "<" | ">")).filter(|&i| scene.word(i) == "<");
    if let Some(open) = open.filter(|&i| i > core.start) {
        let close = (core.end..core.end + MOST_CUT_OFF).find(|&i| scene.word(i) == ">");
        source.core.end = close.map_or(open, |close| close + 1);
        source.phrase.end = source.phrase.end.max(source.core.end);
    }
}

/// `the "for-profit" company said`: words in marks do not begin the phrase.
fn with_scare_quotes(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let start = source.core.start;
    let Some(region) = start.checked_sub(1).and_then(|i| scene.region(i)).map(|r| scene.regions[r].tokens.clone())
    else {
        return;
    };
    let short = region.end == start && region.len() <= MOST_CUT_OFF + 2 && source.core.end <= cue.start;
    let article = region.start.checked_sub(1).filter(|&i| scene.has(i, Classes::DETERMINER));
    let common = scene.kind(start) == Kind::Word && !scene.token(start).is_capital() && !scene.has(start, CLOSING);
    let content = found.pieces.iter().any(|p| p.start < region.end && p.end > region.start);
    if let Some(article) = article.filter(|_| short && common && !content) {
        source.core.start = article;
        source.phrase.start = source.phrase.start.min(article);
        source.form = phrase::form(scene, &source.core);
    }
}

/// "Over 20 human rights groups denounced": a number of people, more or less, is a subject too.
fn counted(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let Some(cue) = &found.cue else { return };
    let Some(start) = scene.sentence(cue.start).map(|s| s.start) else { return };
    let end = before_auxiliaries(scene, start, cue.start);
    // "Over 20 human rights groups" cut to its last words.
    if found.source.as_ref().is_some_and(|s| s.core.end != end || s.core.start <= start) {
        return;
    }
    let number = start + 1 + usize::from(scene.is(start + 1, "than") || scene.is(start + 1, "least"));
    let about = scene.is_any(start, &ABOUT) || scene.is_any(start + 1, &["than", "least"]);
    let counts = scene.kind(number) == Kind::Number || scene.has(number, Classes::NUMBER_WORD);
    let plain = |i: usize| {
        scene.region(i).is_none()
            && scene.kind(i) == Kind::Word
            && (!scene.is_verb(i) || phrase::is_noun_like(scene, i))
    };
    let whole = about && counts && number + 1 < end && end <= start + MOST_COUNTED && (number + 1..end).all(plain);
    let before = found.pieces.iter().any(|p| p.start < cue.start);
    if whole && !before && scene.word(end - 1).ends_with('s') {
        let core = start..end;
        found.source = Some(Source { form: phrase::form(scene, &core), phrase: core.clone(), core });
    }
}

/// "After the ruling Ana Roe said": what a preposition brings in is no part of the name behind it.
fn without_setting(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const SETTINGS: [&str; 8] = ["after", "before", "following", "during", "since", "ahead", "outside", "at"];
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let Some(name) = scene.name(core.end - 1).filter(|n| n.kind == EntityType::Person && n.tokens.end == core.end)
    else {
        return;
    };
    let start = name.title.as_ref().map_or(name.tokens.start, |t| t.start);
    let first = core.start.checked_sub(1).filter(|&i| scene.is_any(i, &SETTINGS) && scene.token(i).is_capital());
    let setting = start == core.start + 2 && scene.has(core.start, Classes::DETERMINER);
    let plain = !scene.has(core.start + 1, Classes::ROLE | Classes::TITLE) && scene.name(core.start + 1).is_none();
    if first.is_some() && setting && plain && core.end <= cue.start {
        source.core.start = start;
        source.phrase.start = start;
    }
}

/// "The board in a statement said": by what means is no part of who.
fn without_medium(scene: &Scene<'_, '_>, found: &mut Attribution) {
    const MEDIA: [&str; 10] =
        ["statement", "interview", "post", "tweet", "letter", "speech", "email", "note", "message", "release"];
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let last = core.end - 1;
    let medium = core.end <= cue.start && scene.is_any(last, &MEDIA) && scene.name(last).is_none();
    let first = last.saturating_sub(MOST_CUT_OFF).max(core.start + 1);
    let led = |&i: &usize| scene.is_any(i, &["in", "through", "via"]) && scene.has(i + 1, Classes::DETERMINER);
    if let Some(at) = (first..last).rev().find(led).filter(|_| medium) {
        source.core.end = at;
        source.form = phrase::form(scene, &source.core);
    }
}

/// "Kael's successor at The New Yorker described": somebody of a body, who is named by the owner before.
fn at_body(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let start = source.core.start;
    let body = scene.name(source.core.end - 1).is_some_and(|n| n.kind == EntityType::Organization);
    let at = start.checked_sub(1).filter(|&i| body && i > 2 && scene.is_any(i, &["at", "of"]));
    let Some(at) = at.filter(|_| before_auxiliaries(scene, start, cue.start) == source.core.end) else { return };
    let noun = at - 1;
    let owner = noun - 1;
    let owned = scene.kind(owner) == Kind::Clitic || scene.is_any(owner, &["his", "her", "their", "my", "our"]);
    if !owned || scene.kind(noun) != Kind::Word || scene.name(noun).is_some() || scene.is_verb(noun) {
        return;
    }
    let first =
        if scene.kind(owner) == Kind::Clitic { scene.name(owner - 1).map(|n| n.tokens.start) } else { Some(owner) };
    if let Some(first) = first.filter(|&i| !found.pieces.iter().any(|p| p.contains(&i))) {
        source.core.start = first;
        source.phrase.start = source.phrase.start.min(first);
        source.form = phrase::form(scene, &source.core);
    }
}

/// "A wave of alarm among lawyers, who worry", "a woman in Lagos, Nigeria, who wanted": of a phrase before "who" the people.
fn before_who(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let who = core.end + usize::from(scene.word(core.end) == ",");
    if !scene.is(who, "who") || who >= cue.start {
        return;
    }
    let among = core.clone().find(|&i| scene.is(i, "among") && scene.region(i).is_none());
    let people = among.map(|i| i + 1).filter(|&i| i < core.end && !scene.is_any(i, &["them", "others"]));
    let start = people.or_else(|| person_at(scene, &core));
    if let Some(start) = start {
        source.core.start = start;
        source.phrase.start = if people.is_some() { start } else { source.phrase.start.min(start) };
        source.form = phrase::form(scene, &source.core);
    }
}

/// Where "a woman in Lagos, Nigeria" begins, whose last name is `place`.
fn person_at(scene: &Scene<'_, '_>, place: &TokenRange) -> Option<usize> {
    let is_place = |i: usize| scene.name(i).filter(|n| n.kind == EntityType::Place);
    let mut start = is_place(place.start).filter(|n| n.tokens == *place)?.tokens.start;
    if start > 2 && scene.word(start - 1) == "," {
        start = is_place(start - 2)?.tokens.start;
    }
    let at = start.checked_sub(1).filter(|&i| scene.is_any(i, &["in", "from", "of", "near"]))?;
    let article = (at.saturating_sub(MOST_CUT_OFF)..at).rev().find(|&i| scene.has(i, Classes::DETERMINER))?;
    let person = at.checked_sub(1).filter(|&i| i > article && scene.kind(i) == Kind::Word)?;
    (scene.has(person, Classes::ROLE) || scene.is_any(person, &["woman", "man", "girl", "boy"])).then_some(article)
}

/// "The police stopped searching after figures showed": what shows something is the noun right before the verb.
fn what_shows(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&found.source, &found.cue) else { return };
    let shows = scene.is_any(cue.start, &["show", "showed", "suggest", "suggested", "indicate", "indicated"]);
    let noun = cue.start.checked_sub(1).filter(|&i| scene.is_any(i, &SHOWING) && scene.region(i).is_none());
    let Some(noun) = noun.filter(|&i| shows && source.core.end < i) else { return };
    // "A review of the figures showed".
    let governed = (source.core.end..noun).any(|i| scene.has(i, Classes::PREPOSITION) && !scene.is(i, "after"));
    let verb = (source.core.end..noun).any(|i| scene.is_verb(i));
    let better = phrase::before(scene, source.core.end, cue.start).filter(|s| s.core.contains(&noun));
    if verb && !governed && better.is_some() {
        found.source = better;
    }
}

/// "She stood up and asked": the subject of the first verb is that of the second.
fn both_verbs(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (None, Some(cue)) = (&found.source, &found.cue) else { return };
    let joined = cue.start.checked_sub(1).filter(|&i| scene.is(i, "and") && scene.region(i).is_none());
    let finite = scene.has(cue.start, Classes::CUE_VERB)
        && !scene.word(cue.start).ends_with("ing")
        && !scene.is_any(cue.start, &["fears", "expected"]);
    let Some(and) = joined.filter(|_| finite && found.pieces.iter().all(|p| p.start >= cue.end)) else { return };
    let Some(first) = scene.sentence(and).map(|s| s.start) else { return };
    let opening = scene.is_any(first, &OPENING);
    let start = if opening { (first..and).find(|&i| scene.word(i) == ",").map(|c| c + 1) } else { Some(first) };
    let Some(start) = start else { return };
    let verb = |&i: &usize| scene.region(i).is_none() && scene.is_verb(i) && !scene.word(i).ends_with("ing");
    let Some(verb) = (start + 1..and).find(verb) else { return };
    let adverb = scene.word(verb - 1).ends_with("ly") && scene.name(verb - 1).is_none();
    let subject = phrase::before(scene, start, verb - usize::from(adverb));
    found.source = subject.filter(|s| s.core.start == start && !scene.has_verb(&s.core));
}

/// "The shadow transport secretary, Ana Roe, said", "the transport secretary hit back, insisting": no word of an office is left out,
/// be it a verb elsewhere.
fn whole_office(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let small = |i: usize| {
        let plain = scene.kind(i) == Kind::Word && !scene.token(i).is_capital() && scene.region(i).is_none();
        plain && !scene.has(i, CLOSING.union(Classes::CUE_VERB).union(Classes::AUXILIARY))
    };
    let role = |i: usize| scene.has(i, Classes::ROLE) && scene.name(i).is_none();
    let ends = |i: usize| scene.word(i) == "," || before_auxiliaries(scene, i.min(cue.start), cue.start) == i;
    if core.len() == 2 && scene.has(core.start, Classes::DETERMINER) && small(core.end - 1) && core.end < cue.start {
        let last = (core.end..core.end + MOST_CUT_OFF).take_while(|&i| small(i)).find(|&i| role(i) && ends(i + 1));
        let Some(last) = last else { return };
        let name = scene.name(last + 2).filter(|n| n.kind == EntityType::Person && scene.word(last + 1) == ",");
        let end = name.filter(|n| scene.word(n.tokens.end) == ",").map_or(last + 1, |n| n.tokens.end);
        source.core.end = end;
        source.phrase.end = source.phrase.end.max(if end > last + 1 { end + 1 } else { end });
    } else if core.len() == 1 && role(core.start) && core.start < cue.start && small(core.start) {
        let first = (core.start.saturating_sub(MOST_CUT_OFF)..core.start).rev().find(|&i| !small(i));
        let first = first.filter(|&i| scene.has(i, Classes::DETERMINER) && i + 1 < core.start);
        let opens = |i: usize| scene.sentence(i).is_some_and(|s| s.start == i) || i > 0 && scene.word(i - 1) == ",";
        let Some(first) = first.filter(|&i| opens(i)) else { return };
        source.core.start = first;
        source.phrase.start = source.phrase.start.min(first);
    } else {
        return;
    }
    source.form = phrase::form(scene, &source.core);
}

/// "The Director, Army Public Relations, Brigadier Ana Roe, said": the office, its body, and who holds it.
fn with_bearer(scene: &Scene<'_, '_>, found: &mut Attribution) {
    let (Some(source), Some(cue)) = (&mut found.source, &found.cue) else { return };
    let core = source.core.clone();
    let body = scene.name(core.end - 1).is_some_and(|n| n.kind == EntityType::Organization && n.tokens.end == core.end);
    let office = core.len() > 3
        && scene.has(core.start, Classes::DETERMINER)
        && scene.has(core.start + 1, Classes::ROLE | Classes::TITLE)
        && scene.word(core.start + 2) == ",";
    if !(body && office && scene.word(core.end) == "," && core.end < cue.start) {
        return;
    }
    let bearer = (core.end + 1..core.end + 1 + MOST_CUT_OFF).find_map(|i| scene.name(i));
    let bearer = bearer.filter(|n| n.kind == EntityType::Person && scene.word(n.tokens.end) == ",");
    if let Some(name) = bearer.filter(|n| n.tokens.end < cue.start) {
        source.core.end = name.tokens.end;
        source.phrase.end = source.phrase.end.max(name.tokens.end + 1);
        source.form = phrase::form(scene, &source.core);
    }
}
