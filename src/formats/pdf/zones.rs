//! Where notes are at the foot of a column: under a short rule, in smaller type, or where links
//! lead to.

use std::collections::HashSet;
use std::ops::Range;

use super::calls;
use super::imprint;
use super::label::{self, Label, Tail};
use super::line::{BaselineShift, PdfLine};
use super::measures::{Measures, most_common_size};
use super::overflow::is_unfinished;
use super::page::{Page, Rule};

/// Notes are at most this large beside the text, if no rule is above them.
pub(super) const NOTE_SIZE: f32 = 0.955;
/// A rule above notes begins at the column's left edge, within so many ems.
const RULE_LEFT_EMS: f32 = 2.0;

/// So many lines, each of so much of the width, are running text.
const PROSE_LINES: usize = 5;
const FULL_LINE: f32 = 0.75;
/// Cells of a table have so much white between them.
const CELL_GAP_EMS: f32 = 2.0;

/// Numbers from here on that are not raised are years, unless a stop or a bracket ends them.
const FIRST_YEAR: u32 = 1000;
/// How much a label that is not raised looks like the beginning of a note if a stop ends it.
const STOPPED: f32 = 0.7;
/// How much a label without words after it looks like the beginning of a note, at most.
const ALONE: f32 = 0.46;

/// Lines that begin a note, or may.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NoteBeginning {
    /// The line, by its index.
    pub(super) line: usize,
    pub(super) label: Label,
    /// The pieces that are the label, and the letters of the next one that are.
    pub(super) pieces: usize,
    pub(super) letters: usize,
    pub(super) is_raised: bool,
    /// How much it looks like the beginning of a note, from 0 to 1.
    pub(super) likeness: f32,
}

impl NoteBeginning {
    /// Whether the label is ended by a stop or a bracket, or needs none: a sign, or what is raised
    /// or stands alone.
    pub(super) fn is_stopped(&self) -> bool {
        let is_sign = self.label.number().is_none();
        is_sign
            || self.is_raised
            || self.likeness >= STOPPED
            || (self.likeness - ALONE).abs() < f32::EPSILON
    }
}

/// The label at the beginning of a line, if there is one.
///
/// A label alone is less likely to begin a note than one with words after it.
pub(super) fn start(index: usize, line: &PdfLine) -> Option<NoteBeginning> {
    let mut start = labelled(index, line)?;
    let is_alone = start.pieces >= line.pieces.len();
    if is_alone {
        start.likeness = start.likeness.min(ALONE);
    }
    Some(start)
}

fn labelled(index: usize, line: &PdfLine) -> Option<NoteBeginning> {
    let first = line.pieces.first()?;
    let found = |label, pieces, letters, is_raised, likeness| NoteBeginning {
        line: index,
        label,
        pieces,
        letters,
        is_raised,
        likeness,
    };
    if let Some(proved) = &line.numerals.label {
        let (pieces, letters) = beyond(line, proved.letters);
        let likeness = if proved.is_raised { 1.0 } else { STOPPED };
        let label = proved.label.clone();
        return Some(found(label, pieces, letters, proved.is_raised, likeness));
    }
    let is_small = first.run.size < 0.87 * line.size;
    if first.shift == BaselineShift::Raised || is_small {
        let raised = line.pieces.iter().enumerate();
        let raised = raised.take_while(|(index, piece)| {
            (piece.shift == BaselineShift::Raised || piece.run.size < 0.87 * line.size)
                && (*index == 0 || !piece.after_space)
        });
        let pieces = raised.count();
        let text: String = line
            .pieces
            .iter()
            .take(pieces)
            .map(|piece| piece.run.text())
            .collect();
        let label = match label::readings(&text).into_iter().next()?.as_slice() {
            [label] => label.clone(),
            _ => return None,
        };
        return Some(found(label, pieces, 0, true, 1.0));
    }
    let text = line.text();
    // What is called by `[12]` is a source, not a note, as far as is known.
    let may_be_label = line.has_bracketed_label || !text.starts_with('[');
    let (label, letters, tail) = label::leading(&text).filter(|_| may_be_label)?;
    let likeness = match tail {
        Tail::Stop | Tail::Bracket => STOPPED,
        Tail::Space => 0.5,
        Tail::Glued => 0.4,
    };
    let (pieces, letters) = beyond(line, letters);
    Some(found(label, pieces, letters, false, likeness))
}

