//! Numbers on the baseline of the text that call notes: in brackets, as `word.[12]` does, or in
//! smaller type.
//!
//! A numbered source is called in the same way. What proves that they call notes is that they
//! count 1, 2, 3 and so on, each once, and that lines that begin with the same numbers follow in
//! the same order: sources are called again, and several at a time.

use std::collections::HashSet;

use super::calls::CallSite;
use super::label::{self, Label, Tail};
use super::line::{BaselineShift, PdfLine};
use super::run::GlyphRun;

/// Fewer markers than this prove nothing.
const MIN_MARKERS: usize = 5;
/// So many times as many numbers are in order as are not, in brackets of any other meaning.
const ORDERLY: usize = 25;

/// A note may be set before its marker, on the page before: then so many tokens are between.
const AHEAD: usize = 12;
/// Numbers that only count on prove something if they are so many.
const MIN_COUNTED: usize = 8;
/// A number that is so much smaller than its line may call a note, though it is not raised.
const SMALL: f32 = 0.87;
/// So many notes in a row may be lost.
const MAX_LOST: usize = 2;
/// Numbers begin anew after so many.
const MIN_CHAPTER: u32 = 3;
/// Round brackets enclose the points of a list as well, with a space before them: of markers at
/// most one of so many has one.
const SPACED: usize = 10;

/// Numbers in brackets on a line.
#[derive(Debug, Clone, PartialEq)]
struct BracketToken {
    line: usize,
    /// Its letters, counted over the pieces of the line.
    letters: std::ops::Range<usize>,
    numbers: Vec<u32>,
    /// Whether it begins the line, and words come after it.
    is_head: bool,
    /// Whether it stands right at a word.
    is_glued: bool,
    /// Whether it is raised: then it is a marker already, and has no brackets.
    is_raised: bool,
}

/// Takes note of the numbers in brackets that call notes, and of the lines that begin with
/// those of the notes; `marks` are those that are raised.
pub(super) fn find(lines: &mut [PdfLine], marks: &[CallSite]) {
    for (open, close) in [('[', ']'), ('(', ')')] {
        let tokens = tokens(lines, (open, close));
        let proof = in_brackets(&tokens);
        let proof = proof.or_else(|| in_brackets(&with_raised(&tokens, marks, lines)));
        let proof = match open {
            '[' => proof.or_else(|| before_stops(&tokens, lines)),
            _ => proof.filter(NumberedCalls::are_glued),
        };
        mark(lines, proof.unwrap_or_default());
    }
    let small = counted(&small_tokens(lines)).filter(NumberedCalls::are_glued);
    mark(lines, small.unwrap_or_default());
}

/// Marks what is proved in the lines.
fn mark(lines: &mut [PdfLine], found: NumberedCalls) {
    for label in found.labels {
        if let Some(line) = lines.get_mut(label) {
            line.has_bracketed_label = true;
        }
    }
    // From the end, for those before keep their places.
    for token in found
        .calls
        .into_iter()
        .rev()
        .filter(|token| !token.is_raised)
    {
        if let Some(line) = lines.get_mut(token.line) {
            set_apart(line, &token.letters);
        }
    }
}

/// Numbers that are smaller than their line and stand on its baseline, of all lines.
fn small_tokens(lines: &[PdfLine]) -> Vec<BracketToken> {
    let mut tokens = Vec::new();
    let mut last = 0;
    for (index, line) in lines.iter().enumerate() {
        let mut start = 0;
        for (at, piece) in line.pieces.iter().enumerate() {
            let letters = start..start + piece.run.letters.len();
            start = letters.end;
            let is_small = piece.run.size < SMALL * line.size;
            let is_level = piece.shift == BaselineShift::None && !piece.is_call;
            if !(is_small && is_level) {
                continue;
            }
            let readings = label::readings(&piece.run.text());
            let numbers = label::numbers_after(last, &readings);
            if !numbers.is_empty() {
                last = numbers.last().copied().unwrap_or(last);
                tokens.push(BracketToken {
                    line: index,
                    letters,
                    numbers,
                    is_head: at == 0 && line.pieces.len() > 1,
                    is_glued: !piece.after_space,
                    is_raised: false,
                });
            }
        }
    }
    tokens
}

/// What a sequence proves.
#[derive(Debug, Default, PartialEq)]
struct NumberedCalls {
    /// In the order of the text.
    calls: Vec<BracketToken>,
    /// The lines of notes that begin with brackets.
    labels: Vec<usize>,
}

impl NumberedCalls {
    /// Whether nearly all markers stand right at a word.
    fn are_glued(&self) -> bool {
        let spaced = self.calls.iter().filter(|token| !token.is_glued);
        spaced.count() * SPACED <= self.calls.len()
    }
}

