//! Which lines give notes, and which signs in the text are their markers.
//!
//! The proof is the sequence: lines that begin with 1, 2, 3 … in one form, and markers that count
//! the same way in one form. A bare number that has two candidates between its neighbours is tied
//! to none.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lines::LooseLine;
use crate::paper::{Mending, MendingKind, SourceLocation};

/// Fewer notes than this prove nothing: a list of two items and two figures in the text look the
/// same.
const MIN_NOTES: usize = 3;

/// The notes of a loose text and their markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LooseNotes {
    /// By line.
    pub(super) starts: Vec<NoteStart>,
    /// By line and offset.
    pub(super) markers: Vec<LooseMarker>,
}

/// A line on which a note begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoteStart {
    /// An index into the lines.
    pub(super) line: usize,
    pub(super) number: u32,
    /// Bytes of the line before the note's words.
    pub(super) label_bytes: usize,
}

/// A marker in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LooseMarker {
    /// An index into the lines.
    pub(super) line: usize,
    /// Bytes of the line that are the marker.
    pub(super) range: Range<usize>,
    pub(super) number: u32,
}

/// How a number is written, at the start of a note or as a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberForm {
    /// `^[1]`
    Caret,
    /// `[1]`
    Bracket,
    /// `(1)`
    Parenthesis,
    /// `¹`
    Superscript,
    /// `1.` or `1)` before a note
    Point,
    /// `1`, before a note or behind a sentence
    Bare,
    /// `1` on a line of its own, as raised numbers are left, before a note
    Alone,
}

const START_FORMS: [NumberForm; 7] = [
    NumberForm::Caret,
    NumberForm::Bracket,
    NumberForm::Parenthesis,
    NumberForm::Superscript,
    NumberForm::Point,
    NumberForm::Bare,
    NumberForm::Alone,
];

/// The surest first.
const MARKER_FORMS: [NumberForm; 5] = [
    NumberForm::Caret,
    NumberForm::Superscript,
    NumberForm::Bracket,
    NumberForm::Parenthesis,
    NumberForm::Bare,
];

