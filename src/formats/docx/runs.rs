//! Runs of a DOCX file: text, its look, and what is set into it.

use super::math;
use super::properties::RunProperties;
use super::{DocxReader, NoteKind};
use crate::formats::office::comments;
use crate::formats::office::looks::{Height, RunStyles};
use crate::formats::office::pictures;
use crate::formats::office::prose::Mark;
use crate::formats::office::signs;
use crate::formats::office::word_fields::{FieldResult, OpenField};
use crate::formats::office::xml::{XmlElement, XmlNode};

/// Fields are nested at most so deep; deeper ones are text.
const MAX_OPEN_FIELDS: usize = 64;

/// How a run is set, and whether it is seen at all.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLook {
    look: RunStyles,
    is_hidden: bool,
    sign_font: Option<String>,
}

impl<'a> DocxReader<'a> {
    /// Reads what a paragraph, a link or the like holds.
    pub(super) fn inlines(&mut self, element: &'a XmlElement) {
        for child in element.elements() {
            self.inline(child);
        }
    }

    pub(super) fn inline(&mut self, element: &'a XmlElement) {
        match element.name() {
            "r" => self.run(element),
            "hyperlink" => self.hyperlink(element),
            "ins" | "moveTo" => {
                self.count_change();
                self.inlines(element);
            }
            "del" | "moveFrom" => self.count_change(),
            "fldSimple" => {
                let field = FieldResult::new(element.attribute("instr").unwrap_or_default());
                self.begin_result(field);
                self.inlines(element);
                self.end_field();
            }
            "bookmarkStart" => self.bookmark(element),
            "oMath" => self.math(element),
            "AlternateContent" => {
                if let Some(choice) = alternative(element) {
                    self.inlines(choice);
                }
            }
            "p" | "tbl" => self.block(element),
            name if name.ends_with("Pr") => {}
            _ => self.inlines(element),
        }
    }

    fn run(&mut self, run: &'a XmlElement) {
        let look = self.run_look(run);
        if look.is_hidden {
            return;
        }
        self.run_children(run, &look);
    }

    fn run_children(&mut self, run: &'a XmlElement, look: &RunLook) {
        for child in run.elements() {
            let name = child.name();
            if self.is_hidden()
                && !matches!(name, "fldChar" | "instrText" | "lastRenderedPageBreak")
            {
                continue;
            }
            match name {
                "t" => self.text(child, look),
                "tab" | "ptab" => self.push("\t", look),
                "br" => match child.attribute("type") {
                    Some("page" | "column") => {}
                    _ => self.prose.line_break(&mut self.builder),
                },
                "cr" => self.prose.line_break(&mut self.builder),
                "noBreakHyphen" => self.push("\u{2011}", look),
                "sym" => self.sign(child, look),
                "footnoteReference" | "endnoteReference" => {
                    let kind = NoteKind::new(name);
                    if self.cite(child, run, kind) {
                        // What follows in this run is the mark, which opcit sets itself.
                        return;
                    }
                }
                "footnoteRef" | "endnoteRef" => self.prose.mark = Some(Mark::Space),
                "fldChar" => self.field_character(child),
                "instrText" => self.instruction(child),
                "drawing" | "pict" | "object" => self.drawing(child),
                "AlternateContent" => {
                    if let Some(choice) = alternative(child) {
                        self.run_children(choice, look);
                    }
                }
                "lastRenderedPageBreak" => self.page_break(),
                "commentReference" => self.comment(child),
                "ruby" => {
                    for part in child.elements().filter(|part| part.name() == "rubyBase") {
                        self.inlines(part);
                    }
                }
                "rPr" | "delText" | "delInstrText" => {}
                _ => {}
            }
        }
    }

    fn text(&mut self, element: &XmlElement, look: &RunLook) {
        // Word drops the spaces around a text that does not ask to keep them; but programs that
        // forget to ask mean them.
        let text = element.text();
        match &look.sign_font {
            Some(font) => self.push(&signs::shown(font, &text), look),
            None => self.push(&text, look),
        }
    }

    fn sign(&mut self, element: &XmlElement, look: &RunLook) {
        let font = element.attribute("font").unwrap_or_default();
        let code = element.attribute("char").unwrap_or_default();
        let code = u32::from_str_radix(code, 16).ok();
        if let Some(sign) = code.and_then(|code| signs::sign(font, code)) {
            self.push(sign.encode_utf8(&mut [0; 4]), look);
        }
    }

