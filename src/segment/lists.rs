//! A block's text in, the list marks out at which it is cut: `1) Vote. 2) Count.`

use super::around::is_blank;

/// Whether a word at the start of a sentence, before a stop, only counts: `1`, `a`, `iv`.
pub(super) fn is_mark(word: &str) -> bool {
    !word.is_empty()
        && (word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// A mark of a list: its number in the count, its style, its width.
struct Mark {
    number: u32,
    style: Style,
    width: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Figure(&'static str),
    Letter,
    Bullet(char),
}

/// Where items after the first begin, in a text that begins with a list mark.
pub(super) fn marks(text: &str) -> Vec<usize> {
    let Some(first) = mark(text) else { return Vec::new() };
    let (style, mut number) = (first.style, first.number);
    let mut found = Vec::new();
    let mut at = first.width;
    while let Some(blank) = text[at..].find(is_blank) {
        at += blank;
        at += text[at..].len() - text[at..].trim_start_matches(is_blank).len();
        if let Some(next) = mark(&text[at..]).filter(|m| m.style == style) {
            if matches!(style, Style::Bullet(_)) || next.number == number + 1 {
                number = next.number;
                found.push(at);
            }
            at += next.width;
        }
    }
    found
}

fn mark(text: &str) -> Option<Mark> {
    let c = text.chars().next()?;
    if matches!(c, '•' | '⁃' | '▪' | '●' | '‣' | '◦' | '·') {
        return Some(Mark { number: 0, style: Style::Bullet(c), width: c.len_utf8() });
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (body, number) = match digits {
        1 | 2 => (digits, text[..digits].parse().ok()?),
        0 if c.is_ascii_lowercase() => (1, u32::from(c)),
        _ => return None,
    };
    let closing = [".)", ")", "."].into_iter().find(|s| text[body..].starts_with(s))?;
    let width = body + closing.len();
    if !text[width..].starts_with(is_blank) {
        return None;
    }
    Some(Mark { number, style: if digits > 0 { Style::Figure(closing) } else { Style::Letter }, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_must_count_on() {
        assert_eq!(marks("1) Open the boxes. 2) Sort the papers. 3) Count."), [19, 39]);
        assert_eq!(marks("1. He won 3. Then 2. came"), [18]);
        assert_eq!(marks("• One • Two"), [8]);
        assert!(marks("He has 2) nothing").is_empty());
        assert!(marks("2019 was 2) nothing").is_empty());
    }
}
