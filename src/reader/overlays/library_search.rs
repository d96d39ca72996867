//! A search of all papers that have been read, and of what was kept of them: matches as they are
//! found, by paper; Enter opens the paper there, Esc leaves.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::paper::clean;
use crate::reader::action::{Action, ClickTarget, Effect, Motion};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, library_search};
use crate::reader::keys::keymap::Context;
use crate::reader::library_search::{LibraryMatch, LibraryNews, LibraryProgress, LibraryQuery};
use crate::reader::open::finder::Pattern;
use crate::reader::overlays::list::{self, RowTarget};
use crate::reader::overlays::prompt::{Prompt, PromptEdit};
use crate::search::{Mode, Query};

/// A search of all papers that is being typed.
#[derive(Debug)]
pub(crate) struct LibrarySearch {
    pub(crate) prompt: Prompt,
    pub(crate) mode: Mode,
    /// Why the pattern cannot be searched for. What was found before stays then.
    pub(crate) fault: Option<String>,
    /// The number of the search whose matches are wanted.
    number: u64,
    /// Whether those that are shown are of a search before it.
    is_stale: bool,
    pub(crate) matches: Vec<LibraryMatch>,
    pub(crate) progress: LibraryProgress,
    pub(crate) selected: usize,
}

/// What a search of all papers was left with, to be gone on with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LeftSearch {
    pattern: Pattern,
    selected: usize,
    number: u64,
}

impl LibrarySearch {
    /// Opens the search, with what was searched for last.
    pub(crate) fn open(app: &mut App) -> Response {
        let left = app.left_search.clone();
        let mut search = LibrarySearch {
            prompt: Prompt::new(left.pattern.text),
            mode: left.pattern.mode,
            fault: None,
            number: left.number,
            is_stale: false,
            matches: Vec::new(),
            progress: LibraryProgress::default(),
            selected: left.selected,
        };
        search.ask(true, app);
        Response::open(search)
    }

    fn pattern(&self) -> Pattern {
        Pattern {
            text: self.prompt.text().to_owned(),
            mode: self.mode,
        }
    }

    /// Searches for what is typed now.
    fn search_anew(&mut self, app: &mut App) {
        self.selected = 0;
        self.ask(false, app);
    }

    fn ask(&mut self, lists_anew: bool, app: &mut App) {
        let pattern = self.pattern();
        self.fault = match Query::parse(&pattern.text, pattern.mode) {
            Err(error) => Some(error.to_string()),
            Ok(_) => None,
        };
        if self.fault.is_some() {
            return;
        }
        self.number += 1;
        self.is_stale = true;
        self.progress = LibraryProgress::default();
        if pattern.text.is_empty() {
            self.matches.clear();
        }
        self.leave(app);
        app.request(Effect::SearchLibrary(LibraryQuery {
            pattern,
            number: self.number,
            columns: library_search::match_columns(app),
            lists_anew,
        }));
    }

    /// Remembers where the search is left.
    fn leave(&self, app: &mut App) {
        app.left_search = LeftSearch {
            pattern: self.pattern(),
            selected: self.selected,
            number: self.number,
        };
    }

    /// Takes what was found since. Of the search before, matches stay until there are others.
    fn take(&mut self, LibraryNews(news): &LibraryNews) {
        if news.number != self.number {
            return;
        }
        if self.is_stale {
            self.matches.clear();
            self.is_stale = false;
        }
        self.matches.extend_from_slice(&news.matches);
        self.progress = news.progress;
    }

    /// Stops a search whose matches are not wanted any more.
    fn stop(&mut self, app: &mut App) {
        self.number += 1;
        self.leave(app);
        app.request(Effect::StopLibrarySearch);
    }

    fn step(&mut self, motion: Motion, app: &App) {
        let rows = app.geometry().box_rows();
        self.selected = list::stepped(self.selected(), motion, rows, self.matches.len());
    }

    /// The selected row, which may not have been found yet.
    pub(crate) fn selected(&self) -> usize {
        self.selected.min(self.matches.len().saturating_sub(1))
    }

    fn choose(&mut self, index: usize, app: &mut App) -> Response {
        let Some(found) = self.matches.get(index).filter(|_| !self.is_stale) else {
            return Response::Consumed;
        };
        let goal = RowTarget::File(found.request.clone());
        self.selected = index;
        self.number += 1;
        self.leave(app);
        Response::GoTo(goal)
    }

    fn type_text(&mut self, text: &str, app: &mut App) {
        self.prompt.insert(&clean(text));
        self.search_anew(app);
    }

    fn edit(&mut self, edit: PromptEdit, app: &mut App) {
        let before = self.prompt.text().len();
        self.prompt.edit(edit);
        if self.prompt.text().len() != before {
            self.search_anew(app);
        }
    }

    fn toggle_regex(&mut self, app: &mut App) {
        self.mode = match self.mode {
            Mode::Plain => Mode::Regex,
            Mode::Regex => Mode::Plain,
        };
        self.search_anew(app);
    }
}

impl Overlay for LibrarySearch {
    fn context(&self) -> Context {
        Context::Matches
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::TakeLibraryNews(news) => self.take(news),
            Action::Type(_) | Action::Paste(_) => {
                let text = action.text().unwrap_or_default();
                self.type_text(&text, app);
            }
            Action::Edit(edit) => self.edit(*edit, app),
            Action::Regex => self.toggle_regex(app),
            Action::Move(motion) => self.step(*motion, app),
            Action::Follow => return self.choose(self.selected(), app),
            Action::Click(ClickTarget::Row(index)) => return self.choose(*index, app),
            Action::Click(ClickTarget::Inside) => {}
            Action::Close | Action::Click(_) => {
                self.stop(app);
                return Response::Close;
            }
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        *action != Action::Follow || !self.matches.is_empty()
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        library_search::draw(app, self, buffer, clicks);
    }

    fn leads_away(&self) -> bool {
        true
    }
}
