//! Sets running text on lines: cut into glyphs, broken, and the roles laid over what came of it.

use std::ops::Range;

use super::fit::{FilledLine, HYPHEN, LineFilling, fill};
use super::formula::SetFormula;
use super::glyph::{Cutter, DIVIDER, Glyph, GlyphForm};
use super::piece::Piece;
use super::role::Roles;
use super::{Extras, Line, LineEnds, Part, Role, Run, address, code, justify, piece};
use crate::paper::Block;

/// Sets stretches of one block's text, from the front to the back.
#[derive(Debug)]
pub(super) struct Setter<'a> {
    block: &'a Block,
    cutter: Cutter<'a>,
    roles: Roles<'a>,
    addresses: Vec<Range<usize>>,
    extras: Extras<'a>,
}

/// What a stretch of text takes if it is not broken, in columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) whole: u16,
    pub(super) longest_word: u16,
    /// The longest of what is never broken, with what adjoins it.
    pub(super) longest_unbroken: u16,
}

/// Bytes of text that are broken in one go. A longer paragraph is set piece by piece, which
/// bounds the memory that this takes; the last line of each piece is set again with the next.
const WINDOW: usize = 8 * 1024;

impl<'a> Setter<'a> {
    pub(super) fn new(block: &'a Block, extras: Extras<'a>) -> Self {
        Setter {
            block,
            cutter: Cutter::new(block, extras),
            roles: Roles::new(block),
            addresses: address::addresses(block).collect(),
            extras,
        }
    }

    /// Sets the range of the text on lines of at most so many columns; there is always a line.
    /// The range is not before the one set last.
    ///
    /// At the end of the text, an empty line counts only where a marker stands on it.
    pub(super) fn set(&mut self, range: Range<usize>, columns: u16, fit: LineFilling) -> Vec<Line> {
        let text = self.block.text.get(range.clone()).unwrap_or_default();
        let mut lines = Vec::new();
        let mut start = range.start;
        for authors_line in text.split_inclusive('\n') {
            let end = start + authors_line.len();
            let shown_end = end - usize::from(authors_line.ends_with('\n'));
            self.set_line(start..shown_end, columns, fit, &mut lines);
            if let Some(last) = lines.last_mut() {
                last.text.end = end;
            }
            start = end;
        }
        let is_end = start == self.block.text.len();
        if lines.is_empty() || (is_end && self.cutter.has_marker()) {
            self.set_line(start..start, columns, fit, &mut lines);
        }
        lines
    }

    /// Measures the range of the text. It is not before the one measured last.
    pub(super) fn measure(&mut self, range: Range<usize>) -> Extent {
        let glyphs = self.cutter.glyphs(range.clone(), u16::MAX);
        self.cutter.pass(&glyphs);
        let formulas = self.cutter.formulas_in(&range, u16::MAX);
        let breaks = self.breaks(range, u16::MAX, &formulas);
        let pieces = piece::pieces(&glyphs, &breaks, self.extras.unbroken, u16::MAX);
        let longest = pieces.iter().map(Piece::columns).max().unwrap_or(0);
        let unbroken = pieces
            .iter()
            .filter(|piece| piece.holds(&glyphs, self.extras.unbroken));
        let longest_unbroken = unbroken.map(Piece::columns).max().unwrap_or(0);
        let whole: u32 = glyphs.iter().map(|glyph| u32::from(glyph.columns)).sum();
        let columns = |columns: u32| u16::try_from(columns).unwrap_or(u16::MAX);
        Extent {
            whole: columns(whole),
            longest_word: columns(longest),
            longest_unbroken: columns(longest_unbroken),
        }
    }

