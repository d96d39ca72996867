//! Tables of contents: their entries, each of which names a part and its page. They are no headings.

use std::collections::HashMap;
use std::ops::Range;

use super::heading_number::{HeadingNumber, NumberedLevels};
use super::line::{self, PdfLine};
use super::page_numbers;
use crate::formats::mend::{MendedKind, MendedParagraph};

/// A table has at least so many entries; those without leaders at least so many.
const MIN_ENTRIES: usize = 3;
const MIN_BARE_ENTRIES: usize = 4;
/// An entry has at most so many lines.
pub(super) const ENTRY_LINES: usize = 4;
/// A leader has at least so many full stops.
const LEADER: usize = 4;
/// Without a leader, the number of the page is apart by so many ems.
const GAP_EMS: f32 = 2.0;
/// Entries of one level begin within so many ems.
const LEVEL_EMS: f32 = 1.0;

/// The tables of contents of a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct ContentsTable {
    pub(super) entries: Vec<ContentsEntry>,
    /// Which entry a line is of.
    lines: HashMap<usize, usize>,
}

/// An entry of a table of contents, or a line among them that names no page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ContentsEntry {
    /// By their places in the text.
    pub(super) lines: Range<usize>,
    /// Its words without the page.
    pub(super) title: String,
    /// From 1.
    pub(super) level: u8,
    /// As it is printed; may be empty.
    pub(super) page: String,
    /// Whether points lead to the page.
    pub(super) has_leader: bool,
}

impl ContentsTable {
    /// Finds them in lines of text, in reading order; they are known by their places in it.
    pub(super) fn find(flow: &[&PdfLine]) -> Self {
        let ends = flow.iter().enumerate();
        let ends = ends.filter_map(|(index, line)| entry_end(index, line));
        let ends = with_full(ends.collect(), flow);
        let mut table = ContentsTable::default();
        for run in ends.chunk_by(|one, next| next.line - one.line <= ENTRY_LINES) {
            let led = run.iter().filter(|entry| entry.has_leader).count();
            let rises = run.windows(2).all(|pair| match pair {
                [one, next] => one.page <= next.page,
                _ => true,
            });
            if led >= MIN_ENTRIES || (run.len() >= MIN_BARE_ENTRIES && rises) {
                table.take(run, flow);
            }
        }
        set_levels(&mut table.entries, flow);
        for (index, entry) in table.entries.iter().enumerate() {
            let lines = entry.lines.clone();
            table.lines.extend(lines.map(|line| (line, index)));
        }
        table
    }

    /// Takes in the entries that end at these lines, and the lines between them.
    fn take(&mut self, ends: &[EntryEnd], flow: &[&PdfLine]) {
        let mut from = 0;
        for end in ends {
            let start = first_line(end.line, from, flow);
            if from > 0 {
                for line in from..start {
                    self.entries.extend(entry(line..line + 1, flow, None));
                }
            }
            self.entries
                .extend(entry(start..end.line + 1, flow, Some(end)));
            from = end.line + 1;
        }
    }

    /// The lines of each entry, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        self.entries.iter().map(|entry| entry.lines.clone())
    }

    /// Makes entries of the paragraphs that are.
    pub(super) fn mark(&self, paragraphs: &mut [MendedParagraph]) {
        for paragraph in paragraphs {
            if self.entry_at(paragraph.lines.start).is_some() {
                paragraph.kind = MendedKind::Entry;
            }
        }
    }

    /// The entry that a line is of, by its index.
    pub(super) fn entry_at(&self, line: usize) -> Option<usize> {
        self.lines.get(&line).copied()
    }
}

/// The entry of these lines.
fn entry(lines: Range<usize>, flow: &[&PdfLine], end: Option<&EntryEnd>) -> Option<ContentsEntry> {
    let own = flow.get(lines.clone())?;
    let (last, above) = own.split_last()?;
    let text = |line: &&PdfLine| line::text(&without_leaders(line).pieces);
    let mut words: Vec<String> = above.iter().map(text).collect();
    let mut page = String::new();
    if end.is_some() {
        let (line, number) = without_page(last);
        words.push(line.text());
        page = number;
    } else {
        words.push(text(last));
    }
    Some(ContentsEntry {
        lines,
        title: words.join(" ").trim().to_owned(),
        level: 1,
        page,
        has_leader: end.is_some_and(|end| end.has_leader),
    })
}

/// The last line of an entry without the page and what leads to it, and the page.
pub(super) fn without_page(line: &PdfLine) -> (PdfLine, String) {
    let text = line.text();
    let number = text.rsplit([' ', '.', '…', '·']).next().unwrap_or("");
    let mut line = without_leaders(line);
    let mut figures = number.chars().count();
    while let Some(piece) = line.pieces.last_mut() {
        while let Some(glyph) = piece.run.letters.last() {
            if figures == 0 && !is_leader(glyph.letter) {
                return (line, number.to_owned());
            }
            figures = figures.saturating_sub(1);
            piece.run.letters.pop();
        }
        line.pieces.pop();
    }
    (line, number.to_owned())
}

