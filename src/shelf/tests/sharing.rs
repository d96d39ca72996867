//! Two opcits on one paper, and two machines on one folder.

use super::*;

const FIRST: &str = "We asked forty readers what they keep.";
const SECOND: &str = "Nobody keeps a line number for long.";
const THIRD: &str = "Some keep nothing at all.";

#[test]
fn two_at_once_lose_nothing_of_each_other_and_see_it_when_they_look() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.shelf(), desk.shelf());
    add(&mut one, FIRST);
    add(&mut other, SECOND);
    assert_eq!(labels(&other), [FIRST, SECOND]);
    assert_eq!(labels(&one), [FIRST]);
    assert!(one.refresh());
    assert_eq!(labels(&one), [FIRST, SECOND]);
    assert!(!one.refresh());
}

#[test]
fn the_later_of_two_changes_stands_and_an_edit_outlives_an_earlier_deletion() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.shelf(), desk.shelf());
    let id = add(&mut one, FIRST);
    other.refresh();
    one.remove(std::slice::from_ref(&id)).unwrap();
    other.rename(&id, "kept").unwrap();
    one.refresh();
    assert_eq!(labels(&one), ["kept"]);
}

#[test]
fn one_undoes_what_the_other_did() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.shelf(), desk.shelf());
    add(&mut one, FIRST);
    let undone = other.undo().unwrap().unwrap().to_string();
    assert_eq!(undone, "undone: bookmark “We asked forty…”");
    one.refresh();
    assert_eq!(labels(&one), [""; 0]);
}

#[test]
fn a_file_that_vanishes_while_it_is_read_comes_back_whole() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    add(&mut shelf, FIRST);
    fs::remove_file(desk.file()).unwrap();
    add(&mut shelf, SECOND);
    assert_eq!(labels(&desk.shelf()), [FIRST, SECOND]);
}

#[test]
fn copies_of_file_syncers_are_merged_in_and_left_alone() {
    let words = [
        ".sync-conflict-20261123-101500-ABCDEFG",
        " (conflicted copy 2026-11-23)",
        " (Anna's conflicted copy 2026-11-23)",
        "_conflict-20261123-101500",
        " (1)",
        "-LAPTOP",
    ];
    for between in words {
        let desk = Desk::new();
        add(&mut desk.shelf(), FIRST);
        let stem = desk
            .file()
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let copy = desk.path().join(format!("{stem}{between}.jsonl"));
        fs::rename(desk.file(), &copy).unwrap();
        let bytes = fs::read(&copy).unwrap();
        add(&mut desk.shelf(), SECOND);

        let mut shelf = desk.shelf();
        assert_eq!(labels(&shelf), [FIRST, SECOND], "{between}");
        assert_eq!(
            shelf.take_notices(),
            [],
            "merged at the save before: {between}"
        );
        assert_eq!(fs::read(copy).unwrap(), bytes, "{between}");
        assert_eq!(desk.library().papers().0.len(), 1, "{between}");
    }
}

#[test]
fn a_copy_that_appears_is_told_of_once_it_brought_something() {
    let desk = Desk::new();
    add(&mut desk.shelf(), FIRST);
    let other = Desk::new();
    other.clock.set(1_700_000_000_000);
    add(&mut other.shelf(), SECOND);
    let stem = desk.file().with_extension("");
    let copy = format!("{}.sync-conflict-1.jsonl", stem.display());
    fs::copy(other.file(), copy).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [FIRST, SECOND]);
    assert_eq!(shelf.take_notices(), [ShelfNotice::Merged { copies: 1 }]);
    add(&mut shelf, THIRD);
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [FIRST, SECOND, THIRD]);
    assert_eq!(shelf.take_notices(), []);
}

#[test]
fn two_machines_that_merge_by_lines_have_what_both_had() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    add(&mut shelf, FIRST);
    let base = fs::read_to_string(desk.file()).unwrap();
    add(&mut shelf, SECOND);
    let ours = fs::read_to_string(desk.file()).unwrap();
    fs::write(desk.file(), &base).unwrap();
    desk.clock.set(1_800_000_100_000);
    add(&mut desk.shelf(), THIRD);
    let theirs = fs::read_to_string(desk.file()).unwrap();

    let conflict = format!("<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n");
    fs::write(desk.file(), conflict).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [FIRST, SECOND, THIRD]);
    assert_eq!(shelf.take_notices(), []);
}

#[test]
fn a_lock_that_its_holder_never_gives_back_is_told_and_the_change_kept() {
    let desk = Desk::new();
    add(&mut desk.shelf(), FIRST);
    let held = LocalDisk::new().lock(&desk.path().join(".lock")).unwrap();
    let mut shelf = desk.shelf();
    let failure = shelf.add(at(&shelf, SECOND)).unwrap_err();
    assert!(matches!(failure, Failure::Busy { .. }), "{failure}");
    drop(held);
    shelf.retry().unwrap();
    assert_eq!(labels(&desk.shelf()), [FIRST, SECOND]);
}

#[test]
fn a_place_kept_after_another_machine_with_a_fast_clock_is_the_one_that_stands() {
    let desk = Desk::new();
    let mut here = desk.shelf();
    desk.clock.set(1_900_000_000_000);
    let mut ahead = desk.shelf();
    ahead.set_place(at(&ahead, FIRST), 0.5).unwrap();
    desk.clock.set(1_800_000_000_000);
    let place = at(&here, THIRD);
    here.set_place(place, 0.5).unwrap();
    assert_eq!(desk.shelf().place().unwrap().position, place);
}

#[test]
fn what_both_take_away_is_taken_back_by_one_undo() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.shelf(), desk.shelf());
    let id = add(&mut one, FIRST);
    other.refresh();
    one.remove(std::slice::from_ref(&id)).unwrap();
    other.remove(&[id]).unwrap();
    assert_eq!(labels(&other), [""; 0]);
    other.undo().unwrap();
    assert_eq!(labels(&desk.shelf()), [FIRST]);
}

#[test]
fn a_shelf_can_be_handed_to_another_thread() {
    fn check<T: Send>() {}
    check::<Shelf>();
    check::<Library>();
}