/// The markers whose notes begin with numbers in the same brackets.
fn in_brackets(tokens: &[BracketToken]) -> Option<NumberedCalls> {
    let mut found = NumberedCalls::default();
    let mut called: Vec<u32> = Vec::new();
    let mut answered = 0;
    // Notes that are set before their markers, on the page before.
    let mut ahead: HashSet<usize> = HashSet::new();
    let mut stray: Vec<u32> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        while ahead.contains(&answered) {
            answered += 1;
        }
        let number = token.numbers.first().copied().filter(|_| token.is_head);
        // Notes may be lost; then there are no more than a few.
        let rest = called
            .get(answered..)
            .unwrap_or(&[])
            .iter()
            .take(1 + MAX_LOST);
        let wanted = rest.zip(0..).find(|(wanted, _)| number == Some(**wanted));
        let next = called.last().map_or(1, |last| last + 1);
        if let Some((_, lost)) = wanted.filter(|_| token.numbers.len() == 1) {
            found.labels.push(token.line);
            answered += lost + 1;
        } else if number == Some(next) && is_called_soon(tokens, at, next) {
            found.labels.push(token.line);
            ahead.insert(called.len());
        } else if goes_on(&called, &token.numbers) {
            called.extend(&token.numbers);
            found.calls.push(token.clone());
        } else if !token.is_raised {
            stray.extend(&token.numbers);
        }
    }
    let most = called.iter().max().copied().unwrap_or(0);
    stray.retain(|number| *number <= most);
    let is_sequence = called.len() >= MIN_MARKERS && called.first() == Some(&1);
    let unanswered = called.len().saturating_sub(found.labels.len());
    let is_sound = (unanswered + stray.len()) * ORDERLY <= called.len();
    (is_sequence && is_sound).then_some(found)
}

/// The numbers within lines, if they count on from 1 without another among them.
fn counted(tokens: &[BracketToken]) -> Option<NumberedCalls> {
    let mut called: Vec<u32> = Vec::new();
    let mut found = NumberedCalls::default();
    let within = || tokens.iter().filter(|token| !token.is_head);
    for token in within() {
        if goes_on(&called, &token.numbers) {
            called.extend(&token.numbers);
            found.calls.push(token.clone());
        }
    }
    let stray = within().count() - found.calls.len();
    (called.len() >= MIN_COUNTED && stray * ORDERLY <= called.len()).then_some(found)
}

/// Whether a number that begins a line is called within the next few tokens by one that does not.
fn is_called_soon(tokens: &[BracketToken], at: usize, number: u32) -> bool {
    let next = tokens.iter().skip(at + 1).take(AHEAD);
    let mut alike = next.filter(|token| token.numbers.first() == Some(&number));
    alike.next().is_some_and(|token| !token.is_head)
}

/// The markers whose notes are a list at the end that begins with their numbers and full stops.
fn before_stops(tokens: &[BracketToken], lines: &[PdfLine]) -> Option<NumberedCalls> {
    let mut calls: Vec<BracketToken> = Vec::new();
    let mut called: Vec<u32> = Vec::new();
    for token in tokens {
        if !goes_on(&called, &token.numbers) {
            continue;
        }
        called.extend(&token.numbers);
        calls.push(token.clone());
    }
    let most = called.iter().max().copied().unwrap_or(0);
    let all = tokens.iter().flat_map(|token| &token.numbers);
    let stray = all.filter(|number| **number <= most).count() - called.len();
    if called.len() < MIN_MARKERS || called.first() != Some(&1) || stray * ORDERLY > called.len() {
        return None;
    }
    let last = calls.last()?.line;
    let mut wanted = called.iter();
    let mut next = wanted.next();
    for line in lines.iter().skip(last + 1) {
        let text = line.text();
        let label = label::leading(&text).filter(|_| !text.starts_with(['[', '(']));
        if let Some((Label::Number(number), _, Tail::Stop | Tail::Bracket)) = label
            && next == Some(&number)
        {
            next = wanted.next();
        }
    }
    let labels = Vec::new();
    next.is_none().then_some(NumberedCalls { calls, labels })
}

/// Whether numbers go on from those that are called, or begin anew.
fn goes_on(called: &[u32], numbers: &[u32]) -> bool {
    let first = numbers.first().copied();
    let next = called.last().map_or(1, |last| last + 1);
    let count_on = numbers.windows(2).all(|pair| match pair {
        [one, other] => *other == one + 1,
        _ => true,
    });
    let begins = first == Some(1) && next > MIN_CHAPTER;
    count_on && (first == Some(next) || begins)
}

/// The numbers in brackets of all lines, in their order.
fn tokens(lines: &[PdfLine], brackets: (char, char)) -> Vec<BracketToken> {
    let lines = lines.iter().enumerate();
    lines
        .flat_map(|(index, line)| tokens_of(index, line, brackets))
        .collect()
}

