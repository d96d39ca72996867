//! The lines of a table of contents: each names a part and its page. They are no headings.

use std::collections::HashSet;
use std::ops::Range;

use super::furniture;
use super::line::PdfLine;
use crate::formats::mend::{MendedKind, MendedParagraph};

/// A table has at least so many entries; those without leaders at least so many.
const MIN_ENTRIES: usize = 3;
const MIN_BARE_ENTRIES: usize = 4;
/// An entry has at most so many lines.
const ENTRY_LINES: usize = 4;
/// A leader has at least so many full stops.
const LEADER: usize = 4;
/// Without a leader, the number of the page is apart by so many ems.
const GAP_EMS: f32 = 2.0;

/// Which lines of the text end an entry, and which are between the first and the last of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ContentsTable {
    ends: HashSet<usize>,
    lines: HashSet<usize>,
}

impl ContentsTable {
    /// Finds them in lines of text, in reading order; they are known by their places in it.
    pub(super) fn find(flow: &[&PdfLine]) -> Self {
        let entries: Vec<ContentsEntry> = flow
            .iter()
            .enumerate()
            .filter_map(|(index, line)| entry(index, line))
            .collect();
        let mut table = ContentsTable::default();
        for run in entries.chunk_by(|one, next| next.line - one.line <= ENTRY_LINES) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let led = run.iter().filter(|entry| entry.has_leader).count();
            let rises = run.windows(2).all(|pair| match pair {
                [one, next] => one.page <= next.page,
                _ => true,
            });
            if led >= MIN_ENTRIES || (run.len() >= MIN_BARE_ENTRIES && rises) {
                let from = first_line(first.line, flow);
                table.lines.extend(from..=last.line);
                table.ends.extend(run.iter().map(|entry| entry.line));
            }
        }
        table
    }

    /// The paragraphs, with a paragraph for each entry in place of those that its lines were in.
    pub(super) fn part(&self, paragraphs: Vec<MendedParagraph>) -> Vec<MendedParagraph> {
        if self.lines.is_empty() {
            return paragraphs;
        }
        paragraphs
            .into_iter()
            .flat_map(|paragraph| self.pieces(paragraph))
            .collect()
    }

    fn pieces(&self, paragraph: MendedParagraph) -> Vec<MendedParagraph> {
        if !paragraph
            .lines
            .clone()
            .any(|line| self.lines.contains(&line))
        {
            return vec![paragraph];
        }
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for line in paragraph.lines.clone() {
            let goes_on = pieces.last().is_some_and(|last| {
                let before = last.end.saturating_sub(1);
                !self.ends.contains(&before)
                    && self.lines.contains(&before) == self.lines.contains(&line)
            });
            match pieces.last_mut().filter(|_| goes_on) {
                Some(last) => last.end = line + 1,
                None => pieces.push(line..line + 1),
            }
        }
        let pieces = pieces.into_iter().map(|lines| MendedParagraph {
            kind: if self.lines.contains(&lines.start) {
                MendedKind::Text
            } else {
                paragraph.kind.clone()
            },
            why: paragraph.why,
            lines,
        });
        pieces.collect()
    }
}

/// The line that ends an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
struct ContentsEntry {
    line: usize,
    page: u32,
    has_leader: bool,
}

fn entry(index: usize, line: &PdfLine) -> Option<ContentsEntry> {
    let text = line.text();
    let number = text.rsplit([' ', '.', '…', '·']).next()?;
    let page = page_number(number)?;
    let before = text.get(..text.len() - number.len())?;
    let tail = before.trim_end_matches(['.', ' ', '…', '·']);
    let leader = before.get(tail.len()..)?;
    let stops = leader
        .chars()
        .filter(|letter| matches!(letter, '.' | '·'))
        .count();
    let has_leader = stops >= LEADER || leader.matches('…').count() >= 2;
    let last = line.pieces.last()?;
    let above = line.pieces.iter().rev().nth(1)?;
    let is_apart =
        last.run.text() == number && last.run.left - above.run.right > GAP_EMS * line.size;
    let has_words = tail.chars().any(char::is_alphabetic);
    (has_words && (has_leader || is_apart)).then_some(ContentsEntry {
        line: index,
        page,
        has_leader,
    })
}

/// The number of a page, also a Roman one, which come first.
fn page_number(number: &str) -> Option<u32> {
    if number.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return furniture::is_roman(number).then_some(0);
    }
    let is_arabic = number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_arabic.then(|| number.parse().ok())?
}

