//! The notes of the lines in sight, shown without having been asked for: in the margin, or at the
//! foot of the page.

use super::flow::{Flow, SetRow};
use super::geometry::Geometry;
use super::margin::{self, Stands, Wanted};
use super::sheet::Sheet;
use crate::layout::Part;
use crate::paper::{NoteId, Paper};

/// Notes in their places. Rows count from the top of the margin or of the foot.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub(crate) notes: Vec<Standing>,
    /// How many notes of the page find no room at all.
    pub(crate) left_out: usize,
}

/// A note in its place.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) note: NoteId,
    pub(crate) row: usize,
    pub(crate) rows: Vec<SetRow>,
    /// Whether there was no room for the whole note.
    pub(crate) is_cut: bool,
}

/// Places the notes of a page in the margin or at the foot, whichever the geometry has.
pub(crate) fn compose(paper: &Paper, page: &[SetRow], flow: &Flow, geometry: &Geometry) -> Beside {
    let notes = match (geometry.margin.is_empty(), geometry.foot_rows) {
        (false, _) => in_margin(paper, page, flow, geometry.margin.height.into()),
        (true, 1..) => at_foot(paper, page, flow, usize::from(geometry.foot_rows) - 1),
        _ => return Beside::default(),
    };
    let left_out = first_citations(paper, page).len() - notes.len();
    Beside { notes, left_out }
}

/// How many rows of the page stay for the text when the notes of just those rows stand at its
/// foot, as in print: each line brings its notes along.
pub(crate) fn rows_above_foot(
    paper: &Paper,
    page: &[SetRow],
    flow: &Flow,
    geometry: &Geometry,
) -> usize {
    let height = usize::from(geometry.text.height);
    let most = usize::from(geometry.foot_rows) - 1;
    let mut foot = 0;
    let mut cited = first_citations(paper, page).into_iter().peekable();
    for row in 0..page.len() {
        while let Some((_, note)) = cited.next_if(|&(cited_on, _)| cited_on == row) {
            let rows = paper
                .note(note)
                .map_or(0, |note| Sheet::of(note, flow).rows(0, most).len());
            foot = (foot + rows).min(most);
        }
        let line_above = usize::from(foot > 0);
        if row + 1 + foot + line_above > height {
            return row;
        }
    }
    height - foot - usize::from(foot > 0)
}

fn in_margin(paper: &Paper, page: &[SetRow], flow: &Flow, height: usize) -> Vec<Standing> {
    place(
        paper,
        first_citations(paper, page),
        flow,
        height,
        margin::arrange,
    )
}

/// At the foot notes follow one another, whatever line they belong to.
fn at_foot(paper: &Paper, page: &[SetRow], flow: &Flow, height: usize) -> Vec<Standing> {
    let cited = first_citations(paper, page).into_iter();
    let cited = cited.map(|(_, note)| (0, note)).collect();
    place(paper, cited, flow, height, margin::arrange_close)
}

/// Puts the notes, each with the row that it belongs to, where `arrange` says.
fn place(
    paper: &Paper,
    cited: Vec<(usize, NoteId)>,
    flow: &Flow,
    height: usize,
    arrange: impl Fn(&[Wanted], usize) -> Vec<Stands>,
) -> Vec<Standing> {
    let rows_of = |id: NoteId| {
        // One more than there can be room for, to know whether the note is cut.
        paper
            .note(id)
            .map_or_else(Vec::new, |note| Sheet::of(note, flow).rows(0, height + 1))
    };
    let notes: Vec<_> = cited
        .into_iter()
        .map(|(row, id)| (row, id, rows_of(id)))
        .collect();
    let wanted = notes.iter().map(|(row, _, rows)| Wanted {
        row: *row,
        rows: rows.len().max(1),
    });
    let stands = arrange(&wanted.collect::<Vec<_>>(), height);
    let placed = notes.into_iter().zip(stands);
    placed
        .map(|((_, note, mut rows), stands)| {
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

/// The notes whose markers the page shows, each once, with the row where it is first cited.
fn first_citations(paper: &Paper, page: &[SetRow]) -> Vec<(usize, NoteId)> {
    let mut found: Vec<(usize, NoteId)> = Vec::new();
    for (row, set) in page.iter().enumerate() {
        for note in notes_of(paper, set) {
            if !found.iter().any(|&(_, earlier)| earlier == note) {
                found.push((row, note));
            }
        }
    }
    found
}

/// The notes whose markers a row shows, in its order.
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
