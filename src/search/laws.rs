//! What holds for every search in every paper.
//!
//! The fuzz targets compile this file too, so it names what is public alone.

#![allow(
    unreachable_pub,
    reason = "the fuzz targets, a package of their own, compile this file too"
)]

use std::ops::Range;

use crate::layout::ruler;
use crate::paper::{Block, BlockId, Paper, Passage, Position};
use crate::search::{Match, Mode, Query, Search, SearchIndex, find};

/// Holds a search for a pattern to all that is promised of what it finds.
pub fn hold(paper: &Paper, query: &Query) {
    let found = find(paper, query.clone());
    for one in &found {
        hold_match(paper, one);
    }
    let ends = found.iter().map(|one| one.passage);
    assert!(ends.is_sorted_by(|one, next| one.end <= next.start));
    let middle = BlockId(paper.blocks.len() / 2);
    assert_eq!(found_in_slices(paper, query, middle), found);
}

/// Whole characters of one block that the author wrote, and at least one.
fn hold_match(paper: &Paper, one: &Match) {
    let Passage { start, end } = one.passage;
    assert_eq!(start.block, end.block);
    let block = paper.block(start.block).unwrap();
    assert!(block.is_authors());
    let words = block.text.get(start.offset..end.offset).unwrap();
    assert!(!words.is_empty());
    assert_eq!(one.section, paper.section_of(start.block));
    if let Some(note) = one.in_note {
        assert!(paper.note(note).unwrap().blocks.contains(&start.block.0));
    }
}

/// What a search finds that begins in the middle, and stops as often as it may.
fn found_in_slices(paper: &Paper, query: &Query, from: BlockId) -> Vec<Match> {
    let index = SearchIndex::new(paper);
    let from = Position {
        block: from,
        offset: 0,
    };
    let mut search = Search::new(query.clone(), &index, from);
    while !search.progress().is_done {
        search.advance(paper, &index, 1);
    }
    let all = 0..search.progress().matches;
    all.map(|nth| search.nth(paper, &index, nth).unwrap())
        .collect()
}

/// Holds a paper to it that the words of each block are found where they stand. `seed` says which
/// of its words.
pub fn hold_words(paper: &Paper, seed: usize) {
    for (index, block) in paper.blocks.iter().enumerate() {
        let range = stretch(block, seed);
        let words = block.text.get(range.clone()).unwrap();
        if !block.is_authors() || !is_findable(words) {
            continue;
        }
        let query = Query::parse(words, Mode::Plain).unwrap();
        let found = find(paper, query);
        let is_here = |one: &Match| {
            let Passage { start, end } = one.passage;
            start.block == BlockId(index) && start.offset < range.end && range.start < end.offset
        };
        assert!(found.iter().any(is_here), "{words:?} of {:?}", block.text);
    }
}

/// What has no letter may fold to nothing, and is not searched for.
fn is_findable(words: &str) -> bool {
    words.contains(|char: char| char.is_ascii_graphic())
}

/// Some whole graphemes of a block.
fn stretch(block: &Block, seed: usize) -> Range<usize> {
    let ends = ruler::graphemes(&block.text).scan(0, |end, grapheme| {
        *end += grapheme.len();
        Some(*end)
    });
    let bounds: Vec<usize> = [0].into_iter().chain(ends).collect();
    let from = seed % bounds.len();
    let to = (from + 1 + seed / bounds.len() % 40).min(bounds.len() - 1);
    bounds[from]..bounds[to]
}
