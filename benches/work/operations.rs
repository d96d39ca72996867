//! What is measured: each piece of work that somebody waits for.

use std::hint::black_box;
use std::io;
use std::sync::Arc;

use opcit::paper::{self, BlockId, Paper, Position};
use opcit::reader::Offscreen;
use opcit::search::{self, Mode, Query};
use opcit::shelf::{Library, Opened, Origin};
use opcit::sources::Sources;
use ratatui::layout::Size;
use tempfile::TempDir;

const SCREEN: Size = Size::new(80, 24);
const WIDE_SCREEN: Size = Size::new(132, 40);

/// A word that stands in many places of each paper.
const WORD: &str = "joint";

/// Something to do with a paper.
pub struct Operation {
    pub name: &'static str,
    /// Makes ready what the work needs; what comes of it does the work once each time it is
    /// called.
    pub prepare: fn(&str) -> Box<dyn FnMut()>,
}

pub static OPERATIONS: [Operation; 10] = [
    Operation {
        name: "read in",
        prepare: |markdown| {
            let markdown = markdown.to_owned();
            Box::new(move || drop(black_box(paper::parse(&markdown))))
        },
    },
    Operation {
        name: "first frame",
        prepare: |markdown| {
            let paper = read(markdown);
            Box::new(move || {
                let mut screen = Offscreen::open(Arc::clone(&paper), SCREEN, io::sink());
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
            let paper = read(markdown);
            Box::new(move || {
                let query = Query::parse(WORD, Mode::Plain).expect("a pattern");
                black_box(search::find(&paper, query));
            })
        },
    },
    Operation {
        name: "search, once folded",
        prepare: |markdown| {
            let paper = read(markdown);
            let mut index = search::Index::new(&paper);
            index.fold_ahead(&paper, usize::MAX);
            Box::new(move || {
                let query = Query::parse(WORD, Mode::Plain).expect("a pattern");
                let mut search = search::Search::new(query, &index, Position::default());
                black_box(search.advance(&paper, &mut index, usize::MAX));
            })
        },
    },
    Operation {
        name: "read the sources",
        prepare: |markdown| {
            let paper = read(markdown);
            Box::new(move || drop(black_box(Sources::read(&paper))))
        },
    },
    Operation {
        name: "set or take away a bookmark",
        prepare: |markdown| {
            let paper = read(markdown);
            let folder = TempDir::new().expect("a folder");
            let library = Library::new(Some(folder.path().to_owned()));
            let Opened::Shelf(mut shelf) = library.open(&paper, &Origin::Elsewhere) else {
                unreachable!("nothing is known yet that the paper could be")
            };
            let middle = Position::start_of(BlockId(paper.blocks.len() / 2));
            Box::new(move || {
                let _lives_as_long = &folder;
                shelf.toggle(middle).expect("a disk that takes it");
            })
        },
    },
];

fn read(markdown: &str) -> Arc<Paper> {
    Arc::new(paper::parse(markdown).paper)
}

/// The paper on a screen, after some keys.
fn screen(markdown: &str, keys: &str) -> Offscreen<io::Sink> {
    let paper = read(markdown);
    let mut screen = Offscreen::open(Arc::clone(&paper), SCREEN, io::sink());
    screen.take_sources(Arc::new(Sources::read(&paper)));
    screen.press(keys).expect("keys that there are");
    screen.draw().expect("a sink takes everything");
    screen
}

/// Presses two keys by turns, and draws after each.
fn keys(markdown: &str, way: &str, keys: [&'static str; 2]) -> Box<dyn FnMut()> {
    let mut screen = screen(markdown, way);
    let mut keys = keys.into_iter().cycle();
    Box::new(move || {
        let key = keys.next().unwrap_or_default();
        screen.press(key).expect("a key that there is");
        screen.draw().expect("a sink takes everything");
    })
}
