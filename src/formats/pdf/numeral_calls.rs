//! Notes that are counted in Roman numerals or in letters, as the endnotes of Word are: which
//! raised letters call them, and where they begin.
//!
//! A raised letter is an exponent, the end of an ordinal or a table's own mark as well. What proves
//! that such letters call notes is that they count i, ii, iii and so on over the document, each
//! once, and that lines which begin with the same numerals follow in the same order.

use std::ops::Range;

use super::calls;
use super::label::Label;
use super::level_calls;
use super::line::{BaselineShift, NumeralLabel, PdfLine};
use super::numeral_lists::{self, AnsweringHeads, ColumnEnds};
use super::numerals::NumeralStyle;

/// How much a raised numeral must look like a marker.
const SURE: f32 = 0.5;
/// Of so many markers at most one is out of order.
const ORDERLY: usize = 5;
/// So many in a row may be lost, less one, if the next goes on within so many.
const MAX_LOST: u32 = 3;
const AHEAD: usize = 3;
/// Further on than so many tokens nothing is looked for.
const FORESIGHT: usize = 400;
/// Numerals begin anew after so many.
const MIN_CHAPTER: u32 = 3;
/// Fewer prove nothing: letters are marks of tables and of authors as well.
const MIN_ROMAN: usize = 2;
const MIN_LETTERS: usize = 5;

/// What may call notes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumeralCall {
    pub(super) line: usize,
    pub(super) page: usize,
    /// Its letters, counted over the pieces of the line.
    letters: Range<usize>,
    text: String,
    pub(super) labels: Vec<Label>,
    is_raised: bool,
    /// Whether it begins its line, as a marker does that has been moved on, and the label of a note.
    is_head: bool,
    /// Whether it stands at a figure or the like, as an exponent does.
    is_doubtful: bool,
}

impl NumeralCall {
    pub(super) fn last(&self) -> Option<u32> {
        self.labels.last().and_then(Label::number)
    }

    /// Whether it looks like a marker, and not like an exponent or the label of a note.
    fn is_sure(&self) -> bool {
        !self.is_head && !self.is_doubtful
    }

    /// The labels that it has where this number is the next: markers that are set together, as
    /// `iiiiv` for the third and the fourth, tell only so which they are.
    fn read_from(&self, next: u32, style: NumeralStyle) -> Option<Vec<Label>> {
        let numbers: Vec<u32> = self.labels.iter().filter_map(Label::number).collect();
        let counts_on = || {
            let mut pairs = numbers.iter().zip(numbers.iter().skip(1));
            pairs.all(|(one, other)| *other == one + 1)
        };
        if numbers.first() == Some(&next) && counts_on() {
            return Some(self.labels.clone());
        }
        let mut labels = Vec::new();
        let mut rest = self.text.as_str();
        while !rest.is_empty() {
            let text = style.write(next + u32::try_from(labels.len()).ok()?);
            rest = rest.strip_prefix(text.as_str())?;
            labels.push(style.label(&text)?);
        }
        (!labels.is_empty()).then_some(labels)
    }
}

/// Takes note in the lines of the numerals that call notes, and of those at the heads of notes.
pub(super) fn find(lines: &mut [PdfLine]) {
    let ends = ColumnEnds::new(lines);
    let mut best: Option<ProvedNumerals> = None;
    for style in NumeralStyle::ALL {
        for tokens in [raised, in_brackets] {
            let proved = ProvedNumerals::new(lines, style, &tokens(lines, style), &ends);
            let answered = |proved: &ProvedNumerals| proved.heads.answered.len();
            let most = best.as_ref().map_or(0, answered);
            best = proved.filter(|it| answered(it) > most).or(best);
        }
    }
    if let Some(best) = best {
        best.mark(lines);
    }
}

/// Calls that count on, chapter by chapter, and the notes that answer them.
struct ProvedNumerals {
    chapters: Vec<Vec<NumeralCall>>,
    heads: AnsweringHeads,
}

