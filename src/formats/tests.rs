//! Files of any format, packed or not.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Foreign, Format, ReadOptions, Refusal, read};

const PAPER: &str = "# One\n\nTwo.[^1]\n\n[^1]: Three.\n";

fn title(bytes: &[u8]) -> Result<String, Refusal> {
    read(bytes, &ReadOptions::default()).map(|parsed| parsed.paper.title)
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn archived(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let options = SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_paper_is_read_packed_or_not() {
    let paper = PAPER.as_bytes();
    assert_eq!(title(paper).unwrap(), "One");
    assert_eq!(title(&gzipped(paper)).unwrap(), "One");
    let companions = [
        ("a/paper.md", paper),
        ("a/picture.png", b""),
        ("__MACOSX/a/paper.md", b""),
        ("a/.paper.md", b""),
    ];
    assert_eq!(title(&archived(&companions)).unwrap(), "One");
    assert_eq!(title(&gzipped(&archived(&companions))).unwrap(), "One");
}

#[test]
fn an_archive_of_several_papers_or_none_is_refused_with_their_names() {
    let several = archived(&[("a.md", b""), ("b.TXT", b"")]);
    let names = vec!["a.md".to_owned(), "b.TXT".to_owned()];
    assert_eq!(title(&several), Err(Refusal::Papers(names)));
    let none = archived(&[("a.png", b"")]);
    assert_eq!(title(&none), Err(Refusal::Papers(Vec::new())));
}

#[test]
fn what_unpacks_to_far_more_is_refused() {
    let zeros = gzipped(&vec![b' '; 64 << 20]);
    assert_eq!(title(&zeros), Err(Refusal::Unpackable));
    let twice = gzipped(&gzipped(PAPER.as_bytes()));
    assert_eq!(title(&twice), Err(Refusal::Unpackable));
    let nested = archived(&[("a.md", &archived(&[("b.md", b"")]))]);
    assert_eq!(title(&nested), Err(Refusal::Unpackable));
    assert_eq!(title(b"\x1f\x8bno gzip"), Err(Refusal::Unpackable));
}

#[test]
fn a_packed_paper_that_is_cut_off_is_read_as_far_as_it_goes() {
    let words: String = (0..20_000).map(|word| format!("word{word} ")).collect();
    let mut packed = gzipped(format!("# One\n\n{words}").as_bytes());
    packed.truncate(packed.len() / 2);
    let parsed = read(&packed, &ReadOptions::default()).unwrap();
    assert_eq!(parsed.paper.title, "One");
    assert_eq!(parsed.problems[0].kind.code(), "packed-damaged");
}

#[test]
fn what_is_no_paper_is_refused_by_what_it_is() {
    assert_eq!(title(b"\x89PNG\r\n"), Err(Refusal::Foreign(Foreign::Image)));
    assert_eq!(title(&[0; 100]), Err(Refusal::Binary));
    assert_eq!(title(b"\xff\xfe\0\0"), Err(Refusal::Utf32));
}

#[test]
fn the_format_that_is_named_counts() {
    let from = |format| ReadOptions {
        from: Some(format),
        ..ReadOptions::default()
    };
    let latex = b"\\documentclass{a}\n\n# One";
    let read = |bytes: &[u8], format| super::read(bytes, &from(format));
    assert_eq!(read(latex, Format::Markdown).unwrap().paper.title, "One");
    #[cfg(feature = "pdf")]
    let refusal = Refusal::Pdf(super::pdf::PdfRefusal::Broken);
    #[cfg(not(feature = "pdf"))]
    let refusal = Refusal::Unreadable(Format::Pdf);
    assert_eq!(read(b"text", Format::Pdf), Err(refusal));
    let packed = gzipped(PAPER.as_bytes());
    assert_eq!(read(&packed, Format::Markdown).unwrap().paper.title, "One");
}

#[test]
fn the_encoding_that_is_named_counts() {
    let options = ReadOptions {
        encoding: encoding_rs::Encoding::for_label(b"koi8-r"),
        ..ReadOptions::default()
    };
    let parsed = read(b"# \xcf\xc4\xc9\xce", &options).unwrap();
    assert_eq!(parsed.paper.title, "один");
    assert_eq!(parsed.problems, []);
}

#[test]
fn a_docx_with_a_password_is_said_to_need_one() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    assert_eq!(title(&bytes), Err(Refusal::Foreign(Foreign::OldOffice)));
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(title(&bytes), Err(Refusal::Encrypted));
}
