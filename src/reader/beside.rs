//! The notes of the lines in sight, shown without having been asked for: in the margin, or at the
//! foot of the page.

use super::flow::{Flow, SetRow};
use super::geometry::Geometry;
use super::gloss::{self, Room};
use super::margin::{self, Wanted};
use super::sheet::{Sheet, SheetRow};
use crate::layout::Part;
use crate::paper::{NoteId, Paper};
use crate::sources::Sources;

/// Notes in their places. Rows count from the top of the margin or of the foot.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) notes: Vec<Standing>,
}

/// A note in its place.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) note: NoteId,
    pub(crate) row: usize,
    pub(crate) rows: Vec<SheetRow>,
    /// Whether there was no room for the whole note.
    pub(crate) is_cut: bool,
}

/// What the notes of a page are made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notes<'a> {
    pub(crate) paper: &'a Paper,
    /// None until they have been read.
    pub(crate) sources: Option<&'a Sources>,
    pub(crate) flow: &'a Flow,
}

impl Notes<'_> {
    /// Up to so many rows of a note with what its short citations stand for.
    fn rows(self, id: NoteId, rows: usize) -> Vec<SheetRow> {
        let Some(note) = self.paper.note(id) else {
            return Vec::new();
        };
        let glosses = match self.sources {
            Some(sources) => gloss::answers(self.paper, sources, id, Room::Beside),
            None => Vec::new(),
        };
        Sheet::of(note, glosses, self.flow).rows(0, rows)
    }
}

/// Places the notes of a page in the margin or at the foot, whichever the geometry has.
pub(crate) fn compose(notes: Notes, page: &[SetRow], geometry: &Geometry) -> Beside {
    let notes = match (geometry.margin.is_empty(), geometry.foot_rows) {
        (false, _) => in_margin(notes, page, geometry.margin.height.into()),
        (true, 1..) => at_foot(notes, page, usize::from(geometry.foot_rows) - 1),
        _ => Vec::new(),
    };
    Beside { notes }
}

/// How many rows of the page stay for the text when the notes of just those rows stand at its
/// foot, as in print: each line brings its notes along.
pub(crate) fn rows_above_foot(notes: Notes, page: &[SetRow], geometry: &Geometry) -> usize {
    let height = usize::from(geometry.text.height);
    let most = usize::from(geometry.foot_rows) - 1;
    let mut foot = 0;
    for (index, set) in page.iter().enumerate() {
        for note in notes_of(notes.paper, set) {
            foot = (foot + notes.rows(note, most).len()).min(most);
        }
        let line_above = usize::from(foot > 0);
        if index + 1 + foot + line_above > height {
            return index;
        }
    }
    height - foot - usize::from(foot > 0)
}

fn in_margin(notes: Notes, page: &[SetRow], height: usize) -> Vec<Standing> {
    let mut sheets = Vec::new();
    let mut wanted = Vec::new();
    for (row, set) in page.iter().enumerate() {
        for id in notes_of(notes.paper, set) {
            let rows = notes.rows(id, height);
            wanted.push(Wanted {
                row,
                rows: rows.len().max(1),
            });
            sheets.push((id, rows));
        }
    }
    let stands = margin::arrange(&wanted, height);
    let placed = sheets.into_iter().zip(stands);
    placed
        .map(|((note, mut rows), stands)| {
            let is_cut = rows.len() > stands.rows;
            rows.truncate(stands.rows);
            Standing {
                note,
                row: stands.row,
                rows,
                is_cut,
            }
        })
        .collect()
}

fn at_foot(notes: Notes, page: &[SetRow], most: usize) -> Vec<Standing> {
    let mut standing: Vec<Standing> = Vec::new();
    let mut taken = 0;
    for id in page.iter().flat_map(|set| notes_of(notes.paper, set)) {
        let mut rows = notes.rows(id, most + 1);
        let is_cut = taken + rows.len() > most;
        rows.truncate(most - taken);
        if rows.is_empty() {
            if let Some(last) = standing.last_mut() {
                last.is_cut = true;
            }
            break;
        }
        taken += rows.len();
        standing.push(Standing {
            note: id,
            row: taken - rows.len(),
            rows,
            is_cut,
        });
    }
    standing
}

/// The notes whose markers a row shows, in its order. In the Notes section itself none: they are
/// in sight already.
fn notes_of(paper: &Paper, set: &SetRow) -> Vec<NoteId> {
    let Some(block) = paper.block(set.row.block) else {
        return Vec::new();
    };
    let runs = set.line().into_iter().flat_map(|line| &line.runs);
    let markers = runs.filter_map(|run| match run.role.part {
        Part::Marker(index) => block.markers.get(index),
        _ => None,
    });
    markers.map(|marker| marker.note).collect()
}
