//! What holds for a file of bookmarks, whatever is in it.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::paper::{Paper, Position};
use crate::shelf::{
    Anchor, AnnotationId, Batch, Failure, Library, Opened, Origin, Shelf, ShelfNotice,
    annotation_page, read_bookmarks, web_annotations,
};

/// Where the file about the paper stands in its folder.
const FILE: &str = "embedded.jsonl";

/// Puts bytes in the place of the file about a paper, in an empty folder, and holds opcit to what
/// is promised of it: opening writes nothing, a change loses nothing, and a file of a later
/// version stays as it is. Says whether all of its lines were read.
pub fn hold(file: &[u8], paper: &Paper, folder: &Path) -> bool {
    let path = folder.join(FILE);
    fs::write(&path, file).unwrap();
    let mut shelf = open(paper, folder);
    assert_eq!(fs::read(&path).unwrap(), file, "opening wrote");
    let before = kept(&shelf);
    let result = shelf.add(Position::default());
    match shelf.take_notices().as_slice() {
        [] => assert!(kept_aside(folder).is_empty()),
        [
            ShelfNotice::Damaged { .. },
            ShelfNotice::KeptAside { path: aside },
        ] => {
            assert_eq!(fs::read(aside).unwrap(), file);
            hold_change(&result.unwrap(), &before, paper, folder);
            return false;
        }
        [ShelfNotice::Newer { .. }] => {
            assert!(matches!(result, Err(Failure::Newer { .. })));
            assert_eq!(fs::read(&path).unwrap(), file, "overwritten");
            return false;
        }
        others => panic!("{others:?}"),
    }
    hold_lines(file, &fs::read(&path).unwrap());
    hold_change(&result.unwrap(), &before, paper, folder);
    true
}

/// After a bookmark was added, it is there beside all others, and taken back again by one undo.
fn hold_change(added: &AnnotationId, before: &Bookmarks, paper: &Paper, folder: &Path) {
    let mut shelf = open(paper, folder);
    assert_eq!(shelf.take_notices(), []);
    let mut after = kept(&shelf);
    assert!(after.remove(added.as_str()).is_some());
    assert_eq!(&after, before);
    assert!(shelf.undo().unwrap().is_some());
    assert_eq!(&kept(&open(paper, folder)), before);
}

/// No record of a file without damage is gone from the file that takes its place, but for changes
/// too old to be taken back.
fn hold_lines(before: &[u8], after: &[u8]) {
    let after = keys(after);
    for key in keys(before) {
        let may_go = key.0 == "shelf" || key.0 == "change";
        assert!(may_go || after.contains(&key), "{key:?} is gone");
    }
}

/// The kind and the id of each line.
fn keys(file: &[u8]) -> Vec<(String, String)> {
    let lines = file.split(|byte| *byte == b'\n');
    let lines = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
    let string = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    lines
        .map(|line| (string(&line["kind"]), string(&line["id"])))
        .collect()
}

/// Takes a text in as bookmarks, in an empty folder, and holds opcit to what is promised of that:
/// nothing is doubled when it is taken in again, nor when it comes back as annotations, and one
/// undo takes all back.
pub fn hold_import(file: &str, paper: &Paper, folder: &Path) {
    let Ok(batches) = read_bookmarks(file) else {
        return;
    };
    let batch = Batch::joined(batches);
    let mut shelf = open(paper, folder);
    shelf.import(&batch).unwrap();
    let imported = kept(&shelf);
    assert_eq!(kept(&open(paper, folder)), imported);
    let again = shelf.import(&batch).unwrap();
    assert_eq!((again.added, again.changed), (0, 0), "{again:?}");
    let page = annotation_page(&web_annotations(
        shelf.bookmarks(),
        Some(shelf.text()),
        "urn:opcit:embedded",
    ))
    .to_string();
    let batch = Batch::joined(read_bookmarks(&page).unwrap());
    let again = shelf.import(&batch).unwrap();
    assert_eq!((again.added, again.changed), (0, 0), "{again:?} of {page}");
    assert_eq!(kept(&shelf), imported);
    assert_eq!(shelf.undo().unwrap().is_some(), !imported.is_empty());
    assert_eq!(kept(&shelf), Bookmarks::new());
}

/// The label, the note and the words of each bookmark, by its id.
type Bookmarks = BTreeMap<String, (String, String, Anchor)>;

fn kept(shelf: &Shelf) -> Bookmarks {
    let bookmarks = shelf.bookmarks().into_iter();
    bookmarks
        .map(|bookmark| {
            let id = bookmark.id.as_str().to_owned();
            let said = (bookmark.label.clone(), bookmark.note.clone());
            (id, (said.0, said.1, bookmark.anchor.clone()))
        })
        .collect()
}

fn open(paper: &Paper, folder: &Path) -> Shelf {
    match Library::new(Some(folder.to_owned())).open(paper, &Origin::Embedded) {
        Opened::Shelf(shelf) => *shelf,
        Opened::Ambiguous(candidates) => panic!("it may be any of {candidates:?}"),
    }
}

/// The damaged files that were kept.
fn kept_aside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().contains(".damaged-"));
    paths
}
