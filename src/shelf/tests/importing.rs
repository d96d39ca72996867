//! Highlights out of the files of other programs.

use serde_json::json;

use super::*;

/// Takes a file in; what is kept then, and how many were left out.
#[track_caller]
fn check(file: &str, kept: &[&str], not_here: usize) {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let batch = Batch::joined(read_annotations(file).unwrap());
    let imported = shelf.import(&batch).unwrap();
    let all = |shelf: &Shelf| -> Vec<String> {
        let passages = shelf.passages().into_iter();
        let line = |annotation: &Annotation| {
            let kind = match &annotation.kind {
                AnnotationKind::Highlight(kind) => kind.name(),
                kind => kind.name(),
            };
            let words = annotation.quotation(shelf.text());
            let (found, note) = (annotation.found.name(), &annotation.note);
            format!("{kind}, {found}: {words} [{note}]")
        };
        passages.map(line).collect()
    };
    assert_eq!(all(&desk.shelf()), kept);
    assert_eq!(imported.not_here, not_here);
    // Nothing is doubled, and one undo takes all back.
    let again = shelf.import(&batch).unwrap();
    assert_eq!((again.added, again.changed), (0, 0));
    assert_eq!(all(&shelf), kept);
    shelf.undo().unwrap();
    assert_eq!(all(&shelf), [""; 0]);
}

const READ: &str = "evidence, exact: Nobody keeps a line number [really?]";

#[test]
fn koreaders_highlights_come_with_their_notes_and_colours() {
    let file = r#"-- we can read Lua syntax here!
return {
    ["annotations"] = {
        [1] = { ["color"] = "green", ["datetime"] = "2024-08-01 21:02:11", ["drawer"] = "lighten",
            ["note"] = "really?", ["text"] = "Nobody keeps a line number" },
        [2] = { ["color"] = "red", ["datetime"] = "2024-08-01 21:02:11", ["drawer"] = "invert",
            ["text"] = "These words are in another paper" },
    },
    ["doc_props"] = { ["title"] = "On Keeping" },
}
"#;
    check(file, &[READ], 1);
}

#[test]
fn zoteros_annotations_come_from_json_and_from_a_table() {
    let json = json!([{"key": "ABCD2345", "itemType": "annotation", "annotationType": "highlight",
        "annotationText": "Nobody keeps a line number", "annotationComment": "really?",
        "annotationColor": "#5fb236", "dateModified": "2024-03-01T21:02:11Z"}]);
    check(&json.to_string(), &[READ], 0);
    let table = "Title,annotationText,annotationComment,annotationColor\n\
                 On Keeping,Nobody keeps a line number,really?,#5fb236\n";
    check(table, &[READ], 0);
}

#[test]
fn kindles_clippings_come_with_the_notes_at_their_end_and_those_of_other_books_do_not() {
    let file = "On Keeping (Ada Author)\n\
        - Your Highlight on page 3 | Location 41-42 | Added on Friday, 1 March 2024 21:02:11\n\
        \nNobody keeps a line number\n==========\n\
        On Keeping (Ada Author)\n\
        - Your Note on page 3 | Location 42 | Added on Friday, 1 March 2024 21:02:40\n\
        \nreally?\n==========\n\
        Another (Bo Writer)\n\
        - Your Highlight on page 9 | Location 90 | Added on Friday, 1 March 2024 21:05:00\n\
        \nThese words are in another book.\n==========\n";
    check(
        file,
        &["claim, exact: Nobody keeps a line number [really?]"],
        1,
    );
}

#[test]
fn hypothesis_annotations_are_highlights_with_their_notes() {
    let file = json!({"total": 1, "rows": [{
        "id": "x1", "updated": "2024-03-01T21:02:11.123456+00:00", "text": "really?",
        "target": [{"source": "https://example.org", "selector": [
            {"type": "TextQuoteSelector", "exact": "Nobody keeps a line number",
             "prefix": "what they keep.\n", "suffix": " for long."}]}]}]});
    check(
        &file.to_string(),
        &["claim, exact: Nobody keeps a line number [really?]"],
        0,
    );
}

#[test]
fn highlights_go_out_as_web_annotations_or_as_a_set_and_come_back_as_they_were() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let passage = |shelf: &Shelf, words: &str| {
        let start = shelf.text().words().find(words).expect("words of the text");
        shelf.text().passage(start, start + words.len())
    };
    let here = passage(&shelf, "Nobody keeps a line number for long. Findings Most");
    let id = shelf.highlight(here, HighlightKind::Disagree).unwrap();
    shelf.annotate(&id, "some do").unwrap();
    let here = passage(&shelf, "forty readers");
    shelf.note_on(here, "how chosen?").unwrap();
    let out = web_annotations(shelf.passages(), Some(shelf.text()), "urn:test");
    let kept = [
        "note, exact: forty readers [how chosen?]",
        "disagree, exact: Nobody keeps a line number for long. Findings Most [some do]",
    ];
    check(&annotation_page(&out).to_string(), &kept, 0);
    let set = annotation_set(&out, "On Keeping", &[]);
    check(&set.to_string(), &kept, 0);
    // In the shelf that they came from nothing changes.
    let batch = Batch::joined(read_annotations(&set.to_string()).unwrap());
    let again = shelf.import(&batch).unwrap();
    assert_eq!((again.added, again.changed, again.known), (0, 0, 2));
}

#[test]
fn a_word_that_only_stands_within_another_is_not_in_the_paper() {
    let clipping = |words: &str| {
        format!(
            "On Keeping (Ada Author)\n- Your Highlight on Location 1-2 | Added on Monday, \
            March 2, 2020 10:10:41 PM\n\n{words}\n==========\n"
        )
    };
    check(&clipping("body"), &[], 1);
    check(&clipping("line num"), &[], 1);
    check(
        &clipping("line number"),
        &["claim, exact: line number []"],
        0,
    );
}
