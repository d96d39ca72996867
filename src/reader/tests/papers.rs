//! Several papers that are open at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::super::action::{
    Action, Effect, FolderListing, LibraryListing, LibraryPaper, Notice, OpenedPaper, PaperRequest,
    RereadPaper,
};
use super::super::open::annotations::AnnotationAction;
use super::super::testing::TestReader;
use super::super::watching::PaperFile;
use crate::document::Document;
use crate::formats;
use crate::paper::{Position, RefusedMendings};
use crate::shelf::Origin;

const WAR: &str = "# War\n\nSee [peace](./peace.md#terms) and [nothing](./none.md).\n\n## Causes\n\n\
                   Bread was dear.[^a]\n\n## Ends\n\nSo it went.\n\n[^a]: Ada, with \
                   [more](peace.md).\n";
const PEACE: &str =
    "# Peace\n\nBread was cheap.\n\n## Terms\n\nNone were kept.\n\n## Later\n\nBread again.\n";

/// A paper with that text, as the program's thread reads it.
fn read(folder: &Path, name: &str, markdown: &str, part: Option<&str>) -> Action {
    let path = folder.join(name);
    Action::TakePaper(Box::new(OpenedPaper {
        document: Arc::new(Document::new(
            formats::markdown::parse(markdown),
            Origin::File(path.clone()),
        )),
        file: Some(PaperFile::away(path)),
        part: part.map(str::to_owned),
        found: None,
        is_shown: true,
    }))
}

/// A paper of many paragraphs, so that there is a way through it.
fn long(title: &str) -> String {
    let paragraphs = (1..60).map(|number| format!("Paragraph {number} of {title} has words.\n\n"));
    format!("# {title}\n\n{}", paragraphs.collect::<String>())
}

fn open(folder: &Path, markdown: &str) -> TestReader {
    let origin = Origin::File(folder.join("war.md"));
    let document = Document::new(formats::markdown::parse(markdown), origin);
    TestReader::open_document(document, 60, 16)
}

/// The file that the program was asked to open.
fn asked(desk: &mut TestReader) -> PaperRequest {
    match desk.effects.pop() {
        Some(Effect::OpenPaper(request)) => request,
        other => panic!("{other:?} opens no paper"),
    }
}

#[test]
fn a_link_to_another_paper_opens_it_at_its_part_and_back_leads_back() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), WAR).press("Tab Enter");
    let request = asked(&mut desk);
    assert_eq!(request.path(), Some(&*folder.path().join("peace.md")));
    assert_eq!(request.part.as_deref(), Some("terms"));
    desk.act(read(folder.path(), "peace.md", PEACE, Some("terms")));
    let desk = desk.shows("None were kept").shows_no("Bread was dear");
    let desk = desk.press("Ctrl-o").shows("Bread was dear");
    let desk = desk.press("L").shows("None were kept");
    desk.press("Ctrl-o").shows("Bread was dear");
}

#[test]
fn a_link_in_a_note_closes_the_note_and_opens_the_other_paper() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), WAR).press("f o");
    assert_eq!(
        asked(&mut desk).path(),
        Some(&*folder.path().join("peace.md"))
    );
    assert!(desk.state.overlays().is_empty());
    desk.act(read(folder.path(), "peace.md", PEACE, None));
    desk.shows("Bread was cheap")
        .press("Ctrl-o")
        .shows("Bread was dear");
}

#[test]
fn a_paper_that_is_open_is_not_read_again() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), WAR).press("Tab Enter");
    desk.act(read(folder.path(), "peace.md", PEACE, None));
    desk.effects.clear();
    let desk = desk.press("Ctrl-^ Enter").shows("None were kept");
    assert!(desk.effects.is_empty());
}

#[test]
fn what_was_found_in_the_title_is_not_left_for_where_the_reader_stopped() {
    let folder = TempDir::new().unwrap();
    let origin = Origin::File(folder.path().join("war.md"));
    let library = folder.path().join("library");
    let paper = long("War");
    let open = || open(folder.path(), &paper);
    let stopped = open().with_shelf(&library, origin.clone());
    assert_eq!(stopped.press("G").quit().lines, Vec::<String>::new());
    let desk = open().with_shelf(&library, origin.clone());
    desk.shows("Paragraph 59 of");
    let mut desk = open();
    desk.state.app.land(Position::default());
    let desk = desk.with_shelf(&library, origin);
    desk.shows("Paragraph 1 of").shows_no("Paragraph 59 of");
}

