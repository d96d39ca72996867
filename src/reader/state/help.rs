//! The help over the text.

use super::{HelpPage, Overlay, State};
use crate::reader::action::Motion;
use crate::reader::help::{self, HelpLine, HelpPlace};

impl State {
    pub(super) fn open_help(&mut self) {
        let page = HelpPage {
            from: self.context(),
            first: HelpPlace::default(),
        };
        self.overlays.push(Overlay::Help(page));
    }

    /// The lines of an open help, and how many of them are scrolled out at the top: as many as the
    /// reader has scrolled, but none that would leave a row blank below.
    pub(crate) fn lay_out_help(&self, page: HelpPage) -> (Vec<HelpLine>, usize) {
        let geometry = self.geometry();
        let lines = help::lines(page.from, geometry.help_columns());
        let most = lines.len().saturating_sub(geometry.box_rows());
        let scrolled = help::line_of(&lines, page.first).min(most);
        (lines, scrolled)
    }

    pub(super) fn scroll_help(&mut self, motion: Motion, rows: usize) {
        let Some(&Overlay::Help(page)) = self.overlays.last() else {
            return;
        };
        let (lines, scrolled) = self.lay_out_help(page);
        let most = lines.len().saturating_sub(rows);
        let first = motion.scrolled(scrolled, rows).min(most);
        let first = lines.get(first).map_or(page.first, |line| line.place);
        if let Some(Overlay::Help(page)) = self.overlays.last_mut() {
            page.first = first;
        }
    }
}
