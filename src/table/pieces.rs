//! Spans in code points in, the pieces of the text under them out.

/// Code points between two marks.
const STRIDE: usize = 64;

/// Turns code-point positions of one text back into bytes.
pub struct Pieces<'t> {
    text: &'t str,
    /// The byte of every [`STRIDE`]th code point; empty for ASCII, where the two are one.
    marks: Vec<usize>,
}

impl<'t> Pieces<'t> {
    /// Counts the text once.
    pub fn new(text: &'t str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect()
        };
        Self { text, marks }
    }

    /// How many code points the text has.
    pub fn len(&self) -> usize {
        match self.marks.last() {
            None => self.text.len(),
            Some(&last) => (self.marks.len() - 1) * STRIDE + self.text[last..].chars().count(),
        }
    }

    /// The text between two code points; what lies beyond the end is left out.
    pub fn get(&self, start: u32, end: u32) -> &'t str {
        let start = self.byte(start as usize);
        &self.text[start..self.byte(end as usize).max(start)]
    }

    fn byte(&self, at: usize) -> usize {
        if self.marks.is_empty() {
            return at.min(self.text.len());
        }
        let Some(&from) = self.marks.get(at / STRIDE) else { return self.text.len() };
        self.text[from..].char_indices().nth(at % STRIDE).map_or(self.text.len(), |(byte, _)| from + byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "\\PC{0,600}", start in 0u32..700, len in 0u32..400) {
            let pieces = Pieces::new(&text);
            let counted: String = text.chars().skip(start as usize).take(len as usize).collect();
            prop_assert_eq!(pieces.get(start, start + len), counted);
            prop_assert_eq!(pieces.len(), text.chars().count());
        }
    }
}
