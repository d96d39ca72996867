//! Papers from word processors, against the Markdown that they were made from: every note at its
//! word, with its words; and all words of the body, in order.

use std::fs;
use std::path::PathBuf;

use opcit::formats::{ReadOptions, markdown, read};
use opcit::paper::{NoteId, Paper};

fn data(name: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/office/data");
    fs::read(folder.join(name)).expect(name)
}

fn paper(name: &str) -> Paper {
    let parsed = read(&data(name), &ReadOptions::default()).expect(name);
    assert_eq!(parsed.problems, [], "{name}");
    parsed.paper
}

fn carried() -> Paper {
    markdown::parse(opcit::formats::embedded()).paper
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// For each note, in the order of the numbers: the word at which it is cited first, and its words.
fn notes(paper: &Paper) -> Vec<(u32, String, Vec<String>)> {
    let notes = paper.notes.iter().enumerate();
    notes
        .map(|(index, note)| {
            let cited = note.cited_in.first().expect("a note that is cited");
            let block = paper.block(cited.block).expect("the block of a marker");
            let before = words(block.text.get(..cited.offset).expect("a place in the text"));
            let blocks = paper.blocks.get(note.blocks.clone()).expect("blocks");
            let own = blocks.iter().filter(|block| block.is_authors());
            let text: Vec<String> = own.flat_map(|block| words(&block.text)).collect();
            let number = note.number.number().expect("a number");
            assert_eq!(paper.note_numbered(number), Some(NoteId(index)));
            (number, before.last().cloned().unwrap_or_default(), text)
        })
        .collect()
}

fn body(paper: &Paper) -> Vec<String> {
    let sections = paper.sections.iter().filter(|section| !section.holds_notes);
    let end = sections
        .map(|section| section.blocks.end)
        .max()
        .unwrap_or(0);
    let blocks = paper
        .blocks
        .iter()
        .take(end)
        .filter(|block| block.is_authors());
    blocks.flat_map(|block| words(&block.text)).collect()
}

fn titles(paper: &Paper) -> Vec<&str> {
    let sections = paper.sections.iter();
    sections.map(|section| section.title.as_str()).collect()
}

#[track_caller]
fn check_carried(name: &str) {
    let (expected, paper) = (carried(), paper(name));
    assert_eq!(paper.title, expected.title);
    assert_eq!(paper.metadata.authors, expected.metadata.authors);
    assert_eq!(paper.metadata.date, expected.metadata.date);
    let straight = |titles: Vec<&str>| titles.join("|").replace('’', "'");
    assert_eq!(straight(titles(&paper)), straight(titles(&expected)));
    assert_eq!(paper.notes.len(), 43);
    assert_eq!(notes(&paper), notes(&expected));
    assert_eq!(body(&paper), body(&expected));
}

#[test]
fn the_paper_is_the_same_in_docx_by_pandoc() {
    check_carried("paper.pandoc.docx");
}

#[test]
fn the_paper_is_the_same_in_docx_by_libreoffice() {
    check_carried("paper.libreoffice.docx");
}

#[test]
fn the_paper_is_the_same_in_odt_by_pandoc() {
    check_carried("paper.pandoc.odt");
}

#[test]
fn the_paper_is_the_same_in_odt_by_libreoffice() {
    check_carried("paper.libreoffice.odt");
}

#[test]
fn the_paper_is_the_same_in_rtf_by_libreoffice() {
    check_carried("paper.libreoffice.rtf");
}

/// Each note of the made-up text says its number.
#[track_caller]
fn check_notes(name: &str, title: &str) {
    let paper = paper(name);
    let notes = notes(&paper);
    assert_eq!(notes.len(), 97, "{name}");
    for (number, _, text) in &notes {
        let number = number.to_string();
        let after = text.iter().zip(text.iter().skip(1));
        let named = after.filter(|(word, _)| *word == "note");
        let named: Vec<&String> = named.map(|(_, next)| next).collect();
        assert!(!named.is_empty(), "{number}: {text:?}");
        assert!(
            named.iter().all(|named| **named == number),
            "{number}: {text:?}"
        );
    }
    assert_eq!(paper.title, title);
    // Text before the first heading is in a section without a title.
    let headings = titles(&paper).into_iter().filter(|title| !title.is_empty());
    assert_eq!(headings.count(), 17, "16 headings and the notes");
}

#[test]
fn a_hundred_notes_are_tied_in_docx() {
    check_notes("notes.docx", "A Paper of Notes");
}

#[test]
fn a_hundred_notes_are_tied_in_odt() {
    check_notes("notes.odt", "A Paper of Notes");
}

#[test]
fn a_hundred_notes_are_tied_in_rtf() {
    check_notes("notes.rtf", "A Paper of Notes");
}
