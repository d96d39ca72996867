//! The reading place, and how far has been seen, from one opening to the next.

use std::fs;

use tempfile::TempDir;

use super::TestReader;
use super::bookmarks::{folder, open, open_own};
use crate::reader::persistence::Unsaved;
use crate::shelf::{Library, Origin};

#[test]
fn the_reading_place_the_width_the_notes_and_the_columns_come_back() {
    for (columns, keys) in [(80, "- P ="), (170, "- P = ="), (170, "P = = =")] {
        let folder = folder();
        let desk = open_own(&folder, columns, 24).press("Space Space Space");
        let desk = desk.press(keys);
        let (top, settings) = (desk.state.app.open.view.anchor(), desk.state.app.settings);
        assert_eq!(settings.is_spread, columns == 170);
        assert_eq!(desk.quit(), Unsaved::default());
        let desk = open_own(&folder, columns, 24).shows("back at ");
        assert_eq!(desk.state.app.open.view.anchor(), top);
        assert_eq!(desk.state.app.settings, settings);
    }
}

#[test]
fn the_place_stays_the_same_however_wide_the_paper_is_opened_again() {
    let folder = folder();
    let desk = open_own(&folder, 80, 24).press("Space Space Space Space");
    let top = desk.state.app.open.view.anchor();
    desk.quit();
    for (columns, rows) in [(40, 12), (200, 50), (61, 20)] {
        let desk = open_own(&folder, columns, rows);
        assert_eq!(desk.state.app.open.view.anchor(), top);
        desk.quit();
    }
}

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
    open_own(&folder, 80, 24)
        .press(&"Space ".repeat(200))
        .quit();
    let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
    assert_eq!(papers[0].read, Some(1.0));
}

#[test]
fn who_looks_at_the_end_or_at_a_section_has_not_seen_what_is_before_it() {
    let folder = folder();
    let furthest = |keys: &str| {
        open_own(&folder, 80, 24)
            .press(keys)
            .state
            .app
            .open
            .furthest()
    };
    let first = furthest("");
    assert!(0.0 < first && first < 0.1);
    for peek in ["G", "5 0 %", "] ] ] ] ]", "G g", "5 0 % Ctrl-o"] {
        let seen = furthest(peek);
        assert!((seen - first).abs() < f64::EPSILON, "{peek}: {seen}");
    }
    // Who reads on there has come that far.
    assert!(furthest("5 0 % Space") > 0.5);
    assert!(furthest("5 0 % d d") > 0.5);
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
    open_own(&folder, 80, 24).press("g Space").quit();
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
fn who_comes_back_within_a_long_paragraph_is_told_its_section_and_not_the_one_below_it() {
    let folder = folder();
    let long = "word ".repeat(400);
    let paper = format!("# One\n\n{long}\n\n# Two\n\n{long}\n\n{long}\n");
    let open = || {
        let desk = TestReader::open(&paper, 80, 24);
        desk.with_shelf(folder.path(), Origin::File("/nowhere/paper.md".into()))
    };
    let desk = open().press(&"j ".repeat(20)).shows("Two");
    desk.quit();
    open().shows("Two").shows("back at").shows("§ One");
}

#[test]
fn a_bookmark_on_the_first_page_is_reason_enough_to_keep_the_place() {
    let folder = folder();
    open(&folder, 80, 24).press("b").quit();
    let (papers, _) = Library::new(Some(folder.path().to_owned())).papers();
    assert!(papers[0].read.is_some() && papers[0].paper.last_read.is_some());
}

/// A paper of one line, by its name.
fn open_file(folder: &TempDir, name: &str) -> TestReader {
    let path = folder.path().join(name);
    let desk = TestReader::open(&format!("# About {name}\n\nIts only line.\n"), 80, 24);
    desk.with_shelf(&folder.path().join("data"), Origin::File(path))
}

fn listed(folder: &TempDir) -> Vec<String> {
    let (papers, _) = Library::new(Some(folder.path().join("data"))).papers();
    papers.into_iter().map(|it| it.paper.title).collect()
}

#[test]
fn a_file_that_was_only_opened_is_listed_and_the_one_opened_last_is_on_top() {
    let folder = folder();
    for name in ["one", "two"] {
        assert_eq!(open_file(&folder, name).quit(), Unsaved::default());
    }
    assert_eq!(listed(&folder), ["About two", "About one"]);
    let (papers, _) = Library::new(Some(folder.path().join("data"))).papers();
    assert_eq!(papers[0].read, Some(1.0), "all of it was on the screen");
    open_file(&folder, "one").press("? Esc").quit();
    assert_eq!(listed(&folder), ["About one", "About two"]);
}

#[test]
fn opening_a_paper_takes_back_no_place_that_was_kept_elsewhere_and_not_known_yet() {
    let (here, there) = (folder(), folder());
    let file = Origin::File("/nowhere/paper.md".into());
    let open = |folder: &TempDir| {
        let desk = TestReader::open_own(80, 24);
        desk.with_shelf(folder.path(), file.clone())
    };
    let the_file = |folder: &TempDir| {
        let mut files = fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
        files.find(|file| file.path().is_file()).unwrap().path()
    };
    // Here it is read, and opened there afterwards, where nothing is known of that.
    let desk = open(&here).press("Space Space Space");
    let place = desk.state.app.open.view.anchor();
    desk.quit();
    open(&there).press("? Esc").quit();
    let (ours, theirs) = (the_file(&here), the_file(&there));
    let copy = ours.file_stem().unwrap().to_string_lossy() + ".sync-conflict-1.jsonl";
    fs::copy(theirs, here.path().join(&*copy)).unwrap();
    assert_eq!(open(&here).state.app.open.view.anchor(), place);
    let (papers, _) = Library::new(Some(here.path().to_owned())).papers();
    assert!(papers[0].read > Some(0.05), "{:?}", papers[0].read);
}

#[test]
fn what_was_not_changed_in_a_paper_goes_on_as_the_configuration_has_it() {
    let folder = folder();
    open_own(&folder, 170, 24).press("Space -").quit();
    let open = || {
        let mut desk = TestReader::open_own(170, 24);
        desk.state.app.settings.is_spread = true;
        desk.state.app.default_settings = desk.state.app.settings;
        desk.with_shelf(folder.path(), Origin::Embedded)
    };
    let desk = open();
    let settings = desk.state.app.settings;
    assert_eq!((settings.is_spread, settings.measure), (true, 64));
    // And what was changed against it is kept.
    desk.press("= =").quit();
    let settings = open().state.app.settings;
    assert_eq!((settings.is_spread, settings.measure), (false, 64));
}
