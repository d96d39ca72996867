//! Notes: their markers, and what they say.

use super::blocks::{BlockShape, OpenBlock};
use super::flow::ContainerStack;
use super::inline::{InlineBuilder, TextMark};
use super::{Landmark, LandmarkKind, PaperBuilder};
use crate::paper::{Kind, Nest, NoteNumber, bare_links, split};

/// What goes on when a note that has come in between ends.
#[derive(Debug)]
pub(super) struct Interrupted {
    flow: ContainerStack,
    /// The block that was open, with its text so far.
    block: Option<(OpenBlock, InlineBuilder)>,
    waiting: Vec<Landmark>,
    page: Option<String>,
}

impl PaperBuilder {
    /// Sets a marker of the note with this label.
    pub fn cite(&mut self, label: &str) {
        self.ensure_text();
        let note = self.draft.notes.cite(label, self.location);
        self.inline.push_marker(note, self.location);
    }

    /// Begins a note: all that follows is its text, until it is ended. A note may come before or
    /// after its marker, and in the middle of a block, which then goes on.
    pub fn begin_note(&mut self, label: &str) {
        let note = self.draft.notes.define(label, self.location);
        let flow = std::mem::replace(&mut self.flow, ContainerStack::for_note(note));
        let inline = &mut self.inline;
        let block = self.block.take().map(|block| (block, inline.interrupt()));
        self.interrupted.push(Interrupted {
            flow,
            block,
            waiting: std::mem::take(&mut self.waiting),
            page: self.page.clone(),
        });
        if let Some(page) = self.page.clone() {
            self.waiting
                .push(Landmark::new(LandmarkKind::Page(page, None)));
        }
    }

    /// Ends the note that was begun last, and what is open in it.
    pub fn end_note(&mut self) {
        if self.interrupted.is_empty() {
            return;
        }
        // A table's cell holds no blocks, so that what is begun in it would end nothing.
        self.finish_block();
        self.flow.close_all();
        self.finish_bearer();
        let Some(interrupted) = self.interrupted.pop() else {
            return;
        };
        self.end_waiting();
        self.flow = interrupted.flow;
        self.waiting = interrupted.waiting;
        self.page = interrupted.page;
        if let Some((block, inline)) = interrupted.block {
            self.block = Some(block);
            self.inline.resume(inline);
        }
    }

    /// Makes a note, with its marker, of the text since the mark, but for its first bytes, which
    /// are left out.
    pub(crate) fn make_note_since(&mut self, mark: &TextMark, sign_bytes: usize) {
        let location = self.location;
        let mut note = self.inline.take_since(mark, sign_bytes);
        bare_links::link(&mut note);
        let id = self.draft.notes.add_inline(location);
        for (part, rich) in split::parts(note, false).into_iter().enumerate() {
            let number = (part == 0).then_some(NoteNumber::UNSETTLED);
            let setting = BlockShape {
                kind: Kind::Paragraph,
                nesting: vec![Nest::Note { number }],
                tight: part > 0,
                location,
            };
            self.add_block_to(Some(id), rich, setting);
        }
        self.inline.push_marker(id, location);
    }
}
