//! A run of inline Markdown on its way to being a block's text.
//!
//! Pandoc's inline notes and notes that are never defined come from pulldown-cmark as plain
//! brackets. They are told here: a bracket pairs with the next free one that closes at the same
//! depth of emphasis and links.

use std::sync::Arc;

use super::clean::{Cleaner, Space};
use super::rich::Rich;
use super::{Link, Marker, NoteId, Span, Style, Target};

/// The text under construction. Its buffer serves one block after another.
#[derive(Debug, Default)]
pub(super) struct Inline {
    rich: Rich,
    cleaner: Cleaner,
    /// What is open, from the outside in.
    open: Vec<Open>,
    brackets: Vec<Bracket>,
    /// How many of the open ones are links or images; the outermost is the one that leads.
    open_links: usize,
}

/// Something that is open: emphasis, a link, an image.
#[derive(Debug)]
enum Open {
    Span(usize),
    /// A style that a tag of HTML begins, which only a tag ends.
    Tag {
        span: usize,
        style: Style,
    },
    Link {
        link: Option<usize>,
    },
    Image {
        link: Option<usize>,
        span: usize,
        description: usize,
    },
}

/// An opening bracket that waits for its other half.
#[derive(Debug)]
struct Bracket {
    opens: Opens,
    depth: usize,
    /// Where the bracket, with a note's `^`, stands in the text.
    at: usize,
    spans: usize,
    links: usize,
    markers: usize,
}

/// What an opening bracket opens, should it be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opens {
    Text,
    Note,
    /// A note whose brackets CommonMark has taken for a link's: `^[text](address)`.
    LinkNote,
}

/// What a closing bracket has closed.
#[derive(Debug)]
pub(super) enum Closed {
    Text,
    /// An inline note; its text is taken out.
    Note(Rich),
    /// A marker with this label, which pulldown-cmark found no note for; it is taken out.
    Marker(String),
}

impl Inline {
    /// How many characters have been shown by a sign or left out since the paper's start.
    pub(super) fn hidden(&self) -> usize {
        self.cleaner.hidden
    }

    /// Bytes of text so far.
    pub(super) fn len(&self) -> usize {
        self.rich.text.len()
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.rich.text
    }

    pub(super) fn ends_with(&self, char: char) -> bool {
        self.rich.text.ends_with(char)
    }

    pub(super) fn push(&mut self, text: &str, space: Space) {
        self.cleaner.push(&mut self.rich.text, text, space);
    }

    /// Sets a line end of the author's own.
    pub(super) fn push_line_end(&mut self) {
        self.push("\n", Space::Kept);
    }

    /// Sets the tab that parts two cells of a table.
    pub(super) fn push_cell_end(&mut self) {
        self.cleaner.restart();
        self.rich.text.push('\t');
    }

    /// Forgets the brackets that are still open, since none reaches out of a table's cell.
    pub(super) fn drop_brackets(&mut self) {
        self.brackets.clear();
    }

    pub(super) fn push_code(&mut self, code: &str) {
        let span = self.open_span(Style::Code);
        self.push(code, Space::Folded);
        self.close_span(span);
    }

    pub(super) fn push_marker(&mut self, note: usize, line: u32) {
        self.rich.markers.push(Marker {
            offset: self.len(),
            note: NoteId(note),
            number: 0,
            line,
        });
    }

    pub(super) fn open_style(&mut self, style: Style) {
        let span = self.open_span(style);
        self.open.push(Open::Span(span));
    }

    /// Begins what a tag such as `<sup>` sets differently.
    pub(super) fn open_tag(&mut self, style: Style) {
        let span = self.open_span(style);
        self.open.push(Open::Tag { span, style });
    }

    /// Ends what the innermost tag of this style has begun, unless something else is open in it.
    pub(super) fn close_tag(&mut self, wanted: Style) {
        let mut tags = self.open.iter().rev();
        let inner = tags
            .by_ref()
            .take_while(|open| matches!(open, Open::Tag { style, .. } if *style != wanted));
        let unclosed = inner.count();
        let is_open = self.open.iter().rev().nth(unclosed);
        if !matches!(is_open, Some(Open::Tag { .. })) {
            return;
        }
        self.open.truncate(self.open.len() - unclosed);
        if let Some(Open::Tag { span, .. }) = self.open.pop() {
            self.close_span(span);
        }
        self.drop_deeper_brackets();
    }

    pub(super) fn open_link(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        self.open.push(Open::Link { link });
    }

    /// Opens the stand-in for an image, which is its description.
    pub(super) fn open_image(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        if let Some(link) = link.and_then(|link| self.rich.links.get_mut(link)) {
            link.is_image = true;
        }
        let span = self.open_span(Style::Emphasis);
        self.push("[image: ", Space::Folded);
        let description = self.len();
        self.open.push(Open::Image {
            link,
            span,
            description,
        });
    }

    /// Closes what was opened last. A tag that is still open in it sets nothing.
    pub(super) fn close(&mut self) {
        while self
            .open
            .pop_if(|open| matches!(open, Open::Tag { .. }))
            .is_some()
        {}
        match self.open.pop() {
            Some(Open::Span(span)) => self.close_span(span),
            Some(Open::Link { link }) => self.close_link(link),
            Some(Open::Image {
                link,
                span,
                description,
            }) => {
                if self.len() == description {
                    self.take_back(": ".len());
                }
                self.push("]", Space::Folded);
                self.close_span(span);
                self.close_link(link);
            }
            Some(Open::Tag { .. }) | None => {}
        }
        self.drop_deeper_brackets();
    }

