//! Paragraphs that no style and no list says anything about: what their look shows them to be.

use super::RtfReader;
use super::state::Paragraphs;
use crate::formats::office::style_names::ParagraphRole;

/// A label that was typed is at most so long.
const MAX_LABEL_BYTES: usize = 12;

/// A title is set at least so large, in half points.
const MIN_TITLE_SIZE: i32 = 32;

/// Each level of a list that was typed is moved in by so much more, in twentieths of a point.
const LEVEL_INDENT: i32 = 360;

impl RtfReader<'_> {
    /// The text without the label of an item that was typed: a number or a sign, and a tab, in a
    /// paragraph whose first line stands out. Nothing so long as there may be one.
    pub(super) fn without_label(&mut self, text: &str) -> Option<String> {
        let is_at_start = !self.text.has_begun
            && self.text.label.is_none()
            && self.group.paragraph.first_line < 0
            && self.text.mark.is_empty();
        if !is_at_start {
            return Some(text.to_owned());
        }
        let mut start = std::mem::take(&mut self.text.hanging);
        start.push_str(text);
        let Some((label, rest)) = start.split_once('\t') else {
            if start.len() <= MAX_LABEL_BYTES {
                self.text.hanging = start;
                return None;
            }
            return Some(start);
        };
        if !is_label(label.trim()) {
            return Some(start);
        }
        self.text.label = Some(label.trim().to_owned());
        Some(rest.to_owned())
    }

    /// What a paragraph is for, in a file without styles.
    pub(super) fn role_by_look(&self) -> ParagraphRole {
        let (paragraph, characters) = (&self.group.paragraph, &self.group.characters);
        if paragraph.is_typewriter {
            return ParagraphRole::Code;
        }
        let may_be_front = self.outer.is_empty() && self.front.is_open() && paragraph.is_centred;
        if !may_be_front {
            return ParagraphRole::Body;
        }
        let is_large = characters.size.is_some_and(|size| size >= MIN_TITLE_SIZE);
        if self.paragraphs <= 1 {
            return if characters.bold && is_large {
                ParagraphRole::Title
            } else {
                ParagraphRole::Body
            };
        }
        ParagraphRole::Author
    }
}

/// How deep an item stands: as the list says, or as it looks.
pub(super) fn level(paragraph: Paragraphs) -> u32 {
    let level = match paragraph.list {
        0 => (paragraph.left / LEVEL_INDENT - 1).max(paragraph.list_level),
        _ => paragraph.list_level,
    };
    u32::try_from(level).unwrap_or_default()
}

/// Whether this is a number, a letter or a sign as it stands before an item.
fn is_label(text: &str) -> bool {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let bare = inner.trim_end_matches(['.', ')']);
    let is_closed = bare.len() < inner.len();
    let is_number = bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = bare.len() == 1 && bare.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = bare.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
    if is_closed && !bare.is_empty() {
        return is_number || is_letter || is_roman && bare.len() <= 6;
    }
    matches!(text, "•" | "◦" | "▪" | "–" | "—" | "-" | "·" | "*" | "o")
}
