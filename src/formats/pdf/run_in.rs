//! Notes that are run on in one paragraph, `1 Foo. 2 Bar.`, or stand side by side on one line:
//! each becomes a line of its own, so that it is found as any other is.
//!
//! A number within a line is the label of a note where it goes on from the label before it and a
//! marker calls it: at the foot one of the same page or of that before, at the end one of a
//! sequence that the labels repeat to its end, and below a table one of the same page above it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::calls::{self, CallSite};
use super::label;
use super::line::{BaselineShift, PdfLine};
use super::measures::Measures;
use super::page::Page;
use super::zones;

/// A list of notes at the end has at least so many.
const MIN_NOTES: u32 = 5;
/// How much a raised number must look like a marker.
const SURE: f32 = 0.5;
/// From one marker to the next a number grows at most so much.
const MAX_STEP: u32 = 3;
/// What has numbers after it, as sources are written.
const COUNTED: [&str; 30] = [
    "p", "pp", "s", "ss", "n", "nn", "no", "nos", "nr", "vol", "vols", "bd", "ch", "chap", "chaps",
    "art", "arts", "sec", "secs", "fig", "figs", "tab", "par", "para", "paras", "fol", "col",
    "cols", "note", "notes",
];
/// Of so many numbers before a list as many are tried as its first, the last ones.
const MAX_LISTS: usize = 8;

/// Lines of notes below a table are alike in size, and apart by at most so many ems.
pub(super) const SAME_SIZE: f32 = 0.06;
pub(super) const LEADING_EMS: f32 = 1.7;

/// How the number of a note is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LabelForm {
    Raised,
    /// `[1]`
    Bracket,
    /// `1.`
    Stop,
}

/// A number that may be the label of a note, or call one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct NumberToken {
    line: usize,
    /// The first of its pieces.
    piece: usize,
    number: u32,
    form: LabelForm,
}

/// Parts the lines in which notes begin.
pub(super) fn part(lines: Vec<PdfLine>, pages: &[Page]) -> Vec<PdfLine> {
    let marks = calls::all(&lines, pages);
    let measures = Measures::new(&lines, &marks);
    let tokens = tokens(&lines, &marks);
    let mut labels = at_foot(&lines, pages, measures, &tokens);
    labels.extend(at_end(&tokens));
    labels.extend(below_displays(&lines, &tokens));
    let mut cuts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for label in labels.into_iter().filter(|label| label.piece > 0) {
        cuts.entry(label.line).or_default().insert(label.piece);
    }
    if cuts.is_empty() {
        return lines;
    }
    let mut parted = Vec::with_capacity(lines.len() + cuts.len());
    for (index, line) in lines.into_iter().enumerate() {
        match cuts.get(&index) {
            Some(pieces) => parted.extend(cut(line, pieces)),
            None => parted.push(line),
        }
    }
    parted
}

/// A line in parts that begin with these pieces.
fn cut(mut line: PdfLine, pieces: &BTreeSet<usize>) -> Vec<PdfLine> {
    let mut parts = Vec::new();
    for piece in pieces.iter().rev() {
        let mut part = PdfLine {
            pieces: line.pieces.split_off((*piece).min(line.pieces.len())),
            is_within: true,
            ..line.clone()
        };
        part.left = part
            .pieces
            .first()
            .map_or(line.left, |piece| piece.run.left);
        line.right = line
            .pieces
            .last()
            .map_or(line.right, |piece| piece.run.right);
        parts.push(part);
    }
    parts.push(line);
    parts.reverse();
    parts
}

