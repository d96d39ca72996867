//! The works that several papers cite, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::super::csl::CslItem;
use super::super::reference::work_of_each;
use super::write;
use crate::sources::SharedWorks;

/// Writes the works as an array of `{"text", "csl", "cited_by": [{"title", "origin", "sources"}]}`.
/// `papers` has title and IRI of each paper by its number.
///
/// # Errors
/// Those of `out`.
pub fn write_works(
    works: &SharedWorks,
    papers: &[(String, String)],
    out: &mut dyn Write,
) -> io::Result<()> {
    let sources = works.as_sources();
    let keyed = work_of_each(&sources);
    let json = works
        .all()
        .iter()
        .zip(&keyed)
        .map(|(work, keyed)| WorkJson {
            text: &work.source.text,
            csl: CslItem::from_work(keyed),
            cited_by: work
                .names_by_paper()
                .into_iter()
                .filter_map(|(paper, sources)| {
                    let (title, origin) = papers.get(paper)?;
                    Some(CitingPaperJson {
                        title,
                        origin,
                        sources,
                    })
                })
                .collect(),
        });
    write(&json.collect::<Vec<_>>(), out)
}

#[derive(Serialize)]
struct WorkJson<'a> {
    text: &'a str,
    csl: CslItem<'a>,
    cited_by: Vec<CitingPaperJson<'a>>,
}

#[derive(Serialize)]
struct CitingPaperJson<'a> {
    title: &'a str,
    origin: &'a str,
    /// What the source is called there.
    sources: Vec<&'a str>,
}
