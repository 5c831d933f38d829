//! Bytes in, text out: UTF-8, or what the bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// The text of the bytes: UTF-8, by a byte order mark, or guessed from the bytes.
///
/// # Errors
/// The first byte that is no text in the encoding that fits best.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    let Err(broken) = std::str::from_utf8(bytes).map(Cow::Borrowed) else {
        // The check above passed: this one cannot fail.
        return Ok(String::from_utf8_lossy(bytes));
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    decode_as(encoding, bytes).map_err(|e| format!("not UTF-8 from byte {}, {e}", broken.valid_up_to()))
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        // Control characters that no text has: binary data, or a wrong guess.
        .filter(|text| !text.contains(['\0', '\u{81}', '\u{8d}', '\u{8f}', '\u{90}', '\u{9d}']))
        .ok_or_else(|| format!("and not {} either", encoding.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_and_utf_16() {
        assert_eq!(decode("plain é".as_bytes()).unwrap(), "plain é");
        let western = b"Le pr\xe9sident fran\xe7ais a d\xe9clar\xe9 : \xabNon\xbb.";
        assert_eq!(decode(western).unwrap(), "Le président français a déclaré : «Non».");
        assert_eq!(decode(b"\xff\xfeA\0b\0").unwrap(), "Ab");
        assert_eq!(decode(b"\xef\xbb\xbfA").unwrap(), "A");
    }

    #[test]
    fn binary_is_reported_with_its_byte() {
        let message = decode(b"GIF\xff\x00\x00\x01\x81").unwrap_err();
        assert!(message.contains("byte 3"), "{message}");
    }
}
