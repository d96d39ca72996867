//! Notes of a table or a figure that stand right below it, and have text below them again.
//!
//! They count from 1 for themselves, so the sequence of the paper proves nothing of them. What does is
//! that nothing but the table is between them and their markers.

use std::ops::Range;

use super::calls::CallSite;
use super::label::Label;
use super::line::PdfLine;
use super::notes::{PdfNotes, TiedNote};
use super::run_in::{LEADING_EMS, SAME_SIZE};
use super::zones::{self, NoteBeginning};

/// How much a raised number must look like a marker.
const SURE: f32 = 0.5;

/// What a line begins with that says where the numbers come from, and is no note.
const SOURCES: [&str; 9] = [
    "source:", "sources:", "quelle:", "quellen:", "fuente:", "fuentes:", "fonte:", "fonti:",
    "fontes:",
];

/// The notes of tables and figures outside of `known`, the places of all other notes, and the marks,
/// by their places in `marks`, that call them. The type of tables is at most so large as `small`.
pub(super) fn find(
    lines: &[PdfLine],
    known: &[Range<usize>],
    marks: &[CallSite],
    small: f32,
) -> (PdfNotes, Vec<usize>) {
    let is_known = |line: usize| known.iter().any(|known| known.contains(&line));
    let mut found = PdfNotes::default();
    let mut used = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(set) = NoteSet::new(at, lines, small, &is_known) else {
            at += 1;
            continue;
        };
        let calls: Vec<Option<usize>> = set
            .starts
            .iter()
            .map(|start| set.call(&start.label, lines, marks, small))
            .collect();
        // What the first of them is called by is sure to be above it, or none is.
        if calls.first().is_some_and(Option::is_some) {
            for (index, (start, call)) in set.starts.iter().zip(&calls).enumerate() {
                match call.and_then(|call| Some((call, marks.get(call)?))) {
                    Some((call, mark)) => {
                        used.push(call);
                        add(&mut found, mark, start, set.lines_of(index));
                    }
                    None => found.untied.push((start.line, start.label.clone())),
                }
            }
        }
        at = set.end;
    }
    (found, used)
}

/// Adds a note that a mark calls.
fn add(found: &mut PdfNotes, mark: &CallSite, start: &NoteBeginning, lines: Range<usize>) {
    let index = found.notes.len();
    found.taken.extend(lines.clone());
    found.notes.push(TiedNote {
        name: start.label.name(),
        start: start.clone(),
        lines: lines.collect(),
    });
    for piece in mark.pieces.clone() {
        let calls = found.calls.entry((mark.line, piece)).or_default();
        if piece == mark.pieces.start {
            calls.push(index);
        }
    }
}

/// Notes right below each other that count from 1, or have signs.
struct NoteSet {
    starts: Vec<NoteBeginning>,
    end: usize,
}

impl NoteSet {
    fn new(
        first: usize,
        lines: &[PdfLine],
        small: f32,
        is_known: &impl Fn(usize) -> bool,
    ) -> Option<Self> {
        let raised = |at: usize| {
            let start = zones::start(at, lines.get(at)?)?;
            (start.is_raised && start.likeness >= SURE).then_some(start)
        };
        let line = lines.get(first).filter(|line| line.size <= small)?;
        let start = raised(first).filter(|_| !is_known(first))?;
        if start.label.number().is_some_and(|number| number != 1) {
            return None;
        }
        let mut starts = vec![start];
        let mut end = first + 1;
        while let (Some(above), Some(next)) = (lines.get(end - 1), lines.get(end)) {
            let is_near = next.page == line.page
                && next.region == line.region
                && (0.0..LEADING_EMS * line.size).contains(&(next.baseline - above.baseline));
            let is_alike = (next.size - line.size).abs() < SAME_SIZE * line.size;
            if !is_near || !is_alike || is_known(end) || says_sources(next) {
                break;
            }
            if let Some(start) = raised(end) {
                let last = starts.last().and_then(|last| last.label.number());
                if start.label.number() != last.map(|last| last + 1) {
                    break;
                }
                starts.push(start);
            }
            end += 1;
        }
        // Below them is text again: what ends its column is a foot, which others know.
        let is_above_text = lines.get(end).is_some_and(|next| {
            next.page == line.page && next.region == line.region && !is_known(end)
        });
        is_above_text.then_some(NoteSet { starts, end })
    }

