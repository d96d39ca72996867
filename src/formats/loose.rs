//! Mending loose text: what a converter from PDF, an OCR program or a copied page leaves.
//!
//! Such text has its notes as numbered lines at the end or at the foot of each page, its markers
//! as `^[1]`, `[1]`, `¹` or bare digits, its headings without a mark, and its paragraphs cut
//! where a page ended. It is written anew as Markdown with footnotes.
//!
//! Nothing is touched unless the notes prove what the text is: note lines and markers that both
//! count 1, 2, 3 … without a gap (`notes`). What breaks the sequence is left as it was typed. Each
//! change is a [`Mending`], which a reader can look at and refuse.

mod front;
mod furniture;
mod headings;
mod join;
mod lines;
mod notes;
mod paragraphs;
#[cfg(test)]
mod tests;
mod verse;
mod words;
mod write;

use memchr::memmem;

use super::{ReadOptions, markdown};
use crate::paper::{Mending, MendingKind, Parsed, SourceLocation};
use lines::LooseLine;
use notes::LooseNotes;
use paragraphs::{LooseParagraph, ParagraphPlace};

/// A paper as Markdown, made of loose text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mended {
    pub(crate) markdown: String,
    /// For each line of the Markdown, the line of the loose text that it came from, from 1.
    pub(crate) origins: Vec<u32>,
    /// In the order of the loose text.
    pub(crate) mendings: Vec<Mending>,
}

/// Reads a text as Markdown, mended first where it proves to be loose text.
///
/// `allows` says of a mending, by its kind and its line, whether it may be made.
#[must_use]
pub fn parse(source: &str, allows: &dyn Fn(MendingKind, u32) -> bool) -> Parsed {
    let options = ReadOptions {
        may_mend: allows,
        ..ReadOptions::default()
    };
    read(source, &options)
}

/// The same, with what else there is to read by.
pub(super) fn read(source: &str, options: &ReadOptions<'_>) -> Parsed {
    match mend(source, options.may_mend) {
        Some(mended) => markdown::parse_mended(&mended, options),
        None => markdown::read(source, options),
    }
}

/// Writes loose text anew as Markdown; nothing if the text does not prove to be such.
///
/// `allows` says of a change, by its kind and its line, whether it may be made: a reader may have
/// refused it. The work is in proportion to the text's length.
pub(crate) fn mend(source: &str, allows: &dyn Fn(MendingKind, u32) -> bool) -> Option<Mended> {
    if has_definitions(source) {
        return None;
    }
    let lines = lines::split(source);
    let notes = notes::find(&lines)?;
    let mut mender = Mender {
        allows,
        metadata: Vec::new(),
        mendings: Vec::new(),
    };
    let paragraphs = mender.paragraphs(&lines, &notes);
    let (markdown, origins) = write::markdown(&mender.metadata, &paragraphs);
    let mut mendings = mender.mendings;
    mendings.extend(notes.tied(&lines));
    mendings.sort_by_key(|mending| mending.location);
    Some(Mended {
        markdown,
        origins,
        mendings,
    })
}

/// Whether the text has Markdown's own notes, as most papers do. A quick look, since it is on the
/// way to the first screen of every paper.
pub(super) fn has_definitions(source: &str) -> bool {
    source.starts_with("[^") || memmem::find(source.as_bytes(), b"\n[^").is_some()
}

/// Makes changes, where they are allowed, and lists them.
struct Mender<'a> {
    allows: &'a dyn Fn(MendingKind, u32) -> bool,
    /// Keys of the metadata with their values, in order; a key with several comes several times.
    metadata: Vec<(&'static str, String)>,
    mendings: Vec<Mending>,
}

impl Mender<'_> {
    /// The passes, in their order: each sees what the ones before have made.
    fn paragraphs(&mut self, lines: &[LooseLine<'_>], notes: &LooseNotes) -> Vec<LooseParagraph> {
        let mut paragraphs = paragraphs::group(lines, notes);
        furniture::remove(self, &mut paragraphs);
        front::take(self, &mut paragraphs);
        paragraphs::part_at_set_ends(&mut paragraphs);
        let words = words::LooseWords::new(&paragraphs);
        join::lines(self, &mut paragraphs, &words);
        join::paragraphs(self, &mut paragraphs, &words);
        headings::find(self, &mut paragraphs);
        headings::remove_bullet_pictures(self, &mut paragraphs);
        self.move_text_before_notes(&mut paragraphs);
        paragraphs
    }

    /// Whether the change may be made; if so, it is listed.
    fn may(&mut self, kind: MendingKind, line: u32, before: &str, after: &str) -> bool {
        let is_allowed = (self.allows)(kind, line);
        if is_allowed {
            self.mendings.push(Mending {
                kind,
                location: SourceLocation::Line(line),
                before: before.to_owned(),
                after: after.to_owned(),
            });
        }
        is_allowed
    }

    /// Text that follows the last endnote is body text; Markdown would take it for the note's.
    fn move_text_before_notes(&mut self, paragraphs: &mut Vec<LooseParagraph>) {
        let Some(first) = paragraphs.iter().position(|one| one.place.is_note()) else {
            return;
        };
        let (body, notes): (Vec<_>, Vec<_>) =
            paragraphs.drain(..).partition(|one| !one.place.is_note());
        let moved = body
            .iter()
            .skip(first)
            .filter(|one| one.place == ParagraphPlace::Body);
        if let Some(moved) = moved.min_by_key(|one| one.line) {
            // Not a choice: left behind the notes it would be read as part of the last one.
            self.mendings.push(Mending {
                kind: MendingKind::TextMoved,
                location: SourceLocation::Line(moved.line),
                before: moved.opening(),
                after: moved.opening(),
            });
        }
        *paragraphs = body;
        paragraphs.extend(notes);
    }
}
