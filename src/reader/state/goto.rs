//! Going to a place by its name, and doing by its name what a key does.

use std::time::Instant;

use super::{Overlay, State};
use crate::layout::ruler;
use crate::paper::Position;
use crate::reader::action::{Action, Effect, Notice};
use crate::reader::keymap::{Binding, Context};
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::palette::{self, begins_words};
use crate::search::{Place, What, plain, rank, rank_nearly};

impl State {
    /// The list of places that have names, and of actions; typing ranks them.
    pub(super) fn open_goto(&mut self) {
        let rows = self.rows_named("");
        let list = List::new(Subject::Places, rows, 0);
        self.overlays.push(Overlay::List(list));
    }

    /// Ranks the places anew after something was typed.
    pub(super) fn rank_places(&mut self) {
        let Some(Overlay::List(list)) = self.overlays.last() else {
            return;
        };
        if list.subject != Subject::Places {
            return;
        }
        let name = list.filter().text();
        let rows = self.rows_named(name);
        let (rows, forgives) = match rows.is_empty() {
            true => (self.rows_nearly_named(name), true),
            false => (rows, false),
        };
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.replace(rows, forgives);
        }
    }

    /// Does what a key does where `:` was pressed. What belongs to the page closes an open note.
    pub(super) fn perform(&mut self, binding: &'static Binding, now: Instant) -> Option<Effect> {
        if binding.context != Context::Note {
            self.close_notes();
            self.forget_what_is_out_of_sight();
        }
        let is_nothing_lit =
            self.app.open.view.chosen().is_none() && !self.app.open.finder.is_lit();
        if binding.action == Action::Close && self.overlays.is_empty() && is_nothing_lit {
            self.app.notice = Some(Notice::plain("nothing is selected or highlighted"));
            return None;
        }
        self.apply(binding.action.clone(), None, now)
    }

    /// What may be meant, best first: what has just this name, then places and actions that have
    /// words that begin so, then the places that have its letters.
    fn rows_named(&self, name: &str) -> Vec<ListRow> {
        let here = self.app.open.view.hand_or_top();
        let places = rank(name, &self.app.open.paper, here, &self.named_places());
        let commands = palette::commands(name, self.context_of_goto());
        let typed = plain(name);
        let is_sure = |place: &Place| match place.what {
            What::Note | What::Paragraph | What::Page | What::Percentage => true,
            What::Source => !typed.is_empty() && plain(&place.name) == typed,
            What::Section | What::Bookmark => begins_words(&place.name, &typed),
        };
        let (sure, others): (Vec<_>, Vec<_>) = places.iter().partition(|place| is_sure(place));
        let row_of_place = |place: &&Place| self.row_of(place);
        let exact = commands.exact.iter().copied().map(row_of_command);
        let commands = commands.others.iter().copied().map(row_of_command);
        exact
            .chain(sure.iter().map(row_of_place))
            .chain(commands)
            .chain(others.iter().map(row_of_place))
            .collect()
    }

    /// What may be meant if a letter was mistyped.
    fn rows_nearly_named(&self, name: &str) -> Vec<ListRow> {
        let places = rank_nearly(name, &self.app.open.paper, &self.named_places());
        let commands = palette::near_commands(name, self.context_of_goto());
        let places = places.iter().map(|place| self.row_of(place));
        places
            .chain(commands.into_iter().map(row_of_command))
            .collect()
    }

    /// Where `:` was pressed.
    fn context_of_goto(&self) -> Context {
        match self.open_popup() {
            Some(_) => Context::Note,
            None => Context::Reading,
        }
    }

    /// The places that have names besides those that the paper itself gives: bookmarks and sources.
    fn named_places(&self) -> Vec<Place> {
        let mut places = self.app.open.bookmarked_places();
        places.extend(self.app.open.named_sources());
        places
    }

    fn row_of(&self, place: &Place) -> ListRow {
        let text = match place.what {
            What::Section | What::Bookmark => place.name.replace('\n', " "),
            _ => format!("{}  {}", place.name, self.words_at(place.position)),
        };
        ListRow {
            text,
            depth: 0,
            below: Vec::new(),
            detail: place.what.words().to_owned(),
            also: String::new(),
            goal: Goal::Place(place.position),
        }
    }

    /// The words at a position, so many that a row of a list has room for them.
    fn words_at(&self, position: Position) -> String {
        const COLUMNS: u16 = 120;
        let block = self.app.open.paper.block(position.block);
        let rest = block.and_then(|block| block.text.get(position.offset..));
        let words = ruler::shorten(rest.unwrap_or_default(), COLUMNS);
        words.replace(['\n', '\t'], " ")
    }
}

/// An action's row: its name, and its key.
fn row_of_command(binding: &'static Binding) -> ListRow {
    ListRow {
        text: binding.words.to_owned(),
        depth: 0,
        below: Vec::new(),
        detail: format!("key {}", binding.first_key()),
        also: String::new(),
        goal: Goal::Action(binding),
    }
}
