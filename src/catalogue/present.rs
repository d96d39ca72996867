//! The papers of a library as they are now, and what the table of works has of each.
//!
//! What the table says of a paper is used only while the file about it on the shelf and its own file
//! are as they were: both are looked at each time. The few that are not are read themselves; the table
//! is made anew once there are more of them.

use std::collections::HashMap;
use std::ops::Range;

use super::cited::SomeSources;
use super::index::{IndexBuilder, PaperTerms, SourceIndex};
use super::seal::MadeOf;
use super::state::FileState;
use super::table::{self, IndexedSources, TABLE, TableRow};
use super::wanted::lookup_keys;
use super::{Catalogue, CitedSources, hash_of};
use crate::paper::on_all_processors;
use crate::search::plain;
use crate::shelf::{Library, Origin, ShelfFiles, ShelfNotice, put_in_order};

/// So many papers that are not in the table as they are now are looked into one by one.
const MAX_LOOSE: usize = 16;

/// So many papers are looked at by one processor at a time.
const AT_A_TIME: usize = 128;

/// The papers of a library, in its order.
pub(super) struct PresentPapers {
    pub(super) all: Vec<PresentPaper>,
    pub(super) index: SourceIndex,
    /// What a reader should know of the files about them.
    pub(super) notices: Vec<ShelfNotice>,
    /// So many of them are not there, or cannot be read.
    pub(super) unread: usize,
    /// Whether any that was in the table has gone from the library.
    pub(super) has_gone: bool,
    has_table: bool,
    /// How much is not in the table that could be.
    news: usize,
}

/// A paper of the library.
pub(super) struct PresentPaper {
    /// As it is to be in the table. What it has of the index is so now if the paper is there.
    row: TableRow,
    /// The places that are its own.
    pub(super) places: Vec<Origin>,
    /// Where it is, and the state of its file; none if it is not there.
    pub(super) stands: Option<(Origin, FileState)>,
    /// What it cites, if that is known and not in the index.
    pub(super) loose: Option<CitedSources>,
}

/// What the sources of a paper that are to be in the table are made of, and found by.
type NewSources = (usize, MadeOf, PaperTerms);

impl Catalogue {
    /// The papers of a library as they are now. `may_read` says whether papers are read whose sources
    /// are not in the catalogue; of the others nothing is known then.
    pub(super) fn present(&self, library: &Library, may_read: bool) -> PresentPapers {
        let mut bytes = Vec::new();
        let is_read = self.load_file(TABLE, &mut bytes).is_some();
        let table = is_read.then_some(bytes).and_then(table::decode);
        let has_table = table.is_some();
        let (rows, index) = table.unwrap_or_default();
        let mut present = PresentPapers {
            all: Vec::with_capacity(rows.len()),
            index,
            notices: Vec::new(),
            unread: 0,
            has_gone: false,
            has_table,
            news: 0,
        };
        present.list(library, rows);
        present.look(self);
        self.take_loose(&mut present, may_read);
        present
    }

    /// Looks into the papers that the table does not have as they are now, and makes it anew if they
    /// are many.
    fn take_loose(&self, present: &mut PresentPapers, may_read: bool) {
        let all = present.all.iter().enumerate();
        let stale = all.filter_map(|(at, paper)| match (&paper.stands, &paper.row.indexed) {
            (Some((origin, state)), None) => Some((at, origin.clone(), *state)),
            _ => None,
        });
        let stale: Vec<(usize, Origin, FileState)> = stale.collect();
        let take = |(_, origin, state): &(usize, Origin, FileState), bytes: &mut Vec<u8>| {
            let (made_of, cited) = self.load_sources(origin, *state, may_read, bytes)?;
            let mut terms = PaperTerms::default();
            for source in &cited.sources {
                terms.add(lookup_keys(source), &plain(&source.text));
            }
            Some((made_of, terms, cited))
        };
        let (mut waiting, mut renewed) = (Vec::new(), None);
        on_all_processors(&stale, take, |number, taken| {
            match (stale.get(number), taken) {
                (Some((at, ..)), Some((made_of, terms, cited))) => {
                    if let Some(paper) = present.all.get_mut(*at) {
                        paper.loose = Some(cited);
                    }
                    if made_of.is_settled() {
                        present.news += 1;
                        waiting.push((*at, made_of, terms));
                    }
                }
                _ => present.unread += 1,
            }
            if present.is_table_due(!waiting.is_empty()) {
                present.take_into(&mut renewed, &mut waiting);
            }
            true
        });
        if renewed.is_some() || present.is_table_due(!waiting.is_empty()) {
            present.take_into(&mut renewed, &mut waiting);
            let bytes = present.encode(renewed.unwrap_or_default());
            // What cannot be kept is made again next time.
            let _ = self.store(TABLE, &bytes);
            let decoded = table::decode(bytes);
            present.index = decoded.map_or_else(SourceIndex::default, |(_, index)| index);
        }
    }
}

