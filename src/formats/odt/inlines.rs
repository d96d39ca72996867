//! What paragraphs hold: runs, links, notes, references and frames.

use super::OdtReader;
use super::styles::TextStyle;
use super::{folder, formula};
use crate::formats::office::comments;
use crate::formats::office::looks::{Height, RunStyles};
use crate::formats::office::pictures;
use crate::formats::office::xml::{XmlElement, XmlNode};

/// The names of marks that programs set are longer than any that is referred to.
const MAX_MARK_BYTES: usize = 200;

impl<'a> OdtReader<'a> {
    /// Reads what a paragraph, a link or the like holds, set in this style.
    pub(super) fn inlines(&mut self, element: &'a XmlElement, style: &TextStyle) {
        for node in element.children() {
            match node {
                XmlNode::Text(text) => self.push(text, style),
                XmlNode::Element(child) => self.inline(child, style),
            }
        }
    }

    fn inline(&mut self, element: &'a XmlElement, style: &TextStyle) {
        match element.name() {
            "span" => {
                let mut own = *style;
                if let Some(name) = element.attribute("style-name") {
                    own.inherit(&self.styles.text(name));
                }
                self.inlines(element, &own);
            }
            "s" => self.spaces(element, style),
            "tab" => self.push("\t", style),
            "line-break" => self.prose.line_break(&mut self.builder),
            "note" => self.note(element),
            "a" => self.link(element, style),
            "bookmark" | "bookmark-start" | "reference-mark" | "reference-mark-start" => {
                self.mark(element);
            }
            "bookmark-ref" | "reference-ref" | "sequence-ref" => {
                let name = element.attribute("ref-name").unwrap_or_default();
                self.linked(format!("#{name}"), element, style);
            }
            "note-ref" => self.note_reference(element, style),
            "annotation" => self.comment(element),
            "soft-page-break" => self.page_break(),
            "frame" | "g" | "custom-shape" | "rect" => self.drawing(element),
            "ruby" => {
                for base in element.elements().filter(|part| part.name() == "ruby-base") {
                    self.inlines(base, style);
                }
            }
            "page-number" | "page-count" | "page-continuation" | "hidden-text"
            | "hidden-paragraph" | "script" | "annotation-end" => {}
            _ => self.inlines(element, style),
        }
    }

    fn push(&mut self, text: &str, style: &TextStyle) {
        if style.hidden == Some(true) {
            return;
        }
        let look = self.look(style);
        self.prose.push(&mut self.builder, text, look);
    }

    /// How a run is set. What the whole paragraph is set in by its role is no stress within it.
    fn look(&self, style: &TextStyle) -> RunStyles {
        let paragraph = &self.paragraph;
        let usual = |usual: Option<bool>| paragraph.has_role && usual == Some(true);
        let is_set = |own: Option<bool>| own == Some(true);
        RunStyles {
            strong: is_set(style.bold) && !self.prose.is_heading && !usual(paragraph.text.bold),
            emphasis: is_set(style.italic) != usual(paragraph.text.italic),
            struck: is_set(style.struck),
            small_caps: is_set(style.small_caps),
            code: style.is_code,
            height: style.height.unwrap_or(Height::Level),
        }
    }

    fn spaces(&mut self, element: &XmlElement, style: &TextStyle) {
        /// More spaces in a row mean nothing.
        const MAX_SPACES: usize = 80;
        let count = element.attribute("c").and_then(|count| count.parse().ok());
        let count = count.unwrap_or(1).min(MAX_SPACES);
        self.push(&" ".repeat(count), style);
    }

    fn link(&mut self, element: &'a XmlElement, style: &TextStyle) {
        let address = element.attribute("href").unwrap_or_default();
        // LibreOffice says after a bar what kind of place it leads to.
        let address = match address.strip_prefix('#').and_then(|to| to.rsplit_once('|')) {
            Some((to, _)) => format!("#{to}"),
            None => address.to_owned(),
        };
        self.linked(address, element, style);
    }

    fn linked(&mut self, address: String, element: &'a XmlElement, style: &TextStyle) {
        self.prose.links.push(address);
        self.inlines(element, style);
        self.prose.links.pop();
    }

    fn mark(&mut self, element: &XmlElement) {
        let name = element.attribute("name").unwrap_or_default();
        if name.len() <= MAX_MARK_BYTES {
            self.builder.anchor(name);
        }
    }

    /// The number of a note that is cited elsewhere: a marker where it is raised.
    fn note_reference(&mut self, element: &'a XmlElement, style: &TextStyle) {
        let id = element.attribute("ref-name").unwrap_or_default();
        let is_marker = style.height == Some(Height::Raised);
        match self.labels.with_id(id).map(str::to_owned) {
            Some(label) if is_marker => {
                self.prose.begin(&mut self.builder);
                self.builder.cite(&label);
            }
            _ => self.linked(format!("#{id}"), element, style),
        }
    }

    fn comment(&mut self, element: &XmlElement) {
        let author = element.child("creator").map(XmlElement::text);
        let author = author.unwrap_or_default();
        let paragraphs = element
            .elements()
            .filter(|part| matches!(part.name(), "p" | "list"));
        let text: Vec<String> = paragraphs.map(XmlElement::text).collect();
        self.builder
            .problem(comments::left_out(&author, &text.join(" ")));
    }

    fn formula(&mut self, formula: &XmlElement) {
        let text = formula::linear(formula);
        self.push(&text, &TextStyle::default());
    }

    /// Reads a picture's description, and keeps the text boxes of a drawing for later.
    pub(super) fn drawing(&mut self, drawing: &'a XmlElement) {
        let mut description = None;
        let mut picture = "";
        let mut queue = vec![drawing];
        while let Some(element) = queue.pop() {
            match element.name() {
                "text-box" | "custom-shape" | "rect" => {
                    self.boxes.push(element);
                    continue;
                }
                "desc" | "title" if description.is_none() => {
                    description = pictures::description(&element.text()).map(str::to_owned);
                }
                "math" => {
                    self.formula(element);
                    continue;
                }
                "object" => {
                    let address = element.attribute("href").unwrap_or_default();
                    let formula = self.parts.formulas.get(folder(address));
                    if let Some(formula) = formula {
                        self.formula(formula);
                        // What follows is the picture of it.
                        return;
                    }
                }
                "image" if picture.is_empty() => {
                    picture = element.attribute("href").unwrap_or_default();
                }
                _ => {}
            }
            let at = queue.len();
            queue.extend(element.elements());
            if let Some(children) = queue.get_mut(at..) {
                children.reverse();
            }
        }
        if let Some(description) = description {
            self.prose.picture(&mut self.builder, picture, &description);
        }
    }
}
