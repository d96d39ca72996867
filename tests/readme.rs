//! What the README shows of the program is what the program does.
#![allow(clippy::panic, reason = "a test that panics has failed, and says so")]

#[path = "../examples/picture/pictures.rs"]
mod pictures;

use std::fs;
use std::path::{Path, PathBuf};

use opcit::reader;

const KEYS_START: &str =
    "<!-- keys: made from src/reader/keymap.rs by `cargo run --example keys` -->\n";
const KEYS_END: &str = "<!-- end of keys -->\n";

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