impl PresentPapers {
    /// Lists the library. What a file says that is as it was is in the table.
    fn list(&mut self, library: &Library, rows: Vec<TableRow>) {
        let files = library.files();
        self.notices.clone_from(&files.notices);
        let rows = rows.into_iter().map(|row| (row.name.clone(), row));
        let mut known: HashMap<String, TableRow> = rows.collect();
        let parts: Vec<&[String]> = files.names.chunks(AT_A_TIME).collect();
        let look = |names: &&[String], _: &mut Vec<u8>| {
            let names = names.iter();
            let news = names.map(|name| news_of(library, &files, name, known.get(name)));
            news.collect::<Vec<_>>()
        };
        let mut all_news = Vec::with_capacity(files.names.len());
        on_all_processors(&parts, look, |_, news| {
            all_news.extend(news);
            true
        });
        for (name, news) in files.names.iter().zip(all_news) {
            let row = match (news, known.remove(name)) {
                (Some((row, notices)), before) => {
                    self.news += usize::from(row.shelf.is_settled());
                    self.notices.extend(notices);
                    let indexed = before.and_then(|before| before.indexed);
                    TableRow { indexed, ..row }
                }
                (None, Some(row)) => row,
                (None, None) => continue,
            };
            self.all.push(PresentPaper {
                places: row.places.clone(),
                row,
                stands: None,
                loose: None,
            });
        }
        // A file that cannot be read may not be listed either.
        self.has_gone = !known.is_empty() && self.notices.is_empty();
        put_in_order(
            &mut self.all,
            |paper| paper.row.last_read,
            |paper| &mut paper.places,
        );
    }

    /// Looks where the papers are, and whether what the table has of them is so now.
    fn look(&mut self, catalogue: &Catalogue) {
        let parts: Vec<&[PresentPaper]> = self.all.chunks(AT_A_TIME).collect();
        let look = |papers: &&[PresentPaper], _: &mut Vec<u8>| {
            let looked = papers.iter().map(|paper| {
                let stands = paper.places.iter().find_map(FileState::where_it_stands);
                let is_current = paper.is_current(catalogue, stands.as_ref());
                (stands, is_current)
            });
            looked.collect::<Vec<_>>()
        };
        let mut all = Vec::with_capacity(self.all.len());
        on_all_processors(&parts, look, |_, looked| {
            all.extend(looked);
            true
        });
        for (paper, (stands, is_current)) in self.all.iter_mut().zip(all) {
            // What is away may come back as it was.
            if stands.is_some() && !is_current {
                paper.row.indexed = None;
            }
            self.unread += usize::from(stands.is_none());
            paper.stands = stands;
        }
    }

    /// Whether the table is to be made anew, into which more can be taken or not.
    fn is_table_due(&self, has_more: bool) -> bool {
        self.news > MAX_LOOSE || self.has_gone || !self.has_table && has_more
    }

    /// Takes sources into the new index, which is begun with those that the old one has.
    fn take_into(&mut self, renewed: &mut Option<IndexBuilder>, new: &mut Vec<NewSources>) {
        let index = renewed.get_or_insert_with(|| self.begin_index());
        for (at, made_of, terms) in new.drain(..) {
            let Some(paper) = self.all.get_mut(at) else {
                continue;
            };
            if let (Some((origin, _)), Some(numbers)) = (&paper.stands, index.add(terms)) {
                paper.row.indexed = Some(IndexedSources {
                    origin: origin.clone(),
                    file: hash_of(origin),
                    made_of,
                    numbers,
                });
                paper.loose = None;
            }
        }
    }

