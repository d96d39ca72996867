//! What is selected of the text, and moving its ends.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::cursor;
use crate::paper::{
    Block, BlockId, Kind, Paper, Passage, Position, quotation_at, sentence_at, sentences,
};
use crate::reader::action::Direction;

/// How far an end is moved at once, at most.
const MAX_STEPS: usize = 1000;

/// A passage that is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Selection {
    /// It is never empty, and begins and ends in paragraphs that keys can act on.
    pub(crate) passage: Passage,
    /// The end that keys move.
    pub(crate) active: SelectionEnd,
}

/// An end of a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SelectionEnd {
    Start,
    End,
}

/// What an end is moved by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Character,
    Word,
    Sentence,
    Paragraph,
}

/// Something around the cursor that can be selected as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    Word,
    Sentence,
    Paragraph,
    /// The words in quotation marks.
    Quotation,
    /// What the next marker belongs to: its sentence, up to the marker.
    Noted,
}

impl Selection {
    pub(super) fn new(passage: Passage) -> Option<Self> {
        let active = SelectionEnd::End;
        (passage.start < passage.end).then_some(Selection { passage, active })
    }

    /// What is selected between two places, the second being where it ends now. The characters at
    /// both are in it.
    pub(super) fn between(paper: &Paper, from: Position, to: Position) -> Option<Self> {
        let (start, last) = (from.min(to), from.max(to));
        let end = boundary_after(paper, last, Unit::Character, SelectionEnd::End).unwrap_or(last);
        let active = if to < from {
            SelectionEnd::Start
        } else {
            SelectionEnd::End
        };
        let selection = Self::new(Passage { start, end })?;
        Some(Selection {
            active,
            ..selection
        })
    }

    /// The place of the character at the end that keys move.
    pub(super) fn head(self, paper: &Paper) -> Position {
        match self.active {
            SelectionEnd::Start => self.passage.start,
            SelectionEnd::End => last_character(paper, self.passage.end),
        }
    }

    pub(super) fn swap_ends(&mut self) {
        self.active = match self.active {
            SelectionEnd::Start => SelectionEnd::End,
            SelectionEnd::End => SelectionEnd::Start,
        };
    }

    /// Moves the active end by a number of units. Where it passes the other end, the two change
    /// places.
    pub(super) fn move_end(
        &mut self,
        paper: &Paper,
        unit: Unit,
        direction: Direction,
        times: usize,
    ) {
        let mut at = self.active_position();
        for _ in 0..times.min(MAX_STEPS) {
            let Some(next) = step(paper, at, unit, direction, self.active) else {
                break;
            };
            at = match self.beyond_other_end(paper, next, unit) {
                Some(beyond) => beyond,
                None => next,
            };
        }
        self.move_end_to(at);
    }

    /// Where an end comes to that would pass the other one: the first unit beyond that is selected.
    fn beyond_other_end(&mut self, paper: &Paper, next: Position, unit: Unit) -> Option<Position> {
        let other = self.other_position();
        match self.active {
            SelectionEnd::Start if next >= other => {
                self.active = SelectionEnd::End;
                self.passage.start = other;
                boundary_after(paper, other, unit, SelectionEnd::End)
            }
            SelectionEnd::End if next <= other => {
                self.active = SelectionEnd::Start;
                self.passage.end = other;
                boundary_before(paper, other, unit, SelectionEnd::Start)
            }
            _ => None,
        }
    }

    /// Moves the active end so far that a passage is selected too.
    pub(super) fn extend_to(&mut self, passage: Passage) {
        let to = if passage.end <= self.passage.start {
            passage.start
        } else if passage.start >= self.passage.end || self.active == SelectionEnd::End {
            passage.end
        } else {
            passage.start
        };
        self.move_end_to(to);
    }

    /// Moves the active end to a passage: to its end where that comes after the other end of the
    /// selection, else to its start.
    pub(super) fn extend_or_shrink_to(&mut self, passage: Passage) {
        let is_after = passage.start >= self.other_position();
        self.move_end_to(if is_after { passage.end } else { passage.start });
    }

    /// Moves the active end to a place.
    pub(super) fn move_end_to(&mut self, to: Position) {
        let other = self.other_position();
        if to == other {
            return;
        }
        self.active = if to < other {
            SelectionEnd::Start
        } else {
            SelectionEnd::End
        };
        self.passage = Passage {
            start: to.min(other),
            end: to.max(other),
        };
    }

    fn active_position(self) -> Position {
        match self.active {
            SelectionEnd::Start => self.passage.start,
            SelectionEnd::End => self.passage.end,
        }
    }

    fn other_position(self) -> Position {
        match self.active {
            SelectionEnd::Start => self.passage.end,
            SelectionEnd::End => self.passage.start,
        }
    }
}

