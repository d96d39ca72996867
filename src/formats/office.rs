//! What the formats of word processors have in common: styles with names, lists whose paragraphs
//! stand apart, runs of text, and fields.

pub(super) mod by_look;
pub(super) mod comments;
pub(super) mod front;
pub(super) mod item_labels;
pub(super) mod linear;
mod list_levels;
pub(super) mod looks;
pub(super) mod note_numbers;
pub(super) mod numerals;
pub(super) mod pictures;
pub(super) mod prose;
pub(super) mod signs;
pub(super) mod style_names;
pub(super) mod word_fields;
pub(super) mod xml;

pub(super) use super::Refusal;
