//! Sets code: its lines and spaces as they stand.

use super::fit::LineFilling;
use super::setter::Setter;
use super::{Extras, Line, Part, Run};
use crate::paper::Block;

/// Columns by which code is indented, where there is room.
const INDENT: u16 = 2;

/// The narrowest page on which code is indented.
const NARROWEST_INDENTED: u16 = 8;

/// Stands in the indent before the rest of a line that was too long.
const CONTINUATION: &str = "↳";

pub(super) fn set(block: &Block, columns: u16, extras: Extras<'_>) -> Vec<Line> {
    let whole = 0..block.text.len();
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
