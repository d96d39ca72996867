//! Archives of every kind, and what is left of broken ones.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{Archive, Fault, FaultKind, MAX_PART_BYTES};

fn packed(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const PARTS: [(&str, &[u8]); 3] = [
    ("mimetype", b"application/x"),
    ("word/document.xml", b"<a>one two three</a>"),
    ("empty", b""),
];

fn hold_parts(bytes: &[u8]) {
    let mut archive = Archive::open(bytes).expect("an archive");
    let names: Vec<String> = archive.names().map(str::to_owned).collect();
    assert_eq!(names, ["mimetype", "word/document.xml", "empty"]);
    for (name, bytes) in PARTS {
        assert_eq!(archive.read(name).as_deref(), Some(bytes), "{name}");
    }
    assert_eq!(archive.read("word"), None);
    assert_eq!(archive.faults(), []);
}

/// The archive without the directory at its end.
fn beheaded(mut bytes: Vec<u8>) -> Vec<u8> {
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes.truncate(directory);
    bytes
}

#[test]
fn parts_are_read_by_their_names() {
    hold_parts(&packed(&PARTS, CompressionMethod::Deflated));
    hold_parts(&packed(&PARTS, CompressionMethod::Stored));
}

#[test]
fn an_archive_that_lost_its_directory_still_has_its_parts() {
    hold_parts(&beheaded(packed(&PARTS, CompressionMethod::Deflated)));
    hold_parts(&beheaded(packed(&PARTS, CompressionMethod::Stored)));
}

#[test]
fn bytes_without_any_part_are_no_archive() {
    for bytes in [
        &b""[..],
        b"PK",
        b"PK\x03\x04",
        b"a text about PK\x03\x04 signs",
    ] {
        assert!(Archive::open(bytes).is_none());
    }
    assert!(Archive::open(&packed(&[], CompressionMethod::Stored)).is_none());
}

#[test]
fn a_damaged_part_is_read_up_to_the_damage() {
    let text: String = (0..20_000)
        .map(|number| format!("word {number} "))
        .collect();
    let mut bytes = packed(&[("a", text.as_bytes())], CompressionMethod::Deflated);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 40].fill(0xff);
    let mut archive = Archive::open(&bytes).expect("an archive");
    let read = archive.read("a").expect("its beginning");
    assert!(read.starts_with(b"word 0 word 1 "));
    assert_eq!(archive.faults()[0].kind, FaultKind::Damaged);
}

#[test]
fn an_archive_cut_off_in_a_part_gives_the_beginning_of_it() {
    let text: String = (0..20_000)
        .map(|number| format!("word {number} "))
        .collect();
    let bytes = packed(&[("a", text.as_bytes())], CompressionMethod::Deflated);
    let mut archive = Archive::open(&bytes[..bytes.len() / 2]).expect("an archive");
    let read = archive.read("a").expect("its beginning");
    assert!(read.len() > 1000 && text.as_bytes().starts_with(&read));
    assert_eq!(archive.faults().len(), 1);
}

#[test]
fn a_part_that_grows_beyond_measure_is_cut_off() {
    let zeros = vec![b' '; MAX_PART_BYTES + 1];
    let bytes = packed(&[("a", &zeros)], CompressionMethod::Deflated);
    let mut archive = Archive::open(&bytes).expect("an archive");
    let read = archive.read("a").expect("its beginning");
    assert!(read.len() < MAX_PART_BYTES);
    let fault = Fault {
        name: "a".to_owned(),
        kind: FaultKind::TooLarge,
    };
    assert_eq!(archive.faults(), [fault]);
    assert!(archive.faults()[0].to_string().contains("too large"));
}

#[test]
fn all_parts_together_are_unpacked_up_to_a_limit() {
    let zeros = vec![b' '; 4 << 20];
    let bytes = packed(&[("a", &zeros)], CompressionMethod::Deflated);
    let mut archive = Archive::open(&bytes).expect("an archive");
    let read = (0..200).map(|_| archive.read("a").map_or(0, |read| read.len()));
    assert_eq!(read.sum::<usize>(), super::MAX_ARCHIVE_BYTES);
}

#[test]
fn names_that_lead_out_of_the_archive_are_no_parts() {
    let inner = [("a/./b", "a/b"), ("c\\d", "c/d")];
    for name in ["../a", "/a", "a/../../b", "C:\\a", "a/"] {
        assert_eq!(super::inner_path(name), None, "{name}");
    }
    for (name, path) in inner {
        assert_eq!(super::inner_path(name).as_deref(), Some(path));
    }
}

#[test]
fn an_encrypted_part_is_not_read() {
    let mut bytes = packed(&[("a", b"secret")], CompressionMethod::Stored);
    bytes[6] |= 1;
    let directory = memchr::memmem::find(&bytes, b"PK\x01\x02").unwrap();
    bytes[directory + 8] |= 1;
    let mut archive = Archive::open(&bytes).expect("an archive");
    assert_eq!(archive.read("a"), None);
    assert_eq!(archive.faults()[0].kind, FaultKind::Encrypted);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_archive_with_any_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        is_deflated in any::<bool>(),
    ) {
        let method = if is_deflated { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let mut bytes = packed(&PARTS, method);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(mut archive) = Archive::open(&bytes) {
            let names: Vec<String> = archive.names().map(str::to_owned).collect();
            for name in names {
                archive.read(&name);
            }
        }
    }
}
