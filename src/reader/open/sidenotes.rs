//! The notes of the lines in sight, shown without having been asked for: in the margin, or at the
//! foot of the page.

mod margin;

use self::margin::{MarginRequest, MarginSlot};
use super::annotations::KeptKey;
use super::layout_cache::{LaidOutRow, LayoutCache};
use super::note_view::{NoteLine, NoteRow, NoteView};
use super::own_notes::OwnNotes;
use super::source_comments::{self, Density};
use crate::layout::Part;
use crate::paper::{NoteId, Paper};
use crate::reader::draw::geometry::Geometry;
use crate::reader::elsewhere::CitedElsewhere;
use crate::reader::open::view::ColumnRows;
use crate::reader::overlays::note::popup::PopupContent;
use crate::sources::Sources;

/// Notes in their places.
#[derive(Debug, Default)]
pub(crate) struct Sidenotes {
    /// Those of each column of the text, in reading order.
    pub(crate) columns: [ColumnNotes; 2],
    /// The open note, if the margin shows all of it.
    pub(crate) open: Option<PopupContent>,
}

/// The notes of a column of the text. Rows count from the top of the margin or of the foot.
#[derive(Debug, Default)]
pub(crate) struct ColumnNotes {
    pub(crate) notes: Vec<PlacedNote>,
    /// How many more find no room at all.
    pub(crate) left_out: usize,
}

impl Sidenotes {
    /// All that are shown.
    pub(crate) fn notes(&self) -> impl Iterator<Item = &PlacedNote> {
        self.columns.iter().flat_map(|column| &column.notes)
    }
}

/// A note in its place.
#[derive(Debug)]
pub(crate) struct PlacedNote {
    /// A note of the author's or of the reader's.
    pub(crate) note: PopupContent,
    pub(crate) row: usize,
    pub(crate) rows: Vec<NoteRow>,
    /// Whether there was no room for the whole note.
    pub(crate) is_cut: bool,
}

/// What the notes of a page are made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageNotes<'a> {
    pub(crate) paper: &'a Paper,
    /// None until they have been read.
    pub(crate) sources: Option<&'a Sources>,
    pub(crate) elsewhere: Option<&'a CitedElsewhere>,
    pub(crate) own: &'a OwnNotes,
    pub(crate) flow: &'a LayoutCache,
    /// The note that the reader is at: whole before the others are.
    pub(crate) read: Option<PopupContent>,
    /// The note that is open, to be shown with what an open note shows beneath it.
    pub(crate) open: Option<PopupContent>,
}

impl PageNotes<'_> {
    /// Up to so many rows of a note with what its short citations stand for.
    fn rows(self, step: PopupContent, rows: usize) -> Vec<NoteRow> {
        match step {
            PopupContent::Own(key) => {
                let view = self
                    .own
                    .on(key)
                    .map(|note| NoteView::for_own(note, self.flow));
                let rows = view.map(|view| view.rows(NoteLine::default(), rows));
                rows.unwrap_or_default()
            }
            PopupContent::Note(note) | PopupContent::Source(note, _) => {
                self.rows_of_authors(note, rows)
            }
            PopupContent::Mention(_) => Vec::new(),
        }
    }

    fn rows_of_authors(self, id: NoteId, rows: usize) -> Vec<NoteRow> {
        let Some(note) = self.paper.note(id) else {
            return Vec::new();
        };
        let mut comments = match self.sources {
            Some(sources) => source_comments::answers(self.paper, sources, id, Density::Beside),
            None => Vec::new(),
        };
        let view = if self.open == Some(PopupContent::Note(id)) {
            let (paper, elsewhere) = (self.paper, self.elsewhere);
            let uses = self
                .sources
                .map(|sources| source_comments::uses(paper, sources, elsewhere, id));
            comments.extend(uses.into_iter().flatten());
            NoteView::with_backlinks(note, comments, self.flow)
        } else {
            NoteView::for_note(note, comments, self.flow)
        };
        view.rows(NoteLine::default(), rows)
    }
}

/// Places the notes of a page in the margin or at the foot, whichever the geometry has. An open
/// note is shown as one if the margin has room for all of it.
pub(crate) fn compose(
    notes: PageNotes,
    page: [&[LaidOutRow]; 2],
    geometry: &Geometry,
) -> Sidenotes {
    let closed = PageNotes {
        open: None,
        ..notes
    };
    let Some(open) = notes.open.filter(|_| !geometry.margin.is_empty()) else {
        return compose_page(closed, page, geometry);
    };
    let mut beside = compose_page(notes, page, geometry);
    let is_whole = |note: &PlacedNote| note.note == open && !note.is_cut;
    if beside.notes().any(is_whole) {
        beside.open = Some(open);
        return beside;
    }
    compose_page(closed, page, geometry)
}