/// Numbers in brackets with those that are raised among them: notes may have brackets where their
/// markers have none.
fn with_raised(
    tokens: &[BracketToken],
    marks: &[CallSite],
    lines: &[PdfLine],
) -> Vec<BracketToken> {
    let heads = tokens.iter().filter(|token| token.is_head);
    let mut all: Vec<BracketToken> = heads.cloned().collect();
    let mut last = 0;
    for mark in marks.iter().filter(|mark| mark.pieces.start > 0) {
        let numbers = label::numbers_after(last, &mark.readings);
        if numbers.first() != Some(&(last + 1)) {
            continue;
        }
        last = numbers.last().copied().unwrap_or(last);
        let before = |line: &PdfLine| {
            let pieces = line.pieces.iter().take(mark.pieces.start);
            pieces.map(|piece| piece.run.letters.len()).sum()
        };
        let start = lines.get(mark.line).map_or(0, before);
        all.push(BracketToken {
            line: mark.line,
            letters: start..start + 1,
            numbers,
            is_head: false,
            is_glued: true,
            is_raised: true,
        });
    }
    all.sort_by_key(|token| (token.line, token.letters.start));
    all
}

fn tokens_of(index: usize, line: &PdfLine, (open, close): (char, char)) -> Vec<BracketToken> {
    let mut letters: Vec<char> = Vec::new();
    let mut after_space: Vec<usize> = Vec::new();
    for piece in &line.pieces {
        if piece.after_space {
            after_space.push(letters.len());
        }
        letters.extend(piece.run.letters.iter().map(|glyph| glyph.letter));
    }
    let mut tokens = Vec::new();
    let mut from = None;
    for (at, letter) in letters.iter().enumerate() {
        if *letter == open {
            from = Some(at);
        } else if *letter == close
            && let Some(start) = from.take()
        {
            let inner: String = letters.get(start + 1..at).unwrap_or(&[]).iter().collect();
            let readings = label::readings(&inner);
            let numbers = label::numbers_after(0, readings.get(..1).unwrap_or(&[]));
            if !numbers.is_empty() {
                tokens.push(BracketToken {
                    line: index,
                    letters: start..at + 1,
                    numbers,
                    is_head: start == 0 && (at + 1 < letters.len() || line.is_within),
                    is_glued: start > 0 && !after_space.contains(&start),
                    is_raised: false,
                });
            }
        }
    }
    tokens
}

/// Makes pieces of their own of letters of a line, which call notes.
pub(super) fn set_apart(line: &mut PdfLine, letters: &std::ops::Range<usize>) {
    let mut before = 0;
    let mut pieces = Vec::with_capacity(line.pieces.len() + 2);
    for piece in std::mem::take(&mut line.pieces) {
        let count = piece.run.letters.len();
        let within = |at: usize| at.clamp(before, before + count) - before;
        let (start, end) = (within(letters.start), within(letters.end));
        before += count;
        if start == end {
            pieces.push(piece);
            continue;
        }
        for (range, is_call) in [(0..start, false), (start..end, true), (end..count, false)] {
            let Some(run) = part(&piece.run, range.clone()) else {
                continue;
            };
            let mut part = piece.clone();
            part.run = run;
            part.after_space &= range.start == 0;
            part.is_call |= is_call;
            pieces.push(part);
        }
    }
    line.pieces = pieces;
}

