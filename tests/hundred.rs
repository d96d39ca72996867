//! A made-up paper of a hundred notes, as Pandoc writes it in each format, against what Pandoc
//! itself says is in it: every block with its kind, its words and its notes, and every note with
//! its words.

use std::fs;
use std::path::Path;

use opcit::formats::{self, ReadOptions};
use opcit::paper::{Block, Kind, Paper};

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
    fs::read(folder.join(name)).expect(name)
}

fn words(text: &str) -> String {
    let words = text.split(|char: char| !char.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A block as a line of `hundred.tsv`.
fn line(block: &Block) -> String {
    let markers = block.markers.iter();
    let notes: Vec<String> = markers.map(|marker| marker.number.to_string()).collect();
    let (kind, words) = (block.kind_name(), words(&block.text));
    format!("{kind}\t{words}\t{}", notes.join(" "))
}

fn lines(paper: &Paper) -> Vec<String> {
    let sections = paper.sections.iter().filter(|section| !section.holds_notes);
    let blocks = sections.flat_map(|section| paper.blocks.get(section.blocks.clone()));
    let blocks = blocks.flatten().filter(|block| block.is_authors());
    let mut lines: Vec<String> = blocks.map(line).collect();
    lines.extend(paper.notes.iter().map(|note| {
        assert_eq!(note.cited_in.len(), 1, "note {}", note.number);
        let blocks = paper.blocks.get(note.blocks.clone()).expect("blocks");
        let own = blocks.iter().filter(|block| block.kind != Kind::Backlinks);
        let texts: Vec<String> = own.map(|block| words(&block.text)).collect();
        format!("note\t{}\t{}", texts.join(" "), note.number)
    }));
    lines
}

#[track_caller]
fn check(name: &str, captions_follow: bool) {
    let truth = data("hundred.tsv");
    let truth = String::from_utf8(truth).expect("text");
    let mut expected: Vec<&str> = truth.lines().collect();
    if captions_follow {
        let is_caption = |line: &&str| line.starts_with("paragraph\tCaption of table");
        let found = expected.iter().enumerate();
        let found: Vec<usize> = found
            .filter(|(_, line)| is_caption(line))
            .map(|(at, _)| at)
            .collect();
        for at in found {
            expected.swap(at, at + 1);
        }
    }
    let parsed = formats::read(&data(name), &ReadOptions::default()).expect(name);
    assert_eq!(parsed.problems, []);
    let paper = parsed.paper;
    assert_eq!(paper.title, "A Paper of a Hundred Notes");
    assert_eq!(paper.metadata.authors, ["Ada Author", "Bo Writer"]);
    let found = lines(&paper);
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

#[test]
fn a_hundred_notes_are_read_from_docx() {
    check("hundred.docx", false);
}

#[test]
fn a_hundred_notes_are_read_from_odt() {
    check("hundred.odt", false);
}

#[test]
fn a_hundred_notes_are_read_from_rtf() {
    // There Pandoc sets a caption below its table.
    check("hundred.rtf.gz", true);
}

#[test]
fn a_hundred_notes_are_read_from_html() {
    check("hundred.html.gz", false);
}

#[test]
fn a_hundred_notes_are_read_from_epub_2() {
    check("hundred.epub2.epub", false);
}

#[test]
fn a_hundred_notes_are_read_from_epub_3() {
    check("hundred.epub3.epub", false);
}

#[test]
fn a_hundred_notes_are_read_from_jats() {
    check("hundred.xml.gz", false);
}

#[test]
fn a_hundred_notes_are_read_from_latex() {
    check("hundred.tex.gz", false);
}