    /// Forgets the brackets that were opened in what is closed now.
    fn drop_deeper_brackets(&mut self) {
        let depth = self.open.len();
        while self.brackets.last().is_some_and(|open| open.depth > depth) {
            self.brackets.pop();
        }
    }

    /// Notes that a bracket opens here; its text, with a note's `^`, is `length` bytes long and
    /// stands at the end of the text.
    pub(super) fn open_bracket(&mut self, opens: Opens, length: usize) {
        self.brackets.push(Bracket {
            opens,
            depth: self.open.len(),
            at: self.len().saturating_sub(length),
            spans: self.rich.spans.len(),
            links: self.rich.links.len(),
            markers: self.rich.markers.len(),
        });
    }

    /// Closes the bracket that was opened last at this depth. The closing bracket itself is not
    /// in the text yet.
    pub(super) fn close_bracket(&mut self) -> Closed {
        let depth = self.open.len();
        let Some(open) = self.brackets.pop_if(|open| open.depth == depth) else {
            return Closed::Text;
        };
        if open.opens != Opens::Text {
            return Closed::Note(self.take_note(&open));
        }
        match self.undefined_label(&open) {
            Some(label) => {
                self.rich.text.truncate(open.at);
                self.cleaner.go_on_from(&self.rich.text);
                Closed::Marker(label)
            }
            None => Closed::Text,
        }
    }

    /// Closes the link that was taken for an inline note's brackets, if there is one.
    pub(super) fn close_link_note(&mut self) -> Option<Rich> {
        let depth = self.open.len();
        let open = self
            .brackets
            .pop_if(|open| open.depth == depth && open.opens == Opens::LinkNote)?;
        Some(self.take_note(&open))
    }

    /// Takes the text out, without the blanks around it, and leaves the buffer for the next.
    pub(super) fn take(&mut self) -> Rich {
        let mut rich = self.take_untrimmed();
        rich.trim();
        rich
    }

    /// Takes the text out as it stands.
    pub(super) fn take_untrimmed(&mut self) -> Rich {
        self.cleaner.restart();
        self.open.clear();
        self.brackets.clear();
        self.open_links = 0;
        // Copied out, so that each allocation is as large as what it holds.
        let mut rich = Rich {
            text: self.rich.text.clone(),
            spans: self.rich.spans.drain(..).collect(),
            links: self.rich.links.drain(..).collect(),
            markers: self.rich.markers.drain(..).collect(),
        };
        self.rich.text.clear();
        rich.drop_idle();
        rich
    }

    /// Takes the last bytes of the text back, from under the markers that stand after them.
    pub(super) fn take_back(&mut self, bytes: usize) {
        let end = self.len().saturating_sub(bytes);
        self.rich.text.truncate(end);
        self.cleaner.go_on_from(&self.rich.text);
        let markers = self.rich.markers.iter_mut().rev();
        for marker in markers.take_while(|marker| marker.offset > end) {
            marker.offset = end;
        }
    }

    fn open_span(&mut self, style: Style) -> usize {
        let at = self.len();
        self.rich.spans.push(Span {
            range: at..at,
            style,
        });
        self.rich.spans.len() - 1
    }

    fn close_span(&mut self, index: usize) {
        let end = self.len();
        let Some(span) = self.rich.spans.get_mut(index) else {
            return;
        };
        if span.style.is_script() {
            self.rich.set_script(index);
            self.cleaner.go_on_from(&self.rich.text);
        } else {
            span.range.end = end;
        }
    }

    fn begin_link(&mut self, address: Arc<str>) -> Option<usize> {
        self.open_links += 1;
        if self.open_links > 1 {
            return None;
        }
        let at = self.len();
        self.rich
            .links
            .push(Link::new(at..at, Target::Address(address)));
        Some(self.rich.links.len() - 1)
    }

    /// Closes a link. One without any text shows its address, or it could not be followed.
    fn close_link(&mut self, link: Option<usize>) {
        self.open_links = self.open_links.saturating_sub(1);
        let Some(link) = link.and_then(|link| self.rich.links.get_mut(link)) else {
            return;
        };
        if let Target::Address(address) = &link.target
            && link.range.start == self.rich.text.len()
        {
            let text = &mut self.rich.text;
            self.cleaner.push(text, address, Space::Folded);
        }
        link.range.end = self.rich.text.len();
    }

    /// Takes an inline note out of the text, from its `^` on.
    fn take_note(&mut self, open: &Bracket) -> Rich {
        let mark = if open.opens == Opens::Note { "^[" } else { "^" };
        let mut note = Rich {
            text: self.rich.text.split_off(open.at),
            spans: self.rich.spans.split_off(open.spans),
            links: self.rich.links.split_off(open.links),
            markers: self.rich.markers.split_off(open.markers),
        };
        self.cleaner.go_on_from(&self.rich.text);
        note.move_back(open.at);
        note.cut_head(mark.len());
        note.trim();
        note.drop_idle();
        note
    }

    /// The label between the brackets, if that is all there is between them.
    fn undefined_label(&self, open: &Bracket) -> Option<String> {
        let is_bare = open.spans == self.rich.spans.len()
            && open.links == self.rich.links.len()
            && open.markers == self.rich.markers.len();
        let label = self.rich.text.get(open.at..)?.strip_prefix("[^")?;
        let is_label = !label.is_empty() && !label.contains([' ', '\n', '[', ']', '^']);
        (is_bare && is_label).then(|| label.to_owned())
    }
}
