//! What a reader keeps about a paper: bookmarks, marks, the reading place; on the disk before
//! anyone says so, and found again when the paper has changed.

mod anchor;
mod file;
mod find;
mod fuzzy;
mod merge;
mod moment;
mod record;
mod text;

pub use anchor::Anchor;
pub use find::{Certainty, Found, find};
pub use moment::Moment;
pub use text::Text;
