//! Raised and lowered text, such as the 6 of 10⁶, as it is put into plain text.
//!
//! A block's text is what a reader sees, copies and searches, so the height of a letter is told in
//! the text itself: with the signs that Unicode has for it, where it has one for every letter of the
//! run, else as `^6`, `_2` or `^(n+1)`. Nothing that shows, prints or copies a text can lose it.

use std::ops::Range;

use super::rich::Rich;
use super::{Block, Span, Style};

/// How a run of raised or lowered text stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Every letter is Unicode's own sign.
    Signs,
    /// The letters are as they were written, with a mark before them, and in round brackets if
    /// there are several.
    Marked { before: usize, after: usize },
}

/// What stands before a run that is raised or lowered.
const RAISED: &str = "^";
const LOWERED: &str = "_";

/// Each letter, and its raised sign.
#[rustfmt::skip]
const RAISED_SIGNS: &[(char, char)] = &[
    ('0', '⁰'), ('1', '¹'), ('2', '²'), ('3', '³'), ('4', '⁴'), ('5', '⁵'), ('6', '⁶'),
    ('7', '⁷'), ('8', '⁸'), ('9', '⁹'), ('+', '⁺'), ('-', '⁻'), ('−', '⁻'), ('=', '⁼'),
    ('(', '⁽'), (')', '⁾'), ('a', 'ᵃ'), ('b', 'ᵇ'), ('c', 'ᶜ'), ('d', 'ᵈ'), ('e', 'ᵉ'),
    ('f', 'ᶠ'), ('g', 'ᵍ'), ('h', 'ʰ'), ('i', 'ⁱ'), ('j', 'ʲ'), ('k', 'ᵏ'), ('l', 'ˡ'),
    ('m', 'ᵐ'), ('n', 'ⁿ'), ('o', 'ᵒ'), ('p', 'ᵖ'), ('r', 'ʳ'), ('s', 'ˢ'), ('t', 'ᵗ'),
    ('u', 'ᵘ'), ('v', 'ᵛ'), ('w', 'ʷ'), ('x', 'ˣ'), ('y', 'ʸ'), ('z', 'ᶻ'), ('A', 'ᴬ'),
    ('B', 'ᴮ'), ('D', 'ᴰ'), ('E', 'ᴱ'), ('G', 'ᴳ'), ('H', 'ᴴ'), ('I', 'ᴵ'), ('J', 'ᴶ'),
    ('K', 'ᴷ'), ('L', 'ᴸ'), ('M', 'ᴹ'), ('N', 'ᴺ'), ('O', 'ᴼ'), ('P', 'ᴾ'), ('R', 'ᴿ'),
    ('T', 'ᵀ'), ('U', 'ᵁ'), ('V', 'ⱽ'), ('W', 'ᵂ'), ('β', 'ᵝ'), ('γ', 'ᵞ'), ('δ', 'ᵟ'),
    ('θ', 'ᶿ'), ('φ', 'ᵠ'), ('χ', 'ᵡ'),
];

/// Each letter, and its lowered sign.
#[rustfmt::skip]
const LOWERED_SIGNS: &[(char, char)] = &[
    ('0', '₀'), ('1', '₁'), ('2', '₂'), ('3', '₃'), ('4', '₄'), ('5', '₅'), ('6', '₆'),
    ('7', '₇'), ('8', '₈'), ('9', '₉'), ('+', '₊'), ('-', '₋'), ('−', '₋'), ('=', '₌'),
    ('(', '₍'), (')', '₎'), ('a', 'ₐ'), ('e', 'ₑ'), ('h', 'ₕ'), ('i', 'ᵢ'), ('j', 'ⱼ'),
    ('k', 'ₖ'), ('l', 'ₗ'), ('m', 'ₘ'), ('n', 'ₙ'), ('o', 'ₒ'), ('p', 'ₚ'), ('r', 'ᵣ'),
    ('s', 'ₛ'), ('t', 'ₜ'), ('u', 'ᵤ'), ('v', 'ᵥ'), ('x', 'ₓ'), ('β', 'ᵦ'), ('γ', 'ᵧ'),
    ('ρ', 'ᵨ'), ('φ', 'ᵩ'), ('χ', 'ᵪ'),
];

impl Style {
    /// Whether it sets text above or below the line.
    #[must_use]
    pub fn is_script(self) -> bool {
        matches!(self, Style::Raised | Style::Lowered)
    }

    /// Whether the letters are to stay as they were typed.
    pub(crate) fn is_verbatim(self) -> bool {
        matches!(self, Style::Code | Style::Formula)
    }

    fn mark(self) -> &'static str {
        match self {
            Style::Raised => RAISED,
            _ => LOWERED,
        }
    }

    fn signs(self) -> &'static [(char, char)] {
        match self {
            Style::Raised => RAISED_SIGNS,
            _ => LOWERED_SIGNS,
        }
    }
}

