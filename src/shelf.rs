//! What a reader keeps about a paper: bookmarks, highlights, notes, marks, the reading place. On
//! the disk before anyone says so, and found again when the paper has changed.
//!
//! A [`Library`] is a folder with a file for each paper. It knows a paper again ([`Origin`]) and
//! opens its [`Shelf`], whose every change is saved when the method returns. A place is kept as an
//! [`Anchor`], the words that stand there, and looked for in the [`AnchorText`] of the paper as it is.

mod anchor;
mod annotation;
mod changes;
mod disk;
mod failure;
mod file;
mod find;
mod folder;
mod found;
mod fuzzy;
mod identity;
mod import;
mod index;
#[cfg(test)]
mod laws;
mod library;
mod merge;
mod origin;
mod passage;
mod places;
mod reason;
mod record;
mod session;
mod store;
mod system;
mod text;
mod timestamp;
mod undo;
mod upkeep;
mod w3c;

pub use anchor::{Anchor, Rivals};
pub use annotation::{
    Annotation, AnnotationId, AnnotationKind, HighlightKind, MarkLetter, ReadingPlace,
    ReadingSettings,
};
pub use changes::TextChanges;
pub use disk::hurry;
pub(crate) use disk::inode;
pub use failure::{Failure, ShelfNotice};
pub use find::find;
pub use folder::{
    CACHE_VARIABLE, CONFIG_VARIABLE, FOLDER_VARIABLE, cache_folder, config_file, folder,
    from_short_home, is_writable, with_short_home,
};
pub use found::{Certainty, Found};
pub use identity::PaperCandidate;
pub use import::{
    About, Batch, Imported, ImportedItem, MAX_NOTE_BYTES, read_annotations, read_bookmarks,
};
pub use library::{Library, Listed, Opened};
pub(crate) use library::{ShelfFiles, order_key, places_of_others};
pub use origin::Origin;
pub use passage::PassageEnd;
pub use reason::SystemReason;
pub use session::{Shelf, Toggled};
pub use store::MAX_FILE_BYTES;
pub use text::AnchorText;
pub use timestamp::Timestamp;
pub use undo::{Replay, Replayed};
pub use upkeep::PaperMove;
pub use w3c::{annotation_page, annotation_set, web_annotations};

#[cfg(test)]
mod tests;
