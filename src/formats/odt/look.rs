//! How the paragraphs of an ODT file look, where no style says what they are for.

use super::OdtReader;
use super::blocks::plain_text;
use super::styles::TextStyle;
use crate::formats::office::by_look::{DEFAULT_SIZE, FoundByLook, ParagraphLook, SeenBlock};
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::{XmlElement, XmlNode};
use crate::paper::Alignment;

impl<'a> OdtReader<'a> {
    /// The title and the headings by their look, as far as no style or property of the file says
    /// which they are.
    pub(super) fn by_look(&mut self) -> FoundByLook<'a> {
        let body = self.parts.content.child("body");
        let Some(text) = body.and_then(|body| body.child("text")) else {
            return FoundByLook::default();
        };
        let blocks: Vec<&XmlElement> = text.elements().filter(|block| !is_blank(block)).collect();
        let wants_title = self.builder.metadata_mut().title.is_empty();
        let wants_headings = self.options.mends && !self.has_heading(text);
        FoundByLook::new(&blocks, wants_title, wants_headings, |block| {
            self.seen(block)
        })
    }

    /// Whether some paragraph is said to be a heading.
    fn has_heading(&self, text: &XmlElement) -> bool {
        let mut queue: Vec<&XmlElement> = vec![text];
        while let Some(element) = queue.pop() {
            let is_heading = match element.name() {
                "h" => true,
                "p" => {
                    let style = self.styles.paragraph(element.attribute("style-name"));
                    matches!(style.role, ParagraphRole::Heading(_))
                }
                _ => {
                    queue.extend(element.elements());
                    false
                }
            };
            if is_heading && plain_text(element).is_none_or(|text| !text.trim().is_empty()) {
                return true;
            }
        }
        false
    }

    fn seen(&self, element: &XmlElement) -> SeenBlock {
        let is_paragraph = element.name() == "p";
        let style = self.styles.paragraph(element.attribute("style-name"));
        // Nothing where a note is cited in it.
        let text = is_paragraph.then(|| plain_text(element)).flatten();
        let is_plain = text.is_some() && !has_more_than_text(element);
        let may_be = is_plain && style.role == ParagraphRole::Body;
        SeenBlock {
            look: if is_paragraph {
                self.look_of(element)
            } else {
                None
            },
            text: text.unwrap_or_default().trim().to_owned(),
            is_title: is_paragraph && style.role == ParagraphRole::Title,
            may_be_title: may_be,
            may_be_heading: may_be,
        }
    }

    /// How the letters of a paragraph are set; nothing where it has none.
    fn look_of(&self, paragraph: &XmlElement) -> Option<ParagraphLook> {
        let style = self.styles.paragraph(paragraph.attribute("style-name"));
        let usual = self.styles.usual_size.unwrap_or(DEFAULT_SIZE);
        let mut look: Option<ParagraphLook> = None;
        let mut queue: Vec<(&XmlElement, TextStyle)> = vec![(paragraph, style.text)];
        while let Some((element, text)) = queue.pop() {
            for node in element.children() {
                match node {
                    XmlNode::Text(words) if !words.trim().is_empty() => {
                        let size = text.size.unwrap_or(usual);
                        let is_bold = text.bold.unwrap_or(false);
                        let so_far = look.get_or_insert(ParagraphLook {
                            size,
                            is_bold,
                            is_centred: style.alignment == Some(Alignment::Centre),
                        });
                        so_far.take(size, is_bold);
                    }
                    XmlNode::Text(_) => {}
                    XmlNode::Element(inner) => match inner.name() {
                        "note" | "annotation" | "frame" => {}
                        "span" => {
                            let mut within = text;
                            if let Some(name) = inner.attribute("style-name") {
                                within.inherit(&self.styles.text(name));
                            }
                            queue.push((inner, within));
                        }
                        _ => queue.push((inner, text)),
                    },
                }
            }
        }
        look
    }
}

/// Whether a paragraph has line breaks, tabs, pictures or fields that are no words of a heading.
fn has_more_than_text(paragraph: &XmlElement) -> bool {
    let mut queue: Vec<&XmlElement> = vec![paragraph];
    while let Some(element) = queue.pop() {
        if matches!(
            element.name(),
            "tab" | "line-break" | "frame" | "custom-shape"
        ) {
            return true;
        }
        queue.extend(element.elements());
    }
    false
}

/// Whether a block has no words, and holds none.
fn is_blank(block: &XmlElement) -> bool {
    match block.name() {
        "p" | "h" => plain_text(block).is_some_and(|text| text.trim().is_empty()),
        "list" | "table" | "section" => false,
        _ => true,
    }
}
