//! Attributions that touch one another: those of an article in, the same with what belongs together joined and what does not
//! parted out.

use super::taken::Taken;
use super::{branded, closing, coordinated, headlines, introduced, is_finite, participle, rejoined, signed, tags};
use crate::article::{EntityType, Role};
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::cues::before_auxiliaries;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};
use rustc_hash::FxHashMap;

/// So many attributions on either side may stand in one sentence with another.
const NEAR: usize = 8;

/// Between "who" and its verb stand fewer tokens.
const MOST_RELATIVE: usize = 12;

/// Words in scare quotes, with their marks.
const MOST_SCARED: usize = 6;

/// The line of who signs a quote has no more tokens.
const MOST_SIGNED: usize = 9;

/// Verbs of an answer.
const ANSWERS: [&str; 10] =
    ["replied", "replies", "answered", "answers", "responded", "responds", "said", "says", "joked", "quipped"];

/// The label of a turn has no more tokens, its colon among them.
const MOST_LABEL: usize = 7;
/// A turn goes on over no more blocks.
const MOST_BLOCKS: usize = 6;

/// Joins and parts the attributions of an article, which stand in order.
pub fn join(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    tags::part_added(scene, found);
    part_joined(scene, found);
    before_main_verb(scene, found);
    part_opposed(scene, found);
    first_source(scene, found);
    join_reopened(scene, found);
    drop_fronted(scene, found);
    same_subject(scene, found);
    no_joint(scene, found);
    carry_turns_on(scene, found);
    without_outer_tag(scene, found);
    before_main_clause(scene, found);
    drop_scare_quotes(scene, found);
    carry_open_on(scene, found);
    for quote in found.iter_mut() {
        closed_alone(scene, quote);
    }
    rejoined::mend(scene, found);
    let mut answers: Vec<Attribution> = found.iter_mut().filter_map(|question| answer(scene, question)).collect();
    answers.extend(found.iter().filter_map(|quoted| clause_before(scene, quoted)));
    answers.extend(closing::find(scene, found));
    answers.extend(introduced::find(scene, found));
    answers.extend(headlines::find(scene, found));
    answers.extend(branded::find(scene, found));
    answers.extend(signed::find(scene, found));
    answers.extend(participle::find(scene, found));
    answers.extend(coordinated::find(scene, found));
    let taken = Taken::new(found);
    answers.retain(|answer| !taken.holds(answer.pieces[0].start));
    answers.sort_by_key(|answer| answer.pieces[0].start);
    let mut end = 0;
    answers.retain(|answer| {
        let free = answer.pieces[0].start >= end;
        if free {
            end = answer.pieces.iter().map(|p| p.end).fold(end, usize::max);
        }
        free
    });
    found.extend(answers);
}

/// "An official who declined to be named said": what stands within the phrase of another's source ends with it.
fn before_main_verb(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(inner), Some(cue), Some(source)) = (before.last_mut(), &rest[0].cue, &rest[0].source) else {
            continue;
        };
        let relative = |c: &TokenRange| {
            let first = c.start.saturating_sub(MOST_RELATIVE).max(source.phrase.start);
            let who = (first..c.start).rev().find(|&i| scene.is_any(i, &["who", "which", "whose"]));
            who.is_some_and(|who| !(who + 1..before_auxiliaries(scene, who + 1, c.start)).any(|i| is_finite(scene, i)))
        };
        let within = inner.cue.as_ref().is_some_and(|c| source.phrase.contains(&c.start) && relative(c));
        let end = source.phrase.end;
        let Some(piece) = inner.pieces.last_mut().filter(|p| within && p.contains(&cue.start) && p.start < end) else {
            continue;
        };
        *piece = scene.trim(&(piece.start..end));
    }
}

