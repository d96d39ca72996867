//! A list to choose from: the outline, the links of a paragraph, and the like. Typing filters it.

use std::borrow::Cow;
use std::sync::Arc;

use crate::paper::{NoteId, Position, Target};
use crate::reader::action::{Action, ClickTarget, Direction, Motion, Notice, PaperRequest};
use crate::reader::app::App;
use crate::reader::keys::keymap::Binding;
use crate::reader::open::OpenDocument;
use crate::reader::open::annotations::KeptKey;
use crate::reader::overlays::Response;
use crate::reader::overlays::prompt::{Prompt, PromptEdit};
use crate::search::{nearly_has, plain};
use crate::shelf::{AnnotationId, PaperCandidate};
use crate::sources::SourceId;

/// A list that is open, and which of its rows is selected.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) title: &'static str,
    /// Shown above the rows where no filter can be typed.
    pub(crate) caption: String,
    /// Shown where a filter can be typed and none is yet.
    pub(crate) invitation: Cow<'static, str>,
    /// Said where something is typed and no row matches it.
    pub(crate) says_if_empty: Cow<'static, str>,
    /// What is before the filter.
    pub(crate) sign: &'static str,
    /// Whether what is typed filters the list; else letters are keys.
    pub(crate) is_filtering: bool,
    rows: Vec<ListRow>,
    /// The text that each row is found by, folded; made when a filter is first typed.
    folded: Vec<String>,
    filter: Prompt,
    /// Whether no row matches the filter exactly, and those shown match it nearly.
    is_near_match: bool,
    /// Indices into `rows` of those that match the filter.
    shown: Vec<usize>,
    /// Index into `shown`.
    selected: usize,
}

/// What came of an action that a list has heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListResponse {
    /// It means nothing to a list.
    Ignored,
    Consumed,
    /// Something else filters the list now.
    Filtered,
    /// The selected row is chosen.
    Chosen,
    /// The reader wants the list closed.
    Close,
}

/// One row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub(crate) text: String,
    /// How far the row is indented, in steps.
    pub(crate) depth: u16,
    /// Shown at the row's right end.
    pub(crate) detail: String,
    /// What it belongs to, shown at the row's right end where the rows around it are filtered out and
    /// there is no detail.
    pub(crate) within: String,
    /// Lines under the text, each cut where the row ends.
    pub(crate) below: Vec<String>,
    /// What it is found by as well, beside all that it shows.
    pub(crate) also: String,
    pub(crate) goal: RowTarget,
}

/// Where a row leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RowTarget {
    Place(Position),
    Note(NoteId),
    Link(Target),
    /// Another paper.
    File(PaperRequest),
    /// What is in a folder.
    Folder(String),
    /// The list of the places that cite a source.
    Source(SourceId),
    /// Something kept, in the text.
    Annotation(AnnotationId),
    /// A note of the reader's own, to be opened.
    OwnNote(KeptKey),
    /// None is a paper that is not known yet.
    Paper(Option<PaperCandidate>),
    /// Not a place: what a key does.
    Action(Arc<Binding>),
}

impl RowTarget {
    /// What the footer calls it to choose such a row; none where the keymap has the word.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        Some(match self {
            RowTarget::Note(_) | RowTarget::OwnNote(_) | RowTarget::File(_) => "open",
            RowTarget::Folder(_) => "look in",
            RowTarget::Source(_) => "where cited",
            RowTarget::Paper(_) => "choose",
            RowTarget::Action(_) => "do it",
            RowTarget::Link(Target::Address(_)) => "follow",
            RowTarget::Place(_) | RowTarget::Link(_) | RowTarget::Annotation(_) => return None,
        })
    }
}

impl ListRow {
    /// A row of text alone.
    pub(crate) fn new(text: impl Into<String>, goal: RowTarget) -> Self {
        ListRow {
            text: text.into(),
            depth: 0,
            detail: String::new(),
            within: String::new(),
            below: Vec::new(),
            also: String::new(),
            goal,
        }
    }
}

