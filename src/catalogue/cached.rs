//! A paper's text as it is cached: what is scanned, then what a paper is made of to be searched.
//!
//! The file has a head of fixed length, the sifted text, and behind it, packed, what sifting lost
//! and what the paper's places are called by. A sum over all of it tells a file that is broken.

use std::io::{Read, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};

use super::FileState;
use crate::paper::{
    Block, BlockId, Kind, Note, PageStart, Paper, Position, Section, SourceLocation, Span, Style,
    slug,
};
use crate::search::SiftedText;

/// What such a file begins with; the figure is that of its form.
const MAGIC: &[u8; 8] = b"opcit\0t1";

/// The most bytes that the packed part may have once it is unpacked: a paper has at most 256 MiB,
/// and what is lost of it and told about it takes less than twice as much.
const MAX_UNPACKED_BYTES: u64 = 1 << 30;

/// A cached text, read from its bytes as far as a scan needs.
#[derive(Debug)]
pub(super) struct CachedText<'a> {
    /// The state that the paper's file was in.
    pub(super) state: FileState,
    /// In what way it was read.
    pub(super) how: u64,
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
pub(super) fn encode(paper: &Paper, state: FileState, how: u64) -> Vec<u8> {
    let sifted = SiftedText::of(paper);
    let places = serde_json::to_vec(&CachedPlaces::of(paper)).unwrap_or_default();
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    let lost = &sifted.lost;
    // Memory takes all that is written.
    let _ = packed.write_all(&length(lost.len()));
    let _ = packed.write_all(lost);
    let _ = packed.write_all(&places);
    let packed = packed.finish().unwrap_or_default();

    let mut body = Vec::with_capacity(40 + sifted.text.len() + packed.len());
    for number in [state.modified_nanos, state.bytes, state.inode, how] {
        body.extend_from_slice(&number.to_le_bytes());
    }
    body.extend_from_slice(&length(sifted.text.len()));
    body.extend_from_slice(sifted.text.as_bytes());
    body.extend_from_slice(&packed);
    let mut bytes = Vec::with_capacity(MAGIC.len() + 4 + body.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&crc32fast::hash(&body).to_le_bytes());
    bytes.extend_from_slice(&body);
    bytes
}

fn length(bytes: usize) -> [u8; 8] {
    u64::try_from(bytes).unwrap_or(u64::MAX).to_le_bytes()
}

fn take_u64(bytes: &mut &[u8]) -> Option<u64> {
    let (number, rest) = bytes.split_first_chunk::<8>()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*number))
}

fn take_length(bytes: &mut &[u8]) -> Option<usize> {
    usize::try_from(take_u64(bytes)?).ok()
}

impl<'a> CachedText<'a> {
    /// Reads a file; none if it is none of this form, or is not as it was written.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let (sum, body) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let is_sound = crc32fast::hash(body) == u32::from_le_bytes(*sum);
        Self::of_sound(bytes).filter(|_| is_sound)
    }

    /// The same of a file that is known to be sound.
    pub(super) fn of_sound(bytes: &'a [u8]) -> Option<Self> {
        let (_, mut body) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let state = FileState {
            modified_nanos: take_u64(&mut body)?,
            bytes: take_u64(&mut body)?,
            inode: take_u64(&mut body)?,
        };
        let how = take_u64(&mut body)?;
        let length = take_length(&mut body)?;
        let (sifted, packed) = body.split_at_checked(length)?;
        Some(CachedText {
            state,
            how,
            sifted,
            packed,
        })
    }

    /// The paper, as far as searching it and naming places in it needs: the author's words, without
    /// emphasis, markers and links.
    pub(super) fn paper(&self) -> Option<Paper> {
        let mut unpacked = Vec::new();
        let mut packed = DeflateDecoder::new(self.packed).take(MAX_UNPACKED_BYTES);
        packed.read_to_end(&mut unpacked).ok()?;
        let mut rest = unpacked.as_slice();
        let length = take_length(&mut rest)?;
        let (lost, places) = rest.split_at_checked(length)?;
        let text = SiftedText::restored(str::from_utf8(self.sifted).ok()?, lost)?;
        let places: CachedPlaces = serde_json::from_slice(places).ok()?;
        places.paper(&text)
    }
}

impl CachedPlaces {
    fn of(paper: &Paper) -> Self {
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
        let notes = notes.map(|note| (note.label.clone(), note.number, note.blocks.clone()));
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
        let (mut blocks, mut start) = (Vec::with_capacity(self.blocks.len()), 0);
        for (kind, paragraph, bytes, scripts) in self.blocks {
            let spans = scripts.into_iter().map(|(is_raised, start, end)| Span {
                range: start..end,
                style: match is_raised {
                    true => Style::Raised,
                    false => Style::Lowered,
                },
            });
            blocks.push(Block {
                kind: kind_of(kind),
                text: text.get(start..start + bytes)?.to_owned(),
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
            label,
            number,
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

fn kind_of(code: u8) -> Kind {
    match code {
        0 => Kind::Paragraph,
        7 => Kind::Imprint,
        level => Kind::Heading(level),
    }
}
