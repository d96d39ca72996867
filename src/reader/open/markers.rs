//! Markers: those on the screen, the nearest one, and where a note's is.

use super::annotations::KeptKey;
use super::{OpenDocument, mentions};
use crate::paper::{BlockId, NoteId, Position, sentence_at};
use crate::reader::action::{Direction, Focus};
use crate::reader::overlays::note::popup::PopupContent;

impl OpenDocument {
    /// What is opened without being named, and where from: the chosen marker or mention; in the
    /// Notes section the current note; else the first marker at or below the current paragraph,
    /// on the screen if there is one; else the last one before it.
    pub(crate) fn nearest_opening(&self) -> Option<(PopupContent, Option<(BlockId, Focus)>)> {
        if let Some(chosen) = self.view.chosen()
            && let Some(&(step, opening)) = self
                .openings_in_sight()
                .iter()
                .find(|(_, opening)| *opening == chosen)
        {
            return Some((step, Some(opening)));
        }
        let hand = self.view.current_block();
        if let Some(note) = self.document.paper().note_at(hand) {
            return Some((PopupContent::Note(note), None));
        }
        let in_sight = self.notes_and_citations_in_sight();
        if let Some((step, opening)) = in_sight.iter().find(|(_, (block, _))| *block >= hand) {
            return Some((*step, Some(*opening)));
        }
        let elsewhere = self
            .first_marker_after(hand)
            .or_else(|| self.last_marker_before(hand));
        match elsewhere {
            Some((note, marker)) => Some((PopupContent::Note(note), Some(marker))),
            None => in_sight
                .last()
                .map(|(step, opening)| (*step, Some(*opening))),
        }
    }

    /// What is on the screen and opened as a note is: markers, and citations that are links.
    fn notes_and_citations_in_sight(&self) -> Vec<(PopupContent, (BlockId, Focus))> {
        let is_cited = |step: &PopupContent| match step {
            PopupContent::Mention(index) => self
                .sources()
                .is_some_and(|sources| mentions::is_linked(sources, *index)),
            _ => true,
        };
        let mut openings = self.openings_in_sight();
        openings.retain(|(step, _)| is_cited(step));
        openings
    }

    /// The note that the reader has come to: of the chosen marker, else of the first in the sentence
    /// that the cursor is in.
    pub(crate) fn note_at_cursor(&self) -> Option<NoteId> {
        if let Some((block, focus)) = self.view.chosen() {
            let Focus::Marker(index) = focus else {
                return None;
            };
            return Some(self.marker_in(block, index)?.0);
        }
        let cursor = self.view.cursor();
        let block = self.document.paper().block(cursor.block)?;
        if block.markers.is_empty() {
            return None;
        }
        let sentence = sentence_at(&block.text, cursor.offset)?;
        let mut markers = block.markers.iter();
        // One at the cursor ends the sentence before.
        let marker = markers.find(|it| cursor.offset < it.offset && it.offset <= sentence.end)?;
        Some(marker.note)
    }

    /// What the marker or mention after another opens, or the one before it: of those on the screen,
    /// and beyond them the next marker of the text or mark of the reader's. Among the notes it is
    /// one of theirs.
    pub(crate) fn opening_after(
        &self,
        from: Option<(BlockId, Focus)>,
        direction: Direction,
    ) -> Option<(PopupContent, (BlockId, Focus))> {
        let in_sight = self.openings_in_sight();
        let Some((block, focus)) = from else {
            return in_sight.first().copied();
        };
        let at = in_sight.iter().position(|(_, it)| *it == (block, focus));
        let next = at.and_then(|at| match direction {
            Direction::Next => in_sight.get(at + 1),
            Direction::Previous => in_sight.get(at.checked_sub(1)?),
        });
        if let Some(next) = next {
            return Some(*next);
        }
        let paper = self.document.paper();
        let is_note = |block| paper.note_at(block).is_some();
        let from = self.position_of(block, focus)?;
        let marker = self.marker_after(block, focus, direction);
        let marker = marker.map(|(note, marker)| (PopupContent::Note(note), marker));
        let mark = self.own_mark_after(from, direction);
        let found = [marker, mark].into_iter().flatten();
        let found = found.filter(|(_, marker)| is_note(marker.0) == is_note(block));
        let place = |(_, (block, focus)): &(_, _)| self.position_of(*block, *focus);
        match direction {
            Direction::Next => found.min_by_key(place),
            Direction::Previous => found.max_by_key(place),
        }
    }

    fn own_mark_after(
        &self,
        from: Position,
        direction: Direction,
    ) -> Option<(PopupContent, (BlockId, Focus))> {
        let placed = self.shelf.annotations.own.iter();
        let placed = placed.filter_map(|note| Some((note.place?, note.key)));
        let (place, key) = match direction {
            Direction::Next => placed
                .filter(|(place, _)| *place > from)
                .min_by_key(|it| it.0),
            Direction::Previous => placed
                .filter(|(place, _)| *place < from)
                .max_by_key(|it| it.0),
        }?;
        Some((PopupContent::Own(key), (place.block, Focus::Kept(key))))
    }

