//! Text made of a paper's text, with the way from each of its bytes back to the paper.
//!
//! Searching, anchors of bookmarks and the reading of citations each see the paper's text in a
//! form of their own: folded, with every run of spaces as one, or note by note. They differ in
//! what they put into a [`FlatText`]; the way back is the same.

use std::ops::Range;

use super::{Block, BlockId, Passage, Position};

/// A text that was made of a part of a paper's text, and where its offsets and those of its source
/// drift apart.
///
/// Offsets into the source count as [`super::Paper::bytes_before`] does: from the paper's
/// beginning, with one byte for the end of each block.
#[derive(Debug, Clone, Default)]
pub struct FlatText {
    text: String,
    source_start: usize,
    /// How much of the source has been used.
    source_end: usize,
    /// In order, without overlap. Between two of them both texts run on byte for byte.
    changes: Vec<Change>,
    /// The blocks that were begun, with their start in the source; in order.
    blocks: Vec<(usize, BlockId)>,
}

/// A stretch of the source that is found as a whole, and what stands for it.
#[derive(Debug, Clone)]
struct Change {
    flat: Range<usize>,
    source: Range<usize>,
}

/// Finds the way back to the source. It goes forward only, so that many stretches are quick.
#[derive(Debug)]
pub(crate) struct Locator<'a> {
    flat: &'a FlatText,
    /// How many changes start at the last byte that was located or before.
    passed: usize,
}

/// Whole characters of the source that a stretch of the text was made of.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    pub(crate) source: Range<usize>,
    /// Where the text goes on after what stands for those characters.
    pub(crate) flat_end: usize,
}

impl FlatText {
    /// An empty text whose source begins here, with room for some bytes.
    pub(crate) fn starting_at(source_start: usize, bytes: usize) -> Self {
        FlatText {
            text: String::with_capacity(bytes),
            source_start,
            source_end: source_start,
            ..FlatText::default()
        }
    }

    /// Gives back what room is left, once the text is whole.
    pub(crate) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.changes.shrink_to_fit();
        self.blocks.shrink_to_fit();
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Begins a block of the paper, leaving out what of the source is before it; `separator`
    /// stands for that, also where it is nothing.
    pub(crate) fn begin_block(&mut self, id: BlockId, block: &Block, separator: &str) {
        self.replace_up_to(block.start, separator);
        self.register_block(id, block);
    }

    /// Makes positions in a block known. What of the source is before it is not touched.
    pub(crate) fn register_block(&mut self, id: BlockId, block: &Block) {
        self.blocks.push((block.start, id));
    }

    /// Puts something else in place of the source up to a byte.
    pub(crate) fn replace_up_to(&mut self, source: usize, with: &str) {
        self.replace(source.saturating_sub(self.source_end), with);
    }

    /// Takes over the next part of the source as it is.
    pub(crate) fn copy(&mut self, source: &str) {
        self.text.push_str(source);
        self.source_end += source.len();
    }

    /// Puts something else in place of the next bytes of the source.
    pub(crate) fn replace(&mut self, bytes: usize, with: &str) {
        self.replace_with(bytes, |text| text.push_str(with));
    }

    /// Puts what `append` appends in place of the next bytes of the source.
    pub(crate) fn replace_with(&mut self, bytes: usize, append: impl FnOnce(&mut String)) {
        let start = self.text.len();
        let source = self.take_source(bytes);
        append(&mut self.text);
        let appended = self.text.get(start..).unwrap_or_default();
        // A lone character of the same length leaves the offsets as they are.
        let is_same_length = appended.len() == source.len();
        if !is_same_length || appended.chars().nth(1).is_some() {
            self.push_change(start, source);
        }
    }

    /// Leaves out the next bytes of the source.
    pub(crate) fn skip(&mut self, bytes: usize) {
        let source = self.take_source(bytes);
        self.push_change(self.text.len(), source);
    }

    /// Leaves out the next bytes of the source, together with what is left out right before them.
    pub(crate) fn hide(&mut self, bytes: usize) {
        let source = self.take_source(bytes);
        let source = self.with_hidden(source);
        self.push_change(self.text.len(), source);
    }

    /// Makes the next bytes of the source, with what is left out before them, belong to the
    /// character before that.
    pub(crate) fn absorb(&mut self, bytes: usize) {
        let source = self.take_source(bytes);
        let source = self.with_hidden(source);
        if let Some(last) = self.changes.last_mut()
            && last.source.end == source.start
        {
            last.source.end = source.end;
            return;
        }
        // No change ends here, so the character before is as long in the source as in the text.
        let bytes = self.text.chars().next_back().map_or(0, char::len_utf8);
        self.push_change(self.text.len() - bytes, source.start - bytes..source.end);
    }

    /// Replaces the last character, which the last bytes of the source were absorbed into.
    pub(crate) fn replace_last(&mut self, last: char, whole: char) {
        self.text.truncate(self.text.len() - last.len_utf8());
        self.text.push(whole);
        if let Some(change) = self.changes.last_mut() {
            change.flat.end = self.text.len();
        }
    }

