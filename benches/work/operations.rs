//! What is measured: each piece of work that somebody waits for.

use std::fs;
use std::hint::black_box;
use std::io;
use std::sync::Arc;

use opcit::document::Document;
use opcit::formats;
use opcit::paper::{BlockId, Position};
use opcit::reader::Offscreen;
use opcit::search::{self, Mode, Query};
use opcit::shelf::{AnchorText, Library, Opened, Origin};
use opcit::sources::Sources;
use ratatui::layout::Size;
use serde_json::json;
use tempfile::TempDir;

const SCREEN: Size = Size::new(80, 24);
const WIDE_SCREEN: Size = Size::new(132, 40);

/// A word that stands in many places of each paper.
const WORD: &str = "joint";

/// How many bookmarks a reader is thought to have at most.
const BOOKMARKS: usize = 10_000;

/// Something to do with a paper.
pub(crate) struct Operation {
    pub name: &'static str,
    /// Makes ready what the work needs; what comes of it does the work once each time it is
    /// called.
    pub prepare: fn(&str) -> Box<dyn FnMut()>,
}

pub(crate) static OPERATIONS: [Operation; 16] = [
    Operation {
        name: "read in",
        prepare: |markdown| {
            let markdown = markdown.to_owned();
            Box::new(move || drop(black_box(formats::markdown::parse(&markdown))))
        },
    },
    Operation {
        name: "first frame",
        prepare: |markdown| {
            let document = read(markdown);
            Box::new(move || {
                let mut screen = Offscreen::open(Arc::clone(&document), SCREEN, io::sink());
                screen.draw().expect("a sink takes everything");
            })
        },
    },
    Operation {
        name: "a line further",
        prepare: |markdown| keys(markdown, "] ] }", ["j", "k"]),
    },
    Operation {
        name: "a screen further",
        prepare: |markdown| keys(markdown, "] ] }", ["Space", "PageUp"]),
    },
    Operation {
        name: "open or close a note",
        prepare: |markdown| keys(markdown, "] ]", ["f", "Esc"]),
    },
    Operation {
        name: "resize",
        prepare: |markdown| {
            let mut screen = screen(markdown, "] ] }");
            let mut sizes = [WIDE_SCREEN, SCREEN].into_iter().cycle();
            Box::new(move || {
                screen.resize(sizes.next().unwrap_or(SCREEN));
                screen.draw().expect("a sink takes everything");
            })
        },
    },
    Operation {
        name: "search, first time",
        prepare: |markdown| {
            let document = read(markdown);
            Box::new(move || {
                let query = Query::parse(WORD, Mode::Plain).expect("a pattern");
                black_box(search::find(document.paper(), query));
            })
        },
    },
    Operation {
        name: "search, once folded",
        prepare: |markdown| {
            let document = read(markdown);
            let index = search::SearchIndex::new(document.paper());
            index.fold_ahead(document.paper(), usize::MAX);
            Box::new(move || {
                let query = Query::parse(WORD, Mode::Plain).expect("a pattern");
                let mut search = search::Search::new(query, &index, Position::default());
                black_box(search.advance(document.paper(), &index, usize::MAX));
            })
        },
    },
    Operation {
        name: "read the sources",
        prepare: |markdown| {
            let document = read(markdown);
            Box::new(move || drop(black_box(Sources::read(document.paper()))))
        },
    },
    Operation {
        name: "open 10,000 bookmarks",
        prepare: |markdown| {
            let marked = Marked::new(markdown);
            Box::new(move || drop(black_box(marked.open())))
        },
    },
    Operation {
        name: "a frame with 10,000 bookmarks",
        prepare: |markdown| {
            let marked = Marked::new(markdown);
            let mut screen = marked.screen();
            Box::new(move || {
                screen.resize(SCREEN);
                screen.draw().expect("a sink takes everything");
            })
        },
    },
    Operation {
        name: "open or close the list of 10,000 bookmarks",
        prepare: |markdown| marked_keys(markdown, "", ["B", "Esc"]),
    },
    Operation {
        name: "a row further in the list of 10,000 bookmarks",
        prepare: |markdown| marked_keys(markdown, "B", ["j", "k"]),
    },
    Operation {
        name: "filter the list of 10,000 bookmarks by a letter more or less",
        prepare: |markdown| marked_keys(markdown, "B / o", ["f", "Backspace"]),
    },
    Operation {
        name: "set or take away a bookmark beside 10,000",
        prepare: |markdown| marked_keys(markdown, "g", ["b", "b"]),
    },
    Operation {
        name: "set or take away a bookmark",
        prepare: |markdown| {
            let document = read(markdown);
            let folder = TempDir::new().expect("a folder");
            let library = Library::new(Some(folder.path().to_owned()));
            let Opened::Shelf(mut shelf) = library.open(document.paper(), &Origin::Elsewhere)
            else {
                unreachable!("nothing is known yet that the paper could be")
            };
            let middle = Position::start_of(BlockId(document.paper().blocks.len() / 2));
            Box::new(move || {
                let _lives_as_long = &folder;
                shelf.toggle(middle).expect("a disk that takes it");
            })
        },
    },
];