#[test]
fn a_part_that_is_not_there_is_said_to_be_missing() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), WAR);
    desk.act(read(folder.path(), "peace.md", PEACE, Some("nowhere")));
    desk.shows("Bread was cheap")
        .shows("there is no heading “nowhere”");
}

#[test]
fn a_text_that_is_read_again_under_a_list_stays_with_its_paper() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), &long("War"));
    desk.act(read(folder.path(), "peace.md", &long("Peace"), None));
    let mut desk = desk.press("Ctrl-^ :");
    let changed = formats::markdown::parse(&long("a longer War"));
    let document = Document::new(changed, Origin::File(folder.path().join("war.md")));
    let before = Arc::clone(&desk.state.app.open.document);
    let reading = RereadPaper::new(document, RefusedMendings::default()).since(before);
    desk.act(Action::TakeReading(Box::new(reading)));
    let path = folder.path().join("peace.md");
    let desk = desk.shows_no("a longer War");
    let desk = desk.types(&format!("e {}", path.display()));
    let desk = desk.press("Enter").shows("Paragraph 2 of Peace");
    let desk = desk.shows_no("War has words");
    desk.press("Ctrl-^").shows("Paragraph 2 of a longer War");
}

#[test]
fn going_to_another_paper_and_back_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let data = TempDir::new().unwrap();
    let origin = Origin::File(folder.path().join("war.md"));
    let mut desk = open(folder.path(), &long("War")).with_shelf(data.path(), origin);
    desk.act(read(folder.path(), "peace.md", &long("Peace"), None));
    // A search, a bookmark, a jump, and a selection in the one; a search and another width in the
    // other.
    let desk = desk
        .press("Ctrl-^ /")
        .types("paragraph 3")
        .press("Enter n n b } } v ) )");
    let war = desk.text();
    let position = desk.state.app.open.view.save();
    let selected = desk.state.app.open.view.selection();
    assert!(selected.is_some());
    let desk = desk.press("Ctrl-^").shows("Peace has words");
    let desk = desk
        .press("/")
        .types("words")
        .press("Enter n n n n n n n n n n n + +");
    let peace = desk.text();
    assert_ne!(war, peace);
    let desk = desk.press("Ctrl-^");
    assert_eq!(desk.state.app.open.view.save(), position);
    assert_eq!(desk.state.app.open.view.selection(), selected);
    let quiet = |desk: TestReader| desk.wait();
    let rows = |text: &str| text.lines().take(14).map(str::to_owned).collect::<Vec<_>>();
    let desk = quiet(desk);
    assert_eq!(rows(&desk.text()), rows(&war));
    // The search goes on, the bookmark can be undone, and the other paper is as it was.
    let desk = desk.press("Esc n").shows("aragraph 3");
    assert_eq!(desk.state.app.open.shelf.annotations.bookmarks.len(), 1);
    let desk = desk.press("U");
    assert_eq!(desk.state.app.open.shelf.annotations.bookmarks.len(), 0);
    let desk = quiet(desk.press("Ctrl-^"));
    assert_eq!(rows(&desk.text()), rows(&peace));
}

#[test]
fn what_comes_for_a_paper_that_is_not_shown_waits_for_it() {
    let folder = TempDir::new().unwrap();
    let data = TempDir::new().unwrap();
    let bookmarked = |name: &str| {
        let text = long(name);
        fs::write(folder.path().join(name), &text).unwrap();
        (name.to_owned(), text)
    };
    let (name, text) = bookmarked("peace.md");
    let keep = |desk: TestReader| desk.press("G b").quit();
    let origin = Origin::File(folder.path().join(&name));
    let document = Document::new(formats::markdown::parse(&text), origin.clone());
    let desk = TestReader::open_document(document, 60, 16).with_shelf(data.path(), origin);
    keep(desk);
    let war = Origin::File(folder.path().join("war.md"));
    let mut desk = open(folder.path(), &long("War")).with_shelf(data.path(), war);
    desk.act(read(folder.path(), &name, &text, None));
    // Its bookmark and its reading place are those that were kept.
    let desk = desk.shows("Paragraph 59 of peace.md");
    assert_eq!(desk.state.app.open.shelf.annotations.bookmarks.len(), 1);
    let desk = desk.press("Ctrl-^");
    assert_eq!(desk.state.app.open.shelf.annotations.bookmarks.len(), 0);
}

