//! Notes at the foot of a column in type as large as the text, with no rule above them.
//!
//! Such a line looks like any other. What tells it is its label: one that is raised, or one that
//! counts on over the whole document, and that a marker above it in its column calls.

use std::collections::HashMap;
use std::ops::Range;

use super::calls::CallSite;
use super::label::Label;
use super::line::PdfLine;
use super::zones::{self, NoteBeginning};

/// How much a raised number must look like a marker, and a line like a note.
const SURE: f32 = 0.5;
/// Labels that are not raised prove something if they are so many,
const MIN_LEVEL: usize = 8;
/// and answer so many of ten markers.
const ANSWERED: usize = 7;
/// Above the notes is more white than between lines, by so much.
const WHITE: f32 = 1.25;
/// White of so many ems parts what is below from a note.
const PARTED_EMS: f32 = 1.9;
/// Lines of one note are apart by at most so many ems.
const LEADING_EMS: f32 = 1.5;

/// Adds such zones to those that are found; `marks` are those in the text.
pub(super) fn added(
    zones: Vec<Range<usize>>,
    lines: &[PdfLine],
    marks: &[CallSite],
) -> Vec<Range<usize>> {
    let mut calls: HashMap<usize, Vec<&CallSite>> = HashMap::new();
    for mark in marks
        .iter()
        .filter(|mark| mark.pieces.start > 0 && mark.likeness >= SURE)
    {
        calls.entry(mark.line).or_default().push(mark);
    }
    let (mut raised, mut level): (Vec<LabelledFoot>, Vec<LabelledFoot>) = (Vec::new(), Vec::new());
    let mut from = 0;
    for column in lines.chunk_by(|one, next| one.page == next.page && one.region == next.region) {
        let own = from..from + column.len();
        from = own.end;
        let is_known = zones.iter().any(|zone| own.contains(&zone.start));
        for is_raised in [true, false] {
            let foot = (!is_known).then(|| LabelledFoot::find(&own, lines, &calls, is_raised));
            let found = if is_raised { &mut raised } else { &mut level };
            found.extend(foot.flatten());
        }
    }
    let answered: usize = level.iter().map(|foot| foot.answered).sum();
    if answered < MIN_LEVEL || answered * 10 < marks_of(&calls) * ANSWERED {
        level.clear();
    }
    let mut all = zones;
    for foot in raised.into_iter().chain(level) {
        if !all.iter().any(|zone| zone.contains(&foot.lines.start)) {
            all.push(foot.lines);
        }
    }
    all.sort_by_key(|zone| zone.start);
    all
}

/// How many markers there are.
fn marks_of(calls: &HashMap<usize, Vec<&CallSite>>) -> usize {
    calls.values().map(Vec::len).sum()
}

/// The lines of a column from the first label on that a marker above it calls.
#[derive(Debug, Clone, PartialEq)]
struct LabelledFoot {
    lines: Range<usize>,
    /// How many of its labels are called in its column.
    answered: usize,
}

impl LabelledFoot {
    fn find(
        column: &Range<usize>,
        lines: &[PdfLine],
        calls: &HashMap<usize, Vec<&CallSite>>,
        is_raised: bool,
    ) -> Option<Self> {
        let starts: Vec<NoteBeginning> = column
            .clone()
            .filter_map(|line| zones::start(line, lines.get(line)?))
            .filter(|start| start.is_raised == is_raised && start.label.number().is_some())
            .filter(|start| start.likeness >= SURE)
            .collect();
        let calling = |line: usize| calls.get(&line).into_iter().flatten();
        let is_called = |label: &Label, before: usize| {
            let above = (column.start..before).flat_map(calling);
            let mut labels = above.flat_map(|mark| mark.readings.iter().flatten());
            labels.any(|called| called == label)
        };
        // From below: the last label that is called, and those that count down from it.
        let last = starts
            .iter()
            .rposition(|start| is_called(&start.label, start.line))?;
        let mut chain = vec![starts.get(last)?];
        for start in starts.iter().take(last).rev() {
            let first = chain.last()?;
            let is_alike = (start.likeness - first.likeness).abs() < 0.01;
            let next = start.label.number().map(|number| number + 1);
            if is_alike && next == first.label.number() {
                chain.push(start);
            }
        }
        let first = chain.last()?.line;
        // Text that calls notes is not below notes.
        let is_text = |line: usize| calling(line).any(|mark| mark.likeness >= 0.8);
        if (first..column.end).any(is_text) || first == column.start {
            return None;
        }
        // What more white parts from the labels than them from the text is no note: the labels are
        // those of authors' houses, and the text begins below them.
        let last_label = starts.last().map_or(first, |start| start.line);
        if is_parted(column, first, last_label, lines) {
            return None;
        }
        let answered = chain.iter().filter(|start| is_called(&start.label, first));
        let answered = answered.count();
        let start = above(column, first, lines);
        let calls_notes = (start..first).any(|line| calling(line).next().is_some());
        let start = if calls_notes { first } else { start };
        (answered > 0).then_some(LabelledFoot {
            lines: start..column.end,
            answered,
        })
    }
}

