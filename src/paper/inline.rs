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
    Link { link: Option<usize> },
    Image { link: Option<usize>, span: usize },
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

    pub(super) fn open_link(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        self.open.push(Open::Link { link });
    }

    /// Opens the stand-in for an image, which is its description.
    pub(super) fn open_image(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        let span = self.open_span(Style::Emphasis);
        self.push("[image: ", Space::Folded);
        self.open.push(Open::Image { link, span });
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Span(span)) => self.close_span(span),
            Some(Open::Link { link }) => self.close_link(link),
            Some(Open::Image { link, span }) => {
                if let Some(bare) = self.rich.text.strip_suffix(": ")
                    && bare.ends_with("[image")
                {
                    self.rich.text.truncate(bare.len());
                }
                self.push("]", Space::Folded);
                self.close_span(span);
                self.close_link(link);
            }
            None => {}
        }
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

    /// Takes the text out, without the blanks at its end, and leaves the buffer for the next.
    pub(super) fn take(&mut self) -> Rich {
        let kept = self.rich.text.trim_end().len();
        self.rich.text.truncate(kept);
        self.take_untrimmed()
    }

    /// Takes the text out as it stands.
    pub(super) fn take_untrimmed(&mut self) -> Rich {
        self.cleaner.restart();
        self.open.clear();
        self.brackets.clear();
        self.open_links = 0;
        let mut rich = Rich {
            text: self.rich.text.clone(),
            spans: std::mem::take(&mut self.rich.spans),
            links: std::mem::take(&mut self.rich.links),
            markers: std::mem::take(&mut self.rich.markers),
        };
        self.rich.text.clear();
        fit(&mut rich);
        rich
    }

    fn open_span(&mut self, style: Style) -> usize {
        let at = self.len();
        self.rich.spans.push(Span {
            range: at..at,
            style,
        });
        self.rich.spans.len() - 1
    }

    fn close_span(&mut self, span: usize) {
        let end = self.len();
        if let Some(span) = self.rich.spans.get_mut(span) {
            span.range.end = end;
        }
    }

    fn begin_link(&mut self, address: Arc<str>) -> Option<usize> {
        self.open_links += 1;
        if self.open_links > 1 {
            return None;
        }
        let at = self.len();
        self.rich.links.push(Link {
            range: at..at,
            target: Target::Address(address),
        });
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
        let shift = open.at + mark.len();
        let text = self.rich.text.get(shift..).unwrap_or_default().to_owned();
        self.rich.text.truncate(open.at);
        let mut note = Rich {
            text,
            spans: self.rich.spans.split_off(open.spans),
            links: self.rich.links.split_off(open.links),
            markers: self.rich.markers.split_off(open.markers),
        };
        shift_back(&mut note, shift);
        fit(&mut note);
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

/// Moves everything over the text so many bytes towards its start.
fn shift_back(rich: &mut Rich, bytes: usize) {
    let ranges = rich.spans.iter_mut().map(|span| &mut span.range);
    for range in ranges.chain(rich.links.iter_mut().map(|link| &mut link.range)) {
        range.start = range.start.saturating_sub(bytes);
        range.end = range.end.saturating_sub(bytes);
    }
    for marker in &mut rich.markers {
        marker.offset = marker.offset.saturating_sub(bytes);
    }
}

/// Ends everything where the text ends, and drops what then has no length.
fn fit(rich: &mut Rich) {
    let end = rich.text.len();
    let ranges = rich.spans.iter_mut().map(|span| &mut span.range);
    for range in ranges.chain(rich.links.iter_mut().map(|link| &mut link.range)) {
        range.end = range.end.min(end);
    }
    for marker in &mut rich.markers {
        marker.offset = marker.offset.min(end);
    }
    rich.spans.retain(|span| !span.range.is_empty());
    rich.links.retain(|link| !link.range.is_empty());
}
