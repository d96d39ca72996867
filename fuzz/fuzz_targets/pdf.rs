//! Any bytes are no PDF, or a paper that keeps its promises.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::pdf;
use opcit_fuzz::paper::laws::hold;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(parsed) = pdf::read(bytes) {
        hold(&parsed, "");
    }
});
