//! What a reader has read, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::write;
use crate::shelf::{Annotation, Listed};

/// Writes the papers in the order given, as an array of `{"id", "title", "authors", "paths", "carried",
/// "read", "last_read", "bookmarks", "highlights", "notes"}`.
///
/// # Errors
/// Those of `out`.
pub fn write_papers(papers: &[Listed], out: &mut dyn Write) -> io::Result<()> {
    let papers = papers.iter().map(paper_json);
    write(&papers.collect::<Vec<_>>(), out)
}

#[derive(Serialize)]
struct KnownPaperJson<'a> {
    /// A few letters and digits by which it can be told from papers of the same title.
    id: &'a str,
    title: &'a str,
    authors: &'a [String],
    /// Where it has stood; empty for what was piped in, and for the paper that opcit carries.
    paths: Vec<String>,
    /// Whether it is that one.
    carried: bool,
    /// How far into the body has been seen, at the furthest, from 0 to 1; null if no place was kept.
    read: Option<f64>,
    /// When the place was kept, as in RFC 3339; null if none was.
    last_read: Option<String>,
    /// How many there are; notes whatever they are written on.
    bookmarks: usize,
    highlights: usize,
    notes: usize,
}

fn paper_json(listed: &Listed) -> KnownPaperJson<'_> {
    let paths = listed.paper.paths.iter();
    let count = |is_such: fn(&Annotation) -> bool| {
        let all = listed.annotations.iter();
        all.filter(|annotation| is_such(annotation)).count()
    };
    KnownPaperJson {
        id: listed.paper.id(),
        title: &listed.paper.title,
        authors: &listed.authors,
        paths: paths
            .map(|path| path.to_string_lossy().into_owned())
            .collect(),
        carried: listed.is_embedded,
        read: listed.read,
        last_read: listed.paper.last_read.map(|when| when.to_string()),
        bookmarks: listed.bookmarks().count(),
        highlights: count(|it| it.kind.is_highlight()),
        notes: count(Annotation::has_note),
    }
}
