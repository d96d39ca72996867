//! Headings that the document names itself: in its outline, or in its table of contents.
//!
//! They are known by their words, however they are set: over several lines, which other signs may
//! part, or close above the text, to which other signs may join them.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Bound, Range};

use super::contents::ContentsTable;
use super::front::letters;
use super::heading_number::{HeadingNumber, without_number};
use super::line::{BaselineShift, PdfLine};
use super::links::OutlineEntry;
use super::page_numbers;
use crate::formats::mend::{MendedKind, MendedParagraph};

/// A heading goes over at most so many lines.
const MAX_LINES: usize = 5;
/// A title without its number is told by so many letters at least.
const MIN_LETTERS: usize = 4;
/// So many letters tell a heading within what seems to be one paragraph.
const MIN_LETTERS_WITHIN: usize = 10;
/// The lines of a heading are apart by at most so many ems.
const LINE_GAP_EMS: f32 = 2.6;
/// What is so many ems below another line is set off from it.
const WHITE_EMS: f32 = 1.5;
/// From so many headings on that are named the others are judged by them.
const MIN_NAMED: usize = 4;
/// What is larger than all headings that are named by so much is none.
const LARGER: f32 = 1.06;

/// What the document names, and where it was found.
#[derive(Debug, Default)]
pub(super) struct NamedHeadings {
    titles: Vec<NamedTitle>,
    /// Titles by their letters.
    by_letters: HashMap<String, Vec<usize>>,
    /// The letters of all titles, to see what one begins with.
    sorted: BTreeSet<String>,
    found: Vec<FoundTitle>,
}

#[derive(Debug)]
struct NamedTitle {
    level: u8,
    /// The page that it is on, from 0, if that is known.
    page: Option<usize>,
    /// The entry of the table of contents that it is from.
    entry: Option<usize>,
    /// The line from which on it may stand: what an index lists stands before it.
    from: usize,
    is_found: bool,
}

/// Where a title was found.
#[derive(Debug)]
struct FoundTitle {
    lines: Range<usize>,
    level: u8,
    /// The entry of the table of contents that names it.
    entry: Option<usize>,
}

impl NamedHeadings {
    pub(super) fn new(
        outline: &[OutlineEntry],
        table: &ContentsTable,
        flow: &[&PdfLine],
        labels: &[String],
    ) -> Self {
        let mut named = NamedHeadings::default();
        for entry in outline {
            if let Some(place) = &entry.place {
                let page = Some(place.page);
                named.add(&entry.title, entry.level, page, None);
            }
        }
        for (index, entry) in table.entries.iter().enumerate() {
            if !entry.page.is_empty() {
                let own = Some((index, entry.lines.end));
                named.add(&entry.title, entry.level, None, own);
            }
        }
        if !named.titles.is_empty() {
            named.find_all(flow, table);
            named.drop_elsewhere(flow, table, labels);
        }
        named
    }

    /// Drops what stands on another page than its entry says, where most do not: it is a word of a
    /// table or of the text. `labels` are what pages are called.
    fn drop_elsewhere(&mut self, flow: &[&PdfLine], table: &ContentsTable, labels: &[String]) {
        let agrees = |found: &FoundTitle| {
            let entry = table.entries.get(found.entry?)?;
            let line = flow.get(found.lines.end.checked_sub(1)?)?;
            let (label, page) = (labels.get(line.page)?, &entry.page);
            let numbers = page_numbers::number(label).zip(page_numbers::number(page));
            // A heading may stand at the end of a page before its text.
            let is_near = numbers.map(|(label, page)| (label - page).abs() <= 1);
            Some(is_near.unwrap_or(label == page))
        };
        let told: Vec<bool> = self.found.iter().filter_map(agrees).collect();
        if told.iter().filter(|agrees| **agrees).count() * 2 > told.len() {
            self.found.retain(|found| agrees(found) != Some(false));
        }
    }

    /// Adds a title with the page that it is on, or the entry that it is from and the line after it.
    fn add(&mut self, title: &str, level: u8, page: Option<usize>, entry: Option<(usize, usize)>) {
        let index = self.titles.len();
        self.titles.push(NamedTitle {
            level: level.clamp(1, 6),
            page,
            entry: entry.map(|(index, _)| index),
            from: entry.map_or(0, |(_, after)| after),
            is_found: false,
        });
        for key in keys(title) {
            self.sorted.insert(key.clone());
            let titles = self.by_letters.entry(key).or_default();
            titles.push(index);
        }
    }

    /// The entry of the table of contents that names the heading that begins at a line.
    pub(super) fn entry_of(&self, line: usize) -> Option<usize> {
        let at = self
            .found
            .binary_search_by_key(&line, |found| found.lines.start);
        self.found.get(at.ok()?)?.entry
    }

