//! A file that is written anew while it is read.

use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::super::action::{Action, Effect, Notice, RereadPaper};
use super::super::testing::TestReader;
use crate::document::Document;
use crate::formats::markdown::parse;
use crate::paper::RefusedMendings;
use crate::shelf::Origin;

fn file() -> Origin {
    Origin::File(PathBuf::from("papers/draft.md"))
}

pub(super) fn document(text: &str) -> Document {
    Document::new(parse(text), file())
}

fn draft(extra: &str) -> String {
    let paragraph = |number| format!("Paragraph {number} is about bread and war.[^a]\n\n");
    let paragraphs: String = (1..60).map(paragraph).collect();
    format!("# Draft\n\n{extra}{paragraphs}[^a]: Ada.\n")
}

/// The file was written anew with this text, and is read as the program's thread does it.
pub(super) fn save(desk: &mut TestReader, text: &str) {
    desk.act(Action::FileChanged);
    let Some(Effect::Reload { refused, .. }) = desk.effects.pop() else {
        panic!("nothing is read");
    };
    let before = Arc::clone(&desk.state.app.open.document);
    let earlier = desk.state.app.open.rereading.marked_from().map(Arc::clone);
    let reading = RereadPaper::new(document(text), refused)
        .since(before)
        .changed_from(earlier.as_deref());
    desk.act(Action::TakeReading(Box::new(reading)));
}

fn open() -> TestReader {
    TestReader::open_document(document(&draft("")), 70, 16)
}

/// The first line of text on the screen.
fn top(desk: &TestReader) -> String {
    let rows = desk.rows();
    let mut texts = rows
        .iter()
        .filter_map(|row| row.find("Paragraph").map(|at| row.split_at(at).1));
    texts
        .next()
        .unwrap()
        .split(" is")
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn the_same_words_stay_at_the_top_through_two_hundred_savings() {
    let mut desk = open().press("3 0 G");
    let words = top(&desk);
    let mut extra = String::new();
    for number in 0..200 {
        match number % 4 {
            // Above, in the paragraph, below, and taken away again.
            0 => extra.push_str("Something new stands here.\n\n"),
            2 => extra.clear(),
            _ => {}
        }
        let text = draft(&extra);
        let text = match number % 4 {
            1 => text.replace("Paragraph 30 is about", "Paragraph 30 is not at all about"),
            3 => text.replace("Paragraph 31 is", "Paragraph 31 never is"),
            _ => text,
        };
        save(&mut desk, &text);
        assert_eq!(top(&desk), words, "{number}: {}", desk.text());
    }
}

#[test]
fn selection_search_and_the_way_back_stay_with_their_words() {
    let desk = open()
        .press("/")
        .types("paragraph 20")
        .press("Enter 4 0 G v");
    let mut desk = desk.shows("Paragraph 40");
    let selected = |desk: &TestReader| {
        let passage = desk.state.app.open.view.selection().unwrap().passage;
        let paper = desk.state.app.open.document.paper();
        paper.blocks[passage.start.block.0].text.clone()
    };
    let before = selected(&desk);
    save(&mut desk, &draft("One more.\n\nAnd one.\n\n"));
    assert_eq!(selected(&desk), before);
    let desk = desk.press("Esc Ctrl-o").shows("Paragraph 20");
    desk.press("G n").shows("Paragraph 20");
}

#[test]
fn bookmarks_are_found_again_and_can_be_undone() {
    let data = TempDir::new().unwrap();
    let mut desk = open().with_shelf(data.path(), file()).press("2 0 G b");
    save(&mut desk, &draft("One more.\n\n"));
    let bookmarks = &desk.state.app.open.shelf.annotations.bookmarks;
    let position = bookmarks[0].position().unwrap();
    let paper = desk.state.app.open.document.paper();
    assert!(
        paper.blocks[position.block.0]
            .text
            .starts_with("Paragraph 20")
    );
    let desk = desk.press("U");
    assert!(desk.state.app.open.shelf.annotations.bookmarks.is_empty());
}

#[test]
fn what_has_changed_is_marked_for_a_while() {
    let mut desk = open().press("3 0 G");
    let text = draft("").replace("Paragraph 31 is", "Paragraph 31 never is");
    save(&mut desk, &text);
    let desk = desk.shows("the file has changed: 1 paragraph");
    let marked = |desk: &TestReader| -> Vec<String> {
        let rows = desk.rows().into_iter();
        rows.filter(|row| row.trim_start().starts_with("+ "))
            .collect()
    };
    assert_eq!(marked(&desk).len(), 1, "{}", desk.text());
    assert!(marked(&desk)[0].contains("Paragraph 31"));
    let desk = desk.wait().wait();
    assert!(marked(&desk).is_empty());
}

#[test]
fn what_comes_back_after_half_of_a_file_was_saved_has_not_changed() {
    let mut desk = open().press("3 0 G");
    let whole = draft("").replace("Paragraph 31 is", "Paragraph 31 never is");
    let half = whole.split("Paragraph 32").next().unwrap();
    save(&mut desk, &format!("{half}[^a]: Ada.\n"));
    let mut desk = desk.shows("the file has changed: 1 paragraph");
    save(&mut desk, &whole);
    // What was changed is marked, and nothing of what was there before.
    let desk = desk.shows("the file has changed: 1 paragraph");
    let rows = desk.rows().into_iter();
    let marked: Vec<_> = rows
        .filter(|row| row.trim_start().starts_with("+ "))
        .collect();
    assert!(
        marked.iter().all(|row| row.contains("Paragraph 31")),
        "{marked:?}"
    );
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_once_more_and_not_twice_at_once() {
    let mut desk = open();
    desk.act(Action::FileChanged);
    desk.act(Action::FileChanged);
    desk.act(Action::FileChanged);
    assert_eq!(desk.effects.len(), 1);
    desk.effects.clear();
    desk.act(Action::KeepText(None));
    assert!(matches!(desk.effects[..], [Effect::Reload { .. }]));
    desk.effects.clear();
    desk.act(Action::KeepText(None));
    assert!(desk.effects.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_text_as_it_is() {
    let mut desk = open().press("R");
    assert_eq!(
        desk.effects.pop(),
        Some(Effect::Reload {
            refused: RefusedMendings::default(),
            is_asked: true
        })
    );
    desk.act(Action::KeepText(Some(Notice::warning("not read again"))));
    desk.shows("not read again").shows("Paragraph 1 ");
}

#[test]
fn a_file_that_is_back_as_it_was_is_not_said_to_be_gone() {
    let mut desk = open();
    desk.act(Action::KeepText(Some(Notice::warning("not read again"))));
    desk.act(Action::KeepText(None));
    let mut desk = desk.shows_no("not read again");
    desk.act(Action::KeepText(Some(Notice::warning("not read again"))));
    desk.act(Action::Tell(Notice::plain("something else")));
    desk.act(Action::KeepText(None));
    desk.shows("something else");
}

#[test]
fn a_note_that_is_looked_at_is_not_read_up_to_where_the_file_changes() {
    let mut desk = open().press("1 f Enter");
    let before = desk.state.app.open.furthest();
    assert!(before < 0.5, "{before}");
    save(&mut desk, &draft("Something new.\n\n"));
    let after = desk.press("k").state.app.open.furthest();
    assert!((after - before).abs() < f64::EPSILON, "{after} {before}");
}