/// The place behind the first letters of a line: how many pieces are before it, and how many letters
/// of the next one. A label may go over several pieces, as `(`, `3` and `)` do.
fn beyond(line: &PdfLine, letters: usize) -> (usize, usize) {
    let mut pieces = 0;
    let mut left = letters;
    for piece in &line.pieces {
        if left < piece.run.letters.len() {
            break;
        }
        left -= piece.run.letters.len();
        pieces += 1;
    }
    (pieces, left)
}

/// The zones of notes, as ranges of lines, in reading order.
///
/// `linked` are the lines that links of markers lead to, by index and sorted.
pub(super) fn zones(
    lines: &[PdfLine],
    pages: &[Page],
    measures: Measures,
    linked: &[usize],
) -> Vec<Range<usize>> {
    let mut zones: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for column in lines.chunk_by(|one, next| one.page == next.page && one.region == next.region) {
        let to = from + column.len();
        let page = column.first().map_or(0, |line| line.page);
        let is_open = zones.last().is_some_and(|last| {
            lines
                .get(last.start)
                .is_some_and(|line| line.page + 1 >= page)
        });
        let is_cut = is_open
            && zones.last().is_some_and(|last| {
                let line = last.end.checked_sub(1).and_then(|line| lines.get(line));
                line.is_some_and(is_unfinished)
            });
        let rules = pages.get(page).map_or(&[] as &[Rule], |page| &page.rules);
        let height = pages.get(page).map_or(0.0, |page| page.height);
        let lines =
            column.get(..column.len() - imprint::lines(column, NOTE_SIZE * measures.body, height));
        let column = PageColumn {
            lines: lines.unwrap_or(column),
            from,
            rules,
            measures,
            is_open,
            is_cut,
        };
        if let Some(start) = column.zone(linked) {
            zones.push(from + start..from + column.lines.len());
        }
        from = to;
    }
    zones
}

struct PageColumn<'a> {
    lines: &'a [PdfLine],
    /// The index of its first line.
    from: usize,
    rules: &'a [Rule],
    measures: Measures,
    /// Whether notes may go on here from the column before.
    is_open: bool,
    /// Whether they do so in the midst of a sentence.
    is_cut: bool,
}

