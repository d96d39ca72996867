//! Running text: words, emphasis, links, images and line ends.

use super::inline::TextMark;
use super::{OpenKind, PaperBuilder};
use crate::paper::Style;
use crate::paper::clean::{Space, clean_address};

impl PaperBuilder {
    /// Adds text, of which white space folds as in HTML: a run of it is one space, and there is
    /// none at the start of a block or a line. White space between blocks begins none.
    pub fn push_text(&mut self, text: &str) {
        let mut words = text.split(|char: char| char.is_ascii_whitespace());
        // Before the first word there is a space only if there is white space.
        self.push_word(words.next().unwrap_or_default());
        for word in words {
            self.part_words();
            self.push_word(word);
        }
    }

    /// Adds text whose spaces are as the author set them. Tabs and line ends are spaces too.
    pub fn push_spaced(&mut self, text: &str) {
        self.ensure_text();
        self.inline.push(text, Space::Folded);
    }

    /// Adds text of which line ends stay, and tabs reach to the next stop, as in code.
    pub fn push_verbatim(&mut self, text: &str) {
        self.ensure_text();
        let space = if self.is_in_table() {
            Space::Folded
        } else {
            Space::Kept
        };
        self.inline.push(text, space);
    }

    /// Adds a stretch of code within running text.
    pub fn push_code(&mut self, code: &str) {
        self.ensure_text();
        self.inline.push_code(code);
    }

    /// Adds a formula in TeX within running text, with the signs around it.
    pub fn push_formula(&mut self, formula: &str) {
        self.ensure_text();
        self.inline.push_formula(formula);
    }

    /// Ends the line; in a table's cell it is a space.
    pub fn line_break(&mut self) {
        self.ensure_text();
        if self.is_in_table() {
            self.inline.push(" ", Space::Folded);
        } else {
            self.inline.push_line_end();
        }
    }

    /// Sets what follows in a style, until it is closed.
    pub fn open_style(&mut self, style: Style) {
        self.ensure_text();
        self.inline.open_style(style);
    }

    /// Begins what a tag such as `<sup>` sets differently. Without its end it sets nothing.
    pub(crate) fn open_tag(&mut self, style: Style) {
        self.ensure_text();
        self.inline.open_tag(style);
    }

    /// Ends what the innermost tag of this style has begun, unless something else is open in it.
    pub(crate) fn close_tag(&mut self, style: Style) {
        self.inline.close_tag(style);
    }

    /// Begins the link of a tag of HTML. Without its end it leads nowhere.
    pub(crate) fn open_tag_link(&mut self, address: &str) {
        self.ensure_text();
        self.inline.open_tag_link(clean_address(address).into());
    }

    /// Ends the innermost link of a tag, unless something but tags is open in it.
    pub(crate) fn close_tag_link(&mut self) {
        self.inline.close_tag_link();
    }

    /// Makes what follows a link, until it is closed. `#id` leads to the heading or the anchor of
    /// that id. A link within a link leads nowhere.
    pub fn open_link(&mut self, address: &str) {
        self.ensure_text();
        self.inline.open_link(clean_address(address).into());
    }

    /// Begins what is a link in the source but leads nowhere here, until it is closed.
    pub(crate) fn open_idle_link(&mut self) {
        self.ensure_text();
        self.inline.open_idle_link();
    }

    /// Begins an image, for which its description stands; that is what follows, until it is
    /// closed.
    pub fn open_image(&mut self, address: &str) {
        self.ensure_text();
        self.inline.open_image(clean_address(address).into());
    }

    /// Closes the style, the link or the image that was opened last in this block.
    pub fn close(&mut self) {
        self.inline.close();
    }

    /// Puts a space after the words so far, if there are any on this line.
    pub(super) fn part_words(&mut self) {
        let is_apart = self.inline.text().is_empty()
            || self.inline.text().ends_with([' ', '\n', '\t'])
            || self.block.is_none();
        if !is_apart {
            self.inline.push(" ", Space::Folded);
        }
    }

    fn push_word(&mut self, word: &str) {
        if !word.is_empty() {
            self.ensure_text();
            self.inline.push(word, Space::Folded);
        }
    }

    /// Has a block begun, and in a table a cell, that text can go to.
    pub(super) fn ensure_text(&mut self) {
        self.ensure_block();
        self.ensure_cell();
    }

    /// The text of the open block so far.
    pub(crate) fn open_text(&self) -> &str {
        self.inline.text()
    }

    /// Whether the open block is code.
    pub(crate) fn is_in_code(&self) -> bool {
        let kind = self.block.as_ref().map(|block| &block.kind);
        matches!(kind, Some(OpenKind::Code { .. }))
    }

    /// How many styles, links and images are open.
    pub(crate) fn depth(&self) -> usize {
        self.inline.depth()
    }

    /// Takes the last bytes of the open block's text back.
    pub(crate) fn take_back(&mut self, bytes: usize) {
        self.inline.take_back(bytes);
    }

    /// The place before the last bytes of the open block's text.
    pub(crate) fn mark_before(&self, bytes: usize) -> TextMark {
        self.inline.mark_before(bytes)
    }

    /// Sets the text since the mark in a style that is over or under the line, but for its first
    /// bytes, which are left out.
    pub(crate) fn set_script_since(&mut self, mark: &TextMark, sign_bytes: usize, style: Style) {
        self.inline.set_script_since(mark, sign_bytes, style);
    }

    /// Sets the text since the mark in a style, or in none, but for its first bytes, which are left
    /// out.
    pub(crate) fn set_since(&mut self, mark: &TextMark, head_bytes: usize, style: Option<Style>) {
        self.inline.set_since(mark, head_bytes, style);
    }

    /// The text since the mark, whatever lies over it.
    pub(crate) fn text_since(&self, mark: &TextMark) -> &str {
        self.inline.text_since(mark)
    }

    /// The text since the mark, if nothing lies over it.
    pub(crate) fn plain_text_since(&self, mark: &TextMark) -> Option<&str> {
        self.inline.plain_text_since(mark)
    }

    /// Takes the text since the mark back.
    pub(crate) fn take_back_to(&mut self, mark: &TextMark) {
        self.inline.take_back_to(mark);
    }
}
