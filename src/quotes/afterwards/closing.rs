//! Sentences that close with a tag, `…, writes Lee.`, `…, reports say.`, and that nobody has so far: the attributions of an
//! article in, those that they lack out.

use super::is_finite;
use crate::article::EntityType;
use crate::lang::Classes;
use crate::quotes::attribution::Attribution;
use crate::quotes::phrase::{self, Source};
use crate::quotes::scene::Scene;
use crate::text::{Kind, TokenRange};

/// A tag has no more tokens.
const MOST_OF_TAG: usize = 14;

/// What is said has more tokens.
const LEAST_SAID: usize = 5;

/// Verbs that say who spoke where their subject follows them.
const SAYS: [&str; 18] = [
    "says",
    "said",
    "say",
    "writes",
    "wrote",
    "claims",
    "claimed",
    "claim",
    "explains",
    "explained",
    "concludes",
    "concluded",
    "argues",
    "argued",
    "insists",
    "insisted",
    "reports",
    "adds",
];

/// The attributions of sentences whose closing tag no other attribution has.
pub(super) fn find(scene: &Scene<'_, '_>, found: &[Attribution]) -> Vec<Attribution> {
    let taken = Taken::new(found);
    let sentences = scene.structure.sentences.iter().filter(|s| s.tokens.len() > LEAST_SAID);
    let one = |sentence: &TokenRange| {
        let (comma, cue, source) = tag(scene, sentence)?;
        let said = scene.trim(&(sentence.start..comma));
        let clause = said.len() >= LEAST_SAID && !scene.opens_any(sentence) && is_statement(scene, &said);
        (clause && !taken.has(&cue, &said)).then(|| Attribution {
            pieces: vec![said],
            cue: Some(cue),
            source: Some(source),
            reason: "tag behind the clause",
            confidence: 0.6,
            chances: [1.0; 3],
            unmarked: false,
        })
    };
    sentences.filter_map(|s| one(&s.tokens)).collect()
}

/// What the attributions so far hold, in order.
struct Taken {
    cues: Vec<usize>,
    /// Where each piece begins, and the furthest end of all up to it.
    pieces: Vec<(usize, usize)>,
}

impl Taken {
    fn new(found: &[Attribution]) -> Self {
        let mut cues: Vec<usize> = found.iter().filter_map(|a| Some(a.cue.as_ref()?.start)).collect();
        let mut pieces: Vec<(usize, usize)> = found.iter().flat_map(|a| &a.pieces).map(|p| (p.start, p.end)).collect();
        cues.sort_unstable();
        pieces.sort_unstable();
        let mut furthest = 0;
        for (_, end) in &mut pieces {
            furthest = furthest.max(*end);
            *end = furthest;
        }
        Self { cues, pieces }
    }

    /// Whether one has the cue, holds it, or begins where what is said begins.
    fn has(&self, cue: &TokenRange, said: &TokenRange) -> bool {
        let up_to = |token: usize| self.pieces[..self.pieces.partition_point(|&(start, _)| start <= token)].last();
        let holds = up_to(cue.start).is_some_and(|&(_, end)| end > cue.start);
        let begins = up_to(said.start).is_some_and(|&(start, _)| start == said.start);
        self.cues.binary_search(&cue.start).is_ok() || holds || begins
    }
}

/// The comma, the cue and the source of the tag that closes a sentence.
fn tag(scene: &Scene<'_, '_>, sentence: &TokenRange) -> Option<(usize, TokenRange, Source)> {
    let end = sentence.clone().rev().find(|&i| !matches!(scene.kind(i), Kind::Stop | Kind::Mark))? + 1;
    let window = end.saturating_sub(MOST_OF_TAG).max(sentence.start)..end;
    let comma = window.rev().find(|&i| scene.word(i) == "," && scene.region(i).is_none())?;
    let verb = comma + 1;
    if scene.is(verb, "reports") && scene.is_any(verb + 1, &["say", "said", "claim", "suggest"]) && verb + 2 == end {
        let core = verb..verb + 1;
        let source = Source { form: phrase::form(scene, &core), phrase: core.clone(), core };
        return Some((comma, verb + 1..end, source));
    }
    if !scene.is_any(verb, &SAYS) || scene.name(verb).is_some() {
        return None;
    }
    let source = phrase::after(scene, verb + 1, end).filter(|s| s.phrase.end == end)?;
    let last = source.core.end - 1;
    let named = scene.name(last).is_some_and(|n| n.kind != EntityType::Place && n.tokens.end == source.core.end);
    let office = scene.has(last, Classes::ROLE | Classes::COLLECTIVE | Classes::ORG_NOUN);
    let office = office && scene.has(verb + 1, Classes::DETERMINER);
    (named || office).then_some((comma, verb..verb + 1, source))
}

/// Whether the words are a main clause with a finite verb, and no tag or apposition opens them.
fn is_statement(scene: &Scene<'_, '_>, said: &TokenRange) -> bool {
    let subordinate = scene.is_any(said.start, &["who", "which", "whose"]);
    let verb = |i: usize| is_finite(scene, i) || scene.has(i, Classes::AUXILIARY);
    !subordinate && said.clone().skip(1).any(verb)
}
