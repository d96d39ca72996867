//! The form of a paper's file: one record a line, each a JSON object, the file replaced whole.
//!
//! Why this form, of those that were weighed:
//!
//! - A person can read it, and git can merge it: two machines that add bookmarks add lines, and a
//!   record is one line, so nothing is ever merged half. Lines stand in the order of kind and id,
//!   so that a version's lines come where the other's are.
//! - A line that is broken costs that line. In one JSON document, it would cost the file.
//! - The file is written beside the old one and put in its place, so there are only whole files. A
//!   journal that is only added to would save writing at the price of torn last lines, of being
//!   put in order now and then, and of two forms of the truth.
//! - Ids, times and tombstones make merging a matter of taking, for each id, the later line; so
//!   conflict copies of file syncers merge as well, and so do the two sides of a git conflict.

use serde::{Deserialize, Serialize};

use super::merge::Records;
use super::record::Record;

/// The version that this opcit writes. A file of a later one is read, never written.
pub(crate) const VERSION: u64 = 1;

const ABOUT: &str = "What a reader keeps about a paper, written by opcit. One record a line; of two \
                     lines with the same kind and id the one modified last counts.";

/// No first line is longer.
const MAX_HEADER_BYTES: usize = 4096;

/// What some editors put before text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a file holds.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    pub(crate) records: Records,
    /// 0 if it does not say.
    pub(crate) version: u64,
    /// How many lines could not be read, or not in full; one more if the first line is missing.
    pub(crate) broken: usize,
}

/// The first line.
#[derive(Serialize, Deserialize)]
struct FileHeader {
    kind: FileLine,
    version: u64,
    #[serde(default)]
    about: String,
}

#[derive(Serialize, Deserialize)]
enum FileLine {
    #[serde(rename = "shelf")]
    Shelf,
}

impl Contents {
    /// Whether a later opcit wrote it.
    pub(crate) fn is_newer(&self) -> bool {
        self.version > VERSION
    }
}

/// Reads what can be read.
pub(crate) fn read(bytes: &[u8]) -> Contents {
    let mut contents = Contents::default();
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n');
    for line in lines.map(<[u8]>::trim_ascii) {
        if !line.is_empty() && !is_conflict_marker(line) {
            read_line(line, &mut contents);
        }
    }
    contents.broken += usize::from(contents.version == 0);
    contents
}

/// Whether a text is a file of this form; what else it may be is not read whole to tell.
pub(crate) fn is_own(text: &str) -> bool {
    let lines = text.lines().filter(|line| line.len() <= MAX_HEADER_BYTES);
    let mut headers = lines.filter_map(|line| serde_json::from_str::<FileHeader>(line.trim()).ok());
    headers.any(|header| header.version > 0)
}

/// Writes records as a file.
pub(crate) fn write(records: &Records) -> String {
    let header = FileHeader {
        kind: FileLine::Shelf,
        version: VERSION,
        about: ABOUT.to_owned(),
    };
    let mut file = serde_json::to_string(&header).unwrap_or_default();
    file.push('\n');
    for (_, record) in records.iter() {
        file.push_str(record.line());
        file.push('\n');
    }
    file
}

fn read_line(line: &[u8], contents: &mut Contents) {
    let line = std::str::from_utf8(line).unwrap_or_default();
    if let Some((key, record)) = Record::parse(line) {
        contents.records.put(key, record);
    } else if let Some((key, record)) = Record::salvage(line) {
        contents.records.put(key, record);
        contents.broken += 1;
    } else if let Ok(header) = serde_json::from_str::<FileHeader>(line) {
        contents.version = contents.version.max(header.version);
    } else {
        contents.broken += 1;
    }
}

