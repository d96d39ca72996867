//! The reader's own notes as notes of the paper: each with a mark at the end of its passage, and
//! with its words set as Markdown.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::annotations::KeptKey;
use crate::formats::markdown;
use crate::layout::{OwnMark, mark_of};
use crate::paper::{
    Block, BlockId, Bullet, Composed, Kind, Metadata, Nest, Note, NoteNumber, Paper, Passage,
    Position, SourceLocation,
};
use crate::search::{Query, find};
use crate::shelf::{Annotation, AnnotationId};

/// Headings in a note are set as small ones.
const LOWEST_HEADING: u8 = 3;

/// All that the reader has written about the paper, in its order; what is lost comes last.
#[derive(Debug, Clone, Default)]
pub(crate) struct OwnNotes {
    notes: Arc<[OwnNote]>,
    /// Where each is among them.
    by_key: Arc<HashMap<KeptKey, usize>>,
    marks: Arc<OwnMarks>,
    /// A paper of nothing but these notes, made when it is searched.
    paper: Arc<OnceLock<Paper>>,
}

/// A note of the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnNote {
    pub(crate) key: KeptKey,
    pub(crate) annotation: AnnotationId,
    /// Its mark, as ᵃ; empty if its passage is lost.
    pub(crate) mark: String,
    /// The end of its passage, where the mark is; none if that is lost.
    pub(crate) place: Option<Position>,
    /// As it was written.
    pub(crate) text: String,
    /// The first of its blocks in the paper of all notes.
    pub(crate) first: BlockId,
    /// As it is set, but for its mark.
    blocks: Arc<[Block]>,
}

/// Words of a note of the reader's that were searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OwnMatch {
    pub(crate) key: KeptKey,
    /// Where they are in the paper of all notes.
    pub(crate) passage: Passage,
    /// Where the note's mark is in the author's.
    pub(crate) place: Position,
}

/// The marks of a paper, by block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OwnMarks(BTreeMap<BlockId, Vec<OwnMark>>);

/// All else follows from the notes.
impl PartialEq for OwnNotes {
    fn eq(&self, other: &Self) -> bool {
        self.notes == other.notes
    }
}

impl Eq for OwnNotes {}

impl OwnNotes {
    /// The notes among annotations. What was set of them before is not set again.
    pub(crate) fn new<'a>(
        paper: &Paper,
        annotations: impl Iterator<Item = &'a Annotation>,
        before: &OwnNotes,
    ) -> Self {
        let before = before.iter().map(|note| (note.key, note));
        let before: HashMap<KeptKey, &OwnNote> = before.collect();
        let written = annotations.filter(|annotation| !annotation.note.trim().is_empty());
        let mut notes: Vec<OwnNote> = written
            .map(|one| OwnNote::new(paper, one, &before))
            .collect();
        // One that ends later stands later, wherever it begins.
        notes.sort_by_key(|note| (note.place.is_none(), note.place));
        let mut blocks = 0;
        for (number, note) in notes.iter_mut().enumerate() {
            note.first = BlockId(blocks);
            blocks += note.blocks.len();
            if note.place.is_some() {
                note.mark = mark_of(number);
            }
        }
        OwnNotes {
            marks: Arc::new(OwnMarks::new(&notes)),
            paper: Arc::default(),
            by_key: Arc::new(notes.iter().map(|note| note.key).zip(0..).collect()),
            notes: notes.into(),
        }
    }

    pub(crate) fn marks(&self) -> &Arc<OwnMarks> {
        &self.marks
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &OwnNote> {
        self.notes.iter()
    }

    /// The paper of all notes.
    pub(crate) fn paper(&self) -> &Paper {
        self.paper.get_or_init(|| paper_of(&self.notes))
    }

    /// What is found in the notes that have a place in the paper, in the order of these places.
    pub(crate) fn find(&self, query: Query) -> Vec<OwnMatch> {
        let found = find(self.paper(), query).into_iter();
        let found = found.filter_map(|found| {
            let note = self.notes.get(found.in_note?.0)?;
            Some(OwnMatch {
                key: note.key,
                passage: found.passage,
                place: note.place?,
            })
        });
        found.collect()
    }

    /// The note on an annotation.
    pub(crate) fn on(&self, key: KeptKey) -> Option<&OwnNote> {
        self.notes.get(*self.by_key.get(&key)?)
    }
}

impl OwnNote {
    fn new(paper: &Paper, annotation: &Annotation, before: &HashMap<KeptKey, &OwnNote>) -> Self {
        let key = KeptKey::new(&annotation.id);
        let same = before.get(&key).filter(|it| it.text == annotation.note);
        OwnNote {
            key,
            annotation: annotation.id.clone(),
            mark: String::new(),
            place: end_of(paper, annotation),
            text: annotation.note.clone(),
            first: BlockId::default(),
            blocks: match same {
                Some(same) => Arc::clone(&same.blocks),
                None => blocks_of(&annotation.note).into(),
            },
        }
    }