/// The labels at the foot of pages, where a zone of notes has some within its lines.
fn at_foot(
    lines: &[PdfLine],
    pages: &[Page],
    measures: Measures,
    tokens: &[NumberToken],
) -> Vec<NumberToken> {
    let zones = zones::zones(lines, pages, measures, &[]);
    let in_zone: HashSet<usize> = zones.iter().cloned().flatten().collect();
    let page = |line: usize| lines.get(line).map_or(0, |line| line.page);
    let in_text = tokens.iter().filter(|token| !in_zone.contains(&token.line));
    let called: HashSet<(usize, u32)> = in_text
        .filter(|token| token.form == LabelForm::Raised)
        .map(|token| (page(token.line), token.number))
        .collect();
    let mut found = Vec::new();
    for zone in zones {
        let here = page(zone.start);
        let is_called = |token: &&NumberToken| {
            let before = here.checked_sub(1);
            let mut pages = before.into_iter().chain([here]);
            let is_on = |page: usize, number: Option<u32>| {
                number.is_some_and(|number| called.contains(&(page, number)))
            };
            let number = token.number;
            // A marker in a table may look like a power; those beside it are enough.
            pages.any(|page| {
                let beside = [number.checked_sub(1), number.checked_add(1)];
                is_on(page, Some(number)) || beside.into_iter().all(|number| is_on(page, number))
            })
        };
        let of_zone = |form: LabelForm| {
            let first = tokens.partition_point(|token| token.line < zone.start);
            let of_zone = tokens.iter().skip(first);
            of_zone
                .take_while(|token| token.line < zone.end)
                .filter(move |token| token.form == form)
        };
        let chain = |form: LabelForm| {
            let candidates: Vec<&NumberToken> = of_zone(form).filter(is_called).collect();
            let mut labels = counting_on(&candidates);
            // What is out of order may be told by being alone.
            let mut alike: HashMap<u32, usize> = HashMap::new();
            for token in &candidates {
                *alike.entry(token.number).or_default() += 1;
            }
            let known: HashSet<u32> = labels.iter().map(|label| label.number).collect();
            let is_alone = |token: &&&NumberToken| {
                alike.get(&token.number) == Some(&1) && !known.contains(&token.number)
            };
            labels.extend(candidates.iter().filter(is_alone).copied());
            labels
        };
        let (raised, level) = (chain(LabelForm::Raised), chain(LabelForm::Stop));
        found.extend(if level.len() > raised.len() {
            level
        } else {
            raised
        });
    }
    found
}

/// Those that count on from the first, by one; of a number that several have, the one that begins a
/// line.
fn counting_on(tokens: &[&NumberToken]) -> Vec<NumberToken> {
    let begin_lines = tokens.iter().enumerate();
    let begin_lines = begin_lines.filter(|(_, token)| token.piece == 0);
    let last_to_begin: HashMap<u32, usize> =
        begin_lines.map(|(at, token)| (token.number, at)).collect();
    let mut chain: Vec<NumberToken> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let follows = chain
            .last()
            .is_none_or(|last| token.number == last.number + 1);
        let last_to_begin = last_to_begin.get(&token.number);
        let has_better = token.piece > 0 && last_to_begin.is_some_and(|last| *last > at);
        // `chap. 2. 2. Bo`
        let is_repeated = tokens.get(at + 1).is_some_and(|next| {
            let is_next = next.line == token.line && next.piece == token.piece + 1;
            is_next && next.number == token.number
        });
        if follows && !has_better && !is_repeated {
            chain.push(**token);
        }
    }
    chain
}

/// The labels of a list at the end that count as the markers before it do.
fn at_end(tokens: &[NumberToken]) -> Vec<NumberToken> {
    let begins = |token: &&NumberToken| token.piece == 0 && token.number == 1;
    let firsts = tokens.iter().enumerate().filter(|(_, token)| begins(token));
    let firsts: Vec<(usize, &NumberToken)> = firsts.collect();
    for (at, first) in firsts.into_iter().rev().take(MAX_LISTS) {
        let before = tokens.get(..at).unwrap_or(&[]);
        let called = [LabelForm::Raised, LabelForm::Bracket]
            .into_iter()
            .map(|form| last_of_sequence(before, form))
            .max()
            .unwrap_or(0);
        let list = tokens.get(at..).unwrap_or(&[]);
        let of_form: Vec<&NumberToken> = list
            .iter()
            .filter(|token| token.form == first.form)
            .collect();
        let chain = counting_on(&of_form);
        let last = chain.last().map_or(0, |last| last.number);
        let end = chain.last().map(|last| (last.line, last.piece));
        let goes_further = of_form
            .iter()
            .any(|token| Some((token.line, token.piece)) > end && token.number == last + 1);
        let within = chain.iter().filter(|label| label.piece > 0).count();
        if called >= MIN_NOTES && last == called && !goes_further && within * 3 >= chain.len() {
            return chain;
        }
    }
    Vec::new()
}

