//! The styles of a DOCX file: what each makes of a paragraph or a run.

use std::collections::HashMap;

use super::properties::{Indent, NumberReference, ParagraphProperties, RunProperties, value};
use crate::formats::office::style_names::{self, ParagraphRole};
use crate::formats::office::xml::XmlElement;

/// A chain of styles, each based on the next, is followed so far.
const MAX_STYLE_CHAIN: usize = 32;

/// The styles by their identifiers, with what they inherit.
#[derive(Debug, Default)]
pub(super) struct DocxStyles {
    paragraphs: HashMap<String, DocxParagraphStyle>,
    characters: HashMap<String, CharacterStyle>,
    /// What a paragraph that names no style has.
    default_paragraph: DocxParagraphStyle,
    /// The language of text that names none.
    pub(super) language: String,
    /// The size of text that names none, in half points.
    pub(super) usual_size: Option<u32>,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct DocxParagraphStyle {
    pub(super) role: ParagraphRole,
    pub(super) number: NumberReference,
    pub(super) indent: Indent,
    pub(super) is_centred: Option<bool>,
    pub(super) run: RunProperties,
}

/// What a style makes of a run.
#[derive(Debug, Clone, Default)]
pub(super) struct CharacterStyle {
    pub(super) run: RunProperties,
    pub(super) is_code: bool,
}

/// A style as it is written.
struct DocxStyleElement<'a> {
    id: &'a str,
    name: &'a str,
    based_on: Option<&'a str>,
    is_character: bool,
    is_default: bool,
    /// Made of a class of a web page that was pasted in: its name is the page's.
    is_from_web: bool,
    paragraph: ParagraphProperties,
    run: RunProperties,
}

impl DocxStyles {
    /// Reads the part that holds the styles.
    pub(super) fn new(part: &XmlElement) -> Self {
        let written: Vec<DocxStyleElement<'_>> = part
            .elements()
            .filter(|element| element.name() == "style")
            .map(DocxStyleElement::new)
            .collect();
        let by_id: HashMap<&str, &DocxStyleElement<'_>> =
            written.iter().map(|style| (style.id, style)).collect();
        let mut styles = DocxStyles {
            language: default_value(part, "lang").unwrap_or_default().to_owned(),
            usual_size: default_value(part, "sz").and_then(|size| size.parse().ok()),
            ..DocxStyles::default()
        };
        for style in &written {
            let chain = chain(style, &by_id);
            let id = style.id.to_owned();
            if style.is_character {
                styles.characters.insert(id, character_style(&chain));
            } else {
                let resolved = paragraph_style(&chain);
                if style.is_default {
                    styles.default_paragraph = resolved.clone();
                }
                styles.paragraphs.insert(id, resolved);
            }
        }
        styles
    }

    /// The style of a paragraph. One that the file does not define is what its name says.
    pub(super) fn paragraph(&self, id: Option<&str>) -> DocxParagraphStyle {
        let Some(id) = id else {
            return self.default_paragraph.clone();
        };
        self.paragraphs
            .get(id)
            .cloned()
            .unwrap_or_else(|| DocxParagraphStyle {
                role: style_names::role(id).unwrap_or_default(),
                ..self.default_paragraph.clone()
            })
    }

    /// The style of a run.
    pub(super) fn character(&self, id: &str) -> CharacterStyle {
        self.characters
            .get(id)
            .cloned()
            .unwrap_or_else(|| named_character_style(id, RunProperties::default()))
    }

    /// The list that a paragraph style puts its paragraphs in.
    pub(super) fn list(&self, id: &str) -> Option<&str> {
        self.paragraphs.get(id)?.number.list.as_deref()
    }
}

impl<'a> DocxStyleElement<'a> {
    fn new(element: &'a XmlElement) -> Self {
        let child = |name| element.child(name).and_then(value);
        DocxStyleElement {
            id: element.attribute("styleId").unwrap_or_default(),
            name: child("name").unwrap_or_default(),
            based_on: child("basedOn"),
            is_character: element.attribute("type") == Some("character"),
            is_default: is_on(element.attribute("default")),
            is_from_web: is_on(element.attribute("customStyle"))
                && element
                    .child("pPr")
                    .and_then(|properties| properties.child("spacing"))
                    .is_some_and(|spacing| is_on(spacing.attribute("beforeAutospacing"))),
            paragraph: ParagraphProperties::new(element.child("pPr")),
            run: RunProperties::new(element.child("rPr")),
        }
    }

