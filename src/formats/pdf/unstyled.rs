//! Notes whose number is set unlike those of all others, as a plain `52` among raised ones: it begins
//! a note where the notes before and after it are tied, and a marker between theirs has its number.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::tie::Call;
use super::zones::NoteBeginning;

/// How much a raised number must look like a marker.
const SURE: f32 = 0.5;

/// The pairs of a call, by its index, and one of `unstyled`, the lines that begin like notes but in
/// another way; `pairs` are those that are tied.
pub(super) fn between(
    pairs: &[(usize, usize)],
    calls: &[Call],
    starts: &[NoteBeginning],
    unstyled: &[NoteBeginning],
) -> Vec<(usize, NoteBeginning)> {
    let mut tied: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    let mut taken: HashSet<u32> = HashSet::new();
    for (call, start) in pairs {
        let (Some(call), Some(start)) = (calls.get(*call), starts.get(*start)) else {
            continue;
        };
        taken.extend(call.from..=call.to);
        if let Some(number) = start.label.number() {
            tied.insert(start.line, (number, call.from));
        }
    }
    let begun: HashSet<usize> = starts.iter().map(|start| start.line).collect();
    // What the marker of a note may take of the text, by the line where the note begins.
    let gap = |start: &NoteBeginning| {
        let number = start.label.number()?;
        let before = tied.range(..start.line).next_back()?.1;
        let after = tied.range(start.line..).next()?.1;
        let is_between = before.0 + 1 == number && number + 1 == after.0;
        (is_between && !begun.contains(&start.line)).then_some(before.1..after.1)
    };
    let gaps: Vec<(&NoteBeginning, Range<u32>)> = unstyled
        .iter()
        .filter_map(|start| Some((start, gap(start)?)))
        .collect();
    let mut found = Vec::new();
    for (start, gap) in &gaps {
        let rivals = gaps.iter().filter(|other| {
            let is_other = other.0.line != start.line;
            is_other && other.0.label == start.label && other.1 == *gap
        });
        let mut alike = calls.iter().enumerate().filter(|(_, call)| {
            let is_free = !(call.from..=call.to).any(|place| taken.contains(&place));
            call.label == start.label && gap.contains(&call.from) && is_free
        });
        let only = alike.next().filter(|(_, call)| call.likeness >= SURE);
        if let (Some((call, _)), None, 0) = (only, alike.next(), rivals.count()) {
            found.push((call, (*start).clone()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::label::Label;
    use super::*;

    fn begin(line: usize, number: u32, is_raised: bool) -> NoteBeginning {
        NoteBeginning {
            line,
            label: Label::Number(number),
            pieces: 1,
            letters: 0,
            is_raised,
            likeness: if is_raised { 1.0 } else { 0.5 },
        }
    }

    fn call(number: u32, from: u32, likeness: f32) -> Call {
        Call {
            label: Label::Number(number),
            page: 0,
            line: 0,
            from,
            to: from,
            likeness,
            linked: None,
        }
    }

    #[test]
    fn a_plain_number_among_raised_ones_begins_the_note_that_is_missing() {
        let starts = [begin(50, 1, true), begin(60, 3, true)];
        let calls = [call(1, 0, 1.0), call(2, 1, 1.0), call(3, 2, 1.0)];
        let pairs = [(0, 0), (2, 1)];
        let found = |unstyled: &[NoteBeginning]| {
            let found = between(&pairs, &calls, &starts, unstyled);
            found
                .iter()
                .map(|(call, start)| (*call, start.line))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(&[begin(55, 2, false)]), [(1, 55)]);
        assert_eq!(found(&[begin(55, 2, false), begin(57, 2, false)]), []);
        assert_eq!(found(&[begin(55, 7, false)]), []);
        assert_eq!(found(&[begin(65, 2, false)]), []);
    }
}
