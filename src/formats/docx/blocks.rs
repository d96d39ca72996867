//! Paragraphs and what holds them.

use super::properties::ParagraphProperties;
use super::runs::{alternative, contains, plain_text};
use super::styles::DocxParagraphStyle;
use super::{DocxReader, DocxRunDefaults};
use crate::formats::office::by_look;
use crate::formats::office::front::TitlePageOnly;
use crate::formats::office::item_labels::TypedItemLabel;
use crate::formats::office::prose::Paragraph;
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::word_fields::FieldResult;
use crate::formats::office::word_fields::OpenField;
use crate::formats::office::xml::XmlElement;
use crate::paper::Bullet;

/// A text that is longer is no heading, though it has a level in the outline.
const MAX_HEADING_CHARS: usize = 250;

impl<'a> DocxReader<'a> {
    /// Reads what the body, a note, a cell or the like holds.
    pub(super) fn blocks(&mut self, element: &'a XmlElement) {
        for child in element.elements() {
            self.block(child);
        }
    }

    pub(super) fn block(&mut self, element: &'a XmlElement) {
        match element.name() {
            "p" => self.paragraph(element),
            "tbl" => self.table(element),
            "sdt" if is_contents(element) => {}
            "sdt" | "sdtContent" | "customXml" | "smartTag" => self.blocks(element),
            "ins" | "moveTo" => {
                self.count_change();
                self.blocks(element);
            }
            "del" | "moveFrom" => self.count_change(),
            "bookmarkStart" | "r" | "hyperlink" | "fldSimple" | "oMath" | "oMathPara" => {
                self.inline(element);
            }
            "AlternateContent" => {
                if let Some(choice) = alternative(element) {
                    self.blocks(choice);
                }
            }
            "altChunk" => self.report_left_out("a part in another format"),
            "subDoc" => self.report_left_out("a part in a file of its own"),
            _ => {}
        }
    }

    fn paragraph(&mut self, element: &'a XmlElement) {
        if !self.is_in_note {
            self.paragraphs = self.paragraphs.saturating_add(1);
            self.builder.set_location(self.location());
        }
        let own = ParagraphProperties::new(element.child("pPr"));
        let style = self.styles.paragraph(own.style.as_deref());
        let role = if self.found.is_title(element) {
            ParagraphRole::Title
        } else if let Some(level) = self.heading_by_look(element) {
            ParagraphRole::Heading(level)
        } else {
            self.role(element, &own, &style)
        };
        if matches!(role, ParagraphRole::Heading(_)) {
            self.end_contents();
        }
        if role == ParagraphRole::Contents || self.front_takes(element, role) {
            return;
        }
        let paragraph = match self.kind_of(&own, &style, role) {
            paragraph if self.is_in_table => paragraph.in_cell(),
            paragraph => paragraph,
        };
        self.paragraph = DocxRunDefaults {
            has_role: !matches!(paragraph, Paragraph::Plain | Paragraph::Item { .. }),
            run: style.run,
        };
        if !self.prose.is_going_on() {
            self.prose.begin_paragraph(paragraph);
        }
        self.inlines(element);
        if own.is_joined || own.is_drop_cap {
            if own.is_joined {
                self.count_change();
            }
            self.prose.go_on();
        } else {
            self.end_paragraph();
        }
    }

    /// The level of a paragraph that is a heading by its look, unless that is refused.
    fn heading_by_look(&mut self, element: &XmlElement) -> Option<u8> {
        let level = self.found.level(element)?;
        let text = plain_text(element);
        by_look::mend(&mut self.builder, self.options, self.paragraphs, &text).then_some(level)
    }

    /// Ends a paragraph, and reads the text boxes that are anchored in it.
    pub(super) fn end_paragraph(&mut self) {
        self.prose.end_paragraph(&mut self.builder);
        // Nothing but a broken file leaves an instruction open, and what follows is text.
        self.fields
            .retain(|field| matches!(field, OpenField::Result(_)));
        for content in std::mem::take(&mut self.boxes) {
            self.blocks(content);
        }
    }

    /// What a paragraph is for.
    pub(super) fn role(
        &self,
        element: &XmlElement,
        own: &ParagraphProperties,
        style: &DocxParagraphStyle,
    ) -> ParagraphRole {
        match own.outline_level {
            Some(9..) if matches!(style.role, ParagraphRole::Heading(_)) => ParagraphRole::Body,
            Some(level @ 0..9) if style.role == ParagraphRole::Body => {
                let text = plain_text(element);
                if text.chars().count() <= MAX_HEADING_CHARS {
                    ParagraphRole::Heading((level + 1).min(6))
                } else {
                    ParagraphRole::Body
                }
            }
            _ => style.role,
        }
    }

    /// Whether the paragraph belongs to the title page.
    fn front_takes(&mut self, element: &XmlElement, role: ParagraphRole) -> bool {
        if self.is_in_note || !self.front.is_open() {
            return false;
        }
        if contains(element, &["footnoteReference", "endnoteReference"]) {
            self.front.close();
            return false;
        }
        let taken = self
            .front
            .take(role, &plain_text(element), self.builder.metadata_mut());
        taken == TitlePageOnly::Whole
    }

    fn kind_of(
        &mut self,
        own: &ParagraphProperties,
        style: &DocxParagraphStyle,
        role: ParagraphRole,
    ) -> Paragraph {
        let mut number = style.number.clone();
        number.inherit(&own.number);
        if own.number.list.is_some() {
            number.style.clone_from(&own.style);
        }
        let numbered = self.numbering.next(&number, &self.styles);
        let mut indent = style.indent;
        indent.inherit(own.indent);
        match role {
            ParagraphRole::Title => Paragraph::Heading {
                level: 1,
                label: String::new(),
            },
            ParagraphRole::Heading(level) => Paragraph::Heading {
                level,
                label: match numbered.map(|numbered| numbered.label) {
                    Some(TypedItemLabel::Number(number)) => format!("{number}."),
                    Some(TypedItemLabel::Text(text)) => text,
                    _ => String::new(),
                },
            },
            ParagraphRole::Code => Paragraph::Code,
            ParagraphRole::Definition if numbered.is_none() => Paragraph::Plain,
            _ => match numbered {
                Some(numbered) => {
                    let list = number.list.as_deref().and_then(|list| list.parse().ok());
                    let bullet = match numbered.label {
                        TypedItemLabel::Dot => Bullet::Dot,
                        TypedItemLabel::Number(number) => Bullet::Number(number),
                        TypedItemLabel::Text(text) => Bullet::Label(text.into()),
                        TypedItemLabel::Blank => return self.prose.unlabelled(),
                    };
                    self.prose.item_indent = indent.left.or(numbered.indent);
                    Paragraph::Item {
                        list: list.unwrap_or_default(),
                        level: numbered.level,
                        bullet,
                    }
                }
                None if role == ParagraphRole::Quote => Paragraph::Quote,
                None => self
                    .prose
                    .indented(indent.left.unwrap_or(0), indent.hanging.unwrap_or(0)),
            },
        }
    }

    /// Ends a table of contents that no field's end has ended: what follows a heading is text.
    fn end_contents(&mut self) {
        self.fields
            .retain(|field| !matches!(field, OpenField::Result(FieldResult::Hidden)));
    }
}

/// Whether a content control holds a table of contents.
fn is_contents(element: &XmlElement) -> bool {
    let gallery = element
        .child("sdtPr")
        .and_then(|properties| properties.child("docPartObj"))
        .and_then(|object| object.child("docPartGallery"))
        .and_then(|gallery| gallery.attribute("val"));
    gallery == Some("Table of Contents")
}
