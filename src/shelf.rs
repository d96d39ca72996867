//! What a reader keeps about a paper: bookmarks, marks, the reading place. On the disk before
//! anyone says so, and found again when the paper has changed.
//!
//! A [`Library`] is a folder with a file for each paper. It knows a paper again ([`Origin`]) and
//! opens its [`Shelf`], whose every change is saved when the method returns. A place is kept as an
//! [`Anchor`], the words that stand there, and looked for in the [`Text`] of the paper as it is.

mod anchor;
mod annotation;
mod bookmark;
mod disk;
mod failure;
mod file;
mod find;
mod folder;
mod fuzzy;
mod identity;
mod import;
mod index;
#[cfg(test)]
mod laws;
mod library;
mod merge;
mod moment;
mod origin;
mod places;
mod record;
mod session;
mod store;
mod system;
mod text;
mod undo;

pub use anchor::{Anchor, Rivals};
pub use annotation::annotation_page;
pub use bookmark::{Bookmark, BookmarkId, Kept, Letter, Place, Settings};
pub use disk::hurry;
pub use failure::{Failure, Notice};
pub use find::{Certainty, Found, find};
pub use folder::{FOLDER_VARIABLE, folder};
pub use identity::Candidate;
pub use import::{About, Batch, Imported, MOST_WORDS_BYTES, read_bookmarks};
pub use library::{Library, Listed, Opened};
pub use moment::Moment;
pub use origin::Origin;
pub use session::{Shelf, Toggled};
pub use store::MOST_FILE_BYTES;
pub use text::Text;
pub use undo::{Replayed, Way};

#[cfg(test)]
mod tests;
