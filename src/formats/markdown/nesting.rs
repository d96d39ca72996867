//! How deep quotes and lists may nest, settled before the Markdown is read.
//!
//! For each line pulldown-cmark goes through all quotes and lists that are open. With as many of
//! them as a hostile source likes, and as many lines, that would take minutes for a megabyte.

use std::borrow::Cow;

use memchr::memchr;

use crate::formats::lines::LineCounter;
use crate::paper::{Problem, ProblemKind, SourceLocation};

/// In so many columns of a line quotes and lists may begin. Of what they enclose a block keeps
/// [`Block::MAX_DEPTH`](crate::paper::Block::MAX_DEPTH).
const MAX_NESTING_COLUMNS: usize = 256;

/// A source that does not nest too deep.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bounded<'a> {
    pub(super) source: Cow<'a, str>,
    /// On which line the first mark stood that was too deep.
    pub(super) problem: Option<Problem>,
}

/// The mark of a quote, an item or a note, at the head of a text.
#[derive(Debug, Clone, Copy)]
struct ContainerMark {
    bytes: usize,
    /// Where in it a backslash makes it text.
    sign: usize,
    is_note: bool,
}

/// The source without the marks of quotes and items that stand too deep.
pub(super) fn bounded(source: &str) -> Bounded<'_> {
    let mut bounded = String::new();
    let mut problem = None;
    let mut copied = 0;
    let mut start = 0;
    while let Some(rest) = source.get(start..).filter(|rest| !rest.is_empty()) {
        let end = memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let (line, _) = rest.split_at_checked(end).unwrap_or((rest, ""));
        start += line.len();
        if let Some((kept, deep)) = too_deep(line) {
            let at = start - deep.len();
            problem.get_or_insert_with(|| {
                let location = SourceLocation::Line(LineCounter::new(source).at(at));
                Problem::new(location, ProblemKind::NestingTooDeep)
            });
            bounded.push_str(source.get(copied..at).unwrap_or_default());
            push_text(&mut bounded, kept, deep);
            copied = start;
        }
    }
    if problem.is_none() {
        return Bounded {
            source: Cow::Borrowed(source),
            problem,
        };
    }
    bounded.push_str(source.get(copied..).unwrap_or_default());
    Bounded {
        source: Cow::Owned(bounded),
        problem,
    }
}

/// The line parted before a mark that is too deep, if there is one.
fn too_deep(line: &str) -> Option<(&str, &str)> {
    let mut column = 0;
    let mut at = 0;
    loop {
        let (before, rest) = line.split_at_checked(at)?;
        let (bytes, columns) = match rest.bytes().next()? {
            b' ' => (1, 1),
            b'\t' => (1, 4 - column % 4),
            _ => {
                let mark = mark(rest)?;
                if column >= MAX_NESTING_COLUMNS {
                    return (rest.len() > rule(rest)).then_some((before, rest));
                }
                (mark.bytes, if mark.is_note { 1 } else { mark.bytes })
            }
        };
        at += bytes;
        column += columns;
    }
}

/// Adds the rest of a line without the marks that it begins with. What may be more than a mark is
/// kept as text: the label of a note, and a sign with nothing but blanks before it, as in code.
fn push_text(out: &mut String, before: &str, deep: &str) {
    let blanks = [' ', '\t'];
    let is_nested = !before.trim_start_matches(blanks).is_empty();
    let rule = rule(deep);
    let mut rest = deep;
    while is_nested
        && rest.len() > rule
        && let Some(mark) = mark(rest).filter(|mark| !mark.is_note)
    {
        rest = rest.get(mark.bytes..).unwrap_or_default();
        rest = rest.trim_start_matches(blanks);
    }
    if let Some(mark) = mark(rest).filter(|_| rest.len() > rule) {
        let (number, text) = rest.split_at_checked(mark.sign).unwrap_or(("", rest));
        out.extend([number, "\\", text]);
    } else {
        out.push_str(rest);
    }
}

/// The mark that the text begins with.
fn mark(text: &str) -> Option<ContainerMark> {
    let note = text
        .strip_prefix("[^")
        .and_then(|rest| rest.split_once("]:"));
    if let Some((label, _)) = note.filter(|(label, _)| !label.contains(char::is_whitespace)) {
        let bytes = "[^]:".len() + label.len();
        return Some(ContainerMark {
            bytes,
            sign: 0,
            is_note: true,
        });
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text.get(digits..)?.chars().next()?;
    let after = text.get(digits + 1..).unwrap_or_default();
    let ends = after.is_empty() || after.starts_with([' ', '\t', '\n']);
    let is_mark = match sign {
        '>' => digits == 0,
        '-' | '+' | '*' => digits == 0 && ends,
        '.' | ')' => (1..10).contains(&digits) && ends,
        _ => false,
    };
    is_mark.then_some(ContainerMark {
        bytes: digits + 1,
        sign: digits,
        is_note: false,
    })
}

/// Bytes of the rule across the page that the line ends with: three or more of one sign, and
/// blanks.
fn rule(line: &str) -> usize {
    let Some(sign) = line
        .trim_end()
        .chars()
        .next_back()
        .filter(|sign| "-*".contains(*sign))
    else {
        return 0;
    };
    let before = line.trim_end_matches(|char: char| char == sign || char.is_ascii_whitespace());
    let (_, rule) = line.split_at_checked(before.len()).unwrap_or((line, ""));
    let rule = rule.trim_start();
    match rule.matches(sign).count() {
        0..3 => 0,
        _ => rule.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(bounded(source).source, expected);
    }

    #[test]
    fn what_nests_as_papers_do_is_left_alone() {
        let source = "> - 1. > a\n\n                - b\n* * *\n";
        assert!(matches!(bounded(source).source, Cow::Borrowed(_)));
        check("", "");
    }

    #[test]
    fn marks_that_stand_too_deep_are_left_out() {
        let deep = "> ".repeat(128);
        check(&format!("{deep}> - >2) a\nb"), &format!("{deep}a\nb"));
        check(&format!("{deep}>*  * *\n"), &format!("{deep}*  * *\n"));
        check(&format!("{deep}- - a - - -"), &format!("{deep}a - - -"));
        check(&format!("{deep}- \n-"), &format!("{deep}\n-"));
    }

    #[test]
    fn what_stands_so_far_to_the_right_that_it_may_be_a_picture_is_text() {
        let tabs = "\t".repeat(64);
        check(&format!("a\n{tabs}+ a\n"), &format!("a\n{tabs}\\+ a\n"));
        check(&format!("{tabs}12) a"), &format!("{tabs}12\\) a"));
    }

    #[test]
    fn a_note_that_begins_too_deep_is_text() {
        let notes = "[^aaaa]: ".repeat(128);
        check(&format!("{notes}> [^b]: c"), &format!("{notes}\\[^b]: c"));
    }

    #[test]
    fn a_long_rule_and_a_long_line_are_no_nesting() {
        for source in [
            "* ".repeat(900),
            "- ".repeat(900),
            "a > ".repeat(900),
            " ".repeat(900),
        ] {
            check(&source, &source);
        }
    }

    #[test]
    fn a_paper_that_nests_too_deep_says_on_which_line() {
        let parsed = parse(&format!("a\n\n{}b\n", "> ".repeat(200)));
        let [problem] = parsed.problems.as_slice() else {
            panic!("{:?}", parsed.problems);
        };
        assert_eq!(problem.location, SourceLocation::Line(3));
        assert_eq!(parsed.paper.blocks[2].text, "b");
    }
}
