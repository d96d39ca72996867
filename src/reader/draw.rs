//! A state as a picture. Drawing only reads: the same state drawn twice is the same frame.

pub(super) mod address;
mod beside;
pub(super) mod boxes;
mod continuations;
mod decorations;
pub(super) mod editor;
mod footer;
pub(crate) mod geometry;
pub(super) mod help;
pub(super) mod library_search;
pub(super) mod matches;
pub(super) mod note;
pub(crate) mod output;
mod page;
pub(crate) mod picture;
pub(super) mod rows;
pub(super) mod search;
pub(crate) mod tour;
pub(crate) mod whole;

use std::sync::Arc;

use ratatui::buffer::{Buffer, Cell as BufferCell};
use ratatui::layout::{Position as Cell, Rect};
use ratatui::style::Style;

use super::action::{ClickTarget, Direction, Focus};
use super::open::layout_cache::LaidOutRow;
use super::open::view::{Surface, TextPlace};
use super::state::State;
use crate::layout::ruler;
use crate::paper::{Paper, Passage, Position, Target};
use crate::terminal::picture::TerminalPicture;
use crate::terminal::screen::{ScreenLink, ScreenPicture, TerminalCursor};

/// What a click on the screen means, and where the terminal's cursor stands.
#[derive(Debug, Default)]
pub(crate) struct ClickMap {
    areas: Vec<(Rect, ClickTarget)>,
    text: Vec<TextRow>,
    cursor: Option<Cell>,
    /// Whether text is typed at the cursor.
    is_typing: bool,
    /// Pictures that are not made of cells, and how many areas there were before each.
    pictures: Vec<(ScreenPicture, usize)>,
}

/// A row of the screen that shows text of the paper.
#[derive(Debug)]
struct TextRow {
    area: Rect,
    row: LaidOutRow,
    surface: Surface,
}

impl TextRow {
    /// The place of the text at a column of the screen, or nearest to it; of a blank row, where the
    /// text goes on.
    fn at(&self, column: u16) -> Position {
        if self.row.is_blank() {
            return self.row.position();
        }
        self.row.position_at(column.saturating_sub(self.area.x))
    }
}

impl ClickMap {
    fn add(&mut self, area: Rect, hit: ClickTarget) {
        self.areas.push((area, hit));
    }

    fn add_text(&mut self, area: Rect, row: LaidOutRow, surface: Surface) {
        self.text.push(TextRow { area, row, surface });
    }

    /// The place of the text that a press of the mouse at a cell is on, or beside in its row; none
    /// where something else means more there.
    pub(crate) fn place_at(&self, column: u16, row: u16) -> Option<TextPlace> {
        let surface = match self.at(column, row)? {
            ClickTarget::Paragraph(_) => Surface::Page,
            ClickTarget::OpenNote(note) => Surface::Box(note),
            ClickTarget::Note(note) => Surface::Beside(note),
            _ => return None,
        };
        Some(TextPlace {
            position: self.row_near(surface, column, row)?.at(column),
            surface,
            cell: (column, row),
        })
    }

    /// As far as text of a surface goes that is selected to a cell in one of its rows: in one without
    /// text, to where that before it ends. Beyond a column that the text goes on from, to its end.
    pub(crate) fn text_until(&self, surface: Surface, column: u16, row: u16) -> Option<Position> {
        let Some(here) = self.row_near(surface, column, row) else {
            return self.end_of_inner_column(surface, column, row);
        };
        if here.row.has_text() {
            return Some(here.at(column));
        }
        let before = self
            .rows_on(surface)
            .take_while(|text| text.area != here.area);
        let above = before.filter(|text| text.row.has_text()).last();
        Some(above.map_or_else(|| here.row.position(), |above| above.at(u16::MAX)))
    }

    /// The end of the column nearest to a cell beyond it, where the text goes on in another one.
    fn end_of_inner_column(&self, surface: Surface, column: u16, row: u16) -> Option<Position> {
        let way = self.way_beyond(surface, column, row)?;
        let here = self.column_near(surface, column)?;
        let mut rows = self.rows_on(surface);
        let outermost = match way {
            Direction::Previous => rows.next(),
            Direction::Next => rows.next_back(),
        };
        if outermost?.area.x == here {
            return None;
        }
        let mut rows = self.rows_in_column(surface, here);
        match way {
            Direction::Previous => rows.next().map(|first| first.row.position()),
            Direction::Next => {
                let last = rows.rfind(|text| text.row.has_text());
                last.map(|last| last.at(u16::MAX))
            }
        }
    }

    /// Which way a cell is beyond the text of a surface in the column nearest to it.
    pub(crate) fn way_beyond(&self, surface: Surface, column: u16, row: u16) -> Option<Direction> {
        let here = self.column_near(surface, column)?;
        let mut rows = self.rows_in_column(surface, here);
        let first = rows.next()?.area.y;
        let last = rows.next_back().map_or(first, |last| last.area.y);
        if row < first {
            return Some(Direction::Previous);
        }
        (row > last).then_some(Direction::Next)
    }