impl Block {
    /// The marks and brackets in the text that say how high something is set, in order: what is
    /// there of `x^(n+1)` beside the letters.
    pub(crate) fn script_marks(&self) -> Vec<Range<usize>> {
        let mut marks = Vec::new();
        for span in self.spans.iter().filter(|span| span.style.is_script()) {
            let Range { start, end } = span.range;
            let run = self.text.get(start..end).unwrap_or_default();
            if let Script::Marked { before, after } = script(run, span.style) {
                marks.extend([start..start + before, end - after..end]);
            }
        }
        marks.retain(|mark| !mark.is_empty());
        marks.sort_unstable_by_key(|mark| mark.start);
        marks
    }

    /// Whether something in the range of the text is raised or lowered.
    pub(crate) fn has_script_in(&self, range: &Range<usize>) -> bool {
        let end = self
            .spans
            .partition_point(|span| span.range.start < range.end);
        // The nearest first: most of what is asked for lies in the last one.
        let mut spans = self.spans.get(..end).unwrap_or_default().iter().rev();
        spans.any(|span| span.style.is_script() && span.range.end > range.start)
    }
}

/// A pattern such as `10^6` or `x_(n+1)` without its marks; none if it has none.
pub(crate) fn without_marks(pattern: &str) -> Option<String> {
    let mut letters = String::with_capacity(pattern.len());
    let mut brackets = Vec::new();
    let mut chars = pattern.chars().peekable();
    let mut has_marks = false;
    while let Some(char) = chars.next() {
        let next = chars.peek().copied();
        let is_mark = matches!(char, '^' | '_') && next.is_some_and(|next| !next.is_whitespace());
        if is_mark {
            has_marks = true;
            let closing = match next {
                Some('(') => Some(')'),
                Some('{') => Some('}'),
                _ => None,
            };
            if closing.is_some() {
                chars.next();
                brackets.extend(closing);
            }
        } else if brackets.last() == Some(&char) {
            brackets.pop();
        } else {
            letters.push(char);
        }
    }
    has_marks.then_some(letters)
}

/// The letter at that height; none if Unicode has no sign for it.
fn sign(letter: char, style: Style) -> Option<char> {
    let mut signs = style.signs().iter();
    signs.find(|(own, _)| *own == letter).map(|(_, sign)| *sign)
}

/// Every letter of a text at that height; none if Unicode has no sign for one of them.
pub(crate) fn script_signs(letters: &str, style: Style) -> Option<String> {
    letters.chars().map(|letter| sign(letter, style)).collect()
}

/// The letter that the sign raises or lowers; the sign itself if it does neither.
pub(crate) fn letter(sign: char) -> char {
    // No sign is in ASCII, as most letters are.
    if sign.is_ascii() {
        return sign;
    }
    let mut signs = RAISED_SIGNS.iter().chain(LOWERED_SIGNS);
    let found = signs.find(|(_, own)| *own == sign);
    found.map_or(sign, |(letter, _)| *letter)
}

/// Whether a sign alone says the same at any height, such as the comma between two markers.
fn is_level_sign(letter: char) -> bool {
    matches!(letter, ',' | ';' | '.' | '–' | '—') || letter.is_whitespace()
}

/// How a run that is raised or lowered already stands in a text.
pub(crate) fn script(shown: &str, style: Style) -> Script {
    match shown.strip_prefix(style.mark()) {
        None => Script::Signs,
        Some(run) => {
            let after = usize::from(run.starts_with('(') && run.ends_with(')') && run.len() > 2);
            Script::Marked {
                before: style.mark().len() + after,
                after,
            }
        }
    }
}

impl Rich {
    /// Puts into the text how high the span that ends with it is set. The span keeps to the
    /// letters, without the blanks around them.
    pub(super) fn set_script(&mut self, span: usize) {
        let Some(Span { range, style }) = self.spans.get(span).cloned() else {
            return;
        };
        let range = self.without_blanks(span, range.start..self.text.len());
        let run = self.text.get(range.clone()).unwrap_or_default();
        if !run.is_empty() && run.chars().all(is_level_sign) {
            if let Some(span) = self.spans.get_mut(span) {
                span.range = range.start..range.start;
            }
            return;
        }
        let signs = script_signs(run, style);
        let end = match signs.filter(|_| !self.holds_other_heights(span, &range)) {
            Some(signs) => self.replace_letters(span, &range, &signs),
            None => self.mark_run(span, &range, style),
        };
        if let Some(span) = self.spans.get_mut(span) {
            span.range = range.start..end;
        }
    }

    /// The range without the blanks at its ends, unless something over the text ends in those.
    fn without_blanks(&self, span: usize, range: Range<usize>) -> Range<usize> {
        let run = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (run.len() - run.trim_start().len());
        let kept = start..start + run.trim().len();
        let spans = self.spans.iter().skip(span + 1).map(|span| &span.range);
        let links = self.links.iter().rev().map(|link| &link.range);
        let links = links.take_while(|link| link.start >= range.start);
        let mut over = spans.chain(links);
        let cuts = |over: &Range<usize>| {
            is_inner(over, &range) && (over.start < kept.start || over.end > kept.end)
        };
        if !kept.is_empty() && over.any(cuts) {
            range
        } else {
            kept
        }
    }

