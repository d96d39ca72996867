//! Any bytes are a paper that keeps its promises, or no text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::{paper::laws::hold, read};

fuzz_target!(|bytes: &[u8]| {
    if let Some((parsed, source)) = read(bytes) {
        hold(&parsed, &source);
    }
});
