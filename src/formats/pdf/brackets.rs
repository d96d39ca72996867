//! Numbers in brackets at the foot of a page: labels of notes, or a list of sources?
//!
//! A source is called by `[12]` from anywhere, a note from its own page. So brackets are labels of
//! notes where raised markers are written with them, and most of these have a line on their page
//! that begins in the same way.

use std::collections::HashSet;

use super::calls::CallSite;
use super::label::{self, Label};
use super::line::PdfLine;

/// Fewer markers than this prove nothing.
const MIN_MARKERS: usize = 3;

/// Takes note of the lines that begin with the label of a note in brackets.
pub(super) fn find_labels(lines: &mut [PdfLine], marks: &[CallSite]) {
    let heads: HashSet<(usize, Label)> = lines
        .iter()
        .filter_map(|line| Some((line.page, label_in_brackets(line)?)))
        .collect();
    if heads.len() < MIN_MARKERS {
        return;
    }
    let markers: HashSet<(usize, Label)> = markers(lines, marks).collect();
    let answered: Vec<&(usize, Label)> = markers.intersection(&heads).collect();
    if answered.len() < MIN_MARKERS || answered.len() * 2 < markers.len() {
        return;
    }
    // A marker among them may not have been seen, at the head of a line or in a heading.
    let pages: HashSet<usize> = answered.iter().map(|(page, _)| *page).collect();
    for line in lines {
        line.has_bracketed_label |= pages.contains(&line.page) && label_in_brackets(line).is_some();
    }
}

/// The label in brackets with which a line begins that has words after it.
fn label_in_brackets(line: &PdfLine) -> Option<Label> {
    let text = line.text();
    if !text.starts_with('[') {
        return None;
    }
    let (label, letters, _) = label::leading(&text)?;
    (letters < text.chars().count()).then_some(label)
}

/// The labels of raised markers that are written in brackets, by page.
fn markers(lines: &[PdfLine], marks: &[CallSite]) -> impl Iterator<Item = (usize, Label)> {
    let in_brackets = marks.iter().filter_map(|mark| {
        let line = lines.get(mark.line)?;
        let first = line.pieces.get(mark.pieces.start)?;
        let is_marker = mark.pieces.start > 0 && first.run.text().starts_with('[');
        is_marker.then_some((line.page, mark.readings.first()?))
    });
    in_brackets.flat_map(|(page, labels)| labels.iter().map(move |label| (page, label.clone())))
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// Whether the lines of these pages have labels in brackets.
    fn labelled(pages: &[&[(f32, f32, f32, &str)]]) -> Vec<bool> {
        let pages = pages.iter().enumerate();
        let mut lines: Vec<PdfLine> = pages
            .flat_map(|(index, texts)| lines(runs(&page(texts)), index, 0, 0.16))
            .collect();
        let marks = calls::all(&lines, &[]);
        find_labels(&mut lines, &marks);
        lines.iter().map(|line| line.has_bracketed_label).collect()
    }

    #[test]
    fn brackets_are_labels_where_raised_markers_of_the_page_are_written_so() {
        let with_notes: &[_] = &[
            (10.0, 100.0, 10.0, "one."),
            (31.0, 96.0, 7.0, "[1]"),
            (10.0, 112.0, 10.0, "two."),
            (31.0, 108.0, 7.0, "[2]"),
            (10.0, 124.0, 10.0, "six."),
            (31.0, 120.0, 7.0, "[3]"),
            (10.0, 700.0, 8.0, "[1] Ada"),
            (10.0, 710.0, 8.0, "[2] Bo"),
            (10.0, 720.0, 8.0, "[3] Cy"),
        ];
        assert_eq!(
            labelled(&[with_notes]),
            [false, false, false, true, true, true]
        );
        // A list of sources is on another page than most of what calls them.
        let (text, list) = with_notes.split_at(6);
        assert_eq!(labelled(&[text, list]), [false; 6]);
        let level: Vec<_> = with_notes
            .iter()
            .map(|&(left, y, _, text)| (left, y, 10.0, text))
            .collect();
        assert!(!labelled(&[&level]).contains(&true));
    }
}