    /// The mark that calls a note: one with nothing but small type between it and the notes.
    fn call(
        &self,
        label: &Label,
        lines: &[PdfLine],
        marks: &[CallSite],
        small: f32,
    ) -> Option<usize> {
        let first = self.starts.first()?.line;
        let own = lines.get(first)?;
        let above = (0..first).rev().take_while(|at| {
            let line = lines.get(*at);
            line.is_some_and(|line| line.page == own.page && line.size <= small)
        });
        let from = first - above.count();
        // The line above the table is its caption, which may be as large as the text.
        let from = match lines.get(from.wrapping_sub(1)) {
            Some(line) if line.page == own.page => from - 1,
            _ => from,
        };
        let alike = marks.iter().position(|mark| {
            let is_label =
                |reading: &Vec<Label>| matches!(reading.as_slice(), [only] if only == label);
            (from..first).contains(&mark.line)
                && mark.likeness >= SURE
                && mark.pieces.start > 0
                && mark.readings.first().is_some_and(is_label)
        });
        alike.filter(|_| from < first)
    }

    /// The lines of one of the notes.
    fn lines_of(&self, index: usize) -> Range<usize> {
        let start = self.starts.get(index).map_or(self.end, |start| start.line);
        let next = self
            .starts
            .get(index + 1)
            .map_or(self.end, |next| next.line);
        start..next
    }
}

fn says_sources(line: &PdfLine) -> bool {
    let first = line.pieces.first().map(|piece| piece.run.text());
    first.is_some_and(|first| SOURCES.contains(&first.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::run_in;
    use super::super::testing::page;
    use super::*;

    /// The names of the notes that are found below a table, and how many lines they take.
    fn found(between: &str, size: f32) -> Vec<(String, usize)> {
        let only = page(&[
            (60.0, 100.0, 10.0, "words of the text above the table"),
            (60.0, 140.0, 11.0, "Features of systems"),
            (170.0, 136.0, 7.0, "1"),
            (60.0, 156.0, 8.0, "Change in volume"),
            (60.0, 170.0, size, between),
            (60.0, 186.0, 5.0, "1"),
            (64.0, 189.0, 7.5, "Errors in brackets, which are"),
            (60.0, 198.0, 7.5, "those of the authors."),
            (60.0, 216.0, 7.5, "Sources: the authors."),
            (60.0, 250.0, 10.0, "words of the text below it"),
        ]);
        let read = lines(runs(&only), 0, 0, 0.16);
        let marks = calls::all(&read, std::slice::from_ref(&only));
        let (notes, used) = find(&read, &[], &marks, 9.5);
        assert_eq!(notes.notes.len(), used.len());
        let notes = notes.notes.into_iter();
        notes.map(|note| (note.name, note.lines.len())).collect()
    }

    #[test]
    fn the_note_below_a_table_is_tied_and_ends_above_the_sources() {
        assert_eq!(found("Number of cases", 8.0), [("1".to_owned(), 2)]);
    }

    #[test]
    fn notes_of_a_table_that_are_run_on_are_each_their_own() {
        let only = page(&[
            (60.0, 100.0, 10.0, "words of the text above the table"),
            (60.0, 140.0, 11.0, "Features of systems"),
            (170.0, 136.0, 7.0, "1"),
            (60.0, 156.0, 8.0, "Change in volume"),
            (130.0, 153.0, 5.0, "2"),
            (60.0, 170.0, 8.0, "Number of cases"),
            (60.0, 186.0, 5.0, "1"),
            (64.0, 189.0, 7.5, "Errors in brackets"),
            (140.0, 186.0, 5.0, "2"),
            (144.0, 189.0, 7.5, "Those of"),
            (60.0, 198.0, 7.5, "the authors."),
            (60.0, 208.0, 7.5, "Sources: a bank."),
            (60.0, 250.0, 10.0, "words of the text below it"),
        ]);
        let read = lines(runs(&only), 0, 0, 0.16);
        let read = run_in::part(read, std::slice::from_ref(&only));
        let marks = calls::all(&read, std::slice::from_ref(&only));
        let (notes, _) = find(&read, &[], &marks, 9.5);
        let text = |note: &TiedNote| {
            let lines = note.lines.iter().map(|line| read[*line].text());
            (note.name.clone(), lines.collect::<Vec<_>>().join(" "))
        };
        let notes: Vec<_> = notes.notes.iter().map(text).collect();
        let expected = [
            ("1", "1 Errors in brackets"),
            ("2", "2 Those of the authors."),
        ];
        assert_eq!(
            notes,
            expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn text_between_a_marker_and_such_a_note_parts_them() {
        assert_eq!(found("words of the text", 10.0), []);
    }
}
