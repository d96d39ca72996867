//! Notes that are opened over the text.

use std::sync::Arc;
use std::time::Instant;

use super::{Overlay, State};
use crate::paper::{BlockId, NoteId, Position};
use crate::reader::action::{Direction, Focus, Motion, Notice};
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::open::Lit;
use crate::reader::popup::{Popup, Step};

impl State {
    /// The topmost open note.
    pub(crate) fn open_popup(&self) -> Option<&Popup> {
        self.overlays
            .iter()
            .rev()
            .find_map(|overlay| match overlay {
                Overlay::Note(popup) => Some(popup),
                _ => None,
            })
    }

    /// Opens the note with the number, else the one at hand.
    pub(super) fn open_note(&mut self, number: Option<u32>) {
        let Some(number) = number else {
            return match self.opening_at_hand() {
                Some((step, origin)) => self.show(step, origin),
                None => self.app.notice = Some(Notice::plain("this paper has no notes")),
            };
        };
        match self.app.open.paper.note_numbered(number) {
            Some(note) => self.show_note(note, None),
            None => self.app.notice = Some(Notice::warning(format!("there is no note {number}"))),
        }
    }

    /// Shows a note beside its marker: the given one, else the nearest. The page moves only if
    /// the marker is out of sight, and then it moves back when the note is closed.
    pub(super) fn show_note(&mut self, note: NoteId, origin: Option<(BlockId, Focus)>) {
        let origin = origin.or_else(|| self.marker_of(note));
        self.show(Step::Note(note), origin);
    }

    /// Shows a note, or what a mention stands for, beside where it was opened from.
    pub(super) fn show(&mut self, step: Step, origin: Option<(BlockId, Focus)>) {
        let mut popup = match self.overlays.pop() {
            Some(Overlay::Note(mut open)) => {
                open.switch_to(step, origin);
                open
            }
            other => {
                self.overlays.extend(other);
                Popup::new(step, origin)
            }
        };
        if let Some((block, focus)) = origin
            && self.app.open.view.row_of_target(block, focus).is_none()
            && let Some(position) = self.position_of(block, focus)
        {
            popup.came_from.get_or_insert(self.app.open.view.place());
            self.app.open.view.show(position);
        }
        if let Some((block, _)) = origin {
            self.app.open.view.take_in_hand(block);
        }
        self.overlays.push(Overlay::Note(popup));
    }

    /// What a marker opens: on top of the open note if the marker is in it.
    pub(super) fn follow_marker(&mut self, note: NoteId, origin: (BlockId, Focus)) {
        let is_in_open_note = self
            .app
            .open
            .view
            .row_of_target(origin.0, origin.1)
            .is_none();
        match self.overlays.last_mut() {
            Some(Overlay::Note(popup)) if is_in_open_note => popup.go_into(Step::Note(note)),
            _ => self.show_note(note, Some(origin)),
        }
    }

    pub(super) fn step_note(&mut self, direction: Direction) {
        let Some(NoteId(open)) = self.open_popup().and_then(Popup::note) else {
            return self.switch_to_next_marker(direction);
        };
        let next = match direction {
            Direction::Next => {
                Some(open + 1).filter(|&next| next < self.app.open.paper.notes.len())
            }
            Direction::Previous => open.checked_sub(1),
        };
        match next {
            Some(next) => self.show_note(NoteId(next), None),
            None => self.app.notice = Some(Notice::plain("no more notes")),
        }
    }

    pub(super) fn switch_to_next_marker(&mut self, direction: Direction) {
        let markers = self.openings_in_sight();
        let open = self.open_popup().and_then(|popup| popup.origin);
        let at = open.and_then(|open| markers.iter().position(|&(_, marker)| marker == open));
        let next = match (at, direction) {
            (Some(at), Direction::Next) => at + 1,
            (Some(at), Direction::Previous) => (at + markers.len()).saturating_sub(1),
            (None, _) => 0,
        };
        let next = next % markers.len().max(1);
        match markers.get(next).filter(|_| at != Some(next)) {
            Some(&(step, marker)) => self.show(step, Some(marker)),
            None => self.app.notice = Some(Notice::plain("no other note on this screen")),
        }
    }