    /// The lines of each, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        self.found.iter().map(|found| found.lines.clone())
    }

    /// Finds them in lines of text, in reading order; they are known by their places in it.
    fn find_all(&mut self, flow: &[&PdfLine], table: &ContentsTable) {
        let mut line = 0;
        while line < flow.len() {
            match self.find(line, flow, table) {
                Some(mut found) => {
                    let number = line.checked_sub(1).filter(|above| {
                        let is_free = self
                            .found
                            .last()
                            .is_none_or(|last| last.lines.end <= *above);
                        is_free && is_number_above(*above, flow)
                    });
                    found.lines.start = number.unwrap_or(line);
                    line = found.lines.end;
                    self.found.push(found);
                }
                None => line += 1,
            }
        }
    }

    /// Makes headings of the paragraphs that are named, and judges the other headings by them.
    pub(super) fn mark(&self, paragraphs: &mut [MendedParagraph], flow: &[&PdfLine]) {
        let levels: HashMap<usize, u8> = self
            .found
            .iter()
            .map(|found| (found.lines.start, found.level))
            .collect();
        let mut ranks: Vec<(u8, u8)> = Vec::new();
        for paragraph in paragraphs.iter_mut() {
            if let Some(level) = levels.get(&paragraph.lines.start) {
                if let MendedKind::Heading(own) = paragraph.kind {
                    ranks.push((own, *level));
                }
                paragraph.kind = MendedKind::Heading(*level);
            }
        }
        self.judge(paragraphs, flow, &levels, &ranks);
    }

    /// The title whose words are those of the lines from here on.
    fn find(
        &mut self,
        from: usize,
        flow: &[&PdfLine],
        table: &ContentsTable,
    ) -> Option<FoundTitle> {
        let first = flow.get(from)?;
        let least = if begins(from, flow) {
            MIN_LETTERS
        } else {
            MIN_LETTERS_WITHIN
        };
        if table.entry_at(from).is_some() || !may_begin(from, flow) {
            return None;
        }
        let mut text = String::new();
        let mut best = None;
        let mut last = first;
        for (line, index) in flow.iter().skip(from).zip(from..).take(MAX_LINES) {
            let gap = line.baseline - last.baseline;
            let is_near = (-0.1 * line.size..LINE_GAP_EMS * line.size).contains(&gap);
            if line.page != first.page || line.region != first.region || !is_near {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&level_text(line));
            last = line;
            let keys = keys(&text);
            let long = keys.iter().filter(|key| key.len() >= least);
            let titles: Vec<usize> = long
                .filter_map(|key| self.by_letters.get(key))
                .flatten()
                .copied()
                .filter(|title| self.may_be_at(*title, first.page, from))
                .collect();
            if !titles.is_empty() {
                best = Some((index + 1, titles));
            }
            if !keys.iter().any(|key| self.begins_title(key)) {
                break;
            }
        }
        let (mut end, titles) = best?;
        // A lowered letter of a heading, as in the name of TeX, may be a line of its own.
        while flow
            .get(end)
            .zip(flow.get(end - 1))
            .is_some_and(|(next, last)| {
                next.letters() <= 2
                    && (next.baseline - last.baseline).abs() < 0.5 * last.size
                    && next.page == last.page
            })
        {
            end += 1;
        }
        let mut level = None;
        let mut named_by = None;
        let (mut has_outline, mut has_entry) = (false, false);
        for title in titles {
            let Some(title) = self.titles.get_mut(title) else {
                continue;
            };
            let is_known = match title.entry {
                Some(_) => std::mem::replace(&mut has_entry, true),
                None => std::mem::replace(&mut has_outline, true),
            };
            if is_known {
                continue;
            }
            title.is_found = true;
            level = level.or(Some(title.level));
            named_by = named_by.or(title.entry);
        }
        Some(FoundTitle {
            lines: from..end,
            level: level?,
            entry: named_by,
        })
    }

    /// Whether a title may stand on a page: the outline says where, and what the table of contents
    /// names is found once.
    fn may_be_at(&self, title: usize, page: usize, line: usize) -> bool {
        self.titles
            .get(title)
            .is_some_and(|title| match title.page {
                Some(own) => own == page,
                None => !title.is_found && line >= title.from,
            })
    }

    fn begins_title(&self, letters: &str) -> bool {
        let from = (Bound::Included(letters), Bound::Unbounded);
        let mut after = self.sorted.range::<str, _>(from);
        after.next().is_some_and(|title| title.starts_with(letters))
    }

    /// Judges headings that are not named by those that are: one set alike is of their level, any
    /// other is below the last of them, and what is larger than all of them is none, as the title
    /// of a chart. `ranks` are levels by look, with those that the document says.
    fn judge(
        &self,
        paragraphs: &mut [MendedParagraph],
        flow: &[&PdfLine],
        levels: &HashMap<usize, u8>,
        ranks: &[(u8, u8)],
    ) {
        if self.found.len() < MIN_NAMED || self.found.len() * 2 < self.titles.len() {
            return;
        }
        let size = |line: usize| flow.get(line).map_or(0.0, |line| line.size);
        let named = self.found.iter().map(|found| size(found.lines.start));
        let largest = named.fold(0.0, f32::max);
        let mut above = None;
        for paragraph in paragraphs {
            let MendedKind::Heading(own) = paragraph.kind else {
                continue;
            };
            if let Some(level) = levels.get(&paragraph.lines.start) {
                above = Some(level);
            } else if let Some(above) = above {
                let alike = ranks.iter().filter(|(rank, _)| *rank == own);
                let alike = alike.map(|(_, level)| *level).max();
                paragraph.kind = if size(paragraph.lines.start) > LARGER * largest {
                    MendedKind::Text
                } else {
                    MendedKind::Heading(alike.unwrap_or(above + 1).min(6))
                };
            }
        }
    }
}

