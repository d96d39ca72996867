//! Any bytes are a paper in whatever format they are said to be, which keeps its promises, or are
//! refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::{Format, ReadOptions, read};
use opcit_fuzz::paper::laws::hold;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let mut options = ReadOptions::default();
    options.from = Format::ALL
        .into_iter()
        .filter(|format| *format != Format::Pdf)
        .nth(usize::from(*first) % (Format::ALL.len() - 1));
    if let Ok(mut parsed) = read(rest, &options) {
        // Lines are those of a text in its own encoding, which is not known here.
        parsed.problems.clear();
        hold(&parsed, "");
    }
});
