//! A paper, its outline, its notes, what was found in it and what was kept of it, as text, Markdown
//! and JSON; highlights also as CSV, Org and HTML, sources as BibTeX, BibLaTeX, CSL-JSON and RIS.
//!
//! Every writer is a function of the paper that writes to what it is given, and hands on the
//! errors of that alone.

pub mod bibtex;
mod bookmarks;
mod citation;
mod counts;
mod credit;
pub mod csl;
pub mod csv;
mod excerpt;
pub mod html;
pub mod json;
mod keys;
#[cfg(test)]
mod laws;
pub mod markdown;
pub mod org;
mod quoted;
pub mod reference;
pub mod ris;
#[cfg(test)]
mod tests;
pub mod text;
mod uses;

pub use bookmarks::Quotations;
pub use counts::counted;
pub(crate) use credit::credit;
pub use excerpt::{Excerpt, SectionError};
pub(crate) use quoted::quoted;
pub use reference::ReferenceFormat;
pub(crate) use reference::references;
