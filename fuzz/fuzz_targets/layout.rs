//! Every block of a paper keeps the laws of layouts at every width.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::{layout::laws::hold, read, seed};

fuzz_target!(|bytes: &[u8]| {
    let Some((parsed, _)) = read(bytes) else {
        return;
    };
    let random = u16::try_from(seed(bytes) % 200).unwrap_or_default();
    for block in &parsed.paper.blocks {
        for columns in [1, 2, 20, 80, random] {
            hold(block, columns);
        }
    }
});
