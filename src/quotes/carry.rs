//! Passages with their attributions in, whole quotes out: split quotes joined, floating ones given the speaker who was
//! last introduced or heard, quotes over several paragraphs carried on.

use super::attribute;
use super::attribution::Attribution;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use super::{headline, mend, regions, signature};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::text::TokenRange;

/// Joins what belongs together, passage by passage.
pub struct Carry<'s, 'a, 't> {
    scene: &'s Scene<'a, 't>,
    /// Passages without marks need no cue then.
    quoted_only: bool,
    /// All attributions so far.
    pub found: Vec<Attribution>,
    /// The last quote that holds quoted words, and its block.
    last_quoted: Option<(usize, usize)>,
    /// The attribution of the passage before, and its block.
    previous: Option<(usize, usize)>,
    /// The last subject of a passage without speech, and its block.
    subject: Option<(Source, usize)>,
    /// The quote whose last region was left open, and its block.
    open: Option<(usize, usize)>,
    /// Whose words a colon at the end of a block announces, the verb that does, and that block.
    announced: Option<(Option<Source>, Option<TokenRange>, usize)>,
    /// A block that is quoted whole.
    quoted_block: Option<usize>,
}

impl<'s, 'a, 't> Carry<'s, 'a, 't> {
    /// Nothing found yet.
    pub fn new(scene: &'s Scene<'a, 't>, quoted_only: bool) -> Self {
        Self {
            scene,
            quoted_only,
            found: Vec::new(),
            last_quoted: None,
            previous: None,
            subject: None,
            open: None,
            announced: None,
            quoted_block: None,
        }
    }

    /// Reads the next passage.
    pub fn read(&mut self, passage: &Passage) {
        let before = self.found.len();
        if self.quoted_block == Some(passage.block) || self.block_quote(passage) || self.signed(passage) {
            return;
        }
        if self.scene.has_plain_words(&passage.tokens) {
            self.attribute(passage, before);
        } else if !self.carry_open(passage) {
            self.bare(passage);
        }
        if self.found.len() > before {
            self.previous = Some((self.found.len() - 1, passage.block));
        }
        self.note_quoted(passage, before);
        self.note_announced(passage);
    }

    /// Quoted words with their speaker after a dash, or the line with the dash and the speaker alone.
    fn signed(&mut self, passage: &Passage) -> bool {
        if let Some((content, source)) = signature::after_quote(self.scene, passage) {
            self.found.push(Attribution {
                pieces: self.region_pieces(&content),
                cue: None,
                source: Some(source),
                reason: "signature",
                confidence: 0.9,
                unmarked: false,
            });
            self.previous = Some((self.found.len() - 1, passage.block));
            self.last_quoted = self.previous;
            return true;
        }
        let Some((quote, block)) =
            self.last_quoted.filter(|&(q, b)| b + 1 >= passage.block && self.found[q].cue.is_none())
        else {
            return false;
        };
        let ends_block = self.scene.structure.blocks[passage.block].tokens.end == passage.tokens.end;
        let follows =
            block == passage.block || self.scene.structure.blocks[passage.block].tokens.start == passage.tokens.start;
        let source = signature::of(self.scene, &passage.tokens).filter(|_| ends_block && follows);
        let is_signed = source.is_some();
        if is_signed {
            self.found[quote].source = source;
            self.found[quote].reason = "signature";
        }
        is_signed
    }

    /// A passage with words outside quote marks.
    fn attribute(&mut self, passage: &Passage, before: usize) {
        let scene = self.scene;
        let is_headline = scene.structure.blocks[passage.block].role == Role::Headline;
        match headline::find(scene, passage).filter(|_| is_headline) {
            Some(found) => self.found.push(found),
            None if self.quoted_only && !scene.opens_any(&passage.tokens) => {}
            None => self.found.extend(attribute::passage(scene, passage)),
        }
        self.join_open(passage, before);
        self.left_over(passage, before);
        self.note_subject(passage, before);
    }

    /// The quote that the paragraph before left open, where this passage takes it up: its first region.
    fn taken_up(&self, passage: &Passage) -> Option<(usize, usize)> {
        let (quote, _) = self.open.filter(|&(_, b)| b + 1 == passage.block)?;
        let first = passage.tokens.start;
        let opens_block = self.scene.structure.blocks[passage.block].tokens.start == first;
        self.scene.opens_region(first).filter(|_| opens_block).map(|region| (quote, region))
    }

