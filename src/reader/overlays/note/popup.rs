//! A note or a source that is open over the text, and where its box goes.

use std::time::{Duration, Instant};

use ratatui::layout::Rect;

use crate::paper::{BlockId, NoteId, Position};
use crate::reader::action::{Direction, Focus, Motion};
use crate::reader::app::App;
use crate::reader::open::annotations::KeptKey;
use crate::reader::open::layout_cache::LaidOutRow;
use crate::reader::open::note_view::{NoteLine, NotePosition, NoteRow, NoteView};
use crate::reader::open::view::{SavedView, Surface};
use crate::sources::SourceId;

/// What an open box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PopupContent {
    Note(NoteId),
    /// A source, in the note that gives it.
    Source(NoteId, SourceId),
    /// What a mention in the running text refers to, by its place among all mentions.
    Mention(usize),
    /// A note of the reader's own.
    Own(KeptKey),
}

impl PopupContent {
    /// The author's note that is shown; none for a mention and for a note of the reader's.
    pub(crate) fn note(self) -> Option<NoteId> {
        match self {
            PopupContent::Note(note) | PopupContent::Source(note, _) => Some(note),
            PopupContent::Mention(_) | PopupContent::Own(_) => None,
        }
    }

    /// Whether it is this source that is shown.
    pub(crate) fn is_of(self, source: SourceId) -> bool {
        matches!(self, PopupContent::Source(_, of) if of == source)
    }
}

/// An open note.
#[derive(Debug, Clone)]
pub(crate) struct NotePopup {
    /// The marker that it was opened from; the box is beside its line.
    pub(crate) origin: Option<(BlockId, Focus)>,
    /// Where the reader was, if opening the note moved the page.
    pub(crate) came_from: Option<SavedView>,
    /// What led here, each cited in the one before.
    trail: Vec<Layer>,
    /// What is shown, on top of the trail.
    top: Layer,
    typing: Option<Typing>,
    /// Whether a search led here, which goes on with the same keys as on the page.
    pub(crate) is_found: bool,
}

/// An open note as it is to be drawn.
#[derive(Debug)]
pub(crate) struct OpenNote {
    /// The box with its frame; empty if there is no room.
    pub(crate) area: Rect,
    pub(crate) rows: Vec<NoteRow>,
    /// Whether there is more of the note above what the box shows, and below.
    pub(crate) goes_back: bool,
    pub(crate) goes_on: bool,
}

/// One of the things that are open on top of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layer {
    step: PopupContent,
    /// What the reader put in the first row.
    first: NotePosition,
    /// Which of the places that it leads on to is chosen, if the reader has chosen one.
    chosen: Option<usize>,
}

/// A note's number that is being typed. However its digits open one note after the other, each is
/// taken as if the number had been typed at once.
#[derive(Debug, Clone)]
struct Typing {
    digits: String,
    /// When the last digit was typed.
    at: Instant,
    before: Box<BeforeNumber>,
}

/// What was there before the first digit of a number was typed.
#[derive(Debug, Clone)]
pub(crate) struct BeforeNumber {
    pub(crate) popup: NotePopup,
    pub(crate) place: SavedView,
}

/// A digit that comes later than this begins another number.
const DIGIT_PAUSE: Duration = Duration::from_secs(1);

impl Layer {
    fn new(step: PopupContent) -> Self {
        Layer {
            step,
            first: NotePosition::default(),
            chosen: None,
        }
    }
}

impl NotePopup {
    pub(crate) fn new(step: PopupContent, origin: Option<(BlockId, Focus)>) -> Self {
        NotePopup {
            origin,
            came_from: None,
            trail: Vec::new(),
            top: Layer::new(step),
            typing: None,
            is_found: false,
        }
    }

    /// What is shown.
    pub(crate) fn step(&self) -> PopupContent {
        self.top.step
    }

    /// The note that is shown; none for a mention.
    pub(crate) fn note(&self) -> Option<NoteId> {
        self.step().note()
    }

    /// The note that is shown, if nothing lies under it, so that it can as well be shown in the
    /// margin.
    pub(crate) fn bare_note(&self) -> Option<PopupContent> {
        match self.step() {
            step @ (PopupContent::Note(_) | PopupContent::Own(_)) if !self.can_go_out() => {
                Some(step)
            }
            _ => None,
        }
    }

