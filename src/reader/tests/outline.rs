//! Sections: their outline, and the one that is being read.

use super::super::action::{Action, ClickTarget, Effect};
use super::super::testing::TestReader;
use super::lines;
use std::path::Path;

use crate::document::Document;
use crate::formats::markdown::parse;
use crate::shelf::Origin;

#[test]
fn title_and_footer_name_one_and_the_same_section() {
    let paper = format!("# First\n\n{}# Second\n\n{}", lines(12), lines(30));
    let desk = TestReader::open(&paper, 80, 12).press("8 j ] k");
    let rows = desk.rows();
    let (title, footer) = (rows[0].trim(), rows[11].trim());
    assert!(footer.starts_with("Second"), "{footer}");
    assert_eq!(title, "", "{}", desk.text());
    let first = desk.press("{").rows();
    assert!(first[11].trim().starts_with("First"), "{first:#?}");
    assert_eq!(first[0].trim(), "First");
}

#[test]
fn a_paper_whose_headings_begin_at_the_second_level_is_not_indented() {
    let paper = "Opening words.\n\n## One\n\nText.\n\n### Within\n\nText.\n";
    let list = TestReader::open(paper, 60, 16).press("t");
    let list = list.shows("▸ (no heading)");
    list.shows("│  One").shows("│    Within");
    let pane = TestReader::open(paper, 120, 16);
    pane.shows(" ▸ (no heading)")
        .shows("   One")
        .shows("     Within");
}

#[test]
fn problems_of_the_source_are_counted_and_listed_on_a_key() {
    let markdown = format!("One[^gone].\n\n{}See [there](#nowhere).\n", lines(40));
    let open = |markdown: &str| {
        let document = Document::new(parse(markdown), Origin::Elsewhere);
        TestReader::open_document(document, 70, 14)
    };
    let desk = open(&markdown).shows("2 problems · ! lists them");
    let list = desk
        .press("!")
        .shows("note [^gone] is cited but never defined");
    let list = list.shows("line 1").types("nowhere");
    list.press("Enter").shows("▎ See there.");
    open("One[^gone].").shows("1 problem · ! lists it");
    TestReader::open("One.", 70, 14)
        .press("!")
        .shows("no problems in the source");
}

#[test]
fn what_was_mended_is_counted_on_the_title_page_and_listed_with_the_problems() {
    let loose =
        "One.[1] Two.[2] Three.[3]\n\nIntroduction\n\n- An item\n\n[1] Ada.\n[2] Bo.\n[3] Cy.\n";
    let parsed = crate::formats::loose::parse(loose, &|_, _| true);
    let document = Document::new(parsed, Origin::Elsewhere);
    let list = TestReader::open_document(document, 70, 20)
        .shows("Mended: 3 notes tied, 1 heading found")
        .press("!")
        .shows("mended: 3 notes tied to their markers")
        .types("heading");
    list.press("Enter").shows("▎ Introduction");
}

#[test]
fn a_click_on_the_scrollbar_goes_there_and_back_leads_back() {
    let mut desk = TestReader::open(&lines(100), 40, 22);
    let rows = desk.rows();
    desk.act(Action::Click(ClickTarget::Scrollbar { row: 10, rows: 20 }));
    assert!(desk.rows()[11].ends_with('┃'), "{}", desk.text());
    desk = desk.shows("line 52");
    desk.act(Action::Click(ClickTarget::Scrollbar { row: 19, rows: 20 }));
    let desk = desk.shows("line 100").press("Ctrl-o Ctrl-o").wait();
    assert_eq!(desk.rows(), rows);
}

#[test]
fn the_footer_names_search_and_outline_at_80_columns() {
    for keys in ["", "]", "3 ]", "G"] {
        let footer = TestReader::open_own(80, 24)
            .press(keys)
            .wait()
            .rows()
            .pop()
            .unwrap();
        assert!(footer.contains("/ search"), "{footer}");
        assert!(footer.contains("t outline"), "{footer}");
    }
}

#[test]
fn a_link_to_another_paper_opens_its_file() {
    let parsed = parse("See [the other](./other%20one.md#part).\n");
    let origin = Origin::File("papers/this.md".into());
    let desk = TestReader::open_document(Document::new(parsed, origin), 70, 14);
    let desk = desk.press("o").shows("opening other one.md…");
    let [Effect::OpenPaper(request)] = &desk.effects[..] else {
        panic!("no paper is opened");
    };
    assert_eq!(request.path(), Some(Path::new("papers/other one.md")));
    assert_eq!(request.part.as_deref(), Some("part"));
}

#[test]
fn what_the_screen_cannot_show_is_said_with_the_true_reason_and_not_lost() {
    let bare = TestReader::open("# One\n\nNo notes.\n", 170, 30);
    let bare = bare.press("T").shows("too few sections for an outline");
    let bare = bare
        .press("P P")
        .shows("foot: notes below the text (this paper has none)");
    bare.shows_no("no room");
    let narrow = TestReader::open_own(80, 24).press("T");
    let narrow = narrow.shows("no room for the outline beside the text; t opens it");
    let wide = narrow.resize(170, 40);
    assert!(!wide.state.app.geometry().outline.is_empty());
    let without = wide.press("T");
    assert!(without.state.app.geometry().outline.is_empty());
}
