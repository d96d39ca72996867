//! Pieces: what a line is filled with. A line may break after each.

use std::ops::Range;

use textwrap::core::Fragment;
use unicode_linebreak::linebreaks;

use super::address;
use super::glyph::{Glyph, GlyphForm};

/// Glyphs that stay together, and the spaces after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Indices of the glyphs that are always shown.
    pub(super) glyphs: Range<usize>,
    /// Index after the spaces, which go away where the line breaks.
    pub(super) end: usize,
    columns: u32,
    space_columns: u32,
    /// How many blanks stand between its words, which can be widened.
    pub(super) blanks: u32,
    /// How many columns the hyphen takes that it gets at the end of a line.
    pub(super) hyphen_columns: u32,
}

impl Piece {
    /// How many columns it takes at the end of a line.
    pub(super) fn columns(&self) -> u32 {
        self.columns
    }

    /// How many columns the spaces after it take.
    pub(super) fn space_columns(&self) -> u32 {
        self.space_columns
    }

    /// Whether it holds any of these stretches of the text, or a part of one.
    pub(super) fn holds(&self, glyphs: &[Glyph], stretches: &[Range<usize>]) -> bool {
        let glyphs = glyphs.get(self.glyphs.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else {
            return false;
        };
        let next = stretches.partition_point(|stretch| stretch.end <= first.source.start);
        let next = stretches.get(next);
        next.is_some_and(|stretch| stretch.start < last.source.end)
    }

    fn new(glyphs: &[Glyph], start: usize, end: usize) -> Self {
        let piece = glyphs.get(start..end).unwrap_or_default();
        let spaces = piece
            .iter()
            .rev()
            .take_while(|g| g.form == GlyphForm::Space);
        let shown_end = end - spaces.count();
        let shown = glyphs.get(start..shown_end).unwrap_or_default();
        let blanks = shown.iter().filter(|glyph| glyph.form == GlyphForm::Space);
        Piece {
            glyphs: start..shown_end,
            end,
            blanks: u32::try_from(blanks.count()).unwrap_or(u32::MAX),
            hyphen_columns: 0,
            columns: sum(glyphs, start..shown_end),
            space_columns: sum(glyphs, shown_end..end),
        }
    }
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        f64::from(self.columns)
    }

    fn whitespace_width(&self) -> f64 {
        f64::from(self.space_columns)
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The offsets in the range of the text at which a line of so many columns may end: those of the
/// Unicode Line Breaking Algorithm (UAX 14), but in addresses their own.
pub(super) fn breaks(
    text: &str,
    range: Range<usize>,
    addresses: &[Range<usize>],
    columns: u16,
) -> Vec<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let breaks = linebreaks(slice).map(|(offset, _)| range.start + offset);
    let mut breaks: Vec<usize> = breaks.collect();
    let parted = brackets_behind_quotations(slice).map(|offset| range.start + offset);
    for offset in parted {
        if let Err(index) = breaks.binary_search(&offset) {
            breaks.insert(index, offset);
        }
    }
    let first = addresses.partition_point(|address| address.end <= range.start);
    let end = addresses.partition_point(|address| address.start < range.end);
    let addresses = addresses.get(first..end).unwrap_or_default();
    if addresses.is_empty() {
        return breaks;
    }
    breaks.retain(|offset| !is_inside(*offset, addresses));
    for address in addresses {
        let shown = text.get(address.start..address.end.min(range.end));
        let from = range.start.saturating_sub(address.start);
        let own = address::breaks(shown.unwrap_or_default(), from, columns);
        breaks.extend(own.map(|offset| address.start + offset));
    }
    breaks.sort_unstable();
    breaks
}

/// Where brackets open behind spaces after a quotation. The algorithm takes every quotation mark for
/// one that may open and keeps it with the bracket, so that `word” (word` would be cut within a word
/// where a line is too short for both. A mark that stands right behind a word closes.
fn brackets_behind_quotations(text: &str) -> impl Iterator<Item = usize> {
    let is_quotation = |char: char| matches!(char, '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»');
    text.match_indices(['(', '[', '{'])
        .map(|(offset, _)| offset)
        .filter(move |offset| {
            let before = text.get(..*offset).unwrap_or_default();
            let Some(words) = before.strip_suffix(' ') else {
                return false;
            };
            let words = words.trim_end_matches(' ');
            let quoted = words.trim_end_matches(is_quotation);
            let last = quoted.chars().next_back();
            quoted.len() < words.len()
                && last.is_some_and(|last| !last.is_whitespace() && !"([{".contains(last))
        })
}

/// Cuts the glyphs into pieces of at most so many columns, at the breaks where that is possible.
/// A piece that holds what is `unbroken` is as wide as it is.
pub(super) fn pieces(
    glyphs: &[Glyph],
    breaks: &[usize],
    unbroken: &[Range<usize>],
    columns: u16,
) -> Vec<Piece> {
    let push = |pieces: &mut Vec<Piece>, range: Range<usize>| {
        let piece = Piece::new(glyphs, range.start, range.end);
        if piece.columns <= u32::from(columns) || piece.holds(glyphs, unbroken) {
            pieces.push(piece);
        } else {
            push_parts(pieces, glyphs, piece, columns);
        }
    };
    let mut pieces = Vec::with_capacity(breaks.len() + 1);
    let mut start = 0;
    let mut breaks = breaks.iter().copied().peekable();
    let mut has_letters = false;
    for (index, glyph) in glyphs.iter().enumerate() {
        // A marker hangs on what is before it, so a break is passed only with the next letter.
        if !glyph.hangs() {
            let mut may_break = false;
            while breaks
                .next_if(|offset| *offset <= glyph.source.start)
                .is_some()
            {
                may_break = true;
            }
            if may_break && has_letters {
                push(&mut pieces, start..index);
                start = index;
                has_letters = false;
            }
        }
        has_letters |= glyph.form != GlyphForm::Space;
    }
    push(&mut pieces, start..glyphs.len());
    pieces
}

/// Cuts the glyphs into stretches of at most so many columns, wherever that falls.
pub(super) fn split(glyphs: &[Glyph], range: Range<usize>, columns: u16) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    let mut filled = 0_u32;
    let mut index = range.start;
    while let Some(glyph) = glyphs.get(index).filter(|_| index < range.end) {
        let wide = u32::from(glyph.columns);
        if filled + wide > u32::from(columns) && index > start {
            let cut = cut_before(glyphs, start, index, columns);
            parts.push(start..cut);
            filled = sum(glyphs, cut..index);
            start = cut;
        } else {
            filled += wide;
            index += 1;
        }
    }
    parts.push(start..range.end);
    parts
}