    /// The note of the reader's that is shown.
    pub(crate) fn own_note(&self) -> Option<KeptKey> {
        match self.step() {
            PopupContent::Own(key) => Some(key),
            _ => None,
        }
    }

    /// What led here, and last what is shown.
    pub(crate) fn steps(&self) -> impl Iterator<Item = PopupContent> {
        self.trail.iter().chain([&self.top]).map(|layer| layer.step)
    }

    /// Whether something lies under what is shown.
    pub(crate) fn can_go_out(&self) -> bool {
        !self.trail.is_empty()
    }

    /// What of the note the reader put in the first row. Where less of the note is left than the
    /// box has rows for, what comes before is in sight as well.
    fn first(&self) -> NotePosition {
        self.top.first
    }

    /// Which of the places that the note leads on to the reader has chosen.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.top.chosen
    }

    pub(crate) fn choose(&mut self, index: usize) {
        self.top.chosen = Some(index);
    }

    /// Shows another note in place of the whole trail.
    pub(crate) fn switch_to(&mut self, step: PopupContent, origin: Option<(BlockId, Focus)>) {
        self.trail.clear();
        self.show(step);
        self.origin = origin.or(self.origin);
    }

    /// Opens a note on top of this one. One that is open already is gone back to, so that notes
    /// which cite each other in a ring make no endless trail.
    pub(crate) fn go_into(&mut self, step: PopupContent) {
        let is_open = |open: PopupContent| match (open.note(), step.note()) {
            (None, None) => open == step,
            (open, note) => open == note,
        };
        let open = self.steps().position(is_open);
        match open {
            Some(open) => self.trail.truncate(open),
            None => self.trail.push(self.top),
        }
        self.show(step);
    }

    fn show(&mut self, step: PopupContent) {
        self.top = Layer::new(step);
        self.typing = None;
        self.is_found = false;
    }

    /// Goes back to what lies under what is shown, as it was left.
    pub(crate) fn go_out(&mut self) {
        if let Some(layer) = self.trail.pop() {
            self.top = layer;
            self.typing = None;
        }
    }

    /// Takes a digit of a note's number, typed at a place: gives the digits that were typed in
    /// one go, and what was there before the first of them. `goes_on` says whether digits begin a
    /// number.
    pub(crate) fn typed_with(
        &self,
        digit: u32,
        place: SavedView,
        now: Instant,
        goes_on: impl Fn(&str) -> bool,
    ) -> (String, BeforeNumber) {
        if let Some(typing) = &self.typing
            && now.saturating_duration_since(typing.at) <= DIGIT_PAUSE
        {
            let digits = format!("{}{digit}", typing.digits);
            if goes_on(&digits) {
                return (digits, BeforeNumber::clone(&typing.before));
            }
        }
        let popup = NotePopup {
            typing: None,
            ..self.clone()
        };
        (digit.to_string(), BeforeNumber { popup, place })
    }

    /// The digits of the number that is just being typed, and what was there before them.
    pub(crate) fn typed(&self, now: Instant) -> Option<(String, BeforeNumber)> {
        let typing = self.typing.as_ref()?;
        let is_fresh = now.saturating_duration_since(typing.at) <= DIGIT_PAUSE;
        is_fresh.then(|| (typing.digits.clone(), BeforeNumber::clone(&typing.before)))
    }

    /// Remembers the digits for the next one.
    pub(crate) fn remember_digits(&mut self, digits: String, before: BeforeNumber, at: Instant) {
        self.typing = Some(Typing {
            digits,
            at,
            before: Box::new(before),
        });
    }

    /// Whether the margin shows all of the note, so that there is no box.
    pub(crate) fn is_in_margin(&self, app: &App) -> bool {
        self.bare_note().is_some() && app.beside(Some(self)).open.is_some()
    }

    /// Where the box is, and what of the note is in sight; none where the margin shows it.
    pub(crate) fn lay_out(&self, app: &App) -> Option<OpenNote> {
        if self.is_in_margin(app) {
            return None;
        }
        let view = view(self.step(), app)?;
        let (area, inside) = self.inside(app, &view);
        let first = self.first_in_sight(&view, inside);
        let mut rows = view.rows(first, inside + 1);
        let goes_on = rows.len() > inside;
        rows.truncate(inside);
        Some(OpenNote {
            area,
            rows,
            goes_back: first > view.end(Direction::Previous),
            goes_on,
        })
    }

    /// The box, and how many rows of the note it shows.
    fn inside(&self, app: &App, view: &NoteView<'_>) -> (Rect, usize) {
        let geometry = app.geometry();
        let most = usize::from(geometry.desk.height);
        let wanted = u16::try_from(view.rows(NoteLine::default(), most).len()).unwrap_or(u16::MAX);
        let marker = self
            .origin
            .and_then(|(block, focus)| app.open.view.row_of_target(block, focus));
        let marker = marker.and_then(|row| app.place_of_row(row));
        let has_marker = |column: &Rect| marker.is_none_or(|marker| column.intersects(marker));
        let column = geometry.columns().filter(has_marker).last();
        let column = column.unwrap_or(geometry.text);
        let area = box_beside(marker.map(|row| row.y), wanted, column, geometry.desk);
        (area, usize::from(area.height.saturating_sub(2)).max(1))
    }

    /// The first row of the note in a box of so many rows.
    fn first_in_sight(&self, view: &NoteView<'_>, rows: usize) -> NoteLine {
        match self.first() {
            // Most notes are not scrolled, and no more of them is laid out than is in sight.
            first if first == NotePosition::default() => NoteLine::default(),
            first => view.line_of(first).min(lowest_first(view, rows)),
        }
    }

    pub(crate) fn scroll(&mut self, motion: Motion, app: &App) {
        if self.is_in_margin(app) {
            return;
        }
        let Some(view) = view(self.step(), app) else {
            return;
        };
        let page = self.inside(app, &view).1;
        let first = self.first_in_sight(&view, page);
        let first = match motion.lines(page) {
            (direction, usize::MAX) => view.end(direction),
            (direction, lines) => view.walk(first, direction, lines),
        };
        let first = view.position_at(first.min(lowest_first(&view, page)));
        self.top.first = first;
    }

    /// Scrolls the box as far as it takes to show a place of the note.
    pub(crate) fn scroll_into_view(&mut self, position: Position, app: &App) {
        if self.is_in_margin(app) {
            return;
        }
        let Some(view) = view(self.step(), app) else {
            return;
        };
        let Some(place) = view.position_of(position) else {
            return;
        };
        let rows = self.inside(app, &view).1;
        let (first, line) = (self.first_in_sight(&view, rows), view.line_of(place));
        let last = view.walk(first, Direction::Next, rows.saturating_sub(1));
        if line < first {
            self.top.first = view.position_at(line);
        } else if line > last {
            let first = view.walk(line, Direction::Previous, rows.saturating_sub(1));
            self.top.first = view.position_at(first);
        }
    }

    /// Where the note is shown; none for what is no note of the author's.
    pub(crate) fn surface(&self, app: &App) -> Option<Surface> {
        let note = self.note()?;
        Some(if self.is_in_margin(app) {
            Surface::Beside(note)
        } else {
            Surface::Box(note)
        })
    }

    /// Whether text of the note is selected, so that keys mean what they do in selected text.
    pub(crate) fn is_selecting(&self, app: &App) -> bool {
        let selection = app.open.view.selection();
        let selected = selection.and_then(|selection| selection.surface.note());
        selected.is_some() && selected == self.note()
    }

    /// The place of the note's text that keys act on: where they did last if that is in sight, else
    /// the first that is. None where no text of the note is in sight.
    pub(crate) fn place(&self, app: &App) -> Option<Position> {
        let surface = self.surface(app)?;
        let rows = match self.lay_out(app) {
            Some(open) => open.rows,
            None => {
                let beside = app.beside(Some(self));
                let mut notes = beside.notes();
                notes
                    .find(|placed| placed.note == self.step())?
                    .rows
                    .clone()
            }
        };
        let text: Vec<LaidOutRow> = rows
            .iter()
            .filter_map(|row| row.text_on(surface, app.open.document.paper()))
            .collect();
        let shows = |at: &Position| {
            let mut rows = text.iter().filter(|row| row.row.block == at.block);
            rows.any(|row| row.row.line == row.layout.line_of(at.offset))
        };
        let last = app.open.view.place_in_note().map(|(_, place)| place);
        last.filter(shows)
            .or_else(|| text.first().map(LaidOutRow::position))
    }

    /// Brings the source into sight that the note was opened for.
    pub(crate) fn scroll_to_source(&mut self, app: &App) {
        let PopupContent::Source(_, source) = self.step() else {
            return;
        };
        let source = app.open.sources().and_then(|sources| sources.get(source));
        let start = source.map(|source| source.passage.start);
        let mark = start.and_then(|start| view(self.step(), app)?.position_of(start));
        self.top.first = mark.unwrap_or_default();
    }
}

