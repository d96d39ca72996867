//! What has become of an annotated passage in the text as it is now.

use crate::paper::Passage;

/// What has become of the words of an anchor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// Something is there.
    Here {
        /// Where.
        passage: Passage,
        /// How sure it is that it was meant.
        certainty: Certainty,
    },
    /// Nothing in the text is like them.
    Lost,
    /// Nobody has looked, as the text is not at hand.
    #[default]
    Unknown,
}

/// How sure it is that a passage is the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Certainty {
    /// The very words, in the same surroundings, and the rest of their paragraph as it was.
    Exact,
    /// The words, the rest of their paragraph or their surroundings have changed, and nothing else comes near.
    Moved,
    /// Of a passage only one end, or less than half; what is left of it.
    Partial,
    /// The likeliest of several, or not like enough to be believed.
    Unsure,
}

impl Found {
    /// Where the words stand, if they are not lost.
    #[must_use]
    pub fn passage(&self) -> Option<Passage> {
        match self {
            Found::Here { passage, .. } => Some(*passage),
            Found::Lost | Found::Unknown => None,
        }
    }

    /// The word for it in lists and in JSON: exact, moved, partial, unsure or lost; empty if
    /// nobody has looked.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Found::Here { certainty, .. } => match certainty {
                Certainty::Exact => "exact",
                Certainty::Moved => "moved",
                Certainty::Partial => "partial",
                Certainty::Unsure => "unsure",
            },
            Found::Lost => "lost",
            Found::Unknown => "",
        }
    }
}

impl Certainty {
    /// Whether the passage is the one that was meant, beyond doubt.
    #[must_use]
    pub fn is_sure(self) -> bool {
        matches!(self, Certainty::Exact | Certainty::Moved)
    }
}
