//! Ties markers to notes over the whole document: labels agree, the order is kept, and the
//! sequence of numbers is the proof.

use std::collections::HashMap;
use std::ops::Range;

use super::label::Label;

/// A note is at most so many pages after its marker, unless it is among the notes at the end.
pub(super) const MAX_PAGES_AWAY: usize = 3;
/// So many pairs are looked at, at most.
const MAX_PAIRS: usize = 2_000_000;

/// What a marker may call; a raised text that can be read in two ways is two of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) label: Label,
    pub(super) page: usize,
    pub(super) line: usize,
    /// What it takes of the text, in order: readings of one text exclude each other.
    pub(super) from: u32,
    pub(super) to: u32,
    /// How much it looks like a marker, from 0 to 1.
    pub(super) likeness: f32,
    /// The note, by its index, that a link leads to.
    pub(super) linked: Option<usize>,
}

/// A note that waits for its marker.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WaitingNote {
    pub(super) label: Label,
    pub(super) page: usize,
    /// How much it looks like a note, from 0 to 1.
    pub(super) likeness: f32,
    /// Whether it is among the notes at the end of the text or of a chapter.
    pub(super) is_endnote: bool,
    /// The lines of the markers that it may have, if they are known.
    pub(super) calls: Option<Range<usize>>,
}

/// The pairs (call, note) that belong together, in order.
pub(super) fn tie(calls: &[Call], notes: &[WaitingNote]) -> Vec<(usize, usize)> {
    let pairs = pairs(calls, notes);
    best_chain(&pairs, calls, notes)
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    call: usize,
    note: usize,
    weight: f32,
}

fn pairs(calls: &[Call], notes: &[WaitingNote]) -> Vec<Pair> {
    let mut by_label: HashMap<&Label, Vec<usize>> = HashMap::new();
    for (index, note) in notes.iter().enumerate() {
        by_label.entry(&note.label).or_default().push(index);
    }
    let mut pairs = Vec::new();
    for (index, call) in calls.iter().enumerate() {
        for note in by_label.get(&call.label).into_iter().flatten() {
            let Some(waiting) = notes.get(*note) else {
                continue;
            };
            if let Some(weight) = weight(call, waiting, *note) {
                pairs.push(Pair {
                    call: index,
                    note: *note,
                    weight,
                });
            }
            if pairs.len() >= MAX_PAIRS {
                return pairs;
            }
        }
    }
    pairs
}

fn weight(call: &Call, note: &WaitingNote, index: usize) -> Option<f32> {
    let is_linked = call.linked == Some(index);
    let may_call = note.calls.as_ref();
    if may_call.is_some_and(|calls| !calls.contains(&call.line)) && !is_linked {
        return None;
    }
    // A note may be set at the foot of the page before its marker, if the line moved on.
    let is_before = note.page + 1 == call.page && call.label.number().is_some() && !note.is_endnote;
    let away = match note.page.checked_sub(call.page) {
        Some(away) => away,
        None if is_before => MAX_PAGES_AWAY,
        None => return None,
    };
    let most = match (&call.label, note.is_endnote) {
        (_, true) => usize::MAX,
        (Label::Number(_) | Label::Numeral { .. }, false) => MAX_PAGES_AWAY,
        (Label::Sign(_), false) => 0,
    };
    if away > most && !is_linked {
        return None;
    }
    // A link to another note speaks against this one.
    let link = match call.linked {
        Some(_) if is_linked => 4.0,
        Some(_) => -2.0,
        None => 0.0,
    };
    let near = match (note.is_endnote, away) {
        (true, _) => 0.6,
        (false, 0) => 1.0,
        (false, 1) => 0.6,
        (false, 2) => 0.3,
        (false, _) => 0.15,
    };
    let weight = near + call.likeness + note.likeness + link;
    (weight > 0.0).then_some(weight)
}

/// The heaviest chain of pairs in which calls and notes both go on.
fn best_chain(pairs: &[Pair], calls: &[Call], notes: &[WaitingNote]) -> Vec<(usize, usize)> {
    let from = |pair: &Pair| calls.get(pair.call).map_or(0, |call| call.from);
    let to = |pair: &Pair| calls.get(pair.call).map_or(0, |call| call.to);
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    let by_start = |index: &usize| {
        let pair = pairs.get(*index);
        (
            pair.map_or(0, from),
            pair.map_or(0, |pair| usize::MAX - pair.note),
        )
    };
    order.sort_by_key(by_start);
    let mut by_end = order.clone();
    by_end.sort_by_key(|index| pairs.get(*index).map_or(0, to));
    let mut ended = by_end.into_iter().peekable();

    let mut best = PrefixMaxima::new(notes.len());
    let mut scores: Vec<f32> = vec![0.0; pairs.len()];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut by_number: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut by_note: HashMap<usize, Vec<usize>> = HashMap::new();
    for index in order {
        let Some(pair) = pairs.get(index) else {
            continue;
        };
        let start = from(pair);
        while let Some(done) =
            ended.next_if(|done| pairs.get(*done).is_some_and(|done| to(done) < start))
        {
            if let (Some(pair), Some(score)) = (pairs.get(done), scores.get(done)) {
                best.raise(pair.note, *score, done);
            }
        }
        let (mut score, mut previous) = best.below(pair.note);
        let number = notes.get(pair.note).and_then(|note| note.label.number());
        if let Some(number) = number {
            // The number before, right before: the sequence goes on.
            let earlier = number
                .checked_sub(1)
                .and_then(|number| by_number.get(&number));
            // Of the note right before first: each chapter of a book has one of this number.
            let adjacent = pair.note.checked_sub(1).and_then(|note| by_note.get(&note));
            let adjacent = adjacent.into_iter().flatten().rev().take(8);
            let earlier = earlier.into_iter().flatten().rev().take(8);
            for candidate in adjacent.chain(earlier) {
                let Some(other) = pairs.get(*candidate) else {
                    continue;
                };
                let before = notes.get(other.note).and_then(|note| note.label.number());
                if before.map(|before| before + 1) != Some(number) {
                    continue;
                }
                let bonus = if other.note + 1 == pair.note {
                    1.0
                } else {
                    0.5
                };
                let reached = scores.get(*candidate).copied().unwrap_or(0.0) + bonus;
                if other.note < pair.note && to(other) < start && reached > score {
                    (score, previous) = (reached, Some(*candidate));
                }
            }
            by_number.entry(number).or_default().push(index);
            by_note.entry(pair.note).or_default().push(index);
        }
        if let (Some(slot), Some(back)) = (scores.get_mut(index), before.get_mut(index)) {
            *slot = score + pair.weight;
            *back = previous;
        }
    }
    trace(pairs, &scores, &before)
}