    /// A new index with the sources of the old one that are still to be there, one behind the other.
    fn begin_index(&mut self) -> IndexBuilder {
        let indexed = self.all.iter_mut().filter_map(|it| it.row.indexed.as_mut());
        let mut kept: Vec<&mut IndexedSources> = indexed.collect();
        // A paper that cites nothing has no numbers, where those of another begin.
        kept.sort_by_key(|indexed| (indexed.numbers.start, indexed.numbers.end));
        let (mut moves, mut sources) = (Vec::new(), 0_u32);
        for indexed in kept {
            let before = indexed.numbers.clone();
            let end = sources.saturating_add(before.end.saturating_sub(before.start));
            indexed.numbers = sources..end;
            moves.push((before, sources));
            sources = end;
        }
        let moved = |number: u32| {
            let at = moves.partition_point(|(before, _)| before.end <= number);
            let (before, now) = moves.get(at)?;
            before
                .contains(&number)
                .then(|| now + (number - before.start))
        };
        IndexBuilder::renewed(&self.index, moved, sources)
    }

    /// The table's file.
    fn encode(&self, index: IndexBuilder) -> Vec<u8> {
        let mut rows: Vec<&TableRow> = self.all.iter().map(|paper| &paper.row).collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        table::encode(&rows, |bytes| index.encode(bytes))
    }
}

impl PresentPaper {
    /// The numbers that its sources have in the index.
    pub(super) fn numbers(&self) -> Option<Range<u32>> {
        self.stands.as_ref()?;
        Some(self.row.indexed.as_ref()?.numbers.clone())
    }

    /// Whether the names of the files begin with this in which it is cached.
    pub(super) fn is_cached_as(&self, name: &str) -> bool {
        let is_own = |(origin, _): &(Origin, FileState)| match &self.row.indexed {
            Some(indexed) => indexed.file == name,
            None => hash_of(origin) == name,
        };
        self.stands.as_ref().is_some_and(is_own)
    }

    /// Its title, and those of its sources, by their numbers; none of them if they cannot be read any
    /// more as they were.
    pub(super) fn load(
        &self,
        catalogue: &Catalogue,
        sources: &[usize],
        bytes: &mut Vec<u8>,
    ) -> Option<SomeSources> {
        if let Some(cited) = &self.loose {
            return Some(cited.some(sources));
        }
        let (origin, state) = self.stands.as_ref()?;
        let indexed = self.row.indexed.as_ref()?;
        let cached = catalogue.load_some_sources(&indexed.file, &indexed.made_of, sources, bytes);
        // It was broken or deleted, and the paper is as it was when it was made.
        cached.or_else(|| Some(catalogue.take_in(origin, *state)?.1.some(sources)))
    }

    /// Whether the index has its sources as they are if it stands there.
    fn is_current(&self, catalogue: &Catalogue, stands: Option<&(Origin, FileState)>) -> bool {
        match (stands, &self.row.indexed) {
            (Some((origin, state)), Some(indexed)) => {
                indexed.origin == *origin && catalogue.is_current(&indexed.made_of, origin, *state)
            }
            _ => false,
        }
    }
}

/// What the file of a name says, if it is not sure to be what the table has of it, and what a reader
/// should know of that file.
fn news_of(
    library: &Library,
    files: &ShelfFiles,
    name: &str,
    known: Option<&TableRow>,
) -> Option<(TableRow, Vec<ShelfNotice>)> {
    let path = library.path_of(name);
    let state = path.and_then(|path| FileState::read_path(&path));
    let state = state.filter(|_| !files.may_have_copies(name));
    let is_known = known.is_some_and(|row| state == Some(row.shelf) && row.shelf.is_settled());
    if is_known {
        return None;
    }
    let (listed, notices) = library.list(name, files);
    // What has to be told is told each time.
    let state = state.filter(|_| notices.is_empty());
    let row = TableRow {
        name: name.to_owned(),
        shelf: state.unwrap_or(FileState::UNKNOWN),
        last_read: listed.paper.last_read,
        places: listed.places,
        indexed: None,
    };
    Some((row, notices))
}
