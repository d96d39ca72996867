//! The outline, to go to a section. Where it is beside the text, it opens there.

use std::collections::HashMap;

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
    let paper = open.document.paper();
    let mut count_named: HashMap<&str, usize> = HashMap::new();
    for section in &paper.sections {
        *count_named.entry(section.name()).or_default() += 1;
    }
    // The sections that the one before is in, and itself.
    let mut path: Vec<&Section> = Vec::new();
    let mut rows = Vec::with_capacity(paper.sections.len());
    for section in &paper.sections {
        path.retain(|above| above.level < section.level);
        // Each book has a first chapter: which one it is, the book tells.
        let is_one_of_many = count_named.get(section.name()) > Some(&1);
        let within = path.last().filter(|_| is_one_of_many);
        let start = Position::start_of(BlockId(section.blocks.start));
        rows.push(ListRow {
            depth: open.depth_of(section),
            detail: match open.shelf.annotations.in_blocks(section.blocks.clone()) {
                [] => String::new(),
                _ => SIGN.to_owned(),
            },
            within: within.map_or_else(String::new, |above| above.name().to_owned()),
            ..ListRow::new(section.name(), RowTarget::Place(start))
        });
        path.push(section);
    }
    rows
}
