//! What looks like notes and could not be tied: raised numbers that count on and lead nowhere, and
//! numbered lines at the foot of pages that nothing calls.

use std::collections::HashSet;

use super::calls::CallSite;
use super::label::Label;
use super::line::PdfLine;
use super::zones::NoteBeginning;

/// Numbers that count on are the labels of notes, if they are so many.
const MIN_CHAIN: usize = 3;
/// From one of them to the next it is at most so far.
const MAX_STEP: u32 = 2;
/// How much a raised number must look like a marker, and a line like a note.
const SURE: f32 = 0.5;
/// So many numbers are missing between tied notes, at most; more belong to another sequence.
const MAX_MISSING: u32 = 60;

/// What was found, by line and number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Unanswered {
    /// Raised numbers in the text.
    pub(super) markers: Vec<(usize, u32)>,
    /// Lines at the foot of pages.
    pub(super) notes: Vec<(usize, u32)>,
    /// Numbers that are missing between those of tied notes; by the line of the note before.
    pub(super) missing: Vec<(usize, u32)>,
}

impl Unanswered {
    /// What counts on among `marks` and `starts` that are not tied, and what is missing between
    /// `tied`, the notes that are, in the order of the text.
    pub(super) fn new<'a>(
        marks: impl Iterator<Item = &'a CallSite>,
        starts: impl Iterator<Item = &'a NoteBeginning>,
        tied: &[&NoteBeginning],
        lines: &[PdfLine],
    ) -> Self {
        let page = |line: usize| lines.get(line).map_or(0, |line| line.page);
        let marks = marks.filter(|mark| mark.likeness >= SURE && mark.pieces.start > 0);
        let marks =
            marks.filter_map(|mark| Some((mark.line, mark.readings.first()?.first()?.number()?)));
        let mut markers = chains(&marks.collect::<Vec<_>>());
        // The raised numbers on a title page are those of authors and their places of work.
        markers.retain(|chain| chain.iter().any(|(line, _)| page(*line) > 0));
        let markers: Vec<(usize, u32)> = markers.into_iter().flatten().collect();
        let starts = starts.filter(|start| start.likeness >= SURE);
        let starts = starts.filter_map(|start| Some((start.line, start.label.number()?)));
        let notes: Vec<(usize, u32)> = chains(&starts.collect::<Vec<_>>())
            .into_iter()
            .flatten()
            .collect();
        let known: HashSet<u32> = markers
            .iter()
            .chain(&notes)
            .map(|(_, number)| *number)
            .collect();
        let mut missing = missing(tied);
        missing.retain(|(_, number)| !known.contains(number));
        Unanswered {
            markers,
            notes,
            missing,
        }
    }

    /// Adds what was found of another sequence.
    pub(super) fn join(&mut self, other: Unanswered) {
        self.markers.extend(other.markers);
        self.notes.extend(other.notes);
        self.missing.extend(other.missing);
    }

    /// The same without the notes that are said to be untied one by one.
    pub(super) fn beside(mut self, untied: &[(usize, Label)]) -> Self {
        let lines: HashSet<usize> = untied.iter().map(|(line, _)| *line).collect();
        self.notes.retain(|(line, _)| !lines.contains(line));
        let labels = untied.iter().filter_map(|(_, label)| label.number());
        let labels: HashSet<u32> = labels.collect();
        self.missing.retain(|(_, number)| !labels.contains(number));
        self
    }
}

/// The runs of numbers that count on.
fn chains(numbers: &[(usize, u32)]) -> Vec<Vec<(usize, u32)>> {
    let chains = numbers.chunk_by(|(_, one), (_, next)| next > one && next - one <= MAX_STEP);
    let long = chains.filter(|chain| chain.len() >= MIN_CHAIN);
    long.map(<[(usize, u32)]>::to_vec).collect()
}

/// The numbers between those of notes that follow each other.
fn missing(tied: &[&NoteBeginning]) -> Vec<(usize, u32)> {
    let have: HashSet<u32> = tied.iter().filter_map(|note| note.label.number()).collect();
    let mut missing = Vec::new();
    let numbered = tied
        .iter()
        .filter_map(|note| Some((note.line, note.label.number()?)));
    let next = numbered.clone().skip(1);
    for ((line, last), (_, number)) in numbered.zip(next) {
        if number > last && number - last <= MAX_MISSING {
            let between = (last..number).skip(1);
            let between = between.filter(|number| !have.contains(number));
            missing.extend(between.map(|number| (line, number)));
        }
    }
    missing
}

/// Numbers as one reads them: `3, 7–9`.
pub(super) fn listed(numbers: &[(usize, u32)]) -> String {
    let mut numbers: Vec<u32> = numbers.iter().map(|(_, number)| *number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|one, next| *next == one + 1);
    let runs = runs.filter_map(|run| match (run.first()?, run.last()?) {
        (first, last) if first == last => Some(first.to_string()),
        (first, last) => Some(format!("{first}–{last}")),
    });
    runs.collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(line: usize, number: u32) -> NoteBeginning {
        NoteBeginning {
            line,
            label: Label::Number(number),
            pieces: 1,
            letters: 0,
            is_raised: true,
            likeness: 1.0,
        }
    }

    #[test]
    fn what_counts_on_and_is_not_tied_is_found() {
        let lines = [PdfLine {
            page: 1,
            ..PdfLine::default()
        }];
        let mark = |number: u32| CallSite {
            line: 0,
            pieces: 1..2,
            readings: vec![vec![Label::Number(number)]],
            likeness: 1.0,
            places: Vec::new(),
            targets: Vec::new(),
        };
        let marks = [10, 4, 5, 7, 2].map(mark);
        let starts = [4, 5].map(|number| begin(0, number));
        let tied = [(10, 1), (11, 2), (12, 6), (13, 1), (14, 9)];
        let tied = tied.map(|(line, number)| begin(line, number));
        let tied: Vec<&NoteBeginning> = tied.iter().collect();
        let found = Unanswered::new(marks.iter(), starts.iter(), &tied, &lines);
        assert_eq!(listed(&found.markers), "4–5, 7");
        assert!(found.notes.is_empty());
        // Each is missing after the note before it.
        assert_eq!(found.missing, [(11, 3), (13, 3), (13, 8)]);
        let beside = found.beside(&[(0, Label::Number(8))]);
        assert_eq!(listed(&beside.missing), "3");
        // Those of authors are no notes.
        let front = [PdfLine::default()];
        let found = Unanswered::new(marks.iter(), starts.iter(), &[], &front);
        assert!(found.markers.is_empty());
    }
}
