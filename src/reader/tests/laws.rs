//! What holds for every screen, whatever was done before.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position as At, Rect};

use super::super::action::Focus;
use super::super::draw::{self, ClickMap};
use super::super::keys::keymap::Context;
use super::super::open::layout_cache::LaidOutRow;
use super::super::open::view::Surface;
use super::super::overlays::Overlay;
use super::super::overlays::note::popup::NotePopup;
use super::super::state::State;
use crate::layout::Line;

/// What stands around the screen, where nothing may be drawn.
const UNTOUCHED: Cell = Cell::new("☒");

/// A screen as it is drawn, and what can be clicked on it.
pub(super) struct Drawn {
    screen: Rect,
    /// The screen with some cells to its right and below.
    buffer: Buffer,
    pub(super) clicks: ClickMap,
}

/// Draws the screen, and holds it to all that can be seen of it.
pub(super) fn hold(state: &State) -> Drawn {
    let drawn = Drawn::new(state);
    drawn.nothing_is_outside();
    drawn.every_cell_is_sane();
    drawn.what_can_be_clicked_is_on_the_screen();
    drawn.the_parts_are_apart(state);
    drawn.the_cursor_is_where_the_reader_is(state);
    the_rows_follow_one_another(state);
    no_note_covers_its_marker(state);
    overlays_never_pile_up(state);
    what_is_selected_in_a_note_is_of_that_note(state);
    drawn
}

impl Drawn {
    pub(super) fn new(state: &State) -> Self {
        let screen = Rect::from((At::ORIGIN, state.size()));
        let mut buffer = Buffer::empty(Rect::new(0, 0, screen.width + 3, screen.height + 2));
        for at in around(screen) {
            buffer[at] = UNTOUCHED;
        }
        let clicks = draw::draw(state, &mut buffer);
        Drawn {
            screen,
            buffer,
            clicks,
        }
    }

    /// Asserts that another screen of the size shows the same, but for rows that may differ.
    pub(super) fn assert_same(&self, other: &Drawn, may_differ: &Rect, when: &str) {
        assert_eq!(self.screen, other.screen);
        let cells = self.screen.positions();
        for at in cells.filter(|at| !may_differ.contains(*at)) {
            assert_eq!(other.buffer[at], self.buffer[at], "at {at} {when}");
        }
    }

    fn nothing_is_outside(&self) {
        for at in around(self.screen) {
            assert_eq!(
                self.buffer[at], UNTOUCHED,
                "drawn outside of {}, at {at}",
                self.screen
            );
        }
    }

    /// A cell holds something, and nothing that acts on a terminal.
    fn every_cell_is_sane(&self) {
        for cell in &self.buffer.content {
            let symbol = cell.symbol();
            let is_sane = !symbol.is_empty() && !symbol.chars().any(char::is_control);
            assert!(is_sane, "a cell holds {symbol:?}");
        }
    }

    fn what_can_be_clicked_is_on_the_screen(&self) {
        let screen = self.screen;
        for area in self.clicks.areas() {
            let is_inside = area.is_empty() || screen.union(area) == screen;
            assert!(is_inside, "what can be clicked is at {area} of {screen}");
        }
    }

    /// Whoever follows the terminal's cursor, by ear or by braille, follows the reader.
    fn the_cursor_is_where_the_reader_is(&self, state: &State) {
        let Some(cursor) = self.clicks.cursor() else {
            assert!(self.screen.is_empty(), "no cursor on {}", self.screen);
            return;
        };
        let at = cursor.cell;
        assert!(
            self.screen.contains(at),
            "the cursor is at {at} of {}",
            self.screen
        );
        assert_eq!(cursor.is_shown, state.context().takes_text(), "shown");
        let top = state.overlays().top();
        match (top.and_then(Overlay::note), top.and_then(Overlay::list)) {
            _ if top.is_none() => cursor_is_in_hand(state, at),
            (Some(popup), _) => {
                let open = popup.lay_out(&state.app);
                if let Some(open) = open.filter(|open| !open.area.is_empty()) {
                    assert!(open.area.contains(at), "{at} is not in the note's box");
                }
                if popup.is_in_margin(&state.app) {
                    let margins = state.geometry().margins();
                    let is_there = margins.iter().any(|margin| margin.contains(at));
                    assert!(is_there, "{at} is not in the margin");
                }
            }
            // The smallest screens have no room for a row beside the filter.
            (_, Some(list)) if !list.is_filtering && list.len() > 0 => {
                let row = Rect {
                    y: at.y,
                    height: 1,
                    ..self.screen
                };
                let is_lit = row.positions().any(|at| self.buffer[at].symbol() == "▸");
                let has_room = self.screen.height >= 8 && self.screen.width >= 12;
                assert!(is_lit || !has_room, "{at} is in no lit row");
            }
            _ => {}
        }
    }

