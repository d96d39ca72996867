//! Brackets that are notes: Pandoc's inline notes, and markers of notes that are never defined.
//!
//! Both come from pulldown-cmark as plain brackets. They are told here: a bracket pairs with the
//! next free one that closes at the same depth of emphasis and links.

use super::MarkdownReader;
use crate::paper::TextMark;

/// An opening bracket that waits for its other half.
#[derive(Debug)]
pub(super) struct Bracket {
    pub(super) opens: Opens,
    depth: usize,
    /// Before the bracket, and a note's `^`.
    pub(super) mark: TextMark,
}

/// What an opening bracket opens, should it be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    Text,
    Note,
    /// A note whose brackets CommonMark has taken for a link's: `^[text](address)`.
    LinkNote,
}

impl MarkdownReader<'_> {
    /// Notes that a bracket opens here; its text, with a note's `^`, is so many bytes long and is
    /// the last of the open text.
    pub(super) fn push_bracket(&mut self, opens: Opens, bytes: usize) {
        self.brackets.push(Bracket {
            opens,
            depth: self.builder.depth(),
            mark: self.builder.mark_before(bytes),
        });
    }

    /// Closes the bracket that was opened last at this depth. The closing bracket itself is not
    /// in the text yet.
    pub(super) fn close_bracket(&mut self, at: usize) {
        let depth = self.builder.depth();
        let open = self.brackets.pop_if(|open| open.depth == depth);
        match open {
            Some(open) if open.opens != Opens::Text => self.make_note(&open, at),
            Some(open) if let Some(curly) = self.attributes_at(at + 1) => {
                self.set_span(&open.mark, &curly);
            }
            Some(open) => match self.undefined_label(&open, at) {
                Some(label) => {
                    self.scripts.retain(|sign| sign.mark.is_before(&open.mark));
                    self.builder.take_back_to(&open.mark);
                    self.cite(&label, at);
                }
                None => self.builder.push_spaced("]"),
            },
            None => self.builder.push_spaced("]"),
        }
    }

    /// Closes the link that was taken for an inline note's brackets, if there is one.
    pub(super) fn close_link_note(&mut self, at: usize) {
        let depth = self.builder.depth();
        let open = self
            .brackets
            .pop_if(|open| open.depth == depth && open.opens == Opens::LinkNote);
        if let Some(open) = open {
            self.make_note(&open, at);
        }
    }

    /// Forgets the brackets that were opened in what has been closed.
    pub(super) fn drop_deep_brackets(&mut self) {
        let depth = self.builder.depth();
        while self.brackets.last().is_some_and(|open| open.depth > depth) {
            self.brackets.pop();
        }
        self.drop_deep_scripts();
    }

    fn make_note(&mut self, open: &Bracket, at: usize) {
        let sign = if open.opens == Opens::Note { "^[" } else { "^" };
        self.locate(at);
        self.scripts.retain(|sign| sign.mark.is_before(&open.mark));
        self.builder.make_note_since(&open.mark, sign.len());
    }

    /// The label between the brackets, if that is all there is between them and it may be one;
    /// `at` is where the closing bracket is.
    fn undefined_label(&self, open: &Bracket, at: usize) -> Option<String> {
        let text = self.builder.plain_text_since(&open.mark)?;
        let label = text.strip_prefix("[^")?;
        let bytes = self.markdown.as_bytes();
        let before = at
            .checked_sub(text.len() + 1)
            .and_then(|before| bytes.get(before));
        let after = bytes.get(at + 1);
        let is_repeated = match after {
            Some(b'+' | b'?' | b'{') => true,
            // A star may as well begin or end emphasis.
            Some(b'*') => {
                let next = bytes.get(at + 2).copied().unwrap_or_default();
                self.builder.depth() == 0 && next != b'*' && !next.is_ascii_alphanumeric()
            }
            _ => false,
        };
        let is_quoted = before == after && matches!(after, Some(b'"' | b'\'' | b'/'));
        (is_label(label) && !is_repeated && !is_quoted).then(|| label.to_owned())
    }
}

/// Whether a note that is never defined may have this label; else it is some other text, such as
/// a part of a regular expression.
pub(super) fn is_label(label: &str) -> bool {
    let is_sound = |char: char| char.is_alphanumeric() || "-_.:".contains(char);
    let is_range = ["a-z", "A-Z", "0-9"]
        .iter()
        .any(|range| label.contains(range));
    !label.is_empty() && label.chars().all(is_sound) && !is_range
}
