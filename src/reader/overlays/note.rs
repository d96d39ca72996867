//! A note that is open over the text: what the keys do in it.

pub(crate) mod popup;
mod selecting;

use ratatui::buffer::Buffer;

use super::elsewhere::ElsewhereList;
use super::goto::Goto;
use super::links::LinkList;
use super::uses::{UseList, sources_of};
use super::{Overlay, Response};
use crate::paper::{BlockId, NoteId, Paper, Position};
use crate::reader::action::{Action, ClickTarget, Direction, Effect, Focus, Motion, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, note};
use crate::reader::keys::keymap::Context;
use crate::reader::open::FlashTarget;
use crate::reader::open::annotations::{AnnotationAction, KeptKey, ShelfRequest};
use crate::reader::open::own_notes::OwnMatch;
use crate::reader::open::quotation;
use crate::reader::open::source_comments::CommentLink;
use crate::reader::overlays::editor::AnnotationEditor;
use crate::reader::overlays::list::RowTarget;
use crate::reader::overlays::note::popup::{NotePopup, PopupContent};
use crate::reader::page;

impl NotePopup {
    /// Opens a note, or what a mention refers to, beside where it is opened from. The page moves
    /// only if that is out of sight, and then it moves back when the note is closed.
    pub(crate) fn open(
        step: PopupContent,
        origin: Option<(BlockId, Focus)>,
        app: &mut App,
    ) -> Self {
        let mut popup = NotePopup::new(step, origin);
        popup.bring_into_sight(origin, app);
        popup
    }

    /// Opens a note beside the nearest of its markers.
    pub(crate) fn open_note(note: NoteId, app: &mut App) -> Self {
        let origin = app.open.marker_of(note);
        NotePopup::open(PopupContent::Note(note), origin, app)
    }

    /// Opens a note of the reader's beside its mark; none if its passage is lost.
    pub(crate) fn open_own_note(key: KeptKey, app: &mut App) -> Option<Self> {
        let mark = app.open.mark_of(key);
        if mark.is_none() {
            app.notify(Notice::plain("its passage is no longer in the paper"));
        }
        let origin = mark?;
        Some(NotePopup::open(PopupContent::Own(key), Some(origin), app))
    }

    /// Opens the note of the reader's that a match is in, and goes to its mark as to any match.
    pub(crate) fn open_found(found: OwnMatch, app: &mut App) -> Option<Self> {
        app.land(found.place);
        let mut popup = NotePopup::open_own_note(found.key, app)?;
        popup.is_found = true;
        Some(popup)
    }

    /// Shows a note of the reader's beside its mark.
    pub(crate) fn show_own_note(&mut self, key: KeptKey, app: &mut App) {
        let origin = app.open.mark_of(key);
        self.show_beside(PopupContent::Own(key), origin, app);
    }

    /// Shows another note beside the nearest of its markers.
    pub(crate) fn show_note(&mut self, note: NoteId, app: &mut App) {
        let origin = app.open.marker_of(note);
        self.show_beside(PopupContent::Note(note), origin, app);
    }

    fn show_beside(&mut self, step: PopupContent, origin: Option<(BlockId, Focus)>, app: &mut App) {
        self.switch_to(step, origin);
        self.bring_into_sight(origin, app);
    }

    fn bring_into_sight(&mut self, origin: Option<(BlockId, Focus)>, app: &mut App) {
        let Some((block, focus)) = origin else { return };
        let view = &app.open.view;
        if view.row_of_target(block, focus).is_none()
            && let Some(position) = app.open.position_of(block, focus)
        {
            self.came_from.get_or_insert(view.save());
            app.open.view.show(position);
        }
        app.open.view.move_cursor(Position::start_of(block));
    }

    /// Shows the marker that it stands beside, wherever a new size would leave that.
    pub(crate) fn keep_marker_in_sight(&self, app: &mut App) {
        if let Some((block, focus)) = self.origin
            && app.open.view.row_of_target(block, focus).is_none()
            && let Some(position) = app.open.position_of(block, focus)
        {
            app.keep_in_sight(position);
        }
    }

