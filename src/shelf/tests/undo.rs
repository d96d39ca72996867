//! Undo and redo: across restarts, with two programs at once, and whatever is done in between.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const FIRST: &str = "We asked forty readers what they keep.";
const NOBODY: &str = "Nobody keeps a line number for long.";
const MOST: &str = "Most of them keep the words and forget the page.";

/// A file of an opcit that kept nothing for redo: three bookmarks, one noted on and renamed, whose
/// deletion and moving were undone.
const WITHOUT_REDO: &str = include_str!("../../../tests/data/shelf/without-redo.jsonl");

/// What each undo, or redo, says, each time by an opcit that has just been started.
fn said(desk: &Desk, step: fn(&mut Shelf) -> Result<Option<Replayed>, Failure>) -> Vec<String> {
    let mut said = Vec::new();
    while let Some(replayed) = step(&mut desk.shelf()).unwrap() {
        said.push(replayed.to_string());
    }
    said
}

#[test]
fn changes_are_undone_one_after_another_and_redone_also_after_a_restart() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let nobody = add(&mut shelf, NOBODY);
    let most = add(&mut shelf, MOST);
    shelf.rename(&nobody, "method").unwrap();
    shelf.annotate(&nobody, "mine").unwrap();
    shelf.remove(&[nobody, most]).unwrap();
    let before = everything(&shelf);
    let undone = said(&desk, Shelf::undo);
    assert_eq!(
        undone,
        [
            "undone: removing 2 bookmarks",
            "undone: your note on “method”",
            "undone: renaming “Nobody keeps a…”",
            "undone: bookmark “Most of them…”",
            "undone: bookmark “Nobody keeps a…”",
        ]
    );
    assert_eq!(labels(&desk.shelf()), [""; 0]);
    let redone = said(&desk, Shelf::redo);
    assert_eq!(
        redone,
        [
            "redone: bookmark “Nobody keeps a…”",
            "redone: bookmark “Most of them…”",
            "redone: renaming “method”",
            "redone: your note on “method”",
            "redone: removing 2 bookmarks",
        ]
    );
    assert_eq!(everything(&desk.shelf()), before);
    assert_eq!(said(&desk, Shelf::undo), undone);
}

#[test]
fn a_note_that_was_undone_can_be_redone_after_another_change() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, NOBODY);
    shelf.annotate(&id, "mine").unwrap();
    shelf.undo().unwrap();
    add(&mut shelf, MOST);
    let mut shelf = desk.shelf();
    shelf.redo().unwrap();
    assert_eq!(shelf.bookmarks()[0].note, "mine");
    assert_eq!(labels(&shelf), [NOBODY, MOST]);
    assert_eq!(shelf.redo().unwrap(), None);
}

#[test]
fn a_key_that_is_held_down_pushes_no_words_out_of_what_can_be_undone() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, NOBODY);
    shelf.annotate(&id, "mine").unwrap();
    let here = at(&shelf, NOBODY);
    for _ in 0..300 {
        shelf.toggle(here).unwrap();
    }
    let mut shelf = desk.shelf();
    let mut notes = BTreeSet::new();
    while shelf.undo().unwrap().is_some() {
        notes.extend(shelf.bookmarks().iter().map(|kept| kept.note.clone()));
    }
    assert!(notes.contains("mine"), "{notes:?}");
}

#[test]
fn a_file_without_redo_is_read_and_what_is_undone_from_now_on_can_be_redone() {
    let desk = Desk::new();
    fs::write(desk.file(), WITHOUT_REDO).unwrap();
    let mut shelf = desk.shelf();
    assert_eq!(shelf.take_notices(), []);
    let before = everything(&shelf);
    assert_eq!(shelf.redo().unwrap(), None);
    assert_eq!(said(&desk, Shelf::undo).len(), 5);
    assert_eq!(labels(&desk.shelf()), [""; 0]);
    assert_eq!(said(&desk, Shelf::redo).len(), 5);
    assert_eq!(everything(&desk.shelf()), before);
}

