//! The program beneath what is open over the text: the open document, how it is shown, and what
//! there is to say about it.

use std::sync::Arc;

use ratatui::layout::Size;

use super::action::Notice;
use super::beside::{self, Beside};
use super::geometry::Geometry;
use super::open::OpenDocument;
use super::settings::Settings;
use crate::paper::Paper;

/// The open document, and how it is shown.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) open: OpenDocument,
    pub(crate) settings: Settings,
    pub(crate) size: Size,
    /// What the footer says until the next key.
    pub(crate) notice: Option<Notice>,
}

impl App {
    pub(crate) fn new(paper: Arc<Paper>, size: Size) -> Self {
        App {
            open: OpenDocument::new(paper),
            settings: Settings::default(),
            size,
            notice: None,
        }
    }

    /// Says something in the footer, until the next key.
    pub(crate) fn notify(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    pub(crate) fn geometry(&self) -> Geometry {
        let paper = &self.open.paper;
        Geometry::of(
            self.size,
            &self.settings,
            paper.sections.len() > 1,
            !paper.notes.is_empty(),
        )
    }

    /// The notes that are shown beside the text or at its foot without having been asked for.
    pub(crate) fn beside(&self) -> Beside {
        let page = self.open.view.page();
        beside::compose(self.notes_beside(), &page, &self.geometry())
    }

    fn notes_beside(&self) -> beside::Notes<'_> {
        beside::Notes {
            paper: &self.open.paper,
            sources: self.open.sources(),
            flow: &self.open.notes.beside,
        }
    }

    /// Fits the text to its place on the screen, as everything that changes that may have done.
    pub(crate) fn fit(&mut self) {
        let geometry = self.geometry();
        let rows = usize::from(geometry.text.height);
        self.open.fit_notes(&geometry);
        // At the paper's end the foot may take its rows too, so the text can be scrolled further.
        self.open.view.resize(
            geometry.text.width,
            rows,
            rows - usize::from(geometry.foot_rows),
        );
        if geometry.foot_rows > 0 {
            let page = self.open.view.page();
            let rows = beside::rows_above_foot(self.notes_beside(), &page, &geometry);
            self.open.view.shorten(rows);
        }
        self.open.mark_as_seen();
    }
}
