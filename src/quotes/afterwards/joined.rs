//! Attributions that touch one another: those of an article in, the same with what belongs together joined and what does not
//! parted out.

use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase;
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// Verbs of an answer.
const ANSWERS: [&str; 10] =
    ["replied", "replies", "answered", "answers", "responded", "responds", "said", "says", "joked", "quipped"];

/// Joins and parts the attributions of an article, which stand in order.
pub fn join(scene: &Scene<'_, '_>, found: &mut Vec<Attribution>) {
    part_joined(scene, found);
    part_opposed(scene, found);
    join_reopened(scene, found);
    drop_fronted(scene, found);
    same_subject(scene, found);
    let answers: Vec<Attribution> = found.iter_mut().filter_map(|question| answer(scene, question)).collect();
    for answer in answers {
        let known = |a: &Attribution| a.pieces.iter().any(|p| p.start == answer.pieces[0].start);
        if !found.iter().any(known) {
            found.push(answer);
        }
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
        } else if source.core.end <= piece.start && verb > piece.start + 1 && scene.is(verb - 1, "and") {
            *piece = scene.trim(&(piece.start..verb - 1));
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
        let but = start.checked_sub(1).filter(|&i| scene.is_any(i, &["but", "while"]) && scene.region(i).is_none());
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
        let parted = piece.start == cue.end + 1 && scene.word(cue.end) == ",";
        !(parted && scene.region(piece.start).is_none() && starts.contains(&piece.start))
    });
}

/// "Roe backed the farmers as they plant, adding that": who adds is who backed, not they of whom that was said.
fn same_subject(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    for next in 1..found.len() {
        let (before, rest) = found.split_at_mut(next);
        let (Some(cue), Some(source)) = (&rest[0].cue, &rest[0].source) else { continue };
        let core = source.core.clone();
        let pronoun = core.len() == 1 && scene.has(core.start, Classes::PRONOUN);
        let participle = cue.start > 0 && scene.word(cue.start).ends_with("ing") && scene.word(cue.start - 1) == ",";
        let sentence = scene.sentence(cue.start).cloned();
        let reports = |a: &&Attribution| {
            let here = a
                .cue
                .as_ref()
                .is_some_and(|c| c.end <= cue.start && sentence.as_ref().is_some_and(|s| s.contains(&c.start)));
            here && a.source.is_some() && a.pieces.iter().any(|p| p.start <= core.start && core.end <= p.end)
        };
        if let Some(outer) = before.iter().rev().find(reports).filter(|_| pronoun && participle) {
            rest[0].source = outer.source.clone();
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
