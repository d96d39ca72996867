//! Catalogues on a real disk, in folders of their own.

mod cited;
mod lost;
mod works;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use proptest::prelude::*;
use tempfile::TempDir;

use super::cached::{CachedText, encode};
use super::*;
use crate::formats::generated::markdown;
use crate::formats::markdown::parse;
use crate::paper::{BlockId, PageStart, Position, Span, Style, place_in_full};
use crate::search::{Mode, Query, find};
use crate::shelf::{HighlightKind, Library, Opened, Shelf, ShelfNotice};

const STATE: FileState = FileState {
    modified_nanos: 7,
    bytes: 8,
    inode: 9,
};

/// A paper's text as it is cached, which is read from no other files.
fn cached(paper: &Paper) -> Vec<u8> {
    encode(paper, &made_of(STATE, 1))
}

/// Made of a paper that is read from no other files.
fn made_of(state: FileState, how: u64) -> MadeOf {
    MadeOf {
        state,
        how,
        beside: Vec::new(),
    }
}

/// Holds what is found in a cached text to what is found in the paper itself.
fn hold(paper: &Paper, query: &Query) {
    let bytes = cached(paper);
    let text = CachedText::decode(&bytes).expect("it is sound");
    let cached = text.paper().expect("it is whole");
    let found = find(paper, query.clone());
    assert_eq!(find(&cached, query.clone()), found);
    assert!(found.is_empty() || query.sieve().may_hold(text.sifted));
    assert_eq!(cached.sections, paper.sections);
    for one in &found {
        let block = one.passage.start.block;
        assert_eq!(place_in_full(&cached, block), place_in_full(paper, block));
        assert_eq!(
            cached.block(block).map(|it| &it.text),
            paper.block(block).map(|it| &it.text)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_in_a_cached_text_is_what_is_found_in_its_paper(
        markdown in markdown(), pattern in "(word|ein|[a-eWé]|сло|2|x2|e|[.^\"-]| ){1,3}",
    ) {
        let paper = parse(&markdown).paper;
        for mode in [Mode::Plain, Mode::Regex] {
            if let Ok(query) = Query::parse(&pattern, mode) {
                hold(&paper, &query);
            }
        }
    }

    #[test]
    fn a_cached_text_in_which_a_byte_is_wrong_is_not_used(at: usize, wrong in 1..=255_u8) {
        let mut bytes = cached(&parse("# One\n\nTwo[^1].\n\n[^1]: Three.\n").paper);
        let at = at % bytes.len();
        bytes[at] ^= wrong;
        prop_assert!(CachedText::decode(&bytes).is_none());
        bytes.truncate(at);
        prop_assert!(CachedText::decode(&bytes).is_none());
    }
}

#[test]
fn the_carried_paper_is_searched_the_same_in_its_cached_text() {
    let source = crate::formats::embedded();
    let paper = parse(source).paper;
    for pattern in [
        "the",
        "Eurasia",
        "op. cit.",
        "“",
        "é",
        "nowhere",
        "20[12]\\d",
        ".",
    ] {
        for mode in [Mode::Plain, Mode::Regex] {
            hold(&paper, &Query::parse(pattern, mode).unwrap());
        }
    }
    let bytes = cached(&paper).len();
    let most = source.len() * 105 / 100;
    assert!(bytes <= most, "{bytes} of {}", source.len());
}

/// A library of two papers, and how often one was read.
struct Room {
    folder: TempDir,
    reads: Arc<AtomicUsize>,
}

impl Room {
    fn new() -> Self {
        let room = Room {
            folder: TempDir::new().unwrap(),
            reads: Arc::default(),
        };
        room.write("war.md", "# On War\n\nBread and war.\n");
        room.write("peace.md", "# On Peace\n\nPeace and bread.\n");
        for name in ["war.md", "peace.md"] {
            let Opened::Shelf(shelf) = room.open(name) else {
                panic!("it is none that is known");
            };
            keep_place(*shelf);
        }
        room
    }

    fn open(&self, name: &str) -> Opened {
        let (paper, origin) = self.paper(name);
        self.library().open(&paper, &origin)
    }

    fn paper(&self, name: &str) -> (Paper, Origin) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        (parse(&text).paper, Origin::File(self.path(name)))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// Writes a file as if that had been a while ago.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
        let file = File::options().write(true).open(self.path(name)).unwrap();
        let before = SystemTime::now() - Duration::from_secs(60);
        file.set_modified(before).unwrap();
    }

    fn library(&self) -> Library {
        Library::new(Some(self.path("data")))
    }

    fn catalogue(&self, how: &str) -> Catalogue {
        let reads = Arc::clone(&self.reads);
        Catalogue::new(Some(self.path("cache")), how, move |origin| {
            let Origin::File(path) = origin else {
                return None;
            };
            reads.fetch_add(1, Ordering::SeqCst);
            let mut text = fs::read_to_string(path).ok()?;
            let mut beside = Vec::new();
            if text.contains("see works.bib") {
                beside.push(FileBeside::before_reading(path, "works.bib"));
                let works = fs::read_to_string(path.with_file_name("works.bib"));
                text.push_str(&works.unwrap_or_default());
            }
            let paper = parse(&text).paper;
            Some(CataloguePaper { paper, beside })
        })
    }

    /// The titles of the papers that have a pattern, and how many papers were read for that.
    fn find(&self, pattern: &str) -> (Vec<String>, usize) {
        self.find_with(&self.catalogue(""), pattern)
    }

    fn find_with(&self, catalogue: &Catalogue, pattern: &str) -> (Vec<String>, usize) {
        self.reads.store(0, Ordering::SeqCst);
        let query = Query::parse(pattern, Mode::Plain).unwrap();
        let (papers, _) = self.library().papers();
        let mut titles = Vec::new();
        let title = |found: &FoundPaper| found.paper.title.clone();
        catalogue.search(&papers, &query, title, |_, result| {
            if let PaperSearch::Matches(title) = result {
                titles.push(title);
            }
            true
        });
        titles.sort();
        (titles, self.reads.load(Ordering::SeqCst))
    }

    /// The files of the cache.
    fn cached(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path("cache")).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    #[track_caller]
    fn check(&self, pattern: &str, titles: &[&str], reads: usize) {
        let titles = titles.iter().map(|&title| title.to_owned()).collect();
        assert_eq!(self.find(pattern), (titles, reads));
    }
}

fn keep_place(mut shelf: Shelf) {
    shelf.set_place(Position::default(), 0.5).unwrap();
}

#[test]
fn papers_are_read_once_for_all_searches() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    room.check("BREAD AND", &[], 0);
    room.check("bread and", &["On War"], 0);
}

