//! Lines to paragraphs.

use std::ops::Range;

use super::PageLine;
use super::edges::Edges;
use super::hanging::{self, HangingLine};
use super::headings::{self, HeadingLook};
use super::items::{ItemLabel, item_label};
use super::words;

/// A gap between lines larger than usual by so much parts paragraphs.
const GAP: f32 = 1.3;
/// The first line of a paragraph is indented by so many ems at least.
const INDENT_EMS: f32 = 0.7;
/// A quotation is set in by so many ems at least.
const QUOTE_EMS: f32 = 1.2;

/// What lines that belong together are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum MendedKind {
    Text,
    /// With its level, from 1.
    Heading(u8),
    Item(ItemLabel),
    Quote,
    /// An entry of a table of contents.
    Entry,
}

/// Why a paragraph begins where it does, or is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    First,
    /// It stands out in a list whose entries hang.
    Hanging,
    /// White above it.
    Gap,
    Indent,
    /// The line above ends early.
    ShortLine,
    /// Set in another size or weight.
    Type,
    /// A bullet or a number.
    Label,
    /// The text before ends a column or a page.
    Column,
    Larger,
    Bold,
    Capitals,
    /// It is known to be a paragraph, or comes after one that is.
    Named,
}

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MendedParagraph {
    pub(crate) lines: Range<usize>,
    pub(crate) kind: MendedKind,
    pub(crate) why: Reason,
}

/// The paragraphs of lines in reading order, in columns that have these edges. `known` are lines
/// that are a paragraph each, whatever they look like, in order.
pub(crate) fn paragraphs(
    lines: &[PageLine],
    edges: &Edges,
    known: &[Range<usize>],
) -> Vec<MendedParagraph> {
    let hanging = hanging::find(lines, edges, |last, next| ends_early(last, next, edges));
    let mut found: Vec<MendedParagraph> = Vec::new();
    let mut from = 0;
    let mut why = Reason::First;
    for index in 1..=lines.len() {
        let after = known.partition_point(|known| known.end < index);
        let next = match known.get(after) {
            _ if index == lines.len() => Some(Reason::First),
            Some(known) if known.start < index && index < known.end => None,
            Some(known) if known.start == index || known.end == index => Some(Reason::Named),
            _ => match hanging.get(index).copied().flatten() {
                // The first line of a list may be the second of an entry.
                Some(HangingLine::GoesOn)
                    if hanging.get(index - 1).is_some_and(Option::is_some) =>
                {
                    None
                }
                Some(HangingLine::Begins) => Some(Reason::Hanging),
                _ => begins(lines, from, index, edges),
            },
        };
        if let Some(next) = next {
            found.push(MendedParagraph {
                lines: from..index,
                kind: MendedKind::Text,
                why,
            });
            from = index;
            why = next;
        }
    }
    found.retain(|paragraph| !paragraph.lines.is_empty());
    join_headings(&mut found, lines, edges, known);
    classify(&mut found, lines, edges);
    found
}