#[test]
fn the_place_in_every_open_paper_is_kept() {
    let folder = TempDir::new().unwrap();
    let data = TempDir::new().unwrap();
    let file = |name: &str| Origin::File(folder.path().join(name));
    for name in ["war.md", "peace.md"] {
        fs::write(folder.path().join(name), long(name)).unwrap();
    }
    let mut desk = open(folder.path(), &long("war.md")).with_shelf(data.path(), file("war.md"));
    desk.act(read(folder.path(), "peace.md", &long("peace.md"), None));
    let desk = desk.press("2 0 G Ctrl-^ 3 0 G");
    assert!(desk.quit().lines.is_empty());
    for (name, number) in [("war.md", 30), ("peace.md", 20)] {
        let document = Document::new(formats::markdown::parse(&long(name)), file(name));
        let desk = TestReader::open_document(document, 60, 16).with_shelf(data.path(), file(name));
        desk.shows(&format!("Paragraph {number} of"));
    }
}

#[test]
fn without_another_paper_there_is_nothing_before_this_one() {
    let desk = TestReader::open("Words.", 60, 10).press("Ctrl-^");
    desk.shows("no other paper is open");
}

#[test]
fn papers_that_are_opened_behind_the_first_are_gone_to_in_their_order() {
    let folder = PathBuf::from("/papers");
    let mut desk = open(&folder, WAR);
    for name in ["one", "two"] {
        let Action::TakePaper(mut paper) = read(&folder, name, &long(name), None) else {
            panic!("no paper");
        };
        paper.is_shown = false;
        desk.act(Action::TakePaper(paper));
    }
    let desk = desk.shows("Bread was dear").press("Ctrl-^");
    desk.shows("1 of one")
        .press("Ctrl-^")
        .shows("Bread was dear");
}

/// What `:e` asks for is listed, as the program's thread does it.
fn listed(mut desk: TestReader, names: &[&str]) -> TestReader {
    let Some(Effect::ListFolder(folder)) = desk.effects.pop() else {
        panic!("nothing is listed");
    };
    desk.act(Action::TakeFolder(Box::new(FolderListing {
        folder,
        names: names.iter().map(|&name| name.to_owned()).collect(),
    })));
    desk
}

#[test]
fn a_path_is_completed_as_it_is_typed() {
    let desk = TestReader::open("Words.", 60, 16).press(":").types("e ");
    let desk = listed(desk, &["letters/", "other.md", "paper.pdf", ".secret.md"]);
    let desk = desk.shows("letters/").shows("other.md").shows_no("secret");
    let desk = desk.types("LET").shows_no("other.md").press("Enter");
    assert!(desk.text().contains(":e letters/"), "{}", desk.text());
    let mut desk = listed(desk, &["two.md"]).press("Enter");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("letters/two.md")));
    assert!(desk.state.overlays().is_empty());
}

#[test]
fn tab_types_as_much_of_a_path_as_is_clear_and_then_goes_down() {
    let typed = |desk: &TestReader| {
        desk.state
            .overlays()
            .top()
            .unwrap()
            .list()
            .unwrap()
            .filter()
            .text()
            .to_owned()
    };
    let desk = TestReader::open("Words.", 60, 16).press(":").types("e ");
    let desk = listed(desk, &["letters/", "other one.md", "other two.md"]);
    let desk = desk.types("o").press("Tab");
    assert_eq!(typed(&desk), "e other ");
    let mut desk = desk.press("Tab Enter");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("other two.md")));
    let desk = TestReader::open("Words.", 60, 16).press(":").types("e ");
    let desk = listed(desk, &["letters/", "other.md"])
        .types("l")
        .press("Tab");
    assert_eq!(typed(&desk), "e letters/");
    let desk = listed(desk, &["one.md"]).press("Tab");
    assert_eq!(typed(&desk), "e letters/one.md");
}

#[test]
fn the_footer_says_what_enter_does_to_the_row_that_is_chosen() {
    let desk = TestReader::open(WAR, 80, 16).press(":").types("e ");
    listed(desk, &["letters/"]).shows("Enter look in");
    TestReader::open(WAR, 80, 16)
        .press("t")
        .shows("Enter go there");
    TestReader::open("Words.[^1]\n\n[^1]: Note.\n", 80, 16)
        .press("F")
        .shows("Enter open");
    let mut desk = TestReader::open(WAR, 80, 16);
    desk.act(Action::Annotation(AnnotationAction::Which(Vec::new())));
    desk.shows("Enter choose").shows("Esc asks again later");
}