    /// The way back to the source from a place in the text on.
    pub(crate) fn locator(&self, from: usize) -> Locator<'_> {
        Locator {
            flat: self,
            passed: self.changes.partition_point(|it| it.flat.start < from),
        }
    }

    /// The passage of the paper that bytes of the text stand for. Its blocks must have been begun.
    #[must_use]
    pub fn passage(&self, bytes: &Range<usize>) -> Passage {
        Passage {
            start: self.position_of(bytes.start),
            end: self.position_of(bytes.end),
        }
    }

    /// The position of a byte of the text: the first of those that it stands for.
    #[must_use]
    pub fn position_of(&self, byte: usize) -> Position {
        let passed = self.changes.partition_point(|it| it.flat.start <= byte);
        let source = self.whole(byte, passed).source.start;
        let (start, block) = self.block_at(source).unwrap_or((source, BlockId(0)));
        Position {
            block,
            offset: source - start,
        }
    }

    /// The byte of the text that stands for a position: for one that was left out, the next that
    /// was not; for one at the end of a block, that end.
    #[must_use]
    pub fn place_of(&self, position: Position) -> usize {
        let nth = self.blocks.partition_point(|(_, id)| *id < position.block);
        let Some(&(start, _)) = self.blocks.get(nth) else {
            return self.text.len();
        };
        let end = self
            .blocks
            .get(nth + 1)
            .map_or(self.source_end, |it| it.0 - 1);
        let source = (start + position.offset).min(end);
        let after = self.changes.partition_point(|it| it.source.start <= source);
        let before = after.checked_sub(1).and_then(|nth| self.changes.get(nth));
        let Some(change) = before else {
            return self.floor(source.saturating_sub(self.source_start));
        };
        if source >= change.source.end {
            return self.floor(change.flat.end + (source - change.source.end));
        }
        let has_text_before = change.source.start >= start && change.source.end > end;
        if source == change.source.start || has_text_before {
            change.flat.start
        } else {
            change.flat.end
        }
    }

    /// Where the character begins that the byte is a part of.
    #[must_use]
    pub fn floor(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte.min(self.text.len()))
    }

    /// The stretches that stand for others of the source, with those, in order. Between two of them
    /// both texts run on, character for character of the same length.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&Range<usize>, Range<usize>)> {
        let start = self.source_start;
        self.changes.iter().map(move |change| {
            let Range { start: from, end } = change.source;
            (&change.flat, from - start..end - start)
        })
    }

    fn block_at(&self, source: usize) -> Option<(usize, BlockId)> {
        let after = self.blocks.partition_point(|(start, _)| *start <= source);
        self.blocks.get(after.checked_sub(1)?).copied()
    }

    fn take_source(&mut self, bytes: usize) -> Range<usize> {
        let start = self.source_end;
        self.source_end += bytes;
        start..self.source_end
    }

    fn push_change(&mut self, flat_start: usize, source: Range<usize>) {
        self.changes.push(Change {
            flat: flat_start..self.text.len(),
            source,
        });
    }

    /// A part of the source with what is left out right before it, of which no change is kept.
    fn with_hidden(&mut self, source: Range<usize>) -> Range<usize> {
        let is_before = |last: &mut Change| last.is_hidden() && last.source.end == source.start;
        match self.changes.pop_if(is_before) {
            Some(hidden) => hidden.source.start..source.end,
            None => source,
        }
    }

    /// The change that a byte of the text belongs to; else the byte itself. `passed` counts the
    /// changes that start there or before.
    fn whole(&self, byte: usize, passed: usize) -> Located {
        let before = passed.checked_sub(1);
        match before.and_then(|nth| self.changes.get(nth)) {
            Some(change) if byte < change.flat.end => Located {
                source: change.source.clone(),
                flat_end: change.flat.end,
            },
            before => {
                let start = (0, self.source_start);
                let (flat, source) = before.map_or(start, |it| (it.flat.end, it.source.end));
                let start = source + (byte - flat);
                Located {
                    source: start..start + 1,
                    flat_end: byte + 1,
                }
            }
        }
    }
}

impl Change {
    fn is_hidden(&self) -> bool {
        self.flat.is_empty()
    }
}

impl Locator<'_> {
    /// The characters of the source that a stretch of the text was made of: all of a character
    /// even if the stretch holds only a part of what stands for it. The stretch is not empty, and
    /// starts where the one before ended or later.
    pub(crate) fn locate(&mut self, flat: &Range<usize>) -> Located {
        let first = self.whole(flat.start);
        let last = self.whole(flat.end.saturating_sub(1));
        Located {
            source: first.source.start..last.source.end,
            flat_end: last.flat_end,
        }
    }

    fn whole(&mut self, byte: usize) -> Located {
        while let Some(next) = self.flat.changes.get(self.passed)
            && next.flat.start <= byte
        {
            self.passed += 1;
        }
        self.flat.whole(byte, self.passed)
    }
}