    /// The first or the last place of the text that a surface shows.
    pub(crate) fn end_of(&self, surface: Surface, end: Direction) -> Option<Position> {
        match end {
            Direction::Previous => {
                let first = self.rows_on(surface).next()?;
                Some(first.row.position())
            }
            Direction::Next => {
                let last = self.rows_on(surface).next_back()?;
                Some(last.at(u16::MAX))
            }
        }
    }

    /// The first and the last row of the screen that shows something of a passage.
    fn rows_showing(&self, passage: Passage) -> Option<(u16, u16)> {
        let shows = |text: &&TextRow| {
            let bytes = passage.bytes_in(text.row.row.block);
            let line = text.row.line().filter(|_| !text.row.is_blank());
            let both = bytes.zip(line);
            both.is_some_and(|(own, line)| own.start < line.text.end && line.text.start < own.end)
        };
        // Of two columns the one counts in which it ends.
        let last = self.text.iter().rfind(shows)?.area.x;
        let in_column = self.text.iter().filter(|text| text.area.x == last);
        let rows = || in_column.clone().filter(shows).map(|text| text.area.y);
        Some((rows().min()?, rows().max()?))
    }

    /// The text in a row of the screen, in the column nearest to one of the screen's.
    fn row_near(&self, surface: Surface, column: u16, row: u16) -> Option<&TextRow> {
        let here = self.column_near(surface, column)?;
        let mut rows = self.rows_in_column(surface, here);
        rows.find(|text| text.area.y == row)
    }

    /// Where the column of a surface's text begins that is nearest to a column of the screen.
    fn column_near(&self, surface: Surface, column: u16) -> Option<u16> {
        let distance = |text: &&TextRow| {
            let beyond = column.saturating_sub(text.area.right().saturating_sub(1));
            text.area.x.saturating_sub(column).max(beyond)
        };
        Some(self.rows_on(surface).min_by_key(distance)?.area.x)
    }

    /// The text of a surface in the column that begins there, from the top.
    fn rows_in_column(
        &self,
        surface: Surface,
        x: u16,
    ) -> impl DoubleEndedIterator<Item = &TextRow> {
        self.rows_on(surface).filter(move |text| text.area.x == x)
    }

    fn rows_on(&self, surface: Surface) -> impl DoubleEndedIterator<Item = &TextRow> {
        self.text.iter().filter(move |text| text.surface == surface)
    }

    /// Puts the terminal's cursor on a cell, where it stays unless what is drawn later takes it.
    fn put_cursor(&mut self, column: u16, row: u16) {
        self.cursor = Some(Cell::new(column, row));
    }

    /// Has the terminal show a picture from a cell on.
    fn put_picture(&mut self, at: Option<Cell>, picture: &Arc<TerminalPicture>) {
        let picture = at.map(|at| ScreenPicture {
            at,
            picture: Arc::clone(picture),
        });
        let before = self.areas.len();
        self.pictures
            .extend(picture.map(|picture| (picture, before)));
    }

    /// The pictures that are shown beside what stands in cells, where nothing was drawn over them.
    pub(crate) fn pictures(&self) -> Vec<ScreenPicture> {
        let is_free = |(picture, before): &&(ScreenPicture, usize)| {
            let place = Rect::from((picture.at, picture.picture.size()));
            let mut later = self.areas.iter().skip(*before);
            !later.any(|(area, _)| area.intersects(place))
        };
        let free = self.pictures.iter().filter(is_free);
        free.map(|(picture, _)| picture.clone()).collect()
    }

    /// Where the terminal's cursor stands; none only on a screen without a cell.
    pub(crate) fn cursor(&self) -> Option<TerminalCursor> {
        let is_shown = self.is_typing;
        self.cursor.map(|cell| TerminalCursor { cell, is_shown })
    }

    /// What leads out of the paper, where nothing was drawn over it.
    pub(crate) fn links<'a>(&self, paper: &'a Paper) -> Vec<ScreenLink<'a>> {
        let mut links = Vec::new();
        for (index, (area, hit)) in self.areas.iter().enumerate() {
            let ClickTarget::Target(block, Focus::Link(link)) = hit else {
                continue;
            };
            let mut drawn_later = self.areas.iter().skip(index + 1);
            let is_covered = drawn_later.any(|(other, _)| other.intersects(*area));
            let link = paper
                .block(*block)
                .and_then(|block| block.links.get(*link))
                .filter(|_| !is_covered);
            if let Some(Target::Address(address)) = link.map(|link| &link.target) {
                links.push(ScreenLink {
                    row: area.y,
                    columns: area.left()..area.right(),
                    address,
                });
            }
        }
        links
    }

    /// Where what can be clicked stands.
    #[cfg(test)]
    pub(crate) fn areas(&self) -> impl Iterator<Item = Rect> {
        self.areas.iter().map(|(area, _)| *area)
    }

    /// What stands at a column and row; the topmost, if several do.
    pub(crate) fn at(&self, column: u16, row: u16) -> Option<ClickTarget> {
        let cell = Cell::new(column, row);
        self.areas
            .iter()
            .rev()
            .find(|(area, _)| area.contains(cell))
            .map(|(_, hit)| hit.clone())
    }
}

