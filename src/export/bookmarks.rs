//! What a reader has kept of a paper, as it is written out: quotations, and where they are from.

use super::credit::{credit, credit_of};
use crate::paper::{BlockId, Paper, place_in_full};
use crate::shelf::{Bookmark, Certainty, Found, Kept, Listed, Shelf};

/// The bookmarks of one paper.
#[derive(Debug)]
pub struct Quotations {
    /// Whose paper it is and what it is called; may be empty.
    pub(super) credit: String,
    pub(super) title: String,
    pub(super) quotations: Vec<Quotation>,
}

/// One bookmark.
#[derive(Debug)]
pub(super) struct Quotation {
    pub(super) words: String,
    /// What the reader calls it, if that is not how the words begin.
    pub(super) label: Option<String>,
    /// The reader's own note; may have several lines, may be empty.
    pub(super) note: String,
    /// Section and paragraph; may be empty.
    pub(super) place: String,
    /// The day on which it was set, in UTC: `2026-11-23`.
    pub(super) day: String,
    /// How sure it is where the words stand; empty if nobody has looked.
    pub(super) standing: &'static str,
}

impl Quotations {
    /// Those of a paper at hand, in its order.
    #[must_use]
    pub fn of(paper: &Paper, shelf: &Shelf) -> Self {
        let bookmarks = shelf.bookmarks().iter();
        let quotations = bookmarks.map(|kept| Quotation {
            words: kept.quotation(shelf.text()),
            place: place_of(paper, kept),
            standing: kept.found.name(),
            ..Quotation::of(&kept.bookmark)
        });
        Quotations {
            credit: credit(paper),
            title: paper.title.clone(),
            quotations: quotations.collect(),
        }
    }

    /// Those of a paper that is not at hand, as they stood in it when they were set.
    #[must_use]
    pub fn of_listed(listed: &Listed) -> Self {
        let mut bookmarks: Vec<&Bookmark> = listed.bookmarks.iter().collect();
        bookmarks.sort_by_key(|bookmark| bookmark.anchor.start);
        Quotations {
            credit: credit_of(&listed.authors, &listed.paper.title, &[]),
            title: listed.paper.title.clone(),
            quotations: bookmarks.into_iter().map(Quotation::of).collect(),
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.quotations.is_empty()
    }
}

impl Quotation {
    fn of(bookmark: &Bookmark) -> Self {
        Quotation {
            words: bookmark.quotation(),
            label: bookmark.has_own_label().then(|| bookmark.label.clone()),
            note: bookmark.note.clone(),
            place: section_kept(bookmark),
            day: bookmark.created.day(),
            standing: "",
        }
    }
}

/// Where the words stand; if they stand there no more, where they did.
fn place_of(paper: &Paper, kept: &Kept) -> String {
    let named = |block: BlockId| place_in_full(paper, block).unwrap_or_default();
    match kept.found {
        Found::Here {
            passage,
            certainty: Certainty::Exact | Certainty::Moved,
        } => named(passage.start.block),
        _ if kept.bookmark.anchor.text.is_empty() => section_kept(&kept.bookmark),
        _ => {
            let section = section_kept(&kept.bookmark);
            let parts = [section.as_str(), "in an earlier version"];
            let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(", ")
        }
    }
}

fn section_kept(bookmark: &Bookmark) -> String {
    match bookmark.anchor.heading.as_str() {
        "" => String::new(),
        heading => format!("§ {heading}"),
    }
}