/// Whether a paragraph begins at `index`, where one that began at `from` has gone on, and why.
fn begins(lines: &[PageLine], from: usize, index: usize, edges: &Edges) -> Option<Reason> {
    let (next, last) = (lines.get(index)?, lines.get(index.checked_sub(1)?)?);
    if last.is_followed_by(next) {
        return None;
    }
    let first = lines.get(from)?;
    let em = next.size;
    if !last.is_as_large_as(next)
        || last.is_bold != next.is_bold && (is_lone(last, edges) || is_lone(next, edges))
    {
        return Some(Reason::Type);
    }
    let is_cut_address = words::is_cut_address(&last_word(lines.get(from..index)?), &next.text);
    let label = item_label(&next.text).filter(|_| !is_cut_address);
    let ends_early = |last, next, edges| !is_cut_address && ends_early(last, next, edges);
    let indent = next.left - edges.left(next);
    if last.is_beside(next) {
        let gap = next.baseline - last.baseline;
        if gap > GAP * edges.leading(next.size) || gap < -0.5 * em {
            return Some(Reason::Gap);
        }
        // The lines of a heading may begin anywhere.
        if next.size > 1.08 * edges.body() && label.is_none() {
            return None;
        }
        if label.is_some()
            && (item_label(&first.text).is_some()
                || ends_early(last, next, edges)
                || next.left > last.left + INDENT_EMS * em)
        {
            return Some(Reason::Label);
        }
        let step = next.left - last.left;
        if step > INDENT_EMS * em {
            // The second line of an item or of a reference is set in, and those after it are too.
            let third = lines.get(index + 1).filter(|third| third.is_beside(next));
            let goes_on = third.is_none_or(|third| next.left - third.left < 0.5 * INDENT_EMS * em);
            let is_hanging = index == from + 1 && (goes_on || item_label(&first.text).is_some());
            if !is_hanging || ends_early(last, next, edges) {
                return Some(Reason::Indent);
            }
        }
        if step < -INDENT_EMS * em && index > from + 1 {
            return Some(Reason::Indent);
        }
        return ends_early(last, next, edges).then_some(Reason::ShortLine);
    }
    if label.is_some() && item_label(&first.text).is_some() {
        return Some(Reason::Label);
    }
    let was_indented = last.left - edges.left(last);
    let is_indented = indent > INDENT_EMS * em && indent - was_indented > 0.4 * em;
    if is_indented && !is_hanging_on(first, last, index - from) {
        return Some(Reason::Indent);
    }
    ends_early(last, next, edges).then_some(Reason::Column)
}

/// The last word of lines; an address may be longer than a line.
fn last_word(lines: &[PageLine]) -> String {
    let long = lines
        .iter()
        .rev()
        .take_while(|line| !line.text.contains(' '));
    let count = (long.count() + 1).min(lines.len());
    let pieces = lines.iter().skip(lines.len() - count);
    pieces.fold(String::new(), |word, line| {
        let last = line.text.rsplit(' ').next().unwrap_or("");
        if line.text.contains(' ') {
            last.to_owned()
        } else {
            word + last
        }
    })
}

/// Whether lines are set in because they belong to an item that began before.
fn is_hanging_on(first: &PageLine, last: &PageLine, lines: usize) -> bool {
    lines > 1 && item_label(&first.text).is_some() && last.left > first.left
}

/// Whether a line has much room left: it is a heading or the like.
fn is_lone(line: &PageLine, edges: &Edges) -> bool {
    line.right < edges.right(line) - 3.0 * line.size
}

/// Whether a line ends although the first word of the next one had found room on it.
fn ends_early(last: &PageLine, next: &PageLine, edges: &Edges) -> bool {
    // Some lines are set short, so that a name or a number stays whole.
    let is_open = last
        .text
        .ends_with(|letter: char| letter == ',' || letter.is_lowercase());
    if is_open && next.text.starts_with(char::is_lowercase) {
        return false;
    }
    let characters = next.text.chars().count().max(1);
    let word = next.text.split(' ').next().unwrap_or("");
    // A word may be broken; then only its first letters need room. An address seldom is: most
    // programs begin a new line with it.
    let is_address = ["http://", "https://", "www."]
        .iter()
        .any(|head| word.starts_with(head));
    let whole = if is_address {
        word
    } else {
        let mut pieces = word.split(['-', '/', '.', '\u{AD}']);
        pieces.next().unwrap_or(word)
    };
    let word = whole.chars().count();
    #[expect(clippy::cast_precision_loss, reason = "letters of a line")]
    let width = (next.right - next.left) * word as f32 / characters as f32;
    let room = edges.right(last) - last.right;
    let ends = last
        .text
        .ends_with(['.', '?', '!', ':', '”', '"', ')', '…', '’', '↩'])
        || last.text.ends_with(|letter: char| letter.is_ascii_digit());
    let most = if ends { 0.6 } else { 2.5 };
    room > width + most * last.size
}