/// Draws the whole screen, and says where what can be clicked came to stand.
pub(crate) fn draw(state: &State, buffer: &mut Buffer) -> ClickMap {
    let mut clicks = ClickMap::default();
    let app = &state.app;
    let note = state.overlays().note();
    page::draw(app, note, buffer, &mut clicks);
    beside::draw(app, note, buffer, &mut clicks);
    let on_the_page = clicks.cursor;
    rows::draw_sections(app, buffer, &mut clicks);
    clicks.cursor = on_the_page;
    for overlay in state.overlays().iter() {
        overlay.draw(app, buffer, &mut clicks);
    }
    continuations::draw(state, buffer, &mut clicks);
    tour::draw(app, buffer);
    footer::draw(state, buffer, &mut clicks);
    app.theme.fill_ground(buffer);
    let screen = state.geometry().screen;
    clicks.cursor = clicks.cursor.and_then(|cell| nearest_cell(cell, screen));
    clicks.is_typing = state.context().takes_text();
    clicks
}

/// Writes text into a row of the buffer, as far as so many columns reach; as the buffer itself does,
/// but a letter of one byte costs no more than that.
fn put(buffer: &mut Buffer, at: Cell, text: &str, columns: u16, style: Style) {
    let mut cells = row_from(buffer, at, columns);
    for grapheme in ruler::graphemes(text) {
        let width = ruler::grapheme_columns(grapheme);
        if width == 0 {
            continue;
        }
        let Some((taken, after)) = cells.split_at_mut_checked(width.into()) else {
            return;
        };
        cells = after;
        if let Some((cell, covered)) = taken.split_first_mut() {
            cell.set_symbol(grapheme).set_style(style);
            covered.iter_mut().for_each(BufferCell::reset);
        }
    }
}

/// The cells of a row from one on, at most so many.
fn row_from(buffer: &mut Buffer, at: Cell, columns: u16) -> &mut [BufferCell] {
    let area = buffer.area;
    if !area.contains(at) {
        return &mut [];
    }
    let start = usize::from(at.y - area.y) * usize::from(area.width) + usize::from(at.x - area.x);
    let columns = usize::from(columns.min(area.right() - at.x));
    let cells = buffer.content.get_mut(start..start + columns);
    cells.unwrap_or_default()
}

/// The cell of the screen that is nearest to a cell for which there may be no room.
fn nearest_cell(cell: Cell, screen: Rect) -> Option<Cell> {
    let (right, bottom) = (
        screen.right().checked_sub(1)?,
        screen.bottom().checked_sub(1)?,
    );
    Some(Cell::new(cell.x.min(right), cell.y.min(bottom)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    /// How far ratatui gets when it draws the text.
    fn drawn(text: &str) -> u16 {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
        buffer.set_stringn(0, 0, text, 400, Style::default()).0
    }

    #[test]
    fn the_ruler_agrees_with_what_is_drawn() {
        let texts = [
            "",
            "plain",
            "naïve",
            "e\u{301}",
            "日本語",
            "ｶﾞｷﾞ",
            "👩‍👩‍👧",
            "🇺🇸🇨🇳",
            "❤️",
            "가각",
            "¹⁴·²",
            "“x”—…",
            "कि",
            "ﷺ",
            "a\u{200d}b",
        ];
        for text in texts {
            assert_eq!(ruler::columns(text), drawn(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_ruler_agrees_on_any_mixture(text in "(\\PC|[a-z ]|[🇦-🇿]|[\u{300}-\u{303}]|\u{200d}){0,40}") {
            prop_assert_eq!(ruler::columns(&text), drawn(&text));
        }

        #[test]
        fn text_is_put_where_the_buffer_would_put_it(
            text in "(\\PC|[a-z ]|[🇦-🇿]|[\u{300}-\u{303}]|\u{200d}){0,40}",
            column in 0u16..12,
            columns in 0u16..12,
        ) {
            let mut before = Buffer::empty(Rect::new(0, 0, 10, 1));
            before.set_string(0, 0, "日本語日本", Style::new());
            let (mut one, mut other) = (before.clone(), before);
            let style = Style::new().add_modifier(Modifier::BOLD);
            put(&mut one, Cell::new(column, 0), &text, columns, style);
            other.set_stringn(column, 0, &text, columns.into(), style);
            prop_assert_eq!(one, other);
        }
    }
}