/// The object at a position; none if there is none in its block.
pub(super) fn object_at(paper: &Paper, at: Position, object: Object) -> Option<Passage> {
    let block = paper.block(at.block)?;
    let bytes = match object {
        Object::Word => word_at(&block.text, at.offset),
        Object::Sentence => sentence_at(&block.text, at.offset),
        Object::Paragraph => Some(0..block.text.len()),
        Object::Quotation => quotation_at(&block.text, at.offset),
        Object::Noted => noted_at(block, at.offset),
    }?;
    let start = Position {
        block: at.block,
        offset: bytes.start,
    };
    let end = Position {
        block: at.block,
        offset: bytes.end,
    };
    (start < end).then_some(Passage { start, end })
}

/// The start of the next sentence, or of the one before; going back, first of the one that the
/// position is in.
pub(super) fn sentence_start(
    paper: &Paper,
    from: Position,
    direction: Direction,
) -> Option<Position> {
    step(paper, from, Unit::Sentence, direction, SelectionEnd::Start)
}

/// What a marker at or after an offset belongs to, else what the last one does.
fn noted_at(block: &Block, offset: usize) -> Option<Range<usize>> {
    let mut markers = block.markers.iter().map(|marker| marker.offset);
    let at = markers
        .find(|&marker| marker > offset)
        .or(block.markers.last().map(|marker| marker.offset))?;
    let sentence = sentence_at(&block.text, at.checked_sub(1)?)?;
    let rest = block.text.get(at..sentence.end.max(at)).unwrap_or_default();
    let is_at_end = !rest.chars().any(char::is_alphanumeric);
    let end = if is_at_end { sentence.end } else { at };
    Some(sentence.start..end)
}

fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    let words = words(text);
    let at = words.partition_point(|word| word.end <= offset);
    let here = words.get(at).filter(|word| word.start <= offset);
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    here.or(before).or(words.first()).cloned()
}

/// The next boundary in a direction; at a paragraph's end it is looked for in the next one.
fn step(
    paper: &Paper,
    from: Position,
    unit: Unit,
    direction: Direction,
    end: SelectionEnd,
) -> Option<Position> {
    match direction {
        Direction::Next => boundary_after(paper, from, unit, end),
        Direction::Previous => boundary_before(paper, from, unit, end),
    }
}

fn boundary_after(
    paper: &Paper,
    from: Position,
    unit: Unit,
    end: SelectionEnd,
) -> Option<Position> {
    let mut block = Some(from.block);
    while let Some(id) = block {
        let boundaries = boundaries(paper, id, unit, end);
        let is_after = |&&offset: &&usize| id != from.block || offset > from.offset;
        if let Some(&offset) = boundaries.iter().find(is_after) {
            return Some(Position { block: id, offset });
        }
        block = cursor::neighbour(paper, id, Direction::Next);
    }
    None
}

fn boundary_before(
    paper: &Paper,
    from: Position,
    unit: Unit,
    end: SelectionEnd,
) -> Option<Position> {
    let mut block = Some(from.block);
    while let Some(id) = block {
        let boundaries = boundaries(paper, id, unit, end);
        let is_before = |&&offset: &&usize| id != from.block || offset < from.offset;
        if let Some(&offset) = boundaries.iter().rfind(is_before) {
            return Some(Position { block: id, offset });
        }
        block = cursor::neighbour(paper, id, Direction::Previous);
    }
    None
}

/// Where units of a block begin, or where they end.
fn boundaries(paper: &Paper, block: BlockId, unit: Unit, end: SelectionEnd) -> Vec<usize> {
    let Some(block) = paper.block(block) else {
        return Vec::new();
    };
    let text = block.text.as_str();
    let units = match unit {
        Unit::Character => characters(text),
        Unit::Word => words(text),
        Unit::Sentence if matches!(block.kind, Kind::Code { .. }) => lines(text),
        Unit::Sentence => sentences(text),
        Unit::Paragraph => std::iter::once(0..text.len()).collect(),
    };
    let boundary = |unit: Range<usize>| match end {
        SelectionEnd::Start => unit.start,
        SelectionEnd::End => unit.end,
    };
    units.into_iter().map(boundary).collect()
}

fn characters(text: &str) -> Vec<Range<usize>> {
    let graphemes = text.grapheme_indices(true);
    let ranges = graphemes.map(|(start, grapheme)| start..start + grapheme.len());
    ranges.collect()
}

fn words(text: &str) -> Vec<Range<usize>> {
    let words = text.unicode_word_indices();
    let ranges = words.map(|(start, word)| start..start + word.len());
    ranges.collect()
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ranges = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.trim_end_matches('\n').len();
        start += line.len();
        range
    });
    ranges.filter(|range| !range.is_empty()).collect()
}

/// Where the character before a position begins.
fn last_character(paper: &Paper, end: Position) -> Position {
    let text = paper.block(end.block).map_or("", |block| &block.text);
    let before = text.get(..end.offset).unwrap_or_default();
    let last = before.graphemes(true).next_back().map_or(0, str::len);
    Position {
        offset: end.offset.saturating_sub(last),
        ..end
    }
}
