//! The papers that have been read: the front page, and the list to choose another one from.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, LibraryPaper};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, boxes};
use crate::reader::keys::keymap::Context;
use crate::reader::open::annotations::AnnotationAction;
use crate::reader::overlays::library_search::LibrarySearch;
use crate::reader::overlays::list::{List, ListRow, RowTarget};

/// The papers that have been read, the one read last on top.
#[derive(Debug)]
pub(crate) struct LibraryList {
    list: List,
    /// Whether nothing is beneath it: it is what the program has opened with.
    is_front_page: bool,
    /// What is typed once the papers are there.
    wanted: String,
}

impl LibraryList {
    /// The list over a paper, where what is typed filters it.
    pub(crate) fn open(app: &mut App) -> Response {
        app.request(Effect::ListLibrary);
        let mut list = List::new("Papers", Vec::new(), 0);
        list.invitation = "reading the list… type to filter it".into();
        Response::open(LibraryList {
            list,
            is_front_page: false,
            wanted: String::new(),
        })
    }

    /// The front page, where letters are keys; `wanted` is to be typed into it, if it is not empty.
    pub(crate) fn front_page(app: &mut App, wanted: String) -> Self {
        app.request(Effect::ListLibrary);
        let mut list = List::new("opcit", Vec::new(), 0);
        list.is_filtering = false;
        list.caption = "reading the list…".to_owned();
        LibraryList {
            list,
            is_front_page: true,
            wanted,
        }
    }

    fn take_papers(&mut self, papers: &[LibraryPaper], app: &mut App) {
        let is_front_page = self.is_front_page;
        let rows = papers.iter().enumerate();
        let rows = rows.map(|(index, paper)| row_of(paper, is_front_page && index == 0));
        self.list.resort(rows.collect(), &app.open);
        self.list.invitation = if papers.is_empty() {
            "nothing read yet".into()
        } else {
            "type to filter by title, author or file".into()
        };
        self.list.caption = match papers.len() {
            0 => "nothing read yet".to_owned(),
            1 => "1 paper".to_owned(),
            count => format!("{count} papers, the one read last first"),
        };
        let wanted = std::mem::take(&mut self.wanted);
        if !wanted.is_empty() {
            self.list.is_filtering = true;
            self.list.type_text(&wanted, |_| String::new());
        }
    }

    /// Ends the filter, then clears it, then closes the list; with nothing beneath it, the program.
    fn close(&mut self, app: &mut App) -> Response {
        if !self.is_front_page {
            return Response::Close;
        }
        if !self.list.step_out_of_filter() {
            app.request(Effect::Quit);
        }
        Response::Consumed
    }
}

impl Overlay for LibraryList {
    fn context(&self) -> Context {
        match self.list.is_filtering {
            _ if !self.is_front_page => Context::List,
            true => Context::Filter,
            false => Context::Papers,
        }
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::TakeLibrary(listing) => {
                self.take_papers(listing.papers(), app);
                return Response::Consumed;
            }
            Action::LibrarySearch => return LibrarySearch::open(app),
            Action::Annotation(AnnotationAction::Filter) => {
                self.list.is_filtering = true;
                return Response::Consumed;
            }
            // Beside the front page there is nothing to click on.
            Action::Click(hit) if self.is_front_page && !matches!(hit, ClickTarget::Row(_)) => {
                return Response::Consumed;
            }
            _ => {}
        }
        match self.list.hear_and_go(action, app) {
            Response::Close => self.close(app),
            response => response,
        }
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        boxes::draw_tall_list(app, &self.list, buffer, clicks);
    }

    fn list(&self) -> Option<&List> {
        Some(&self.list)
    }
}

fn row_of(paper: &LibraryPaper, is_last_read: bool) -> ListRow {
    let percent = paper.percent.map(|percent| format!("{percent}%"));
    let parts = [is_last_read.then(|| "continue".to_owned()), percent];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    ListRow {
        detail: parts.join(" · "),
        below: paper.below.clone(),
        ..ListRow::new(paper.title.clone(), RowTarget::File(paper.request.clone()))
    }
}
