//! All papers that something is kept about: opening one, and listing them.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::annotation::{Annotation, AnnotationKind};
use super::disk::{Disk, LocalDisk};
use super::failure::ShelfNotice;
use super::identity::{KnownPaper, PaperCandidate, Recognised, Traits, description, recognise};
use super::merge::Records;
use super::origin::Origin;
use super::reason::SystemReason;
use super::record::{Body, RecordKind};
use super::session::Shelf;
use super::store::{EXTENSION, ReadStore, Store};
use super::text::{AnchorText, hash};
use super::timestamp::{Clock, Timestamp, WallClock};
use crate::paper::{Paper, clean, here_or_on_all_processors};
use crate::search::plain;

/// The name of the file about the paper that opcit carries.
const EMBEDDED: &str = "embedded";

/// So many files are read sooner than threads are begun.
const FEW_PAPERS: usize = 64;

/// The folder with a file for each paper.
#[derive(Debug, Clone)]
pub struct Library {
    folder: Option<PathBuf>,
    disk: Arc<dyn Disk>,
    clock: Arc<dyn Clock>,
}

/// What came of opening a paper's shelf.
#[derive(Debug)]
pub enum Opened {
    /// It is clear which paper it is.
    Shelf(Box<Shelf>),
    /// The paper may be one of these, the one read last first, or a new one: ask, then open it
    /// with [`Library::open_as`] or [`Library::open_new`].
    Ambiguous(Vec<PaperCandidate>),
}

/// A paper that has been read.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// What it is called, where it has stood, and when it was read last.
    pub paper: PaperCandidate,
    /// The places that are its own: where it has stood, and no paper that was read later.
    pub places: Vec<Origin>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Whether it is the paper that opcit carries, which stands nowhere.
    pub is_embedded: bool,
    /// How far into the body the reader has seen, at the furthest, from 0 to 1; none if no place was kept.
    pub read: Option<f64>,
    /// By kind and age. Where they are is only known once the paper is opened.
    pub annotations: Vec<Annotation>,
}

impl Listed {
    /// Where it is now: the first of its places that has a file, or the program itself.
    #[must_use]
    pub fn origin(&self) -> Option<&Origin> {
        self.places.iter().find(|place| match place {
            Origin::File(path) => path.is_file(),
            Origin::Embedded | Origin::Elsewhere => true,
        })
    }

    /// The files among its places.
    pub fn own_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.places.iter().filter_map(Origin::file)
    }

    /// The bookmarks among what is kept.
    pub fn bookmarks(&self) -> impl Iterator<Item = &Annotation> {
        let all = self.annotations.iter();
        all.filter(|annotation| annotation.kind == AnnotationKind::Bookmark)
    }

    /// How many marks there are.
    #[must_use]
    pub fn marks(&self) -> usize {
        let all = self.annotations.iter();
        all.filter(|annotation| matches!(annotation.kind, AnnotationKind::Mark(_)))
            .count()
    }
}

