//! Notes that count anew in each chapter, in a list at the end of each or all at the end of the
//! book.
//!
//! What proves the lists is that they count as the markers do, chapter by chapter, and that each
//! stands behind all markers that it answers.

use std::ops::{Range, RangeInclusive};

use super::calls::CallSite;
use super::endnotes::{self, EndnoteList};
use super::label::Label;
use super::line::PdfLine;
use super::measures::Measures;
use super::zones::{NoteBeginning, start};

/// How much a mark must look like a marker to begin a chapter, or to go on where one is lost.
const MARKER_LIKENESS: f32 = 0.5;
/// So many numbers in a row may be lost, less one, if the next goes on within so many marks.
const MAX_LOST: u32 = 3;
const AHEAD: usize = 3;
/// Further on than so many marks nothing is looked for.
const FORESIGHT: usize = 400;
/// Chapters with fewer notes prove little, and all of them together have so many on average.
const MIN_NOTES: usize = 3;
/// Of so many notes one may be lost.
const COMPLETE: usize = 10;
/// So many of ten chapters have a list that is found.
const FOUND: usize = 7;
/// So many of ten lists end with the very number of the last marker.
const EXACT: usize = 6;
/// Of so many notes at least one is in a list that is behind its chapter, and not at the foot of a page.
const LATER: usize = 3;

/// The markers of a chapter.
#[derive(Debug, Clone, PartialEq)]
struct MarkedChapter {
    numbers: Vec<u32>,
    /// The lines of the first and the last of them.
    lines: Range<usize>,
    /// How many marks among them count otherwise: then it may be two chapters, read as one.
    stray: usize,
}

impl MarkedChapter {
    fn last(&self) -> u32 {
        self.numbers.last().copied().unwrap_or(0)
    }

    fn is_sound(&self) -> bool {
        self.stray * COMPLETE <= self.numbers.len()
    }

    /// Whether a list of so many notes may be the chapter's: of many, a marker may be lost, or a note.
    fn fits(&self, notes: usize) -> bool {
        let numbers = usize::try_from(self.last()).unwrap_or(usize::MAX);
        let lost = numbers / COMPLETE;
        let may_be = numbers.saturating_sub(lost)..=numbers.saturating_add(lost);
        may_be.contains(&notes)
    }
}

/// The lists of chapters; none if they are not proved. `marks` are those in the text, and `is_own`
/// says which lines may begin notes of the sequence that is looked for.
pub(super) fn lists(
    lines: &[PdfLine],
    marks: &[CallSite],
    measures: Measures,
    is_own: impl Fn(&NoteBeginning) -> bool,
) -> Option<Vec<EndnoteList>> {
    let chapters = ChapterCount::chapters(marks);
    let count: usize = chapters.iter().map(|chapter| chapter.numbers.len()).sum();
    if chapters.len() < 2 || count < chapters.len() * MIN_NOTES {
        return None;
    }
    let starts = lines.iter().enumerate();
    let starts = starts.filter_map(|(index, line)| start(index, line));
    let starts: Vec<NoteBeginning> = starts
        .filter(|start| start.label.number().is_some() && is_own(start))
        .collect();
    let FoundLists { found, begins } = at_end_of_book(&chapters, &starts, lines)
        .or_else(|| at_ends_of_chapters(&chapters, &starts, lines, measures))?;
    let mut lists: Vec<EndnoteList> = Vec::new();
    for (chapter, own) in found.into_iter().rev() {
        let last_start = own.last()?.line;
        let mut next = begins.iter().filter(|line| **line > last_start);
        let next = next.next().copied().unwrap_or(lines.len());
        let end = endnotes::end_of_note(last_start, lines, measures)?.min(next);
        let text = chapters
            .iter()
            .map(|other| other.lines.start)
            .find(|first| *first >= chapter.lines.end);
        let has_text = text.is_some_and(|text| (last_start + 1..end).contains(&text));
        let end = if has_text {
            end_of_paragraph(last_start, lines)
        } else {
            end
        };
        let end = if end == next {
            above_heading(last_start, end, lines)
        } else {
            end
        };
        lists.push(EndnoteList {
            lines: own.first()?.line..end,
            starts: own,
            calls: Some(chapter.lines.clone()),
        });
    }
    lists.reverse();
    Some(lists)
}

