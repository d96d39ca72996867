//! Files that are damaged, or from a later version.

use super::*;
use crate::paper::BlockId;

const FIRST: &str = "We asked forty readers what they keep.";
const SECOND: &str = "Nobody keeps a line number for long.";
const THIRD: &str = "Some keep nothing at all.";

/// The bytes of a file with two bookmarks and a place.
fn good(desk: &Desk) -> Vec<u8> {
    let mut shelf = desk.shelf();
    add(&mut shelf, FIRST);
    add(&mut shelf, SECOND);
    shelf.set_place(at(&shelf, SECOND), 0.5).unwrap();
    fs::read(desk.file()).unwrap()
}

/// The bytes of a file with one bookmark.
fn small() -> Vec<u8> {
    let desk = Desk::new();
    add(&mut desk.shelf(), FIRST);
    fs::read(desk.file()).unwrap()
}

/// Holds a file of these bytes to its laws; whether its lines were all read.
fn check_damaged(bytes: &[u8]) -> bool {
    laws::hold(bytes, &paper(PAPER), Desk::new().path())
}

#[test]
fn a_file_cut_at_any_byte_is_read_as_far_as_it_goes_and_kept_aside() {
    let good = small();
    // At the ends of lines and at every third byte; with the long option, at every byte.
    let is_thorough = std::env::var_os("OPCIT_CASES").is_some();
    let mut tried = 0;
    for length in 0..good.len() {
        let cut = &good[..length];
        let whole_lines = length > 0 && (good[length] == b'\n' || good[length - 1] == b'\n');
        if whole_lines || length % 3 == 0 || is_thorough {
            assert_eq!(check_damaged(cut), whole_lines, "cut at {length}");
            tried += 1;
        }
    }
    println!("{tried} truncations: 0 panics, 0 overwritten");
}

#[test]
fn a_file_with_any_bit_flipped_is_read_in_the_main() {
    let good = small();
    let mut flipped = 0;
    for byte in 0..good.len() {
        // One bit of each byte, in turn; with the long option, all eight.
        let bits = if std::env::var_os("OPCIT_CASES").is_some() {
            0..8
        } else {
            byte % 8..byte % 8 + 1
        };
        for bit in bits {
            let mut bytes = good.clone();
            bytes[byte] ^= 1 << bit;
            check_damaged(&bytes);
            flipped += 1;
        }
    }
    println!("{flipped} flipped bits: 0 panics, 0 overwritten");
}