/// How far numbers of one form count from 1; a few may not have been seen.
fn last_of_sequence(tokens: &[NumberToken], form: LabelForm) -> u32 {
    let of_form = tokens.iter().filter(|token| token.form == form);
    of_form.fold(0, |last, token| {
        if (last + 1..=last + MAX_STEP).contains(&token.number) {
            token.number
        } else {
            last
        }
    })
}

/// The labels below tables and figures: raised numbers from a 1 that begins a line on, each behind a
/// blank and called above on the page.
fn below_displays(lines: &[PdfLine], tokens: &[NumberToken]) -> Vec<NumberToken> {
    let page = |line: usize| lines.get(line).map(|line| line.page);
    let raised = tokens
        .iter()
        .filter(|token| token.form == LabelForm::Raised);
    // The first line of each page on which a number is raised.
    let mut first_calls: HashMap<(Option<usize>, u32), usize> = HashMap::new();
    for token in raised.clone() {
        first_calls
            .entry((page(token.line), token.number))
            .or_insert(token.line);
    }
    let is_called = |token: &NumberToken, first: usize| {
        let call = first_calls.get(&(page(token.line), token.number));
        call.is_some_and(|call| *call < first)
    };
    let mut found = Vec::new();
    let mut chain: Vec<NumberToken> = Vec::new();
    for token in raised {
        let begins_line = token.piece == 0;
        if begins_line && token.number == 1 && is_called(token, token.line) {
            found.append(&mut chain);
            chain.push(*token);
            continue;
        }
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
            continue;
        };
        let line = lines.get(token.line);
        let is_behind_blank = line
            .and_then(|line| line.pieces.get(token.piece))
            .is_some_and(|piece| piece.after_space);
        let goes_on = token.number == last.number + 1
            && is_one_set(lines, first.line, token.line)
            && is_called(token, first.line);
        if goes_on && (begins_line || is_behind_blank) {
            chain.push(*token);
        } else if !is_one_set(lines, first.line, token.line) {
            found.append(&mut chain);
        }
    }
    found.append(&mut chain);
    found
}

/// Whether lines stand right below each other in one size.
fn is_one_set(lines: &[PdfLine], first: usize, last: usize) -> bool {
    let set = lines.get(first..=last).unwrap_or_default();
    let is_next = |pair: &[PdfLine]| match pair {
        [one, next] => {
            let apart = next.baseline - one.baseline;
            (one.page, one.region) == (next.page, next.region)
                && (0.0..LEADING_EMS * one.size).contains(&apart)
                && (one.size - next.size).abs() < SAME_SIZE * one.size
        }
        _ => true,
    };
    set.windows(2).all(is_next)
}

/// The numbers of all lines, in their order.
fn tokens(lines: &[PdfLine], marks: &[CallSite]) -> Vec<NumberToken> {
    let mut tokens: Vec<NumberToken> = Vec::new();
    let mut last = 0;
    for mark in marks {
        let is_sure = mark.likeness >= SURE || mark.pieces.start == 0;
        let numbers = label::numbers_after(last, &mark.readings);
        if !is_sure || mark.readings.is_empty() {
            continue;
        }
        last = numbers.last().copied().unwrap_or(last);
        tokens.extend(numbers.iter().map(|number| NumberToken {
            line: mark.line,
            piece: mark.pieces.start,
            number: *number,
            form: LabelForm::Raised,
        }));
    }
    let mut word = String::new();
    for (index, line) in lines.iter().enumerate() {
        for (at, piece) in line.pieces.iter().enumerate() {
            let is_apart = at == 0 || piece.after_space;
            let text = piece.run.text();
            let before = std::mem::replace(&mut word, text.clone());
            let is_apart = is_apart && may_precede_label(&before, at == 0);
            let written = text.chars().next();
            if piece.shift != BaselineShift::None
                || !written.is_some_and(|first| first == '[' || first.is_ascii_digit())
            {
                continue;
            }
            tokens.extend(
                level_numbers(&text, is_apart).map(|(number, form)| NumberToken {
                    line: index,
                    piece: at,
                    number,
                    form,
                }),
            );
        }
    }
    tokens.sort_by_key(|token| (token.line, token.piece));
    tokens
}

