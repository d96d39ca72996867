//! Paragraphs that no style and no list says anything about: what their look shows them to be.

use std::collections::HashMap;

use super::RtfReader;
use super::state::Paragraphs;
use crate::formats::office::by_look::{self, ParagraphLook, SeenBlock};
use crate::formats::office::style_names::ParagraphRole;

/// A label that was typed is at most so long.
const MAX_LABEL_BYTES: usize = 12;

/// A title is set at least so large, in half points.
const MIN_TITLE_SIZE: i32 = 32;

/// Each level of a list that was typed is moved in by so much more, in twentieths of a point.
const LEVEL_INDENT: i32 = 360;

/// The size of letters of which nothing says a size, in half points.
const DEFAULT_SIZE: i32 = 24;

/// So much of a paragraph is kept to be judged as a heading, in bytes.
const MAX_SEEN_BYTES: usize = 600;

/// How the paragraphs of the body look.
#[derive(Debug, Default)]
pub(super) struct SeenParagraphs {
    blocks: Vec<SeenBlock>,
    /// Which paragraph each of them is.
    numbers: Vec<u32>,
    /// Whether some paragraph is said to be a heading.
    has_heading: bool,
    is_in_table: bool,
}

/// The paragraphs that are headings by their look, if none is said to be one.
pub(super) fn headings(mut reader: RtfReader<'_>) -> HashMap<u32, (u8, String)> {
    reader.seen = Some(SeenParagraphs::default());
    reader.read_all();
    let Some(seen) = reader.seen.filter(|seen| !seen.has_heading) else {
        return HashMap::new();
    };
    let headings = by_look::headings(&seen.blocks, false).into_iter();
    headings
        .filter_map(|(at, level)| {
            let text = seen.blocks.get(at)?.text.clone();
            Some((*seen.numbers.get(at)?, (level, text)))
        })
        .collect()
}

impl RtfReader<'_> {
    /// Takes in how some words of a paragraph of the body are set.
    pub(super) fn see(&mut self, text: &str) {
        if self.seen.is_none() || !self.outer.is_empty() {
            return;
        }
        if self.text.words.len() < MAX_SEEN_BYTES {
            self.text.words.push_str(text);
        }
        if text.trim().is_empty() {
            return;
        }
        let characters = self.group.characters;
        let size = u32::try_from(characters.size.unwrap_or(DEFAULT_SIZE)).unwrap_or_default();
        let look = self.text.look.get_or_insert(ParagraphLook {
            size,
            is_bold: characters.bold,
            is_centred: self.group.paragraph.is_centred,
        });
        look.take(size, characters.bold);
    }

    /// Keeps the look of the paragraph that ends.
    pub(super) fn note_look(&mut self) {
        let is_in_table = self.group.paragraph.is_in_table && self.table.columns != 1;
        let Some(seen) = self.seen.as_mut().filter(|_| self.outer.is_empty()) else {
            return;
        };
        let state = &self.text;
        if !state.has_begun {
            return;
        }
        seen.has_heading |= state.is_heading;
        if std::mem::replace(&mut seen.is_in_table, is_in_table) && is_in_table {
            return;
        }
        let is_front = state.front.is_some();
        let may_be_heading =
            !is_in_table && !is_front && !state.is_item && !state.has_role && !state.has_note;
        seen.blocks.push(SeenBlock {
            look: state.look.filter(|_| !is_in_table),
            text: state.words.trim().to_owned(),
            is_title: is_front,
            may_be_title: false,
            may_be_heading,
        });
        seen.numbers.push(self.paragraphs);
    }

    /// The level of the paragraph that begins, if it is a heading by its look.
    pub(super) fn heading_by_look(&mut self) -> Option<u8> {
        let (level, text) = self.headings.get(&self.paragraphs)?;
        by_look::mend(&mut self.builder, self.options, self.paragraphs, text).then_some(*level)
    }
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