    fn push(&mut self, text: &str, look: &RunLook) {
        self.prose.push(&mut self.builder, text, look.look);
    }

    /// How a run is set: what it says itself, else its style and its paragraph's, which take each
    /// other back.
    fn run_look(&self, run: &XmlElement) -> RunLook {
        let own = RunProperties::new(run.child("rPr"));
        let style = own.style.as_deref().map(|id| self.styles.character(id));
        let style = style.unwrap_or_default();
        let paragraph = &self.paragraph.run;
        let toggled = |own: Option<bool>, style: Option<bool>, paragraph: Option<bool>| {
            own.unwrap_or(style.unwrap_or(false) != paragraph.unwrap_or(false))
        };
        let strong = toggled(own.bold, style.run.bold, paragraph.bold);
        let emphasis = toggled(own.italic, style.run.italic, paragraph.italic);
        // What the whole paragraph is set in by its role is no stress within it.
        let has_role = self.paragraph.has_role;
        let usual = |usual: Option<bool>| has_role && usual == Some(true);
        RunLook {
            look: RunStyles {
                strong: strong && !self.prose.is_heading && !usual(paragraph.bold),
                emphasis: emphasis != usual(paragraph.italic),
                struck: toggled(own.struck, style.run.struck, paragraph.struck),
                small_caps: toggled(own.small_caps, style.run.small_caps, paragraph.small_caps),
                code: style.is_code,
                height: own.height.or(style.run.height).unwrap_or(Height::Level),
            },
            is_hidden: own.hidden.or(style.run.hidden).unwrap_or(false),
            sign_font: own.sign_font,
        }
    }

    fn hyperlink(&mut self, element: &'a XmlElement) {
        let anchor = element.attribute("anchor").unwrap_or_default();
        let address = element
            .attribute("id")
            .and_then(|id| self.relationships.address(id));
        let address = match (address, anchor) {
            (Some(address), "") => address.to_owned(),
            (Some(address), anchor) => format!("{address}#{anchor}"),
            (None, "") => return self.inlines(element),
            (None, anchor) => format!("#{anchor}"),
        };
        self.prose.links.push(address);
        self.inlines(element);
        self.prose.links.pop();
    }

    fn bookmark(&mut self, element: &XmlElement) {
        let name = element.attribute("name").unwrap_or_default();
        if name != "_GoBack" {
            self.builder.anchor(name);
        }
    }

    fn math(&mut self, element: &XmlElement) {
        if !self.is_hidden() {
            let text = math::linear(element);
            self.prose
                .push(&mut self.builder, &text, RunStyles::default());
        }
    }

    /// Whether text is between a field's start and its result, or in a result that is left out.
    fn is_hidden(&self) -> bool {
        self.fields.iter().any(OpenField::is_hidden)
    }

    fn field_character(&mut self, element: &XmlElement) {
        match element.attribute("fldCharType") {
            Some("begin") if self.fields.len() < MAX_OPEN_FIELDS => {
                let instruction = OpenField::Instruction(String::new());
                self.fields.push(instruction);
            }
            Some("separate") => {
                if let Some(OpenField::Instruction(instruction)) = self.fields.last() {
                    let field = FieldResult::new(instruction);
                    self.fields.pop();
                    self.begin_result(field);
                }
            }
            Some("end") => self.end_field(),
            _ => {}
        }
    }

    fn instruction(&mut self, element: &XmlElement) {
        if let Some(OpenField::Instruction(instruction)) = self.fields.last_mut() {
            instruction.push_str(&element.text());
        }
    }

    fn begin_result(&mut self, field: FieldResult) {
        let mut field = field;
        match &field {
            FieldResult::Link(address) => self.prose.links.push(address.clone()),
            FieldResult::NoteReference {
                bookmark,
                is_marker: true,
            } if !self.is_hidden() => {
                if let Some(label) = self.labels.at_bookmark(bookmark).map(str::to_owned) {
                    self.prose.begin(&mut self.builder);
                    self.builder.cite(&label);
                    field = FieldResult::Hidden;
                }
            }
            FieldResult::NoteReference { bookmark, .. } => {
                let address = format!("#{bookmark}");
                self.prose.links.push(address.clone());
                field = FieldResult::Link(address);
            }
            FieldResult::Text | FieldResult::Hidden => {}
        }
        self.fields.push(OpenField::Result(field));
    }

    fn end_field(&mut self) {
        if let Some(OpenField::Result(FieldResult::Link(_))) = self.fields.pop() {
            self.prose.links.pop();
        }
    }

