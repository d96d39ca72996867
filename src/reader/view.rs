//! Which part of the paper is on the screen, and what in it the keys act on.

use std::sync::Arc;

use super::action::{Direction, Focus};
use super::flow::{Flow, Row, SetRow};
use super::mentions::{self, Stretch};
use crate::paper::{BlockId, Kind, Paper, Position};
use crate::sources::Sources;

/// Rows of the old screen that stay in sight when a screen is turned.
const KEPT_ON_TURNING: usize = 2;

/// How many rows the text is scrolled in one go. Rows have to be laid out to be counted, and a
/// count may ask for millions.
const STRIDE: usize = 2_000;

/// The part of the paper that is on the screen.
#[derive(Debug)]
pub(crate) struct View {
    paper: Arc<Paper>,
    flow: Flow,
    rows: usize,
    /// Rows that are left for the text when the foot of the page takes all that it may.
    fewest_rows: usize,
    /// What the reader put at the top. Only the reader's own moves change it, so that any number
    /// of resizes leads back to the same line.
    anchor: Anchor,
    /// Where the anchor falls for the width and height of the moment.
    top: Row,
    /// The block that the reader's last move led to; see [`View::hand`].
    hand: BlockId,
    chosen: Option<(BlockId, Focus)>,
    /// Whose mentions in the text can be chosen; none until they have been read.
    sources: Option<Arc<Sources>>,
    /// The first place that the last turn of a screen brought into sight.
    seam: Option<Position>,
    /// The rest of a long way that the text is being scrolled.
    way: Option<Way>,
}

/// A way to be scrolled.
#[derive(Debug, Clone, Copy)]
struct Way {
    direction: Direction,
    rows: usize,
    /// Whether screens are turned, which takes another paragraph in hand.
    is_turn: bool,
}

/// A place to come back to: what stood at the top, and what was in hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Place {
    anchor: Anchor,
    hand: BlockId,
    pub(crate) chosen: Option<(BlockId, Focus)>,
}

/// The top of the screen, in terms of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Anchor {
    position: Position,
    /// Rows before the position's that are in sight as well and show no text: blank ones before
    /// its block, or a line in a table.
    lead: usize,
}

impl View {
    pub(crate) fn new(paper: Arc<Paper>) -> Self {
        let flow = Flow::new(Arc::clone(&paper), 1);
        let lead = flow
            .set(Row::default())
            .map_or(0, |first| first.layout.lead);
        let anchor = Anchor {
            lead,
            ..Anchor::default()
        };
        let mut view = View {
            paper,
            flow,
            rows: 0,
            fewest_rows: 0,
            anchor,
            top: Row::default(),
            hand: BlockId::default(),
            chosen: None,
            sources: None,
            seam: None,
            way: None,
        };
        view.hand = view.first_in_hand_from(BlockId(0)).unwrap_or_default();
        view
    }

    /// Fits the text into a column so wide and high. What stood at the top stays there. At the
    /// paper's end the text can be scrolled until its last row is the last of the `fewest_rows`.
    pub(crate) fn resize(&mut self, columns: u16, rows: usize, fewest_rows: usize) {
        self.rows = rows;
        if (self.flow.columns(), self.fewest_rows) == (columns, fewest_rows) {
            return;
        }
        self.flow.set_columns(columns);
        self.fewest_rows = fewest_rows;
        self.top = self.lowest_top().min(self.row_of_anchor());
    }

