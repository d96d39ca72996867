//! The markers, links, mentions of sources and highlights on the screen, and which of them is
//! chosen.

use std::ops::Range;
use std::sync::Arc;

use crate::layout::{Part, Run};
use crate::paper::{BlockId, Paper};
use crate::reader::action::{Direction, Focus};
use crate::reader::open::annotations::{Annotations, KeptKey};
use crate::reader::open::layout_cache::LaidOutRow;
use crate::reader::open::mentions;
use crate::shelf::Annotation;
use crate::sources::Sources;

/// What can be chosen, and what is.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub(super) chosen: Option<(BlockId, Focus)>,
    /// Whose mentions in the text can be chosen; none until they have been read.
    pub(super) sources: Option<Arc<Sources>>,
    pub(super) annotations: Annotations,
}

impl Targets {
    /// The markers, links and mentions of a page, in reading order.
    pub(super) fn on_page(&self, page: &[LaidOutRow]) -> Vec<(BlockId, Focus)> {
        let mut found = Vec::new();
        for row in page {
            for focus in self.on_row(row) {
                let target = (row.row.block, focus);
                // A highlight may go on in the next block, and is one all the same.
                let is_found = match focus {
                    Focus::Kept(_) => found.iter().any(|&(_, found)| found == focus),
                    _ => found.contains(&target),
                };
                if !is_found {
                    found.push(target);
                }
            }
        }
        found
    }

    /// The targets of a row, from left to right.
    pub(super) fn on_row(&self, row: &LaidOutRow) -> Vec<Focus> {
        let runs = row.line().into_iter().flat_map(|line| &line.runs);
        let linked = self.linked_on(row);
        let is_mention = |run: &&Run| {
            let is_within = |bytes: &Range<usize>| {
                bytes.start <= run.source.start && run.source.end <= bytes.end
            };
            matches!(run.role.part, Part::Link(_)) && linked.iter().any(is_within)
        };
        let mut found: Vec<(u16, Focus)> = runs
            .filter(|run| !is_mention(run))
            .filter_map(|run| Some((run.column, Focus::from_part(run.role.part)?)))
            .collect();
        found.extend(self.mentions_on(row));
        found.extend(self.highlights_on(row));
        found.sort_by_key(|(column, _)| *column);
        found.into_iter().map(|(_, focus)| focus).collect()
    }

    /// Where in its block a target begins.
    pub(super) fn offset_of(&self, paper: &Paper, id: BlockId, focus: Focus) -> usize {
        let block = paper.block(id);
        let offset = match focus {
            Focus::Marker(index) => block
                .and_then(|block| block.markers.get(index))
                .map(|marker| marker.offset),
            Focus::Link(index) => block
                .and_then(|block| block.links.get(index))
                .map(|link| link.range.start),
            Focus::Kept(key) => {
                let kept = self.annotations.by_key(key);
                let passage = kept.and_then(|annotation| annotation.found.passage());
                let bytes = passage.and_then(|passage| passage.bytes_in(id));
                bytes.map(|bytes| bytes.start)
            }
            Focus::Mention(index) => {
                let mentions = self.sources.as_ref().map(|sources| sources.mentions());
                mentions
                    .and_then(|mentions| mentions.get(index))
                    .map(|mention| mention.passage.start.offset)
            }
        };
        offset.unwrap_or_default()
    }

    /// The bytes of the mentions on a row that are links.
    fn linked_on(&self, row: &LaidOutRow) -> Vec<Range<usize>> {
        let (Some(line), Some(sources)) = (row.line(), &self.sources) else {
            return Vec::new();
        };
        let mentions = mentions::in_text(sources, row.row.block, &line.text);
        let linked = mentions.filter(|(index, _)| mentions::is_linked(sources, *index));
        linked.map(|(_, bytes)| bytes).collect()
    }

    /// The mentions on a row, each with the column where it begins there. A marker or a link in
    /// one remains what it is.
    fn mentions_on(&self, row: &LaidOutRow) -> Vec<(u16, Focus)> {
        let (Some(line), Some(sources)) = (row.line(), &self.sources) else {
            return Vec::new();
        };
        let mentions = mentions::in_text(sources, row.row.block, &line.text);
        let begins = |(index, bytes)| {
            let is_linked = mentions::is_linked(sources, index);
            let is_text = |run: &&Run| match run.role.part {
                Part::Link(_) => is_linked,
                part => Focus::from_part(part).is_none(),
            };
            let runs = line.runs.iter().filter(is_text);
            let mut columns = runs.filter_map(|run| run.columns_of(&bytes));
            Some((columns.next()?.start, Focus::Mention(index)))
        };
        mentions.filter_map(begins).collect()
    }

    /// The highlights on a row that nothing is written about, each with the column where it begins
    /// there. Of the others the mark is what is chosen.
    fn highlights_on(&self, row: &LaidOutRow) -> Vec<(u16, Focus)> {
        let Some(line) = row.line() else {
            return Vec::new();
        };
        let block = row.row.block;
        let here = self.annotations.passages_in(block.0..block.0 + 1);
        let bare = here.filter(|annotation| annotation.note.trim().is_empty());
        let begins = |annotation: &Annotation| {
            let bytes = annotation.found.passage()?.bytes_in(block)?;
            let mut columns = line.runs.iter().filter_map(|run| run.columns_of(&bytes));
            Some((
                columns.next()?.start,
                Focus::Kept(KeptKey::new(&annotation.id)),
            ))
        };
        bare.filter_map(begins).collect()
    }

    /// Chooses the next or previous target of a page, going round; first the one at or after the
    /// current paragraph.
    pub(super) fn choose_next(
        &mut self,
        page: &[LaidOutRow],
        direction: Direction,
        current: BlockId,
    ) {
        let targets = self.on_page(page);
        let at = self
            .chosen
            .and_then(|chosen| targets.iter().position(|&target| target == chosen));
        let next = match (at, direction) {
            (Some(at), Direction::Next) => at + 1,
            (Some(at), Direction::Previous) => (at + targets.len()).saturating_sub(1),
            (None, Direction::Next) => targets.partition_point(|&(block, _)| block < current),
            (None, Direction::Previous) => {
                let after = targets.partition_point(|&(block, _)| block <= current);
                (after + targets.len()).saturating_sub(1)
            }
        };
        self.chosen = targets.get(next % targets.len().max(1)).copied();
    }
}
