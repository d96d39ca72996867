//! Bookmarks that go out as W3C annotations and come back, and those of other programs.

use serde_json::{Value, json};

use super::*;

const FIRST: &str = "We asked forty readers what they keep.";
const SECOND: &str = "Nobody keeps a line number for long.";

fn exported(shelf: &Shelf) -> Value {
    annotation_page(&web_annotations(
        shelf.bookmarks(),
        Some(shelf.text()),
        "urn:test",
    ))
}

/// Imports an annotation into an empty shelf; what the bookmark is called, noted and found as.
#[track_caller]
fn check(file: &Value, label: &str, note: &str, found: &str) {
    laws::hold_import(&file.to_string(), &paper(PAPER), Desk::new().path());
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    import(&mut shelf, &file.to_string()).unwrap();
    let bookmark = shelf.bookmarks()[0];
    let passage = bookmark.found.passage();
    let words = passage.map_or(String::new(), |passage| {
        let (start, end) = (passage.start, passage.end);
        format!(
            ": {}",
            shelf
                .text()
                .slice(shelf.text().place_of(start), shelf.text().place_of(end))
        )
    });
    let is = format!("{}{words}", bookmark.found.name());
    assert_eq!(
        (bookmark.label.as_str(), bookmark.note.as_str(), is.as_str()),
        (label, note, found)
    );
}

fn quoting(exact: &str) -> Value {
    json!({ "selector": [{ "type": "TextQuoteSelector", "exact": exact }] })
}

#[test]
fn bookmarks_go_out_and_come_back_as_they_were() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let id = add(&mut shelf, FIRST);
    add(&mut shelf, SECOND);
    shelf.rename(&id, "forty readers").unwrap();
    shelf.annotate(&id, "how\nchosen?").unwrap();
    let out = exported(&shelf);

    let other = Desk::new();
    let mut other = other.shelf();
    let imported = import(&mut other, &out.to_string()).unwrap();
    assert_eq!(imported.added, 2);
    let same = |shelf: &Shelf| -> Vec<_> {
        let kept = shelf.bookmarks().into_iter();
        kept.map(|bookmark| {
            let anchor = bookmark.anchor.clone();
            (
                bookmark.id.clone(),
                bookmark.label.clone(),
                bookmark.note.clone(),
                anchor,
                bookmark.found,
            )
        })
        .collect()
    };
    assert_eq!(same(&other), same(&shelf));
    let again = import(&mut other, &out.to_string()).unwrap();
    assert_eq!((again.added, again.changed, again.known), (0, 0, 2));
}

#[test]
fn positions_count_characters_not_bytes() {
    let mut shelf = opened(
        Library::new(None).open(&paper("Größe ändert nichts.\n\nZwei."), &Origin::Elsewhere),
    );
    shelf.add(at(&shelf, "Zwei")).unwrap_err();
    let position = exported(&shelf)["items"][0]["target"]["selector"][1].clone();
    assert_eq!(
        position,
        json!({ "type": "TextPositionSelector", "start": 21, "end": 26 })
    );
}

#[test]
fn what_was_taken_away_comes_back_and_one_undo_takes_back_all() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    let ids = [add(&mut shelf, FIRST), add(&mut shelf, SECOND)];
    let out = exported(&shelf).to_string();
    shelf.remove(&ids).unwrap();
    assert_eq!(import(&mut shelf, &out).unwrap().added, 2);
    assert_eq!(labels(&shelf), [FIRST, SECOND]);
    let undone = shelf.undo().unwrap().unwrap().to_string();
    assert_eq!(
        (undone.as_str(), labels(&shelf).len()),
        ("undone: importing 2 bookmarks", 0)
    );
}

#[test]
fn the_later_version_of_a_known_bookmark_is_taken() {
    let desk = Desk::new();
    let mut shelf = desk.shelf();
    add(&mut shelf, FIRST);
    let mut out = exported(&shelf);
    out["items"][0]["body"][0]["value"] = json!("newer");
    let same_time = import(&mut shelf, &out.to_string()).unwrap();
    assert_eq!((same_time.known, labels(&shelf)), (1, vec![FIRST]));
    out["items"][0]["modified"] = json!("2035-01-01T00:00:00Z");
    let later = import(&mut shelf, &out.to_string()).unwrap();
    assert_eq!((later.changed, labels(&shelf)), (1, vec!["newer"]));
}

