//! Notes whose markers stand out of order, as in the cells of a table that is read column by
//! column while its notes count row by row.

use std::collections::{HashMap, HashSet};

use super::label::Label;
use super::line::PdfLine;
use super::tie::Call;
use super::zones::NoteBeginning;

/// How much a raised number and a line must look like a marker and a note.
const SURE: f32 = 0.5;

/// Adds the pairs (call, start) that the order of the text has kept apart: of a note between tied
/// ones, or beside one if its label is raised, where one mark alone on its page or the page before
/// has its number.
pub(super) fn add(
    pairs: &mut Vec<(usize, usize)>,
    calls: &[Call],
    starts: &[NoteBeginning],
    lines: &[PdfLine],
) {
    let tied: HashSet<usize> = pairs.iter().map(|(_, start)| *start).collect();
    let page_of = |start: &NoteBeginning| lines.get(start.line).map_or(0, |line| line.page);
    let mut starts_on: HashMap<(usize, &Label), u32> = HashMap::new();
    for start in starts {
        *starts_on.entry((page_of(start), &start.label)).or_default() += 1;
    }
    let mut free = FreeCalls::new(calls, pairs);
    for (index, start) in starts.iter().enumerate() {
        if start.likeness < SURE || tied.contains(&index) || !is_proved(index, starts, &tied) {
            continue;
        }
        let page = page_of(start);
        let near = page.saturating_sub(1)..=page + 1;
        let alike = near.filter_map(|page| starts_on.get(&(page, &start.label)));
        let has_rival = alike.sum::<u32>() > 1;
        if !has_rival && let Some(call) = free.take_only(page, &start.label, index) {
            pairs.push((call, index));
        }
    }
    pairs.sort_by_key(|(call, _)| calls.get(*call).map_or(0, |call| call.from));
}

/// Whether the notes beside a numbered one are tied: both, or one if its label is raised.
fn is_proved(index: usize, starts: &[NoteBeginning], tied: &HashSet<usize>) -> bool {
    let Some(start) = starts.get(index) else {
        return false;
    };
    let Some(number) = start.label.number() else {
        return false;
    };
    let is_tied_neighbour = |other: Option<usize>, wanted: Option<u32>| {
        let other = other.filter(|other| tied.contains(other));
        let number = other.and_then(|other| starts.get(other)?.label.number());
        wanted.is_some() && number == wanted
    };
    let before = is_tied_neighbour(index.checked_sub(1), number.checked_sub(1));
    let after = is_tied_neighbour(Some(index + 1), number.checked_add(1));
    if start.is_raised {
        before || after
    } else {
        before && after
    }
}

/// The calls that are not tied.
struct FreeCalls<'a> {
    calls: &'a [Call],
    by_label: HashMap<(usize, &'a Label), Vec<usize>>,
    /// What tied calls take of the text.
    taken: HashSet<u32>,
}

impl<'a> FreeCalls<'a> {
    fn new(calls: &'a [Call], pairs: &[(usize, usize)]) -> Self {
        let mut by_label: HashMap<(usize, &Label), Vec<usize>> = HashMap::new();
        for (index, call) in calls.iter().enumerate() {
            let alike = by_label.entry((call.page, &call.label)).or_default();
            alike.push(index);
        }
        let tied = pairs.iter().filter_map(|(call, _)| calls.get(*call));
        FreeCalls {
            calls,
            by_label,
            taken: tied.flat_map(|call| call.from..=call.to).collect(),
        }
    }

    /// Takes the one call that may be that of the note of a label on a page, if there is one alone
    /// and it looks like a marker.
    fn take_only(&mut self, page: usize, label: &Label, note: usize) -> Option<usize> {
        let pages = page.checked_sub(1).into_iter().chain([page]);
        let alike = pages.filter_map(|page| self.by_label.get(&(page, label)));
        let mut candidates = alike.flatten().filter_map(|index| {
            let call = self.calls.get(*index)?;
            let is_free = !(call.from..=call.to).any(|place| self.taken.contains(&place));
            let may_call = call.linked.is_none_or(|linked| linked == note);
            (is_free && may_call).then_some((*index, call))
        });
        let (index, call) = candidates.next()?;
        let is_alone = candidates.next().is_none();
        drop(candidates);
        if !is_alone || call.likeness < SURE {
            return None;
        }
        self.taken.extend(call.from..=call.to);
        Some(index)
    }
}

#[cfg(test)]
mod tests {
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
            line: 0,
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

    #[test]
    fn a_mark_whose_link_leads_to_another_note_is_not_taken() {
        let mut linked = calls(&[1, 3, 2]);
        linked[2].linked = Some(7);
        assert_eq!(added(&linked), [(0, 0), (1, 2)]);
        linked[2].linked = Some(1);
        assert_eq!(added(&linked), [(0, 0), (1, 2), (2, 1)]);
    }
}