/// What a title is known by: its letters, with its number and without.
fn keys(title: &str) -> Vec<String> {
    let mut keys = vec![letters(title)];
    if HeadingNumber::of(title).is_some() {
        keys.push(letters(without_number(title)));
    }
    // The outline may leave the number of a section out, or its stop.
    if title.starts_with(|letter: char| letter.is_ascii_digit()) {
        let is_number = |it: char| it.is_ascii_digit() || it == '.' || it == ' ';
        keys.push(letters(title.trim_start_matches(is_number)));
    }
    keys.retain(|key| key.chars().count() >= MIN_LETTERS);
    keys.dedup();
    keys
}

/// The text of a line without what is raised in it.
fn level_text(line: &PdfLine) -> String {
    let mut text = String::new();
    for piece in &line.pieces {
        if piece.shift == BaselineShift::Raised {
            continue;
        }
        if piece.after_space && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&piece.run.text());
    }
    text
}

/// Whether a line is nothing but the number of the heading on the next line.
fn is_number_above(line: usize, flow: &[&PdfLine]) -> bool {
    let Some((own, below)) = flow.get(line).zip(flow.get(line + 1)) else {
        return false;
    };
    let text = own.text();
    let gap = below.baseline - own.baseline;
    own.page == below.page
        && own.region == below.region
        && (0.0..LINE_GAP_EMS * below.size).contains(&gap)
        && HeadingNumber::of(&text).is_some_and(|number| number.bytes == text.len())
        && HeadingNumber::of(&below.text()).is_none()
}

/// Whether a line is set off from the one above it.
fn begins(line: usize, flow: &[&PdfLine]) -> bool {
    let above = line.checked_sub(1).and_then(|above| flow.get(above));
    let Some((above, line)) = above.zip(flow.get(line)) else {
        return true;
    };
    let gap = line.baseline - above.baseline;
    let is_bold = |line: &PdfLine| line.is_all(|run| run.face.is_bold);
    let is_italic = |line: &PdfLine| line.is_all(|run| run.face.is_italic);
    above.page != line.page
        || above.region != line.region
        || gap > WHITE_EMS * line.size
        || (above.size - line.size).abs() > 0.06 * line.size
        || is_bold(above) != is_bold(line)
        || is_italic(above) != is_italic(line)
}

