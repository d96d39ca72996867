//! Whether the lines at the beginning of a zone go on with the note that the page before ended in.

use std::ops::Range;

use super::line::PdfLine;
use super::page::Page;
use crate::formats::captions::is_caption;

/// A note goes on in type that differs at most so much in size.
const SAME_SIZE: f32 = 0.05;
/// Lines of a note are apart by at most so many of their sizes.
const LEADING_EMS: f32 = 1.6;
/// Paragraphs of a note are apart by at most so many.
const PARAGRAPH_EMS: f32 = 2.6;
/// A rule above notes is at most so far above their first line.
const RULE_ABOVE_EMS: f32 = 3.0;
/// It begins at their left edge, within so many ems.
const RULE_LEFT_EMS: f32 = 2.0;
/// It is at most so much of the page's width; longer ones are those of tables.
const RULE_WIDTH: f32 = 0.45;
/// A line is full that ends so many ems before the others.
const FULL_EMS: f32 = 1.5;
/// Without a rule at most so much of a page's height goes on with a note.
const MAX_HEIGHT: f32 = 0.5;

/// Whether `lead`, the lines of a zone above its first label, go on with the note whose last line
/// so far is `last`; `is_followed` says whether a note begins right below them.
pub(super) fn goes_on(
    lines: &[PdfLine],
    pages: &[Page],
    last: usize,
    lead: &Range<usize>,
    is_followed: bool,
) -> bool {
    let (Some(last), Some(first), Some(own)) = (
        lines.get(last),
        lines.get(lead.start),
        lines.get(lead.clone()),
    ) else {
        return false;
    };
    let is_next = first.page == last.page || first.page == last.page + 1;
    let page = pages.get(first.page);
    // None of these proves it alone: a table has rules, a heading no full stop.
    // An address that begins a page is the end of a source.
    let is_open = is_unfinished(last) || first.text().starts_with("http");
    let is_ruled = page.is_some_and(|page| is_below_rule(page, first, is_open));
    let bottom = own.last().map_or(first.baseline, |line| line.baseline);
    let is_short =
        page.is_some_and(|page| bottom - first.baseline <= MAX_HEIGHT * page.height) || is_ruled;
    let signs = [is_open, is_ruled, is_followed];
    let signs = signs.into_iter().filter(|sign| *sign).count();
    // An open sentence must go on somewhere: below the rule of the notes the rest of it may be
    // several paragraphs, which may fill the page.
    let most = if is_open && is_ruled {
        PARAGRAPH_EMS
    } else {
        LEADING_EMS
    };
    let near = |pair: &[PdfLine]| match pair {
        [one, next] => next.baseline - one.baseline <= most * one.size,
        _ => true,
    };
    is_next
        && is_short
        && own.iter().all(|line| is_alike(line, last))
        && own.windows(2).all(near)
        && signs >= 2
}

/// Whether a line says no more than that a note goes on, as `(continued...)` at the foot of a page
/// or `10 (...continued)` above the rest of the note do.
pub(super) fn is_continued(line: &PdfLine) -> bool {
    let text = line.text().to_lowercase();
    let Some(words) = text
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ' ')
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'))
    else {
        return false;
    };
    let words = words.trim_matches(['.', '…', ' ']);
    matches!(words, "continued" | "cont" | "cont’d" | "cont'd")
}

/// Whether a rule of notes stands right above the line. Word sets a long one above the rest of a note
/// that was cut.
fn is_below_rule(page: &Page, first: &PdfLine, may_be_long: bool) -> bool {
    page.rules.iter().any(|rule| {
        let above = first.baseline - rule.y;
        (0.5 * first.size..RULE_ABOVE_EMS * first.size).contains(&above)
            && (rule.left - first.left).abs() <= RULE_LEFT_EMS * first.size
            && (may_be_long || rule.right - rule.left <= RULE_WIDTH * page.width)
    })
}

pub(super) fn is_unfinished(line: &PdfLine) -> bool {
    let text = line.text();
    let end = text.trim_end_matches([')', ']', '"', '”', '’', '“', '»', '«']);
    !end.ends_with(['.', '!', '?', '…', '。'])
}

/// Whether the last of these lines of notes is full and ends within a sentence.
pub(super) fn is_cut(zone: &[PdfLine]) -> bool {
    let Some((last, above)) = zone.split_last() else {
        return false;
    };
    let edge = above.iter().map(|line| line.right).fold(0.0, f32::max);
    let text = last.text();
    // An address ends as it likes.
    let word = text.rsplit(' ').next().unwrap_or("");
    let is_open =
        word.ends_with(|letter: char| letter.is_lowercase() || ",-\u{2010}".contains(letter));
    let is_full = last.right > edge - FULL_EMS * last.size;
    is_open && is_full && !word.contains(['/', '@', '.'])
}

