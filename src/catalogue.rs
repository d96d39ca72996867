//! The text of all papers of a library, in a form that is searched fast, and what they cite.
//!
//! It is made of the papers' files, one with the text and one with the sources of each, in a folder
//! of its own: when a paper is first asked for, and again when its file has changed. Nothing that a
//! reader keeps lives there; what is deleted or broken is made anew, and what was made stays made
//! when the work is stopped.

mod cached;
mod cited;
mod index;
mod kept;
mod present;
mod scan;
mod seal;
mod state;
mod table;
mod wanted;
mod works;

use std::collections::HashSet;
use std::fmt;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tempfile::Builder;

use crate::paper::Paper;
use crate::shelf::{Listed, Origin, ShelfNotice};
use crate::sources::{Sources, text_key};

pub use cited::CitedSources;
use cited::SomeSources;
pub use kept::{KeptMatch, find_kept};
pub use scan::{FoundPaper, PaperSearch, SourcesTakenIn};
use seal::MadeOf;
pub use state::FileBeside;
use state::FileState;
pub use wanted::{WantedWork, WorksQuery};
pub use works::{FoundWorks, OtherCiting};

/// What the names of cached texts end with.
const TEXT: &str = "text";

/// What the names of cached sources end with.
const SOURCES: &str = "sources";

/// What the names of files that are being written begin with.
const TEMPORARY: &str = ".opcit-";

/// How old such a file is that nobody goes on writing.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Reads what comes from a place; none if it cannot be read.
type ReadPlace = dyn Fn(&Origin) -> Option<CataloguePaper> + Send + Sync;

/// The texts and sources of a library.
#[derive(Clone)]
pub struct Catalogue {
    /// None where nothing can be kept; then each paper is read for each search.
    folder: Option<PathBuf>,
    /// By what programs and in what ways papers are read: texts of another are not used.
    how: u64,
    read: Arc<ReadPlace>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// A paper that was read for the catalogue.
#[derive(Debug)]
pub struct CataloguePaper {
    /// The paper.
    pub paper: Paper,
    /// The files beside it that were asked for, each as it was before.
    pub beside: Vec<FileBeside>,
}

/// Whose text was loaded.
#[derive(Debug)]
struct LoadedText {
    origin: Origin,
    /// Whether its file is not there now.
    is_away: bool,
}

impl Catalogue {
    /// A catalogue in a folder, which is made when it is needed. `how` says in what way papers are
    /// read with `read`, as far as their text depends on it.
    pub fn new(
        folder: Option<PathBuf>,
        how: &str,
        read: impl Fn(&Origin) -> Option<CataloguePaper> + Send + Sync + 'static,
    ) -> Self {
        let how = format!("{} {how}", env!("CARGO_PKG_VERSION"));
        Catalogue {
            folder,
            how: text_key(&how),
            read: Arc::new(read),
        }
    }

    /// Removes the texts of papers that are not among those of the library, as it lists them, and
    /// what a catalogue that was stopped has left. What cannot be removed stays; so does all if the
    /// library says anything of its files, for then a paper may be missing in the list.
    pub fn forget_others(&self, papers: &[Listed], notices: &[ShelfNotice]) {
        let places = papers.iter().flat_map(|listed| &listed.places);
        if notices.is_empty() && self.forget_all_but(places) {
            self.forget_table();
        }
    }