    /// A paragraph of quoted words alone that takes up the quote which the one before left open.
    fn carry_open(&mut self, passage: &Passage) -> bool {
        let Some((quote, region)) = self.taken_up(passage) else { return false };
        let region = &self.scene.regions[region];
        self.found[quote].pieces.push(region.tokens.start..passage.tokens.end.min(region.tokens.end));
        self.last_quoted = Some((quote, passage.block));
        self.open = (!region.closed).then_some((quote, passage.block));
        true
    }

    /// The cue stands in a later paragraph: the pieces before it join the quote that it reports.
    fn join_open(&mut self, passage: &Passage, before: usize) {
        let Some((quote, region)) = self.taken_up(passage).filter(|&(q, _)| self.found[q].cue.is_none()) else {
            return;
        };
        let start = self.scene.regions[region].tokens.start;
        if let Some(last) = self.found[before..].iter().position(|a| a.cue.is_some() && a.pieces[0].start == start) {
            let mut pieces = std::mem::take(&mut self.found[quote].pieces);
            pieces.append(&mut self.found[before + last].pieces);
            self.found[before + last].pieces = pieces;
        }
    }

    /// A passage that is nothing but quoted words.
    fn bare(&mut self, passage: &Passage) {
        let pieces = self.region_pieces(&passage.tokens);
        if pieces.is_empty() {
            return;
        }
        if let Some((quote, _)) = self.last_quoted.filter(|&(q, b)| b == passage.block && Some((q, b)) == self.previous)
        {
            // "A," she said. "B."
            self.found[quote].pieces.extend(pieces);
            return;
        }
        let announced = self.announced.take_if(|(_, _, b)| *b + 1 == passage.block);
        let (source, cue, reason) = if let Some((Some(source), cue, _)) = announced {
            (Some(source), cue, "announced by a colon")
        } else {
            let (source, reason) = self.carried(passage.block);
            (source, None, reason)
        };
        let confidence = if source.is_some() { 0.6 } else { 0.3 };
        self.found.push(Attribution { pieces, cue, source, reason, confidence, unmarked: false });
    }

    /// A paragraph without marks that the one before announces as somebody's words: "The full text of the letter reads:".
    fn block_quote(&mut self, passage: &Passage) -> bool {
        let scene = self.scene;
        let block = &scene.structure.blocks[passage.block];
        let announced = self.announced.as_ref().is_some_and(|(_, _, b)| *b + 1 == passage.block);
        if !announced || passage.tokens.start != block.tokens.start || block.role != Role::Paragraph {
            return false;
        }
        let intro = scene.structure.blocks[passage.block - 1].tokens.clone();
        let writes =
            intro.rev().take(30).any(|i| scene.has(i, Classes::CUE_NOUN) || scene.is_any(i, &["reads", "wrote"]));
        if !writes || scene.opens_any(&block.tokens) || !scene.has_verb(&block.tokens) {
            return false;
        }
        let (source, cue, _) = self.announced.take().unwrap_or_default();
        self.found.push(Attribution {
            pieces: vec![block.tokens.clone()],
            cue,
            source,
            reason: "block quote",
            confidence: 0.6,
            unmarked: true,
        });
        self.previous = Some((self.found.len() - 1, passage.block));
        self.quoted_block = Some(passage.block);
        true
    }

    /// A colon at the end of a block: the next block may be what somebody says.
    fn note_announced(&mut self, passage: &Passage) {
        let scene = self.scene;
        let last = passage.tokens.end - 1;
        if scene.word(last) != ":" || scene.structure.blocks[passage.block].tokens.end != passage.tokens.end {
            return;
        }
        let cue =
            passage.tokens.clone().rev().take(12).find(|&i| scene.has(i, Classes::CUE_VERB) && scene.name(i).is_none());
        let person = || {
            let name =
                passage.tokens.clone().rev().find_map(|i| scene.name(i)).filter(|n| n.kind == EntityType::Person)?;
            Some(Source { core: name.tokens.clone(), phrase: name.tokens.clone(), form: Form::Name })
        };
        let source = match cue {
            Some(verb) => phrase::before(scene, passage.tokens.start, verb).or_else(person),
            None => person().or_else(|| subject(scene, &passage.tokens)),
        };
        self.announced = Some((source, cue.map(|i| i..i + 1), passage.block));
    }

