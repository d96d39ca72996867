//! What goes to the window that the screen is in.

use super::*;

fn title_of(bytes: &[u8]) -> Option<&str> {
    let text = str::from_utf8(bytes).unwrap();
    let (_, title) = text.split_once("\x1b]2;")?;
    title.split_once("\x1b\\").map(|(title, _)| title)
}

fn draw(screen: &mut EmulatedScreen) -> Vec<u8> {
    screen.draw(SIZE, |buffer, area| paint_rows(buffer, area, &prose(0, 20)))
}

#[test]
fn a_title_is_told_once_and_again_when_the_screen_is_taken_anew() {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.screen.set_title("Notes\x07\x1b on “Peace”");
    assert_eq!(title_of(&draw(&mut screen)), Some("Notes on “Peace”"));
    screen.screen.set_title("Notes\x07\x1b on “Peace”");
    assert_eq!(draw(&mut screen), b"");
    screen.screen.invalidate();
    assert_eq!(title_of(&draw(&mut screen)), Some("Notes on “Peace”"));
    screen.screen.set_title(&"x".repeat(9000));
    assert_eq!(title_of(&draw(&mut screen)).map(str::len), Some(200));
}

#[test]
fn a_terminal_without_a_window_is_told_no_title() {
    let capabilities = TerminalCapabilities {
        has_window: false,
        ..TerminalCapabilities::default()
    };
    let mut screen = EmulatedScreen::new(SIZE);
    screen.screen.capabilities = capabilities;
    screen.screen.set_title("Notes");
    assert_eq!(title_of(&draw(&mut screen)), None);
}
