//! How the paragraphs of a DOCX file look, where no style says what they are for.

use super::DocxReader;
use super::properties::{ParagraphProperties, RunProperties};
use super::runs::{contains, plain_text};
use crate::formats::office::by_look::{DEFAULT_SIZE, FoundByLook, ParagraphLook, SeenBlock};
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::XmlElement;

impl<'a> DocxReader<'a> {
    /// The title and the headings by their look, as far as no style, level or property of the file
    /// says which they are.
    pub(super) fn by_look(&mut self) -> FoundByLook<'a> {
        let root = &self.parts.document.root;
        let Some(body) = root.elements().find(|element| element.name() == "body") else {
            return FoundByLook::default();
        };
        let blocks: Vec<&XmlElement> = body.elements().filter(|block| !is_blank(block)).collect();
        let wants_title = self.builder.metadata_mut().title.is_empty();
        let wants_headings = self.options.mends && !self.has_heading(body);
        FoundByLook::new(&blocks, wants_title, wants_headings, |block| {
            self.seen(block)
        })
    }

    /// Whether some paragraph is said to be a heading.
    fn has_heading(&self, body: &XmlElement) -> bool {
        let mut queue: Vec<&XmlElement> = vec![body];
        while let Some(element) = queue.pop() {
            if element.name() == "p" {
                let own = ParagraphProperties::new(element.child("pPr"));
                let style = self.styles.paragraph(own.style.as_deref());
                if matches!(self.role(element, &own, &style), ParagraphRole::Heading(_))
                    && !plain_text(element).trim().is_empty()
                {
                    return true;
                }
            } else {
                queue.extend(element.elements());
            }
        }
        false
    }

    fn seen(&self, element: &XmlElement) -> SeenBlock {
        if element.name() != "p" {
            return SeenBlock {
                look: None,
                text: String::new(),
                is_title: false,
                may_be_title: false,
                may_be_heading: false,
            };
        }
        let own = ParagraphProperties::new(element.child("pPr"));
        let style = self.styles.paragraph(own.style.as_deref());
        let is_in_list = own.number.list.is_some() || style.number.list.is_some();
        let is_body = style.role == ParagraphRole::Body;
        let not_in_title = ["footnoteReference", "endnoteReference", "drawing", "pict"];
        let not_in_heading = ["tab", "br", "drawing", "pict", "fldChar"];
        SeenBlock {
            look: self.look_of(element),
            text: plain_text(element).trim().to_owned(),
            is_title: style.role == ParagraphRole::Title,
            may_be_title: is_body
                && own.outline_level.is_none_or(|level| level > 8)
                && !is_in_list
                && !contains(element, &not_in_title),
            may_be_heading: is_body && !contains(element, &not_in_heading),
        }
    }

    /// How the letters of a paragraph are set; nothing where it has none.
    fn look_of(&self, paragraph: &XmlElement) -> Option<ParagraphLook> {
        let own = ParagraphProperties::new(paragraph.child("pPr"));
        let style = self.styles.paragraph(own.style.as_deref());
        let mut look: Option<ParagraphLook> = None;
        let mut queue: Vec<&XmlElement> = vec![paragraph];
        while let Some(element) = queue.pop() {
            match element.name() {
                "r" if !plain_text(element).trim().is_empty() => {
                    let (size, is_bold) = self.size_and_weight(element, &style.run);
                    let so_far = look.get_or_insert(ParagraphLook {
                        size,
                        is_bold,
                        is_centred: own.is_centred.or(style.is_centred).unwrap_or(false),
                    });
                    so_far.take(size, is_bold);
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
fn is_blank(block: &XmlElement) -> bool {
    match block.name() {
        "tbl" | "sdt" => false,
        _ => plain_text(block).trim().is_empty(),
    }
}