impl Library {
    /// The library in a folder; in none, nothing can be saved, which failures will say.
    #[must_use]
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self::with(folder, Arc::new(LocalDisk::new()), Arc::new(WallClock))
    }

    pub(crate) fn with(
        folder: Option<PathBuf>,
        disk: Arc<dyn Disk>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Library {
            folder,
            disk,
            clock,
        }
    }

    /// The folder that it is in.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Opens what is kept about a paper. Makes no file.
    #[must_use]
    pub fn open(&self, paper: &Paper, origin: &Origin) -> Opened {
        self.open_read(paper, &Arc::new(AnchorText::new(paper)), origin)
    }

    /// The same, with the paper's text, which takes a pass over the paper to make.
    #[must_use]
    pub fn open_read(&self, paper: &Paper, text: &Arc<AnchorText>, origin: &Origin) -> Opened {
        let traits = Traits::new(paper, text, origin.path());
        if *origin == Origin::Embedded {
            return Opened::Shelf(Box::new(self.open_named(EMBEDDED, text, traits)));
        }
        let ShelfFiles {
            names,
            others,
            notices: mut unread,
        } = self.files();
        let mut known = Vec::new();
        let mut ready = None;
        for name in &names {
            let read = ReadStore::among(self.store(name), &others);
            let (records, notices) = (&read.records, &read.notices);
            let paper = KnownPaper::new(name, records);
            // It may be about this paper, and nobody can tell.
            if !paper.has_identity() {
                unread.extend(notices.iter().filter(|notice| notice.is_loss()).cloned());
            }
            if ready.is_none() && paper.has_text(&traits) {
                ready = Some(read);
            }
            known.push(paper);
        }
        let shelf = match recognise(&traits, &known, |path| Path::new(path).exists()) {
            Recognised::Surely(candidate) => {
                let name = &candidate.name;
                let ready = ready.filter(|ready| ready.store.name() == name);
                let own = origin.path().map(PathBuf::from);
                let is_known = own.is_none_or(|own| candidate.paths.contains(&own));
                let mut shelf =
                    self.open_on(ready.unwrap_or_else(|| self.read(name)), text, traits);
                if name == EMBEDDED && !is_known {
                    shelf.tell(vec![ShelfNotice::AsBuiltIn]);
                }
                shelf
            }
            Recognised::Perhaps(candidates) => return Opened::Ambiguous(candidates),
            Recognised::New => {
                let mut shelf = self.open_named(&new_name(&names, &traits), text, traits);
                shelf.tell(unread);
                shelf
            }
        };
        Opened::Shelf(Box::new(shelf))
    }

    /// Opens what is kept about a paper, it being the one that is meant by a candidate.
    #[must_use]
    pub fn open_as(&self, paper: &Paper, origin: &Origin, candidate: &PaperCandidate) -> Shelf {
        let text = Arc::new(AnchorText::new(paper));
        let traits = Traits::new(paper, &text, origin.path());
        self.open_named(&candidate.name, &text, traits)
    }

    /// Opens an empty shelf for a paper that is none of those known.
    #[must_use]
    pub fn open_new(&self, paper: &Paper, origin: &Origin) -> Shelf {
        let text = Arc::new(AnchorText::new(paper));
        let traits = Traits::new(paper, &text, origin.path());
        self.open_named(&new_name(&self.files().names, &traits), &text, traits)
    }

    /// All papers that something is kept about, the one read last first.
    #[must_use]
    pub fn papers(&self) -> (Vec<Listed>, Vec<ShelfNotice>) {
        let files = self.files();
        let mut papers = Vec::new();
        let mut notices = files.notices.clone();
        notices.extend(self.folder.is_none().then_some(ShelfNotice::NoFolder));
        let list = |name: &String, _: &mut Vec<u8>| self.list(name, &files);
        here_or_on_all_processors(FEW_PAPERS, &files.names, list, |_, (paper, told)| {
            papers.push(paper);
            notices.extend(told);
            true
        });
        papers.sort_by(|one, other| {
            let (one, other) = (&one.paper, &other.paper);
            order_key(one.last_read, &one.name).cmp(&order_key(other.last_read, &other.name))
        });
        for (paper, place) in places_of_others(papers.iter().map(|paper| &paper.places)) {
            if let Some(paper) = papers.get_mut(paper) {
                paper.places.remove(place);
            }
        }
        (papers, notices)
    }

    /// The paper that a file of this name is about.
    pub(crate) fn list(&self, name: &str, files: &ShelfFiles) -> (Listed, Vec<ShelfNotice>) {
        let read = ReadStore::among(self.store(name), &files.others);
        (listed(name, &read.records), read.notices)
    }

    /// The papers whose title, author or path has each of these words, without regard to case and
    /// accents, the one read last first.
    #[must_use]
    pub fn papers_named(&self, words: &str) -> Vec<Listed> {
        let words = plain(words);
        let has_all = |listed: &Listed| {
            let paths = listed.paper.paths.iter().map(|path| path.to_string_lossy());
            let paths: Vec<_> = paths.collect();
            let authors = listed.authors.join(" ");
            let all = plain(&format!(
                "{} {authors} {}",
                listed.paper.title,
                paths.join(" ")
            ));
            words.split_whitespace().all(|word| all.contains(word))
        };
        self.papers().0.into_iter().filter(has_all).collect()
    }

    /// Whether something is kept about a paper that is in this file, or was.
    #[must_use]
    pub fn has_paper_at(&self, origin: &Origin) -> bool {
        let path = origin.path().map(PathBuf::from);
        let is_there = |listed: &Listed| path.iter().any(|path| listed.paper.paths.contains(path));
        self.papers().0.iter().any(is_there)
    }

    /// Whether something is kept about any paper but the one that opcit carries.
    #[must_use]
    pub fn has_papers(&self) -> bool {
        self.files().names.iter().any(|name| name != EMBEDDED)
    }

    /// What is in the folder.
    pub(crate) fn files(&self) -> ShelfFiles {
        let mut files = ShelfFiles::default();
        let Some(folder) = &self.folder else {
            return files;
        };
        match self.disk.list(folder) {
            Ok(paths) => {
                for path in paths {
                    match name(&path) {
                        Some(name) => files.names.push(name),
                        None => files.others.push(path),
                    }
                }
                files.names.sort();
                files.others.sort();
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => files.notices.push(ShelfNotice::Unreadable {
                path: folder.clone(),
                reason: SystemReason(&error).to_string(),
            }),
        }
        files
    }

    pub(super) fn read(&self, name: &str) -> ReadStore {
        ReadStore::new(self.store(name))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where the file of a name is; none in no folder.
    pub(crate) fn path_of(&self, name: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("{name}.{EXTENSION}")))
    }

    pub(super) fn store(&self, name: &str) -> Store {
        Store::new(self.disk.clone(), self.folder.clone(), name.to_owned())
    }

    fn open_named(&self, name: &str, text: &Arc<AnchorText>, traits: Traits) -> Shelf {
        self.open_on(self.read(name), text, traits)
    }

    fn open_on(&self, read: ReadStore, text: &Arc<AnchorText>, traits: Traits) -> Shelf {
        let mut shelf = Shelf::new(Arc::clone(text), read, self.clock.clone());
        shelf.note_traits(traits);
        shelf
    }
}

