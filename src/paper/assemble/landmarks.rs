//! Where anchors and pages have come to be in the paper.

use std::sync::Arc;

use super::Assembly;
use crate::paper::builder::{DraftPlace, LandmarkDraft, LandmarkKind};
use crate::paper::{BlockId, Details, ListedWork, PageStart, Position};

impl Assembly {
    /// Makes anchors known to links, and notes where pages begin and works are listed.
    pub(super) fn settle_landmarks(&mut self, landmarks: Vec<LandmarkDraft>, works: Vec<Details>) {
        let mut works: Vec<Option<Details>> = works.into_iter().map(Some).collect();
        let mut pages = Vec::new();
        for LandmarkDraft { place, kind } in landmarks {
            let Some(position) = self.settled(place) else {
                continue;
            };
            match kind {
                LandmarkKind::Anchor(id) if self.own_ids.contains(&id) => {}
                LandmarkKind::Anchor(id) => {
                    // Beside what is called so only after its words, an anchor counts.
                    self.own_ids.insert(id.clone());
                    self.anchors.insert(id, position);
                }
                LandmarkKind::Reference(index) => {
                    let work = works.get_mut(index).and_then(Option::take);
                    self.paper.references.extend(work.map(|work| ListedWork {
                        block: position.block,
                        work: Arc::new(work),
                    }));
                }
                LandmarkKind::Page(label, sheet) => pages.push(PageStart {
                    label,
                    position,
                    sheet,
                }),
            }
        }
        if !pages.is_empty() {
            self.set_pages(pages);
        }
    }

    /// The position that a place in the drafts has become.
    fn settled(&self, place: DraftPlace) -> Option<Position> {
        let from = match place.note {
            Some(draft) => self.note_starts.get(draft).copied().flatten()?,
            None => self.body_start,
        };
        let block = BlockId(from + place.block);
        self.paper.block(block)?;
        Some(Position {
            block,
            offset: place.offset,
        })
    }

    /// Sets the pages. A note that begins on no page that is known ends the page before it, and so
    /// does what opcit sets itself.
    fn set_pages(&mut self, mut pages: Vec<PageStart>) {
        let unknown = |block: usize| PageStart {
            label: String::new(),
            position: Position::start_of(BlockId(block)),
            sheet: None,
        };
        let notes = self.paper.notes.iter().map(|note| note.blocks.start);
        let last = self.paper.sections.last();
        let end = last.map(|section| section.blocks.end);
        let end = end.filter(|end| *end < self.paper.blocks.len());
        // Sorted stably, so that what was read of a place comes after what is assumed of it.
        let mut all: Vec<PageStart> = notes.chain(end).map(unknown).collect();
        all.append(&mut pages);
        all.sort_by_key(|page| page.position);
        let mut kept: Vec<PageStart> = Vec::with_capacity(all.len());
        for page in all {
            kept.pop_if(|last| last.position == page.position);
            let of = |page: &PageStart| (page.label.clone(), page.sheet);
            if kept.last().is_none_or(|last| of(last) != of(&page)) {
                kept.push(page);
            }
        }
        let named = kept.iter().position(|page| !page.label.is_empty());
        kept.drain(..named.unwrap_or(kept.len()));
        self.paper.pages = kept;
    }
}
