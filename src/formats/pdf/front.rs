//! What is above the text on the first page: title, authors, date.

use super::label;
use super::script::BuildScript;
use crate::formats::mend::{MendedKind, MendedParagraph, PageLine};
use crate::paper::{MendingKind, month_named};

/// So many paragraphs of the first page are looked at.
const MAX_FRONT: usize = 8;
/// A title is larger than the text by so much.
const TITLE_SIZE: f32 = 1.15;
const MAX_TITLE_CHARACTERS: usize = 300;
const MAX_AUTHOR_CHARACTERS: usize = 160;
/// Words of titles that are in no name.
pub(super) const SMALL_WORDS: [&str; 9] = ["of", "the", "for", "on", "in", "to", "a", "an", "with"];

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
    /// Reads authors and date below the title.
    fn read_names(
        &mut self,
        below: usize,
        paragraphs: &[MendedParagraph],
        lines: &[PageLine],
        is_free: impl Fn(&MendedParagraph) -> bool,
    ) {
        let has_title = !self.title.is_empty();
        for (index, paragraph) in paragraphs.iter().enumerate().skip(below) {
            let own = lines.get(paragraph.lines.clone()).unwrap_or(&[]);
            let text = text(own);
            let is_short = text.chars().count() <= MAX_AUTHOR_CHARACTERS && own.len() <= 2;
            let is_text = text.ends_with(['.', ':', ';', ','])
                || matches!(paragraph.kind, MendedKind::Item(_));
            // What calls a note stays in the text, but that the author's name has a sign proves it.
            let is_known = is_signed(&text) || has_title && is_free(paragraph);
            if !is_short || is_text || !is_known || own.iter().any(|line| line.is_bold) {
                break;
            }
            if is_date(&text) {
                self.date = text;
            } else if self.authors.is_empty() && are_names(&text) {
                self.authors = names(&text);
            } else {
                break;
            }
            if has_title && is_free(paragraph) {
                self.taken.push(index);
            }
        }
    }

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
    let on_first_page = paragraphs.iter().take(MAX_FRONT).take_while(|paragraph| {
        let line = lines.get(paragraph.lines.start);
        line.is_some_and(|line| line.page == 0)
    });
    let candidates = paragraphs.get(..on_first_page.count()).unwrap_or(&[]);
    let own = |paragraph: &MendedParagraph| lines.get(paragraph.lines.clone()).unwrap_or(&[]);
    let size = |paragraph: &MendedParagraph| own(paragraph).first().map_or(0.0, |line| line.size);
    let body = body_size(lines);
    let Some((at, title)) = candidates
        .iter()
        .enumerate()
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
    // A title of several lines may be as many headings.
    let mut end = at;
    while let Some(next) = candidates.get(end + 1)
        && goes_on(own(next), candidates.get(end).map_or(&[], own))
        && matches!(next.kind, MendedKind::Heading(_))
    {
        end += 1;
    }
    let whole = candidates.get(at..=end).unwrap_or(&[]);
    let texts: Vec<String> = whole.iter().map(|part| self::text(own(part))).collect();
    let text = texts.join(" ");
    let rivals = candidates
        .iter()
        .enumerate()
        .filter(|(index, _)| *index < at || *index > end)
        .filter(|(_, other)| (size(other) - size(title)).abs() < 0.05 * size(title))
        .count();
    let below = candidates.get(end + 1).map(|below| self::text(own(below)));
    // The name of an author with the sign of a note right below proves it.
    let is_proved = below.is_some_and(|below| is_signed(&below) && are_names(&below));
    let is_title = letters(&text) == letters(named)
        || is_proved
        || (size(title) >= TITLE_SIZE * body && rivals == 0);
    let is_title =
        is_title && text.chars().count() <= MAX_TITLE_CHARACTERS && whole.iter().all(is_free);
    if is_title {
        front.title = text;
        front.taken.extend(at..=end);
    }
    front.read_names(end + 1, candidates, lines, is_free);
    front
}

/// Whether a text ends with the sign of a note.
fn is_signed(text: &str) -> bool {
    text.ends_with(label::is_sign)
}

