//! How much is kept of a paper, in words.

use crate::shelf::{Annotation, AnnotationKind};

/// How many bookmarks, highlights and notes there are, such as `2 bookmarks` and `1 note`, without
/// those of which there are none. A note counts whatever it is written on. Marks are not counted:
/// they are places to come back to.
#[must_use]
pub fn counted<'a>(annotations: impl Iterator<Item = &'a Annotation>) -> Vec<String> {
    let mut counts = [(0, "bookmark"), (0, "highlight"), (0, "note")];
    let [(bookmarks, _), (highlights, _), (notes, _)] = &mut counts;
    for annotation in annotations {
        *notes += usize::from(annotation.has_note());
        match annotation.kind {
            AnnotationKind::Bookmark => *bookmarks += 1,
            AnnotationKind::Highlight(_) => *highlights += 1,
            AnnotationKind::Note | AnnotationKind::Mark(_) => {}
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

    fn kept(kind: AnnotationKind, note: &str) -> Annotation {
        let mut kept = Annotation::default();
        kept.kind = kind;
        note.clone_into(&mut kept.note);
        kept
    }

    #[test]
    fn each_kind_is_counted_by_its_name_and_marks_are_not() {
        let mark = MarkLetter::new('a').expect("a letter");
        let highlight = AnnotationKind::Highlight(HighlightKind::default());
        let all = [
            kept(AnnotationKind::Bookmark, ""),
            kept(AnnotationKind::Mark(mark), ""),
            kept(AnnotationKind::Note, "why?"),
            kept(AnnotationKind::Bookmark, ""),
            kept(highlight, "really?"),
        ];
        assert_eq!(
            counted(all.iter()),
            ["2 bookmarks", "1 highlight", "2 notes"]
        );
        assert!(counted([].iter()).is_empty());
    }
}