#[test]
fn a_path_that_is_listed_nowhere_is_opened_as_it_is_typed() {
    let desk = TestReader::open("Words.", 60, 16)
        .press(":")
        .types("e no/such");
    let mut desk = desk.press("Enter");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("no/such")));
}

/// The papers that have been read, as the program's thread lists them.
fn library(titles: &[&str]) -> Action {
    let paper = |title: &&str| LibraryPaper {
        title: (*title).to_owned(),
        percent: Some(42),
        below: vec![format!("~/papers/{title}.md")],
        request: PaperRequest::new(PathBuf::from(format!("/papers/{title}.md"))),
    };
    Action::TakeLibrary(LibraryListing::new(titles.iter().map(paper).collect()))
}

fn front_page(titles: &[&str]) -> TestReader {
    let mut desk = TestReader::open("", 60, 16);
    desk.state.app.open.facts.is_blank = true;
    desk.act(Action::FrontPage(String::new()));
    assert_eq!(desk.effects, [Effect::ListLibrary]);
    desk.effects.clear();
    desk.act(library(titles));
    desk
}

#[test]
fn the_papers_in_a_folder_are_listed_over_the_front_page() {
    let mut desk = front_page(&["war"]);
    desk.act(Action::PapersIn("/papers/".to_owned()));
    let desk = desk.shows(":e /papers/").shows("reading the folder…");
    let desk = listed(desk, &["letters/", "peace.pdf"]).shows_no("reading the folder");
    let mut desk = desk.press("↓ Enter").shows("opening peace.pdf…");
    assert_eq!(
        asked(&mut desk).path(),
        Some(Path::new("/papers/peace.pdf"))
    );

    let mut desk = front_page(&["war"]);
    desk.act(Action::PapersIn("/papers/".to_owned()));
    let desk = listed(desk, &[]).shows("no paper and no folder is in it");
    desk.press("Esc").shows("continue · 42%");
}

#[test]
fn on_the_front_page_enter_goes_on_with_the_last_paper() {
    let desk = front_page(&["war", "peace"]).shows("continue · 42%");
    let mut desk = desk.press("Enter").shows("opening war.md…");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("/papers/war.md")));
    desk.act(read(Path::new("/papers"), "war.md", WAR, None));
    let desk = desk.shows("Bread was dear").shows_no("papers open");
    // Nothing is behind it.
    desk.press("Ctrl-^")
        .shows("no other paper is open")
        .press("Ctrl-o")
        .shows("Bread was dear");
}

#[test]
fn a_paper_that_cannot_be_opened_leads_back_to_the_front_page() {
    let mut desk = front_page(&["war", "peace"]).press("j Enter");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("/papers/peace.md")));
    desk.act(Action::RefusePaper(Notice::warning("no such file")));
    desk.act(library(&["war", "peace"]));
    desk.shows("no such file").shows("continue").press("q");
}

#[test]
fn a_first_paper_that_cannot_be_read_leaves_no_empty_screen_behind_the_help() {
    let mut desk = front_page(&["war", "peace"]).press("Enter ?");
    desk.effects.clear();
    desk.act(Action::RefusePaper(Notice::warning("no such file")));
    let mut desk = desk.shows("no such file").press("Esc");
    assert_eq!(desk.effects.pop(), Some(Effect::ListLibrary));
    desk.act(library(&["war", "peace"]));
    desk.shows("continue").press("q");
}

#[test]
fn the_front_page_is_filtered_by_letters_and_left_by_q_alone() {
    let desk = front_page(&["war", "peace"]).press("/").types("pea");
    let mut desk = desk.shows_no("war.md").press("Esc Esc").shows("war.md");
    assert!(desk.effects.is_empty());
    desk = desk.press("q");
    assert_eq!(desk.effects, [Effect::Quit]);
}

#[test]
fn the_papers_that_were_read_open_over_the_one_that_is_shown() {
    let folder = TempDir::new().unwrap();
    let mut desk = open(folder.path(), WAR).press("O");
    assert_eq!(desk.effects.pop(), Some(Effect::ListLibrary));
    desk.act(library(&["war", "peace"]));
    let desk = desk.types("peace");
    let mut desk = desk.press("Enter").shows("opening peace.md…");
    assert_eq!(asked(&mut desk).path(), Some(Path::new("/papers/peace.md")));
    desk.shows("Bread was dear");
}
