//! Tokens in, hits out that are spelled almost like an alias: each word may be one edit off.
//!
//! Every word of the aliases is listed under itself and under each string that deleting one letter leaves of it (the
//! deletion neighbourhood of Mor and Fraenkel, 1982). A word of the text that is one insertion, deletion, substitution or
//! swap of neighbours away shares one of these strings with it.

use super::alias::Alias;
use super::atoms::{self, Atom, Place};
use super::form::SEPARATOR;
use super::gate::passes;
use super::matcher::{Mode, Scratch};
use super::risk;
use super::sealed::Bytes;
use super::table::{Slot, Slots, Table, extend};
use super::view::LayerView;
use super::{Gazetteer, Hit};
use crate::error::Result;
use crate::span::Span;
use crate::text::{Kind, Token, TokenRange, Tokens, fold_hash, folded};
use rustc_hash::FxHashSet;
use strsim::{jaro_winkler, osa_distance};

/// Words of the aliases that are shorter have too many neighbours.
const MIN_LETTERS: usize = 3;
/// Longer words are no words.
const MAX_LETTERS: usize = 48;
/// A name of one word must be longer than that.
const MIN_ALONE: usize = 5;
/// Names of this many letters may have two words with an edit.
const LONG: usize = 10;

/// An index for approximate matching; built on request, for it takes more room than the aliases.
#[derive(Debug)]
pub struct Fuzzy {
    gazetteer: Gazetteer,
    words: Vec<Box<str>>,
    neighbours: Vec<Slot>,
}

impl Gazetteer {
    /// An index of the aliases' words for approximate matching.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if the gazetteer's file is damaged.
    pub fn fuzzy(&self) -> Result<Fuzzy> {
        let mut known: FxHashSet<Box<str>> = FxHashSet::default();
        let (mut words, mut table) = (Vec::new(), Table::default());
        for form in self.layers.iter().flat_map(|layer| layer.view().all()).filter_map(|(_, form)| form) {
            for word in form.folded().split(|&b| b == SEPARATOR) {
                let Ok(word) = std::str::from_utf8(word) else { continue };
                if !(MIN_LETTERS..=MAX_LETTERS).contains(&word.len()) || known.contains(word) {
                    continue;
                }
                let number = words.len() as u32;
                known.insert(Box::from(word));
                words.push(Box::from(word));
                neighbourhood(word, |hash| {
                    table.put(hash, number, |other| other == number);
                });
            }
        }
        self.intact()?;
        Ok(Fuzzy { gazetteer: self.clone(), words, neighbours: table.finish(|_| {}, |word| word) })
    }
}

/// The hashes of the word and of what is left of it without one letter.
fn neighbourhood(word: &str, mut take: impl FnMut(u64)) {
    take(fold_hash(word));
    let mut rest = String::with_capacity(word.len());
    for (at, letter) in word.char_indices() {
        rest.clear();
        rest.push_str(&word[..at]);
        rest.push_str(&word[at + letter.len_utf8()..]);
        take(fold_hash(&rest));
    }
}

impl Fuzzy {
    fn neighbours(&self) -> Slots<'_> {
        Bytes::from(self.neighbours.as_flattened()).into()
    }

    /// The aliases in the text, those spelled a little differently among them; [`Hit::score`] is 1 for the others, and
    /// the Jaro-Winkler similarity for these. Only words with a capital may differ, and what a
    /// hyphen joins to them; no ordinary words. An alias as it stands gives way to a longer one alone.
    ///
    /// # Errors
    /// [`Error::Input`](crate::Error::Input) if the gazetteer's file is damaged.
    pub fn matches(&self, tokens: &Tokens<'_>) -> Result<Vec<Hit>> {
        let layers = self.gazetteer.layer_views();
        let mut exact = Vec::new();
        self.gazetteer.each_match(tokens, Mode::Longest, &mut Scratch::default(), |hit| exact.push(hit.to_hit()))?;
        let (mut hits, mut place) = (Vec::new(), 0);
        let mut exact = &exact[..];
        while place < tokens.len() {
            exact = &exact[exact.partition_point(|hit| hit.tokens.start < place)..];
            let here = exact.first().filter(|hit| hit.tokens.start == place);
            let mut found = self.best(&layers, tokens, place..tokens.len());
            let cut = |end| exact.iter().find(|hit| hit.tokens.start < end && hit.tokens.end > end);
            if let Some(cut) = found.as_ref().and_then(|hit| cut(hit.tokens.end)) {
                found = self.best(&layers, tokens, place..cut.tokens.start);
            }
            let longer = found.filter(|hit| here.is_none_or(|here| hit.tokens.end > here.tokens.end));
            match longer.or_else(|| here.cloned()) {
                Some(hit) => {
                    place = hit.tokens.end;
                    hits.push(hit);
                }
                None => place += 1,
            }
        }
        self.gazetteer.intact()?;
        Ok(hits)
    }

    /// The words of the aliases that are at most one edit away from `word`, which is folded.
    fn similar(&self, word: &str) -> Vec<u64> {
        let mut hashes = Vec::new();
        neighbourhood(word, |hash| {
            for number in self.neighbours().search(hash).filter_map(|found| found.alias) {
                let Some(other) = self.words.get(number as usize) else { continue };
                let lengths = word.len().abs_diff(other.len());
                if lengths <= 4 && **other != *word && osa_distance(word, other) <= 1 {
                    hashes.push(fold_hash(other));
                }
            }
        });
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    /// The longest approximate alias from the first of `within` on; the most similar of the longest.
    fn best(&self, layers: &[LayerView<'_>], tokens: &Tokens<'_>, within: TokenRange) -> Option<Hit> {
        if !tokens.get(within.start).is_some_and(Token::is_capital) {
            return None;
        }
        let mut walk = Walk { fuzzy: self, tokens, end: within.end, atoms: Vec::new(), best: None };
        for layer in layers {
            walk.from(layer, atoms::read(tokens, Place::token(within.start)), None, 2);
        }
        walk.best
    }
}

/// Whether token `i` may be a word of a name that is spelled in another way: it has a capital or goes on behind the hyphen
/// of such a word, and is no ordinary word, which is spelled as it is meant.
fn may_differ(tokens: &Tokens<'_>, i: usize) -> bool {
    let token = &tokens[i];
    let good_length = (MIN_LETTERS - 1..=MAX_LETTERS).contains(&token.span.len());
    let tight = |i: usize| !tokens[i].space_before();
    let behind_hyphen = || i > 1 && tokens[i - 1].kind == Kind::Dash && tight(i) && tight(i - 1);
    good_length
        && token.is_word()
        && (token.is_capital() || behind_hyphen())
        && !atoms::is_special(token)
        && !risk::is_ordinary(folded(token.span.of(tokens.text)).as_bytes())
}

/// A search through the trie that takes wrong turns on purpose.
struct Walk<'a> {
    fuzzy: &'a Fuzzy,
    tokens: &'a Tokens<'a>,
    end: usize,
    atoms: Vec<Atom>,
    best: Option<Hit>,
}

