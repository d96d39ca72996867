//! The cursor is where a frame puts it, and that takes few bytes.

use super::*;

/// What it takes to hold a frame back, to move the cursor anywhere and to show or hide it.
const MAX_MOVE_BYTES: usize = 40;

fn cursor(column: u16, row: u16, is_shown: bool) -> Option<TerminalCursor> {
    let cell = Position::new(column, row);
    Some(TerminalCursor { cell, is_shown })
}

/// A screen as the program finds it once the terminal is taken over.
fn entered() -> EmulatedScreen {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.emulator.process(b"\x1b[?25l");
    screen
}

/// Draws rows and puts the cursor; returns how many bytes that took.
fn draw(screen: &mut EmulatedScreen, rows: &[String], cursor: Option<TerminalCursor>) -> usize {
    let paint = |buffer: &mut Buffer, area| (paint_rows(buffer, area, rows), cursor);
    screen.screen.draw_with_details(SIZE, paint).unwrap();
    let bytes = mem::take(&mut screen.screen.output);
    screen.emulator.process(&bytes);
    let shown = screen.emulator.screen();
    let is_shown = cursor.is_some_and(|cursor| cursor.is_shown);
    assert_eq!(!shown.hide_cursor(), is_shown, "whether it is shown");
    if let Some(TerminalCursor { cell, .. }) = cursor {
        assert_eq!(shown.cursor_position(), (cell.y, cell.x));
    }
    bytes.len()
}

#[test]
fn the_cursor_stays_where_it_was_put_while_the_rows_change_and_scroll() {
    let mut screen = entered();
    for first in [0, 1, 2, 9, 8] {
        draw(&mut screen, &prose(first, 20), cursor(4, 7, false));
    }
}

#[test]
fn moving_the_cursor_takes_few_bytes_and_leaving_it_takes_none() {
    let mut screen = entered();
    let rows = prose(0, 20);
    draw(&mut screen, &rows, cursor(0, 0, false));
    for (place, most) in [
        (cursor(0, 0, false), 0),
        (cursor(79, 23, false), MAX_MOVE_BYTES),
        (cursor(79, 23, true), MAX_MOVE_BYTES),
        (cursor(79, 23, true), 0),
        (cursor(5, 0, true), MAX_MOVE_BYTES),
        (None, MAX_MOVE_BYTES),
        (None, 0),
    ] {
        let bytes = draw(&mut screen, &rows, place);
        assert!(bytes <= most, "{bytes} bytes for {place:?}");
    }
}

#[test]
fn the_cursor_is_put_again_once_another_program_had_the_screen() {
    let mut screen = entered();
    let rows = prose(0, 20);
    for is_shown in [true, false] {
        draw(&mut screen, &rows, cursor(5, 6, is_shown));
        screen.screen.invalidate();
        screen.emulator.process(b"\x1b[H\x1b[?25l");
        draw(&mut screen, &rows, cursor(5, 6, is_shown));
    }
}
