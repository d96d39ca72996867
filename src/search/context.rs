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
pub struct MatchContext {
    /// What comes before it, cut at a word.
    pub before: String,
    /// What was found.
    pub hit: String,
    /// What comes after it, cut at a word.
    pub after: String,
}

/// The passage in its block, in at most so many columns. The passage comes first, and is cut if
/// it is too long; the words around it share what is left. Cuts fall between words, or between
/// graphemes where the nearest word is longer than the room.
#[must_use]
pub fn context(paper: &Paper, passage: Passage, room: u16) -> MatchContext {
    let block = paper.block(passage.start.block);
    let text = block.map_or("", |block| &block.text);
    let (start, end) = (passage.start.offset, passage.end.offset);
    let most = usize::from(room) * BYTES_PER_COLUMN;
    let hit = Side::whole(text.get(start..end).unwrap_or_default(), most);
    let before = Side::before(text.get(..start).unwrap_or_default(), most);
    let after = Side::after(text.get(end..).unwrap_or_default(), most);

    let is_whole = hit.fits(room);
    let hit = hit.cut(room);
    let room = room.saturating_sub(columns(&hit));
    // Words after a passage that is cut would seem to go on from it.
    let after_wants = if is_whole { columns(&after.text) } else { 0 };
    let before = before.cut((room / 2).max(room.saturating_sub(after_wants)));
    let room = room.saturating_sub(columns(&before));
    let after = after.cut(if is_whole { room } else { 0 });
    MatchContext { before, hit, after }
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
    /// The first bytes of a passage, with the spaces at its ends.
    fn whole(text: &str, most: usize) -> Self {
        let to = text.floor_char_boundary(most);
        Self {
            text: squeeze(text.get(..to).unwrap_or_default()),
            is_before: false,
            goes_on: to < text.len(),
        }
    }

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
        let whole = Self::whole(text, most);
        Self {
            text: whole.text.trim_end().to_owned(),
            ..whole
        }
    }

    fn fits(&self, room: u16) -> bool {
        !self.goes_on && columns(&self.text) <= room
    }

    /// The text in at most so many columns.
    fn cut(self, room: u16) -> String {
        if self.fits(room) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::search::{Mode, Query, find};
    use proptest::prelude::*;

    fn context_of(text: &str, pattern: &str, room: u16) -> MatchContext {
        let paper = parse(text).paper;
        let query = Query::parse(pattern, Mode::Plain).unwrap();
        let found = find(&paper, query);
        context(&paper, found.first().unwrap().passage, room)
    }

    /// Checks a match in its line, brackets standing around the match itself.
    #[track_caller]
    fn check(text: &str, pattern: &str, room: u16, expected: &str) {
        let MatchContext { before, hit, after } = context_of(text, pattern, room);
        assert_eq!(format!("{before}[{hit}]{after}"), expected);
    }

    const TEXT: &str = "Those who wish to know of what use it is on earth may read on.\n";

    #[test]
    fn a_short_text_is_shown_whole() {
        check(
            TEXT,
            "use",
            80,
            "Those who wish to know of what [use] it is on earth may read on.",
        );
        check("word\n", "word", 4, "[word]");
    }

    #[test]
    fn the_words_around_a_match_share_the_room_and_are_whole() {
        check(TEXT, "use", 30, "…of what [use] it is on earth…");
    }

    #[test]
    fn a_match_near_one_end_leaves_its_room_to_the_other_side() {
        check(TEXT, "those", 30, "[Those] who wish to know of…");
        check(TEXT, "read on.", 30, "…it is on earth may [read on.]");
    }

    #[test]
    fn a_match_inside_a_word_keeps_what_fits_of_it() {
        check("counterrevolutionaries\n", "rev", 11, "…ter[rev]olu…");
        check("一二三四五六七八九\n", "五", 8, "…四[五]六…");
    }

    #[test]
    fn a_match_that_is_too_long_is_cut_between_words() {
        check(TEXT, "wish to know of what", 12, "…[wish to…]");
        check(TEXT, "wish", 3, "[wi…]");
        check(TEXT, "wish", 1, "[…]");
        check(TEXT, "wish", 0, "[]");
    }

    #[test]
    fn spaces_at_the_ends_of_a_match_part_it_from_the_words_around_it() {
        check(
            TEXT,
            " use ",
            80,
            "Those who wish to know of what[ use ]it is on earth may read on.",
        );
    }

    #[test]
    fn line_ends_are_spaces() {
        check("one\\\ntwo\\\nthree\n", "two", 20, "one [two] three");
    }

    proptest! {
        #[test]
        fn no_context_is_wider_than_its_room_and_all_of_it_is_text(
            before in "[a-e人é \u{301}🚀]{0,40}", after in "[a-e人é \u{301}🚀]{0,40}", room in 0..60_u16,
        ) {
            let text = format!("x{before}needle{after}x");
            let MatchContext { before, hit, after } = context_of(&text, "needle", room);
            prop_assert!(columns(&before) + columns(&hit) + columns(&after) <= room);
            let flat = squeeze(&text);
            prop_assert!(flat.contains(before.trim_start_matches('…')));
            prop_assert!(flat.contains(after.trim_end_matches('…')));
        }
    }
}
