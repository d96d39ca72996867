//! The prompt of a search: while the pattern is typed the page goes along, or a list of the matches
//! is shown; Enter stays there, Esc comes back.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Overlay, Response};
use crate::paper::Position;
use crate::reader::action::{Action, ClickTarget, Direction, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, matches, search};
use crate::reader::keys::keymap::Context;
use crate::reader::open::finder::{ActiveSearch, Pattern};
use crate::reader::open::view::SavedView;
use crate::reader::overlays::list;
use crate::reader::overlays::note::popup::NotePopup;
use crate::reader::overlays::prompt::{Prompt, PromptEdit};
use crate::search::{Mode, Query};

/// A search that is being typed.
#[derive(Debug)]
pub(crate) struct SearchPrompt {
    pub(crate) prompt: Prompt,
    pub(crate) mode: Mode,
    /// Why the pattern cannot be searched for. What was found before stays then.
    pub(crate) fault: Option<String>,
    matches: MatchView,
    before: BeforeSearch,
    /// How many searches ago the pattern was searched for that was called up; 0 if none was.
    recalled: usize,
    /// What was typed before a pattern was called up.
    typed: Pattern,
}

/// How the matches are shown while the pattern is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MatchView {
    /// On the page, which goes along.
    Page,
    /// As a list; the row is selected of the match at the position, or next after it.
    List(Position),
    /// The same, with a match in the reader's own notes selected, by its place among those.
    Own(usize),
}

/// What is come back to when a search is given up.
#[derive(Debug)]
struct BeforeSearch {
    place: SavedView,
    /// The first position on the screen.
    top: Position,
    seam: Option<Position>,
    active: Option<ActiveSearch>,
}

impl SearchPrompt {
    /// Asks for a pattern, and follows it on the page.
    pub(crate) fn open(app: &mut App) -> Response {
        Response::open(SearchPrompt::new(Pattern::default(), MatchView::Page, app))
    }

    /// Lists all matches of what was searched for last; the pattern can be typed on.
    pub(crate) fn open_matches(app: &mut App) -> Response {
        let pattern = app.open.finder.pattern().unwrap_or_default();
        let from = position_among_matches(app);
        let mut search = SearchPrompt::new(pattern, MatchView::List(from), app);
        search.search_anew(app);
        Response::open(search)
    }

    fn new(pattern: Pattern, matches: MatchView, app: &mut App) -> Self {
        app.open.finder.prepare();
        let before = BeforeSearch {
            place: app.open.view.save(),
            top: app.open.view.top(),
            seam: app.open.view.page_break(),
            active: app.open.finder.replace(None),
        };
        SearchPrompt {
            prompt: Prompt::new(pattern.text.clone()),
            mode: pattern.mode,
            fault: None,
            matches,
            before,
            recalled: 0,
            typed: pattern,
        }
    }

    /// Which row of the list of matches is selected; none while they are shown on the page.
    pub(crate) fn selected(&self, app: &App) -> Option<usize> {
        match self.matches {
            MatchView::Page => None,
            MatchView::List(_) if app.open.finder.len() == 0 => Some(0),
            MatchView::List(selected) => Some(app.open.finder.index_from(selected)),
            MatchView::Own(selected) => Some(app.open.finder.len() + selected),
        }
    }

    fn select(&mut self, index: usize, app: &App) {
        if let Some(found) = app.open.finder.nth(index) {
            self.matches = MatchView::List(found.passage.start);
        } else if let Some(own) = index.checked_sub(app.open.finder.len())
            && own < app.open.finder.own().len()
        {
            self.matches = MatchView::Own(own);
        }
    }

    /// How many matches there are so far, in the paper and in the reader's own notes.
    pub(crate) fn len(&self, app: &App) -> usize {
        app.open.finder.len() + app.open.finder.own().len()
    }

    fn step(&mut self, motion: Motion, app: &App) {
        if let Some(selected) = self.selected(app) {
            let rows = app.geometry().box_rows();
            let next = list::stepped(selected, motion, rows, self.len(app));
            self.select(next, app);
        }
    }

    fn type_text(&mut self, text: &str, app: &mut App) {
        self.prompt.insert(text);
        self.recalled = 0;
        self.search_anew(app);
    }

    fn edit(&mut self, edit: PromptEdit, app: &mut App) {
        let before = self.prompt.text().len();
        self.prompt.edit(edit);
        if self.prompt.text().len() != before {
            self.recalled = 0;
            self.search_anew(app);
        }
    }

    /// Takes the pattern as a regular expression, or as plain text again.
    fn toggle_regex(&mut self, app: &mut App) {
        self.mode = match self.mode {
            Mode::Plain => Mode::Regex,
            Mode::Regex => Mode::Plain,
        };
        self.search_anew(app);
    }

    /// Puts a pattern that was searched for before, or one after that, into the prompt.
    fn recall(&mut self, direction: Direction, app: &mut App) {
        let recalled = match direction {
            Direction::Previous => self.recalled + 1,
            Direction::Next => self.recalled.saturating_sub(1),
        };
        if self.recalled == 0 {
            self.typed = Pattern {
                text: self.prompt.text().to_owned(),
                mode: self.mode,
            };
        }
        let typed = Some(&self.typed).filter(|_| recalled == 0);
        let Some(pattern) = typed.or_else(|| app.open.finder.past(recalled)).cloned() else {
            return;
        };
        self.prompt = Prompt::new(pattern.text);
        (self.mode, self.recalled) = (pattern.mode, recalled);
        self.search_anew(app);
    }