/// The first line of the entry that ends at a line: those above it are its own if they hang
/// together with it, and are not set as what heads the table.
fn first_line(end: usize, flow: &[&PdfLine]) -> usize {
    let mut first = end;
    while let Some((above, line)) = first
        .checked_sub(1)
        .and_then(|index| Some((flow.get(index)?, flow.get(first)?)))
    {
        let gap = line.baseline - above.baseline;
        let is_near = above.page == line.page
            && above.region == line.region
            && (0.0..1.35 * line.size).contains(&gap)
            && (above.size - line.size).abs() < 0.05 * line.size;
        // A line that is an entry's first ends where the numbers of the pages begin.
        let is_long = above.right - above.left > 0.6 * (line.right - line.left);
        if !is_near || !is_long || end - first + 1 >= ENTRY_LINES {
            break;
        }
        first -= 1;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;
    use crate::formats::mend::{Edges, PageLine, paragraphs};

    /// The kinds of the paragraphs of these lines, the words of each first.
    fn kinds(texts: &[(f32, f32, f32, &str)]) -> Vec<(String, bool)> {
        let lines = lines(runs(&page(texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let loose: Vec<PageLine> = lines
            .iter()
            .map(|line| PageLine {
                text: line.text(),
                left: line.left,
                right: line.right,
                baseline: line.baseline,
                size: line.size,
                ..PageLine::default()
            })
            .collect();
        let found = paragraphs(&loose, &Edges::new(&loose));
        let parted = ContentsTable::find(&flow).part(found);
        let kind = |paragraph: &MendedParagraph| {
            let first = loose[paragraph.lines.start].text.clone();
            (first, matches!(paragraph.kind, MendedKind::Heading(_)))
        };
        parted.iter().map(kind).collect()
    }

    const TEXT: &str = "a line of the text that is as long as the lines of the text are";

    #[test]
    fn entries_of_a_table_of_contents_are_no_headings() {
        let mut texts = vec![
            (60.0, 60.0, 10.0, "CONTENTS"),
            (
                60.0,
                90.0,
                10.0,
                "INTRODUCTION ............................................ 71",
            ),
            (
                60.0,
                102.0,
                10.0,
                "I. THE CURRENT PROCESSES OF THE DIVISION AND THE REST",
            ),
            (
                75.0,
                114.0,
                10.0,
                "AND THEIR ENFORCEMENT ............................ 76",
            ),
            (
                60.0,
                126.0,
                10.0,
                "CONCLUSION .............................................. 95",
            ),
            (60.0, 160.0, 10.0, "INTRODUCTION"),
        ];
        texts.extend([184.0, 196.0, 208.0].map(|y| (60.0, y, 10.0, TEXT)));
        let kinds = kinds(&texts);
        let headings: Vec<&str> = kinds
            .iter()
            .filter(|(_, is_heading)| *is_heading)
            .map(|(text, _)| text.as_str())
            .collect();
        assert_eq!(headings, ["CONTENTS", "INTRODUCTION"]);
        assert!(
            kinds
                .iter()
                .any(|(text, _)| text.starts_with("I. THE CURRENT"))
        );
        assert!(
            kinds
                .iter()
                .any(|(text, _)| text.starts_with("CONCLUSION ...."))
        );
    }

    #[test]
    fn numbers_of_pages_at_the_right_are_enough_if_they_rise() {
        let contents = |numbers: [&'static str; 4]| {
            let mut texts = Vec::new();
            for ((y, name), number) in [
                (90.0, "One part"),
                (110.0, "Two"),
                (130.0, "Six"),
                (150.0, "Ten"),
            ]
            .into_iter()
            .zip(numbers)
            {
                texts.push((60.0, y, 10.0, name));
                texts.push((320.0, y, 10.0, number));
            }
            let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
            let flow: Vec<&PdfLine> = lines.iter().collect();
            ContentsTable::find(&flow).ends.len()
        };
        assert_eq!(contents(["3", "9", "12", "40"]), 4);
        assert_eq!(contents(["3", "9", "2", "40"]), 0);
    }

    #[test]
    fn a_number_behind_points_in_the_middle_of_the_line_is_that_of_a_page() {
        let text = |text| {
            let lines = lines(runs(&page(&[(60.0, 90.0, 10.0, text)])), 0, 0, 0.16);
            entry(0, &lines[0]).map(|entry| entry.page)
        };
        assert_eq!(text("Introduction ···························71"), Some(71));
        assert_eq!(text("Preface ......................... xxviii"), Some(0));
        assert_eq!(text("Preface ......................... ill"), None);
    }
}
