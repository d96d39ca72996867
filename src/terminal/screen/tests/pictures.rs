//! Pictures that are not made of cells.

use std::sync::Arc;

use super::*;
use crate::terminal::picture::{PictureBytes, TerminalPicture};

/// A picture that only clearing the screen takes away.
fn picture(rows: u16, shown: &str) -> Arc<TerminalPicture> {
    let bytes = PictureBytes {
        shown: shown.as_bytes().to_vec(),
        ..PictureBytes::default()
    };
    Arc::new(TerminalPicture::of_bytes(Size::new(4, rows), bytes))
}

/// A picture that the terminal keeps.
fn kept(name: &str) -> Arc<TerminalPicture> {
    let bytes = |what: &str| format!("<{what} {name}>").into_bytes();
    let bytes = PictureBytes {
        kept: bytes("keep"),
        shown: bytes("show"),
        hidden: bytes("hide"),
        forgotten: bytes("forget"),
    };
    Arc::new(TerminalPicture::of_bytes(Size::new(4, 3), bytes))
}

struct PictureScreen(Screen<Vec<u8>>);

impl PictureScreen {
    /// Draws rows of text with a picture at a cell, and gives what is sent.
    fn show(
        &mut self,
        rows: &[&str],
        picture: Option<(&Arc<TerminalPicture>, u16, u16)>,
    ) -> String {
        let picture = picture.map(|(picture, x, y)| ScreenPicture {
            at: Position::new(x, y),
            picture: Arc::clone(picture),
        });
        let rows: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
        let cursor = TerminalCursor {
            cell: Position::new(1, 5),
            is_shown: false,
        };
        let drawn = self.0.draw_with_details(Size::new(40, 10), |buffer, area| {
            paint_rows(buffer, area, &rows);
            let details = FrameDetails {
                cursor: Some(cursor),
                pictures: picture.into_iter().collect(),
                ..FrameDetails::default()
            };
            ((), details)
        });
        drawn.unwrap();
        String::from_utf8(mem::take(&mut self.0.output)).unwrap()
    }
}

const CLEAR: &str = "\x1b[2J";

#[test]
fn a_picture_is_sent_once_in_its_place_behind_the_cells_and_the_cursor_comes_back() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    let one = picture(3, "<one>");
    screen.show(&["text"], None);
    let sent = screen.show(&["", "below"], Some((&one, 7, 2)));
    assert!(!sent.contains(CLEAR));
    let (cells, rest) = sent.split_once("\x1b[3;8H<one>").expect("the picture");
    assert!(cells.contains("below"));
    assert!(rest.starts_with("\x1b[6;2H"), "{rest:?}");
    assert_eq!(screen.show(&["", "below"], Some((&one, 7, 2))), "");
    let sent = screen.show(&["", "other"], Some((&one, 7, 2)));
    assert!(sent.contains("other") && !sent.contains("<one>"));
}

#[test]
fn a_picture_that_is_shown_no_more_is_taken_away_with_the_screen_cleared() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    let (one, other) = (picture(3, "<one>"), picture(3, "<other>"));
    screen.show(&["text"], Some((&one, 0, 1)));
    let sent = screen.show(&["text"], Some((&other, 0, 1)));
    let parts = [CLEAR, "text", "<other>"].map(|part| sent.find(part));
    assert!(parts.is_sorted() && parts[0].is_some());
    // The same at another place.
    let sent = screen.show(&["text"], Some((&other, 5, 1)));
    assert!(sent.contains(CLEAR) && sent.contains("\x1b[2;6H<other>"));
    let sent = screen.show(&["text"], None);
    assert!(sent.contains(CLEAR) && sent.contains("text"));
    assert_eq!(screen.show(&["text"], None), "");
}

#[test]
fn a_picture_that_the_terminal_keeps_is_sent_once_and_moves_without_clearing() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    screen.show(&["text"], None);
    let one = kept("one");
    let sent = screen.show(&["text"], Some((&one, 0, 2)));
    assert!(sent.contains("<keep one>\x1b[3;1H<show one>") && !sent.contains(CLEAR));
    let sent = screen.show(&["text"], Some((&one, 0, 1)));
    assert!(sent.contains("\x1b[2;1H<show one>"));
    assert!(!sent.contains(CLEAR) && !sent.contains("<keep") && !sent.contains("<hide"));
    let sent = screen.show(&["text"], None);
    assert!(sent.contains("<hide one>") && !sent.contains(CLEAR));
    let sent = screen.show(&["text"], Some((&one, 0, 1)));
    assert!(sent.contains("<show one>") && !sent.contains("<keep"));
    // What the terminal has of it is not known any more.
    screen.0.invalidate();
    let sent = screen.show(&["text"], Some((&one, 0, 1)));
    assert!(sent.contains(CLEAR) && sent.contains("<forget one><keep one>"));
}

#[test]
fn the_terminal_keeps_few_pictures() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    let pictures: Vec<_> = (0..12).map(|name| kept(&name.to_string())).collect();
    let mut sent = String::new();
    for picture in &pictures {
        sent.push_str(&screen.show(&[], Some((picture, 0, 1))));
    }
    assert_eq!(sent.matches("<keep").count(), 12);
    assert_eq!(sent.matches("<forget").count(), 4);
    assert!(sent.contains("<forget 0>") && sent.contains("<forget 3>"));
}

#[test]
fn a_screen_that_was_lost_has_its_picture_again() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    let one = picture(3, "<one>");
    screen.show(&[], Some((&one, 0, 1)));
    screen.0.invalidate();
    assert!(screen.show(&[], Some((&one, 0, 1))).contains("<one>"));
}

#[test]
fn nothing_is_scrolled_beneath_a_picture_and_none_reaches_the_end_of_the_screen() {
    let mut screen = PictureScreen(Screen::new(Vec::new()));
    let one = picture(3, "<one>");
    let rows = [
        "",
        "",
        "",
        "",
        "a row of many words",
        "another row of many",
        "a third one here",
    ];
    screen.show(&rows, Some((&one, 0, 0)));
    let scroll = "S\x1b[r";
    assert!(!screen.show(&rows[1..], Some((&one, 0, 0))).contains(scroll));
    assert!(!screen.show(&rows, Some((&one, 0, 7))).contains("<one>"));
}
