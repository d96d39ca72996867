//! What a reader does with bookmarks, marks and places, and finds again after a restart.

use super::*;
use crate::paper::MendingKind;

/// Does something to a shelf with two bookmarks, then says which labels there are, after a restart.
#[track_caller]
fn check(act: impl FnOnce(&mut Shelf, [AnnotationId; 2]), expected: &[&str]) {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let ids = [add(&mut shelf, "Nobody"), add(&mut shelf, "Most")];
    act(&mut shelf, ids);
    assert_eq!(labels(&shelf), expected);
    assert_eq!(labels(&desk.shelf()), expected, "after a restart");
}

const NOBODY: &str = "Nobody keeps a line number for long.";
#[test]
fn a_bookmark_is_called_by_its_first_words() {
    check(
        |_, _| {},
        &[NOBODY, "Most of them keep the words and forget the page."],
    );
}

const MOST: &str = "Most of them keep the words and forget the page.";

#[test]
fn a_bookmark_is_taken_away_where_one_is_set() {
    check(
        |shelf, _| {
            let here = at(shelf, "line number");
            assert_eq!(shelf.toggle(here).unwrap(), Toggled::Removed(1));
        },
        &[MOST],
    );
}

#[test]
fn a_bookmark_is_set_where_there_is_none() {
    check(
        |shelf, _| {
            let here = at(shelf, "Some keep");
            assert!(matches!(shelf.toggle(here).unwrap(), Toggled::Added(_)));
        },
        &[NOBODY, MOST, "Some keep nothing at all."],
    );
}

#[test]
fn a_renamed_bookmark_keeps_its_name_and_an_empty_one_gives_it_back() {
    check(
        |shelf, [nobody, _]| shelf.rename(&nobody, "  method ").unwrap(),
        &["method", MOST],
    );
    check(
        |shelf, [nobody, _]| {
            shelf.rename(&nobody, "method").unwrap();
            shelf.rename(&nobody, " ").unwrap();
        },
        &[NOBODY, MOST],
    );
}

#[test]
fn a_note_keeps_its_lines() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, "Nobody");
    shelf.annotate(&id, "one\n\ntwo \u{1b}[31m\n").unwrap();
    assert_eq!(desk.shelf().bookmarks()[0].note, "one\n\ntwo \u{241b}[31m");
}

#[test]
fn a_change_after_an_undo_is_the_next_to_be_taken_back() {
    check(
        |shelf, [nobody, _]| {
            shelf.rename(&nobody, "one").unwrap();
            shelf.undo().unwrap();
            shelf.rename(&nobody, "two").unwrap();
            shelf.undo().unwrap();
        },
        &[NOBODY, MOST],
    );
}

#[test]
fn undo_takes_back_the_last_change_whatever_the_changes_in_the_file_are_called() {
    for called in [
        "8",
        "zz",
        "ffffffffffffffffffff",
        "e677d21fdbffffffffff",
        "",
    ] {
        let desk = Desk::new();
        let head = r#"{"kind":"shelf","version":1}"#;
        let change =
            format!(r#"{{"kind":"change","id":"{called}","modified":"2026-01-01T00:00:00Z"}}"#);
        fs::write(desk.file(), format!("{head}\n{change}\n")).unwrap();
        let mut shelf = desk.shelf();
        add(&mut shelf, NOBODY);
        add(&mut shelf, MOST);
        for left in [vec![NOBODY], vec![]] {
            shelf.undo().unwrap();
            assert_eq!(labels(&shelf), left, "after a change called {called:?}");
        }
    }
}

#[test]
fn undo_works_with_a_clock_that_was_set_back() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, "Nobody");
    desk.clock.set(1_000);
    shelf.rename(&id, "method").unwrap();
    assert_eq!(labels(&desk.shelf()), ["method"]);
    shelf.undo().unwrap();
    assert_eq!(labels(&desk.shelf()), [NOBODY]);
}

