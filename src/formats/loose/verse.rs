//! Verse and other lines that a plain text sets off by blanks: they are kept line for line.

use std::collections::HashMap;

use super::lines::LooseLine;
use super::paragraphs::is_item;

/// Lines that are set off stand so many columns to the right of the text, at least and at most.
const MIN_COLUMNS: usize = 2;
const MAX_COLUMNS: usize = 24;

/// The lines of a text that was not wrapped are longer.
const MAX_WIDTH: usize = 120;

/// So many lines, right under each other, are running text.
const MIN_TEXT_LINES: usize = 3;

/// For each line how many columns it stands to the right of its block, if it is to be kept as it is.
///
/// A block is verse where all of its lines are set off and end before the margin, within a text whose
/// lines were wrapped there. A quotation is wrapped like the text; what stands in the middle, or
/// before the text begins, is a title or a heading.
pub(super) fn columns(lines: &[LooseLine<'_>]) -> Vec<Option<usize>> {
    let mut found = vec![None; lines.len()];
    let blocks = blocks(lines);
    let Some(margins) = Margins::of(lines, &blocks) else {
        return found;
    };
    let mut has_begun = false;
    let verse: Vec<bool> = blocks
        .iter()
        .map(|block| {
            let block = lines.get(block.clone()).unwrap_or_default();
            has_begun |= margins.is_text(block);
            has_begun && margins.is_verse(block)
        })
        .collect();
    for (at, block) in blocks.iter().enumerate() {
        let own = lines.get(block.clone()).unwrap_or_default();
        let beside = [at.checked_sub(1), Some(at + 1)];
        let is_beside_verse = beside
            .into_iter()
            .flatten()
            .any(|beside| verse.get(beside) == Some(&true));
        let is_kept = verse.get(at) == Some(&true)
            || is_beside_verse && own.len() == 1 && own.iter().all(|line| margins.is_set_off(line));
        if !is_kept {
            continue;
        }
        let least = own.iter().map(|line| line.indent).min().unwrap_or_default();
        for (place, line) in found.iter_mut().skip(block.start).zip(own) {
            *place = Some((line.indent - least).min(MAX_COLUMNS));
        }
    }
    found
}

/// Lines right under each other.
fn blocks(lines: &[LooseLine<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut blocks: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_apart = line.blank_before > 0 || line.begins_page;
        match blocks.last_mut().filter(|_| !is_apart) {
            Some(last) => last.end = at + 1,
            None => blocks.push(at..at + 1),
        }
    }
    blocks
}

/// Between which columns the text stands.
#[derive(Debug, Clone, Copy)]
struct Margins {
    left: usize,
    right: usize,
}

impl Margins {
    /// None where the text was not wrapped.
    fn of(lines: &[LooseLine<'_>], blocks: &[std::ops::Range<usize>]) -> Option<Margins> {
        let running = blocks.iter().filter(|block| block.len() >= MIN_TEXT_LINES);
        let running = running.filter_map(|block| lines.get(block.clone()));
        let mut lefts: HashMap<usize, usize> = HashMap::new();
        let mut rights = Vec::new();
        for line in running.flatten().filter(|line| !line.is_code) {
            *lefts.entry(line.indent).or_default() += 1;
            rights.push(end_of(line));
        }
        rights.sort_unstable();
        let right = *rights.get(rights.len() * 9 / 10)?;
        let (left, _) = lefts
            .into_iter()
            .max_by_key(|(left, count)| (*count, *left))?;
        (right > 30 && right <= MAX_WIDTH).then_some(Margins { left, right })
    }

    /// Whether the lines are wrapped from margin to margin; the first may be moved in or out.
    fn is_text(self, block: &[LooseLine<'_>]) -> bool {
        let inner = block.get(1..).unwrap_or_default();
        let (_, before_last) = block.split_last().unwrap_or((&NO_LINE, &[]));
        block.len() >= MIN_TEXT_LINES
            && inner.iter().all(|line| line.indent == self.left)
            && before_last
                .iter()
                .all(|line| end_of(line) * 5 >= self.right * 4)
    }

    fn is_set_off(self, line: &LooseLine<'_>) -> bool {
        let columns = line.indent.saturating_sub(self.left);
        (MIN_COLUMNS..=MAX_COLUMNS).contains(&columns) && !line.is_code && !is_item(line.text)
    }

    fn is_verse(self, block: &[LooseLine<'_>]) -> bool {
        let ends_early = |line: &LooseLine<'_>| end_of(line) * 20 <= self.right * 17;
        let (_, before_last) = block.split_last().unwrap_or((&NO_LINE, &[]));
        block.len() > 1
            && block.iter().all(|line| self.is_set_off(line))
            && before_last.iter().all(ends_early)
            && !is_centred(block)
    }
}

const NO_LINE: LooseLine<'static> = LooseLine {
    number: 0,
    text: "",
    indent: 0,
    blank_before: 0,
    begins_page: false,
    is_code: false,
};

/// The column behind the line's last letter.
fn end_of(line: &LooseLine<'_>) -> usize {
    line.indent + line.text.chars().count()
}

/// Whether the lines have one middle, though they begin at columns far apart.
fn is_centred(block: &[LooseLine<'_>]) -> bool {
    let middles = block.iter().map(|line| line.indent + end_of(line));
    let starts = block.iter().map(|line| line.indent);
    let spread = |values: &mut dyn Iterator<Item = usize>| {
        let values: Vec<usize> = values.collect();
        let most = values.iter().max().copied().unwrap_or_default();
        most - values.iter().min().copied().unwrap_or_default()
    };
    spread(&mut starts.into_iter()) > 4 && spread(&mut middles.into_iter()) <= 2
}
