//! What there is to put right in a paper's notes: facts, and the words for them.

use std::fmt;

use crate::paper::{ProblemKind, SourceLocation};

use super::super::LookedFor;

/// Something to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where in the file.
    pub location: SourceLocation,
    /// What is wrong.
    pub kind: FindingKind,
}

/// What is wrong, or may be. Notes are named by their labels, sources by their names, and short
/// citations are given in at most about forty characters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FindingKind {
    /// The paper could not take something as it is.
    Problem(ProblemKind),
    /// A note is first cited before one with a lower number.
    NoteEarly {
        /// The note.
        note: String,
        /// The next note that is cited in order.
        before: String,
        /// Whether the author has numbered the notes, not a word processor.
        is_numbered_by_hand: bool,
    },
    /// A note is first cited after one with a higher number.
    NoteLate {
        /// The note.
        note: String,
        /// The last note before that is cited in order.
        after: String,
        /// Whether the author has numbered the notes, not a word processor.
        is_numbered_by_hand: bool,
    },
    /// A note gives its sources in the very words of another.
    NoteRepeated {
        /// The note.
        note: String,
        /// The note before that says the same.
        earlier: String,
    },
    /// A source is given in full once more, in other words.
    SourceRepeated {
        /// The source.
        source: String,
        /// The source that it is.
        earlier: String,
    },
    /// What a short citation stands for is not certain.
    Citation {
        /// The note that it is in.
        note: String,
        /// Its words.
        words: String,
        /// Why it is not certain.
        fault: CitationFault,
    },
    /// The end of a line, or a blank, parts an address.
    AddressBroken {
        /// As much as is taken for the address.
        address: String,
    },
}

/// Why it is not certain what a short citation stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CitationFault {
    /// It could be several sources, the nearest first.
    Ambiguous(Vec<String>),
    /// It stands for nothing that the paper cites; this was looked for.
    Unresolved(LookedFor),
    /// It may be this source, and may be none.
    Doubtful(String),
    /// What was looked for may be there, and could not be read.
    Unread(LookedFor),
}

impl Finding {
    /// What is wrong, and what to do, in words.
    #[must_use]
    pub fn message(&self) -> String {
        self.kind.to_string()
    }
}

impl FindingKind {
    /// A word for the kind that does not change from version to version.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Problem(problem) => problem.code(),
            Self::NoteEarly { .. } | Self::NoteLate { .. } => "note-out-of-order",
            Self::NoteRepeated { .. } => "note-repeated",
            Self::SourceRepeated { .. } => "source-repeated",
            Self::Citation { fault, .. } => fault.code(),
            Self::AddressBroken { .. } => "address-broken",
        }
    }

    /// False if it only says what opcit cannot tell: the paper may be right.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        match self {
            Self::Citation { fault, .. } => fault.is_certain(),
            _ => true,
        }
    }
}

impl CitationFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Ambiguous(_) => "citation-ambiguous",
            Self::Unresolved(_) => "citation-unresolved",
            Self::Doubtful(_) => "citation-doubtful",
            Self::Unread(_) => "citation-unread",
        }
    }

    fn is_certain(&self) -> bool {
        matches!(self, Self::Ambiguous(_) | Self::Unresolved(_))
    }
}

/// In a line: what is wrong, and what to do.
impl fmt::Display for FindingKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => {
                let advice = match problem {
                    ProblemKind::NoteUncited { .. } => ": cite it or remove it",
                    ProblemKind::NoteUndefined { .. } => ": write it, or remove its marker",
                    _ => "",
                };
                write!(out, "{problem}{advice}")
            }
            Self::NoteEarly {
                note,
                before,
                is_numbered_by_hand,
            } => {
                let advice = order_advice(*is_numbered_by_hand);
                write!(
                    out,
                    "note {note} is first cited before note {before}{advice}"
                )
            }
            Self::NoteLate {
                note,
                after,
                is_numbered_by_hand,
            } => {
                let advice = order_advice(*is_numbered_by_hand);
                write!(out, "note {note} is first cited after note {after}{advice}")
            }
            Self::NoteRepeated { note, earlier } => write!(
                out,
                "note {note} says what note {earlier} says: cite that note again, or give the source in short"
            ),
            Self::SourceRepeated { source, earlier } => write!(
                out,
                "source {source} is source {earlier} in other words: give it in full once, and in short after that"
            ),
            Self::AddressBroken { address } => write!(
                out,
                "the address {address} looks broken by a line's end: join its parts"
            ),
            Self::Citation { note, words, fault } => {
                write!(out, "note {note}: ")?;
                fault.write(words, out)
            }
        }
    }
}

fn order_advice(is_numbered_by_hand: bool) -> &'static str {
    if is_numbered_by_hand {
        ": number the notes in the order of the text"
    } else {
        ""
    }
}

impl CitationFault {
    /// In a line, of the citation with these words.
    fn write(&self, words: &str, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_NAMED: usize = 5;
        match self {
            Self::Ambiguous(candidates) => {
                let named: Vec<&str> = candidates
                    .iter()
                    .map(String::as_str)
                    .take(MAX_NAMED)
                    .collect();
                let more = if candidates.len() > MAX_NAMED {
                    ", …"
                } else {
                    ""
                };
                let named = named.join(", ");
                write!(
                    out,
                    "“{words}” could be {named}{more}: say which, by year, title or note"
                )
            }
            Self::Unresolved(looked_for) => write!(
                out,
                "“{words}” cannot be resolved (looked for {looked_for}): give the source in full"
            ),
            Self::Doubtful(candidate) => {
                write!(out, "opcit cannot tell whether “{words}” is {candidate}")
            }
            Self::Unread(looked_for) => write!(
                out,
                "opcit cannot tell what “{words}” stands for (looked for {looked_for})"
            ),
        }
    }
}