/// Some letters of a run.
fn part(run: &GlyphRun, range: std::ops::Range<usize>) -> Option<GlyphRun> {
    let letters = run.letters.get(range)?;
    let (first, last) = (letters.first()?, letters.last()?);
    Some(GlyphRun {
        left: first.left,
        right: last.right,
        letters: letters.to_vec(),
        ..run.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::super::calls;
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// The marks of a page of these lines.
    fn marks_of(texts: &[&str]) -> Vec<String> {
        let mut y = 100.0;
        let mut all = Vec::new();
        for text in texts {
            all.push((10.0, y, 10.0, *text));
            y += 14.0;
        }
        let mut lines = lines(runs(&page(&all)), 0, 0, 0.16);
        let marks = calls::all(&lines, &[]);
        find(&mut lines, &marks);
        let marks = calls::all(&lines, &[]);
        let text = |mark: &calls::CallSite| {
            let pieces = lines[mark.line].pieces[mark.pieces.clone()].iter();
            pieces.map(|piece| piece.run.text()).collect()
        };
        marks.iter().map(text).collect()
    }

    #[test]
    fn numbers_in_brackets_that_count_as_the_lines_after_them_do_call_these() {
        let text = ["one.[1] Two,[2] and", "six [3] or seven.[4][5]"];
        let notes = ["[1] Ada", "[2] Bo, as [2]", "[3] Cy", "[4] Di", "[5] Ed"];
        let calls = ["[1]", "[2]", "[3]", "[4][5]"];
        let both = |notes: &[&'static str]| [&text[..], notes].concat();
        // One that is out of order is too many among so few.
        assert!(marks_of(&both(&notes)).is_empty());
        let notes = ["[1] Ada", "[2] Bo", "[3] Cy", "[4] Di", "[5] Ed"];
        assert_eq!(marks_of(&both(&notes)), calls);
        let notes = ["1. Ada", "2. Bo", "3. Cy", "4. Di", "5. Ed"];
        assert_eq!(marks_of(&both(&notes)), calls);
        let notes = ["1. Ada", "2. Bo", "3. Cy"];
        assert!(marks_of(&both(&notes)).is_empty());
    }

    #[test]
    fn notes_may_have_brackets_where_their_raised_markers_have_none() {
        let mut texts = Vec::new();
        for (x, figure) in [(10.0, "1"), (60.0, "2"), (110.0, "34"), (160.0, "5")] {
            texts.push((x, 100.0, 10.0, "one."));
            texts.push((x + 21.0, 96.0, 7.0, figure));
        }
        let notes = ["[1] Ada", "[2] Bo", "[3] Cy", "[4] Di", "[5] Ed"];
        for (y, note) in [700.0, 710.0, 720.0, 730.0, 740.0].into_iter().zip(notes) {
            texts.push((10.0, y, 8.0, note));
        }
        let mut lines = lines(runs(&page(&texts)), 0, 0, 0.16);
        let marks = calls::all(&lines, &[]);
        find(&mut lines, &marks);
        let labelled = lines.iter().filter(|line| line.has_bracketed_label);
        assert_eq!(labelled.count(), 5);
    }

    #[test]
    fn a_note_may_stand_on_the_page_before_its_marker_or_be_lost() {
        let text = [
            "one.[1] Two,[2] three,[3] so",
            "[4] Di",
            "four.[4] And five.[5]",
        ];
        let notes = ["[1] Ada", "[2] Bo", "[3] Cy", "[5] Ed"];
        let ahead = marks_of(&[&text[..], &notes].concat());
        assert_eq!(ahead, ["[1]", "[2]", "[3]", "[4]", "[5]"]);
        let many = |count: usize| -> Vec<String> {
            let calls = (1..=count).map(|number| format!("word.[{number}] And"));
            let notes = (1..=count).filter(|number| *number != 9);
            calls
                .chain(notes.map(|number| format!("[{number}] Ada")))
                .collect()
        };
        let lost = |count: usize| {
            let texts = many(count);
            marks_of(&texts.iter().map(String::as_str).collect::<Vec<_>>()).len()
        };
        assert_eq!((lost(30), lost(12)), (30, 0));
    }

    #[test]
    fn small_numbers_on_the_baseline_call_notes_if_they_count_on() {
        let calls_of = |figures: &[&str]| {
            let mut texts = Vec::new();
            let mut x = 10.0;
            for figure in figures {
                texts.push((x, 100.0, 10.0, "one."));
                texts.push((x + 20.0, 100.0, 7.0, *figure));
                x += 40.0;
            }
            let mut lines = lines(runs(&page(&texts)), 0, 0, 0.16);
            find(&mut lines, &[]);
            calls::all(&lines, &[]).len()
        };
        assert_eq!(calls_of(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), 9);
        assert_eq!(
            calls_of(&["1", "2", "3", "7", "4", "5", "6", "7", "8", "9"]),
            0
        );
        assert_eq!(calls_of(&["1", "2", "3"]), 0);
    }

    #[test]
    fn sources_that_are_called_again_are_no_notes() {
        let text = ["one [1] and two [2], so", "six [3, 4] or [5] and [6]."];
        let again = ["As in [1], [2] and [3]."];
        let list = ["[1] Ada", "[2] Bo", "[3] Cy", "[4] Di", "[5] Ed", "[6] Fay"];
        assert!(!marks_of(&[&text[..], &list].concat()).is_empty());
        assert!(marks_of(&[&text[..], &again, &list].concat()).is_empty());
    }

    #[test]
    fn a_list_in_the_text_is_no_sequence_of_markers() {
        let list = ["(1) Ada", "(2) Bo", "(3) Cy", "(4) Di", "(5) Ed", "(6) Fay"];
        let glued = [
            "It is red,(1) blue,(2) tan(3)",
            "old,(4) new(5) or none.(6) So",
        ];
        let calls = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"];
        assert_eq!(marks_of(&[&glued[..], &list].concat()), calls);
        let apart = [
            "It is (1) red, (2) blue, (3) tan",
            "(so) (4) old, (5) new or (6) none.",
        ];
        assert!(marks_of(&[&apart[..], &list].concat()).is_empty());
    }
}