    /// Puts the page where it was before the note.
    pub(crate) fn put_page_back(&self, app: &mut App) {
        if let Some(place) = self.came_from {
            app.open.view.return_to(place);
        }
    }

    /// Closes it: the page is where it was, and the marker is highlighted for a moment.
    fn close(&self, app: &mut App) -> Response {
        app.open.view.leave_note();
        if self.came_from.is_some() {
            self.put_page_back(app);
        } else if let Some((block, focus)) = self.origin {
            // Where the window has become smaller, the marker may be below what was put on top.
            if app.open.view.go_back() {
                app.fit();
            }
            if app.open.view.row_of_target(block, focus).is_none()
                && let Some(position) = app.open.position_of(block, focus)
            {
                app.open.view.show(position);
            }
            app.open.view.move_cursor(Position::start_of(block));
            app.flash(FlashTarget::Target(block, focus));
        }
        Response::Close
    }

    /// Shows the next note by number, or the one before; of a mention, of the next marker.
    fn step_note(&mut self, direction: Direction, app: &mut App) {
        let Some(NoteId(open)) = self.note() else {
            return self.show_next_marker(direction, app);
        };
        let next = match direction {
            Direction::Next => {
                Some(open + 1).filter(|&next| next < app.open.document.paper().notes.len())
            }
            Direction::Previous => open.checked_sub(1),
        };
        match next {
            Some(next) => self.show_note(NoteId(next), app),
            None => app.notify(Notice::plain("no more notes")),
        }
    }

    /// Shows what the next marker or mention opens, on the screen or beyond.
    fn show_next_marker(&mut self, direction: Direction, app: &mut App) {
        match app.open.opening_after(self.origin, direction) {
            Some((step, marker)) => self.show_beside(step, Some(marker), app),
            None => app.notify(Notice::plain("no more notes")),
        }
    }

    /// Chooses the next of the places that the note leads on to, and after the last one shows the
    /// note of the next marker.
    fn choose_next(&mut self, direction: Direction, app: &mut App) {
        let steps = app.open.steps_on(self.step());
        let chosen = app.open.chosen_step(self);
        let at = chosen.and_then(|chosen| steps.iter().position(|step| *step == chosen));
        let next = match direction {
            Direction::Next => Some(at.map_or(0, |at| at + 1)).filter(|next| *next < steps.len()),
            Direction::Previous => at.and_then(|at| at.checked_sub(1)),
        };
        match next {
            Some(next) => self.choose(next),
            None => self.show_next_marker(direction, app),
        }
    }

    /// Takes a digit of a note's number. The note opens as soon as the digits leave only one
    /// marker on the screen, or are the number of a note.
    fn type_digit(&mut self, digit: u32, app: &mut App) {
        let paper = app.open.document.paper();
        let is_start = |digits: &str| is_start_of_a_number(paper, digits);
        let place = app.open.view.save();
        let (digits, before) = self.typed_with(digit, place, app.now, is_start);
        app.open.view.return_to(before.place);
        *self = before.popup.clone();
        self.open_numbered(&digits, app);
        self.remember_digits(digits, before, app.now);
    }

    /// Right after digits, shows the note of that number, as in the text; else closes the note.
    fn open_typed(&mut self, app: &mut App) -> Response {
        let Some((digits, before)) = self.typed(app.now) else {
            return self.close(app);
        };
        let number: Option<u32> = digits.parse().ok();
        let note = number.and_then(|number| app.open.document.paper().note_numbered(number));
        let Some(note) = note else {
            app.notify(Notice::warning(format!("there is no note {digits}")));
            return Response::Consumed;
        };
        if self.note() != Some(note) {
            app.open.view.return_to(before.place);
            *self = before.popup;
            match self.step_on_to(note, app) {
                Some(step) => self.go_into_step(step, app),
                None => self.show_note(note, app),
            }
        }
        Response::Consumed
    }

