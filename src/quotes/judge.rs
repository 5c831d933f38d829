//! Features of a doubtful choice in, the choice out: whether quoted words are speech, who speaks where no cue says so, and
//! how far an attribution is to be trusted. The trained judge asks the model; without one, rules decide.

use super::attribution::Attribution;
use super::scene::Scene;
use super::voices::Voice;
use super::{regions, trust};
use crate::model::Linear;
use crate::text::TokenRange;

/// Takes the choices that no grammar decides.
pub trait Judge {
    /// Whether the outermost region `region` is somebody's words.
    fn is_speech(&mut self, scene: &Scene<'_, '_>, region: usize, features: &[u32]) -> bool;

    /// Who of `voices` speaks `piece`; the features of nobody are the last ones.
    fn voice(&mut self, piece: &TokenRange, voices: &[Voice], features: &[Vec<u32>]) -> Option<usize>;

    /// Whether `piece` carries the quote `found` on; `rule` is what the rules say.
    fn joins(&mut self, found: &Attribution, piece: &TokenRange, rule: bool, features: &[u32]) -> bool;

    /// How likely an attribution is right, from 0 to 1.
    fn trust(&mut self, found: &Attribution, features: &[u32]) -> f32;
}

/// Decides by the trained model.
pub struct Trained<'m>(pub &'m Linear);

impl Judge for Trained<'_> {
    fn is_speech(&mut self, _: &Scene<'_, '_>, _: usize, features: &[u32]) -> bool {
        sigmoid(self.0.score(features)) >= regions::THRESHOLD
    }

    fn voice(&mut self, _: &TokenRange, voices: &[Voice], features: &[Vec<u32>]) -> Option<usize> {
        let scores = features.iter().map(|f| self.0.score(f)).enumerate();
        let (best, _) = scores.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        (best < voices.len()).then_some(best)
    }

    fn joins(&mut self, _: &Attribution, _: &TokenRange, _: bool, features: &[u32]) -> bool {
        self.0.score(features) > 0.0
    }

    fn trust(&mut self, _: &Attribution, features: &[u32]) -> f32 {
        sigmoid(self.0.score(features))
    }
}

/// Decides by rules.
pub struct Ruled;

impl Judge for Ruled {
    fn is_speech(&mut self, scene: &Scene<'_, '_>, region: usize, _: &[u32]) -> bool {
        regions::is_speech(scene, region)
    }

    fn voice(&mut self, _: &TokenRange, voices: &[Voice], _: &[Vec<u32>]) -> Option<usize> {
        (!voices.is_empty()).then_some(0)
    }

    fn joins(&mut self, _: &Attribution, _: &TokenRange, rule: bool, _: &[u32]) -> bool {
        rule
    }

    fn trust(&mut self, found: &Attribution, _: &[u32]) -> f32 {
        trust::by_rule(found)
    }
}

/// The chance that a score stands for.
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
