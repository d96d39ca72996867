//! Which pairs of a marker and a note are believed: those that the sequence of numbers proves, or a
//! link.

use std::collections::HashSet;

use super::{DOUBTFUL, NoteFinder};

/// So much of a sequence of numbers without links is tied, or none of it is.
const COVERED: f32 = 0.7;
/// So many notes at the feet of pages prove each other where one of so many is found.
const MANY: usize = 12;
const FOUND: usize = 8;
/// So many numbers are looked at for those that rise.
const MAX_RISING: usize = 4000;

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
        let at_feet = self.at_feet(&pairs);
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
                let is_proved = |pair: &&(usize, usize)| is_linked(pair) || at_feet.contains(*pair);
                believed.extend(sure.iter().filter(is_proved));
            }
        }
        believed
    }

    /// The pairs of notes at the feet of their markers' pages, if they are so many in the order of
    /// their numbers that they prove each other, though most of the sequence is missing: a scanner
    /// misreads many a small number.
    fn at_feet(&self, pairs: &[(usize, usize)]) -> HashSet<(usize, usize)> {
        let page = |line: Option<usize>| Some(self.lines.get(line?)?.page);
        let numbered = pairs.iter().filter_map(|pair| {
            let (call, start) = (self.calls.get(pair.0)?, self.starts.get(pair.1)?);
            let is_at_foot = page(Some(call.line)) == page(Some(start.line));
            let is_foot = is_at_foot && call.line < start.line;
            let is_sure = call.likeness.min(start.likeness) >= DOUBTFUL;
            Some((*pair, start.label.number()?, is_foot && is_sure))
        });
        let numbered: Vec<((usize, usize), u32, bool)> = numbered.collect();
        let numbers: Vec<u32> = numbered.iter().map(|(_, number, _)| *number).collect();
        let rising: Vec<usize> = rising(&numbers);
        let feet = rising.iter().filter_map(|at| numbered.get(*at));
        let feet: Vec<&((usize, usize), u32, bool)> = feet.filter(|(_, _, is)| *is).collect();
        let span = match (feet.first(), feet.last()) {
            (Some((_, first, _)), Some((_, last, _))) => (last - first) as usize + 1,
            _ => return HashSet::new(),
        };
        let is_proved = feet.len() >= MANY
            && feet.len() * 10 >= numbered.len() * 7
            && feet.len() * FOUND >= span;
        let proved = feet.into_iter().map(|(pair, _, _)| *pair);
        proved.filter(|_| is_proved).collect()
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

/// Whether a number stands between two that follow each other, or between which one is lost, as an
/// exponent among markers does.
fn interrupts(numbers: &[Option<u32>], at: usize) -> bool {
    let number = |at: Option<usize>| numbers.get(at?).copied().flatten();
    let before = number(at.checked_sub(1));
    let after = number(Some(at + 1));
    let follows = |number: Option<u32>| number.is_some() && after == number.map(|one| one + 1);
    let own = number(Some(at));
    let is_after_loss = match (before, own, after) {
        (Some(before), Some(own), Some(after)) => {
            after == before + 2 && own <= before && after - own > 2
        }
        _ => false,
    };
    (follows(before) && !follows(own)) || is_after_loss
}

/// The places of the most numbers that rise.
fn rising(numbers: &[u32]) -> Vec<usize> {
    // Of each: how many rise up to it, and the place of the one before it.
    let mut chains: Vec<(usize, Option<usize>)> = Vec::new();
    for number in numbers.iter().take(MAX_RISING) {
        let before = numbers.iter().zip(&chains).enumerate();
        let before = before.filter(|(_, (other, _))| *other < number);
        let best = before.max_by_key(|(at, (_, (count, _)))| (*count, *at));
        chains.push(match best {
            Some((at, (_, (count, _)))) => (count + 1, Some(at)),
            None => (1, None),
        });
    }
    let last = chains
        .iter()
        .enumerate()
        .max_by_key(|(_, (count, _))| *count);
    let mut at = last.map(|(at, _)| at);
    let mut rising = Vec::new();
    while let Some(place) = at {
        rising.push(place);
        at = chains.get(place).and_then(|(_, before)| *before);
    }
    rising.reverse();
    rising
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
    use super::super::super::calls;
    use super::super::super::line::{PdfLine, lines};
    use super::super::super::measures::Measures;
    use super::super::super::page::Page;
    use super::super::super::run::runs;
    use super::super::super::testing::page;
    use super::super::find as notes_find;
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
        let numbers = [3, 4, 2, 6, 7, 1, 3].map(Some);
        let among: Vec<usize> = (0..7).filter(|at| interrupts(&numbers, *at)).collect();
        assert_eq!(among, [2]);
        assert!(is_whole(&[1, 2, 3]) && !is_whole(&[1, 2, 4]) && !is_whole(&[2, 3, 4]));
    }

    /// Pages that each have a marker and a note: the numbers that are tied.
    fn tied(numbers: &[(u32, u32)]) -> Vec<String> {
        let mut pages: Vec<Page> = Vec::new();
        let mut all: Vec<PdfLine> = Vec::new();
        for (index, (marker, note)) in numbers.iter().enumerate() {
            let (marker, note) = (marker.to_string(), format!("{note}. Ada"));
            let only = page(&[
                (60.0, 100.0, 10.0, "some words."),
                (115.0, 96.0, 7.0, marker.as_str()),
                (60.0, 112.0, 10.0, "words of the text"),
                (60.0, 700.0, 8.0, note.as_str()),
            ]);
            all.extend(lines(runs(&only), index, 0, 0.16));
            pages.push(only);
        }
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        let marks = calls::all(&all, &pages);
        let found = notes_find(&all, &pages, measures, marks);
        found.notes.into_iter().map(|note| note.name).collect()
    }

    #[test]
    fn many_notes_at_the_feet_of_pages_are_tied_though_most_numbers_are_misread() {
        let read = |number: u32| match number {
            10 => (4, 10),
            number => (3 * number, 3 * number),
        };
        let numbers: Vec<(u32, u32)> = (1..=16).map(read).collect();
        let names = tied(&numbers);
        assert_eq!(names.len(), 15);
        assert!(names.contains(&"48".to_owned()) && !names.contains(&"10".to_owned()));
        let few = numbers.get(..8).unwrap_or(&[]);
        assert!(tied(few).is_empty());
    }

    #[test]
    fn the_most_numbers_that_rise_are_found() {
        assert_eq!(rising(&[2, 4, 1, 5, 3, 7]), [0, 1, 3, 5]);
        assert!(rising(&[]).is_empty());
    }
}
