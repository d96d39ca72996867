//! Links on paper: an address that the text does not show is written behind its link.

use std::borrow::Cow;
use std::ops::Range;

use crate::layout;
use crate::paper::{Block, Kind, Link, Target};

/// A block with all its addresses in its text.
pub(super) struct SpelledOut<'a> {
    pub(super) block: Cow<'a, Block>,
    /// Where they are, in order.
    pub(super) addresses: Vec<Range<usize>>,
}

impl<'a> SpelledOut<'a> {
    /// The block with ` <address>` after each link whose text is not its address.
    pub(super) fn new(block: &'a Block) -> Self {
        let insertions: Vec<Insertion> = block
            .links
            .iter()
            .filter_map(|link| insertion(block, link))
            .collect();
        if insertions.is_empty() {
            return SpelledOut {
                addresses: layout::addresses(block).collect(),
                block: Cow::Borrowed(block),
            };
        }
        let mut spelled_out = block.clone();
        spelled_out.text = text_with(&block.text, &insertions);
        InsertionShift::new(&insertions).apply(&mut spelled_out);
        let mut addresses: Vec<Range<usize>> = layout::addresses(&spelled_out).collect();
        let mut added = 0;
        addresses.extend(insertions.iter().map(|insertion| {
            let start = insertion.at + added;
            added += insertion.text.len();
            // Without the space before it.
            start + 1..start + insertion.text.len()
        }));
        addresses.sort_unstable_by_key(|address| address.start);
        SpelledOut {
            block: Cow::Owned(spelled_out),
            addresses,
        }
    }
}

/// Text to be put in at an offset.
struct Insertion {
    at: usize,
    text: String,
}

fn insertion(block: &Block, link: &Link) -> Option<Insertion> {
    let Target::Address(address) = &link.target else {
        return None;
    };
    let shown = block.text.get(link.range.clone())?;
    let bare = ["mailto:", "http://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    let is_shown = shown == &**address || bare == Some(shown);
    (!is_shown).then(|| Insertion {
        at: link.range.end,
        text: format!(" <{address}>"),
    })
}

fn text_with(text: &str, insertions: &[Insertion]) -> String {
    let mut with = String::with_capacity(text.len() * 2);
    let mut from = 0;
    for insertion in insertions {
        with.push_str(text.get(from..insertion.at).unwrap_or_default());
        with.push_str(&insertion.text);
        from = insertion.at;
    }
    with.push_str(text.get(from..).unwrap_or_default());
    with
}

/// How far the insertions move what lies over a text.
struct InsertionShift {
    /// Where each insertion is, and how many bytes it and those before it add. By offset.
    sums: Vec<(usize, usize)>,
}

impl InsertionShift {
    fn new(insertions: &[Insertion]) -> Self {
        let mut sum = 0;
        let sums = insertions.iter().map(|insertion| {
            sum += insertion.text.len();
            (insertion.at, sum)
        });
        InsertionShift {
            sums: sums.collect(),
        }
    }

    /// Moves what lies over the block. A marker right behind a link stays there.
    fn apply(&self, block: &mut Block) {
        for span in &mut block.spans {
            span.range = self.after(span.range.start)..self.before(span.range.end);
        }
        for link in &mut block.links {
            link.range = self.after(link.range.start)..self.before(link.range.end);
        }
        for marker in &mut block.markers {
            marker.offset = self.before(marker.offset);
        }
        if let Kind::Table(table) = &mut block.kind {
            for cell in table.rows.iter_mut().flatten() {
                *cell = self.after(cell.start)..self.after(cell.end);
            }
        }
    }

    /// Where the offset is, before what is put in there.
    fn before(&self, offset: usize) -> usize {
        self.moved(offset, |at| at < offset)
    }

    /// Where the offset is, after what is put in there.
    fn after(&self, offset: usize) -> usize {
        self.moved(offset, |at| at <= offset)
    }

    fn moved(&self, offset: usize, is_passed: impl Fn(usize) -> bool) -> usize {
        let passed = self.sums.partition_point(|(at, _)| is_passed(*at));
        let last = passed.checked_sub(1).and_then(|last| self.sums.get(last));
        offset + last.map_or(0, |(_, sum)| *sum)
    }
}
