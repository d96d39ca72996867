//! The styles of an ODF text: what each makes of a paragraph or a run.

use std::collections::HashMap;

use crate::formats::office::looks::Height;
use crate::formats::office::style_names::{self, ParagraphRole};
use crate::formats::office::xml::XmlElement;
use crate::paper::Alignment;

/// A chain of styles, each with a parent, is followed so far.
const MAX_STYLE_CHAIN: usize = 32;

/// Styles by family and name, with what they inherit.
#[derive(Debug, Default)]
pub(super) struct OdtStyles {
    paragraphs: HashMap<String, OdtParagraphStyle>,
    texts: HashMap<String, TextStyle>,
    /// The size of text that names none, in half points.
    pub(super) usual_size: Option<u32>,
}

/// What a style makes of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct OdtParagraphStyle {
    pub(super) role: ParagraphRole,
    /// How far the paragraph is moved in, and its first line beside it, in twentieths
    /// of a point.
    pub(super) indent: i32,
    pub(super) first_line: i32,
    pub(super) alignment: Option<Alignment>,
    pub(super) text: TextStyle,
}

/// What a style makes of a run. Nothing where it inherits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TextStyle {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) small_caps: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) height: Option<Height>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) is_code: bool,
}

/// A style as it is written.
struct OdtStyleElement<'a> {
    element: &'a XmlElement,
    name: &'a str,
    parent: Option<&'a str>,
    is_paragraph: bool,
}

impl OdtStyles {
    /// Reads the styles among the children of these elements.
    pub(super) fn new<'a>(groups: impl Iterator<Item = &'a XmlElement>) -> Self {
        let elements: Vec<&XmlElement> = groups.flat_map(XmlElement::elements).collect();
        let written: Vec<OdtStyleElement<'_>> = elements
            .iter()
            .filter(|element| element.name() == "style")
            .filter_map(|element| OdtStyleElement::new(element))
            .collect();
        let by_name: HashMap<(bool, &str), &OdtStyleElement<'_>> = written
            .iter()
            .map(|style| ((style.is_paragraph, style.name), style))
            .collect();
        let mut styles = OdtStyles {
            usual_size: elements.iter().find_map(|element| usual_size(element)),
            ..OdtStyles::default()
        };
        for style in &written {
            let chain = chain(style, &by_name);
            let name = style.name.to_owned();
            if style.is_paragraph {
                styles.paragraphs.insert(name, paragraph_style(&chain));
            } else {
                styles.texts.insert(name, text_style(&chain));
            }
        }
        styles
    }

    /// The style of a paragraph; one that the file does not define is what its name says.
    pub(super) fn paragraph(&self, name: Option<&str>) -> OdtParagraphStyle {
        let Some(name) = name else {
            return OdtParagraphStyle::default();
        };
        let named = || OdtParagraphStyle {
            role: style_names::role(name).unwrap_or_default(),
            ..OdtParagraphStyle::default()
        };
        self.paragraphs.get(name).cloned().unwrap_or_else(named)
    }

    /// The style of a run.
    pub(super) fn text(&self, name: &str) -> TextStyle {
        let named = || {
            let mut style = TextStyle::default();
            style.take_name(name);
            style
        };
        self.texts.get(name).copied().unwrap_or_else(named)
    }
}

impl<'a> OdtStyleElement<'a> {
    fn new(element: &'a XmlElement) -> Option<Self> {
        let is_paragraph = match element.attribute("family")? {
            "paragraph" => true,
            "text" => false,
            _ => return None,
        };
        Some(OdtStyleElement {
            element,
            name: element.attribute("name")?,
            parent: element.attribute("parent-style-name"),
            is_paragraph,
        })
    }

    /// The name that people see.
    fn shown_name(&self) -> &'a str {
        self.element.attribute("display-name").unwrap_or(self.name)
    }

    fn role(&self) -> Option<ParagraphRole> {
        if let Some(role) = style_names::role(self.shown_name()).or(style_names::role(self.name)) {
            return Some(role);
        }
        let level: u8 = self
            .element
            .attribute("default-outline-level")?
            .parse()
            .ok()?;
        (level > 0).then_some(ParagraphRole::Heading(level.min(6)))
    }
}

impl TextStyle {
    fn new(properties: Option<&XmlElement>) -> Self {
        let Some(properties) = properties else {
            return TextStyle::default();
        };
        let attribute = |name| properties.attribute(name);
        let is_line = |line: &str| line != "none";
        let lines = attribute("text-line-through-style").or(attribute("text-line-through-type"));
        TextStyle {
            bold: attribute("font-weight").map(is_bold),
            italic: attribute("font-style").map(|style| style != "normal"),
            struck: lines.map(is_line),
            small_caps: attribute("font-variant").map(|variant| variant == "small-caps"),
            hidden: attribute("display").map(|display| display == "none"),
            height: attribute("text-position").map(height),
            size: attribute("font-size").and_then(half_points),
            is_code: false,
        }
    }

    /// Takes over what the other says.
    pub(super) fn inherit(&mut self, other: &TextStyle) {
        self.bold = other.bold.or(self.bold);
        self.italic = other.italic.or(self.italic);
        self.struck = other.struck.or(self.struck);
        self.small_caps = other.small_caps.or(self.small_caps);
        self.hidden = other.hidden.or(self.hidden);
        self.height = other.height.or(self.height);
        self.size = other.size.or(self.size);
        self.is_code |= other.is_code;
    }

    fn take_name(&mut self, name: &str) {
        match style_names::stress(name) {
            Some(true) if self.bold.is_none() => self.bold = Some(true),
            Some(false) if self.italic.is_none() => self.italic = Some(true),
            _ => {}
        }
        self.is_code |= style_names::is_code_in_text(name);
    }
}

