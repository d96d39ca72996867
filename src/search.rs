//! Searching: a pattern to passages of a paper, and a name to a place in it.

mod find;
mod fold;
mod index;
mod query;

pub use find::{Match, Progress, Search, Step, find};
pub use index::Index;
pub use query::{Error, Mode, Query};
