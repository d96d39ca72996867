//! Images that stand in the text.

use std::sync::Arc;

use ratatui::layout::Size;

use super::{laws, reloading};
use crate::paper::BlockId;
use crate::picture::{Drawing, Raster};
use crate::reader::action::{Action, Effect};
use crate::reader::open::figures::{Figure, FigureNews, MeasuredFigures};
use crate::reader::open::layout_cache::LaidOutRow;
use crate::reader::pictures::{
    DrawnPicture, PictureNews, PictureRequest, PictureSource, SharedDrawing,
};
use crate::reader::settings::FigureChoice;
use crate::reader::testing::TestReader;
use crate::terminal::picture::{PictureProtocol, PictureView, TerminalPicture};

const CELL: Size = Size::new(8, 16);

/// The image is block 2: the title page and a paragraph stand before it.
const PAPER: &str = "First words.\n\n![A cat](cat.png)\n\nSecond words.\n\nThird words.\n\n\
                     An ![icon](icon.png) between words.";

fn open(choice: FigureChoice, by: PictureProtocol) -> TestReader {
    let mut desk = TestReader::open(PAPER, 40, 20);
    desk.state.app.settings.figures = choice;
    desk.state.app.pictures.by = Some(by);
    desk.press("j k")
}

fn image() -> BlockId {
    BlockId(2)
}

/// Tells that the image is so large.
fn measure(desk: &mut TestReader, width: u32, height: u32) {
    let effects: Vec<Effect> = desk.effects.drain(..).collect();
    let measured = Effect::MeasureFigures {
        asks_for_sixels: false,
    };
    assert!(effects.contains(&measured), "{effects:?}");
    let figure = Figure {
        block: image(),
        source: PictureSource::File("cat.png".into()),
        width,
        height,
    };
    let document = Arc::clone(&desk.state.app.open.document);
    let measured = MeasuredFigures {
        figures: vec![figure],
        cell: CELL,
    };
    let news = FigureNews { document, measured };
    desk.act(Action::TakeFigures(Box::new(news)));
}

/// What is to be drawn.
fn asked(desk: &mut TestReader) -> Option<PictureRequest> {
    let effects = desk.effects.drain(..);
    let mut requests = effects.filter_map(|effect| match effect {
        Effect::DrawPicture(request) => Some(request),
        _ => None,
    });
    let request = requests.next();
    assert_eq!(requests.next(), None);
    request
}

/// Answers with a picture of so many pixels.
fn answer(desk: &mut TestReader, width: u32, height: u32) -> Size {
    let wanted = asked(desk).expect("a request").wanted;
    let bytes = usize::try_from(width * height * 3).unwrap();
    let raster = Raster::new(width, height, vec![90; bytes]).unwrap();
    let view = PictureView {
        area: wanted.area,
        cell: CELL,
        zoom: 0,
        centre: PictureView::MIDDLE,
    };
    let picture = TerminalPicture::new(&raster, &view, wanted.by).unwrap();
    let area = wanted.area;
    let sheets = None;
    let drawn = Ok(DrawnPicture {
        drawing: SharedDrawing::new(Drawing { raster, sheets }),
        view,
        picture: Arc::new(picture),
    });
    desk.act(Action::TakePicture(Box::new(PictureNews { wanted, drawn })));
    area
}

/// The rows that show halves of cells.
fn rows_of_picture(desk: &TestReader) -> Vec<usize> {
    let rows = desk.rows();
    let with = rows.iter().enumerate().filter(|(_, row)| row.contains('▀'));
    with.map(|(at, _)| at).collect()
}

#[test]
fn an_image_stands_above_its_words_as_large_as_it_is() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    measure(&mut desk, 80, 64);
    let before = desk.rows();
    assert_eq!(answer(&mut desk, 80, 64), Size::new(10, 4));
    let picture = rows_of_picture(&desk);
    assert_eq!(picture.len(), 4);
    let rows = desk.rows();
    assert!(rows[picture[0] - 2].contains("First words."), "{rows:#?}");
    assert!(rows[picture[3] + 1].contains("[image: A cat]"));
    // Room was made before it came, so that nothing moves then.
    let words = |rows: &[String]| rows.iter().position(|row| row.contains("Second"));
    assert_eq!(words(&before), words(&rows));
}