/// The end of the lines from one on that follow each other closely on its page.
fn end_of_paragraph(first: usize, lines: &[PdfLine]) -> usize {
    let pairs = lines.iter().zip(lines.iter().skip(1)).skip(first);
    let close = pairs.take_while(|(line, next)| {
        let together = line.page == next.page && line.region == next.region;
        together && next.baseline - line.baseline < 1.5 * line.size
    });
    first + 1 + close.count()
}

/// The end of a list without the lines that head the next one, which may be set as notes are.
fn above_heading(last_start: usize, end: usize, lines: &[PdfLine]) -> usize {
    let is_head = |index: usize| {
        let (Some(line), Some(above)) = (lines.get(index), lines.get(index - 1)) else {
            return false;
        };
        let text = line.text();
        let is_in_capitals = !text.contains(char::is_lowercase);
        let together = above.page == line.page && above.region == line.region;
        let is_apart = !together || line.baseline - above.baseline > 1.5 * line.size;
        let is_open = !text.ends_with(['.', ',', ';', ':', ')', '”', '"', '-']);
        is_in_capitals || is_apart && is_open && text.starts_with(char::is_uppercase)
    };
    let mut end = end;
    while end > last_start + 1 && is_head(end - 1) {
        end -= 1;
    }
    end
}

/// Lists with the chapters that they belong to.
struct FoundLists<'c> {
    found: Vec<(&'c MarkedChapter, Vec<NoteBeginning>)>,
    /// Where all lists begin, also those that belong to no chapter.
    begins: Vec<usize>,
}

/// The lists that are all behind the last marker, as many as there are chapters.
fn at_end_of_book<'c>(
    chapters: &'c [MarkedChapter],
    starts: &[NoteBeginning],
    lines: &[PdfLine],
) -> Option<FoundLists<'c>> {
    let last_mark = chapters.last()?.lines.end;
    let after = starts.partition_point(|start| start.line < last_mark);
    let lists = listed(starts.get(after..)?, lines);
    let all: Vec<&MarkedChapter> = chapters.iter().collect();
    let long = all.iter().copied();
    let long: Vec<&MarkedChapter> = long
        .filter(|chapter| chapter.numbers.len() >= MIN_NOTES)
        .collect();
    // A figure that looks like a marker is no chapter, but each list is one.
    let pairs = |chapters: &[&'c MarkedChapter]| {
        let fit = chapters.len() == lists.len()
            && chapters
                .iter()
                .zip(&lists)
                .all(|(chapter, list)| chapter.fits(list.len()));
        let exact = chapters.iter().zip(&lists).filter(|(chapter, list)| {
            list.last().and_then(|last| last.label.number()) == Some(chapter.last())
        });
        let is_proved = fit && chapters.len() >= 2 && exact.count() * 10 >= lists.len() * EXACT;
        is_proved.then(|| {
            let lists = lists.iter().cloned();
            chapters.iter().copied().zip(lists).collect()
        })
    };
    let pairs = pairs(&all).or_else(|| pairs(&long));
    let begins = lists.iter().filter_map(|list| Some(list.first()?.line));
    Some(FoundLists {
        found: pairs?,
        begins: begins.collect(),
    })
}

