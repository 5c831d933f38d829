//! Tokens in, atoms out: the steps of a walk through the trie. An atom is a token without its stops, or one character of
//! a script without spaces. Aliases and texts are read by the same code, so that equal names give equal atoms.

use super::table::Next;
use crate::span::Span;
use crate::text::{Flags, Kind, Token, Tokens, fold_hash, folded};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// Tokens that may have a capital; a run of a script without spaces may hold any.
pub(super) const MAY_BE_CAPITAL: Flags = Flags::CAPITAL
    .union(Flags::INNER_CAPITAL)
    .union(Flags::ALL_CAPS)
    .union(Flags::DIGIT)
    .union(Flags::DOTTED)
    .union(Flags::UNSPACED);

/// Bits of the number of a token's kind.
const SORTS: u32 = 5;

/// Where an atom may begin: a token and, in a script without spaces, a byte of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub token: usize,
    pub byte: u32,
}

impl Place {
    /// The start of a token.
    pub fn token(token: usize) -> Self {
        Self { token, byte: 0 }
    }
}

/// A step of a walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    pub hash: u64,
    pub span: Span,
    pub token: usize,
    /// Where the next one begins.
    pub next: Place,
    /// The sign that it stands for, where it is an entity of HTML.
    pub sign: Option<char>,
}

/// Whether the token has to be looked at closely: its hash alone does not say what atom it is.
pub(super) fn is_special(token: &Token) -> bool {
    token.flags.intersects(Flags::DOTTED.union(Flags::UNSPACED))
}

/// The atom at `place`, which must be the start of a token or of a character in one.
#[inline]
pub(super) fn read(tokens: &Tokens<'_>, place: Place) -> Option<Atom> {
    let token = tokens.get(place.token)?;
    let next = Place::token(place.token + 1);
    if token.flags.contains(Flags::UNSPACED) {
        return read_character(tokens, place);
    }
    let word = token.span.of(tokens.text);
    let hash = if token.flags.contains(Flags::DOTTED) {
        hash_of_dotted(word)
    } else if token.hash == 0 {
        fold_hash(&form(token, word))
    } else {
        token.hash
    };
    Some(Atom { hash, span: token.span, token: place.token, next, sign: None })
}

/// What the filter of first atoms knows of a token at the first glance: its hash, or for a sign its kind.
#[inline]
pub(super) fn start_key(token: &Token) -> u64 {
    // Without a branch: one token of six is a sign, and nobody can foretell which.
    token.hash | (u64::from(token.hash == 0) * (token.kind as u64 + 1))
}

/// What it knows of a sign at the second glance: its first byte too.
pub(super) fn sign_key(text: &str, token: &Token) -> u64 {
    let byte = match token.kind {
        // They come in many shapes.
        Kind::Mark | Kind::Dash => 0,
        _ => text.as_bytes().get(token.span.start as usize).map_or(0, |&b| b.min(0x80)),
    };
    u64::from(byte) << SORTS | start_key(token)
}

/// What both glances have in common.
pub(super) fn sort_of(sign: u64) -> u64 {
    sign & ((1 << SORTS) - 1)
}

/// The hash of initials without their stops.
fn hash_of_dotted(word: &str) -> u64 {
    let mut letters = [0; 16];
    let mut len = 0;
    for byte in word.bytes().filter(|&b| b != b'.') {
        let Some(free) = letters.get_mut(len) else { return fold_hash(&word.replace('.', "")) };
        (*free, len) = (byte, len + 1);
    }
    std::str::from_utf8(&letters[..len]).map_or(0, fold_hash)
}

/// One character of a script without spaces, with the marks that belong to it; or a run of ASCII amid such.
fn read_character(tokens: &Tokens<'_>, place: Place) -> Option<Atom> {
    let token = tokens.get(place.token)?;
    let rest = token.span.of(tokens.text).get(place.byte as usize..)?;
    let first = rest.chars().next()?;
    let ascii = first.is_ascii_alphanumeric();
    let goes_on = |&c: &char| if ascii { c.is_ascii_alphanumeric() } else { is_combining_mark(c) };
    let more: usize = rest[first.len_utf8()..].chars().take_while(goes_on).map(char::len_utf8).sum();
    let width = first.len_utf8() + more;
    let start = (token.span.start + place.byte) as usize;
    let next = if width < rest.len() {
        Place { token: place.token, byte: place.byte + width as u32 }
    } else {
        Place::token(place.token + 1)
    };
    let hash = fold_hash(&rest[..width]);
    Some(Atom { hash, span: Span::new(start, start + width), token: place.token, next, sign: None })
}

/// The next atom of a walk that has read `before`, if it is of a sort in `next`. Hyphens within a name and white space
/// written as an entity of HTML are no atoms, and a blank line ends every name.
pub(super) fn read_on(tokens: &Tokens<'_>, before: &Atom, next: Next) -> Option<Atom> {
    let mut place = before.next;
    if place.byte > 0 {
        return read(tokens, place);
    }
    let mut token = tokens.get(place.token)?;
    if token.kind == Kind::Dash && is_hyphen(tokens, place.token) {
        place.token += 1;
        token = tokens.get(place.token)?;
    } else if token.kind == Kind::Symbol
        && let Some((sign, end)) = entity(tokens, place.token)
    {
        if sign != ' ' {
            let span = token.span.to(tokens[end - 1].span);
            let hash = fold_hash(sign.encode_utf8(&mut [0; 4]));
            return Some(Atom { hash, span, token: place.token, next: Place::token(end), sign: Some(sign) });
        }
        place.token = end;
        token = tokens.get(end)?;
    }
    if !next.intersects(next_of(token)) {
        return None;
    }
    if token.line_before() && blank_line(tokens, before.span.end, token.span.start) {
        return None;
    }
    read(tokens, place)
}

