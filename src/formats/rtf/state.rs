//! What holds within a group of RTF, and ends with it.

use encoding_rs::Encoding;

use crate::formats::office::looks::{Height, RunStyles};

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    Text,
    /// Nowhere.
    Skipped,
    Fonts,
    Styles,
    Info,
    /// A property of the file, of this name.
    Property(&'static str),
    /// The instruction of a field.
    Instruction,
    /// What stands before an item.
    Label,
    Bookmark,
    Comment,
    CommentAuthor,
    /// The properties of a drawing: names and values.
    Drawing,
    DrawingName,
    DrawingValue,
    /// Text for readers without Unicode, beside which the same comes in Unicode.
    Twice,
}

impl Destination {
    /// Whether its text is kept until the group ends.
    pub(super) fn is_captured(self) -> bool {
        !matches!(
            self,
            Destination::Text
                | Destination::Skipped
                | Destination::Info
                | Destination::Drawing
                | Destination::Twice
        )
    }
}

/// How characters are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Characters {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) struck: bool,
    pub(super) small_caps: bool,
    pub(super) hidden: bool,
    /// Whether they were taken out by a tracked change.
    pub(super) deleted: bool,
    pub(super) height: Height,
    pub(super) style: Option<i32>,
    pub(super) font: Option<i32>,
    /// In half points.
    pub(super) size: Option<i32>,
}

impl Characters {
    /// How they look, in a paragraph of a style that is set so throughout.
    pub(super) fn look(self, usual: Characters, is_heading: bool, is_code: bool) -> RunStyles {
        RunStyles {
            strong: self.bold && !is_heading && !usual.bold,
            emphasis: self.italic != usual.italic,
            struck: self.struck,
            small_caps: self.small_caps,
            code: is_code,
            height: self.height,
        }
    }
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Paragraphs {
    pub(super) style: Option<i32>,
    pub(super) outline_level: Option<i32>,
    pub(super) is_in_table: bool,
    /// How deep its table stands in others, from 1.
    pub(super) table_depth: i32,
    pub(super) list: i32,
    pub(super) list_level: i32,
    /// In twentieths of a point.
    pub(super) left: i32,
    pub(super) first_line: i32,
    pub(super) is_centred: bool,
    /// Whether all of it is set in a font of fixed pitch.
    pub(super) is_typewriter: bool,
}

/// A group that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct RtfGroup {
    pub(super) destination: Destination,
    /// Whether the destination began with this group.
    pub(super) begins: bool,
    /// Whether a note began with this group.
    pub(super) is_note: bool,
    /// Whether a field's result began with this group, which leads somewhere.
    pub(super) is_link: bool,
    /// Whether the paragraph's own look was set in this group.
    pub(super) has_paragraph: bool,
    /// Whether what comes next may be passed over, if it is not known.
    pub(super) is_optional: bool,
    pub(super) characters: Characters,
    pub(super) paragraph: Paragraphs,
    /// How many characters follow one of Unicode, for those who do not know it.
    pub(super) fallback_chars: usize,
    pub(super) encoding: Option<&'static Encoding>,
}

impl Default for RtfGroup {
    fn default() -> Self {
        RtfGroup {
            destination: Destination::Text,
            begins: false,
            is_note: false,
            is_link: false,
            has_paragraph: false,
            is_optional: false,
            characters: Characters::default(),
            paragraph: Paragraphs::default(),
            fallback_chars: 1,
            encoding: None,
        }
    }
}

impl RtfGroup {
    /// A group within this one.
    pub(super) fn inner(&self) -> RtfGroup {
        RtfGroup {
            begins: false,
            is_note: false,
            is_link: false,
            has_paragraph: false,
            is_optional: false,
            ..*self
        }
    }
}