/// The starts that count from 1 again and again, each in one way.
fn listed(starts: &[NoteBeginning], lines: &[PdfLine]) -> Vec<Vec<NoteBeginning>> {
    let Some(first) = starts.iter().position(begins) else {
        return Vec::new();
    };
    let style = starts.get(first);
    let alike = starts.iter().skip(first);
    let alike = alike.filter(|start| style.is_some_and(|style| are_alike(style, start)));
    let alike: Vec<&NoteBeginning> = alike.collect();
    let mut lists: Vec<Vec<NoteBeginning>> = Vec::new();
    for (index, start) in alike.iter().enumerate() {
        let number = start.label.number();
        let last = lists.last().and_then(|list| list.last());
        let next = last.and_then(|last| last.label.number()).map(|it| it + 1);
        let is_level = last.is_none_or(|last| endnotes::is_level(start, last, lines));
        if !is_level {
            continue;
        }
        if number.is_some() && number == next {
            if let Some(list) = lists.last_mut() {
                list.push((*start).clone());
            }
        } else if begins(start) {
            // A line of a note that happens to begin with 1 has no 2 before the next number. After a
            // lone 1 the two are one, and either may be a list of its own.
            let rest = || alike.iter().skip(index + 1).map(|it| it.label.number());
            let second = rest().position(|number| number == Some(2));
            let first = rest().position(|number| number == Some(1));
            let going_on = rest().position(|number| number == next);
            let is_before = |one: Option<usize>| {
                one.is_some_and(|one| going_on.is_none_or(|other| one <= other))
            };
            if is_before(second) || is_before(first) || going_on.is_none() {
                lists.push(vec![(*start).clone()]);
            }
        }
    }
    lists
}

fn begins(start: &NoteBeginning) -> bool {
    start.label.number() == Some(1)
}

/// Whether two labels are set in one way: a line that happens to begin with a number, as
/// `10 October` does, has no full stop.
fn are_alike(one: &NoteBeginning, other: &NoteBeginning) -> bool {
    (one.likeness - other.likeness).abs() < 0.01 && one.is_raised == other.is_raised
}

/// The lists that stand each between the last marker of a chapter and the first of the next.
fn at_ends_of_chapters<'c>(
    chapters: &'c [MarkedChapter],
    starts: &[NoteBeginning],
    lines: &[PdfLine],
    measures: Measures,
) -> Option<FoundLists<'c>> {
    let mut found: Vec<(&MarkedChapter, Vec<NoteBeginning>)> = Vec::new();
    let mut begins = Vec::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let next = chapters.get(index + 1);
        let window = chapter.lines.end..next.map_or(usize::MAX, |next| next.lines.start);
        let own: Vec<NoteBeginning> = starts
            .iter()
            .filter(|start| window.contains(&start.line))
            .cloned()
            .collect();
        let lists = listed(&own, lines);
        begins.extend(lists.iter().filter_map(|list| Some(list.first()?.line)));
        let fitting = lists.into_iter();
        let mut fitting = fitting.filter(|list| chapter.is_sound() && chapter.fits(list.len()));
        // Of two that fit neither is certain.
        if let (Some(list), None) = (fitting.next(), fitting.next()) {
            found.push((chapter, list));
        }
    }
    let long = chapters
        .iter()
        .filter(|chapter| chapter.numbers.len() >= MIN_NOTES);
    let notes = |lists: &[(&MarkedChapter, Vec<NoteBeginning>)]| -> usize {
        lists.iter().map(|(_, list)| list.len()).sum()
    };
    let behind = found
        .iter()
        .filter(|(chapter, list)| is_behind(chapter, list, lines, measures).unwrap_or(false));
    let behind: Vec<(&MarkedChapter, Vec<NoteBeginning>)> = behind.cloned().collect();
    let is_behind = notes(&behind) * LATER >= notes(&found);
    let is_proved = found.len() >= 2 && found.len() * 10 >= long.count() * FOUND && is_behind;
    is_proved.then_some(FoundLists { found, begins })
}

