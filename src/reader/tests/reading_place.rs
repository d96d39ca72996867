//! The reading place, and how far has been seen, from one opening to the next.

use super::bookmarks::{folder, open, open_own};
use crate::shelf::Library;

#[test]
fn going_back_to_the_beginning_is_kept_as_well() {
    let folder = folder();
    open_own(&folder, 80, 24).press("Space Space").quit();
    open_own(&folder, 80, 24).press("g").quit();
    open_own(&folder, 80, 24).shows_no("back at");
}

#[test]
fn a_paper_that_was_read_to_its_end_is_listed_as_read_whole_notes_or_not() {
    let folder = folder();
    open_own(&folder, 80, 24).press("G").quit();
    let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
    assert_eq!(papers[0].read, Some(1.0));
}

#[test]
fn how_far_has_been_seen_stays_when_the_reader_goes_back() {
    let folder = folder();
    let read = || {
        let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
        papers[0].read.unwrap()
    };
    open_own(&folder, 80, 24).press("] ]").quit();
    let first = read();
    open_own(&folder, 80, 24).press("] ] ] ] g Space").quit();
    let second = read();
    assert!(0.0 < first && first < second && second < 1.0);
    open_own(&folder, 80, 24).press("g Space Space").quit();
    assert!((read() - second).abs() < f64::EPSILON);
}

#[test]
fn who_looks_at_a_note_at_the_end_has_not_seen_what_is_before_it() {
    let folder = folder();
    let read = || {
        let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
        papers[0].read.unwrap()
    };
    open_own(&folder, 80, 24).press("Space Space").quit();
    let before = read();
    let desk = open_own(&folder, 80, 24).press("1 f Enter j k");
    desk.shows("100%").press("Ctrl-o").quit();
    assert!(
        (read() - before).abs() < f64::EPSILON,
        "{} {before}",
        read()
    );
}

#[test]
fn who_comes_back_to_a_note_at_the_end_has_not_seen_what_is_before_it_either() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("1 4 f Enter Enter Ctrl-o");
    let before = desk.state.app.open.furthest();
    let desk = desk.press("L").shows("100%");
    assert!((desk.state.app.open.furthest() - before).abs() < f64::EPSILON);
    desk.quit();
    let desk = open_own(&folder, 80, 24).shows("100%").press("j");
    assert!(desk.state.app.open.furthest() < 0.5);
    desk.quit();
    let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
    assert!(papers[0].read.unwrap() < 0.5, "{:?}", papers[0].read);
}

#[test]
fn the_paragraph_that_keys_act_on_comes_back_with_the_place() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("Space } } }");
    let current = desk.state.app.open.view.current_block();
    desk.quit();
    let desk = open_own(&folder, 80, 24);
    assert_eq!(desk.state.app.open.view.current_block(), current);
    // Also where nothing has scrolled.
    let desk = desk.press("g } }");
    let current = desk.state.app.open.view.current_block();
    desk.quit();
    let desk = open_own(&folder, 80, 24);
    assert_eq!(desk.state.app.open.view.current_block(), current);
}

#[test]
fn a_bookmark_on_the_first_page_is_reason_enough_to_keep_the_place() {
    let folder = folder();
    open(&folder, 80, 24).press("b").quit();
    let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
    assert!(papers[0].read.is_some() && papers[0].paper.last_read.is_some());
}
