//! What is other in a later reading of a paper, and where the places of the earlier one are in it.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::paper::{Block, BlockId, Paper, Passage, Position};

/// For how long the shortest way from one text to the other is looked for. After that a longer one
/// does, which calls more of the text changed.
const PATIENCE: Duration = Duration::from_millis(300);

/// How many blocks further on the changed form of a block is looked for.
const REACH: usize = 16;

/// The least share of its words that a changed block has in common with what it was.
const MIN_SHARED: f64 = 0.3;

/// How many words of a block are compared.
const MAX_WORDS: usize = 300;

/// Shorter texts, in bytes, stand in many places, and are not known again by themselves.
const MIN_MOVED_BYTES: usize = 12;

/// How one text of a paper became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextChanges {
    /// By the blocks of the earlier text.
    fates: Vec<BlockFate>,
    /// Blocks of the later text that are new or other than before, in its order.
    changed: Vec<usize>,
    /// How many blocks the later text has.
    blocks: usize,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BlockFate {
    /// It is the same, perhaps elsewhere.
    Same(usize),
    /// It has changed between two places.
    Edited(BlockEdit),
    /// It is gone; what stood behind it is this block now.
    Gone(usize),
}

/// A block of which the beginning and the end are as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct BlockEdit {
    block: usize,
    /// Bytes at the start that are the same.
    prefix: usize,
    /// Where the end that is the same begins, before and now.
    suffix: (usize, usize),
}

impl TextChanges {
    /// Compares two readings of a paper, block by block. What opcit sets itself, such as how long
    /// the paper takes to read and where notes are cited, counts as no change. Takes time in
    /// proportion to what differs.
    #[must_use]
    pub fn between(before: &Paper, after: &Paper) -> Self {
        let texts = |paper: &'_ Paper| -> Vec<String> {
            paper
                .blocks
                .iter()
                .map(|block| block.text.clone())
                .collect()
        };
        let (old, new) = (texts(before), texts(after));
        let mut changes = Comparison::new(&old, &new).run();
        let is_authors = |block: &usize| after.blocks.get(*block).is_some_and(Block::is_authors);
        changes.changed.retain(is_authors);
        changes
    }

    /// Compares the beginning of a paper, which was read by itself, with the whole that it is the
    /// beginning of. What is behind it in the whole counts as neither new nor changed; the notes of the
    /// beginning, which are elsewhere in the whole, as gone.
    #[must_use]
    pub fn from_beginning(beginning: &Paper, whole: &Paper) -> Self {
        let texts = |paper: &'_ Paper, most: usize| -> Vec<String> {
            let blocks = paper.blocks.iter().take(most);
            blocks.map(|block| block.text.clone()).collect()
        };
        let notes = beginning.sections.last().filter(|last| last.holds_notes);
        let body = notes.map_or(beginning.blocks.len(), |notes| notes.blocks.start);
        let (old, new) = (texts(beginning, body), texts(whole, body + REACH));
        let mut changes = Comparison::new(&old, &new).run();
        let behind = BlockFate::Gone(body.min(whole.blocks.len().saturating_sub(1)));
        changes.fates.resize(beginning.blocks.len(), behind);
        changes.changed.clear();
        changes.blocks = whole.blocks.len();
        changes
    }

    /// Where a place of the earlier text is in the later one: what is gone is where its
    /// neighbours are.
    #[must_use]
    pub fn position(&self, position: Position) -> Position {
        let offset = position.offset;
        let (block, offset) = match self.fates.get(position.block.0) {
            Some(BlockFate::Same(block)) => (*block, offset),
            Some(BlockFate::Edited(edit)) if offset < edit.suffix.0 => {
                (edit.block, offset.min(edit.prefix))
            }
            Some(BlockFate::Edited(edit)) => (edit.block, edit.suffix.1 + (offset - edit.suffix.0)),
            Some(BlockFate::Gone(block)) => (*block, 0),
            None => (self.blocks, 0),
        };
        Position {
            block: BlockId(block.min(self.blocks.saturating_sub(1))),
            offset,
        }
    }

    /// The block that is in the later text just what this one was.
    #[must_use]
    pub fn same_block(&self, block: BlockId) -> Option<BlockId> {
        match self.fates.get(block.0) {
            Some(BlockFate::Same(block)) => Some(BlockId(*block)),
            _ => None,
        }
    }

    /// Where a passage is in the later text; none if nothing of it is left.
    #[must_use]
    pub fn passage(&self, passage: Passage) -> Option<Passage> {
        let start = self.position(passage.start);
        let end = self.position(passage.end);
        (start < end).then_some(Passage { start, end })
    }

    /// Whether a block of the later text is new, or other than it was.
    #[must_use]
    pub fn is_changed(&self, block: BlockId) -> bool {
        self.changed.binary_search(&block.0).is_ok()
    }

    /// Tells from an even earlier text what has changed in the later one, and goes on saying where
    /// the places of the earlier one are now.
    pub fn tell_from(&mut self, since_earlier: TextChanges) {
        self.changed = since_earlier.changed;
    }

    /// How many blocks of the later text are new, or other than they were.
    #[must_use]
    pub fn changed_blocks(&self) -> usize {
        self.changed.len()
    }
}

