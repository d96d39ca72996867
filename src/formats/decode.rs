//! The bytes of a file as text.

use std::borrow::Cow;

use super::lines::{Lines, unified};
use crate::paper::{Problem, SourceLocation};

/// A file's text, and what was wrong with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// How many bytes, or halves of a character, stand as `�`, and on which line the first is.
    pub problem: Option<Problem>,
}

/// Why bytes are not taken for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    #[error("this is a binary file, not a text; opcit reads Markdown")]
    Binary,
    #[error("this is text in UTF-32; opcit reads UTF-8 and UTF-16")]
    Utf32,
}

/// Bytes at a file's start in which a binary file is told.
const LOOKED_AT: usize = 8 * 1024;

/// Reads bytes as UTF-8, or as UTF-16 if they begin with its mark. A mark is taken off; what is
/// not a character stands as `�`.
///
/// # Errors
///
/// [`NotText::Binary`] if, without a mark of UTF-16, more than one in ten of the first 8 KiB are
/// control bytes that no text has; [`NotText::Utf32`] for a file that begins with the mark of
/// UTF-32.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, NotText> {
    // Before UTF-16, whose mark the one of little-endian UTF-32 begins with.
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::Utf32);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return Ok(decode_utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return Ok(decode_utf16(rest, u16::from_be_bytes));
    }
    if is_binary(bytes) {
        return Err(NotText::Binary);
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    Ok(decode_utf8(bytes))
}

fn is_binary(bytes: &[u8]) -> bool {
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let is_foreign = |byte: &&u8| matches!(byte, 0..=6 | 14..=26 | 28..=31);
    let foreign = looked_at.iter().filter(is_foreign).count();
    foreign * 10 > looked_at.len()
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    match str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            problem: None,
        },
        Err(_) => replace_bad_utf8(bytes),
    }
}

fn replace_bad_utf8(bytes: &[u8]) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Bad::default();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            bad.push(&mut text, chunk.invalid().len());
        }
    }
    bad.into_decoded(text)
}

/// Decodes UTF-16; `unit` makes a unit of two bytes.
fn decode_utf16<'a>(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'a> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Bad::default();
    for char in char::decode_utf16(units) {
        match char {
            Ok(char) => text.push(char),
            Err(_) => bad.push(&mut text, 2),
        }
    }
    if !rest.is_empty() {
        bad.push(&mut text, rest.len());
    }
    bad.into_decoded(text)
}

/// The bytes that are no character.
#[derive(Debug, Default)]
struct Bad {
    bytes: usize,
    /// Where the first stands in the text.
    first: usize,
}

impl Bad {
    fn push(&mut self, text: &mut String, bytes: usize) {
        if self.bytes == 0 {
            self.first = text.len();
        }
        self.bytes += bytes;
        text.push(char::REPLACEMENT_CHARACTER);
    }

    fn into_decoded<'a>(self, text: String) -> Decoded<'a> {
        let what = match self.bytes {
            1 => "1 byte that is no text".to_owned(),
            bytes => format!("{bytes} bytes that are no text"),
        };
        let before = text.get(..self.first).unwrap_or_default();
        let problem = (self.bytes > 0).then(|| Problem {
            location: SourceLocation::Line(line_after(before)),
            message: format!("{what}, shown as �"),
        });
        Decoded {
            text: Cow::Owned(text),
            problem,
        }
    }
}

/// The line on which what follows the text begins.
fn line_after(text: &str) -> u32 {
    let text = unified(text);
    Lines::new(&text).at(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, problem: Option<(u32, &str)>) {
        let decoded = decode(bytes).expect("a text");
        assert_eq!(decoded.text, text);
        let found = decoded.problem.as_ref();
        let found =
            found.map(|problem| (problem.location.line().unwrap(), problem.message.as_str()));
        assert_eq!(found, problem);
    }

    #[test]
    fn utf_8_is_read_with_and_without_its_mark() {
        check("aé\n".as_bytes(), "aé\n", None);
        check("\u{feff}aé".as_bytes(), "aé", None);
        check(b"", "", None);
        assert!(matches!(
            decode(b"a").expect("a text").text,
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn utf_16_is_known_by_its_mark() {
        check(b"\xff\xfea\0\xe9\0\x3d\xd8\x00\xde", "aé😀", None);
        check(b"\xfe\xff\0a\0\xe9", "aé", None);
    }

    #[test]
    fn bad_bytes_are_shown_and_counted_from_the_first() {
        check(
            b"a\r\nb\xff\nc\xe2\x82",
            "a\r\nb\u{fffd}\nc\u{fffd}",
            Some((2, "3 bytes that are no text, shown as \u{fffd}")),
        );
    }

    #[test]
    fn half_a_character_of_utf_16_is_shown_and_counted() {
        check(
            b"\xff\xfe\x3d\xd8a\0b",
            "\u{fffd}a\u{fffd}",
            Some((1, "3 bytes that are no text, shown as \u{fffd}")),
        );
    }

    #[test]
    fn utf_32_is_refused_by_its_name() {
        assert_eq!(decode(b"\xff\xfe\0\0a\0\0\0"), Err(NotText::Utf32));
        assert_eq!(decode(b"\0\0\xfe\xff\0\0\0a"), Err(NotText::Utf32));
    }

    #[test]
    fn what_is_plainly_binary_is_refused() {
        let elf = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0";
        assert_eq!(decode(elf), Err(NotText::Binary));
        assert_eq!(decode(&[0; 100_000]), Err(NotText::Binary));
    }

    #[test]
    fn a_text_with_a_few_control_characters_is_a_text() {
        check(
            b"a plain text\x1b[31m, with\0 a nul",
            "a plain text\u{1b}[31m, with\0 a nul",
            None,
        );
    }
}
