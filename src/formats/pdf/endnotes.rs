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
/// A list answers so much of what the markers call; less is a list of the author's.
const ANSWERED: f32 = 0.25;
const MARKER_LIKENESS: f32 = 0.5;
/// From one marker to the next a number grows at most so much; a larger one is several numbers.
const MAX_STEP: u32 = 5;

/// Notes of a list are set in alike, within so many ems; raised labels are surer.
const INDENT_EMS: f32 = 1.5;
const RAISED_INDENT_EMS: f32 = 2.5;

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
    /// The lines of the markers that it answers, if they are known.
    pub(super) calls: Option<Range<usize>>,
}

/// The lists of notes in lines that are not among `zones`; `at_foot` begin the notes that are, and
/// `linked` are the lines that the links of markers lead to, and `is_own` says which lines may begin
/// notes of the sequence that is looked for.
pub(super) fn lists(
    lines: &[PdfLine],
    zones: &[Range<usize>],
    marks: &[CallSite],
    at_foot: &[NoteBeginning],
    linked: &[usize],
    measures: Measures,
    is_own: impl Fn(&NoteBeginning) -> bool,
) -> Vec<EndnoteList> {
    let in_zone = |line: usize| zones.iter().any(|zone| zone.contains(&line));
    let starts: Vec<NoteBeginning> = lines
        .iter()
        .enumerate()
        .filter(|(index, _)| !in_zone(*index))
        .filter_map(|(index, line)| start(index, line))
        .filter(|start| start.label.number().is_some() && is_own(start))
        .collect();
    let mut lists: Vec<EndnoteList> = Vec::new();
    let mut after = 0;
    for (index, first) in starts.iter().enumerate() {
        if first.line < after || first.label.number() != Some(1) {
            continue;
        }
        let chain = chain(starts.get(index..).unwrap_or(&[]), lines, linked);
        if begins_later(&chain, &starts, lines, linked) {
            continue;
        }
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

/// The numbers of a mark after the last one before it: of its readings, as of `1213`, the one that
/// goes on from there.
fn going_on(mark: &CallSite, last: Option<u32>) -> Vec<u32> {
    let next = last.map_or(1, |last| last + 1);
    let begins = |reading: &&Vec<Label>| reading.first().and_then(Label::number) == Some(next);
    let reading = mark.readings.iter().find(begins);
    let labels = reading.or(mark.readings.first()).into_iter().flatten();
    labels.filter_map(Label::number).collect()
}

/// The numbers of marks, in order.
fn numbers<'a>(marks: impl Iterator<Item = &'a CallSite>) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    for mark in marks {
        numbers.extend(going_on(mark, numbers.last().copied()));
    }
    numbers
}

