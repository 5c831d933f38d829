//! Passages with their attributions in, whole quotes out: split quotes joined, floating ones given the speaker who was
//! last introduced or heard, quotes over several paragraphs carried on.

use super::announced::{self, subject};
use super::attribute;
use super::attribution::Attribution;
use super::judge::Judge;
use super::phrase::{self, Source};
use super::scene::{Passage, Scene};
use super::voices::{self, Origin, Voices};
use super::{headline, regions, resume, signature, trust};
use crate::article::{EntityType, Form, Role};
use crate::lang::Classes;
use crate::names::Name;
use crate::text::{Kind, TokenRange};

/// An aside between dashes has no more tokens.
const MAX_ASIDE: usize = 8;

/// Joins what belongs together, passage by passage.
pub struct Carry<'s, 'a, 't> {
    scene: &'s Scene<'a, 't>,
    judge: &'s mut dyn Judge,
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
    pub fn new(scene: &'s Scene<'a, 't>, quoted_only: bool, judge: &'s mut dyn Judge) -> Self {
        Self {
            scene,
            judge,
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
        if self.scene.has_plain_words(&passage.tokens) && !self.is_aside(passage) {
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

    /// `"And then" – he paused – "it came home."` behind a quote of the same block: nothing but an aside between dashes.
    fn is_aside(&self, passage: &Passage) -> bool {
        let scene = self.scene;
        let follows = self.last_quoted.is_some_and(|(q, b)| b == passage.block && Some((q, b)) == self.previous);
        let plain = |&i: &usize| scene.region(i).is_none();
        let (Some(first), Some(last)) = (passage.tokens.clone().find(plain), passage.tokens.clone().rev().find(plain))
        else {
            return false;
        };
        let last = if scene.kind(last) == Kind::Stop { last - 1 } else { last };
        follows
            && first > passage.tokens.start
            && last > first + 1
            && last <= first + MAX_ASIDE
            && scene.is_break_dash(first)
            && scene.is_break_dash(last)
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
                chances: [1.0; 3],
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
        match is_headline.then(|| headline::find(scene, passage)).flatten() {
            Some(found) => self.found.push(found),
            None if self.quoted_only && !scene.opens_any(&passage.tokens) => {}
            None => self.found.extend(attribute::passage(scene, passage)),
        }
        if announced::is_dialogue(scene, passage) {
            for found in &mut self.found[before..] {
                found.unmarked |= found.pieces[0].start == passage.tokens.start + 1;
            }
        }
        self.weigh(before);
        self.join_open(passage, before);
        self.left_over(passage, before);
        self.note_subject(passage, before);
    }

    /// Gives each attribution from `first` on its confidence and drops what is not to be trusted.
    fn weigh(&mut self, first: usize) {
        let mut here = self.found.split_off(first);
        let trust: Vec<f32> =
            (0..here.len()).map(|i| self.judge.trust(&here[i], &trust::features(self.scene, &here, i))).collect();
        let keep: Vec<bool> = (0..here.len()).map(|i| trust::keeps(self.scene, &here, &trust, i)).collect();
        for (found, trust) in here.iter_mut().zip(&trust) {
            found.confidence = *trust;
        }
        self.found.extend(here.into_iter().zip(keep).filter_map(|(found, keep)| keep.then_some(found)));
    }

    /// Gives the last attribution its confidence, in view of those from `first` on.
    fn weigh_last(&mut self, first: usize) {
        let here = &self.found[first..];
        let Some(last) = here.len().checked_sub(1) else { return };
        let confidence = self.judge.trust(&here[last], &trust::features(self.scene, here, last));
        self.found[first + last].confidence = confidence;
    }

    /// The quote that the paragraph before left open, where this passage takes it up: its first region.
    fn taken_up(&self, passage: &Passage) -> Option<(usize, usize)> {
        let (quote, _) = self.open.filter(|&(_, b)| b + 1 == passage.block)?;
        let first = passage.tokens.start;
        let opens_block = self.scene.structure.blocks[passage.block].tokens.start == first;
        // Curly marks inside what a straight one opened are those of somebody else.
        let straight = |piece: &TokenRange| matches!(self.scene.word(piece.start), "\"" | "'");
        let inner = self.found[quote].pieces.last().is_some_and(straight) && !straight(&(first..first + 1));
        self.scene.opens_region(first).filter(|_| opens_block && !inner).map(|region| (quote, region))
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
            let mut voices = Voices::default();
            self.carried(passage.block, &mut voices);
            self.named(passage, &pieces[0], &mut voices);
            let introduced = voices.list.first().filter(|v| v.introduces(passage.block));
            let (source, reason) = match introduced {
                Some(voice) => (Some(voice.source.clone()), voice.origin.reason()),
                None => self.voice(passage, &pieces[0], &voices),
            };
            (source, None, reason)
        };
        let confidence = if source.is_some() { 0.6 } else { 0.3 };
        self.found.push(Attribution { pieces, cue, source, reason, confidence, chances: [1.0; 3], unmarked: false });
        self.weigh_last(self.found.len() - 1);
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
            chances: [1.0; 3],
            unmarked: true,
        });
        self.previous = Some((self.found.len() - 1, passage.block));
        self.quoted_block = Some(passage.block);
        true
    }

    /// A colon at the end of a block: the next block may be what somebody says.
    fn note_announced(&mut self, passage: &Passage) {
        if let Some((source, cue)) = announced::by(self.scene, passage) {
            self.announced = Some((source, cue, passage.block));
        }
    }

    /// Adds who may speak where no cue says so, the likeliest first.
    fn carried(&self, block: usize, voices: &mut Voices) {
        let near = |b: usize| b + 1 >= block;
        let quoted = self.previous.or(self.last_quoted).filter(|&(q, _)| self.found[q].source.is_some());
        let introduced = self.subject.as_ref().filter(|&&(_, b)| near(b));
        let later = introduced.filter(|(_, b)| quoted.is_none_or(|(_, q)| *b >= q));
        voices.add(later.map(|(s, _)| s), Origin::Introduced, later.map_or(block, |l| l.1));
        if let Some((quote, at)) = quoted {
            voices.add(self.found[quote].source.as_ref(), Origin::LastSpeaker, at);
        }
        if let Some((quote, at)) = self.last_quoted {
            voices.add(self.found[quote].source.as_ref(), Origin::LastSpeaker, at);
            let earlier = self.found[..quote].iter().rev().take(6).filter_map(|a| a.source.as_ref());
            for source in earlier.take(3) {
                voices.add(Some(source), Origin::EarlierSpeaker, self.scene.block_of(source.core.start));
            }
        }
        voices.add(introduced.map(|(s, _)| s), Origin::Introduced, introduced.map_or(block, |l| l.1));
    }

    /// Adds the people and organizations that are named right before and right after `piece`.
    fn named(&self, passage: &Passage, piece: &TokenRange, voices: &mut Voices) {
        let scene = self.scene;
        let speaks = |n: &&Name| {
            matches!(n.kind, EntityType::Person | EntityType::Organization) && scene.region(n.tokens.start).is_none()
        };
        let here = scene.names.partition_point(|n| n.tokens.start < piece.start);
        let before = scene.names[..here].iter().rev().take(6).filter(|n| n.tokens.end + 80 > piece.start);
        let after = scene.names[here..].iter().take(3).filter(|n| n.tokens.end <= passage.tokens.end);
        for name in before.filter(speaks).take(2).chain(after.filter(speaks).take(1)) {
            let source = Source { core: name.tokens.clone(), phrase: name.tokens.clone(), form: Form::Name };
            voices.add(Some(&source), Origin::Name, scene.block_of(name.tokens.start));
        }
    }

    /// Who of `voices` speaks `piece`, and why.
    fn voice(&mut self, passage: &Passage, piece: &TokenRange, voices: &Voices) -> (Option<Source>, &'static str) {
        let features = voices::features(self.scene, passage, piece, &voices.list);
        match self.judge.voice(piece, &voices.list, &features).map(|v| &voices.list[v]) {
            Some(voice) => (Some(voice.source.clone()), voice.origin.reason()),
            None => (None, "no speaker found"),
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
            let signature = signature::behind(self.scene, passage, piece.end);
            if self.found[before..].iter().any(is_taken)
                || signature.is_none() && !self.is_speech(passage, region, before)
            {
                continue;
            }
            if self.resumes(before, &piece) {
                continue;
            }
            let attribution = match signature {
                Some(source) => Attribution {
                    pieces: vec![piece],
                    cue: None,
                    source: Some(source),
                    reason: "signature",
                    confidence: 0.9,
                    chances: [1.0; 3],
                    unmarked: false,
                },
                None => self.beside(passage, before, piece),
            };
            self.found.push(attribution);
            self.weigh_last(before);
        }
    }

    /// Gives a quote of this passage, if there is one that `piece` carries on, that piece.
    fn resumes(&mut self, before: usize, piece: &TokenRange) -> bool {
        let scene = self.scene;
        let fits = |a: &Attribution| resume::may(scene, a, piece);
        let Some(last) = self.found[before..].iter().rposition(fits) else { return false };
        let found = &self.found[before + last];
        let rule = resume::by_rule(scene, found, piece);
        let joins = self.judge.joins(found, piece, rule, &resume::features(scene, found, piece, rule));
        if joins {
            self.found[before + last].pieces.push(piece.clone());
        }
        joins
    }

    fn is_speech(&mut self, passage: &Passage, region: usize, before: usize) -> bool {
        if regions::is_name(self.scene, region) {
            return false;
        }
        let features = regions::features(self.scene, passage, region, self.found.len() > before);
        self.judge.is_speech(self.scene, region, &features)
    }

    /// Quoted words with other words around them.
    fn beside(&mut self, passage: &Passage, before: usize, piece: TokenRange) -> Attribution {
        let scene = self.scene;
        let introduced = piece.start > passage.tokens.start && scene.word(piece.start - 1) == ":";
        let mut voices = Voices::default();
        let mut add = |source: Option<&Source>, origin| voices.add(source, origin, passage.block);
        let here = &self.found[before..];
        if !introduced {
            add(here.last().and_then(|a| a.source.as_ref()), Origin::SameSentence);
        }
        add(subject(scene, &passage.tokens).as_ref(), Origin::Subject);
        let cue_after = here.iter().find(|a| a.cue.as_ref().is_some_and(|c| c.start > piece.start));
        add(cue_after.and_then(|a| a.source.as_ref()), Origin::NextCue);
        let verb = (passage.tokens.start..piece.start).rev().find(|&i| scene.region(i).is_none() && scene.is_verb(i));
        add(verb.and_then(|v| phrase::before(scene, passage.tokens.start, v)).as_ref(), Origin::Clause);
        for source in here.iter().rev().filter_map(|a| a.source.as_ref()).take(3) {
            add(Some(source), Origin::SameSentence);
        }
        self.carried(passage.block, &mut voices);
        self.named(passage, &piece, &mut voices);
        let (source, reason) = self.voice(passage, &piece, &voices);
        let confidence = if introduced { 0.7 } else { 0.4 };
        Attribution { pieces: vec![piece], cue: None, source, reason, confidence, chances: [1.0; 3], unmarked: false }
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

/// `"Nobody rings the bell now."` before anybody was named: whoever speaks in the next paragraph speaks here too.
pub fn next_speaker(scene: &Scene<'_, '_>, found: &mut [Attribution]) {
    let speaks = |a: &Attribution| a.pieces.iter().any(|p| scene.opens_any(p));
    let block = |a: &Attribution| a.pieces.first().map(|p| scene.block_of(p.start));
    for i in 1..found.len() {
        let (before, after) = (&found[i - 1], &found[i]);
        let floats = before.cue.is_none() && before.source.is_none() && speaks(before);
        let (Some(here), Some(next)) = (block(before), block(after)) else { continue };
        let prose = scene.structure.blocks[here].role == Role::Paragraph;
        if floats && prose && next == here + 1 && after.cue.is_some() && after.source.is_some() && speaks(after) {
            let source = after.source.clone();
            found[i - 1].source = source;
            found[i - 1].reason = "next speaker";
        }
    }
}
