//! Notes at the end of the text, or of chapters: lists that count from 1.

use std::ops::Range;

use super::calls::CallSite;
use super::label::Label;
use super::line::PdfLine;
use super::measures::Measures;
use super::zones::{NoteBeginning, start};

/// A list of notes has at least so many.
const MIN_NOTES: usize = 3;
/// A note has at most so many lines.
const MAX_NOTE_LINES: usize = 160;
/// The notes of a list have at most so many lines on average.
const MAX_MEAN_LINES: usize = 25;
/// So much of the markers comes before the list.
const BEFORE: f32 = 0.9;
/// So much of the list is called.
const CALLED: f32 = 0.7;
const MARKER_LIKENESS: f32 = 0.5;
/// From one marker to the next a number grows at most so much; a larger one is several numbers.
const MAX_STEP: u32 = 5;

/// Headings over lists that are no notes.
const BIBLIOGRAPHIES: [&str; 9] = [
    "references",
    "bibliography",
    "works cited",
    "literature",
    "literature cited",
    "literatur",
    "literaturverzeichnis",
    "références",
    "bibliographie",
];

/// A list of notes: where each begins, and the lines of the whole.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct EndnoteList {
    pub(super) starts: Vec<NoteBeginning>,
    pub(super) lines: Range<usize>,
}

/// The lists of notes in lines that are not among `zones`; `at_foot` begin the notes that are, and
/// `linked` are the lines that the links
/// of markers lead to.
pub(super) fn lists(
    lines: &[PdfLine],
    zones: &[Range<usize>],
    marks: &[CallSite],
    at_foot: &[NoteBeginning],
    linked: &[usize],
    measures: Measures,
) -> Vec<EndnoteList> {
    let in_zone = |line: usize| zones.iter().any(|zone| zone.contains(&line));
    let starts: Vec<NoteBeginning> = lines
        .iter()
        .enumerate()
        .filter(|(index, _)| !in_zone(*index))
        .filter_map(|(index, line)| start(index, line))
        .filter(|start| start.label.number().is_some())
        .collect();
    let mut lists: Vec<EndnoteList> = Vec::new();
    let mut after = 0;
    for (index, first) in starts.iter().enumerate() {
        if first.line < after || first.label != Label::Number(1) {
            continue;
        }
        let chain = chain(starts.get(index..).unwrap_or(&[]), lines, linked);
        let Some(list) = list(chain, lines, measures) else {
            continue;
        };
        let from = lists.last().map_or(0, |list| list.lines.start);
        if is_answered(&list, at_foot, linked) {
            continue;
        }
        if is_called(&list, from, marks, linked) && !is_bibliography(&list, lines, linked) {
            after = list.lines.end;
            lists.push(list);
        }
    }
    let is_linked = |list: &EndnoteList| {
        list.starts
            .iter()
            .any(|start| linked.binary_search(&start.line).is_ok())
    };
    if lists.len() != sequences(marks, &lists) && !lists.iter().any(is_linked) {
        return Vec::new();
    }
    lists
}

/// The lists of a book whose notes, all at the end, count anew in each chapter: what proves them is
/// that they count as its markers do, chapter by chapter. `marks` are those in the text.
pub(super) fn chapters(
    lines: &[PdfLine],
    marks: &[CallSite],
    measures: Measures,
) -> Option<Vec<EndnoteList>> {
    let (wanted, last_mark) = counted(marks)?;
    let after = lines.iter().enumerate().skip(last_mark + 1);
    let mut found: Vec<NoteBeginning> = Vec::new();
    for start in after.filter_map(|(index, line)| start(index, line)) {
        let Some(number) = wanted.get(found.len()) else {
            break;
        };
        let last = found.last();
        let is_level = |last: &NoteBeginning| {
            // A line that happens to begin with the number, as `10 October` does, has no full stop.
            let is_alike = (start.likeness - last.likeness).abs() < 0.01;
            is_alike && start.is_raised == last.is_raised && is_level(&start, last, lines)
        };
        if !last.is_none_or(is_level) {
            continue;
        }
        let own = start.label.number();
        if own == Some(*number) {
            found.push(start);
        } else if own.is_some() && own == last.and_then(|last| last.label.number()).map(|n| n + 1) {
            // The list goes on where the markers do not.
            return None;
        }
    }
    if found.len() < wanted.len() {
        return None;
    }
    let mut chapters = found
        .chunk_by(|_, next| next.label != Label::Number(1))
        .rev();
    let mut lists = vec![whole_list(chapters.next()?.to_vec(), lines, measures)?];
    for chapter in chapters {
        let last_start = chapter.last()?.line;
        let mut end = end_of_note(last_start, lines, measures)?.min(lists.last()?.lines.start);
        // What heads the next chapter may be set as the notes are.
        let is_head = |line: &PdfLine| !line.text().contains(char::is_lowercase);
        while end > last_start + 1 && lines.get(end - 1).is_some_and(is_head) {
            end -= 1;
        }
        lists.push(EndnoteList {
            lines: chapter.first()?.line..end,
            starts: chapter.to_vec(),
        });
    }
    lists.reverse();
    Some(lists)
}

