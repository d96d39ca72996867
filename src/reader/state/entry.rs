//! What the reader writes about a bookmark: its label, and a note of one or more lines.

use super::{Overlay, State};
use crate::reader::action::{Motion, Notice};
use crate::reader::kept::Change;
use crate::reader::keymap::Context;
use crate::reader::pad::Pad;
use crate::reader::prompt::{Edit, Prompt};
use crate::shelf::{BookmarkId, MOST_WORDS_BYTES};

/// Something about a bookmark that is being typed.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    bookmark: BookmarkId,
    /// What it was before.
    before: String,
    pub(crate) page: Page,
    /// Whether the reader is asked what becomes of what was typed.
    is_asking: bool,
}

/// What it is typed on.
#[derive(Debug, Clone)]
pub(crate) enum Page {
    Label(Prompt),
    Note(Pad),
}

impl Entry {
    pub(super) fn context(&self) -> Context {
        match self.page {
            _ if self.is_asking => Context::Unsaved,
            Page::Label(_) => Context::Label,
            Page::Note(_) => Context::Annotation,
        }
    }

    /// Asks what becomes of what was typed, if anything was; asked once more, asks no longer.
    /// Returns whether it asks.
    fn asks(&mut self) -> bool {
        self.is_asking = !self.is_asking && self.text() != self.before;
        self.is_asking
    }

    fn text(&self) -> &str {
        match &self.page {
            Page::Label(prompt) => prompt.text(),
            Page::Note(pad) => pad.text(),
        }
    }

    /// Returns what there is to say if there is no room for it.
    fn insert(&mut self, text: &str) -> Option<Notice> {
        match &mut self.page {
            _ if self.is_asking => {}
            Page::Label(prompt) => prompt.insert(text),
            Page::Note(pad) => {
                let is_in = pad.insert(text);
                return (!is_in).then(|| too_long("not added"));
            }
        }
        None
    }

    fn is_too_long(&self) -> bool {
        matches!(&self.page, Page::Note(pad) if pad.is_too_long())
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        match &mut self.page {
            Page::Label(prompt) => prompt.edit(edit),
            Page::Note(pad) => pad.edit(edit),
        }
    }

    pub(super) fn step(&mut self, motion: Motion) {
        if let (Page::Note(pad), Motion::Line(direction)) = (&mut self.page, motion) {
            pad.step(direction);
        }
    }

    fn change(self) -> Change {
        match self.page {
            Page::Label(prompt) => Change::Rename(self.bookmark, prompt.text().to_owned()),
            Page::Note(pad) => Change::Annotate(self.bookmark, pad.text().to_owned()),
        }
    }
}

impl State {
    pub(super) fn open_label(&mut self) -> Option<Change> {
        let bookmark = self.app.open.kept.get(self.lit_bookmark()?)?;
        let page = Page::Label(Prompt::new(bookmark.label.clone()));
        self.open_entry(bookmark.id.clone(), bookmark.label.clone(), page)
    }

    pub(super) fn open_annotation(&mut self) -> Option<Change> {
        let bookmark = self.app.open.kept.get(self.lit_bookmark()?)?;
        let page = Page::Note(Pad::new(bookmark.note.clone()));
        self.open_entry(bookmark.id.clone(), bookmark.note.clone(), page)
    }

    pub(super) fn break_line(&mut self) -> Option<Change> {
        self.type_in_entry("\n");
        None
    }

    pub(super) fn type_in_entry(&mut self, text: &str) {
        if let Some(Overlay::Entry(entry)) = self.overlays.last_mut()
            && let Some(notice) = entry.insert(text)
        {
            self.app.notice = Some(notice);
        }
    }

    /// Whether what is typed stays open, since the reader has yet to say what becomes of it, or
    /// goes on typing.
    pub(super) fn keeps_entry(&mut self) -> bool {
        let Some(Overlay::Entry(entry)) = self.overlays.last_mut() else {
            return false;
        };
        let was_asking = entry.context() == Context::Unsaved;
        entry.asks() || was_asking
    }

    pub(super) fn take_entry(&mut self) -> Option<Change> {
        let Some(Overlay::Entry(entry)) = self.overlays.last_mut() else {
            return None;
        };
        if entry.is_too_long() {
            // What was typed stays open, to be shortened.
            entry.is_asking = false;
            self.app.notice = Some(too_long("not saved"));
            return None;
        }
        match self.overlays.pop() {
            Some(Overlay::Entry(entry)) => Some(entry.change()),
            _ => None,
        }
    }

    fn open_entry(&mut self, bookmark: BookmarkId, before: String, page: Page) -> Option<Change> {
        self.overlays.push(Overlay::Entry(Entry {
            bookmark,
            before,
            page,
            is_asking: false,
        }));
        None
    }
}

fn too_long(what: &str) -> Notice {
    let limit = MOST_WORDS_BYTES >> 10;
    Notice::warning(format!("{what}: a note can have {limit} KiB at most"))
}
