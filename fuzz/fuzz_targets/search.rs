//! The first line is searched for in the rest, as plain text and as a regular expression; and
//! words of each block are found where they stand.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::search::laws::{hold, hold_words};
use opcit_fuzz::search::{Mode, Query};
use opcit_fuzz::{read, seed};

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(2, |byte| *byte == b'\n');
    let pattern = String::from_utf8_lossy(parts.next().unwrap_or_default());
    let Some((parsed, _)) = read(parts.next().unwrap_or_default()) else {
        return;
    };
    for mode in [Mode::Plain, Mode::Regex] {
        if let Ok(query) = Query::parse(&pattern, mode) {
            hold(&parsed.paper, &query);
        }
    }
    hold_words(&parsed.paper, seed(bytes));
});
