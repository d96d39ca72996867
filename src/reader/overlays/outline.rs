//! The outline, to go to a section. Where it is beside the text, it opens there.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::paper::{BlockId, Position, Section};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, boxes, rows};
use crate::reader::keys::keymap::Context;
use crate::reader::open::OpenDocument;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::reader::page::bookmarks::SIGN;

/// The sections of the paper.
#[derive(Debug)]
pub(crate) struct Outline(List);

impl Outline {
    pub(crate) fn open(app: &mut App) -> Response {
        if app.open.document.paper().sections.is_empty() {
            app.notify(Notice::plain("this paper has no headings"));
            return Response::Consumed;
        }
        let selected = app.open.section().map_or(0, |section| section.0);
        let list = List::new("Outline", section_rows(&app.open), selected);
        Response::open(Outline(list))
    }
}

impl Overlay for Outline {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        self.0.hear_and_go(action, app)
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        let pane = app.geometry().outline;
        if pane.is_empty() {
            boxes::draw_list(app, &self.0, buffer, clicks);
        } else {
            rows::draw_open_outline(app, &self.0, pane, buffer, clicks);
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

fn section_rows(open: &OpenDocument) -> Vec<ListRow> {
    let sections = open.document.paper().sections.iter();
    let row = |section: &Section| {
        let start = Position::start_of(BlockId(section.blocks.start));
        ListRow {
            depth: open.depth_of(section),
            detail: match open.shelf.annotations.in_blocks(section.blocks.clone()) {
                [] => String::new(),
                _ => SIGN.to_owned(),
            },
            ..ListRow::new(section.name(), RowTarget::Place(start))
        }
    };
    sections.map(row).collect()
}
