//! How the paragraphs of an ODT file look, where no style says what they are for.

use std::collections::HashMap;
use std::ptr;

use super::OdtReader;
use super::blocks::plain_text;
use super::styles::TextStyle;
use crate::formats::office::by_look::{self, DEFAULT_SIZE, ParagraphLook, SeenBlock};
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::{XmlElement, XmlNode};
use crate::paper::Alignment;

/// What is told by its look: the title, and the levels of headings, by the elements of their
/// paragraphs.
#[derive(Debug, Default)]
pub(super) struct OdtByLook<'a> {
    title: Option<&'a XmlElement>,
    headings: HashMap<*const XmlElement, u8>,
}

impl OdtByLook<'_> {
    /// The level of a paragraph that is a heading.
    pub(super) fn level(&self, paragraph: &XmlElement) -> Option<u8> {
        self.headings.get(&ptr::from_ref(paragraph)).copied()
    }

    /// Whether the paragraph is the title.
    pub(super) fn is_title(&self, paragraph: &XmlElement) -> bool {
        self.title.is_some_and(|title| ptr::eq(title, paragraph))
    }
}

impl<'a> OdtReader<'a> {
    /// The title and the headings by their look, as far as no style or property of the file says
    /// which they are.
    pub(super) fn by_look(&mut self) -> OdtByLook<'a> {
        let mut found = OdtByLook::default();
        let body = self.parts.content.child("body");
        let Some(text) = body.and_then(|body| body.child("text")) else {
            return found;
        };
        let blocks: Vec<&XmlElement> = text.elements().filter(|block| !is_blank(block)).collect();
        let first = blocks.first().map(|first| self.seen(first));
        let may_have_title = self.builder.metadata_mut().title.is_empty()
            && first.is_some_and(|first| first.looks_like_a_title());
        let may_have_headings = self.options.mends && !self.has_heading(text);
        if !may_have_title && !may_have_headings {
            return found;
        }
        let seen: Vec<SeenBlock> = blocks.iter().map(|block| self.seen(block)).collect();
        if may_have_title && by_look::begins_with_title(&seen) {
            found.title = blocks.first().copied();
        }
        if may_have_headings {
            let headings = by_look::headings(&seen, found.title.is_some()).into_iter();
            let headings = headings.filter_map(|(at, level)| {
                let element: &XmlElement = blocks.get(at)?;
                Some((ptr::from_ref(element), level))
            });
            found.headings = headings.collect();
        }
        found
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
