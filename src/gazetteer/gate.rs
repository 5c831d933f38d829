//! Atoms and an alias in, whether the text's capitals allow the alias out.

use super::alias::Alias;
use super::atoms::{self, Atom};
use super::form::Gate;
use super::view::View;
use crate::text::{Flags, Tokens};
use unicode_normalization::UnicodeNormalization;

/// Whether `atoms`, which read as `alias` does, are written as it may be written.
///
/// An atom with a capital needs one in the text. A text in capitals will do, unless the alias is too short for that. A
/// short acronym needs all its capitals.
pub(super) fn passes(tokens: &Tokens<'_>, atoms: &[Atom], alias: &Alias, view: &View<'_>) -> bool {
    let needs = |i: usize| alias.capitals >> i & 1 == 1;
    if !atoms.iter().take(16).enumerate().all(|(i, atom)| !needs(i) || atoms::has_capital(tokens, atom)) {
        return false;
    }
    let gate = alias.gate;
    if gate.contains(Gate::EXACT) && !atoms.iter().any(|atom| atoms::is_all_caps(tokens, atom)) && atoms.len() == 1 {
        return false;
    }
    if gate.contains(Gate::NO_ALL_CAPS) && is_all_caps(tokens, atoms) {
        return false;
    }
    if gate.contains(Gate::FUNCTION_WORD) && amid_capitals(tokens, atoms) {
        return false;
    }
    !gate.contains(Gate::UNSPACED) || is_written_so(tokens, atoms, alias, view)
}

fn is_all_caps(tokens: &Tokens<'_>, atoms: &[Atom]) -> bool {
    let mut cased = atoms.iter().filter(|atom| atoms::has_capital(tokens, atom)).peekable();
    cased.peek().is_some() && cased.all(|atom| atoms::is_all_caps(tokens, atom))
}

/// Whether the words on both sides, in the same line, are in capitals.
fn amid_capitals(tokens: &Tokens<'_>, atoms: &[Atom]) -> bool {
    let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return false };
    let shouts = |i: usize| {
        let token = tokens.get(i)?;
        token.is_word().then(|| token.flags.contains(Flags::ALL_CAPS) && !token.flags.contains(Flags::DOTTED))
    };
    if tokens[first.token].flags.contains(Flags::DOTTED) || tokens[first.token].line_before() {
        return false;
    }
    let before = first.token.checked_sub(1).and_then(shouts).unwrap_or(false);
    let same_line = tokens.get(last.token + 1).is_some_and(|t| !t.line_before());
    before && (!same_line || shouts(last.token + 1).unwrap_or(true))
}

/// Whether the text is the alias, mark for mark, but for its composition, its width and white space.
fn is_written_so(tokens: &Tokens<'_>, atoms: &[Atom], alias: &Alias, view: &View<'_>) -> bool {
    let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return false };
    let Some(name) = view.record_at(alias.at).and_then(|record| record.alias(u32::from(alias.number))) else {
        return false;
    };
    let letters = |text: &str| text.nfkc().filter(|&c| !c.is_whitespace() && !is_layout(c)).collect::<String>();
    letters(name) == letters(first.span.to(last.span).of(tokens.text))
}

/// Characters that part a name or not as the layout has it.
fn is_layout(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}
