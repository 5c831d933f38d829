//! A table of short rows of weights, addressed by hashed features: one look-up gives a feature's weight for every label
//! at once, so a token costs one cache line a feature, however many labels there are.
//!
//! A row bears a tag of its feature, so that a feature that was never seen in training adds nothing, rather than the
//! weights of another that shares its place. Rows that want one place stand in the next free ones.

use super::wrong;
use crate::error::Result;

/// Weights of one feature: one for each column.
pub const COLUMNS: usize = 13;

/// Bytes of a row: the weights, then the tag.
const ROW: usize = 16;

/// How many places a row may stand after its own.
const REACH: usize = 16;

const MAGIC: &[u8; 8] = b"pq-rows\0";
const VERSION: u32 = 1;
const HEADER: usize = 24;

/// Rows of 8-bit weights with one scale, and free parameters beside them.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    rows: Vec<[i8; ROW]>,
    extra: Vec<f32>,
    scale: f32,
}

/// The three bytes that tell a feature from others of its place; never nought, which marks a free place.
fn tag(feature: u32) -> [i8; ROW - COLUMNS] {
    let [_, a, b, c] = feature.to_le_bytes();
    [a as i8, b as i8, if a == 0 && b == 0 && c == 0 { 1 } else { c as i8 }]
}

impl Rows {
    /// Rounds the weights of features and lays them into a table of `2^bits` places, the weightiest first; what finds
    /// no place is left out.
    pub fn from_weights(bits: u32, mut weights: Vec<(u32, [f32; COLUMNS])>, extra: Vec<f32>) -> Self {
        let largest = weights.iter().flat_map(|(_, row)| row).fold(0f32, |m, w| m.max(w.abs())).max(f32::MIN_POSITIVE);
        let scale = largest / 127.0;
        let norm = |row: &[f32; COLUMNS]| row.iter().map(|w| w * w).sum::<f32>();
        weights.sort_by(|(a, x), (b, y)| norm(y).total_cmp(&norm(x)).then(a.cmp(b)));
        let mut table = Self { rows: vec![[0; ROW]; 1 << bits], extra, scale };
        for (feature, row) in weights {
            let rounded = row.map(|w| (w / scale).round() as i8);
            if rounded.iter().any(|&w| w != 0)
                && let Some(place) = table.places(feature).find(|&at| table.rows[at][COLUMNS..] == [0; ROW - COLUMNS])
            {
                table.rows[place][..COLUMNS].copy_from_slice(&rounded);
                table.rows[place][COLUMNS..].copy_from_slice(&tag(feature));
            }
        }
        table
    }

    /// The share of places that are taken.
    pub fn load(&self) -> f32 {
        let taken = self.rows.iter().filter(|row| row[COLUMNS..] != [0; ROW - COLUMNS]).count();
        taken as f32 / self.rows.len() as f32
    }

    fn places(&self, feature: u32) -> impl Iterator<Item = usize> + use<> {
        let mask = self.rows.len() - 1;
        (0..REACH).map(move |step| (feature as usize + step) & mask)
    }

    /// The sum of the features' rows.
    pub fn sum(&self, features: &[u32]) -> [f32; COLUMNS] {
        let mut sums = [0i16; COLUMNS];
        for &feature in features {
            let tag = tag(feature);
            for at in self.places(feature) {
                let row = &self.rows[at];
                if row[COLUMNS..] == tag {
                    for (sum, &weight) in sums.iter_mut().zip(row) {
                        *sum += i16::from(weight);
                    }
                    break;
                }
                if row[COLUMNS..] == [0; ROW - COLUMNS] {
                    break;
                }
            }
        }
        sums.map(|s| f32::from(s) * self.scale)
    }

    /// The parameters beside the rows.
    pub fn extra(&self) -> &[f32] {
        &self.extra
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`crate::Error::Input`] where the bytes are no model of this version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let header = bytes.get(..HEADER).ok_or_else(|| wrong("expected a header of 24 bytes"))?;
        let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
        if &header[..8] != MAGIC || u32::from_le_bytes(word(8)) != VERSION {
            return Err(wrong("expected a table of rows of version 1"));
        }
        let (count, more) = (u32::from_le_bytes(word(12)) as usize, u32::from_le_bytes(word(16)) as usize);
        if !count.is_power_of_two() || bytes.len() != HEADER + count * ROW + more * 4 {
            return Err(wrong("its length does not agree with its header"));
        }
        let (table, extra) = bytes[HEADER..].split_at(count * ROW);
        let rows = table.as_chunks::<ROW>().0.iter().map(|row| row.map(|b| b as i8)).collect();
        let extra = extra.as_chunks::<4>().0.iter().map(|&w| f32::from_le_bytes(w)).collect();
        Ok(Self { rows, extra, scale: f32::from_le_bytes(word(20)) })
    }

    /// The file of the model.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.rows.len() * ROW + self.extra.len() * 4);
        out.extend_from_slice(MAGIC);
        for number in [VERSION, self.rows.len() as u32, self.extra.len() as u32] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(&self.scale.to_le_bytes());
        out.extend(self.rows.iter().flatten().map(|&w| w as u8));
        out.extend(self.extra.iter().flat_map(|w| w.to_le_bytes()));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_back_the_model() {
        let model = Rows::from_weights(4, vec![(7, [0.5; COLUMNS]), (23, [-1.0; COLUMNS])], vec![0.25]);
        let file = model.to_bytes();
        assert_eq!(Rows::from_bytes(&file).expect("its own file"), model);
        assert!((model.sum(&[7, 23])[3] + 0.5).abs() < 0.01, "two features that want one place");
        assert_eq!(model.sum(&[39]), [0.0; COLUMNS], "a feature that was never seen");
        assert!(Rows::from_bytes(&file[..file.len() - 1]).is_err());
        assert!(Rows::from_bytes(b"something else, and long enough").is_err());
    }
}
