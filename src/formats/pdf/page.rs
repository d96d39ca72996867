//! What is on a page: letters, rules, links and where they are, whatever program set it.
//!
//! Lengths are in points, from the top left corner of the page as it is shown.

/// One letter on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PdfGlyph {
    pub(super) letter: char,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The line that letters rest on.
    pub(super) baseline: f32,
    /// The height of the type.
    pub(super) size: f32,
    pub(super) face: Face,
    /// Whether a space was written before it.
    pub(super) after_space: bool,
    /// Whether its form is drawn small and high, as the superior figures of some fonts are.
    pub(super) is_superior: bool,
}

/// What of a font tells words apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Face {
    pub(super) is_bold: bool,
    pub(super) is_italic: bool,
    pub(super) is_mono: bool,
    pub(super) is_small_caps: bool,
    /// Set for formulas.
    pub(super) is_symbol: bool,
}

/// A thin horizontal line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) y: f32,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// A rectangle that leads somewhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PdfLink {
    pub(super) area: Area,
    pub(super) target: LinkTarget,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LinkTarget {
    Address(String),
    Place(PdfDestination),
}

/// A place in the document that links lead to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PdfDestination {
    /// From 0.
    pub(super) page: usize,
    pub(super) left: Option<f32>,
    pub(super) top: Option<f32>,
    /// What the document calls the place; may be empty.
    pub(super) name: String,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub(super) width: f32,
    pub(super) height: f32,
    /// In the order in which they were drawn.
    pub(super) glyphs: Vec<PdfGlyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) links: Vec<PdfLink>,
    /// What the document calls the page; empty if it does not say.
    pub(super) label: String,
    /// Letters that have no Unicode, each shown as U+FFFD.
    pub(super) unknown_letters: usize,
    /// Letters that are left out because they are set sideways or aslant.
    pub(super) turned_letters: usize,
    pub(super) has_pictures: bool,
}

impl Area {
    pub(super) fn contains(&self, x: f32, y: f32) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }
}
