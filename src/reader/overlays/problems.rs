//! The list of what is wrong with the paper's source, and of what was mended in it. A mending can
//! be refused there, and allowed again: the paper is then read without it.

use super::{Overlay, Response};
use crate::paper::{BlockId, Mending, MendingKind, Paper, Position, SourceLocation};
use crate::reader::action::{Action, Effect, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::open::OpenDocument;
use crate::reader::overlays::list::{List, ListRow, RowTarget};

/// Problems, then what was mended or is not to be.
#[derive(Debug)]
pub(crate) struct ProblemList {
    list: List,
    /// For each row its mending, and whether that is refused; none for a problem.
    mendings: Vec<Option<(Mending, bool)>>,
}

impl ProblemList {
    pub(crate) fn open(app: &mut App) -> Response {
        let (rows, mendings) = rows(&app.open);
        if rows.is_empty() {
            app.notify(Notice::plain("no problems in the source"));
            return Response::Consumed;
        }
        let list = List::new("Problems and mendings", rows, 0);
        Response::open(ProblemList { list, mendings })
    }

    fn selected_mending(&self) -> Option<&(Mending, bool)> {
        let row = self.list.goal().map(|_| self.list.selected_row())?;
        self.mendings.get(row)?.as_ref()
    }

    /// Refuses the selected mending, or allows it again.
    fn refuse(&mut self, app: &mut App) {
        let words = match self.selected_mending() {
            None => "only a mending can be refused",
            Some((mending, _)) if mending.location.ordinal().is_none() => {
                "in a PDF this cannot be refused, but its page can be shown"
            }
            Some((mending, _)) if !mending.is_optional() => {
                "this cannot be refused alone; opcit --as-is mends nothing"
            }
            Some(_) if app.open.document.folder().is_none() => {
                "only a file can be read again without it; opcit --as-is mends nothing"
            }
            // What could not be saved yet belongs to the text as it is now.
            Some(_) if app.open.shelf.annotations.is_unsaved => {
                "not while a change is still unsaved"
            }
            Some((mending, _)) => {
                app.open.rereading.refusals.toggle(mending);
                let refused = app.open.rereading.refusals.refused().clone();
                app.request(Effect::ReadAgain(refused));
                return self.renew(&app.open);
            }
        };
        app.notify(Notice::plain(words));
    }

    fn renew(&mut self, open: &OpenDocument) {
        let row = self.list.selected();
        let (rows, mendings) = rows(open);
        self.list.resort(rows, open);
        self.list.select(row);
        self.mendings = mendings;
    }
}

impl Overlay for ProblemList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        if *action == Action::Refuse {
            self.refuse(app);
            return Response::Consumed;
        }
        self.list.hear_and_go(action, app)
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        match action {
            Action::Refuse => {
                let mending = self.selected_mending();
                mending.is_some_and(|(mending, _)| mending.is_optional())
            }
            _ => self.list.can_do(action),
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.list)
    }

    fn outlives_rereading(&self) -> bool {
        true
    }

    fn take_paper(&mut self, app: &App) {
        self.renew(&app.open);
    }
}

/// A row for each problem, then for each mending, whether it is made or refused, in the order of
/// the source.
fn rows(open: &OpenDocument) -> (Vec<ListRow>, Vec<Option<(Mending, bool)>>) {
    let paper = open.document.paper();
    let locations = BlockLocations::new(paper);
    let problems = open.document.problems().iter().map(|problem| {
        let row = ListRow {
            detail: paper.place_in_words(problem.location),
            ..ListRow::new(problem.message(), locations.goal(problem.location))
        };
        (row, None)
    });
    let mendings = open.rereading.refusals.with_made(open.document.mendings());
    let tied = mendings.iter().map(|(mending, _)| mending);
    let tied: Vec<Mending> = tied
        .filter(|mending| mending.kind == MendingKind::NoteTied)
        .cloned()
        .collect();
    let is_told =
        |mending: &Mending| mending.kind != MendingKind::NoteTied || tied.first() == Some(mending);
    let shown = mendings.into_iter().filter(|(mending, _)| is_told(mending));
    let mendings = shown.map(|(mending, is_refused)| {
        let goal = locations.goal(mending.location);
        // Of the notes that were tied, the first is told.
        let place = paper.place_in_words(mending.location);
        let row = match mending.kind {
            MendingKind::NoteTied if tied.len() > 1 => notes_tied(&tied, place, goal),
            _ => row_of(&mending, is_refused, place, goal),
        };
        (row, Some((mending, is_refused)))
    });
    problems.chain(mendings).unzip()
}

fn row_of(mending: &Mending, is_refused: bool, place: String, goal: RowTarget) -> ListRow {
    let what = if is_refused { "refused" } else { "mended" };
    ListRow {
        detail: place,
        below: change(mending),
        ..ListRow::new(format!("{what}: {}", mending.words()), goal)
    }
}

/// One row for all notes that were tied: the sequence of them is the proof, and none can be refused
/// alone.
fn notes_tied(tied: &[Mending], place: String, goal: RowTarget) -> ListRow {
    let ends = [tied.first(), tied.last()];
    let [first, last] = ends.map(|end| end.map_or("", |mending| mending.before.as_str()));
    ListRow {
        detail: place,
        below: vec![format!("{first} … {last}")],
        ..ListRow::new(
            format!("mended: {} notes tied to their markers", tied.len()),
            goal,
        )
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
    fn goal(&self, location: SourceLocation) -> RowTarget {
        let after = self.0.partition_point(|&(begins, _)| begins <= location);
        let block = after.checked_sub(1).and_then(|at| self.0.get(at));
        RowTarget::Place(Position::start_of(BlockId(block.map_or(0, |&(_, id)| id))))
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