/// Pushes what is too wide for a line in parts.
fn push_parts(pieces: &mut Vec<Piece>, glyphs: &[Glyph], piece: Piece, columns: u16) {
    let mut parts = split(glyphs, piece.glyphs, columns);
    if let Some(last) = parts.last_mut() {
        last.end = piece.end;
    }
    pieces.extend(
        parts
            .iter()
            .map(|part| Piece::new(glyphs, part.start, part.end)),
    );
}

/// Where to cut so that the next part begins at or before the index: with the last letter before
/// the markers there, if they fit on its line; else with a marker's first figure.
fn cut_before(glyphs: &[Glyph], start: usize, index: usize, columns: u16) -> usize {
    if !glyphs.get(index).is_some_and(Glyph::hangs) {
        return index;
    }
    let form = |at: usize| glyphs.get(at).map(|glyph| glyph.form);
    let is_text = |at: &usize| matches!(form(*at), Some(GlyphForm::Letter | GlyphForm::Sign(_)));
    let is_first_figure = |at: &usize| {
        matches!(
            form(*at),
            Some(GlyphForm::Figure(..) | GlyphForm::MarkLetter(..))
        ) && form(at - 1) == Some(GlyphForm::Divider)
    };
    let mut places = (start + 1..=index).rev();
    let letter = places.clone().find(is_text);
    letter
        .filter(|at| fits_with_markers(glyphs, *at, columns))
        .or_else(|| places.find(is_first_figure))
        .or(letter)
        .unwrap_or(index)
}

/// Whether the letter at the index and what hangs on it take at most so many columns.
fn fits_with_markers(glyphs: &[Glyph], index: usize, columns: u16) -> bool {
    let mut left = u32::from(columns);
    let group = glyphs.iter().skip(index).enumerate();
    let goes_on = |glyph: &Glyph| glyph.hangs() || glyph.form == GlyphForm::Space;
    let mut group = group.take_while(|(at, glyph)| *at == 0 || goes_on(glyph));
    group.all(|(_, glyph)| {
        let fits = left.checked_sub(u32::from(glyph.columns));
        left = fits.unwrap_or(0);
        fits.is_some()
    })
}

fn sum(glyphs: &[Glyph], range: Range<usize>) -> u32 {
    let glyphs = glyphs.get(range).unwrap_or_default();
    glyphs.iter().map(|glyph| u32::from(glyph.columns)).sum()
}

/// Whether the offset lies within one of the ranges, which are in order and apart.
pub(super) fn is_inside(offset: usize, addresses: &[Range<usize>]) -> bool {
    let next = addresses.partition_point(|address| address.end <= offset);
    addresses
        .get(next)
        .is_some_and(|address| address.start < offset)
}
