//! Which lines are headings: by size, weight, number and place.

use super::PageLine;
use super::paragraphs::Reason;

/// A heading is larger than the text by so much.
const LARGER: f32 = 1.08;
/// A heading has at most so many lines and characters.
const MAX_LINES: usize = 4;
const MAX_CHARACTERS: usize = 240;
/// The lines of a heading are apart by less than so much of their size.
const LINE_GAP: f32 = 1.6;
/// A line in the middle of the page is so long, in ems of the text, if the heading goes on below it.
const LONG_EMS: f32 = 20.0;
/// A heading that ends with one of these goes on, and one that begins so has begun above.
const SMALL_WORDS: [&str; 12] = [
    "of", "the", "and", "for", "in", "to", "on", "with", "a", "an", "", "under",
];

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

/// Whether a heading goes on in the next lines: they are set alike and near, and either the words go
/// on or both stand in the middle, the first being the longer one.
pub(super) fn go_on(above: &[PageLine], below: &[PageLine], body: f32) -> bool {
    let (Some(last), Some(next)) = (above.last(), below.first()) else {
        return false;
    };
    let gap = next.baseline - last.baseline;
    let is_alike = last.is_beside(next)
        && (last.size - next.size).abs() < 0.03 * last.size
        && last.is_bold == next.is_bold
        && (0.5 * last.size..LINE_GAP * last.size).contains(&gap);
    let is_small = |word: Option<&str>| {
        let word = word.map(|word| word.trim_matches([',', '&']).to_lowercase());
        word.is_some_and(|word| SMALL_WORDS.contains(&word.as_str()))
    };
    let is_capital = |line: &PageLine| !line.text.chars().any(char::is_lowercase);
    let first_word = next.text.split_whitespace().next();
    let is_open = next.text.starts_with(char::is_lowercase)
        || is_small(last.text.split_whitespace().last())
        || is_small(first_word);
    let middle = |line: &PageLine| f32::midpoint(line.left, line.right);
    let is_centred = (middle(last) - middle(next)).abs() < 0.3 * body
        && last.left < next.left - 0.5 * body
        && last.right - last.left > LONG_EMS * body;
    is_alike && is_capital(last) == is_capital(next) && (is_open || is_centred)
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
    fn a_heading_goes_on_where_its_words_do_or_where_it_is_set_in_the_middle() {
        let at = |text: &str, left: f32, right: f32, baseline: f32| PageLine {
            left,
            right,
            baseline,
            ..line(text, 10.0, true)
        };
        let goes_on = |one: &PageLine, two: &PageLine| {
            go_on(std::slice::from_ref(one), std::slice::from_ref(two), 10.0)
        };
        let first = at("THE ROLE OF NOTES", 100.0, 180.0, 100.0);
        assert!(goes_on(&first, &at("IN LAW REVIEWS", 105.0, 175.0, 112.0)));
        assert!(!goes_on(&first, &at("LAW REVIEWS", 105.0, 175.0, 112.0)));
        assert!(!goes_on(&first, &at("IN LAW REVIEWS", 105.0, 175.0, 130.0)));
        let long = at("THE ROLE THAT NOTES HAVE HAD", 60.0, 300.0, 100.0);
        assert!(goes_on(&long, &at("LAW REVIEWS", 130.0, 230.0, 112.0)));
        assert!(!goes_on(&long, &at("LAW REVIEWS", 60.0, 160.0, 112.0)));
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
