//! Knowing a paper again: by its text, then by its path, then by its title and first headings.
//!
//! Where a text matches nothing may contradict it. A path alone is believed if the title or the
//! headings are still the same, for another paper may have been put there; a title alone if no
//! file stands any more where the paper was, for it may be another draft. Where that leaves
//! doubt, the reader is asked.

use std::path::PathBuf;

use super::merge::Records;
use super::record::{Body, Description, RecordKind};
use super::text::AnchorText;
use super::timestamp::Timestamp;
use crate::paper::{Paper, clean};

/// How many headings a paper is known by.
const HEADINGS: usize = 8;

/// A paper that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperCandidate {
    /// The name of its file.
    pub(super) name: String,
    /// What it is called; may be empty.
    pub title: String,
    /// Where it has stood.
    pub paths: Vec<PathBuf>,
    /// When it was read last.
    pub last_read: Option<Timestamp>,
}

impl PaperCandidate {
    /// A few letters and digits by which it can be told from papers of the same title.
    #[must_use]
    pub fn id(&self) -> &str {
        self.name.get(..8).unwrap_or(&self.name)
    }
}

/// What is known of a paper at hand.
#[derive(Debug)]
pub(super) struct Traits {
    pub(super) hash: String,
    pub(super) path: Option<String>,
    pub(super) description: Description,
}

/// What is known of a paper that was read before.
#[derive(Debug)]
pub(super) struct KnownPaper {
    pub(super) candidate: PaperCandidate,
    texts: Vec<String>,
    paths: Vec<String>,
    description: Description,
}

/// What came of comparing.
#[derive(Debug, PartialEq)]
pub(super) enum Recognised {
    Surely(PaperCandidate),
    Perhaps(Vec<PaperCandidate>),
    New,
}

impl Traits {
    pub(super) fn new(paper: &Paper, text: &AnchorText, path: Option<String>) -> Self {
        Traits {
            hash: text.hash().to_owned(),
            path,
            description: Description {
                title: paper.title.clone(),
                authors: paper.metadata.authors.clone(),
                headings: text.headings().take(HEADINGS).map(str::to_owned).collect(),
                ..Description::default()
            },
        }
    }

    fn is_like(&self, known: &KnownPaper) -> bool {
        let (here, there) = (&self.description, &known.description);
        has_same_title(here, there) || shared_headings(here, there) > 0.5
    }

    fn is_much_like(&self, known: &KnownPaper) -> bool {
        let (here, there) = (&self.description, &known.description);
        let has_no_headings = here.headings.is_empty() && there.headings.is_empty();
        has_same_title(here, there) && (has_no_headings || shared_headings(here, there) >= 0.5)
    }
}

impl KnownPaper {
    pub(super) fn new(name: &str, records: &Records) -> Self {
        let ids = |kind| records.of_kind(kind).map(|(id, _)| id.to_owned()).collect();
        let mut texts: Vec<String> = ids(RecordKind::Text);
        // A file is called after the first text that it was about.
        texts.push(name.to_owned());
        let paths: Vec<String> = ids(RecordKind::Path);
        let description = description(records);
        let read = [RecordKind::Place, RecordKind::Opened].into_iter();
        let read = read.filter_map(|kind| records.of_kind(kind).next());
        let candidate = PaperCandidate {
            name: name.to_owned(),
            title: clean(&description.title).into_owned(),
            paths: paths.iter().map(PathBuf::from).collect(),
            last_read: read.map(|(_, record)| record.modified).max(),
        };
        KnownPaper {
            candidate,
            texts,
            paths,
            description,
        }
    }

    /// Whether its file says of which paper it is.
    pub(super) fn has_identity(&self) -> bool {
        self.texts.len() > 1 || !self.paths.is_empty() || self.description != Description::default()
    }

    /// Whether the paper has had the same text.
    pub(super) fn has_text(&self, traits: &Traits) -> bool {
        self.texts.contains(&traits.hash)
    }

    fn has_stood_at(&self, path: Option<&String>) -> bool {
        path.is_some_and(|path| self.paths.contains(path))
    }
}

/// Compares a paper with those that are known; `exists` says whether a file stands at a path.
pub(super) fn recognise(
    paper: &Traits,
    known: &[KnownPaper],
    exists: impl Fn(&str) -> bool,
) -> Recognised {
    let path = paper.path.as_ref();
    let by_text: Vec<_> = known
        .iter()
        .filter(|known| known.texts.contains(&paper.hash))
        .collect();
    if !by_text.is_empty() {
        let here = by_text.iter().filter(|known| known.has_stood_at(path));
        let here: Vec<_> = here.copied().collect();
        return decided(if here.is_empty() { by_text } else { here }, true);
    }
    let by_path = known.iter().filter(|known| known.has_stood_at(path));
    let by_path: Vec<_> = by_path.collect();
    if !by_path.is_empty() {
        let like = by_path.iter().filter(|known| paper.is_like(known));
        let like: Vec<_> = like.copied().collect();
        let is_like = !like.is_empty();
        return decided(if is_like { like } else { by_path }, is_like);
    }
    let by_title = known.iter().filter(|known| paper.is_much_like(known));
    let by_title: Vec<_> = by_title.collect();
    let is_gone = |known: &&KnownPaper| !known.paths.iter().any(|path| exists(path));
    let all_gone = by_title.iter().all(is_gone);
    decided(by_title, all_gone)
}

