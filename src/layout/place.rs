//! From a place in a block's text to a place on its lines, and back.

use std::ops::Range;

use super::{Layout, Line, Part, Run, ruler};

impl Layout {
    /// The line that shows the byte at the offset, as an index into [`Layout::lines`]. For a
    /// place that is not shown, as the space at which a line is broken, the line it belongs to;
    /// for one beyond the text, the last.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        let candidates = self.candidates(offset);
        let lines = self.lines.get(candidates.clone()).unwrap_or_default();
        let shows = |line: &Line| line.text_runs().any(|run| run.source.contains(&offset));
        let begins = |line: &Line| line.text_runs().any(|run| run.source.start <= offset);
        let index = lines
            .iter()
            .position(shows)
            .or_else(|| lines.iter().rposition(begins))
            .or_else(|| lines.iter().position(|line| !line.text.is_empty()))
            .unwrap_or(lines.len().saturating_sub(1));
        candidates.start + index
    }

    /// The line that shows the byte at the offset, and the column at which it stands there. A
    /// place that is not shown is where the text before it ends.
    #[must_use]
    pub fn column_of(&self, offset: usize) -> (usize, u16) {
        let index = self.line_of(offset);
        let column = self
            .lines
            .get(index)
            .map_or(0, |line| line.column_of(offset));
        (index, column)
    }

    /// The place of the text that is nearest to the column of the line: for clicks.
    #[must_use]
    pub fn offset_at(&self, line: usize, column: u16) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let index = line.clamp(self.lead.min(last), last);
        let Some(line) = self.lines.get(index) else {
            return 0;
        };
        let Some(run) = line.run_near(column) else {
            return line.text.start;
        };
        let offset = run.offset_at(column);
        if self.line_of(offset) == index {
            offset
        } else {
            run.last_grapheme()
        }
    }

    /// The first offset of the text that the line shows; for a line that shows none, where the
    /// text goes on.
    #[must_use]
    pub fn start_of(&self, line: usize) -> usize {
        let last = self.lines.len().saturating_sub(1);
        let index = line.clamp(self.lead.min(last), last);
        let Some(line) = self.lines.get(index) else {
            return 0;
        };
        let above = index.checked_sub(1).and_then(|index| self.lines.get(index));
        if above.is_some_and(|above| !above.text.is_empty() && above.text == line.text) {
            let starts = line.text_runs().map(|run| run.source.start);
            return starts.min().unwrap_or(line.text.start);
        }
        line.text.start
    }

    /// Where a line stands, whatever the width: the first offset that it shows, or that is shown
    /// next after it, and how many lines further down that is.
    pub(crate) fn place_of(&self, line: usize) -> (usize, usize) {
        let offset = self.start_of(line);
        (offset, self.line_of(offset).saturating_sub(line))
    }

    /// The line that shows the offset, or a line without text before it: up to so many further
    /// up, as far as there are.
    pub(crate) fn line_at(&self, offset: usize, lines_above: usize) -> usize {
        let line = self.line_of(offset);
        let above = 1..=lines_above.min(line);
        let without_text = above.take_while(|up| self.start_of(line - up) == offset);
        line - without_text.last().unwrap_or(0)
    }

    /// The lines that could show the offset: one, but in a table all the lines of a row.
    fn candidates(&self, offset: usize) -> Range<usize> {
        let text = self.lines.get(self.lead..).unwrap_or_default();
        let end = text.partition_point(|line| line.text.start <= offset);
        let start = end
            .checked_sub(1)
            .and_then(|last| text.get(last))
            .map_or(0, |last| {
                text.partition_point(|line| line.text.start < last.text.start)
            });
        self.lead + start..self.lead + end.max(1)
    }
}

impl Line {
    fn column_of(&self, offset: usize) -> u16 {
        let mut shows = self.text_runs();
        if let Some(run) = shows.find(|run| run.source.contains(&offset)) {
            return run.column_of(offset);
        }
        let mut before = self.runs.iter().rev();
        before
            .find(|run| run.source.start <= offset && run.is_set_from_text())
            .map_or(0, |run| run.column.saturating_add(run.columns))
    }

    /// The run of text at the column, else the nearest one.
    fn run_near(&self, column: u16) -> Option<&Run> {
        self.text_runs().min_by_key(|run| {
            let last = run.column.saturating_add(run.columns.saturating_sub(1));
            run.column.saturating_sub(column) + column.saturating_sub(last)
        })
    }

    /// The runs that show bytes of the text.
    fn text_runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| !run.source.is_empty())
    }
}

impl Run {
    /// Whether it shows more than one grapheme, and those of its source as they are. If not, it
    /// stands for its source as a whole, and no part of it for a part of that.
    #[must_use]
    pub fn is_verbatim(&self) -> bool {
        self.role.part != Part::Formula
            && self.text.len() == self.source.len()
            && ruler::first_grapheme(&self.text) < self.text.len()
    }

