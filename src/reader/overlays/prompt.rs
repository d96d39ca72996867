//! A line of text that the reader types.

use tui_input::{Input, InputRequest};

use crate::layout::ruler;
use crate::paper::clean;

/// The most characters that a line takes. What is longer was pasted by mistake.
const MAX_PROMPT_CHARS: usize = 1000;

/// A line of text with a cursor in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prompt(Input);

/// A change to the line, or a way of its cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PromptEdit {
    Left,
    Right,
    Start,
    End,
    EraseBefore,
    EraseAfter,
    EraseWord,
    EraseAll,
}

/// The part of a line that there is room for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) text: String,
    /// Where the cursor is, in columns from the window's left edge.
    pub(crate) cursor: u16,
}

impl Prompt {
    pub(crate) fn new(text: String) -> Self {
        Prompt(Input::new(text))
    }

    pub(crate) fn text(&self) -> &str {
        self.0.value()
    }

    /// Sets text in at the cursor, on one line and without what would act on a terminal.
    pub(crate) fn insert(&mut self, text: &str) {
        let room = MAX_PROMPT_CHARS.saturating_sub(self.text().chars().count());
        let on_one_line = |char: char| if char.is_whitespace() { ' ' } else { char };
        let added: String = clean(text).chars().map(on_one_line).take(room).collect();
        let (before, after) = self.parts();
        let cursor = self.0.cursor() + added.chars().count();
        self.0 = Input::new(format!("{before}{added}{after}")).with_cursor(cursor);
    }

    pub(crate) fn edit(&mut self, edit: PromptEdit) {
        self.0.handle(match edit {
            PromptEdit::Left => InputRequest::GoToPrevChar,
            PromptEdit::Right => InputRequest::GoToNextChar,
            PromptEdit::Start => InputRequest::GoToStart,
            PromptEdit::End => InputRequest::GoToEnd,
            PromptEdit::EraseBefore => InputRequest::DeletePrevChar,
            PromptEdit::EraseAfter => InputRequest::DeleteNextChar,
            PromptEdit::EraseWord => InputRequest::DeletePrevWord,
            PromptEdit::EraseAll => InputRequest::DeleteLine,
        });
    }

    /// What of the line is shown in so many columns: its start, or if the cursor is further on,
    /// what leads up to it.
    pub(crate) fn window(&self, columns: u16) -> Window {
        let (before, after) = self.parts();
        // The cursor takes a column of its own behind the text.
        let room = columns.saturating_sub(1);
        let mut cut = before;
        while ruler::columns(cut) > room {
            cut = cut.get(ruler::first_grapheme(cut)..).unwrap_or_default();
        }
        let cursor = ruler::columns(cut);
        let (after, _) = ruler::split_at(after, columns.saturating_sub(cursor));
        Window {
            text: format!("{cut}{after}"),
            cursor,
        }
    }

    /// The text before the cursor, and after it.
    fn parts(&self) -> (&str, &str) {
        let text = self.text();
        let at = text.char_indices().nth(self.0.cursor());
        text.split_at_checked(at.map_or(text.len(), |(at, _)| at))
            .unwrap_or((text, ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the line after some edits, with `|` for its cursor.
    #[track_caller]
    fn check(text: &str, edits: &[PromptEdit], expected: &str) {
        let mut prompt = Prompt::new(text.to_owned());
        edits.iter().for_each(|&edit| prompt.edit(edit));
        let (before, after) = prompt.parts();
        assert_eq!(format!("{before}|{after}"), expected);
    }

    #[track_caller]
    fn check_window(text: &str, edits: &[PromptEdit], columns: u16, expected: (&str, u16)) {
        let mut prompt = Prompt::new(text.to_owned());
        edits.iter().for_each(|&edit| prompt.edit(edit));
        let window = prompt.window(columns);
        assert_eq!((window.text.as_str(), window.cursor), expected);
    }

    #[test]
    fn the_cursor_goes_by_what_is_seen_as_one_letter() {
        check("ae\u{301}", &[PromptEdit::Left], "a|e\u{301}");
        check("ae\u{301}", &[PromptEdit::EraseBefore], "a|");
        check("👩‍👩‍👧b", &[PromptEdit::Start, PromptEdit::EraseAfter], "|b");
    }

    #[test]
    fn a_word_and_the_whole_line_are_erased_with_one_key() {
        check("one two", &[PromptEdit::EraseWord], "one |");
        check("one two", &[PromptEdit::Left, PromptEdit::EraseAll], "|");
    }

    #[test]
    fn what_is_pasted_stands_on_one_line_at_the_cursor() {
        let mut prompt = Prompt::new("ad".into());
        prompt.edit(PromptEdit::Left);
        prompt.insert("b\n\u{1b}c");
        assert_eq!(prompt.text(), "ab ␛cd");
        prompt.insert(&"x".repeat(5000));
        assert_eq!(prompt.text().chars().count(), MAX_PROMPT_CHARS);
    }

    #[test]
    fn the_window_shows_what_leads_up_to_the_cursor() {
        check_window("abc", &[], 9, ("abc", 3));
        check_window("abcdef", &[], 4, ("def", 3));
        check_window("abcdef", &[PromptEdit::Start], 4, ("abcd", 0));
        check_window("中俄联", &[], 4, ("联", 2));
        check_window("abc", &[], 0, ("", 0));
    }
}
