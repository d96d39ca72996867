//! The help over the text, and searching in it.

use super::{Overlay, State};
use crate::reader::action::{Direction, Motion, Notice};
use crate::reader::app::App;
use crate::reader::help::{self, HelpLine, HelpPlace};
use crate::reader::keymap::Context;
use crate::reader::prompt::{Edit, Prompt};

/// The help as it is open.
#[derive(Debug, Clone)]
pub(crate) struct HelpPage {
    /// Where it was asked for.
    pub(crate) from: Context,
    /// What the reader put in the first row.
    pub(crate) first: HelpPlace,
    pub(crate) search: Option<HelpSearch>,
}

/// What the help is searched for.
#[derive(Debug, Clone, Default)]
pub(crate) struct HelpSearch {
    pub(crate) prompt: Prompt,
    pub(crate) is_typing: bool,
    /// The match that the reader is at.
    pub(crate) current: Option<HelpPlace>,
    /// What was in the first row before.
    before: HelpPlace,
}

impl HelpPage {
    pub(super) fn context(&self) -> Context {
        match self.search.as_ref().is_some_and(|search| search.is_typing) {
            true => Context::HelpSearch,
            false => Context::Help,
        }
    }

    /// The lines, and how many of them are scrolled out at the top: as many as the reader has
    /// scrolled, but none that would leave a row blank below.
    pub(crate) fn lay_out(&self, app: &App) -> (Vec<HelpLine>, usize) {
        let geometry = app.geometry();
        let lines = help::lines(self.from, geometry.help_columns());
        let most = lines.len().saturating_sub(geometry.box_rows());
        let scrolled = help::line_of(&lines, self.first).min(most);
        (lines, scrolled)
    }

    /// Where the help says what it is searched for, in order.
    pub(crate) fn found(&self, app: &App) -> Vec<HelpPlace> {
        let pattern = self.search.as_ref().map(|search| search.prompt.text());
        let lines = help::lines(self.from, app.geometry().help_columns());
        help::found(&lines, pattern.unwrap_or_default())
    }
}

impl State {
    /// Opens the help; where it is open, the same key closes it.
    pub(super) fn open_help(&mut self) {
        if let Some(Overlay::Help(_)) = self.overlays.last() {
            self.overlays.pop();
            return;
        }
        // A search that is being typed waits, and does not move the page meanwhile.
        self.app.open.finder.interrupt();
        self.overlays.push(Overlay::Help(HelpPage {
            from: self.context(),
            first: HelpPlace::default(),
            search: None,
        }));
    }

    fn help_page(&self) -> Option<&HelpPage> {
        match self.overlays.last() {
            Some(Overlay::Help(page)) => Some(page),
            _ => None,
        }
    }

    fn help_page_mut(&mut self) -> Option<&mut HelpPage> {
        match self.overlays.last_mut() {
            Some(Overlay::Help(page)) => Some(page),
            _ => None,
        }
    }

    /// What the help is searched for while that is typed.
    pub(crate) fn search_typed_in_help(&self) -> Option<(&HelpPage, &HelpSearch)> {
        let page = self.help_page()?;
        let search = page.search.as_ref().filter(|search| search.is_typing)?;
        Some((page, search))
    }

    pub(super) fn has_searched_help(&self) -> bool {
        let search = self.help_page().and_then(|page| page.search.as_ref());
        search.is_some_and(|search| search.current.is_some())
    }

    pub(super) fn scroll_help(&mut self, motion: Motion, rows: usize) {
        let Some(page) = self.help_page() else {
            return;
        };
        let (lines, scrolled) = page.lay_out(&self.app);
        let most = lines.len().saturating_sub(rows);
        let first = motion.scrolled(scrolled, rows).min(most);
        let first = lines.get(first).map(|line| line.place);
        if let (Some(page), Some(first)) = (self.help_page_mut(), first) {
            page.first = first;
        }
    }

    /// Asks what to search the help for.
    pub(super) fn ask_in_help(&mut self) {
        if let Some(page) = self.help_page_mut() {
            page.search = Some(HelpSearch {
                is_typing: true,
                before: page.first,
                ..HelpSearch::default()
            });
        }
    }

    pub(super) fn type_in_help(&mut self, text: &str) {
        self.change_search_in_help(|prompt| prompt.insert(text));
    }

    pub(super) fn edit_in_help(&mut self, edit: Edit) {
        self.change_search_in_help(|prompt| prompt.edit(edit));
    }

    /// Changes what is typed, and shows the first match from where the search began.
    fn change_search_in_help(&mut self, change: impl FnOnce(&mut Prompt)) {
        let page = self.help_page_mut();
        let search = page.and_then(|page| page.search.as_mut());
        let Some(search) = search.filter(|search| search.is_typing) else {
            return;
        };
        change(&mut search.prompt);
        let before = search.before;
        let found = self.help_page().map(|page| page.found(&self.app));
        let found = found.unwrap_or_default();
        let after = found.iter().find(|&&place| place >= before);
        self.show_in_help(after.or(found.first()).copied(), before);
    }

    /// Goes to the next match in the help, or the one before; on from the last to the first.
    pub(super) fn step_in_help(&mut self, direction: Direction) {
        let Some(page) = self.help_page() else { return };
        let Some(search) = &page.search else {
            self.app.notice = Some(Notice::plain("nothing to repeat yet; press / to search"));
            return;
        };
        let (found, first) = (page.found(&self.app), page.first);
        let at = search.current.unwrap_or(first);
        let next = match direction {
            Direction::Next => found.iter().find(|&&place| place > at).or(found.first()),
            Direction::Previous => found.iter().rfind(|&&place| place < at).or(found.last()),
        };
        if next.is_none() {
            self.app.notice = Some(Notice::plain("nothing matches"));
        }
        self.show_in_help(next.copied(), first);
    }

    /// Puts a match in the help's first row; where there is none, another place.
    fn show_in_help(&mut self, found: Option<HelpPlace>, otherwise: HelpPlace) {
        if let Some(page) = self.help_page_mut() {
            page.first = found.unwrap_or(otherwise);
            if let Some(search) = &mut page.search {
                search.current = found;
            }
        }
    }

    /// Stays at the match that was searched for.
    pub(super) fn keep_search_in_help(&mut self) {
        if let Some(page) = self.help_page_mut() {
            let search = page.search.take();
            let search = search.filter(|search| !search.prompt.text().is_empty());
            page.search = search.map(|search| HelpSearch {
                is_typing: false,
                ..search
            });
        }
    }

    /// Comes back to where a search began that is being typed. Returns whether one was.
    pub(super) fn give_up_search_in_help(&mut self) -> bool {
        let Some(page) = self.help_page_mut() else {
            return false;
        };
        match page.search.take_if(|search| search.is_typing) {
            Some(search) => {
                page.first = search.before;
                true
            }
            None => false,
        }
    }
}