/// A line without points that lead from one part of it to the next. Its pieces stay as many.
pub(super) fn without_leaders(line: &PdfLine) -> PdfLine {
    let mut line = line.clone();
    for piece in &mut line.pieces {
        let letters = std::mem::take(&mut piece.run.letters);
        let runs = letters.chunk_by(|one, next| is_leader(one.letter) == is_leader(next.letter));
        for run in runs {
            let is_led = run.len() >= LEADER && run.iter().all(|glyph| is_leader(glyph.letter));
            // A point right behind a number is its own.
            let kept = if is_led {
                usize::from(!piece.run.letters.is_empty())
            } else {
                run.len()
            };
            piece.run.letters.extend(run.iter().take(kept));
        }
    }
    line.pieces.iter_mut().for_each(|piece| {
        piece.after_space &= !piece.run.letters.is_empty();
    });
    line
}

fn is_leader(letter: char) -> bool {
    matches!(letter, '.' | ' ' | '…' | '·')
}

/// Sets how deep the entries of a table are: by their numbers, or else by where they begin.
fn set_levels(entries: &mut [ContentsEntry], flow: &[&PdfLine]) {
    let mut numbers = NumberedLevels::default();
    let lefts: Vec<f32> = entries.iter().map(|entry| left(entry, flow)).collect();
    let mut levels: Vec<(f32, u8)> = Vec::new();
    for (entry, left) in entries.iter_mut().zip(&lefts) {
        if let Some(number) = HeadingNumber::of(&entry.title) {
            let level = u8::try_from(numbers.next(&number).0).unwrap_or(6);
            entry.level = level.min(6);
            levels.push((*left, entry.level));
        }
    }
    let mut steps = lefts.clone();
    steps.sort_by(f32::total_cmp);
    steps.dedup_by(|one, last| *one - *last < LEVEL_EMS);
    for (entry, left) in entries.iter_mut().zip(&lefts) {
        if HeadingNumber::of(&entry.title).is_some() {
            continue;
        }
        let at = |(other, _): &&(f32, u8)| (other - left).abs() < LEVEL_EMS;
        let beside = levels.iter().find(at).map(|(_, level)| *level);
        let step = steps.iter().rposition(|step| *step <= left + 0.01);
        let step = u8::try_from(step.unwrap_or(0) + 1).unwrap_or(6);
        // Beside numbers, what begins further to the left than all of them is of the first level.
        let other = if levels.is_empty() { step } else { 1 };
        entry.level = beside.unwrap_or(other).min(6);
    }
}

/// Where an entry begins, in ems from the left edge of the table on its page.
fn left(entry: &ContentsEntry, flow: &[&PdfLine]) -> f32 {
    let Some(first) = flow.get(entry.lines.start) else {
        return 0.0;
    };
    let beside = flow
        .iter()
        .skip(entry.lines.start.saturating_sub(100))
        .take(200)
        .filter(|line| line.page == first.page && line.region == first.region);
    let edge = beside.map(|line| line.left).fold(first.left, f32::min);
    (first.left - edge) / first.size.max(1.0)
}

/// The line that ends an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
struct EntryEnd {
    line: usize,
    page: u32,
    has_leader: bool,
}

fn entry_end(index: usize, line: &PdfLine) -> Option<EntryEnd> {
    let text = line.text();
    let number = text.rsplit([' ', '.', '…', '·']).next()?;
    let page = page_number(number)?;
    let before = text.get(..text.len() - number.len())?;
    let tail = before.trim_end_matches(is_leader);
    let leader = before.get(tail.len()..)?;
    let stops = leader
        .chars()
        .filter(|letter| matches!(letter, '.' | '·'))
        .count();
    let has_leader = stops >= LEADER || leader.matches('…').count() >= 2;
    let mut pieces = line.pieces.iter().rev();
    let is_apart = pieces
        .next()
        .zip(pieces.next())
        .is_some_and(|(last, above)| {
            last.run.text() == number && last.run.left - above.run.right > GAP_EMS * line.size
        });
    let has_words = tail.chars().any(char::is_alphabetic);
    (has_words && (has_leader || is_apart)).then_some(EntryEnd {
        line: index,
        page,
        has_leader,
    })
}

/// The lines that end entries, with those of entries that leave no room for points: what ends at the
/// same place in a number that is between those of its neighbours.
fn with_full(ends: Vec<EntryEnd>, flow: &[&PdfLine]) -> Vec<EntryEnd> {
    let mut all: Vec<EntryEnd> = Vec::new();
    for end in ends {
        let before = all.last().filter(|last| {
            last.has_leader && end.has_leader && end.line - last.line <= 2 * ENTRY_LINES
        });
        if let Some(before) = before.copied() {
            let right = |line: usize| flow.get(line).map_or(0.0, |line| line.right);
            let between = before.line + 1..end.line;
            let full = between.filter_map(|index| {
                let line = flow.get(index)?;
                let text = line.text();
                let (_, number) = text.rsplit_once([' ', '.'])?;
                let page = page_number(number)?;
                let is_level = [before.line, end.line]
                    .iter()
                    .any(|beside| (right(*beside) - line.right).abs() < 0.5 * line.size);
                let is_between = (before.page..=end.page).contains(&page);
                (is_level && is_between && text.chars().any(char::is_alphabetic)).then_some(
                    EntryEnd {
                        line: index,
                        page,
                        has_leader: true,
                    },
                )
            });
            all.extend(full.collect::<Vec<_>>());
        }
        all.push(end);
    }
    all
}