impl Walk<'_> {
    /// Goes on with `atom`, as it stands or, while there are `edits` left, as one of its neighbours.
    fn from(&mut self, layer: &LayerView<'_>, atom: Option<Atom>, prefix: Option<u64>, edits: usize) {
        let Some(atom) = atom.filter(|atom| atom.token < self.end) else { return };
        self.atoms.push(atom);
        self.step(layer, atom, atom.hash, prefix, edits);
        if edits > 0 && may_differ(self.tokens, atom.token) {
            let token = &self.tokens[atom.token];
            for hash in self.fuzzy.similar(&folded(token.span.of(self.tokens.text))) {
                self.step(layer, atom, hash, prefix, edits - 1);
            }
        }
        self.atoms.pop();
    }

    fn step(&mut self, layer: &LayerView<'_>, atom: Atom, hash: u64, before: Option<u64>, edits: usize) {
        let view = &layer.view;
        let prefix = before.map_or(hash, |before| extend(before, hash));
        let slots = if before.is_some() { view.slots } else { view.roots };
        for found in slots.search(prefix) {
            if let Some(alias) = found.alias {
                self.end_at(layer, alias, atom);
            }
            if !found.next.is_empty() {
                self.from(layer, atoms::read_on(self.tokens, &atom, found.next), Some(prefix), edits);
            }
        }
    }

    /// Keeps the alias, if it is like enough and better than what there is.
    fn end_at(&mut self, layer: &LayerView<'_>, first: u32, last: Atom) {
        let view = &layer.view;
        let Some(head) = Alias::read(view.aliases, first) else { return };
        let Some(score) = view.form(&head, first).and_then(|form| self.similarity(&form.folded())) else { return };
        let rank = (last.span.end, score);
        if self.best.as_ref().is_some_and(|best| (best.span.end, best.score) >= rank) {
            return;
        }
        let good = |alias: &Alias| {
            !layer.removed.is_some_and(|removed| removed.contains(&alias.record))
                && passes(self.tokens, &self.atoms, alias, view)
        };
        let named: Vec<Alias> = head.chain(view.aliases, first).filter(good).collect();
        let (Some(name), Some(atom)) = (named.first(), self.atoms.first()) else { return };
        let mut records: Vec<u32> = named.iter().map(|alias| layer.first + alias.record).collect();
        records.dedup();
        let span: Span = atom.span.to(last.span);
        let tokens = atom.token..last.next.token + usize::from(last.next.byte > 0);
        self.best = Some(Hit { span, tokens, records, alias: name.number, weak: true, score });
    }

    /// How like the atoms are to the form; none if a word differs by more than one edit, or too many do.
    fn similarity(&self, form: &[u8]) -> Option<f32> {
        let form = std::str::from_utf8(form).ok()?;
        let read = |atom: &Atom| atoms::form(&self.tokens[atom.token], atom.span.of(self.tokens.text)).into_owned();
        let words: Vec<String> = self.atoms.iter().map(read).collect();
        let parts: Vec<&str> = form.split(char::from(SEPARATOR)).collect();
        let letters: usize = parts.iter().map(|part| part.chars().count()).sum();
        if parts.len() != words.len() || (parts.len() == 1 && letters < MIN_ALONE) {
            return None;
        }
        let edits: usize = words.iter().zip(&parts).map(|(word, part)| osa_distance(word, part)).sum();
        let allowed = if letters >= LONG { 2 } else { 1 };
        (edits <= allowed).then(|| jaro_winkler(&words.join(" "), &parts.join(" ")) as f32)
    }
}