    /// Its blocks, the mark beside the first.
    pub(crate) fn marked_blocks(&self) -> impl Iterator<Item = Block> {
        let mark = Some(&self.mark).filter(|mark| !mark.is_empty());
        let mut bullet = mark.map(|mark| Bullet::Label(mark.as_str().into()));
        self.blocks.iter().cloned().map(move |mut block| {
            if let Some(nest) = block.nesting.first_mut() {
                let bullet = bullet.take();
                *nest = Nest::Item { bullet };
            }
            block
        })
    }
}

impl OwnMarks {
    fn new(notes: &[OwnNote]) -> Self {
        let mut marks: BTreeMap<BlockId, Vec<OwnMark>> = BTreeMap::new();
        for (number, note) in notes.iter().enumerate() {
            if let Some(place) = note.place {
                marks.entry(place.block).or_default().push(OwnMark {
                    offset: place.offset,
                    number,
                    key: note.key.0,
                });
            }
        }
        OwnMarks(marks)
    }

    /// The marks in a block, by offset.
    pub(crate) fn in_block(&self, block: BlockId) -> &[OwnMark] {
        self.0.get(&block).map_or(&[], Vec::as_slice)
    }

    /// The blocks that have marks here or there, and not the same.
    pub(crate) fn differing(&self, other: &OwnMarks) -> Vec<BlockId> {
        let all = self.0.keys().chain(other.0.keys());
        let differ = all.filter(|&&block| self.in_block(block) != other.in_block(block));
        differ.copied().collect()
    }
}

/// Where the passage ends: in the block of its last words, and for a bookmark, which is on a
/// paragraph, at that one's end.
fn end_of(paper: &Paper, annotation: &Annotation) -> Option<Position> {
    let passage = annotation.found.passage()?;
    if !annotation.kind.is_on_passage() {
        return Some(paper.whole(passage.start.block).end);
    }
    let mut end = passage.end;
    while end.offset == 0 && end.block > passage.start.block {
        end = paper.whole(BlockId(end.block.0 - 1)).end;
    }
    Some(end)
}

/// A note's words as Markdown. What that would hide, such as metadata, is set as it was typed.
fn blocks_of(text: &str) -> Vec<Block> {
    let read = markdown::parse(text).paper;
    let mut blocks: Vec<Block> = if read.metadata == Metadata::default() {
        read.blocks
    } else {
        Vec::new()
    };
    blocks.retain(Block::is_authors);
    if blocks.iter().all(|block| block.text.is_empty()) {
        blocks = text.lines().map(plain).collect();
    }
    for (index, block) in blocks.iter_mut().enumerate() {
        block.nesting.insert(0, Nest::Item { bullet: None });
        block.nesting.truncate(Block::MAX_DEPTH);
        block.tight |= index == 0;
        if let Kind::Heading(level) = &mut block.kind {
            *level = (*level).max(LOWEST_HEADING);
        }
    }
    blocks
}

/// The notes as the notes of a paper of their own, in their order.
fn paper_of(notes: &[OwnNote]) -> Paper {
    let mut paper = Paper::default();
    let mut start = 0;
    for (note, number) in notes.iter().zip(1..) {
        let first = paper.blocks.len();
        for block in note.blocks.iter() {
            let mut block = block.clone();
            block.start = start;
            start += block.text.len() + 1;
            paper.blocks.push(block);
        }
        paper.notes.push(Note {
            label: note.mark.clone(),
            number: NoteNumber::Number(number),
            blocks: first..paper.blocks.len(),
            cited_in: Vec::new(),
            location: SourceLocation::Unknown,
        });
    }
    paper
}

/// A line as a paragraph.
fn plain(line: &str) -> Block {
    let mut composed = Composed::default();
    composed.push(line);
    composed.into_block(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The blocks of a note with this text, as kind and text.
    fn set(text: &str) -> Vec<String> {
        let blocks = blocks_of(text).into_iter();
        let shown = blocks.map(|block| format!("{}: {}", block.kind_name(), block.text));
        shown.collect()
    }

    #[test]
    fn a_note_is_set_as_markdown_and_none_of_its_words_are_hidden() {
        assert_eq!(set("*Is* it?"), ["paragraph: Is it?"]);
        assert_eq!(
            set("# Why\n\n- one\n- two"),
            ["heading: Why", "item: one", "item: two"]
        );
        assert_eq!(
            set("---\ntitle: x\n---"),
            ["paragraph: ---", "paragraph: title: x", "paragraph: ---"]
        );
        assert_eq!(set("<!-- hm -->"), ["paragraph: <!-- hm -->"]);
        assert_eq!(set("[x]: http://a.b"), ["paragraph: [x]: http://a.b"]);
    }
}
