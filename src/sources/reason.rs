//! Why a short citation stands for what it does, what was looked for, and why nothing was found.

use std::fmt;

use super::Date;

/// Why a short citation is certain to stand for its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// It says that it is the source right before.
    RightBefore,
    /// It names these notes.
    Notes(Vec<u32>),
    /// It names whom the source is by, and this besides.
    Name {
        /// Whose source it is.
        who: Who,
        /// What else agrees.
        agreed: MatchedOn,
        /// Whether it says `op. cit.` or the like.
        is_op_cit: bool,
    },
    /// It says the title, or what the source is called for short.
    Title,
    /// It says the number of a law or the volume of a report.
    Document,
    /// It leads to the source's entry in the list of references, as a citation by key does.
    Linked,
}

/// Whom a short citation names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// One author.
    Author,
    /// Several authors.
    Authors,
    /// An organisation, or a document by its own name.
    Name,
}

/// In what a short citation agrees with its source, besides the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchedOn {
    /// Not empty.
    Dates(Vec<Date>),
    /// The title.
    Title,
    /// There is only one source of that name before it.
    Only,
    /// It is the source right before.
    RightBefore,
}

/// What was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookedFor {
    /// The source right before.
    RightBefore,
    /// One source in these notes.
    Notes {
        /// The numbers of the notes.
        numbers: Vec<u32>,
        /// Where the citation says they are.
        place: StatedDirection,
    },
    /// A source before of this name, as it stands; the name is empty after a bare "op. cit.".
    Name {
        /// The name that it gives.
        name: String,
        /// The date that it gives.
        date: Option<Date>,
    },
    /// Another source of the author before.
    SameAuthor {
        /// The date that it gives.
        date: Option<Date>,
    },
}

/// Where a short citation says that a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatedDirection {
    /// Earlier in the paper.
    Above,
    /// Later in the paper.
    Below,
    /// It does not say.
    Unsaid,
}

/// Why a short citation stands for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unfound {
    /// No source of that name, or none in that note, was read; there may be one all the same.
    Unread,
    /// Sources of that name were read, and none agrees in the rest.
    Differs,
    /// There is no such note, or nothing stands before it.
    Nowhere,
    /// It stands for what another citation does that stands for nothing.
    Follows,
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::RightBefore => out.write_str("ibid.: the source right before"),
            Why::Notes(numbers) => write!(out, "note {}", joined(numbers, " and ")),
            Why::Title => out.write_str("same title"),
            Why::Document => out.write_str("same document"),
            Why::Linked => out.write_str("the citation leads to it"),
            Why::Name {
                who,
                agreed,
                is_op_cit,
            } => {
                let lead = if *is_op_cit { "op. cit.: " } else { "" };
                write!(out, "{lead}{who}, {agreed}")
            }
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Who::Author => "same author",
            Who::Authors => "same authors",
            Who::Name => "same name",
        })
    }
}

impl fmt::Display for MatchedOn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MatchedOn::Title => out.write_str("same title"),
            MatchedOn::Only => out.write_str("only one source so far"),
            MatchedOn::RightBefore => out.write_str("the source right before"),
            MatchedOn::Dates(dates) => {
                let are_years = dates.iter().all(|date| date.month.is_none());
                out.write_str(match (are_years, dates.len()) {
                    (false, _) => "",
                    (true, 1) => "year ",
                    (true, _) => "years ",
                })?;
                out.write_str(&joined(dates, ", "))
            }
        }
    }
}

impl fmt::Display for LookedFor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LookedFor::RightBefore => out.write_str("the one source right before"),
            LookedFor::Notes { numbers, place } => {
                write!(out, "one source in note {}", joined(numbers, " and "))?;
                out.write_str(match place {
                    StatedDirection::Above => " above",
                    StatedDirection::Below => " below",
                    StatedDirection::Unsaid => "",
                })
            }
            LookedFor::Name { name, date: None } if name.is_empty() => {
                out.write_str("op. cit. without an author")
            }
            LookedFor::Name { name, date: None } => write!(out, "one source before: {name}"),
            LookedFor::Name {
                name,
                date: Some(date),
            } => write!(out, "one source before: {name}, {date}"),
            LookedFor::SameAuthor { date: None } => {
                out.write_str("one source before by the same author")
            }
            LookedFor::SameAuthor { date: Some(date) } => {
                write!(out, "a source before, of {date}, by the same author")
            }
        }
    }
}

fn joined<T: fmt::Display>(items: &[T], gap: &str) -> String {
    let items: Vec<String> = items.iter().map(T::to_string).collect();
    items.join(gap)
}
