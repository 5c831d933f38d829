//! A token of a sheet in, its hashed features out. Use and training call the same code.

use super::sheet::Sheet;
use crate::names::scene::Cap;
use crate::text::Flags;

/// First number of the templates of words in lower case.
const SMALL_TEMPLATE: u64 = 100;

/// Collects features; the number of the template salts each.
pub(super) struct Out<'o> {
    features: &'o mut Vec<u32>,
    template: u64,
}

impl<'o> Out<'o> {
    pub(super) fn new(features: &'o mut Vec<u32>, template: u64) -> Self {
        Self { features, template }
    }

    pub(super) fn add(&mut self, a: u64, b: u64) {
        self.features.push(mix(self.template, a, b));
        self.template += 1;
    }

    /// One feature for each of the bits of `set` under one template.
    fn each(&mut self, mut set: u64, with: u64) {
        while set != 0 {
            self.features.push(mix(self.template, u64::from(set.trailing_zeros()), with));
            set &= set - 1;
        }
        self.template += 1;
    }
}

/// Two values and a template as one number that looks random.
fn mix(template: u64, a: u64, b: u64) -> u32 {
    let left = (a ^ (template << 48)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let right = b.wrapping_add(template).wrapping_mul(0xC2B2_AE3D_27D4_EB4F);
    let both = (left ^ (left >> 32)).wrapping_add(right.rotate_left(29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (both >> 32) as u32
}

impl Sheet<'_, '_, '_> {
    /// The features of token `i`, appended to `features`.
    pub fn features(&self, i: usize, features: &mut Vec<u32>) {
        let mut out = Out::new(features, 1);
        if self.scene.cap(i) == Cap::None && !self.scene.tokens[i].flags.contains(Flags::UNSPACED) {
            return self.small_word(i, &mut Out::new(features, SMALL_TEMPLATE));
        }
        out.add(0, 0);
        self.words(i, &mut out);
        self.shapes(i, &mut out);
        self.classes(i, &mut out);
        self.rules(i, &mut out);
        self.surroundings(i, &mut out);
        self.document(i, &mut out);
    }

    /// A word in lower case is in a name by its neighbours alone: "of", "the", "al-", "city".
    fn small_word(&self, i: usize, out: &mut Out<'_>) {
        let word = |by: isize| self.word(Self::near(i, by));
        let class = |by: isize| self.scene.class(Self::near(i, by)).bits();
        let shape = |by: isize| self.shape(Self::near(i, by));
        let ruled = |by: isize| u64::from(self.ruled.get(Self::near(i, by)).copied().unwrap_or(0));
        let caps = self.cap(Self::near(i, -1)) << 8 | self.cap(i + 1);
        out.add(0, 0);
        out.add(word(0), 0);
        out.add(word(-1), word(0));
        out.add(word(0), word(1));
        out.add(word(-1), word(1));
        out.add(word(0), caps);
        out.add(shape(-1), shape(0));
        out.add(shape(0), shape(1));
        out.add(class(-1), class(0));
        out.add(class(0), class(1));
        out.add(class(0), caps);
        out.add(ruled(0), ruled(1));
        out.add(ruled(-1), ruled(0));
        out.add(ruled(-1) << 16 | ruled(0) << 8 | ruled(1), word(0));
        let listed = |tags: &[u8]| u64::from(tags[i]) << 8 | u64::from(tags.get(i + 1).copied().unwrap_or(0));
        out.add(listed(&self.listed), listed(&self.towns));
    }

    fn near(i: usize, by: isize) -> usize {
        i.checked_add_signed(by).unwrap_or(usize::MAX)
    }

    fn words(&self, i: usize, out: &mut Out<'_>) {
        let word = |by: isize| self.word(Self::near(i, by));
        let own = word(0);
        out.add(own, self.cap(i));
        out.add(own, 0);
        out.add(word(-1), own);
        out.add(own, word(1));
        out.add(word(-2), 0);
        out.add(word(2), 0);
        // Beside a run of one word stand the words beside the run.
        if self.is_alone(i) {
            out.template += 5;
            return;
        }
        out.add(word(-1), 0);
        out.add(word(1), 0);
        out.add(word(-2), word(-1));
        out.add(word(1), word(2));
        out.add(word(-1), word(1));
    }

    /// Whether the run of capitals is this one word.
    fn is_alone(&self, i: usize) -> bool {
        self.run(i).is_some_and(|run| run.tokens.len() == 1)
    }

    fn shapes(&self, i: usize, out: &mut Out<'_>) {
        let shape = |by: isize| self.shape(Self::near(i, by));
        out.add(shape(0), self.cap(i));
        out.add(shape(-1), shape(0));
        out.add(shape(0), shape(1));
        out.add(shape(-1) << 32 | shape(0), shape(1));
        out.add(self.cap(i) << 8 | self.cap(Self::near(i, -1)), self.cap(i + 1));
        let text = self.scene.tokens.word(i).as_bytes();
        if self.scene.cap(i) == Cap::None {
            out.template += 5;
            return;
        }
        let end = |n: usize| Self::bytes(&text[text.len().saturating_sub(n)..]);
        out.add(end(2), 0);
        out.add(end(3), 0);
        out.add(end(4), 0);
        out.add(Self::bytes(&text[..text.len().min(3)]), 0);
        out.add(Self::bytes(&text[..text.len().min(4)]), 0);
    }

    fn bytes(bytes: &[u8]) -> u64 {
        bytes.iter().fold(bytes.len() as u64, |id, b| id << 8 | u64::from(b.to_ascii_lowercase()))
    }

    fn cap(&self, i: usize) -> u64 {
        self.scene.cap(i) as u64
    }

    fn classes(&self, i: usize, out: &mut Out<'_>) {
        let class = |by: isize| self.scene.class(Self::near(i, by)).bits();
        for by in [-1, 0, 1] {
            out.each(class(by), self.cap(Self::near(i, by)));
        }
        out.add(class(-1), class(0));
        out.add(class(0), class(1));
        out.add(class(0), self.cap(i));
    }

    /// What the rules and the lists make of the token and its neighbours.
    fn rules(&self, i: usize, out: &mut Out<'_>) {
        let at = |tags: &[u8], by: isize| u64::from(tags.get(Self::near(i, by)).copied().unwrap_or(0));
        let ruled = |by: isize| at(&self.ruled, by);
        out.add(ruled(0), ruled(1));
        out.add(ruled(-1), ruled(0));
        out.add(ruled(0), self.word(i));
        out.add(ruled(0), self.scene.class(i).bits());
        out.add(ruled(-1) << 16 | ruled(0) << 8 | ruled(1), self.cap(i));
        out.add(at(&self.listed, 0), at(&self.listed, 1));
        out.add(at(&self.listed, -1), at(&self.listed, 0));
        out.add(at(&self.towns, 0), at(&self.towns, 1));
        out.add(at(&self.towns, 0), self.scene.class(i).bits());
    }

    /// The run of capitals and what stands around it.
    fn surroundings(&self, i: usize, out: &mut Out<'_>) {
        let Some(run) = self.run(i) else { return };
        let (start, end) = (run.tokens.start, run.tokens.end);
        let (first, last) = (self.word(start), self.word(end - 1));
        let (before, after) = (self.word(Self::near(start, -1)), self.word(end));
        let place = ((i - start).min(4) as u64) << 8 | (end - 1 - i).min(4) as u64;
        out.add(place, run.tokens.len().min(6) as u64);
        out.add(before, 0);
        out.add(after, 0);
        out.add(before, after);
        out.add(self.word(Self::near(start, -2)), before);
        out.add(after, self.word(end + 1));
        out.add(self.scene.class(Self::near(start, -1)).bits(), self.scene.class(end).bits());
        out.each(self.scene.class(start).bits(), before);
        out.each(self.scene.class(end - 1).bits(), after);
        if run.tokens.len() == 1 {
            out.template += 7;
            return;
        }
        out.add(last, 0);
        out.add(first, 1);
        out.add(last, place);
        out.add(first, place);
        out.add(self.scene.class(end - 1).bits(), place);
        out.add(self.scene.class(start).bits(), place);
        out.add(self.scene.class(start).bits(), self.scene.class(end - 1).bits());
    }

    /// How the word stands elsewhere in the article.
    fn document(&self, i: usize, out: &mut Out<'_>) {
        if self.scene.cap(i) == Cap::None {
            return;
        }
        let uses = self.scene.uses(i);
        out.add(u64::from(uses.sure.min(3)) << 4 | u64::from(uses.lower.min(3)), self.cap(i));
        if let Some(longer) = self.longer.get(&self.scene.tokens[i].hash) {
            let alone = u64::from(self.run(i).is_some_and(|r| r.tokens.len() == 1));
            out.each(u64::from(longer.first), alone);
            out.each(u64::from(longer.last), alone);
        }
    }
}