    /// What the style alone says of a paragraph's role: by its level in the outline, else by its
    /// name.
    fn role(&self) -> Option<ParagraphRole> {
        match self.paragraph.outline_level {
            // A style of its own outside the outline, such as the heading of the contents.
            Some(9..) => match self.named_role() {
                Some(ParagraphRole::Heading(_)) | None => Some(ParagraphRole::Body),
                role => role,
            },
            Some(level) => match self.named_role() {
                None | Some(ParagraphRole::Heading(_) | ParagraphRole::Body) => {
                    Some(ParagraphRole::Heading((level + 1).min(6)))
                }
                role => role,
            },
            None => self.named_role(),
        }
    }

    fn named_role(&self) -> Option<ParagraphRole> {
        if self.is_from_web {
            return None;
        }
        style_names::role(self.name).or_else(|| match self.name {
            "" => style_names::role(self.id),
            _ => None,
        })
    }
}

fn is_on(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

/// The style and those that it is based on, from the nearest.
fn chain<'a>(
    style: &'a DocxStyleElement<'a>,
    by_id: &HashMap<&str, &'a DocxStyleElement<'a>>,
) -> Vec<&'a DocxStyleElement<'a>> {
    let mut chain = vec![style];
    let mut next = style.based_on;
    while let Some(style) = next.and_then(|id| by_id.get(id))
        && chain.len() < MAX_STYLE_CHAIN
    {
        chain.push(style);
        next = style.based_on;
    }
    chain
}

fn paragraph_style(chain: &[&DocxStyleElement<'_>]) -> DocxParagraphStyle {
    let mut resolved = DocxParagraphStyle {
        role: chain
            .iter()
            .find_map(|style| style.role())
            .unwrap_or_default(),
        ..DocxParagraphStyle::default()
    };
    if let Some(own) = chain.first()
        && own.role().is_none()
        && own.name.eq_ignore_ascii_case("heading")
        && resolved.role == ParagraphRole::Body
    {
        // Pages calls its first level so; elsewhere it is only what other headings are based on.
        resolved.role = ParagraphRole::Heading(1);
    }
    for style in chain.iter().rev() {
        resolved.number.inherit(&style.paragraph.number);
        resolved.run.inherit(&style.run);
        resolved.is_centred = style.paragraph.is_centred.or(resolved.is_centred);
    }
    // The default style's indent is the page's own, not a quotation's.
    let own = chain
        .iter()
        .filter(|style| !style.is_default)
        .map(|style| style.paragraph.indent);
    for indent in own.rev() {
        resolved.indent.inherit(indent);
    }
    if resolved.number.list.is_some() && resolved.number.level.is_none() {
        resolved.number.style = chain.first().map(|style| style.id.to_owned());
    }
    resolved
}

fn character_style(chain: &[&DocxStyleElement<'_>]) -> CharacterStyle {
    let mut run = RunProperties::default();
    for style in chain.iter().rev() {
        run.inherit(&style.run);
    }
    let is_code = chain
        .iter()
        .any(|style| style_names::is_code_in_text(style.name));
    let name = chain.first().map_or("", |style| style.name);
    let mut style = named_character_style(name, run);
    style.is_code |= is_code;
    style
}

/// A style of running text; what it does not say, its name may.
fn named_character_style(name: &str, mut run: RunProperties) -> CharacterStyle {
    match style_names::stress(name) {
        Some(true) if run.bold.is_none() => run.bold = Some(true),
        Some(false) if run.italic.is_none() => run.italic = Some(true),
        _ => {}
    }
    CharacterStyle {
        run,
        is_code: style_names::is_code_in_text(name),
    }
}

/// What the file says of runs of which nothing else says it.
fn default_value<'a>(part: &'a XmlElement, property: &str) -> Option<&'a str> {
    let defaults = part.child("docDefaults");
    let run = defaults
        .and_then(|defaults| defaults.child("rPrDefault"))
        .and_then(|default| default.child("rPr"));
    run.and_then(|run| run.child(property)).and_then(value)
}