impl List {
    pub(crate) fn new(title: &'static str, rows: Vec<ListRow>, selected: usize) -> Self {
        let shown = (0..rows.len()).collect();
        List {
            title,
            caption: String::new(),
            invitation: "type to filter".into(),
            says_if_empty: "nothing matches".into(),
            sign: "/",
            is_filtering: true,
            rows,
            folded: Vec::new(),
            filter: Prompt::default(),
            is_near_match: false,
            shown,
            selected,
        }
    }

    /// Hears an action as every list does.
    pub(crate) fn handle(&mut self, action: &Action, app: &App) -> ListResponse {
        let whole = |goal: &RowTarget| whole_text(&app.open, goal);
        match action {
            Action::Move(motion) => self.step(*motion, app.geometry().box_rows()),
            Action::Complete => self.step(Motion::Line(Direction::Next), 1),
            Action::Follow => return ListResponse::Chosen,
            Action::Click(ClickTarget::Row(index)) => {
                self.select(*index);
                return ListResponse::Chosen;
            }
            Action::Click(ClickTarget::Inside) => {}
            Action::Close | Action::Click(_) => return ListResponse::Close,
            Action::Edit(edit) if self.edit(*edit, whole) => return ListResponse::Filtered,
            Action::Edit(_) => {}
            _ => {
                let Some(text) = action.text().filter(|_| self.is_filtering) else {
                    return ListResponse::Ignored;
                };
                self.type_text(&text, whole);
                return ListResponse::Filtered;
            }
        }
        ListResponse::Consumed
    }

    /// The same, of a list of which a row leads where it is from.
    pub(crate) fn hear_and_go(&mut self, action: &Action, app: &mut App) -> Response {
        match self.handle(action, app) {
            ListResponse::Chosen => match self.goal() {
                Some(goal) => Response::GoTo(goal.clone()),
                None => Response::Consumed,
            },
            ListResponse::Ignored if *action == Action::Sort => {
                app.notify(Notice::plain("this list cannot be sorted"));
                Response::Consumed
            }
            ListResponse::Ignored if *action == Action::CopyReference => {
                app.notify(Notice::plain("no source is selected here"));
                Response::Consumed
            }
            ListResponse::Ignored if *action == Action::CitedElsewhere => {
                app.notify(Notice::plain("no source is selected here"));
                Response::Consumed
            }
            ListResponse::Ignored => Response::Ignored,
            ListResponse::Consumed | ListResponse::Filtered => Response::Consumed,
            ListResponse::Close => Response::Close,
        }
    }

    /// Whether an action would do something in a list that cannot be sorted.
    pub(crate) fn can_do(&self, action: &Action) -> bool {
        match action {
            Action::Follow => self.goal().is_some(),
            Action::Sort | Action::Refuse | Action::CopyReference | Action::CitedElsewhere => false,
            _ => true,
        }
    }

    /// Takes other rows in place of these; the filter stays, and so does the selected row if its goal
    /// is still there; else the one at the same height is selected.
    pub(crate) fn resort(&mut self, rows: Vec<ListRow>, open: &OpenDocument) {
        let (goal, height) = (self.goal().cloned(), self.selected);
        self.rows = rows;
        self.folded.clear();
        if self.is_filtered() {
            self.read_rows(|goal| whole_text(open, goal));
        }
        self.refilter();
        self.select(height);
        if let Some(goal) = goal {
            self.select_goal(&goal);
        }
    }

    /// Selects the row that leads there, if it is among those that match.
    pub(crate) fn select_goal(&mut self, goal: &RowTarget) {
        let leads_there = |index: &usize| self.row(*index).is_some_and(|row| row.goal == *goal);
        if let Some(index) = (0..self.len()).find(leads_there) {
            self.select(index);
        }
    }

    pub(crate) fn filter(&self) -> &Prompt {
        &self.filter
    }

