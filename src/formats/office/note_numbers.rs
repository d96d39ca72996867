//! Which numbers the notes of word processors' documents have.

use std::collections::HashSet;

/// What a document says of the number of a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) struct NoteMark {
    pub(in crate::formats) is_endnote: bool,
    /// Whether the author has given the note a mark that is no number of the document's.
    pub(in crate::formats) is_own: bool,
    /// The number that the file says it has.
    pub(in crate::formats) number: Option<u32>,
}

/// The label of each note, given in the order of the text: a number that no other note has, so
/// that it is the one that is shown.
///
/// The kind of which there are more notes has its own numbers, from `first` on where the file
/// does not say them, or says one twice. The other kind has the numbers after these, and so have
/// notes with marks of the author's own.
pub(in crate::formats) fn labels(notes: &[NoteMark], first: impl Fn(bool) -> u32) -> Vec<String> {
    let numbered = |is_endnote: bool| {
        let notes = notes.iter().enumerate();
        notes.filter(move |(_, note)| !note.is_own && note.is_endnote == is_endnote)
    };
    let main = numbered(true).count() > numbered(false).count();
    let mut labels = vec![0; notes.len()];
    let mut set = |index: usize, number: u32| {
        if let Some(label) = labels.get_mut(index) {
            *label = number;
        }
    };
    let mut seen = HashSet::new();
    let are_said =
        numbered(main).all(|(_, note)| note.number.is_some_and(|number| seen.insert(number)));
    let mut next = first(main);
    for (index, note) in numbered(main) {
        let number = note.number.filter(|_| are_said).unwrap_or(next);
        set(index, number);
        next = next.max(number).saturating_add(1);
    }
    let own = notes.iter().enumerate().filter(|(_, note)| note.is_own);
    for (index, _) in numbered(!main).chain(own) {
        set(index, next);
        next = next.saturating_add(1);
    }
    labels.iter().map(u32::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes by their marks: a figure is a number, `e` an endnote, `*` a mark, `?` a footnote.
    #[track_caller]
    fn check(marks: &str, expected: &str) {
        let notes: Vec<NoteMark> = marks
            .split(' ')
            .map(|mark| NoteMark {
                is_endnote: mark == "e",
                is_own: mark == "*",
                number: mark.parse().ok(),
            })
            .collect();
        assert_eq!(labels(&notes, |_| 1).join(" "), expected, "{marks}");
    }

    #[test]
    fn notes_have_the_numbers_that_the_file_says_unless_one_comes_twice() {
        check("3 4 5", "3 4 5");
        check("1 2 1 2", "1 2 3 4");
        check("? ?", "1 2");
    }

    #[test]
    fn the_lesser_kind_and_own_marks_come_after_the_numbers_of_the_others() {
        check("* ? e ?", "4 1 3 2");
        check("e ? e", "1 3 2");
    }
}
