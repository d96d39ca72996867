//! Pages made for tests: letters half as wide as they are high.

use super::line::PdfLine;
use super::page::{Face, Page, PdfGlyph};
use crate::formats::mend::PageLine;

/// A page of A4 with texts, each at (left, baseline, size, text).
pub(super) fn page(texts: &[(f32, f32, f32, &str)]) -> Page {
    let mut page = Page {
        width: 595.0,
        height: 842.0,
        ..Page::default()
    };
    for (left, baseline, size, text) in texts {
        let mut at = *left;
        for letter in text.chars() {
            let width = if letter == ' ' { 0.3 } else { 0.5 } * size;
            if letter != ' ' {
                page.glyphs.push(PdfGlyph {
                    letter,
                    left: at,
                    right: at + width,
                    baseline: *baseline,
                    size: *size,
                    face: Face::default(),
                    after_space: false,
                    is_superior: false,
                });
            }
            at += width;
        }
    }
    page
}

/// What mending knows of the lines.
pub(super) fn page_lines(lines: &[PdfLine]) -> Vec<PageLine> {
    let page_line = |line: &PdfLine| PageLine {
        text: line.text(),
        left: line.left,
        right: line.right,
        baseline: line.baseline,
        size: line.size,
        ..PageLine::default()
    };
    lines.iter().map(page_line).collect()
}
