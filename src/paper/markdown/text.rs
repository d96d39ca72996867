//! Running text: emphasis, links, and the brackets that notes are told by.

use std::sync::Arc;

use pulldown_cmark::LinkType;

use super::Reader;
use crate::paper::clean::{Space, clean_address};
use crate::paper::inline::{Closed, Opens};
use crate::paper::rich::Rich;
use crate::paper::{Kind, Nest, Style, bare_links, html, split};

impl Reader<'_> {
    pub(super) fn text(&mut self, text: &str, at: usize, length: usize) {
        if self.is_in_html() {
            self.html(text);
            return;
        }
        self.ensure_leaf(at);
        if self.is_in_code() {
            self.inline.push(text, Space::Kept);
        } else if length == 1 && text == "[" {
            self.open_bracket(at);
        } else if length == 1 && text == "]" && !self.is_escaped(at) {
            self.close_bracket(at);
        } else {
            self.inline.push(text, Space::Folded);
        }
        self.note_hidden(at);
    }

    fn open_bracket(&mut self, at: usize) {
        if self.is_escaped(at) {
            self.inline.push("[", Space::Folded);
            return;
        }
        let is_note = self.follows_caret(at);
        self.inline.push("[", Space::Folded);
        if is_note {
            self.inline.open_bracket(Opens::Note, "^[".len());
        } else {
            self.inline.open_bracket(Opens::Text, "[".len());
        }
    }

    fn close_bracket(&mut self, at: usize) {
        match self.inline.close_bracket() {
            Closed::Text => self.inline.push("]", Space::Folded),
            Closed::Note(note) => self.add_inline_note(note, at),
            Closed::Marker(label) => self.cite(&label, at),
        }
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, to: &str, at: usize) {
        self.ensure_leaf(at);
        if self.markdown.as_bytes().get(at) == Some(&b'[') && self.follows_caret(at) {
            self.inline.open_bracket(Opens::LinkNote, "^".len());
        }
        let address = match link_type {
            LinkType::Email => address(&format!("mailto:{to}")),
            _ => address(to),
        };
        self.inline.open_link(address);
    }

    pub(super) fn end_link(&mut self, at: usize) {
        self.inline.close();
        if let Some(note) = self.inline.close_link_note() {
            self.add_inline_note(note, at);
        }
    }

    /// Whether the character at the offset comes right after a `^` that is text.
    fn follows_caret(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let is_caret = self.markdown.as_bytes().get(before) == Some(&b'^');
        is_caret && self.inline.ends_with('^') && !self.is_escaped(before)
    }

    /// Whether an odd number of backslashes stands before the offset.
    fn is_escaped(&self, at: usize) -> bool {
        let before = self.markdown.as_bytes().get(..at).unwrap_or_default();
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
        slashes.count() % 2 == 1
    }

    pub(super) fn cite(&mut self, label: &str, at: usize) {
        let line = self.line(at);
        let note = self.draft.notes.cite(label, line);
        self.inline.push_marker(note, line);
    }

    fn add_inline_note(&mut self, mut note: Rich, at: usize) {
        let line = self.line(at);
        bare_links::link(&mut note);
        let id = self.draft.notes.add_inline(line);
        for (part, rich) in split::parts(note).into_iter().enumerate() {
            let number = (part == 0).then_some(0);
            let nesting = vec![Nest::Note { number }];
            let mut block = rich.into_block(Kind::Paragraph, nesting, line);
            block.tight = part > 0;
            self.draft.notes.push_block(id, block);
        }
        self.inline.push_marker(id, line);
    }

    pub(super) fn open_style(&mut self, style: Style, at: usize) {
        self.ensure_leaf(at);
        self.inline.open_style(style);
    }

    /// Takes in a tag of HTML in running text; of most only what they enclose is kept.
    pub(super) fn tag(&mut self, tag: &str, at: usize) {
        match html::style_of(tag) {
            Some((style, true)) => {
                self.ensure_leaf(at);
                self.inline.open_tag(style);
            }
            Some((style, false)) => self.inline.close_tag(style),
            None => {}
        }
    }

    pub(super) fn line_break(&mut self, at: usize) {
        self.ensure_leaf(at);
        if self.is_in_table() {
            self.inline.push(" ", Space::Folded);
        } else {
            self.inline.push_line_end();
        }
    }
}

pub(super) fn address(url: &str) -> Arc<str> {
    clean_address(url).into()
}
