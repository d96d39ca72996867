//! Lines that end at the right edge: which pieces go on which of them, and where blanks are added.
//!
//! The lines are those of the fewest demerits, as Knuth and Plass have it ("Breaking Paragraphs into
//! Lines", Software: Practice and Experience 11, 1981): of a line those are many where its blanks are
//! wide, more where it ends in a hyphen, and more again where the one above does as well.

use super::piece::Piece;

/// How many columns a blank may be on average; a line that would need wider ones ends before the
/// edge.
const MAX_BLANK_COLUMNS: u32 = 3;

/// What each line costs, so that there are few.
const LINE_PENALTY: f64 = 10.0;
const HYPHEN_PENALTY: f64 = 50.0;
/// What a line with a hyphen costs beneath another.
const LADDER_DEMERITS: f64 = 300_000.0;
/// The badness of a line that no blanks can fill.
const MAX_BADNESS: f64 = 10_000.0;

/// The best way to the end of a piece.
#[derive(Debug, Clone, Copy)]
struct Way {
    demerits: f64,
    /// Index of the first piece of the line that ends there.
    start: usize,
}

/// The pieces by lines of at most so many columns, no piece being wider than that.
pub(super) fn lines(pieces: &[Piece], columns: u16) -> Vec<&[Piece]> {
    let columns = u32::from(columns);
    // The way to before each piece, and after the last.
    let mut ways = Vec::with_capacity(pieces.len() + 1);
    ways.push(Way {
        demerits: 0.0,
        start: 0,
    });
    for end in 1..=pieces.len() {
        ways.push(best_way(pieces, &ways, end, columns));
    }
    let mut lines = Vec::new();
    let mut end = pieces.len();
    while end > 0 {
        let start = ways.get(end).map_or(0, |way| way.start).min(end - 1);
        lines.extend(pieces.get(start..end));
        end = start;
    }
    lines.reverse();
    lines
}

fn best_way(pieces: &[Piece], ways: &[Way], end: usize, columns: u32) -> Way {
    let mut best = Way {
        demerits: f64::INFINITY,
        start: end - 1,
    };
    let is_last = end == pieces.len();
    let is_hyphenated = |end: usize| {
        let last = end.checked_sub(1).and_then(|last| pieces.get(last));
        last.is_some_and(|piece| piece.hyphen_columns > 0)
    };
    let mut width = 0;
    let mut blanks = 0;
    for start in (0..end).rev() {
        let (Some(piece), Some(before)) = (pieces.get(start), ways.get(start)) else {
            break;
        };
        let is_end = start == end - 1;
        width += match is_end {
            true if is_last => piece.columns(),
            true => piece.columns() + piece.hyphen_columns,
            false => piece.columns() + piece.space_columns(),
        };
        blanks += if is_end {
            piece.blanks
        } else {
            piece.blanks + piece.space_columns()
        };
        if width > columns && !is_end {
            break;
        }
        let badness = if is_last {
            0.0
        } else {
            badness(columns.saturating_sub(width), blanks)
        };
        let hyphen = if is_hyphenated(end) && !is_last {
            HYPHEN_PENALTY
        } else {
            0.0
        };
        let ladder = if hyphen > 0.0 && is_hyphenated(start) {
            LADDER_DEMERITS
        } else {
            0.0
        };
        let demerits = before.demerits + (LINE_PENALTY + badness).powi(2) + hyphen.powi(2) + ladder;
        if demerits < best.demerits {
            best = Way { demerits, start };
        }
    }
    best
}

/// A blank that is twice as wide is as bad as TeX finds one that takes all of its stretch.
fn badness(missing: u32, blanks: u32) -> f64 {
    match (missing, blanks) {
        (0, _) => 0.0,
        (_, 0) => MAX_BADNESS,
        _ => (100.0 * (f64::from(missing) / f64::from(blanks)).powi(3)).min(MAX_BADNESS),
    }
}

/// By how many columns each of a line's blanks is widened so that it gets so many `missing` columns;
/// none if that would be too wide. They are spread evenly, from the other side in every other line,
/// so that no river runs down the page.
pub(super) fn widened(blanks: usize, missing: u16, is_odd: bool) -> Option<Vec<u16>> {
    let count = u32::try_from(blanks).ok().filter(|count| *count > 0)?;
    let missing = u32::from(missing);
    if missing > count * (MAX_BLANK_COLUMNS - 1) {
        return None;
    }
    let up_to = |index: u32| missing * index / count;
    let wider = (0..count).map(|index| u16::try_from(up_to(index + 1) - up_to(index)).unwrap_or(0));
    let mut wider: Vec<u16> = wider.collect();
    if is_odd {
        wider.reverse();
    }
    Some(wider)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_spread_over_the_blanks() {
        assert_eq!(widened(4, 0, false), Some(vec![0, 0, 0, 0]));
        assert_eq!(widened(4, 3, false), Some(vec![0, 1, 1, 1]));
        assert_eq!(widened(4, 3, true), Some(vec![1, 1, 1, 0]));
        assert_eq!(widened(3, 5, false), Some(vec![1, 2, 2]));
    }

    #[test]
    fn a_line_whose_blanks_would_be_too_wide_stays() {
        assert_eq!(widened(2, 5, false), None);
        assert_eq!(widened(0, 1, false), None);
    }
}
