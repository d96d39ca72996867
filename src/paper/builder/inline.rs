//! The text of a block under construction, with what lies over it.

use std::sync::Arc;

use super::{Landmark, LandmarkKind};
use crate::paper::clean::{Cleaner, Space};
use crate::paper::rich::Rich;
use crate::paper::{Link, Marker, NoteId, NoteNumber, SourceLocation, Span, Style, Target};

/// The text under construction. Its buffer serves one block after another.
#[derive(Debug, Default)]
pub(super) struct InlineBuilder {
    rich: Rich,
    cleaner: Cleaner,
    /// What is open, from the outside in.
    open: Vec<OpenInline>,
    /// How many of the open ones are links or images; the outermost is the one that leads.
    open_links: usize,
}

/// Something that is open: emphasis, a link, an image.
#[derive(Debug)]
enum OpenInline {
    Span(usize),
    /// A style that a tag of HTML begins, which only a tag ends.
    Tag {
        span: usize,
        style: Style,
    },
    Link {
        link: Option<usize>,
    },
    /// A link that a tag of HTML begins, which only a tag ends.
    TagLink {
        link: Option<usize>,
    },
    Image {
        link: Option<usize>,
        span: usize,
        description: usize,
    },
}

/// A place in the open text, with how much lies over the text before it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextMark {
    at: usize,
    spans: usize,
    links: usize,
    markers: usize,
    landmarks: usize,
}

impl TextMark {
    /// Whether it marks a place before the other.
    pub(crate) fn is_before(&self, other: &TextMark) -> bool {
        self.at < other.at
    }
}

impl InlineBuilder {
    /// How many characters have been shown by a sign or left out since the paper's start.
    pub(super) fn hidden(&self) -> usize {
        self.cleaner.hidden
    }

    /// Counts characters that were shown by a sign or left out in another text.
    pub(super) fn add_hidden(&mut self, count: usize) {
        self.cleaner.hidden += count;
    }

    /// Bytes of text so far.
    pub(super) fn len(&self) -> usize {
        self.rich.text.len()
    }

    /// The text so far.
    pub(super) fn text(&self) -> &str {
        &self.rich.text
    }

    /// How many styles, links and images are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Puts this text aside for another, which is empty.
    pub(super) fn interrupt(&mut self) -> Self {
        let mut other = InlineBuilder::default();
        other.cleaner.hidden = self.hidden();
        std::mem::replace(self, other)
    }