/// Whether the label of a note may come after a word: a sentence ends with it, and it is none like
/// the `p.` of a page.
fn may_precede_label(word: &str, is_end_of_line: bool) -> bool {
    let inner = word.trim_start_matches(['(', '[', '“', '‘', '"']);
    // A heading has no full stop.
    let is_abbreviated = match inner.strip_suffix('.') {
        Some(stem) => COUNTED.contains(&stem.to_lowercase().as_str()),
        None => COUNTED.contains(&inner),
    };
    let is_end = word.ends_with(['.', ')', '”', '"', '’', '?', '!', ']']);
    let is_open = word.ends_with([',', ';', ':']);
    !is_abbreviated && !is_open && (is_end || is_end_of_line)
}

/// The number of a piece that is nothing else, `[1]` or `1.`.
fn level_numbers(text: &str, is_apart: bool) -> impl Iterator<Item = (u32, LabelForm)> {
    let inner = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'));
    let stop = text.strip_suffix('.').filter(|_| is_apart);
    let found = match (inner, stop) {
        (Some(inner), _) => Some((inner, LabelForm::Bracket)),
        (None, Some(stop)) => Some((stop, LabelForm::Stop)),
        (None, None) => None,
    };
    let found = found.and_then(|(figures, form)| {
        let is_number = figures.bytes().all(|figure| figure.is_ascii_digit());
        let readings = label::readings(figures);
        let number = readings.first()?.first()?.number()?;
        is_number.then_some((number, form))
    });
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::page::Rule;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// A line of text with markers, and notes below a rule.
    fn parted(markers: &[&str], notes: &[(f32, f32, f32, &str)]) -> Vec<String> {
        let mut texts = vec![(
            10.0,
            80.0,
            10.0,
            "some words that are as wide as the text is",
        )];
        let mut x = 10.0;
        for marker in markers {
            texts.push((x, 100.0, 10.0, "one."));
            texts.push((x + 21.0, 96.0, 7.0, *marker));
            x += 40.0;
        }
        texts.extend(notes);
        let mut only = page(&texts);
        only.rules.push(Rule {
            left: 10.0,
            right: 60.0,
            y: 680.0,
        });
        let lines = lines(runs(&only), 0, 0, 0.16);
        let lines = part(lines, &[only]);
        lines.iter().skip(2).map(PdfLine::text).collect()
    }

    #[test]
    fn notes_that_are_run_on_at_the_foot_are_lines_of_their_own() {
        let notes = [
            (10.0, 697.0, 5.0, "1"),
            (14.0, 700.0, 8.0, "Ada, 10"),
            (39.2, 697.0, 5.0, "6"),
            (46.0, 700.0, 8.0, "km."),
            (64.0, 697.0, 5.0, "2"),
            (68.0, 700.0, 8.0, "Bo goes"),
            (10.0, 710.0, 8.0, "on."),
            (26.0, 707.0, 5.0, "3"),
            (30.0, 710.0, 8.0, "Cy."),
        ];
        let lines = parted(&["1", "2", "3"], &notes);
        assert_eq!(lines, ["1 Ada, 106 km.", "2 Bo goes", "on.", "3 Cy."]);
        // What no marker of the page calls is no label.
        let lines = parted(&["1"], &notes);
        assert_eq!(lines, ["1 Ada, 106 km. 2 Bo goes", "on. 3 Cy."]);
    }

    #[test]
    fn notes_that_are_run_on_at_the_end_count_as_the_markers_do() {
        let markers = ["1", "2", "3", "4", "5"];
        let notes = [
            (10.0, 200.0, 10.0, "1. Ada, p. 2. 2. Bo, no. 3. and"),
            (10.0, 214.0, 10.0, "so on. 3. Cy. 4. Di. 5. Ed."),
        ];
        let parts = [
            "1. Ada, p. 2.",
            "2. Bo, no. 3. and",
            "so on.",
            "3. Cy.",
            "4. Di.",
            "5. Ed.",
        ];
        assert_eq!(parted(&markers, &notes), parts);
        let more = [notes[0], notes[1], (10.0, 228.0, 10.0, "6. Fay.")];
        assert_eq!(parted(&markers, &more).len(), 3);
    }
}
