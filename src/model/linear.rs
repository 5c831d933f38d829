//! A table of small weights, addressed by hashed features (Weinberger et al. 2009, "Feature hashing for large scale
//! multitask learning"): one table serves many decisions, since each salts its features.

use super::wrong;
use crate::error::Result;

const MAGIC: &[u8; 8] = b"pqlinear";
const VERSION: u32 = 1;
const HEADER: usize = 20;

/// Takes features one by one.
pub trait Sink {
    /// Takes one.
    fn add(&mut self, feature: u32);
}

impl Sink for Vec<u32> {
    fn add(&mut self, feature: u32) {
        self.push(feature);
    }
}

/// Adds the weights of features up as they come.
pub struct Sum<'m> {
    model: &'m Linear,
    sum: i32,
}

impl Sink for Sum<'_> {
    fn add(&mut self, feature: u32) {
        self.sum += self.model.weight(feature);
    }
}

impl Sum<'_> {
    /// How two sums of one model compare.
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.sum.cmp(&other.sum)
    }

    /// The sum so far.
    pub fn score(&self) -> f32 {
        self.sum as f32 * self.model.scale
    }
}

/// Weights of 8 bits with one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    weights: Vec<i8>,
    scale: f32,
}

/// Mixes a template's number and two values into a feature.
pub fn feature(template: u32, a: u64, b: u64) -> u32 {
    let mut h = a ^ b.rotate_left(23) ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    h = (h ^ (h >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    h ^= h >> 29;
    h = h.wrapping_mul(0x94D0_49BB_1331_11EB);
    (h >> 32) as u32
}

impl Linear {
    /// Rounds fitted weights; their number must be a power of two.
    pub fn from_weights(weights: &[f32]) -> Self {
        let largest = weights.iter().fold(0f32, |m, w| m.max(w.abs())).max(f32::MIN_POSITIVE);
        let scale = largest / 127.0;
        Self { weights: weights.iter().map(|w| (w / scale).round() as i8).collect(), scale }
    }

    /// The sum of the features' weights.
    pub fn score(&self, features: &[u32]) -> f32 {
        let sum: i32 = features.iter().map(|&f| self.weight(f)).sum();
        sum as f32 * self.scale
    }

    /// A sum that has no features yet.
    pub fn sum(&self) -> Sum<'_> {
        Sum { model: self, sum: 0 }
    }

    fn weight(&self, feature: u32) -> i32 {
        i32::from(self.weights[feature as usize & (self.weights.len() - 1)])
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`crate::Error::Input`] where the bytes are no model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let header = bytes.get(..HEADER).ok_or_else(|| wrong("expected a header of 20 bytes"))?;
        let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        if &header[..8] != MAGIC || u32::from_le_bytes(word(8)) != VERSION {
            return Err(wrong("expected a linear model of version 1"));
        }
        let count = u32::from_le_bytes(word(12)) as usize;
        if !count.is_power_of_two() || bytes.len() != HEADER + count {
            return Err(wrong("its length does not agree with its header"));
        }
        let weights = bytes[HEADER..].iter().map(|&b| b as i8).collect();
        Ok(Self { weights, scale: f32::from_le_bytes(word(16)) })
    }

    /// The file of the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.weights.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&(self.weights.len() as u32).to_le_bytes());
        out.extend_from_slice(&self.scale.to_le_bytes());
        out.extend(self.weights.iter().map(|&w| w as u8));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_back_the_model() {
        let model = Linear::from_weights(&[0.5, -1.0, 0.0, 0.25]);
        let read = Linear::from_bytes(&model.to_bytes()).expect("its own file");
        assert_eq!(read, model);
        assert!((read.score(&[0, 1]) + 0.5).abs() < 0.01);
    }

    #[test]
    fn foreign_bytes_are_refused() {
        let file = Linear::from_weights(&[1.0; 8]).to_bytes();
        assert!(Linear::from_bytes(&file[..file.len() - 1]).is_err());
        assert!(Linear::from_bytes(b"something else, and long enough").is_err());
    }
}
