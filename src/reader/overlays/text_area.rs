//! Text of several lines that the reader types.

use std::ops::Range;

use crate::layout::ruler;
use crate::paper::clean;
use crate::reader::action::Direction;
use crate::reader::overlays::prompt::PromptEdit;
use crate::shelf::MAX_NOTE_BYTES;

/// A text with a cursor in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextArea {
    text: String,
    /// In bytes, between two letters as they are seen.
    cursor: usize,
}

impl TextArea {
    /// A text with the cursor at its end.
    pub(crate) fn new(text: String) -> Self {
        TextArea {
            cursor: text.len(),
            text,
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Sets text in at the cursor, without what would act on a terminal: all of it, or, where that
    /// would be more than a note may have, nothing. Returns whether it did.
    pub(crate) fn insert(&mut self, text: &str) -> bool {
        let lines: Vec<_> = text.lines().map(clean).collect();
        let mut added = lines.join("\n");
        if text.ends_with('\n') {
            added.push('\n');
        }
        if self.text.len() + added.len() > MAX_NOTE_BYTES {
            return false;
        }
        let (before, after) = self.parts();
        let cursor = before.len() + added.len();
        self.text = format!("{before}{added}{after}");
        self.cursor = cursor;
        true
    }

    /// Whether it is longer than a note may be.
    pub(crate) fn is_too_long(&self) -> bool {
        self.text.len() > MAX_NOTE_BYTES
    }

    pub(crate) fn edit(&mut self, edit: PromptEdit) {
        let here = self.cursor;
        let line = self.line();
        let (cursor, erased) = match edit {
            PromptEdit::Left => (self.left(), here..here),
            PromptEdit::Right => (self.right(), here..here),
            PromptEdit::Start => (line.start, here..here),
            PromptEdit::End => (line.end, here..here),
            PromptEdit::EraseBefore => (self.left(), self.left()..here),
            PromptEdit::EraseAfter => (here, here..self.right()),
            PromptEdit::EraseWord => (self.word(), self.word()..here),
            PromptEdit::EraseAll => (line.start, line.start..here),
        };
        self.text.replace_range(erased, "");
        self.cursor = cursor;
    }

    /// To the line above or below, as far into it as in this one.
    pub(crate) fn step(&mut self, direction: Direction) {
        let line = self.line();
        let letters = self
            .text
            .get(line.start..self.cursor)
            .map_or(0, |before| before.chars().count());
        let other = match direction {
            Direction::Next if line.end < self.text.len() => line.end + 1,
            Direction::Previous if line.start > 0 => line.start - 1,
            _ => return,
        };
        let other = self.line_of(other);
        let text = self.text.get(other.clone()).unwrap_or_default();
        let into = text.char_indices().nth(letters);
        self.cursor = other.start + into.map_or(text.len(), |(into, _)| into);
    }

    /// The text in rows of so many columns, broken at blanks, as ranges of bytes.
    pub(crate) fn rows(&self, columns: u16) -> Vec<Range<usize>> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            let mut rest = line;
            while ruler::columns(rest) >= columns.max(2) {
                let length = row_length(rest, columns.saturating_sub(1).max(1));
                rows.push(start..start + length);
                start += length;
                rest = rest.get(length..).unwrap_or_default();
            }
            rows.push(start..start + rest.len());
            start += rest.len() + 1;
        }
        rows
    }

    /// The row that the cursor is in, and its column there.
    pub(crate) fn cursor(&self, rows: &[Range<usize>]) -> (usize, u16) {
        let row = rows
            .partition_point(|row| row.start <= self.cursor)
            .saturating_sub(1);
        let start = rows.get(row).map_or(0, |row| row.start);
        let before = self.text.get(start..self.cursor).unwrap_or_default();
        (row, ruler::columns(before))
    }

    fn parts(&self) -> (&str, &str) {
        self.text
            .split_at_checked(self.cursor)
            .unwrap_or((&self.text, ""))
    }

    fn line(&self) -> Range<usize> {
        self.line_of(self.cursor)
    }

    /// The line that a byte is in, without its end.
    fn line_of(&self, at: usize) -> Range<usize> {
        let (before, after) = self.text.split_at_checked(at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let end = after.find('\n').map_or(self.text.len(), |end| at + end);
        start..end
    }

    fn left(&self) -> usize {
        let (before, _) = self.parts();
        before.len() - ruler::graphemes(before).last().map_or(0, str::len)
    }

    fn right(&self) -> usize {
        let (before, after) = self.parts();
        before.len() + ruler::first_grapheme(after)
    }

    /// Where the word before the cursor begins.
    fn word(&self) -> usize {
        let (before, _) = self.parts();
        let trimmed = before.trim_end_matches(' ');
        match trimmed.rfind([' ', '\n']) {
            Some(blank) if blank + 1 < trimmed.len() => blank + 1,
            Some(blank) => blank,
            None => 0,
        }
    }
}

/// How many bytes of a line fill a row: up to its last blank if it has one.
fn row_length(line: &str, columns: u16) -> usize {
    let (row, _) = ruler::split_at(line, columns);
    match row.rfind(' ') {
        Some(blank) => blank + 1,
        // A character wider than the row would never fit.
        None => row.len().max(ruler::first_grapheme(line)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with `|` for the cursor.
    fn area(marked: &str) -> TextArea {
        let cursor = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        TextArea { text, cursor }
    }

    #[track_caller]
    fn check<T>(marked: &str, change: impl Fn(&mut TextArea) -> T, expected: &str) {
        let mut area = area(marked);
        change(&mut area);
        let (before, after) = area.parts();
        assert_eq!(format!("{before}|{after}"), expected);
    }

    #[test]
    fn letters_are_erased_across_lines_and_as_they_are_seen() {
        check("a\n|b", |area| area.edit(PromptEdit::EraseBefore), "a|b");
        check("a|\nb", |area| area.edit(PromptEdit::EraseAfter), "a|b");
        check(
            "ae\u{301}|",
            |area| area.edit(PromptEdit::EraseBefore),
            "a|",
        );
        check(
            "one two |",
            |area| area.edit(PromptEdit::EraseWord),
            "one |",
        );
        check(
            "a\none two|",
            |area| area.edit(PromptEdit::EraseAll),
            "a\n|",
        );
        check("|", |area| area.edit(PromptEdit::EraseBefore), "|");
    }

    #[test]
    fn the_cursor_goes_up_and_down_as_far_into_the_line_as_there_are_letters() {
        check("abc|\nd", |area| area.step(Direction::Next), "abc\nd|");
        check("a\nbcd|", |area| area.step(Direction::Previous), "a|\nbcd");
        check("a|", |area| area.step(Direction::Next), "a|");
        check(
            "ä\u{20ac}|x\nbc",
            |area| area.step(Direction::Next),
            "ä\u{20ac}x\nbc|",
        );
    }

    #[test]
    fn what_is_pasted_keeps_its_lines_and_loses_what_acts_on_a_terminal() {
        check(
            "a|b",
            |area| area.insert("1\n2\x1b[31m\n"),
            "a1\n2␛[31m\n|b",
        );
    }

    #[test]
    fn rows_break_at_blanks_and_hold_every_letter_once() {
        let area = area("one two three\n\nfour|");
        let rows = area.rows(9);
        let texts: Vec<_> = rows
            .iter()
            .map(|row| area.text.get(row.clone()).unwrap())
            .collect();
        assert_eq!(texts, ["one two ", "three", "", "four"]);
        assert_eq!(area.cursor(&rows), (3, 4));
    }
}
