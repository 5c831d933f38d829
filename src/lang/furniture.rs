//! The beginning of a line in, the role of furniture out: notices, credits, pointers, embedded posts.

use crate::article::Role;
use std::sync::OnceLock;

struct Pattern {
    role: Role,
    text: &'static str,
    whole: bool,
}

/// The patterns by their first byte.
fn patterns() -> &'static [Vec<Pattern>] {
    static PATTERNS: OnceLock<Vec<Vec<Pattern>>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let mut table: Vec<Vec<Pattern>> = (0..256).map(|_| Vec::new()).collect();
        for line in include_str!("en/furniture.txt").lines().filter(|l| !l.starts_with("# ")) {
            let Some((name, mark, text)) = parts(line) else { continue };
            let role = match name {
                "related" => Role::Related,
                "credit" => Role::Credit,
                "embed" => Role::Embed,
                _ => Role::Note,
            };
            if let Some(&first) = text.as_bytes().first() {
                table[first as usize].push(Pattern { role, text, whole: mark == "=" });
            }
        }
        table
    })
}

fn parts(line: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (name, rest) = line.split_once(' ')?;
    let (mark, text) = rest.split_once(' ')?;
    Some((name, mark, text))
}

/// The role of a line that is furniture.
pub fn furniture(line: &str) -> Option<Role> {
    let first = line.as_bytes().first()?.to_ascii_lowercase();
    patterns()[first as usize].iter().find(|p| p.matches(line)).map(|p| p.role)
}

impl Pattern {
    fn matches(&self, line: &str) -> bool {
        let bytes = line.as_bytes();
        let n = self.text.len();
        if bytes.len() < n || !same(&bytes[..n], self.text) {
            return false;
        }
        let rest = &bytes[n..];
        // Capitals or a closing mark may stand after a whole line; a beginning ends at the end of a word.
        if self.whole {
            rest.iter().all(|b| matches!(b, b'.' | b':' | b' '))
        } else {
            !self.text.ends_with(|c: char| c.is_alphanumeric()) || !rest.first().is_some_and(u8::is_ascii_alphanumeric)
        }
    }
}

/// Equal but for the case of ASCII letters and, past ASCII, of letters that fold.
fn same(bytes: &[u8], text: &str) -> bool {
    if bytes.eq_ignore_ascii_case(text.as_bytes()) {
        return true;
    }
    !text.is_ascii() && std::str::from_utf8(bytes).is_ok_and(|line| line.to_lowercase() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_their_role() {
        assert_eq!(furniture("ADVERTISEMENT"), Some(Role::Note));
        assert_eq!(furniture("Advertisement is a hard business, its chief said."), None);
        assert_eq!(furniture("READ MORE: Clockmaker blames pigeons"), Some(Role::Related));
        assert_eq!(furniture("(Reporting by Selin Ardak; Editing by Tom Pell)"), Some(Role::Credit));
        assert_eq!(furniture("Читайте также: мост"), None);
        assert_eq!(furniture("читайте также: мост"), Some(Role::Related));
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let lines = include_str!("en/furniture.txt").lines().filter(|l| !l.starts_with("# ")).count();
        assert_eq!(patterns().iter().map(Vec::len).sum::<usize>(), lines);
    }
}