#[test]
fn marks_stand_under_their_letters() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let letter = MarkLetter::new('m').unwrap();
    shelf.set_mark(letter, at(&shelf, "line number")).unwrap();
    let shelf = desk.shelf();
    let passage = shelf.mark(letter).unwrap().found.passage().unwrap();
    assert_eq!(passage.start, at(&shelf, "line number"));
    assert_eq!(shelf.marks().len(), 1);
    assert_eq!(MarkLetter::new('M'), None);
}

#[test]
fn the_reading_place_comes_back_to_the_letter() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let here = at(&shelf, "words and forget");
    shelf.set_place(here, 0.5).unwrap();
    let place = desk.shelf().place().unwrap();
    assert_eq!(place.position, here);
    assert_eq!(place.found.name(), "exact");
    assert!(place.progress > 0.5 && place.progress < 0.9);
}

#[test]
fn a_reading_place_whose_words_are_lost_is_as_far_on_as_it_was() {
    let desk = Desk::new();
    let library = desk.library();
    let file = Origin::File(desk.path().join("paper.md"));
    let mut shelf = opened(library.open(&paper(PAPER), &file));
    shelf.set_place(at(&shelf, "Most of them"), 0.5).unwrap();
    let other = "# On Keeping\n\n".to_owned() + &"Quite another text, all of it new.\n\n".repeat(9);
    let shelf = opened(library.open(&paper(&other), &file));
    let place = shelf.place().unwrap();
    assert_eq!(place.found.name(), "lost");
    assert!((shelf.text().progress(place.position) - place.progress).abs() < 0.01);
}

#[test]
fn settings_come_back() {
    let desk = Desk::new();
    let settings = ReadingSettings {
        columns: Some(72),
        notes: Some("margin".to_owned()),
        justified: Some(true),
        spread: Some(false),
        refused: [
            (MendingKind::HeadingFound, 12),
            (MendingKind::WordJoined, 3),
        ]
        .into_iter()
        .collect(),
    };
    desk.shelf().set_settings(&settings).unwrap();
    assert_eq!(desk.shelf().settings(), settings);
}

#[test]
fn bookmarks_stay_with_a_paper_that_is_edited_and_moved() {
    let desk = Desk::new();
    let library = desk.library();
    let mut shelf = opened(library.open(&paper(PAPER), &Origin::File("/nowhere/a.md".into())));
    add(&mut shelf, "Nobody");
    let edited = PAPER.replace("line number", "page number");
    let shelf = opened(library.open(&paper(&edited), &Origin::File("/nowhere/b.md".into())));
    assert_eq!(labels(&shelf), [NOBODY]);
    assert_eq!(shelf.bookmarks()[0].found.name(), "moved");
}

#[test]
fn lost_words_are_listed_last_and_can_be_set_anew() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let nobody = add(&mut shelf, "Nobody");
    add(&mut shelf, "Some");
    let changed = paper(&PAPER.replace(NOBODY, ""));
    shelf.show(
        &changed,
        &Arc::new(AnchorText::new(&changed)),
        &Origin::Elsewhere,
    );
    let found: Vec<_> = shelf
        .bookmarks()
        .iter()
        .map(|kept| kept.found.name())
        .collect();
    assert_eq!(
        (labels(&shelf), found),
        (
            vec!["Some keep nothing at all.", NOBODY],
            vec!["exact", "lost"]
        )
    );
    shelf.move_to(&nobody, at(&shelf, MOST)).unwrap();
    assert_eq!(shelf.bookmarks()[0].found.name(), "exact");
}

#[test]
fn a_label_goes_with_the_words_unless_the_reader_gave_it() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, "Nobody");
    shelf.move_to(&id, at(&shelf, "Some")).unwrap();
    assert_eq!(labels(&shelf), ["Some keep nothing at all."]);
    shelf.undo().unwrap();
    assert_eq!(labels(&shelf), [NOBODY]);
    shelf.rename(&id, "the law").unwrap();
    shelf.move_to(&id, at(&shelf, "Some")).unwrap();
    assert_eq!(labels(&shelf), ["the law"]);
}

