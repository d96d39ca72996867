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

use super::action::{Action, Direction, Effect, Focus, Motion, Notice, Tone};
use super::beside::{self, Beside};
use super::finder::Finder;
use super::flow::Flow;
use super::geometry::Geometry;
use super::history::History;
use super::kept::{Keeping, Kept, Purpose};
use super::keymap::Context;
use super::link;
use super::list::{self, List, Subject};
use super::popup::{self, Popup};
use super::prompt::Edit;
use super::quotation;
use super::settings::Settings;
use super::view::View;
use crate::paper::{BlockId, Mending, NoteId, Paper, Position, Problem, SectionId};
use crate::sources::Sources;
use sources::LookedUp;

pub(crate) use search::{Asking, Shows};

pub(crate) use bookmarks::Order;
pub(crate) use entry::{Entry, Page};
pub(crate) use help::{HelpPage, HelpSearch};
pub(crate) use keeping::SIGN;
pub(crate) use notes::OpenNote;

/// A count beyond this is no count any more.
const LARGEST_COUNT: u32 = 9_999_999;

/// The state of the reader program.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) paper: Arc<Paper>,
    /// What is wrong with its source.
    problems: Vec<Problem>,
    mendings: Vec<Mending>,
    /// The folder that its links to other files start from, if it comes from a file.
    folder: Option<PathBuf>,
    pub(crate) view: View,
    pub(crate) settings: Settings,
    pub(crate) finder: Finder,
    /// Bookmarks and marks, as they are on the disk.
    pub(crate) kept: Kept,
    /// How far into the body has been on the screen, at the furthest, from 0 to 1.
    seen: f64,
    /// How the list of bookmarks is sorted.
    order: Order,
    size: Size,
    /// The level of the paper's highest headings, from 1; 0 if it has none.
    least_level: u8,
    /// None until they have been read.
    sources: Option<Arc<Sources>>,
    /// The use of a source that was gone to last, to go on from there.
    looked_up: Option<LookedUp>,
    /// How the list of sources was sorted last.
    sources_order: list::Order,
    history: History,
    /// What lies over the text; the last one gets the keys.
    overlays: Vec<Overlay>,
    /// The notes at the width of the margin or of the foot of the page.
    beside: Flow,
    /// The notes at the popup's width.
    popup: Flow,
    count: Option<u32>,
    notice: Option<Notice>,
    flash: Option<Flash>,
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

/// What is lit for a moment, and until when.
#[derive(Debug, Clone, Copy)]
struct Flash {
    lit: Lit,
    until: Instant,
}

/// What can be lit for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lit {
    /// The line that a jump led to.
    Line(Position),
    /// The marker that a note was opened from.
    Target(BlockId, Focus),
}

impl State {
    pub(crate) fn new(paper: Arc<Paper>, size: Size) -> Self {
        let mut state = State {
            view: View::new(Arc::clone(&paper)),
            settings: Settings::default(),
            finder: Finder::new(Arc::clone(&paper)),
            kept: Kept::default(),
            seen: 0.0,
            order: Order::default(),
            size,
            least_level: least_level(&paper),
            sources: None,
            looked_up: None,
            sources_order: list::Order::Use,
            history: History::default(),
            overlays: Vec::new(),
            beside: Flow::new(Arc::clone(&paper), 1),
            popup: Flow::new(Arc::clone(&paper), 1),
            count: None,
            notice: None,
            flash: None,
            problems: Vec::new(),
            mendings: Vec::new(),
            folder: None,
            paper,
        };
        state.fit();
        state
    }

