//! Cuts a text that is too long for one block into several.

use std::ops::Range;

use super::rich::Rich;
use super::{Kind, Link, Marker, Nest, Span};

/// No paragraph and no code block is longer, in bytes of text, so that the work on one block is
/// bounded. A longer one goes on in the next, cut at a line end, else at a space, else between
/// two characters.
pub(super) const LONGEST: usize = 64 * 1024;

/// The parts of a text, each at most [`LONGEST`] bytes long. The blank at a cut is left out.
pub(super) fn parts(rich: Rich) -> Vec<Rich> {
    if rich.text.len() <= LONGEST {
        return vec![rich];
    }
    let ranges = cuts(&rich.text);
    let mut over = Over::new(&rich);
    ranges.into_iter().map(|range| over.part(range)).collect()
}

/// Where the parts of a text lie.
fn cuts(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut start = 0;
    while text.len() - start > LONGEST {
        let end = text.floor_char_boundary(start + LONGEST);
        let window = text.get(start..end).unwrap_or_default();
        let blank = window.rfind('\n').or_else(|| window.rfind(' '));
        match blank {
            Some(blank) if blank > 0 => {
                cuts.push(start..start + blank);
                start += blank + 1;
            }
            _ => {
                cuts.push(start..end);
                start = end;
            }
        }
    }
    cuts.push(start..text.len());
    cuts
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
        }
    }

    fn part(&mut self, range: Range<usize>) -> Rich {
        let rich = self.rich;
        let spans = rich.spans.get(self.next_span..).unwrap_or_default();
        let met = spans.partition_point(|span| span.range.start < range.end);
        self.next_span += met;
        self.spans.extend(spans.iter().take(met).cloned());

        let links = rich.links.get(self.next_link..).unwrap_or_default();
        let met = links.partition_point(|link| link.range.start < range.end);
        self.next_link += met;
        self.links.extend(links.iter().take(met).cloned());

        let markers = rich.markers.get(self.next_marker..).unwrap_or_default();
        let met = markers.partition_point(|marker| marker.offset <= range.end);
        self.next_marker += met;
        let markers = markers.iter().take(met);

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
                .filter_map(|link| link_within(link, &range))
                .collect(),
            markers: markers.map(|marker| shifted(marker, range.start)).collect(),
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
        target: link.target.clone(),
    })
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
        Nest::Quote => Nest::Quote,
        Nest::Item { .. } => Nest::Item { bullet: None },
        Nest::Note { .. } => Nest::Note { number: None },
    });
    nests.collect()
}

/// What the parts after the first are: a heading goes on as a paragraph.
pub(super) fn continued_kind(kind: &Kind) -> Kind {
    match kind {
        Kind::Heading(_) => Kind::Paragraph,
        kind => kind.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{NoteId, Style};

    fn texts(text: String) -> Vec<String> {
        let parts = parts(Rich::plain(text)).into_iter();
        parts.map(|part| part.text).collect()
    }

    #[test]
    fn a_text_that_fits_stays_whole() {
        let text = "a ".repeat(LONGEST / 2);
        assert_eq!(texts(text.clone()), [text]);
    }

    #[test]
    fn a_cut_is_made_at_a_line_end_or_else_at_a_space() {
        let line = "b c".repeat(10_000);
        let cut = texts(format!("{line}\n{line}\n{line}"));
        assert_eq!(cut, [format!("{line}\n{line}"), line]);
        let cut = texts(format!(
            "{} {}",
            "d".repeat(LONGEST - 1),
            "e".repeat(LONGEST - 1)
        ));
        assert_eq!(
            cut.iter().map(String::len).collect::<Vec<_>>(),
            [LONGEST - 1; 2]
        );
    }

    #[test]
    fn a_word_without_end_is_cut_between_characters() {
        let text = format!("a{}", "é".repeat(LONGEST));
        let cut = texts(text.clone());
        assert_eq!(cut.concat(), text);
        assert!(cut.iter().all(|part| part.len() <= LONGEST));
    }

    #[test]
    fn what_lies_over_a_cut_lies_over_both_parts() {
        let mut rich = Rich::plain("a".repeat(LONGEST + 10));
        let range = LONGEST - 5..LONGEST + 5;
        rich.spans.push(Span {
            range,
            style: Style::Strong,
        });
        for offset in [0, LONGEST, LONGEST + 10] {
            rich.markers.push(Marker {
                offset,
                note: NoteId(0),
                number: 0,
                line: 1,
            });
        }
        let parts = parts(rich);
        let spans = parts.iter().map(|part| part.spans[0].range.clone());
        assert_eq!(spans.collect::<Vec<_>>(), [LONGEST - 5..LONGEST, 0..5]);
        let markers = parts
            .iter()
            .map(|part| part.markers.iter().map(|marker| marker.offset));
        let markers: Vec<Vec<usize>> = markers.map(Iterator::collect).collect();
        assert_eq!(markers, [vec![0, LONGEST], vec![10]]);
    }
}
