//! All that the reader program knows at a moment, and how an action changes it.

mod bookmarks;
mod entry;
mod goto;
mod help;
mod keeping;
mod links;
mod markers;
mod mouse;
mod notes;
mod problems;
mod search;
mod sources;
mod travel;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use ratatui::layout::Size;

use super::action::{Action, Effect, Motion, Notice, Tone};
use super::app::App;
use super::geometry::Geometry;
use super::kept::{Keeping, Purpose};
use super::keymap::Context;
use super::link;
use super::list::{List, Subject};
use super::popup::Popup;
use super::prompt::Edit;
use super::quotation;
use crate::paper::{NoteId, Paper};

pub(crate) use search::{Asking, Shows};

pub(crate) use entry::{Entry, Page};
pub(crate) use help::{HelpPage, HelpSearch};
pub(crate) use keeping::SIGN;

/// A count beyond this is no count any more.
const LARGEST_COUNT: u32 = 9_999_999;

/// The state of the reader program.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) app: App,
    /// What lies over the text; the last one gets the keys.
    overlays: Vec<Overlay>,
    count: Option<u32>,
}

/// Something that lies over the text.
#[derive(Debug, Clone)]
pub(crate) enum Overlay {
    Note(Popup),
    List(List),
    Search(Box<Asking>),
    Help(HelpPage),
    /// An address that is opened on a yes.
    Address(String),
    /// A letter is waited for.
    Letter(Purpose),
    /// A label or a note of the reader's own, being typed.
    Entry(Entry),
}

impl State {
    pub(crate) fn new(paper: Arc<Paper>, size: Size) -> Self {
        let mut app = App::new(paper, size);
        app.fit();
        State {
            app,
            overlays: Vec::new(),
            count: None,
        }
    }

    pub(crate) fn size(&self) -> Size {
        self.app.size
    }

    pub(crate) fn geometry(&self) -> Geometry {
        self.app.geometry()
    }

    pub(crate) fn notice(&self) -> Option<&Notice> {
        self.app.notice.as_ref()
    }

    /// Takes the folder that the paper's links to other files start from.
    pub(crate) fn take_folder(&mut self, folder: Option<PathBuf>) {
        self.app.open.file.folder = folder;
    }

    /// Applies one action. Touches neither the terminal nor the disk.
    #[must_use]
    pub(crate) fn update(&mut self, action: Action, now: Instant) -> Option<Effect> {
        let is_readers = action.is_readers();
        if is_readers {
            self.app.notice = None;
            self.app.open.view.stop();
            if self.asking().is_none() {
                self.app.open.finder.interrupt();
            }
            self.forget_what_is_out_of_sight();
        }
        let is_key = is_readers || action == Action::Unbound;
        let keeps_count = !is_key || matches!(action, Action::Digit(_));
        let count = match keeps_count {
            true => self.count,
            false => self.count.take(),
        };
        let effect = self.apply(action, count, now);
        self.app.fit();
        if is_readers {
            self.forget_what_is_out_of_sight();
        }
        effect
    }

    /// A key acts on nothing that a resize has put out of sight. What lies over the page may have
    /// moved it, and takes it back when it is closed.
    fn forget_what_is_out_of_sight(&mut self) {
        if self.overlays.is_empty() {
            self.app.open.view.forget_what_left();
        }
    }

