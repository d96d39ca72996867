//! What holds for every paper, in whatever source it was read.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use std::collections::HashSet;
use std::ops::Range;

use crate::paper::{
    Block, BlockId, Kind, Nest, NoteNumber, Paper, Parsed, Position, SourceLocation, Target, clean,
};

/// Holds a paper that was read from `source` to everything that the model's types promise.
pub fn hold(parsed: &Parsed, source: &str) {
    let paper = &parsed.paper;
    for block in &paper.blocks {
        hold_block(block, paper);
    }
    hold_starts(paper);
    hold_sections(paper);
    hold_notes(paper);
    hold_pages(paper);
    let lines = source.split(['\n', '\r']).count();
    for problem in &parsed.problems {
        if let Some(line) = problem.location.line() {
            assert!((1..=lines).contains(&usize::try_from(line).unwrap()));
        }
        hold_clean(&problem.to_string());
    }
    hold_clean(&paper.title.replace('\n', " "));
    hold_clean(&format!("{:?}", paper.metadata));
}

fn hold_block(block: &Block, paper: &Paper) {
    let is_code = matches!(block.kind, Kind::Code { .. });
    let is_table = matches!(block.kind, Kind::Table(_));
    let mut text = block.text.replace('\n', " ");
    if is_table {
        text = text.replace('\t', " ");
    }
    hold_clean(&text);
    assert_eq!(
        clean(&text),
        text,
        "what is left changes when it is cleaned again"
    );
    assert!(is_code || is_table || block.text.trim_matches([' ', '\n']) == block.text);
    assert!(block.nesting.len() <= Block::MAX_DEPTH);
    assert!(
        block
            .links
            .iter()
            .map(|link| &link.range)
            .is_sorted_by(|a, b| a.end <= b.start)
    );
    assert!(block.spans.is_sorted_by_key(|span| span.range.start));
    assert!(block.markers.is_sorted_by_key(|marker| marker.offset));
    let ranges = block.spans.iter().map(|span| &span.range);
    for range in ranges.chain(block.links.iter().map(|link| &link.range)) {
        assert!(!range.is_empty());
        assert!(block.text.get(range.clone()).is_some());
    }
    for marker in &block.markers {
        assert!(block.text.is_char_boundary(marker.offset));
        assert_eq!(paper.note(marker.note).unwrap().number, marker.number);
    }
    for link in &block.links {
        match &link.target {
            Target::Address(address) => hold_clean(address),
            Target::Place(place) => hold_position(*place, paper),
        }
    }
    match &block.kind {
        Kind::Code { language } => hold_clean(language),
        Kind::Table(table) => {
            for row in &table.rows {
                assert_eq!(row.len(), table.alignments.len());
                assert!(row.is_sorted_by(|a, b| a.end <= b.start));
                assert!(
                    row.iter()
                        .all(|cell| block.text.get(cell.clone()).is_some())
                );
            }
        }
        Kind::Heading(level) => assert!((1..=6).contains(level)),
        Kind::Rule => assert!(block.text.is_empty()),
        _ => {}
    }
}