    /// Puts other text where the filter is typed. The rows stay.
    pub(crate) fn set_filter(&mut self, text: String) {
        self.filter = Prompt::new(text);
    }

    /// Whether something is typed that filters the list.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.filter.text().is_empty()
    }

    /// Whether no row matches the filter exactly, and those shown match it nearly.
    pub(crate) fn is_near_match(&self) -> bool {
        self.is_near_match
    }

    /// How many rows match the filter.
    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The selected row's place among the rows that match.
    pub(crate) fn selected(&self) -> usize {
        self.selected
    }

    /// The selected row's place among all rows.
    pub(crate) fn selected_row(&self) -> usize {
        self.shown.get(self.selected).copied().unwrap_or(0)
    }

    /// All rows, whether they match or not.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &ListRow> {
        self.rows.iter()
    }

    /// The matching row at this place.
    pub(crate) fn row(&self, index: usize) -> Option<&ListRow> {
        self.shown.get(index).and_then(|&row| self.rows.get(row))
    }

    pub(crate) fn goal(&self) -> Option<&RowTarget> {
        self.row(self.selected).map(|row| &row.goal)
    }

    /// Selects the row with a number, from 1, if nothing has been typed yet. Returns whether there
    /// is one.
    pub(crate) fn select_numbered(&mut self, text: &str) -> bool {
        let number: Option<usize> = text.parse().ok().filter(|_| !self.is_filtered());
        let row = number.and_then(|number| number.checked_sub(1));
        let row = row.filter(|&row| row < self.rows.len());
        self.selected = row.unwrap_or(self.selected);
        row.is_some()
    }

    /// Ends the filter where it is being typed, else clears it. Returns whether there was one.
    pub(crate) fn step_out_of_filter(&mut self) -> bool {
        if self.is_filtering {
            self.is_filtering = false;
        } else if self.is_filtered() {
            self.filter = Prompt::default();
            self.refilter();
        } else {
            return false;
        }
        true
    }

    pub(crate) fn select(&mut self, index: usize) {
        self.selected = index.min(self.shown.len().saturating_sub(1));
    }

    pub(crate) fn step(&mut self, motion: Motion, rows_on_screen: usize) {
        self.selected = stepped(self.selected, motion, rows_on_screen, self.shown.len());
    }

    /// Shows other rows, the first of them selected; they may match only nearly.
    pub(crate) fn replace(&mut self, rows: Vec<ListRow>, is_near_match: bool) {
        self.is_near_match = is_near_match && !rows.is_empty();
        self.shown = (0..rows.len()).collect();
        self.rows = rows;
        self.folded.clear();
        self.selected = 0;
    }

    /// Filters by more text. `whole` gives all of the text that a row is from.
    pub(crate) fn type_text(&mut self, text: &str, whole: impl Fn(&RowTarget) -> String) {
        self.read_rows(whole);
        let before = plain(self.filter.text());
        self.filter.insert(text);
        // A filter that goes on where it was matches no row that it did not match before.
        if plain(self.filter.text()).starts_with(&before) {
            self.keep_matching_of(self.shown.clone());
        } else {
            self.refilter();
        }
    }

    /// Changes the filter, or moves its cursor. Returns whether other rows may match now.
    pub(crate) fn edit(&mut self, edit: PromptEdit, whole: impl Fn(&RowTarget) -> String) -> bool {
        self.read_rows(whole);
        let before = self.filter.text().to_owned();
        self.filter.edit(edit);
        let is_changed = before != self.filter.text();
        if is_changed {
            self.refilter();
        }
        is_changed
    }

    /// Makes ready what each row is found by.
    fn read_rows(&mut self, whole: impl Fn(&RowTarget) -> String) {
        if self.folded.is_empty() {
            let folded = |row: &ListRow| row.folded(&whole(&row.goal));
            self.folded = self.rows.iter().map(folded).collect();
        }
    }

    /// Keeps the rows that hold every word of the filter; the selected row stays selected if it is one.
    fn refilter(&mut self) {
        self.keep_matching_of((0..self.rows.len()).collect());
    }

    /// The same, of those rows that can match at all.
    fn keep_matching_of(&mut self, mut rows: Vec<usize>) {
        let selected = self.shown.get(self.selected).copied();
        let filter = plain(self.filter.text());
        let words: Vec<&str> = filter.split_whitespace().collect();
        self.is_near_match = false;
        if !words.is_empty() {
            let folded = |row: usize| self.folded.get(row).map_or("", String::as_str);
            rows.retain(|&row| words.iter().all(|word| folded(row).contains(word)));
            if rows.is_empty() {
                // Nothing matches exactly: a mistyped letter is forgiven.
                let fits = |&row: &usize| words.iter().all(|word| nearly_has(folded(row), word));
                rows = (0..self.rows.len()).filter(fits).collect();
                self.is_near_match = !rows.is_empty();
            }
        }
        let names_number = filter.starts_with(|first: char| first.is_ascii_digit());
        if names_number {
            self.rank_numbered(&filter, &mut rows);
        }
        self.shown = rows;
        let selected = selected.filter(|_| !names_number);
        let kept = selected.and_then(|selected| self.shown.iter().position(|&row| row == selected));
        self.selected = kept.unwrap_or(0);
    }

    /// Whoever types a number means the row with that number first, then those whose number begins
    /// so, and only then a number somewhere in a row.
    fn rank_numbered(&self, filter: &str, rows: &mut [usize]) {
        rows.sort_by_key(|&row| {
            let folded = self.folded.get(row).map_or("", String::as_str);
            match folded.strip_prefix(filter) {
                Some(rest) if rest.starts_with(' ') => 0,
                Some(_) => 1,
                None => 2,
            }
        });
    }
}