    /// The columns, from the text's left edge, at which it shows some of the bytes; none if it
    /// shows none of them.
    #[must_use]
    pub fn columns_of(&self, bytes: &Range<usize>) -> Option<Range<u16>> {
        let start = bytes.start.max(self.source.start);
        let end = bytes.end.min(self.source.end);
        if start >= end {
            return None;
        }
        let right = if end < self.source.end && self.is_verbatim() {
            self.column_of(end)
        } else {
            self.column.saturating_add(self.columns)
        };
        Some(self.column_of(start)..right)
    }

    /// Whether it is a part of the text or one of its markers.
    fn is_set_from_text(&self) -> bool {
        !matches!(self.role.part, Part::Bullet | Part::Furniture)
    }

    fn column_of(&self, offset: usize) -> u16 {
        let before = offset.saturating_sub(self.source.start);
        match self.text.get(..before) {
            Some(before) if self.is_verbatim() => {
                self.column.saturating_add(ruler::columns(before))
            }
            _ => self.column,
        }
    }

    /// The offset at the column; the end of the source for a column after the run.
    fn offset_at(&self, column: u16) -> usize {
        if column >= self.column.saturating_add(self.columns) {
            return self.source.end;
        }
        if !self.is_verbatim() {
            return self.source.start;
        }
        let mut end = self.column;
        let mut offset = self.source.start;
        for grapheme in ruler::graphemes(&self.text) {
            end = end.saturating_add(ruler::grapheme_columns(grapheme));
            if column < end {
                break;
            }
            offset += grapheme.len();
        }
        offset
    }

    fn last_grapheme(&self) -> usize {
        let last = ruler::graphemes(&self.text).last();
        match last {
            Some(last) if self.is_verbatim() => self.source.end - last.len(),
            _ => self.source.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::lay_out;
    use crate::layout::testing::paragraph;

    /// The layout of the marked text, without blank lines before it.
    fn set(marked: &str, columns: u16) -> Layout {
        let mut block = paragraph(marked);
        block.tight = true;
        lay_out(&block, columns)
    }

    #[test]
    fn a_place_is_found_on_the_line_that_shows_it() {
        let layout = set("one two three", 7);
        assert_eq!(layout.column_of(0), (0, 0));
        assert_eq!(layout.column_of(5), (0, 5));
        assert_eq!(layout.column_of(8), (1, 0));
        assert_eq!([layout.start_of(0), layout.start_of(1)], [0, 8]);
    }

    #[test]
    fn the_space_at_which_a_line_is_broken_is_where_the_line_ends() {
        let layout = set("one two three", 7);
        assert_eq!(layout.column_of(7), (0, 7));
    }

    #[test]
    fn a_place_beyond_the_text_is_its_end() {
        let layout = set("one two three", 7);
        assert_eq!(layout.column_of(13), (1, 5));
        assert_eq!(layout.column_of(99), (1, 5));
        assert_eq!(layout.start_of(99), 8);
    }

    #[test]
    fn a_click_beside_the_text_is_a_click_on_its_nearest_letter() {
        let layout = set("one two three", 7);
        assert_eq!(layout.offset_at(0, 99), 7);
        assert_eq!(layout.offset_at(99, 2), 10);
        assert_eq!(layout.offset_at(1, 99), 13);
        let cut = set("abcdefgh", 4);
        assert_eq!(cut.offset_at(0, 99), 3);
    }

    #[test]
    fn blank_lines_before_the_text_lead_to_its_start() {
        let layout = lay_out(&paragraph("one"), 7);
        assert_eq!(layout.lead, 1);
        assert_eq!(layout.line_of(0), 1);
        assert_eq!(layout.start_of(0), 0);
        assert_eq!(layout.offset_at(0, 1), 1);
    }

    #[test]
    fn what_stands_in_for_text_is_one_place() {
        let layout = set("a---b", 9);
        assert_eq!(layout.column_of(1), (0, 1));
        assert_eq!(layout.column_of(3), (0, 1));
        assert_eq!(layout.offset_at(0, 1), 1);
        assert_eq!(layout.offset_at(0, 2), 4);
    }

    #[test]
    fn text_after_a_marker_is_found_behind_it() {
        let layout = set("one[^a] two", 20);
        assert_eq!(layout.column_of(3), (0, 4));
        assert_eq!(layout.column_of(4), (0, 5));
        assert_eq!(layout.offset_at(0, 5), 4);
    }

    #[test]
    fn a_stretch_of_text_stands_at_the_columns_of_its_letters() {
        let layout = set("a---b cd[^a] 中俄", 40);
        let shown = |bytes: Range<usize>| -> Vec<(u16, u16)> {
            let runs = layout.lines.iter().flat_map(|line| &line.runs);
            let columns = runs.filter_map(|run| run.columns_of(&bytes));
            columns.map(|it| (it.start, it.end)).collect()
        };
        assert_eq!(shown(0..1), [(0, 1)]);
        assert_eq!(shown(2..3), [(1, 2)]);
        assert_eq!(shown(7..7), []);
        assert_eq!(shown(6..8), [(4, 6)]);
        assert_eq!(shown(12..15), [(10, 12)]);
    }

    #[test]
    fn columns_count_wide_letters_twice() {
        let layout = set("中俄联", 20);
        assert_eq!(layout.column_of(3), (0, 2));
        assert_eq!(layout.offset_at(0, 3), 3);
    }
}