#[test]
fn a_broken_line_costs_that_line() {
    let desk = Desk::new();
    let good = String::from_utf8(good(&desk)).unwrap();
    let first = good
        .lines()
        .find(|line| line.contains(r#""kind":"bookmark""#) && line.contains(FIRST))
        .expect("the line of the first bookmark");
    let broken = good.replace(first, &first.replace("\"anchor\"", "\"anchor"));
    fs::write(desk.file(), broken).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [SECOND]);
    let notices = shelf.take_notices();
    let [notice @ ShelfNotice::Damaged { lines: 1, .. }] = notices.as_slice() else {
        panic!("{notices:?}");
    };
    assert!(notice.to_string().starts_with("1 line of "), "{notice}");
}

/// How sure the bookmark on the first words is once something in its line is another.
fn certainty_of_damaged(desk: &Desk, good: &str, from: &str, to: &str) -> &'static str {
    let line = |line: &&str| line.contains(r#""kind":"bookmark""#) && line.contains(FIRST);
    let first = good.lines().find(line).expect("the first bookmark");
    let damaged = first.replacen(from, to, 1);
    assert_ne!(damaged, first);
    fs::write(desk.file(), good.replace(first, &damaged)).unwrap();
    let shelf = desk.shelf();
    let found = shelf.bookmarks().into_iter();
    let mut found = found.filter(|bookmark| bookmark.label == FIRST);
    found.next().expect("the bookmark is there").found.name()
}

#[test]
fn a_bookmark_that_does_not_say_where_it_was_is_found_by_its_words() {
    let desk = Desk::new();
    let good = String::from_utf8(good(&desk)).unwrap();
    for (from, to) in [
        (r#""start":"#, r#""start":-5"#),
        (r#""text":"#, r#""text":7,"was":"#),
        (r#""section":"#, r#""section":7,"was":"#),
        (r#""heading":"#, r#""heading":[],"was":"#),
    ] {
        assert_eq!(
            certainty_of_damaged(&desk, &good, from, to),
            "exact",
            "{to}"
        );
    }
}

#[test]
fn a_bookmark_whose_surroundings_cannot_be_read_is_never_sure() {
    let desk = Desk::new();
    let good = String::from_utf8(good(&desk)).unwrap();
    for (from, to) in [
        (r#""prefix":"#, r#""prefix":7,"was":"#),
        (r#""suffix":"#, r#""suffix":7,"was":"#),
        (r#""start":"#, r#""rivals":{"words":"many"},"start":"#),
    ] {
        assert_eq!(
            certainty_of_damaged(&desk, &good, from, to),
            "unsure",
            "{to}"
        );
    }
}

#[test]
fn words_that_stand_twice_are_not_told_apart_without_their_place() {
    let twice = paper("Words that stand twice.\n\nOthers.\n\nWords that stand twice.\n");
    let desk = Desk::new();
    let shelf = || opened(desk.library().open(&twice, &Origin::Elsewhere));
    let second = Position::start_of(BlockId(twice.blocks.len() - 1));
    shelf().add(second).unwrap();
    let name = AnchorText::new(&twice).hash().to_owned();
    let file = desk.path().join(format!("{name}.jsonl"));
    let good = fs::read_to_string(&file).unwrap();
    let damaged = good.replace(r#""start":"#, r#""start":-5"#);
    assert_ne!(damaged, good);
    fs::write(&file, damaged).unwrap();
    assert_eq!(shelf().bookmarks()[0].found.name(), "unsure");
}

#[test]
fn a_damaged_bookmark_is_kept_aside_once() {
    let desk = Desk::new();
    let good = String::from_utf8(good(&desk)).unwrap();
    certainty_of_damaged(&desk, &good, r#""start":"#, r#""start":-"#);
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [FIRST, SECOND]);
    add(&mut shelf, THIRD);
    let mut shelf = desk.shelf();
    assert_eq!((labels(&shelf).len(), shelf.take_notices().len()), (3, 0));
    let damaged = desk
        .names()
        .into_iter()
        .filter(|name| name.contains("damaged"));
    assert_eq!(damaged.count(), 1);
}

#[test]
fn a_file_of_a_later_version_is_read_and_left_to_the_byte() {
    let desk = Desk::new();
    let good = String::from_utf8(good(&desk)).unwrap();
    let newer = good.replacen("\"version\":1", "\"version\":99", 1)
        + "{\"kind\":\"highlight\",\"id\":\"h\",\"modified\":\"2030-01-01T00:00:00Z\",\"from\":1.0}\n";
    fs::write(desk.file(), &newer).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(labels(&shelf), [FIRST, SECOND]);
    assert!(matches!(
        shelf.take_notices()[..],
        [ShelfNotice::Newer { version: 99, .. }]
    ));
    let failure = shelf.add(at(&shelf, THIRD)).unwrap_err();
    assert!(
        matches!(failure, Failure::Newer { version: 99, .. }),
        "{failure}"
    );
    shelf.undo().unwrap_err();
    shelf.set_place(at(&shelf, THIRD), 0.5).unwrap_err();
    assert_eq!(fs::read_to_string(desk.file()).unwrap(), newer);
    assert_eq!(
        shelf.unsaved().len(),
        2,
        "the place, and that a bookmark came and went"
    );
}

#[test]
fn what_a_later_version_added_to_a_record_stays_when_the_record_is_changed() {
    let desk = Desk::new();
    let id = add(&mut desk.shelf(), FIRST);
    let file = fs::read_to_string(desk.file()).unwrap();
    let file = file
        .replace("\"label\":", "\"stars\":5,\"label\":")
        .replace("\"quote\":", "\"xpath\":\"/p\",\"quote\":");
    fs::write(desk.file(), file).unwrap();
    let mut shelf = desk.shelf();
    shelf.rename(&id, "mine").unwrap();
    shelf.annotate(&id, "noted").unwrap();
    let file = fs::read_to_string(desk.file()).unwrap();
    let line = file
        .lines()
        .find(|line| line.contains("\"noted\"") && line.contains("\"kind\":\"bookmark\""))
        .unwrap();
    assert!(
        line.contains("\"stars\":5") && line.contains("\"xpath\":\"/p\""),
        "{line}"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_not_written() {
    let desk = Desk::new();
    fs::create_dir(desk.file()).unwrap();
    let mut shelf = desk.shelf();
    assert!(matches!(
        shelf.take_notices()[..],
        [ShelfNotice::Unreadable { .. }]
    ));
    shelf.add(at(&shelf, FIRST)).unwrap_err();
    assert!(desk.file().is_dir());
}

#[test]
fn escapes_in_a_file_reach_no_sentence() {
    let desk = Desk::new();
    let id = add(&mut desk.shelf(), FIRST);
    desk.shelf().rename(&id, "mine").unwrap();
    let file = fs::read_to_string(desk.file()).unwrap();
    fs::write(
        desk.file(),
        file.replace("We asked", "We \\u001b]52;c;x\\u0007 asked"),
    )
    .unwrap();
    let mut shelf = desk.shelf();
    let undone = shelf.undo().unwrap().unwrap().to_string();
    let said = format!(
        "{undone} {:?} {:?}",
        labels(&shelf),
        shelf.bookmarks()[0].anchor.quote
    );
    assert!(
        said.contains("52;c;x") && !said.contains(['\u{1b}', '\u{7}']),
        "{said}"
    );
}