#[test]
fn the_embedded_paper_is_one_paper_in_every_version() {
    let desk = Desk::new();
    let mut shelf = opened(desk.library().open(&paper(PAPER), &Origin::Embedded));
    add(&mut shelf, "Some");
    let next = paper("# Anew\n\nAll is otherwise.\n\nSome keep nothing at all.");
    let shelf = opened(desk.library().open(&next, &Origin::Embedded));
    assert_eq!(labels(&shelf), ["Some keep nothing at all."]);
}

#[test]
fn a_file_with_the_text_of_the_embedded_paper_is_said_to_share_its_record_once() {
    let desk = Desk::new();
    let mut shelf = opened(desk.library().open(&paper(PAPER), &Origin::Embedded));
    add(&mut shelf, "Some");
    let copy = Origin::File(desk.path().join("copy.md"));
    let mut shelf = opened(desk.library().open(&paper(PAPER), &copy));
    assert_eq!(shelf.take_notices(), [ShelfNotice::AsBuiltIn]);
    assert_eq!(labels(&shelf), ["Some keep nothing at all."]);
    add(&mut shelf, "Nobody");
    let mut shelf = opened(desk.library().open(&paper(PAPER), &copy));
    assert_eq!(shelf.take_notices(), []);
}

#[test]
fn reading_makes_no_file() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    shelf.refresh();
    assert_eq!((shelf.place(), shelf.undo().unwrap()), (None, None));
    shelf.retry().unwrap();
    assert_eq!(desk.names(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_what_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let folder = desk.path().join("deep/er");
    let library = Library::new(Some(folder.clone()));
    add(&mut shelf(&library), "Nobody");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for entry in fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[cfg(unix)]
#[test]
fn a_linked_file_stays_a_link() {
    let desk = Desk::new();
    let real = desk.path().join("dotfiles");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink("dotfiles/kept.jsonl", desk.file()).unwrap();
    add(&mut desk.shelf(), "Nobody");
    assert!(desk.file().is_symlink());
    assert!(real.join("kept.jsonl").is_file());
    assert_eq!(labels(&desk.shelf()), [NOBODY]);
}

#[test]
fn ten_thousand_bookmarks_open_and_take_one_more() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let all: Vec<_> = (0..10_000)
        .map(|number| serde_json::json!({
            "id": format!("urn:x:{number}"),
            "target": {"selector": {"type": "TextQuoteSelector", "exact": format!("lost words {number}")}},
        }))
        .collect();
    let imported = import(&mut shelf, &serde_json::Value::Array(all).to_string()).unwrap();
    assert_eq!(imported.added, 10_000);
    add(&mut shelf, "Nobody");
    assert_eq!(desk.shelf().bookmarks().len(), 10_001);
}

#[test]
fn b_on_a_paragraph_takes_no_bookmark_away_that_only_may_belong_there() {
    let desk = Desk::new();
    let alike = |fourth: &str| {
        let paragraph = |number: usize| match number {
            4 => format!("{fourth}\n\n"),
            _ => format!("Paragraph number {number} here.\n\n"),
        };
        let paragraphs = (1..=9).map(paragraph);
        format!(
            "---\ntitle: Alike\n---\n\n{}",
            paragraphs.collect::<String>()
        )
    };
    let file = Origin::File(desk.path().join("paper.md"));
    let open = |source: &str| opened(desk.library().open(&paper(source), &file));
    let mut shelf = open(&alike("Paragraph number 4 here."));
    add(&mut shelf, "Paragraph number 4");
    let mut shelf = open(&alike("Paragraph of another kind."));
    for number in [1, 2, 3, 5, 6, 7, 8, 9] {
        let here = at(&shelf, &format!("Paragraph number {number}"));
        let toggled = shelf.toggle(here).unwrap();
        assert!(matches!(toggled, Toggled::Added(_)), "{number}");
    }
    assert_eq!(shelf.bookmarks().len(), 9);
}
