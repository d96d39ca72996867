//! The help: where it opens, and searching in it.

use super::super::testing::TestReader;
use super::SMALL;

/// The first line inside of the help's box.
fn first_line(desk: &TestReader) -> String {
    let rows = desk.rows();
    let line = rows.get(1).map_or("", String::as_str);
    line.trim_matches([' ', '│', '┃']).to_owned()
}

#[test]
fn the_help_opens_at_the_keys_of_where_it_was_asked_for() {
    for (keys, title) in [
        ("f ?", "In an open note"),
        ("f F1", "In an open note"),
        ("t F1", "In a list"),
        (": a F1", "In a list"),
        ("/ a F1", "While a search is typed"),
        ("& a F1", "In the list of matches"),
        ("B ?", "In the list of bookmarks"),
        ("B F1", "In the list of bookmarks"),
    ] {
        let desk = TestReader::open(SMALL, 80, 24).press(keys);
        assert!(
            first_line(&desk).starts_with(title),
            "{keys}: {}",
            desk.text()
        );
    }
    TestReader::open(SMALL, 80, 24)
        .press("?")
        .shows("The bar ▎ marks")
        .shows("Moving");
}

#[test]
fn help_asked_for_while_something_is_typed_leaves_that_as_it_is() {
    for key in ["Esc", "F1", "q"] {
        let desk = TestReader::open(SMALL, 80, 24).press("t").types("tw");
        let rows = desk.rows();
        let desk = desk.press(&format!("F1 j {key}"));
        assert_eq!(desk.rows(), rows, "{key}");
    }
    let desk = TestReader::open(SMALL, 80, 24)
        .press("/")
        .types("paragraph")
        .press("F1 Esc");
    desk.shows("/paragraph").shows("1/3");
}

#[test]
fn the_help_is_searched_as_one_types() {
    let desk = TestReader::open(SMALL, 80, 24).press("? /").types("redo");
    let desk = desk.shows("/redo").shows("1/2");
    assert!(
        first_line(&desk).contains("redo what was undone"),
        "{}",
        desk.text()
    );
    let desk = desk.press("Enter n");
    assert!(
        first_line(&desk).contains("redo what was undone"),
        "{}",
        desk.text()
    );
    let again = desk.press("n N N");
    again
        .shows("redo what was undone")
        .press("Esc")
        .shows("A Small Paper");
}

#[test]
fn a_search_of_the_help_that_is_given_up_leads_back() {
    let desk = TestReader::open(SMALL, 80, 24).press("? j j");
    let rows = desk.rows();
    let desk = desk.press("/").types("browser").press("Esc");
    assert_eq!(desk.rows(), rows);
    let none = desk
        .press("/")
        .types("qqq")
        .shows("nothing matches")
        .press("Enter n");
    none.shows("nothing matches").press("n");
    TestReader::open(SMALL, 80, 24)
        .press("? n")
        .shows("press / to search");
}
