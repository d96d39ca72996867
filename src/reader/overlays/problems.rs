//! The list of what is wrong with the paper's source, and of what was mended in it.

use std::sync::Arc;

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::paper::{BlockId, Mending, MendingKind, Paper, Position, SourceLocation};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::draw::{Hits, boxes};
use crate::reader::keymap::Context;
use crate::reader::list::{Goal, List, ListRow};

/// Problems, then mendings.
#[derive(Debug)]
pub(crate) struct ProblemList(List);

impl ProblemList {
    pub(crate) fn open(app: &mut App) -> Response {
        let document = Arc::clone(&app.open.document);
        if document.problems().is_empty() && document.mendings().is_empty() {
            app.notify(Notice::plain("no problems in the source"));
            return Response::Consumed;
        }
        let places = BlockLocations::new(document.paper());
        let problems = document.problems().iter().map(|problem| ListRow {
            detail: problem.location.to_string(),
            ..ListRow::new(problem.message(), places.goal(problem.location))
        });
        let mendings = document.mendings().iter().map(|mending| ListRow {
            detail: mending.location.to_string(),
            below: change(mending),
            ..ListRow::new(
                format!("mended: {}", mending.words()),
                places.goal(mending.location),
            )
        });
        let rows = problems.chain(mendings).collect();
        Response::open(ProblemList(List::new("Problems and mendings", rows, 0)))
    }
}

impl Overlay for ProblemList {
    fn context(&self) -> Context {
        Context::List
    }

    fn hear(&mut self, action: &Action, app: &mut App) -> Response {
        self.0.hear_and_go(action, app)
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, hits: &mut Hits) {
        boxes::draw_list(app, &self.0, buffer, hits);
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        self.0.can_do(action)
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

/// Where in the source each block is, in order.
struct BlockLocations(Vec<(SourceLocation, usize)>);

impl BlockLocations {
    fn new(paper: &Paper) -> Self {
        let blocks = paper.blocks.iter().enumerate();
        let mut locations: Vec<_> = blocks.map(|(id, block)| (block.location, id)).collect();
        locations.sort_unstable();
        BlockLocations(locations)
    }

    /// The last block that begins at a location or before it.
    fn goal(&self, location: SourceLocation) -> Goal {
        let after = self.0.partition_point(|&(begins, _)| begins <= location);
        let block = after.checked_sub(1).and_then(|at| self.0.get(at));
        Goal::Place(Position::start_of(BlockId(block.map_or(0, |&(_, id)| id))))
    }
}

/// The words of a change, before and after.
fn change(mending: &Mending) -> Vec<String> {
    let Mending { before, after, .. } = mending;
    match mending.kind {
        _ if after.is_empty() || before == after => vec![before.clone()],
        // The mark between the pieces shows the cut that is no more.
        MendingKind::ParagraphJoined | MendingKind::NoteJoined => vec![before.clone()],
        _ => vec![format!("{before} → {after}")],
    }
}
