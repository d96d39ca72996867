//! Which pieces go on which line.

use std::ops::Range;

use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};

use super::glyph::Glyph;
use super::justify;
use super::piece::{self, Piece};

/// How lines are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFilling {
    /// So that all lines but the last are about as full as can be.
    Even,
    /// Up to the right edge, all lines but the last, as far as blanks and hyphens allow it.
    Justified,
    /// On as few lines as can be, all about as long as one another: for headings.
    Balanced,
    /// Each as far as it goes, with all its spaces: for code.
    Full,
}

/// Glyphs that stand on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FilledLine {
    /// Indices of the glyphs that are shown.
    pub(super) glyphs: Range<usize>,
    /// Index after the spaces at which the line is broken.
    pub(super) end: usize,
    /// Whether a hyphen stands at its end.
    pub(super) is_hyphenated: bool,
}

/// The square of a gap must stay below the cost of a column too much, and so must the line.
const WIDEST_EVEN: u16 = 5_000;

/// With textwrap's own penalties a line may run over where the gap would be large otherwise; what
/// runs over is lost on a screen.
const PENALTIES: Penalties = Penalties {
    overflow_penalty: 100_000_000,
    ..Penalties::new()
};

/// What stands at the end of a line within a word.
pub(super) const HYPHEN: &str = "-";
const HYPHEN_COLUMNS: u32 = 1;

/// Balancing beyond so many lines does not show.
const MAX_BALANCED_LINES: usize = 8;

/// Fills lines of running text, of so many columns, with the glyphs; there is always a line.
///
/// `breaks` are the offsets of the text after which a line may break, `hyphens` those of them at which
/// it then ends in a hyphen. What is `unbroken` is never cut.
pub(super) fn fill(
    glyphs: &[Glyph],
    (breaks, hyphens): (&[usize], &[usize]),
    unbroken: &[Range<usize>],
    columns: u16,
    fit: LineFilling,
) -> Vec<FilledLine> {
    let mut pieces = piece::pieces(glyphs, breaks, unbroken, columns);
    for piece in &mut pieces {
        let last = glyphs.get(..piece.end).and_then(<[Glyph]>::last);
        let end = last.map_or(0, |glyph| glyph.source.end);
        let has_room = piece.columns() + HYPHEN_COLUMNS <= u32::from(columns);
        if has_room && hyphens.binary_search(&end).is_ok() {
            piece.hyphen_columns = HYPHEN_COLUMNS;
        }
    }
    let lines = match fit {
        LineFilling::Balanced => balanced(&pieces, columns),
        LineFilling::Justified => justify::lines(&pieces, columns),
        _ => even(&pieces, columns),
    };
    let mut rows: Vec<FilledLine> = lines.iter().filter_map(|line| row(line)).collect();
    if let Some(last) = rows.last_mut() {
        last.is_hyphenated = false;
    }
    rows
}

fn row(line: &[Piece]) -> Option<FilledLine> {
    let (first, last) = (line.first()?, line.last()?);
    Some(FilledLine {
        glyphs: first.glyphs.start..last.glyphs.end,
        end: last.end,
        is_hyphenated: last.hyphen_columns > 0,
    })
}

fn even(pieces: &[Piece], columns: u16) -> Vec<&[Piece]> {
    let width = [f64::from(columns)];
    if columns <= WIDEST_EVEN
        && let Ok(lines) = wrap_optimal_fit(pieces, &width, &PENALTIES)
    {
        return lines;
    }
    wrap_first_fit(pieces, &width)
}

/// The narrowest lines that are as few as at the full width.
fn balanced(pieces: &[Piece], columns: u16) -> Vec<&[Piece]> {
    let fewest = first_fit(pieces, columns);
    if fewest.len() < 2 || fewest.len() > MAX_BALANCED_LINES {
        return fewest;
    }
    let widest = pieces.iter().map(Piece::columns).max().unwrap_or(0);
    let (mut low, mut high) = (u16::try_from(widest).unwrap_or(columns), columns);
    while low < high {
        let middle = low.midpoint(high);
        if first_fit(pieces, middle).len() > fewest.len() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    first_fit(pieces, high)
}

fn first_fit(pieces: &[Piece], columns: u16) -> Vec<&[Piece]> {
    wrap_first_fit(pieces, &[f64::from(columns)])
}
