//! A table of weights for a tagger in two passes, addressed by hashed features: one look-up, in one cache line, gives a
//! feature's weights for every label and both passes.
//!
//! An entry bears a tag of its feature, so that a feature that was never seen in training adds nothing, rather than the
//! weights of another that shares its place. Eight entries share a bucket, whose tags are compared all at once: whether a
//! feature is known is chance to the processor, so no step may hang on it.

use super::wrong;
use crate::error::Result;

/// Weights of one feature in one pass: one for each column.
pub const COLUMNS: usize = 13;

/// The sums of some features' weights in the first and in the second pass.
pub type Sums = [[f32; COLUMNS]; 2];

/// Bytes of an entry's half: the weights of a pass, then three more, in the first half the tag.
const HALF: usize = 16;
const ENTRY: usize = 2 * HALF;

/// Entries that share a place.
const BUCKET: usize = 8;

const MAGIC: &[u8; 8] = b"pq-rows\0";
const VERSION: u32 = 2;
const HEADER: usize = 28;

/// Entries of 8-bit weights with one scale a pass, and free parameters beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    entries: Vec<[i8; ENTRY]>,
    /// The tags of the entries once more, close together: most features are told apart without their entries.
    tags: Vec<[u16; BUCKET]>,
    extra: Vec<f32>,
    scales: [f32; 2],
}

/// What tells a feature from others of its place; never nought, which marks a free place.
fn tag(feature: u32) -> u16 {
    ((feature >> 16) as u16).max(1)
}

fn tag_of(entry: &[i8; ENTRY]) -> u16 {
    u16::from_le_bytes([entry[COLUMNS] as u8, entry[COLUMNS + 1] as u8])
}

/// Adds an entry to the sums. Within another function the sums would be numbers of their own, and added one by one.
#[inline(never)]
fn add(sums: &mut [i16; ENTRY], entry: &[i8; ENTRY]) {
    for (sum, &weight) in sums.iter_mut().zip(entry) {
        *sum = sum.wrapping_add(i16::from(weight));
    }
}

impl Rows {
    /// Rounds the weights of features and lays them into a table of `2^bits` entries, eight or more, the weightiest
    /// first; what finds no place is left out.
    pub fn from_weights(bits: u32, mut weights: Vec<(u32, Sums)>, extra: Vec<f32>) -> Self {
        let scales = [0, 1].map(|pass| {
            let all = weights.iter().flat_map(|(_, sums)| sums[pass]);
            all.fold(f32::MIN_POSITIVE, |m, w| m.max(w.abs())) / 127.0
        });
        let norm = |sums: &Sums| sums.iter().flatten().map(|w| w * w).sum::<f32>();
        weights.sort_by(|(a, x), (b, y)| norm(y).total_cmp(&norm(x)).then(a.cmp(b)));
        let mut entries = vec![[0; ENTRY]; 1 << bits];
        let buckets = entries.len() / BUCKET;
        for (feature, sums) in weights {
            let mut entry = [0i8; ENTRY];
            for pass in [0, 1] {
                for (place, weight) in entry[pass * HALF..].iter_mut().zip(sums[pass]) {
                    *place = (weight / scales[pass]).round() as i8;
                }
            }
            let bucket = feature as usize % buckets * BUCKET;
            if entry != [0; ENTRY]
                && let Some(place) = entries[bucket..bucket + BUCKET].iter_mut().find(|e| tag_of(e) == 0)
            {
                let [low, high] = tag(feature).to_le_bytes();
                (entry[COLUMNS], entry[COLUMNS + 1]) = (low as i8, high as i8);
                *place = entry;
            }
        }
        Self::new(entries, extra, scales)
    }

    fn new(entries: Vec<[i8; ENTRY]>, extra: Vec<f32>, scales: [f32; 2]) -> Self {
        let (buckets, _) = entries.as_chunks::<BUCKET>();
        let tags = buckets.iter().map(|bucket| std::array::from_fn(|i| tag_of(&bucket[i]))).collect();
        Self { entries, tags, extra, scales }
    }

