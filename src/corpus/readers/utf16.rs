//! UTF-16 in, UTF-8 out, as it is read.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};
use std::io::{BufRead, Read};

/// Bytes that one step decodes into.
const BUFFER: usize = 1 << 16;

/// The kind of UTF-16 that a file begins with: by its mark, or because its first character has a zero byte.
pub fn detect(start: &[u8]) -> Option<&'static Encoding> {
    match *start {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [first, 0, ..] if first != 0 => Some(UTF_16LE),
        [0, second, ..] if second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// A reader of the same text in UTF-8.
pub struct Utf8<R> {
    inner: R,
    decoder: Decoder,
    decoded: Vec<u8>,
    /// What of `decoded` was given already.
    given: usize,
    ended: bool,
}

impl<R: BufRead> Utf8<R> {
    /// Reads `inner`, which is in `encoding`.
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { inner, decoder, decoded: Vec::new(), given: 0, ended: false }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        self.given = 0;
        while !self.ended {
            self.decoded.resize(BUFFER, 0);
            let raw = self.inner.fill_buf()?;
            self.ended = raw.is_empty();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, &mut self.decoded, self.ended);
            self.inner.consume(read);
            self.decoded.truncate(written);
            if let DecoderResult::Malformed(..) = result {
                let problem = "broken UTF-16: half of a pair of surrogates, or half of a character at the end";
                return Err(std::io::Error::new(std::io::ErrorKind::InvalidData, problem));
            }
            self.ended &= result == DecoderResult::InputEmpty;
            if written > 0 {
                return Ok(());
            }
        }
        self.decoded.clear();
        Ok(())
    }
}

impl<R: BufRead> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.decoded.len() {
            self.fill()?;
        }
        let n = buffer.len().min(self.decoded.len() - self.given);
        buffer[..n].copy_from_slice(&self.decoded[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn read(bytes: &[u8]) -> std::io::Result<String> {
        let mut text = String::new();
        Utf8::new(bytes, detect(bytes).unwrap()).read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn both_orders_with_and_without_a_mark() {
        let text = "{\"text\": \"Çelik 😀\"}\n".repeat(9000);
        for marked in [text.clone(), format!("\u{feff}{text}")] {
            assert_eq!(read(&wide(&marked, u16::to_le_bytes)).unwrap(), text);
            assert_eq!(read(&wide(&marked, u16::to_be_bytes)).unwrap(), text);
        }
        assert!(detect(b"{\"text\"").is_none());
    }

    #[test]
    fn half_a_character_is_an_error() {
        let whole = wide("{\"a\"}", u16::to_le_bytes);
        assert!(read(&whole[..whole.len() - 1]).is_err());
        assert!(read(b"{\0\x00\xd8}\0").is_err());
    }
}
