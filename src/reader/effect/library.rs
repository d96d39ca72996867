//! Listing the papers that have been read, beside the loop.

use std::collections::HashMap;
use std::io;
use std::path::Path;

use crate::export::counted;
use crate::export::text::OTHER_SINCE;
use crate::paper::clean;
use crate::reader::action::{Action, LibraryListing, LibraryPaper, PaperRequest};
use crate::reader::session::Message;
use crate::shelf::{Library, Listed, Origin, with_short_home};
use crate::terminal::events::EventSource;

/// What is said of the paper that opcit carries.
const BUILT_IN: &str = "the built-in paper";

/// Has all papers listed that something is kept about.
pub(super) fn list(library: &Library, events: &impl EventSource<Message>) -> io::Result<()> {
    let library = library.clone();
    events.spawn("library", move || {
        let listing = LibraryListing::new(papers(&library.papers().0));
        Some(Message::Action(Action::TakeLibrary(listing)))
    })
}

/// Papers as they are listed.
pub(in crate::reader) fn papers_of(listed: &[Listed]) -> Vec<LibraryPaper> {
    let mut papers: Vec<LibraryPaper> = listed.iter().map(paper_of).collect();
    name_files(&mut papers);
    papers
}

/// The same, with the one that opcit carries among them.
pub(in crate::reader) fn papers(listed: &[Listed]) -> Vec<LibraryPaper> {
    let mut papers = papers_of(listed);
    if !listed.iter().any(|listed| listed.is_embedded) {
        papers.push(embedded());
    }
    papers
}

/// Tells papers of one title apart by the names of their files.
fn name_files(papers: &mut [LibraryPaper]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for paper in papers.iter() {
        *counts.entry(paper.title.clone()).or_default() += 1;
    }
    for paper in papers {
        let is_alone = counts.get(&paper.title).is_none_or(|count| *count == 1);
        let name = paper.request.path().and_then(Path::file_name);
        if let Some(name) = name.filter(|_| !is_alone) {
            let name = clean(&name.to_string_lossy()).into_owned();
            if name != paper.title {
                paper.title = format!("{} · {name}", paper.title);
            }
        }
    }
}

/// The paper that opcit carries, before anything is kept about it.
fn embedded() -> LibraryPaper {
    LibraryPaper {
        title: "The paper that opcit carries".to_owned(),
        percent: None,
        below: vec![BUILT_IN.to_owned()],
        request: PaperRequest::from(Origin::Embedded),
    }
}

/// Where to open a paper: where it is, or was if it is away; nowhere if another one stands there now.
pub(super) fn request_of(listed: &Listed) -> PaperRequest {
    let origin = listed.origin().or(listed.places.first());
    PaperRequest {
        also: listed.own_files().cloned().collect(),
        ..PaperRequest::from(origin.cloned().unwrap_or(Origin::Elsewhere))
    }
}

fn paper_of(listed: &Listed) -> LibraryPaper {
    let request = request_of(listed);
    LibraryPaper {
        title: title(listed),
        percent: listed.read.map(percent),
        below: below(listed, &request.origin),
        request,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 0 and 100"
)]
fn percent(read: f64) -> u8 {
    (read.clamp(0.0, 1.0) * 100.0).floor() as u8
}

fn title(listed: &Listed) -> String {
    let title = listed.paper.title.replace('\n', " ");
    match listed.paper.paths.first() {
        _ if !title.is_empty() => title,
        Some(path) => {
            let name = path.file_name().unwrap_or_default();
            clean(&name.to_string_lossy()).into_owned()
        }
        None => "a paper without a title".to_owned(),
    }
}

/// Who wrote it, when it was read, what is kept of it, and where it is.
fn below(listed: &Listed, origin: &Origin) -> Vec<String> {
    let authors = listed.authors.join(", ");
    let facts = [
        Some(authors).filter(|authors| !authors.is_empty()),
        listed
            .paper
            .last_read
            .map(|time| format!("read {}", time.day())),
    ];
    let mut facts: Vec<String> = facts.into_iter().flatten().collect();
    facts.extend(counted(listed.annotations.iter()));
    let place = match origin {
        Origin::Embedded => BUILT_IN.to_owned(),
        Origin::File(path) if path.is_file() => shown(path),
        Origin::File(path) => format!("{} (not there now)", shown(path)),
        Origin::Elsewhere => match listed.paper.paths.first() {
            Some(path) => format!("{}{OTHER_SINCE}", shown(path)),
            None => "was read from standard input".to_owned(),
        },
    };
    let lines = [facts.join(" · "), place];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn shown(path: &Path) -> String {
    clean(&with_short_home(path)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::markdown::parse;
    use crate::paper::Position;

    #[test]
    fn a_paper_is_not_opened_where_another_one_stands_now() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.md");
        std::fs::write(&path, "").unwrap();
        let path = path.canonicalize().unwrap();
        let library = Library::new(Some(folder.path().join("library")));
        for text in [
            "# On War\n\nBread was dear.\n",
            "# On Peace\n\nIt was not.\n",
        ] {
            let origin = Origin::File(path.clone());
            let mut shelf = library.open_new(&parse(text).paper, &origin);
            shelf.set_place(Position::default(), 0.5).unwrap();
            // The other one is read later by more than the shelf can tell.
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let listed = papers_of(&library.papers().0);
        let [peace, war] = listed.as_slice() else {
            panic!("{listed:?}");
        };
        assert_eq!(peace.request.origin, Origin::File(path));
        assert!(peace.below.iter().all(|line| !line.contains("another")));
        assert_eq!(war.request.origin, Origin::Elsewhere);
        assert!(war.request.also.is_empty());
        assert!(war.below.iter().any(|line| line.ends_with(OTHER_SINCE)));
    }

    #[test]
    fn papers_of_one_title_are_told_apart_by_their_files() {
        let paper = |title: &str, path: &str| LibraryPaper {
            title: title.to_owned(),
            percent: None,
            below: Vec::new(),
            request: PaperRequest::from(Origin::File(path.into())),
        };
        let mut papers = [
            paper("War", "/papers/draft.md"),
            paper("Peace", "/papers/peace.md"),
            paper("War", "/papers/final.md"),
        ];
        name_files(&mut papers);
        let titles = papers.map(|paper| paper.title);
        assert_eq!(titles, ["War · draft.md", "Peace", "War · final.md"]);
    }
}
