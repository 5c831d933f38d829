//! A passage in, its cues out: the verbs and phrases that report what somebody said, with the frames each allows.

use super::scene::{Passage, Scene};
use crate::lang::Classes;
use crate::text::{Flags, Kind, TokenRange, fold_hash};
use bitflags::bitflags;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

bitflags! {
    /// What may follow a reporting verb; the letters are those of the list.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Frames: u16 {
        /// T: a that-clause, a bare clause, quoted words.
        const CLAUSE = 1;
        /// A: an addressee before the content.
        const ADDRESSEE = 1 << 1;
        /// I: an infinitive.
        const INFINITIVE = 1 << 2;
        /// W: a clause with a question word.
        const QUESTION = 1 << 3;
        /// N: a noun phrase.
        const NOUN = 1 << 4;
        /// K: an object, then "of" or "for" and the content.
        const OF = 1 << 5;
        /// S: an object and what it is called.
        const COMPLEMENT = 1 << 6;
        /// Q: quoted words alone.
        const QUOTED = 1 << 7;
    }
}

/// The form in which a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// say
    Base,
    /// says, said
    Finite,
    /// saying
    Participle,
}

/// A reporting verb form.
#[derive(Clone, Copy, Debug)]
struct Verb {
    frames: Frames,
    shape: Shape,
}

/// What sort of cue it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueKind {
    /// A verb with its subject.
    Verb,
    /// A verb whose subject is what is reported or told: "was told", "is expected".
    Passive,
    /// "according to", "in the view of": the source follows.
    Prepositional,
}

/// Words that report.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Its tokens, without auxiliaries.
    pub tokens: TokenRange,
    /// What sort.
    pub kind: CueKind,
    /// What may follow.
    pub frames: Frames,
    /// Its form.
    pub shape: Shape,
}

fn verbs() -> &'static FxHashMap<u64, Verb> {
    static VERBS: OnceLock<FxHashMap<u64, Verb>> = OnceLock::new();
    VERBS.get_or_init(|| {
        let mut verbs: FxHashMap<u64, Verb> = FxHashMap::default();
        for line in crate::lang::words(include_str!("../lang/en/cue_verbs.tsv")) {
            let Some((forms, letters)) = line.split_once('\t') else { continue };
            let frames = letters.chars().map(frame).fold(Frames::empty(), Frames::union);
            for (i, form) in forms.split(' ').enumerate() {
                let shape = match i {
                    0 => Shape::Base,
                    _ if form.ends_with("ing") => Shape::Participle,
                    _ => Shape::Finite,
                };
                let entry = verbs.entry(fold_hash(form)).or_insert(Verb { frames, shape });
                entry.frames |= frames;
                if shape == Shape::Finite {
                    entry.shape = shape;
                }
            }
        }
        verbs
    })
}

fn frame(letter: char) -> Frames {
    match letter {
        'T' => Frames::CLAUSE,
        'A' => Frames::ADDRESSEE,
        'I' => Frames::INFINITIVE,
        'W' => Frames::QUESTION,
        'N' => Frames::NOUN,
        'K' => Frames::OF,
        'S' => Frames::COMPLEMENT,
        'Q' => Frames::QUOTED,
        _ => Frames::empty(),
    }
}

const BE: [&str; 8] = ["is", "are", "was", "were", "be", "been", "being", "am"];

/// The cues of a passage that stand outside its quote marks, in order.
pub fn find(scene: &Scene<'_, '_>, passage: &Passage) -> Vec<Cue> {
    let mut cues = Vec::new();
    for i in passage.tokens.clone() {
        if scene.region(i).is_some() || scene.kind(i) != Kind::Word {
            continue;
        }
        if let Some(cue) = prepositional(scene, i).or_else(|| verb(scene, passage, i)) {
            cues.push(cue);
        }
    }
    cues
}

fn prepositional(scene: &Scene<'_, '_>, i: usize) -> Option<Cue> {
    let cue = |end| Cue { tokens: i..end, kind: CueKind::Prepositional, frames: Frames::CLAUSE, shape: Shape::Finite };
    if scene.is(i, "according") && scene.is(i + 1, "to") {
        return Some(cue(i + 2));
    }
    if scene.is(i, "in")
        && scene.is_any(i + 1, &["the"])
        && scene.is_any(i + 2, &["words", "view", "opinion"])
        && scene.is(i + 3, "of")
    {
        return Some(cue(i + 4));
    }
    None
}

fn verb(scene: &Scene<'_, '_>, passage: &Passage, i: usize) -> Option<Cue> {
    let verb = verbs().get(&scene.token(i).hash)?;
    if scene.name(i).is_some() || scene.token(i).flags.contains(Flags::CAPITAL) && i > passage.tokens.start {
        return None;
    }
    let before = before_auxiliaries(scene, passage.tokens.start, i);
    if is_noun_use(scene, passage.tokens.start, i) {
        return None;
    }
    let has_be = (before..i).any(|k| scene.is_any(k, &BE));
    let kind = if has_be && verb.shape != Shape::Participle { CueKind::Passive } else { CueKind::Verb };
    // "is saying" is finite, "saying" is not.
    let shape = if has_be && verb.shape == Shape::Participle { Shape::Finite } else { verb.shape };
    Some(Cue { tokens: i..i + 1, kind, frames: verb.frames, shape })
}

/// The first of the auxiliaries and adverbs that stand right before token `i`.
pub fn before_auxiliaries(scene: &Scene<'_, '_>, floor: usize, i: usize) -> usize {
    let mut k = i;
    while k > floor && scene.region(k - 1).is_none() && is_auxiliary(scene, k - 1) {
        k -= 1;
    }
    k
}

fn is_auxiliary(scene: &Scene<'_, '_>, i: usize) -> bool {
    (scene.has(i, Classes::AUXILIARY | Classes::ADVERB) && scene.name(i).is_none())
        || scene.is_any(
            i,
            &["not", "n't", "never", "also", "later", "then", "still", "just", "only", "already", "earlier", "once"],
        )
}

/// "the report", "his claim", "in reply": a verb's form used as a noun.
fn is_noun_use(scene: &Scene<'_, '_>, floor: usize, i: usize) -> bool {
    if i == floor {
        return false;
    }
    let p = i - 1;
    if scene.kind(p) == Kind::Clitic {
        return true;
    }
    let determined = scene.has(p, Classes::DETERMINER)
        && !scene.is_any(
            p,
            &[
                "that", "those", "these", "this", "all", "both", "some", "many", "several", "few", "most", "others",
                "each", "another", "either", "neither", "her",
            ],
        );
    determined
        || (scene.has(p, Classes::PREPOSITION) && !scene.is_any(i, &["saying"]) && !scene.word(i).ends_with("ing"))
}