    fn marker_after(
        &self,
        block: BlockId,
        focus: Focus,
        direction: Direction,
    ) -> Option<(NoteId, (BlockId, Focus))> {
        let offset = self.position_of(block, focus)?.offset;
        let markers = &self.document.paper().block(block)?.markers;
        let before = match focus {
            Focus::Marker(index) => index,
            _ => markers.partition_point(|marker| marker.offset < offset),
        };
        let after = before + usize::from(matches!(focus, Focus::Marker(_)));
        match direction {
            Direction::Next => self
                .marker_in(block, after)
                .or_else(|| self.first_marker_after(block)),
            Direction::Previous => match before.checked_sub(1) {
                Some(before) => self.marker_in(block, before),
                None => self.last_marker_before(block),
            },
        }
    }

    fn first_marker_after(&self, hand: BlockId) -> Option<(NoteId, (BlockId, Focus))> {
        let mut after = hand.0 + 1..self.document.paper().blocks.len();
        after.find_map(|block| self.marker_in(BlockId(block), 0))
    }

    fn last_marker_before(&self, hand: BlockId) -> Option<(NoteId, (BlockId, Focus))> {
        let mut before = (0..hand.0).rev();
        before.find_map(|block| {
            let id = BlockId(block);
            let last = self
                .document
                .paper()
                .block(id)?
                .markers
                .len()
                .checked_sub(1)?;
            self.marker_in(id, last)
        })
    }

    /// One of a block's markers, from 0, and the note that it leads to.
    fn marker_in(&self, block: BlockId, index: usize) -> Option<(NoteId, (BlockId, Focus))> {
        let note = self.document.paper().block(block)?.markers.get(index)?.note;
        Some((note, (block, Focus::Marker(index))))
    }

    /// The markers and mentions on the screen, each with what it opens.
    pub(crate) fn openings_in_sight(&self) -> Vec<(PopupContent, (BlockId, Focus))> {
        let targets = self.view.targets().into_iter();
        targets
            .filter_map(|(block, focus)| {
                let step = match focus {
                    Focus::Marker(index) => PopupContent::Note(self.marker_in(block, index)?.0),
                    Focus::Mention(index) => PopupContent::Mention(index),
                    Focus::Kept(key) => PopupContent::Own(self.shelf.annotations.own.on(key)?.key),
                    Focus::Link(_) => return None,
                };
                Some((step, (block, focus)))
            })
            .collect()
    }

    pub(crate) fn markers_in_sight(&self) -> Vec<(NoteId, (BlockId, Focus))> {
        let openings = self.openings_in_sight().into_iter();
        openings
            .filter_map(|(step, marker)| Some((step.note()?, marker)))
            .collect()
    }

    /// A marker of the note: one on the screen, else the first in the text.
    pub(crate) fn marker_of(&self, note: NoteId) -> Option<(BlockId, Focus)> {
        if let Some((_, marker)) = self
            .markers_in_sight()
            .into_iter()
            .find(|&(id, _)| id == note)
        {
            return Some(marker);
        }
        let cited = *self.document.paper().note(note)?.cited_in.first()?;
        let markers = &self.document.paper().block(cited.block)?.markers;
        let index = markers
            .iter()
            .position(|marker| marker.note == note && marker.offset == cited.offset)?;
        Some((cited.block, Focus::Marker(index)))
    }

    /// The mark of a note of the reader's; none if its passage is lost.
    pub(crate) fn mark_of(&self, key: KeptKey) -> Option<(BlockId, Focus)> {
        let place = self.shelf.annotations.own.on(key)?.place?;
        Some((place.block, Focus::Kept(key)))
    }

    pub(crate) fn position_of(&self, block: BlockId, focus: Focus) -> Option<Position> {
        let offset = match focus {
            Focus::Mention(index) => {
                let mention = self.sources()?.mentions().get(index)?;
                return Some(mention.passage.start);
            }
            Focus::Kept(key) => {
                let mark = self
                    .shelf
                    .annotations
                    .own
                    .on(key)
                    .and_then(|note| note.place);
                return mark.or(self.shelf.annotations.by_key(key)?.position());
            }
            Focus::Marker(index) => {
                self.document
                    .paper()
                    .block(block)?
                    .markers
                    .get(index)?
                    .offset
            }
            Focus::Link(index) => {
                self.document
                    .paper()
                    .block(block)?
                    .links
                    .get(index)?
                    .range
                    .start
            }
        };
        Some(Position { block, offset })
    }
}