impl ProvedNumerals {
    fn new(
        lines: &[PdfLine],
        style: NumeralStyle,
        tokens: &[NumeralCall],
        ends: &ColumnEnds,
    ) -> Option<Self> {
        let chapters = chapters(tokens, style)?;
        let heads = numeral_lists::answers(lines, style, &chapters, ends)?;
        Some(ProvedNumerals { chapters, heads })
    }

    fn mark(self, lines: &mut [PdfLine]) {
        let ProvedNumerals { chapters, heads } = self;
        for (line, label) in heads.labels {
            if let Some(line) = lines.get_mut(line) {
                line.numerals.label = Some(label);
            }
        }
        let is_answered = |call: &NumeralCall| {
            let mut labels = call.labels.iter();
            labels.any(|label| heads.answered.contains(&(call.line, label.clone())))
        };
        let calls = || chapters.iter().flatten().filter(|call| is_answered(call));
        // From the end, for the letters before keep their places.
        for call in calls().rev().filter(|call| !call.is_raised) {
            if let Some(line) = lines.get_mut(call.line) {
                level_calls::set_apart(line, &call.letters);
            }
        }
        for call in calls() {
            if let Some(line) = lines.get_mut(call.line) {
                let pieces = pieces(line, &call.letters);
                line.numerals.calls.push((pieces, call.labels.clone()));
            }
        }
    }
}

/// The pieces of a line that have these letters.
fn pieces(line: &PdfLine, letters: &Range<usize>) -> Range<usize> {
    let mut at = 0;
    let mut found: Option<Range<usize>> = None;
    for (index, piece) in line.pieces.iter().enumerate() {
        let own = at..at + piece.run.letters.len();
        at = own.end;
        if own.start < letters.end && letters.start < own.end {
            let start = found.map_or(index, |found| found.start);
            found = Some(start..index + 1);
        }
    }
    found.unwrap_or(0..0)
}

/// The raised numerals of lines.
fn raised(lines: &[PdfLine], style: NumeralStyle) -> Vec<NumeralCall> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for group in calls::groups(line) {
            let members = || line.pieces.iter().skip(group.start).take(group.len());
            let text: String = members().map(|piece| piece.run.text()).collect();
            if !style.is_written_in(&text) || members().any(|it| it.run.face.is_symbol) {
                continue;
            }
            let before = group.start.checked_sub(1);
            let before = before.and_then(|before| line.pieces.get(before));
            let after_space = members().next().is_some_and(|piece| piece.after_space);
            let labels = style.labels(&text).unwrap_or_default();
            let readings = [labels];
            let likeness = calls::likeness(&readings, before, after_space);
            let [labels] = readings;
            let start = letters_before(line, group.start);
            found.push(NumeralCall {
                line: index,
                page: line.page,
                letters: start..start + text.chars().count(),
                text,
                labels,
                is_raised: true,
                is_head: before.is_none(),
                is_doubtful: before.is_some() && likeness < SURE,
            });
        }
    }
    found
}

fn letters_before(line: &PdfLine, piece: usize) -> usize {
    let before = line.pieces.iter().take(piece);
    before.map(|piece| piece.run.letters.len()).sum()
}

/// The numerals in brackets that stand right at a word.
fn in_brackets(lines: &[PdfLine], style: NumeralStyle) -> Vec<NumeralCall> {
    let mut found = Vec::new();
    // Most lines have no brackets, and all are looked through in each style.
    let has_bracket = |line: &PdfLine| {
        let mut letters = line.pieces.iter().flat_map(|piece| &piece.run.letters);
        letters.any(|glyph| glyph.letter == '[')
    };
    let with_brackets = lines.iter().enumerate();
    for (index, line) in with_brackets.filter(|(_, line)| has_bracket(line)) {
        let mut letters: Vec<char> = Vec::new();
        let mut after_space: Vec<usize> = Vec::new();
        for piece in &line.pieces {
            if piece.after_space {
                after_space.push(letters.len());
            }
            letters.extend(piece.run.letters.iter().map(|glyph| glyph.letter));
        }
        let mut from = None;
        for (at, letter) in letters.iter().enumerate() {
            if *letter == '[' {
                from = Some(at);
            } else if *letter == ']'
                && let Some(start) = from.take()
                && start > 0
                && !after_space.contains(&start)
            {
                let inner: String = letters.get(start + 1..at).unwrap_or(&[]).iter().collect();
                found.extend(style.labels(&inner).map(|labels| NumeralCall {
                    line: index,
                    page: line.page,
                    letters: start..at + 1,
                    text: inner,
                    labels,
                    is_raised: false,
                    is_head: false,
                    is_doubtful: false,
                }));
            }
        }
    }
    found
}

