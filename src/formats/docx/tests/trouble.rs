//! Tracked changes, comments, and files that are broken or hostile.

use super::super::read;
use super::{Docx, p, r};
use crate::formats::ReadOptions;

#[test]
fn tracked_changes_are_shown_as_accepted_and_said() {
    let body = format!(
        r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}<w:del>{}</w:del><w:ins>{}</w:ins></w:p>{}"#,
        r("", "a "),
        r("", "old"),
        r("", "new"),
        p("", " on"),
    );
    let docx = Docx::new(&body);
    docx.check("a new on");
    docx.check_problems(&["paragraph 1: 3 tracked changes, shown as accepted, begin here"]);
}

#[test]
fn comments_are_said_where_they_are() {
    let body = format!(
        r#"{}<w:p>{}<w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
        p("", "one"),
        r("", "two")
    );
    Docx::new(&body)
        .part(
            "word/comments.xml",
            &format!(
                r#"<w:comments><w:comment w:id="0" w:author="Ada">{}</w:comment></w:comments>"#,
                [p("", "Really?"), p("", "Yes.")].concat()
            ),
        )
        .check_problems(&["paragraph 2: a comment by Ada is left out: Really? Yes."]);
}

#[test]
fn the_main_part_may_have_any_name_and_any_prefix() {
    Docx::default()
        .part(
            "_rels/.rels",
            r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/texts/main.xml"/></Relationships>"#,
        )
        .part(
            "texts/main.xml",
            "<ns0:document><ns0:body><ns0:p><ns0:r><ns0:t>Strict.</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>",
        )
        .check("Strict.");
}

#[test]
fn a_document_that_stops_in_the_middle_is_read_so_far() {
    Docx::default()
        .part(
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>One.</w:t></w:r></w:p><w:p><w:r><w:t>Two",
        )
        .check(
            "One.
             Two",
        );
}

#[test]
fn an_archive_without_a_text_is_refused() {
    assert!(
        read(
            &Docx::default().part("a.txt", "x").bytes(),
            &ReadOptions::default()
        )
        .is_err()
    );
    assert!(read(b"PK\x03\x04", &ReadOptions::default()).is_err());
}

#[test]
fn deep_files_and_wide_spans_are_read_within_bounds() {
    let deep = format!(
        "{}{}{}",
        "<w:sdt>".repeat(20_000),
        p("", "deep"),
        "</w:sdt>".repeat(20_000)
    );
    Docx::new(&deep).parsed();
    let cell = r#"<w:tc><w:tcPr><w:gridSpan w:val="4000000000"/></w:tcPr><w:p/></w:tc>"#;
    let row = format!("<w:tr>{}</w:tr>", cell.repeat(20));
    Docx::new(&format!("<w:tbl>{}</w:tbl>", row.repeat(200))).parsed();
}
