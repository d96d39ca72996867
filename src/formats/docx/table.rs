//! Tables, with cells that span columns and rows.

use super::DocxReader;
use super::properties::value;
use crate::formats::office::xml::XmlElement;
use crate::paper::Alignment;

/// A cell spans at most so many columns.
const MAX_SPAN: usize = 64;

/// A cell of a table.
struct Cell<'a> {
    element: &'a XmlElement,
    span: usize,
    /// Whether it only goes on with the cell above.
    is_continued: bool,
}

impl<'a> DocxReader<'a> {
    pub(super) fn table(&mut self, table: &'a XmlElement) {
        let rows = rows(table);
        if let [row] = rows.as_slice()
            && let [cell] = cells(row).as_slice()
        {
            // A frame around text.
            return self.blocks(cell.element);
        }
        if !self.is_in_table {
            self.prose.begin_table(&mut self.builder);
        }
        self.builder.begin_table(&alignments(&rows));
        let outer = std::mem::replace(&mut self.is_in_table, true);
        for row in rows {
            self.builder.begin_row();
            for _ in 0..skipped_columns(row) {
                self.empty_cell();
            }
            for cell in cells(row) {
                self.builder.begin_cell();
                if !cell.is_continued {
                    self.blocks(cell.element);
                    self.end_paragraph();
                }
                self.builder.end_cell();
                for _ in 1..cell.span {
                    self.empty_cell();
                }
            }
            self.builder.end_row();
        }
        self.is_in_table = outer;
        self.builder.end_table();
    }

    /// Sets a cell for a column that the cell before spans too, so long as there are not too many.
    fn empty_cell(&mut self) {
        if let Some(left) = self.spare_cells.checked_sub(1) {
            self.spare_cells = left;
            self.builder.begin_cell();
            self.builder.end_cell();
        }
    }
}

/// The rows of a table, but for those that have been taken out.
fn rows(table: &XmlElement) -> Vec<&XmlElement> {
    inner(table, "tr")
        .into_iter()
        .filter(|row| {
            let properties = row.child("trPr");
            properties.is_none_or(|properties| properties.child("del").is_none())
        })
        .collect()
}

fn cells(row: &XmlElement) -> Vec<Cell<'_>> {
    let cells = inner(row, "tc").into_iter();
    cells
        .map(|element| {
            let properties = element.child("tcPr");
            let property = |name| properties.and_then(|properties| properties.child(name));
            let span = property("gridSpan").and_then(value);
            let span = span.and_then(|span| span.parse().ok()).unwrap_or(1);
            let is_continued = ["vMerge", "hMerge"]
                .iter()
                .filter_map(|name| property(name))
                .any(|merge| value(merge) != Some("restart"));
            Cell {
                element,
                span: usize::clamp(span, 1, MAX_SPAN),
                is_continued,
            }
        })
        .collect()
}

/// The elements of this name, of the table itself or of what only wraps them.
fn inner<'a>(element: &'a XmlElement, name: &str) -> Vec<&'a XmlElement> {
    let mut found = Vec::new();
    let mut queue = vec![element];
    while let Some(element) = queue.pop() {
        if element.name() == name {
            found.push(element);
            continue;
        }
        let at = queue.len();
        let wrapped = element.elements().filter(|child| {
            child.name() == name
                || matches!(
                    child.name(),
                    "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag"
                )
        });
        queue.extend(wrapped);
        if let Some(children) = queue.get_mut(at..) {
            children.reverse();
        }
    }
    found
}

/// How many columns a row leaves empty at its start.
fn skipped_columns(row: &XmlElement) -> usize {
    let properties = row.child("trPr");
    let before = properties.and_then(|properties| properties.child("gridBefore"));
    let before = before
        .and_then(value)
        .and_then(|before| before.parse().ok());
    before.unwrap_or(0).min(MAX_SPAN)
}

/// How the columns are aligned: as the first paragraph of each is, below the heads.
fn alignments(rows: &[&XmlElement]) -> Vec<Alignment> {
    let Some(row) = rows.get(1).or(rows.first()) else {
        return Vec::new();
    };
    let mut alignments = vec![Alignment::Left; skipped_columns(row)];
    for cell in cells(row) {
        let properties = cell
            .element
            .child("p")
            .and_then(|paragraph| paragraph.child("pPr"));
        let side = properties.and_then(|properties| properties.child("jc"));
        let alignment = match side.and_then(value) {
            Some("center") => Alignment::Centre,
            Some("right" | "end") => Alignment::Right,
            _ => Alignment::Left,
        };
        alignments.extend(std::iter::repeat_n(alignment, cell.span));
    }
    alignments
}