#[test]
fn an_annotation_of_hypothesis_is_a_bookmark() {
    let rows = json!({ "total": 1, "rows": [{
        "id": "hyp", "created": "2026-01-01T10:00:00+00:00", "updated": "2026-01-02T10:00:00+00:00",
        "text": "Why not?", "tags": ["keep"],
        "target": [{ "source": "https://x", "selector": [
            { "type": "RangeSelector", "startOffset": 1 },
            { "type": "TextPositionSelector", "start": 50, "end": 60 },
            { "type": "TextQuoteSelector", "exact": "line number",
              "prefix": "asked forty readers what they keep.\n\nNobody keeps a ", "suffix": " for long." },
        ]}],
    }]});
    check(&rows, "line number", "Why not?", "exact: line number");
}

#[test]
fn annotations_of_every_shape_are_read() {
    let target = quoting(SECOND);
    check(
        &json!([{ "id": "x", "target": target, "body": "bare" }]),
        SECOND,
        "bare",
        &format!("exact: {SECOND}"),
    );
    check(
        &json!({ "target": [target] }),
        SECOND,
        "",
        &format!("exact: {SECOND}"),
    );
    let refined =
        json!({ "selector": { "type": "FragmentSelector", "refinedBy": target["selector"][0] } });
    check(
        &json!({ "first": { "items": [{ "target": refined }] } }),
        SECOND,
        "",
        &format!("exact: {SECOND}"),
    );
}

#[test]
fn words_that_are_not_in_the_paper_are_kept_as_lost() {
    check(
        &json!([{ "target": quoting("nowhere to be found") }]),
        "nowhere to be found",
        "",
        "lost",
    );
}

#[test]
fn what_holds_no_annotations_is_refused_in_a_sentence() {
    let mut shelf = Desk::new().shelf();
    for file in ["", "{", "3", "{}", "\"x\"", "# Markdown"] {
        let failure = import(&mut shelf, file).unwrap_err();
        assert!(
            matches!(failure, Failure::NoBookmarks(_)),
            "{file}: {failure}"
        );
    }
    let imported = import(&mut shelf, "[{}, 3, {\"target\": \"https://x\"}]").unwrap();
    assert_eq!((imported.added, imported.without_words), (0, 3));
}

/// Which papers the bookmarks of a file are about, and how many each has.
#[track_caller]
fn check_papers(file: &str, papers: &[(About, usize)]) {
    let batches = read_bookmarks(file).unwrap();
    let parted: Vec<_> = batches
        .into_iter()
        .map(|batch| {
            let mut shelf = Desk::new().shelf();
            let added = shelf.import(&batch).unwrap().added;
            (batch.about, added)
        })
        .collect();
    assert_eq!(parted, papers);
}

#[test]
fn annotations_are_parted_by_the_papers_that_they_name() {
    let about = |source: &str, exact: &str| {
        let mut target = quoting(exact);
        target["source"] = json!(source);
        json!({ "target": target })
    };
    let file = json!([
        about("file:///papers/on%20war.md", "one"),
        about("https://example.org/", "two"),
        about("file:///papers/on%20war.md", "three"),
        about("urn:opcit:embedded", "four"),
        { "target": quoting("five") },
    ]);
    let war = Origin::File(PathBuf::from("/papers/on war.md"));
    check_papers(
        &file.to_string(),
        &[
            (About::Unsaid, 1),
            (About::Paper(Origin::Embedded), 1),
            (About::Paper(war), 2),
            (About::Elsewhere("https://example.org/".to_owned()), 1),
        ],
    );
}

#[test]
fn a_file_of_opcits_own_is_about_the_paper_that_has_stood_where_it_says() {
    let desk = Desk::new();
    let path = desk.path().join("paper.md");
    fs::write(&path, PAPER).unwrap();
    let origin = Origin::File(path.canonicalize().unwrap());
    let mut shelf = opened(desk.library().open(&paper(PAPER), &origin));
    add(&mut shelf, FIRST);
    let file = fs::read_to_string(desk.file()).unwrap();
    check_papers(&file, &[(About::Paper(origin), 1)]);
}

#[test]
fn words_that_were_cut_for_want_of_room_are_quoted_to_the_paragraphs_end_also_elsewhere() {
    let long = "Some keep the words that stand there. ".repeat(9);
    let source = format!("{PAPER}\n\n{long}\n\nAn end.");
    let open = |desk: &Desk| opened(desk.library().open(&paper(&source), &Origin::Elsewhere));
    let (here, there) = (Desk::new(), Desk::new());
    let (mut here, mut there) = (open(&here), open(&there));
    here.add(at(&here, "Some keep the")).unwrap();
    import(&mut there, &exported(&here).to_string()).unwrap();
    for shelf in [here, there] {
        let kept = shelf.bookmarks()[0];
        assert_eq!(kept.quotation(shelf.text()), long.trim_end());
        assert!(kept.quotation_kept().ends_with("…"));
    }
}
