//! Searching all papers from the reader.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::action::{Action, Effect, FoundPlace, OpenedPaper, PaperRequest};
use super::super::library_search::{
    FoundSince, LibraryMatch, LibraryNews, LibraryProgress, LibraryQuery,
};
use super::super::open::finder::Pattern;
use super::super::testing::TestReader;
use super::super::watching::PaperFile;
use crate::document::Document;
use crate::formats;
use crate::paper::{BlockId, Position};
use crate::search::Mode;
use crate::shelf::Origin;

const WAR: &str = "# War\n\nBread was dear.\n";
const PEACE: &str = "# Peace\n\nBread was cheap.\n\n## Later\n\nThen there was no bread.\n";

fn open() -> TestReader {
    let origin = Origin::File(PathBuf::from("/papers/war.md"));
    let document = Document::new(formats::markdown::parse(WAR), origin);
    TestReader::open_document(document, 60, 16)
}

/// The search that the program was asked for last.
fn asked(desk: &TestReader) -> LibraryQuery {
    match desk.effects.last() {
        Some(Effect::SearchLibrary(query)) => query.clone(),
        other => panic!("{other:?} is no search"),
    }
}

fn found(number: u64, words: &[&str], is_done: bool) -> Action {
    let matches = words.iter().map(|word| LibraryMatch {
        paper: "On Peace".into(),
        section: "§ Later".into(),
        detail: "¶ 1".to_owned(),
        before: "Then there was no ".to_owned(),
        hit: (*word).to_owned(),
        after: ".".to_owned(),
        request: PaperRequest {
            found: Some(FoundPlace {
                pattern: Pattern {
                    text: "bread".to_owned(),
                    mode: Mode::Plain,
                },
                position: Position {
                    block: BlockId(4),
                    offset: 18,
                },
            }),
            ..PaperRequest::new(PathBuf::from("/papers/peace.md"))
        },
    });
    let news = FoundSince {
        number,
        matches: matches.collect(),
        progress: LibraryProgress {
            papers: 9,
            searched: 4,
            with_matches: 1,
            matches: words.len(),
            is_done,
            ..LibraryProgress::default()
        },
    };
    Action::TakeLibraryNews(LibraryNews(Arc::new(news)))
}

#[test]
fn what_is_typed_is_searched_for_in_all_papers_and_shown_as_it_is_found() {
    let mut desk = open().press("A").shows("type to search").types("bread");
    let query = asked(&desk);
    assert_eq!(query.pattern.text, "bread");
    desk.act(found(query.number, &["bread"], false));
    let mut desk = desk
        .shows("On Peace · § Later")
        .shows("1 in 1 paper · 4 of 9…");
    desk.act(found(query.number, &["BREAD"], true));
    desk.shows("no bread.")
        .shows("no BREAD.")
        .shows("1 in 1 paper");
}

#[test]
fn what_a_search_before_finds_is_not_shown() {
    let mut desk = open().press("A").types("bre");
    let before = asked(&desk);
    desk = desk.types("ad");
    desk.act(found(before.number, &["breakfast"], true));
    desk.shows_no("breakfast");
}

#[test]
fn enter_opens_the_paper_where_the_words_are_and_back_leads_back() {
    let mut desk = open().press("A").types("bread");
    let number = asked(&desk).number;
    desk.act(found(number, &["bread"], true));
    let mut desk = desk.press("Enter").shows_no("Search in all papers");
    let Some(Effect::OpenPaper(request)) = desk.effects.pop() else {
        panic!("it opens no paper");
    };
    let path = PathBuf::from("/papers/peace.md");
    let document = Document::new(formats::markdown::parse(PEACE), request.origin);
    desk.act(Action::TakePaper(Box::new(OpenedPaper {
        document: Arc::new(document),
        file: Some(PaperFile::away(path)),
        part: None,
        found: request.found,
        is_shown: true,
    })));
    let desk = desk
        .shows("Then there was no bread")
        .press("n")
        .shows("1/2");
    desk.press("Ctrl-o").shows("Bread was dear");
}

#[test]
fn esc_ends_the_search_and_it_is_gone_on_with_where_it_was_left() {
    let desk = open().press("A").types("bread").press("Esc");
    let desk = desk.shows_no("Search in all papers");
    assert_eq!(desk.effects.last(), Some(&Effect::StopLibrarySearch));
    let desk = desk.press("A").shows("/bread");
    assert!(asked(&desk).lists_anew);
}

#[test]
fn a_pattern_that_cannot_be_searched_for_says_why() {
    let desk = open().press("A").types("(").press("Ctrl-r");
    desk.shows("unclosed group");
}
