//! Tokens in, hits out: a walk through the trie from every token where an alias may begin, then the choice among hits
//! that overlap.

use super::alias::{Alias, Form};
use super::atoms::{self, Atom, Place};
use super::form::Gate;
use super::gate::passes;
use super::records::Reader;
use super::starts::{Start, Starts};
use super::table::{Next, extend};
use super::view::LayerView;
use crate::error::Error;
use crate::span::Span;
use crate::text::{Flags, TokenRange, Tokens};
use std::cmp::Reverse;
use std::ops::Range;
use std::str::FromStr;

/// What becomes of aliases that overlap in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// From left to right the longest alias at each place, without overlap.
    #[default]
    Longest,
    /// Every alias at every place.
    All,
    /// Every alias that does not lie within another; they may overlap.
    Maximal,
    /// Without overlap: the alias with the highest prior first, then the longest, then the leftmost.
    Priority,
}

impl FromStr for Mode {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Ok(match name {
            "longest" => Self::Longest,
            "all" => Self::All,
            "maximal" => Self::Maximal,
            "priority" => Self::Priority,
            _ => {
                let expected = "longest, all, maximal or priority";
                return Err(Error::Option { option: "mode", expected, found: name.to_owned() });
            }
        })
    }
}

/// An alias of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The number of the record.
    pub record: u32,
    /// Which of its aliases: zero for the name, one for the first of the others.
    pub alias: u16,
    /// Whether the alias is an ordinary word too.
    pub weak: bool,
    /// Where the record begins in its layer.
    pub(super) at: u32,
}

/// A hit that lives in the buffers of the search.
#[derive(Clone, Debug, PartialEq)]
pub struct HitRef<'s> {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: TokenRange,
    /// The aliases that stand here, the likeliest record first; one a record.
    pub named: &'s [Named],
}

/// Buffers of a search, to be used again for the next text.
#[derive(Debug, Default)]
pub struct Scratch {
    atoms: Vec<Atom>,
    /// Walks' ends: how many atoms, and the first alias there.
    ends: Vec<(usize, u32)>,
    named: Vec<Named>,
    found: Vec<Found>,
}

/// A hit, its aliases being a range of [`Scratch::named`].
#[derive(Clone, Debug)]
struct Found {
    span: Span,
    tokens: TokenRange,
    named: Range<usize>,
    prior: f32,
}

/// A search through one text.
pub(super) struct Search<'a> {
    pub layers: &'a [LayerView<'a>],
    pub tokens: &'a Tokens<'a>,
}