    /// Opens the note or the source that the digits mean in the open note.
    fn open_numbered(&mut self, digits: &str, app: &mut App) {
        let exact = digits.parse().ok();
        let exact = exact.and_then(|number| app.open.document.paper().note_numbered(number));
        if let Some(note) = exact
            && let Some(step) = self.step_on_to(note, app)
        {
            return self.go_into_step(step, app);
        }
        let begins = |note: NoteId| {
            let note = app.open.document.paper().note(note);
            note.is_some_and(|note| note.number.to_string().starts_with(digits))
        };
        let mut in_sight = app.open.markers_in_sight();
        in_sight.retain(|&(note, _)| begins(note));
        match (in_sight.as_slice(), exact) {
            (&[(note, marker)], _) => self.show_beside(PopupContent::Note(note), Some(marker), app),
            (_, Some(note)) => self.show_note(note, app),
            (_, None) => app.notify(Notice::plain(format!("note {digits}…"))),
        }
    }

    /// What of the places that the open note leads on to is in this note, or is this note.
    fn step_on_to(&self, note: NoteId, app: &App) -> Option<PopupContent> {
        let steps = app.open.steps_on(self.step());
        steps.into_iter().find(|step| step.note() == Some(note))
    }

    /// Takes a letter after a note's number: `b` in note 8 is the source 8b.
    fn show_source_lettered(&mut self, letter: char, app: &mut App) {
        let note = self
            .note()
            .and_then(|id| app.open.document.paper().note(id));
        let Some(note) = note else { return };
        let name = format!("{}{letter}", note.number);
        match app.open.source_named(&name) {
            Some(step) => self.go_into_step(step, app),
            None => app.notify(Notice::plain(format!("there is no source {name}"))),
        }
    }

    /// Opens on top of the note what it leads on to: what is chosen of it, else the first.
    fn go_into_chosen(&mut self, app: &mut App) {
        let first = || app.open.steps_on(self.step()).first().copied();
        match app.open.chosen_step(self).or_else(first) {
            Some(step) => self.go_into_step(step, app),
            None => app.notify(Notice::plain("no source or note within this one")),
        }
    }

    /// Opens something on top of the note; of a note with several sources, the one that is asked
    /// for is brought into sight.
    pub(crate) fn go_into_step(&mut self, step: PopupContent, app: &App) {
        self.go_into(step);
        self.scroll_to_source(app);
    }

    fn go_out_of_note(&mut self, app: &mut App) {
        if self.can_go_out() {
            self.go_out();
        } else {
            app.notify(Notice::plain("no note to go back out to"));
        }
    }

    /// Opens what is chosen in the note, else goes to the note in the Notes section.
    fn follow(&mut self, app: &mut App) -> Response {
        if let Some(step) = app.open.chosen_step(self) {
            self.go_into_step(step, app);
            return Response::Consumed;
        }
        let Some(note) = self.note() else {
            return Response::Consumed;
        };
        // The page stays with the marker, so that back leads to the passage that cites the note,
        // and from there to where it was opened.
        if let Some(place) = self.came_from {
            app.open.trail.history.leave(place);
        }
        let note = app.open.document.paper().note(note);
        if let Some(start) = note.map(|note| note.blocks.start) {
            app.jump(Position::start_of(BlockId(start)));
        }
        Response::Close
    }

    fn click(&mut self, hit: &ClickTarget, app: &mut App) -> Response {
        match hit {
            ClickTarget::Inside | ClickTarget::Row(_) | ClickTarget::OpenNote(_) => {}
            ClickTarget::Note(note) => self.show_note(*note, app),
            ClickTarget::OwnNote(key) => self.show_own_note(*key, app),
            ClickTarget::Lead(CommentLink::Target(target)) => {
                return Response::GoTo(RowTarget::Link(target.clone()));
            }
            ClickTarget::Lead(CommentLink::Source(source)) => {
                if let Some(step) = app.open.step_of(*source) {
                    self.go_into_step(step, app);
                }
            }
            ClickTarget::Target(block, focus) => return self.follow_target(*block, *focus, app),
            _ => return self.close(app),
        }
        Response::Consumed
    }