/// The chain that ends with the best score.
fn trace(pairs: &[Pair], scores: &[f32], before: &[Option<usize>]) -> Vec<(usize, usize)> {
    let score = |index: &usize| scores.get(*index).copied().unwrap_or(0.0);
    let mut at = (0..pairs.len()).max_by(|one, other| score(one).total_cmp(&score(other)));
    let mut chain = Vec::new();
    while let Some(index) = at {
        chain.extend(pairs.get(index).map(|pair| (pair.call, pair.note)));
        at = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

/// The best score among the first notes, kept while scores come in (a Fenwick tree).
struct PrefixMaxima(Vec<(f32, Option<usize>)>);

impl PrefixMaxima {
    fn new(notes: usize) -> Self {
        PrefixMaxima(vec![(0.0, None); notes + 1])
    }

    fn raise(&mut self, note: usize, score: f32, pair: usize) {
        let mut at = note + 1;
        while let Some(slot) = self.0.get_mut(at) {
            if score > slot.0 {
                *slot = (score, Some(pair));
            }
            at += at & at.wrapping_neg();
        }
    }

    /// The best score of the notes before this one, and the pair that has it.
    fn below(&self, note: usize) -> (f32, Option<usize>) {
        let mut at = note;
        let mut best = (0.0, None);
        while at > 0 {
            if let Some(slot) = self.0.get(at)
                && slot.0 > best.0
            {
                best = *slot;
            }
            at &= at - 1;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calls(numbers: &[(u32, usize)]) -> Vec<Call> {
        numbers
            .iter()
            .zip(0u32..)
            .map(|((number, page), at)| Call {
                label: Label::Number(*number),
                page: *page,
                line: 0,
                from: at,
                to: at,
                likeness: 0.8,
                linked: None,
            })
            .collect()
    }

    fn notes(numbers: &[(u32, usize)]) -> Vec<WaitingNote> {
        numbers
            .iter()
            .map(|(number, page)| WaitingNote {
                label: Label::Number(*number),
                page: *page,
                likeness: 0.8,
                is_endnote: false,
                calls: None,
            })
            .collect()
    }

    #[test]
    fn a_note_may_be_on_a_later_page() {
        let calls = calls(&[(1, 0), (2, 0), (3, 1)]);
        let notes = notes(&[(1, 0), (2, 1), (3, 1)]);
        assert_eq!(tie(&calls, &notes), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn an_exponent_among_the_markers_is_not_taken() {
        let mut calls = calls(&[(1, 0), (3, 0), (2, 0), (3, 0)]);
        calls[1].likeness = 0.2;
        let notes = notes(&[(1, 0), (2, 0), (3, 0)]);
        assert_eq!(tie(&calls, &notes), [(0, 0), (2, 1), (3, 2)]);
    }

    #[test]
    fn numbers_may_begin_again_on_each_page() {
        let calls = calls(&[(1, 0), (2, 0), (1, 1), (2, 1)]);
        let notes = notes(&[(1, 0), (2, 0), (1, 1), (2, 1)]);
        assert_eq!(tie(&calls, &notes), [(0, 0), (1, 1), (2, 2), (3, 3)]);
    }

    #[test]
    fn an_exponent_is_no_marker_though_many_chapters_have_a_note_of_its_number() {
        let chapters = 0..12usize;
        let mut all = Vec::new();
        for chapter in chapters.clone() {
            all.extend([(1, chapter), (2, chapter), (2, chapter), (3, chapter)]);
        }
        let mut calls = calls(&all);
        for exponent in calls.iter_mut().skip(2).step_by(4) {
            exponent.likeness = 0.15;
        }
        let numbers: Vec<(u32, usize)> =
            chapters.flat_map(|_| [(1, 20), (2, 20), (3, 20)]).collect();
        let mut notes = notes(&numbers);
        for note in &mut notes {
            note.is_endnote = true;
        }
        let tied = tie(&calls, &notes);
        assert_eq!(tied.len(), 36);
        assert!(tied.iter().all(|(call, _)| call % 4 != 2), "{tied:?}");
    }

    #[test]
    fn figures_set_together_are_read_as_the_sequence_has_them() {
        let mut calls = calls(&[(19, 0), (2021, 0), (20, 0), (21, 0), (22, 0)]);
        for (call, (from, to)) in calls
            .iter_mut()
            .zip([(0, 0), (1, 2), (1, 1), (2, 2), (3, 3)])
        {
            (call.from, call.to) = (from, to);
        }
        let notes = notes(&[(19, 0), (20, 0), (21, 0), (22, 0)]);
        assert_eq!(tie(&calls, &notes), [(0, 0), (2, 1), (3, 2), (4, 3)]);
    }
}
