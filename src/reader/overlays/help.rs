//! The help over the text, and searching in it.

pub(crate) mod lines;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Direction, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, help as drawing};
use crate::reader::keys::keymap::Context;
use crate::reader::overlays::help::lines::{HelpLine, HelpPlace};
use crate::reader::overlays::prompt::Prompt;

/// The help as it is open.
#[derive(Debug)]
pub(crate) struct HelpPage {
    /// Where it was asked for.
    from: Context,
    /// What the reader put in the first row.
    first: HelpPlace,
    pub(crate) search: Option<HelpSearch>,
}

/// What the help is searched for.
#[derive(Debug, Default)]
pub(crate) struct HelpSearch {
    pub(crate) prompt: Prompt,
    is_typing: bool,
    /// The match that the reader is at.
    pub(crate) current: Option<HelpPlace>,
    /// What was in the first row before.
    before: HelpPlace,
}

impl HelpPage {
    pub(crate) fn new(from: Context) -> Self {
        HelpPage {
            from,
            first: HelpPlace::default(),
            search: None,
        }
    }

    /// The lines, and how many of them are scrolled out at the top: as many as the reader has
    /// scrolled, but none that would leave a row blank below.
    pub(crate) fn lay_out(&self, app: &App) -> (Vec<HelpLine>, usize) {
        let geometry = app.geometry();
        let lines = lines::lines(&app.keymap, self.from, geometry.help_columns());
        let most = lines.len().saturating_sub(geometry.box_rows());
        let scrolled = lines::line_of(&lines, self.first).min(most);
        (lines, scrolled)
    }

    /// Where the help has what it is searched for, in order.
    pub(crate) fn found(&self, app: &App) -> Vec<HelpPlace> {
        let pattern = self.search.as_ref().map(|search| search.prompt.text());
        let lines = lines::lines(&app.keymap, self.from, app.geometry().help_columns());
        lines::found(&lines, pattern.unwrap_or_default())
    }

    /// The search while it is being typed.
    fn typed_search(&self) -> Option<&HelpSearch> {
        self.search.as_ref().filter(|search| search.is_typing)
    }

    fn scroll(&mut self, motion: Motion, app: &App) {
        let rows = app.geometry().box_rows();
        let (lines, scrolled) = self.lay_out(app);
        let most = lines.len().saturating_sub(rows);
        let first = motion.scrolled(scrolled, rows).min(most);
        if let Some(first) = lines.get(first) {
            self.first = first.place;
        }
    }

    /// Asks what to search the help for.
    fn ask(&mut self) {
        self.search = Some(HelpSearch {
            is_typing: true,
            before: self.first,
            ..HelpSearch::default()
        });
    }

    /// Changes what is typed, and shows the first match from where the search began.
    fn change_search(&mut self, app: &App, change: impl FnOnce(&mut Prompt)) {
        let Some(search) = self.search.as_mut().filter(|search| search.is_typing) else {
            return;
        };
        change(&mut search.prompt);
        let before = search.before;
        let found = self.found(app);
        let after = found.iter().find(|&&place| place >= before);
        self.show(after.or(found.first()).copied(), before);
    }

    /// Goes to the next match, or the one before; on from the last to the first.
    fn step_match(&mut self, direction: Direction, app: &mut App) {
        let Some(search) = &self.search else {
            app.notify(Notice::plain(
                "nothing to repeat yet; press {search} to search",
            ));
            return;
        };
        let (found, first) = (self.found(app), self.first);
        let at = search.current.unwrap_or(first);
        let next = match direction {
            Direction::Next => found.iter().find(|&&place| place > at).or(found.first()),
            Direction::Previous => found.iter().rfind(|&&place| place < at).or(found.last()),
        };
        if next.is_none() {
            app.notify(Notice::plain("nothing matches"));
        }
        self.show(next.copied(), first);
    }

    /// Puts a match in the first row; where there is none, another place.
    fn show(&mut self, found: Option<HelpPlace>, otherwise: HelpPlace) {
        self.first = found.unwrap_or(otherwise);
        if let Some(search) = &mut self.search {
            search.current = found;
        }
    }

    /// Stays at the match that was searched for.
    fn stay(&mut self) {
        let search = self.search.take();
        let search = search.filter(|search| !search.prompt.text().is_empty());
        self.search = search.map(|search| HelpSearch {
            is_typing: false,
            ..search
        });
    }

    /// Comes back to where a search began that is being typed; else closes.
    fn close(&mut self) -> Response {
        match self.search.take_if(|search| search.is_typing) {
            Some(search) => {
                self.first = search.before;
                Response::Consumed
            }
            None => Response::Close,
        }
    }
}

impl Overlay for HelpPage {
    fn context(&self) -> Context {
        match self.typed_search() {
            Some(_) => Context::HelpSearch,
            None => Context::Help,
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Move(motion) => self.scroll(*motion, app),
            Action::Search => self.ask(),
            Action::StepMatch(direction) => self.step_match(*direction, app),
            Action::Type(_) | Action::Paste(_) => {
                let text = action.text().unwrap_or_default();
                self.change_search(app, |prompt| prompt.insert(&text));
            }
            Action::Edit(edit) => self.change_search(app, |prompt| prompt.edit(*edit)),
            Action::Follow => self.stay(),
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => {}
            Action::Close | Action::Click(_) => return self.close(),
            // The key that has opened it.
            Action::Help => return Response::Close,
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        drawing::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        let search = self.search.as_ref();
        match action {
            Action::Move(Motion::Screen(_)) => {
                let (lines, scrolled) = self.lay_out(app);
                scrolled + app.geometry().box_rows() < lines.len()
            }
            Action::StepMatch(_) => search.is_some_and(|search| search.current.is_some()),
            Action::Help => self.typed_search().is_none(),
            _ => true,
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
        let search = self.typed_search();
        if let Some(search) = search {
            drawing::draw_prompt(
                &app.theme,
                &self.found(app),
                search,
                area,
                keys,
                buffer,
                clicks,
            );
        }
        search.is_some()
    }
}
