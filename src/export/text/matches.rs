//! What a search found, as text.

use std::io::{self, Write};

use crate::layout::typography::typeset_with_places;
use crate::layout::{QuotationMarks, ruler};
use crate::paper::{Paper, place_in_full};
use crate::search::{Match, context};

/// Columns that a match and the words around it have at least, however long it takes to say where
/// it stands.
const MIN_MATCH_COLUMNS: u16 = 40;

/// Columns that it takes at most to say where a match stands.
const MAX_PLACE_COLUMNS: u16 = 200;

/// Writes a line for each match, in the order given: where it stands, and as many of the words
/// around it as fit in so many columns. `lit` is what is written before a match and after it, so
/// that a terminal shows it apart.
///
/// # Errors
/// Those of `out`.
pub fn write_matches(
    paper: &Paper,
    matches: &[Match],
    columns: u16,
    lit: Option<(&str, &str)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let marks = QuotationMarks::for_paper(paper);
    for found in matches {
        let place = place_of(paper, found);
        let place = ruler::shorten_inside(&place, MAX_PLACE_COLUMNS);
        let taken = ruler::columns(&place).saturating_add(2);
        let room = columns.saturating_sub(taken).max(MIN_MATCH_COLUMNS);
        let context = context(paper, found.passage, room);
        let (before, hit, after) = (context.before, context.hit, context.after);
        let head = place.len() + ": ".len() + before.len();
        let hit_range = [head, head + hit.len()];
        let line = format!("{place}: {before}{hit}{after}");
        let (line, [start, end]) = typeset_with_places(&line, marks, hit_range);
        let parts = lit.and_then(|lit| {
            let (head, tail) = (line.get(..start)?, line.get(end..)?);
            Some((head, lit.0, line.get(start..end)?, lit.1, tail))
        });
        match parts {
            Some((head, on, hit, off, tail)) => writeln!(out, "{head}{on}{hit}{off}{tail}")?,
            None => writeln!(out, "{line}")?,
        }
    }
    Ok(())
}

/// `§ Introduction, ¶ 3`, or `note 8`.
fn place_of(paper: &Paper, found: &Match) -> String {
    if let Some(note) = found.in_note.and_then(|note| paper.note(note)) {
        return format!("note {}", note.number);
    }
    place_in_full(paper, found.passage.start.block).unwrap_or_default()
}
