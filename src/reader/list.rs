//! A list to choose from: the outline, the links of a paragraph, and the like. Typing filters it.

use super::action::{Direction, Motion};
use crate::paper::{NoteId, Position};
use crate::shelf::{BookmarkId, Candidate};

/// A list that is open, and which of its rows is lit.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) subject: Subject,
    /// What is said above the rows while nothing filters them; else an invitation to do so.
    pub(crate) caption: String,
    /// Whether what is typed filters the list. In a list of bookmarks letters act, until then.
    pub(crate) is_filtering: bool,
    rows: Vec<ListRow>,
    filter: String,
    /// Indices into `rows` of those that match the filter.
    shown: Vec<usize>,
    /// Index into `shown`.
    selected: usize,
}

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Outline,
    Notes,
    Links,
    Bookmarks,
    /// The papers that the one at hand may be.
    Papers,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub(crate) text: String,
    /// How deep the row stands under the others.
    pub(crate) depth: u16,
    /// Said at the row's right end.
    pub(crate) detail: String,
    /// Lines under the text, each cut where the row ends.
    pub(crate) below: Vec<String>,
    pub(crate) goal: Goal,
}

/// Where a row leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Goal {
    Place(Position),
    Note(NoteId),
    Address(String),
    Bookmark(BookmarkId),
    /// None is a paper that is not known yet.
    Paper(Option<Candidate>),
}

impl Subject {
    pub(crate) fn title(self) -> &'static str {
        match self {
            Subject::Outline => "Outline",
            Subject::Notes => "Notes",
            Subject::Links => "Links",
            Subject::Bookmarks => "Bookmarks",
            Subject::Papers => "Which paper is this?",
        }
    }

    /// What is said where the filter is still empty.
    pub(crate) fn prompt(self) -> &'static str {
        match self {
            Subject::Links => "type to filter, or a link's number",
            _ => "type to filter",
        }
    }
}

impl List {
    pub(crate) fn new(subject: Subject, rows: Vec<ListRow>, selected: usize) -> Self {
        let shown = (0..rows.len()).collect();
        List {
            subject,
            caption: String::new(),
            is_filtering: subject != Subject::Bookmarks,
            rows,
            filter: String::new(),
            shown,
            selected,
        }
    }

    pub(crate) fn filter(&self) -> &str {
        &self.filter
    }

    /// How many rows match the filter.
    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The lit row's place among the rows that match.
    pub(crate) fn selected(&self) -> usize {
        self.selected
    }

    /// The matching row at this place.
    pub(crate) fn row(&self, index: usize) -> Option<&ListRow> {
        self.shown.get(index).and_then(|&row| self.rows.get(row))
    }

    pub(crate) fn goal(&self) -> Option<&Goal> {
        self.row(self.selected).map(|row| &row.goal)
    }

    /// Shows other rows through the same filter; the lit row is again the one that leads to the
    /// same place or, if there is none, at the same height.
    pub(crate) fn replace(&mut self, rows: Vec<ListRow>) {
        let (goal, height) = (self.goal().cloned(), self.selected);
        self.rows = rows;
        self.refilter();
        let mut shown = (0..self.len()).filter_map(|index| self.row(index));
        let same = shown.position(|row| Some(&row.goal) == goal.as_ref());
        self.select(same.unwrap_or(height));
    }

    pub(crate) fn clear_filter(&mut self) {
        self.filter.clear();
        self.refilter();
    }

    /// The row that a figure names, where rows are numbered and nothing has been typed yet.
    pub(crate) fn numbered(&self, text: &str) -> Option<usize> {
        let number: usize = text.parse().ok()?;
        let is_row = self.subject == Subject::Links && self.filter.is_empty();
        number
            .checked_sub(1)
            .filter(|&row| is_row && row < self.rows.len())
    }

    pub(crate) fn select(&mut self, index: usize) {
        self.selected = index.min(self.shown.len().saturating_sub(1));
    }

    pub(crate) fn step(&mut self, motion: Motion, rows_on_screen: usize) {
        let (direction, rows) = match motion {
            Motion::Line(direction) | Motion::Paragraph(direction) | Motion::Section(direction) => {
                (direction, 1)
            }
            Motion::HalfScreen(direction) => (direction, rows_on_screen / 2),
            Motion::Screen(direction) => (direction, rows_on_screen),
            Motion::End(direction) => (direction, self.shown.len()),
        };
        self.select(match direction {
            Direction::Next => self.selected.saturating_add(rows),
            Direction::Previous => self.selected.saturating_sub(rows),
        });
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        self.filter.push_str(text);
        self.refilter();
    }

    pub(crate) fn erase(&mut self) {
        self.filter.pop();
        self.refilter();
    }

    /// Keeps the rows that hold every word of the filter; the lit row stays lit if it is one.
    fn refilter(&mut self) {
        let lit = self.shown.get(self.selected).copied();
        let words: Vec<String> = self
            .filter
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let matches = |row: &ListRow| {
            let text = format!("{} {} {}", row.text, row.detail, row.below.join(" "));
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let rows = self.rows.iter().enumerate();
        self.shown = rows
            .filter(|(_, row)| matches(row))
            .map(|(index, _)| index)
            .collect();
        let kept = lit.and_then(|lit| self.shown.iter().position(|&row| row == lit));
        self.selected = kept.unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[&str]) -> List {
        let row = |text: &&str| ListRow {
            text: (*text).into(),
            depth: 0,
            detail: String::new(),
            below: Vec::new(),
            goal: Goal::Place(Position::default()),
        };
        List::new(Subject::Outline, rows.iter().map(row).collect(), 0)
    }

    fn check(list: &List, expected: &str) {
        let row = |index| {
            let sign = if index == list.selected() { ">" } else { "" };
            format!("{sign}{}", list.row(index).map_or("", |row| &row.text))
        };
        assert_eq!(
            (0..list.len()).map(row).collect::<Vec<_>>().join(" "),
            expected
        );
    }

    #[test]
    fn typing_keeps_the_rows_with_every_word_and_the_lit_row_lit() {
        let mut list = list(&["Introduction", "Method", "Discussion"]);
        list.select(2);
        list.type_text("ION disc");
        check(&list, ">Discussion");
        (0..5).for_each(|_| list.erase());
        check(&list, "Introduction >Discussion");
        (0..3).for_each(|_| list.erase());
        check(&list, "Introduction Method >Discussion");
    }

    #[test]
    fn the_lit_row_never_leaves_the_list() {
        let mut list = list(&["a", "b"]);
        list.step(Motion::Screen(Direction::Next), 10);
        check(&list, "a >b");
        list.type_text("nothing like it");
        check(&list, "");
        assert_eq!(list.goal(), None);
        list.step(Motion::Line(Direction::Next), 10);
        assert_eq!(list.goal(), None);
    }
}