    /// Takes a figure of a note's number. The note opens as soon as the figures leave only one
    /// marker on the screen, or are the number of a note.
    pub(super) fn type_note_number(&mut self, figure: u32, now: Instant) {
        let Some(Overlay::Note(popup)) = self.overlays.pop() else {
            return;
        };
        let is_start = |figures: &str| self.is_start_of_a_number(figures);
        let place = self.app.open.view.place();
        let (figures, before) = popup.type_figure(figure, place, now, is_start);
        self.app.open.view.return_to(before.place);
        self.overlays.push(Overlay::Note(before.popup.clone()));
        self.open_numbered(&figures);
        if let Some(Overlay::Note(popup)) = self.overlays.last_mut() {
            popup.remember_figures(figures, before, now);
        }
    }

    /// `f` in an open note: right after figures the note of that number, as in the text; else it
    /// closes the note.
    pub(super) fn open_typed_note(&mut self, now: Instant) {
        let typed = self.open_popup().and_then(|popup| popup.typed(now));
        let Some((figures, before)) = typed else {
            return self.close(now);
        };
        let number: Option<u32> = figures.parse().ok();
        let Some(note) = number.and_then(|number| self.app.open.paper.note_numbered(number)) else {
            self.app.notice = Some(Notice::warning(format!("there is no note {figures}")));
            return;
        };
        if self.open_popup().and_then(Popup::note) == Some(note) {
            return;
        }
        self.overlays.pop();
        self.app.open.view.return_to(before.place);
        self.overlays.push(Overlay::Note(before.popup));
        match self.step_on_to(note) {
            Some(step) => self.go_into(step),
            None => self.show_note(note, None),
        }
    }

    /// Opens the note or the source that the figures mean in the open note.
    fn open_numbered(&mut self, figures: &str) {
        let exact = figures
            .parse()
            .ok()
            .and_then(|number| self.app.open.paper.note_numbered(number));
        if let Some(note) = exact
            && let Some(step) = self.step_on_to(note)
        {
            return self.go_into(step);
        }
        let number = |note: NoteId| self.app.open.paper.note(note).map_or(0, |note| note.number);
        let mut in_sight = self.markers_in_sight();
        in_sight.retain(|&(note, _)| number(note).to_string().starts_with(figures));
        match (in_sight.as_slice(), exact) {
            (&[(note, marker)], _) => self.show_note(note, Some(marker)),
            (_, Some(note)) => self.show_note(note, None),
            (_, None) => self.app.notice = Some(Notice::plain(format!("note {figures}…"))),
        }
    }

    /// Opens on top of the open note what it leads on to: what is chosen of it, else the first.
    pub(super) fn go_into_note(&mut self) {
        let Some(popup) = self.open_popup() else {
            return;
        };
        let first = || self.app.open.steps_on(popup.step()).first().copied();
        match self.app.open.chosen_step(popup).or_else(first) {
            Some(step) => self.go_into(step),
            None => self.app.notice = Some(Notice::plain("no source or note within this one")),
        }
    }

    /// Opens something on top of the open note; of a note with several sources, the one that is
    /// asked for is brought into sight.
    pub(super) fn go_into(&mut self, step: Step) {
        let Some(Overlay::Note(popup)) = self.overlays.last_mut() else {
            return;
        };
        popup.go_into(step);
        popup.scroll_to_source(&self.app);
    }

    pub(super) fn go_out_of_note(&mut self) {
        match self.overlays.last_mut() {
            Some(Overlay::Note(popup)) if popup.can_go_out() => popup.go_out(),
            _ => self.app.notice = Some(Notice::plain("no note to go back out to")),
        }
    }

    pub(super) fn scroll_note(&mut self, motion: Motion) {
        if let Some(Overlay::Note(popup)) = self.overlays.last_mut() {
            popup.scroll(motion, &self.app);
        }
    }

    /// Goes to the open note in the Notes section.
    pub(super) fn go_to_open_note(&mut self, now: Instant) {
        let Some(note) = self.open_popup().and_then(Popup::note) else {
            return;
        };
        // The page stays with the marker, so that back leads to the passage that cites the note,
        // and from there to where it was opened.
        while let Some(Overlay::Note(popup)) = self.overlays.last() {
            if let Some(place) = popup.came_from {
                self.app.open.history.leave(place);
            }
            self.overlays.pop();
        }
        if let Some(start) = self.app.open.paper.note(note).map(|note| note.blocks.start) {
            self.jump(Position::start_of(BlockId(start)), now);
        }
    }