    fn apply(&mut self, action: Action, count: Option<u32>, now: Instant) -> Option<Effect> {
        match action {
            Action::Move(motion) => self.travel(motion, count, now),
            Action::Digit(digit) => self.take_digit(digit, now),
            Action::Choose(direction) => self.choose(direction),
            Action::Follow => return self.follow(now),
            Action::Click(hit) => return self.click(hit, now),
            Action::Back => self.go_back(now),
            Action::Forward => self.go_forward(now),
            // As in other programs, Esc first drops a number that was begun.
            Action::Close if count.is_some() => {}
            Action::Close => self.close(now),
            Action::Discard => drop(self.overlays.pop()),
            Action::Percent => self.go_to_percentage(count, now),
            Action::Note if self.context() == Context::Note => self.open_typed_note(now),
            Action::Note => self.open_note(count),
            Action::StepNote(direction) => self.step_note(direction),
            Action::IntoNote => self.go_into_note(),
            Action::OutOfNote => self.go_out_of_note(),
            Action::Letter(letter) => self.type_source_letter(letter),
            Action::Notes => self.open_notes(),
            Action::Sources => self.open_sources(),
            Action::Uses => self.open_uses_of_note(),
            Action::Sort => self.sort_list(),
            Action::Placement => self.change_placement(),
            Action::Outline => self.open_outline(),
            Action::OutlinePane => self.toggle_outline_pane(),
            Action::OpenLink => self.open_link(now),
            Action::Problems => self.open_problems(),
            Action::Confirm => return self.confirm(),
            Action::Copy => return self.copy(),
            Action::Search if self.context() == Context::Help => self.ask_in_help(),
            Action::Search => self.open_search(),
            Action::StepMatch(direction) if self.context() == Context::Help => {
                self.step_in_help(direction);
            }
            Action::StepMatch(direction) => self.step_match(direction, count, now),
            Action::Matches => self.open_matches(),
            Action::Goto => self.open_goto(),
            Action::Regex => self.toggle_regex(),
            Action::Recall(direction) => self.recall(direction),
            Action::Keep(keeping) => return self.keep(keeping, count, now),
            Action::Edit(edit) => self.edit(edit),
            Action::Wider => self.app.notice = Some(self.app.settings.widen(count.unwrap_or(1))),
            Action::Narrower => {
                self.app.notice = Some(self.app.settings.narrow(count.unwrap_or(1)));
            }
            Action::Mouse => return Some(self.toggle_mouse()),
            Action::Help => self.open_help(),
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Type(letter) => self.type_text(letter.encode_utf8(&mut [0; 4]), now),
            Action::Paste(text) => self.type_text(&text, now),
            Action::Resize(size) => self.resize(size),
            Action::TakeSources(sources) => self.app.open.take_sources(sources),
            Action::Tell(notice) => self.app.notify(notice),
            Action::Unbound => {}
            Action::Work => self.work(now),
            Action::Expire => self.app.open.expire(now),
        }
        None
    }

    /// How many blocks are kept laid out in an open note.
    #[cfg(test)]
    pub(crate) fn laid_out_in_notes(&self) -> usize {
        self.app.open.notes.popup.laid_out()
    }

    fn resize(&mut self, size: Size) {
        self.app.size = size;
        // What was said of the screen may be true no more.
        self.app.notice = self
            .app
            .notice
            .take()
            .filter(|notice| notice.tone == Tone::Warning);
    }

    /// Where the next key is heard.
    pub(crate) fn context(&self) -> Context {
        match self.overlays.last() {
            None => Context::Reading,
            Some(Overlay::Note(_)) => Context::Note,
            Some(Overlay::List(list)) if !list.is_filtering => Context::Bookmarks,
            Some(Overlay::List(list)) if list.subject == Subject::Bookmarks => Context::Filter,
            Some(Overlay::List(_)) => Context::List,
            Some(Overlay::Search(asking)) => match asking.shows {
                Shows::Page => Context::Search,
                Shows::List(_) => Context::Matches,
            },
            Some(Overlay::Help(page)) => page.context(),
            Some(Overlay::Address(_)) => Context::Address,
            Some(Overlay::Letter(_)) => Context::Letter,
            Some(Overlay::Entry(entry)) => entry.context(),
        }
    }

    pub(crate) fn overlays(&self) -> &[Overlay] {
        &self.overlays
    }

    pub(crate) fn count(&self) -> Option<u32> {
        self.count
    }

