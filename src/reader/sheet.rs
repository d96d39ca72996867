//! A note as it is shown beside the text: laid out like the page, at a width of its own.

use std::ops::Range;

use super::action::Direction;
use super::flow::{Flow, Row, SetRow};
use crate::paper::{BlockId, Note};

/// A note's rows at one width, laid out as they are asked for.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    flow: &'a Flow,
    blocks: Range<usize>,
}

impl<'a> Sheet<'a> {
    /// The note alone, or what stands in for one that is not defined.
    pub(crate) fn of(note: &Note, flow: &'a Flow) -> Self {
        let end = note.blocks.end.max(note.blocks.start + 1);
        Sheet {
            flow,
            blocks: note.blocks.start..end,
        }
    }

    /// The note, and where it is cited if that is in more than one place.
    pub(crate) fn with_backlinks(note: &Note, flow: &'a Flow) -> Self {
        let tells_something_new = usize::from(note.cited_in.len() > 1);
        let mut sheet = Sheet::of(note, flow);
        sheet.blocks.end = sheet.blocks.end.max(note.blocks.end + tells_something_new);
        sheet
    }

    /// Up to so many rows, leaving out as many from the top. Blank rows before the note are no
    /// part of it.
    pub(crate) fn rows(&self, skipped: usize, rows: usize) -> Vec<SetRow> {
        let mut found = Vec::new();
        let mut left_out = 0;
        let mut next = self.first();
        while let Some(row) = next.filter(|row| self.blocks.contains(&row.block.0)) {
            if found.len() == rows {
                break;
            }
            if left_out < skipped {
                left_out += 1;
            } else {
                found.extend(self.flow.set(row));
            }
            next = self.flow.step(row, Direction::Next);
        }
        found
    }

    fn first(&self) -> Option<Row> {
        let start = Row {
            block: BlockId(self.blocks.start),
            line: 0,
        };
        let lead = self.flow.set(start)?.layout.lead;
        Some(Row {
            line: lead,
            ..start
        })
    }
}
