//! Pictures that are not made of cells.

use super::*;
use crate::terminal::picture::TerminalPicture;

fn picture(rows: u16, shown: &str) -> Arc<TerminalPicture> {
    let size = Size::new(4, rows);
    Arc::new(TerminalPicture::of_bytes(size, shown.as_bytes(), b"<away>"))
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
                picture,
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
    let parts = ["<away>", "text", "<other>"].map(|part| sent.find(part));
    assert!(sent.contains(CLEAR) && parts.is_sorted() && parts[0].is_some());
    // The same at another place.
    let sent = screen.show(&["text"], Some((&other, 5, 1)));
    assert!(sent.contains("<away>") && sent.contains("\x1b[2;6H<other>"));
    let sent = screen.show(&["text"], None);
    assert!(sent.contains(CLEAR) && sent.contains("<away>") && sent.contains("text"));
    assert_eq!(screen.show(&["text"], None), "");
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