    /// Searches for what is in the prompt. A pattern that cannot be searched for leaves what was
    /// found before.
    fn search_anew(&mut self, app: &mut App) {
        let text = self.prompt.text();
        let from = match self.matches {
            MatchView::Page => self.before.top,
            MatchView::List(selected) => selected,
            MatchView::Own(_) => app.open.view.top(),
        };
        if let MatchView::Own(_) = self.matches {
            self.matches = MatchView::List(from);
        }
        match Query::parse(text, self.mode) {
            Err(error) => self.fault = Some(error.to_string()),
            Ok(_) if text.is_empty() => {
                self.fault = None;
                app.open.finder.replace(None);
                self.show_found(None, app);
            }
            Ok(query) => {
                self.fault = None;
                let own = app.open.shelf.annotations.own.find(query.clone());
                let found = app.open.finder.begin(query, own, from);
                self.show_found(found, app);
            }
        }
    }

    /// Searches on, and goes to the match that was waited for.
    fn work(&self, app: &mut App) {
        let was_awaited = app.open.finder.is_awaited();
        let found = app.open.finder.work();
        if was_awaited {
            self.show_found(found, app);
        }
    }

    /// Shows a match that was found while the pattern is typed, or where the search began if
    /// there is none.
    fn show_found(&self, found: Option<Position>, app: &mut App) {
        let is_awaited = found.is_none() && app.open.finder.is_awaited();
        if self.matches != MatchView::Page || is_awaited {
            return;
        }
        app.open.view.return_to(self.before.place);
        app.open.view.set_page_break(self.before.seam);
        if let Some(found) = found {
            app.open.view.reveal(found);
        }
    }

    /// Stays where the search has led.
    fn stay(&mut self, app: &mut App) -> Response {
        if self.fault.is_some() {
            return Response::Consumed;
        }
        if self.prompt.text().is_empty() {
            return self.give_up(app);
        }
        let finder = &mut app.open.finder;
        let chosen = match self.matches {
            MatchView::Page => finder.current().map(|current| current.start),
            MatchView::List(_) if finder.len() == 0 => return self.open_own(0, app),
            MatchView::List(selected) => finder.choose(finder.index_from(selected)),
            MatchView::Own(selected) => return self.open_own(selected, app),
        };
        finder.keep();
        match chosen {
            Some(chosen) => {
                app.open.view.return_to(self.before.place);
                app.land(chosen);
                Response::Close
            }
            None if !app.open.finder.own().is_empty() => {
                app.notify(Notice::plain("only in your notes; {matches} lists them"));
                self.open_own(app.open.finder.first_own_from(self.before.top), app)
            }
            None => Response::Close,
        }
    }

    /// Opens the note of the reader's that a match is in.
    fn open_own(&mut self, index: usize, app: &mut App) -> Response {
        let Some(found) = app.open.finder.choose_own(index) else {
            return Response::Consumed;
        };
        app.open.finder.keep();
        app.open.view.return_to(self.before.place);
        match NotePopup::open_found(found, app) {
            Some(popup) => Response::Replace(Box::new(popup)),
            None => Response::Close,
        }
    }

    /// Comes back to where the search began.
    fn give_up(&mut self, app: &mut App) -> Response {
        let before = &mut self.before;
        app.open.finder.replace(before.active.take());
        app.open.view.return_to(before.place);
        app.open.view.set_page_break(before.seam);
        app.open.view.choose(before.place.chosen);
        Response::Close
    }
}

impl Overlay for SearchPrompt {
    fn context(&self) -> Context {
        match self.matches {
            MatchView::Page => Context::Search,
            MatchView::List(_) | MatchView::Own(_) => Context::Matches,
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Type(_) | Action::Paste(_) => {
                let text = action.text().unwrap_or_default();
                self.type_text(&text, app);
            }
            Action::Edit(edit) => self.edit(*edit, app),
            Action::Regex => self.toggle_regex(app),
            Action::Recall(direction) => self.recall(*direction, app),
            Action::Move(motion) => self.step(*motion, app),
            Action::Follow => return self.stay(app),
            Action::Click(ClickTarget::Row(index)) => {
                self.select(*index, app);
                return self.stay(app);
            }
            Action::Click(ClickTarget::Inside) => {}
            Action::Close | Action::Click(_) => return self.give_up(app),
            Action::Work if app.open.finder.has_work() => self.work(app),
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        if self.matches != MatchView::Page {
            matches::draw(app, self, buffer, clicks);
        }
    }

    fn draw_footer(
        &self,
        app: &App,
        area: Rect,
        keys: &dyn Fn(usize) -> Line<'static>,
        buffer: &mut Buffer,
        clicks: &mut ClickMap,
    ) -> bool {
        let is_on_page = self.matches == MatchView::Page;
        if is_on_page {
            search::draw_prompt(app, self, area, keys, buffer, clicks);
        }
        is_on_page
    }
}

/// Where the reader is: at the current match if it is in sight, else at the page's top.
fn position_among_matches(app: &App) -> Position {
    let current = app.open.finder.current().map(|current| current.start);
    let in_sight = current.filter(|&current| app.open.view.is_visible(current));
    in_sight.unwrap_or_else(|| app.open.view.top())
}