#[test]
fn a_large_image_is_fitted_into_the_column_and_leaves_room_for_words() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    measure(&mut desk, 4000, 1000);
    let size = answer(&mut desk, 400, 100);
    let columns = desk.state.app.geometry().text.width;
    assert_eq!(size.width, columns);
    let mut desk = desk.resize(20, 12);
    let size = answer(&mut desk, 400, 100);
    assert!(size.width <= 18, "{size}");
    let mut high = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    measure(&mut high, 400, 4000);
    let rows = high.state.app.geometry().text.height;
    assert!(answer(&mut high, 400, 4000).height < rows);
}

#[test]
fn an_image_goes_off_the_screen_row_by_row_and_comes_back() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    desk = desk.resize(40, 10);
    measure(&mut desk, 80, 64);
    answer(&mut desk, 80, 64);
    let whole = desk.text();
    let (mut desk, mut counts) = (desk, Vec::new());
    for _ in 0..12 {
        counts.push(rows_of_picture(&desk).len());
        desk = desk.press("j");
    }
    assert!(counts.contains(&4) && counts.contains(&2), "{counts:?}");
    assert!(asked(&mut desk).is_none(), "it was drawn once");
    assert_eq!(desk.press("g g").text(), whole);
}

#[test]
fn an_image_that_turns_out_to_be_shown_turned_gets_the_room_for_that() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    measure(&mut desk, 80, 48);
    assert_eq!(answer(&mut desk, 48, 80), Size::new(10, 3));
    assert!(rows_of_picture(&desk).is_empty(), "it would be too small");
    assert_eq!(answer(&mut desk, 48, 80), Size::new(6, 5));
    assert_eq!(rows_of_picture(&desk).len(), 5);
    assert!(asked(&mut desk).is_none());
}

#[test]
fn what_cannot_be_shown_takes_no_room() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    let without = desk.text();
    measure(&mut desk, 80, 64);
    assert_ne!(desk.text(), without);
    let wanted = asked(&mut desk).unwrap().wanted;
    let drawn = Err("it is broken".to_owned());
    desk.act(Action::TakePicture(Box::new(PictureNews { wanted, drawn })));
    assert_eq!(desk.text(), without);
    assert!(asked(&mut desk).is_none());
}

#[test]
fn images_stand_in_the_text_where_the_reader_and_the_terminal_have_it_so() {
    let looks = |choice, by| {
        let desk = open(choice, by);
        let is_look = |effect: &Effect| matches!(effect, Effect::MeasureFigures { .. });
        desk.effects.iter().any(is_look)
    };
    use PictureProtocol::{HalfBlocks, Kitty};
    assert!(looks(FigureChoice::Auto, Kitty) && looks(FigureChoice::Always, HalfBlocks));
    assert!(!looks(FigureChoice::Auto, HalfBlocks) && !looks(FigureChoice::Never, Kitty));
}

#[test]
fn a_picture_that_is_not_of_cells_is_sent_while_nothing_covers_it() {
    let mut desk = open(FigureChoice::Auto, PictureProtocol::Kitty);
    measure(&mut desk, 80, 64);
    answer(&mut desk, 80, 64);
    let pictures = |desk: &TestReader| {
        let size = desk.state.size();
        let area = ratatui::layout::Rect::new(0, 0, size.width, size.height);
        let mut buffer = ratatui::buffer::Buffer::empty(area);
        crate::reader::draw::draw(&desk.state, &mut buffer)
            .pictures()
            .len()
    };
    assert_eq!(pictures(&desk), 1);
    let desk = desk.press("?");
    assert_eq!(pictures(&desk), 0, "beneath the help");
    let desk = desk.press("Esc");
    assert_eq!(pictures(&desk), 1);
    // Only as a whole.
    assert_eq!(pictures(&desk.resize(40, 6)), 0);
}

#[test]
fn what_was_found_for_an_older_text_is_not_shown_in_a_new_one() {
    let mut desk = open(FigureChoice::Always, PictureProtocol::HalfBlocks);
    let before = desk.text();
    let other = TestReader::open(PAPER, 40, 20);
    let measured = MeasuredFigures {
        figures: vec![Figure {
            block: image(),
            source: PictureSource::File("cat.png".into()),
            width: 80,
            height: 64,
        }],
        cell: CELL,
    };
    let document = Arc::clone(&other.state.app.open.document);
    let news = FigureNews { document, measured };
    desk.act(Action::TakeFigures(Box::new(news)));
    assert_eq!(desk.text(), before);
}

