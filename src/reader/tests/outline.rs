//! Sections: their outline, and the one that is being read.

use super::super::testing::Desk;
use super::lines;

#[test]
fn title_and_footer_name_one_and_the_same_section() {
    let paper = format!("# First\n\n{}# Second\n\n{}", lines(12), lines(30));
    let desk = Desk::open(&paper, 60, 12).press("8 j ] k");
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
    let list = Desk::open(paper, 60, 16).press("t");
    let list = list.shows("▸ (no heading)");
    list.shows("│  One").shows("│    Within");
    let pane = Desk::open(paper, 120, 16);
    pane.shows(" ▸ (no heading)")
        .shows("   One")
        .shows("     Within");
}