/// The notes of the text, if they prove to be such.
pub(super) fn find(lines: &[LooseLine<'_>]) -> Option<LooseNotes> {
    let candidates = START_FORMS.into_iter().flat_map(|starts| {
        MARKER_FORMS
            .into_iter()
            .filter(move |markers| can_go_together(starts, *markers))
            .map(move |markers| (starts, markers))
    });
    candidates
        .filter_map(|(starts, markers)| tie(lines, starts, markers))
        .max_by_key(|notes| notes.markers.len())
}

/// Whether the form tells a note's number from any other.
fn is_enclosed(form: NumberForm) -> bool {
    matches!(form, NumberForm::Caret | NumberForm::Bracket)
}

/// Bare numbers on both sides would prove too little: they are years, chapters and tables, too.
fn can_go_together(start: NumberForm, marker: NumberForm) -> bool {
    marker != NumberForm::Parenthesis
        || start == NumberForm::Parenthesis
        || start == NumberForm::Point
}

fn tie(lines: &[LooseLine<'_>], start: NumberForm, marker: NumberForm) -> Option<LooseNotes> {
    let starts = chain_of_starts(lines, start, marker);
    if starts.len() < MIN_NOTES {
        return None;
    }
    let mut candidates = Vec::new();
    let mut notes = starts.iter().peekable();
    for (index, line) in lines.iter().enumerate() {
        let label = notes.next_if(|start| start.line == index);
        let from = label.map_or(0, |start| start.label_bytes);
        if !line.is_code {
            push_markers(&mut candidates, index, line.text, from, marker);
        }
    }
    let markers = sequence(candidates, &starts, marker)?;
    is_proof(&starts, &markers).then_some(LooseNotes { starts, markers })
}

/// Lines that begin with 1, 2, 3 …, as far as they go. Each line takes the number that is due, so
/// that numbered lists within the text do not lead astray; the chain that goes furthest counts.
fn chain_of_starts(
    lines: &[LooseLine<'_>],
    form: NumberForm,
    marker: NumberForm,
) -> Vec<NoteStart> {
    let mut starts = Vec::new();
    for (line, text) in lines.iter().enumerate().filter(|(_, line)| !line.is_code) {
        let start = if form == NumberForm::Alone {
            let next = lines.get(line + 1);
            next.and_then(|next| start_above(text, next))
        } else {
            start_of(text.text, form)
        };
        if let Some((number, label_bytes)) = start {
            starts.push(NoteStart {
                line,
                number,
                label_bytes,
            });
        }
    }
    if starts.len() < MIN_NOTES {
        return Vec::new();
    }
    if !is_enclosed(form) {
        let certain = certain_chain(&starts);
        let at_feet = certain_chain(&at_feet_of_pages(&starts, lines, marker));
        return if at_feet.len() > certain.len() {
            at_feet
        } else {
            certain
        };
    }
    let firsts = starts.iter().enumerate().filter(|(_, one)| one.number == 1);
    let mut best: Vec<NoteStart> = Vec::new();
    for (nth, first) in firsts.take(MAX_CHAINS) {
        let mut chain = vec![*first];
        let mut last = 1;
        for start in starts.iter().skip(nth + 1) {
            // A number in brackets is sure enough of itself for a note or two to be missing.
            if (last + 1..=last + 3).contains(&start.number) {
                last = start.number;
                chain.push(*start);
            }
        }
        // A paper's notes are its last run of numbers; an earlier 1 may begin a list.
        if chain.len() >= best.len() {
            best = chain;
        }
    }
    best
}

/// The longest run of bare numbers 1, 2, 3 …, if each of them is the only line that can be meant.
fn certain_chain(starts: &[NoteStart]) -> Vec<NoteStart> {
    let count = (1..)
        .try_fold(starts, |rest, number| {
            let at = rest.iter().position(|start| start.number == number);
            match at.and_then(|at| rest.get(at + 1..)) {
                Some(rest) => Ok(rest),
                None => Err(number - 1),
            }
        })
        .err();
    let count: u32 = count.unwrap_or(0);
    let earliest = in_sequence(starts.iter(), 1..=count, |start| start.number);
    let mut latest = in_sequence(starts.iter().rev(), (1..=count).rev(), |start| start.number);
    latest.reverse();
    if earliest == latest {
        earliest.into_iter().copied().collect()
    } else {
        Vec::new()
    }
}

/// Those that stand below their marker on its page, with neither another of the same number nor the
/// one that is due next behind them there: a note at the foot of a page does, a heading with a number
/// hardly ever.
fn at_feet_of_pages(
    starts: &[NoteStart],
    lines: &[LooseLine<'_>],
    form: NumberForm,
) -> Vec<NoteStart> {
    let mut pages = Vec::with_capacity(lines.len());
    // The lines of the first and the last marker of a number on a page.
    let mut markers: HashMap<(usize, u32), (usize, usize)> = HashMap::new();
    let mut page = 0_usize;
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        page += usize::from(line.begins_page);
        pages.push(page);
        if !line.is_code {
            push_markers(&mut found, index, line.text, 0, form);
        }
        for marker in found.drain(..) {
            let on_page = markers.entry((page, marker.number));
            on_page.or_insert((index, index)).1 = index;
        }
    }
    let is_at_foot = |start: &&NoteStart| {
        let page = pages.get(start.line).copied().unwrap_or_default();
        let own = markers.get(&(page, start.number));
        let next = markers.get(&(page, start.number + 1));
        own.is_some_and(|(_, last)| *last < start.line)
            && next.is_none_or(|(_, last)| *last < start.line)
    };
    starts.iter().filter(is_at_foot).copied().collect()
}

/// Of lines that begin with 1, only so many are tried as the first note.
const MAX_CHAINS: usize = 64;

/// The number that a line begins with in this form, and the bytes before the note's words.
fn start_of(line: &str, form: NumberForm) -> Option<(u32, usize)> {
    let bullet = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
    let text = bullet.unwrap_or(line);
    let (number, rest) = match form {
        NumberForm::Caret => enclosed(text, "^[", ']')?,
        NumberForm::Bracket => enclosed(text, "[", ']')?,
        NumberForm::Parenthesis => enclosed(text, "(", ')')?,
        NumberForm::Superscript => superscript(text)?,
        NumberForm::Point => {
            let (number, rest) = digits(text)?;
            (number, rest.strip_prefix(['.', ')'])?)
        }
        NumberForm::Bare | NumberForm::Alone => digits(text)?,
    };
    // `[1]: https://…` is a link's address, `[1](…)` a link.
    let follows_words = match form {
        NumberForm::Bracket | NumberForm::Caret => !rest.starts_with([':', '(', '[']),
        NumberForm::Superscript => true,
        NumberForm::Parenthesis | NumberForm::Point | NumberForm::Bare | NumberForm::Alone => {
            rest.starts_with([' ', '\t'])
        }
    };
    let words = rest.trim_start();
    let is_note = follows_words && words.chars().any(char::is_alphabetic);
    is_note.then(|| (number, line.len() - words.len()))
}

/// The same of a number on a line of its own, above the note's words. One that begins or ends a page
/// is the page's.
fn start_above(line: &LooseLine<'_>, next: &LooseLine<'_>) -> Option<(u32, usize)> {
    let (number, rest) = digits(line.text)?;
    let is_note = rest.is_empty()
        && !line.begins_page
        && !next.begins_page
        && !next.is_code
        && next.text.chars().any(char::is_alphabetic);
    is_note.then_some((number, line.text.len()))
}

fn enclosed<'a>(text: &'a str, open: &str, close: char) -> Option<(u32, &'a str)> {
    let (number, rest) = digits(text.strip_prefix(open)?)?;
    Some((number, rest.strip_prefix(close)?))
}

/// A number of at most four digits, not beginning with 0, and what follows.
fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|char: char| !char.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let is_number = (1..=4).contains(&digits.len()) && !digits.starts_with('0');
    Some((digits.parse().ok().filter(|_| is_number)?, rest))
}

fn superscript(text: &str) -> Option<(u32, &str)> {
    let mut number = 0_u32;
    let mut rest = text;
    let mut chars = text.chars();
    while let Some(digit) = chars.next().and_then(raised_digit) {
        number = number.checked_mul(10)?.checked_add(digit)?;
        rest = chars.as_str();
    }
    (1..=9999).contains(&number).then_some((number, rest))
}

fn raised_digit(char: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹"
        .chars()
        .zip(0..)
        .find(|(raised, _)| *raised == char)
        .map(|(_, digit)| digit)
}

/// Adds what may be a marker in the line, from this byte on.
fn push_markers(
    found: &mut Vec<LooseMarker>,
    line: usize,
    text: &str,
    from: usize,
    form: NumberForm,
) {
    let mut at = from;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let before = text.get(from..at).unwrap_or_default();
        match marker_at(before, rest, form) {
            Some((number, bytes)) => {
                let range = at..at + bytes;
                found.push(LooseMarker {
                    line,
                    range,
                    number,
                });
                at += bytes;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
}

/// The number of the marker with which `rest` begins, and its length in bytes.
fn marker_at(before: &str, rest: &str, form: NumberForm) -> Option<(u32, usize)> {
    let last = before.chars().next_back();
    let (number, after) = match form {
        NumberForm::Caret => enclosed(rest, "^[", ']')?,
        NumberForm::Bracket => enclosed(rest, "[", ']')?,
        NumberForm::Parenthesis => enclosed(rest, "(", ')')?,
        NumberForm::Superscript => superscript(rest)?,
        NumberForm::Bare | NumberForm::Point | NumberForm::Alone => digits(rest)?,
    };
    let is_marker = match form {
        NumberForm::Caret => true,
        NumberForm::Bracket => {
            // A marker may come before the first word, without a space; a note's label has one.
            let is_placed = last.is_some() || after.starts_with(char::is_alphabetic);
            is_placed && last != Some('^') && !is_link_to(before, after)
        }
        NumberForm::Superscript | NumberForm::Parenthesis => last.is_some(),
        NumberForm::Bare | NumberForm::Point | NumberForm::Alone => {
            ends_sentence(before) && begins_anew(after)
        }
    };
    is_marker.then(|| (number, rest.len() - after.len()))
}

/// Whether a number in brackets is a link or the beginning of its definition, going by what comes
/// after it: `[1](…)`, `[1][ref]`, `[1]: …` at the start of a line. Two markers are none: `[1][2]`.
fn is_link_to(before: &str, after: &str) -> bool {
    match after.chars().next() {
        Some('(') => true,
        Some('[') => enclosed(after, "[", ']').is_none(),
        Some(':') => before.trim().is_empty(),
        _ => false,
    }
}

/// Whether a word and a sign that ends a sentence or a part of one come right before.
fn ends_sentence(before: &str) -> bool {
    let word = before.trim_end_matches(['.', ',', ';', ':', '!', '?', '"', '”', '’', '»', ')']);
    // "3.14" is no marker, but "in 1814.3" may be.
    let digits = word.len()
        - word
            .trim_end_matches(|char: char| char.is_ascii_digit())
            .len();
    word.len() < before.len() && (word.ends_with(char::is_alphabetic) || digits == 4)
}

fn begins_anew(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        None => true,
        Some(char) => {
            char.is_whitespace() && !chars.next().is_some_and(|next| next.is_ascii_digit())
        }
    }
}

/// The markers that count 1, 2, 3 ….
fn sequence(
    candidates: Vec<LooseMarker>,
    starts: &[NoteStart],
    form: NumberForm,
) -> Option<Vec<LooseMarker>> {
    if is_enclosed(form) {
        numbered(candidates, starts, form)
    } else {
        counted(&candidates, starts)
    }
}

/// Markers in brackets say themselves which note they mean, if nearly all of them do so in order.
fn numbered(
    candidates: Vec<LooseMarker>,
    starts: &[NoteStart],
    form: NumberForm,
) -> Option<Vec<LooseMarker>> {
    let known: HashSet<u32> = starts.iter().map(|start| start.number).collect();
    let count = known.len();
    let mut seen = HashSet::new();
    let mut highest = 0;
    let mut out_of_order = 0;
    let mut unknown = HashSet::new();
    let mut markers = Vec::new();
    for marker in candidates {
        // Behind the last note's marker, "[2]" is as likely a word of a note.
        let is_over = seen.len() == count && form == NumberForm::Bracket;
        if is_over || !known.contains(&marker.number) {
            unknown.insert(marker.number);
            continue;
        }
        if seen.insert(marker.number) {
            out_of_order += usize::from(marker.number < highest);
            highest = highest.max(marker.number);
        }
        markers.push(marker);
    }
    unknown.retain(|number| !known.contains(number));
    let is_sequence =
        seen.len() * 10 >= count * 9 && unknown.len() * 10 <= count && out_of_order * 20 <= count;
    is_sequence.then_some(markers)
}

/// Markers that are bare numbers mean a note only by their place in the sequence. Taking each
/// number as early as the sequence allows, and as late, gives the same sign where it is certain.
fn counted(candidates: &[LooseMarker], starts: &[NoteStart]) -> Option<Vec<LooseMarker>> {
    let numbers = starts.iter().map(|start| start.number);
    let earliest = in_sequence(candidates.iter(), numbers, |marker| marker.number);
    let last = starts.last().map_or(0, |start| start.number);
    let beyond = last + 1..=last + 10;
    let beyond = candidates.iter().filter(|one| beyond.contains(&one.number));
    if beyond.map(|one| one.number).collect::<HashSet<u32>>().len() > 1 {
        // The text counts on where the notes have ended: some of them were not found.
        return None;
    }
    let found = starts.iter().take(earliest.len()).rev();
    let numbers = found.map(|start| start.number);
    let mut latest = in_sequence(candidates.iter().rev(), numbers, |marker| marker.number);
    latest.reverse();
    let pairs = earliest.into_iter().zip(latest);
    let certain = pairs.filter(|(early, late)| early == late);
    let certain: Vec<LooseMarker> = certain.map(|(marker, _)| marker.clone()).collect();
    (certain.len() * 10 >= starts.len() * 9).then_some(certain)
}

/// Of each number the first candidate that comes after the one for the number before, as far as
/// there are any.
fn in_sequence<'a, T>(
    mut candidates: impl Iterator<Item = &'a T>,
    numbers: impl Iterator<Item = u32>,
    number_of: impl Fn(&T) -> u32,
) -> Vec<&'a T> {
    numbers
        .map_while(|number| candidates.find(|one| number_of(one) == number))
        .collect()
}

/// A note comes after the first marker that means it.
fn is_proof(starts: &[NoteStart], markers: &[LooseMarker]) -> bool {
    let mut firsts = HashMap::new();
    for marker in markers {
        firsts.entry(marker.number).or_insert(marker.line);
    }
    starts.iter().all(|start| {
        let marker = firsts.get(&start.number);
        marker.is_none_or(|marker| *marker < start.line)
    })
}

impl LooseNotes {
    /// Whether all notes come after the last marker in the text, as endnotes do.
    pub(super) fn are_endnotes(&self) -> bool {
        let first = self.starts.first().map_or(0, |start| start.line);
        self.markers.iter().all(|marker| marker.line < first)
    }

    /// The list of what was tied, one entry for each note.
    pub(super) fn tied(&self, lines: &[LooseLine<'_>]) -> Vec<Mending> {
        let entries = self.starts.iter().filter_map(|start| {
            let line = lines.get(start.line)?;
            let label = line.text.get(..start.label_bytes)?.trim();
            Some(Mending {
                kind: MendingKind::NoteTied,
                location: SourceLocation::Line(line.number),
                before: label.to_owned(),
                after: format!("[^{}]:", start.number),
            })
        });
        entries.collect()
    }
}