    /// Between the parts of the screen there is nothing, and each part shows its own.
    fn the_parts_are_apart(&self, state: &State) {
        let buffer = &self.buffer;
        let geometry = state.geometry();
        // What is wrong with a pattern may take the line above the prompt, all of it.
        let may_have_fault = state.context() == Context::Search;
        let line_above = geometry.footer.y.checked_sub(1).filter(|_| may_have_fault);
        let only = |area: Rect, signs: &str, part: &str| {
            let cells = area.intersection(self.screen).positions();
            for at in cells.filter(|at| Some(at.y) != line_above) {
                let symbol = buffer[at].symbol();
                assert!(signs.contains(symbol), "{symbol:?} in {part}, at {at}");
            }
        };
        only(geometry.scrollbar, " │┃◆", "the scrollbar");
        let edge = geometry.outline.right().saturating_sub(1);
        let edge = Rect {
            x: edge,
            width: geometry.outline.width.min(1),
            ..geometry.outline
        };
        only(edge, "│", "the outline's edge");
        if state.overlays().is_empty() && state.app.awaited_after.is_empty() {
            for between in gaps(state) {
                only(between, " ", "a gap");
            }
            let text = geometry.text;
            let left = match geometry.margin {
                margin if geometry.is_spread() && !margin.is_empty() => margin.right(),
                _ => geometry.desk.x,
            };
            let gutter = Rect {
                x: left,
                width: text.x - left,
                ..text
            };
            only(gutter, " ▎╶╴◆ce?“!n*", "the gutter");
            if let Some(line) = geometry.line_between() {
                only(line, "│", "the line between the columns");
                let facing = geometry.facing;
                let gutter = Rect {
                    x: line.right(),
                    width: facing.x - line.right(),
                    ..facing
                };
                only(gutter, " ▎╶╴◆ce?“!n*", "the right column's gutter");
            }
        }
        if state.context() != Context::Search && geometry.footer.width > 2 {
            let footer = geometry.footer;
            for x in [footer.x, footer.right() - 1] {
                let edge = Rect::new(x, footer.y, 1, footer.height);
                only(edge, " ", "the footer's edge");
            }
        }
    }
}

/// The cells to the right of the screen and below.
fn around(screen: Rect) -> impl Iterator<Item = At> {
    let right = Rect::new(screen.right(), 0, 3, screen.height + 2);
    let below = Rect::new(0, screen.bottom(), screen.width, 2);
    right.positions().chain(below.positions())
}

/// Where nothing stands: right of the text and of what of it is wider, and around the margin.
fn gaps(state: &State) -> Vec<Rect> {
    let geometry = state.geometry();
    let (text, desk, margin) = (geometry.text, geometry.desk, geometry.margin);
    let from_to = |left: u16, right: u16| Rect {
        x: left,
        width: right.saturating_sub(left),
        ..desk
    };
    if let Some(line) = geometry.line_between() {
        let (facing, other) = (geometry.facing, geometry.facing_margin);
        let beyond = if other.is_empty() { facing } else { other };
        vec![
            from_to(desk.x, margin.x),
            from_to(text.right(), line.x),
            from_to(facing.right(), other.x),
            from_to(beyond.right(), desk.right()),
        ]
    } else if margin.is_empty() {
        let page = state.app.open.view.page();
        let rows = desk.rows().enumerate().map(|(index, row)| {
            let line = page.get(index).and_then(LaidOutRow::line);
            let columns = line.map_or(0, Line::columns).max(text.width);
            let left = (text.x + columns).min(desk.right());
            Rect {
                x: left,
                width: desk.right() - left,
                ..row
            }
        });
        rows.collect()
    } else {
        vec![
            from_to(text.right(), margin.x),
            from_to(margin.right(), desk.right()),
        ]
    }
}

