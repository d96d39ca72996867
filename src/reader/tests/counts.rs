//! Numbers typed before a key.

use super::super::testing::TestReader;
use super::{SMALL, lines};

#[test]
fn a_count_that_no_key_took_is_dropped() {
    let once = TestReader::open(&lines(50), 40, 12).press("j");
    for keys in ["3 0 Esc j", "3 0 _ j", "3 0 Ctrl-y j"] {
        let dropped = TestReader::open(&lines(50), 40, 12).press(keys);
        assert_eq!(dropped.rows(), once.rows(), "{keys}");
    }
}

#[test]
fn escape_drops_a_count_before_it_clears_what_is_selected() {
    let desk = TestReader::open(SMALL, 60, 12).press("] Tab 3 0 Esc");
    assert!(desk.state.app.open.view.chosen().is_some());
    assert!(desk.press("Esc").state.app.open.view.chosen().is_none());
}

#[test]
fn a_count_before_the_percent_sign_goes_there() {
    let typed = TestReader::open_own(80, 24).press(": 5 0 % Enter").wait();
    let keyed = TestReader::open_own(80, 24).press("5 0 %").wait();
    assert_eq!(keyed.rows(), typed.rows());
    let keyed = keyed.press("%").shows("50% goes to 50%");
    keyed
        .press("9 9 9 %")
        .shows("a percentage is at most 100")
        .press("1 0 0 %")
        .shows_no("at most");
}

#[test]
fn a_count_before_the_end_is_the_number_of_a_paragraph() {
    let paper = format!("One.\n\nTwo.\n\n# Head\n\n{}", lines(60));
    for key in ["g", "G"] {
        let desk = TestReader::open(&paper, 40, 12).press(&format!("3 2 {key}"));
        desk.shows("▎ line 30").press("Ctrl-o").shows("One.");
    }
    let desk = TestReader::open(&paper, 40, 12).press("9 9 G");
    desk.shows("there is no paragraph 99").shows("One.");
}

#[test]
fn a_count_widens_and_narrows_by_as_many_steps() {
    let desk = TestReader::open_own(160, 24).press("1 0 +");
    desk.shows("text width: 108 columns")
        .press("1 0 -")
        .shows("text width: 68 columns");
}

#[test]
fn a_width_that_the_screen_has_no_room_for_is_said_to_be_narrower() {
    let desk = TestReader::open_own(80, 24).press("+");
    let desk = desk.shows("text width: 72 columns").shows_no("room for");
    desk.press("2 +")
        .shows("text width: 80 columns (room for 76 here)");
    TestReader::open_own(170, 40)
        .press("= = +")
        .shows("text width: 72 columns (room for 61 here)");
}
