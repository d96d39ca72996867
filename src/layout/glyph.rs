//! Text cut into the smallest things that are set: graphemes, the signs that stand in for some of
//! them, and the figures of markers.

use std::ops::Range;

use super::address;
use super::formula::{self, FormulaPiece, SetFormula};
use super::quotes::Quotes;
use super::ruler;
use super::typography;
use super::{Extras, OwnMark};
use crate::paper::{Block, Kind, Marker};

/// What takes a place on a line and is never cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Bytes of the block's text; empty for what is not text.
    pub(super) source: Range<usize>,
    pub(super) columns: u16,
    pub(super) form: GlyphForm,
}

/// What a glyph looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GlyphForm {
    /// The grapheme itself.
    Letter,
    /// The grapheme itself, which goes away at the end of a line.
    Space,
    /// What stands in for the text.
    Sign(&'static str),
    /// A piece of a formula, by its place in its formula and that one's among the block's.
    Formula(usize, usize),
    /// A figure, or a sign, of the marker with this index.
    Figure(usize, char),
    /// A letter of the reader's mark with this index.
    MarkLetter(usize, &'static str),
    /// What parts two markers that touch.
    Divider,
}

/// Sets between two markers that touch, so that ¹ and ² are not read as ¹².
pub(super) const DIVIDER: &str = "·";

const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// What the reader's marks are made of. There is no raised q that fonts have.
const LETTERS: [&str; 25] = [
    "ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᵉ", "ᶠ", "ᵍ", "ʰ", "ⁱ", "ʲ", "ᵏ", "ˡ", "ᵐ", "ⁿ", "ᵒ", "ᵖ", "ʳ", "ˢ", "ᵗ",
    "ᵘ", "ᵛ", "ʷ", "ˣ", "ʸ", "ᶻ",
];

/// The letters of the reader's mark with a number, from 0: ᵃ, ᵇ and so on, and after the last
/// letter ᵃᵃ.
pub(super) fn mark_letters(number: usize) -> Vec<&'static str> {
    let mut letters = Vec::new();
    let mut next = Some(number);
    while let Some(rest) = next {
        letters.extend(LETTERS.get(rest % LETTERS.len()).copied());
        next = (rest / LETTERS.len()).checked_sub(1);
    }
    letters.reverse();
    letters
}

/// Stands in for what is wider than the whole line.
const TOO_WIDE: &str = "…";

/// Stands in for the tab between two cells that are set as running text.
const BETWEEN_CELLS: &str = " · ";

impl Glyph {
    /// Whether it belongs to a marker, and so to the text before it.
    pub(super) fn hangs(&self) -> bool {
        matches!(
            self.form,
            GlyphForm::Figure(..) | GlyphForm::MarkLetter(..) | GlyphForm::Divider
        )
    }
}

/// Cuts a block's text into glyphs, from the front to the back.
#[derive(Debug)]
pub(super) struct Cutter<'a> {
    block: &'a Block,
    /// Where characters stay as they were typed: code and addresses. In order, apart.
    verbatim: Vec<Range<usize>>,
    quotes: Quotes,
    /// The reader's marks.
    marks: &'a [OwnMark],
    /// Those that are set, in order and apart.
    formulas: Vec<SetFormula>,
    next: Next,
}

/// What is not yet set of what hangs on the text.
#[derive(Debug, Clone, Copy, Default)]
struct Next {
    /// Index of the first marker.
    marker: usize,
    /// Index of the first of the reader's marks.
    mark: usize,
}

impl<'a> Cutter<'a> {
    /// The glyphs of a block; those of the stretches that are not broken stay as they were typed.
    pub(super) fn new(block: &'a Block, extras: Extras<'a>) -> Self {
        let verbatim = verbatim(block, extras.unbroken);
        let quotes = match block.kind {
            Kind::Code { .. } => Quotes::default(),
            _ => Quotes::new(&block.text, extras.form.quotation_marks, |at| {
                is_within(&verbatim, &(at..at + 1))
            }),
        };
        Cutter {
            block,
            verbatim,
            quotes,
            marks: extras.marks,
            formulas: if extras.form.sets_formulas {
                formula::formulas(block)
            } else {
                Vec::new()
            },
            next: Next::default(),
        }
    }