/// How the markers of several chapters count, each from 1, and the line of the last of them; none
/// if they are few.
fn counted(marks: &[CallSite]) -> Option<(Vec<u32>, usize)> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut last = 0;
    // What begins a line is a note's own label.
    for mark in marks.iter().filter(|mark| mark.pieces.start > 0) {
        let Some(number) = mark.readings.first()?.first()?.number() else {
            continue;
        };
        let next = numbers.last().map_or(1, |last| last + 1);
        let begins = number == 1 && mark.likeness >= MARKER_LIKENESS;
        if begins || number == next {
            numbers.push(number);
            last = mark.line;
        }
    }
    let chapters = numbers.iter().filter(|number| **number == 1).count();
    (chapters >= 2 && numbers.len() >= chapters * MIN_NOTES).then_some((numbers, last))
}

/// How often markers outside of lists count from 1 to 3 or further: a list answers each.
fn sequences(marks: &[CallSite], lists: &[EndnoteList]) -> usize {
    let mut most = u32::MAX;
    let mut sequences = 0;
    let outside = marks.iter().filter(|mark| {
        mark.likeness >= MARKER_LIKENESS
            && !lists.iter().any(|list| list.lines.contains(&mark.line))
    });
    for number in outside.filter_map(|mark| mark.readings.first()?.first()?.number()) {
        if number == 1 {
            most = 1;
        } else if number > most && number - most <= MAX_STEP {
            // Figures that are set together may hide a number.
            sequences += usize::from(most < 3 && number >= 3);
            most = number;
        }
    }
    sequences
}

/// The starts that count on from the first, each at about the same place in its column.
fn chain(starts: &[NoteBeginning], lines: &[PdfLine], linked: &[usize]) -> Vec<NoteBeginning> {
    let is_linked = |start: &NoteBeginning| linked.binary_search(&start.line).is_ok();
    let mut chain: Vec<NoteBeginning> = Vec::new();
    for start in starts {
        let Some(last) = chain.last() else {
            chain.push(start.clone());
            continue;
        };
        if start.line - last.line > MAX_NOTE_LINES {
            break;
        }
        let follows = start.label.number() == last.label.number().map(|number| number + 1);
        // What a link leads to is surer than a line that happens to begin with the number.
        let has_better = !is_linked(start)
            && starts.iter().any(|other| {
                other.line > start.line && other.label == start.label && is_linked(other)
            });
        if follows
            && !has_better
            && start.is_raised == last.is_raised
            && is_level(start, last, lines)
        {
            chain.push(start.clone());
        }
    }
    chain
}

fn is_level(start: &NoteBeginning, last: &NoteBeginning, lines: &[PdfLine]) -> bool {
    let (Some(one), Some(other)) = (lines.get(start.line), lines.get(last.line)) else {
        return false;
    };
    let same_column = one.page == other.page && one.region == other.region;
    let same_size = (one.size - other.size).abs() < 0.1 * one.size;
    same_size && (!same_column || (one.left - other.left).abs() < 1.5 * one.size)
}

fn list(starts: Vec<NoteBeginning>, lines: &[PdfLine], measures: Measures) -> Option<EndnoteList> {
    if starts.len() < MIN_NOTES {
        return None;
    }
    whole_list(starts, lines, measures)
}

/// The list that begins with these notes, to the end of the last one.
fn whole_list(
    starts: Vec<NoteBeginning>,
    lines: &[PdfLine],
    measures: Measures,
) -> Option<EndnoteList> {
    let from = starts.first()?.line;
    let last = starts.last()?.line;
    let to = end_of_note(last, lines, measures)?;
    let lines = from..to;
    if lines.len() > MAX_MEAN_LINES * starts.len() {
        return None;
    }
    Some(EndnoteList { starts, lines })
}

/// The end of the note that begins at a line, if no other follows it.
fn end_of_note(last: usize, lines: &[PdfLine], measures: Measures) -> Option<usize> {
    let size = lines.get(last)?.size;
    let rest = lines.iter().zip(lines.iter().skip(1)).skip(last);
    let more = rest.take_while(|(line, next)| {
        let together = line.page == next.page && line.region == next.region;
        let gap = next.baseline - line.baseline;
        let far = together && gap > 2.2 * measures.leading.max(1.2 * size);
        (next.size - size).abs() < 0.06 * size && !next.is_all(|run| run.face.is_bold) && !far
    });
    Some(last + 1 + more.count())
}