/// "He says it is late and orders them home": what somebody says ends before what the same one says next.
fn part_joined(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(last), Some(cue), Some(source)) = (before.last_mut(), &rest[0].cue, &rest[0].source) else {
            continue;
        };
        // "For failing to appear and refusing to talk" is all one thing.
        let ing = |c: &TokenRange| scene.word(c.start).ends_with("ing");
        if ing(cue) && !last.cue.as_ref().is_some_and(ing) {
            continue;
        }
        let same = last.source.as_ref().is_some_and(|s| s.core == source.core);
        let Some(piece) = last.pieces.last_mut().filter(|p| same && p.contains(&cue.start)) else { continue };
        let helps = |i: usize| scene.is_any(i, &["has", "have", "had"]) || scene.has(i, Classes::ADVERB);
        let verb = (piece.start..cue.start).rev().take_while(|&i| helps(i)).last().unwrap_or(cue.start);
        // "Many who saw the film praised it": the main verb is no part of what they saw.
        let relative = last.cue.as_ref().is_some_and(|c| {
            c.start > 0
                && scene.is_any(c.start - 1, &["who", "that", "also"])
                && scene.is_any(c.start, &["saw", "watched", "read", "received", "teaches", "attended", "also"])
        });
        if relative && source.core.end <= piece.start && verb > piece.start + 1 && scene.kind(verb - 1) == Kind::Word {
            *piece = scene.trim(&(piece.start..verb));
        } else if source.core.end <= piece.start && verb > piece.start + 1 && scene.is_any(verb - 1, &["and", "but"]) {
            *piece = scene.trim(&(piece.start..verb - 1));
        }
    }
}

/// `The agency warned of a "storm" and said it needed help`: the source of the second verb ends before the first.
fn first_source(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(last), Some(source)) = (before.last(), &rest[0].source) else { continue };
        let (Some(first), Some(cue)) = (&last.source, &last.cue) else { continue };
        let within = first.core.end <= cue.start && source.core.contains(&cue.start);
        if within && source.core.start == first.core.start && scene.has(cue.start, Classes::CUE_VERB) {
            rest[0].source.clone_from(&last.source);
        }
    }
}

/// "Roe said it was slow but Ana Vidal rejected his words": what one says ends before what another one does.
fn part_opposed(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(last), Some(cue), Some(source)) = (before.last_mut(), &rest[0].cue, &rest[0].source) else {
            continue;
        };
        let start = source.phrase.start.min(source.core.start);
        let joint = |i: usize| scene.is_any(i, &["but", "while"]) || scene.word(i) == ";";
        let but = start.checked_sub(1).filter(|&i| joint(i) && scene.region(i).is_none());
        let outer = last.source.as_ref().zip(last.cue.as_ref());
        let Some(but) = but.filter(|_| outer.is_some_and(|(s, c)| s.core.end <= c.start && c.end <= start)) else {
            continue;
        };
        let named = scene.name(source.core.end - 1).is_some_and(|n| n.kind == EntityType::Person)
            || scene.is_any(source.core.start, &["other", "others", "another", "some"]);
        let Some(piece) = last.pieces.last_mut().filter(|p| named && p.contains(&but) && p.contains(&cue.start)) else {
            continue;
        };
        *piece = scene.trim(&(piece.start..but));
    }
}

/// Joins what the end of a region without its closing mark has parted: `"I told him so. "He wants to stay."`
fn join_reopened(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let open =
        |i: usize| scene.region(i).is_some_and(|r| !scene.regions[r].closed && scene.regions[r].tokens.end == i + 1);
    found.dedup_by(|next, before| {
        let end = before.pieces.last().map(|p| p.end);
        let start = next.pieces.first().map(|p| p.start);
        let reopened = next.cue.is_none()
            && start == end
            && start.is_some_and(|s| s > 0 && open(s - 1) && scene.opens_region(s).is_some());
        if reopened {
            before.pieces.append(&mut next.pieces);
        }
        reopened
    });
}

/// "Although no deaths were reported, Ana Roe said": a comma parts the verb from what another one is said to have said.
fn drop_fronted(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let starts: Vec<usize> =
        found.iter().filter_map(|a| Some(a.source.as_ref().filter(|_| a.cue.is_some())?.core.start)).collect();
    found.retain(|a| {
        let (Some(cue), [piece]) = (&a.cue, a.pieces.as_slice()) else { return true };
        let parted = piece.start == cue.end + 1 && scene.word(cue.end) == "," && scene.region(piece.start).is_none();
        !(parted && (starts.contains(&piece.start) || is_fronted(scene, a, cue)))
    });
}

/// "When he refused, one lorry left".
fn is_fronted(scene: &Scene<'_, '_>, found: &Attribution, cue: &TokenRange) -> bool {
    const FRONTS: [&str; 8] = ["when", "after", "because", "before", "if", "since", "until", "although"];
    let Some(source) = found.source.as_ref().filter(|s| s.core.end == cue.start) else { return false };
    let first = source.phrase.start.min(source.core.start).checked_sub(1);
    first.is_some_and(|i| scene.is_any(i, &FRONTS) && scene.sentence(i).is_some_and(|s| s.start == i))
}

