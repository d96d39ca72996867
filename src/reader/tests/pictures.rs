//! The page of a PDF as a picture: what is asked for, and what is shown of what comes.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::paper::{Paper, PaperBuilder};
use crate::picture::{Drawing, Raster};
use crate::reader::action::{Action, Effect};
use crate::reader::draw;
use crate::reader::link::Openable;
use crate::reader::pictures::{
    DrawnPicture, FoundImage, PictureNews, PictureRequest, PictureSource, SharedDrawing,
};
use crate::reader::testing::TestReader;
use crate::shelf::Origin;
use crate::terminal::events::Event;
use crate::terminal::picture::{PictureProtocol, PictureView, TerminalPicture};

/// A paper of two pages, which are printed as iv and v, of a file of seven.
fn paper() -> Paper {
    let mut builder = PaperBuilder::new();
    builder.sheet("iv", 2);
    builder.begin_paragraph();
    builder.push_text("What is on the one page.");
    builder.begin_paragraph();
    builder.sheet("v", 3);
    builder.push_text("What is on the other.");
    builder.finish().paper
}

fn open() -> TestReader {
    let mut desk = TestReader::open_paper(paper(), 60, 20);
    desk.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
    desk
}

/// What was asked for since.
fn asked(desk: &mut TestReader) -> Vec<PictureRequest> {
    let effects = desk.effects.drain(..);
    let requests = effects.filter_map(|effect| match effect {
        Effect::DrawPicture(request) => Some(request),
        _ => None,
    });
    requests.collect()
}

/// Answers the one request with a page, half as wide as high.
fn answer(desk: &mut TestReader) -> PictureRequest {
    let requests = asked(desk);
    let [request] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    let wanted = request.wanted.clone();
    let rgb = (0..500u32 * 1000 * 3).map(|at| at.to_le_bytes()[2]);
    let raster = Raster::new(500, 1000, rgb.collect()).unwrap();
    let sheets = Some(7);
    let view = PictureView {
        area: wanted.area,
        cell: Size::new(8, 16),
        zoom: wanted.zoom,
        centre: wanted.centre,
    };
    let picture = TerminalPicture::new(&raster, &view, wanted.by).unwrap();
    let drawn = Ok(DrawnPicture {
        drawing: SharedDrawing::new(Drawing { raster, sheets }),
        view,
        picture: Arc::new(picture),
    });
    let news = Box::new(PictureNews { wanted, drawn });
    desk.act(Action::TakePicture(news));
    request.clone()
}

#[test]
fn the_page_that_the_cursor_is_on_is_shown_once_it_is_drawn() {
    let mut desk = open().press("} } p").shows("drawing page 3…");
    let request = answer(&mut desk);
    assert_eq!(request.wanted.source, PictureSource::Sheet(3));
    let desk = desk.shows("Page 3 of 7, printed v").shows("▀▀▀▀");
    desk.press("p").shows("What is on the other.");
}

#[test]
fn pages_are_turned_as_far_as_the_file_has_any() {
    let mut desk = open().press("p");
    answer(&mut desk);
    let mut desk = desk.press("]").shows("drawing page 3…").shows_no("▀");
    answer(&mut desk);
    desk = desk.press("[");
    answer(&mut desk);
    desk = desk.press("PageUp");
    answer(&mut desk);
    let mut desk = desk.shows("Page 1 of 7").press("PageUp");
    assert_eq!(asked(&mut desk), []);
    desk.shows("this is the first page");
}

#[test]
fn from_a_page_enter_goes_to_its_text() {
    let mut desk = open().press("p");
    answer(&mut desk);
    let mut desk = desk.press("]");
    answer(&mut desk);
    let desk = desk.press("Enter").shows("What is on the other.");
    let page = desk
        .state
        .app
        .open
        .document
        .paper()
        .page_at(desk.state.app.open.view.cursor());
    assert_eq!(page, Some("v"));
    let mut desk = desk.press("p ]");
    answer(&mut desk);
    let mut desk = desk.shows("drawing page 4…").press("Enter");
    answer(&mut desk);
    desk.shows("no text of the paper begins on this page");
}

#[test]
fn who_turns_many_pages_waits_for_the_last_one_only() {
    let mut desk = open().press("p ] ] ] ]").shows("drawing page 6…");
    // The first is on its way, and is not shown when it comes.
    assert_eq!(answer(&mut desk).wanted.source, PictureSource::Sheet(2));
    let mut desk = desk.shows("drawing page 6…").shows_no("▀");
    assert_eq!(answer(&mut desk).wanted.source, PictureSource::Sheet(6));
    desk.shows("Page 6 of 7").shows("▀");
}

#[test]
fn a_part_is_shown_larger_and_moved_to_from_what_was_drawn() {
    let mut desk = open().press("p");
    answer(&mut desk);
    let mut desk = desk.press("+").shows("▀").shows("150% · drawing…");
    let larger = answer(&mut desk);
    assert!(larger.drawing.is_some() && larger.wanted.zoom == 1);
    let mut desk = desk.shows_no("drawing").press("+");
    let larger = answer(&mut desk);
    let mut desk = desk.shows("225%").press("j");
    let lower = answer(&mut desk).wanted;
    assert!(lower.centre.1 > larger.wanted.centre.1);
    let mut desk = desk.press("G");
    let lowest = answer(&mut desk).wanted;
    assert!(lowest.centre.1 > lower.centre.1);
    // There it ends.
    let mut desk = desk.press("j");
    assert_eq!(asked(&mut desk), []);
    let mut desk = desk.press("]");
    let next = answer(&mut desk).wanted;
    assert!(next.centre.1 == 0 && next.zoom == 2, "{next:?}");
    let mut desk = desk.press("-");
    answer(&mut desk);
    let mut desk = desk.press("-");
    assert_eq!(answer(&mut desk).wanted.centre, PictureView::MIDDLE);
}