/// What an open note shows, with the sources beneath it.
fn view(step: PopupContent, app: &App) -> Option<NoteView<'_>> {
    let flow = &app.open.notes.popup;
    if let PopupContent::Own(key) = step {
        let note = app.open.shelf.annotations.own.on(key)?;
        return Some(NoteView::for_own(note, flow));
    }
    let comments = app.open.comments(step);
    Some(match step.note() {
        Some(note) => {
            NoteView::with_backlinks(app.open.document.paper().note(note)?, comments, flow)
        }
        None => NoteView::from_comments(comments, flow),
    })
}

/// The furthest that a note scrolls in a box of so many rows: with its last row on the box's last.
fn lowest_first(view: &NoteView<'_>, rows: usize) -> NoteLine {
    let last = view.end(Direction::Next);
    view.walk(last, Direction::Previous, rows.saturating_sub(1))
}

/// Where the box of a note goes: beside the marker's line and never over it, as high as the note's
/// rows and its frame need, but at most half of the screen. Below the marker where it fits there, so
/// that the words that the note is on stay in sight; else on the side with more room. Empty where
/// there is no room at all.
pub(crate) fn box_beside(marker_row: Option<u16>, note_rows: u16, text: Rect, desk: Rect) -> Rect {
    let wanted = note_rows.saturating_add(2).min((desk.height / 2).max(3));
    let columns = columns(text, desk);
    let Some(marker) = marker_row.filter(|row| (desk.top()..desk.bottom()).contains(row)) else {
        let height = wanted.min(desk.height);
        return Rect {
            y: desk.bottom() - height,
            height,
            ..columns
        };
    };
    let above = marker - desk.top();
    let below = desk.bottom() - marker - 1;
    if below >= above.min(wanted) {
        Rect {
            y: marker + 1,
            height: wanted.min(below),
            ..columns
        }
    } else {
        let height = wanted.min(above);
        Rect {
            y: marker - height,
            height,
            ..columns
        }
    }
}