/// `Roe announced he would seek help to "heal," he said in a note`: the tag of the words around it is no part of them.
fn without_outer_tag(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    let trails = |a: &Attribution| {
        let source = a.source.as_ref()?.core.clone();
        let cue = a.cue.clone()?;
        let open = source.start.min(cue.start);
        let tag = open..source.end.max(cue.end);
        let together = source.end == cue.start || cue.end == source.start;
        let before = a.pieces.iter().all(|p| p.end <= open || scene.kind(tag.end) == Kind::Stop);
        (before && together).then_some((a.pieces.first()?.start, tag))
    };
    let tags: Vec<Option<(usize, TokenRange)>> = found.iter().map(trails).collect();
    for (i, inner) in found.iter_mut().enumerate() {
        let Some(own) = inner.cue.clone() else { continue };
        let near = tags[i.saturating_sub(NEAR)..tags.len().min(i + NEAR)].iter().flatten();
        let Some(piece) = inner.pieces.last_mut().filter(|p| p.start >= own.end) else { continue };
        let outer = near.into_iter().find(|(first, tag)| {
            let last = piece.start < tag.start && tag.end <= piece.end;
            let comma = tag.start > 1 && matches!(scene.word(tag.start - 1), "\"" | "”" | ",");
            let ends = scene.word(tag.end) != ","
                || scene.is_any(tag.end + 1, &["and", "but", "without", "while", "who"])
                || !scene.has_verb(&(tag.end..piece.end));
            *first <= own.start && last && ends && comma && scene.region(tag.start).is_none()
        });
        if let Some((_, tag)) = outer {
            *piece = scene.trim(&(piece.start..tag.start));
        }
    }
}

/// `Describing the day at the mill, she said: "It is late"`: what the participle is of ends before who speaks.
fn before_main_clause(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let says = |a: &Attribution| Some((a.source.as_ref()?.core.clone(), a.cue.as_ref()?.start));
    let all: Vec<Option<(TokenRange, usize)>> = found.iter().map(says).collect();
    for i in 0..found.len() {
        let Some(cue) = found[i].cue.clone().filter(|c| scene.word(c.start).ends_with("ing")) else { continue };
        let opens =
            scene.sentence(cue.start).is_some_and(|s| s.start == cue.start) && !scene.is(cue.start, "according");
        let [piece] = found[i].pieces.as_mut_slice() else { continue };
        let near = all[i.saturating_sub(NEAR)..all.len().min(i + NEAR)].iter().flatten();
        let within = |(core, verb): &&(TokenRange, usize)| {
            opens && piece.start >= cue.end && core.start > piece.start && core.end <= *verb && piece.contains(verb)
        };
        if let Some((core, _)) = near.into_iter().find(within) {
            let comma = scene.word(core.start - 1) == ",";
            *piece = if comma { scene.trim(&(piece.start..core.start)) } else { piece.start..piece.start };
        }
    }
    found.retain(|a| a.pieces.iter().any(|p| !p.is_empty()));
}

/// `The "for-profit" firm said it would pay`: nobody says the words within who speaks.
fn drop_scare_quotes(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    let core = |a: &Attribution| a.cue.as_ref().and(a.source.as_ref()).map(|s| (s.core.start, s.core.end));
    let mut sources: Vec<(usize, usize)> = found.iter().filter_map(core).collect();
    sources.sort_unstable();
    let within = |p: &TokenRange| {
        let next = sources.partition_point(|&(start, _)| start < p.start);
        let outer = sources[next.saturating_sub(NEAR)..next].iter().any(|&(_, end)| p.end < end);
        outer && scene.opens_region(p.start).is_some() && p.len() <= MOST_SCARED
    };
    found.retain(|a| a.cue.is_some() || !a.pieces.iter().all(within));
}

/// A mark that the end of its paragraph leaves open, and no other up to the one that ends a later paragraph: all between them is
/// said.
fn carry_open_on(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    let blocks = &scene.structure.blocks;
    for quote in found.iter_mut() {
        let Some(last) = quote.pieces.last().filter(|p| !p.is_empty()) else { continue };
        let first = scene.block_of(last.start);
        let open = scene.opens_region(last.start).is_some_and(|r| !scene.regions[r].closed);
        if !open || last.end != blocks[first].tokens.end {
            continue;
        }
        let paragraphs = first + 1..blocks.len().min(first + 1 + MOST_BLOCKS);
        let plain = |&b: &usize| blocks[b].role == Role::Paragraph && !scene.opens_any(&blocks[b].tokens);
        let closes = |b: usize| matches!(scene.word(blocks[b].tokens.end - 1), "\"" | "”" | "''");
        // "Ana Roe.\"" is who signs it.
        let plain = |b: &usize| plain(b) && blocks[*b].tokens.len() > MOST_SIGNED;
        let run: Vec<usize> = paragraphs.take_while(plain).collect();
        if let Some(end) = run.iter().position(|&b| closes(b)) {
            quote.pieces.extend(run[..=end].iter().map(|&b| blocks[b].tokens.clone()));
            quote.unmarked = true;
        }
    }
}

