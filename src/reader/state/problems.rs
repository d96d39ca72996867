//! What is wrong with the paper's source, and what was mended in it: counted when the paper is
//! opened, listed on a key.

use super::{Overlay, State};
use crate::paper::{BlockId, Mending, MendingKind, Position, Problem, SourceLocation};
use crate::reader::action::Notice;
use crate::reader::list::{Goal, List, ListRow, Subject};

impl State {
    /// Takes what reading the paper has found to be wrong with its source, and says how much; and
    /// what was mended in it, which the title page counts.
    pub(crate) fn take_problems(&mut self, problems: Vec<Problem>, mendings: Vec<Mending>) {
        self.app.open.file.problems = problems;
        self.app.open.file.mendings = mendings;
        match self.app.open.file.problems.len() {
            0 => {}
            1 => self.app.notify(Notice::plain("1 problem · ! lists it")),
            count => self
                .app
                .notify(Notice::plain(format!("{count} problems · ! lists them"))),
        }
    }

    pub(super) fn open_problems(&mut self) {
        if self.app.open.file.problems.is_empty() && self.app.open.file.mendings.is_empty() {
            self.app.notice = Some(Notice::plain("no problems in the source"));
            return;
        }
        let blocks = self.app.open.paper.blocks.iter().enumerate();
        let mut places: Vec<_> = blocks.map(|(id, block)| (block.location, id)).collect();
        places.sort_unstable();
        let goal = |location: SourceLocation| {
            let after = places.partition_point(|&(place, _)| place <= location);
            let block = after.checked_sub(1).and_then(|at| places.get(at));
            Goal::Place(Position::start_of(BlockId(block.map_or(0, |&(_, id)| id))))
        };
        let problems = self.app.open.file.problems.iter().map(|problem| ListRow {
            text: problem.message(),
            depth: 0,
            detail: problem.location.to_string(),
            below: Vec::new(),
            also: String::new(),
            goal: goal(problem.location),
        });
        let mendings = self.app.open.file.mendings.iter().map(|mending| ListRow {
            text: format!("mended: {}", mending.words()),
            depth: 0,
            detail: mending.location.to_string(),
            below: change(mending),
            also: String::new(),
            goal: goal(mending.location),
        });
        let rows = problems.chain(mendings).collect();
        self.overlays
            .push(Overlay::List(List::new(Subject::Problems, rows, 0)));
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
