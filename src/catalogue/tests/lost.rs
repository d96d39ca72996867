//! What is asked of the table when what is cached of a paper is gone.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::Room;
use super::cited::SMITH;
use crate::catalogue::{SOURCES, file_name};

/// Two papers that cite a work, in the table; nothing is cached any more of the second.
fn room_without_cached() -> Room {
    let room = Room::new();
    room.add_citing(&[("one", &[SMITH]), ("two", &[SMITH])]);
    room.take_in_all();
    room.settle_shelves();
    assert_eq!(room.others("one.md")[0].len(), 1);
    fs::remove_file(cached(&room, "two.md")).unwrap();
    room
}

fn cached(room: &Room, name: &str) -> PathBuf {
    let (_, origin) = room.paper(name);
    room.path("cache").join(file_name(&origin, SOURCES))
}

#[test]
fn no_paper_is_read_for_what_others_cite_even_if_the_table_has_it() {
    let room = room_without_cached();
    room.reads.store(0, Ordering::SeqCst);
    assert!(room.others("one.md").iter().all(Vec::is_empty));
    assert_eq!(room.reads.load(Ordering::SeqCst), 0);
    assert!(!cached(&room, "two.md").exists());
}

#[test]
fn a_paper_that_the_table_has_and_that_cannot_be_read_is_counted() {
    let room = room_without_cached();
    // As long and as old as before, and no text.
    let path = room.path("two.md");
    let before = fs::metadata(&path).unwrap();
    fs::write(&path, vec![0xff; before.len().try_into().unwrap()]).unwrap();
    let file = File::options().write(true).open(&path).unwrap();
    file.set_modified(before.modified().unwrap()).unwrap();
    assert_eq!(room.works(false, Some("smith notes")).unread, 1);
    assert_eq!(room.shared("one.md").1, 1);
    assert_eq!(room.catalogue("").all_works(&room.library()).unread, 1);
}
