//! Tables as they are written: the text of each cell, with its markers.

use super::document::PdfWriter;
use super::inline::PdfInline;
use super::script::BuildScript;
use super::tables::{CellPart, PdfTable};

impl PdfWriter<'_, '_> {
    /// Writes a table; `flow` are the lines of the text by index.
    pub(super) fn table(&self, script: &mut BuildScript, table: &PdfTable, flow: &[usize]) {
        script.begin_table(&table.alignments);
        for row in &table.rows {
            script.begin_row();
            for cell in row {
                script.begin_cell();
                self.cell(script, cell, flow);
                script.end_cell();
            }
        }
        script.end_table();
    }

    fn cell(&self, script: &mut BuildScript, parts: &[CellPart], flow: &[usize]) {
        let mut inline = PdfInline::new(self.words, false).leading_to(self.places);
        for part in parts {
            let index = flow.get(part.line).copied().unwrap_or(usize::MAX);
            let Some(line) = self.document.lines.get(index) else {
                continue;
            };
            let page = self.document.pages.get(line.page);
            let mut own = line.clone();
            own.pieces = line.pieces.get(part.pieces.clone()).unwrap_or(&[]).to_vec();
            inline.line(&own, page, 0, |piece| {
                self.calls(index, part.pieces.start + piece)
            });
        }
        inline.write(script, |note| self.note_name(note), self.labels);
    }
}