/// Whether git put the line between two versions of some lines. Both are records all the same.
fn is_conflict_marker(line: &[u8]) -> bool {
    let markers: [&[u8]; 4] = [b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"];
    markers.iter().any(|marker| line.starts_with(marker))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = r#"{"kind":"shelf","version":1}"#;
    const ONE: &str =
        r#"{"kind":"bookmark","id":"1","modified":"2026-01-01T00:00:00Z","label":"one"}"#;
    const TWO: &str =
        r#"{"kind":"bookmark","id":"2","modified":"2026-01-01T00:00:00Z","label":"two"}"#;

    #[track_caller]
    fn check(lines: &[&str], labels: &[&str], broken: usize) {
        let contents = read(lines.join("\n").as_bytes());
        let read: Vec<_> = contents
            .records
            .annotations()
            .map(|(_, body)| body.label.as_str())
            .collect();
        assert_eq!((read.as_slice(), contents.broken), (labels, broken));
    }

    #[test]
    fn a_broken_line_costs_that_line() {
        check(
            &[HEAD, ONE, r#"{"kind":"bookmark","id":"#, TWO],
            &["one", "two"],
            1,
        );
        check(&[HEAD, "nonsense", TWO], &["two"], 1);
    }

    #[test]
    fn a_field_that_cannot_be_read_costs_that_field() {
        let anchored = ONE.replace('}', r#","anchor":{"quote":"words","start":7}}"#);
        let damages = [
            (r#""start":7"#, r#""start":-5"#),
            (r#""start":7"#, r#""rivals":{"words":"many"}"#),
            (r#""label""#, r#""created":"2026-13-01T00:00:00Z","label""#),
            (r#""label""#, r#""deleted":"no","label""#),
            (r#""label""#, r#""note":7,"label""#),
            (r#""label""#, r#""note":"a\ud800b","label""#),
            (r#""label""#, r#""id":"1","label""#),
            (r#""label""#, r#""label":"old","label""#),
        ];
        for (sound, damaged) in damages {
            let line = anchored.replace(sound, damaged);
            assert_ne!(line, anchored);
            let contents = read(format!("{HEAD}\n{line}\n{TWO}").as_bytes());
            let bookmarks = contents.records.annotations();
            let said: Vec<_> = bookmarks
                .map(|(_, body)| {
                    (
                        body.id.as_str(),
                        body.label.as_str(),
                        body.anchor.quote.as_str(),
                    )
                })
                .collect();
            assert_eq!(said, [("1", "one", "words"), ("2", "two", "")], "{damaged}");
            // Written, the file is sound; what it held before is kept aside.
            let written = read(write(&contents.records).as_bytes());
            assert_eq!(written.broken, 0, "{damaged}");
            assert_eq!(written.records.annotations().count(), 2, "{damaged}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_damage() {
        check(&[&format!("\u{feff}{HEAD}"), ONE], &["one"], 0);
    }

    #[test]
    fn a_file_without_its_first_line_is_read_and_called_broken() {
        check(&[ONE, TWO], &["one", "two"], 1);
        check(&[], &[], 1);
    }

    #[test]
    fn both_sides_of_a_git_conflict_are_taken() {
        let lines = [HEAD, "<<<<<<< HEAD", ONE, "=======", TWO, ">>>>>>> other"];
        check(&lines, &["one", "two"], 0);
    }

    #[test]
    fn what_another_version_wrote_goes_back_to_the_letter() {
        let lines = [
            r#"{ "kind":"bookmark", "id":"1", "modified":"2026-01-01T00:00:00Z", "weight": 1.50, "label":"\u0041" }"#,
            r#"{"kind":"portal","id":"x","modified":"2026-01-01T00:00:00Z","colour":{"deep":[1e2]}}"#,
        ];
        let contents = read(format!("{HEAD}\n{}\n", lines.join("\n")).as_bytes());
        let written = write(&contents.records);
        assert_eq!(written.lines().skip(1).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn escapes_in_a_file_do_not_reach_a_label() {
        let line = ONE.replace("one", "o\\u001b[31mne\\u202e");
        let contents = read(format!("{HEAD}\n{line}").as_bytes());
        let label = contents
            .records
            .annotations()
            .next()
            .map(|(_, body)| body.label.clone());
        let label = label.expect("a bookmark");
        assert!(!label.contains(['\u{1b}', '\u{202e}']), "{label:?}");
    }

    #[test]
    fn a_file_of_a_later_version_says_so() {
        assert!(read(br#"{"kind":"shelf","version":99,"new":[]}"#).is_newer());
        assert!(!read(HEAD.as_bytes()).is_newer());
    }
}
