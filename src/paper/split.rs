//! Cuts a text that is too long for one block into several.

mod tables;

use std::ops::Range;

use super::builder::Landmark;
use super::rich::Rich;
use super::{Kind, Link, Marker, Nest, Span, Target};
pub(super) use tables::table_parts;

/// No block is longer, in bytes of text, so that the work on one block is bounded. A longer one
/// goes on in the next, cut at a line end, else at a space, else between two characters.
pub(super) const MAX_BLOCK_BYTES: usize = 64 * 1024;

/// So many bytes of text a marker counts for: it takes as much work, and no text.
const MARKER: usize = 8;

/// Whether a text is no longer than a block may be.
pub(super) fn fits(rich: &Rich) -> bool {
    length(rich.text.len(), rich.markers.len()) <= MAX_BLOCK_BYTES
}

/// How long a text of so many bytes is with so many markers.
pub(super) fn length(bytes: usize, markers: usize) -> usize {
    bytes + markers * MARKER
}

/// The parts of a text, each of which fits into a block. Where the blanks of a text are its own, as in
/// code, the one at a cut is left out; else all that are there.
pub(super) fn parts(rich: Rich, has_own_blanks: bool) -> Vec<Rich> {
    if fits(&rich) {
        return vec![rich];
    }
    apart(&rich, cuts(&rich, has_own_blanks).into_iter())
}

/// A part of a text.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) text: Range<usize>,
    /// Index after the last of its markers.
    pub(super) markers: usize,
}

/// The text in parts, which follow each other.
pub(super) fn apart(rich: &Rich, cuts: impl Iterator<Item = Cut>) -> Vec<Rich> {
    let mut over = Over::new(rich);
    cuts.map(|cut| over.part(cut)).collect()
}

/// Where the parts of a text lie.
fn cuts(rich: &Rich, has_own_blanks: bool) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let (mut start, mut marker) = (0, 0);
    loop {
        let (end, markers) = reach(rich, start, marker);
        if end == rich.text.len() && markers == rich.markers.len() {
            cuts.push(Cut {
                text: start..end,
                markers,
            });
            return cuts;
        }
        let window = rich.text.get(start..end).unwrap_or_default();
        let blank = window.rfind('\n').or_else(|| window.rfind(' '));
        let mut gap = match blank.filter(|&blank| blank > 0) {
            Some(blank) => start + blank..start + blank + 1,
            None => end..end,
        };
        if !has_own_blanks {
            gap = widened(&gap, start, &rich.text);
        }
        let text = start..gap.start;
        let met = rich.markers.get(marker..markers).unwrap_or_default();
        marker += met.partition_point(|met| met.offset <= text.end);
        start = gap.end;
        cuts.push(Cut {
            text,
            markers: marker,
        });
    }
}

/// A gap in a text with the blanks around it, but for what has nothing but blanks before it from an
/// offset on.
fn widened(gap: &Range<usize>, from: usize, text: &str) -> Range<usize> {
    let blanks = [' ', '\n'];
    let before = text.get(from..gap.start).unwrap_or_default();
    let behind = text.get(gap.end..).unwrap_or_default();
    let words = before.trim_end_matches(blanks);
    let start = if words.is_empty() {
        gap.start
    } else {
        from + words.len()
    };
    start..gap.end + behind.len() - behind.trim_start_matches(blanks).len()
}

/// How far the text from an offset and a marker on fits into a block: up to which offset, and
/// before which marker. At least one byte or one marker is within.
fn reach(rich: &Rich, start: usize, first: usize) -> (usize, usize) {
    let mut next = first;
    while let Some(marker) = rich.markers.get(next) {
        let bytes = marker.offset.saturating_sub(start);
        if length(bytes, next + 1 - first) > MAX_BLOCK_BYTES {
            let room = MAX_BLOCK_BYTES.saturating_sub(length(0, next - first));
            let end = marker.offset.min(start + room);
            return (rich.text.floor_char_boundary(end), next);
        }
        next += 1;
    }
    let room = MAX_BLOCK_BYTES.saturating_sub(length(0, next - first));
    let end = rich.text.len().min(start + room);
    (rich.text.floor_char_boundary(end), next)
}

/// What lies over a text, handed out part by part.
struct Over<'a> {
    rich: &'a Rich,
    /// Spans and links that go on beyond the parts so far, and the first ones not yet met.
    spans: Vec<Span>,
    links: Vec<Link>,
    next_span: usize,
    next_link: usize,
    next_marker: usize,
    next_landmark: usize,
}

