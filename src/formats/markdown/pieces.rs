//! Reading a long source in pieces, on all processors, so that what comes of it is the same as if
//! it were read in one go.
//!
//! A source is cut before headings behind which nothing matters of what is open before them. What a
//! piece must know of the others is that they define notes: it is read with an empty definition of
//! each that it may cite. Where anything else would have been read otherwise within the whole, the
//! pieces are given up, and the source is read in one go.

mod labels;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memchr_iter;
use pulldown_cmark::{Event, LinkType, Options, Tag};

use super::mask::{Hidden, MaskedKind};
use super::shape::Shape;
use super::{MarkdownReader, MarkdownSource};
use crate::formats::lines::LineCounter;
use crate::paper::{PaperBuilder, on_all_processors};
use labels::NoteLabels;

/// A piece has at least so many bytes: it is worth a thread's while, and links by the words of
/// headings in it do not come near to what the parser allows.
pub(super) const MIN_PIECE_BYTES: usize = 128 * 1024;

/// A heading that stands behind the piece, and ends whatever may end.
const END: &str = "#\n\n";

/// What is read by itself of a source.
#[derive(Debug)]
pub(super) struct SourcePiece<'a> {
    /// Its bytes in the Markdown.
    range: Range<usize>,
    /// What the parser is given: the piece, and what it must know of the others.
    text: Cow<'a, str>,
}

/// A piece before it is read.
#[derive(Debug)]
pub(super) struct CutPiece<'a> {
    range: Range<usize>,
    /// The line of the source on which it begins, from 1.
    first_line: u32,
    /// The notes that it may cite and that others may define.
    cited: BTreeSet<&'a str>,
}

impl<'a> SourcePiece<'a> {
    /// All of the Markdown.
    pub(super) fn whole(markdown: &'a str) -> Self {
        SourcePiece {
            range: 0..markdown.len(),
            text: Cow::Borrowed(markdown),
        }
    }

    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether more comes behind it.
    pub(super) fn has_end(&self) -> bool {
        self.text.len() > self.range.len()
    }
}

/// Reads the pieces of a source by these options of the parser; none if it cannot be proved that
/// they are the whole.
pub(super) fn read(
    around: &MarkdownSource<'_>,
    options: Options,
    pieces: &[CutPiece<'_>],
) -> Option<PaperBuilder> {
    let is_given_up = AtomicBool::new(false);
    let read = |piece: &CutPiece<'_>, _: &mut Vec<u8>| {
        let is_wanted = !is_given_up.load(Ordering::Relaxed);
        is_wanted
            .then(|| read_piece(around, options, piece))
            .flatten()
    };
    let mut whole: Option<PaperBuilder> = None;
    let mut taken = 0;
    on_all_processors(pieces, read, |_, part: Option<PaperBuilder>| {
        let is_taken = part.is_some_and(|part| match &mut whole {
            Some(whole) => whole.append(part),
            None => {
                whole = Some(part);
                true
            }
        });
        taken += usize::from(is_taken);
        is_given_up.fetch_or(!is_taken, Ordering::Relaxed);
        is_taken
    });
    let is_whole = taken == pieces.len();
    whole.filter(|whole| is_whole && !whole.has_undefined_notes())
}

/// What comes of a piece, if it is the same within the whole.
fn read_piece(
    around: &MarkdownSource<'_>,
    options: Options,
    cut: &CutPiece<'_>,
) -> Option<PaperBuilder> {
    let mut reader = MarkdownReader::new(around, PaperBuilder::new());
    reader.options = options;
    let start = around.base + cut.range.start;
    reader.lines = LineCounter::starting(around.source, start, cut.first_line);
    let piece = SourcePiece {
        range: cut.range.clone(),
        text: cut.given(around.markdown),
    };
    (reader.read(&piece) && reader.is_between_blocks()).then_some(reader.builder)
}

/// Bytes of an address that was found for a link whose label the source does not define. The
/// parser gives up such links once it has found about as many as the source has.
pub(super) fn found_bytes(event: &Event<'_>) -> usize {
    match event {
        Event::Start(
            Tag::Link {
                link_type,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                ..
            },
        ) => match link_type {
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                dest_url.len()
            }
            _ => 0,
        },
        _ => 0,
    }
}

/// The pieces of a source, which begin at some of the headings and have at least so many bytes;
/// none if it is too short, or cannot be read in pieces.
pub(super) fn cut<'a>(
    around: &MarkdownSource<'a>,
    headings: &[usize],
    least: usize,
) -> Option<Vec<CutPiece<'a>>> {
    let markdown = around.markdown;
    let mut starts = vec![0];
    for heading in outside_divisions(headings, around.hidden) {
        let last = starts.last().copied().unwrap_or_default();
        if heading - last >= least && markdown.len() - heading >= least {
            starts.push(heading);
        }
    }
    if starts.len() < 2 {
        return None;
    }
    let labels = NoteLabels::new(markdown, &starts)?;
    let ends = starts.iter().skip(1).copied().chain([markdown.len()]);
    let mut line = around.first_line();
    let pieces = starts.iter().zip(ends).enumerate();
    let pieces = pieces.map(|(index, (start, end))| {
        let first_line = line;
        let (from, to) = (around.base + start, around.base + end);
        let typed = around.source.as_bytes().get(from..to).unwrap_or_default();
        let lines = memchr_iter(b'\n', typed).count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        CutPiece {
            range: *start..end,
            first_line,
            cited: labels.cited_from(index),
        }
    });
    Some(pieces.collect())
}

impl CutPiece<'_> {
    /// What the parser is given.
    fn given<'m>(&self, markdown: &'m str) -> Cow<'m, str> {
        let text = markdown.get(self.range.clone()).unwrap_or_default();
        let is_last = self.range.end == markdown.len();
        if self.cited.is_empty() && is_last {
            return Cow::Borrowed(text);
        }
        let mut given = String::with_capacity(text.len() + END.len());
        given.push_str(text);
        if is_last {
            given.push_str("\n\n");
        }
        given.push_str(END);
        for label in &self.cited {
            given.extend(["[^", label, "]:\n"]);
        }
        Cow::Owned(given)
    }
}

/// The headings that stand in no division of Pandoc's.
fn outside_divisions(headings: &[usize], hidden: &[Hidden]) -> Vec<usize> {
    let mut fences = hidden
        .iter()
        .filter_map(|hidden| match hidden.what {
            MaskedKind::Shape(Shape::DivBegin) => Some((hidden.range.start, true)),
            MaskedKind::Shape(Shape::DivEnd) => Some((hidden.range.start, false)),
            _ => None,
        })
        .peekable();
    let mut depth = 0_usize;
    let outside = headings.iter().copied().filter(|heading| {
        while let Some((_, begins)) = fences.next_if(|(at, _)| at < heading) {
            depth = if begins {
                depth + 1
            } else {
                depth.saturating_sub(1)
            };
        }
        depth == 0
    });
    outside.collect()
}