    /// Leaves rows at the end of the page to something else, without moving the text.
    pub(crate) fn shorten(&mut self, rows: usize) {
        self.rows = rows.min(self.rows);
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the reader has gone nowhere yet, nor taken anything in hand.
    pub(crate) fn is_as_opened(&self) -> bool {
        let first = self.first_in_hand_from(BlockId(0)).unwrap_or_default();
        self.anchor.position == Position::default() && self.hand == first && self.chosen.is_none()
    }

    /// The rows on the screen, from the top; fewer than the screen has if the paper ends before.
    pub(crate) fn page(&self) -> Vec<SetRow> {
        self.flow.rows_from(self.top, self.rows)
    }

    pub(crate) fn chosen(&self) -> Option<(BlockId, Focus)> {
        self.chosen
    }

    pub(crate) fn choose(&mut self, chosen: Option<(BlockId, Focus)>) {
        self.chosen = chosen;
    }

    /// Where the last turn of a screen began to show new text.
    pub(crate) fn seam(&self) -> Option<Position> {
        self.seam
    }

    /// Marks again where the last turn of a screen began to show new text.
    pub(crate) fn mark_seam(&mut self, seam: Option<Position>) {
        self.seam = seam;
    }

    /// The first position on the screen.
    pub(crate) fn top(&self) -> Position {
        let top = self.flow.set(self.top);
        top.map_or(self.anchor.position, |set| set.position())
    }

    /// The paragraph that keys act on: the one that the last move led to while it is in sight,
    /// else the one in sight that is nearest to it.
    pub(crate) fn hand(&self) -> BlockId {
        let (Some(first), Some(last)) = self.blocks_in_sight() else {
            return self.hand;
        };
        if self.hand < first {
            let fallback = self.first_in_hand_from(first);
            return fallback.filter(|&block| block <= last).unwrap_or(first);
        }
        if self.hand > last {
            let fallback = self.last_in_hand_before(BlockId(last.0 + 1));
            return fallback.filter(|&block| block >= first).unwrap_or(last);
        }
        self.hand
    }

    pub(crate) fn take_in_hand(&mut self, block: BlockId) {
        if self.can_be_in_hand(block) {
            self.hand = block;
        }
    }

    /// Where the reader is, to come back to.
    pub(crate) fn place(&self) -> Place {
        Place {
            anchor: self.anchor,
            hand: self.hand(),
            chosen: self.chosen,
        }
    }

    pub(crate) fn return_to(&mut self, place: Place) {
        self.anchor = place.anchor;
        self.hand = place.hand;
        self.seam = None;
        self.top = self.lowest_top().min(self.row_of_anchor());
    }

    /// Whether coming back to the place would bring nothing into sight that matters there: what
    /// stood at its top and something of what was in hand are on the screen.
    pub(crate) fn shows(&self, place: Place) -> bool {
        let (first, last) = self.blocks_in_sight();
        let has_hand = first <= Some(place.hand) && Some(place.hand) <= last;
        self.stands_at(place) || has_hand && self.is_in_sight(place.anchor.position)
    }

    /// Whether the same stands at the top as at that place.
    pub(crate) fn stands_at(&self, place: Place) -> bool {
        self.anchor == place.anchor
    }

    /// What the reader put at the top, whatever the size of the screen.
    pub(crate) fn anchor(&self) -> Position {
        self.anchor.position
    }

    /// Puts the line of a position on top, or as near to it as the paper's end allows.
    pub(crate) fn scroll_to(&mut self, position: Position) {
        self.put_on_top(position, 0);
        self.take_first_whole_in_hand();
    }

    /// Puts the line of a position on top, as it was when the paper was closed there.
    pub(crate) fn come_back_to(&mut self, position: Position) {
        self.anchor = Anchor { position, lead: 0 };
        self.top = self.lowest_top().min(self.row_of_anchor());
        self.take_first_whole_in_hand();
    }

    /// Where the reader is: the start of the paragraph in hand if it is in sight, else the first
    /// position that is.
    pub(crate) fn hand_or_top(&self) -> Position {
        let start = Position::start_of(self.hand());
        if self.is_in_sight(start) {
            start
        } else {
            self.anchor.position
        }
    }

    /// The first position below the screen; none if the screen shows the paper's end.
    pub(crate) fn position_below(&self) -> Option<Position> {
        let last = self.page().last()?.row;
        let below = self.flow.step(last, Direction::Next)?;
        self.flow.set(below).map(|row| row.position())
    }

    pub(crate) fn is_in_sight(&self, position: Position) -> bool {
        let row = self.flow.row_of(position);
        self.page().iter().any(|set| set.row == row)
    }

    /// Scrolls by rows. At the paper's ends, where the text cannot move, the paragraph in hand
    /// moves instead. A long way is left to [`View::walk_on`].
    pub(crate) fn scroll(&mut self, direction: Direction, rows: usize) {
        let before = self.top;
        self.set_out(Way {
            direction,
            rows,
            is_turn: false,
        });
        if self.top == before {
            self.move_hand(direction);
        }
    }

    /// Turns screens, keeping two rows of each; a long way as [`View::scroll`] does.
    pub(crate) fn turn(&mut self, direction: Direction, screens: usize) {
        let below = self.position_below();
        let rows = self.rows.saturating_sub(KEPT_ON_TURNING).max(1);
        let before = self.top;
        self.set_out(Way {
            direction,
            rows: rows.saturating_mul(screens),
            is_turn: true,
        });
        if self.top == before {
            return self.move_hand(direction);
        }
        self.seam = below.filter(|_| direction == Direction::Next);
    }

    /// Whether the text is being scrolled a long way.
    pub(crate) fn is_walking(&self) -> bool {
        self.way.is_some()
    }

    /// Scrolls a long way a bit further.
    pub(crate) fn walk_on(&mut self) {
        if let Some(way) = self.way.take() {
            self.set_out(way);
        }
    }

    /// Stays where a long way has led so far.
    pub(crate) fn stop(&mut self) {
        self.way = None;
    }

    fn set_out(&mut self, way: Way) {
        let stride = way.rows.min(STRIDE);
        let before = self.top;
        self.set_top(self.flow.walk(self.top, way.direction, stride));
        if self.top == before {
            return;
        }
        match way.is_turn {
            true => self.take_first_whole_in_hand(),
            false => self.hand = self.hand(),
        }
        let rows = way.rows - stride;
        self.way = (rows > 0).then_some(Way { rows, ..way });
    }

    /// Brings a position into sight and takes its block in hand: a heading to the top, anything
    /// else a third down, and nothing moves if it is in sight already.
    pub(crate) fn show(&mut self, position: Position) {
        let is_heading = self
            .paper
            .block(position.block)
            .is_some_and(|block| matches!(block.kind, Kind::Heading(_)));
        if is_heading {
            self.put_on_top(position, 0);
            return self.take_in_hand(position.block);
        }
        self.reveal(position);
    }

    /// Brings a position into sight, a third down, and takes its block in hand. Nothing moves if
    /// it is in sight already.
    pub(crate) fn reveal(&mut self, position: Position) {
        if !self.is_in_sight(position) {
            self.put_on_top(position, self.rows / 3);
        }
        self.take_in_hand(position.block);
    }

    /// Takes the paragraph so many further or back in hand, and brings its first line into sight.
    pub(crate) fn step_paragraphs(&mut self, direction: Direction, times: usize) {
        self.seam = None;
        let mut block = self.hand();
        for _ in 0..times {
            block = match self.neighbour(block, direction) {
                Some(next) => next,
                None => break,
            };
        }
        self.hand = block;
        let start = Position::start_of(block);
        if self.is_in_sight(start) {
            return;
        }
        match direction {
            Direction::Next => self.put_on_top(start, self.rows / 3),
            Direction::Previous => self.put_on_top(start, 0),
        }
    }

    pub(crate) fn go_to_end(&mut self, direction: Direction) {
        match direction {
            Direction::Previous => {
                self.set_top(Row::default());
                self.hand = self.first_in_hand_from(BlockId(0)).unwrap_or_default();
            }
            Direction::Next => {
                self.set_top(self.lowest_top());
                self.hand = BlockId(self.paper.blocks.len());
                self.hand = self.hand();
            }
        }
    }

    /// Takes the sources whose mentions in the text can be chosen from now on.
    pub(crate) fn take_sources(&mut self, sources: Arc<Sources>) {
        self.sources = Some(sources);
    }

    /// The markers, links and mentions on the screen, in reading order.
    pub(crate) fn targets(&self) -> Vec<(BlockId, Focus)> {
        let mut found = Vec::new();
        for set in self.page() {
            for focus in self.targets_of(&set) {
                let target = (set.row.block, focus);
                if !found.contains(&target) {
                    found.push(target);
                }
            }
        }
        found
    }

    /// On which row of the page the marker, link or mention begins; none if it is out of sight.
    pub(crate) fn row_of_target(&self, block: BlockId, focus: Focus) -> Option<usize> {
        let shows = |set: &SetRow| set.row.block == block && self.targets_of(set).contains(&focus);
        self.page().iter().position(shows)
    }

    /// The stretches of a row that belong to mentions of sources.
    pub(crate) fn mentions_on(&self, set: &SetRow) -> Vec<Stretch> {
        let sources = self.sources.as_deref();
        sources.map_or(Vec::new(), |sources| mentions::on_row(set, sources))
    }

    /// The targets of a row, from left to right.
    fn targets_of(&self, set: &SetRow) -> Vec<Focus> {
        let runs = set.line().into_iter().flat_map(|line| &line.runs);
        let mut found: Vec<(u16, Focus)> = runs
            .filter_map(|run| Some((run.column, Focus::of(run.role.part)?)))
            .collect();
        let mentions = self.mentions_on(set).into_iter();
        found.extend(
            mentions.map(|stretch| (stretch.columns.start, Focus::Mention(stretch.mention))),
        );
        found.sort_by_key(|(column, _)| *column);
        found.into_iter().map(|(_, focus)| focus).collect()
    }

    /// Chooses the next or previous marker or link on the screen, going round; first the one at
    /// or below the paragraph in hand.
    pub(crate) fn choose_next(&mut self, direction: Direction) {
        let targets = self.targets();
        let at = self
            .chosen
            .and_then(|chosen| targets.iter().position(|&target| target == chosen));
        let hand = self.hand();
        let next = match (at, direction) {
            (Some(at), Direction::Next) => at + 1,
            (Some(at), Direction::Previous) => (at + targets.len()).saturating_sub(1),
            (None, Direction::Next) => targets.partition_point(|&(block, _)| block < hand),
            (None, Direction::Previous) => {
                let after = targets.partition_point(|&(block, _)| block <= hand);
                (after + targets.len()).saturating_sub(1)
            }
        };
        self.chosen = targets.get(next % targets.len().max(1)).copied();
        if let Some((block, _)) = self.chosen {
            self.take_in_hand(block);
        }
    }

    /// What was chosen is so only while it is in sight.
    pub(crate) fn forget_what_left(&mut self) {
        if let Some(chosen) = self.chosen
            && !self.targets().contains(&chosen)
        {
            self.chosen = None;
        }
    }

    fn put_on_top(&mut self, position: Position, rows_above: usize) {
        let mut row = self.flow.row_of(position);
        row = self.flow.walk(row, Direction::Previous, rows_above);
        self.set_top(row);
    }

    fn set_top(&mut self, row: Row) {
        self.seam = None;
        self.top = self.lowest_top().min(row);
        self.anchor = self.anchor_of(self.top);
    }

    /// The furthest that the text can be scrolled: with its last row on the screen's last.
    fn lowest_top(&self) -> Row {
        let above = self.fewest_rows.saturating_sub(1);
        self.flow.walk(self.flow.last(), Direction::Previous, above)
    }

    fn anchor_of(&self, top: Row) -> Anchor {
        let Some(set) = self.flow.set(top) else {
            return Anchor::default();
        };
        let (offset, lead) = set.layout.place_of(top.line);
        let block = top.block;
        Anchor {
            position: Position { block, offset },
            lead,
        }
    }

    fn row_of_anchor(&self) -> Row {
        let Anchor { position, lead } = self.anchor;
        let layout = self.flow.layout(position.block);
        Row {
            block: position.block,
            line: layout.map_or(0, |layout| layout.line_at(position.offset, lead)),
        }
    }

    fn blocks_in_sight(&self) -> (Option<BlockId>, Option<BlockId>) {
        let page = self.page();
        let mut with_text = page
            .iter()
            .filter(|set| !set.is_lead())
            .map(|set| set.row.block);
        let first = with_text.next();
        (first, with_text.next_back().or(first))
    }

    fn take_first_whole_in_hand(&mut self) {
        let page = self.page();
        let begins = page
            .iter()
            .find(|set| set.row.line == set.layout.lead && self.can_be_in_hand(set.row.block));
        match begins {
            Some(set) => self.hand = set.row.block,
            None => self.hand = self.hand(),
        }
    }

    fn neighbour(&self, block: BlockId, direction: Direction) -> Option<BlockId> {
        match direction {
            Direction::Next => self.first_in_hand_from(BlockId(block.0 + 1)),
            Direction::Previous => self.last_in_hand_before(block),
        }
    }

    /// Where the text cannot move any further, the paragraph in hand does.
    fn move_hand(&mut self, direction: Direction) {
        let hand = self.hand();
        self.hand = self.neighbour(hand, direction).unwrap_or(hand);
    }

    fn first_in_hand_from(&self, first: BlockId) -> Option<BlockId> {
        (first.0..self.paper.blocks.len())
            .map(BlockId)
            .find(|&id| self.can_be_in_hand(id))
    }

    fn last_in_hand_before(&self, end: BlockId) -> Option<BlockId> {
        let end = end.0.min(self.paper.blocks.len());
        (0..end)
            .rev()
            .map(BlockId)
            .find(|&id| self.can_be_in_hand(id))
    }

    /// Only the author's words can be bookmarked and copied.
    fn can_be_in_hand(&self, id: BlockId) -> bool {
        let block = self.paper.block(id);
        block.is_some_and(|block| block.is_authors() && !block.text.is_empty())
    }
}
