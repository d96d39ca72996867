//! What a DOCX file says of a paragraph or a run itself.

use crate::formats::office::looks::Height;
use crate::formats::office::xml::XmlElement;

/// The value of an element that has nothing else.
pub(super) fn value(element: &XmlElement) -> Option<&str> {
    element.attribute("val")
}

/// What is said of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct ParagraphProperties {
    pub(super) style: Option<String>,
    pub(super) number: NumberReference,
    pub(super) indent: Indent,
    /// From 0; 9 is text outside the outline.
    pub(super) outline_level: Option<u8>,
    /// Whether its lines stand in the middle.
    pub(super) is_centred: Option<bool>,
    /// Whether the paragraph's end was taken out, so that the next one goes on with it.
    pub(super) is_joined: bool,
    /// Whether the paragraph is a great first letter, which the next one goes on with.
    pub(super) is_drop_cap: bool,
}

/// Where a paragraph stands in a numbered list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NumberReference {
    /// The list; `0` takes the paragraph out of any.
    pub(super) list: Option<String>,
    /// From 0.
    pub(super) level: Option<u32>,
    /// The style that a level of the list is for, where no level is given.
    pub(super) style: Option<String>,
}

/// How far a paragraph is moved in, in twentieths of a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Indent {
    pub(super) left: Option<i32>,
    /// How far the first line stands out to the left.
    pub(super) hanging: Option<i32>,
}

/// What is said of a run. Nothing where it inherits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RunProperties {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) small_caps: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) height: Option<Height>,
    /// In half points.
    pub(super) size: Option<u32>,
    pub(super) style: Option<String>,
    /// The font, where it is one of signs.
    pub(super) sign_font: Option<String>,
}

impl ParagraphProperties {
    /// Reads `w:pPr`.
    pub(super) fn new(element: Option<&XmlElement>) -> Self {
        let Some(element) = element else {
            return ParagraphProperties::default();
        };
        let mut properties = ParagraphProperties::default();
        for child in element.elements() {
            match child.name() {
                "pStyle" => properties.style = value(child).map(str::to_owned),
                "numPr" => properties.number = NumberReference::new(child),
                "ind" => properties.indent = Indent::new(child),
                "jc" => properties.is_centred = Some(value(child) == Some("center")),
                "outlineLvl" => {
                    properties.outline_level = value(child).and_then(|level| level.parse().ok());
                }
                "framePr" => {
                    properties.is_drop_cap =
                        matches!(child.attribute("dropCap"), Some("drop" | "margin"));
                }
                "rPr" => {
                    properties.is_joined =
                        child.child("del").is_some() || child.child("moveFrom").is_some();
                }
                _ => {}
            }
        }
        properties
    }
}

impl NumberReference {
    fn new(element: &XmlElement) -> Self {
        let child = |name| element.child(name).and_then(value);
        NumberReference {
            list: child("numId").map(str::to_owned),
            level: child("ilvl").and_then(|level| level.parse().ok()),
            style: None,
        }
    }

    /// Takes over what the other says.
    pub(super) fn inherit(&mut self, other: &NumberReference) {
        if other.list.is_some() {
            self.list.clone_from(&other.list);
        }
        if other.level.is_some() {
            self.level = other.level;
        }
    }
}

impl Indent {
    fn new(element: &XmlElement) -> Self {
        let number = |name| {
            let number: f64 = element.attribute(name)?.parse().ok()?;
            // A paper is not moved in by more than a metre.
            #[expect(clippy::cast_possible_truncation, reason = "it is within the bounds")]
            Some(number.clamp(-57_000.0, 57_000.0) as i32)
        };
        Indent {
            left: number("left").or_else(|| number("start")),
            hanging: number("hanging").or_else(|| Some(-number("firstLine")?)),
        }
    }

    /// Takes over what the other says.
    pub(super) fn inherit(&mut self, other: Indent) {
        self.left = other.left.or(self.left);
        self.hanging = other.hanging.or(self.hanging);
    }
}

impl RunProperties {
    /// Reads `w:rPr`.
    pub(super) fn new(element: Option<&XmlElement>) -> Self {
        let mut properties = RunProperties::default();
        for child in element.into_iter().flat_map(XmlElement::elements) {
            match child.name() {
                "b" => properties.bold = Some(is_on(child)),
                "i" => properties.italic = Some(is_on(child)),
                "strike" | "dstrike" => {
                    properties.struck = Some(is_on(child) || properties.struck == Some(true));
                }
                "smallCaps" => properties.small_caps = Some(is_on(child)),
                "vanish" => properties.hidden = Some(is_on(child)),
                "sz" => properties.size = value(child).and_then(|size| size.parse().ok()),
                "vertAlign" => properties.height = Some(height(value(child))),
                "rStyle" => properties.style = value(child).map(str::to_owned),
                "rFonts" => properties.sign_font = sign_font(child),
                _ => {}
            }
        }
        properties
    }

    /// Takes over what the other says.
    pub(super) fn inherit(&mut self, other: &RunProperties) {
        self.bold = other.bold.or(self.bold);
        self.italic = other.italic.or(self.italic);
        self.struck = other.struck.or(self.struck);
        self.small_caps = other.small_caps.or(self.small_caps);
        self.hidden = other.hidden.or(self.hidden);
        self.height = other.height.or(self.height);
        self.size = other.size.or(self.size);
    }
}

/// Whether a property that is either on or off is on; without a value it is.
fn is_on(element: &XmlElement) -> bool {
    !matches!(value(element), Some("0" | "false" | "off" | "none"))
}

fn height(value: Option<&str>) -> Height {
    match value {
        Some("superscript") => Height::Raised,
        Some("subscript") => Height::Lowered,
        _ => Height::Level,
    }
}

fn sign_font(fonts: &XmlElement) -> Option<String> {
    let font = fonts
        .attribute("ascii")
        .or_else(|| fonts.attribute("hAnsi"))?;
    (font == "Symbol" || font.starts_with("Wingdings")).then(|| font.to_owned())
}