/// `Therefore we work hard,” he said`: words before a closing mark are quoted, though their opening mark was forgotten.
fn closed_alone(scene: &Scene<'_, '_>, quote: &mut Attribution) {
    let [piece] = quote.pieces.as_slice() else { return };
    let plain = piece.len() > MOST_SIGNED && !scene.opens_any(piece);
    let opens = scene.structure.blocks[scene.block_of(piece.start)].tokens.start == piece.start
        || piece.start > 0 && scene.kind(piece.start - 1) == Kind::Stop;
    let closed = scene.word(piece.end - 1) == "”" || scene.word(piece.end) == "”" && scene.region(piece.end).is_none();
    quote.unmarked |= plain && opens && closed;
}

/// "Roe backed the farmers as they plant, adding that", "The workers are away, Roe said, adding that": who adds is who backed, or said,
/// not they of whom that was said.
fn same_subject(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(cue), Some(source)) = (&rest[0].cue, &rest[0].source) else { continue };
        let core = source.core.clone();
        let pronoun = core.len() == 1 && scene.has(core.start, Classes::PRONOUN);
        let participle = cue.start > 0 && scene.word(cue.start).ends_with("ing") && scene.word(cue.start - 1) == ",";
        let participle = participle && !scene.is(cue.start, "according");
        let Some(sentence) = scene.sentence(cue.start).filter(|_| participle) else { continue };
        let reports = |a: &&Attribution| {
            let here = a.cue.as_ref().filter(|c| c.end <= cue.start && sentence.contains(&c.start));
            // "According to the ministry, jets came, adding that".
            let cited = |c: &TokenRange| scene.is(c.start, "according") && scene.is(cue.start, "adding");
            let behind = here.zip(a.source.as_ref());
            let behind = behind.is_some_and(|(c, s)| pronoun || cited(c) || core.end <= s.core.start.min(c.start));
            let holds = |p: &&TokenRange| p.start <= core.start && core.end <= p.end;
            // "Villagers denounced the words of the mayor, calling them".
            // "The so-called report".
            let acts = |i: usize| is_finite(scene, i) && scene.kind(i - 1) != Kind::Dash;
            let noun = |p: &TokenRange| p.end < cue.start && !p.clone().any(acts);
            a.source.is_some() && a.pieces.iter().find(holds).is_some_and(|p| behind || here.is_some() && noun(p))
        };
        if let Some(outer) = before.iter().rev().take(NEAR).find(reports) {
            rest[0].source.clone_from(&outer.source);
        }
    }
}

/// "Roe referred to the talks, and said": the word that joins two verbs does not speak; who speaks before it does.
fn no_joint(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 0..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let joint = |a: &Attribution| a.source.as_ref().filter(|s| s.core.len() == 1).map(|s| s.core.start);
        let Some(at) = joint(&rest[0]).filter(|&i| scene.is_any(i, &["and", "but", "or"])) else { continue };
        let sentence = scene.sentence(at);
        let here = |a: &&Attribution| {
            let speaker = a.source.as_ref().map(|s| s.core.start);
            speaker.is_some_and(|i| i < at && sentence.is_some_and(|s| s.contains(&i)))
        };
        rest[0].source = before.iter().rev().take(NEAR).find(here).and_then(|a| a.source.clone());
    }
}

