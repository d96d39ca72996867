//! opcit reads footnoted papers: the program shows them in the terminal, and this library is what
//! it is made of. With `default-features = false` there is no terminal and no command line in it.
//!
//! # Reading a paper
//!
//! [`formats::read`] takes the bytes of a file in any format; the paper has blocks of plain text,
//! and notes that know where they are cited. Nothing that a file says makes it fail.
//!
//! ```
//! use opcit::formats::{ReadOptions, read};
//!
//! let file = b"Nobody keeps a line number.[^1]\n\n[^1]: Ann Smith, *On Keeping* (2019).\n";
//! let paper = read(file, &ReadOptions::default())?.paper;
//! let note = &paper.notes[0];
//! assert_eq!(note.label, "1");
//! assert_eq!(paper.blocks[note.cited_in[0].block.0].text, "Nobody keeps a line number.");
//! # Ok::<(), opcit::formats::Refusal>(())
//! ```
//!
//! # What short citations stand for
//!
//! [`sources::Sources`] reads the notes of a paper. A short citation is answered for certain or not
//! at all.
//!
//! ```
//! use opcit::formats::{ReadOptions, read};
//! use opcit::paper::NoteId;
//! use opcit::sources::Sources;
//!
//! let file = b"One.[^1] Two.[^2]\n\n\
//!     [^1]: Ann Smith, *On Keeping* (Oxford: OUP, 2019), p. 12.\n\
//!     [^2]: Smith, op. cit., p. 14.\n";
//! let paper = read(file, &ReadOptions::default())?.paper;
//! let sources = Sources::read(&paper);
//! let meant = sources.refers_to(NoteId(1))[0];
//! assert_eq!(sources.get(meant).map(|source| source.title.as_str()), Some("On Keeping"));
//! # Ok::<(), opcit::formats::Refusal>(())
//! ```
//!
//! # A quotation in a changed text
//!
//! A [`shelf::Anchor`] holds a passage by its words. Where they are in another version is exact,
//! moved, unsure or lost, and never a wrong place that is called sure.
//!
//! ```
//! use opcit::formats::{ReadOptions, read};
//! use opcit::paper::{BlockId, Passage, Position};
//! use opcit::shelf::{Anchor, AnchorText, find};
//!
//! let before = read(b"First.\n\nNobody keeps a line number.\n", &ReadOptions::default())?.paper;
//! // The title page, which opcit makes, is block 0.
//! let block = BlockId(2);
//! let passage = Passage {
//!     start: Position::start_of(block),
//!     end: Position { block, offset: before.blocks[2].text.len() },
//! };
//! let anchor = Anchor::over(&AnchorText::new(&before), passage);
//!
//! let edited = b"First.\n\nA new paragraph.\n\nNobody keeps a line number.\n";
//! let after = read(edited, &ReadOptions::default())?.paper;
//! let found = find(&anchor, &AnchorText::new(&after));
//! assert_eq!(found.passage().map(|passage| passage.start.block), Some(BlockId(3)));
//! assert_eq!(found.name(), "moved");
//! # Ok::<(), opcit::formats::Refusal>(())
//! ```
//!
//! # The rooms
//!
//! From the ground up; a room uses those above it in this list, never those below
//! (`tests/architecture.rs` holds them to it):
//!
//! - [`picture`]: pictures as pixels.
//! - [`paper`]: what a paper is, and what makes one.
//! - [`formats`]: reading files into papers.
//! - [`layout`]: how a block falls on lines at a width.
//! - [`sources`]: what notes cite, and what a short citation stands for.
//! - [`search`]: a pattern to passages.
//! - [`shelf`]: what a reader keeps about a paper, on disk.
//! - [`document`]: a paper that is open, with what is worked out about it when it is needed.
//! - [`catalogue`]: the text of all papers of a library, to be searched, and what they cite.
//! - [`export`]: a paper, its notes or its annotations as text, Markdown, JSON and other formats.
//! - [`terminal`]: a terminal's bytes, whatever is read on it.
//! - [`reader`]: the terminal program.
//! - [`cli`]: arguments and exit codes.

// What only the program uses of the rooms below it.
#![cfg_attr(
    not(feature = "terminal"),
    allow(dead_code, unused_imports, rustdoc::broken_intra_doc_links)
)]

pub mod catalogue;
#[cfg(feature = "terminal")]
pub mod cli;
pub mod document;
pub mod export;
pub mod formats;
pub mod layout;
pub mod paper;
pub mod picture;
#[cfg(feature = "terminal")]
pub mod reader;
pub mod search;
pub mod shelf;
pub mod sources;
#[cfg(feature = "terminal")]
pub mod terminal;
