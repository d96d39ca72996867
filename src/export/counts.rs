//! How much is kept of a paper, in words.

use crate::shelf::AnnotationKind;

/// How many bookmarks, highlights and notes there are, such as `2 bookmarks` and `1 note`, without
/// those of which there are none. Marks are not counted: they are places to come back to.
#[must_use]
pub fn counted<'a>(kinds: impl Iterator<Item = &'a AnnotationKind>) -> Vec<String> {
    let mut counts = [(0, "bookmark"), (0, "highlight"), (0, "note")];
    let [(bookmarks, _), (highlights, _), (notes, _)] = &mut counts;
    for kind in kinds {
        match kind {
            AnnotationKind::Bookmark => *bookmarks += 1,
            AnnotationKind::Highlight(_) => *highlights += 1,
            AnnotationKind::Note => *notes += 1,
            AnnotationKind::Mark(_) => {}
        }
    }
    let counts = counts.into_iter().filter_map(|(count, noun)| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        count => Some(format!("{count} {noun}s")),
    });
    counts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::{HighlightKind, MarkLetter};

    #[test]
    fn each_kind_is_counted_by_its_name_and_marks_are_not() {
        let mark = MarkLetter::new('a').expect("a letter");
        let kinds = [
            AnnotationKind::Bookmark,
            AnnotationKind::Mark(mark),
            AnnotationKind::Note,
            AnnotationKind::Bookmark,
            AnnotationKind::Highlight(HighlightKind::default()),
        ];
        assert_eq!(
            counted(kinds.iter()),
            ["2 bookmarks", "1 highlight", "1 note"]
        );
        assert!(counted([].iter()).is_empty());
    }
}
