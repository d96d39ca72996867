//! Searching: while the pattern is typed the page goes along; Enter stays there, Esc comes back.

use std::time::Instant;

use super::{Overlay, State};
use crate::paper::Position;
use crate::reader::action::{Direction, Motion, Notice};
use crate::reader::app::App;
use crate::reader::finder::{Hunt, Pattern};
use crate::reader::list;
use crate::reader::open::Lit;
use crate::reader::prompt::{Edit, Prompt};
use crate::reader::view::Place;
use crate::search::{Mode, Query};

/// A search that is being typed.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) prompt: Prompt,
    pub(crate) mode: Mode,
    /// Why the pattern cannot be searched for. What was found before stays then.
    pub(crate) fault: Option<String>,
    pub(crate) shows: Shows,
    before: Before,
    /// How many searches ago the pattern was kept that was called up; 0 if none was.
    ago: usize,
    /// What was typed before a pattern was called up.
    own: Pattern,
}

/// How the matches are shown while the pattern is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// On the page, which goes along.
    Page,
    /// As a list; the row is lit of the match at the position, or next after it.
    List(Position),
}

/// What is come back to when a search is given up.
#[derive(Debug, Clone)]
struct Before {
    place: Place,
    /// The first position on the screen.
    top: Position,
    seam: Option<Position>,
    hunt: Option<Hunt>,
}

impl Asking {
    /// Which row of the list of matches is lit; none while the matches are shown on the page.
    pub(crate) fn lit_match(&self, app: &App) -> Option<usize> {
        match self.shows {
            Shows::Page => None,
            Shows::List(lit) => Some(app.open.finder.index_from(lit)),
        }
    }
}

impl State {
    /// The search that is being typed.
    pub(crate) fn asking(&self) -> Option<&Asking> {
        match self.overlays.last() {
            Some(Overlay::Search(asking)) => Some(asking),
            _ => None,
        }
    }

    fn asking_mut(&mut self) -> Option<&mut Asking> {
        match self.overlays.last_mut() {
            Some(Overlay::Search(asking)) => Some(asking),
            _ => None,
        }
    }

    /// Whether there is something to do while no key is pressed.
    pub(crate) fn has_work(&self) -> bool {
        self.app.open.view.is_walking() || self.app.open.finder.has_work()
    }

    /// Asks for a pattern, and follows it on the page.
    pub(super) fn open_search(&mut self) {
        self.close_notes();
        self.ask(Pattern::default(), Shows::Page);
    }

    /// The list of all matches of what was searched for last; the pattern can be typed on.
    pub(super) fn open_matches(&mut self) {
        let pattern = self.app.open.finder.pattern().unwrap_or_default();
        let from = self.position_among_matches();
        self.ask(pattern, Shows::List(from));
        self.search_anew();
    }

    fn ask(&mut self, pattern: Pattern, shows: Shows) {
        self.app.open.finder.prepare();
        let before = Before {
            place: self.app.open.view.place(),
            top: self.app.open.view.top(),
            seam: self.app.open.view.seam(),
            hunt: self.app.open.finder.replace(None),
        };
        self.overlays.push(Overlay::Search(Box::new(Asking {
            prompt: Prompt::new(pattern.text.clone()),
            mode: pattern.mode,
            fault: None,
            shows,
            before,
            ago: 0,
            own: pattern,
        })));
    }

    pub(super) fn type_pattern(&mut self, text: &str) {
        if let Some(asking) = self.asking_mut() {
            asking.prompt.insert(text);
            asking.ago = 0;
        }
        self.search_anew();
    }

    pub(super) fn edit_pattern(&mut self, edit: Edit) {
        let Some(asking) = self.asking_mut() else {
            return;
        };
        let before = asking.prompt.text().len();
        asking.prompt.edit(edit);
        if asking.prompt.text().len() != before {
            asking.ago = 0;
            self.search_anew();
        }
    }

    /// Takes the pattern as a regular expression, or as plain text again.
    pub(super) fn toggle_regex(&mut self) {
        if let Some(asking) = self.asking_mut() {
            asking.mode = match asking.mode {
                Mode::Plain => Mode::Regex,
                Mode::Regex => Mode::Plain,
            };
        }
        self.search_anew();
    }

    /// Puts a pattern that was searched for before, or one after that, into the prompt.
    pub(super) fn recall(&mut self, direction: Direction) {
        let Some(Overlay::Search(asking)) = self.overlays.last_mut() else {
            return;
        };
        let ago = match direction {
            Direction::Previous => asking.ago + 1,
            Direction::Next => asking.ago.saturating_sub(1),
        };
        if asking.ago == 0 {
            asking.own = Pattern {
                text: asking.prompt.text().to_owned(),
                mode: asking.mode,
            };
        }
        let own = Some(&asking.own).filter(|_| ago == 0);
        let Some(pattern) = own.or_else(|| self.app.open.finder.past(ago)).cloned() else {
            return;
        };
        asking.prompt = Prompt::new(pattern.text);
        (asking.mode, asking.ago) = (pattern.mode, ago);
        self.search_anew();
    }