/// Whether token `i` is a hyphen between two parts of a word, the second perhaps on the next line.
fn is_hyphen(tokens: &Tokens<'_>, i: usize) -> bool {
    let token = &tokens[i];
    !token.space_before()
        && !matches!(token.span.of(tokens.text), "\u{2014}" | "\u{2015}" | "--" | "---")
        && tokens.get(i + 1).is_some_and(|next| next.hash != 0 && (!next.space_before() || next.line_before()))
}

/// The sign that an entity of HTML at token `i` stands for, and the token after it.
fn entity(tokens: &Tokens<'_>, i: usize) -> Option<(char, usize)> {
    if tokens.word(i) != "&" {
        return None;
    }
    let tight = |j: usize| tokens.get(j).filter(|t| !t.space_before()).map(|t| t.span.of(tokens.text));
    let by_number = usize::from(tight(i + 1) == Some("#"));
    let end = i + by_number + 2;
    if tight(end) != Some(";") {
        return None;
    }
    let sign = match tight(end - 1)? {
        "nbsp" | "thinsp" | "ensp" | "emsp" | "160" | "xA0" | "xa0" => ' ',
        "amp" | "38" | "x26" => '&',
        "apos" | "rsquo" | "lsquo" | "39" | "8217" | "8216" | "x27" | "x2019" | "x2018" => '\'',
        "quot" | "ldquo" | "rdquo" | "34" | "8220" | "8221" | "x22" => '"',
        _ => return None,
    };
    Some((sign, end + 1))
}

fn blank_line(tokens: &Tokens<'_>, from: u32, to: u32) -> bool {
    let gap = Span { start: from, end: to }.of(tokens.text);
    gap.matches('\n').count() > 1 || gap.contains('\u{2029}')
}

/// What an atom is compared by, byte for byte: no case, no diacritics, no stops, one shape for each sort of mark.
pub(super) fn form<'t>(token: &Token, piece: &'t str) -> Cow<'t, str> {
    match token.kind {
        Kind::Stop | Kind::Comma if piece.len() == 1 => Cow::Borrowed(piece),
        Kind::Word if token.flags.contains(Flags::DOTTED) => Cow::Owned(folded(piece).replace('.', "")),
        Kind::Mark if is_double(piece) => Cow::Borrowed("\""),
        Kind::Mark => Cow::Borrowed("'"),
        Kind::Dash => Cow::Borrowed("-"),
        _ => folded(piece),
    }
}

fn is_double(mark: &str) -> bool {
    matches!(mark, "\"" | "``" | "''" | "«" | "»" | "“" | "”" | "„" | "‟" | "＂" | "『" | "』")
}

/// Whether the atom reads `wanted`, which is folded but perhaps for the case of ASCII.
pub(super) fn reads(tokens: &Tokens<'_>, atom: &Atom, wanted: &[u8]) -> bool {
    if let Some(sign) = atom.sign {
        return sign.encode_utf8(&mut [0; 4]).as_bytes() == wanted;
    }
    let token = &tokens[atom.token];
    let piece = atom.span.of(tokens.text);
    if token.hash != 0 && !is_special(token) && piece.is_ascii() {
        return piece.as_bytes().eq_ignore_ascii_case(wanted);
    }
    form(token, piece).as_bytes().eq_ignore_ascii_case(wanted)
}

/// Whether a capital stands in the atom.
pub(super) fn has_capital(tokens: &Tokens<'_>, atom: &Atom) -> bool {
    let token = &tokens[atom.token];
    if token.kind == Kind::Number || token.flags.contains(Flags::UNSPACED) {
        return atom.span.of(tokens.text).chars().any(char::is_uppercase);
    }
    token.flags.intersects(Flags::CAPITAL.union(Flags::INNER_CAPITAL).union(Flags::ALL_CAPS))
}

/// What a form must go on with for `token` to be its next atom; any of the two for a word with a capital.
pub(super) fn next_of(token: &Token) -> Next {
    if token.hash == 0 {
        Next::SIGN
    } else if token.flags.intersects(MAY_BE_CAPITAL) {
        Next::CAPITAL | Next::SMALL
    } else {
        Next::SMALL
    }
}

/// Whether the atom is all in capitals, two or more.
pub(super) fn is_all_caps(tokens: &Tokens<'_>, atom: &Atom) -> bool {
    let token = &tokens[atom.token];
    if token.flags.contains(Flags::UNSPACED) {
        let piece = atom.span.of(tokens.text);
        return piece.len() > 1 && piece.bytes().all(|b| b.is_ascii_uppercase());
    }
    token.flags.contains(Flags::ALL_CAPS)
}