/// What is in the folder, looked through once for all papers.
#[derive(Default)]
pub(crate) struct ShelfFiles {
    /// The names of the files about papers, sorted.
    pub(crate) names: Vec<String>,
    /// Other files, among them copies that syncers made of those; sorted.
    others: Vec<PathBuf>,
    /// Why the folder cannot be looked through; empty also if there is none yet.
    pub(crate) notices: Vec<ShelfNotice>,
}

impl ShelfFiles {
    /// Whether a syncer may have made copies of the file of this name.
    pub(crate) fn may_have_copies(&self, name: &str) -> bool {
        // They are in one folder, and so in the order of their names.
        let before = |path: &PathBuf| name_bytes(path) < name.as_bytes();
        let first = self.others.get(self.others.partition_point(before));
        first.is_some_and(|first| name_bytes(first).starts_with(name.as_bytes()))
    }
}

fn name_bytes(path: &Path) -> &[u8] {
    path.file_name().map_or(&[], |name| name.as_encoded_bytes())
}

/// By what papers are in the order of the library, the one read last first: when a paper was read, and
/// the name of the file about it.
pub(crate) fn order_key(
    last_read: Option<Timestamp>,
    name: &str,
) -> (Reverse<Option<Timestamp>>, &str) {
    (Reverse(last_read), name)
}

/// Which places are not their papers' own, in the order of the library: those where a paper before has
/// stood. They come by number, of the paper and of its place, the last first.
pub(crate) fn places_of_others<'a>(
    places: impl Iterator<Item = &'a Vec<Origin>>,
) -> Vec<(usize, usize)> {
    let mut taken = HashSet::with_capacity(places.size_hint().0);
    let mut others = Vec::new();
    for (paper, places) in places.enumerate() {
        for (number, place) in places.iter().enumerate() {
            if !taken.insert(place) {
                others.push((paper, number));
            }
        }
    }
    others.reverse();
    others
}

/// A name for the file about a paper: the hash of its text, unless another paper had that text.
fn new_name(names: &[String], traits: &Traits) -> String {
    let name = traits.hash.clone();
    if !names.contains(&name) {
        return name;
    }
    let path = traits.path.as_deref().unwrap_or_default();
    hash(&format!("{name} {path}"))
}

/// The name in a path, if it is that of a paper's file.
fn name(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    let is_hash = stem.len() == 16 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_ours = path.extension()? == EXTENSION && (is_hash || stem == EMBEDDED);
    is_ours.then(|| stem.to_owned())
}

fn listed(name: &str, records: &Records) -> Listed {
    let kinds = [RecordKind::Place, RecordKind::Opened].into_iter();
    let read = kinds.filter_map(|kind| match &records.of_kind(kind).next()?.1.body {
        Body::Place(place) => Some(place.read),
        Body::Opened(opened) => Some(opened.read),
        _ => None,
    });
    let authors = description(records).authors;
    let annotations = records.annotations();
    let paper = KnownPaper::new(name, records).candidate;
    let is_embedded = name == EMBEDDED;
    let files = paper.paths.iter().cloned().map(Origin::File);
    let carried = is_embedded.then_some(Origin::Embedded);
    Listed {
        places: carried.into_iter().chain(files).collect(),
        paper,
        authors: authors
            .iter()
            .map(|author| clean(author).into_owned())
            .collect(),
        is_embedded,
        read: read.max_by(f64::total_cmp),
        annotations: annotations
            .map(|(record, annotation)| Annotation {
                modified: record.modified,
                ..annotation.clone()
            })
            .collect(),
    }
}