fn compose_page(notes: PageNotes, page: [&[LaidOutRow]; 2], geometry: &Geometry) -> Sidenotes {
    let compose = |cited: Vec<(usize, PopupContent)>| {
        let all = cited.len();
        let height = usize::from(geometry.margin.height);
        let standing = match (geometry.margin.is_empty(), geometry.foot_rows) {
            (false, _) => match in_margin(notes, cited.clone(), height) {
                standing if standing.len() == all => standing,
                // The last row says how many there are more.
                _ => in_margin(notes, cited, height.saturating_sub(1)),
            },
            (true, foot_rows) => at_foot(notes, cited, usize::from(foot_rows).saturating_sub(1)),
        };
        ColumnNotes {
            left_out: all - standing.len(),
            notes: standing,
        }
    };
    let [first, second] = first_citations(notes, page);
    Sidenotes {
        columns: [compose(first), compose(second)],
        open: None,
    }
}

/// How many rows of each column stay for the text when the notes of just those rows stand at its
/// foot, as in print: each line brings its notes along.
pub(crate) fn rows_above_foot(
    notes: PageNotes,
    page: [&[LaidOutRow]; 2],
    geometry: &Geometry,
) -> ColumnRows {
    let height = usize::from(geometry.text.height);
    let most = usize::from(geometry.foot_rows) - 1;
    let above_foot = |rows: usize, cited: Vec<(usize, PopupContent)>| {
        let mut foot = 0;
        let mut cited = cited.into_iter().peekable();
        for row in 0..rows {
            while let Some((_, note)) = cited.next_if(|&(cited_on, _)| cited_on == row) {
                foot = (foot + notes.rows(note, most).len()).min(most);
            }
            let line_above = usize::from(foot > 0);
            if row + 1 + foot + line_above > height {
                return row;
            }
        }
        height - foot - usize::from(foot > 0)
    };
    let [first, second] = first_citations(notes, page);
    let [in_first, in_second] = page.map(<[LaidOutRow]>::len);
    ColumnRows {
        first: above_foot(in_first, first),
        second: above_foot(in_second, second),
    }
}

fn in_margin(
    notes: PageNotes,
    cited: Vec<(usize, PopupContent)>,
    height: usize,
) -> Vec<PlacedNote> {
    place(notes, cited, height, margin::arrange)
}

/// At the foot notes follow one another, whatever line they belong to.
fn at_foot(notes: PageNotes, cited: Vec<(usize, PopupContent)>, height: usize) -> Vec<PlacedNote> {
    let cited = cited.into_iter().map(|(_, note)| (0, note)).collect();
    place(notes, cited, height, margin::arrange_close)
}

/// Puts the notes, each with the row that it belongs to, where `arrange` says.
fn place(
    notes: PageNotes,
    cited: Vec<(usize, PopupContent)>,
    height: usize,
    arrange: impl Fn(&[MarginRequest], usize) -> Vec<Option<MarginSlot>>,
) -> Vec<PlacedNote> {
    // One more row than there can be room for, to know whether the note is cut.
    let views: Vec<_> = cited
        .into_iter()
        .map(|(row, id)| (row, id, notes.rows(id, height + 1)))
        .collect();
    let wanted = views.iter().map(|(row, id, rows)| MarginRequest {
        row: *row,
        rows: rows.len().max(1),
        is_read: notes.read == Some(*id),
    });
    let stands = arrange(&wanted.collect::<Vec<_>>(), height);
    let placed = views.into_iter().zip(stands);
    placed
        .filter_map(|((_, note, mut rows), stands)| {
            let stands = stands?;
            let is_cut = rows.len() > stands.rows;
            rows.truncate(stands.rows);
            Some(PlacedNote {
                note,
                row: stands.row,
                rows,
                is_cut,
            })
        })
        .collect()
}

/// The notes whose markers the columns of a page show, each once, with the row where it is first
/// cited.
fn first_citations(notes: PageNotes, page: [&[LaidOutRow]; 2]) -> [Vec<(usize, PopupContent)>; 2] {
    let mut found: Vec<PopupContent> = Vec::new();
    page.map(|column| {
        let rows = column.iter().enumerate();
        let cited = rows.flat_map(|(row, set)| {
            let notes = notes_of(notes, set).into_iter();
            notes.map(move |note| (row, note))
        });
        let mut here = Vec::new();
        for (row, note) in cited {
            if !found.contains(&note) {
                found.push(note);
                here.push((row, note));
            }
        }
        here
    })
}

/// The notes whose markers a row shows, in its order.
fn notes_of(notes: PageNotes, set: &LaidOutRow) -> Vec<PopupContent> {
    let Some(block) = notes.paper.block(set.row.block) else {
        return Vec::new();
    };
    let runs = set.line().into_iter().flat_map(|line| &line.runs);
    let markers = runs.filter_map(|run| match run.role.part {
        Part::Marker(index) => block
            .markers
            .get(index)
            .map(|it| PopupContent::Note(it.note)),
        Part::OwnMark(key) => Some(PopupContent::Own(notes.own.on(KeptKey(key))?.key)),
        _ => None,
    });
    markers.collect()
}
