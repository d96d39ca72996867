//! Sets code: its lines and spaces as they stand. What is too long for a line goes on after a blank;
//! a token is parted only where there is none, and a number not even then.

use super::fit::{FilledLine, LineFilling};
use super::glyph::{Glyph, GlyphForm};
use super::setter::Setter;
use super::{Extras, Line, PageForm, Part, Run};
use super::{formula, piece};
use crate::paper::Block;

/// Columns by which code is indented, where there is room.
const INDENT: u16 = 2;

/// The narrowest page on which code is indented.
const NARROWEST_INDENTED: u16 = 8;

/// Stands in the indent before the rest of a line that was too long.
const CONTINUATION: &str = "↳";

pub(super) fn set(block: &Block, columns: u16, extras: Extras<'_>) -> Vec<Line> {
    let whole = 0..block.text.len();
    if extras.form.sets_formulas && block.is_formula() {
        if let Some(lines) = display(block, columns, extras) {
            return lines;
        }
        return Setter::new(block, extras).set(whole, columns, LineFilling::Even);
    }
    if columns < NARROWEST_INDENTED {
        return Setter::new(block, extras).set(whole, columns, LineFilling::Full);
    }
    let mut lines = Setter::new(block, extras).set(whole, columns - INDENT, LineFilling::Full);
    for line in &mut lines {
        line.indent(INDENT);
        if goes_on(&block.text, line.text.start) {
            line.runs.insert(0, continuation(line.text.start));
        }
    }
    lines
}

/// A formula in two dimensions, if that has room. Each of its rows stands for a share of the text.
fn display(block: &Block, columns: u16, extras: Extras<'_>) -> Option<Vec<Line>> {
    let tile = formula::display(block)?;
    let own = u16::try_from(tile.columns)
        .ok()
        .filter(|own| *own <= columns)?;
    if !block.markers.is_empty() || !block.links.is_empty() || own == 0 {
        return None;
    }
    let mut after = own_marks(block, extras);
    let own_marks: u16 = after.iter().map(|run| run.columns).sum();
    let indent = INDENT.min(columns.checked_sub(own.checked_add(own_marks)?)?);
    let (text, count) = (&block.text, tile.rows.len());
    let end_of = |row: usize| text.floor_char_boundary(text.len() * (row + 1) / count);
    let mut lines = Vec::with_capacity(count);
    let mut start = 0;
    for (index, row) in tile.rows.into_iter().enumerate() {
        let source = start..end_of(index);
        if source.is_empty() {
            return None;
        }
        start = source.end;
        let run = Run {
            column: indent,
            columns: own,
            text: row,
            source: source.clone(),
            role: Part::Formula.into(),
        };
        lines.push(Line {
            text: source,
            runs: vec![run],
        });
    }
    let mut column = indent + own;
    for run in &mut after {
        run.column = column;
        column += run.columns;
    }
    lines.last_mut()?.runs.append(&mut after);
    Some(lines)
}

/// The reader's marks, as they stand behind the text.
fn own_marks(block: &Block, extras: Extras<'_>) -> Vec<Run> {
    let form = PageForm {
        sets_formulas: false,
        ..extras.form
    };
    let extras = Extras { form, ..extras };
    let end = block.text.len();
    let mut lines = Setter::new(block, extras).set(end..end, u16::MAX, LineFilling::Full);
    lines.pop().map(|line| line.runs).unwrap_or_default()
}

/// Whether the offset stands within a line of the author's.
fn goes_on(text: &str, offset: usize) -> bool {
    text.get(..offset)
        .is_some_and(|before| !before.is_empty() && !before.ends_with('\n'))
}

fn continuation(offset: usize) -> Run {
    Run {
        column: 0,
        columns: 1,
        text: CONTINUATION.to_owned(),
        source: offset..offset,
        role: Part::Furniture.into(),
    }
}

/// Fills lines of so many columns with the glyphs of code, whose text this is; there is always a
/// line.
pub(super) fn fill(glyphs: &[Glyph], text: &str, columns: u16) -> Vec<FilledLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let line = first_line(glyphs, text, start, columns);
        let end = line.end;
        lines.push(line);
        if end >= glyphs.len() || end <= start {
            return lines;
        }
        start = end;
    }
}

/// The line that begins with the glyph.
fn first_line(glyphs: &[Glyph], text: &str, start: usize, columns: u16) -> FilledLine {
    let whole = FilledLine {
        glyphs: start..glyphs.len(),
        end: glyphs.len(),
        is_hyphenated: false,
    };
    let mut filled = 0_u32;
    let too_wide = |glyph: &Glyph| {
        filled += u32::from(glyph.columns);
        filled > u32::from(columns)
    };
    let rest = glyphs.get(start..).unwrap_or_default();
    let Some(over) = rest.iter().position(too_wide).map(|at| start + at) else {
        return whole;
    };
    if let Some(line) = broken_at_blank(glyphs, start, over) {
        return line;
    }
    let parts = piece::split(glyphs, start..over + 1, columns);
    let cut = parts.first().map_or(over, |part| part.end);
    let end = before_number(glyphs, text, start, cut).max(start + 1);
    FilledLine {
        glyphs: start..end,
        end,
        is_hyphenated: false,
    }
}

/// The line from one glyph to the last blank at or before another, after something that is none.
fn broken_at_blank(glyphs: &[Glyph], start: usize, over: usize) -> Option<FilledLine> {
    let is_blank = |at: usize| {
        let form = glyphs.get(at).map(|glyph| glyph.form);
        form == Some(GlyphForm::Space)
    };
    let hangs = |at: usize| glyphs.get(at).is_some_and(Glyph::hangs);
    let after = |blank: usize| {
        let next = (blank..glyphs.len()).find(|at| !is_blank(*at));
        next.unwrap_or(glyphs.len())
    };
    let first = (start..over).find(|at| !is_blank(*at))?;
    let mut places = (first + 1..=over).rev();
    let blank = places.find(|at| is_blank(*at) && !hangs(after(*at)))?;
    let shown_end = (first..blank).rev().find(|at| !is_blank(*at))? + 1;
    Some(FilledLine {
        glyphs: start..shown_end,
        end: after(blank),
        is_hyphenated: false,
    })
}

/// The start of the number within which a line would end; where the line would end, if that is not
/// within a number, or the number is as long as the line.
fn before_number(glyphs: &[Glyph], text: &str, start: usize, cut: usize) -> usize {
    let is_digit = |at: usize| {
        let source = glyphs.get(at).map(|glyph| glyph.source.clone());
        let letter = source.and_then(|source| text.get(source));
        letter.is_some_and(|letter| letter.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_point = |at: usize| {
        let source = glyphs.get(at).map(|glyph| glyph.source.clone());
        let letter = source.and_then(|source| text.get(source));
        letter.is_some_and(|letter| matches!(letter, "." | "," | "_" | "'"))
    };
    let within = |at: usize| {
        let before = at.checked_sub(1);
        before.is_some_and(|before| {
            let goes_on = is_digit(at) || (is_point(at) && is_digit(at + 1));
            let follows = before.checked_sub(1).is_some_and(&is_digit);
            goes_on && (is_digit(before) || (is_point(before) && follows))
        })
    };
    let mut at = cut;
    while at > start && within(at) {
        at -= 1;
    }
    if at > start { at } else { cut }
}