    /// The glyphs of the range, with the markers that stand in it and at its end. No glyph takes
    /// more than `columns`.
    pub(super) fn glyphs(&self, range: Range<usize>, columns: u16) -> Vec<Glyph> {
        let text = self.block.text.get(..range.end).unwrap_or_default();
        let mut glyphs = Vec::with_capacity(range.len());
        let mut next = self.next;
        let mut at = range.start;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            next = self.push_markers(&mut glyphs, next, at);
            let glyph = self.glyph(rest, at, columns);
            at = glyph.source.end;
            glyphs.push(glyph);
        }
        self.push_markers(&mut glyphs, next, at);
        glyphs
    }

    /// Takes note that everything up to the last of these glyphs is set.
    pub(super) fn pass(&mut self, glyphs: &[Glyph]) {
        for glyph in glyphs {
            match glyph.form {
                GlyphForm::Figure(marker, _) => self.next.marker = marker + 1,
                GlyphForm::MarkLetter(mark, _) => self.next.mark = mark + 1,
                _ => {}
            }
        }
    }

    /// Whether there is a marker, or a mark of the reader's, that is not yet set.
    pub(super) fn has_marker(&self) -> bool {
        self.next.marker < self.block.markers.len() || self.next.mark < self.marks.len()
    }

    /// Pushes the markers from the given one on that stand at or before the offset, then the
    /// reader's marks, and returns what is next.
    fn push_markers(&self, glyphs: &mut Vec<Glyph>, from: Next, at: usize) -> Next {
        let Next {
            mut marker,
            mut mark,
        } = from;
        while let Some(here) = self.block.markers.get(marker).filter(|m| m.offset <= at) {
            push_divider(glyphs, at);
            push_figures(glyphs, here, marker, at);
            marker += 1;
        }
        while let Some(here) = self.marks.get(mark).filter(|m| m.offset <= at) {
            push_divider(glyphs, at);
            let letters = mark_letters(here.number).into_iter();
            glyphs.extend(letters.map(|letter| unsourced(at, GlyphForm::MarkLetter(mark, letter))));
            mark += 1;
        }
        Next { marker, mark }
    }

    /// Those of the block's formulas that are set on lines of so many columns and stand in the range
    /// or reach into it, in order.
    pub(super) fn formulas_in(&self, range: &Range<usize>, columns: u16) -> Vec<&SetFormula> {
        let first = self
            .formulas
            .partition_point(|formula| formula.range.end <= range.start);
        let formulas = self.formulas.iter().skip(first);
        let formulas = formulas.take_while(|formula| formula.range.start < range.end);
        formulas
            .filter(|formula| formula.widest <= columns)
            .collect()
    }

    /// The piece of a formula that a glyph shows.
    pub(super) fn piece(&self, form: GlyphForm) -> Option<&FormulaPiece> {
        let GlyphForm::Formula(formula, piece) = form else {
            return None;
        };
        self.formulas.get(formula)?.pieces.get(piece)
    }

    /// The piece of a formula that begins at the offset, if that is set on lines of so many columns.
    fn piece_at(&self, at: usize, columns: u16) -> Option<Glyph> {
        let index = self.formulas.partition_point(|it| it.range.end <= at);
        let formula = self.formulas.get(index)?;
        if at < formula.range.start || formula.widest > columns {
            return None;
        }
        let mut pieces = formula.pieces.iter();
        let piece = pieces.position(|piece| piece.source.start == at)?;
        let own = formula.pieces.get(piece)?;
        Some(Glyph {
            source: own.source.clone(),
            columns: own.columns,
            form: GlyphForm::Formula(index, piece),
        })
    }

    /// The glyph at the front of the text, which begins at the offset.
    fn glyph(&self, text: &str, at: usize, most_columns: u16) -> Glyph {
        if let Some(glyph) = self.piece_at(at, most_columns) {
            return glyph;
        }
        let (bytes, columns, form) = match self.sign(text, at) {
            Some((bytes, sign)) => (bytes, ruler::columns(sign), GlyphForm::Sign(sign)),
            None => first_letter(text),
        };
        let source = at..at + bytes;
        if columns > most_columns {
            let form = GlyphForm::Sign(TOO_WIDE);
            return Glyph {
                source,
                columns: 1,
                form,
            };
        }
        Glyph {
            source,
            columns,
            form,
        }
    }

    /// The sign that stands in for the front of the text, and for how many bytes.
    fn sign(&self, text: &str, at: usize) -> Option<(usize, &'static str)> {
        match self.block.kind {
            Kind::Code { .. } => return None,
            Kind::Table(_) if text.starts_with('\t') => return Some((1, BETWEEN_CELLS)),
            _ => {}
        }
        let (bytes, sign) = typography::sign(&self.block.text, at, &self.quotes)?;
        let stands_for = at..at + bytes;
        let cut = self.next_marker_after(at) < stands_for.end;
        (!cut && !self.is_verbatim(&stands_for)).then_some((bytes, sign))
    }

    fn next_marker_after(&self, at: usize) -> usize {
        let markers = &self.block.markers;
        let next = markers.partition_point(|marker| marker.offset <= at);
        markers.get(next).map_or(usize::MAX, |marker| marker.offset)
    }

    pub(super) fn is_verbatim(&self, range: &Range<usize>) -> bool {
        is_within(&self.verbatim, range)
    }
}