impl ListRow {
    /// All that it is found by, as it is compared: what it shows, and the whole of what that is
    /// from.
    fn folded(&self, whole: &str) -> String {
        let below = self.below.join(" ");
        plain(&format!(
            "{} {} {} {below} {} {whole}",
            self.text, self.detail, self.within, self.also
        ))
    }
}

/// All of the text that a row of a list is from, of which it shows the beginning.
fn whole_text(open: &OpenDocument, goal: &RowTarget) -> String {
    let paper = open.document.paper();
    match goal {
        RowTarget::Place(position) => {
            let block = paper.block(position.block);
            block.map_or(String::new(), |block| block.text.clone())
        }
        RowTarget::Note(note) => {
            let blocks = paper.note(*note).map(|note| note.blocks.clone());
            let blocks = blocks.and_then(|blocks| paper.blocks.get(blocks));
            let texts = blocks.into_iter().flatten();
            let texts: Vec<&str> = texts.map(|block| block.text.as_str()).collect();
            texts.join(" ")
        }
        RowTarget::Source(source) => {
            let source = open.sources().and_then(|sources| sources.get(*source));
            source.map_or(String::new(), |source| source.text.clone())
        }
        RowTarget::OwnNote(key) => {
            let note = open.shelf.annotations.own.on(*key);
            note.map_or(String::new(), |note| note.text.clone())
        }
        RowTarget::Link(_)
        | RowTarget::File(_)
        | RowTarget::Folder(_)
        | RowTarget::Annotation(_)
        | RowTarget::Paper(_)
        | RowTarget::Action(_) => String::new(),
    }
}