/// The calls that count on from the first numeral, chapter by chapter; none if they prove nothing.
fn chapters(tokens: &[NumeralCall], style: NumeralStyle) -> Option<Vec<Vec<NumeralCall>>> {
    let mut count = NumeralCount {
        tokens,
        style,
        chapters: Vec::new(),
        last: 0,
        lost: 0,
        stray: 0,
    };
    for index in 0..tokens.len() {
        count.take(index);
    }
    count.proved()
}

/// What counts on while tokens come in.
struct NumeralCount<'a> {
    tokens: &'a [NumeralCall],
    style: NumeralStyle,
    /// The calls, each with its place among the tokens.
    chapters: Vec<Vec<(usize, NumeralCall)>>,
    last: u32,
    /// How many numerals have been left out, and how many tokens count otherwise.
    lost: usize,
    stray: usize,
}

impl NumeralCount<'_> {
    fn take(&mut self, index: usize) {
        let Some(token) = self.tokens.get(index) else {
            return;
        };
        let labels = if let Some(labels) = self.anew(index, token) {
            self.chapters.push(Vec::new());
            labels
        } else if let Some((step, labels)) = self.going_on(index, token) {
            self.lost += usize::try_from(step - 1).unwrap_or(0);
            labels
        } else {
            self.stray += usize::from(token.is_sure() && !token.labels.is_empty());
            return;
        };
        self.last = labels.last().and_then(Label::number).unwrap_or(self.last);
        let call = NumeralCall {
            labels,
            ..token.clone()
        };
        match self.chapters.last_mut() {
            Some(chapter) => chapter.push((index, call)),
            None => self.chapters.push(vec![(index, call)]),
        }
    }

    /// After how many sure tokens behind one a number comes.
    fn next(&self, index: usize, number: u32) -> Option<usize> {
        let rest = self.tokens.iter().skip(index + 1).take(FORESIGHT);
        let mut rest = rest.filter(|other| other.is_sure());
        rest.position(|other| other.read_from(number, self.style).is_some())
    }

    /// The labels of a token that goes on from the last numeral, and how many it is behind it.
    fn going_on(&self, index: usize, token: &NumeralCall) -> Option<(u32, Vec<Label>)> {
        (1..=MAX_LOST).find_map(|step| {
            let labels = token.read_from(self.last + step, self.style)?;
            let after = labels.last().and_then(Label::number)? + 1;
            let goes_on = || self.next(index, after).is_some_and(|next| next < AHEAD);
            // A numeral of several letters is no exponent, though it stands at a figure.
            let is_next =
                step == 1 && (!token.is_doubtful || token.text.chars().count() > 1 && goes_on());
            // Where one is lost, the next goes on, and is not in its own place further down.
            let own = || self.next(index, self.last + 1);
            let is_behind = || token.is_sure() && goes_on() && own().is_none_or(|own| own > AHEAD);
            (is_next || is_behind()).then_some((step, labels))
        })
    }

    /// The labels of a token with which the numerals begin anew: then ii comes before what would
    /// have been next.
    fn anew(&self, index: usize, token: &NumeralCall) -> Option<Vec<Label>> {
        if !self.style.is_roman() || self.last < MIN_CHAPTER || !token.is_sure() {
            return None;
        }
        let labels = token.read_from(1, self.style)?;
        let second = self.next(index, labels.last().and_then(Label::number)? + 1)?;
        let next = self.next(index, self.last + 1);
        next.is_none_or(|next| second < next).then_some(labels)
    }

    /// The calls that can be no others, if all of them prove that they count.
    fn proved(self) -> Option<Vec<Vec<NumeralCall>>> {
        let all = || self.chapters.iter().flatten();
        let count = all().count();
        let (first, end) = (&all().next()?.1, &all().next_back()?.1);
        let is_enough = if self.style.is_roman() {
            count >= MIN_ROMAN
        } else {
            count >= MIN_LETTERS && first.page < end.page
        };
        if !is_enough || self.stray * ORDERLY > count || self.lost * ORDERLY > count {
            return None;
        }
        let chapters = self.chapters.iter();
        let sure: Vec<Vec<NumeralCall>> = chapters.map(|chapter| self.only(chapter)).collect();
        sure.iter()
            .all(|chapter| !chapter.is_empty())
            .then_some(sure)
    }

    /// Those calls of a chapter that have no like between the ones before and after them.
    fn only(&self, chapter: &[(usize, NumeralCall)]) -> Vec<NumeralCall> {
        let is_only = |place: usize, (index, call): &(usize, NumeralCall)| {
            let before = place.checked_sub(1).and_then(|it| chapter.get(it));
            let from = before.map_or(0, |(before, _)| before + 1);
            let next = chapter.get(place + 1);
            let to = next.map_or(self.tokens.len(), |(next, _)| *next);
            let others = self.tokens.iter().enumerate().take(to).skip(from);
            let mut others = others.filter(|(other, token)| other != index && token.is_sure());
            !others.any(|(_, other)| other.text == call.text)
        };
        let only = chapter.iter().enumerate();
        let only = only.filter(|(place, call)| is_only(*place, call));
        only.map(|(_, (_, call))| call.clone()).collect()
    }
}