    /// The share of places that are taken.
    pub fn load(&self) -> f32 {
        let tags = self.tags.as_flattened();
        tags.iter().filter(|&&tag| tag != 0).count() as f32 / tags.len() as f32
    }

    /// The sums of the features' weights.
    pub fn sums(&self, features: &[u32]) -> Sums {
        let mut sums = [0i16; ENTRY];
        // First which entries, then their weights: reads that do not wait for each other.
        let mut found = [0u32; 64];
        for part in features.chunks(found.len()) {
            let mut count = 0;
            for &feature in part {
                let (at, known) = self.find(feature);
                found[count] = at as u32;
                count += usize::from(known);
            }
            for &at in &found[..count] {
                add(&mut sums, &self.entries[at as usize]);
            }
        }
        [0, 1].map(|pass| std::array::from_fn(|column| f32::from(sums[pass * HALF + column]) * self.scales[pass]))
    }

    /// The place of a feature's entry, and whether it has one.
    fn find(&self, feature: u32) -> (usize, bool) {
        let bucket = feature as usize & (self.tags.len() - 1);
        let tag = tag(feature);
        let mut same = 0u32;
        for (i, other) in self.tags[bucket].iter().enumerate() {
            same |= u32::from(*other == tag) << i;
        }
        (bucket * BUCKET + (same.trailing_zeros() as usize & (BUCKET - 1)), same != 0)
    }

    /// The parameters beside the entries.
    pub fn extra(&self) -> &[f32] {
        &self.extra
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`crate::Error::Input`] where the bytes are no model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let header = bytes.get(..HEADER).ok_or_else(|| wrong("expected a header of 28 bytes"))?;
        let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        if &header[..8] != MAGIC || u32::from_le_bytes(word(8)) != VERSION {
            return Err(wrong("expected a table of rows of version 2"));
        }
        let (count, more) = (u32::from_le_bytes(word(12)) as usize, u32::from_le_bytes(word(16)) as usize);
        if !count.is_power_of_two() || count < BUCKET || bytes.len() != HEADER + count * ENTRY + more * 4 {
            return Err(wrong("its length does not agree with its header"));
        }
        let (table, extra) = bytes[HEADER..].split_at(count * ENTRY);
        let entries = table.as_chunks::<ENTRY>().0.iter().map(|entry| entry.map(|b| b as i8)).collect();
        let extra = extra.as_chunks::<4>().0.iter().map(|&w| f32::from_le_bytes(w)).collect();
        Ok(Self::new(entries, extra, [20, 24].map(|at| f32::from_le_bytes(word(at)))))
    }

    /// The file of the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.entries.len() * ENTRY + self.extra.len() * 4);
        out.extend_from_slice(MAGIC);
        for number in [VERSION, self.entries.len() as u32, self.extra.len() as u32] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend(self.scales.iter().flat_map(|s| s.to_le_bytes()));
        out.extend(self.entries.iter().flatten().map(|&w| w as u8));
        out.extend(self.extra.iter().flat_map(|w| w.to_le_bytes()));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_back_the_model() {
        let [seen, other, unseen] = [7, 7 + (1 << 20), 7 + (1 << 21)];
        let weights = vec![(seen, [[0.5; COLUMNS], [2.0; COLUMNS]]), (other, [[-1.0; COLUMNS], [0.0; COLUMNS]])];
        let model = Rows::from_weights(4, weights, vec![0.25]);
        let file = model.to_bytes();
        assert_eq!(Rows::from_bytes(&file).expect("its own file"), model);
        let [first, second] = model.sums(&[seen, other]);
        assert!((first[3] + 0.5).abs() < 0.01 && (second[12] - 2.0).abs() < 0.01, "two features that want one place");
        assert!(model.sums(&[unseen]).as_flattened().iter().all(|w| w.abs() < f32::EPSILON), "a feature never seen");
        assert!(Rows::from_bytes(&file[..file.len() - 1]).is_err());
        assert!(Rows::from_bytes(b"something else, and long enough to be read").is_err());
    }
}
