//! The words for what rests on a source.

use crate::paper::{BlockId, NoteId, Paper, place_name};
use crate::sources::Use;

/// So many notes, and so many passages, are named; of the others only the number is told.
const MAX_NAMED_USES: usize = 50;

/// `notes 20, 21 · § Discussion, ¶ 3`: the notes that cite the source in short and the passages
/// that mention it, each once; empty if there are none.
pub(super) fn used_by(paper: &Paper, uses: &[Use]) -> String {
    let mut notes: Vec<NoteId> = Vec::new();
    let mut blocks: Vec<BlockId> = Vec::new();
    for used in uses {
        match used {
            Use::Given(_) => {}
            Use::Short(note, _) => notes.push(*note),
            Use::Mention(passage) => blocks.push(passage.start.block),
        }
    }
    notes.dedup();
    blocks.dedup();
    let numbers = notes.iter().filter_map(|id| paper.note(*id));
    let numbers = numbers.map(|note| note.number.to_string()).collect();
    let places = blocks
        .iter()
        .map(|block| place_name(paper, *block))
        .collect();
    let noun = if notes.len() == 1 { "note" } else { "notes" };
    let named = [
        (!notes.is_empty()).then(|| format!("{noun} {}", enumerated(numbers, ", "))),
        (!blocks.is_empty()).then(|| enumerated(places, " · ")),
    ];
    named.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn enumerated(mut names: Vec<String>, gap: &str) -> String {
    let more = names.len().saturating_sub(MAX_NAMED_USES);
    names.truncate(MAX_NAMED_USES);
    let names = names.join(gap);
    match more {
        0 => names,
        more => format!("{names} and {more} more"),
    }
}
