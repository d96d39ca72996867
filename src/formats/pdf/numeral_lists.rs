//! Where the notes begin that are counted in Roman numerals or in letters: in lists at the end of
//! the text or of its chapters, or at the foot of pages.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::label::Label;
use super::line::{NumeralLabel, PdfLine};
use super::measures;
use super::numeral_calls::{self, NumeralCall};
use super::numerals::NumeralStyle;

/// A note has at most so many lines.
const MAX_NOTE_LINES: usize = 160;
/// Of so many notes one may be lost.
const COMPLETE: usize = 10;
/// Labels at the foot of pages that are not raised are in type so small beside the text.
const FOOT_SIZE: f32 = 0.97;
/// A line that ends so many ems before the edge ends a paragraph.
const SHORT_EMS: f32 = 3.0;
/// Above a paragraph may be more white, by so much.
const WHITE_EMS: f32 = 1.55;

/// Where the columns of pages end on the right.
pub(super) struct ColumnEnds(HashMap<(usize, usize), f32>);

impl ColumnEnds {
    pub(super) fn new(lines: &[PdfLine]) -> Self {
        let mut ends: HashMap<(usize, usize), f32> = HashMap::new();
        for line in lines {
            let end = ends.entry((line.page, line.region)).or_insert(line.right);
            *end = end.max(line.right);
        }
        ColumnEnds(ends)
    }

    /// Whether a paragraph may begin at a line.
    fn may_begin(&self, lines: &[PdfLine], index: usize) -> bool {
        let above = index.checked_sub(1).and_then(|above| lines.get(above));
        let (Some(above), Some(line)) = (above, lines.get(index)) else {
            return true;
        };
        if above.page != line.page || above.region != line.region {
            return true;
        }
        let end = self.0.get(&(above.page, above.region));
        let room = end.map_or(0.0, |end| end - above.right);
        room > SHORT_EMS * above.size
            || line.baseline - above.baseline > WHITE_EMS * line.size
            || above
                .text()
                .ends_with(['.', '?', '!', '”', '"', ')', ']', '’'])
    }
}

/// A line that begins with a numeral.
struct NumeralHead {
    line: usize,
    number: u32,
    label: NumeralLabel,
    /// What ends the label, or `^` if it is raised.
    tail: char,
    /// Whether a paragraph may begin here.
    may_begin: bool,
}

/// The lines that begin the notes which are called, and the calls that they answer.
#[derive(Debug, Default)]
pub(super) struct AnsweringHeads {
    pub(super) labels: Vec<(usize, NumeralLabel)>,
    /// By the line of the call and the label.
    pub(super) answered: HashSet<(usize, Label)>,
}

/// The heads that answer calls, which count chapter by chapter; none if too few do for certain.
pub(super) fn answers(
    lines: &[PdfLine],
    style: NumeralStyle,
    chapters: &[Vec<NumeralCall>],
    ends: &ColumnEnds,
) -> Option<AnsweringHeads> {
    let body = measures::most_common_size(lines)?;
    let heads = lines.iter().enumerate().filter_map(|(index, line)| {
        let (label, tail) = numeral_calls::label_at_head(line, style)?;
        Some(NumeralHead {
            line: index,
            number: label.label.number()?,
            label,
            tail,
            may_begin: ends.may_begin(lines, index),
        })
    });
    let heads: Vec<NumeralHead> = heads.collect();
    let kinds: [&[char]; 4] = [&['^'], &['.'], &[')', ']'], &[' ']];
    kinds.iter().find_map(|kind| {
        let of_kind = heads.iter().filter(|head| kind.contains(&head.tail));
        let of_kind: Vec<&NumeralHead> = of_kind.collect();
        let beginning = of_kind.iter().filter(|head| head.may_begin);
        let beginning: Vec<&NumeralHead> = beginning.copied().collect();
        let at_end = |heads: &[&NumeralHead]| {
            at_end(heads, chapters, true).or_else(|| at_end(heads, chapters, false))
        };
        let all = || (*kind != [' ']).then(|| at_end(&of_kind)).flatten();
        let found = at_end(&beginning).or_else(all);
        found.or_else(|| {
            let is_small = |head: &NumeralHead| {
                let line = lines.get(head.line);
                line.is_some_and(|line| line.size <= FOOT_SIZE * body)
            };
            let small = beginning.iter().copied();
            let small: Vec<&NumeralHead> = small
                .filter(|head| head.tail == '^' || is_small(head))
                .collect();
            at_foot(&small, chapters, lines)
        })
    })
}

