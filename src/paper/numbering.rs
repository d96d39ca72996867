//! Which number a note has.

use std::collections::HashSet;

use super::notes::{NoteDraft, NoteDrafts, NoteOrigin};
use super::slug::SlugSet;
use super::{Block, Marker, NoteId, NoteNumber};

/// The notes in the order of their numbers.
#[derive(Debug)]
pub(super) struct Numbering {
    /// For each note its draft.
    pub(super) order: Vec<usize>,
    /// For each note its number.
    pub(super) numbers: Vec<NoteNumber>,
    /// For each draft the note that it has become, if it is one.
    notes: Vec<Option<NoteId>>,
    /// For each draft the draft that its markers cite: itself, but for an inline note whose whole
    /// text is the label of a defined note.
    cited: Vec<usize>,
}

impl Numbering {
    /// Numbers the notes, and gives a label to those that have none of their own.
    pub(super) fn new(notes: &mut NoteDrafts, body: &[Block]) -> Self {
        let cited = resolve(notes);
        let is_note = |draft: usize| cited.get(draft) == Some(&draft);
        let own = number_labels(notes, &is_note);
        let numbered = match own {
            Some(numbered) => numbered,
            None => {
                name(notes);
                let order = by_first_citation(&notes.drafts, body, &cited);
                number_runs(notes, &order).unwrap_or_else(|| {
                    let numbers = (1..=u32::MAX).map(NoteNumber::Number);
                    numbers.zip(order).collect()
                })
            }
        };
        let (numbers, order): (Vec<NoteNumber>, Vec<usize>) = numbered.into_iter().unzip();
        let mut ids = vec![None; notes.drafts.len()];
        for (note, draft) in order.iter().enumerate() {
            if let Some(id) = ids.get_mut(*draft) {
                *id = Some(NoteId(note));
            }
        }
        Numbering {
            order,
            numbers,
            notes: ids,
            cited,
        }
    }

    /// Makes a marker that cites a draft one that cites a note.
    pub(super) fn settle(&self, marker: &mut Marker) {
        let draft = self.cited.get(marker.note.0).copied();
        let note = draft.and_then(|draft| self.notes.get(draft).copied().flatten());
        let note = note.unwrap_or(NoteId(0));
        marker.note = note;
        let number = self.numbers.get(note.0).copied();
        marker.number = number.unwrap_or(NoteNumber::UNSETTLED);
    }
}

/// For each draft the one that its markers cite.
fn resolve(notes: &NoteDrafts) -> Vec<usize> {
    let drafts = notes.drafts.iter().enumerate();
    let cited = drafts.map(|(index, draft)| reference(notes, draft).unwrap_or(index));
    cited.collect()
}

/// The defined note whose label is the inline note's whole text.
fn reference(notes: &NoteDrafts, draft: &NoteDraft) -> Option<usize> {
    let (NoteOrigin::Inline, [block]) = (draft.origin, draft.blocks.as_slice()) else {
        return None;
    };
    let label = block.text.trim();
    let note = notes.labelled(label)?;
    let is_defined = notes.drafts.get(note)?.origin == NoteOrigin::Defined;
    (is_defined && block.markers.is_empty()).then_some(note)
}

/// The notes with their labels as their numbers, in order, if every label is a number, but for
/// those of authors, which are signs. A note that is defined again gets the next number, and it for
/// a label.
fn number_labels(
    notes: &mut NoteDrafts,
    is_note: &impl Fn(usize) -> bool,
) -> Option<Vec<(NoteNumber, usize)>> {
    let mut signs = Vec::new();
    let mut numbered = Vec::with_capacity(notes.drafts.len());
    let mut seen = HashSet::with_capacity(notes.drafts.len());
    let mut again = Vec::new();
    for (index, draft) in notes.drafts.iter().enumerate() {
        match draft.origin {
            NoteOrigin::DefinedAgain => again.push(index),
            NoteOrigin::Inline if is_note(index) => return None,
            NoteOrigin::Inline => {}
            NoteOrigin::Cited | NoteOrigin::Defined => {
                if let Some(sign) = NoteNumber::sign(&draft.label) {
                    signs.push((sign, index));
                    continue;
                }
                let number = number(&draft.label)?;
                seen.insert(number)
                    .then(|| numbered.push((number, index)))?;
            }
        }
    }
    let last = numbered.iter().map(|(number, _)| *number).max();
    let last = last.or((again.is_empty() && !signs.is_empty()).then_some(0))?;
    last.checked_add(u32::try_from(again.len()).ok()?)?;
    numbered.extend((last..).skip(1).zip(again));
    for (number, index) in &numbered {
        if let Some(draft) = notes.drafts.get_mut(*index)
            && draft.origin == NoteOrigin::DefinedAgain
        {
            draft.label = number.to_string();
        }
    }
    let numbered = numbered.into_iter();
    let numbered = numbered.map(|(number, index)| (NoteNumber::Number(number), index));
    let mut all: Vec<(NoteNumber, usize)> = signs.into_iter().chain(numbered).collect();
    all.sort_unstable();
    Some(all)
}