    /// Applies one action. Touches neither the terminal nor the disk.
    #[must_use]
    pub(crate) fn update(&mut self, action: Action, now: Instant) -> Option<Effect> {
        let is_readers = action.is_readers();
        if is_readers {
            self.notice = None;
            self.view.stop();
            if self.asking().is_none() {
                self.finder.interrupt();
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
        self.fit();
        if is_readers {
            self.forget_what_is_out_of_sight();
        }
        effect
    }

    /// A key acts on nothing that a resize has put out of sight. What lies over the page may have
    /// moved it, and takes it back when it is closed.
    fn forget_what_is_out_of_sight(&mut self) {
        if self.overlays.is_empty() {
            self.view.forget_what_left();
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
            Action::Wider => self.notice = Some(self.settings.widen(count.unwrap_or(1))),
            Action::Narrower => self.notice = Some(self.settings.narrow(count.unwrap_or(1))),
            Action::Mouse => return Some(self.toggle_mouse()),
            Action::Help => self.open_help(),
            Action::Quit => return Some(Effect::Quit),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Type(letter) => self.type_text(letter.encode_utf8(&mut [0; 4]), now),
            Action::Paste(text) => self.type_text(&text, now),
            Action::Resize(size) => self.resize(size),
            Action::TakeSources(sources) => self.take_sources(sources),
            Action::Tell(notice) => self.tell(notice),
            Action::Unbound => {}
            Action::Work => self.work(now),
            Action::Expire => self.flash = self.flash.filter(|flash| flash.until > now),
        }
        None
    }

    /// How many blocks are kept laid out in an open note.
    #[cfg(test)]
    pub(crate) fn laid_out_in_notes(&self) -> usize {
        self.popup.laid_out()
    }

    pub(crate) fn size(&self) -> Size {
        self.size
    }

    fn resize(&mut self, size: Size) {
        self.size = size;
        // What was said of the screen may be true no more.
        self.notice = self
            .notice
            .take()
            .filter(|notice| notice.tone == Tone::Warning);
    }

    pub(crate) fn geometry(&self) -> Geometry {
        let has_notes = !self.paper.notes.is_empty();
        Geometry::of(
            self.size,
            &self.settings,
            self.paper.sections.len() > 1,
            has_notes,
        )
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

    pub(crate) fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    pub(crate) fn count(&self) -> Option<u32> {
        self.count
    }

    /// Says something in the footer, until the next key.
    pub(crate) fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// What is lit for a moment.
    pub(crate) fn lit(&self) -> Option<Lit> {
        self.flash.map(|flash| flash.lit)
    }

    /// When the state changes by itself; none while it does not.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.flash.map(|flash| flash.until)
    }

    /// The notes that stand beside the text or at its foot without having been asked for.
    pub(crate) fn beside(&self) -> Beside {
        beside::compose(self.notes_beside(), &self.view.page(), &self.geometry())
    }

    fn notes_beside(&self) -> beside::Notes<'_> {
        beside::Notes {
            paper: &self.paper,
            sources: self.sources(),
            flow: &self.beside,
        }
    }

    /// The section that is being read: the one of the paragraph in hand.
    pub(crate) fn section(&self) -> Option<SectionId> {
        self.paper.section_of(self.view.hand())
    }

    /// Fits the text to its place on the screen, as everything that changes that may have done.
    fn fit(&mut self) {
        let geometry = self.geometry();
        let rows = usize::from(geometry.text.height);
        self.popup
            .set_columns(popup::text_columns(geometry.text, geometry.desk));
        self.beside.set_columns(geometry.notes_columns());
        // At the paper's end the foot may take its rows too, so the text can be scrolled further.
        self.view.resize(
            geometry.text.width,
            rows,
            rows - usize::from(geometry.foot_rows),
        );
        if geometry.foot_rows > 0 {
            let page = self.view.page();
            let rows = beside::rows_above_foot(self.notes_beside(), &page, &geometry);
            self.view.shorten(rows);
        }
        self.see();
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
        let rows = self.geometry().box_rows();
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
                self.view.choose(None);
                self.finder.darken();
                self.flash = None;
            }
        }
    }

    fn copy(&mut self) -> Option<Effect> {
        let (note, hand) = (self.note_on_top(), self.view.hand());
        let (text, what) = match (self.overlays.last(), note) {
            (Some(Overlay::Address(address)), _) => match self.command_for(address) {
                Some(command) => (Some(command), "the command"),
                None => (Some(address.clone()), "the address"),
            },
            (_, Some(note)) => (
                quotation::of_note(&self.paper, note),
                "the note with its source",
            ),
            _ => (
                quotation::of_block(&self.paper, hand),
                "the paragraph with its source",
            ),
        };
        if self.context() == Context::Address {
            self.overlays.pop();
        }
        let Some(text) = text else {
            self.notice = Some(Notice::plain("nothing to copy here"));
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
            (Action::Back, _) => self.history.can_go_back(),
            (Action::Choose(_), Context::Reading) => !self.view.targets().is_empty(),
            (Action::Follow, context) => match self.overlays.last() {
                Some(Overlay::List(list)) => list.goal().is_some(),
                _ => context != Context::Reading || self.view.chosen().is_some(),
            },
            (Action::Outline, _) => !self.paper.sections.is_empty(),
            (Action::Note, _) => self.opening_at_hand().is_some(),
            (Action::IntoNote, _) => self.open_popup().is_some_and(|popup| {
                self.chosen_step(popup).is_none() && !self.steps_on(popup.step()).is_empty()
            }),
            (Action::OutOfNote, _) => self.open_popup().is_some_and(Popup::can_go_out),
            (Action::Confirm, _) => match self.overlays.last() {
                Some(Overlay::Address(address)) => link::check(address).is_ok(),
                _ => false,
            },
            (Action::Move(Motion::Screen(_)), Context::Help) => match self.overlays.last() {
                Some(Overlay::Help(page)) => {
                    let (lines, scrolled) = self.lay_out_help(page);
                    scrolled + self.geometry().box_rows() < lines.len()
                }
                _ => false,
            },
            (Action::StepMatch(_), Context::Help) => self.has_searched_help(),
            (Action::StepMatch(_), _) => self.finder.is_lit(),
            (Action::Help, context) => context != Context::HelpSearch,
            (Action::Sort, _) => self.is_list_of_sources_open(),
            (Action::OpenLink, _) => self.has_link_in_hand(),
            (Action::Keep(Keeping::Replay(_)), _) => true,
            (Action::Keep(_), Context::Bookmarks) => self.lit_bookmark().is_some(),
            _ => true,
        }
    }

    fn toggle_outline_pane(&mut self) {
        let was_hidden = self.geometry().outline.is_empty();
        self.settings.outline_pane ^= true;
        if was_hidden && self.geometry().outline.is_empty() {
            let words = "no room for the outline beside the text; t opens it";
            self.notice = Some(Notice::plain(words));
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

fn least_level(paper: &Paper) -> u8 {
    let levels = paper.sections.iter().map(|section| section.level);
    levels.filter(|&level| level > 0).min().unwrap_or(0)
}

impl Motion {
    /// How many lines it goes where lines are all there is, `rows` being a screen; the most of
    /// all to an end.
    fn lines(self, rows: usize) -> (Direction, usize) {
        match self {
            Motion::Line(direction) | Motion::Paragraph(direction) | Motion::Section(direction) => {
                (direction, 1)
            }
            Motion::HalfScreen(direction) => (direction, (rows / 2).max(1)),
            Motion::Screen(direction) => (direction, rows),
            Motion::End(direction) => (direction, usize::MAX),
        }
    }

    /// Where lines that are scrolled by `top` stand after the motion, `rows` being a screen.
    fn scrolled(self, top: usize, rows: usize) -> usize {
        match self.lines(rows) {
            (Direction::Next, lines) => top.saturating_add(lines),
            (Direction::Previous, lines) => top.saturating_sub(lines),
        }
    }
}
