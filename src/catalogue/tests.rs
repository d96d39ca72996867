//! Catalogues on a real disk, in folders of their own.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use tempfile::TempDir;

use super::cached::{CachedText, encode};
use super::*;
use crate::formats::generated::markdown;
use crate::formats::markdown::parse;
use crate::paper::{Position, place_in_full};
use crate::search::{Mode, Query, find};
use crate::shelf::{Library, Opened};

const STATE: FileState = FileState {
    modified_nanos: 7,
    bytes: 8,
    inode: 9,
};

/// Holds what is found in a cached text to what is found in the paper itself.
fn hold(paper: &Paper, query: &Query) {
    let bytes = encode(paper, STATE, 1);
    let text = CachedText::of(&bytes).expect("it is sound");
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
        let mut bytes = encode(&parse("# One\n\nTwo[^1].\n\n[^1]: Three.\n").paper, STATE, 1);
        let at = at % bytes.len();
        bytes[at] ^= wrong;
        prop_assert!(CachedText::of(&bytes).is_none());
        bytes.truncate(at);
        prop_assert!(CachedText::of(&bytes).is_none());
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
    let bytes = encode(&paper, STATE, 1).len();
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
            let origin = Origin::File(room.path(name));
            let paper = parse(&fs::read_to_string(room.path(name)).unwrap()).paper;
            let Opened::Shelf(mut shelf) = room.library().open(&paper, &origin) else {
                panic!("it is none that is known");
            };
            shelf.set_place(Position::default(), 0.5).unwrap();
        }
        room
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
            Some(parse(&fs::read_to_string(path).ok()?).paper)
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
    fs::write(room.path("war.md"), "# On War\n\nBread and wax.\n").unwrap();
    room.check("wax", &["On War"], 2);
    fs::write(room.path("war.md"), "# On War\n\nBread and war.\n").unwrap();
    room.check("wax", &[], 1);
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
    room.catalogue("").forget_others(&papers[1..]);
    assert_eq!(room.cached().len(), 1);
    room.check("bread", &["On Peace", "On War"], 1);
}

#[test]
fn where_nothing_can_be_cached_papers_are_searched_all_the_same() {
    let room = Room::new();
    fs::write(room.path("cache"), "no folder").unwrap();
    room.check("bread", &["On Peace", "On War"], 2);
    room.check("bread", &["On Peace", "On War"], 2);
}