/// The style and its parents, from the nearest.
fn chain<'a>(
    style: &'a OdtStyleElement<'a>,
    by_name: &HashMap<(bool, &str), &'a OdtStyleElement<'a>>,
) -> Vec<&'a OdtStyleElement<'a>> {
    let mut chain = vec![style];
    let mut next = style.parent;
    while let Some(parent) = next.and_then(|name| by_name.get(&(style.is_paragraph, name)))
        && chain.len() < MAX_STYLE_CHAIN
    {
        chain.push(parent);
        next = parent.parent;
    }
    chain
}

fn paragraph_style(chain: &[&OdtStyleElement<'_>]) -> OdtParagraphStyle {
    let mut resolved = OdtParagraphStyle {
        role: chain
            .iter()
            .find_map(|style| style.role())
            .or_else(|| style_names::role(chain.last()?.parent?))
            .unwrap_or_default(),
        text: text_style(chain),
        ..OdtParagraphStyle::default()
    };
    for style in chain.iter().rev() {
        let Some(properties) = style.element.child("paragraph-properties") else {
            continue;
        };
        let length = |name| properties.attribute(name).and_then(twips);
        resolved.indent = length("margin-left").unwrap_or(resolved.indent);
        resolved.first_line = length("text-indent").unwrap_or(resolved.first_line);
        resolved.alignment = match properties.attribute("text-align") {
            Some("center") => Some(Alignment::Centre),
            Some("end" | "right") => Some(Alignment::Right),
            Some(_) => Some(Alignment::Left),
            None => resolved.alignment,
        };
    }
    resolved
}

fn text_style(chain: &[&OdtStyleElement<'_>]) -> TextStyle {
    let mut resolved = TextStyle::default();
    for style in chain.iter().rev() {
        let mut own = TextStyle::new(style.element.child("text-properties"));
        if !style.is_paragraph {
            own.take_name(style.shown_name());
        }
        resolved.inherit(&own);
    }
    resolved
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse().is_ok_and(|weight: u32| weight >= 600)
}

/// Where text stands that is moved by a share of the line's height.
fn height(position: &str) -> Height {
    let by = position.split_whitespace().next().unwrap_or_default();
    let share: Option<f64> = by.trim_end_matches('%').parse().ok();
    match (by, share) {
        ("super", _) => Height::Raised,
        ("sub", _) => Height::Lowered,
        (_, Some(share)) if share > 0.0 => Height::Raised,
        (_, Some(share)) if share < 0.0 => Height::Lowered,
        _ => Height::Level,
    }
}

/// The size that text has of which nothing says one, from what the file says of all paragraphs.
fn usual_size(element: &XmlElement) -> Option<u32> {
    let is_default =
        element.name() == "default-style" && element.attribute("family") == Some("paragraph");
    let properties = element.child("text-properties").filter(|_| is_default)?;
    properties.attribute("font-size").and_then(half_points)
}

/// A size in half points; nothing of one that is a share of another.
fn half_points(size: &str) -> Option<u32> {
    let twips = twips(size).and_then(|twips| u32::try_from(twips).ok())?;
    Some(twips / 10)
}

/// A length in twentieths of a point.
fn twips(length: &str) -> Option<i32> {
    let unit_at = length.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let (number, unit) = length.split_at_checked(unit_at)?;
    let number: f64 = number.trim().parse().ok()?;
    let per_unit = match unit {
        "cm" => 566.93,
        "mm" => 56.693,
        "in" => 1440.0,
        "pt" => 20.0,
        "pc" => 240.0,
        "px" => 15.0,
        _ => return None,
    };
    // A paper is not moved in by more than a metre.
    #[expect(clippy::cast_possible_truncation, reason = "it is within the bounds")]
    Some((number * per_unit).clamp(-57_000.0, 57_000.0) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::office::xml;

    fn styles(xml: &str) -> OdtStyles {
        let xml = format!("<office:styles>{xml}</office:styles>");
        let (root, _) = xml::parse(xml.as_bytes());
        OdtStyles::new([&root].into_iter())
    }

    #[test]
    fn a_style_has_what_its_parents_have() {
        let styles = styles(
            r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Mine"/>
               <style:style style:name="Mine" style:family="paragraph" style:parent-style-name="Heading_20_2">
                 <style:text-properties fo:font-style="italic"/></style:style>
               <style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"/>
               <style:style style:name="Loop" style:family="paragraph" style:parent-style-name="Loop"/>"#,
        );
        let style = styles.paragraph(Some("P1"));
        assert_eq!(style.role, ParagraphRole::Heading(2));
        assert_eq!(style.text.italic, Some(true));
        assert_eq!(styles.paragraph(Some("Loop")).role, ParagraphRole::Body);
    }

    #[test]
    fn runs_are_raised_struck_and_heavy_by_what_the_style_says() {
        let styles = styles(
            r#"<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%" fo:font-weight="700"/></style:style>
               <style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%" style:text-line-through-style="solid"/></style:style>"#,
        );
        let (first, second) = (styles.text("T1"), styles.text("T2"));
        assert_eq!(
            (first.height, first.bold),
            (Some(Height::Raised), Some(true))
        );
        assert_eq!(
            (second.height, second.struck),
            (Some(Height::Lowered), Some(true))
        );
        assert!(styles.text("Source_20_Text").is_code);
    }

    #[test]
    fn lengths_have_units() {
        assert_eq!(twips("1in"), Some(1440));
        assert_eq!(twips("-12pt"), Some(-240));
        assert_eq!(twips("1e300cm"), None);
        assert_eq!(twips("50%"), None);
        assert_eq!(twips("é"), None);
    }
}
