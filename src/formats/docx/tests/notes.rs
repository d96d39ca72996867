//! Footnotes and endnotes.

use super::{Docx, p, r, runs};

fn reference(id: u32) -> String {
    format!(
        r#"<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>"#
    )
}

fn footnote(id: u32, paragraphs: &[String]) -> String {
    let number = "<w:r><w:footnoteRef/></w:r>";
    let mut paragraphs = paragraphs.to_vec();
    if let Some(first) = paragraphs.first_mut() {
        *first = first.replacen("<w:r>", &format!("{number}<w:r>"), 1);
    }
    format!(
        r#"<w:footnote w:id="{id}">{}</w:footnote>"#,
        paragraphs.concat()
    )
}

#[test]
fn notes_of_several_paragraphs_are_read_whole_and_the_line_above_them_is_none() {
    let body = runs(&[r("", "One."), reference(7), r("", " Two."), reference(3)]);
    let notes = [
        footnote(3, &[p("", " The second.")]),
        footnote(7, &[p("", " The first."), p("", "It goes on.")]),
    ];
    Docx::new(&body).with_footnotes(&notes.concat()).check(
        "One.[1] Two.[2]
         # Notes
         (1) The first.
         () It goes on.
         (2) The second.",
    );
}

#[test]
fn a_note_that_is_referred_to_again_is_cited_again() {
    let again = |id: &str, switch: &str| {
        format!(
            r#"<w:fldSimple w:instr=" NOTEREF {id} {switch} \h ">{}</w:fldSimple>"#,
            r("", "1")
        )
    };
    let body = format!(
        r#"<w:p>{}<w:bookmarkStart w:id="0" w:name="_Ref1"/>{}<w:bookmarkEnd w:id="0"/>{}{}{}{}</w:p>"#,
        r("", "One"),
        reference(2),
        r("", " two"),
        again("_Ref1", "\\f"),
        r("", ", see note "),
        again("_Ref1", ""),
    );
    Docx::new(&body)
        .with_footnotes(&footnote(2, &[p("", " Note.")]))
        .check(
            "One[1] two[1], see note <1 -> 1:3>
             # Notes
             (1) Note.",
        );
}

#[test]
fn endnotes_have_numbers_after_those_of_footnotes_and_a_sign_stays_a_sign() {
    let own = r#"<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>"#;
    let end = r#"<w:r><w:endnoteReference w:id="2"/></w:r>"#;
    let body = runs(&[
        r("", "Title"),
        own.to_owned(),
        r("", " a"),
        reference(5),
        r("", " b"),
        end.to_owned(),
        r("", " c"),
        reference(6),
    ]);
    let notes = [
        format!(
            r#"<w:footnote w:id="4">{}</w:footnote>"#,
            p("", "* Thanks.")
        ),
        footnote(5, &[p("", " First.")]),
        footnote(6, &[p("", " Second.")]),
    ];
    Docx::new(&body)
        .with_footnotes(&notes.concat())
        .part(
            "word/endnotes.xml",
            &format!(
                r#"<w:endnotes><w:endnote w:id="2">{}</w:endnote></w:endnotes>"#,
                p("", "End.")
            ),
        )
        .check(
            "Title[*] a[1] b[3] c[2]
             # Notes
             (*) Thanks.
             (1) First.
             (2) Second.
             (3) End.",
        );
}

#[test]
fn a_note_in_a_list_a_table_and_a_content_control_is_tied() {
    let cell = format!("<w:tc><w:p>{}{}</w:p></w:tc>", r("", "cell"), reference(1));
    let body = format!(
        "<w:tbl><w:tr>{cell}<w:tc>{}</w:tc></w:tr></w:tbl>",
        p("", "b")
    );
    let note = format!(
        r#"<w:footnote w:id="1"><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:footnote>"#,
        p("", "Held.")
    );
    Docx::new(&body).with_footnotes(&note).check(
        "table[Left, Left]: cell[1]⇥b
         # Notes
         (1) Held.",
    );
}

#[test]
fn a_note_that_was_deleted_is_not_shown_and_one_that_is_missing_is_said() {
    let body = format!(
        "<w:p>{}<w:del>{}</w:del>{}</w:p>",
        r("", "One"),
        reference(1),
        reference(9)
    );
    let docx = Docx::new(&body).with_footnotes(&footnote(1, &[p("", " Gone.")]));
    docx.check("One");
    docx.check_problems(&[
        "paragraph 1: a note is cited here that the file does not hold",
        "paragraph 1: 1 tracked change, shown as accepted, begin here",
    ]);
}

#[test]
fn a_title_with_a_note_keeps_it() {
    let title = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{}{}</w:p>"#,
        r("", "On Notes"),
        reference(1)
    );
    Docx::new(&title)
        .with_footnotes(&footnote(1, &[p("", " Thanks.")]))
        .check(
            "# On Notes[1]
             # Notes
             (1) Thanks.",
        );
}
