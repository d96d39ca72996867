//! Pandoc's `10^6^` and `CO~2~`: raised and lowered text, without a blank in it.
//!
//! They come from pulldown-cmark as plain text, but for `~x~` beside a word, which comes as struck.
//! A sign pairs with the next of its kind at the same depth of emphasis and links.

use std::ops::Range;

use super::MarkdownReader;
use crate::paper::{Style, TextMark};

/// A sign that waits for its other half.
#[derive(Debug)]
pub(super) struct ScriptSign {
    style: Style,
    depth: usize,
    /// Before the sign.
    pub(super) mark: TextMark,
}

impl MarkdownReader<'_> {
    /// Takes in a `^` or a `~` that stands alone at the offset of the Markdown.
    pub(super) fn script_sign(&mut self, sign: char, at: usize) {
        let style = match sign {
            '^' => Style::Raised,
            _ => Style::Lowered,
        };
        let depth = self.builder.depth();
        let open = self.scripts.iter().position(|open| open.style == style);
        let open = open.map(|open| self.scripts.swap_remove(open));
        let bytes = self.markdown.as_bytes();
        let after = bytes.get(at + 1).copied();
        let is_figure = after.is_some_and(|byte| byte.is_ascii_digit());
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let is_label = before == Some(&b'[');
        let closes = !is_figure && !is_label;
        if let Some(open) = open.filter(|open| open.depth == depth && closes)
            && self.is_script(&open)
        {
            self.brackets
                .retain(|bracket| bracket.mark.is_before(&open.mark));
            self.scripts
                .retain(|other| other.mark.is_before(&open.mark));
            self.builder
                .set_script_since(&open.mark, sign.len_utf8(), style);
            return;
        }
        self.builder.push_spaced(sign.encode_utf8(&mut [0; 4]));
        let opens = after.is_some_and(|after| !after.is_ascii_whitespace() && after != b'[');
        if opens && !is_label {
            let mark = self.builder.mark_before(sign.len_utf8());
            self.scripts.push(ScriptSign { style, depth, mark });
        }
    }

    /// Whether what stands behind the sign is something, and has no blank in it.
    fn is_script(&self, open: &ScriptSign) -> bool {
        let text = self.builder.text_since(&open.mark);
        let is_blank = |char: char| char.is_whitespace() && char != '\u{a0}';
        text.chars().nth(1).is_some() && !text.contains(is_blank)
    }

    /// What tildes around a text mean: two that it is struck; one as well, but as in Pandoc it is
    /// lowered if it has no blank.
    pub(super) fn tilde_style(&self, range: &Range<usize>) -> Style {
        let text = self.markdown.get(range.clone()).unwrap_or_default();
        if text.starts_with("~~") || text.contains(char::is_whitespace) {
            Style::Struck
        } else {
            Style::Lowered
        }
    }

    /// Forgets the signs that were opened in what has been closed.
    pub(super) fn drop_deep_scripts(&mut self) {
        let depth = self.builder.depth();
        self.scripts.retain(|open| open.depth <= depth);
    }
}