/// Whether one of the ranges, which are in order and apart, has a part of this one.
fn is_within(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = ranges.partition_point(|kept| kept.end <= range.start);
    ranges.get(next).is_some_and(|kept| kept.start < range.end)
}

/// Where the characters of a block stay as they were typed.
fn verbatim(block: &Block, kept: &[Range<usize>]) -> Vec<Range<usize>> {
    let code = block.spans.iter().filter(|span| span.style.is_verbatim());
    let mut ranges: Vec<Range<usize>> = code.map(|span| span.range.clone()).collect();
    ranges.extend(address::addresses(block));
    ranges.extend(kept.iter().cloned());
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|later, earlier| {
        let touch = later.start <= earlier.end;
        if touch {
            earlier.end = earlier.end.max(later.end);
        }
        touch
    });
    ranges
}

/// Parts what comes next from a marker before it.
fn push_divider(glyphs: &mut Vec<Glyph>, at: usize) {
    if glyphs.last().is_some_and(Glyph::hangs) {
        glyphs.push(unsourced(at, GlyphForm::Divider));
    }
}

fn push_figures(glyphs: &mut Vec<Glyph>, marker: &Marker, index: usize, at: usize) {
    for letter in marker.number.to_string().chars() {
        let digit = letter
            .to_digit(10)
            .and_then(|digit| usize::try_from(digit).ok());
        // A sign is set as it is: fonts raise it themselves.
        let figure = digit.and_then(|digit| FIGURES.get(digit).copied());
        let figure = GlyphForm::Figure(index, figure.unwrap_or(letter));
        glyphs.push(unsourced(at, figure));
    }
}

fn unsourced(at: usize, form: GlyphForm) -> Glyph {
    Glyph {
        source: at..at,
        columns: 1,
        form,
    }
}

/// The text's first grapheme: its bytes, its columns and its form.
fn first_letter(text: &str) -> (usize, u16, GlyphForm) {
    let bytes = ruler::first_grapheme(text);
    let grapheme = text.get(..bytes).unwrap_or_default();
    (bytes, ruler::grapheme_columns(grapheme), form_of(grapheme))
}

fn form_of(grapheme: &str) -> GlyphForm {
    let is_space = grapheme == " "
        || (!grapheme.is_ascii() && grapheme.chars().all(|c| c.is_whitespace() && !joins(c)));
    if is_space {
        GlyphForm::Space
    } else {
        GlyphForm::Letter
    }
}

/// Spaces at which no line may break.
fn joins(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}
