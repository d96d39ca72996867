//! What comes of papers that were read, beside the one that is shown or in its place.

use super::State;
use crate::reader::action::{Effect, Notice, RereadPaper};
use crate::reader::open::annotations::ShelfRequest;
use crate::reader::overlays::library::LibraryList;

impl State {
    /// Takes another reading of the paper if nothing is open that belongs to this one.
    pub(super) fn take_next_reading(&mut self) {
        if self.app.has_request() || !self.overlays.outlive_rereading() {
            return;
        }
        // More may have been refused since; that reading is on its way.
        let is_wanted =
            |reading: &RereadPaper| reading.refused == *self.app.open.rereading.refusals.refused();
        if let Some(reading) = self.app.open.rereading.next.take() {
            if !is_wanted(&reading) {
                // It is read with what is refused now.
                return self.app.end_reload();
            }
            if reading.since.is_some() {
                self.take_changed(*reading);
            } else {
                self.take_reading(*reading);
            }
        }
    }

    /// Shows the paper as its file has it now, with the same words at the top.
    fn take_changed(&mut self, reading: RereadPaper) {
        let shelf = ShelfRequest::Reopen(reading.clone());
        let was_beginning = self.app.open.is_beginning();
        self.app.open.take_changed(reading, self.app.now);
        self.app.fit();
        self.overlays.take_paper(&self.app);
        if was_beginning {
            // What is kept about it is opened now, as about one that was read in one go.
            return;
        }
        let words = match self.app.open.changed_blocks() {
            0 => "the file has changed".to_owned(),
            1 => "the file has changed: 1 paragraph".to_owned(),
            count => format!("the file has changed: {count} paragraphs"),
        };
        self.app.notify(Notice::plain(words));
        self.app.end_reload();
        self.app.request(Effect::Shelf(shelf));
    }

    /// Takes the papers that have been read if nothing is open that belongs to this one, and
    /// nothing has been asked for that is this one's to do.
    pub(super) fn take_arrived(&mut self) {
        if self.overlays.is_empty() && !self.app.has_request() {
            for paper in std::mem::take(&mut self.arrived) {
                self.app.take_paper(&paper);
            }
        }
    }

    /// Opens the front page where there is neither a paper nor anything else to look at.
    pub(super) fn fill_blank_page(&mut self) {
        let is_free = self.overlays.is_empty() && !self.app.has_request();
        if self.lacks_paper && self.app.open.facts.is_blank && is_free {
            self.lacks_paper = false;
            let front_page = LibraryList::front_page(&mut self.app, String::new());
            self.overlays.push(Box::new(front_page));
        }
    }

    /// Shows the paper as it was read again, from about where the reader was.
    fn take_reading(&mut self, reading: RereadPaper) {
        let location = self.app.open.location_at_top();
        let shelf = ShelfRequest::Reopen(reading.clone());
        self.app.open.take_reading(reading);
        self.app.fit();
        let position = self.app.open.position_at(location);
        self.app.open.view.scroll_to(position);
        self.overlays.take_paper(&self.app);
        let words = match self.app.open.rereading.refusals.count() {
            0 => "read again with all mendings".to_owned(),
            1 => "read again without 1 mending".to_owned(),
            count => format!("read again without {count} mendings"),
        };
        self.app.notify(Notice::plain(words));
        self.app.request(Effect::Shelf(shelf));
    }
}