    /// When the state changes by itself; none while it does not.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.app.open.deadline()
    }

    fn take_digit(&mut self, digit: u32, now: Instant) {
        if self.context() == Context::Note {
            return self.type_note_number(digit, now);
        }
        let count = self
            .count
            .unwrap_or(0)
            .saturating_mul(10)
            .saturating_add(digit);
        self.count = Some(count).filter(|&count| 0 < count && count <= LARGEST_COUNT);
    }

    fn travel(&mut self, motion: Motion, count: Option<u32>, now: Instant) {
        let rows = self.app.geometry().box_rows();
        match self.overlays.last_mut() {
            Some(Overlay::List(list)) => list.step(motion, rows),
            Some(Overlay::Help(_)) => self.scroll_help(motion, rows),
            Some(Overlay::Note(_)) => self.scroll_note(motion),
            Some(Overlay::Search(_)) => self.step_in_matches(motion, rows),
            Some(Overlay::Entry(entry)) => entry.step(motion),
            Some(Overlay::Address(_) | Overlay::Letter(_)) => {}
            None => match (motion, count) {
                (Motion::End(_), Some(number)) => self.go_to_paragraph(number, now),
                _ => self.travel_in_text(motion, count.map_or(1, |count| count as usize), now),
            },
        }
    }

    fn close(&mut self, now: Instant) {
        if self.close_filter() || self.keeps_entry() || self.give_up_search_in_help() {
            return;
        }
        match self.overlays.pop() {
            Some(Overlay::Note(popup)) => self.return_from(&popup, now),
            Some(Overlay::Search(asking)) => self.give_up_search(*asking),
            Some(_) => {}
            None => {
                self.app.open.view.choose(None);
                self.app.open.finder.darken();
                self.app.open.darken();
            }
        }
    }

    fn copy(&mut self) -> Option<Effect> {
        let (note, hand) = (self.note_on_top(), self.app.open.view.hand());
        let (text, what) = match (self.overlays.last(), note) {
            (Some(Overlay::Address(address)), _) => match self.app.open.command_for(address) {
                Some(command) => (Some(command), "the command"),
                None => (Some(address.clone()), "the address"),
            },
            (_, Some(note)) => (
                quotation::of_note(&self.app.open.paper, note),
                "the note with its source",
            ),
            _ => (
                quotation::of_block(&self.app.open.paper, hand),
                "the paragraph with its source",
            ),
        };
        if self.context() == Context::Address {
            self.overlays.pop();
        }
        let Some(text) = text else {
            self.app.notice = Some(Notice::plain("nothing to copy here"));
            return None;
        };
        let what = what.into();
        Some(Effect::Copy { text, what })
    }

    /// The note that the next key is heard by.
    fn note_on_top(&self) -> Option<NoteId> {
        match self.overlays.last() {
            Some(Overlay::Note(popup)) => popup.note(),
            _ => None,
        }
    }

    /// Whether the action would do something now, as far as a look at the state can tell.
    pub(crate) fn can_do(&self, action: &Action) -> bool {
        match (action, self.context()) {
            (Action::Back, _) => self.app.open.history.can_go_back(),
            (Action::Choose(_), Context::Reading) => !self.app.open.view.targets().is_empty(),
            (Action::Follow, context) => match self.overlays.last() {
                Some(Overlay::List(list)) => list.goal().is_some(),
                _ => context != Context::Reading || self.app.open.view.chosen().is_some(),
            },
            (Action::Outline, _) => !self.app.open.paper.sections.is_empty(),
            (Action::Note, _) => self.opening_at_hand().is_some(),
            (Action::IntoNote, _) => self.open_popup().is_some_and(|popup| {
                self.app.open.chosen_step(popup).is_none()
                    && !self.app.open.steps_on(popup.step()).is_empty()
            }),
            (Action::OutOfNote, _) => self.open_popup().is_some_and(Popup::can_go_out),
            (Action::Confirm, _) => match self.overlays.last() {
                Some(Overlay::Address(address)) => link::check(address).is_ok(),
                _ => false,
            },
            (Action::Move(Motion::Screen(_)), Context::Help) => match self.overlays.last() {
                Some(Overlay::Help(page)) => {
                    let (lines, scrolled) = page.lay_out(&self.app);
                    scrolled + self.app.geometry().box_rows() < lines.len()
                }
                _ => false,
            },
            (Action::StepMatch(_), Context::Help) => self.has_searched_help(),
            (Action::StepMatch(_), _) => self.app.open.finder.is_lit(),
            (Action::Help, context) => context != Context::HelpSearch,
            (Action::Sort, _) => self.is_list_of_sources_open(),
            (Action::OpenLink, _) => self.has_link_in_hand(),
            (Action::Keep(Keeping::Replay(_)), _) => true,
            (Action::Keep(_), Context::Bookmarks) => self.lit_bookmark().is_some(),
            _ => true,
        }
    }

    fn toggle_outline_pane(&mut self) {
        let was_hidden = self.app.geometry().outline.is_empty();
        self.app.settings.outline_pane ^= true;
        if was_hidden && self.app.geometry().outline.is_empty() {
            let words = "no room for the outline beside the text; t opens it";
            self.app.notice = Some(Notice::plain(words));
        }
    }

    fn type_text(&mut self, text: &str, now: Instant) {
        let numbered = match self.overlays.last_mut() {
            Some(Overlay::List(list)) if list.is_filtering => list.pick_numbered(text),
            Some(Overlay::Search(_)) => return self.type_pattern(text),
            Some(Overlay::Help(_)) => return self.type_in_help(text),
            Some(Overlay::Entry(_)) => return self.type_in_entry(text),
            _ => return,
        };
        if numbered {
            // Only links are numbered, and those ask nothing of the disk.
            let _ = self.follow(now);
            return;
        }
        let whole = self.whole_texts();
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.type_text(text, whole);
            self.rank_places();
        }
    }

    fn edit(&mut self, edit: Edit) {
        let whole = self.whole_texts();
        match self.overlays.last_mut() {
            Some(Overlay::List(list)) => {
                let may_match_others = list.edit(edit, whole);
                if may_match_others {
                    self.rank_places();
                }
            }
            Some(Overlay::Search(_)) => self.edit_pattern(edit),
            Some(Overlay::Help(_)) => self.edit_in_help(edit),
            Some(Overlay::Entry(entry)) => entry.edit(edit),
            _ => {}
        }
    }
}
