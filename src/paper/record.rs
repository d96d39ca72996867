//! What is known of a work that is cited: the one record for what a note says of it and for what a
//! bibliography does. A field that is not certain is empty.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BlockId, Date};

/// What kind of work a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum SourceKind {
    /// In a journal.
    Article,
    /// In a newspaper or a magazine.
    Newspaper,
    /// A book.
    Book,
    /// In a book by several.
    Chapter,
    /// In the proceedings of a conference.
    ConferencePaper,
    /// A report of an organisation.
    Report,
    /// A thesis or a dissertation.
    Thesis,
    /// A page of the web.
    WebPage,
    /// A judgment of a court.
    Judgment,
    /// A law or a part of one.
    Law,
    /// A treaty between states.
    Treaty,
    /// An interview.
    Interview,
    /// Data that are published.
    Dataset,
    /// A program.
    Software,
    /// It cannot be told.
    #[default]
    Unknown,
}

/// The fields of a source. What it does not say, or not for certain, is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// What kind of work it is.
    pub kind: SourceKind,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// Who edited it.
    pub editors: Vec<Name>,
    /// Who translated it.
    pub translators: Vec<Name>,
    /// Without quotation marks, and without what follows it.
    pub title: String,
    /// The journal, the newspaper, or the book that it stands in.
    pub container: String,
    /// Of a journal or a series.
    pub volume: String,
    /// Of a journal.
    pub issue: String,
    /// The first and the last page, or the first alone where that is the style.
    pub pages: String,
    /// Which edition it is, as it is given.
    pub edition: String,
    /// Who published it.
    pub publisher: String,
    /// Where it was published.
    pub place: String,
    /// Which court gave judgment.
    pub court: String,
    /// The collection of judgments.
    pub reporter: String,
    /// Of a law, a case or a document.
    pub number: String,
    /// When it appeared.
    pub date: Option<Date>,
    /// When it was last accessed.
    pub accessed: Option<Date>,
    /// An address on the web.
    pub url: String,
    /// A Digital Object Identifier, without its resolver.
    pub doi: String,
    /// The number of a book.
    pub isbn: String,
    /// An identifier of arXiv.
    pub arxiv: String,
    /// A European Case Law Identifier.
    pub ecli: String,
    /// A number of EUR-Lex.
    pub celex: String,
    /// What is called instead of a date: "forthcoming".
    pub date_said: String,
    /// Letters behind the year that tell it from others, where one of the date does not do.
    pub year_letters: String,
    /// The title in short, for citations.
    pub short_title: String,
    /// The series that it is part of.
    pub series: String,
    /// The number of a journal or a series.
    pub issn: String,
    /// What kind of thesis, report or document it is, in words: "PhD thesis".
    pub genre: String,
    /// The language that it is in, as it is given.
    pub language: String,
    /// Whether it has more authors than are named.
    pub has_others: bool,
    /// The key that a bibliography cites it by.
    pub key: String,
    /// Some fields as a bibliography in TeX's form has them, by their names there: braces hold names
    /// together and letters as they are. Empty for what was read from anything else.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tex_fields: BTreeMap<String, String>,
    /// What it is about, as a bibliography has it.
    pub abstract_text: String,
    /// What a bibliography has of it beside its fields, for all who read it: "R package version
    /// 1.0.2".
    pub note: String,
    /// What somebody has noted about it in a bibliography.
    pub annotation: String,
    /// Files that a bibliography keeps it in, as they are given.
    pub files: Vec<String>,
}

impl SourceKind {
    /// Whether it is a part of a book, whose editors and number it has beside its own authors.
    #[must_use]
    pub fn is_in_book(self) -> bool {
        matches!(self, SourceKind::Chapter | SourceKind::ConferencePaper)
    }

    /// The kind in one word, as JSON has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Article => "article",
            SourceKind::Newspaper => "newspaper",
            SourceKind::Book => "book",
            SourceKind::Chapter => "chapter",
            SourceKind::ConferencePaper => "conference",
            SourceKind::Report => "report",
            SourceKind::Thesis => "thesis",
            SourceKind::WebPage => "webpage",
            SourceKind::Judgment => "judgment",
            SourceKind::Law => "law",
            SourceKind::Treaty => "treaty",
            SourceKind::Interview => "interview",
            SourceKind::Dataset => "dataset",
            SourceKind::Software => "software",
            SourceKind::Unknown => "",
        }
    }
}

/// A work in a list of references that was set from a bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedWork {
    /// Its entry in the list.
    pub block: BlockId,
    /// What the bibliography has of it.
    pub work: Arc<Details>,
}

/// Somebody who made a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Name {
    /// The given names are empty if only the surname is said. Particles are part of the surname.
    Person {
        /// The surname, with its particles.
        family: String,
        /// Given names or initials; may be empty.
        given: String,
        /// What stands behind both, as "Jr."; may be empty.
        suffix: String,
    },
    /// An organisation, or a name that cannot be parted for certain.
    Whole(String),
}

impl Name {
    /// What a list is sorted by, and keys are made of.
    #[must_use]
    pub fn family(&self) -> &str {
        match self {
            Name::Person { family, .. } => family,
            Name::Whole(name) => name,
        }
    }

    /// The whole name, as it is spoken.
    #[must_use]
    pub fn natural(&self) -> String {
        match self {
            Name::Person {
                family,
                given,
                suffix,
            } => joined(&[given, family, suffix], " "),
            Name::Whole(name) => name.clone(),
        }
    }

    /// The whole name, as a list is sorted by it.
    #[must_use]
    pub fn inverted(&self) -> String {
        match self {
            Name::Person {
                family,
                given,
                suffix,
            } => joined(&[family, given, suffix], ", "),
            Name::Whole(name) => name.clone(),
        }
    }
}

/// Those of the parts that are not empty.
fn joined(parts: &[&str], by: &str) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(by)
}

impl Details {
    /// Those whom it is cited by: its authors, else its editors. A chapter's editors are those of
    /// its book.
    #[must_use]
    pub fn makers(&self) -> &[Name] {
        if self.is_edited() {
            &self.editors
        } else {
            &self.authors
        }
    }

    /// Whether it is cited by its editors.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.authors.is_empty() && !self.editors.is_empty() && !self.kind.is_in_book()
    }
}

/// Letters by which works of one year are told apart: a, b, … z, aa, ab, …
#[must_use]
pub fn letters(index: usize) -> String {
    let letter = |index: usize| u8::try_from(index % 26).map_or('z', |at| char::from(b'a' + at));
    match (index / 26).checked_sub(1) {
        Some(rest) => format!("{}{}", letters(rest), letter(index)),
        None => letter(index).to_string(),
    }
}
