//! The sources of a paper keep their promises: of the paper that the text is, and of one in which
//! each line of the text is a note.
#![no_main]

use libfuzzer_sys::fuzz_target;
use opcit_fuzz::formats::markdown::parse;
use opcit_fuzz::{read, sources::laws::hold};

fuzz_target!(|bytes: &[u8]| {
    if let Some((parsed, source)) = read(bytes) {
        hold(&parsed, &source);
        let notes = with_lines_as_notes(&source);
        hold(&parse(&notes), &notes);
    }
});

/// The first line is the text, which cites the others.
fn with_lines_as_notes(source: &str) -> String {
    let mut lines = source.lines();
    let mut text = lines.next().unwrap_or_default().to_owned();
    let mut notes = String::new();
    for (index, note) in lines.enumerate() {
        text.push_str(&format!("[^{index}]"));
        notes.push_str(&format!("\n\n[^{index}]: {note}"));
    }
    text + &notes
}