    /// Goes where a marker or a link leads: a marker in the note opens on top of it.
    fn follow_target(&mut self, id: BlockId, focus: Focus, app: &mut App) -> Response {
        let block = app.open.document.paper().block(id);
        match focus {
            Focus::Marker(index) => {
                let marker = block.and_then(|block| block.markers.get(index));
                let step = marker.map(|marker| PopupContent::Note(marker.note));
                let is_on_page = app.open.view.row_of_target(id, focus).is_some();
                match step {
                    Some(step) if is_on_page => self.show_beside(step, Some((id, focus)), app),
                    Some(step) => self.go_into(step),
                    None => {}
                }
            }
            Focus::Kept(key) if app.open.view.row_of_target(id, focus).is_some() => {
                self.show_own_note(key, app);
            }
            Focus::Kept(key) if app.open.shelf.annotations.own.on(key).is_some() => {
                self.go_into(PopupContent::Own(key));
            }
            Focus::Kept(_) => {}
            Focus::Mention(index) => {
                self.show_beside(PopupContent::Mention(index), Some((id, focus)), app);
            }
            Focus::Link(index) => {
                let link = block.and_then(|block| block.links.get(index));
                let target = link.map(|link| link.target.clone());
                return target.map_or(Response::Consumed, |target| {
                    Response::GoTo(RowTarget::Link(target))
                });
            }
        }
        Response::Consumed
    }

    /// Opens what the reader has written, to be changed.
    fn edit_own_note(&self, app: &App) -> Response {
        let kept = self
            .own_note()
            .and_then(|key| app.open.shelf.annotations.by_key(key));
        kept.map_or(Response::Ignored, |kept| {
            AnnotationEditor::open_note(app, &kept.id)
        })
    }

    /// Makes the highlight that the open note is on one of the next kind.
    fn change_kind(&self, app: &mut App) {
        let kept = self
            .own_note()
            .and_then(|key| app.open.shelf.annotations.by_key(key));
        match kept.and_then(|kept| Some((&kept.id, kept.kind.highlight()?))) {
            Some((id, kind)) => {
                let request = ShelfRequest::Recolour(id.clone(), kind.next());
                app.request(Effect::Shelf(request));
            }
            None => app.notify(Notice::plain("only a highlight has a kind")),
        }
    }

    /// Removes the open note, with the highlight or the bookmark that it is on.
    fn remove(&self, app: &mut App) {
        let kept = self
            .own_note()
            .and_then(|key| app.open.shelf.annotations.by_key(key));
        if let Some(id) = kept.map(|kept| kept.id.clone()) {
            app.request(Effect::Shelf(ShelfRequest::Remove(id)));
        }
    }

    /// Copies the reference of what was selected in the note, else of all that it cites.
    fn copy_reference(&self, app: &mut App) {
        let chosen = self.chosen().and_then(|_| app.open.chosen_step(self));
        let step = chosen.unwrap_or(self.step());
        let sources = match (step, app.open.sources()) {
            (PopupContent::Note(note), Some(sources)) => sources.cited_in(note),
            (step, _) => sources_of(&app.open, step),
        };
        match (sources.is_empty(), app.open.sources()) {
            (false, _) => app.copy_references(sources),
            (true, Some(_)) => app.notify(Notice::plain("this note cites no source")),
            (true, None) => app.notify(Notice::plain(
                "still reading the sources; try again in a moment",
            )),
        }
    }

    fn copy(&self, app: &mut App) {
        if let Some(note) = self
            .own_note()
            .and_then(|key| app.open.shelf.annotations.own.on(key))
        {
            let text = note.text.clone();
            return app.copy(Some(text), "your note");
        }
        match self.note() {
            Some(note) => {
                let text = quotation::of_note(app.open.document.paper(), note);
                app.copy(text, "the note with its source");
            }
            None => app.copy_from_page(),
        }
    }
}