/// Whether a heading may begin at a line: one set off from the one above, or after what has ended.
fn may_begin(line: usize, flow: &[&PdfLine]) -> bool {
    let above = line.checked_sub(1).and_then(|above| flow.get(above));
    let Some((above, own)) = above.zip(flow.get(line)) else {
        return true;
    };
    let is_end = |letter: char| ".?!”:)".contains(letter) || letter.is_ascii_digit();
    begins(line, flow) || above.text().ends_with(is_end) || HeadingNumber::of(&own.text()).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::{page, page_lines};
    use super::*;
    use crate::formats::mend::{Edges, paragraphs};

    /// The paragraphs of a page below a table of contents of these titles: a heading with its level.
    fn read(titles: &[&str], texts: &[(f32, f32, f32, &str)]) -> Vec<String> {
        let mut table = ContentsTable::default();
        for title in titles {
            table.entries.push(super::super::contents::ContentsEntry {
                lines: 0..0,
                title: (*title).to_owned(),
                level: if title.starts_with("I.") { 1 } else { 2 },
                page: "1".to_owned(),
                has_leader: true,
            });
        }
        let lines = lines(runs(&page(texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let loose = page_lines(&lines);
        let named = NamedHeadings::new(&[], &table, &flow, &[]);
        let known: Vec<Range<usize>> = named.lines().collect();
        let mut found = paragraphs(&loose, &Edges::new(&loose), &known);
        named.mark(&mut found, &flow);
        let text = |paragraph: &MendedParagraph| {
            let own = loose[paragraph.lines.clone()].iter();
            let words: Vec<&str> = own.map(|line| line.text.as_str()).collect();
            let mark = match paragraph.kind {
                MendedKind::Heading(level) => "#".repeat(usize::from(level)) + " ",
                _ => String::new(),
            };
            mark + &words.join(" ")
        };
        found.iter().map(text).collect()
    }

    const TEXT: &str = "a line of the text that is as long as the lines of the text are";

    #[test]
    fn a_heading_that_is_glued_to_the_text_is_told_by_the_table_of_contents() {
        let texts = [
            (60.0, 100.0, 10.0, TEXT),
            (60.0, 112.0, 10.0, "The end."),
            (72.0, 124.0, 10.0, "A. On the Words of Notes"),
            (72.0, 136.0, 10.0, TEXT),
            (60.0, 148.0, 10.0, TEXT),
        ];
        let found = read(&["A. On the Words of Notes"], &texts);
        let texts: Vec<String> = found
            .iter()
            .map(|text| text.chars().take(16).collect())
            .collect();
        assert_eq!(
            texts,
            ["a line of the te", "## A. On the Wor", "a line of the te"]
        );
        assert!(found[1].ends_with("Notes"));
    }

    #[test]
    fn a_heading_over_several_lines_is_one_with_the_number_above_it() {
        let texts = [
            (60.0, 100.0, 10.0, TEXT),
            (180.0, 124.0, 10.0, "I."),
            (90.0, 136.0, 10.0, "THE WORDS OF NOTES AND"),
            (120.0, 148.0, 10.0, "THEIR MARKERS"),
            (60.0, 160.0, 10.0, TEXT),
        ];
        let found = read(&["I. The Words of Notes and Their Markers"], &texts);
        assert_eq!(found[1], "# I. THE WORDS OF NOTES AND THEIR MARKERS");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn words_of_the_text_that_a_title_begins_with_are_none() {
        let texts = [(60.0, 100.0, 10.0, TEXT), (60.0, 112.0, 10.0, "Notes")];
        let found = read(&["I. Notes on Markers"], &texts);
        assert!(found.iter().all(|text| !text.starts_with('#')), "{found:?}");
    }

    #[test]
    fn what_stands_on_another_page_than_its_entry_says_is_no_heading() {
        let entry = |title: &str, page: &str| super::super::contents::ContentsEntry {
            lines: 0..0,
            title: title.to_owned(),
            level: 1,
            page: page.to_owned(),
            has_leader: true,
        };
        let mut table = ContentsTable::default();
        table.entries = vec![entry("Wool", "1"), entry("Linen", "1"), entry("Silks", "9")];
        let texts = [("Wool", 100.0), ("Linen", 200.0), ("Silks", 300.0)];
        let texts = texts.map(|(title, y)| (60.0, y, 10.0, title));
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let found = |labels: &[String]| {
            let named = NamedHeadings::new(&[], &table, &flow, labels);
            named.lines().collect::<Vec<_>>()
        };
        assert_eq!(found(&["1".to_owned()]), [0..1, 1..2]);
        // Where pages are not called as the entries say, that tells nothing.
        assert_eq!(found(&["xii".to_owned()]).len(), 3);
    }

    #[test]
    fn what_an_index_lists_before_it_is_no_heading() {
        let texts = [(60.0, 100.0, 10.0, TEXT), (60.0, 130.0, 10.0, "A. Notes")];
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let flow: Vec<&PdfLine> = lines.iter().collect();
        let mut table = ContentsTable::default();
        table.entries.push(super::super::contents::ContentsEntry {
            lines: 7..8,
            title: "A. Notes".to_owned(),
            level: 1,
            page: "1".to_owned(),
            has_leader: true,
        });
        assert_eq!(
            NamedHeadings::new(&[], &table, &flow, &[]).lines().count(),
            0
        );
        table.entries[0].lines = 0..1;
        assert_eq!(
            NamedHeadings::new(&[], &table, &flow, &[]).lines().count(),
            1
        );
    }

    #[test]
    fn what_is_larger_than_all_headings_that_are_named_is_none() {
        let titles = ["I. Wool", "A. Linen", "B. Cotton", "C. Silks"];
        let mut texts: Vec<(f32, f32, f32, &str)> = Vec::new();
        for (title, y) in titles.iter().zip([100.0, 200.0, 300.0, 400.0]) {
            texts.push((60.0, y, 11.0, title));
            texts.extend([20.0, 32.0, 44.0].map(|below| (60.0, y + below, 10.0, TEXT)));
        }
        texts.push((90.0, 480.0, 14.0, "Prices of Silk"));
        let found = read(&titles, &texts);
        assert!(
            found.iter().any(|text| text == "Prices of Silk"),
            "{found:?}"
        );
        assert_eq!(found.iter().filter(|text| text.starts_with('#')).count(), 4);
    }
}
