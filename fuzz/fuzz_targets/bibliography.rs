//! Any bytes are a bibliography in whatever format they are said to be, which keeps its promises, or
//! are none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::bibliography_laws::hold;

fuzz_target!(|bytes: &[u8]| {
    let names = ["a.bib", "a.json", "a.yaml", "a"];
    if let Some((first, rest)) = bytes.split_first()
        && let Some(name) = names.get(usize::from(*first) % names.len())
    {
        hold(name, rest);
    }
});
