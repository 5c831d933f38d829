//! Tokens in, the places where a walk is worth while out, a handful at a time: what the walks will read is asked for from
//! memory for all of a handful at once, so that the waits overlap.

use super::alias::Alias;
use super::atoms::{self, Place};
use super::records::Reader;
use super::table::{Next, extend};
use super::view::LayerView;
use crate::text::{Kind, Token, Tokens};

const HANDFUL: usize = 128;

/// Whether a walk may come to something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lead {
    No,
    /// No further than to this alias, which is one atom.
    Alone(u32),
    /// If there is such a prefix of two atoms; to the alias at most, if there is none.
    Prefix(u64, Option<u32>),
    Walk,
}

impl Lead {
    /// The same where there are other layers, with aliases of their own.
    fn among_others(self) -> Self {
        match self {
            Self::Alone(_) | Self::Prefix(_, Some(_)) => Self::Walk,
            other => other,
        }
    }
}

/// Where a walk is worth while.
pub(super) struct Start {
    pub place: Place,
    /// The alias, if there is but one that may be found here, and that is one atom: there is no need to walk.
    pub alone: Option<u32>,
}

/// The places of one text, in order.
pub(super) struct Starts<'a> {
    layers: &'a [LayerView<'a>],
    tokens: &'a Tokens<'a>,
    /// Tokens where an alias may begin.
    places: [u32; HANDFUL],
    /// What [`Start`] says of them.
    alone: [Option<u32>; HANDFUL],
    len: usize,
    at: usize,
    /// The first token that was not looked at.
    next: usize,
}

impl<'a> Starts<'a> {
    pub fn new(layers: &'a [LayerView<'a>], tokens: &'a Tokens<'a>) -> Self {
        Self { layers, tokens, places: [0; HANDFUL], alone: [None; HANDFUL], len: 0, at: 0, next: 0 }
    }

    /// The first place at or after `from`; within a token every place is one.
    pub fn next(&mut self, from: Place) -> Option<Start> {
        if from.byte > 0 {
            return Some(Start { place: from, alone: None });
        }
        loop {
            while self.at < self.len {
                let token = self.places[self.at] as usize;
                if token >= from.token {
                    return Some(Start { place: Place::token(token), alone: self.alone[self.at] });
                }
                self.at += 1;
            }
            self.next = self.next.max(from.token);
            if self.next >= self.tokens.len() {
                return None;
            }
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
            *lead = match self.layers {
                [only] => self.lead(only, place as usize, |end| ends.note(0, end)),
                layers => {
                    let all = layers.iter().enumerate();
                    let all = all.map(|(i, layer)| self.lead(layer, place as usize, |end| ends.note(i, end)));
                    all.map(Lead::among_others).max().unwrap_or(Lead::No)
                }
            };
        }
        self.keep(&leads, &mut ends);
        ends.ask_records();
    }

    /// Keeps the places that their leads make worth while.
    fn keep(&mut self, leads: &[Lead; HANDFUL], ends: &mut Ends<'_>) {
        let mut leads_on = |prefix| {
            let mut layers = self.layers.iter().enumerate();
            layers.any(|(i, layer)| leads_on(layer, prefix, |end| ends.note(i, end)))
        };
        let mut kept = 0;
        for (i, &lead) in leads.iter().enumerate().take(self.len) {
            let (worth, alone) = match lead {
                Lead::No => (false, None),
                Lead::Prefix(prefix, alone) if !leads_on(prefix) => (alone.is_some(), alone),
                Lead::Alone(alias) => (true, Some(alias)),
                Lead::Prefix(..) | Lead::Walk => (true, None),
            };
            (self.places[kept], self.alone[kept]) = (self.places[i], alone);
            kept += usize::from(worth);
        }
        self.len = kept;
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
        let (mut next, mut alone, mut several) = (Next::empty(), None, false);
        for found in layer.view.roots.search(token.hash) {
            next |= found.next;
            if let Some(alias) = found.alias {
                ends(alias);
                several |= alone.replace(alias).is_some();
            }
        }
        match (self.longer(layer, place, next), alone) {
            _ if several => Lead::Walk,
            (Lead::No, Some(alias)) => Lead::Alone(alias),
            (Lead::Prefix(prefix, _), alone) => Lead::Prefix(prefix, alone),
            (longer, _) => longer,
        }
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
        Lead::Prefix(prefix, None)
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