#[test]
fn what_a_later_version_keeps_of_a_change_stays_through_undo_and_redo() {
    let desk = Desk::new();
    let later = WITHOUT_REDO
        .replace(r#""what":"annotate","#, r#""what":"annotate","by":"Ann","#)
        .replace(r#""bookmark":null"#, r#""colour":"red","bookmark":null"#);
    fs::write(desk.file(), &later).unwrap();
    said(&desk, Shelf::undo);
    said(&desk, Shelf::redo);
    let file = fs::read_to_string(desk.file()).unwrap();
    let lines = file
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let by: Vec<Value> = lines.filter(|line| line["by"] == "Ann").collect();
    assert_eq!(by.len(), 1, "{file}");
}

/// All bookmarks: label, note and words by id.
type Everything = BTreeMap<String, (String, String, Anchor)>;

fn everything(shelf: &Shelf) -> Everything {
    let bookmarks = shelf.bookmarks().into_iter();
    let said = |bookmark: &Annotation| {
        let words = (bookmark.label.clone(), bookmark.note.clone());
        (words.0, words.1, bookmark.anchor.clone())
    };
    bookmarks
        .map(|bookmark| (bookmark.id.to_string(), said(bookmark)))
        .collect()
}

/// What one of two programs does next.
#[derive(Debug, Clone, Copy)]
enum UndoStep {
    Toggle(usize),
    Annotate(usize),
    Rename(usize),
    Move(usize, usize),
    Remove(usize),
    Undo,
    Redo,
    Restart,
}

fn deed() -> impl Strategy<Value = UndoStep> {
    let at = 0..4_usize;
    prop_oneof![
        2 => at.clone().prop_map(UndoStep::Toggle),
        2 => at.clone().prop_map(UndoStep::Annotate),
        1 => at.clone().prop_map(UndoStep::Rename),
        1 => (at.clone(), at.clone()).prop_map(|(from, to)| UndoStep::Move(from, to)),
        1 => at.prop_map(UndoStep::Remove),
        4 => Just(UndoStep::Undo),
        4 => Just(UndoStep::Redo),
        1 => Just(UndoStep::Restart),
    ]
}

/// Every state that undo and redo must lead to: the simplest history that could be.
#[derive(Debug, Default)]
struct Model {
    now: Everything,
    /// The bookmarks that each change was about, as they were before it.
    done: Vec<Vec<(String, Option<Said>)>>,
    undone: Vec<Vec<(String, Option<Said>)>>,
}

type Said = (String, String, Anchor);

impl Model {
    /// A change was made, after which the bookmarks are these.
    fn change(&mut self, after: Everything) {
        let ids: BTreeSet<&String> = self.now.keys().chain(after.keys()).collect();
        let touched = ids
            .into_iter()
            .filter(|id| self.now.get(*id) != after.get(*id));
        let before: Vec<_> = touched
            .map(|id| (id.clone(), self.now.get(id).cloned()))
            .collect();
        // Moved to where it was, it has not changed.
        if before.is_empty() {
            return;
        }
        self.done.push(before);
        self.now = after;
    }

    fn replay(&mut self, way: Replay) -> bool {
        let (from, to) = match way {
            Replay::Undo => (&mut self.done, &mut self.undone),
            Replay::Redo => (&mut self.undone, &mut self.done),
        };
        let Some(states) = from.pop() else {
            return false;
        };
        let now = states
            .iter()
            .map(|(id, _)| (id.clone(), self.now.get(id).cloned()));
        to.push(now.collect());
        for (id, state) in states {
            match state {
                Some(state) => self.now.insert(id, state),
                None => self.now.remove(&id),
            };
        }
        true
    }
}

/// Does one thing, and holds the shelf to the model.
fn hold(desk: &Desk, shelf: &mut Shelf, deed: UndoStep, number: usize, model: &mut Model) {
    let words = [FIRST, NOBODY, MOST, "Some keep nothing at all."];
    let place = |shelf: &Shelf, at: usize| self::at(shelf, words[at]);
    shelf.refresh();
    let id = |shelf: &Shelf, at: usize| {
        let bookmarks = shelf.bookmarks();
        let kept = bookmarks.get(at % bookmarks.len().max(1))?;
        Some(kept.id.clone())
    };
    let text = format!("words {number}");
    let made = match deed {
        UndoStep::Toggle(at) => shelf.toggle(place(shelf, at)).map(|_| true),
        UndoStep::Annotate(at) => match id(shelf, at) {
            Some(id) => shelf.annotate(&id, &text).map(|()| true),
            None => Ok(false),
        },
        UndoStep::Rename(at) => match id(shelf, at) {
            Some(id) => shelf.rename(&id, &text).map(|()| true),
            None => Ok(false),
        },
        UndoStep::Move(from, to) => match id(shelf, from) {
            Some(id) => shelf.move_to(&id, place(shelf, to)).map(|()| true),
            None => Ok(false),
        },
        UndoStep::Remove(at) => match id(shelf, at) {
            Some(id) => shelf.remove(&[id]).map(|()| true),
            None => Ok(false),
        },
        UndoStep::Undo | UndoStep::Redo => {
            let (way, done) = match deed {
                UndoStep::Undo => (Replay::Undo, shelf.undo().unwrap()),
                _ => (Replay::Redo, shelf.redo().unwrap()),
            };
            assert_eq!(done.is_some(), model.replay(way), "{way:?}");
            Ok(false)
        }
        UndoStep::Restart => {
            *shelf = desk.shelf();
            Ok(false)
        }
    };
    if made.unwrap() {
        model.change(everything(shelf));
    }
    assert_eq!(everything(shelf), model.now, "{deed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_changes_undos_redos_and_restarts_of_two_at_once_end_where_they_say_and_lose_nothing(
        deeds in prop::collection::vec((any::<bool>(), deed()), 1..30),
    ) {
        let desk = Desk::new();
        let mut shelves = [desk.shelf(), desk.shelf()];
        let mut model = Model::default();
        let mut notes = BTreeSet::new();
        for (number, (which, deed)) in deeds.into_iter().enumerate() {
            let shelf = &mut shelves[usize::from(which)];
            hold(&desk, shelf, deed, number, &mut model);
            notes.extend(model.now.values().map(|said| said.1.clone()));
        }
        // Every note ever written is still on the way back, or on the way forward.
        let mut shelf = desk.shelf();
        while shelf.undo().unwrap().is_some() {
            for said in everything(&shelf).values() {
                notes.remove(&said.1);
            }
        }
        while shelf.redo().unwrap().is_some() {
            for said in everything(&shelf).values() {
                notes.remove(&said.1);
            }
        }
        for said in model.now.values() {
            notes.remove(&said.1);
        }
        prop_assert_eq!(notes, BTreeSet::new());
    }
}
