//! All papers that something is kept about.

use super::*;

#[test]
fn papers_are_listed_with_what_is_kept_the_last_read_first() {
    let desk = Desk::new();
    let library = desk.library();
    let mut shelf = desk.shelf();
    add(&mut shelf, "Nobody");
    shelf.set_place(at(&shelf, "Most"), 0.5).unwrap();
    desk.clock.set(1_900_000_000_000);
    let source = "# Another\n\nQuite another text.\n\nWith two paragraphs.";
    let mut other = opened(library.open(&paper(source), &Origin::Embedded));
    other.set_place(at(&other, "With"), 0.5).unwrap();

    let (papers, notices) = library.papers();
    let said: Vec<_> = papers
        .iter()
        .map(|paper| {
            (
                paper.paper.title.as_str(),
                paper.is_embedded,
                paper.bookmarks().count(),
            )
        })
        .collect();
    assert_eq!(said, [("Another", true, 0), ("On Keeping", false, 1)]);
    assert!(papers.iter().all(|paper| paper.read == Some(0.5)));
    assert_eq!(notices, []);
}

#[test]
fn a_paper_is_known_by_the_file_that_it_was_read_from() {
    let desk = Desk::new();
    let library = desk.library();
    let (file, other) = (desk.path().join("a.md"), desk.path().join("b.md"));
    fs::write(&file, PAPER).unwrap();
    fs::write(&other, PAPER).unwrap();
    let [file, other] = [file, other].map(Origin::File);
    assert!(!library.has_paper_at(&file));
    let mut shelf = opened(library.open(&paper(PAPER), &file));
    shelf.set_place(at(&shelf, "Most"), 0.5).unwrap();
    assert!(library.has_paper_at(&file) && !library.has_paper_at(&other));
    assert!(!library.has_paper_at(&Origin::Elsewhere));
}

#[test]
fn many_papers_are_all_listed_and_in_order() {
    let desk = Desk::new();
    let first = desk.path().join("0000000000000000.jsonl");
    let mut shelf = desk.shelf();
    shelf.set_place(at(&shelf, "Most"), 0.5).unwrap();
    let text = fs::read_to_string(desk.file()).unwrap();
    fs::rename(desk.file(), first).unwrap();
    for number in 1..150 {
        let when = format!("2030-01-01T00:00:00.{number:03}Z");
        let place = text
            .lines()
            .find(|line| line.contains("\"place\""))
            .unwrap();
        let (before, after) = place.split_once("\"modified\":\"").unwrap();
        let (_, after) = after.split_once('"').unwrap();
        let file = text.replace(place, &format!("{before}\"modified\":\"{when}\"{after}"));
        let name = format!("{number:016x}.jsonl");
        fs::write(desk.path().join(name), file).unwrap();
    }
    let (papers, notices) = desk.library().papers();
    assert_eq!((papers.len(), notices), (150, Vec::new()));
    assert!(papers.is_sorted_by(|one, next| one.paper.last_read >= next.paper.last_read));
}

#[test]
fn where_two_papers_have_stood_there_is_the_one_that_was_read_last() {
    let desk = Desk::new();
    let library = desk.library();
    let file = |name: &str| Origin::File(desk.path().join(name).canonicalize().unwrap());
    for (name, text) in [("draft.md", PAPER), ("copy.md", PAPER)] {
        fs::write(desk.path().join(name), text).unwrap();
        let mut shelf = opened(library.open(&paper(PAPER), &file(name)));
        shelf.set_place(at(&shelf, "Most"), 0.5).unwrap();
    }
    let places = |title: &str| {
        let (papers, _) = library.papers();
        let listed = papers.iter().find(|listed| listed.paper.title == title);
        listed.map(|listed| (listed.origin().cloned(), listed.paper.paths.len()))
    };
    assert_eq!(places("On Keeping").unwrap(), (Some(file("copy.md")), 2));
    desk.clock.set(1_900_000_000_000);
    for (name, left) in [("copy.md", Some(file("draft.md"))), ("draft.md", None)] {
        let other = paper("# Another\n\nQuite another text.\n");
        let mut shelf = library.open_new(&other, &file(name));
        shelf.set_place(at(&shelf, "Quite"), 0.5).unwrap();
        assert_eq!(places("On Keeping").unwrap(), (left, 2));
    }
}

#[test]
fn a_folder_that_is_not_there_lists_nothing() {
    let library = Library::new(Some(PathBuf::from("/dev/null/nowhere")));
    assert!(library.papers().0.is_empty());
    assert!(Library::new(None).papers().0.is_empty());
}

#[test]
fn other_files_in_the_folder_are_no_papers() {
    let desk = Desk::new();
    fs::write(desk.path().join("notes.jsonl"), "mine").unwrap();
    fs::write(desk.path().join("0123456789abcdef.damaged-x"), "mine").unwrap();
    assert!(desk.library().papers().0.is_empty());
}

#[test]
fn a_doubtful_paper_is_asked_about_and_the_answer_taken() {
    let desk = Desk::new();
    let library = desk.library();
    let path = desk.path().join("paper.md");
    fs::write(&path, PAPER).unwrap();
    add(
        &mut opened(library.open(&paper(PAPER), &Origin::File(path))),
        "Nobody",
    );
    let draft = paper(&PAPER.replace("forty", "fifty"));
    let origin = Origin::File(desk.path().join("draft.md"));
    let Opened::Ambiguous(candidates) = library.open(&draft, &origin) else {
        panic!("it could be another draft");
    };
    assert_eq!(candidates[0].title, "On Keeping");
    let shelf = library.open_as(&draft, &origin, &candidates[0]);
    assert_eq!(shelf.bookmarks().len(), 1);
    let mut fresh = library.open_new(&draft, &origin);
    assert_eq!(fresh.bookmarks().len(), 0);
    add(&mut fresh, "Some");
    assert_eq!(opened(library.open(&draft, &origin)).bookmarks().len(), 1);
}
