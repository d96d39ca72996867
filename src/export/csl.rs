//! The sources of a paper as CSL-JSON, for Pandoc, Zotero and their like. What is not certain is
//! left out; of a source that was read from the paper's words the whole citation
//! stands in `note`.

use std::io::{self, Write};

use serde::Serialize;

use super::reference::{KeyedWork, works_of};
use crate::formats::bibliography::dates::is_publication_state;
use crate::sources::{Date, Details, Name, SourceKind, Sources};

/// Writes the sources as an array of CSL-JSON items, in reading order.
///
/// # Errors
/// Those of `out`.
pub fn write_sources(sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    write_works(&works_of(sources), out)
}

/// Writes the works as an array.
pub(super) fn write_works(works: &[KeyedWork<'_>], out: &mut dyn Write) -> io::Result<()> {
    let items = works.iter().map(CslItem::from_work);
    super::json::write(&items.collect::<Vec<_>>(), out)
}

/// A CSL-JSON item.
#[derive(Serialize)]
pub(super) struct CslItem<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    editor: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translator: Vec<Person<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(rename = "title-short", skip_serializing_if = "str::is_empty")]
    short_title: &'a str,
    #[serde(rename = "container-title", skip_serializing_if = "str::is_empty")]
    container: &'a str,
    #[serde(rename = "collection-title", skip_serializing_if = "str::is_empty")]
    series: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    genre: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    volume: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    issue: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    page: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    edition: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    publisher: &'a str,
    #[serde(rename = "publisher-place", skip_serializing_if = "str::is_empty")]
    place: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    authority: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    number: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessed: Option<Day>,
    #[serde(rename = "URL", skip_serializing_if = "str::is_empty")]
    url: &'a str,
    #[serde(rename = "DOI", skip_serializing_if = "str::is_empty")]
    doi: &'a str,
    #[serde(rename = "ISBN", skip_serializing_if = "str::is_empty")]
    isbn: &'a str,
    #[serde(rename = "ISSN", skip_serializing_if = "str::is_empty")]
    issn: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    archive: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    archive_location: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    status: &'a str,
    #[serde(rename = "abstract", skip_serializing_if = "str::is_empty")]
    abstract_text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(rename = "annote", skip_serializing_if = "str::is_empty")]
    annotation: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Person<'a> {
    Parted {
        family: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        given: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        suffix: &'a str,
    },
    Whole {
        literal: &'a str,
    },
}

/// When it appeared; in words where no date is known.
#[derive(Serialize)]
#[serde(untagged)]
enum Issued<'a> {
    On(Day),
    Said { literal: &'a str },
}

#[derive(Serialize)]
struct Day {
    #[serde(rename = "date-parts")]
    parts: [Vec<u16>; 1],
}

impl<'a> CslItem<'a> {
    pub(super) fn from_work(work: &'a KeyedWork<'_>) -> CslItem<'a> {
        let details = work.details;
        let is_case = details.kind == SourceKind::Judgment;
        let (issued, status) = issued(details);
        CslItem {
            id: &work.key,
            kind: kind(details.kind),
            author: details.authors.iter().map(person).collect(),
            editor: details.editors.iter().map(person).collect(),
            translator: details.translators.iter().map(person).collect(),
            title: &details.title,
            short_title: &details.short_title,
            series: &details.series,
            genre: &details.genre,
            container: if is_case {
                &details.reporter
            } else {
                &details.container
            },
            volume: &details.volume,
            issue: &details.issue,
            page: details.pages.replace('–', "-"),
            edition: &details.edition,
            publisher: &details.publisher,
            place: &details.place,
            authority: &details.court,
            number: &details.number,
            issued,
            accessed: details.accessed.map(day),
            url: &details.url,
            doi: &details.doi,
            isbn: &details.isbn,
            issn: &details.issn,
            archive: if details.arxiv.is_empty() {
                ""
            } else {
                "arXiv"
            },
            archive_location: &details.arxiv,
            language: &details.language,
            status,
            abstract_text: &details.abstract_text,
            note: work.note(),
            annotation: &details.annotation,
        }
    }
}

fn person(name: &Name) -> Person<'_> {
    match name {
        Name::Person {
            family,
            given,
            suffix,
        } => Person::Parted {
            family,
            given,
            suffix,
        },
        Name::Whole(literal) => Person::Whole { literal },
    }
}

/// When it appeared, and how far it has come.
fn issued(details: &Details) -> (Option<Issued<'_>>, &str) {
    let said = details.date_said.as_str();
    match details.date {
        Some(date) => (Some(Issued::On(day(date))), ""),
        None if said.is_empty() || is_publication_state(said) => (None, said),
        None => (Some(Issued::Said { literal: said }), ""),
    }
}

fn day(date: Date) -> Day {
    let parts = [
        Some(date.year),
        date.month.map(u16::from),
        date.day.map(u16::from),
    ];
    Day {
        parts: [parts.into_iter().map_while(|part| part).collect()],
    }
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Article => "article-journal",
        SourceKind::Newspaper => "article-newspaper",
        SourceKind::Book => "book",
        SourceKind::Chapter => "chapter",
        SourceKind::ConferencePaper => "paper-conference",
        SourceKind::Report => "report",
        SourceKind::Thesis => "thesis",
        SourceKind::WebPage => "webpage",
        SourceKind::Judgment => "legal_case",
        SourceKind::Law => "legislation",
        SourceKind::Treaty => "treaty",
        SourceKind::Interview => "interview",
        SourceKind::Dataset => "dataset",
        SourceKind::Software => "software",
        _ => "document",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;

    #[test]
    fn an_item_has_what_is_certain_and_the_whole_citation() {
        let note =
            "Susan Pedersen, “Back to the League,” *American Review* 112, no. 4 (2007): 91–117.";
        let paper = parse(&format!("Word[^1].\n\n[^1]: {note}\n")).paper;
        let mut out = Vec::new();
        write_sources(&Sources::read(&paper), &mut out).unwrap();
        let items: serde_json::Value = serde_json::from_slice(&out).unwrap();
        let wanted = serde_json::json!([{
            "id": "pedersen2007back",
            "type": "article-journal",
            "author": [{"family": "Pedersen", "given": "Susan"}],
            "title": "Back to the League",
            "container-title": "American Review",
            "volume": "112",
            "issue": "4",
            "page": "91-117",
            "issued": {"date-parts": [[2007]]},
            "note": note.replace('*', ""),
        }]);
        assert_eq!(items, wanted);
    }
}