#[test]
fn a_screen_of_another_size_has_a_picture_of_that_size() {
    let mut desk = open().press("p");
    assert_eq!(answer(&mut desk).wanted.area, Size::new(60, 18));
    let mut desk = desk.resize(30, 10);
    assert_eq!(answer(&mut desk).wanted.area, Size::new(30, 8));
    let mut desk = desk.press("?").resize(40, 15);
    assert_eq!(asked(&mut desk), [], "nobody sees it beneath the help");
    let mut desk = desk.press("Esc");
    answer(&mut desk);
    desk.shows("Page 2 of 7");
}

#[test]
fn a_terminal_that_says_in_time_that_it_has_sixels_is_sent_them() {
    let mut desk = open();
    desk.state.app.pictures.may_have_sixels = true;
    let mut desk = desk.press("p");
    let first = answer(&mut desk);
    assert!(first.asks_for_sixels && first.wanted.by == PictureProtocol::HalfBlocks);
    desk.send(Event::Sixels(true));
    let second = answer(&mut desk);
    assert!(!second.asks_for_sixels && second.drawing.is_some());
    assert_eq!(second.wanted.by, PictureProtocol::Sixel);
    // Its place on the screen is empty: no cell of it has a letter.
    let desk = desk.shows("Page 2 of 7").shows_no("▀");
    let pictures = |desk: &TestReader| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 20));
        draw::draw(&desk.state, &mut buffer).pictures()
    };
    assert_eq!(pictures(&desk)[0].at.y, 0);
    // What opens over it is not covered.
    assert_eq!(pictures(&desk.press("?")), []);
}

#[test]
fn a_terminal_that_was_not_to_be_asked_keeps_its_way() {
    let mut desk = open().press("p");
    assert!(!answer(&mut desk).asks_for_sixels);
    desk.send(Event::Sixels(true));
    assert_eq!(asked(&mut desk), []);
}

#[test]
fn why_there_is_no_picture_is_said() {
    let mut desk = open().press("p");
    let wanted = asked(&mut desk).pop().unwrap().wanted;
    let drawn = Err("it is broken".to_owned());
    desk.act(Action::TakePicture(Box::new(PictureNews { wanted, drawn })));
    let mut desk = desk.shows("not shown: it is broken").press("]");
    answer(&mut desk);
    desk.shows("Page 3 of 7").shows_no("broken");
}

#[test]
fn a_picture_that_comes_late_is_not_shown_in_place_of_the_text() {
    let mut desk = open().press("p Esc");
    answer(&mut desk);
    let mut desk = desk.shows("What is on the one page.").shows_no("▀");
    desk = desk.press("p");
    answer(&mut desk);
    desk.shows("Page 2 of 7");
}

#[test]
fn the_page_is_told_at_the_foot_where_there_is_room_and_in_the_list_of_what_is_kept() {
    let desk = TestReader::open_paper(paper(), 60, 20).shows("p. iv · ");
    let folder = tempfile::tempdir().unwrap();
    let desk = desk.with_shelf(folder.path(), Origin::Elsewhere);
    let desk = desk.press("}").shows("p. v · ").press("b B");
    desk.shows(" · exact · p. v");
    TestReader::open_paper(paper(), 30, 20).shows_no("p. iv");
    let unpaged = TestReader::open("# One\n\nText.\n\n# Two\n\nMore.\n", 60, 20);
    unpaged.shows_no("p. ");
}

#[test]
fn where_there_are_no_pages_or_no_pictures_that_is_said() {
    let mut plain = TestReader::open("Just text.", 60, 20);
    plain.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
    plain.press("p").shows("only a PDF has pages");
    let without = TestReader::open_paper(paper(), 60, 20).press("p");
    without.shows("this terminal shows no pictures");
}

fn found(address: &str, source: Option<PictureSource>) -> Action {
    Action::TakeImage(Box::new(FoundImage {
        address: address.to_owned(),
        openable: Ok(Openable {
            address: "/papers/cat.png".to_owned(),
            leads: "opens the image".to_owned(),
        }),
        source,
    }))
}

fn open_image(markdown: &str) -> TestReader {
    let mut desk = TestReader::open(markdown, 60, 20);
    desk.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
    let desk = desk.press("Tab Enter");
    let asked = Effect::FindImage("cat.png".to_owned());
    assert!(desk.effects.contains(&asked));
    desk
}

#[test]
fn an_image_that_is_found_is_shown_with_what_it_shows() {
    let file = PictureSource::File("/papers/cat.png".into());
    let mut desk = open_image("![A *sleeping* cat](cat.png)");
    desk.act(found("cat.png", Some(file.clone())));
    assert_eq!(answer(&mut desk).wanted.source, file);
    let desk = desk.shows("▀▀▀").shows("A sleeping cat").shows_no("Page");
    desk.press("o")
        .shows("Open this image?")
        .press("Esc Esc")
        .shows("[image");
    // Without a description it is called as its file is.
    let mut desk = open_image("![](cat.png)");
    desk.act(found(
        "cat.png",
        Some(PictureSource::Packed("x/cat.png".to_owned())),
    ));
    answer(&mut desk);
    desk.shows("cat.png").shows("▀▀▀");
}

#[test]
fn an_image_is_asked_about_where_no_picture_can_be_shown() {
    let mut without = open_image("![A cat](cat.png)");
    without.act(found("cat.png", None));
    without.shows("Open this image?");
    let mut plain = open_image("![A cat](cat.png)");
    plain.state.app.pictures.by = None;
    plain.act(found(
        "cat.png",
        Some(PictureSource::File("cat.png".into())),
    ));
    plain.shows("Open this image?");
}