/// The heads of lists at the end of each chapter, or all after the last one.
fn at_end(
    heads: &[&NumeralHead],
    chapters: &[Vec<NumeralCall>],
    by_chapter: bool,
) -> Option<AnsweringHeads> {
    let mut found = AnsweringHeads::default();
    let last_call = chapters.iter().flatten().map(|call| call.line).max()?;
    let mut from = 0;
    for (index, chapter) in chapters.iter().enumerate() {
        let next = chapters.get(index + 1).and_then(|next| next.first());
        let window = if by_chapter {
            chapter.last()?.line + 1..next.map_or(usize::MAX, |next| next.line)
        } else {
            from.max(last_call + 1)..usize::MAX
        };
        let wanted = chapter.last()?.last()?;
        let list = list(heads, wanted, window)?;
        from = list.last()?.line + 1;
        found.take(chapter, &list);
    }
    Some(found)
}

/// The heads that count from 1 to a number within lines, if it is certain which they are.
fn list<'a>(
    heads: &[&'a NumeralHead],
    wanted: u32,
    window: Range<usize>,
) -> Option<Vec<&'a NumeralHead>> {
    let within = heads.iter().filter(|head| window.contains(&head.line));
    let within: Vec<&NumeralHead> = within.copied().collect();
    let mut list: Vec<&NumeralHead> = Vec::new();
    let mut lost = 0;
    let mut number = 1;
    while number <= wanted {
        let after = list.last().map_or(window.start, |last| last.line + 1);
        let most = list
            .last()
            .map_or(usize::MAX, |last| last.line + MAX_NOTE_LINES);
        let first = |number: u32| {
            let mut rest = within
                .iter()
                .filter(|head| head.line >= after && head.line <= most);
            rest.find(|head| head.number == number).copied()
        };
        let (own, next) = (first(number), first(number + 1));
        match own.filter(|own| next.is_none_or(|next| own.line < next.line)) {
            Some(own) => list.push(own),
            None => lost += 1,
        }
        number += 1;
    }
    let is_complete = lost * COMPLETE <= list.len() && list.first()?.number == 1;
    (is_complete && is_only(&list, &within) && !goes_on(&list, &within, wanted)).then_some(list)
}

/// Whether no other head could be one of the list's, between those before and after it.
fn is_only(list: &[&NumeralHead], within: &[&NumeralHead]) -> bool {
    list.iter().enumerate().all(|(place, head)| {
        let before = place.checked_sub(1).and_then(|before| list.get(before));
        let from = before.map_or(head.line, |before| before.line + 1);
        let to = list.get(place + 1).map_or(head.line + 1, |next| next.line);
        let alike = within
            .iter()
            .filter(|other| (from..to).contains(&other.line) && other.number == head.number);
        alike.count() == 1
    })
}

/// Whether a list goes on further than calls count.
fn goes_on(list: &[&NumeralHead], within: &[&NumeralHead], wanted: u32) -> bool {
    let mut at = list.last().map_or(0, |last| last.line);
    let mut number = wanted;
    let find = |at: usize, number: u32| {
        let mut rest = within.iter().filter(|head| head.line > at);
        let next = rest.find(|head| head.number == number);
        next.filter(|next| next.line <= at + MAX_NOTE_LINES)
            .map(|next| next.line)
    };
    while let Some(next) = find(at, number + 1) {
        at = next;
        number += 1;
    }
    usize::try_from(number - wanted).unwrap_or(0) * COMPLETE > list.len()
}

/// The heads at the foot of pages, each on the page of its call or the next.
fn at_foot(
    heads: &[&NumeralHead],
    chapters: &[Vec<NumeralCall>],
    lines: &[PdfLine],
) -> Option<AnsweringHeads> {
    let mut found = AnsweringHeads::default();
    let mut all = 0;
    let mut at = 0;
    let page = |head: &NumeralHead| lines.get(head.line).map_or(0, |line| line.page);
    for call in chapters.iter().flatten() {
        for label in &call.labels {
            all += 1;
            let near = heads.iter().filter(|head| {
                head.line > call.line.max(at)
                    && Some(head.number) == label.number()
                    && (call.page..=call.page + 1).contains(&page(head))
            });
            let near: Vec<&&NumeralHead> = near.collect();
            if let [head] = near.as_slice() {
                at = head.line;
                found.labels.push((head.line, head.label.clone()));
                found.answered.insert((call.line, label.clone()));
            }
        }
    }
    ((all - found.answered.len()) * COMPLETE <= all).then_some(found)
}

impl AnsweringHeads {
    /// Takes in the list that answers the calls of a chapter.
    fn take(&mut self, chapter: &[NumeralCall], list: &[&NumeralHead]) {
        for head in list {
            self.labels.push((head.line, head.label.clone()));
        }
        for call in chapter {
            let answered = call
                .labels
                .iter()
                .filter(|label| list.iter().any(|head| head.label.label == **label));
            let answered = answered.map(|label| (call.line, label.clone()));
            self.answered.extend(answered);
        }
    }
}
