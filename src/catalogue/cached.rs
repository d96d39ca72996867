//! A paper's text as it is cached: what is scanned, then what a paper is made of to be searched.
//!
//! Behind its head the file has the sifted text, and packed what sifting lost and what the paper's
//! places are called by.

use std::ops::Range;

use flate2::Compression;
use serde::{Deserialize, Serialize};

use super::seal::{MadeOf, is_whole, length, open_sealed, pack, seal, take_length, unpack};
use crate::paper::{
    Block, BlockId, Kind, Note, NoteNumber, PageStart, Paper, Position, Section, SourceLocation,
    Span, Style, is_harmless, slug,
};
use crate::search::SiftedText;

/// What such a file begins with; the figure is that of its form.
const MAGIC: &[u8; 8] = b"opcit\0t2";

/// The most bytes that the packed part may have once it is unpacked. The few papers of which more is
/// told, such as those of a hundred million paragraphs, are read from their files.
const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// A cached text, read from its bytes as far as a scan needs.
#[derive(Debug)]
pub(super) struct CachedText<'a> {
    pub(super) made_of: MadeOf,
    /// The sifted text.
    pub(super) sifted: &'a [u8],
    packed: &'a [u8],
}

/// A block: its kind, the number of its paragraph, the bytes of its text, of which what opcit sets
/// itself has none; and what is raised or lowered in it.
type CachedBlock = (u8, u32, usize, Vec<(bool, usize, usize)>);

/// A section: its id, where that does not follow from the title; level; title, where it is not the
/// heading's text; blocks; and whether it holds the notes.
type CachedSection = (Option<String>, u8, Option<String>, Range<usize>, bool);

/// What is told about a paper beside its text.
#[derive(Serialize, Deserialize)]
struct CachedPlaces {
    title: String,
    blocks: Vec<CachedBlock>,
    sections: Vec<CachedSection>,
    /// Label, number, blocks.
    notes: Vec<(String, u32, Range<usize>)>,
    /// Label, block, and bytes into that.
    pages: Vec<(String, usize, usize)>,
}

/// A paper's text as it is cached.
pub(super) fn encode(paper: &Paper, made_of: &MadeOf) -> Vec<u8> {
    let sifted = SiftedText::new(paper);
    let mut rest = length(sifted.lost.len()).to_vec();
    rest.extend_from_slice(&sifted.lost);
    rest.extend(serde_json::to_vec(&CachedPlaces::new(paper)).unwrap_or_default());
    let packed = pack(&rest, Compression::default());
    let length = length(sifted.text.len());
    seal(
        MAGIC,
        made_of,
        &[&length, sifted.text.as_bytes(), packed.as_slice()],
    )
}

impl<'a> CachedText<'a> {
    /// Reads a file; none if it is none of this form, or is not as it was written.
    pub(super) fn decode(bytes: &'a [u8]) -> Option<Self> {
        let text = Self::decode_sound(bytes)?;
        is_whole(bytes).then_some(text)
    }

    /// The same of a file that is known to be sound.
    pub(super) fn decode_sound(bytes: &'a [u8]) -> Option<Self> {
        let (made_of, mut body) = open_sealed(MAGIC, bytes)?;
        let length = take_length(&mut body)?;
        let (sifted, packed) = body.split_at_checked(length)?;
        Some(CachedText {
            made_of,
            sifted,
            packed,
        })
    }

    /// The paper, as far as searching it and naming places in it needs: the author's words, without
    /// emphasis, markers and links. None if what is there is none that was made of a paper.
    pub(super) fn paper(&self) -> Option<Paper> {
        let unpacked = unpack(self.packed, MAX_UNPACKED_BYTES)?;
        let mut rest = unpacked.as_slice();
        let length = take_length(&mut rest)?;
        let (lost, places) = rest.split_at_checked(length)?;
        let text = SiftedText::restored(str::from_utf8(self.sifted).ok()?, lost)?;
        let places: CachedPlaces = serde_json::from_slice(places).ok()?;
        places.paper(&text).filter(is_sound)
    }
}