impl<'a> Over<'a> {
    fn new(rich: &'a Rich) -> Self {
        Over {
            rich,
            spans: Vec::new(),
            links: Vec::new(),
            next_span: 0,
            next_link: 0,
            next_marker: 0,
            next_landmark: 0,
        }
    }

    fn part(&mut self, cut: Cut) -> Rich {
        let Cut {
            text: range,
            markers,
        } = cut;
        let rich = self.rich;
        let spans = rich.spans.get(self.next_span..).unwrap_or_default();
        let met = spans.partition_point(|span| span.range.start < range.end);
        self.next_span += met;
        self.spans.extend(spans.iter().take(met).cloned());

        let links = rich.links.get(self.next_link..).unwrap_or_default();
        let met = links.partition_point(|link| link.range.start < range.end);
        self.next_link += met;
        self.links.extend(links.iter().take(met).cloned());

        let within_cut = rich.markers.get(self.next_marker..markers);
        self.next_marker = markers;
        let markers = within_cut.unwrap_or_default().iter();

        let landmarks = rich.landmarks.get(self.next_landmark..).unwrap_or_default();
        let is_last = range.end == rich.text.len();
        let met = landmarks.partition_point(|landmark| is_last || landmark.offset < range.end);
        self.next_landmark += met;
        let landmarks = landmarks.iter().take(met).map(|landmark| Landmark {
            offset: landmark.offset.saturating_sub(range.start),
            kind: landmark.kind.clone(),
        });

        let part = Rich {
            text: rich.text.get(range.clone()).unwrap_or_default().to_owned(),
            spans: self
                .spans
                .iter()
                .filter_map(|span| within(span, &range))
                .collect(),
            links: self
                .links
                .iter()
                .filter(|link| link.range.start >= range.start || may_repeat(link))
                .filter_map(|link| link_within(link, &range))
                .collect(),
            markers: markers.map(|marker| shifted(marker, range.start)).collect(),
            landmarks: landmarks.collect(),
        };
        self.spans.retain(|span| span.range.end > range.end);
        self.links.retain(|link| link.range.end > range.end);
        part
    }
}

/// The part of a span that lies in the range, counted from the range's start.
fn within(span: &Span, range: &Range<usize>) -> Option<Span> {
    let range = overlap(&span.range, range)?;
    Some(Span {
        range,
        style: span.style,
    })
}

fn link_within(link: &Link, range: &Range<usize>) -> Option<Link> {
    let range = overlap(&link.range, range)?;
    Some(Link {
        range,
        ..link.clone()
    })
}

/// Whether a link may lie over more than one part. Each part has the address written out again, so
/// one that is longer than a part would grow with the square of its length.
fn may_repeat(link: &Link) -> bool {
    match &link.target {
        Target::Address(address) => address.len() <= MAX_BLOCK_BYTES,
        Target::Place(_) => true,
    }
}

fn overlap(inner: &Range<usize>, outer: &Range<usize>) -> Option<Range<usize>> {
    let start = inner.start.max(outer.start);
    let end = inner.end.min(outer.end);
    (start < end).then(|| start - outer.start..end - outer.start)
}

fn shifted(marker: &Marker, bytes: usize) -> Marker {
    Marker {
        offset: marker.offset.saturating_sub(bytes),
        ..*marker
    }
}

/// What encloses the parts after the first: the same, with no bullet and no number.
pub(super) fn continued(nesting: &[Nest]) -> Vec<Nest> {
    let nests = nesting.iter().map(|nest| match nest {
        Nest::Quote { .. } => Nest::Quote { begins: false },
        Nest::Item { .. } => Nest::Item { bullet: None },
        Nest::Definition { .. } => Nest::Definition { begins: false },
        Nest::Note { .. } => Nest::Note { number: None },
    });
    nests.collect()
}

