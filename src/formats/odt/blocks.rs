//! Paragraphs, headings, lists and what holds them.

use super::styles::OdtParagraphStyle;
use super::{OdtListItem, OdtOpenList, OdtReader, OdtRunDefaults};
use crate::formats::office::by_look;
use crate::formats::office::front::TitlePageOnly;
use crate::formats::office::item_labels::TypedItemLabel;
use crate::formats::office::prose::Paragraph;
use crate::formats::office::style_names::ParagraphRole;
use crate::formats::office::xml::{XmlElement, XmlNode};
use crate::paper::Bullet;

impl<'a> OdtReader<'a> {
    /// Reads what the body, a note, a cell or the like holds.
    pub(super) fn blocks(&mut self, element: &'a XmlElement) {
        for child in element.elements() {
            self.block(child);
        }
    }

    fn block(&mut self, element: &'a XmlElement) {
        match element.name() {
            "p" => self.paragraph(element),
            "h" => self.heading(element),
            "list" => self.list(element),
            "table" => self.table(element),
            "section" if element.attribute("display") == Some("none") => {}
            // An index repeats what the text says; a bibliography does not.
            "section" | "bibliography" | "index-body" | "numbered-paragraph" => {
                self.blocks(element);
            }
            "tracked-changes" => self.report_changes(element),
            "soft-page-break" => self.page_break(),
            "frame" | "a" | "g" | "custom-shape" | "rect" | "text-box" => {
                self.drawing(element);
                self.end_paragraph();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, element: &'a XmlElement) {
        self.begin_location();
        let style = self.styles.paragraph(element.attribute("style-name"));
        let role = if self.found.is_title(element) {
            ParagraphRole::Title
        } else {
            style.role
        };
        if role == ParagraphRole::Contents || self.front_takes(element, role) {
            return;
        }
        let paragraph = match self.heading_by_look(element) {
            Some(level) => Paragraph::Heading {
                level,
                label: String::new(),
            },
            None => self.kind_of(&style),
        };
        self.run_in(element, &style, paragraph);
    }

    /// The level of a paragraph that is a heading by its look, unless that is refused.
    fn heading_by_look(&mut self, element: &XmlElement) -> Option<u8> {
        let level = self.found.level(element)?;
        let text = plain_text(element).unwrap_or_default();
        by_look::mend(&mut self.builder, self.options, self.paragraphs, &text).then_some(level)
    }

    fn heading(&mut self, element: &'a XmlElement) {
        self.begin_location();
        let style = self.styles.paragraph(element.attribute("style-name"));
        if style.role == ParagraphRole::Contents || self.front_takes(element, style.role) {
            return;
        }
        let level = element
            .attribute("outline-level")
            .and_then(|level| level.parse().ok())
            .unwrap_or(1u8);
        let label = self.heading_label(element, level);
        let level = level.clamp(1, 6);
        self.run_in(element, &style, Paragraph::Heading { level, label });
    }

    fn begin_location(&mut self) {
        if !self.is_in_note {
            self.paragraphs = self.paragraphs.saturating_add(1);
            self.builder.set_location(self.location());
        }
    }

    fn run_in(&mut self, element: &'a XmlElement, style: &OdtParagraphStyle, paragraph: Paragraph) {
        self.paragraph = OdtRunDefaults {
            text: style.text,
            has_role: !matches!(paragraph, Paragraph::Plain | Paragraph::Item { .. }),
        };
        let paragraph = if self.is_in_table {
            paragraph.in_cell()
        } else {
            paragraph
        };
        self.prose.begin_paragraph(paragraph);
        self.inlines(element, &style.text);
        if style.role == ParagraphRole::Rule {
            self.prose.rule(&mut self.builder);
        }
        self.end_paragraph();
    }

    /// Ends a paragraph, and reads the text boxes that are anchored in it.
    pub(super) fn end_paragraph(&mut self) {
        self.prose.end_paragraph(&mut self.builder);
        for content in std::mem::take(&mut self.boxes) {
            self.blocks(content);
        }
    }

    /// The number of a heading: of the list that it is in, else of the outline.
    fn heading_label(&mut self, element: &XmlElement, level: u8) -> String {
        let start = element
            .attribute("start-value")
            .and_then(|start| start.parse().ok());
        let depth = self.open_lists.len();
        if let Some(list) = self.open_lists.last_mut() {
            let Some(item) = list.item.take().filter(|item| !item.is_header) else {
                return String::new();
            };
            let style = list.style.clone();
            return match self.lists.next(&style, depth.saturating_sub(1), item.start) {
                TypedItemLabel::Number(number) => format!("{number}."),
                TypedItemLabel::Text(text) => text,
                TypedItemLabel::Dot | TypedItemLabel::Blank => String::new(),
            };
        }
        match element.attribute("is-list-header") {
            Some("true") => String::new(),
            _ => self.lists.next_heading(level, start),
        }
    }

    /// Whether the paragraph belongs to the title page.
    fn front_takes(&mut self, element: &XmlElement, role: ParagraphRole) -> bool {
        if self.is_in_note || self.is_in_table || !self.front.is_open() {
            return false;
        }
        let Some(text) = plain_text(element) else {
            self.front.close();
            return false;
        };
        let taken = self.front.take(role, &text, self.builder.metadata_mut());
        taken == TitlePageOnly::Whole
    }

    fn kind_of(&mut self, style: &OdtParagraphStyle) -> Paragraph {
        let depth = self.open_lists.len();
        if let Some(list) = self.open_lists.last_mut() {
            let Some(item) = list.item.take() else {
                return Paragraph::Continued;
            };
            let (style, list) = (list.style.clone(), list.list);
            return self.item(item, &style, list, depth.saturating_sub(1));
        }
        match style.role {
            ParagraphRole::Title => Paragraph::Heading {
                level: 1,
                label: String::new(),
            },
            ParagraphRole::Heading(level) => Paragraph::Heading {
                level,
                label: String::new(),
            },
            ParagraphRole::Code => Paragraph::Code,
            ParagraphRole::Definition => Paragraph::Plain,
            ParagraphRole::Quote => Paragraph::Quote,
            _ => self.prose.indented(style.indent, -style.first_line),
        }
    }

    fn item(&mut self, item: OdtListItem, style: &str, list: u32, depth: usize) -> Paragraph {
        let unlabelled = self.prose.unlabelled();
        if item.is_header {
            return unlabelled;
        }
        let bullet = match self.lists.next(style, depth, item.start) {
            TypedItemLabel::Dot => Bullet::Dot,
            TypedItemLabel::Number(number) => Bullet::Number(number),
            TypedItemLabel::Text(text) => Bullet::Label(text.into()),
            TypedItemLabel::Blank => return unlabelled,
        };
        Paragraph::Item {
            list,
            level: u32::try_from(depth).unwrap_or(u32::MAX),
            bullet,
        }
    }

    fn list(&mut self, element: &'a XmlElement) {
        let outer = self.open_lists.last();
        let own = element.attribute("style-name");
        let style = own.or(outer.map(|list| list.style.as_str()));
        let style = style.unwrap_or_default().to_owned();
        let is_top = outer.is_none();
        let goes_on = element.attribute("continue-numbering") == Some("true")
            || element.attribute("continue-list").is_some();
        if is_top {
            if !goes_on {
                self.lists.restart(&style);
            }
            self.lists_begun = self.lists_begun.saturating_add(1);
        }
        let list = self.lists_begun;
        self.open_lists.push(OdtOpenList {
            style,
            list,
            item: None,
        });
        for child in element.elements() {
            let is_header = match child.name() {
                "list-item" => false,
                "list-header" => true,
                _ => continue,
            };
            if let Some(list) = self.open_lists.last_mut() {
                let start = child.attribute("start-value");
                list.item = Some(OdtListItem {
                    start: start.and_then(|start| start.parse().ok()),
                    is_header,
                });
            }
            self.blocks(child);
        }
        self.open_lists.pop();
        if is_top && !self.is_in_table {
            self.prose.close_lists(&mut self.builder);
        }
    }

    fn report_changes(&mut self, element: &XmlElement) {
        let changes = element.elements();
        let count = changes
            .filter(|change| change.name() == "changed-region")
            .count();
        if count > 0 {
            let changes = if count == 1 {
                "change is"
            } else {
                "changes are"
            };
            let message = format!("{count} tracked {changes} shown as accepted");
            self.builder.problem(&message);
        }
    }
}

/// The text of a paragraph; nothing if a note is cited in it.
pub(super) fn plain_text(element: &XmlElement) -> Option<String> {
    let mut text = String::new();
    let mut queue: Vec<&XmlNode> = element.children().collect();
    queue.reverse();
    while let Some(node) = queue.pop() {
        let element = match node {
            XmlNode::Text(inner) => {
                text.push_str(inner);
                continue;
            }
            XmlNode::Element(element) => element,
        };
        match element.name() {
            "note" => return None,
            "s" | "tab" | "line-break" => text.push(' '),
            "annotation" | "frame" => continue,
            _ => {}
        }
        let at = queue.len();
        queue.extend(element.children());
        if let Some(children) = queue.get_mut(at..) {
            children.reverse();
        }
    }
    Some(text)
}