fn read(markdown: &str) -> Arc<Document> {
    Arc::new(formats::markdown::parse(markdown).paper.into())
}

/// The paper on a screen, after some keys.
fn screen(markdown: &str, keys: &str) -> Offscreen<io::Sink> {
    let document = read(markdown);
    let sources = Arc::clone(document.sources());
    let mut screen = Offscreen::open(document, SCREEN, io::sink());
    screen.take_sources(sources);
    screen.press(keys).expect("keys that there are");
    screen.draw().expect("a sink takes everything");
    screen
}

/// Presses two keys by turns, and draws after each.
fn keys(markdown: &str, way: &str, keys: [&'static str; 2]) -> Box<dyn FnMut()> {
    by_turns(screen(markdown, way), keys)
}

/// The same in a paper with 10,000 bookmarks.
fn marked_keys(markdown: &str, way: &str, keys: [&'static str; 2]) -> Box<dyn FnMut()> {
    let marked = Marked::new(markdown);
    let mut screen = marked.screen();
    screen.press(way).expect("keys that there are");
    let mut press = by_turns(screen, keys);
    Box::new(move || {
        let _lives_as_long = &marked;
        press();
    })
}

fn by_turns(mut screen: Offscreen<io::Sink>, keys: [&'static str; 2]) -> Box<dyn FnMut()> {
    let mut keys = keys.into_iter().cycle();
    Box::new(move || {
        let key = keys.next().unwrap_or_default();
        screen.press(key).expect("a key that there is");
        screen.draw().expect("a sink takes everything");
    })
}

/// A paper, and a folder in which 10,000 bookmarks are kept about it.
struct Marked {
    document: Arc<Document>,
    folder: TempDir,
}

impl Marked {
    fn new(markdown: &str) -> Self {
        let document = read(markdown);
        let folder = TempDir::new().expect("a folder");
        let text = AnchorText::new(document.paper());
        let words = text.words();
        let mut file = r#"{"kind":"shelf","version":1}"#.to_owned();
        for number in 0..BOOKMARKS {
            let start = words.floor_char_boundary(words.len() / BOOKMARKS * number);
            let end = words.floor_char_boundary(start + 120);
            let quote = words.get(start..end).unwrap_or_default();
            let record = json!({
                "kind": "bookmark",
                "id": format!("{number:020x}"),
                "modified": "2026-11-23T10:00:00Z",
                "created": "2026-11-23T10:00:00Z",
                "label": quote.get(..40).unwrap_or(quote),
                "anchor": { "quote": quote, "start": start, "text": text.hash() },
            });
            file.push_str(&format!("\n{record}"));
        }
        let path = folder.path().join(format!("{}.jsonl", text.hash()));
        fs::write(path, file).expect("a disk that takes it");
        Marked { document, folder }
    }

    fn library(&self) -> Library {
        Library::new(Some(self.folder.path().to_owned()))
    }

    fn open(&self) -> Opened {
        self.library()
            .open(self.document.paper(), &Origin::Elsewhere)
    }

    fn screen(&self) -> Offscreen<io::Sink> {
        let mut screen = Offscreen::open(Arc::clone(&self.document), SCREEN, io::sink());
        screen.open_shelf(self.library(), Origin::Elsewhere);
        screen.draw().expect("a sink takes everything");
        screen
    }
}
