//! What is set as a title on the first page and is none: the name of the journal, what kind of piece
//! it is, a date.

use super::front::{self, SMALL_WORDS};
use super::furniture::Furniture;
use crate::formats::mend::{MendedKind, MendedParagraph, PageLine};

/// So many paragraphs of the first page are looked at.
const MAX_PARAGRAPHS: usize = 8;
/// The name of a journal has at most so many words.
const MAX_WORDS: usize = 7;

/// What names of journals end in, or have in them.
const JOURNALS: [&str; 9] = [
    "review",
    "journal",
    "quarterly",
    "proceedings",
    "transactions",
    "bulletin",
    "annals",
    "gazette",
    "forum",
];
/// What kind of piece a paper is.
const KINDS: [&str; 15] = [
    "article",
    "articles",
    "note",
    "notes",
    "essay",
    "essays",
    "comment",
    "comments",
    "case study",
    "book review",
    "symposium",
    "response",
    "foreword",
    "feature",
    "research article",
];

/// Makes plain text of what stands on the first page as titles do.
pub(super) fn make_plain(
    paragraphs: &mut [MendedParagraph],
    lines: &[PageLine],
    furniture: &[Furniture],
) {
    let own = |paragraph: &MendedParagraph| lines.get(paragraph.lines.clone()).unwrap_or(&[]);
    let first: Vec<String> = paragraphs
        .iter()
        .take(MAX_PARAGRAPHS)
        .take_while(|paragraph| own(paragraph).first().is_some_and(|line| line.page == 0))
        .map(|paragraph| front::text(own(paragraph)))
        .collect();
    let has_volume = first.iter().any(|text| is_volume(text));
    for (paragraph, text) in paragraphs.iter_mut().zip(&first) {
        let is_heading = matches!(paragraph.kind, MendedKind::Heading(_));
        let is_kind = KINDS.contains(&text.trim().to_lowercase().as_str());
        let is_no_title = is_kind
            || front::is_date(text)
            || (is_volume(text) && text.split_whitespace().count() <= MAX_WORDS)
            || is_journal(text, has_volume, furniture);
        if is_heading && is_no_title {
            paragraph.kind = MendedKind::Text;
        }
    }
}

/// Whether a line says which volume the page is of.
fn is_volume(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_named = text.starts_with("vol") || text.contains(" vol.") || text.contains("[vol.");
    is_named && text.chars().any(|letter| letter.is_ascii_digit())
}

/// Whether a text is the name of a journal, told by its words, and by a volume beside it or in the
/// running heads, where it has small words as titles have them too.
fn is_journal(text: &str, has_volume: bool, furniture: &[Furniture]) -> bool {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|letter: char| !letter.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect();
    let has_name = words.iter().any(|word| JOURNALS.contains(&word.as_str()));
    if !has_name || words.len() > MAX_WORDS || words.len() < 2 || text.contains([':', '?']) {
        return false;
    }
    let is_small = |word: &String| word == "and" || SMALL_WORDS.contains(&word.as_str());
    let is_plain = !words.iter().skip(1).any(is_small);
    let letters = front::letters(text);
    let mut rows = furniture.iter().flat_map(|furniture| &furniture.rows);
    let in_heads = rows.any(|row| is_volume(row) && front::letters(row).contains(&letters));
    is_plain || has_volume || in_heads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::mend::Edges;

    #[test]
    fn the_name_of_a_journal_is_told_from_a_title() {
        let is = |text| is_journal(text, false, &[]);
        assert!(is("VIRGINIA LAW REVIEW") && is("Texas Law Review Online"));
        assert!(!is("The Future of the Law Review") && !is("Journal of Legal Studies"));
        assert!(!is("Judicial Review: A Critique") && !is("LAW AND CULTURE"));
        assert!(is_journal("Journal of Legal Studies", true, &[]));
        let heads = [Furniture {
            folio: None,
            rows: vec!["94 JOURNAL OF LEGAL STUDIES [Vol. 12:90".to_owned()],
        }];
        assert!(is_journal("Journal of Legal Studies", false, &heads));
    }

    #[test]
    fn what_stands_above_a_title_is_no_heading() {
        let texts = [
            "ARTICLES",
            "26 March 1999",
            "TEXAS LAW REVIEW",
            "ON NOTES",
            "VOLUME 12",
        ];
        let lines: Vec<PageLine> = texts
            .iter()
            .zip([100.0, 150.0, 200.0, 250.0, 300.0])
            .map(|(text, baseline)| PageLine {
                text: (*text).to_owned(),
                size: 10.0,
                baseline,
                ..PageLine::default()
            })
            .collect();
        let mut paragraphs = crate::formats::mend::paragraphs(&lines, &Edges::new(&lines), &[]);
        assert_eq!(paragraphs.len(), texts.len());
        for paragraph in &mut paragraphs {
            paragraph.kind = MendedKind::Heading(1);
        }
        make_plain(&mut paragraphs, &lines, &[]);
        let is_heading = |it: &MendedParagraph| matches!(it.kind, MendedKind::Heading(_));
        let kinds: Vec<bool> = paragraphs.iter().map(is_heading).collect();
        assert_eq!(kinds, [false, false, false, true, false]);
    }
}
