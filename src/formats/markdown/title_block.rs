//! Pandoc's title block at the head of a paper: up to three entries, each with a `%`, for title,
//! authors and date.

use super::metadata::plain_of;
use crate::paper::{Metadata, clean};

/// A title block is at most so many bytes long; what is longer is Markdown.
const MAX_BLOCK_BYTES: usize = 16 * 1024;

/// Reads the title block, if the source begins with one, and says where what follows it begins.
///
/// An entry goes on in lines that begin with a blank. Authors are parted by `;` or by line ends.
pub(super) fn take_off(source: &str) -> Option<(Metadata, usize)> {
    let mut entries: Vec<Vec<&str>> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        match line.strip_prefix('%') {
            Some(entry) if entries.len() < 3 => entries.push(vec![entry.trim()]),
            None if line.starts_with([' ', '\t']) && !is_blank => {
                entries.last_mut()?.push(line.trim());
            }
            _ => break,
        }
        at += line.len();
        if at > MAX_BLOCK_BYTES {
            return None;
        }
    }
    let mut entries = entries.iter();
    let one_line = |lines: &Vec<&str>| clean(lines.join(" ").trim()).into_owned();
    let title = entries.next().map(|lines| plain_of(&lines.join(" ")))?;
    let authors = entries.next().into_iter().flatten();
    let authors = authors.flat_map(|line| line.split(';')).map(str::trim);
    let authors = authors.filter(|author| !author.is_empty());
    let metadata = Metadata {
        title,
        authors: authors.map(plain_of).collect(),
        date: entries.next().map(one_line).unwrap_or_default(),
        ..Metadata::default()
    };
    (metadata != Metadata::default()).then_some((metadata, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: Option<(&str, &[&str], &str, &str)>) {
        let read = take_off(source);
        let read = read.as_ref().map(|(metadata, at)| {
            let authors = metadata.authors.iter().map(String::as_str).collect();
            (
                metadata.title.as_str(),
                authors,
                metadata.date.as_str(),
                source.get(*at..).unwrap(),
            )
        });
        let expected =
            expected.map(|(title, authors, date, rest)| (title, authors.to_vec(), date, rest));
        assert_eq!(read, expected);
    }

    #[test]
    fn a_title_is_the_words_of_its_markdown() {
        check(
            "% On *Emma*\n% **Jo** Doe\n",
            Some(("On Emma", &["Jo Doe"], "", "")),
        );
    }

    #[test]
    fn title_authors_and_date_are_read() {
        check(
            "% A Title\n  and more\n% Ada Author; Bo Writer\n  Cy Third\n% May 2026\n\nText",
            Some((
                "A Title and more",
                &["Ada Author", "Bo Writer", "Cy Third"],
                "May 2026",
                "\nText",
            )),
        );
    }

    #[test]
    fn what_is_left_out_is_empty() {
        check("% Title\n\nText", Some(("Title", &[], "", "\nText")));
        check("%\n% Ada\n# A", Some(("", &["Ada"], "", "# A")));
        check("% T\n%\n% 2026", Some(("T", &[], "2026", "")));
    }

    #[test]
    fn a_fourth_line_is_text() {
        check("% a\n% b\n% c\n% d", Some(("a", &["b"], "c", "% d")));
    }

    #[test]
    fn elsewhere_and_of_nothing_it_is_no_title_block() {
        check("\n% a", None);
        check("%\n\nText", None);
        check("a % b", None);
    }
}