/// How wide the note's text is in such a box: what the frame and a blank column beside it leave.
pub(crate) fn text_columns(text: Rect, desk: Rect) -> u16 {
    columns(text, desk).width.saturating_sub(4)
}

/// As wide as the text and the frame around it, from the desk's top to its bottom.
fn columns(text: Rect, desk: Rect) -> Rect {
    let left = text.x.saturating_sub(2).max(desk.x);
    let right = text.right().saturating_add(2).min(desk.right());
    Rect {
        x: left,
        width: right - left,
        ..desk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_box_covers_its_marker_or_leaves_the_screen() {
        let mut cases = 0;
        for (width, height) in [
            (1, 1),
            (2, 3),
            (40, 12),
            (40, 15),
            (80, 24),
            (120, 40),
            (160, 50),
        ] {
            let desk = Rect::new(0, 1.min(height - 1), width, height - 1.min(height - 1));
            let text = Rect {
                x: 2.min(width),
                width: width.saturating_sub(4),
                ..desk
            };
            for marker in desk.top()..desk.bottom() {
                for rows in [0, 1, 3, 8, 30, u16::MAX] {
                    let placed = box_beside(Some(marker), rows, text, desk);
                    assert!(
                        !placed.rows().any(|row| row.y == marker),
                        "{placed:?} {marker}"
                    );
                    assert_eq!(placed.union(desk), desk);
                    assert!(placed.height <= (desk.height / 2).max(3));
                    cases += 1;
                }
            }
        }
        assert_eq!(cases, 6 * (1 + 2 + 11 + 14 + 23 + 39 + 49));
    }

    #[test]
    fn a_ring_of_notes_makes_no_endless_trail() {
        let [zero, one] = [PopupContent::Note(NoteId(0)), PopupContent::Note(NoteId(1))];
        let mut popup = NotePopup::new(zero, None);
        for _ in 0..100 {
            popup.go_into(one);
            popup.go_into(zero);
        }
        assert!(popup.steps().eq([zero]));
    }
}