/// Whether a list is no foot of a page: it begins on a later page than the last of its markers, or
/// text follows it in its column.
fn is_behind(
    chapter: &MarkedChapter,
    list: &[NoteBeginning],
    lines: &[PdfLine],
    measures: Measures,
) -> Option<bool> {
    let last_mark = lines.get(chapter.lines.end.checked_sub(1)?)?;
    let first = lines.get(list.first()?.line)?;
    let end = endnotes::end_of_note(list.last()?.line, lines, measures)?;
    let last = lines.get(list.last()?.line)?;
    let is_above = lines
        .get(end)
        .is_some_and(|next| next.page == last.page && next.region == last.region);
    Some(last_mark.page < first.page || is_above)
}

/// The markers of chapters while they are counted.
struct ChapterCount<'a> {
    marks: Vec<&'a CallSite>,
    chapters: Vec<MarkedChapter>,
}

impl<'a> ChapterCount<'a> {
    fn chapters(marks: &'a [CallSite]) -> Vec<MarkedChapter> {
        // What begins a line is a note's own label.
        let marks = marks.iter().filter(|mark| mark.pieces.start > 0);
        let mut count = ChapterCount {
            marks: marks.collect(),
            chapters: Vec::new(),
        };
        for index in 0..count.marks.len() {
            count.take(index);
        }
        count.chapters
    }

    fn take(&mut self, index: usize) {
        let Some(mark) = self.marks.get(index) else {
            return;
        };
        let last = self.chapters.last().map_or(0, MarkedChapter::last);
        let is_sure = mark.likeness >= MARKER_LIKENESS;
        let begins = || {
            let reading = reading(mark, 1)?;
            let own = reading.last()? + 1;
            let (second, next) = (self.next(index, own), self.next(index, last + 1));
            let first = self.next(index, 1);
            let is_before =
                |one: Option<usize>| one.is_some_and(|one| next.is_none_or(|next| one <= next));
            let begins = last == 0 || is_before(second) || is_before(first) || next.is_none();
            (is_sure && begins).then_some(reading)
        };
        let goes_on = |steps: RangeInclusive<u32>| {
            steps.into_iter().find_map(|step| {
                let reading = reading(mark, last + step)?;
                let after = self.next(index, reading.last()? + 1);
                let own = self.next(index, last + 1);
                let is_behind = is_sure
                    && last > 0
                    && after.is_some_and(|after| after < AHEAD)
                    && own.is_none_or(|own| own > AHEAD);
                (step == 1 && last > 0 || is_behind).then_some(reading)
            })
        };
        let line = mark.line;
        // What goes on is surer than another reading with which a chapter begins, as of `12`.
        let next = goes_on(1..=1);
        if let Some(numbers) = next.is_none().then(begins).flatten() {
            self.chapters.push(MarkedChapter {
                numbers,
                lines: line..line + 1,
                stray: 0,
            });
        } else if let Some(numbers) = next.or_else(|| goes_on(2..=MAX_LOST))
            && let Some(chapter) = self.chapters.last_mut()
        {
            chapter.numbers.extend(numbers);
            chapter.lines.end = line + 1;
        } else if let Some(chapter) = self.chapters.last_mut() {
            let mut numbers = mark.readings.iter().flatten();
            let is_number = numbers.any(|label| label.number().is_some());
            chapter.stray += usize::from(is_sure && is_number);
        }
    }

    /// After how many sure marks behind one a number is called.
    fn next(&self, index: usize, number: u32) -> Option<usize> {
        let rest = self.marks.iter().skip(index + 1).take(FORESIGHT);
        let mut rest = rest.filter(|mark| mark.likeness >= MARKER_LIKENESS);
        rest.position(|mark| reading(mark, number).is_some())
    }
}

