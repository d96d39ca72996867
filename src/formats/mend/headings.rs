//! Which lines are headings: by size, weight, number and place.

use super::PageLine;
use super::paragraphs::Reason;

/// A heading is larger than the text by so much.
const LARGER: f32 = 1.08;
/// A heading has at most so many lines and characters.
const MAX_LINES: usize = 4;
const MAX_CHARACTERS: usize = 240;

/// How a heading is set; headings of one rank are set alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HeadingLook {
    pub(crate) size: f32,
    pub(crate) is_bold: bool,
    /// How many numbers it begins with, as in `2.1 Methods`; 0 for none.
    pub(crate) numbers: usize,
}

/// Whether lines that belong together are a heading in a text of this size, and why.
pub(super) fn heading(lines: &[PageLine], body: f32) -> Option<(HeadingLook, Reason)> {
    let first = lines.first()?;
    let text: String = lines
        .iter()
        .map(|line| line.text.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    // A title may be set very large in a narrow column.
    let most = if first.size > 1.25 * body {
        2 * MAX_LINES
    } else {
        MAX_LINES
    };
    if lines.len() > most || text.chars().count() > MAX_CHARACTERS || letters < 2 {
        return None;
    }
    let heading = HeadingLook {
        size: first.size,
        is_bold: lines.iter().all(|line| line.is_bold),
        numbers: numbers(&text),
    };
    let ends_sentence = text.ends_with(['.', ',', ';', ':']) && !text.ends_with("etc.");
    if lines.iter().all(|line| line.size >= LARGER * body) {
        return (!ends_sentence || heading.is_bold || heading.size > 1.25 * body)
            .then_some((heading, Reason::Larger));
    }
    if first.size < 0.97 * body || lines.len() > 3 {
        return None;
    }
    if heading.is_bold && !ends_sentence {
        return Some((heading, Reason::Bold));
    }
    let is_capitals = letters >= 4 && !text.chars().any(char::is_lowercase);
    if is_capitals && !ends_sentence && lines.len() <= 2 {
        return Some((heading, Reason::Capitals));
    }
    None
}

/// How many numbers, parted by stops, a text begins with.
fn numbers(text: &str) -> usize {
    let Some((word, rest)) = text.split_once(' ') else {
        return 0;
    };
    let word = word.trim_end_matches('.');
    let is_number = |part: &str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if rest.chars().any(char::is_alphabetic) && word.split('.').all(is_number) {
        word.split('.').count()
    } else {
        0
    }
}

/// The level of each heading, from 1: those set larger are higher, and so is bold beside plain.
pub(super) fn levels(headings: &[HeadingLook]) -> Vec<u8> {
    let mut ranks: Vec<(f32, bool)> = Vec::new();
    for heading in headings {
        let same = |rank: &&(f32, bool)| {
            (rank.0 - heading.size).abs() < 0.05 * heading.size && rank.1 == heading.is_bold
        };
        if ranks.iter().find(same).is_none() {
            ranks.push((heading.size, heading.is_bold));
        }
    }
    ranks.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
    headings
        .iter()
        .map(|heading| {
            let rank = ranks.iter().position(|rank| {
                (rank.0 - heading.size).abs() < 0.05 * heading.size && rank.1 == heading.is_bold
            });
            let rank = u8::try_from(rank.unwrap_or(0) + 1).unwrap_or(6);
            let numbers = u8::try_from(heading.numbers).unwrap_or(0);
            rank.max(numbers).min(6)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, size: f32, is_bold: bool) -> PageLine {
        PageLine {
            text: text.to_owned(),
            size,
            is_bold,
            ..PageLine::default()
        }
    }

    #[test]
    fn a_heading_is_larger_or_bold() {
        let is_heading = |text, size, bold| heading(&[line(text, size, bold)], 10.0).is_some();
        assert!(is_heading("Introduction", 14.0, false));
        assert!(is_heading("Introduction", 10.0, true));
        assert!(is_heading("INTRODUCTION", 10.0, false));
        assert!(!is_heading("A line of text", 10.0, false));
        assert!(!is_heading("A bold sentence.", 10.0, true));
    }

    #[test]
    fn larger_headings_are_higher() {
        let heading = |size, is_bold, numbers| HeadingLook {
            size,
            is_bold,
            numbers,
        };
        let levels = levels(&[
            heading(14.0, true, 1),
            heading(12.0, true, 2),
            heading(12.0, true, 3),
        ]);
        assert_eq!(levels, [1, 2, 3]);
    }
}
