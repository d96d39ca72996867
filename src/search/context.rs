//! A match with the words around it, on one line.

use crate::layout::ruler::{columns, grapheme_columns, graphemes};
use crate::paper::{Paper, Passage};

/// What stands where a text is cut; one column.
const ELLIPSIS: &str = "…";

/// The most bytes of text that are looked at for each column. Few graphemes have more.
const BYTES_PER_COLUMN: usize = 16;

/// A passage and the words before and after it, without line ends, each run of spaces as one. An
/// ellipsis stands where the block's text goes on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    pub before: String,
    pub hit: String,
    pub after: String,
}

/// The passage in its block, in at most so many columns. The passage comes first, and is cut if
/// it is too long; the words around it share what is left. Cuts fall between words, or between
/// graphemes where the nearest word is longer than the room.
#[must_use]
pub fn context(paper: &Paper, passage: Passage, room: u16) -> Context {
    let block = paper.block(passage.start.block);
    let text = block.map_or("", |block| &block.text);
    let (start, end) = (passage.start.offset, passage.end.offset);
    let most = usize::from(room) * BYTES_PER_COLUMN;
    let hit = Side::after(text.get(start..end).unwrap_or_default(), most);
    let before = Side::before(text.get(..start).unwrap_or_default(), most);
    let after = Side::after(text.get(end..).unwrap_or_default(), most);

    let hit = hit.cut(room);
    let room = room.saturating_sub(columns(&hit));
    let wanted_after = columns(&after.text).min(room);
    let before = before.cut((room / 2).max(room - wanted_after));
    let after = after.cut(room.saturating_sub(columns(&before)));
    Context { before, hit, after }
}

/// Text that begins or ends at a fixed place, to be cut at its far end.
struct Side {
    text: String,
    /// Whether the far end is its beginning.
    is_before: bool,
    /// Whether the block's text goes on beyond the far end.
    goes_on: bool,
}

impl Side {
    /// The last bytes of what stands before a place.
    fn before(text: &str, most: usize) -> Self {
        let from = text.ceil_char_boundary(text.len().saturating_sub(most));
        let near = text.get(from..).unwrap_or_default();
        Self {
            text: squeeze(near).trim_start().to_owned(),
            is_before: true,
            goes_on: from > 0,
        }
    }

    /// The first bytes of what stands after a place.
    fn after(text: &str, most: usize) -> Self {
        let to = text.floor_char_boundary(most);
        let near = text.get(..to).unwrap_or_default();
        Self {
            text: squeeze(near).trim_end().to_owned(),
            is_before: false,
            goes_on: to < text.len(),
        }
    }

    /// The text in at most so many columns.
    fn cut(self, room: u16) -> String {
        if !self.goes_on && columns(&self.text) <= room {
            return self.text;
        }
        let Some(room) = room.checked_sub(columns(ELLIPSIS)) else {
            return String::new();
        };
        let mut nearest: Vec<&str> = graphemes(&self.text).collect();
        if self.is_before {
            nearest.reverse();
        }
        nearest.truncate(kept(&nearest, room));
        nearest.push(ELLIPSIS);
        if self.is_before {
            nearest.reverse();
        }
        nearest.concat()
    }
}

/// How many of the graphemes, nearest first, to keep in so many columns: whole words, or what
/// there is room for if that is less than a word.
fn kept(nearest: &[&str], room: u16) -> usize {
    let mut left = room;
    let fits = |grapheme: &&&str| {
        let rest = left.checked_sub(grapheme_columns(grapheme));
        left = rest.unwrap_or_default();
        rest.is_some()
    };
    let fitting = nearest.iter().take_while(fits).count();
    let is_space = |grapheme: &&str| *grapheme == " ";
    if nearest.get(fitting).is_none_or(is_space) {
        return fitting;
    }
    let words = nearest.iter().take(fitting).rposition(is_space);
    words.unwrap_or(fitting)
}

/// The text with each run of spaces and line ends as one space.
fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for char in text.chars() {
        if !char.is_whitespace() {
            squeezed.push(char);
        } else if !squeezed.ends_with(' ') {
            squeezed.push(' ');
        }
    }
    squeezed
}
