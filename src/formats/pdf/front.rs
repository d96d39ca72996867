//! What is above the text on the first page: title, authors, date.

use super::script::BuildScript;
use crate::formats::mend::{MendedKind, MendedParagraph, PageLine};
use crate::paper::{MendingKind, month_named};

/// So many paragraphs of the first page are looked at.
const MAX_FRONT: usize = 8;
/// A title is larger than the text by so much.
const TITLE_SIZE: f32 = 1.15;
const MAX_TITLE_CHARACTERS: usize = 300;
const MAX_AUTHOR_CHARACTERS: usize = 160;

/// What the first page says of the paper, and which paragraphs say it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FirstPage {
    title: String,
    authors: Vec<String>,
    date: String,
    /// By index.
    pub(super) taken: Vec<usize>,
}

impl FirstPage {
    pub(super) fn fill(&self, script: &mut BuildScript) {
        let mut found = |kind, text: &str| script.mend(kind, 0, text.to_owned(), text.to_owned());
        if !self.title.is_empty() {
            found(MendingKind::TitleFound, &self.title);
        }
        for author in &self.authors {
            found(MendingKind::AuthorFound, author);
        }
        if !self.date.is_empty() {
            found(MendingKind::DateFound, &self.date);
        }
        if !self.title.is_empty() {
            script.title(&self.title);
        }
        for author in &self.authors {
            script.author(author);
        }
        if !self.date.is_empty() {
            script.date(&self.date);
        }
    }
}

/// Reads the front; what calls a note stays in the text. `named` is what the document calls itself.
pub(super) fn read(
    paragraphs: &[MendedParagraph],
    lines: &[PageLine],
    named: &str,
    has_calls: impl Fn(usize) -> bool,
) -> FirstPage {
    let mut front = FirstPage::default();
    let first = paragraphs.iter().take(MAX_FRONT).enumerate();
    let on_first_page = first.take_while(|(_, paragraph)| {
        lines
            .get(paragraph.lines.start)
            .is_some_and(|line| line.page == 0)
    });
    let own = |paragraph: &MendedParagraph| lines.get(paragraph.lines.clone()).unwrap_or(&[]);
    let size = |paragraph: &MendedParagraph| own(paragraph).first().map_or(0.0, |line| line.size);
    let candidates: Vec<(usize, &MendedParagraph)> = on_first_page.collect();
    let body = body_size(lines);
    let Some((at, title)) = candidates
        .iter()
        .filter(|(_, paragraph)| matches!(paragraph.kind, MendedKind::Heading(_)))
        .rev()
        .max_by(|one, other| {
            let is_named =
                |paragraph: &MendedParagraph| letters(&text(own(paragraph))) == letters(named);
            let by_name = is_named(one.1).cmp(&is_named(other.1));
            by_name.then(size(one.1).total_cmp(&size(other.1)))
        })
    else {
        return front;
    };
    let is_free = |paragraph: &MendedParagraph| !paragraph.lines.clone().any(&has_calls);
    let text = text(own(title));
    let alone = candidates
        .iter()
        .filter(|(_, other)| (size(other) - size(title)).abs() < 0.05 * size(title))
        .count();
    let is_title =
        letters(&text) == letters(named) || (size(title) >= TITLE_SIZE * body && alone == 1);
    if !is_title || text.chars().count() > MAX_TITLE_CHARACTERS || !is_free(title) {
        return front;
    }
    front.title = text;
    front.taken.push(*at);
    for (index, paragraph) in candidates.iter().skip_while(|(index, _)| index <= at) {
        let text = self::text(own(paragraph));
        let is_short = text.chars().count() <= MAX_AUTHOR_CHARACTERS && own(paragraph).len() <= 2;
        let is_text =
            text.ends_with(['.', ':', ';', ',']) || matches!(paragraph.kind, MendedKind::Item(_));
        if !is_short
            || is_text
            || !is_free(paragraph)
            || own(paragraph).iter().any(|line| line.is_bold)
        {
            break;
        }
        if is_date(&text) {
            front.date = text;
        } else if front.authors.is_empty() && are_names(&text) {
            front.authors = names(&text);
        } else {
            break;
        }
        front.taken.push(*index);
    }
    front
}

fn text(lines: &[PageLine]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" ")
}

/// The letters of a text, without regard to case.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn body_size(lines: &[PageLine]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

fn is_date(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_year = |word: &&str| {
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_part =
        |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()) || month_named(word).is_some();
    words.len() <= 4 && words.iter().any(is_year) && words.iter().all(is_part)
}

/// Whether a text may be the names of authors: words with capitals, few others.
fn are_names(text: &str) -> bool {
    let words: Vec<&str> = text
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let capital = |word: &&&str| word.chars().next().is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(capital).count();
    words.len() >= 2
        && capitals * 3 >= words.len() * 2
        && !text.chars().any(|letter| letter.is_ascii_digit())
}

fn names(text: &str) -> Vec<String> {
    text.replace(" and ", ", ")
        .replace(" & ", ", ")
        .split([',', ';'])
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_told_from_names() {
        assert!(is_date("May 2026") && is_date("12 mars 2024") && is_date("2024-03-12"));
        assert!(!is_date("Gaziza Shakhanova") && !is_date("The year 2024 in review"));
        assert_eq!(
            names("Ada Author, Bo Writer and Cy Third"),
            ["Ada Author", "Bo Writer", "Cy Third"]
        );
        assert!(are_names("Ada Author and Bo Writer"));
    }
}