#[test]
fn an_image_that_the_left_column_would_cut_begins_the_right_one() {
    let long = "Words that fill the left column, almost. ".repeat(50);
    let paper = PAPER.replace("First words.", &long);
    let mut desk = TestReader::open(&paper, 170, 40);
    desk.state.app.settings.figures = FigureChoice::Always;
    desk.state.app.settings.is_spread = true;
    desk.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
    let mut desk = desk.press("j k");
    measure(&mut desk, 160, 160);
    assert_eq!(answer(&mut desk, 160, 160), Size::new(20, 10));
    laws::hold(&desk.state);
    let geometry = desk.state.app.geometry();
    let right = usize::from(geometry.line_between().expect("two columns").x);
    let in_first = desk.state.app.open.view.page().in_first();
    assert!(
        in_first < geometry.text.height.into(),
        "nothing would be cut"
    );
    let rows = rows_of_picture(&desk);
    let top = usize::from(geometry.facing.y);
    assert_eq!(rows, (top..top + 10).collect::<Vec<_>>());
    for row in desk.rows().iter().filter(|row| row.contains('▀')) {
        let before = row.split('▀').next().unwrap_or_default().chars().count();
        assert!(before > right, "{row}");
    }
    // The words beneath it stand there, too.
    let words = desk.rows()[top + 10].clone();
    assert!(
        words.contains("│") && words.contains("[image: A cat]"),
        "{words}"
    );
}

#[test]
fn notes_below_an_image_in_the_right_column_cover_no_text() {
    let long = "Words that fill the left column, almost. ".repeat(40);
    let note = "A note that takes many lines at the foot. ".repeat(40);
    let paper = PAPER.replace("First words.", &long);
    let paper = paper.replace("(cat.png)", "(cat.png)[^a]") + &format!("\n\n[^a]: {note}\n");
    // As high as an image may be, and low enough for the right column with its notes.
    for height in [464, 300] {
        let mut desk = TestReader::open(&paper, 170, 40);
        desk.state.app.settings.figures = FigureChoice::Always;
        desk.state.app.settings.is_spread = true;
        desk.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
        let mut desk = desk.press("P P j k");
        measure(&mut desk, 160, height);
        let size = answer(&mut desk, 160, height);
        laws::hold(&desk.state);
        let rows = rows_of_picture(&desk);
        let right = usize::from(desk.state.app.geometry().facing.x);
        for row in &rows {
            let row = &desk.rows()[*row];
            let before = row.split('▀').next().unwrap().chars().count();
            assert!(before >= right, "{row}");
        }
        assert_eq!(rows.len(), usize::from(size.height), "all of it is shown");
        let app = &desk.state.app;
        let page = app.open.view.page();
        let rows = page.columns().map(<[LaidOutRow]>::len);
        let geometry = app.geometry();
        assert!(geometry.is_spread() && geometry.foot_rows > 0);
        let beside = app.beside(None);
        let mut foots = 0;
        for (notes, text) in beside.columns.iter().zip(rows) {
            let last = notes.notes.last();
            let foot = last.map_or(0, |last| 1 + last.row + last.rows.len());
            foots += foot;
            let height = usize::from(geometry.text.height);
            assert!(
                text + foot <= height,
                "{text} and {foot} rows:\n{}",
                desk.text()
            );
        }
        assert!(foots > 9, "{}", desk.text());
    }
}

#[test]
fn a_picture_stays_where_it_is_while_its_paper_is_saved() {
    let mut desk = TestReader::open_document(reloading::document(PAPER), 40, 20);
    desk.state.app.settings.figures = FigureChoice::Always;
    desk.state.app.pictures.by = Some(PictureProtocol::HalfBlocks);
    let mut desk = desk.press("j k");
    measure(&mut desk, 80, 64);
    answer(&mut desk, 80, 64);
    let picture = rows_of_picture(&desk);
    assert_eq!(picture.len(), 4);
    let saved = PAPER.replace("Third words.", "Other words.");
    reloading::save(&mut desk, &saved);
    assert_eq!(rows_of_picture(&desk), picture);
    assert!(desk.text().contains("Other words."));
    // It may be another one by now, and is drawn again without going away.
    desk.act(Action::Expire);
    measure(&mut desk, 80, 64);
    assert_eq!(rows_of_picture(&desk), picture);
    answer(&mut desk, 80, 64);
    assert_eq!(rows_of_picture(&desk), picture);
    assert!(asked(&mut desk).is_none());
    // Without it nothing stays.
    reloading::save(&mut desk, &saved.replace("![A cat](cat.png)", "No cat."));
    assert!(rows_of_picture(&desk).is_empty());
}