    /// Reads a picture's description, and keeps the text boxes of a drawing for later.
    fn drawing(&mut self, drawing: &'a XmlElement) {
        let mut description = None;
        let mut picture = None;
        let mut boxes = Vec::new();
        let mut queue = vec![drawing];
        while let Some(element) = queue.pop() {
            match element.name() {
                "txbxContent" => {
                    boxes.push(element);
                    continue;
                }
                "docPr" if description.is_none() => description = described(element, "descr"),
                "shape" if description.is_none() => description = described(element, "alt"),
                "rect" if element.attribute("hr").is_some() => {
                    self.prose.rule(&mut self.builder);
                }
                "blip" => picture = element.attribute("embed").or(element.attribute("link")),
                "imagedata" => picture = element.attribute("id"),
                _ => {}
            }
            let choice = match element.name() {
                "AlternateContent" => alternative(element),
                _ => Some(element),
            };
            let children = choice.into_iter().flat_map(XmlElement::elements);
            let at = queue.len();
            queue.extend(children);
            if let Some(children) = queue.get_mut(at..) {
                children.reverse();
            }
        }
        let labels = Self::labels_of(&boxes);
        if labels.is_none() {
            self.boxes.extend(boxes);
        }
        let description = match (description, &labels) {
            (Some(description), Some(labels)) => Some(format!("{description}: {labels}")),
            (Some(description), None) => Some(description.to_owned()),
            (None, labels) => labels.clone().filter(|labels| !labels.is_empty()),
        };
        if let Some(description) = description {
            let picture = picture.and_then(|id| self.relationships.address(id));
            let picture = picture.unwrap_or_default();
            self.prose.picture(&mut self.builder, picture, &description);
        }
    }

    /// The words of a diagram of which these are the boxes; none where they have notes or tables.
    fn labels_of(boxes: &[&XmlElement]) -> Option<String> {
        let has_more = |element: &XmlElement| {
            contains(element, &["footnoteReference", "endnoteReference", "tbl"])
        };
        if boxes.iter().any(|element| has_more(element)) {
            return None;
        }
        let words = boxes.iter().map(|element| plain_text_of_box(element));
        pictures::diagram(&words.collect::<Vec<_>>())
    }

    fn comment(&mut self, reference: &XmlElement) {
        let Some(comment) = reference
            .attribute("id")
            .and_then(|id| self.comments.get(id))
        else {
            return;
        };
        let author = comment.attribute("author").unwrap_or_default();
        let paragraphs: Vec<String> = comment.elements().map(XmlElement::text).collect();
        self.builder
            .problem(comments::left_out(author, &paragraphs.join(" ")));
    }
}

/// The description of a picture, if it has one.
fn described<'a>(element: &'a XmlElement, name: &str) -> Option<&'a str> {
    pictures::description(element.attribute(name)?)
}

/// The paragraphs of a text box.
fn plain_text_of_box(element: &XmlElement) -> String {
    let paragraphs: Vec<String> = element.elements().map(plain_text).collect();
    paragraphs.join(" ")
}

/// What to read of alternatives: the first that is offered, else the fallback.
pub(super) fn alternative(element: &XmlElement) -> Option<&XmlElement> {
    let choice = element
        .child("Choice")
        .filter(|choice| choice.elements().next().is_some());
    choice.or_else(|| element.child("Fallback"))
}

/// Whether an element, or one within it, has one of these names.
pub(super) fn contains(element: &XmlElement, names: &[&str]) -> bool {
    let mut queue = vec![element];
    while let Some(element) = queue.pop() {
        if names.contains(&element.name()) {
            return true;
        }
        queue.extend(element.elements());
    }
    false
}

/// The text of an element, but for what has been taken out.
pub(super) fn plain_text(element: &XmlElement) -> String {
    let mut text = String::new();
    let mut queue = vec![element];
    while let Some(element) = queue.pop() {
        match element.name() {
            "t" => {
                for node in element.children() {
                    if let XmlNode::Text(inner) = node {
                        text.push_str(inner);
                    }
                }
                continue;
            }
            "tab" | "br" | "cr" => text.push(' '),
            "del" | "moveFrom" | "pPr" | "rPr" | "Fallback" | "txbxContent" => continue,
            _ => {}
        }
        let at = queue.len();
        queue.extend(element.elements());
        if let Some(children) = queue.get_mut(at..) {
            children.reverse();
        }
    }
    text
}
