//! Who rests on whom: mentions in running text, and the uses of each source.

use crate::paper::{Block, BlockId, Kind, Paper, Passage, Position, Section, Target};

use super::ahead;
use super::mention;
use super::notes::{NotesRead, lists};
use super::resolve;
use super::short::ShortForm;
use super::words::Words;
use super::{Mention, NoteSegment, Resolution, SourceId, Use, Why};
use crate::paper::NoteId;

/// The mentions in running text of which it is certain what they stand for.
pub(super) fn mentions(paper: &Paper, notes: &NotesRead) -> Vec<Mention> {
    let holds_notes = |section: &&Section| section.holds_notes;
    let notes_start = paper.sections.iter().find(holds_notes);
    let ends = notes_start
        .map(|section| section.blocks.start)
        .into_iter()
        .chain(lists(paper).first().map(|list| list.start));
    let body = ends.min().unwrap_or(paper.blocks.len());
    let mut is_of_note = vec![false; paper.blocks.len()];
    for note in &paper.notes {
        let blocks = is_of_note.get_mut(note.blocks.clone());
        blocks.into_iter().for_each(|blocks| blocks.fill(true));
    }
    ahead::in_halves(0..paper.blocks.len(), |blocks| {
        let here = blocks
            .clone()
            .zip(paper.blocks.get(blocks).unwrap_or_default())
            .filter(|(index, _)| is_of_note.get(*index) == Some(&false));
        here.flat_map(|(index, block)| mentions_in(notes, BlockId(index), block, index < body))
            .collect()
    })
}

/// Those in a block, in order. Where a link leads is certain anywhere; what words stand for is so
/// in the text alone, not in or behind a list of sources.
fn mentions_in(notes: &NotesRead, id: BlockId, block: &Block, is_in_body: bool) -> Vec<Mention> {
    if !block.is_authors() || notes.sources.is_empty() || notes.entries.contains_key(&id) {
        return Vec::new();
    }
    let linked = linked(notes, id, block);
    let is_read = matches!(
        block.kind,
        Kind::Paragraph | Kind::Heading(_) | Kind::Table(_)
    );
    if !is_in_body || !is_read || !mention::has_four_digits(&block.text) {
        return linked;
    }
    let links: Vec<_> = block.links.iter().map(|link| link.range.clone()).collect();
    let words = Words::read(&block.text, &[], &links);
    let forms = mention::find(&words, &(0..words.len()), &notes.phrases);
    let found = forms
        .iter()
        .filter_map(|form| certain(notes, &words, id, form));
    let is_free = |mention: &Mention| {
        let overlaps = |other: &Mention| {
            mention.passage.start < other.passage.end && other.passage.start < mention.passage.end
        };
        !linked.iter().any(overlaps)
    };
    let mut here: Vec<Mention> = found.filter(is_free).collect();
    here.extend(linked);
    here.sort_by_key(|mention| mention.passage.start);
    here
}

/// What a block's links to entries of the list of references stand for.
fn linked(notes: &NotesRead, id: BlockId, block: &Block) -> Vec<Mention> {
    let links = block.links.iter().filter_map(|link| {
        let Target::Place(place) = &link.target else {
            return None;
        };
        let source = *notes.entries.get(&place.block)?;
        let at = |offset| Position { block: id, offset };
        Some(Mention {
            passage: Passage {
                start: at(link.range.start),
                end: at(link.range.end),
            },
            sources: vec![source],
            why: Why::Linked,
        })
    });
    links.collect()
}

fn certain(
    notes: &NotesRead,
    words: &Words<'_>,
    block: BlockId,
    form: &ShortForm,
) -> Option<Mention> {
    let mut resolved = resolve::by_name(&notes.index, words, form);
    let (_, outcome) = resolved.pop().filter(|_| resolved.is_empty())?;
    let Resolution::Resolved { sources, why } = outcome else {
        return None;
    };
    let bytes = words.bytes(&form.words);
    let at = |offset| Position { block, offset };
    Some(Mention {
        passage: Passage {
            start: at(bytes.start),
            end: at(bytes.end),
        },
        sources,
        why,
    })
}

/// The uses of each source: notes in their order, then mentions.
pub(super) fn of_sources(notes: &NotesRead, mentions: &[Mention]) -> Vec<Vec<Use>> {
    let mut uses: Vec<Vec<Use>> = vec![Vec::new(); notes.sources.len()];
    let mut add = |source: &SourceId, used: Use| {
        if let Some(list) = uses.get_mut(source.0) {
            if list.is_empty() {
                // Most sources are used once, and a paper may have very many.
                list.reserve_exact(1);
            }
            list.push(used);
        }
    };
    for (index, parts) in notes.parts.iter().enumerate() {
        let note = NoteId(index);
        for part in parts {
            match part {
                NoteSegment::Full(source) => add(source, Use::Given(note)),
                NoteSegment::Short(short) => {
                    if let Resolution::Resolved { sources, .. } = &short.outcome {
                        for source in sources {
                            add(source, Use::Short(note, short.passage));
                        }
                    }
                }
                NoteSegment::Comment(_) => {}
            }
        }
    }
    for mention in mentions {
        for source in &mention.sources {
            add(source, Use::Mention(mention.passage));
        }
    }
    uses.iter_mut().for_each(Vec::shrink_to_fit);
    uses
}