impl Search<'_> {
    /// Gives every hit of the mode to `sink`, in the order of the text.
    pub fn run(&self, mode: Mode, scratch: &mut Scratch, mut sink: impl FnMut(HitRef<'_>)) {
        if mode == Mode::Longest {
            return self.longest(scratch, &mut sink);
        }
        self.every(scratch, mode == Mode::Priority);
        match mode {
            Mode::Maximal => keep_maximal(&mut scratch.found),
            Mode::Priority => keep_likeliest(&mut scratch.found),
            Mode::All | Mode::Longest => {}
        }
        for found in &scratch.found {
            let named = &scratch.named[found.named.clone()];
            sink(HitRef { span: found.span, tokens: found.tokens.clone(), named });
        }
    }

    /// Where the next walk may begin after a vain one.
    fn step(&self, place: Place) -> Place {
        if self.tokens[place.token].flags.contains(Flags::UNSPACED)
            && let Some(atom) = atoms::read(self.tokens, place)
        {
            return atom.next;
        }
        Place::token(place.token + 1)
    }

    fn longest(&self, scratch: &mut Scratch, sink: &mut impl FnMut(HitRef<'_>)) {
        let mut next = Place::token(0);
        let mut starts = Starts::new(self.layers, self.tokens);
        while let Some(Start { place, alone }) = starts.next(next) {
            let best = match alone {
                Some(alias) => self.alone(place, alias, scratch),
                None => self.best(place, scratch),
            };
            next = match best {
                Some(last) => {
                    let hit = self.found(place, last, 0..0);
                    sink(HitRef { span: hit.span, tokens: hit.tokens, named: &scratch.named });
                    last.next
                }
                None => self.step(place),
            };
        }
    }

    /// The atom at `place`, if it is the alias, the only one that can be there. Its names are in the buffer.
    fn alone(&self, place: Place, alias: u32, scratch: &mut Scratch) -> Option<Atom> {
        scratch.named.clear();
        let (layer, atom) = (self.layers.first()?, atoms::read(self.tokens, place)?);
        self.name(layer, &[atom], alias, &mut scratch.named).then_some(atom)
    }

    /// The longest alias at `place`: its last atom. Its names are in the buffer.
    fn best(&self, place: Place, scratch: &mut Scratch) -> Option<Atom> {
        let mut best: Option<Atom> = None;
        scratch.named.clear();
        for layer in self.layers {
            self.walk(layer, place, scratch);
            while let Some((count, alias)) = scratch.ends.pop() {
                let last = scratch.atoms[count - 1];
                let before = best.map_or(0, |b| b.span.end);
                if last.span.end < before {
                    break;
                }
                let kept = if last.span.end > before { 0 } else { scratch.named.len() };
                let from = scratch.named.len();
                if self.name(layer, &scratch.atoms[..count], alias, &mut scratch.named) {
                    if kept == 0 {
                        scratch.named.drain(..from);
                    }
                    best = Some(last);
                    break;
                }
            }
        }
        best
    }

    /// Every alias at every place.
    fn every(&self, scratch: &mut Scratch, with_priors: bool) {
        scratch.found.clear();
        scratch.named.clear();
        let mut next = Place::token(0);
        let mut starts = Starts::new(self.layers, self.tokens);
        while let Some(Start { place, .. }) = starts.next(next) {
            for layer in self.layers {
                self.walk(layer, place, scratch);
                for i in 0..scratch.ends.len() {
                    let (count, alias) = scratch.ends[i];
                    let from = scratch.named.len();
                    if self.name(layer, &scratch.atoms[..count], alias, &mut scratch.named) {
                        let mut found = self.found(place, scratch.atoms[count - 1], from..scratch.named.len());
                        if with_priors {
                            found.prior = layer.view.record_at(scratch.named[from].at).map_or(0.0, Reader::prior);
                        }
                        scratch.found.push(found);
                    }
                }
            }
            next = self.step(place);
        }
        scratch.found.sort_by_key(|f| (f.span.start, f.span.end));
        self.join_layers(scratch);
    }

    /// One hit of what two layers found at the same place.
    fn join_layers(&self, scratch: &mut Scratch) {
        if self.layers.len() < 2 {
            return;
        }
        let Scratch { named, found, .. } = scratch;
        found.dedup_by(|second, first| {
            let same = second.span == first.span;
            if same {
                let start = named.len();
                named.extend_from_within(first.named.clone());
                named.extend_from_within(second.named.clone());
                first.named = start..named.len();
                first.prior = first.prior.max(second.prior);
            }
            same
        });
    }

    fn found(&self, place: Place, last: Atom, named: Range<usize>) -> Found {
        let start = self.tokens[place.token].span.start + place.byte;
        let span = Span { start, end: last.span.end };
        let end = last.next.token + usize::from(last.next.byte > 0);
        Found { span, tokens: place.token..end, named, prior: 0.0 }
    }

    /// Follows the atoms from `place` as long as aliases begin so; leaves the atoms and the ends in the buffers.
    fn walk(&self, layer: &LayerView<'_>, place: Place, scratch: &mut Scratch) {
        scratch.atoms.clear();
        scratch.ends.clear();
        let Some(mut atom) = atoms::read(self.tokens, place) else { return };
        let view = &layer.view;
        if atoms::is_special(&self.tokens[place.token]) && !view.may_start(atom.hash, &self.tokens[place.token]) {
            return;
        }
        let mut prefix = atom.hash;
        let mut slots = view.roots;
        loop {
            scratch.atoms.push(atom);
            let mut next = Next::empty();
            for found in slots.search(prefix) {
                next |= found.next;
                if let Some(alias) = found.alias {
                    scratch.ends.push((scratch.atoms.len(), alias));
                }
            }
            if next.is_empty() {
                return;
            }
            let Some(after) = atoms::read_on(self.tokens, &atom, next) else { return };
            atom = after;
            prefix = extend(prefix, atom.hash);
            slots = view.slots;
        }
    }

    /// Adds the names that `atoms` stand for, if their form is that of the alias at `place`; true if there is one.
    fn name(&self, layer: &LayerView<'_>, atoms: &[Atom], place: u32, named: &mut Vec<Named>) -> bool {
        let view = &layer.view;
        let Some(first) = Alias::read(view.aliases, place) else { return false };
        if !view.form(&first, place).is_some_and(|form| self.reads(atoms, form)) {
            return false;
        }
        let from = named.len();
        for alias in first.chain(view.aliases, place) {
            let record = layer.first + alias.record;
            let new = named.get(from..).is_some_and(|n| n.last().is_none_or(|last| last.record != record));
            if new
                && !layer.removed.is_some_and(|removed| removed.contains(&alias.record))
                && passes(self.tokens, atoms, &alias, view)
            {
                named.push(Named { record, alias: alias.number, weak: alias.gate.contains(Gate::WEAK), at: alias.at });
            }
        }
        named.len() > from
    }

    /// Whether the atoms read just as the form does.
    fn reads(&self, atoms: &[Atom], form: Form<'_>) -> bool {
        let mut wanted = form.atoms();
        atoms.iter().all(|atom| wanted.next().is_some_and(|wanted| atoms::reads(self.tokens, atom, wanted)))
            && wanted.next().is_none()
    }
}

/// Drops hits that lie within others.
fn keep_maximal(found: &mut Vec<Found>) {
    found.sort_by_key(|f| (f.span.start, Reverse(f.span.end)));
    let mut end = 0;
    found.retain(|f| {
        let outside = f.span.end > end;
        end = end.max(f.span.end);
        outside
    });
}

/// Keeps the likeliest of hits that overlap.
fn keep_likeliest(found: &mut Vec<Found>) {
    found.sort_by(|a, b| {
        let by_length = (Reverse(a.span.len()), a.span.start).cmp(&(Reverse(b.span.len()), b.span.start));
        b.prior.total_cmp(&a.prior).then(by_length)
    });
    let mut taken = std::collections::BTreeMap::new();
    found.retain(|f| {
        let before = taken.range(..f.span.end).next_back().is_none_or(|(_, &end)| end <= f.span.start);
        if before {
            taken.insert(f.span.start, f.span.end);
        }
        before
    });
    found.sort_by_key(|f| f.span.start);
}
