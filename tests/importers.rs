//! The paper that opcit carries, as other programs have written it in other formats: the same
//! words, the same notes at the same words, the same sections.
//!
//! The files in `tests/data/formats` were made of `assets/paper.md` by Pandoc and LibreOffice, and
//! are under the licence that `assets/README.md` names.

use std::fs;
use std::path::Path;

use opcit::formats::{self, ReadOptions};
use opcit::paper::{BlockId, Kind, Paper, SourceLocation};

/// What two papers are compared by.
#[derive(Debug, PartialEq)]
struct Reading {
    title: String,
    authors: Vec<String>,
    sections: Vec<String>,
    words: Vec<String>,
    /// The note that is cited after so many words, and the note's words.
    notes: Vec<(usize, Vec<String>)>,
}

fn words(text: &str) -> Vec<String> {
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl Reading {
    fn from_opcit(paper: &Paper) -> Self {
        let mut reading = Reading {
            title: words(&paper.title).join(" "),
            authors: paper.metadata.authors.clone(),
            sections: Vec::new(),
            words: Vec::new(),
            notes: Vec::new(),
        };
        for section in paper.sections.iter().filter(|section| !section.holds_notes) {
            for index in section.blocks.clone() {
                let block = paper.block(BlockId(index)).expect("a block of the section");
                if matches!(block.kind, Kind::Heading(_)) {
                    reading.sections.push(words(&block.text).join(" "));
                }
                for marker in &block.markers {
                    let before = words(block.text.get(..marker.offset).expect("an offset")).len();
                    let note = paper.note(marker.note).expect("the marker's note");
                    let blocks = note
                        .blocks
                        .clone()
                        .filter_map(|index| paper.block(BlockId(index)));
                    let text = blocks.filter(|block| block.kind != Kind::Backlinks);
                    let text = text.flat_map(|block| words(&block.text)).collect();
                    reading.notes.push((reading.words.len() + before, text));
                }
                reading.words.extend(words(&block.text));
            }
        }
        reading
    }
}

#[track_caller]
fn check(name: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| {
        let bytes = fs::read(root.join(path)).expect(path);
        formats::read(&bytes, &ReadOptions::default()).expect(path)
    };
    let expected = Reading::from_opcit(&read("assets/paper.md").paper);
    assert_eq!(expected.notes.len(), 43);
    let parsed = read(&format!("tests/data/formats/{name}"));
    let found = Reading::from_opcit(&parsed.paper);
    let first = found
        .words
        .iter()
        .zip(&expected.words)
        .position(|(one, other)| one != other);
    assert_eq!(first, None, "the first word that differs");
    assert_eq!(found, expected);
    assert_eq!(parsed.problems, []);
}

#[test]
fn the_places_of_an_epub_are_its_paragraphs() {
    for name in ["paper.epub2.epub", "paper.epub3.epub", "paper.lo.epub"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/data/formats")
            .join(name);
        let bytes = fs::read(path).expect(name);
        let parsed = formats::read(&bytes, &ReadOptions::default()).expect(name);
        let paper = &parsed.paper;
        let places: Vec<SourceLocation> = paper
            .blocks
            .iter()
            .filter(|block| block.kind == Kind::Paragraph)
            .map(|block| block.location)
            .collect();
        assert!(
            places
                .iter()
                .all(|place| matches!(place, SourceLocation::Paragraph(_)))
        );
        let mut different = places.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), places.len(), "{name}: {places:?}");
        let noted = paper
            .notes
            .iter()
            .map(|note| (note.location, note.blocks.start));
        for (place, block) in noted {
            assert_eq!(
                Some(place),
                paper.block(BlockId(block)).map(|block| block.location)
            );
        }
    }
}

#[test]
fn a_page_by_pandoc_is_the_paper() {
    check("paper.html.gz");
}

#[test]
fn a_page_by_libreoffice_is_the_paper() {
    check("paper.lo.html.gz");
}

#[test]
fn an_epub_2_by_pandoc_is_the_paper() {
    check("paper.epub2.epub");
}

#[test]
fn an_epub_3_by_pandoc_is_the_paper() {
    check("paper.epub3.epub");
}

#[test]
fn an_epub_by_libreoffice_is_the_paper() {
    check("paper.lo.epub");
}

#[test]
fn an_article_in_jats_is_the_paper() {
    check("paper.jats.xml.gz");
}

#[test]
fn an_article_in_jats_with_notes_in_its_text_is_the_paper() {
    check("paper.jats2.xml.gz");
}

#[test]
fn a_latex_file_is_the_paper() {
    check("paper.tex.gz");
}