#[test]
fn a_paper_that_has_changed_is_read_again() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    room.write("war.md", "# On War\n\nWater and war, for a change.\n");
    room.check("bread", &["On Peace"], 1);
    room.check("water", &["On War"], 0);
}

#[test]
fn a_paper_that_was_written_just_now_is_read_again_until_no_change_can_be_missed() {
    let room = Room::new();
    let file = || {
        File::options()
            .write(true)
            .open(room.path("war.md"))
            .unwrap()
    };
    let now = SystemTime::now();
    fs::write(room.path("war.md"), "# On War\n\nBread and wax.\n").unwrap();
    file().set_modified(now).unwrap();
    room.check("wax", &["On War"], 2);
    fs::write(room.path("war.md"), "# On War\n\nBread and war.\n").unwrap();
    file().set_modified(now).unwrap();
    room.check("wax", &[], 1);
}

#[test]
fn a_paper_is_read_again_when_a_file_beside_it_has_changed_or_come() {
    let room = Room::new();
    room.write("war.md", "# On War\n\nBread and war, see works.bib.\n\n");
    room.check("tolstoy", &[], 2);
    room.write("works.bib", "By Tolstoy.\n");
    room.check("tolstoy", &["On War"], 1);
    room.check("tolstoy", &["On War"], 0);
    room.write("works.bib", "By Leo Tolstoy.\n");
    room.check("leo", &["On War"], 1);
    fs::remove_file(room.path("works.bib")).unwrap();
    room.check("leo", &[], 1);
    room.check("leo", &[], 0);
}

