//! Notes that the text cites out of the order of their numbers.

use crate::paper::{NoteId, Paper};

use super::{Finding, FindingKind, label, location_of};

/// The fewest notes that must have another number, or be cited elsewhere, for the notes to be in the
/// order of their first markers.
pub(super) fn out_of_order(paper: &Paper) -> Vec<Finding> {
    let cited = paper.notes.iter().enumerate();
    let mut first: Vec<_> = cited
        .filter_map(|(note, cited)| Some((*cited.cited_in.first()?, note)))
        .collect();
    first.sort_unstable();
    let numbers: Vec<usize> = first.iter().map(|(_, note)| *note).collect();
    let kept = longest_ascending(&numbers);
    let mut findings = Vec::new();
    for (at, (position, index)) in first.iter().enumerate() {
        let Err(next) = kept.binary_search(&at) else {
            continue;
        };
        let number = |kept: usize| numbers.get(kept).copied();
        let before = kept.get(next.wrapping_sub(1)).copied().and_then(number);
        let after = kept.get(next).copied().and_then(number);
        let location = location_of(paper, position.block);
        let note = label(paper, NoteId(*index));
        // A word processor numbers notes itself.
        let is_numbered_by_hand = location.line().is_some();
        let kind = match (before.filter(|before| before > index), after) {
            (Some(after), _) => FindingKind::NoteLate {
                note,
                after: label(paper, NoteId(after)),
                is_numbered_by_hand,
            },
            (None, Some(before)) => FindingKind::NoteEarly {
                note,
                before: label(paper, NoteId(before)),
                is_numbered_by_hand,
            },
            (None, None) => continue,
        };
        findings.push(Finding { location, kind });
    }
    findings
}

/// Where the most numbers are that ascend; where there are several ways, the one that keeps earlier
/// numbers. By patience sorting, from the end.
fn longest_ascending(numbers: &[usize]) -> Vec<usize> {
    // For each length, where the run of that length begins whose first number is the highest, and,
    // for each number, where the run goes on after it.
    let mut begins: Vec<usize> = Vec::new();
    let mut next: Vec<Option<usize>> = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate().rev() {
        let length = begins.partition_point(|begins| numbers.get(*begins) > Some(number));
        if let Some(next) = next.get_mut(at) {
            *next = begins.get(length.wrapping_sub(1)).copied();
        }
        match begins.get_mut(length) {
            Some(begins) => *begins = at,
            None => begins.push(at),
        }
    }
    let first = begins.last().copied();
    std::iter::successors(first, |at| next.get(*at).copied().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The length of the longest ascending run, by trying what each number may follow.
    fn longest(numbers: &[usize]) -> usize {
        let mut lengths: Vec<usize> = Vec::new();
        for (at, number) in numbers.iter().enumerate() {
            let before = lengths.iter().zip(&numbers[..at]);
            let before = before.filter(|(_, before)| *before < number);
            lengths.push(1 + before.map(|(length, _)| *length).max().unwrap_or(0));
        }
        lengths.into_iter().max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn as_many_numbers_as_can_be_are_kept(numbers in prop::collection::vec(0usize..30, 0..40)) {
            let kept = longest_ascending(&numbers);
            prop_assert!(kept.is_sorted_by(|one, other| one < other));
            let kept: Vec<_> = kept.into_iter().map(|at| numbers[at]).collect();
            prop_assert!(kept.is_sorted_by(|one, other| one < other));
            prop_assert_eq!(kept.len(), longest(&numbers));
        }
    }

    #[test]
    fn of_two_ways_the_earlier_numbers_are_kept() {
        assert_eq!(longest_ascending(&[1, 0]), [0]);
        assert_eq!(longest_ascending(&[9, 0, 1, 2]), [1, 2, 3]);
        assert_eq!(longest_ascending(&[0, 3, 1, 2]), [0, 2, 3]);
    }
}
