//! Lines of JSON objects in, rows out.

use super::{Read1, Reading, Row, bad, file_error};
use crate::article::ArticleId;
use crate::corpus::columns::{Columns, Part};
use crate::corpus::decode::decode;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;
use std::sync::Arc;

/// The rows of a file of JSON lines.
pub struct Rows<R> {
    reader: R,
    file: Arc<str>,
    reading: Reading,
    line: Vec<u8>,
    row: i64,
    /// No object was read yet: the first one must have the columns that were asked for.
    first: bool,
}

impl<R: BufRead> Rows<R> {
    /// Reads from `reader`.
    pub fn new(reader: R, file: Arc<str>, reading: &Reading) -> Self {
        Self { reader, file, reading: reading.clone(), line: Vec::new(), row: -1, first: true }
    }

    fn read(&mut self) -> Read1 {
        let line = match decode(self.line.trim_ascii()) {
            Ok(line) => line,
            Err(problem) => return Ok(Err(bad(&self.file, self.row, problem))),
        };
        let mut json = serde_json::Deserializer::from_str(&line);
        let object = match Fields(&self.reading.columns).deserialize(&mut json).and_then(|o| json.end().map(|()| o)) {
            Ok(object) => object,
            Err(e) => return Ok(Err(bad(&self.file, self.row, format!("expected a JSON object: {e}")))),
        };
        if std::mem::take(&mut self.first) {
            let names: Vec<&str> = object.names.iter().map(String::as_str).collect();
            self.reading.columns.all(&self.file, &names)?;
        }
        Ok(self.row_of(object).map_err(|problem| bad(&self.file, self.row, problem)))
    }

    fn row_of(&self, object: Object) -> std::result::Result<Row, String> {
        let [text, id, headline, date] = object.values;
        let text = match text {
            Some(Value::String(text)) => Some(text),
            Some(Value::Null) => None,
            Some(other) => return Err(format!("text: expected a string, found {}", name(&other))),
            None => {
                let names: Vec<&str> = object.names.iter().map(String::as_str).collect();
                return Err(self.reading.columns.missing(Part::Text, "this row", &names).to_string());
            }
        };
        let id = match id {
            Some(Value::Number(n)) => {
                Some(n.as_i64().map_or_else(|| ArticleId::Str(Cow::Owned(n.to_string())), ArticleId::Int))
            }
            other => plain("id", other)?.map(|s| ArticleId::Str(Cow::Owned(s))),
        };
        let (headline, date) = (plain("headline", headline)?, plain("date", date)?);
        Ok(Row { text, id, headline, date, file: Arc::clone(&self.file), row: self.row })
    }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Read1;

    fn next(&mut self) -> Option<Read1> {
        loop {
            self.row += 1;
            match read_line(&mut self.reader, &mut self.line, self.reading.max_row_bytes) {
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => return Some(Ok(Err(bad(&self.file, self.row, self.reading.too_long())))),
                Ok(Line::Whole) if self.line.trim_ascii().is_empty() => {}
                Ok(Line::Whole) => return Some(self.read()),
                Err(e) => return Some(Err(file_error(&self.file, e))),
            }
        }
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads a line; of one beyond the limit nothing is kept, and reading goes on behind it.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, limit: usize) -> std::io::Result<Line> {
    line.clear();
    let (mut bytes, mut ended) = (0, false);
    while !ended {
        let ahead = match reader.fill_buf() {
            Ok([]) => break,
            Ok(ahead) => ahead,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        let end = memchr::memchr(b'\n', ahead);
        let used = end.map_or(ahead.len(), |at| at + 1);
        ended = end.is_some();
        bytes += used;
        if bytes > limit {
            *line = Vec::new();
        } else {
            grow(line, used);
            line.extend_from_slice(&ahead[..used]);
        }
        reader.consume(used);
    }
    Ok(match bytes {
        0 => Line::End,
        _ if bytes > limit => Line::TooLong,
        _ => Line::Whole,
    })
}

/// Makes room for `more` bytes. A long line grows eightfold: while it moves there are two of it, and of the new one only
/// what is written to takes memory.
fn grow(line: &mut Vec<u8>, more: usize) {
    const LONG: usize = 1 << 20;
    let room = line.capacity() - line.len();
    if room < more && line.len() > LONG {
        // Without that much address space, it grows as it can.
        let _ = line.try_reserve_exact(8 * line.len());
    }
}

fn plain(part: &str, value: Option<Value>) -> std::result::Result<Option<String>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) => Ok(Some(s)),
        Some(Value::Number(n)) => Ok(Some(n.to_string())),
        Some(other) => Err(format!("{part}: expected a string, found {}", name(&other))),
    }
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What one line holds, as far as it is wanted.
struct Object {
    values: [Option<Value>; 4],
    names: Vec<String>,
}

/// Reads the wanted fields of an object and skips the others.
struct Fields<'c>(&'c Columns);

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Object;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Object, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the fields of an article")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Object, M::Error> {
        let mut ranks = [usize::MAX; 4];
        let mut object = Object { values: [const { None }; 4], names: Vec::new() };
        while let Some(key) = map.next_key::<String>()? {
            let better = |(i, part): (usize, Part)| {
                let rank = self.0.rank(part, &key)?;
                (rank < ranks[i]).then_some((i, rank))
            };
            let wanted: Vec<_> = Part::ALL.into_iter().enumerate().filter_map(better).collect();
            if wanted.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else {
                let value: Value = map.next_value()?;
                for (i, rank) in wanted {
                    ranks[i] = rank;
                    object.values[i] = Some(value.clone());
                }
            }
            object.names.push(key);
        }
        Ok(object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &str) -> Vec<Read1> {
        Rows::new(lines.as_bytes(), Arc::from("x.jsonl"), &Reading::test(100)).collect()
    }

    #[test]
    fn a_line_beyond_the_limit_is_bad_and_the_next_is_read() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"t\"}}", "a".repeat(100));
        let rows = read(&long);
        let message = &rows[0].as_ref().unwrap().as_ref().unwrap_err().error;
        assert!(message.contains("max_row_bytes=100"), "{message}");
        assert_eq!(rows[1].as_ref().unwrap().as_ref().unwrap().row, 1);
    }

    #[test]
    fn the_best_column_wins_whatever_the_order() {
        let rows = read("{\"body\": \"b\", \"text\": \"t\", \"url\": \"u\", \"id\": 7, \"title\": null}\n\n");
        let row = rows[0].as_ref().unwrap().as_ref().unwrap();
        assert_eq!((row.text.as_deref(), &row.id, rows.len()), (Some("t"), &Some(ArticleId::Int(7)), 1));
    }

    #[test]
    fn bad_rows_are_values_with_their_number() {
        let rows = read("{\"text\": \"t\"}\n{\"text\": 5}\n{\"txt\": \"\"}\nnonsense\n{\"text\": null}");
        let errors: Vec<_> = rows.iter().map(|r| r.as_ref().unwrap().as_ref().err().map(|b| b.row)).collect();
        assert_eq!(errors, [None, Some(Some(1)), Some(Some(2)), Some(Some(3)), None]);
    }

    #[test]
    fn a_file_without_the_column_is_an_error() {
        let message = read("{\"artikel\": \"t\"}")[0].as_ref().unwrap_err().to_string();
        assert!(message.ends_with("there are artikel"), "{message}");
    }
}