    /// Sets what the author put on one line.
    fn set_line(
        &mut self,
        range: Range<usize>,
        columns: u16,
        fit: LineFilling,
        lines: &mut Vec<Line>,
    ) {
        let text = &self.block.text;
        let mut start = range.start;
        let mut bytes = WINDOW;
        loop {
            let end = text.floor_char_boundary(start.saturating_add(bytes).min(range.end));
            let glyphs = self.cutter.glyphs(start..end, columns);
            let (breaks, hyphens) = self.breaks_and_hyphens(start..end, columns, fit);
            let rows = match fit {
                LineFilling::Full => code::fill(&glyphs, text, columns),
                _ => {
                    let breaks = (breaks.as_slice(), hyphens.as_slice());
                    fill(&glyphs, breaks, self.extras.unbroken, columns, fit)
                }
            };
            let reaches_end = end >= range.end;
            let settled = Some(rows.len()).filter(|_| reaches_end);
            let settled = settled.unwrap_or_else(|| settled_rows(&rows, &glyphs));
            for (index, row) in rows.iter().enumerate().take(settled) {
                let is_last = reaches_end && index + 1 == rows.len();
                let widened = match fit {
                    LineFilling::Justified if !is_last => {
                        widened(&glyphs, row, columns, lines.len() % 2 == 1)
                    }
                    _ => Vec::new(),
                };
                let line = self.line(&glyphs, row, start, &widened);
                start = line.text.end;
                lines.push(line);
            }
            let set = rows.get(..settled).and_then(<[FilledLine]>::last);
            match set.and_then(|row| glyphs.get(..row.end)) {
                Some(set) => self.cutter.pass(set),
                None => bytes = bytes.saturating_mul(2),
            }
            if reaches_end {
                return;
            }
        }
    }

    /// Where a line of so many columns may end, and where it then ends in a hyphen.
    fn breaks_and_hyphens(
        &self,
        range: Range<usize>,
        columns: u16,
        fit: LineFilling,
    ) -> (Vec<usize>, Vec<usize>) {
        let formulas = self.cutter.formulas_in(&range, columns);
        let mut breaks = self.breaks(range.clone(), columns, &formulas);
        let hyphenation = match self.extras.form.line_ends {
            LineEnds::Justified(hyphenation) if fit == LineFilling::Justified => hyphenation,
            _ => None,
        };
        let Some(hyphenation) = hyphenation else {
            return (breaks, Vec::new());
        };
        let mut hyphens = hyphenation.breaks(&self.block.text, range.clone());
        hyphens.retain(|at| {
            let is_in_formula =
                formula_from(*at, &formulas).is_some_and(|it| it.range.start <= *at);
            !self.cutter.is_verbatim(&(*at - 1..*at))
                && !piece::is_inside(*at, &self.addresses)
                && !is_in_formula
        });
        breaks.extend(&hyphens);
        breaks.sort_unstable();
        breaks.dedup();
        (breaks, hyphens)
    }

    /// Where a line of so many columns may end, with these formulas on it.
    fn breaks(&self, range: Range<usize>, columns: u16, formulas: &[&SetFormula]) -> Vec<usize> {
        let mut breaks = piece::breaks(&self.block.text, range.clone(), &self.addresses, columns);
        breaks.retain(|offset| !piece::is_inside(*offset, self.extras.unbroken));
        if formulas.is_empty() {
            return breaks;
        }
        breaks.retain(|offset| {
            let next = formula_from(*offset, formulas);
            next.is_none_or(|formula| formula.range.start >= *offset)
        });
        for formula in formulas {
            let ends = formula.pieces.iter().map(|piece| piece.source.end);
            breaks.extend(ends.filter(|end| *end < formula.range.end && range.contains(end)));
        }
        breaks.sort_unstable();
        breaks
    }

    /// One line, whose text begins at the offset, with its blanks widened by so many columns.
    fn line(&mut self, glyphs: &[Glyph], row: &FilledLine, start: usize, widened: &[u16]) -> Line {
        let end = glyphs.get(..row.end).and_then(<[Glyph]>::last);
        let shown = glyphs.get(row.glyphs.clone()).unwrap_or_default();
        let mut line = Line {
            text: start..end.map_or(start, |glyph| glyph.source.end.max(start)),
            runs: Vec::new(),
        };
        let mut column = 0_u16;
        let mut widened = widened.iter();
        for glyph in shown {
            let role = self.role(glyph);
            let wider = match glyph.form {
                GlyphForm::Space => widened.next().copied().unwrap_or(0),
                _ => 0,
            };
            if wider > 0 {
                let columns = glyph.columns.saturating_add(wider);
                let blank = self.block.text.get(glyph.source.clone()).unwrap_or(" ");
                let blank = format!("{blank}{}", " ".repeat(wider.into()));
                let wide = Glyph {
                    columns,
                    ..glyph.clone()
                };
                push(&mut line.runs, &wide, role, &blank, column);
                column = column.saturating_add(columns);
                continue;
            }
            let mut figure_bytes = [0; 4];
            let text = match glyph.form {
                GlyphForm::Letter | GlyphForm::Space => "",
                GlyphForm::Sign(sign) => sign,
                GlyphForm::Figure(_, figure) => figure.encode_utf8(&mut figure_bytes),
                GlyphForm::MarkLetter(_, letter) => letter,
                GlyphForm::Divider => DIVIDER,
                form @ GlyphForm::Formula(..) => {
                    self.cutter.piece(form).map_or("", |piece| &piece.text)
                }
            };
            push(&mut line.runs, glyph, role, text, column);
            column = column.saturating_add(glyph.columns);
        }
        if row.is_hyphenated {
            line.runs.push(Run {
                column,
                columns: 1,
                text: HYPHEN.to_owned(),
                source: line.text.end..line.text.end,
                role: Part::Furniture.into(),
            });
        }
        for run in line.runs.iter_mut().filter(|run| run.text.is_empty()) {
            let source = self.block.text.get(run.source.clone());
            run.text.push_str(source.unwrap_or_default());
        }
        line
    }

