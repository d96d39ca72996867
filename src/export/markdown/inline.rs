//! A block's text as Markdown, with its emphasis, links and markers.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::escape::{Surroundings, is_autolink, push_address, push_code, push_escaped, push_label};
use super::links::{is_left_bare, leads_somewhere};
use crate::paper::{Block, Link, Marker, Paper, Position, Script, Style, Target, letter, script};

/// What is inserted where two signs would be read as one, or a sign as plain text. Readers of
/// Markdown drop it.
const SEPARATOR: &str = "<!-- -->";

/// What the text is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextHost {
    Paragraph,
    /// The line that definitions follow.
    Term,
    /// The words beneath a table, which may end in attributes.
    Caption,
    Heading,
    Cell,
}

/// Writes the text of one block, range by range from its start to its end.
#[derive(Debug)]
pub(super) struct InlineWriter<'a> {
    paper: &'a Paper,
    block: &'a Block,
    setting: TextHost,
    /// By start, the longer first. They nest.
    wraps: Vec<Wrap<'a>>,
    next_wrap: usize,
    next_marker: usize,
    /// Whether a link is open, behind which markers wait for its end.
    is_in_link: bool,
    /// Whether a run is open that is raised or lowered by Unicode's signs, to be written as letters.
    has_signs: bool,
    /// Whether the text has two carets, and two dollars, which may be signs.
    has_carets: bool,
    has_dollars: bool,
    /// Whether a line of the text ends in a bracket.
    ends_in_bracket: bool,
    out: String,
    last: Last,
}

/// Emphasis or a link.
#[derive(Debug, Clone)]
struct Wrap<'a> {
    range: Range<usize>,
    what: WrapKind<'a>,
}

#[derive(Debug, Clone, Copy)]
enum WrapKind<'a> {
    Style(Style),
    Link(&'a Link),
}

/// A wrap that is open.
#[derive(Debug)]
struct OpenWrap<'a> {
    end: usize,
    closes: Closes<'a>,
}

#[derive(Debug)]
enum Closes<'a> {
    Delimiter(&'static str),
    Script {
        tag: &'static str,
        has_signs: bool,
        /// Bytes of the text after the letters, which are not written.
        passed: usize,
    },
    Link(&'a Link),
}

/// What was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    LineStart,
    Text,
    Marker,
    Code,
    Opener,
    Closer,
}

impl OpenWrap<'_> {
    fn is_link(&self) -> bool {
        matches!(self.closes, Closes::Link(_))
    }

    fn has_signs(&self) -> bool {
        matches!(
            self.closes,
            Closes::Script {
                has_signs: true,
                ..
            }
        )
    }
}

impl WrapKind<'_> {
    /// How far in it stands of those with one range: what holds nothing else, innermost.
    fn depth(&self) -> u8 {
        match self {
            WrapKind::Style(Style::Code | Style::Formula) => 2,
            WrapKind::Link(_) => 1,
            WrapKind::Style(_) => 0,
        }
    }
}

impl<'a> InlineWriter<'a> {
    pub(super) fn new(paper: &'a Paper, block: &'a Block, setting: TextHost) -> Self {
        let boundaries = boundaries(block);
        let links = block.links.iter();
        let links = links.filter(|link| leads_somewhere(paper, link));
        let links = links.filter(|link| !is_left_bare(block, link, &boundaries));
        let links = links.map(|link| Wrap {
            range: link.range.clone(),
            what: WrapKind::Link(link),
        });
        let spans = block.spans.iter();
        let spans = spans.map(|span| Wrap {
            range: span.range.clone(),
            what: WrapKind::Style(span.style),
        });
        let mut wraps: Vec<Wrap> = links.chain(spans).collect();
        wraps.sort_by_key(|wrap| (wrap.range.start, Reverse(wrap.range.end), wrap.what.depth()));
        InlineWriter {
            paper,
            block,
            setting,
            wraps,
            next_wrap: 0,
            next_marker: 0,
            is_in_link: false,
            has_signs: false,
            has_carets: block.text.matches('^').nth(1).is_some(),
            has_dollars: block.text.matches('$').nth(1).is_some(),
            ends_in_bracket: block
                .text
                .lines()
                .any(|line| line.trim_end().ends_with(']')),
            out: String::new(),
            last: Last::LineStart,
        }
    }

