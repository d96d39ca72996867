//! A paper written as Markdown reads back as the same paper.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::{export::laws::hold, read};

fuzz_target!(|bytes: &[u8]| {
    if let Some((parsed, _)) = read(bytes) {
        hold(&parsed.paper);
    }
});