impl PageColumn<'_> {
    /// The first line of the notes, counted in the column.
    fn zone(&self, linked: &[usize]) -> Option<usize> {
        let linked = linked
            .iter()
            .filter_map(|line| line.checked_sub(self.from))
            .find(|line| *line < self.lines.len());
        let ruled = self.below_rule();
        match (ruled, linked) {
            (Some(ruled), Some(linked)) if ruled <= linked => Some(ruled),
            (_, Some(linked)) if self.are_small(linked, 1.03) => Some(self.with_continued(linked)),
            (Some(ruled), _) => Some(ruled),
            (None, _) => self.small_at_foot(),
        }
    }

    /// Whether all lines from here on are at most so large beside the text.
    fn are_small(&self, from: usize, most: f32) -> bool {
        self.lines
            .iter()
            .skip(from)
            .all(|line| line.size <= most * self.measures.body)
    }

    fn below_rule(&self) -> Option<usize> {
        let left = self
            .lines
            .iter()
            .map(|line| line.left)
            .fold(f32::MAX, f32::min);
        let right = self.lines.iter().map(|line| line.right).fold(0.0, f32::max);
        let em = self.measures.body;
        let mut rules: Vec<&Rule> = self
            .rules
            .iter()
            .filter(|rule| {
                (rule.left - left).abs() <= RULE_LEFT_EMS * em
                    && rule.right <= right + 2.0 * em
                    && !self.is_underline(rule)
            })
            .collect();
        rules.sort_by(|one, other| one.y.total_cmp(&other.y));
        let below = |rule: &Rule, most: f32| {
            let index = self
                .lines
                .iter()
                .position(|line| line.baseline - 0.5 * line.size > rule.y)?;
            let begins = self.is_open || self.begins_note(index);
            (begins && self.are_small(index, most) && !self.is_table(rule)).then_some(index)
        };
        // Smaller type is surer than a rule, which may be that below the head of a table.
        let small = |rule: &&Rule| below(rule, NOTE_SIZE);
        let any = |rule: &&Rule| {
            let index = below(rule, 1.03)?;
            let is_long = rule.right - rule.left > 0.7 * (right - left);
            // Word sets a long rule above the rest of a note.
            let goes_on = self.is_open && self.has_raised_label(index) || self.is_cut;
            (!is_long || goes_on).then_some(index)
        };
        let text = self.calling_text();
        let is_after_calls = |index: &usize| *index >= text;
        let small = rules.iter().filter_map(small);
        let any = rules.iter().filter_map(any);
        let sure = small.clone().chain(any).find(is_after_calls);
        sure.or_else(|| small.clone().next())
    }

    /// How many lines are text because they call a note that begins below them.
    fn calling_text(&self) -> usize {
        let mut begun: HashSet<Label> = HashSet::new();
        for (index, line) in self.lines.iter().enumerate().rev() {
            let marks = calls::marks(index, line, None).into_iter();
            let mut called = marks.filter(|mark| mark.pieces.start > 0 && mark.likeness >= 0.5);
            if called.any(|mark| {
                mark.readings
                    .iter()
                    .flatten()
                    .any(|label| begun.contains(label))
            }) {
                return index + 1;
            }
            begun.extend(start(index, line).map(|start| start.label));
        }
        0
    }

    /// Whether a line begins with a label that is no year.
    fn begins_note(&self, index: usize) -> bool {
        let line = self.lines.get(index);
        let start = line.and_then(|line| start(index, line));
        let tail = || Some(label::leading(&line?.text())?.2);
        start.is_some_and(|start| {
            start.is_raised
                || matches!(tail(), Some(Tail::Stop | Tail::Bracket))
                || start
                    .label
                    .number()
                    .is_none_or(|number| number < FIRST_YEAR)
        })
    }

    /// Whether a note with a raised label begins on a line after this one.
    fn has_raised_label(&self, index: usize) -> bool {
        let after = self.lines.iter().enumerate().skip(index + 1);
        after
            .filter_map(|(index, line)| start(index, line))
            .any(|start| start.is_raised && start.label.number().is_some())
    }

    /// Whether a line of text rests on the rule.
    fn is_underline(&self, rule: &Rule) -> bool {
        self.lines.iter().any(|line| {
            let below = rule.y - line.baseline;
            let overlaps = rule.left < line.right && rule.right > line.left;
            overlaps && -0.1 * line.size < below && below < 0.35 * line.size
        })
    }

    /// Whether another rule as long is above or below, as in a table.
    fn is_table(&self, rule: &Rule) -> bool {
        self.rules.iter().any(|other| {
            (other.y - rule.y).abs() > 4.0
                && (other.left - rule.left).abs() < 1.0
                && (other.right - rule.right).abs() < 1.0
                && !self.is_underline(other)
                && !self.is_prose(other, rule)
        })
    }

    /// Whether what is between two rules is running text: the one above it is part of the page.
    fn is_prose(&self, above: &Rule, below: &Rule) -> bool {
        let is_full = |line: &&PdfLine| {
            above.y < line.baseline
                && line.baseline < below.y
                && line.size > NOTE_SIZE * self.measures.body
                && line.right - line.left > FULL_LINE * (below.right - below.left)
                && !has_cells(line)
        };
        let mut full = self.lines.iter().filter(is_full);
        full.nth(PROSE_LINES - 1).is_some()
    }

    /// Small lines at the foot, from the first label on.
    fn small_at_foot(&self) -> Option<usize> {
        let body = self.measures.body;
        let foot = self.lines.iter().rev();
        let count = foot
            .take_while(|line| line.size <= NOTE_SIZE * body)
            .count();
        let first = self.lines.len() - count;
        let size = most_common_size(self.lines.iter().skip(first))?;
        let labelled = (first..self.lines.len()).find(|index| {
            let Some(line) = self.lines.get(*index) else {
                return false;
            };
            let same_size = (line.size - size).abs() < 0.06 * size;
            same_size && start(*index, line).is_some_and(|start| start.likeness >= 0.5)
        })?;
        let rest = || self.lines.iter().skip(labelled);
        let all: usize = rest().map(PdfLine::letters).sum();
        let alike = rest().filter(|line| (line.size - size).abs() < 0.12 * size);
        let alike: usize = alike.map(PdfLine::letters).sum();
        (alike * 10 >= all * 9).then(|| self.with_continued(labelled))
    }

    /// A zone that begins with the end of a note from the column before has lines above its first
    /// label: those of the same size, without a gap.
    fn with_continued(&self, labelled: usize) -> usize {
        if !self.is_open {
            return labelled;
        }
        let mut first = labelled;
        while let Some((above, line)) = first
            .checked_sub(1)
            .and_then(|index| Some((self.lines.get(index)?, self.lines.get(first)?)))
        {
            let same_size = (above.size - line.size).abs() < 0.05 * line.size;
            let near = line.baseline - above.baseline < 1.45 * line.size;
            let small = above.size <= NOTE_SIZE * self.measures.body;
            if !(same_size && near && small) {
                break;
            }
            first -= 1;
        }
        first
    }
}

