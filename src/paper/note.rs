//! Notes: what a marker in the text stands for.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Position, SourceLocation};

/// A note's place in the paper's list of notes, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteId(pub usize);

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the author calls it: `8` in `[^8]`.
    pub label: String,
    /// What its marker shows. Where every label of the paper is a number or a sign, the label; else
    /// the place in the order of first citation, from 1, with notes never cited after the others.
    pub number: NoteNumber,
    /// Indices into the paper's blocks. For a note that is cited but never defined, the empty
    /// range before the block that says so.
    pub blocks: Range<usize>,
    /// Where its markers stand, in reading order; empty if it is never cited.
    pub cited_in: Vec<Position>,
    /// Where in the source it is defined, else where it is first cited.
    pub location: SourceLocation,
}

/// What a marker shows: a number, or a sign as those of authors' notes are.
///
/// Signs stand before numbers, each set once before those set twice, and otherwise as printers use
/// them one after the other: `*`, `†`, `‡`, `§`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteNumber {
    /// A sign, set so many times: `**`.
    Sign {
        /// From 1 to 4.
        times: u8,
        /// One of [`NoteNumber::SIGNS`].
        sign: char,
    },
    /// A number, from 1.
    Number(u32),
}

impl NoteNumber {
    /// The signs that call notes, in the order in which printers use them.
    pub const SIGNS: [char; 7] = ['*', '†', '‡', '§', '‖', '¶', '#'];
    /// What a marker shows until all notes of its paper are known: in a paper that is read, none does.
    pub(crate) const UNSETTLED: Self = NoteNumber::Number(0);
    /// A sign is set so many times, at most.
    const MAX_TIMES: u8 = 4;

    /// The sign that a label is, if it is one.
    #[must_use]
    pub fn sign(label: &str) -> Option<Self> {
        let sign = label.chars().next()?;
        let times = u8::try_from(label.chars().count()).ok()?;
        let is_sign = Self::SIGNS.contains(&sign)
            && times <= Self::MAX_TIMES
            && label.chars().all(|other| other == sign);
        is_sign.then_some(NoteNumber::Sign { times, sign })
    }

    /// The sign that a letter is, or that it looks like: mathematics has an asterisk and bars of its
    /// own, which many a font or editor sets in their place.
    #[must_use]
    pub fn sign_like(letter: char) -> Option<char> {
        match letter {
            '∗' | '⁎' => Some('*'),
            '∥' => Some('‖'),
            _ => Self::SIGNS.contains(&letter).then_some(letter),
        }
    }

    /// All signs, in their order.
    pub(super) fn signs() -> impl Iterator<Item = Self> {
        let times = 1..=Self::MAX_TIMES;
        times.flat_map(|times| Self::SIGNS.map(|sign| NoteNumber::Sign { times, sign }))
    }

    /// The number, if it is one.
    #[must_use]
    pub fn number(self) -> Option<u32> {
        match self {
            NoteNumber::Number(number) => Some(number),
            NoteNumber::Sign { .. } => None,
        }
    }
}

impl Ord for NoteNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |number: &Self| match *number {
            NoteNumber::Sign { times, sign } => {
                let place = Self::SIGNS.iter().position(|other| *other == sign);
                (0, u32::from(times), place, sign)
            }
            NoteNumber::Number(number) => (1, number, None, char::MIN),
        };
        rank(self).cmp(&rank(other))
    }
}

impl PartialOrd for NoteNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for NoteNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteNumber::Number(number) => number.fmt(formatter),
            NoteNumber::Sign { times, sign } => {
                (0..*times).try_for_each(|_| formatter.write_char(*sign))
            }
        }
    }
}

impl Note {
    /// Whether the paper says anywhere what the note is.
    #[must_use]
    pub fn is_defined(&self) -> bool {
        !self.blocks.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_come_one_after_the_other_as_printers_use_them() {
        let mut labels = ["†", "**", "‖", "#", "*", "§", "††", "¶", "‡"];
        labels.sort_by_key(|label| NoteNumber::sign(label));
        assert_eq!(labels, ["*", "†", "‡", "§", "‖", "¶", "#", "**", "††"]);
        assert!(NoteNumber::sign("††").unwrap() < NoteNumber::Number(1));
        assert!(NoteNumber::signs().is_sorted_by(|one, next| one < next));
    }
}
