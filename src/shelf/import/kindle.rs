//! Kindle's `My Clippings.txt`: passages of every book that was read, one after another.
//!
//! ```text
//! On Keeping (Ada Author)
//! - Your Highlight on page 3 | Location 41-42 | Added on Friday, 1 March 2024 21:02:11
//!
//! Nobody keeps a line number for long.
//! ==========
//! ```

use std::collections::HashMap;

use super::ForeignAnnotation;
use crate::shelf::annotation::{AnnotationKind, HighlightKind};

const SEPARATOR: &str = "==========";

/// What Kindle calls a note, in the languages that it speaks.
const NOTE: [&str; 9] = [
    "note",
    "notiz",
    "nota",
    "notitie",
    "заметка",
    "notatka",
    "anteckning",
    "not",
    "notat",
];

/// The same in languages that write no blanks between words.
const NOTE_WITHIN: [&str; 3] = ["メモ", "笔记", "筆記"];

/// Whether a file looks like clippings.
pub(super) fn is_clippings(file: &str) -> bool {
    let mut lines = file.lines().map(str::trim);
    lines.next().is_some_and(|title| !title.is_empty())
        && lines.next().is_some_and(|line| line.starts_with("- "))
        && lines.any(|line| line == SEPARATOR)
}

/// The highlights, each with the note that was written at its end.
pub(super) fn read(file: &str) -> Vec<ForeignAnnotation> {
    let clippings: Vec<Clipping> = file.split(SEPARATOR).filter_map(Clipping::parse).collect();
    // A note is at the last place of what it is about, and comes before or after it.
    let mut notes: HashMap<(&str, u32), Vec<&str>> = HashMap::new();
    for note in clippings.iter().filter(|clipping| clipping.is_note) {
        if let Some(end) = note.end {
            let notes = notes.entry((note.title, end)).or_default();
            // One that was written in several goes is there several times.
            notes.pop_if(|before| note.words.starts_with(*before));
            notes.push(note.words);
        }
    }
    let mut passages = Vec::new();
    for clipping in clippings.iter().filter(|clipping| !clipping.is_note) {
        let place = clipping.end.map(|end| (clipping.title, end));
        let notes = place.and_then(|place| notes.remove(&place));
        passages.push(ForeignAnnotation {
            quote: clipping.words.to_owned(),
            note: notes.unwrap_or_default().join("\n"),
            title: clipping.title.to_owned(),
            kind: AnnotationKind::Highlight(HighlightKind::default()),
            must_be_found: true,
            ..ForeignAnnotation::default()
        });
    }
    // The others quote nothing, and can be found nowhere.
    let others = notes.into_iter().flat_map(|((title, _), notes)| {
        notes.into_iter().map(move |note| ForeignAnnotation {
            note: note.to_owned(),
            title: title.to_owned(),
            must_be_found: true,
            ..ForeignAnnotation::default()
        })
    });
    passages.extend(others);
    passages
}

struct Clipping<'a> {
    title: &'a str,
    words: &'a str,
    /// The number that ends its place.
    end: Option<u32>,
    is_note: bool,
}

impl<'a> Clipping<'a> {
    /// None if it has no words, as a bookmark.
    fn parse(clipping: &'a str) -> Option<Self> {
        let is_blank = |sign: char| sign.is_whitespace() || sign == '\u{feff}';
        let (title, rest) = clipping.trim_start_matches(is_blank).split_once('\n')?;
        let (facts, words) = rest.split_once('\n')?;
        let words = words.trim();
        (!words.is_empty()).then(|| Clipping {
            title: title.trim(),
            words,
            end: last_location(facts),
            is_note: is_note(facts),
        })
    }
}

fn is_note(facts: &str) -> bool {
    let facts = facts.to_lowercase();
    let mut words = facts.split(|sign: char| !sign.is_alphanumeric());
    words.any(|word| NOTE.contains(&word)) || NOTE_WITHIN.iter().any(|note| facts.contains(note))
}

/// The number that ends the place, as 42 in `Location 41-42`; of a page alone, the page.
fn last_location(facts: &str) -> Option<u32> {
    let mut parts: Vec<&str> = facts.split('|').collect();
    // The last part is the date.
    if parts.len() > 1 {
        parts.pop();
    }
    let place = parts.pop()?;
    let mut numbers = place.split(|sign: char| !sign.is_ascii_digit()).rev();
    numbers.find_map(|number| number.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIPPINGS: &str = "\u{feff}On Keeping (Ada Author)\r\n\
        - Your Highlight on page 3 | Location 41-42 | Added on Friday, 1 March 2024 21:02:11\r\n\
        \r\nNobody keeps a line number for long.\r\n==========\r\n\
        On Keeping (Ada Author)\r\n\
        - Your Note on page 3 | Location 42 | Added on Friday, 1 March 2024 21:02:40\r\n\
        \r\nreally?\r\n==========\r\n\
        On Keeping (Ada Author)\r\n\
        - Ihre Notiz auf Seite 4 | bei Position 50 | Hinzugefügt am Freitag, 1. März 2024\r\n\
        \r\nzuerst die Notiz\r\n==========\r\n\
        On Keeping (Ada Author)\r\n\
        - Ihre Markierung auf Seite 4 | bei Position 49-50 | Hinzugefügt am Freitag, 1. März 2024\r\n\
        \r\nSome keep nothing at all.\r\n==========\r\n\
        Another (Bo Writer)\r\n\
        - Your Bookmark on page 9 | Location 90 | Added on Friday, 1 March 2024 21:05:00\r\n\
        \r\n\r\n==========\r\n";

    #[test]
    fn a_highlight_has_the_note_that_was_written_at_its_end_before_or_after_it() {
        assert!(is_clippings(CLIPPINGS.trim_start_matches('\u{feff}')));
        let passages = read(CLIPPINGS);
        let read: Vec<_> = passages
            .iter()
            .map(|passage| (passage.quote.as_str(), passage.note.as_str()))
            .collect();
        assert_eq!(
            read,
            [
                ("Nobody keeps a line number for long.", "really?"),
                ("Some keep nothing at all.", "zuerst die Notiz"),
            ]
        );
        assert_eq!(passages[0].title, "On Keeping (Ada Author)");
    }

    #[test]
    fn a_note_in_chinese_is_one_and_of_a_note_written_in_goes_the_last_counts() {
        let file = "书\n- 您在第 8 页（位置 #570-575）的标注 | 添加于 2016年6月16日\n\n原文\n==========\n\
            书\n- 您在第 8 页（位置 #575）的笔记 | 添加于 2016年6月16日\n\n想\n==========\n\
            书\n- 您在第 8 页（位置 #575）的笔记 | 添加于 2016年6月16日\n\n想法\n==========\n";
        let passages = read(file);
        assert_eq!(passages.len(), 1);
        assert_eq!(passages[0].note, "想法");
    }

    #[test]
    fn a_text_with_a_list_is_no_clippings() {
        assert!(!is_clippings("A title\n- one\n- two\n"));
    }
}
