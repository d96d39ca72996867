//! Titles and headings that no style tells.

use super::{Docx, p, r};
use crate::paper::MendingKind;

/// A line in bold, so large.
fn bold(size: u32, text: &str) -> String {
    let run = r(&format!(r#"<w:b/><w:sz w:val="{size}"/>"#), text);
    format!("<w:p>{run}</w:p>")
}

/// Paragraphs of text.
fn text(paragraphs: usize) -> String {
    p("", "A text of some length follows here.").repeat(paragraphs)
}

fn headings_of(body: &[String]) -> Vec<(u8, String)> {
    let parsed = Docx::new(&body.concat()).parsed();
    let sections = parsed.paper.sections.iter();
    let sections = sections.filter(|section| !section.title.is_empty());
    let found: Vec<_> = sections
        .map(|section| (section.level, section.title.clone()))
        .collect();
    let mended = parsed.mendings.iter();
    let mended = mended.filter(|mending| mending.kind == MendingKind::HeadingFound);
    assert_eq!(mended.count(), found.len());
    found
}

#[test]
fn short_lines_in_bold_that_stand_alone_are_headings_where_no_style_says_which() {
    let body = [
        text(2),
        bold(28, "The Law"),
        bold(24, "1. Its beginning"),
        text(3),
        bold(24, "2. Its end"),
        text(3),
    ];
    let own = |level, title: &str| (level, title.to_owned());
    assert_eq!(
        headings_of(&body),
        [
            own(1, "The Law"),
            own(2, "1. Its beginning"),
            own(2, "2. Its end")
        ]
    );
    let styled = p(r#"<w:pStyle w:val="Heading1"/>"#, "A heading");
    let parsed = Docx::new(&[styled, body.concat()].concat()).parsed();
    assert!(parsed.mendings.is_empty());
    assert_eq!(parsed.paper.sections.len(), 1);
}

#[test]
fn what_else_is_in_bold_is_no_heading() {
    let among =
        |line: &str| headings_of(&[text(3), bold(24, line), text(3), bold(24, "Two"), text(3)]);
    for line in [
        "But does it leave the story of all of us unfinished?",
        "To whom it may concern:",
        "Table 3 Cases by year",
        "[[fig-1]]",
        "***",
    ] {
        assert_eq!(among(line), [], "{line}");
    }
    // The first line of a title.
    let title = [bold(24, "On Notes:"), bold(24, "A Survey")].concat();
    assert_eq!(headings_of(&[text(4), title.repeat(2), text(4)]), []);
    // A cover, an address, and a signature.
    let lines = [bold(24, "One"), bold(24, "Two"), bold(24, "Three")].concat();
    assert_eq!(headings_of(&[text(4), lines, text(4)]), []);
    let ends = [bold(24, "A. Author"), text(9), bold(24, "The Editors")];
    assert_eq!(headings_of(&ends), []);
    // Who speaks.
    let turn = [bold(24, "Anna"), text(3), bold(24, "Bert"), text(3)].concat();
    assert_eq!(headings_of(&[text(3), turn.repeat(3)]), []);
}

/// A paragraph in the middle or at the left, with its text so large and bold or not.
fn set(centred: bool, size: u32, bold: bool, text: &str) -> String {
    let centre = if centred {
        r#"<w:jc w:val="center"/>"#
    } else {
        ""
    };
    let bold = if bold { "<w:b/>" } else { "" };
    let run = r(&format!(r#"{bold}<w:sz w:val="{size}"/>"#), text);
    format!("<w:p><w:pPr>{centre}</w:pPr>{run}</w:p>")
}

#[track_caller]
fn check_title(body: &[String], title: &str) {
    let metadata = Docx::new(&body.concat()).parsed().paper.metadata;
    assert_eq!(metadata.title, title);
}

#[test]
fn a_first_paragraph_set_as_no_other_is_the_title() {
    let text = set(false, 24, false, "A text of some length follows here.");
    let title = |centred, size, bold| set(centred, size, bold, "On Notes");
    for first in [
        title(true, 32, true),
        title(true, 32, false),
        title(false, 32, true),
    ] {
        check_title(&[p("", " "), first.clone(), text.clone()], "On Notes");
    }
    // An author may be as large, and is no part of it.
    let author = set(true, 32, false, "A. Author");
    check_title(&[title(true, 32, true), author, text.clone()], "On Notes");
    let docx = Docx::new(&[title(true, 32, true), text].concat());
    docx.check("A text of some length follows here.");
}

#[test]
fn the_first_of_many_lines_that_are_set_almost_alike_may_be_a_school() {
    let text = set(false, 24, false, "A text of some length follows here.");
    let line = |size, text: &str| set(true, size, false, text);
    let cover = [
        line(44, "School of Notes"),
        line(40, "Thesis"),
        line(40, "On Notes"),
        line(40, "And on Others"),
        text,
    ];
    check_title(&cover, "");
}

#[test]
fn a_first_paragraph_that_is_set_as_others_are_is_no_title() {
    let text = set(false, 24, false, "A text of some length follows here.");
    let large = |text: &str| set(true, 32, true, text);
    // No larger than the text, or neither bold nor in the middle.
    check_title(&[set(true, 24, true, "On Notes"), text.clone()], "");
    check_title(&[set(false, 32, false, "On Notes"), text.clone()], "");
    // One of several headings; a smaller line above the title; a sentence.
    check_title(
        &[large("One"), text.clone(), large("Two"), text.clone()],
        "",
    );
    let above = set(true, 28, true, "Department of Notes");
    check_title(&[above, large("On Notes"), text.clone()], "");
    check_title(&[large("To whom it may concern:"), text.clone()], "");
    let titled = Docx::new(&[large("On Notes"), text].concat()).part(
        "docProps/core.xml",
        "<cp:coreProperties><dc:title>Of Notes</dc:title></cp:coreProperties>",
    );
    assert_eq!(titled.parsed().paper.metadata.title, "Of Notes");
}
