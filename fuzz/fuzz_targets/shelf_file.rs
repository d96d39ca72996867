//! Any bytes as the file of bookmarks: nothing in it is lost by a change.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::markdown::parse;
use opcit_fuzz::paper::Paper;
use opcit_fuzz::shelf::laws::hold;

static PAPER: LazyLock<Paper> = LazyLock::new(|| parse("# One\n\nTwo three.\n\nFour.").paper);

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder of its own");
    hold(bytes, &PAPER, folder.path());
});
