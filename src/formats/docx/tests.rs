mod look;
mod notes;
mod text;
mod trouble;

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read;
use crate::formats::ReadOptions;
use crate::formats::outline::check_parsed;
use crate::paper::Parsed;
use crate::paper::laws::hold;

/// A file in the making: parts by their names.
#[derive(Debug, Default, Clone)]
pub(super) struct Docx {
    parts: Vec<(String, Vec<u8>)>,
}

impl Docx {
    /// A file with this body.
    pub(super) fn new(body: &str) -> Self {
        Docx::default().part(
            "word/document.xml",
            &format!("<w:document{NAMES}><w:body>{body}</w:body></w:document>"),
        )
    }

    /// With a part of this name, in place of one of the same name.
    pub(super) fn part(mut self, name: &str, content: &str) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts
            .push((name.to_owned(), content.as_bytes().to_vec()));
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub(super) fn with_styles(self, styles: &str) -> Self {
        self.part(
            "word/styles.xml",
            &format!("<w:styles{NAMES}>{styles}</w:styles>"),
        )
    }

    pub(super) fn with_footnotes(self, notes: &str) -> Self {
        let separator = r#"<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"#;
        self.part(
            "word/footnotes.xml",
            &format!("<w:footnotes{NAMES}>{separator}{notes}</w:footnotes>"),
        )
    }

    pub(super) fn parsed(&self) -> Parsed {
        let parsed = read(&self.bytes(), &ReadOptions::default()).expect("a file with a text");
        hold(&parsed, "");
        parsed
    }

    /// Compares the author's blocks, one on a line.
    #[track_caller]
    pub(super) fn check(&self, expected: &str) {
        check_parsed(&self.parsed(), expected);
    }

    /// Compares the problems, one on a line.
    #[track_caller]
    pub(super) fn check_problems(&self, expected: &[&str]) {
        let parsed = self.parsed();
        let problems: Vec<String> = parsed
            .problems
            .iter()
            .map(|problem| format!("{}: {}", problem.location, problem.message()))
            .collect();
        assert_eq!(problems, expected);
    }
}

const NAMES: &str = r#" xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006""#;

/// A paragraph with these properties and this text.
pub(super) fn p(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", r("", text))
}

/// A run with these properties and this text.
pub(super) fn r(properties: &str, text: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph of a style.
pub(super) fn styled(style: &str, text: &str) -> String {
    p(&format!(r#"<w:pStyle w:val="{style}"/>"#), text)
}

/// A paragraph that holds these runs.
pub(super) fn runs(runs: &[String]) -> String {
    format!("<w:p>{}</w:p>", runs.concat())
}
