//! Which pairs of a marker and a note are believed: those that the sequence of numbers proves, or a
//! link.

use super::{DOUBTFUL, NoteFinder};

/// So much of a sequence of numbers without links is tied, or none of it is.
const COVERED: f32 = 0.7;

impl NoteFinder<'_> {
    /// The pairs that the sequence or a link proves.
    pub(super) fn believed(&self, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let number = |pair: &(usize, usize)| {
            self.starts
                .get(pair.1)
                .and_then(|start| start.label.number())
        };
        let is_linked = |pair: &(usize, usize)| {
            self.calls
                .get(pair.0)
                .is_some_and(|call| call.linked == Some(pair.1))
        };
        let likeness = |pair: &(usize, usize)| {
            let call = self.calls.get(pair.0).map_or(0.0, |call| call.likeness);
            let start = self.starts.get(pair.1).map_or(0.0, |start| start.likeness);
            call.min(start)
        };
        let mut believed: Vec<(usize, usize)> = Vec::new();
        let numbers: Vec<Option<u32>> = pairs.iter().map(number).collect();
        let pairs = pairs.iter().enumerate();
        let pairs = pairs.filter(|(at, pair)| is_linked(pair) || !interrupts(&numbers, *at));
        let pairs: Vec<(usize, usize)> = pairs.map(|(_, pair)| *pair).collect();
        let runs = pairs.chunk_by(|one, next| match (number(one), number(next)) {
            (Some(one), Some(next)) => next > one,
            (one, next) => one.is_none() && next.is_none(),
        });
        for run in runs {
            let numbers: Vec<u32> = run.iter().filter_map(number).collect();
            let sure: Vec<(usize, usize)> = run
                .iter()
                .enumerate()
                .filter(|(at, pair)| {
                    let near = |other: Option<&(usize, usize)>, step: i64| {
                        let other = other.and_then(number);
                        match (other, number(pair)) {
                            (Some(other), Some(own)) => i64::from(other) == i64::from(own) + step,
                            _ => false,
                        }
                    };
                    let before = at.checked_sub(1).and_then(|at| run.get(at));
                    let neighbours =
                        usize::from(near(before, -1)) + usize::from(near(run.get(at + 1), 1));
                    // The first and the last of a whole sequence have one neighbour each.
                    let is_end = is_whole(&numbers) && (*at == 0 || at + 1 == run.len());
                    let needed = match (self.is_before(pair), likeness(pair) >= DOUBTFUL) {
                        (false, true) => 0,
                        (true, true) => 1,
                        (_, false) => 2 - usize::from(is_end),
                    };
                    is_linked(pair) || neighbours >= needed
                })
                .map(|(_, pair)| *pair)
                .collect();
            let links = run.iter().filter(|pair| is_linked(pair)).count();
            if numbers.is_empty() || links * 3 > run.len() || is_sequence(&numbers) {
                believed.extend(sure);
            } else {
                believed.extend(sure.iter().filter(|pair| is_linked(pair)));
            }
        }
        believed
    }

    /// Whether a note is on a page before its marker's.
    fn is_before(&self, pair: &(usize, usize)) -> bool {
        let call = self.calls.get(pair.0).map_or(0, |call| call.page);
        let line = self
            .starts
            .get(pair.1)
            .and_then(|start| self.lines.get(start.line));
        line.is_some_and(|line| line.page < call)
    }
}

/// Whether a number stands between two that follow each other, as an exponent among markers does.
fn interrupts(numbers: &[Option<u32>], at: usize) -> bool {
    let number = |at: Option<usize>| numbers.get(at?).copied().flatten();
    let before = number(at.checked_sub(1));
    let after = number(Some(at + 1));
    let follows = |number: Option<u32>| number.is_some() && after == number.map(|one| one + 1);
    follows(before) && !follows(number(Some(at)))
}

/// Whether numbers are 1, 2, 3 and so on without a gap.
fn is_whole(numbers: &[u32]) -> bool {
    numbers.len() >= 3
        && numbers
            .iter()
            .zip(1..)
            .all(|(number, wanted)| *number == wanted)
}

/// Whether numbers that rise are most of a sequence: from 1 or 2 on, or long and dense.
fn is_sequence(numbers: &[u32]) -> bool {
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
        return false;
    };
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let covers = |from: u32, share: f32| {
        let span = last.saturating_sub(from) + 1;
        numbers.len() as f32 >= share * span as f32
    };
    (*first <= 2 && covers(1, COVERED)) || (numbers.len() >= 4 && covers(*first, 0.85))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_sequence_are_no_notes() {
        assert!(is_sequence(&[1, 2, 3, 5]));
        assert!(is_sequence(&[57, 58, 59, 60]));
        assert!(!is_sequence(&[6]));
        assert!(!is_sequence(&[1, 12, 30]));
        let numbers = [7, 3, 8, 1, 1, 2].map(Some);
        let among: Vec<usize> = (0..6).filter(|at| interrupts(&numbers, *at)).collect();
        assert_eq!(among, [1]);
        assert!(is_whole(&[1, 2, 3]) && !is_whole(&[1, 2, 4]) && !is_whole(&[2, 3, 4]));
    }
}
