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
    if is_damaged(bytes) {
        return Err(format!("broken UTF-8 at byte {}: the text around it is UTF-8", broken.valid_up_to()));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    decode_as(encoding, bytes).map_err(|e| format!("not UTF-8 from byte {}, {e}", broken.valid_up_to()))
}

/// The text of the bytes in the encoding that they name themselves, as XML does; by [`decode`] where there is none.
///
/// # Errors
/// Those of [`decode`].
pub fn decode_named<'b>(bytes: &'b [u8], name: Option<&[u8]>) -> Result<Cow<'b, str>, String> {
    match name.and_then(Encoding::for_label) {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && encoding != encoding_rs::UTF_8 => {
            decode_as(encoding, bytes).map_err(|_| format!("not {}, which it says it is", encoding.name()))
        }
        _ => decode(bytes),
    }
}

/// Whether it is UTF-8 with damage rather than another encoding: other encodings have few sequences that happen to be
/// characters of UTF-8, and many that are none.
fn is_damaged(bytes: &[u8]) -> bool {
    let (mut characters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    characters > broken
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
    fn other_encodings_are_no_damage() {
        for (name, text) in [
            ("gbk", "外交部发言人说，双方将于周一再次举行会谈。"),
            ("shift_jis", "外相は月曜日に再び会談すると述べた。"),
            ("windows-1251", "Министр сказал, что переговоры продолжатся."),
            ("windows-1252", "“Ça va déjà très bien”, a déclaré l’élève."),
        ] {
            let (bytes, ..) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            assert_eq!(decode(&bytes).unwrap(), text, "{name}");
        }
    }

    #[test]
    fn damage_is_no_other_encoding() {
        let mut bytes = "“Ça va,” said Çelik Ağa.".as_bytes().to_vec();
        bytes[6] = 0xff;
        let message = decode(&bytes).unwrap_err();
        assert_eq!(message, "broken UTF-8 at byte 6: the text around it is UTF-8");
        let cut = "“Ça va” …".as_bytes();
        assert!(decode(&cut[..cut.len() - 1]).is_err());
    }

    #[test]
    fn binary_is_reported_with_its_byte() {
        let message = decode(b"GIF\xff\x00\x00\x01\x81").unwrap_err();
        assert!(message.contains("byte 3"), "{message}");
    }
}