/// The cursor is at the paragraph's first line in sight, or in it at what was chosen or found.
fn cursor_is_in_hand(state: &State, at: At) {
    let (text, page, hand) = (
        state.geometry().text,
        state.app.open.view.page(),
        state.app.open.view.current_block(),
    );
    let first = page
        .iter()
        .position(|set| set.row.block == hand && !set.is_blank());
    let Some(first) = first.filter(|_| !text.is_empty()) else {
        return;
    };
    let selection = state.app.open.view.selection();
    let is_beside = selection.is_some_and(|it| matches!(it.surface, Surface::Beside(_)));
    if is_beside && state.geometry().desk.contains(at) {
        return;
    }
    let geometry = state.geometry();
    let (wide, facing) = (geometry.wide_text, geometry.facing);
    assert!(
        wide.contains(at) || facing.contains(at),
        "the cursor is at {at}, not in the text"
    );
    let in_first = page.in_first();
    let above = if facing.contains(at) { in_first } else { 0 };
    let row = above + usize::from(at.y - text.y);
    let set = &page[row];
    let open = &state.app.open;
    let is_chosen = open.view.chosen().is_some_and(|(block, focus)| {
        // What the reader keeps may begin in a block before that of its mark.
        let kept = match focus {
            Focus::Kept(key) => open.shelf.annotations.by_key(key),
            _ => None,
        };
        let passage = kept.and_then(|kept| kept.found.passage());
        let is_kept = passage.is_some_and(|it| it.bytes_in(set.row.block).is_some());
        block == set.row.block || is_kept
    });
    let is_found = set.line().is_some_and(|line| {
        let mut found = state.app.open.finder.matches_in(set.row.block, &line.text);
        found.any(|(_, is_current)| is_current)
    });
    let is_selected = set.line().is_some_and(|line| {
        let selection = state.app.open.view.selection();
        let own = selection.and_then(|selection| selection.passage.bytes_in(set.row.block));
        own.is_some_and(|own| own.start < line.text.end && line.text.start < own.end)
    });
    assert!(
        row == first || is_chosen || is_found || is_selected,
        "the cursor is in row {row}, the paragraph begins in row {first}"
    );
}

/// No row of the text is left out or shown twice, but for blank ones between two columns.
fn the_rows_follow_one_another(state: &State) {
    let page = state.app.open.view.page();
    let in_first = page.in_first();
    for (index, pair) in page.windows(2).enumerate() {
        let [one, next] = [&pair[0], &pair[1]];
        let begins_column = index + 1 == in_first;
        let blank = next.layout.lead - state.app.open.view.image_rows(next.row.block);
        let leaves_out = if begins_column { blank } else { 0 };
        let follows = if one.row.block == next.row.block {
            let following = one.row.line + 1;
            (following..=following.max(leaves_out)).contains(&next.row.line)
        } else {
            one.row.block < next.row.block
                && one.row.line + 1 == one.layout.lines.len()
                && next.row.line <= leaves_out
        };
        assert!(follows, "{:?} follows {:?}", next.row, one.row);
    }
}

/// The line of the marker that a note was opened from stays in sight, beside the note.
fn no_note_covers_its_marker(state: &State) {
    let Some(popup) = state.overlays().note() else {
        return;
    };
    let Some((block, focus)) = popup.origin else {
        return;
    };
    let view = &state.app.open.view;
    let row = view.row_of_target(block, focus);
    let place = state.app.open.position_of(block, focus);
    if let Some(place) = place.filter(|_| view.rows() > 0) {
        let is_in_sight = row.is_some() || view.is_visible(place);
        assert!(is_in_sight, "the marker of the open note is out of sight");
    }
    let open = popup.lay_out(&state.app);
    if let (Some(row), Some(open)) = (row, open) {
        let row = state.app.place_of_row(row).unwrap();
        let covers = open.area.intersects(row);
        assert!(
            !covers,
            "the box {} covers its marker's row {row}",
            open.area
        );
        let is_beside = open.area.left() <= row.right() && row.left() <= open.area.right();
        assert!(is_beside, "the box {} is away from {row}", open.area);
    }
}

/// And while it is selected in a box, the box is open.
fn what_is_selected_in_a_note_is_of_that_note(state: &State) {
    let open = &state.app.open;
    let Some(selection) = open.view.selection() else {
        return;
    };
    let Some(note) = selection.surface.note() else {
        return;
    };
    let (start, end) = (selection.passage.start, selection.passage.end);
    let at = |block| open.document.paper().note_at(block);
    assert_eq!(
        (at(start.block), at(end.block)),
        (Some(note), Some(note)),
        "{selection:?}"
    );
    if let Surface::Box(_) = selection.surface {
        let shown = state.overlays().note().and_then(NotePopup::note);
        assert_eq!(shown, Some(note), "{selection:?} is in no open note");
    }
}

/// However long somebody opens one thing over another.
fn overlays_never_pile_up(state: &State) {
    let open = state.overlays();
    let notes = open.iter().filter(|open| open.note().is_some());
    assert!(notes.count() <= 1, "several notes lie over one another");
    assert!(open.len() <= 5, "{} things lie over the page", open.len());
}