    /// Who speaks where no cue says so.
    fn carried(&self, block: usize) -> (Option<Source>, &'static str) {
        let near = |b: usize| b + 1 >= block;
        let quoted = self.previous.or(self.last_quoted).filter(|&(q, _)| self.found[q].source.is_some());
        match (&self.subject, quoted) {
            (Some((subject, b)), Some((_, q))) if near(*b) && *b >= q => (Some(subject.clone()), "introduced before"),
            (Some((subject, b)), None) if near(*b) => (Some(subject.clone()), "introduced before"),
            (_, Some((quote, _))) => (self.found[quote].source.clone(), "last speaker"),
            _ => (None, "no speaker found"),
        }
    }

    /// The outermost regions of `range`, one piece each.
    fn region_pieces(&self, range: &TokenRange) -> Vec<TokenRange> {
        let mut pieces: Vec<TokenRange> = Vec::new();
        for i in range.clone() {
            if let Some(r) = self.scene.region(i) {
                let tokens = self.scene.regions[r].tokens.start.max(range.start)
                    ..self.scene.regions[r].tokens.end.min(range.end);
                if pieces.last() != Some(&tokens) {
                    pieces.push(tokens);
                }
            }
        }
        pieces
    }

    /// Quoted words of a passage that no cue took.
    fn left_over(&mut self, passage: &Passage, before: usize) {
        for piece in self.region_pieces(&passage.tokens) {
            let is_taken = |a: &Attribution| a.pieces.iter().any(|p| p.start < piece.end && piece.start < p.end);
            let Some(region) = self.scene.region(piece.start) else { continue };
            if self.found[before..].iter().any(is_taken) || !regions::is_speech(self.scene, region) {
                continue;
            }
            if self.found[before..].last_mut().is_some_and(|last| mend::resume(self.scene, last, &piece)) {
                continue;
            }
            let attribution = self.beside(passage, before, piece);
            self.found.push(attribution);
        }
    }

    /// Quoted words with other words around them: their speaker is the subject of those.
    fn beside(&self, passage: &Passage, before: usize, piece: TokenRange) -> Attribution {
        let scene = self.scene;
        let introduced = piece.start > passage.tokens.start && scene.word(piece.start - 1) == ":";
        let (source, reason) = match self.found[before..].last() {
            Some(same) if !introduced => (same.source.clone(), "same sentence"),
            _ => match subject(scene, &passage.tokens) {
                Some(source) => (Some(source), if introduced { "colon" } else { "subject of the sentence" }),
                None => self.carried(passage.block),
            },
        };
        let confidence = if introduced { 0.7 } else { 0.4 };
        Attribution { pieces: vec![piece], cue: None, source, reason, confidence, unmarked: false }
    }

    fn note_subject(&mut self, passage: &Passage, before: usize) {
        let silent = self.found.len() == before && self.scene.structure.blocks[passage.block].role != Role::Headline;
        if silent && let Some(source) = subject(self.scene, &passage.tokens) {
            self.subject = Some((source, passage.block));
        }
    }

    fn note_quoted(&mut self, passage: &Passage, before: usize) {
        let scene = self.scene;
        for k in (before..self.found.len()).rev() {
            if self.found[k].pieces.iter().any(|p| scene.opens_any(p)) {
                self.last_quoted = Some((k, passage.block));
                break;
            }
        }
        let last = passage.tokens.end - 1;
        let unclosed = scene.region(last).filter(|&r| {
            !scene.regions[r].closed && scene.regions[r].tokens.end == scene.structure.blocks[passage.block].tokens.end
        });
        if unclosed.is_some() {
            self.open = self.last_quoted.filter(|&(_, b)| b == passage.block).or(self.open);
        }
    }
}

/// The noun phrase before the first verb of `range`.
fn subject(scene: &Scene<'_, '_>, range: &TokenRange) -> Option<Source> {
    let verb = range.clone().find(|&i| scene.region(i).is_none() && i > range.start && scene.is_verb(i))?;
    phrase::before(scene, range.start, verb)
}