/// Whether there is as much white between words as there is between the cells of a table.
fn has_cells(line: &PdfLine) -> bool {
    let pairs = line.pieces.iter().zip(line.pieces.iter().skip(1));
    let mut gaps = pairs.map(|(one, next)| next.run.left - one.run.right);
    gaps.any(|gap| gap > CELL_GAP_EMS * line.size)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    const FULL: &str = "words of the text that take the whole of the line they are in";

    /// The zones of two pages, each of a line of text and what stands below its rule: a short one, and
    /// a long one on the second.
    fn zones_of_two(
        first: &[(f32, f32, f32, &str)],
        second: &[(f32, f32, f32, &str)],
    ) -> Vec<Range<usize>> {
        let below = |texts: &[(f32, f32, f32, &str)], right, y| {
            let text = [(60.0, 100.0, 10.0, FULL)];
            let mut page = page(&[&text, texts].concat());
            page.rules = vec![Rule {
                left: 60.0,
                right,
                y,
            }];
            page
        };
        let pages = [below(first, 200.0, 680.0), below(second, 335.0, 675.0)];
        let lines: Vec<PdfLine> = pages
            .iter()
            .enumerate()
            .flat_map(|(index, page)| lines(runs(page), index, 0, 0.16))
            .collect();
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        zones(&lines, &pages, measures, &[])
    }

    #[test]
    fn the_rest_of_a_note_below_a_long_rule_is_of_the_notes_whatever_its_size() {
        let first = [
            (60.0, 697.0, 7.0, "1"),
            (66.0, 700.0, 10.0, "A note that goes on"),
        ];
        let second = [
            (60.0, 688.0, 10.0, "on the next page."),
            (60.0, 697.0, 7.0, "2"),
            (66.0, 700.0, 10.0, "Another note."),
        ];
        assert_eq!(zones_of_two(&first, &second), [1..2, 3..5]);
    }

    #[test]
    fn the_rest_of_a_note_that_was_cut_is_below_a_long_rule_where_no_other_begins() {
        for (note, rest) in [("A note that goes on", Some(3..4)), ("A note.", None)] {
            let first = [(60.0, 697.0, 7.0, "1"), (66.0, 700.0, 10.0, note)];
            let second = [(60.0, 688.0, 10.0, "on here.")];
            let expected: Vec<Range<usize>> = std::iter::once(1..2).chain(rest).collect();
            assert_eq!(zones_of_two(&first, &second), expected, "{note}");
        }
    }

    #[test]
    fn a_large_number_below_a_rule_is_a_label_if_a_stop_ends_it_and_else_a_year() {
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        for (below, zone) in [
            ("1001. Smith, Notes.", Some(1..2)),
            ("1001) Smith, Notes.", Some(1..2)),
            ("1990 was a year.", None),
            ("1990s and after.", None),
        ] {
            let mut only = page(&[(60.0, 100.0, 10.0, FULL), (60.0, 700.0, 10.0, below)]);
            only.rules = vec![Rule {
                left: 60.0,
                right: 150.0,
                y: 680.0,
            }];
            let lines = lines(runs(&only), 0, 0, 0.16);
            let zones = zones(&lines, &[only], measures, &[]);
            assert_eq!(zones, Vec::from_iter(zone), "{below}");
        }
    }

    #[test]
    fn a_numbered_list_below_a_table_is_no_note() {
        let mut only = page(&[
            (60.0, 100.0, 10.0, FULL),
            (60.0, 120.0, 10.0, "1990 12"),
            (60.0, 150.0, 10.0, "1. An item of a list"),
            (60.0, 165.0, 10.0, "2. Another"),
        ]);
        only.rules = [108.0, 125.0]
            .map(|y| Rule {
                left: 60.0,
                right: 180.0,
                y,
            })
            .to_vec();
        let lines = lines(runs(&only), 0, 0, 0.16);
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        assert!(zones(&lines, &[only], measures, &[]).is_empty());
    }

    #[test]
    fn a_rule_above_the_text_of_the_page_makes_no_table_of_it() {
        let mut texts: Vec<(f32, f32, f32, &str)> = [100.0, 112.0, 124.0, 136.0, 148.0]
            .map(|y| (60.0, y, 10.0, FULL))
            .to_vec();
        texts.push((60.0, 697.0, 6.0, "1"));
        texts.push((66.0, 700.0, 9.0, "A note."));
        let rule = |y: f32| Rule {
            left: 60.0,
            right: 340.0,
            y,
        };
        let zones_of = |texts: &[(f32, f32, f32, &str)]| {
            let mut only = page(texts);
            only.rules = vec![rule(80.0), rule(680.0)];
            let lines = lines(runs(&only), 0, 0, 0.16);
            let measures = Measures {
                body: 10.0,
                leading: 12.0,
            };
            zones(&lines, &[only], measures, &[])
        };
        assert_eq!(zones_of(&texts).first(), Some(&(5..6)));
        // Without a rule, or as a table, small type that a line of other size follows is no note.
        texts.push((
            60.0,
            715.0,
            5.0,
            "the smallest type that is set below the note of this page",
        ));
        assert_eq!(zones_of(&texts).first(), Some(&(5..7)));
        assert!(zones_of(&texts[4..]).is_empty());
    }

    #[test]
    fn the_rule_below_the_head_of_a_table_is_not_that_above_notes() {
        let mut first = page(&[
            (60.0, 100.0, 10.0, FULL),
            (60.0, 687.0, 7.0, "1"),
            (66.0, 690.0, 10.0, "A note that goes on"),
        ]);
        let rule = |right: f32, y: f32| Rule {
            left: 60.0,
            right,
            y,
        };
        first.rules = vec![rule(150.0, 670.0)];
        let mut second = page(&[
            (60.0, 100.0, 10.0, "Year Count"),
            (60.0, 120.0, 10.0, "ten 12 first"),
            (121.0, 116.0, 7.0, "2"),
            (60.0, 140.0, 10.0, FULL),
            (60.0, 697.0, 7.0, "2"),
            (66.0, 700.0, 10.0, "Another note."),
        ]);
        second.rules = vec![rule(330.0, 108.0), rule(150.0, 680.0)];
        let pages = [first, second];
        let lines: Vec<PdfLine> = pages
            .iter()
            .enumerate()
            .flat_map(|(index, page)| lines(runs(page), index, 0, 0.16))
            .collect();
        let measures = Measures {
            body: 10.0,
            leading: 12.0,
        };
        assert_eq!(zones(&lines, &pages, measures, &[]), [1..2, 5..6]);
    }
}
