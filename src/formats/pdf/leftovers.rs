//! Notes whose markers stand out of order, as in the cells of a table that is read column by
//! column while its notes count row by row.

use std::collections::HashSet;

use super::line::PdfLine;
use super::tie::Call;
use super::zones::NoteBeginning;

/// How much a raised number and a line must look like a marker and a note.
const SURE: f32 = 0.5;

/// Adds the pairs (call, start) that the order of the text has kept apart: of a note between tied
/// ones, where one mark alone on its page or the page before has its number.
pub(super) fn add(
    pairs: &mut Vec<(usize, usize)>,
    calls: &[Call],
    starts: &[NoteBeginning],
    lines: &[PdfLine],
) {
    let tied: HashSet<usize> = pairs.iter().map(|(_, start)| *start).collect();
    let page = |start: &NoteBeginning| lines.get(start.line).map_or(0, |line| line.page);
    let taken = |call: &Call, pairs: &[(usize, usize)]| {
        let mut tied = pairs.iter().filter_map(|(call, _)| calls.get(*call));
        tied.any(|other| other.from <= call.to && call.from <= other.to)
    };
    for (index, start) in starts.iter().enumerate() {
        let Some(number) = start.label.number().filter(|_| !tied.contains(&index)) else {
            continue;
        };
        let is_tied_neighbour = |other: Option<usize>, wanted: Option<u32>| {
            let other = other.filter(|other| tied.contains(other));
            let number = other.and_then(|other| starts.get(other)?.label.number());
            wanted.is_some() && number == wanted
        };
        let before = is_tied_neighbour(index.checked_sub(1), number.checked_sub(1));
        let after = is_tied_neighbour(Some(index + 1), number.checked_add(1));
        let is_proved = if start.is_raised {
            before || after
        } else {
            before && after
        };
        if !is_proved || start.likeness < SURE {
            continue;
        }
        let own_page = page(start);
        let is_near = |other: usize| other == own_page || other + 1 == own_page;
        let rival = starts.iter().enumerate().any(|(other, rival)| {
            other != index && rival.label == start.label && own_page.abs_diff(page(rival)) <= 1
        });
        let mut candidates = calls.iter().enumerate().filter(|(_, call)| {
            call.label == start.label && is_near(call.page) && !taken(call, pairs)
        });
        if let (Some((call, found)), None, false) = (candidates.next(), candidates.next(), rival)
            && found.likeness >= SURE
        {
            pairs.push((call, index));
        }
    }
    pairs.sort_by_key(|(call, _)| calls.get(*call).map_or(0, |call| call.from));
}

#[cfg(test)]
mod tests {
    use super::super::label::Label;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::super::zones;
    use super::*;

    fn calls(numbers: &[u32]) -> Vec<Call> {
        let numbers = numbers.iter().zip(0u32..);
        let calls = numbers.map(|(number, at)| Call {
            label: Label::Number(*number),
            page: 0,
            from: at,
            to: at,
            likeness: 0.8,
            linked: None,
        });
        calls.collect()
    }

    /// The pairs of markers and of three notes, of which the first and the last are tied.
    fn added(calls: &[Call]) -> Vec<(usize, usize)> {
        let mut texts = Vec::new();
        for (y, figure) in [(700.0, "1"), (712.0, "2"), (724.0, "3")] {
            texts.push((10.0, y - 3.0, 5.0, figure));
            texts.push((14.0, y, 8.0, "A note"));
        }
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let starts: Vec<NoteBeginning> = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| zones::start(index, line))
            .collect();
        let at = |number: u32| {
            let found = calls
                .iter()
                .position(|call| call.label.number() == Some(number));
            found.unwrap_or(usize::MAX)
        };
        let mut pairs = vec![(at(1), 0), (at(3), 2)];
        add(&mut pairs, calls, &starts, &lines);
        pairs
    }

    #[test]
    fn a_note_between_tied_ones_is_tied_to_the_one_mark_that_stands_out_of_order() {
        assert_eq!(added(&calls(&[1, 3, 2])), [(0, 0), (1, 2), (2, 1)]);
    }

    #[test]
    fn of_two_marks_that_stand_out_of_order_neither_is_taken() {
        assert_eq!(added(&calls(&[1, 3, 2, 2])), [(0, 0), (1, 2)]);
        let mut powers = calls(&[1, 3, 2]);
        powers[2].likeness = 0.1;
        assert_eq!(added(&powers), [(0, 0), (1, 2)]);
    }
}