#[test]
fn what_stands_where_two_papers_have_stood_is_the_one_that_was_read_last() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    room.write("war.md", "# On Trade\n\nBread and butter.\n");
    let (paper, origin) = room.paper("war.md");
    keep_place(room.library().open_new(&paper, &origin));
    assert_eq!(room.library().papers().0.len(), 3);
    room.check("bread", &["On Peace", "On Trade"], 1);
    fs::remove_file(room.path("war.md")).unwrap();
    room.check("bread", &["On Peace", "On Trade"], 0);
}

#[test]
fn a_made_text_that_is_none_of_a_paper_is_not_shown() {
    let sound = parse("# One\n\nTwo[^1] ²three.\n\n[^1]: Four.\n").paper;
    assert!(
        CachedText::decode(&cached(&sound))
            .unwrap()
            .paper()
            .is_some()
    );
    let breaks: [fn(&mut Paper); 9] = [
        |paper| paper.title = "\u{1b}]0;x\u{7}".to_owned(),
        |paper| paper.blocks[1].text.push('\u{1b}'),
        |paper| paper.blocks[1].text.push('\u{202e}'),
        |paper| paper.notes[0].label = "\u{9b}2J".to_owned(),
        |paper| paper.sections[0].id = "a\rb".to_owned(),
        |paper| paper.sections[0].blocks = 0..99,
        |paper| paper.notes[0].blocks = Range { start: 7, end: 3 },
        |paper| {
            let position = Position {
                block: BlockId(1),
                offset: 99,
            };
            let label = "3".to_owned();
            paper.pages.push(PageStart {
                label,
                position,
                sheet: None,
            });
        },
        |paper| {
            paper.blocks[1].spans.push(Span {
                range: 5..99,
                style: Style::Raised,
            });
        },
    ];
    for (index, break_it) in breaks.iter().enumerate() {
        let mut paper = sound.clone();
        break_it(&mut paper);
        let bytes = cached(&paper);
        let text = CachedText::decode(&bytes).expect("its sum is right");
        assert!(text.paper().is_none(), "{index}");
    }
}

#[test]
fn a_paper_whose_cached_text_is_none_is_found_in_its_file() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    let (mut paper, origin) = room.paper("war.md");
    paper.title = "\u{1b}c".to_owned();
    let catalogue = room.catalogue("");
    let state = FileState::read(&origin).unwrap();
    let bytes = encode(&paper, &made_of(state, catalogue.how));
    catalogue.store(&file_name(&origin, TEXT), &bytes).unwrap();
    room.check("bread", &["On Peace", "On War"], 1);
}

#[test]
fn what_is_deleted_or_broken_of_the_cache_is_made_anew() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    fs::remove_file(&room.cached()[0]).unwrap();
    room.check("bread", &["On Peace", "On War"], 1);
    let broken = &room.cached()[1];
    let mut bytes = fs::read(broken).unwrap();
    bytes.truncate(bytes.len() / 2);
    fs::write(broken, bytes).unwrap();
    room.check("bread", &["On Peace", "On War"], 1);
    fs::write(&room.cached()[0], "not ours").unwrap();
    room.check("bread", &["On Peace", "On War"], 1);
    fs::remove_dir_all(room.path("cache")).unwrap();
    room.check("bread", &["On Peace", "On War"], 2);
    room.check("bread", &["On Peace", "On War"], 0);
}

#[test]
fn a_paper_that_is_away_is_found_by_the_text_that_it_had() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    fs::remove_file(room.path("war.md")).unwrap();
    room.check("bread", &["On Peace", "On War"], 0);
}