    /// Searches for what stands in the prompt. A pattern that cannot be searched for leaves what
    /// was found before.
    fn search_anew(&mut self) {
        let Some(asking) = self.asking_mut() else {
            return;
        };
        let (text, top) = (asking.prompt.text(), asking.before.top);
        let from = match asking.shows {
            Shows::Page => top,
            Shows::List(lit) => lit,
        };
        match Query::parse(text, asking.mode) {
            Err(error) => asking.fault = Some(error.to_string()),
            Ok(_) if text.is_empty() => {
                asking.fault = None;
                self.app.open.finder.replace(None);
                self.show_found(None);
            }
            Ok(query) => {
                asking.fault = None;
                let found = self.app.open.finder.begin(query, from);
                self.show_found(found);
            }
        }
    }

    /// Goes on searching, and to the match that was waited for.
    pub(super) fn work(&mut self, now: Instant) {
        if self.app.open.view.is_walking() {
            self.app.open.view.walk_on();
            return self.app.open.view.forget_what_left();
        }
        let was_awaited = self.app.open.finder.is_awaited();
        match self.app.open.finder.work() {
            _ if !was_awaited => {}
            found if self.asking().is_some() => self.show_found(found),
            Some(found) => self.land(found, now),
            None => {}
        }
    }

    /// Shows a match that was found while the pattern is typed, or where the search began if
    /// there is none.
    fn show_found(&mut self, found: Option<Position>) {
        let Some(asking) = self.asking() else { return };
        if asking.shows != Shows::Page || (found.is_none() && self.app.open.finder.is_awaited()) {
            return;
        }
        let (place, seam) = (asking.before.place, asking.before.seam);
        self.app.open.view.return_to(place);
        self.app.open.view.mark_seam(seam);
        if let Some(found) = found {
            self.app.open.view.reveal(found);
        }
    }

    /// Stays where the search has led.
    pub(super) fn keep_search(&mut self, now: Instant) {
        let Some(asking) = self.asking() else { return };
        if asking.fault.is_some() {
            return;
        }
        if asking.prompt.text().is_empty() {
            return self.close(now);
        }
        let chosen = match asking.shows {
            Shows::Page => self.app.open.finder.current().map(|current| current.start),
            Shows::List(_) if self.app.open.finder.len() == 0 => return,
            Shows::List(lit) => self
                .app
                .open
                .finder
                .choose(self.app.open.finder.index_from(lit)),
        };
        let place = asking_place(self);
        self.overlays.pop();
        self.app.open.finder.keep();
        if let (Some(place), Some(chosen)) = (place, chosen) {
            self.app.open.view.return_to(place);
            self.land(chosen, now);
        }
    }

    /// Comes back to where the search began.
    pub(super) fn give_up_search(&mut self, asking: Asking) {
        let before = asking.before;
        self.app.open.finder.replace(before.hunt);
        self.app.open.view.return_to(before.place);
        self.app.open.view.mark_seam(before.seam);
        self.app.open.view.choose(before.place.chosen);
    }

    /// Goes to the next match, or the one before, so many times.
    pub(super) fn step_match(&mut self, direction: Direction, count: Option<u32>, now: Instant) {
        if self.app.open.finder.pattern().is_none() {
            let text = "nothing to repeat yet; press / to search";
            self.app.notice = Some(Notice::plain(text));
            return;
        }
        let times = count.map_or(1, |count| count as usize);
        let current = self.app.open.finder.current();
        let is_at_current =
            current.is_some_and(|current| self.app.open.view.is_in_sight(current.start));
        let top = self.app.open.view.top();
        if let Some(found) = self
            .app
            .open
            .finder
            .step(direction, times, top, is_at_current)
        {
            self.land(found, now);
        }
    }

    /// Moves the lit row of the list of matches.
    pub(super) fn step_in_matches(&mut self, motion: Motion, rows: usize) {
        let Some(lit) = self.asking().and_then(|asking| asking.lit_match(&self.app)) else {
            return;
        };
        let next = list::stepped(lit, motion, rows, self.app.open.finder.len());
        self.light_match(next);
    }

    pub(super) fn light_match(&mut self, index: usize) {
        let found = self.app.open.finder.nth(index);
        if let (Some(asking), Some(found)) = (self.asking_mut(), found) {
            asking.shows = Shows::List(found.passage.start);
        }
    }

    /// Goes to a match, and lights its line. Where it was out of sight, back leads to where the
    /// reader was.
    fn land(&mut self, found: Position, now: Instant) {
        let before = self.app.open.view.place();
        if !self.app.open.view.is_in_sight(found) {
            self.app.open.history.leave(before);
        }
        self.app.open.view.reveal(found);
        self.app.open.view.forget_what_left();
        self.light(Lit::Line(found), now);
    }

    /// Where the reader is: at the current match if it is in sight, else at the page's top.
    fn position_among_matches(&self) -> Position {
        let current = self.app.open.finder.current().map(|current| current.start);
        let in_sight = current.filter(|&current| self.app.open.view.is_in_sight(current));
        in_sight.unwrap_or_else(|| self.app.open.view.top())
    }
}

/// Where the search that is being typed began.
fn asking_place(state: &State) -> Option<Place> {
    state.asking().map(|asking| asking.before.place)
}
