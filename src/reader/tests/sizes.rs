//! Every view at every size, from none at all: nothing panics, and nothing is drawn outside.

use std::sync::Arc;

use ratatui::layout::Size;

use super::laws;
use super::monkey::Book;
use crate::reader::action::Action;
use crate::reader::testing::TestReader;
use crate::shelf::Origin;

/// The keys that lead to each view, from the beginning of a paper.
const VIEWS: [&str; 34] = [
    "",
    "G",
    "2 Space Tab",
    "f",
    "f G",
    "f i",
    "1 f n n Tab",
    "F",
    "S",
    "S Enter",
    "t",
    "t e",
    "t z z z",
    "P P",
    "P P P",
    "} v )",
    "V Enter } V i",
    "/ e",
    "/ z z z",
    "/ Ctrl-r ( e",
    "& e",
    ": e",
    "? G",
    "? / e",
    "f ? / r e d o Enter n",
    ": b o o l m",
    "f : a F1",
    "B",
    "B r",
    "B e a Enter b",
    "B e a Esc",
    "w",
    "w l j",
    "p +",
];

const SMALL: Size = Size::new(80, 24);

/// What sets the text in two columns, on a screen that is wide enough.
const SPREAD: &str = "= =";

/// The same with something to confirm or a letter to give, where the paper has it.
const QUESTIONS: [&str; 3] = ["G o", "f o", "'"];

/// Opens every view, with the keys before it pressed on a small screen or a wide one, and shows it
/// at every size.
fn hold(book: &Book, from: Size, before: &str, sizes: &[Size]) {
    let folder = tempfile::tempdir().unwrap();
    for keys in VIEWS.into_iter().chain(QUESTIONS) {
        let mut desk = TestReader::unread(Arc::clone(&book.document), from.width, from.height);
        desk.open_shelf(folder.path(), Origin::Elsewhere);
        desk.act(Action::TakeSources(Arc::clone(book.document.sources())));
        let bookmark = if desk.state.app.open.shelf.annotations.bookmarks.is_empty() {
            "b "
        } else {
            ""
        };
        let mut desk = desk.press(before).press(bookmark).press(keys).wait();
        println!("“{before} {keys}” on the paper “{}”", book.name);
        assert_eq!(
            desk.state.geometry().is_spread(),
            before.starts_with(SPREAD)
        );
        for size in sizes {
            desk.act(Action::Resize(*size));
            laws::hold(&desk.state);
        }
    }
}

#[test]
fn every_view_fits_every_small_screen() {
    let is_thorough = std::env::var_os("OPCIT_MONKEY").is_some();
    let side = |most: u16, few: &[u16]| {
        if is_thorough {
            (0..=most).collect()
        } else {
            few.to_vec()
        }
    };
    let widths = side(32, &[0, 1, 2, 3, 4, 7, 12, 30]);
    let heights = side(20, &[0, 1, 2, 3, 4, 7, 8, 12]);
    let sizes = widths.iter().flat_map(|&width| {
        let heights = heights.iter();
        heights.map(move |&height| Size::new(width, height))
    });
    let sizes: Vec<Size> = sizes.collect();
    for book in [Book::own(), Book::named("wide")] {
        hold(&book, SMALL, "", &sizes);
    }
}

#[test]
fn every_view_fits_large_screens_and_odd_ones() {
    let sizes = [(100, 30), (120, 9), (500, 1), (1, 200)];
    let sizes = sizes.map(|(width, height)| Size::new(width, height));
    for book in [Book::own(), Book::named("crowd")] {
        hold(&book, SMALL, "", &sizes);
    }
}

#[test]
fn every_view_fits_two_columns_and_the_screens_that_have_room_for_one() {
    let sizes = [
        (170, 40),
        (160, 50),
        (240, 60),
        (200, 9),
        (133, 3),
        (80, 24),
        (190, 2),
    ];
    let sizes = sizes.map(|(width, height)| Size::new(width, height));
    for book in [Book::own(), Book::named("wide"), Book::named("crowd")] {
        hold(&book, Size::new(200, 50), SPREAD, &sizes);
        hold(&book, Size::new(170, 40), &format!("{SPREAD} P P"), &sizes);
    }
}