/// Which of so many rows is selected after a motion.
pub(crate) fn stepped(selected: usize, motion: Motion, rows_on_screen: usize, len: usize) -> usize {
    let (direction, rows) = match motion {
        Motion::Line(direction)
        | Motion::Paragraph(direction)
        | Motion::Section(direction)
        | Motion::Sentence(direction) => (direction, 1),
        Motion::HalfScreen(direction) => (direction, rows_on_screen / 2),
        Motion::Screen(direction) => (direction, rows_on_screen),
        Motion::End(direction) => (direction, len),
    };
    let next = match direction {
        Direction::Next => selected.saturating_add(rows),
        Direction::Previous => selected.saturating_sub(rows),
    };
    next.min(len.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[&str]) -> List {
        let row = |text: &&str| ListRow::new(*text, RowTarget::Place(Position::default()));
        List::new("", rows.iter().map(row).collect(), 0)
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
    fn typing_keeps_the_rows_with_every_word_and_the_selected_row_selected() {
        let mut list = list(&["Introduction", "Method", "Discussion"]);
        list.select(2);
        list.type_text("ION disc", |_| String::new());
        check(&list, ">Discussion");
        for _ in 0..5 {
            list.edit(PromptEdit::EraseBefore, |_| String::new());
        }
        check(&list, "Introduction >Discussion");
        list.edit(PromptEdit::EraseWord, |_| String::new());
        check(&list, "Introduction Method >Discussion");
    }

    #[test]
    fn accents_and_forms_of_letters_do_not_matter() {
        let mut list = list(&["ΟΔΟΣΑ", "Møller", "Die “Straße”"]);
        list.type_text("οδοσ", |_| String::new());
        check(&list, ">ΟΔΟΣΑ");
        list.edit(PromptEdit::EraseAll, |_| String::new());
        list.type_text("MØL", |_| String::new());
        check(&list, ">Møller");
        list.edit(PromptEdit::EraseAll, |_| String::new());
        list.type_text("\"strasse", |_| String::new());
        check(&list, ">Die “Straße”");
    }

    #[test]
    fn text_set_in_before_the_filter_may_match_other_rows() {
        let mut list = list(&["ab", "ba"]);
        list.type_text("b", |_| String::new());
        list.edit(PromptEdit::Left, |_| String::new());
        list.type_text("a", |_| String::new());
        check(&list, ">ab");
    }

    #[test]
    fn a_letter_that_changes_the_one_before_it_is_no_narrower_filter() {
        let mut list = list(&["\u{304c}ん"]);
        list.type_text("\u{304b}", |_| String::new());
        check(&list, "");
        list.type_text("\u{3099}", |_| String::new());
        check(&list, ">\u{304c}ん");
    }

    #[test]
    fn a_row_is_found_by_all_that_it_stands_for() {
        let mut list = list(&["Introduction", "Method"]);
        list.type_text("hidden", |_| "what is hidden".to_owned());
        check(&list, ">Introduction Method");
    }

    #[test]
    fn a_mistyped_letter_is_forgiven_where_nothing_matches_exactly() {
        let mut list = list(&["Alexander Gabuev", "Method", "Gabled"]);
        list.type_text("gabe", |_| String::new());
        check(&list, ">Alexander Gabuev Gabled");
        assert!(list.is_near_match());
        list.type_text("uv", |_| String::new());
        check(&list, ">Alexander Gabuev");
        list.edit(PromptEdit::EraseAll, |_| String::new());
        list.type_text("gabu", |_| String::new());
        check(&list, ">Alexander Gabuev");
        assert!(!list.is_near_match());
        list.edit(PromptEdit::EraseAll, |_| String::new());
        list.type_text("mte", |_| String::new());
        check(&list, "");
        assert!(!list.is_near_match());
    }

    #[test]
    fn a_number_means_the_row_that_has_it() {
        let mut list = list(&["3  twice 8", "80  eighty", "8  eight"]);
        list.type_text("8", |_| String::new());
        check(&list, ">8  eight 80  eighty 3  twice 8");
    }

    #[test]
    fn the_selected_row_never_leaves_the_list() {
        let mut list = list(&["a", "b"]);
        list.step(Motion::Screen(Direction::Next), 10);
        check(&list, "a >b");
        list.type_text("nothing like it", |_| String::new());
        check(&list, "");
        assert_eq!(list.goal(), None);
        list.step(Motion::Line(Direction::Next), 10);
        assert_eq!(list.goal(), None);
    }
}
