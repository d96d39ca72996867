//! The beginning of a long text, from the ends of its file, before all of it is there.

use std::borrow::Cow;

use super::decode::decode;
use super::detect::{FileKind, detect};
use super::{Format, ReadOptions, loose, markdown};
use crate::paper::Parsed;

/// What a long file begins and ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEnds {
    /// Its first bytes, more than the beginning of the paper has.
    pub head: Vec<u8>,
    /// Its last ones, where most papers have their notes.
    pub tail: Vec<u8>,
}

impl FileEnds {
    /// The beginning of the paper, if it is Markdown in UTF-8 and all that is cited in the beginning is
    /// defined in one of the ends. What else there is must be read as a whole.
    #[must_use]
    pub fn beginning(&self, options: &ReadOptions<'_>) -> Option<Parsed> {
        let format = match (detect(&self.head), options.from) {
            (_, Some(format)) | (FileKind::Paper(format), None) => format,
            (FileKind::Gzip | FileKind::Archive | FileKind::Foreign(_), None) => return None,
        };
        let (head, tail) = (first_lines(&self.head)?, last_lines(&self.tail)?);
        let is_markdown = match format {
            Format::Markdown => true,
            // Without notes of its own it may be what a converter has left.
            Format::Text => !options.mends || [head, tail].into_iter().any(loose::has_definitions),
            _ => false,
        };
        let is_told = is_markdown && options.encoding.is_none();
        is_told.then(|| markdown::read_beginning((head, tail), options))?
    }
}

/// The lines at the start of a file that these bytes have whole.
fn first_lines(bytes: &[u8]) -> Option<&str> {
    let end = memchr::memrchr(b'\n', bytes)?;
    let decoded = decode(bytes.get(..=end)?).ok()?;
    match (decoded.text, decoded.problem) {
        (Cow::Borrowed(text), None) => Some(text),
        _ => None,
    }
}

/// The lines at the end of a file that these bytes have whole, from the line end before them on.
fn last_lines(bytes: &[u8]) -> Option<&str> {
    let start = memchr::memchr(b'\n', bytes)?;
    str::from_utf8(bytes.get(start..)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning as the ends of a long file tell it.
    fn beginning(head: &str, tail: &[u8], options: &ReadOptions<'_>) -> Option<Parsed> {
        let filler = "Words of a paragraph that nobody reads to its end.\n\n".repeat(2_000);
        let ends = FileEnds {
            head: format!("{head}\n\n{filler}\n[^0]: The last.\n").into_bytes(),
            tail: [b"\xa4 cut\n", tail].concat(),
        };
        ends.beginning(options)
    }

    #[test]
    fn a_note_that_is_defined_at_the_end_is_had_at_the_beginning() {
        let usual = ReadOptions::default();
        let parsed = beginning("# One\n\nWords.[^1]", b"[^1]: Its *note*.\n", &usual).unwrap();
        assert!(parsed.paper.is_beginning);
        assert_eq!(parsed.paper.notes.len(), 1);
        assert!(parsed.problems.is_empty(), "{:?}", parsed.problems);
    }

    #[test]
    fn what_the_ends_do_not_tell_waits_for_the_whole() {
        let usual = ReadOptions::default();
        let is_told = |head: &str, tail: &[u8], options: &ReadOptions<'_>| {
            beginning(head, tail, options).is_some()
        };
        assert!(is_told("Words.[^1][^2]", b"[^1]: A.\n[^2]: B.\n", &usual));
        // A note, or the address of a link, may be anywhere between.
        assert!(!is_told("Words.[^1]", b"[^2]: Another.\n", &usual));
        assert!(!is_told("A [link][by name].", b"[^1]: A.\n", &usual));
        // Not in UTF-8.
        assert!(!is_told("Words.", b"\n[^1]: caf\xe9\n", &usual));
        let encoding = Some(encoding_rs::WINDOWS_1252);
        let named = ReadOptions { encoding, ..usual };
        assert!(!is_told("Words.", b"[^1]: A.\n", &named));
        // In another format, or packed.
        assert!(!is_told(
            "<!DOCTYPE html>\n<p>Words.",
            b"[^1]: A.\n",
            &usual
        ));
        assert!(!is_told("%PDF-1.7\n", b"[^1]: A.\n", &usual));
    }

    #[test]
    fn what_may_be_a_converters_is_read_whole_before_it_is_shown() {
        let filler = "Words of a paragraph.\n\n".repeat(4_000).into_bytes();
        let (head, tail) = (filler.clone(), filler);
        let ends = FileEnds { head, tail };
        assert!(ends.beginning(&ReadOptions::default()).is_none());
        let as_is = ReadOptions {
            mends: false,
            ..ReadOptions::default()
        };
        assert!(ends.beginning(&as_is).is_some());
    }
}