    /// The Markdown of a range of the text; ranges must not go backwards.
    pub(super) fn write(&mut self, range: Range<usize>) -> String {
        self.last = Last::LineStart;
        let mut open: Vec<OpenWrap> = Vec::new();
        let mut at = range.start;
        loop {
            while let Some(done) = open.pop_if(|open| open.end <= at) {
                self.is_in_link = open.iter().any(OpenWrap::is_link);
                at += self.close(&done, at);
            }
            self.has_signs = open.iter().any(OpenWrap::has_signs);
            self.is_in_link = open.iter().any(OpenWrap::is_link);
            // A marker within would make the link one no more; it follows.
            while !self.is_in_link
                && let Some(marker) = self.marker_by(at)
            {
                self.push_marker(marker);
            }
            let limit = open.last().map_or(range.end, |open| open.end);
            if let Some(wrap) = self.wrap_at(at, limit) {
                at = self.open(&wrap, &mut open);
                continue;
            }
            if at >= range.end {
                return std::mem::take(&mut self.out);
            }
            let next = self.next_boundary(at, limit);
            self.push_text(at..next, next == limit);
            at = next;
        }
    }

    /// The next marker, if it stands at this offset or before.
    fn marker_by(&mut self, at: usize) -> Option<&'a Marker> {
        let marker = self.block.markers.get(self.next_marker)?;
        (marker.offset <= at).then(|| {
            self.next_marker += 1;
            marker
        })
    }

    /// The next wrap, cut at `limit`, if it starts here. Those that start before, in code or in
    /// an address, are passed over.
    fn wrap_at(&mut self, at: usize, limit: usize) -> Option<Wrap<'a>> {
        loop {
            let wrap = self.wraps.get(self.next_wrap)?;
            let is_empty = wrap.range.start.max(at) >= wrap.range.end.min(limit);
            if wrap.range.start > at || (wrap.range.start == at && at >= limit) {
                return None;
            }
            self.next_wrap += 1;
            if wrap.range.start == at && !is_empty {
                return Some(Wrap {
                    range: at..wrap.range.end.min(limit),
                    what: wrap.what,
                });
            }
        }
    }

    fn next_boundary(&self, at: usize, limit: usize) -> usize {
        let wrap = self.wraps.get(self.next_wrap).map(|wrap| wrap.range.start);
        let marker = self.block.markers.get(self.next_marker);
        let marker = marker.map(|marker| marker.offset);
        let boundaries = [wrap, marker].into_iter().flatten();
        boundaries
            .filter(|boundary| *boundary > at)
            .fold(limit, usize::min)
    }

    fn push_marker(&mut self, marker: &Marker) {
        let Some(note) = self.paper.note(marker.note) else {
            return;
        };
        if note.is_defined() {
            push_label(&mut self.out, &note.label);
        } else {
            // It was read as text.
            let within = Surroundings::within(self.setting);
            self.out.push_str("[^");
            push_escaped(&mut self.out, &note.label, within);
            self.out.push(']');
            // Else it would be read as a part of a regular expression.
            if self
                .bare_char_at(marker.offset)
                .is_some_and(|next| "+?{\"'/".contains(next))
            {
                self.out.push_str(SEPARATOR);
            }
        }
        self.last = Last::Marker;
    }

    /// Writes text that nothing interrupts. `ends` says whether what it stands in ends with it.
    fn push_text(&mut self, range: Range<usize>, ends: bool) {
        let precedes_bracket = self.is_bracket_at(range.end);
        let text = self.block.text.get(range).unwrap_or_default();
        let mut lines = text.split('\n').peekable();
        while let Some(line) = lines.next() {
            let is_cut = lines.peek().is_some();
            let around = Surroundings {
                setting: self.setting,
                begins_line: matches!(self.last, Last::LineStart | Last::Opener),
                ends_line: is_cut || ends,
                follows_marker: self.last == Last::Marker,
                precedes_bracket: !is_cut && precedes_bracket,
                has_carets: self.has_carets,
                has_dollars: self.has_dollars,
                ends_in_bracket: self.ends_in_bracket,
            };
            if !line.is_empty() {
                let line = if self.has_signs {
                    Cow::Owned(line.chars().map(letter).collect())
                } else {
                    Cow::Borrowed(line)
                };
                push_escaped(&mut self.out, &line, around);
                self.last = Last::Text;
            }
            if is_cut {
                let is_last = ends && lines.peek().is_some_and(|rest| rest.is_empty());
                self.push_line_end(is_last);
            }
        }
    }

    /// Writes a line end of the author's. `is_last` says whether emphasis ends right after it.
    fn push_line_end(&mut self, is_last: bool) {
        let is_first = matches!(self.last, Last::LineStart | Last::Opener);
        if matches!(self.setting, TextHost::Paragraph | TextHost::Caption) && !is_first && !is_last
        {
            self.out.push_str("\\\n");
        } else {
            // Neither a heading nor a cell goes on in a second line, and no sign opens before
            // the end of one or closes at the start of one.
            self.out.push_str("<br>");
        }
        self.last = Last::LineStart;
    }

    /// Whether a marker or a link begins there.
    fn is_bracket_at(&self, at: usize) -> bool {
        let marker = self.block.markers.get(self.next_marker);
        let wraps = self.wraps.get(self.next_wrap..).unwrap_or_default();
        let mut here = wraps.iter().take_while(|wrap| wrap.range.start == at);
        marker.is_some_and(|marker| marker.offset == at)
            || here.any(|wrap| matches!(wrap.what, WrapKind::Link(_)))
    }

    /// Opens the wrap, or writes all of it where nothing in it is Markdown. Returns up to where
    /// the text is written.
    fn open(&mut self, wrap: &Wrap<'a>, open: &mut Vec<OpenWrap<'a>>) -> usize {
        let Range { start, end } = wrap.range.clone();
        let text = self.block.text.get(wrap.range.clone()).unwrap_or_default();
        match wrap.what {
            WrapKind::Style(Style::Code) => {
                if self.last == Last::Code {
                    self.out.push_str(SEPARATOR);
                }
                push_code(&mut self.out, text, self.setting);
                self.last = Last::Code;
                end
            }
            WrapKind::Link(link) if self.is_own_address(link, text, end) => {
                self.out.push('<');
                self.out.push_str(text);
                self.out.push('>');
                self.last = Last::Text;
                end
            }
            WrapKind::Link(link) => {
                self.out.push('[');
                self.last = Last::Opener;
                open.push(OpenWrap {
                    end,
                    closes: Closes::Link(link),
                });
                start
            }
            WrapKind::Style(Style::Emphasis) if let Some((image, text)) = self.image_at(wrap) => {
                self.push_image(image, text);
                end
            }
            WrapKind::Style(Style::Formula) => {
                // As it was typed: nothing in it is Markdown.
                self.out.push_str(text);
                let next = self.bare_char_at(end);
                if next.is_some_and(|next| next.is_ascii_digit()) {
                    self.out.push_str(SEPARATOR);
                }
                self.last = Last::Text;
                end
            }
            WrapKind::Style(Style::SmallCaps) => {
                self.out.push('[');
                self.last = Last::Opener;
                open.push(OpenWrap {
                    end,
                    closes: Closes::Script {
                        tag: "]{.smallcaps}",
                        has_signs: false,
                        passed: 0,
                    },
                });
                start
            }
            WrapKind::Style(style @ (Style::Raised | Style::Lowered)) => {
                let script = script(text, style);
                let (before, after) = match script {
                    Script::Signs => (0, 0),
                    Script::Marked { before, after } => (before, after),
                };
                let (opens, closes) = match style {
                    Style::Raised => ("<sup>", "</sup>"),
                    _ => ("<sub>", "</sub>"),
                };
                self.out.push_str(opens);
                self.last = Last::Opener;
                open.push(OpenWrap {
                    end: end - after,
                    closes: Closes::Script {
                        tag: closes,
                        has_signs: script == Script::Signs,
                        passed: after,
                    },
                });
                start + before
            }
            WrapKind::Style(style) => {
                let delimiter = self.open_style(style, &wrap.range, open);
                open.push(OpenWrap {
                    end,
                    closes: Closes::Delimiter(delimiter),
                });
                start
            }
        }
    }

    /// If the emphasis stands for an image, its link, and its description, unless that is more
    /// than plain words on a line.
    fn image_at(&self, emphasis: &Wrap<'a>) -> Option<(&'a Link, &'a str)> {
        let Range { start, end } = emphasis.range;
        let mut wraps = self.wraps.get(self.next_wrap..)?.iter();
        let link = match wraps.next()?.what {
            WrapKind::Link(link) if link.is_image && link.range == emphasis.range => link,
            _ => return None,
        };
        let is_plain = wraps.next().is_none_or(|wrap| wrap.range.start >= end);
        let text = self.block.text.get(start..end)?.strip_prefix("[image")?;
        let text = text.strip_suffix(']')?;
        let description = match text {
            "" => text,
            text => text.strip_prefix(": ")?,
        };
        let is_line = description.trim() == description && !description.contains(['\n', '\t']);
        (is_plain && is_line).then_some((link, description))
    }

    fn push_image(&mut self, link: &Link, description: &str) {
        self.next_wrap += 1;
        self.out.push_str("![");
        push_escaped(
            &mut self.out,
            description,
            Surroundings::within(self.setting),
        );
        self.close_link(link);
    }

    /// Whether the link can be written as its address alone: nothing else stands in it.
    fn is_own_address(&self, link: &Link, text: &str, end: usize) -> bool {
        let Target::Address(address) = &link.target else {
            return false;
        };
        let marker = self.block.markers.get(self.next_marker);
        let wrap = self.wraps.get(self.next_wrap);
        let is_bare = marker.is_none_or(|marker| marker.offset >= end)
            && wrap.is_none_or(|wrap| wrap.range.start >= end);
        let is_sound = self.setting != TextHost::Cell || !text.contains('|');
        is_bare && is_sound && **address == *text && is_autolink(text)
    }

    /// Writes the opening sign, and returns the closing one, which is the same.
    fn open_style(
        &mut self,
        style: Style,
        range: &Range<usize>,
        open: &[OpenWrap],
    ) -> &'static str {
        let before = self.out.chars().next_back();
        let is_after_word = self.last != Last::LineStart && before.is_some_and(is_word_or_unknown);
        // A sign within another is the other of the two, so that none closes the wrong one.
        let varies = encloses_asterisks(open);
        let delimiter = match (style, varies) {
            (Style::Struck, _) => "~~",
            (Style::Strong, true) => "__",
            (Style::Strong, false) => "**",
            (_, true) => "_",
            (_, false) => "*",
        };
        // Within a word only asterisks and two tildes are signs.
        let needs_gap = is_weak(delimiter) || !self.is_word_at(range.start);
        let is_no_opener = is_after_word && needs_gap;
        if is_no_opener || self.last == Last::Marker || self.lengthens_sign(delimiter) {
            self.out.push_str(SEPARATOR);
        }
        self.out.push_str(delimiter);
        self.last = Last::Opener;
        delimiter
    }

    /// Whether the sign would be one row with another right before it.
    fn lengthens_sign(&self, delimiter: &str) -> bool {
        let is_sign = matches!(self.last, Last::Opener | Last::Closer);
        let sign = delimiter.chars().next();
        is_sign && sign.is_some_and(|sign| self.out.ends_with(sign))
    }

    /// Writes what ends the wrap; returns how much of the text is not written.
    fn close(&mut self, open: &OpenWrap, at: usize) -> usize {
        match open.closes {
            Closes::Delimiter(delimiter) => self.close_style(delimiter, at),
            Closes::Link(link) => self.close_link(link),
            Closes::Script { tag, passed, .. } => {
                self.out.push_str(tag);
                self.last = Last::Closer;
                return passed;
            }
        }
        0
    }

    fn close_style(&mut self, delimiter: &str, at: usize) {
        let before = self.out.chars().next_back();
        let is_after_sign = !before.is_some_and(char::is_alphanumeric);
        if self.lengthens_sign(delimiter) {
            self.out.push_str(SEPARATOR);
        }
        self.out.push_str(delimiter);
        self.last = Last::Closer;
        let is_no_closer = is_after_sign || is_weak(delimiter);
        if is_no_closer && self.may_be_word_at(at) {
            self.out.push_str(SEPARATOR);
            self.last = Last::Text;
        }
    }

    fn close_link(&mut self, link: &Link) {
        self.out.push(']');
        self.last = Last::Text;
        match &link.target {
            Target::Address(address) => push_address(&mut self.out, address, self.setting),
            Target::Place(place) => {
                let address = format!("#{}", self.section_id(*place));
                push_address(&mut self.out, &address, self.setting);
            }
        }
    }

    /// The id of the section that the place is in; empty where it is in none.
    fn section_id(&self, place: Position) -> &'a str {
        let section = self
            .paper
            .section_of(place.block)
            .and_then(|id| self.paper.section(id));
        section.map_or("", |section| section.id.as_str())
    }

    /// Whether the text goes on there with what is surely part of a word.
    fn is_word_at(&self, at: usize) -> bool {
        self.bare_char_at(at).is_some_and(char::is_alphanumeric)
    }

    /// Whether the text goes on there with what Markdown may take for part of a word.
    fn may_be_word_at(&self, at: usize) -> bool {
        self.bare_char_at(at).is_some_and(is_word_or_unknown)
    }

    /// The character there, unless a sign will stand before it.
    fn bare_char_at(&self, at: usize) -> Option<char> {
        let marker = self.block.markers.get(self.next_marker);
        let wrap = self.wraps.get(self.next_wrap);
        let is_unmarked = self.is_in_link || marker.is_none_or(|marker| marker.offset > at);
        let is_bare = is_unmarked && wrap.is_none_or(|wrap| wrap.range.start > at);
        let rest = self.block.text.get(at..).filter(|_| is_bare)?;
        rest.chars().next()
    }
}

/// Whether the sign is none within a word.
fn is_weak(delimiter: &str) -> bool {
    delimiter.starts_with('_')
}

/// Whether the innermost open style has asterisks. Links do not nest, so it is not far out.
fn encloses_asterisks(open: &[OpenWrap]) -> bool {
    let mut delimiters = open
        .iter()
        .rev()
        .take(2)
        .filter_map(|open| match open.closes {
            Closes::Delimiter(delimiter) => Some(delimiter),
            Closes::Link(_) | Closes::Script { .. } => None,
        });
    delimiters
        .next()
        .is_some_and(|delimiter| delimiter.starts_with('*'))
}

/// Where spans start and end, in order.
fn boundaries(block: &Block) -> Vec<usize> {
    let ranges = block.spans.iter().map(|span| &span.range);
    let mut boundaries: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
    boundaries.sort_unstable();
    boundaries
}

/// Whether the character may count as a word's in Markdown: it is no blank, and no punctuation
/// that is known here.
fn is_word_or_unknown(char: char) -> bool {
    !char.is_whitespace() && !char.is_ascii_punctuation()
}