/// How far a line is from the one above it in its column, in ems.
fn white_above(line: usize, column: &Range<usize>, lines: &[PdfLine]) -> Option<f32> {
    let above = line.checked_sub(1).filter(|above| *above >= column.start)?;
    let (above, line) = (lines.get(above)?, lines.get(line)?);
    Some((line.baseline - above.baseline) / line.size.max(1.0))
}

/// Whether more white is somewhere below the last label of a column than above the first one, and
/// than between lines.
fn is_parted(column: &Range<usize>, first: usize, last_label: usize, lines: &[PdfLine]) -> bool {
    let gap = |line: usize| white_above(line, column, lines);
    let above = gap(first).unwrap_or(f32::MAX);
    let most = above.max(PARTED_EMS);
    (last_label + 1..column.end)
        .filter_map(gap)
        .any(|gap| gap > most)
}

/// The first line below the white that parts notes from the text: lines above the first label may
/// be the end of a note from the page before.
fn above(column: &Range<usize>, first: usize, lines: &[PdfLine]) -> usize {
    let gap = |line: usize| white_above(line, column, lines);
    let usual = (first + 1..column.end)
        .find_map(gap)
        .unwrap_or(1.2)
        .min(LEADING_EMS);
    let mut at = first;
    while let Some(white) = gap(at) {
        if white > WHITE * usual {
            return at;
        }
        at -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// The zones of a page whose text calls notes 1 to 3, and that ends in these lines.
    fn zones_of(foot: &[&str], raised: &[&str]) -> Vec<Range<usize>> {
        let mut texts = Vec::new();
        for (y, figure) in [(100.0, "1"), (112.0, "2"), (124.0, "3")] {
            texts.push((60.0, y, 10.0, "some words."));
            texts.push((115.0, y - 4.0, 7.0, figure));
        }
        let mut y = 700.0;
        for (at, note) in foot.iter().enumerate() {
            if let Some(label) = raised.get(at).filter(|label| !label.is_empty()) {
                texts.push((60.0, y - 4.0, 7.0, *label));
            }
            texts.push((66.0, y, 10.0, *note));
            y += 12.0;
        }
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let marks = calls::all(&lines, &[]);
        added(Vec::new(), &lines, &marks)
    }

    #[test]
    fn raised_labels_that_are_called_above_tell_notes_as_large_as_the_text() {
        let notes = ["Ada goes", "on.", "Bo.", "Cy."];
        let found = zones_of(&notes, &["1", "", "2", "3"]);
        assert_eq!(found.first(), Some(&(3..7)));
        assert!(zones_of(&notes, &["7", "", "8", "9"]).is_empty());
    }

    #[test]
    fn text_far_below_raised_labels_shows_that_they_are_not_at_the_foot() {
        let mut texts = vec![(60.0, 100.0, 10.0, "Ada"), (78.0, 96.0, 7.0, "1")];
        for (y, label, house) in [(118.0, "1", "Of Here"), (130.0, "2", "Of There")] {
            texts.push((60.0, y - 4.0, 7.0, label));
            texts.push((66.0, y, 10.0, house));
        }
        let found = |texts: &[(f32, f32, f32, &str)]| {
            let lines = lines(runs(&page(texts)), 0, 0, 0.16);
            added(Vec::new(), &lines, &calls::all(&lines, &[]))
        };
        assert_eq!(found(&texts).len(), 1);
        texts.push((60.0, 160.0, 10.0, "The text begins"));
        assert!(found(&texts).is_empty());
    }

    #[test]
    fn a_few_lines_that_begin_with_numbers_are_a_list() {
        assert!(zones_of(&["1. Ada", "2. Bo", "3. Cy"], &[]).is_empty());
    }
}
