//! A paper that has been read but not put together: body and notes apart, nothing numbered.

use super::builder::LandmarkDraft;
use super::notes::NoteDrafts;
use super::{Block, Details, Mending, Metadata, Problem};

/// What reading the source has brought.
///
/// A marker's `note` is an index into the drafts of the notes, and a link to `#anchor` is still an
/// address.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) metadata: Metadata,
    /// Whether more follows that is not read yet.
    pub(super) is_beginning: bool,
    pub(super) body: Vec<Block>,
    /// The headings of the body, in order.
    pub(super) headings: Vec<HeadingDraft>,
    pub(super) landmarks: Vec<LandmarkDraft>,
    /// The works in lists of references, of which landmarks tell the places.
    pub(super) references: Vec<Details>,
    pub(super) notes: NoteDrafts,
    pub(super) problems: Vec<Problem>,
    pub(super) mendings: Vec<Mending>,
}

/// A heading in the body.
#[derive(Debug)]
pub(super) struct HeadingDraft {
    /// An index into the body.
    pub(super) block: usize,
    /// The heading's own id, as the source has it.
    pub(super) id: Option<String>,
    /// Whether it begins a section, which a heading in a quote or an item does not.
    pub(super) is_section: bool,
}