/// How often markers outside of lists count from 1 to 3 or further: a list answers each.
fn sequences(marks: &[CallSite], lists: &[EndnoteList]) -> usize {
    let mut most = u32::MAX;
    let mut sequences = 0;
    let outside = marks.iter().filter(|mark| {
        mark.likeness >= MARKER_LIKENESS
            && !lists.iter().any(|list| list.lines.contains(&mark.line))
    });
    for number in numbers(outside) {
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

/// Whether the first numbers of a chain are those of other lists, as an author's own are, and its
/// own begin further down: another 1 of the same kind, from which the numbers go on to the same end.
fn begins_later(
    own: &[NoteBeginning],
    starts: &[NoteBeginning],
    lines: &[PdfLine],
    linked: &[usize],
) -> bool {
    let (Some(first), Some(second), Some(last)) = (own.first(), own.get(1), own.last()) else {
        return false;
    };
    let is_alike = |start: &NoteBeginning| (start.likeness - second.likeness).abs() < 0.01;
    let mut later = starts.iter().enumerate().filter(|(_, start)| {
        let is_between = start.line > first.line && start.line < last.line;
        is_between && start.label.number() == Some(1) && is_alike(start)
    });
    later.next_back().is_some_and(|(index, _)| {
        let other = chain(starts.get(index..).unwrap_or(&[]), lines, linked);
        other.last().is_some_and(|other| other.line >= last.line)
    })
}

/// Whether two notes begin at about the same place in their columns. The first one below a heading
/// may be set less far in than the others.
pub(super) fn is_level(start: &NoteBeginning, last: &NoteBeginning, lines: &[PdfLine]) -> bool {
    let (Some(one), Some(other)) = (lines.get(start.line), lines.get(last.line)) else {
        return false;
    };
    let same_size = (one.size - other.size).abs() < 0.1 * one.size;
    // Numerals are of many widths, and where they are set flush right, begin where they like.
    if start.label.is_numeral() && last.label.is_numeral() {
        return same_size;
    }
    let same_column = one.page == other.page && one.region == other.region;
    let same_column = same_column && !one.is_within && !other.is_within;
    let ems = if start.is_raised && last.is_raised {
        RAISED_INDENT_EMS
    } else {
        INDENT_EMS
    };
    same_size && (!same_column || (one.left - other.left).abs() < ems * one.size)
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
    Some(EndnoteList {
        starts,
        lines,
        calls: None,
    })
}

/// The end of the note that begins at a line, if no other follows it.
pub(super) fn end_of_note(last: usize, lines: &[PdfLine], measures: Measures) -> Option<usize> {
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
    let mut called = numbers(of_list.iter().copied());
    // What is called again and again is a source, not a note.
    let is_repeated = repetitions(&called) * 8 > called.len();
    called.sort();
    called.dedup();
    let known = list
        .starts
        .iter()
        .filter_map(|start| start.label.number())
        .filter(|number| called.binary_search(number).is_ok())
        .count();
    ratio(before, of_list.len()) >= BEFORE
        && ratio(known, list.starts.len()) >= CALLED
        && ratio(known, called.len()) >= ANSWERED
        && !is_repeated
}

/// How often a number is called that is not beyond those before it, counting anew from each 1.
fn repetitions(called: &[u32]) -> usize {
    let mut most = 0;
    let mut repetitions = 0;
    for number in called.iter().copied() {
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
    // Numbers in brackets are only labels where a sequence proves that they are those of notes.
    let first = lines.get(list.lines.start);
    let is_proved = first.is_some_and(|line| line.has_bracketed_label);
    BIBLIOGRAPHIES.contains(&heading) && !is_linked && !is_proved
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    #[test]
    fn markers_set_together_count_as_two() {
        let marks_of = |figures: [&str; 3]| {
            let mut texts = Vec::new();
            for ((x, word), figures) in [(10.0, "one."), (60.0, "two."), (110.0, "six.")]
                .into_iter()
                .zip(figures)
            {
                texts.push((x, 100.0, 10.0, word));
                texts.push((x + 21.0, 96.0, 7.0, figures));
            }
            let lines = lines(runs(&page(&texts)), 0, 0, 0.16);
            calls::marks(0, &lines[0], None)
        };
        let marks = marks_of(["1", "23", "4"]);
        assert_eq!(numbers(marks.iter()), [1, 2, 3, 4]);
        let marks = marks_of(["12", "3", "4"]);
        assert_eq!(numbers(marks.iter()), [1, 2, 3, 4]);
    }

    /// The lines of the notes at the end of a page with four markers and these lines.
    fn lists_at_end(texts: &[&str]) -> Vec<(usize, usize)> {
        let mut all = vec![(10.0, 100.0, 10.0, "one.")];
        for (x, figure) in [(31.0, "1"), (81.0, "2"), (131.0, "3"), (181.0, "4")] {
            all.push((x, 96.0, 7.0, figure));
            all.push((x + 30.0, 100.0, 10.0, "six."));
        }
        let mut y = 200.0;
        for text in texts {
            all.push((10.0, y, 10.0, *text));
            y += 15.0;
        }
        let lines = lines(runs(&page(&all)), 0, 0, 0.16);
        let marks: Vec<CallSite> = calls::marks(0, &lines[0], None);
        let lists = super::lists(
            &lines,
            &[],
            &marks,
            &[],
            &[],
            Measures::new(&lines, &marks),
            |_| true,
        );
        let of = |list: EndnoteList| (list.lines.start, list.lines.end);
        lists.into_iter().map(of).collect()
    }

    #[test]
    fn notes_at_the_end_begin_with_their_own_1_and_not_with_that_of_an_earlier_list() {
        let list = ["1. Eggs", "2. Milk", "3. Salt", "and so on", "NOTES"];
        let notes = ["1. Ada", "2. Bo", "3. Cy", "4. Di"];
        let both: Vec<&str> = list.into_iter().chain(notes).collect();
        assert_eq!(lists_at_end(&both), [(6, 10)]);
    }
}