    /// Closes open notes, with the page where it was before them.
    pub(super) fn close_notes(&mut self) {
        while let Some(Overlay::Note(popup)) = self.overlays.last() {
            if let Some(place) = popup.came_from {
                self.app.open.view.return_to(place);
            }
            self.overlays.pop();
        }
    }

    /// After a note was closed: the page is where it was, and the marker stays lit for a moment.
    pub(super) fn return_from(&mut self, popup: &Popup, now: Instant) {
        if let Some(place) = popup.came_from {
            self.app.open.view.return_to(place);
        } else if let Some((block, focus)) = popup.origin {
            self.app.open.view.take_in_hand(block);
            self.light(Lit::Target(block, focus), now);
        }
    }

    pub(super) fn open_notes(&mut self) {
        if self.app.open.paper.notes.is_empty() {
            self.app.notice = Some(Notice::plain("this paper has no notes"));
            return;
        }
        let at_hand = self.opening_at_hand().and_then(|(step, _)| step.note());
        let selected = at_hand.map_or(0, |note| note.0);
        let rows = self
            .app
            .open
            .paper
            .notes
            .iter()
            .enumerate()
            .map(|(index, note)| ListRow {
                text: format!("{}  {}", note.number, self.first_words(note.blocks.start)),
                depth: 0,
                detail: self.said_of_label(note),
                below: Vec::new(),
                also: String::new(),
                goal: Goal::Note(NoteId(index)),
            });
        let list = List::new(Subject::Notes, rows.collect(), selected);
        self.overlays.push(Overlay::List(list));
    }

    /// What gives all of the text that a row of a list stands for, of which it shows the
    /// beginning.
    pub(super) fn whole_texts(&self) -> impl Fn(&Goal) -> String + use<> {
        let (paper, sources) = (
            Arc::clone(&self.app.open.paper),
            self.app.open.shared_sources(),
        );
        move |goal| match goal {
            Goal::Place(position) => {
                let block = paper.block(position.block);
                block.map_or(String::new(), |block| block.text.clone())
            }
            Goal::Note(note) => {
                let blocks = paper.note(*note).map(|note| note.blocks.clone());
                let blocks = blocks.and_then(|blocks| paper.blocks.get(blocks));
                let texts = blocks.into_iter().flatten();
                let texts: Vec<&str> = texts.map(|block| block.text.as_str()).collect();
                texts.join(" ")
            }
            Goal::Source(source) => {
                let source = sources.as_ref().and_then(|sources| sources.get(*source));
                source.map_or(String::new(), |source| source.text.clone())
            }
            Goal::Link(_) | Goal::Bookmark(_) | Goal::Paper(_) | Goal::Action(_) => String::new(),
        }
    }

    pub(super) fn change_placement(&mut self) {
        self.app.settings.placement = self.app.settings.placement.next();
        let geometry = self.app.geometry();
        let words = self.app.settings.placement.words();
        let fits = geometry.foot_rows > 0 || !geometry.margin.is_empty();
        self.app.notice = Some(match self.app.settings.placement.shows_unasked() && !fits {
            true => Notice::plain(format!("{words} (no room here)")),
            false => Notice::plain(words),
        });
    }

    fn first_words(&self, block: usize) -> &str {
        const LONGEST: usize = 240;
        let text = self
            .app
            .open
            .paper
            .blocks
            .get(block)
            .map_or("", |block| block.text.as_str());
        text.get(..text.floor_char_boundary(LONGEST))
            .unwrap_or(text)
    }

    /// A label that is a word is worth saying beside the number.
    fn said_of_label(&self, note: &crate::paper::Note) -> String {
        if note.label == note.number.to_string() {
            String::new()
        } else {
            note.label.clone()
        }
    }

    fn is_start_of_a_number(&self, digits: &str) -> bool {
        self.app
            .open
            .paper
            .notes
            .iter()
            .any(|note| note.number.to_string().starts_with(digits))
    }
}