/// No character that acts on a terminal, or on the direction of what follows it.
pub fn hold_clean(text: &str) {
    let is_foul = |char: char| {
        char.is_control()
            || matches!(
                char,
                '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
            || matches!(char, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(char, '\u{fff9}'..='\u{fffb}')
    };
    assert!(!text.contains(is_foul), "{text:?}");
}

fn hold_position(position: Position, paper: &Paper) {
    let block = paper.block(position.block).expect("a place has a block");
    assert!(block.text.is_char_boundary(position.offset));
}

fn hold_starts(paper: &Paper) {
    let mut start = 0;
    for block in &paper.blocks {
        assert_eq!(block.start, start);
        start += block.text.len() + 1;
    }
    assert_eq!(paper.bytes(), start);
}

fn hold_pages(paper: &Paper) {
    assert!(paper.pages.is_sorted_by(|a, b| a.position < b.position));
    for page in &paper.pages {
        hold_position(page.position, paper);
        hold_clean(&page.label);
    }
}

/// Sections part everything between the title page and the closing line, with names of their own.
fn hold_sections(paper: &Paper) {
    let front = paper
        .blocks
        .iter()
        .take_while(|block| is_imprint(block))
        .count();
    let closing = paper
        .blocks
        .iter()
        .rev()
        .take_while(|block| is_imprint(block))
        .count();
    let mut end = front;
    let mut ids = HashSet::new();
    for section in &paper.sections {
        assert_eq!(section.blocks.start, end);
        assert!(!section.blocks.is_empty());
        end = section.blocks.end;
        assert!(!section.id.is_empty() && ids.insert(section.id.as_str()));
        hold_heading(
            section.level,
            &section.title,
            &paper.blocks[section.blocks.start],
        );
        hold_paragraphs(&paper.blocks[section.content()]);
    }
    assert_eq!(
        end,
        if paper.sections.is_empty() {
            front
        } else {
            paper.blocks.len() - closing
        }
    );
    let holds_notes = paper
        .sections
        .iter()
        .filter(|section| section.holds_notes)
        .count();
    assert_eq!(holds_notes, usize::from(!paper.notes.is_empty()));
    if holds_notes > 0 {
        assert!(paper.sections.last().unwrap().holds_notes);
    }
}

fn is_imprint(block: &Block) -> bool {
    matches!(block.kind, Kind::Title | Kind::Imprint)
}

fn hold_heading(level: u8, title: &str, first: &Block) {
    match level {
        0 => assert!(title.is_empty()),
        level => {
            assert_eq!(first.kind, Kind::Heading(level));
            assert_eq!(first.text, title);
        }
    }
}

fn hold_paragraphs(blocks: &[Block]) {
    let counted = blocks
        .iter()
        .map(|block| block.paragraph)
        .filter(|number| *number > 0);
    assert!(
        counted.eq(
            1..=u32::try_from(blocks.iter().filter(|block| block.paragraph > 0).count()).unwrap()
        )
    );
    for block in blocks {
        let is_counted = block.is_authors() && !matches!(block.kind, Kind::Heading(_) | Kind::Rule);
        assert_eq!(block.paragraph > 0, is_counted);
    }
}

fn hold_notes(paper: &Paper) {
    assert!(paper.notes.is_sorted_by(|a, b| a.number < b.number));
    let mut labels: Vec<String> = paper
        .notes
        .iter()
        .map(|note| note.label.to_lowercase())
        .collect();
    labels.sort_unstable();
    assert!(labels.is_sorted_by(|a, b| a < b));
    let cited = places(paper);
    for (index, note) in paper.notes.iter().enumerate() {
        hold_clean(&note.label);
        assert_ne!(note.location, SourceLocation::Line(0));
        hold_note_blocks(note.number, &note.blocks, paper);
        assert_eq!(note.cited_in, cited[index]);
    }
}

/// For each note where its markers stand.
fn places(paper: &Paper) -> Vec<Vec<Position>> {
    let mut places = vec![Vec::new(); paper.notes.len()];
    for (index, block) in paper.blocks.iter().enumerate() {
        for marker in &block.markers {
            places[marker.note.0].push(Position {
                block: BlockId(index),
                offset: marker.offset,
            });
        }
    }
    places
}

/// A note's blocks and the line under them are enclosed by it, and the first has its number.
fn hold_note_blocks(number: NoteNumber, blocks: &Range<usize>, paper: &Paper) {
    let whole = blocks.start..=blocks.end;
    for (index, block) in paper.blocks[whole].iter().enumerate() {
        let number = (index == 0).then_some(number);
        assert_eq!(block.nesting.first(), Some(&Nest::Note { number }));
    }
    assert_eq!(paper.blocks[blocks.end].kind, Kind::Backlinks);
}