/// What the parts after the first are: a heading, a caption and a term go on as paragraphs.
pub(super) fn continued_kind(kind: &Kind) -> Kind {
    match kind {
        Kind::Heading(_) | Kind::Caption | Kind::Term => Kind::Paragraph,
        kind => kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{NoteId, NoteNumber, SourceLocation, Style};

    fn texts(text: String) -> Vec<String> {
        let parts = parts(Rich::plain(text), false).into_iter();
        parts.map(|part| part.text).collect()
    }

    #[test]
    fn no_blank_is_left_at_a_cut_but_where_blanks_are_the_text_s_own() {
        let text = format!("{} \n  c", "b".repeat(MAX_BLOCK_BYTES - 2));
        assert_eq!(texts(text.clone())[1..], ["c"]);
        assert!(texts(text.clone())[0].ends_with('b'));
        let parts = parts(Rich::plain(text), true);
        assert!(parts[0].text.ends_with("b "));
        assert_eq!(parts[1].text, "  c");
    }

    #[test]
    fn a_text_that_fits_stays_whole() {
        let text = "a ".repeat(MAX_BLOCK_BYTES / 2);
        assert_eq!(texts(text.clone()), [text]);
    }

    #[test]
    fn a_cut_is_made_at_a_line_end_or_else_at_a_space() {
        let line = "b c".repeat(10_000);
        let cut = texts(format!("{line}\n{line}\n{line}"));
        assert_eq!(cut, [format!("{line}\n{line}"), line]);
        let cut = texts(format!(
            "{} {}",
            "d".repeat(MAX_BLOCK_BYTES - 1),
            "e".repeat(MAX_BLOCK_BYTES - 1)
        ));
        assert_eq!(
            cut.iter().map(String::len).collect::<Vec<_>>(),
            [MAX_BLOCK_BYTES - 1; 2]
        );
    }

    #[test]
    fn a_word_without_end_is_cut_between_characters() {
        let text = format!("a{}", "é".repeat(MAX_BLOCK_BYTES));
        let cut = texts(text.clone());
        assert_eq!(cut.concat(), text);
        assert!(cut.iter().all(|part| part.len() <= MAX_BLOCK_BYTES));
    }

    #[test]
    fn markers_are_parted_even_where_no_text_lies_between_them() {
        let mut rich = Rich::plain("abc".to_owned());
        let marker = |note| Marker {
            offset: 2,
            note: NoteId(note),
            number: NoteNumber::UNSETTLED,
            location: SourceLocation::Line(1),
        };
        rich.markers.extend((0..20_000).map(marker));
        let parts = parts(rich, false);
        assert!(parts.iter().all(fits));
        let texts: String = parts.iter().map(|part| part.text.as_str()).collect();
        assert_eq!(texts, "abc");
        let notes = parts.iter().flat_map(|part| &part.markers);
        let notes: Vec<usize> = notes.map(|marker| marker.note.0).collect();
        assert_eq!(notes, (0..20_000).collect::<Vec<_>>());
    }

    #[test]
    fn an_address_longer_than_a_part_is_kept_once() {
        let kept = |bytes: usize| {
            let address = "a".repeat(bytes);
            let mut rich = Rich::plain("b".repeat(3 * MAX_BLOCK_BYTES));
            let target = Target::Address(address.into());
            rich.links.push(Link::new(10..3 * MAX_BLOCK_BYTES, target));
            let parts = parts(rich, false).into_iter();
            parts.map(|part| part.links.len()).collect::<Vec<_>>()
        };
        assert_eq!(kept(MAX_BLOCK_BYTES), [1, 1, 1]);
        assert_eq!(kept(MAX_BLOCK_BYTES + 1), [1, 0, 0]);
    }

    #[test]
    fn what_lies_over_a_cut_lies_over_both_parts() {
        let mut rich = Rich::plain("a".repeat(MAX_BLOCK_BYTES + 10));
        let range = MAX_BLOCK_BYTES - MARKER - 5..MAX_BLOCK_BYTES - MARKER + 5;
        rich.spans.push(Span {
            range,
            style: Style::Strong,
        });
        for offset in [0, MAX_BLOCK_BYTES - MARKER, MAX_BLOCK_BYTES + 10] {
            rich.markers.push(Marker {
                offset,
                note: NoteId(0),
                number: NoteNumber::UNSETTLED,
                location: SourceLocation::Line(1),
            });
        }
        let parts = parts(rich, false);
        let spans = parts.iter().map(|part| part.spans[0].range.clone());
        let end = MAX_BLOCK_BYTES - MARKER;
        assert_eq!(spans.collect::<Vec<_>>(), [end - 5..end, 0..5]);
        let markers = parts
            .iter()
            .map(|part| part.markers.iter().map(|marker| marker.offset));
        let markers: Vec<Vec<usize>> = markers.map(Iterator::collect).collect();
        assert_eq!(markers, [vec![0], vec![0, MARKER + 10]]);
    }
}
