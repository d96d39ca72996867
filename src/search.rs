//! Searching: a pattern to passages of a paper, and a name to a place in it.

mod context;
mod find;
mod fold;
mod forgiving;
#[cfg(test)]
mod generated;
mod goto;
mod index;
#[cfg(test)]
mod laws;
mod nearest;
mod query;
mod sift;

pub use context::{MatchContext, context};
pub use find::{Match, MatchStep, Progress, Search, find};
pub(crate) use fold::plain;
pub(crate) use forgiving::nearly_has;
pub use goto::{
    NamedPlace, PlaceKind, numbers_there_are, paragraph_of_paper, percentage_of_paper, place_named,
    rank, rank_nearly,
};
pub use index::SearchIndex;
pub use nearest::nearest;
pub use query::{Mode, PatternError, Query};
pub use sift::{Sieve, SiftedText};
