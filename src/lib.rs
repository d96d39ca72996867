//! opcit reads footnoted papers in the terminal.
//!
//! The rooms, from the ground up; a room uses those above it in this list, never those below
//! (`tests/architecture.rs` holds them to it):
//!
//! - [`paper`]: what a paper is, and what makes one.
//! - [`formats`]: reading files into papers.
//! - [`layout`]: how a block falls on lines at a width.
//! - [`sources`]: what notes cite, and what a short citation stands for.
//! - [`search`]: a pattern to passages.
//! - [`shelf`]: what a reader keeps about a paper, on disk.
//! - [`export`]: a paper, its notes or its bookmarks as text, Markdown and JSON.
//! - [`terminal`]: a terminal's bytes, whatever is read on it.
//! - [`reader`]: the terminal program.
//! - [`cli`]: arguments and exit codes.

pub mod cli;
pub mod export;
pub mod formats;
pub mod layout;
pub mod paper;
pub mod reader;
pub mod search;
pub mod shelf;
pub mod sources;
pub mod terminal;