/// Whether most of the numbers of a list are those of notes at the foot of pages.
fn is_answered(list: &EndnoteList, at_foot: &[NoteBeginning], linked: &[usize]) -> bool {
    let known = list
        .starts
        .iter()
        .filter(|start| at_foot.iter().any(|foot| foot.label == start.label))
        .count();
    let is_linked = list
        .starts
        .iter()
        .any(|start| linked.binary_search(&start.line).is_ok());
    known * 2 > list.starts.len() && !is_linked
}

/// Whether markers call the notes of a list, and come before it.
fn is_called(list: &EndnoteList, from: usize, marks: &[CallSite], linked: &[usize]) -> bool {
    let is_linked = |start: &&NoteBeginning| linked.binary_search(&start.line).is_ok();
    if list.starts.iter().filter(is_linked).count() * 2 > list.starts.len() {
        return true;
    }
    let is_sure =
        |mark: &&CallSite| mark.likeness >= MARKER_LIKENESS && !list.lines.contains(&mark.line);
    let since: Vec<&CallSite> = marks
        .iter()
        .filter(is_sure)
        .filter(|mark| mark.line >= from)
        .collect();
    // The lists of all chapters may be at the end of the book.
    let of_list: Vec<&CallSite> = if since.is_empty() {
        marks.iter().filter(is_sure).collect()
    } else {
        since
    };
    let before = of_list
        .iter()
        .filter(|mark| mark.line < list.lines.start)
        .count();
    let mut called: Vec<Label> = of_list
        .iter()
        .flat_map(|mark| mark.readings.first().cloned().unwrap_or_default())
        .collect();
    // What is called again and again is a source, not a note.
    let is_repeated = repetitions(&called) * 8 > called.len();
    called.sort();
    called.dedup();
    let known = list
        .starts
        .iter()
        .filter(|start| called.contains(&start.label))
        .count();
    ratio(before, of_list.len()) >= BEFORE
        && ratio(known, list.starts.len()) >= CALLED
        && !is_repeated
}

/// How often a number is called that is not beyond those before it, counting anew from each 1.
fn repetitions(called: &[Label]) -> usize {
    let mut most = 0;
    let mut repetitions = 0;
    for number in called.iter().filter_map(Label::number) {
        if number == 1 {
            most = 1;
        } else if number <= most {
            repetitions += 1;
        } else if number - most <= MAX_STEP {
            most = number;
        }
    }
    repetitions
}

#[expect(clippy::cast_precision_loss, reason = "a share")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

fn is_bibliography(list: &EndnoteList, lines: &[PdfLine], linked: &[usize]) -> bool {
    let above = list
        .lines
        .start
        .checked_sub(1)
        .and_then(|index| lines.get(index));
    let heading = above
        .map(|line| line.text().to_lowercase())
        .unwrap_or_default();
    let heading = heading.trim_matches(|letter: char| !letter.is_alphabetic());
    let is_linked = list
        .starts
        .iter()
        .any(|start| linked.binary_search(&start.line).is_ok());
    BIBLIOGRAPHIES.contains(&heading) && !is_linked
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// The lists of a page with two chapters of text, each with three markers, and these notes.
    fn lists_of(notes: &[&str]) -> Option<Vec<(usize, Range<usize>)>> {
        let mut texts = Vec::new();
        for (y, words) in [
            (100.0, ["one.", "two.", "six."]),
            (120.0, ["red.", "tan.", "sky."]),
        ] {
            for ((x, word), figure) in [10.0, 60.0, 110.0]
                .into_iter()
                .zip(words)
                .zip(["1", "2", "3"])
            {
                texts.push((x, y, 10.0, word));
                texts.push((x + 21.0, y - 4.0, 7.0, figure));
            }
        }
        let mut y = 200.0;
        for note in notes {
            texts.push((10.0, y, 10.0, *note));
            y += 15.0;
        }
        let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let marks: Vec<CallSite> = lines
            .iter()
            .enumerate()
            .flat_map(|(index, line)| calls::marks(index, line, None))
            .collect();
        let lists = chapters(&lines, &marks, Measures::new(&lines))?;
        let of = |list: EndnoteList| (list.starts.len(), list.lines);
        Some(lists.into_iter().map(of).collect())
    }

    #[test]
    fn notes_at_the_end_that_count_as_the_markers_of_each_chapter_are_theirs() {
        let notes = [
            "FIRST", "1. Ada", "2. Bo", "3. Cy", "SECOND", "1. Di", "2. Ed", "3. Fay",
        ];
        assert_eq!(lists_of(&notes), Some(vec![(3, 3..6), (3, 7..10)]));
    }

    #[test]
    fn notes_that_count_otherwise_are_not_tied_chapter_by_chapter() {
        let longer = [
            "1. Ada", "2. Bo", "3. Cy", "4. Guy", "1. Di", "2. Ed", "3. Fay",
        ];
        assert_eq!(lists_of(&longer), None);
        assert_eq!(lists_of(&["1. Ada", "2. Bo", "3. Cy"]), None);
    }
}
