//! Quoted words that no cue ties to anybody in, those who may have spoken them out, each with its features: the subject
//! beside them, who was quoted last, who was introduced before.

use super::phrase::Source;
use super::ranker::features::{Decision, bucket};
use super::scene::{Passage, Scene};
use crate::article::Form;
use crate::model::feature;
use crate::text::{Kind, TokenRange};

/// Where a voice was found; the order is that of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Origin {
    /// The source of the attribution before the words, in their sentence.
    SameSentence,
    /// The subject of their sentence.
    Subject,
    /// The subject of the clause right before them.
    Clause,
    /// The subject of a sentence before, in which nobody was quoted.
    Introduced,
    /// Who was quoted last.
    LastSpeaker,
    /// Who spoke before somebody else did.
    EarlierSpeaker,
    /// The source of the attribution after the words, in their sentence.
    NextCue,
    /// A name close by.
    Name,
}

impl Origin {
    /// The reason given for a quote whose speaker was found there.
    pub fn reason(self) -> &'static str {
        match self {
            Self::SameSentence | Self::NextCue => "same sentence",
            Self::Subject => "subject of the sentence",
            Self::Clause => "subject of the clause",
            Self::Introduced => "introduced before",
            Self::LastSpeaker => "last speaker",
            Self::EarlierSpeaker => "speaker before the last",
            Self::Name => "name close by",
        }
    }
}

/// Somebody who may have spoken.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The phrase.
    pub source: Source,
    /// Where it was found first.
    pub origin: Origin,
    /// All the places, a bit each.
    places: u16,
    /// The block in which it stands.
    block: usize,
}

impl Voice {
    /// Whether the paragraph before `block` brings this person in by name, after the last quote.
    pub fn introduces(&self, block: usize) -> bool {
        self.origin == Origin::Introduced && self.source.form == Form::Name && self.block + 1 == block
    }
}

/// The voices for one piece of quoted words.
#[derive(Default)]
pub struct Voices {
    /// Without doubles.
    pub list: Vec<Voice>,
}

impl Voices {
    /// Adds a voice, or another place for one that is there.
    pub fn add(&mut self, source: Option<&Source>, origin: Origin, block: usize) {
        let Some(source) = source else { return };
        let bit = 1 << origin as u16;
        if let Some(same) = self.list.iter_mut().find(|v| v.source.core.start == source.core.start) {
            same.places |= bit;
        } else {
            self.list.push(Voice { source: source.clone(), origin, places: bit, block });
        }
    }
}

/// The features of each voice for `piece`, and of nobody at the end.
pub fn features(scene: &Scene<'_, '_>, passage: &Passage, piece: &TokenRange, voices: &[Voice]) -> Vec<Vec<u32>> {
    let about = About::new(scene, passage, piece);
    let all = voices.iter().fold(0, |all, v| all | u64::from(v.places));
    let mut features: Vec<Vec<u32>> = voices.iter().map(|v| about.voice(v, all)).collect();
    features.push(about.nobody(all));
    features
}

/// What the features of all voices share.
struct About<'x, 'a, 't> {
    scene: &'x Scene<'a, 't>,
    piece: &'x TokenRange,
    block: usize,
    place: u64,
    before: u64,
    after: u64,
}

impl<'x, 'a, 't> About<'x, 'a, 't> {
    fn new(scene: &'x Scene<'a, 't>, passage: &Passage, piece: &'x TokenRange) -> Self {
        let (start, end) = (passage.tokens.start, passage.tokens.end);
        let block = &scene.structure.blocks[passage.block].tokens;
        let place = u64::from(piece.start == start)
            | u64::from(piece.end + 1 >= end) << 1
            | u64::from(start == block.start) << 2
            | u64::from(end == block.end) << 3
            | u64::from(scene.token(piece.start + 1).is_capital()) << 4
            | u64::from(piece.len() > 8) << 5
            | u64::from(scene.kind(piece.end - 2) == Kind::Stop) << 6;
        let before = if piece.start > start { scene.token(piece.start - 1).hash } else { 1 };
        let after = if piece.end < end { scene.token(piece.end).hash } else { 1 };
        Self { scene, piece, block: passage.block, place, before, after }
    }

    fn voice(&self, voice: &Voice, all: u64) -> Vec<u32> {
        let scene = self.scene;
        let core = &voice.source.core;
        let places = u64::from(voice.places);
        let blocks = self.block.abs_diff(voice.block).min(5) as u64;
        let far = bucket(core.start, self.piece.start);
        let form = voice.source.form as u64;
        let name = scene.name(core.end - 1).map_or(0, |n| n.kind as u64 + 1);
        let next = scene.token(core.end).hash;
        let (a, b) = (core.end.min(self.piece.start), core.end.max(self.piece.start));
        let verbs = (a..b).take(40).filter(|&i| scene.region(i).is_none() && scene.is_verb(i)).count().min(4) as u64;
        let quoted = (a..b).take(40).any(|i| scene.region(i).is_some());
        let mut out = Vec::with_capacity(24);
        let mut add = |template: u32, a: u64, b: u64| {
            out.push(feature(((Decision::Voice as u32) << 8) + template, a, b));
        };
        add(0, places, 0);
        add(1, places, all);
        add(2, places, self.place);
        add(3, places, blocks);
        add(4, blocks << 8 | far, 0);
        add(5, form << 8 | name, places);
        add(6, form << 8 | name, self.place & 3);
        add(7, next, 0);
        add(8, next, places);
        add(9, verbs << 1 | u64::from(quoted), places);
        add(10, verbs << 1 | u64::from(quoted), far);
        add(11, self.before, places);
        add(12, self.after, places);
        add(13, scene.token(core.end - 1).hash, 0);
        add(14, u64::from(core.start > self.piece.start), self.place);
        add(15, blocks, self.place);
        add(16, form, blocks << 16 | places);
        add(17, all, self.place << 16 | places);
        add(18, scene.token(core.start).hash, blocks);
        add(19, form << 8 | name, far << 16 | places);
        out
    }

    fn nobody(&self, all: u64) -> Vec<u32> {
        let mut out = Vec::with_capacity(8);
        let mut add = |template: u32, a: u64, b: u64| {
            out.push(feature(((Decision::Voice as u32) << 8) + 64 + template, a, b));
        };
        add(0, 0, 0);
        add(1, all, 0);
        add(2, all, self.place);
        add(3, self.place, 0);
        add(4, self.before, 0);
        add(5, self.after, 0);
        add(6, self.scene.structure.blocks[self.block].role as u64, self.place);
        out
    }
}
