//! Notes as long as a book.

use std::fs;

use super::super::testing::TestReader;
use super::bookmarks::{folder, open};
use crate::reader::action::Action;
use crate::shelf::MAX_NOTE_BYTES;

/// A paper whose note has so many paragraphs, each with a link of its own.
fn note_of(paragraphs: usize) -> String {
    let rest: String = (1..paragraphs)
        .map(|nth| format!("\n    and so on {nth} <http://a.org/{nth}>\n"))
        .collect();
    format!("A marker.[^1]\n\n[^1]: The beginning.\n{rest}")
}

#[test]
fn a_long_note_is_scrolled_from_its_beginning_to_its_end_and_back() {
    let open = || TestReader::open(&note_of(400), 60, 20).press("f");
    open().shows("The beginning.").shows("▾ more");
    open().press("G").shows("and so on 399").shows("▴ end");
    let back = open().press("G g").shows("The beginning.");
    assert_eq!(back.text(), open().text());
    assert_eq!(open().press("j k").text(), open().text());
    let mut there = open();
    for _ in 0..800 {
        there = there.press("j");
    }
    assert_eq!(there.text(), open().press("G").text());
}

#[test]
fn of_a_long_note_no_more_is_laid_out_than_is_seen() {
    let mut desk = TestReader::open(&note_of(20_000), 60, 20);
    for keys in ["f", "j", "Space", "G", "k", "PageUp", "g"] {
        desk = desk.press(keys);
        let blocks = desk.state.laid_out_in_notes();
        assert!(blocks < 100, "{blocks} blocks after {keys}");
    }
}

#[test]
fn a_place_in_a_note_is_kept_at_any_size() {
    let first = |desk: &TestReader| {
        let text = desk.text();
        let after = text.split("and so on ").nth(1).unwrap();
        after.split(' ').next().unwrap().to_owned()
    };
    let desk = TestReader::open(&note_of(60), 60, 20).press("f Space Space j");
    let (there, rows) = (first(&desk), desk.rows());
    let small = desk.resize(32, 12);
    assert_eq!(first(&small), there);
    // So large that there is less of the note below than there is room for.
    let large = small.resize(200, 200).resize(0, 0).resize(60, 20);
    assert_eq!(large.rows(), rows);
}

#[test]
fn a_note_of_ones_own_that_would_be_too_long_is_refused_and_what_was_typed_stays() {
    let folder = folder();
    let mut desk = open(&folder, 80, 24).press("b B e m i n e");
    desk.act(Action::Paste("x".repeat(MAX_NOTE_BYTES)));
    let mut desk = desk
        .shows("not added: a note can have 64 KiB at most")
        .shows("mine");
    desk.act(Action::Paste("y".repeat(MAX_NOTE_BYTES - "mine".len())));
    let desk = desk.shows_no("not added").press("Enter").shows("not added");
    desk.press("Ctrl-s").shows("note saved").shows("✎ mine");
}

#[test]
fn a_note_that_is_too_long_already_stays_open_until_it_is_shortened() {
    let folder = folder();
    let desk = open(&folder, 80, 24).press("b");
    drop(desk);
    let file = fs::read_dir(folder.path()).unwrap();
    let mut files = file.map(|entry| entry.unwrap().path());
    let file = files.find(|path| path.extension().is_some_and(|it| it == "jsonl"));
    let file = file.expect("the file of bookmarks");
    let kept = fs::read_to_string(&file).unwrap();
    let note = "z".repeat(MAX_NOTE_BYTES + 1);
    let kept = kept.replacen(r#""created""#, &format!(r#""note":"{note}","created""#), 1);
    fs::write(&file, kept).unwrap();
    let desk = open(&folder, 80, 24)
        .press("B e Backspace Ctrl-s")
        .shows("note saved");
    drop(desk);
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains(&"z".repeat(MAX_NOTE_BYTES)));
}