/// What is noted about a paper.
pub(super) fn description(records: &Records) -> Description {
    let noted = records.of_kind(RecordKind::Paper).next();
    match noted.map(|(_, record)| &record.body) {
        Some(Body::Paper(description)) => description.clone(),
        _ => Description::default(),
    }
}

fn decided(candidates: Vec<&KnownPaper>, is_sure: bool) -> Recognised {
    let mut candidates: Vec<_> = candidates
        .into_iter()
        .map(|known| known.candidate.clone())
        .collect();
    match (candidates.pop(), candidates.is_empty()) {
        (None, _) => Recognised::New,
        (Some(only), true) if is_sure => Recognised::Surely(only),
        (Some(last), _) => {
            candidates.push(last);
            candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.last_read));
            Recognised::Perhaps(candidates)
        }
    }
}

fn has_same_title(one: &Description, other: &Description) -> bool {
    let folded = |title: &str| super::text::folded(title).to_lowercase();
    !one.title.is_empty() && folded(&one.title) == folded(&other.title)
}

/// The share of headings that two papers have in common, of those that the longer list has.
#[expect(clippy::cast_precision_loss, reason = "lists of a few headings")]
fn shared_headings(one: &Description, other: &Description) -> f64 {
    let shared = one
        .headings
        .iter()
        .filter(|heading| other.headings.contains(heading));
    let longest = one.headings.len().max(other.headings.len()).max(1);
    shared.count() as f64 / longest as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, text: &str, path: &str, title: &str, headings: &[&str]) -> KnownPaper {
        KnownPaper {
            candidate: PaperCandidate {
                name: name.to_owned(),
                title: title.to_owned(),
                paths: vec![PathBuf::from(path)],
                last_read: None,
            },
            texts: vec![text.to_owned()],
            paths: vec![path.to_owned()],
            description: described(title, headings),
        }
    }

    fn described(title: &str, headings: &[&str]) -> Description {
        Description {
            title: title.to_owned(),
            headings: headings.iter().copied().map(str::to_owned).collect(),
            ..Description::default()
        }
    }

    /// Compares with two known papers; files stand where `existing` says.
    #[track_caller]
    fn check(
        text: &str,
        path: &str,
        title: &str,
        headings: &[&str],
        existing: &[&str],
        result: &str,
    ) {
        let all = [
            known(
                "war",
                "w1",
                "/war.md",
                "On War",
                &["Nature", "Theory", "Strategy"],
            ),
            known("peace", "p1", "/peace.md", "On Peace", &["First", "Second"]),
        ];
        let paper = Traits {
            hash: text.to_owned(),
            path: Some(path.to_owned()),
            description: described(title, headings),
        };
        let recognised = recognise(&paper, &all, |path| existing.contains(&path));
        let said = match recognised {
            Recognised::Surely(candidate) => candidate.name,
            Recognised::Perhaps(candidates) => {
                let names: Vec<_> = candidates
                    .into_iter()
                    .map(|candidate| candidate.name)
                    .collect();
                format!("perhaps {}", names.join(", "))
            }
            Recognised::New => "new".to_owned(),
        };
        assert_eq!(said, result);
    }

    #[test]
    fn the_same_text_is_the_same_paper_wherever_it_stands() {
        check("w1", "/elsewhere.md", "", &[], &["/war.md"], "war");
        check("w1", "/peace.md", "On Peace", &[], &[], "war");
    }

    #[test]
    fn an_edited_paper_is_known_by_its_path() {
        check("w2", "/war.md", "On War", &["New"], &[], "war");
        check(
            "w2",
            "/war.md",
            "On Warfare",
            &["Nature", "Theory", "Strategy"],
            &[],
            "war",
        );
    }

    #[test]
    fn another_paper_at_a_known_path_is_asked_about() {
        check("x", "/war.md", "Gardening", &["Soil"], &[], "perhaps war");
    }

    #[test]
    fn an_edited_and_moved_paper_is_known_by_title_and_headings() {
        check(
            "w2",
            "/new.md",
            "on  war",
            &["Nature", "Theory"],
            &[],
            "war",
        );
        check("w2", "/new.md", "On War", &["Soil"], &[], "new");
    }

    #[test]
    fn another_draft_beside_the_first_is_asked_about() {
        check(
            "w2",
            "/new.md",
            "On War",
            &["Nature", "Theory"],
            &["/war.md"],
            "perhaps war",
        );
    }

    #[test]
    fn a_paper_like_none_is_new() {
        check("x", "/x.md", "Gardening", &["Soil"], &[], "new");
        check("x", "/x.md", "", &[], &[], "new");
    }
}
