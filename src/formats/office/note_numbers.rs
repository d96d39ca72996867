//! Which numbers the notes of word processors' documents have.

use std::collections::HashSet;

use crate::paper::NoteNumber;

/// What a document says of the number of a note.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) struct NoteMark {
    pub(in crate::formats) is_endnote: bool,
    /// Whether the author has given the note a mark that is no number of the document's.
    pub(in crate::formats) is_own: bool,
    /// The number that the file says it has.
    pub(in crate::formats) number: Option<u32>,
}

/// The labels of notes, as they come in the text: for each one that no other note has, so that it
/// is what is shown.
#[derive(Debug, Default)]
pub(in crate::formats) struct OfficeNoteLabels {
    /// For each note its number, but for those with marks of the author's own.
    numbers: std::vec::IntoIter<Option<u32>>,
    /// The number of the next note whose mark is no label.
    next: u32,
    signs: HashSet<NoteNumber>,
}

impl OfficeNoteLabels {
    /// The labels of these notes, given in the order of the text.
    ///
    /// The kind of which there are more notes has its own numbers, from `first` on where the file
    /// does not say them, or says one twice. The other kind has the numbers after these.
    pub(in crate::formats) fn new(notes: &[NoteMark], first: impl Fn(bool) -> u32) -> Self {
        let numbered = |is_endnote: bool| {
            let notes = notes.iter().enumerate();
            notes.filter(move |(_, note)| !note.is_own && note.is_endnote == is_endnote)
        };
        let main = numbered(true).count() > numbered(false).count();
        let mut numbers = vec![None; notes.len()];
        let mut set = |index: usize, number: u32| {
            if let Some(own) = numbers.get_mut(index) {
                *own = Some(number);
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
        for (index, _) in numbered(!main) {
            set(index, next);
            next = next.saturating_add(1);
        }
        OfficeNoteLabels {
            numbers: numbers.into_iter(),
            next,
            signs: HashSet::new(),
        }
    }

    /// The label of the next note, if there is one more. The mark that its author has given it is
    /// its label if it is a sign and the first note with it; else it has a number after all others.
    pub(in crate::formats) fn next(&mut self, mark: Option<&str>) -> Option<String> {
        if let Some(number) = self.numbers.next()? {
            return Some(number.to_string());
        }
        let letters = mark.unwrap_or_default().chars();
        let sign: Option<String> = letters.map(NoteNumber::sign_like).collect();
        let sign = sign.and_then(|sign| NoteNumber::sign(&sign));
        if let Some(sign) = sign.filter(|sign| self.signs.insert(*sign)) {
            return Some(sign.to_string());
        }
        let number = self.next;
        self.next = number.saturating_add(1);
        Some(number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes by their marks: a figure is a number, `e` an endnote, `?` a footnote, others the author's.
    #[track_caller]
    fn check(marks: &str, expected: &str) {
        let marks = || marks.split(' ');
        let notes: Vec<NoteMark> = marks()
            .map(|mark| NoteMark {
                is_endnote: mark == "e",
                is_own: mark.parse::<u32>().is_err() && !matches!(mark, "e" | "?"),
                number: mark.parse().ok(),
            })
            .collect();
        let mut labels = OfficeNoteLabels::new(&notes, |_| 1);
        let found: Vec<String> = marks().filter_map(|mark| labels.next(Some(mark))).collect();
        assert_eq!(found.join(" "), expected);
        assert_eq!(labels.next(None), None);
    }

    #[test]
    fn notes_have_the_numbers_that_the_file_says_unless_one_comes_twice() {
        check("3 4 5", "3 4 5");
        check("1 2 1 2", "1 2 3 4");
        check("? ?", "1 2");
    }

    #[test]
    fn the_lesser_kind_comes_after_the_numbers_of_the_other() {
        check("? e ?", "1 3 2");
        check("e ? e", "1 3 2");
    }

    #[test]
    fn a_sign_is_the_label_of_the_first_note_that_has_it_and_other_marks_are_numbers_after_all() {
        check("* ? e ?", "* 1 3 2");
        check("∗ ? †† * 2 x", "* 1 †† 3 2 4");
        check("* †", "* †");
    }
}
