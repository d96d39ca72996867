//! Which notes may stand right before another: by number, by their markers in the text, and by
//! where they are written.

use crate::paper::Paper;

/// The notes that "ibid." may look back to.
#[derive(Debug, Default)]
pub(super) struct IbidOrder {
    /// For each note, the one whose marker comes before its own first marker.
    in_text: Vec<Option<usize>>,
    /// For each note whose label is a word, the one that is written before it.
    written: Vec<Option<usize>>,
}

impl IbidOrder {
    pub(super) fn new(paper: &Paper) -> IbidOrder {
        IbidOrder {
            in_text: in_text(paper),
            written: written(paper),
        }
    }

    /// What may stand right before a note, the likeliest first, each once; empty for the first.
    pub(super) fn before(&self, note: usize) -> Vec<usize> {
        let Some(above) = note.checked_sub(1) else {
            return Vec::new();
        };
        let said = |list: &[Option<usize>]| list.get(note).copied().flatten();
        let in_text = said(&self.in_text).unwrap_or(above);
        let mut before = vec![in_text];
        for other in [Some(above), said(&self.written)].into_iter().flatten() {
            if !before.contains(&other) {
                before.push(other);
            }
        }
        before
    }
}

fn in_text(paper: &Paper) -> Vec<Option<usize>> {
    let mut markers = Vec::new();
    for (index, note) in paper.notes.iter().enumerate() {
        markers.extend(note.cited_in.iter().map(|position| (*position, index)));
    }
    markers.sort_unstable();
    let mut before = vec![None; paper.notes.len()];
    let mut seen = vec![false; paper.notes.len()];
    let mut last = None;
    for (_, note) in markers {
        if let (Some(before), Some(seen)) = (before.get_mut(note), seen.get_mut(note))
            && !std::mem::replace(seen, true)
        {
            *before = last;
        }
        last = Some(note);
    }
    before
}

/// Numbers order notes whatever the place of their definitions; words do not.
fn written(paper: &Paper) -> Vec<Option<usize>> {
    let mut before = vec![None; paper.notes.len()];
    let mut lines: Vec<(u32, usize)> = Vec::new();
    for (index, note) in paper.notes.iter().enumerate() {
        lines.extend(note.location.line().map(|line| (line, index)));
    }
    lines.sort_unstable();
    for ((_, above), (_, note)) in lines.iter().zip(lines.iter().skip(1)) {
        let is_word = |at: &usize| {
            let note = paper.notes.get(*at);
            note.is_some_and(|note| note.label.parse::<u32>().is_err())
        };
        if let Some(before) = before.get_mut(*note).filter(|_| is_word(note)) {
            *before = Some(*above);
        }
    }
    before
}