/// Whether lines are set as those right above them are.
fn goes_on(own: &[PageLine], above: &[PageLine]) -> bool {
    let (Some(first), Some(last)) = (own.first(), above.last()) else {
        return false;
    };
    let is_alike = (first.size - last.size).abs() < 0.03 * last.size
        && first.is_bold == last.is_bold
        && first.is_italic == last.is_italic;
    let gap = first.baseline - last.baseline;
    is_alike
        && first.page == last.page
        && (0.0..1.6 * last.size).contains(&gap)
        && !is_signed(&first.text)
}

pub(super) fn text(lines: &[PageLine]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    texts.join(" ")
}

/// The letters and figures of a text, without regard to case.
pub(super) fn letters(text: &str) -> String {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn body_size(lines: &[PageLine]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

pub(super) fn is_date(text: &str) -> bool {
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
    // Behind the first word a capital letter is an initial.
    let is_initial = |at: usize, word: &str| at > 0 && word == "A";
    let is_small = |(at, word): (usize, &&str)| {
        !is_initial(at, word) && SMALL_WORDS.contains(&word.to_lowercase().as_str())
    };
    words.len() >= 2
        && !words.iter().enumerate().any(is_small)
        && capitals * 3 >= words.len() * 2
        && !text.chars().any(|letter| letter.is_ascii_digit())
}

fn names(text: &str) -> Vec<String> {
    text.replace(" and ", ", ")
        .replace(" & ", ", ")
        .split([',', ';'])
        .map(|name| {
            let is_sign = |letter: char| label::is_sign(letter) || letter == ' ';
            name.trim_matches(is_sign).to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::mend::{self, Edges};

    /// The title and the authors of a first page with these lines above its text, and how many of
    /// them are taken out of it.
    fn front_of(head: &[(f32, &str)], called: Option<usize>) -> (String, Vec<String>, usize) {
        const TEXT: &str = "a line of the text that is as long as the lines of the text are";
        let text = [400.0, 412.0, 424.0, 436.0].map(|y| (y, TEXT));
        let lines: Vec<PageLine> = head
            .iter()
            .chain(&text)
            .map(|(baseline, text)| PageLine {
                text: (*text).to_owned(),
                size: 10.0,
                baseline: *baseline,
                right: if *text == TEXT { 300.0 } else { 120.0 },
                ..PageLine::default()
            })
            .collect();
        let paragraphs = mend::paragraphs(&lines, &Edges::new(&lines), &[]);
        let front = read(&paragraphs, &lines, "", |line| Some(line) == called);
        let taken = front.taken.iter();
        let taken = taken.map(|index| paragraphs[*index].lines.len()).sum();
        (front.title, front.authors, taken)
    }

    #[test]
    fn the_signed_name_of_an_author_proves_the_title_above_it() {
        let head = [
            (100.0, "ON NOTES AND"),
            (114.0, "THEIR KEEPING"),
            (150.0, "Ada Author*"),
        ];
        let title = "ON NOTES AND THEIR KEEPING".to_owned();
        let author = vec!["Ada Author".to_owned()];
        assert_eq!(front_of(&head, None), (title.clone(), author.clone(), 3));
        // A sign that calls a note stays in the text, and is not of the name.
        let (_, authors, taken) = front_of(&head, Some(2));
        assert_eq!((authors, taken), (author, 2));
        let unsigned = [(100.0, "ON NOTES"), (150.0, "Ada Author")];
        assert_eq!(front_of(&unsigned, None).0, "");
    }

    #[test]
    fn a_date_is_told_from_names() {
        assert!(is_date("May 2026") && is_date("12 mars 2024") && is_date("2024-03-12"));
        assert!(!is_date("Gaziza Shakhanova") && !is_date("The year 2024 in review"));
        assert_eq!(
            names("Ada Author, Bo Writer and Cy Third"),
            ["Ada Author", "Bo Writer", "Cy Third"]
        );
        assert!(are_names("Ada Author and Bo Writer"));
        let signed = names("Ada Author,* Cy Third & Bo Writer**");
        assert_eq!(signed, ["Ada Author", "Cy Third", "Bo Writer"]);
        assert!(are_names("Mary A Jones"));
        assert!(!are_names("Law of Protest") && !are_names("A Reply"));
    }
}
