//! Sources that the reader's other papers cite.

use std::path::PathBuf;
use std::sync::Arc;

use super::super::action::{Action, Effect, FoundPlace, PaperRequest};
use super::super::elsewhere::{CitedElsewhere, ElsewhereNews};
use super::super::open::finder::Pattern;
use super::super::testing::TestReader;
use crate::catalogue::OtherCiting;
use crate::document::Document;
use crate::formats::markdown::parse;
use crate::paper::{BlockId, Position};
use crate::search::Mode;
use crate::shelf::Origin;

const WAR: &str = "\
# War

Bread was dear.[^1] So was ink.[^2]

[^1]: Jane Smith, *The Notes of Others* (Oxford: OUP, 2019); Al Roe, *Gardens in the North* (Berlin: Holm, 1990).

[^2]: Jo Doe, *Rivers of the South* (Rome: Fiume, 2001).
";

fn document() -> Arc<Document> {
    let origin = Origin::File(PathBuf::from("/papers/war.md"));
    Arc::new(Document::new(parse(WAR), origin))
}

fn citing(paper: &str, name: &str) -> OtherCiting {
    let path = PathBuf::from(format!("/papers/{paper}.md"));
    OtherCiting {
        origin: Origin::File(path.clone()),
        paths: vec![path],
        paper: format!("On {paper}"),
        name: name.to_owned(),
        is_in_note: !name.starts_with('R'),
        position: Position {
            block: BlockId(4),
            offset: 2,
        },
        words: "The Notes of Others".to_owned(),
    }
}

/// Smith is cited twice in one other paper and once in another, Roe in one, Doe in none.
fn news(document: &Arc<Document>) -> Action {
    let of = vec![
        vec![
            citing("Peace", "8a"),
            citing("Peace", "R3"),
            citing("Trade", "2"),
        ],
        vec![citing("Trade", "4")],
        Vec::new(),
    ];
    let found = CitedElsewhere::new(Arc::clone(document), of);
    Action::TakeElsewhere(ElsewhereNews(Arc::new(found)))
}

/// A reader of the paper who has its sources.
fn open(columns: u16, rows: u16) -> (TestReader, Arc<Document>) {
    let document = document();
    let mut desk = TestReader::unread(Arc::clone(&document), columns, rows);
    desk.act(Action::TakeSources(Arc::clone(document.sources())));
    (desk, document)
}

fn open_known(columns: u16, rows: u16) -> TestReader {
    let (mut desk, document) = open(columns, rows);
    desk.act(news(&document));
    desk
}

#[test]
fn the_list_of_sources_says_how_many_other_papers_cite_each() {
    let list = open_known(80, 24).press("S");
    let row_of = |name: &str| {
        let rows = list.rows();
        let row = rows.into_iter().find(|row| row.contains(name)).unwrap();
        row.trim_end_matches([' ', '│', '┃']).to_owned()
    };
    assert!(row_of("Smith").ends_with(" also in 2 papers · 1 use"));
    assert!(row_of("Roe").ends_with(" also in 1 paper · 1 use"));
    assert!(row_of("Doe").ends_with(" 1 use") && !row_of("Doe").contains("also"));
    open_known(40, 15).press("S").shows("+2 · 1 use");
}

#[test]
fn an_open_list_of_sources_shows_what_is_found_meanwhile() {
    let (desk, document) = open(80, 24);
    let mut list = desk.press("S ↓").shows_no("also in");
    list.act(news(&document));
    list.shows("also in 2 papers").shows("▸ 1b");
}

#[test]
fn a_list_of_sources_beneath_another_list_or_the_help_shows_what_is_found_meanwhile() {
    for (above, title) in [("Enter", "Where it is used"), ("F1", "Keys")] {
        let (desk, document) = open(80, 24);
        let mut desk = desk.press("S").press(above).shows(title);
        desk.act(news(&document));
        let list = desk.press("Esc").shows_no(title);
        list.shows("also in 2 papers").shows("also in 1 paper");
    }
}

#[test]
fn an_open_note_shows_what_is_found_meanwhile_and_no_more_what_is_gone() {
    let (desk, document) = open(80, 24);
    let mut note = desk.press("1 f").shows_no("of your papers");
    note.act(news(&document));
    let mut note = note.shows("1a: also in 2 of your papers");
    let nothing = CitedElsewhere::new(Arc::clone(&document), Vec::new());
    note.act(Action::TakeElsewhere(ElsewhereNews(Arc::new(nothing))));
    note.shows_no("of your papers");
}

#[test]
fn an_open_note_says_of_each_of_its_sources_in_how_many_other_papers_it_is() {
    open_known(80, 24)
        .press("1 f")
        .shows("1a: also in 2 of your papers")
        .shows("1b: also in 1 of your papers");
    open_known(80, 24).press("2 f").shows_no("of your papers");
}

#[test]
fn a_key_lists_the_papers_that_cite_a_source_and_enter_opens_one_there() {
    let list = open_known(80, 24).press("S Ctrl-l").shows("Also cited in");
    let list = list.shows("On Peace").shows("note 8a").shows("R3");
    let list = list.shows("On Trade").shows("note 2").shows_no("note 4");
    let mut desk = list.press("Enter");
    let request = PaperRequest {
        also: vec![PathBuf::from("/papers/Peace.md")],
        found: Some(FoundPlace {
            pattern: Pattern {
                text: "The Notes of Others".to_owned(),
                mode: Mode::Plain,
            },
            position: Position {
                block: BlockId(4),
                offset: 2,
            },
        }),
        ..PaperRequest::new(PathBuf::from("/papers/Peace.md"))
    };
    assert_eq!(desk.effects.pop(), Some(Effect::OpenPaper(request)));
}

#[test]
fn in_a_note_the_key_lists_the_papers_of_all_its_sources() {
    let list = open_known(80, 24).press("1 f Ctrl-l");
    list.shows("1a is note 8a")
        .shows("1b is note 4")
        .press("Esc")
        .shows("1a: also in 2");
}

#[test]
fn where_no_other_paper_is_known_the_key_says_so_and_is_not_in_the_footer() {
    let (desk, _) = open(80, 24);
    let note = desk.press("1 f").shows_no("papers");
    note.press("Ctrl-l").shows("none of your other papers");
    let (desk, _) = open(80, 24);
    let list = desk.press("S").shows_no("papers");
    list.press("Ctrl-l").shows("none of your other papers");
}

#[test]
fn what_was_found_of_another_reading_is_not_taken() {
    let (mut desk, _) = open(80, 24);
    desk.act(news(&document()));
    desk.press("S").shows_no("also in");
}
