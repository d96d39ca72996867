//! A paper, its outline, its notes and what was found in it as text, Markdown and JSON.
//!
//! Every writer is a function of the paper that writes to what it is given, and hands on the
//! errors of that alone.

mod excerpt;
pub mod json;
pub mod markdown;
pub mod text;
mod uses;

pub use excerpt::{Excerpt, SectionError};