/// The number of a page, also a Roman one, which come first.
fn page_number(number: &str) -> Option<u32> {
    if number.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return page_numbers::is_roman(number).then_some(0);
    }
    let is_arabic = number.len() <= 5 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_arabic.then(|| number.parse().ok())?
}

/// The first line, not before `from`, of the entry that ends at a line: those above it are its own
/// if they hang together with it, and are not set as what heads the table.
fn first_line(end: usize, from: usize, flow: &[&PdfLine]) -> usize {
    let mut first = end;
    while let Some((above, line)) = first
        .checked_sub(1)
        .filter(|above| *above >= from)
        .and_then(|index| Some((flow.get(index)?, flow.get(first)?)))
    {
        let gap = line.baseline - above.baseline;
        let begins = HeadingNumber::of(&line.text()).is_some();
        // What has no number goes on from what has one, also where lines are apart.
        let goes_on = HeadingNumber::of(&above.text()).is_some() && !begins;
        let most = if goes_on { 1.75 } else { 1.35 };
        let is_near = above.page == line.page
            && above.region == line.region
            && (0.0..most * line.size).contains(&gap)
            && (above.size - line.size).abs() < 0.05 * line.size;
        // A line that is an entry's first ends where the numbers of the pages begin.
        let is_long = above.right - above.left > 0.6 * (line.right - line.left);
        if !is_near || !is_long || begins || end - first + 1 >= ENTRY_LINES {
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
    use super::super::testing::{page, page_lines};
    use super::*;
    use crate::formats::mend::{Edges, paragraphs};

    /// The kinds of the paragraphs of these lines, the words of each first.
    fn kinds(texts: &[(f32, f32, f32, &str)]) -> Vec<(String, bool)> {
        let lines = lines(runs(&page(texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let loose = page_lines(&lines);
        let table = ContentsTable::find(&flow);
        let entries: Vec<Range<usize>> = table.lines().collect();
        let mut parted = paragraphs(&loose, &Edges::new(&loose), &entries);
        table.mark(&mut parted);
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
            ContentsTable::find(&flow).entries.len()
        };
        assert_eq!(contents(["3", "9", "12", "40"]), 4);
        assert_eq!(contents(["3", "9", "2", "40"]), 0);
    }

    /// The entries of a table with these lines: level, title and page.
    fn entries(texts: &[(f32, &str)]) -> Vec<String> {
        let mut y = 90.0;
        let texts: Vec<(f32, f32, f32, &str)> = texts
            .iter()
            .map(|(left, text)| {
                y += 12.0;
                (*left, y, 10.0, *text)
            })
            .collect();
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let entries = ContentsTable::find(&flow).entries.into_iter();
        entries
            .map(|entry| format!("{} {} {}", entry.level, entry.title, entry.page))
            .collect()
    }

    #[test]
    fn an_entry_over_two_lines_is_one_and_its_number_says_how_deep_it_is() {
        let found = entries(&[
            (60.0, "INTRODUCTION.................................71"),
            (60.0, "I. ...... THE PROCESSES OF THE DIVISION AND"),
            (75.0, "THE REST ................................76"),
            (75.0, "A. The Act .............................76"),
            (75.0, "B. Doctrine ............................79"),
            (60.0, "II....... CONCLUSION ........................95"),
        ]);
        let expected = [
            "1 INTRODUCTION 71",
            "1 I. THE PROCESSES OF THE DIVISION AND THE REST 76",
            "2 A. The Act 76",
            "2 B. Doctrine 79",
            "1 II. CONCLUSION 95",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_entry_that_leaves_no_room_for_points_is_one_too() {
        let mut texts = Vec::new();
        for (y, name, number) in [
            (90.0, "One part ...................", "11"),
            (102.0, "Another ....................", "14"),
            (114.0, "A name that is so very long", "17"),
            (126.0, "The last ...................", "20"),
        ] {
            texts.push((60.0, y, 10.0, name));
            texts.push((200.0, y, 10.0, number));
        }
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let found = ContentsTable::find(&flow).entries;
        assert_eq!(found.len(), 4, "{found:?}");
        assert_eq!(found[2].page, "17");
    }

    #[test]
    fn a_number_behind_points_in_the_middle_of_the_line_is_that_of_a_page() {
        let text = |text| {
            let lines = lines(runs(&page(&[(60.0, 90.0, 10.0, text)])), 0, 0, 0.16);
            entry_end(0, &lines[0]).map(|end| end.page)
        };
        assert_eq!(text("Introduction ···························71"), Some(71));
        assert_eq!(text("Preface ......................... xxviii"), Some(0));
        assert_eq!(text("Preface ......................... ill"), None);
    }
}
