//! The guided tour: each step waits for what it asks for.

use insta::assert_snapshot;

use super::*;
use crate::reader::draw::tour as drawing;
use crate::reader::tour::Tour;
use crate::shelf::Origin;

fn on_tour(columns: u16, rows: u16) -> (TestReader, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut reader =
        TestReader::open_own(columns, rows).with_shelf(folder.path(), Origin::Embedded);
    reader.state.app.tour = Some(Tour::default());
    (reader.press("g g"), folder)
}

/// What the tour says it is at.
fn step(reader: &TestReader) -> String {
    reader.state.app.tour.as_ref().unwrap().title()
}

#[test]
fn each_step_is_done_by_what_it_asks_for_and_by_no_other() {
    let (mut reader, _folder) = on_tour(80, 24);
    let keys = [
        "Space Space Space",
        "Tab",
        "f",
        "1 4 f",
        "Enter",
        "Ctrl-o",
        "Esc / l u n a r Enter",
        ": r e c o m Enter",
        "v Enter",
        "b B",
    ];
    for (index, keys) in keys.iter().enumerate() {
        assert_eq!(step(&reader), format!("The tour · {} of 10", index + 1));
        // What moves nothing on.
        reader = reader.press("j k");
        assert_eq!(step(&reader), format!("The tour · {} of 10", index + 1));
        reader = reader.press(keys);
    }
    assert_eq!(step(&reader), "The tour · done");
    assert!(reader.screen().to_string().contains("That was the tour."));
}

#[test]
fn the_tour_stands_between_the_text_and_the_footer() {
    assert_snapshot!(on_tour(80, 24).0.screen());
    assert_snapshot!(on_tour(40, 15).0.screen());
}

#[test]
fn every_step_fits_into_its_rows_on_a_narrow_screen() {
    let (reader, _folder) = on_tour(40, 15);
    let room = reader.state.geometry().tour;
    let mut tour = Tour::default();
    loop {
        let words = tour.words(&reader.state.app.keymap);
        // Above them is the title.
        let lines = drawing::lines(&words, room.width).len() + 1;
        assert!(lines <= usize::from(room.height), "{words}");
        if !tour.skip() {
            break;
        }
    }
}