    /// Goes on with a text that was put aside.
    pub(super) fn resume(&mut self, interrupted: Self) {
        let hidden = self.hidden();
        *self = interrupted;
        self.cleaner.hidden = hidden;
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

    pub(super) fn push_formula(&mut self, formula: &str) {
        let span = self.open_span(Style::Formula);
        self.push(formula, Space::Folded);
        self.close_span(span);
    }

    pub(super) fn push_marker(&mut self, note: usize, location: SourceLocation) {
        self.rich.markers.push(Marker {
            offset: self.len(),
            note: NoteId(note),
            number: NoteNumber::UNSETTLED,
            location,
        });
    }

    pub(super) fn push_landmark(&mut self, kind: LandmarkKind) {
        let offset = self.len();
        self.rich.landmarks.push(Landmark { offset, kind });
    }

    pub(super) fn open_style(&mut self, style: Style) {
        let span = self.open_span(style);
        self.open.push(OpenInline::Span(span));
    }

    /// Begins what a tag such as `<sup>` sets differently.
    pub(super) fn open_tag(&mut self, style: Style) {
        let span = self.open_span(style);
        self.open.push(OpenInline::Tag { span, style });
    }

    /// Ends what the innermost tag of this style has begun, unless something else is open in it.
    pub(super) fn close_tag(&mut self, wanted: Style) {
        let mut tags = self.open.iter().rev();
        let inner = tags
            .by_ref()
            .take_while(|open| matches!(open, OpenInline::Tag { style, .. } if *style != wanted));
        let unclosed = inner.count();
        let is_open = self.open.iter().rev().nth(unclosed);
        if !matches!(is_open, Some(OpenInline::Tag { .. })) {
            return;
        }
        self.open.truncate(self.open.len() - unclosed);
        if let Some(OpenInline::Tag { span, .. }) = self.open.pop() {
            self.close_span(span);
        }
    }

    /// Begins the link of a tag. Without its end it leads nowhere.
    pub(super) fn open_tag_link(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        self.open.push(OpenInline::TagLink { link });
    }

    /// Ends the innermost link of a tag, unless something but tags is open in it.
    pub(super) fn close_tag_link(&mut self) {
        let is_tag = |open: &&OpenInline| matches!(open, OpenInline::Tag { .. });
        let unclosed = self.open.iter().rev().take_while(is_tag).count();
        let at = self.open.len().checked_sub(unclosed + 1);
        if let Some(OpenInline::TagLink { link }) = at.and_then(|at| self.open.get(at)) {
            let link = *link;
            self.open.truncate(self.open.len() - unclosed - 1);
            self.close_link(link);
        }
    }

    pub(super) fn open_link(&mut self, address: Arc<str>) {
        let link = self.begin_link(address);
        self.open.push(OpenInline::Link { link });
    }

    pub(super) fn open_idle_link(&mut self) {
        self.open_links += 1;
        self.open.push(OpenInline::Link { link: None });
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
        self.open.push(OpenInline::Image {
            link,
            span,
            description,
        });
    }

    /// Closes what was opened last. A tag that is still open in it sets nothing.
    pub(super) fn close(&mut self) {
        let is_tag = |open: &mut OpenInline| {
            matches!(open, OpenInline::Tag { .. } | OpenInline::TagLink { .. })
        };
        while let Some(tag) = self.open.pop_if(is_tag) {
            if let OpenInline::TagLink { link } = tag {
                self.drop_link(link);
            }
        }
        match self.open.pop() {
            Some(OpenInline::Span(span)) => self.close_span(span),
            Some(OpenInline::Link { link }) => self.close_link(link),
            Some(OpenInline::Image {
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
            Some(OpenInline::Tag { .. } | OpenInline::TagLink { .. }) | None => {}
        }
    }

    /// Closes all that is open.
    pub(super) fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// The place before the last bytes of the text.
    pub(super) fn mark_before(&self, bytes: usize) -> TextMark {
        TextMark {
            at: self.len().saturating_sub(bytes),
            spans: self.rich.spans.len(),
            links: self.rich.links.len(),
            markers: self.rich.markers.len(),
            landmarks: self.rich.landmarks.len(),
        }
    }

    /// The text since the mark, whatever lies over it.
    pub(super) fn text_since(&self, mark: &TextMark) -> &str {
        self.rich.text.get(mark.at..).unwrap_or_default()
    }

    /// Sets the text since the mark, without its first bytes, over or under the line. Nothing that
    /// is still open was opened since.
    pub(super) fn set_script_since(&mut self, mark: &TextMark, head_bytes: usize, style: Style) {
        self.set_since(mark, head_bytes, Some(style));
    }

    /// Sets the text since the mark, without its first bytes, in a style or in none.
    pub(super) fn set_since(&mut self, mark: &TextMark, head_bytes: usize, style: Option<Style>) {
        let mut since = Rich {
            text: self.rich.text.split_off(mark.at),
            spans: self.rich.spans.split_off(mark.spans),
            links: self.rich.links.split_off(mark.links),
            markers: self.rich.markers.split_off(mark.markers),
            landmarks: self.rich.landmarks.split_off(mark.landmarks),
        };
        since.move_back(head_bytes);
        let span = style.map(|style| self.open_span(style));
        self.rich.text.extend(since.text.get(head_bytes..));
        self.rich.spans.append(&mut since.spans);
        self.rich.links.append(&mut since.links);
        self.rich.markers.append(&mut since.markers);
        self.rich.landmarks.append(&mut since.landmarks);
        if let Some(span) = span {
            self.close_span(span);
        }
    }

    /// The text since the mark, if nothing lies over it.
    pub(super) fn plain_text_since(&self, mark: &TextMark) -> Option<&str> {
        let is_plain = mark.spans == self.rich.spans.len()
            && mark.links == self.rich.links.len()
            && mark.markers == self.rich.markers.len();
        self.rich.text.get(mark.at..).filter(|_| is_plain)
    }

    /// Takes the text since the mark back, over which nothing lies.
    pub(super) fn take_back_to(&mut self, mark: &TextMark) {
        self.take_back(self.len().saturating_sub(mark.at));
    }

    /// Takes the text since the mark out, without its first bytes and the blanks around the rest.
    pub(super) fn take_since(&mut self, mark: &TextMark, head_bytes: usize) -> Rich {
        let mut rich = Rich {
            text: self.rich.text.split_off(mark.at),
            spans: self.rich.spans.split_off(mark.spans),
            links: self.rich.links.split_off(mark.links),
            markers: self.rich.markers.split_off(mark.markers),
            landmarks: self.rich.landmarks.split_off(mark.landmarks),
        };
        self.cleaner.go_on_from(&self.rich.text);
        rich.move_back(mark.at);
        rich.cut_head(head_bytes);
        rich.trim();
        rich.drop_idle();
        rich
    }

    /// Takes the text out, without the blanks around it, and leaves the buffer for the next.
    pub(super) fn take(&mut self) -> Rich {
        let mut rich = self.take_untrimmed();
        rich.trim();
        rich
    }

    /// Takes the text out as it stands.
    pub(super) fn take_untrimmed(&mut self) -> Rich {
        self.close_all();
        self.cleaner.restart();
        self.open_links = 0;
        // Copied out, so that each allocation is as large as what it holds.
        let mut rich = Rich {
            text: self.rich.text.clone(),
            spans: self.rich.spans.drain(..).collect(),
            links: self.rich.links.drain(..).collect(),
            markers: self.rich.markers.drain(..).collect(),
            landmarks: self.rich.landmarks.drain(..).collect(),
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
        let landmarks = self.rich.landmarks.iter_mut().rev();
        for landmark in landmarks.take_while(|landmark| landmark.offset > end) {
            landmark.offset = end;
        }
    }

    /// Takes the spaces at the end of the text back, as far as a place from which on all is closed
    /// that was opened there; also from what lies over them.
    pub(super) fn trim_end_to(&mut self, from: usize) {
        let since = self.rich.text.get(from..).unwrap_or_default();
        let bytes = since.len() - since.trim_end_matches(' ').len();
        if bytes == 0 {
            return;
        }
        self.take_back(bytes);
        let end = self.len();
        let spans = self.rich.spans.iter_mut().map(|span| &mut span.range);
        let links = self.rich.links.iter_mut().map(|link| &mut link.range);
        for range in spans.rev().take_while(|range| range.start >= from) {
            *range = range.start.min(end)..range.end.min(end);
        }
        for range in links.rev().take_while(|range| range.start >= from) {
            *range = range.start.min(end)..range.end.min(end);
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

    /// Forgets a link that is open. No other can have begun since.
    fn drop_link(&mut self, link: Option<usize>) {
        self.open_links = self.open_links.saturating_sub(1);
        if link.is_some_and(|link| link + 1 == self.rich.links.len()) {
            self.rich.links.pop();
        }
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
}
