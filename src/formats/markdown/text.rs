//! Running text: emphasis, links, and the brackets that notes are told by.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::brackets::Opens;
use super::shape::BEFORE_INLINE;
use super::{MarkdownReader, html};
use crate::paper::{SourceLocation, Style};

impl MarkdownReader<'_> {
    /// Takes in a text of which the first byte may be the sign that keeps blocks away.
    pub(super) fn text_behind_guard(&mut self, text: &str, at: usize, length: usize) {
        let guard = BEFORE_INLINE.len();
        match text.strip_prefix(BEFORE_INLINE) {
            Some("") if self.is_inline && at == 0 => {}
            Some(rest) if self.is_inline && at == 0 => {
                self.text(rest, guard, length.saturating_sub(guard));
            }
            _ => self.text(text, at, length),
        }
    }

    pub(super) fn text(&mut self, text: &str, at: usize, length: usize) {
        let typed = self.as_typed(text, &(at..at + length));
        if self.html.is_some() {
            return self.html(typed);
        }
        if self.is_in_shape || self.is_put_back(&(at..at + length)) {
            return;
        }
        self.ensure_block(at);
        if self.builder.is_in_code() {
            self.push_code_lines(typed);
        } else if length == 1 && text == "[" {
            self.open_bracket(at);
        } else if length == 1 && text == "]" && !self.is_escaped(at) {
            self.close_bracket(at);
        } else {
            self.running_text(text, at);
        }
        self.place_hidden(at);
    }

    fn open_bracket(&mut self, at: usize) {
        let is_note = self.follows_caret(at);
        self.builder.push_spaced("[");
        if self.is_escaped(at) {
            // Text, and no more.
        } else if is_note {
            self.push_bracket(Opens::Note, "^[".len());
        } else {
            self.push_bracket(Opens::Text, "[".len());
        }
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, to: &str, range: &Range<usize>) {
        let at = range.start;
        self.ensure_block(at);
        if self.markdown.as_bytes().get(at) == Some(&b'[') && self.follows_caret(at) {
            self.push_bracket(Opens::LinkNote, "^".len());
        }
        match link_type {
            _ if self.is_templated(range) => self.builder.open_idle_link(),
            _ if self.is_gitbooks(to, range.end) => self.builder.open_idle_link(),
            LinkType::Email => self.builder.open_link(&format!("mailto:{to}")),
            _ => self.builder.open_link(to),
        }
    }

    /// Whether the link is one that GitBook puts around the words before a marker: it leads to a
    /// place of GitBook's own page, and where the marker leads anyway.
    fn is_gitbooks(&self, to: &str, end: usize) -> bool {
        let behind = self.markdown.get(end..).unwrap_or_default();
        to.starts_with("#user-content-fn-") && behind.starts_with("[^")
    }

    /// Whether a generator of sites is to put in where the link leads.
    fn is_templated(&self, range: &Range<usize>) -> bool {
        let source = self.typed.get(range.clone()).unwrap_or_default();
        let address = source.rfind("](").map(|at| range.start + at + "](".len());
        let address = address.filter(|at| {
            let rest = self.typed.get(*at..).unwrap_or_default();
            rest.starts_with("{{") || rest.starts_with("{%")
        });
        let hidden = address.and_then(|at| self.hidden_from(at));
        hidden.is_some_and(|hidden| Some(hidden.range.start) == address)
    }

    pub(super) fn end_link(&mut self, at: usize) {
        self.close();
        self.close_link_note(at);
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) {
        self.builder.close();
        self.drop_deep_brackets();
    }

    /// Whether the character at the offset comes right after a `^` that is text.
    fn follows_caret(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let is_caret = self.markdown.as_bytes().get(before) == Some(&b'^');
        is_caret && self.builder.open_text().ends_with('^') && !self.is_escaped(before)
    }

    /// Whether an odd number of backslashes stands before the offset.
    pub(super) fn is_escaped(&self, at: usize) -> bool {
        let before = self.markdown.as_bytes().get(..at).unwrap_or_default();
        let slashes = before.iter().rev().take_while(|byte| **byte == b'\\');
        slashes.count() % 2 == 1
    }

    pub(super) fn cite(&mut self, label: &str, at: usize) {
        self.locate(at);
        self.builder.cite(label);
    }

    pub(super) fn open_style(&mut self, style: Style, at: usize) {
        self.ensure_block(at);
        self.builder.open_style(style);
    }

    /// Takes in a tag of HTML in running text; of most only what they enclose is kept.
    pub(super) fn tag(&mut self, tag: &str, at: usize) {
        match html::style_of(tag) {
            Some((style, true)) => {
                self.ensure_block(at);
                self.builder.open_tag(style);
            }
            Some((style, false)) => {
                self.builder.close_tag(style);
                self.drop_deep_brackets();
            }
            None => self.linking_tag(tag, at),
        }
    }

    /// Takes in a tag of a link or an image in running text.
    fn linking_tag(&mut self, tag: &str, at: usize) {
        match html::name(tag).as_str() {
            "a" if let Some(address) = html::attribute(tag, "href") => {
                self.ensure_block(at);
                // Converters escape the sign as if the address were Markdown.
                let address = address.replace("%5C_", "_").replace(r"\_", "_");
                self.builder.open_tag_link(&address);
            }
            "/a" => {
                self.builder.close_tag_link();
                self.drop_deep_brackets();
            }
            "img" if let Some(words) = html::attribute(tag, "alt") => {
                self.ensure_block(at);
                let address = html::attribute(tag, "src").unwrap_or_default();
                self.builder.open_image(&address);
                self.builder.push_spaced(&words);
                self.builder.close();
            }
            _ => {}
        }
    }

    pub(super) fn line_break(&mut self, at: usize) {
        self.ensure_block(at);
        self.builder.line_break();
    }

    /// Says where the first hidden character is, if that is here.
    pub(super) fn place_hidden(&mut self, at: usize) {
        if self.builder.has_unplaced_hidden() {
            let line = self.line(at);
            self.builder.place_hidden(SourceLocation::Line(line));
        }
    }
}