/// Whether a line may be of a note that `last` is of: in the same type, no code, no heading and no
/// caption.
fn is_alike(line: &PdfLine, last: &PdfLine) -> bool {
    let is_set_off = |line: &PdfLine| line.is_all(|run| run.face.is_mono || run.face.is_bold);
    (line.size - last.size).abs() <= SAME_SIZE * last.size
        && (!is_set_off(line) || is_set_off(last))
        && !is_caption(&line.text())
}

#[cfg(test)]
mod tests {
    use super::super::line;
    use super::super::page::Rule;
    use super::super::run::runs;
    use super::super::testing::page;
    use super::*;

    /// Whether the second page's lines go on with the last line of the first.
    fn is_read_on(
        last: &str,
        next: &[(f32, f32, f32, &str)],
        has_rule: bool,
        is_followed: bool,
    ) -> bool {
        let one = page(&[(60.0, 780.0, 8.0, last)]);
        let mut two = page(next);
        if has_rule {
            two.rules.push(Rule {
                left: 60.0,
                right: 160.0,
                y: 688.0,
            });
        }
        let mut lines = line::lines(runs(&one), 0, 0, 0.16);
        lines.extend(line::lines(runs(&two), 1, 0, 0.16));
        let lead = 1..lines.len();
        goes_on(&lines, &[one, two], 0, &lead, is_followed)
    }

    const REST: [(f32, f32, f32, &str); 2] = [
        (60.0, 700.0, 8.0, "which ends on the next"),
        (60.0, 710.0, 8.0, "page in two lines."),
    ];

    #[test]
    fn an_unfinished_note_goes_on_below_the_rule_or_above_the_next_note() {
        assert!(is_read_on("a note with a clause", &REST, true, false));
        assert!(is_read_on("a note with a clause", &REST, false, true));
        assert!(is_read_on("a full sentence.", &REST, true, true));
        let address = [(60.0, 700.0, 8.0, "https://doi.org/10.1000/182")];
        assert!(is_read_on("a source, 2025.", &address, false, true));
    }

    #[test]
    fn the_rest_of_a_note_may_be_paragraphs_that_are_set_apart() {
        let rest = [
            (60.0, 700.0, 8.0, "which ends there."),
            (60.0, 716.0, 8.0, "Another paragraph."),
        ];
        assert!(is_read_on("a note with a clause", &rest, true, true));
        assert!(is_read_on("a note with a clause", &rest, true, false));
        assert!(!is_read_on("a note with a clause", &rest, false, true));
        assert!(!is_read_on("a full sentence.", &rest, true, true));
    }

    #[test]
    fn a_note_does_not_take_small_type_of_the_next_page() {
        assert!(!is_read_on("a full sentence.", &REST, true, false));
        assert!(!is_read_on("a full sentence.)", &REST, false, true));
        assert!(!is_read_on("a note with no stop", &REST, false, false));
    }

    #[test]
    fn a_note_does_not_take_a_figure_or_a_page_of_other_type() {
        let labels = [(60.0, 700.0, 8.0, "0.8"), (60.0, 740.0, 8.0, "0.6")];
        assert!(!is_read_on("a note with a clause", &labels, true, true));
        let large = [(60.0, 700.0, 9.0, "the table in larger type")];
        assert!(!is_read_on("a note with a clause", &large, true, true));
        let caption = [(60.0, 700.0, 8.0, "Table 3.13.: Values")];
        assert!(!is_read_on("a note with a clause", &caption, true, true));
        let texts: Vec<(f32, f32, f32, &str)> = (0..50u8)
            .map(|index| (60.0, 200.0 + 10.0 * f32::from(index), 8.0, "a line"))
            .collect();
        assert!(!is_read_on("a note with a clause", &texts, false, true));
    }

    #[test]
    fn what_only_says_that_a_note_goes_on_is_known() {
        let says = |text| {
            let lines = line::lines(runs(&page(&[(60.0, 700.0, 8.0, text)])), 0, 0, 0.16);
            is_continued(&lines[0])
        };
        assert!(says("(continued...)") && says("10 (...continued)"));
        assert!(!says("(he continued)") && !says("10 The rest"));
    }
}
