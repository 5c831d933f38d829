//! Tokens in, the places where a walk is worth while out, a handful at a time: what the walks will read is asked for from
//! memory for all of a handful at once, so that the waits overlap.

use super::alias::Alias;
use super::atoms::{self, Place};
use super::records::Reader;
use super::table::{Next, extend};
use super::view::LayerView;
use crate::text::{Kind, Token, Tokens};

const HANDFUL: usize = 64;

/// Whether a walk may come to something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    No,
    /// If there is such a prefix of two atoms.
    Prefix(u64),
    Walk,
}

/// The places of one text, in order.
pub(super) struct Starts<'a> {
    layers: &'a [LayerView<'a>],
    tokens: &'a Tokens<'a>,
    /// Tokens where an alias may begin.
    places: [u32; HANDFUL],
    len: usize,
    at: usize,
    /// The first token that was not looked at.
    next: usize,
}

impl<'a> Starts<'a> {
    pub fn new(layers: &'a [LayerView<'a>], tokens: &'a Tokens<'a>) -> Self {
        Self { layers, tokens, places: [0; HANDFUL], len: 0, at: 0, next: 0 }
    }

    /// The first place at or after `from`; within a token every place is one.
    pub fn place(&mut self, from: Place) -> Option<Place> {
        let place = if from.byte > 0 { from } else { Place::token(self.from(from.token)) };
        (place.token < self.tokens.len()).then_some(place)
    }

    /// The first token at or after `from` that is a place; past the last token if there is none.
    fn from(&mut self, from: usize) -> usize {
        loop {
            while self.at < self.len {
                let place = self.places[self.at] as usize;
                if place >= from {
                    return place;
                }
                self.at += 1;
            }
            if self.next.max(from) >= self.tokens.len() {
                return self.tokens.len();
            }
            self.next = self.next.max(from);
            self.fill();
        }
    }

    /// The next handful.
    fn fill(&mut self) {
        (self.at, self.len) = (0, 0);
        match self.layers {
            [only] => self.pass_filter(|key, t| only.view.may_start(key, t)),
            layers => self.pass_filter(|key, t| layers.iter().any(|layer| layer.view.may_start(key, t))),
        }
        for &place in &self.places[..self.len] {
            let hash = self.tokens[place as usize].hash;
            for layer in self.layers {
                layer.view.roots.ask(hash);
            }
        }
        let mut ends = Ends::new(self.layers);
        let mut leads = [Lead::No; HANDFUL];
        for (lead, &place) in leads.iter_mut().zip(&self.places[..self.len]) {
            let all = self
                .layers
                .iter()
                .enumerate()
                .map(|(i, layer)| self.lead(layer, place as usize, |end| ends.note(i, end)));
            *lead = all.max().unwrap_or(Lead::No);
        }
        let mut kept = 0;
        for (i, lead) in leads.iter().enumerate().take(self.len) {
            let mut leads = |prefix| {
                let mut layers = self.layers.iter().enumerate();
                layers.any(|(i, layer)| leads_on(layer, prefix, |end| ends.note(i, end)))
            };
            if matches!(lead, Lead::Walk) || matches!(*lead, Lead::Prefix(prefix) if leads(prefix)) {
                self.places[kept] = self.places[i];
                kept += 1;
            }
        }
        self.len = kept;
        ends.ask_records();
    }

    /// Fills the handful with tokens that pass. There is no branch on what a token is: nobody can foretell it.
    fn pass_filter(&mut self, passes: impl Fn(u64, &Token) -> bool) {
        let rest = self.tokens.list.get(self.next..).unwrap_or_default();
        let mut len = 0;
        for (token, i) in rest.iter().zip(self.next as u32..) {
            self.places[len] = i;
            len += usize::from(atoms::is_special(token) | passes(atoms::start_key(token), token));
            if len == HANDFUL {
                break;
            }
        }
        self.next = if len == HANDFUL { self.places[HANDFUL - 1] as usize + 1 } else { self.tokens.len() };
        self.len = len;
    }

    /// What the first token and a glance at the next one promise.
    fn lead(&self, layer: &LayerView<'_>, place: usize, mut ends: impl FnMut(u32)) -> Lead {
        let token = &self.tokens[place];
        if atoms::is_special(token) {
            return Lead::Walk;
        }
        if token.hash == 0 {
            let key = atoms::sign_key(self.tokens.text, token);
            return if layer.view.may_start(key, token) { Lead::Walk } else { Lead::No };
        }
        let (mut next, mut alone) = (Next::empty(), false);
        for found in layer.view.roots.search(token.hash) {
            next |= found.next;
            if let Some(alias) = found.alias {
                ends(alias);
                alone = true;
            }
        }
        let longer = self.longer(layer, place, next);
        if alone { Lead::Walk } else { longer }
    }

    /// What the next token promises where longer forms go on with `next`.
    fn longer(&self, layer: &LayerView<'_>, place: usize, next: Next) -> Lead {
        let Some(after) = self.tokens.get(place + 1).filter(|_| !next.is_empty()) else { return Lead::No };
        let joins = matches!(after.kind, Kind::Dash | Kind::Symbol);
        if !joins && !next.intersects(atoms::next_of(after)) {
            return Lead::No;
        }
        if joins || atoms::is_special(after) || after.hash == 0 {
            return Lead::Walk;
        }
        let prefix = extend(self.tokens[place].hash, after.hash);
        layer.view.slots.ask(prefix);
        Lead::Prefix(prefix)
    }
}

/// Whether there is such a prefix of two atoms; `ends` takes the aliases that end there.
fn leads_on(layer: &LayerView<'_>, prefix: u64, mut ends: impl FnMut(u32)) -> bool {
    let mut any = false;
    for found in layer.view.slots.search(prefix) {
        any = true;
        found.alias.into_iter().for_each(&mut ends);
    }
    any
}

/// Aliases that walks from a handful of places may come to. They are asked for one by one, their records together.
struct Ends<'a> {
    layers: &'a [LayerView<'a>],
    /// Numbers of layers, and places of aliases.
    list: [(u32, u32); 2 * HANDFUL],
    len: usize,
}

impl<'a> Ends<'a> {
    fn new(layers: &'a [LayerView<'a>]) -> Self {
        Self { layers, list: [(0, 0); 2 * HANDFUL], len: 0 }
    }

    fn note(&mut self, layer: usize, place: u32) {
        Alias::ask(self.layers[layer].view.aliases, place);
        if let Some(free) = self.list.get_mut(self.len) {
            *free = (layer as u32, place);
            self.len += 1;
        }
    }

    fn ask_records(&self) {
        for &(layer, place) in &self.list[..self.len] {
            let view = &self.layers[layer as usize].view;
            if let Some(alias) = Alias::read(view.aliases, place) {
                Reader::ask(view.records, alias.at);
            }
        }
    }
}
