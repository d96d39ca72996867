//! What lies in the text without being seen: anchors that links lead to, and where pages begin.

use super::PaperBuilder;
use crate::paper::Details;
use crate::paper::clean::clean;

/// An anchor or a page's beginning, at an offset of the text under construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::paper) struct Landmark {
    pub(in crate::paper) offset: usize,
    pub(in crate::paper) kind: LandmarkKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::paper) enum LandmarkKind {
    /// What `#id` leads to.
    Anchor(String),
    /// The beginning of the page with this label, and which one of the file it is.
    Page(String, Option<u32>),
    /// The entry of this work in a list of references, by its place among them.
    Reference(usize),
}

/// A place in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::paper) struct DraftPlace {
    /// The draft of the note whose block it is; none in the body.
    pub(in crate::paper) note: Option<usize>,
    pub(in crate::paper) block: usize,
    pub(in crate::paper) offset: usize,
}

/// A landmark in a block of a draft.
#[derive(Debug)]
pub(in crate::paper) struct LandmarkDraft {
    pub(in crate::paper) place: DraftPlace,
    pub(in crate::paper) kind: LandmarkKind,
}

impl Landmark {
    pub(super) fn new(kind: LandmarkKind) -> Self {
        Landmark { offset: 0, kind }
    }
}

impl PaperBuilder {
    /// Sets an anchor, to which links to `#id` lead: here in the open block, else at the start of
    /// the next one.
    pub fn anchor(&mut self, id: &str) {
        if !id.is_empty() {
            self.set_landmark(LandmarkKind::Anchor(clean(id).into_owned()));
        }
    }

    /// Begins a page of the source, by the label that is printed on it. With an empty label the
    /// page of what follows is not known. A note is on the page on which it is begun.
    pub fn page_break(&mut self, label: &str) {
        self.begin_page(label, None);
    }

    /// The same, of a page of the file that can be shown, by its number there, from 1.
    pub fn sheet(&mut self, label: &str, sheet: u32) {
        self.begin_page(label, Some(sheet));
    }

    fn begin_page(&mut self, label: &str, sheet: Option<u32>) {
        let label = clean(label.trim()).into_owned();
        self.page = Some(label.clone());
        self.set_landmark(LandmarkKind::Page(label, sheet));
    }

    /// Says that the block that begins next is the entry of a work in a list of references.
    pub(crate) fn reference(&mut self, work: Details) {
        let index = self.draft.references.len();
        self.draft.references.push(work);
        self.set_landmark(LandmarkKind::Reference(index));
    }

    fn set_landmark(&mut self, kind: LandmarkKind) {
        match self.block {
            Some(_) => self.inline.push_landmark(kind),
            None => self.waiting.push(Landmark::new(kind)),
        }
    }

    /// Puts the landmarks that wait for a block at the start of the open text.
    pub(super) fn take_waiting(&mut self) {
        for landmark in self.waiting.drain(..) {
            self.inline.push_landmark(landmark.kind);
        }
    }

    /// Puts the landmarks for which no further block comes at the end of the last one.
    pub(super) fn end_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let note = self.flow.note;
        let blocks = match note {
            Some(note) => self.draft.notes.blocks(note),
            None => self.draft.body.as_slice(),
        };
        let Some(last) = blocks.last() else {
            return;
        };
        let (block, offset) = (blocks.len() - 1, last.text.len());
        // A page that begins after all text has no text.
        let anchors = waiting
            .into_iter()
            .filter(|landmark| matches!(landmark.kind, LandmarkKind::Anchor(_)));
        let place = DraftPlace {
            note,
            block,
            offset,
        };
        let anchors = anchors.map(|Landmark { kind, .. }| LandmarkDraft { place, kind });
        self.draft.landmarks.extend(anchors);
    }

    /// Notes the landmarks of the block that comes next in the note, or in the body.
    pub(super) fn place_landmarks(&mut self, note: Option<usize>, landmarks: Vec<Landmark>) {
        if landmarks.is_empty() {
            return;
        }
        let block = match note {
            Some(note) => self.draft.notes.blocks(note).len(),
            None => self.draft.body.len(),
        };
        let places = landmarks
            .into_iter()
            .map(|Landmark { offset, kind }| LandmarkDraft {
                place: DraftPlace {
                    note,
                    block,
                    offset,
                },
                kind,
            });
        self.draft.landmarks.extend(places);
    }
}
