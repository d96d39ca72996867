//! Comments in inline notes: one on a line of its own ends a paragraph of CommonMark, and would tear
//! the note apart that is open there. Pandoc, whose notes these are, reads on behind it.

use super::MaskedKind;
use super::blocks::BlockScanner;
use super::context::InnerLine;

/// An inline note begins no more than so far before a comment in it, in bytes.
const MAX_NOTE_BYTES: usize = 4096;

impl<'a> BlockScanner<'a, '_> {
    /// Hides the comment that is all of the line, if a note is open before it; returns where the
    /// next line begins.
    pub(super) fn comment_in_note(&mut self, line: &InnerLine<'a>) -> Option<usize> {
        let content = line.content.trim_end();
        let is_comment = content.starts_with("<!--") && content.ends_with("-->");
        let paragraph = self.context.paragraph;
        if !is_comment || paragraph.lines == 0 || paragraph.quotes != line.quotes {
            return None;
        }
        let near = paragraph.start.max(line.at.saturating_sub(MAX_NOTE_BYTES));
        let before = self
            .source
            .get(self.source.ceil_char_boundary(near)..line.at)?;
        if !is_note_open(before) {
            return None;
        }
        let start = line.start();
        self.found
            .hide(start..start + content.len(), MaskedKind::Nothing);
        self.context.paragraph.lines += 1;
        Some(line.end)
    }
}

/// Whether an inline note has begun in the text that has not ended in it.
fn is_note_open(before: &str) -> bool {
    let mut unclosed = 0_usize;
    for (at, byte) in before.bytes().enumerate().rev() {
        match byte {
            b']' => unclosed += 1,
            b'[' if unclosed > 0 => unclosed -= 1,
            b'[' => return before.get(..at).is_some_and(|text| text.ends_with('^')),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::formats::outline::check;

    #[test]
    fn a_comment_on_a_line_of_an_inline_note_does_not_end_it() {
        check(
            "One.^[\nThe first.\n<!-- Not [this]. -->\nIts end.\n] Two.^[The second.\n<!-- Nor this. -->\n] End.",
            "One.[1] Two.[2] End.
             # Notes
             (1) The first. Its end.
             (2) The second.",
        );
    }

    #[test]
    fn a_comment_elsewhere_ends_a_paragraph_as_before() {
        check("One [a\n<!-- b -->\nTwo.", "One [a\nTwo.");
    }
}