/// The notes in the order of their numbers where they are counted anew, as in each chapter, so that
/// a label may come again and has a number of its own behind it then (`3.2`). Those before the first
/// such place have their labels for numbers, and the others go on from there, so that where one is
/// missing its number stays free. Signs stay signs: one that comes again is the next that is free.
fn number_runs(notes: &NoteDrafts, order: &[usize]) -> Option<Vec<(NoteNumber, usize)>> {
    let mut signs = Vec::new();
    let mut numbered = Vec::with_capacity(order.len());
    let (mut before, mut largest, mut is_again) = (0_u32, 0_u32, false);
    // The numbers since notes were last counted anew: markers may stand out of order among them.
    let mut run = HashSet::new();
    for draft in order {
        let label = &notes.drafts.get(*draft)?.label;
        let (printed, again) = match label.split_once('.') {
            Some((printed, _)) => (printed, notes.labelled(printed).map(|_| true)?),
            None => (label.as_str(), false),
        };
        is_again |= again;
        if let Some(sign) = NoteNumber::sign(printed) {
            signs.push((sign, again, *draft));
            continue;
        }
        let printed = number(printed).filter(|printed| *printed > 0)?;
        if !run.insert(printed) {
            before = before.checked_add(largest)?;
            (run, largest) = (HashSet::from([printed]), 0);
        }
        largest = largest.max(printed);
        let number = NoteNumber::Number(before.checked_add(printed)?);
        numbered.push((number, *draft));
    }
    // Where signs are counted anew on each page, numbers tell more.
    if !is_again || numbered.is_empty() {
        return None;
    }
    numbered.extend(distinct(&signs)?);
    numbered.sort_unstable();
    Some(numbered)
}

/// Signs of which no two are the same, given whether each comes again, if there are so many.
fn distinct(signs: &[(NoteNumber, bool, usize)]) -> Option<Vec<(NoteNumber, usize)>> {
    let own = signs.iter().filter(|(_, again, _)| !again);
    let taken: HashSet<NoteNumber> = own.map(|(sign, ..)| *sign).collect();
    let mut free = NoteNumber::signs().filter(|sign| !taken.contains(sign));
    let signs = signs.iter().map(|(sign, again, draft)| {
        let sign = if *again { free.next()? } else { *sign };
        Some((sign, *draft))
    });
    signs.collect()
}

/// The number that a label is, written as a number is.
fn number(label: &str) -> Option<u32> {
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| label.parse().ok()).flatten()
}

/// Gives a label of their own to the notes that have none: inline ones, those that are defined
/// again, and those of whose label nothing can be seen.
fn name(notes: &mut NoteDrafts) {
    let mut names = SlugSet::default();
    for draft in &notes.drafts {
        if matches!(draft.origin, NoteOrigin::Cited | NoteOrigin::Defined) {
            names.reserve(&draft.label.to_lowercase());
        }
    }
    for draft in &mut notes.drafts {
        let wanted = match draft.origin {
            NoteOrigin::Inline => "inline".to_owned(),
            _ if draft.label.is_empty() => "unseen".to_owned(),
            NoteOrigin::DefinedAgain => draft.label.to_lowercase(),
            NoteOrigin::Cited | NoteOrigin::Defined => continue,
        };
        draft.label = names.claim(wanted);
    }
}

/// The notes as the paper cites them: first those of the body, each followed up later into the
/// notes that it cites itself, and those never cited at the end.
fn by_first_citation(drafts: &[NoteDraft], body: &[Block], cited: &[usize]) -> Vec<usize> {
    let mut order = NumberOrder {
        cited,
        is_met: vec![false; drafts.len()],
        order: Vec::with_capacity(drafts.len()),
    };
    order.meet_markers(body);
    let mut followed = 0;
    for uncited in 0..=drafts.len() {
        while let Some(draft) = order.order.get(followed).copied() {
            followed += 1;
            if let Some(draft) = drafts.get(draft) {
                order.meet_markers(&draft.blocks);
            }
        }
        if cited.get(uncited) == Some(&uncited) {
            order.meet(uncited);
        }
    }
    order.order
}

struct NumberOrder<'a> {
    cited: &'a [usize],
    is_met: Vec<bool>,
    order: Vec<usize>,
}

impl NumberOrder<'_> {
    fn meet_markers(&mut self, blocks: &[Block]) {
        for marker in blocks.iter().flat_map(|block| &block.markers) {
            if let Some(draft) = self.cited.get(marker.note.0) {
                self.meet(*draft);
            }
        }
    }

    fn meet(&mut self, draft: usize) {
        if let Some(is_met @ false) = self.is_met.get_mut(draft) {
            *is_met = true;
            self.order.push(draft);
        }
    }
}
