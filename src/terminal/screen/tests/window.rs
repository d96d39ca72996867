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

/// Draws rows of prose, of which one has a link.
fn draw_linked(
    screen: &mut EmulatedScreen,
    first: usize,
    link: Option<(u16, Range<u16>)>,
) -> String {
    screen
        .screen
        .draw_with_details(SIZE, |buffer, area| {
            paint_rows(buffer, area, &prose(first, 20));
            let link = link.map(|(row, columns)| ScreenLink {
                row,
                columns,
                address: "https://a.example/b",
            });
            let links = link.into_iter().collect();
            let cursor = None;
            (
                (),
                FrameDetails {
                    cursor,
                    links,
                    pictures: Vec::new(),
                },
            )
        })
        .unwrap();
    let bytes = mem::take(&mut screen.screen.output);
    screen.emulator.process(&bytes);
    String::from_utf8(bytes).unwrap()
}

/// The text between where a link begins and where it ends.
fn linked(bytes: &str) -> Vec<&str> {
    let links = bytes.split("\x1b]8;id=").skip(1);
    links
        .map(|link| {
            let (head, rest) = link.split_once("\x1b\\").unwrap();
            assert!(head.ends_with(";https://a.example/b"), "{head}");
            rest.split_once("\x1b]8;;\x1b\\").unwrap().0
        })
        .collect()
}

fn with_links() -> EmulatedScreen {
    let mut screen = EmulatedScreen::new(SIZE);
    screen.screen.address_of = |address| Some(address.to_owned());
    screen
}

#[test]
fn a_link_is_one_for_the_terminal_wherever_it_goes() {
    let mut screen = with_links();
    let text = prose(0, 20).remove(3);
    let words = text.get(4..9).unwrap();
    assert_eq!(
        linked(&draw_linked(&mut screen, 0, Some((3, 4..9)))),
        [words]
    );
    assert_eq!(draw_linked(&mut screen, 0, Some((3, 4..9))), "");
    // What has scrolled with its link is not sent again.
    let scrolled = draw_linked(&mut screen, 1, Some((2, 4..9)));
    assert_eq!(linked(&scrolled), [""; 0]);
    screen.assert_shows_what_was_painted();
}

#[test]
fn a_row_whose_link_alone_has_changed_is_sent() {
    let mut screen = with_links();
    draw_linked(&mut screen, 0, Some((3, 4..9)));
    let text = prose(0, 20).remove(3);
    let wider = draw_linked(&mut screen, 0, Some((3, 4..11)));
    assert_eq!(linked(&wider), [text.get(4..11).unwrap()]);
    let without = draw_linked(&mut screen, 0, None);
    assert!(linked(&without).is_empty());
    assert!(without.contains(text.trim_end()), "{without:?} {text:?}");
}

#[test]
fn what_the_terminal_is_not_to_open_is_no_link() {
    let mut screen = EmulatedScreen::new(SIZE);
    assert!(linked(&draw_linked(&mut screen, 0, Some((3, 4..9)))).is_empty());
    let mut screen = with_links();
    screen.screen.capabilities.has_window = false;
    assert!(linked(&draw_linked(&mut screen, 0, Some((3, 4..9)))).is_empty());
}