    fn role(&mut self, glyph: &Glyph) -> Role {
        match glyph.form {
            GlyphForm::Letter | GlyphForm::Space | GlyphForm::Sign(_) => {
                self.roles.at(glyph.source.start)
            }
            GlyphForm::Formula(..) => Role {
                part: Part::Formula,
                ..self.roles.at(glyph.source.start)
            },
            GlyphForm::Figure(marker, _) => Part::Marker(marker).into(),
            GlyphForm::MarkLetter(mark, _) => {
                let key = self.extras.marks.get(mark).map_or(0, |mark| mark.key);
                Part::OwnMark(key).into()
            }
            GlyphForm::Divider => Part::Furniture.into(),
        }
    }
}

impl Extent {
    /// The larger in each respect.
    pub(super) fn max(self, other: Self) -> Self {
        Extent {
            whole: self.whole.max(other.whole),
            longest_word: self.longest_word.max(other.longest_word),
            longest_unbroken: self.longest_unbroken.max(other.longest_unbroken),
        }
    }
}

/// The first of formulas in order that ends behind the offset.
fn formula_from<'a>(offset: usize, formulas: &[&'a SetFormula]) -> Option<&'a SetFormula> {
    let next = formulas.partition_point(|formula| formula.range.end <= offset);
    formulas.get(next).copied()
}

/// How many rows stay as they are, whatever text comes after the glyphs: all but the last, and
/// none that ends within the markers at one place.
fn settled_rows(rows: &[FilledLine], glyphs: &[Glyph]) -> usize {
    let resumes = |row: &FilledLine| !glyphs.get(row.glyphs.start).is_some_and(Glyph::hangs);
    rows.iter().rposition(resumes).unwrap_or(0)
}

/// By how many columns the blanks of a line are widened; by none where it cannot reach the edge.
fn widened(glyphs: &[Glyph], row: &FilledLine, columns: u16, is_odd: bool) -> Vec<u16> {
    let shown = glyphs.get(row.glyphs.clone()).unwrap_or_default();
    let taken: u32 = shown.iter().map(|glyph| u32::from(glyph.columns)).sum();
    let taken = taken + u32::from(row.is_hyphenated);
    let missing = u32::from(columns).saturating_sub(taken);
    let blanks = shown.iter().filter(|glyph| glyph.form == GlyphForm::Space);
    let missing = u16::try_from(missing).unwrap_or(u16::MAX);
    justify::widened(blanks.count(), missing, is_odd).unwrap_or_default()
}

/// Adds a glyph to the line: to its last run where that goes on.
fn push(runs: &mut Vec<Run>, glyph: &Glyph, role: Role, text: &str, column: u16) {
    let letters = text.is_empty();
    let figures = matches!(
        glyph.form,
        GlyphForm::Figure(..) | GlyphForm::MarkLetter(..)
    );
    if let Some(last) = runs.last_mut()
        && last.role == role
        && last.source.end == glyph.source.start
        && ((letters && last.text.is_empty()) || (figures && last.source.is_empty()))
    {
        last.source.end = glyph.source.end;
        last.columns = last.columns.saturating_add(glyph.columns);
        last.text.push_str(text);
        return;
    }
    runs.push(Run {
        column,
        columns: glyph.columns,
        text: text.to_owned(),
        source: glyph.source.clone(),
        role,
    });
}