impl Overlay for NotePopup {
    fn context(&self) -> Context {
        match self.own_note() {
            Some(_) => Context::OwnNote,
            None => Context::Note,
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        if self.is_selecting(app)
            && let Some(response) = selecting::handle(self, action, app)
        {
            return response;
        }
        match action {
            Action::Move(Motion::Sentence(direction)) => self.step_sentence(*direction, app),
            Action::Move(motion) => self.scroll(*motion, app),
            Action::Select(select) => self.select(*select, app),
            Action::Press(place) => app.open.press(*place, app.now),
            Action::Drag(_) | Action::DragBeyond(_) => return self.drag(action, app),
            Action::Digit(digit) => self.type_digit(*digit, app),
            Action::Letter(letter) => self.show_source_lettered(*letter, app),
            Action::Choose(direction) => self.choose_next(*direction, app),
            Action::StepNote(direction) => self.step_note(*direction, app),
            // The page goes on with the search.
            Action::StepMatch(_) if self.is_found && app.open.finder.is_lit() => {
                return Response::Leave;
            }
            Action::StepMatch(direction) => self.choose_next(*direction, app),
            Action::IntoNote => self.go_into_chosen(app),
            Action::OutOfNote => self.go_out_of_note(app),
            Action::Placement => app.change_placement(),
            Action::Copy => self.copy(app),
            Action::CopyReference => self.copy_reference(app),
            Action::Follow => return self.follow(app),
            Action::Note => return self.open_typed(app),
            Action::Click(hit) => return self.click(hit, app),
            Action::Close => return self.close(app),
            Action::Annotation(AnnotationAction::Annotate)
            | Action::NextKind
            | Action::RemoveHighlight
                if self.own_note().is_none() =>
            {
                return self.act_on_highlight(action, app);
            }
            Action::Annotation(AnnotationAction::Replay(_)) => {
                return page::handle(app, action, None);
            }
            Action::Annotation(AnnotationAction::Annotate) => return self.edit_own_note(app),
            Action::NextKind => self.change_kind(app),
            Action::RemoveHighlight => self.remove(app),
            Action::Uses => return UseList::open_for_note(app, self.step()),
            Action::CitedElsewhere => {
                let sources = sources_of(&app.open, self.step());
                return ElsewhereList::open(app, &sources);
            }
            Action::OpenLink => {
                let targets = app.open.links_of(self, usize::MAX);
                return LinkList::follow_or_open(app, &targets, "no link in this note");
            }
            Action::Goto => return Response::open(Goto::new(app, Context::Note)),
            Action::Search => {
                self.put_page_back(app);
                return Response::Leave;
            }
            _ => return Response::Ignored,
        }
        Response::Consumed
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        note::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        match action {
            Action::Note => app.open.nearest_opening().is_some(),
            Action::CitedElsewhere => {
                let mut sources = sources_of(&app.open, self.step()).into_iter();
                sources.any(|id| !app.open.citings_elsewhere(id).is_empty())
            }
            Action::NextKind => {
                let kept = self
                    .own_note()
                    .and_then(|key| app.open.shelf.annotations.by_key(key));
                kept.is_some_and(|kept| kept.kind.is_highlight())
            }
            Action::IntoNote => {
                let has_chosen = app.open.chosen_step(self).is_some();
                !has_chosen && !app.open.steps_on(self.step()).is_empty()
            }
            Action::OutOfNote => self.can_go_out(),
            Action::OpenLink => !app.open.links_of(self, 1).is_empty(),
            _ => true,
        }
    }

    fn is_gone(&self, app: &App) -> bool {
        self.own_note()
            .is_some_and(|key| app.open.shelf.annotations.own.on(key).is_none())
    }

    fn note(&self) -> Option<&NotePopup> {
        Some(self)
    }

    fn note_mut(&mut self) -> Option<&mut NotePopup> {
        Some(self)
    }
}

fn is_start_of_a_number(paper: &Paper, digits: &str) -> bool {
    let mut notes = paper.notes.iter();
    notes.any(|note| note.number.to_string().starts_with(digits))
}
