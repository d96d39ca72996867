//! The order in which what stands in notes is read: not where a note is defined, but where its
//! marker stands.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

/// The label of a note is at most so many bytes long.
const MAX_LABEL_BYTES: usize = 300;

/// Where the notes of a source are defined and called.
#[derive(Debug, Default)]
pub(super) struct NoteOrder<'a> {
    /// By start, apart from each other.
    definitions: Vec<(Range<usize>, &'a str)>,
    /// Where the first marker of a note stands.
    markers: HashMap<&'a str, usize>,
}

impl<'a> NoteOrder<'a> {
    pub(super) fn new(markdown: &'a str) -> Self {
        let mut order = NoteOrder {
            definitions: definitions(markdown),
            ..NoteOrder::default()
        };
        for at in memmem::find_iter(markdown.as_bytes(), b"[^") {
            let label = markdown.get(at..).and_then(label);
            let found = order
                .definitions
                .binary_search_by_key(&at, |(range, _)| range.start);
            if let Some(label) = label.filter(|_| found.is_err()) {
                order.markers.entry(label).or_insert(at);
            }
        }
        order
    }

    /// What tells whether a place is read before another: less is before.
    pub(super) fn rank(&self, at: usize) -> (usize, usize) {
        let before = self
            .definitions
            .partition_point(|(range, _)| range.start <= at);
        let definition = before
            .checked_sub(1)
            .and_then(|last| self.definitions.get(last));
        match definition.filter(|(range, _)| at < range.end) {
            Some((_, label)) => {
                let marker = self.markers.get(label).copied();
                (marker.unwrap_or(usize::MAX), at)
            }
            None => (at, at),
        }
    }
}

/// The definitions of notes, each up to a quote, or to what stands behind a blank line, that is not
/// indented.
fn definitions(markdown: &str) -> Vec<(Range<usize>, &str)> {
    let mut all: Vec<(Range<usize>, &str)> = Vec::new();
    let (mut at, mut is_open, mut is_behind_blank) = (0, false, false);
    // How many quotes the last one stands in.
    let mut quotes = 0;
    for line in markdown.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '>']);
        let indent = line.len() - content.len();
        if let Some(label) = label(content).filter(|label| {
            content
                .get(label.len() + "[^]".len()..)
                .is_some_and(|rest| rest.starts_with(':'))
        }) {
            all.push((at + indent..at + line.len(), label));
            (is_open, is_behind_blank) = (true, false);
            quotes = line
                .bytes()
                .take(indent)
                .filter(|byte| *byte == b'>')
                .count();
        } else {
            let rest = within_quotes(line, quotes);
            let words = rest.trim_start_matches(' ');
            let is_blank = words.trim().is_empty();
            let is_indented = rest.len() - words.len() > 1 || words.starts_with('\t');
            let goes_on = !is_behind_blank && !words.starts_with('>');
            is_open &= is_blank || is_indented || goes_on;
            is_behind_blank = is_blank;
            if let Some((range, _)) = all.last_mut().filter(|_| is_open) {
                range.end = at + line.len();
            }
        }
        at += line.len();
    }
    all
}

/// A line without the signs of so many quotes, as far as it has them.
fn within_quotes(line: &str, quotes: usize) -> &str {
    let mut rest = line;
    for _ in 0..quotes {
        let Some(inner) = rest.trim_start_matches(' ').strip_prefix('>') else {
            break;
        };
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

/// The label of the marker that the text begins with.
fn label(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("[^")?;
    let near = inner.get(..inner.floor_char_boundary(MAX_LABEL_BYTES))?;
    let label = near.get(..near.find([']', '[', '\n', ' '])?)?;
    let closes = near.get(label.len()..)?.starts_with(']');
    (closes && !label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_note_says_is_read_where_its_marker_stands() {
        let text = "A[^b]. X\n\n[^a]: Y\n\n    more P\n\nC[^a] Z.\n\n[^b]: Q\nlazy R\n\nS\n";
        let order = NoteOrder::new(text);
        let mut letters: Vec<char> = "XYPZQRS".chars().collect();
        letters.sort_by_key(|letter| order.rank(text.find(*letter).unwrap()));
        assert_eq!(letters.iter().collect::<String>(), "QRXYPZS");
    }

    #[test]
    fn a_quote_behind_a_note_is_none_of_its_words() {
        for (text, quoted) in [
            ("A[^a] B\n\n[^a]: Y\n\n> Q\n", false),
            ("A[^a] B\n\n[^a]: Y\n> Q\n", false),
            ("A[^a] B\n\n[^a]: Y\n\n    > Q\n", true),
            ("> A[^a] B\n>\n> [^a]: Y\n>\n>     Q\n", true),
            ("> A[^a] B\n>\n> [^a]: Y\n>\n> Q\n", false),
            ("> A[^a] B\n>\n> [^a]: Y\n>\n> > Q\n", false),
        ] {
            let order = NoteOrder::new(text);
            let rank = |sign: &str| order.rank(text.find(sign).unwrap());
            assert_eq!(rank("Q") < rank("B"), quoted, "{text}");
            assert!(rank("Y") < rank("B"), "{text}");
        }
    }
}