    /// The same of papers that stand at none of these places. Says whether there were any. What the
    /// table has of them stays.
    fn forget_all_but<'a>(&self, places: impl Iterator<Item = &'a Origin>) -> bool {
        let Some(folder) = &self.folder else {
            return false;
        };
        let known: HashSet<_> = places.flat_map(files_of).collect();
        let mut has_removed_paper = false;
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_made = [TEXT, SOURCES].iter().any(|end| name.ends_with(end));
            let is_of_another = is_made && !known.contains(&name);
            if is_of_another || name.starts_with(TEMPORARY) && is_abandoned(&entry) {
                has_removed_paper |= is_of_another;
                let _ = fs::remove_file(entry.path());
            }
        }
        has_removed_paper
    }

    /// Removes what is made of one paper, as the library lists it. What cannot be removed stays.
    pub fn forget(&self, paper: &Listed) {
        let names = paper.places.iter().flat_map(files_of);
        for name in names {
            if let Some(folder) = &self.folder {
                let _ = fs::remove_file(folder.join(name));
            }
        }
        self.forget_table();
    }

    /// Removes the table of works, which may name a paper that is not to be known any more.
    fn forget_table(&self) {
        if let Some(folder) = &self.folder {
            let _ = fs::remove_file(folder.join(table::TABLE));
        }
    }

    /// Puts the text of a paper into `bytes`, from the catalogue or from its file, and says where
    /// the paper is. Of a paper that is away it is the text that it had.
    fn load(&self, listed: &Listed, bytes: &mut Vec<u8>) -> Option<LoadedText> {
        let Some(origin) = listed.origin().cloned() else {
            let mut places = listed.places.iter();
            let origin = places.find(|origin| self.load_cached(origin, None, bytes))?;
            return Some(LoadedText {
                origin: origin.clone(),
                is_away: true,
            });
        };
        let state = FileState::read(&origin)?;
        if !self.load_cached(&origin, Some(state), bytes) {
            let (paper, made_of) = self.read_in(&origin, state)?;
            *bytes = cached::encode(&paper, &made_of);
            // What cannot be kept is made again next time.
            let _ = self.store(&file_name(&origin, TEXT), bytes);
        }
        Some(LoadedText {
            origin,
            is_away: false,
        })
    }

    /// What the paper at a place cites, from the catalogue or from its file.
    fn load_cited(&self, origin: &Origin, bytes: &mut Vec<u8>) -> Option<CitedSources> {
        let state = FileState::read(origin)?;
        let (_, cited) = self.load_sources(origin, state, true, bytes)?;
        Some(cited)
    }

    /// What a paper cites whose file is in this state; its file is read, if it may be, when that is
    /// not in the catalogue.
    fn load_sources(
        &self,
        origin: &Origin,
        state: FileState,
        may_read: bool,
        bytes: &mut Vec<u8>,
    ) -> Option<(MadeOf, CitedSources)> {
        let known = self.load_cached_sources(origin, state, bytes);
        known.or_else(|| may_read.then(|| self.take_in(origin, state)).flatten())
    }

    /// Puts what the paper at a place cites into the catalogue, whose file is in this state.
    fn take_in(&self, origin: &Origin, state: FileState) -> Option<(MadeOf, CitedSources)> {
        let (paper, made_of) = self.read_in(origin, state)?;
        let cited = CitedSources::new(&paper, &Sources::read(&paper));
        let made = cited::encode(&cited, &made_of);
        let _ = self.store(&file_name(origin, SOURCES), &made);
        Some((made_of, cited))
    }

    /// Reads a paper, whose file was in this state before.
    fn read_in(&self, origin: &Origin, state: FileState) -> Option<(Paper, MadeOf)> {
        let CataloguePaper { paper, beside } = (self.read)(origin)?;
        let how = self.how;
        Some((paper, MadeOf { state, how, beside }))
    }

    /// Loads a text that is sound and, if that is asked for, of the file in this state.
    fn load_cached(&self, origin: &Origin, state: Option<FileState>, bytes: &mut Vec<u8>) -> bool {
        let bytes = self.load_file(&file_name(origin, TEXT), bytes);
        let text = bytes.and_then(cached::CachedText::decode);
        text.is_some_and(|text| match state {
            Some(state) => self.is_current(&text.made_of, origin, state),
            None => true,
        })
    }

    /// Loads sources that are sound and of the file in this state.
    fn load_cached_sources(
        &self,
        origin: &Origin,
        state: FileState,
        bytes: &mut Vec<u8>,
    ) -> Option<(MadeOf, CitedSources)> {
        let bytes = self.load_file(&file_name(origin, SOURCES), bytes)?;
        let (made_of, packed) = cited::open(bytes)?;
        if !self.is_current(&made_of, origin, state) {
            return None;
        }
        Some((made_of, cited::read(packed)?))
    }

    /// Loads some of the sources that are cached under that name, and made of this.
    fn load_some_sources(
        &self,
        name: CacheName,
        made_of: &MadeOf,
        wanted: &[usize],
        bytes: &mut Vec<u8>,
    ) -> Option<SomeSources> {
        let bytes = self.load_file(&name.file(SOURCES), bytes)?;
        let (cached, packed) = cited::open(bytes)?;
        if cached != *made_of {
            return None;
        }
        cited::read_some(packed, wanted)
    }

    /// Whether what was made of a paper is of its file in this state, and would be made so again.
    fn is_current(&self, made_of: &MadeOf, origin: &Origin, state: FileState) -> bool {
        let is_same = state.is_settled() && made_of.state == state && made_of.how == self.how;
        is_same && are_unchanged(&made_of.beside, origin)
    }

    /// What is in a file of the catalogue, which is put into `bytes`.
    fn load_file<'a>(&self, name: &str, bytes: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        bytes.clear();
        let mut file = File::open(self.folder.as_ref()?.join(name)).ok()?;
        file.read_to_end(bytes).ok()?;
        Some(bytes)
    }

    /// Makes a file of the catalogue, whole or not at all. It need not outlast the power.
    fn store(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        fs::create_dir_all(folder)?;
        let mut new = Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
        new.write_all(bytes)?;
        new.persist(folder.join(name))?;
        Ok(())
    }
}

/// Whether the files beside a paper are as they were when it was read.
fn are_unchanged(beside: &[FileBeside], origin: &Origin) -> bool {
    match origin {
        Origin::File(path) => beside.iter().all(|file| file.is_unchanged(path)),
        Origin::Embedded | Origin::Elsewhere => beside.is_empty(),
    }
}

fn is_abandoned(entry: &DirEntry) -> bool {
    let modified = entry.metadata().and_then(|metadata| metadata.modified());
    let age = modified.map(|modified| modified.elapsed().unwrap_or_default());
    age.is_ok_and(|age| age > ABANDONED)
}

/// What the names of the files begin with in which a paper is cached that stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CacheName([u8; 16]);

impl CacheName {
    fn of(origin: &Origin) -> Self {
        let hash = *blake3::hash(origin.iri().as_bytes()).as_bytes();
        CacheName(hash.first_chunk().copied().unwrap_or_default())
    }

    /// The file in which so much of the paper is cached.
    fn file(self, extension: &str) -> String {
        format!("{:032x}.{extension}", u128::from_be_bytes(self.0))
    }
}

/// What the file is called in which so much of a paper is cached.
fn file_name(origin: &Origin, extension: &str) -> String {
    CacheName::of(origin).file(extension)
}

/// What the files are called in which a paper is cached that stands there.
fn files_of(origin: &Origin) -> [String; 2] {
    let name = CacheName::of(origin);
    [TEXT, SOURCES].map(|extension| name.file(extension))
}

/// Where cached texts are kept of the library in a folder.
#[must_use]
pub fn folder_of(cache: &Path, data: &Path) -> PathBuf {
    let hash = blake3::hash(data.as_os_str().as_encoded_bytes()).to_hex();
    cache.join(hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests;
