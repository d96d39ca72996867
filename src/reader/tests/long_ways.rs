//! Scrolling so far that keys must be heard on the way.

use super::super::testing::TestReader;

/// A paper of so many paragraphs, each a line that says which it is.
fn lines(count: usize) -> String {
    (0..count).map(|line| format!("Line {line}.\n\n")).collect()
}

#[test]
fn a_long_way_leads_where_many_short_ones_do() {
    let paper = lines(9000);
    let open = || TestReader::open(&paper, 60, 12);
    let mut near = open();
    for _ in 0..9 {
        near = near
            .press_at_once("9")
            .press_at_once("9")
            .press_at_once("9");
        near = near.press_at_once("j").press_at_once("j");
        assert!(!near.state.has_work());
    }
    assert_eq!(open().press("9 0 0 0 j").text(), near.text());
    let mut turned = open();
    for _ in 0..500 {
        turned = turned.press("Space");
    }
    let far = open().press("5 0 0 Space");
    assert_eq!(
        far.state.app.open.view.top(),
        turned.state.app.open.view.top()
    );
}

#[test]
fn any_key_ends_a_long_way_where_it_has_come() {
    let paper = lines(20_000);
    let under_way = "9999999j"
        .chars()
        .fold(TestReader::open(&paper, 60, 12), |desk, key| {
            desk.press_at_once(&key.to_string())
        })
        .work();
    assert!(under_way.state.has_work());
    let far = under_way.text();
    let stopped = under_way.press_at_once("Esc");
    assert!(!stopped.state.has_work());
    assert_eq!(stopped.text(), far);
    stopped.shows_no("Line 0.").shows_no("Line 19999.");
}

#[test]
fn a_count_that_nothing_could_hold_leads_to_the_end() {
    let paper = lines(5000);
    TestReader::open(&paper, 60, 12)
        .press("9 9 9 9 9 9 9 j")
        .shows("Line 4999.")
        .press("9 9 9 9 9 9 9 PageUp")
        .shows("minutes to read");
}
