//! What the terminal is given as links of its own.

use super::super::testing::TestReader;

#[test]
fn an_address_is_a_link_for_the_terminal_unless_something_covers_it() {
    let paper = "# Terms\n\nSee [the treaty](https://a.org/x) and [terms](#terms).[^1]\n\n\
        [^1]: At https://b.org, p. 4.\n";
    let desk = TestReader::open(paper, 80, 24);
    let treaty = ("the treaty".to_owned(), "https://a.org/x".to_owned());
    let links = desk.links();
    assert!(links.contains(&treaty), "{links:?}");
    assert!(
        links
            .iter()
            .all(|(_, address)| address.starts_with("https://")),
        "{links:?}"
    );
    let covered = desk.press("?").links();
    assert!(!covered.contains(&treaty), "{covered:?}");
}
