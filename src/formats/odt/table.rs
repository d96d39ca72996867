//! Tables, with cells that span columns and rows.

use super::OdtReader;
use crate::formats::office::xml::XmlElement;
use crate::paper::Alignment;

/// A cell or a row is repeated at most so often.
const MAX_REPEATS: usize = 64;

impl<'a> OdtReader<'a> {
    pub(super) fn table(&mut self, table: &'a XmlElement) {
        let rows = rows(table);
        if let [row] = rows.as_slice()
            && let [cell] = cells(row).as_slice()
        {
            // A frame around text.
            return self.blocks(cell);
        }
        if !self.is_in_table {
            self.prose.begin_table(&mut self.builder);
        }
        self.builder.begin_table(&self.alignments(&rows));
        let outer = std::mem::replace(&mut self.is_in_table, true);
        let lists = std::mem::take(&mut self.open_lists);
        for row in rows {
            self.builder.begin_row();
            for cell in cells(row) {
                self.cell(cell);
            }
            self.builder.end_row();
        }
        self.open_lists = lists;
        self.is_in_table = outer;
        self.builder.end_table();
    }

    fn cell(&mut self, cell: &'a XmlElement) {
        self.builder.begin_cell();
        // What a covered cell holds is not shown.
        if cell.name() == "table-cell" {
            self.blocks(cell);
        }
        self.builder.end_cell();
        let repeats = cell
            .attribute("number-columns-repeated")
            .and_then(|repeats| repeats.parse().ok());
        for _ in 1..repeats.unwrap_or(1).min(MAX_REPEATS) {
            if let Some(left) = self.spare_cells.checked_sub(1) {
                self.spare_cells = left;
                self.builder.begin_cell();
                self.builder.end_cell();
            }
        }
    }

    /// How the columns are aligned: as the first paragraph of each is, below the heads.
    fn alignments(&self, rows: &[&XmlElement]) -> Vec<Alignment> {
        let Some(row) = rows.get(1).or(rows.first()) else {
            return Vec::new();
        };
        let alignments = cells(row).into_iter().map(|cell| {
            let style = cell
                .child("p")
                .and_then(|paragraph| paragraph.attribute("style-name"));
            let style = self.styles.paragraph(style);
            style.alignment.unwrap_or(Alignment::Left)
        });
        alignments.collect()
    }
}

fn rows(table: &XmlElement) -> Vec<&XmlElement> {
    let mut rows = Vec::new();
    let mut queue = vec![table];
    while let Some(element) = queue.pop() {
        if element.name() == "table-row" {
            rows.push(element);
            continue;
        }
        let at = queue.len();
        let inner = element.elements().filter(|child| {
            matches!(
                child.name(),
                "table-row" | "table-rows" | "table-header-rows" | "table-row-group"
            )
        });
        queue.extend(inner);
        if let Some(children) = queue.get_mut(at..) {
            children.reverse();
        }
    }
    rows
}

fn cells(row: &XmlElement) -> Vec<&XmlElement> {
    let cells = row
        .elements()
        .filter(|cell| matches!(cell.name(), "table-cell" | "covered-table-cell"));
    cells.collect()
}
