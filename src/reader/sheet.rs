//! A note as it is shown beside the text: laid out like the page, at a width of its own, with
//! what is said beneath it.

use std::ops::Range;
use std::rc::Rc;

use super::action::{Focus, Hit};
use super::flow::{Flow, Row};
use super::gloss::Gloss;
use crate::layout::{Layout, Line};
use crate::paper::{BlockId, Note, Position};

/// A note's rows at one width, and those of the glosses beneath it.
#[derive(Debug)]
pub(crate) struct Sheet<'a> {
    flow: &'a Flow,
    parts: Vec<Of>,
}

/// What a row is a part of.
#[derive(Debug, Clone)]
pub(crate) enum Of {
    Block(BlockId),
    Gloss(Rc<Gloss>),
}

/// A line of what a sheet shows.
#[derive(Debug, Clone)]
pub(crate) struct SheetRow {
    pub(crate) of: Of,
    layout: Rc<Layout>,
    /// Index into the lines of the layout.
    line: usize,
}

impl SheetRow {
    pub(crate) fn line(&self) -> Option<&Line> {
        self.layout.lines.get(self.line)
    }

    /// What a click on a marker or link of the row means.
    pub(crate) fn hit(&self, focus: Focus) -> Hit {
        match (&self.of, focus) {
            (Of::Block(block), focus) => Hit::Target(*block, focus),
            (Of::Gloss(gloss), Focus::Link(link)) => {
                gloss.lead(link).map_or(Hit::Inside, Hit::Lead)
            }
            (Of::Gloss(_), _) => Hit::Inside,
        }
    }
}

impl<'a> Sheet<'a> {
    /// The note, or what stands in for one that is not defined; then the glosses.
    pub(crate) fn of(note: &Note, glosses: Vec<Gloss>, flow: &'a Flow) -> Self {
        let end = note.blocks.end.max(note.blocks.start + 1);
        Sheet::new(note.blocks.start..end, glosses, flow)
    }

    /// The note with its glosses, and where it is cited if that is in more than one place.
    pub(crate) fn with_backlinks(note: &Note, glosses: Vec<Gloss>, flow: &'a Flow) -> Self {
        let mut sheet = Sheet::of(note, glosses, flow);
        if note.is_defined() && note.cited_in.len() > 1 {
            sheet.parts.push(Of::Block(BlockId(note.blocks.end)));
        }
        sheet
    }

    /// The glosses alone.
    pub(crate) fn of_glosses(glosses: Vec<Gloss>, flow: &'a Flow) -> Self {
        Sheet::new(0..0, glosses, flow)
    }

    fn new(blocks: Range<usize>, glosses: Vec<Gloss>, flow: &'a Flow) -> Self {
        let blocks = blocks.map(|block| Of::Block(BlockId(block)));
        let glosses = glosses.into_iter().map(Rc::new).map(Of::Gloss);
        Sheet {
            flow,
            parts: blocks.chain(glosses).collect(),
        }
    }

    /// Up to so many rows, leaving out as many from the top. Blank rows before the note are no
    /// part of it.
    pub(crate) fn rows(&self, skipped: usize, rows: usize) -> Vec<SheetRow> {
        let mut found = Vec::new();
        let mut left_out = 0;
        for (part, of) in self.parts.iter().enumerate() {
            let Some(layout) = self.layout(of) else {
                continue;
            };
            let first = if part == 0 { layout.lead } else { 0 };
            for line in first..layout.lines.len() {
                if found.len() == rows {
                    return found;
                }
                if left_out < skipped {
                    left_out += 1;
                    continue;
                }
                found.push(SheetRow {
                    of: of.clone(),
                    layout: Rc::clone(&layout),
                    line,
                });
            }
        }
        found
    }

    /// The row that shows a position of the note, from the top.
    pub(crate) fn row_of(&self, position: Position) -> Option<usize> {
        let shows = |row: &SheetRow| {
            matches!(row.of, Of::Block(block) if block == position.block)
                && row.layout.line_of(position.offset) == row.line
        };
        self.rows(0, usize::MAX).iter().position(shows)
    }

    fn layout(&self, of: &Of) -> Option<Rc<Layout>> {
        match of {
            Of::Block(block) => {
                let start = Row {
                    block: *block,
                    line: 0,
                };
                Some(self.flow.set(start)?.layout)
            }
            Of::Gloss(gloss) => Some(Rc::new(gloss.lay_out(self.flow.columns()))),
        }
    }
}