/// Whether the first piece of a line is set as a raised label is.
pub(super) fn begins_raised(line: &PdfLine) -> bool {
    line.pieces.first().is_some_and(|first| {
        first.shift == BaselineShift::Raised || first.run.size < 0.87 * line.size
    })
}

/// What a line that begins with a numeral says of it.
pub(super) fn label_at_head(line: &PdfLine, style: NumeralStyle) -> Option<(NumeralLabel, char)> {
    if begins_raised(line) {
        let raised = line.pieces.iter().enumerate();
        let raised = raised.take_while(|(index, piece)| {
            (piece.shift == BaselineShift::Raised || piece.run.size < 0.87 * line.size)
                && (*index == 0 || !piece.after_space)
        });
        let text: String = raised.map(|(_, piece)| piece.run.text()).collect();
        let bare = text.trim_matches(|letter| matches!(letter, '(' | ')' | '[' | ']' | '.'));
        let label = NumeralLabel {
            label: style.label(bare)?,
            letters: text.chars().count(),
            is_raised: true,
        };
        return Some((label, '^'));
    }
    let text = line.text();
    let open = text
        .chars()
        .next()
        .filter(|first| matches!(first, '(' | '['));
    let rest = text.get(usize::from(open.is_some())..)?;
    let end = rest.find(|letter: char| !letter.is_ascii_alphabetic())?;
    let (word, rest) = rest.split_at_checked(end)?;
    let mut rest = rest.chars();
    let tail = rest.next()?;
    let is_tail = match open {
        Some(_) => matches!(tail, ')' | ']'),
        None => matches!(tail, ')' | ']' | '.' | ' '),
    };
    // A word of the text that looks like a numeral goes on in small letters.
    let next = rest.find(|letter| *letter != ' ')?;
    if !is_tail || (tail == ' ' && next.is_lowercase()) {
        return None;
    }
    let signs = usize::from(open.is_some()) + usize::from(tail != ' ');
    let label = NumeralLabel {
        label: style.label(word)?,
        letters: word.len() + signs,
        is_raised: false,
    };
    Some((label, tail))
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    type PageText<'a> = (f32, f32, f32, &'a str);

    /// Lines of two words, each with a raised mark after it.
    fn marked<'a>(marks: &[&'a str]) -> Vec<PageText<'a>> {
        let mut texts = Vec::new();
        let mut y = 100.0;
        for mark in marks {
            texts.push((60.0, y, 10.0, "some words."));
            texts.push((115.0, y - 4.0, 7.0, *mark));
            y += 12.0;
        }
        texts
    }

    /// Lines in a column.
    fn listed<'a>(texts: &[&'a str]) -> Vec<PageText<'a>> {
        let heights = (0u16..).map(|row| 400.0 + 12.0 * f32::from(row));
        heights
            .zip(texts)
            .map(|(y, text)| (60.0, y, 10.0, *text))
            .collect()
    }

    /// The notes that are called, and those that begin, on pages.
    fn found(pages: &[Vec<PageText<'_>>]) -> (String, String) {
        let pages = pages.iter().enumerate();
        let all = pages.flat_map(|(index, texts)| lines(runs(&page(texts)), index, 0, 0.16));
        let mut all: Vec<PdfLine> = all.collect();
        find(&mut all);
        let calls = all.iter().flat_map(|line| &line.numerals.calls);
        let calls = calls.flat_map(|(_, labels)| labels.iter().map(Label::name));
        let heads = all.iter().filter_map(|line| line.numerals.label.as_ref());
        let heads: Vec<String> = heads.map(|head| head.label.name()).collect();
        (calls.collect::<Vec<_>>().join(" "), heads.join(" "))
    }

    fn both(texts: &str) -> (String, String) {
        (texts.to_owned(), texts.to_owned())
    }

    #[test]
    fn roman_numerals_that_count_on_call_the_notes_at_the_end_that_begin_with_them() {
        let notes = ["i Ada", "ii Bo", "v. Cy, as note ii.", "iii Di", "iv Ed"];
        let text = marked(&["i", "ii", "iiiiv"]);
        let of = |notes: &[&'static str]| found(&[[text.clone(), listed(notes)].concat()]);
        assert_eq!(of(&notes), both("i ii iii iv"));
        // One that is lost among so few leaves nothing proved.
        assert_eq!(of(&["i Ada", "ii Bo", "iv Ed"]), both(""));
        assert_eq!(of(&[]), both(""));
    }

    #[test]
    fn a_note_that_could_begin_in_two_lines_leaves_nothing_proved() {
        let text = marked(&["i", "ii", "iii"]);
        let notes = ["i Ada.", "ii Bo.", "ii Cy.", "iii Di."];
        assert_eq!(found(&[[text, listed(&notes)].concat()]), both(""));
    }

    #[test]
    fn letters_call_notes_where_they_count_on_over_pages() {
        let notes = listed(&["a. Ada", "b. Bo", "c. Cy", "d. Di", "e. Ed"]);
        let first = marked(&["a", "b", "c"]);
        let second = [marked(&["d", "e"]), notes.clone()].concat();
        assert_eq!(found(&[first.clone(), second]), both("a b c d e"));
        // On one page they are a table's or the authors' own.
        let one = [marked(&["a", "b", "c", "d", "e"]), notes.clone()].concat();
        assert_eq!(found(&[one]), both(""));
        let again = [marked(&["a", "b", "d", "e"]), notes].concat();
        assert_eq!(found(&[first, again]), both(""));
    }

    #[test]
    fn numerals_may_be_called_in_brackets() {
        let text = ["one.[i] Two,[ii] and", "six.[iii] Or", "so [x] it is"];
        let notes = ["[i] Ada", "[ii] Bo", "[iii] Cy"];
        let all = listed(&[&text[..], &notes].concat());
        assert_eq!(found(&[all]), both("i ii iii"));
    }

    #[test]
    fn exponents_call_nothing() {
        let text = marked(&["i", "v", "i", "ii", "x"]);
        let notes = listed(&["i Ada", "ii Bo"]);
        assert_eq!(found(&[[text, notes].concat()]), both(""));
    }

    #[test]
    fn a_marker_that_begins_a_line_and_one_after_a_figure_are_markers_too() {
        let mut text = marked(&["i", "ii"]);
        text.extend([
            (60.0, 120.0, 7.0, "iii"),
            (75.0, 124.0, 10.0, "some words of 10"),
            (150.0, 120.0, 7.0, "iv"),
            (170.0, 124.0, 10.0, "so."),
            (186.0, 120.0, 7.0, "v"),
        ]);
        let notes = listed(&["i Ada", "ii Bo", "iii Cy", "iv Di", "v Ed"]);
        assert_eq!(found(&[[text, notes].concat()]), both("i ii iii iv v"));
    }
}
