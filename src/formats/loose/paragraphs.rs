//! Lines of loose text put together to paragraphs, with markers as Markdown has them.

use super::lines::LooseLine;
use super::notes::{LooseMarker, LooseNotes};
use super::verse;

/// Longer ones are text.
const MAX_FOOT_BYTES: usize = 80;

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LooseParagraph {
    pub(super) place: ParagraphPlace,
    pub(super) kind: LooseKind,
    /// The line of the source that it begins on, from 1.
    pub(super) line: u32,
    pub(super) begins_page: bool,
    pub(super) rows: Vec<ParagraphRow>,
}

/// A line of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ParagraphRow {
    /// The line of the source that it came from, from 1.
    pub(super) line: u32,
    pub(super) text: String,
}

/// What a paragraph is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParagraphPlace {
    Body,
    Note(u32),
}

/// What a paragraph is, as far as its own signs say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LooseKind {
    Text,
    List,
    /// From 1 to 6.
    Heading(u8),
    /// A heading that the source marks as one.
    MarkedHeading,
    /// A table, a quotation, verse, code or HTML, of which the lines are kept.
    Other,
}

impl ParagraphPlace {
    pub(super) fn is_note(self) -> bool {
        matches!(self, ParagraphPlace::Note(_))
    }
}

impl LooseParagraph {
    /// All its words, in one line.
    pub(super) fn text(&self) -> String {
        let rows: Vec<&str> = self.rows.iter().map(|row| row.text.as_str()).collect();
        rows.join(" ")
    }

    /// How many bytes its words have.
    pub(super) fn bytes(&self) -> usize {
        self.rows.iter().map(|row| row.text.len() + 1).sum()
    }

    /// Its first words, to tell it by.
    pub(super) fn opening(&self) -> String {
        let first = self.rows.first().map_or("", |row| row.text.as_str());
        shortened(first, 40, false)
    }

    /// Its last words.
    pub(super) fn ending(&self) -> String {
        let last = self.rows.last().map_or("", |row| row.text.as_str());
        shortened(last, 40, true)
    }

    pub(super) fn is_body_text(&self) -> bool {
        self.place == ParagraphPlace::Body && self.kind == LooseKind::Text
    }
}

/// At most so many characters from the end or the beginning of a text.
fn shortened(text: &str, most_chars: usize, from_end: bool) -> String {
    let count = text.chars().count();
    if count <= most_chars {
        return text.to_owned();
    }
    if from_end {
        let tail: String = text.chars().skip(count - most_chars).collect();
        format!("…{}", tail.trim_start())
    } else {
        let head: String = text.chars().take(most_chars).collect();
        format!("{}…", head.trim_end())
    }
}

