//! Bytes and characters in, what they are out: blanks, letters, marks, stops.

use super::tokens::Kind;

/// What a byte may begin.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Byte {
    Space,
    Line,
    Upper,
    Lower,
    Digit,
    Other,
    High,
}

pub(super) const BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'\n' | 0x0B | 0x0C | b'\r' => Byte::Line,
            b' ' | b'\t' | 0x00..=0x08 | 0x0E..=0x1F | 0x7F => Byte::Space,
            b'A'..=b'Z' => Byte::Upper,
            b'a'..=b'z' => Byte::Lower,
            b'0'..=b'9' => Byte::Digit,
            0x80.. => Byte::High,
            _ => Byte::Other,
        };
        b += 1;
    }
    table
};

/// Whether a run of ASCII letters or digits ends before a byte.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum End {
    Sure,
    /// Before a comma, if no number goes on there.
    Comma,
    /// Before a stop, if no number, initials or address goes on there.
    Stop,
    /// Before a colon, if no number or address goes on there.
    Colon,
    /// Not before letters, digits, apostrophes, or what is no ASCII.
    No,
}

pub(super) const ENDS: [End; 256] = {
    let mut table = [End::No; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match (BYTES[b], b as u8) {
            (_, b'.') => End::Stop,
            (_, b',') => End::Comma,
            (_, b':') => End::Colon,
            (_, b'\'') => End::No,
            (Byte::Space | Byte::Line | Byte::Other, _) => End::Sure,
            _ => End::No,
        };
        b += 1;
    }
    table
};

/// Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Kana, Han.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
        && c != '\u{30FB}'
}

pub(super) fn is_mark_of_letter(c: char) -> bool {
    // Combining marks and joiners go with the letter before them.
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}' | '\u{00AD}')
}

pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '\u{FF07}')
}

pub(super) const fn kind_of(c: char) -> Kind {
    match c {
        '"'
        | '\''
        | '`'
        | '\u{00B4}'
        | '\u{2018}'..='\u{201F}'
        | '\u{00AB}'
        | '\u{00BB}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{300C}'..='\u{300F}'
        | '\u{FF02}'
        | '\u{FF07}'
        | '\u{02BC}' => Kind::Mark,
        '.'
        | '!'
        | '?'
        | '\u{2026}'
        | '\u{3002}'
        | '\u{FF01}'
        | '\u{FF1F}'
        | '\u{FF0E}'
        | '\u{061F}'
        | '\u{06D4}'
        | '\u{0964}'
        | '\u{0965}'
        | '\u{203C}'
        | '\u{2047}'..='\u{2049}'
        | '\u{1362}'
        | '\u{104B}' => Kind::Stop,
        ',' | ';' | ':' | '\u{060C}' | '\u{061B}' | '\u{3001}' | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' => Kind::Comma,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Dash,
        '(' | '[' | '{' | '\u{FF08}' | '\u{3010}' | '\u{300A}' | '\u{FF3B}' => Kind::Open,
        ')' | ']' | '}' | '\u{FF09}' | '\u{3011}' | '\u{300B}' | '\u{FF3D}' => Kind::Close,
        _ => Kind::Symbol,
    }
}

/// The kinds of ASCII signs.
pub(super) const KINDS: [Kind; 128] = {
    let mut table = [Kind::Symbol; 128];
    let mut b = 0;
    while b < 128 {
        table[b] = kind_of(b as u8 as char);
        b += 1;
    }
    table
};