    /// Whether something in the run is set at a height of its own, or stays as it was typed.
    fn holds_other_heights(&self, span: usize, range: &Range<usize>) -> bool {
        let mut inner = self.spans.iter().skip(span + 1);
        inner.any(|inner| {
            let keeps_letters = inner.style.is_script() || inner.style.is_verbatim();
            keeps_letters && is_inner(&inner.range, range) && !inner.range.is_empty()
        })
    }

    /// Puts a sign in the place of each letter of the run, and returns where the run ends now.
    fn replace_letters(&mut self, span: usize, range: &Range<usize>, signs: &str) -> usize {
        let run = self.text.get(range.clone()).unwrap_or_default();
        let mut ends = Vec::with_capacity(signs.len());
        let (mut from, mut to) = (range.start, range.start);
        for (letter, sign) in run.chars().zip(signs.chars()) {
            from += letter.len_utf8();
            to += sign.len_utf8();
            ends.push((from, to));
        }
        self.text.replace_range(range.clone(), signs);
        let adjusted = |offset: usize| {
            let passed = ends.partition_point(|(from, _)| *from <= offset);
            let last = passed.checked_sub(1).and_then(|last| ends.get(last));
            last.map_or(offset, |(from, to)| to + (offset - from))
        };
        for inner in self.ranges_behind(span, range.start) {
            *inner = adjusted(inner.start)..adjusted(inner.end);
        }
        for offset in self.offsets_behind(range.start) {
            *offset = adjusted(*offset);
        }
        to
    }

    /// Puts a mark before the run, and round brackets around it if it has several letters; returns
    /// where it ends now. Markers at its ends stay outside.
    fn mark_run(&mut self, span: usize, range: &Range<usize>, style: Style) -> usize {
        let run = self.text.get(range.clone()).unwrap_or_default();
        let (before, after) = match run.chars().nth(1) {
            None => (style.mark().to_owned(), ""),
            Some(_) => (format!("{}(", style.mark()), ")"),
        };
        self.text.insert_str(range.end, after);
        self.text.insert_str(range.start, &before);
        let end = range.end + before.len() + after.len();
        let inner = self.ranges_behind(span, range.start);
        for inner in inner.filter(|inner| is_inner(inner, range)) {
            *inner = inner.start + before.len()..inner.end + before.len();
        }
        for offset in self.offsets_behind(range.start) {
            *offset = match *offset {
                offset if offset <= range.start => offset,
                offset if offset < range.end => offset + before.len(),
                offset => offset + before.len() + after.len(),
            };
        }
        end
    }

    // What lies over a run that ends the text is at the end of each list, since text is only added
    // to. Only that is looked at: a block may have very many runs.

    /// The spans that began behind this one, and the links that begin in the run at `start`.
    fn ranges_behind(
        &mut self,
        span: usize,
        start: usize,
    ) -> impl Iterator<Item = &mut Range<usize>> {
        let spans = self.spans.iter_mut().skip(span + 1);
        let links = self.links.iter_mut().rev().map(|link| &mut link.range);
        let links = links.take_while(move |link| link.start >= start);
        spans.map(|span| &mut span.range).chain(links)
    }

    /// The places of markers and landmarks behind the start of a run.
    fn offsets_behind(&mut self, start: usize) -> impl Iterator<Item = &mut usize> {
        let markers = self.markers.iter_mut().rev();
        let markers = markers.map(|marker| &mut marker.offset);
        let landmarks = self.landmarks.iter_mut().rev();
        let landmarks = landmarks.map(|landmark| &mut landmark.offset);
        let markers = markers.take_while(move |offset| **offset > start);
        markers.chain(landmarks.take_while(move |offset| **offset > start))
    }
}

/// Whether something over a text was opened and closed within the range; what is still open has
/// no length yet.
fn is_inner(over: &Range<usize>, range: &Range<usize>) -> bool {
    over.start >= range.start && over.end > range.start
}

#[cfg(test)]
mod tests {
    use crate::paper::{PaperBuilder, Style};

    /// Where each run looks at all before it, this takes minutes.
    #[test]
    fn very_many_raised_runs_in_one_paragraph_are_each_set() {
        let mut builder = PaperBuilder::new();
        builder.begin_paragraph();
        for _ in 0..60_000 {
            builder.push_text("a");
            builder.open_style(Style::Raised);
            builder.push_text("2");
            builder.close();
        }
        builder.end_block();
        let paper = builder.finish().paper;
        let own = paper.blocks.iter().filter(|block| block.is_authors());
        let text: String = own.map(|block| &*block.text).collect();
        assert!(
            text == "a²".repeat(60_000),
            "{}…",
            text.get(..80).unwrap_or(&text)
        );
    }
}