/// Puts lines together: a blank line, a page's beginning, a note's number and a change of kind
/// part them.
pub(super) fn group(lines: &[LooseLine<'_>], notes: &LooseNotes) -> Vec<LooseParagraph> {
    let are_endnotes = notes.are_endnotes();
    let has_pages = lines.iter().skip(1).any(|line| line.begins_page);
    let verse = verse::columns(lines);
    let mut starts = notes.starts.iter().peekable();
    let mut markers = notes.markers.as_slice();
    let mut paragraphs: Vec<LooseParagraph> = Vec::new();
    let mut place = ParagraphPlace::Body;
    for (index, line) in lines.iter().enumerate() {
        let here = markers.iter().take_while(|one| one.line == index).count();
        let (own, rest) = markers.split_at_checked(here).unwrap_or_default();
        markers = rest;
        let start = starts.next_if(|start| start.line == index);
        // The words of a note may stand apart from a number on a line of its own.
        let is_labelled = paragraphs.last().is_some_and(|last| last.rows.is_empty());
        let is_apart = (line.blank_before > 0 || line.begins_page) && !is_labelled;
        match start {
            Some(start) => place = ParagraphPlace::Note(start.number),
            // The last endnote ends with a blank line, notes at the foot of a page with the page, above
            // what stands beneath them on all pages; with a blank line where pages are not told apart.
            None if is_apart
                && (if are_endnotes {
                    starts.peek().is_none()
                } else {
                    !has_pages || line.begins_page || is_page_foot(line, lines.get(index + 1))
                }) =>
            {
                place = ParagraphPlace::Body;
            }
            None => {}
        }
        let label_bytes = start.map_or(0, |start| start.label_bytes);
        let mut row = ParagraphRow {
            line: line.number,
            text: with_markers(line.text, label_bytes, own),
        };
        let mut kind = kind_of(line, &row.text);
        let columns = verse.get(index).copied().flatten();
        if let Some(columns) = columns.filter(|_| kind == LooseKind::Text && !place.is_note()) {
            // A marker behind an exclamation mark would be an image.
            let text = row.text.replace("![^", "\\![^");
            row.text = format!("| {}{text}", " ".repeat(columns));
            kind = LooseKind::Other;
        }
        match paragraphs.last_mut() {
            Some(last) if start.is_none() && goes_on(last, line, kind, is_apart, place) => {
                last.rows.push(row);
            }
            _ => paragraphs.push(LooseParagraph {
                place,
                kind,
                line: line.number,
                begins_page: line.begins_page,
                rows: Vec::from_iter(Some(row).filter(|row| !row.text.is_empty())),
            }),
        }
    }
    paragraphs
}

/// Whether a line that stands apart is no text but the foot of a page: its last line, short, and no
/// sentence.
fn is_page_foot(line: &LooseLine<'_>, next: Option<&LooseLine<'_>>) -> bool {
    next.is_none_or(|next| next.begins_page)
        && line.text.len() <= MAX_FOOT_BYTES
        && !line.text.ends_with(['.', '!', '?'])
}

fn goes_on(
    last: &LooseParagraph,
    line: &LooseLine<'_>,
    kind: LooseKind,
    is_apart: bool,
    place: ParagraphPlace,
) -> bool {
    if line.is_code {
        return last.kind == LooseKind::Other && !is_apart && last.place == place;
    }
    let is_same = kind == last.kind || kind == LooseKind::Text;
    !is_apart && is_same && last.place == place && last.kind != LooseKind::MarkedHeading
}

fn kind_of(line: &LooseLine<'_>, text: &str) -> LooseKind {
    if line.is_code {
        return LooseKind::Other;
    }
    if is_item(text) {
        return LooseKind::List;
    }
    match text.chars().next() {
        Some('#') => LooseKind::MarkedHeading,
        Some('>' | '|' | '<' | '+') => LooseKind::Other,
        _ => LooseKind::Text,
    }
}

/// Parts paragraphs at line ends that were set on purpose: where the first word of the next line
/// would have had room, and a sentence or a heading ends.
pub(super) fn part_at_set_ends(paragraphs: &mut Vec<LooseParagraph>) {
    let width = column_width(paragraphs);
    for mut paragraph in std::mem::take(paragraphs) {
        // A title may be set in lines of any length.
        if !paragraph.is_body_text() || paragraph.rows.len() < 4 {
            paragraphs.push(paragraph);
            continue;
        }
        let rows = std::mem::take(&mut paragraph.rows);
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            let is_first = paragraph.rows.is_empty();
            let ends = rows
                .peek()
                .is_some_and(|next| is_set_end(&row.text, &next.text, is_first, width));
            paragraph.rows.push(row);
            if ends {
                let line = rows.peek().map_or(paragraph.line, |next| next.line);
                let rest = LooseParagraph {
                    line,
                    begins_page: false,
                    rows: Vec::new(),
                    ..paragraph
                };
                paragraphs.push(std::mem::replace(&mut paragraph, rest));
            }
        }
        paragraphs.push(paragraph);
    }
}

/// How many characters the lines of running text have at most, but for a few; none if the text is
/// not wrapped.
fn column_width(paragraphs: &[LooseParagraph]) -> Option<usize> {
    let wrapped = paragraphs
        .iter()
        .filter(|one| one.kind == LooseKind::Text && one.rows.len() > 2);
    let mut widths: Vec<usize> = wrapped
        .flat_map(|one| &one.rows)
        .map(|row| row.text.chars().count())
        .collect();
    widths.sort_unstable();
    widths
        .get(widths.len() * 9 / 10)
        .copied()
        .filter(|width| *width > 30)
}

fn is_set_end(row: &str, next: &str, is_first: bool, width: Option<usize>) -> bool {
    let Some(width) = width else {
        return false;
    };
    let word = next.split(' ').next().unwrap_or_default().chars().count();
    let has_room = (row.chars().count() + 1 + word) * 10 < width * 9;
    let text = row.trim_end_matches(|char: char| char == ']' || char.is_ascii_digit());
    let text = text
        .trim_end_matches("[^")
        .trim_end_matches(['"', '”', '’', '»', ')']);
    let ends_sentence = text.ends_with(['.', '!', '?', ':']);
    let is_heading = is_first && !row.ends_with([',', ';']) && next.starts_with(char::is_uppercase);
    has_room && (ends_sentence || is_heading)
}

/// Whether the line begins an item of a list.
pub(super) fn is_item(text: &str) -> bool {
    let has_bullet = ["- ", "* ", "+ ", "• ", "▪ ", "‣ ", "● "]
        .iter()
        .any(|bullet| text.starts_with(bullet));
    let after_number = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let digits = text.len() - after_number.len();
    has_bullet
        || (1..=3).contains(&digits) && after_number.starts_with(['.', ')']) && {
            let mut rest = after_number.chars().skip(1);
            rest.next() == Some(' ')
        }
}

/// The words of a line from this byte on, its markers as `[^1]`, a bullet as `-`.
fn with_markers(text: &str, from: usize, markers: &[LooseMarker]) -> String {
    let mut written = String::with_capacity(text.len());
    let mut at = from;
    for marker in markers {
        written.push_str(text.get(at..marker.range.start).unwrap_or_default());
        written.push_str(&format!("[^{}]", marker.number));
        at = marker.range.end;
    }
    written.push_str(text.get(at..).unwrap_or_default());
    match written.split_once(' ') {
        Some(("•" | "▪" | "‣" | "●", rest)) => format!("- {}", rest.trim_start()),
        _ => written,
    }
}