#[test]
fn what_was_made_before_the_work_was_stopped_is_not_made_again() {
    let room = Room::new();
    let catalogue = room.catalogue("");
    let query = Query::parse("bread", Mode::Plain).unwrap();
    let (papers, _) = room.library().papers();
    catalogue.search(&papers[..1], &query, |_| (), |_, _| false);
    assert_eq!(room.cached().len(), 1);
    room.check("bread", &["On Peace", "On War"], 1);
}

#[test]
fn a_text_that_was_read_in_another_way_is_not_used() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    let (_, reads) = room.find_with(&room.catalogue("as it is"), "bread");
    assert_eq!(reads, 2);
}

#[test]
fn texts_of_papers_that_are_not_in_the_library_are_removed() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    let (papers, _) = room.library().papers();
    let left = room.path("cache").join(".opcit-abc");
    let being_written = room.path("cache").join(".opcit-def");
    for path in [&left, &being_written] {
        fs::write(path, "half").unwrap();
    }
    let before = SystemTime::now() - Duration::from_secs(7200);
    let file = File::options().write(true).open(&left).unwrap();
    file.set_modified(before).unwrap();
    room.catalogue("")
        .forget_others(&papers[1..], &[ShelfNotice::NoFolder]);
    assert_eq!(room.cached().len(), 4);
    room.catalogue("").forget_others(&papers[1..], &[]);
    assert_eq!(room.cached().len(), 2);
    assert!(!left.exists() && being_written.exists());
    room.check("bread", &["On Peace", "On War"], 1);
}

#[test]
fn a_paper_that_is_forgotten_takes_what_was_made_of_it_along() {
    let room = Room::new();
    room.check("bread", &["On Peace", "On War"], 2);
    let (papers, _) = room.library().papers();
    let catalogue = room.catalogue("");
    catalogue.take_in_sources(&papers, || true);
    assert_eq!(room.cached().len(), 4);
    catalogue.forget(&papers[0]);
    assert_eq!(room.cached().len(), 2);
    catalogue.forget_others(&papers[1..], &[]);
    assert_eq!(room.cached().len(), 2);
    room.check("bread", &["On Peace", "On War"], 1);
}

#[test]
fn where_nothing_can_be_cached_papers_are_searched_all_the_same() {
    let room = Room::new();
    fs::write(room.path("cache"), "no folder").unwrap();
    room.check("bread", &["On Peace", "On War"], 2);
    room.check("bread", &["On Peace", "On War"], 2);
}

#[test]
fn what_is_kept_is_found_by_all_its_words_and_each_only_once() {
    let room = Room::new();
    let long = "keeps what was read where it was read, ".repeat(9);
    room.write(
        "war.md",
        &format!("# On War\n\nBread {long}and amber in its midst, {long}at last.\n"),
    );
    let (paper, origin) = room.paper("war.md");
    let mut shelf = room.library().open_new(&paper, &origin);
    let block = paper
        .blocks
        .iter()
        .position(|block| block.text.contains("amber"));
    let passage = paper.whole(BlockId(block.unwrap()));
    let id = shelf.highlight(passage, HighlightKind::Quote).unwrap();
    shelf.annotate(&id, "Ink and paper.").unwrap();
    shelf.rename(&id, "Of ink").unwrap();
    let (papers, _) = room.library().papers();
    let found = |pattern: &str| -> Vec<(bool, String)> {
        let query = Query::parse(pattern, Mode::Plain).unwrap();
        let found = papers.iter().flat_map(|listed| find_kept(listed, &query));
        let told = |kept: KeptMatch| {
            let start = kept.passage.start;
            let text = kept.words.blocks[start.block.0].text.clone();
            (
                kept.is_own,
                text.get(start.offset..kept.passage.end.offset)
                    .unwrap()
                    .to_owned(),
            )
        };
        found.map(told).collect()
    };
    assert_eq!(found("amber"), [(false, "amber".to_owned())]);
    assert_eq!(found("ink"), [(true, "Ink".to_owned())]);
    assert_eq!(found("at last"), [(false, "at last".to_owned())]);
    assert!(found("silver").is_empty());
}
