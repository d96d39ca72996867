//! The table of works on disk: each paper of the library as its files were when it was looked at last,
//! and an index of all their sources.

use std::ops::Range;
use std::path::PathBuf;

use super::CacheName;
use super::index::SourceIndex;
use super::seal::{
    MadeOf, Magic, body_of, is_whole, length, push_made_of, push_state, push_text, sum_up,
    take_length, take_made_of, take_state, take_text, take_u64,
};
use super::state::FileState;
use crate::shelf::{Origin, Timestamp};

/// What the table's file begins with; the figure is that of its form.
const MAGIC: &Magic = b"opcit\0w5";

/// What the table's file is called.
pub(super) const TABLE: &str = "works";

/// A paper in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableRow {
    /// The name of the file about it.
    pub(super) name: String,
    /// What state that was in; one that is not settled is none to go by.
    pub(super) shelf: FileState,
    pub(super) last_read: Option<Timestamp>,
    /// All places where it has stood.
    pub(super) places: Vec<Origin>,
    /// None of what it cites is in the index.
    pub(super) indexed: Option<IndexedSources>,
}

/// What the index has of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct IndexedSources {
    /// At which of its places the paper stood when it was read.
    pub(super) place: usize,
    /// Under what name its sources are cached.
    pub(super) cached: CacheName,
    pub(super) made_of: MadeOf,
    /// The numbers that its sources have.
    pub(super) numbers: Range<u32>,
}

impl TableRow {
    /// A paper of which nothing is known but the name of the file about it.
    pub(super) fn unknown(name: &str) -> Self {
        TableRow {
            name: name.to_owned(),
            shelf: FileState::UNKNOWN,
            last_read: None,
            places: Vec::new(),
            indexed: None,
        }
    }
}

/// The table's file: these rows, and the index that `push_index` writes.
pub(super) fn encode<'a>(
    rows: impl ExactSizeIterator<Item = &'a TableRow>,
    push_index: impl FnOnce(&mut Vec<u8>),
) -> Vec<u8> {
    let mut body = length(rows.len()).to_vec();
    let mut bytes = Vec::new();
    for row in rows {
        bytes.clear();
        push_row(row, &mut bytes);
        body.extend_from_slice(&length(bytes.len()));
        body.extend_from_slice(&bytes);
    }
    push_index(&mut body);
    sum_up(MAGIC, &body)
}

/// Where the rows are in a table, and its index; none if it is none of this form, or is not as it was
/// written.
pub(super) fn decode(bytes: Vec<u8>) -> Option<(Vec<Range<usize>>, SourceIndex)> {
    let mut body = body_of(MAGIC, &bytes).filter(|_| is_whole(&bytes))?;
    let count = take_length(&mut body)?;
    let rows = (0..count).map(|_| {
        let length = take_length(&mut body)?;
        let start = bytes.len() - body.len();
        body = body.get(length..)?;
        Some(start..start + length)
    });
    let rows = rows.collect::<Option<_>>()?;
    let from = bytes.len() - body.len();
    Some((rows, SourceIndex::decode(bytes, from)?))
}

fn push_row(row: &TableRow, body: &mut Vec<u8>) {
    push_text(&row.name, body);
    push_state(row.shelf, body);
    let last_read = row.last_read.map_or(i64::MIN, Timestamp::millis);
    body.extend_from_slice(&last_read.to_le_bytes());
    body.extend_from_slice(&length(row.places.len()));
    for place in &row.places {
        push_text(&place_text(place), body);
    }
    let Some(indexed) = &row.indexed else {
        body.extend_from_slice(&u64::MAX.to_le_bytes());
        return;
    };
    body.extend_from_slice(&length(indexed.place));
    body.extend_from_slice(&indexed.cached.0);
    push_made_of(&indexed.made_of, body);
    body.extend_from_slice(&indexed.numbers.start.to_le_bytes());
    body.extend_from_slice(&indexed.numbers.end.to_le_bytes());
}

/// A row, whose bytes these are; none if they are those of none.
pub(super) fn row(mut bytes: &[u8]) -> Option<TableRow> {
    let body = &mut bytes;
    let name = take_text(body)?;
    let shelf = take_state(body)?;
    let last_read = take_u64(body)?.cast_signed();
    let count = take_length(body)?;
    let places = (0..count).map(|_| take_text(body).map(|text| place_of(&text)));
    let places: Vec<Origin> = places.collect::<Option<_>>()?;
    let indexed = match take_u64(body)? {
        u64::MAX => None,
        place => Some(IndexedSources {
            place: usize::try_from(place).ok()?,
            cached: take_cached(body)?,
            made_of: take_made_of(body)?,
            numbers: take_numbers(body)?,
        }),
    };
    Some(TableRow {
        name,
        shelf,
        last_read: (last_read != i64::MIN).then(|| Timestamp::from_millis(last_read)),
        places,
        indexed,
    })
}

fn take_cached(body: &mut &[u8]) -> Option<CacheName> {
    let (name, rest) = body.split_first_chunk()?;
    *body = rest;
    Some(CacheName(*name))
}

fn take_numbers(body: &mut &[u8]) -> Option<Range<u32>> {
    let (numbers, rest) = body.split_first_chunk::<8>()?;
    *body = rest;
    let (start, end) = (numbers.first_chunk::<4>()?, numbers.last_chunk::<4>()?);
    Some(u32::from_le_bytes(*start)..u32::from_le_bytes(*end))
}

/// What the path of a file has before it as a place; the program itself is a place without.
const FILE: char = '=';

fn place_text(place: &Origin) -> String {
    match place {
        Origin::File(path) => format!("{FILE}{}", path.to_string_lossy()),
        Origin::Embedded | Origin::Elsewhere => String::new(),
    }
}

fn place_of(text: &str) -> Origin {
    match text.strip_prefix(FILE) {
        Some(path) => Origin::File(PathBuf::from(path)),
        None => Origin::Embedded,
    }
}
