//! How a paragraph looks from afar, where no style says what it is for.

use super::DocxReader;
use super::properties::{ParagraphProperties, RunProperties};
use super::runs::plain_text;
use crate::formats::office::xml::XmlElement;

/// The size of text of which nothing says a size, in half points.
const DEFAULT_SIZE: u32 = 20;

/// How a paragraph looks from afar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DocxLook {
    /// That of its smallest letters, in half points.
    pub(super) size: u32,
    pub(super) is_centred: bool,
    pub(super) is_bold: bool,
}

impl DocxReader<'_> {
    /// How the letters of a paragraph are set; nothing where it has none.
    pub(super) fn look_of(&self, paragraph: &XmlElement) -> Option<DocxLook> {
        let own = ParagraphProperties::new(paragraph.child("pPr"));
        let style = self.styles.paragraph(own.style.as_deref());
        let mut look: Option<DocxLook> = None;
        let mut queue: Vec<&XmlElement> = vec![paragraph];
        while let Some(element) = queue.pop() {
            match element.name() {
                "r" if !plain_text(element).trim().is_empty() => {
                    let (size, is_bold) = self.size_and_weight(element, &style.run);
                    let so_far = look.get_or_insert(DocxLook {
                        size,
                        is_bold,
                        is_centred: own.is_centred.or(style.is_centred).unwrap_or(false),
                    });
                    so_far.size = so_far.size.min(size);
                    so_far.is_bold &= is_bold;
                }
                "r" | "del" | "moveFrom" => {}
                _ => queue.extend(element.elements()),
            }
        }
        look
    }

    fn size_and_weight(&self, run: &XmlElement, paragraph: &RunProperties) -> (u32, bool) {
        let own = RunProperties::new(run.child("rPr"));
        let style = own.style.as_deref().map(|id| self.styles.character(id).run);
        let style = style.unwrap_or_default();
        let size = own.size.or(style.size).or(paragraph.size);
        let bold = own.bold.or(style.bold).or(paragraph.bold);
        let usual = self.styles.usual_size.unwrap_or(DEFAULT_SIZE);
        (size.unwrap_or(usual), bold.unwrap_or(false))
    }
}

/// Whether a block has no words, and is no table.
pub(super) fn is_blank(block: &XmlElement) -> bool {
    match block.name() {
        "tbl" | "sdt" => false,
        _ => plain_text(block).trim().is_empty(),
    }
}
