//! Pages made for tests: letters half as wide as they are high.

use super::page::{Face, Page, PdfGlyph};

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
