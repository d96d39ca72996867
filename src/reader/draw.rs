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

use ratatui::buffer::{Buffer, Cell as BufferCell};
use ratatui::layout::{Position as Cell, Rect};
use ratatui::style::Style;

use super::action::{ClickTarget, Direction, Focus};
use super::open::layout_cache::LaidOutRow;
use super::state::State;
use crate::layout::ruler;
use crate::paper::{Paper, Position, Target};
use crate::terminal::screen::{ScreenLink, TerminalCursor};

/// What a click on the screen means, and where the terminal's cursor stands.
#[derive(Debug, Default)]
pub(crate) struct ClickMap {
    areas: Vec<(Rect, ClickTarget)>,
    /// The rows of the page, with what they show.
    text: Vec<(Rect, LaidOutRow)>,
    cursor: Option<Cell>,
    /// Whether text is typed at the cursor.
    is_typing: bool,
}

impl ClickMap {
    fn add(&mut self, area: Rect, hit: ClickTarget) {
        self.areas.push((area, hit));
    }

    fn add_text(&mut self, area: Rect, row: &LaidOutRow) {
        self.text.push((area, row.clone()));
    }

    /// The place of the text at a cell, or beside it in its row.
    pub(crate) fn text_at(&self, column: u16, row: u16) -> Option<Position> {
        let mut rows = self.text.iter();
        let (area, text) = rows.find(|(area, _)| area.y == row)?;
        Some(text.position_at(column.saturating_sub(area.x)))
    }

    /// Which way the text would have to scroll to show something in a row beyond it.
    pub(crate) fn way_beyond_text(&self, row: u16) -> Option<Direction> {
        let (first, last) = (self.text.first()?, self.text.last()?);
        if row < first.0.y {
            return Some(Direction::Previous);
        }
        (row > last.0.y).then_some(Direction::Next)
    }

    /// Puts the terminal's cursor on a cell, where it stays unless what is drawn later takes it.
    fn put_cursor(&mut self, column: u16, row: u16) {
        self.cursor = Some(Cell::new(column, row));
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
