//! What is selected of the text, and moving its ends.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::surface::{Reach, Surface};
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
    /// Where it is made. In a note that is shown away from the page its ends stay, and the page
    /// stays where it is.
    pub(crate) surface: Surface,
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
    pub(super) fn new(passage: Passage, surface: Surface) -> Option<Self> {
        (passage.start < passage.end).then_some(Selection {
            passage,
            active: SelectionEnd::End,
            surface,
        })
    }

    /// What is selected between two places, the second being where it ends now. The characters at
    /// both are in it.
    pub(super) fn between(
        reach: &Reach<'_>,
        surface: Surface,
        from: Position,
        to: Position,
    ) -> Option<Self> {
        let (first, last) = (from.min(to), from.max(to));
        let start = start_at(reach, first);
        let end = end_after(reach, last);
        let active = if to < from {
            SelectionEnd::Start
        } else {
            SelectionEnd::End
        };
        let selection = Self::new(Passage { start, end }, surface)?;
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
        let reach = Reach::new(paper, self.surface);
        let mut at = self.active_position();
        for _ in 0..times.min(MAX_STEPS) {
            let Some(next) = step(&reach, at, unit, direction, self.active) else {
                break;
            };
            at = match self.beyond_other_end(&reach, next, unit) {
                Some(beyond) => beyond,
                None => next,
            };
        }
        self.move_end_to(at);
    }

    /// Where an end comes to that would pass the other one: the first unit beyond that is selected.
    fn beyond_other_end(
        &mut self,
        reach: &Reach<'_>,
        next: Position,
        unit: Unit,
    ) -> Option<Position> {
        let other = self.other_position();
        match self.active {
            SelectionEnd::Start if next >= other => {
                self.active = SelectionEnd::End;
                self.passage.start = other;
                step(reach, other, unit, Direction::Next, SelectionEnd::End)
            }
            SelectionEnd::End if next <= other => {
                self.active = SelectionEnd::Start;
                self.passage.end = other;
                step(reach, other, unit, Direction::Previous, SelectionEnd::Start)
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
pub(super) fn object_at(reach: &Reach<'_>, at: Position, object: Object) -> Option<Passage> {
    let block = reach
        .paper
        .block(at.block)
        .filter(|_| reach.has(at.block))?;
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
    reach: &Reach<'_>,
    from: Position,
    direction: Direction,
) -> Option<Position> {
    step(reach, from, Unit::Sentence, direction, SelectionEnd::Start)
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

/// Where a selection begins that is to hold the character at a place: what parts lines and cells is
/// no character, and at the end of a paragraph it begins with the next.
fn start_at(reach: &Reach<'_>, at: Position) -> Position {
    let rest = text_from(reach, at);
    let words = rest.trim_start_matches(is_separator);
    let offset = at.offset + rest.len() - words.len();
    let next = reach.neighbour(at.block, Direction::Next);
    match next.filter(|_| words.is_empty()) {
        Some(next) => Position::start_of(next),
        None => Position { offset, ..at },
    }
}

/// Where a selection ends that is to hold the character at a place; at the end of a paragraph, a line
/// or a cell there is none.
fn end_after(reach: &Reach<'_>, at: Position) -> Position {
    let mut characters = text_from(reach, at).graphemes(true);
    let character = characters.next().filter(|it| !it.starts_with(is_separator));
    Position {
        offset: at.offset + character.map_or(0, str::len),
        ..at
    }
}

/// What parts the lines of a text, and the cells of a table.
fn is_separator(char: char) -> bool {
    matches!(char, '\n' | '\t')
}

fn text_from<'a>(reach: &Reach<'a>, at: Position) -> &'a str {
    let block = reach.paper.block(at.block);
    let rest = block.and_then(|block| block.text.get(at.offset..));
    rest.unwrap_or_default()
}

/// The next boundary in a direction; at a paragraph's end it is looked for in the next one.
fn step(
    reach: &Reach<'_>,
    from: Position,
    unit: Unit,
    direction: Direction,
    end: SelectionEnd,
) -> Option<Position> {
    let mut block = Some(from.block);
    while let Some(id) = block {
        let boundaries = boundaries(reach.paper, id, unit, end);
        let is_beyond = |&&offset: &&usize| {
            id != from.block
                || match direction {
                    Direction::Next => offset > from.offset,
                    Direction::Previous => offset < from.offset,
                }
        };
        let beyond = match direction {
            Direction::Next => boundaries.iter().find(is_beyond),
            Direction::Previous => boundaries.iter().rfind(is_beyond),
        };
        if let Some(&offset) = beyond {
            return Some(Position { block: id, offset });
        }
        block = reach.neighbour(id, direction);
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
