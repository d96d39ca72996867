//! Any text taken in as bookmarks: nothing is doubled, and one undo takes all back.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::markdown::parse;
use opcit_fuzz::paper::Paper;
use opcit_fuzz::shelf::laws::hold_import;

static PAPER: LazyLock<Paper> = LazyLock::new(|| parse("# One\n\nTwo three.\n\nFour.").paper);

fuzz_target!(|file: &str| {
    let folder = tempfile::tempdir().expect("a folder of its own");
    hold_import(file, &PAPER, folder.path());
});