/// The numbers of the reading of a mark that begins with a number.
fn reading(mark: &CallSite, first: u32) -> Option<Vec<u32>> {
    let numbers = mark.readings.iter().map(|reading| {
        let numbers = reading.iter().filter_map(Label::number);
        numbers.collect::<Vec<u32>>()
    });
    let mut numbers = numbers.filter(|numbers| numbers.first() == Some(&first));
    numbers.next()
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    type PageText<'a> = (f32, f32, f32, &'a str);
    /// How many notes a list has, its lines, and those of its markers.
    type ListLines = (usize, Range<usize>, Range<usize>);

    /// A line of text with markers.
    fn marked<'a>(y: f32, figures: &[&'a str]) -> Vec<PageText<'a>> {
        let mut texts = Vec::new();
        for (figure, x) in figures.iter().zip([10.0, 60.0, 110.0, 160.0, 210.0]) {
            texts.push((x, y, 10.0, "one."));
            texts.push((x + 21.0, y - 4.0, 7.0, *figure));
        }
        texts
    }

    fn listed_from<'a>(y: f32, notes: &[&'a str]) -> Vec<PageText<'a>> {
        let heights = (0u16..).map(|row| y + 15.0 * f32::from(row));
        let notes = heights.zip(notes);
        notes.map(|(y, note)| (10.0, y, 10.0, *note)).collect()
    }

    /// The lists of pages.
    fn lists_of(pages: &[Vec<PageText<'_>>]) -> Option<Vec<ListLines>> {
        let pages = pages.iter().enumerate();
        let all = pages.flat_map(|(index, texts)| lines(runs(&page(texts)), index, 0, 0.16));
        let all: Vec<PdfLine> = all.collect();
        let marks = calls::all(&all, &[]);
        let lists = lists(&all, &marks, Measures::new(&all, &marks), |_| true)?;
        let of = |list: EndnoteList| (list.starts.len(), list.lines, list.calls.unwrap_or(0..0));
        Some(lists.into_iter().map(of).collect())
    }

    fn two_chapters(notes: &[&str]) -> Option<Vec<ListLines>> {
        let text = [
            marked(100.0, &["1", "2", "3"]),
            marked(120.0, &["1", "2", "3"]),
        ];
        lists_of(&[[text.concat(), listed_from(200.0, notes)].concat()])
    }

    #[test]
    fn notes_at_the_end_that_count_as_the_markers_of_each_chapter_are_theirs() {
        let notes = [
            "FIRST", "1. Ada", "2. Bo", "3. Cy", "SECOND", "1. Di", "2. Ed", "3. Fay",
        ];
        let expected = vec![(3, 3..6, 0..1), (3, 7..10, 1..2)];
        assert_eq!(two_chapters(&notes), Some(expected));
    }

    #[test]
    fn notes_that_count_otherwise_are_not_tied_chapter_by_chapter() {
        let longer = [
            "1. Ada", "2. Bo", "3. Cy", "4. Guy", "5. Hal", "1. Di", "2. Ed", "3. Fay",
        ];
        assert_eq!(two_chapters(&longer), None);
        assert_eq!(two_chapters(&["1. Ada", "2. Bo", "3. Cy"]), None);
    }

    #[test]
    fn a_line_that_happens_to_begin_with_1_begins_no_list() {
        let notes = [
            "1. Ada", "1. See", "2. Bo", "3. Cy", "1. Di", "2. Ed", "3. Fay",
        ];
        assert_eq!(two_chapters(&notes), None);
    }

    #[test]
    fn notes_at_the_end_of_each_chapter_are_those_of_the_markers_before_them() {
        let notes = ["1. Ada", "2. Bo", "3. Cy"];
        let chapter = || {
            let text = marked(100.0, &["1", "2", "3"]);
            [text, listed_from(100.0, &notes)]
        };
        let pages: Vec<Vec<PageText<'_>>> = [chapter(), chapter()].into_iter().flatten().collect();
        let expected = vec![(3, 1..4, 0..1), (3, 5..8, 4..5)];
        assert_eq!(lists_of(&pages), Some(expected));
        // On the page of their markers they are at its foot.
        let pages = [chapter(), chapter()].map(|[text, mut notes]| {
            for note in &mut notes {
                note.1 += 500.0;
            }
            [text, notes].concat()
        });
        assert_eq!(lists_of(&pages), None);
    }
}