/// Joins the lines of a heading that were parted, as those in the middle of the page begin where
/// they like.
fn join_headings(
    paragraphs: &mut Vec<MendedParagraph>,
    lines: &[PageLine],
    edges: &Edges,
    known: &[Range<usize>],
) {
    let own = |paragraph: &MendedParagraph| lines.get(paragraph.lines.clone()).unwrap_or(&[]);
    let is_known = |line: usize| {
        let after = known.partition_point(|known| known.end <= line);
        known.get(after).is_some_and(|known| known.start <= line)
    };
    let mut joined: Vec<MendedParagraph> = Vec::new();
    for paragraph in paragraphs.drain(..) {
        let goes_on = joined.last().is_some_and(|last| {
            let (above, below) = (own(last), own(&paragraph));
            let are_free = !is_known(last.lines.start) && !is_known(paragraph.lines.start);
            let both = lines.get(last.lines.start..paragraph.lines.end);
            let is_heading = |own| headings::heading(own, edges.body()).is_some();
            are_free
                && headings::go_on(above, below, edges.body())
                && [above, below, both.unwrap_or(&[])]
                    .into_iter()
                    .all(is_heading)
        });
        match joined.last_mut().filter(|_| goes_on) {
            Some(last) => last.lines.end = paragraph.lines.end,
            None => joined.push(paragraph),
        }
    }
    *paragraphs = joined;
}

fn classify(paragraphs: &mut [MendedParagraph], lines: &[PageLine], edges: &Edges) {
    let mut headings: Vec<(usize, HeadingLook)> = Vec::new();
    for (index, paragraph) in paragraphs.iter_mut().enumerate() {
        let own = lines.get(paragraph.lines.clone()).unwrap_or(&[]);
        let Some(first) = own.first() else { continue };
        if let Some((heading, why)) = headings::heading(own, edges.body()) {
            headings.push((index, heading));
            paragraph.why = why;
        } else if let Some(label) = item_label(&first.text) {
            paragraph.kind = MendedKind::Item(label);
        } else if is_quote(own, edges) {
            paragraph.kind = MendedKind::Quote;
        }
    }
    let levels = headings::levels(
        &headings
            .iter()
            .map(|(_, heading)| *heading)
            .collect::<Vec<_>>(),
    );
    for ((index, _), level) in headings.iter().zip(levels) {
        if let Some(paragraph) = paragraphs.get_mut(*index) {
            paragraph.kind = MendedKind::Heading(level);
        }
    }
}

