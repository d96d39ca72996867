//! What is wrong with the paper's source: counted when it is opened, listed on a key.

use std::path::PathBuf;

use super::{Overlay, State};
use crate::paper::{BlockId, Position, Problem};
use crate::reader::action::Notice;
use crate::reader::list::{Goal, List, ListRow, Subject};

impl State {
    /// Takes what reading the paper has found to be wrong with its source, and says how much.
    pub(crate) fn take_problems(&mut self, problems: Vec<Problem>) {
        self.problems = problems;
        match self.problems.len() {
            0 => {}
            1 => self.tell(Notice::plain("1 problem · ! lists it")),
            count => self.tell(Notice::plain(format!("{count} problems · ! lists them"))),
        }
    }

    /// Takes the folder that the paper's links to other files start from.
    pub(crate) fn take_folder(&mut self, folder: Option<PathBuf>) {
        self.folder = folder;
    }

    pub(super) fn open_problems(&mut self) {
        if self.problems.is_empty() {
            self.notice = Some(Notice::plain("no problems in the source"));
            return;
        }
        let blocks = self.paper.blocks.iter().enumerate();
        let mut places: Vec<_> = blocks.map(|(id, block)| (block.location, id)).collect();
        places.sort_unstable();
        let row = |problem: &Problem| {
            let after = places.partition_point(|&(place, _)| place <= problem.location);
            let block = after.checked_sub(1).and_then(|at| places.get(at));
            ListRow {
                text: problem.message(),
                depth: 0,
                detail: problem.location.to_string(),
                below: Vec::new(),
                also: String::new(),
                goal: Goal::Place(Position::start_of(BlockId(block.map_or(0, |&(_, id)| id)))),
            }
        };
        let rows = self.problems.iter().map(row).collect();
        self.overlays
            .push(Overlay::List(List::new(Subject::Problems, rows, 0)));
    }
}