impl CachedPlaces {
    fn new(paper: &Paper) -> Self {
        let scripts = |block: &Block| {
            let scripts = block.spans.iter().filter(|span| span.style.is_script());
            let script = |span: &Span| {
                let is_raised = span.style == Style::Raised;
                (is_raised, span.range.start, span.range.end)
            };
            scripts.map(script).collect()
        };
        let blocks = paper.blocks.iter().map(|block| {
            let bytes = if block.is_authors() {
                block.text.len()
            } else {
                0
            };
            (code_of(&block.kind), block.paragraph, bytes, scripts(block))
        });
        let sections = paper.sections.iter().map(|section| {
            let Section { id, title, .. } = section.clone();
            let blocks = section.blocks.clone();
            let heading = paper.blocks.get(blocks.start);
            let is_heading = heading.is_some_and(|heading| heading.text == title);
            let id = Some(id).filter(|id| *id != slug(&title));
            let title = Some(title).filter(|_| !is_heading);
            (id, section.level, title, blocks, section.holds_notes)
        });
        let notes = paper.notes.iter();
        let notes = notes.map(|note| {
            // A sign is its label.
            let number = note.number.number().unwrap_or(0);
            (note.label.clone(), number, note.blocks.clone())
        });
        let pages = paper.pages.iter().map(|page| {
            let Position { block, offset } = page.position;
            (page.label.clone(), block.0, offset)
        });
        CachedPlaces {
            title: paper.title.clone(),
            blocks: blocks.collect(),
            sections: sections.collect(),
            notes: notes.collect(),
            pages: pages.collect(),
        }
    }

    fn paper(self, text: &str) -> Option<Paper> {
        let (mut blocks, mut start) = (Vec::with_capacity(self.blocks.len()), 0_usize);
        for (kind, paragraph, bytes, scripts) in self.blocks {
            let spans = scripts.into_iter().map(|(is_raised, start, end)| Span {
                range: start..end,
                style: if is_raised {
                    Style::Raised
                } else {
                    Style::Lowered
                },
            });
            blocks.push(Block {
                kind: kind_of(kind)?,
                text: text.get(start..start.checked_add(bytes)?)?.to_owned(),
                nesting: Vec::new(),
                spans: spans.collect(),
                links: Vec::new(),
                markers: Vec::new(),
                tight: false,
                paragraph,
                start,
                location: SourceLocation::Unknown,
            });
            start += bytes + 1;
        }
        let sections = self.sections.into_iter();
        let sections = sections.map(|(id, level, title, range, holds_notes)| {
            let heading = blocks.get(range.start).map(|block| block.text.clone());
            let title = title.or(heading).unwrap_or_default();
            Section {
                id: id.unwrap_or_else(|| slug(&title)),
                level,
                title,
                blocks: range,
                holds_notes,
            }
        });
        let sections = sections.collect();
        let notes = self.notes.into_iter().map(|(label, number, blocks)| Note {
            number: match number {
                0 => NoteNumber::sign(&label).unwrap_or(NoteNumber::UNSETTLED),
                number => NoteNumber::Number(number),
            },
            label,
            blocks,
            cited_in: Vec::new(),
            location: SourceLocation::Unknown,
        });
        let pages = self
            .pages
            .into_iter()
            .map(|(label, block, offset)| PageStart {
                label,
                position: Position {
                    block: BlockId(block),
                    offset,
                },
                sheet: None,
            });
        Some(Paper {
            title: self.title,
            blocks,
            sections,
            notes: notes.collect(),
            pages: pages.collect(),
            ..Paper::default()
        })
    }
}

/// Which kinds are told apart: the author's words from others, and headings from text.
fn code_of(kind: &Kind) -> u8 {
    match kind {
        Kind::Heading(level) => *level,
        Kind::Title | Kind::Imprint | Kind::Backlinks => 7,
        _ => 0,
    }
}

fn kind_of(code: u8) -> Option<Kind> {
    Some(match code {
        0 => Kind::Paragraph,
        7 => Kind::Imprint,
        level @ 1..=6 => Kind::Heading(level),
        _ => return None,
    })
}

/// Whether all places are within the text, and no string acts on a terminal: anybody may have
/// written the file.
fn is_sound(paper: &Paper) -> bool {
    let blocks = paper.blocks.len();
    let within = |range: &Range<usize>| range.start <= range.end && range.end <= blocks;
    let are_styled = paper.blocks.iter().all(|block| {
        let mut spans = block.spans.iter();
        spans.all(|span| block.text.get(span.range.clone()).is_some())
    });
    let is_place = |place: Position| {
        let block = paper.block(place.block);
        block.is_some_and(|block| block.text.is_char_boundary(place.offset))
    };
    let texts = paper.blocks.iter().map(|block| &block.text);
    let sections = paper.sections.iter();
    let names = sections
        .flat_map(|section| [&section.id, &section.title])
        .chain(paper.notes.iter().map(|note| &note.label))
        .chain(paper.pages.iter().map(|page| &page.label))
        .chain([&paper.title]);
    are_styled
        && paper.sections.iter().all(|section| within(&section.blocks))
        && paper.notes.iter().all(|note| within(&note.blocks))
        && paper.pages.iter().all(|page| is_place(page.position))
        && texts.chain(names).all(|text| is_harmless(text))
}