/// Whether all lines are set in on both sides.
fn is_quote(lines: &[PageLine], edges: &Edges) -> bool {
    let is_in = |line: &PageLine| {
        let em = line.size;
        line.left - edges.left(line) > QUOTE_EMS * em && edges.right(line) - line.right > 0.8 * em
    };
    let is_level = lines
        .iter()
        .zip(lines.iter().skip(2))
        .all(|(one, next)| (one.left - next.left).abs() < 3.0 * one.size);
    lines.len() >= 2 && is_level && lines.iter().all(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a column 40 ems wide, each at (left, text).
    fn lines(texts: &[(f32, &str)]) -> Vec<PageLine> {
        let mut baseline = 0.0;
        texts
            .iter()
            .filter_map(|(left, text)| {
                baseline += 1.2;
                #[expect(clippy::cast_precision_loss, reason = "a few letters")]
                let right = left + text.chars().count() as f32 * 0.5;
                (!text.is_empty()).then(|| PageLine {
                    text: (*text).to_owned(),
                    left: *left,
                    right,
                    baseline,
                    size: 1.0,
                    ..PageLine::default()
                })
            })
            .collect()
    }

    fn starts(texts: &[(f32, &str)]) -> Vec<(usize, Reason)> {
        let lines = lines(texts);
        let found = paragraphs(&lines, &Edges::new(&lines), &[]);
        found
            .iter()
            .map(|paragraph| (paragraph.lines.start, paragraph.why))
            .collect()
    }

    const FULL: &str = "a line of text that goes on to the right edge";

    #[test]
    fn a_paragraph_begins_after_a_gap_an_indent_or_a_short_line() {
        assert_eq!(
            starts(&[(0.0, FULL), (0.0, FULL), (0.0, ""), (0.0, FULL)]),
            [(0, Reason::First), (2, Reason::Gap)]
        );
        assert_eq!(
            starts(&[(0.0, FULL), (0.0, FULL), (1.5, FULL), (0.0, FULL)]),
            [(0, Reason::First), (2, Reason::Indent)]
        );
        assert_eq!(
            starts(&[(0.0, FULL), (0.0, "the end."), (0.0, FULL), (0.0, FULL)]),
            [(0, Reason::First), (2, Reason::ShortLine)]
        );
    }

    #[test]
    fn an_entry_of_two_lines_that_hang_is_one_paragraph_and_the_next_another() {
        let long = "Bell, Ada. On Wool and the Trade in It and the";
        let lines = [
            (0.0, long),
            (1.5, "Sheep. 1968."),
            (0.0, "Bell, Ada. On Silk and Linen. London, no. 1969."),
            (0.0, long),
            (1.5, "Moths. 1970."),
            (0.0, long),
            (1.5, "Loom. 1971."),
        ];
        let expected = [
            (0, Reason::First),
            (2, Reason::Hanging),
            (3, Reason::Hanging),
            (5, Reason::Hanging),
        ];
        assert_eq!(starts(&lines), expected);
    }

    #[test]
    fn the_rest_of_a_line_that_was_parted_begins_no_paragraph() {
        let mut lines = lines(&[
            (0.0, FULL),
            (0.0, "the end."),
            (6.0, "2. And so"),
            (0.0, FULL),
        ]);
        lines[2].baseline = lines[1].baseline;
        let starts: Vec<usize> = paragraphs(&lines, &Edges::new(&lines), &[])
            .iter()
            .map(|paragraph| paragraph.lines.start)
            .collect();
        assert_eq!(starts.first(), Some(&0));
        assert!(!starts.contains(&2), "{starts:?}");
    }

    #[test]
    fn a_line_that_is_set_short_before_a_name_goes_on() {
        let lines = [
            (0.0, FULL),
            (0.0, "is not a precedent,"),
            (0.0, "sec. 6110(b)(1)(A), and a line that goes on"),
        ];
        assert_eq!(starts(&lines), [(0, Reason::First)]);
    }

    #[test]
    fn a_line_that_is_set_short_before_a_long_address_goes_on() {
        let address = "https://example.org/news/2060677/ (last";
        let lines = [(0.0, FULL), (0.0, "(2025, 21 November)."), (0.0, address)];
        assert_eq!(starts(&lines), [(0, Reason::First)]);
        let short = "https://example.org is its address";
        let lines = [(0.0, FULL), (0.0, "The end."), (0.0, short)];
        assert_eq!(starts(&lines).len(), 2);
    }

    #[test]
    fn a_line_that_ends_within_an_address_goes_on() {
        for (head, tail) in [
            ("See https://example.org/19-11-", "2025/a_longer_name"),
            ("See https:", "//example.org/a"),
            ("See https://example.org/a_name.", "html (last accessed"),
            ("See http://portal", ".unesco.org/en (last"),
        ] {
            let lines = [(0.0, FULL), (0.0, head), (0.0, tail)];
            assert_eq!(starts(&lines), [(0, Reason::First)], "{head}");
        }
        let lines = [
            (0.0, "and more of it at https://example.org/united-s"),
            (0.0, "tates-war-265df843be030b71"),
            (0.0, "3afca8ec (last accessed)"),
        ];
        assert_eq!(starts(&lines), [(0, Reason::First)]);
    }

    #[test]
    fn items_of_a_list_are_told_by_their_labels() {
        let lines = lines(&[
            (1.0, "• one item of the list that goes on here to"),
            (2.0, "its second line"),
            (1.0, "• another item"),
        ]);
        let found = paragraphs(&lines, &Edges::new(&lines), &[]);
        assert_eq!(found.len(), 2);
        assert!(matches!(found[0].kind, MendedKind::Item(_)));
    }
}
