//! The file format of the cases: headings, fences, and lines of words and backticked spans.

use std::fmt;

/// A text and what must come out of it.
pub struct Case {
    /// Row of the phenomenon and a few words.
    pub heading: String,
    /// The text.
    pub text: String,
    /// One for each line.
    pub expectations: Vec<Line>,
}

/// An expectation: its words and spans in order.
pub struct Line(pub Vec<Item>);

/// A word, or a span with the number of its occurrence.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A bare word.
    Word(String),
    /// A backticked text and which occurrence of it is meant, from 1.
    Span(String, usize),
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in &self.0 {
            match item {
                Item::Word(word) => write!(f, "{word} ")?,
                Item::Span(text, 1) => write!(f, "`{text}` ")?,
                Item::Span(text, n) => write!(f, "`{text}`#{n} ")?,
            }
        }
        Ok(())
    }
}

/// All cases of a file.
pub fn cases(markdown: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut fence: Option<(String, Vec<&str>)> = None;
    for line in markdown.lines() {
        match &mut fence {
            Some((kind, lines)) if line == "```" => {
                let case = cases.last_mut().ok_or("a fence before the first heading")?;
                match kind.as_str() {
                    "text" => case.text = unescape(&lines.join("\n")),
                    "expect" => case.expectations = lines.iter().map(|l| parse(l)).collect::<Result<_, _>>()?,
                    other => return Err(format!("{}: unknown fence {other}", case.heading)),
                }
                fence = None;
            }
            Some((_, lines)) => lines.push(line),
            None => {
                if let Some(heading) = line.strip_prefix("## ") {
                    cases.push(Case { heading: heading.to_owned(), text: String::new(), expectations: Vec::new() });
                } else if let Some(kind) = line.strip_prefix("```") {
                    fence = Some((kind.to_owned(), Vec::new()));
                }
            }
        }
    }
    match cases.iter().find(|c| c.text.is_empty() || c.expectations.is_empty()) {
        Some(case) => Err(format!("{}: no text or no expectations", case.heading)),
        None => Ok(cases),
    }
}

/// Writes out `\u{00A0}`.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u{") {
        let Some(end) = rest[at..].find('}') else { break };
        let code = u32::from_str_radix(&rest[at + 3..at + end], 16).ok().and_then(char::from_u32);
        out.push_str(&rest[..at]);
        out.extend(code);
        rest = &rest[at + end + 1..];
    }
    out + rest
}

fn parse(line: &str) -> Result<Line, String> {
    let mut items = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        if rest.starts_with('`') {
            let fence = if rest.starts_with("``") { "``" } else { "`" };
            let body = &rest[fence.len()..];
            let end = body.find(fence).ok_or_else(|| format!("unclosed backtick: {line}"))?;
            let text = unescape(if fence == "``" { body[..end].trim() } else { &body[..end] });
            rest = &body[end + fence.len()..];
            let digits = rest.strip_prefix('#').map_or(0, |r| r.bytes().take_while(u8::is_ascii_digit).count());
            let number = if digits > 0 { rest[1..=digits].parse().map_err(|_| line.to_owned())? } else { 1 };
            rest = rest[if digits > 0 { digits + 1 } else { 0 }..].trim_start();
            items.push(Item::Span(text, number));
        } else {
            let end = rest.find([' ', '`']).unwrap_or(rest.len());
            items.push(Item::Word(rest[..end].to_owned()));
            rest = rest[end..].trim_start();
        }
    }
    Ok(Line(items))
}