/// Two texts, as far as they have been compared.
struct Comparison<'a> {
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    fates: Vec<Option<BlockFate>>,
    /// Which blocks of the later text are some earlier one.
    taken: Vec<bool>,
}

impl<'a> Comparison<'a> {
    fn new(old: &'a [String], new: &'a [String]) -> Self {
        Comparison {
            fates: vec![None; old.len()],
            taken: vec![false; new.len()],
            old: old.iter().map(String::as_str).collect(),
            new: new.iter().map(String::as_str).collect(),
        }
    }

    fn run(mut self) -> TextChanges {
        let deadline = Some(Instant::now() + PATIENCE);
        let (old, new) = (&self.old, &self.new);
        let ops = capture_diff_slices_deadline(Algorithm::Patience, old, new, deadline);
        let mut replaced = Vec::new();
        for op in ops {
            match op {
                DiffOp::Equal {
                    old_index,
                    new_index,
                    len,
                } => (0..len).for_each(|by| self.settle_same(old_index + by, new_index + by)),
                DiffOp::Replace {
                    old_index,
                    old_len,
                    new_index,
                    new_len,
                } => replaced.push((old_index..old_index + old_len, new_index, new_len)),
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
        self.find_moved();
        let mut changed = Vec::new();
        for (olds, new_index, new_len) in replaced {
            self.find_edited(olds, new_index..new_index + new_len, &mut changed);
        }
        let taken = self.taken.iter().enumerate();
        changed.extend(taken.filter(|(_, taken)| !**taken).map(|(block, _)| block));
        changed.sort_unstable();
        self.finish(changed)
    }

    fn settle_same(&mut self, old: usize, new: usize) {
        self.settle(old, new, BlockFate::Same(new));
    }

    fn settle(&mut self, old: usize, new: usize, fate: BlockFate) {
        if let (Some(slot), Some(taken)) = (self.fates.get_mut(old), self.taken.get_mut(new)) {
            *slot = Some(fate);
            *taken = true;
        }
    }

    fn is_settled(&self, old: usize) -> bool {
        self.fates.get(old).is_some_and(Option::is_some)
    }

    fn is_taken(&self, new: usize) -> bool {
        self.taken.get(new).copied().unwrap_or(true)
    }

    /// Blocks that stand elsewhere now: those whose text is in both but once.
    fn find_moved(&mut self) {
        let mut places: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (index, text) in self.old.iter().enumerate() {
            if !self.is_settled(index) && text.len() >= MIN_MOVED_BYTES {
                places.entry(text).or_default().0.push(index);
            }
        }
        for (index, text) in self.new.iter().enumerate() {
            if !self.is_taken(index)
                && let Some(place) = places.get_mut(text)
            {
                place.1.push(index);
            }
        }
        let moved = places
            .into_values()
            .filter_map(|(old, new)| match (&old[..], &new[..]) {
                (&[old], &[new]) => Some((old, new)),
                _ => None,
            });
        let moved: Vec<(usize, usize)> = moved.collect();
        for (old, new) in moved {
            self.settle_same(old, new);
        }
    }

    /// Blocks that have become others in the same place: each is the first within reach that has
    /// enough of its words.
    fn find_edited(
        &mut self,
        olds: std::ops::Range<usize>,
        news: std::ops::Range<usize>,
        changed: &mut Vec<usize>,
    ) {
        let mut from = news.start;
        for old in olds {
            let Some(before) = self.old.get(old).copied().filter(|_| !self.is_settled(old)) else {
                continue;
            };
            let words = words(before);
            let near = (from..news.end.min(from + REACH)).filter(|&new| !self.is_taken(new));
            let share = |new: usize| shared(&words, self.new.get(new).copied().unwrap_or_default());
            let best = near.map(|new| (new, share(new)));
            let best = best.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((new, _)) = best.filter(|(_, share)| *share >= MIN_SHARED) else {
                continue;
            };
            let after = self.new.get(new).copied().unwrap_or_default();
            self.settle(old, new, BlockFate::Edited(edit_of(new, before, after)));
            changed.push(new);
            from = new + 1;
        }
    }

    /// What is settled nowhere is gone.
    fn finish(self, changed: Vec<usize>) -> TextChanges {
        let blocks = self.new.len();
        let mut after = blocks;
        let mut fates: Vec<BlockFate> = Vec::with_capacity(self.fates.len());
        for fate in self.fates.into_iter().rev() {
            let fate = fate.unwrap_or(BlockFate::Gone(after));
            if let BlockFate::Same(block) | BlockFate::Edited(BlockEdit { block, .. }) = fate {
                after = block;
            }
            fates.push(fate);
        }
        fates.reverse();
        TextChanges {
            fates,
            changed,
            blocks,
        }
    }
}

fn words(text: &str) -> HashSet<&str> {
    text.split_whitespace().take(MAX_WORDS).collect()
}

/// Which share of the words of the longer text both have.
fn shared(before: &HashSet<&str>, after: &str) -> f64 {
    let after = words(after);
    let both = before.intersection(&after).count();
    let most = before.len().max(after.len()).max(1);
    both as f64 / most as f64
}

fn edit_of(block: usize, before: &str, after: &str) -> BlockEdit {
    let same = |a: &u8, b: &u8| a == b;
    let pairs = before.bytes().zip(after.bytes());
    let prefix = pairs.take_while(|(a, b)| same(a, b)).count();
    let prefix = before.floor_char_boundary(prefix);
    let room = before.len().min(after.len()) - prefix;
    let pairs = before.bytes().rev().zip(after.bytes().rev()).take(room);
    let suffix = pairs.take_while(|(a, b)| same(a, b)).count();
    let start = before.ceil_char_boundary(before.len() - suffix);
    let suffix = before.len() - start;
    BlockEdit {
        block,
        prefix,
        suffix: (start, after.len() - suffix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    /// The words at a place of the later text where `|` was in the earlier one.
    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let plain = before.replace('|', "");
        let (old, new) = (parse(&plain).paper, parse(after).paper);
        let marked = parse(before).paper;
        let (block, offset) = marked
            .blocks
            .iter()
            .enumerate()
            .find_map(|(index, block)| Some((index, block.text.find('|')?)))
            .unwrap();
        let position = Position {
            block: BlockId(block),
            offset,
        };
        let found = TextChanges::between(&old, &new).position(position);
        let text = &new.blocks[found.block.0].text;
        let rest = text.get(found.offset..).unwrap();
        assert!(rest.starts_with(expected), "{rest:?}");
    }

    #[test]
    fn a_place_stays_with_its_words() {
        check(
            "One.\n\nTwo |words here.\n",
            "New.\n\nOne.\n\nTwo words here.\n",
            "words here",
        );
        check("One here.\n\nTwo |here.\n", "Two here.\n", "here");
        let (before, after) = (
            "Alpha stays where it is.\n\nBeta went |elsewhere then.\n",
            "Beta went elsewhere then.\n\nAlpha stays where it is.\n",
        );
        check(before, after, "elsewhere");
    }

    #[test]
    fn a_place_in_a_paragraph_that_was_edited_is_before_or_behind_the_edit() {
        check("A b c d |e f.\n", "A b x y z d e f.\n", "e f");
        check("A b |c d e f.\n", "A b c d e f and more.\n", "c d");
        check("A b c |d e f.\n", "A b x e f.\n", "x e f");
        check("Ä ö ü |é è.\n", "Ä ö é ü é è.\n", "é è");
    }

    #[test]
    fn a_place_in_the_beginning_of_a_paper_is_the_same_in_the_whole() {
        let beginning = parse("# One\n\nTwo words.[^1]\n\n[^1]: A note.\n").paper;
        let whole = parse("# One\n\nTwo words.[^1]\n\nThree.\n\nFour.\n\n[^1]: A note.\n").paper;
        let changes = TextChanges::from_beginning(&beginning, &whole);
        let text = |position: Position| whole.blocks[position.block.0].text.as_str();
        let places = (0..beginning.blocks.len()).map(|block| Position::start_of(BlockId(block)));
        let found: Vec<&str> = places.map(|place| text(changes.position(place))).collect();
        // The notes are elsewhere; what has come behind the beginning is next.
        assert_eq!(found[1..3], ["One", "Two words."]);
        assert!(found[3..].iter().all(|text| *text == "Three."));
        assert_eq!(changes.changed_blocks(), 0);
    }

    #[test]
    fn a_place_that_is_gone_is_where_its_neighbours_are() {
        check(
            "One.\n\nGone |now.\n\nThree.\n",
            "One.\n\nThree.\n",
            "Three",
        );
        check(
            "One is here.\n\nGone |now.\n",
            "One is here.\n",
            "One is here",
        );
    }

    #[test]
    fn what_is_new_or_other_is_called_changed_and_nothing_else() {
        let changes = |before: &str, after: &str| {
            let changes = TextChanges::between(&parse(before).paper, &parse(after).paper);
            changes.changed_blocks()
        };
        assert_eq!(changes("A.\n\nB c d.\n", "A.\n\nB c d.\n"), 0);
        assert_eq!(changes("A.\n\nB c d.\n", "A.\n\nB c e.\n"), 1);
        assert_eq!(changes("A.\n\nB c d.\n", "N.\n\nA.\n\nM.\n\nB c d.\n"), 2);
    }
}
