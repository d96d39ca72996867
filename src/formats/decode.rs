//! The bytes of a file as text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use super::lines::{LineCounter, unified};
use crate::paper::{Problem, ProblemKind, SourceLocation};

/// A file's text, and what was wrong with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// What was read.
    pub text: Cow<'a, str>,
    /// In what encoding the text was taken to be, if it is not UTF-8, or how many bytes are shown
    /// as `�`; with the line of the first byte concerned.
    pub problem: Option<Problem>,
}

/// Why bytes are not taken for a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotText {
    /// It holds what no text holds.
    #[error("this is a binary file, not a text")]
    Binary,
    /// It is in UTF-32.
    #[error("this is text in UTF-32; opcit reads UTF-8, UTF-16 and what browsers read")]
    Utf32,
}

/// Bytes at a file's start in which a binary file is told.
const LOOKED_AT: usize = 8 * 1024;

/// So many bytes from the first on that is not ASCII are looked at to guess an encoding.
const GUESSED_FROM: usize = 64 * 1024;

/// Reads bytes as UTF-8, or as UTF-16 if they begin with its mark. Text that is plainly in
/// neither is read as a browser would, in the encoding that its letters suggest. A mark is taken
/// off; what is not a character stands as `�`.
///
/// # Errors
///
/// [`NotText::Binary`] if, without a mark of UTF-16, too many of the first 8 KiB are control bytes
/// that no text has; [`NotText::Utf32`] for a file that begins with the mark of UTF-32.
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
    let marked = bytes.strip_prefix("\u{feff}".as_bytes());
    match str::from_utf8(marked.unwrap_or(bytes)) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            problem: None,
        }),
        Err(_) => Ok(match marked {
            Some(rest) => replace_bad_utf8(rest),
            None if is_mostly_utf8(bytes) => replace_bad_utf8(bytes),
            None => decode_guessed(bytes),
        }),
    }
}

/// Reads bytes in an encoding that somebody has named. A mark of another one counts more.
#[must_use]
pub fn decode_as<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, used, has_errors) = encoding.decode(bytes);
    let problem = has_errors.then(|| {
        let before = text.split(char::REPLACEMENT_CHARACTER).next();
        let line = line_after(before.unwrap_or_default());
        let encoding = used.name();
        Problem::new(
            SourceLocation::Line(line),
            ProblemKind::BytesNotIn { encoding },
        )
    });
    Decoded { text, problem }
}

/// Whether too many bytes act or mean nothing: one in ten, or, in what is not UTF-8 either, one in
/// twenty-five. A few are in many a text.
fn is_binary(bytes: &[u8]) -> bool {
    const FEW: usize = 4;
    let looked_at = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let is_foreign = |byte: &&u8| matches!(byte, 0..=6 | 14..=26 | 28..=31);
    let foreign = looked_at.iter().filter(is_foreign).count();
    let is_broken = || looked_at.utf8_chunks().count() > looked_at.len() / 50 + 2;
    foreign > FEW
        && (foreign * 10 > looked_at.len() || (foreign * 25 > looked_at.len() && is_broken()))
}

/// Whether the bytes are UTF-8 of which some are broken: there are far more characters of several
/// bytes than bytes that belong to none, or the text only ends within a character.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut bad, mut is_cut) = (0usize, 0usize, false);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        whole += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        let invalid = chunk.invalid();
        bad += usize::from(!invalid.is_empty());
        is_cut = chunks.peek().is_none()
            && str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
    }
    whole > bad.saturating_mul(4) || (bad == 1 && is_cut)
}

/// Reads bytes in the encoding that their letters suggest.
fn decode_guessed(bytes: &[u8]) -> Decoded<'_> {
    let first = bytes.iter().position(|byte| !byte.is_ascii());
    let telling = bytes.get(first.unwrap_or(0)..).unwrap_or_default();
    let telling = telling.get(..GUESSED_FROM).unwrap_or(telling);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(telling, telling.len() < GUESSED_FROM);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let before = bytes.get(..first.unwrap_or(0)).unwrap_or_default();
    Decoded {
        text,
        problem: Some(Problem::new(
            SourceLocation::Line(line_after(&String::from_utf8_lossy(before))),
            ProblemKind::EncodingAssumed {
                encoding: encoding.name(),
            },
        )),
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
        let before = text.get(..self.first).unwrap_or_default();
        let count = self.bytes;
        let problem = (count > 0).then(|| {
            let location = SourceLocation::Line(line_after(before));
            Problem::new(location, ProblemKind::BytesLost { count })
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
    LineCounter::new(&text).at(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, problem: Option<(u32, &str)>) {
        let decoded = decode(bytes).expect("a text");
        assert_eq!(decoded.text, text);
        let found = decoded.problem.as_ref();
        let found = found.map(|problem| (problem.location.line().unwrap(), problem.message()));
        let problem = problem.map(|(line, message)| (line, message.to_owned()));
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
    fn bad_bytes_among_good_ones_are_shown_and_counted_from_the_first() {
        let good = "é".repeat(20);
        check(
            &[good.as_bytes(), b"\r\nb\xff\nc\xe2\x82"].concat(),
            &format!("{good}\r\nb\u{fffd}\nc\u{fffd}"),
            Some((2, "3 bytes that are no text, shown as \u{fffd}")),
        );
        check(
            b"cut in a character\xe2\x82",
            "cut in a character\u{fffd}",
            Some((1, "2 bytes that are no text, shown as \u{fffd}")),
        );
    }

    #[test]
    fn text_that_is_not_utf_8_is_read_as_a_browser_would_and_said_to_be() {
        check(
            b"one\nna\xefve \x93caf\xe9\x94",
            "one\nnaïve “café”",
            Some((
                2,
                "this is not UTF-8, and was read as windows-1252; --encoding names another",
            )),
        );
        let russian = "Сноска стоит там, где её читают.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        let decoded = decode(&bytes).expect("a text");
        assert_eq!(decoded.text, russian);
        assert!(decoded.problem.unwrap().message().contains("windows-1251"));
    }

    #[test]
    fn an_encoding_that_is_named_counts() {
        let decoded = decode_as(b"\xa4", encoding_rs::ISO_8859_15);
        assert_eq!((decoded.text.as_ref(), decoded.problem), ("€", None));
        let decoded = decode_as(b"a\n\xff", encoding_rs::UTF_8);
        assert_eq!(decoded.text, "a\n\u{fffd}");
        assert_eq!(decoded.problem.unwrap().location, SourceLocation::Line(2));
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
    fn random_bytes_are_binary_and_a_nul_among_letters_is_not() {
        let mut dice = crate::paper::dice::Dice::new(1);
        let bytes: Vec<u8> = (0..100_000)
            .map(|_| u8::try_from(dice.below(256)).unwrap())
            .collect();
        assert_eq!(decode(&bytes), Err(NotText::Binary));
        check(b"# a\0b\n", "# a\0b\n", None);
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
