//! Tokens in, the places where a walk is worth while out, a handful at a time: what the walks will read is asked for from
//! memory for all of a handful at once, so that the waits overlap.

use super::atoms;
use super::matcher::Layer;
use super::table::{self, Found, Next, extend, search};
use super::view::Alias;
use crate::text::{Kind, Token, Tokens};
use std::hint::black_box;

const HANDFUL: usize = 64;

/// The places of one text, in order.
pub(super) struct Starts<'a> {
    layers: &'a [Layer<'a>],
    tokens: &'a Tokens<'a>,
    /// Tokens where an alias may begin.
    places: [u32; HANDFUL],
    len: usize,
    at: usize,
    /// The first token that was not looked at.
    next: usize,
}

impl<'a> Starts<'a> {
    pub fn new(layers: &'a [Layer<'a>], tokens: &'a Tokens<'a>) -> Self {
        Self { layers, tokens, places: [0; HANDFUL], len: 0, at: 0, next: 0 }
    }

    /// The first place at or after token `from`; past the last token if there is none.
    pub fn from(&mut self, from: usize) -> usize {
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
            [only] => self.pass_filter(|t| only.view.may_start(t.hash, t)),
            layers => self.pass_filter(|t| layers.iter().any(|layer| layer.view.may_start(t.hash, t))),
        }
        for &place in &self.places[..self.len] {
            let hash = self.tokens[place as usize].hash;
            for layer in self.layers {
                black_box(table::peek(layer.view.roots, hash));
            }
        }
        let mut kept = 0;
        for i in 0..self.len {
            let place = self.places[i];
            if self.layers.iter().any(|layer| self.leads_on(layer, place as usize)) {
                self.places[kept] = place;
                kept += 1;
            }
        }
        self.len = kept;
    }

    fn pass_filter(&mut self, passes: impl Fn(&Token) -> bool) {
        let rest = self.tokens.list.get(self.next..).unwrap_or_default();
        for (i, token) in rest.iter().enumerate() {
            if atoms::is_special(token) || passes(token) {
                self.places[self.len] = (self.next + i) as u32;
                self.len += 1;
                if self.len == HANDFUL {
                    self.next += i + 1;
                    return;
                }
            }
        }
        self.next = self.tokens.len();
    }

    /// Whether an alias ends right here, or the next token may continue one.
    fn leads_on(&self, layer: &Layer<'_>, place: usize) -> bool {
        let token = &self.tokens[place];
        if atoms::is_special(token) || token.hash == 0 {
            return true;
        }
        let mut leads = false;
        for Found { next, alias } in search(layer.view.roots, token.hash) {
            if let Some(alias) = alias {
                black_box(Alias::read(layer.view.aliases, alias));
                leads = true;
            }
            leads |= self.goes_on(layer, place, next);
        }
        leads
    }

    fn goes_on(&self, layer: &Layer<'_>, place: usize, next: Next) -> bool {
        let Some(token) = self.tokens.get(place + 1) else { return false };
        if atoms::is_special(token) || matches!(token.kind, Kind::Dash | Kind::Symbol) {
            return !next.is_empty();
        }
        if !next.intersects(atoms::next_of(token)) {
            return false;
        }
        black_box(table::peek(layer.view.slots, extend(self.tokens[place].hash, token.hash)));
        true
    }
}