/// `LEE: We won.` ¶ `Nobody thought so.` ¶ `Q: …`: the paragraphs up to the next label go on with the turn.
fn carry_turns_on(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    let label =
        |a: &Attribution| a.source.as_ref().map(|s| s.core.start).filter(|_| a.reason == "turn of an interview");
    let block = |i: usize| scene.block_of(i);
    let mut turns: Vec<(usize, usize)> =
        found.iter().enumerate().filter_map(|(i, a)| Some((block(label(a).and(a.pieces.first())?.start), i))).collect();
    turns.sort_unstable();
    let mut named: Vec<(usize, usize)> = found
        .iter()
        .filter(|a| a.reason != "turn of an interview")
        .filter_map(|a| a.source.as_ref().filter(|s| scene.name(s.core.start).is_some()))
        .map(|s| (block(s.core.start), s.core.end - 1))
        .collect();
    named.sort_unstable();
    let named_in = |b: usize| {
        let first = named.partition_point(|&(at, _)| at < b);
        named[first..].iter().take_while(move |&&(at, _)| at == b)
    };
    let word = |turn: usize| label(&found[turn]).map_or("", |at| scene.word(at));
    let words: Vec<&str> = turns.iter().map(|&(_, turn)| word(turn)).collect();
    // "Roe: Win it." ¶ "Vidal: Hold on.", each once: headings.
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for word in &words {
        *counts.entry(word).or_default() += 1;
    }
    let again = |word: &str| counts.get(word).is_some_and(|&n| n > 1);
    for (pair, said) in turns.windows(2).zip(words.windows(2)) {
        let ((first, turn), (next, _)) = (pair[0], pair[1]);
        if !said.iter().any(|w| again(w)) {
            continue;
        }
        let last = found[turn].source.as_ref().map_or("", |s| scene.word(s.core.end - 1));
        let goes_on = |b: usize| {
            let tokens = &scene.structure.blocks[b].tokens;
            let labelled = tokens.clone().take(MOST_LABEL).any(|i| scene.word(i) == ":");
            let marked = scene.opens_region(tokens.start).is_some();
            // "QYou left early."
            let glued = scene.word(tokens.start).chars().take(2).filter(|c| c.is_uppercase()).count() > 1;
            let asks = glued || tokens.clone().any(|i| scene.word(i) == "?");
            let narrated = named_in(b).any(|&(_, word)| scene.word(word) == last);
            let aside = scene.kind(tokens.start) == Kind::Open && scene.kind(tokens.end - 1) == Kind::Close;
            scene.structure.blocks[b].role == Role::Paragraph && !(labelled || marked || asks || narrated || aside)
        };
        if next - first <= MOST_BLOCKS && (first + 1..next).all(goes_on) {
            let blocks = (first + 1..next).map(|b| scene.structure.blocks[b].tokens.clone());
            found[turn].pieces.extend(blocks);
        }
    }
}

/// `When asked whether he would go he replied: "No."`: the question ends where who answers begins; the answer, where it is quoted.
fn answer(scene: &Scene<'_, '_>, question: &mut Attribution) -> Option<Attribution> {
    let cue = question.cue.clone().filter(|c| scene.is_any(c.start, &["asked", "pressed", "questioned"]))?;
    let opened = cue.start.checked_sub(1).is_none_or(|i| scene.is(i, "when") || scene.kind(i) == Kind::Stop);
    let [piece] = question.pieces.as_mut_slice() else { return None };
    let verb = piece.clone().skip(2).find(|&i| scene.region(i).is_none() && scene.is_any(i, &ANSWERS))?;
    let speaker = phrase::before(scene, verb - 1, verb).or_else(|| phrase::before(scene, piece.start, verb))?;
    let start = speaker.core.start;
    let quoted = (verb + 1..verb + 3).find_map(|i| scene.opens_region(i))?;
    if !opened || piece.start != cue.end || start <= piece.start + 1 {
        return None;
    }
    let words = scene.regions[quoted].tokens.clone();
    *piece = scene.trim(&(piece.start..start));
    Some(Attribution { pieces: vec![words], cue: Some(verb..verb + 1), source: Some(speaker), ..question.clone() })
}

/// `It is "thick" today, she said: "We break it."`: the clause before the tag is said too.
fn clause_before(scene: &Scene<'_, '_>, found: &Attribution) -> Option<Attribution> {
    let (Some(source), Some(cue), [piece]) = (&found.source, &found.cue, found.pieces.as_slice()) else { return None };
    let quoted = scene.word(cue.end) == ":" && piece.start == cue.end + 1 && scene.opens_region(piece.start).is_some();
    let says = scene.is_any(cue.start, &["said", "says", "added", "adds"]) && source.core.end == cue.start;
    let clause = tags::clause_before(scene, source).filter(|_| quoted && says)?;
    let start = source.phrase.start.min(source.core.start);
    let fits = scene.has(start, Classes::PRONOUN) || scene.opens_any(&clause);
    fits.then(|| Attribution { pieces: vec![clause], ..found.clone() })
}
