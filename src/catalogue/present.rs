//! The papers of a library as they are now, and what the table of works has of each.
//!
//! What the table says of a paper is used only while the file about it on the shelf and its own file
//! are as they were: both are looked at each time. The few that are not are read themselves; the table
//! is made anew once there are more of them.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::cited::SomeSources;
use super::index::{IndexBuilder, PaperTerms, SourceIndex};
use super::seal::MadeOf;
use super::state::FileState;
use super::table::{self, IndexedSources, TABLE, TableRow};
use super::wanted::lookup_keys;
use super::{CacheName, Catalogue, CitedSources};
use crate::paper::{on_all_processors, side_by_side};
use crate::search::plain;
use crate::shelf::{Library, Origin, ShelfFiles, ShelfNotice, order_key, places_of_others};

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
    /// Whether papers are read whose sources are not in the catalogue.
    may_read: bool,
    /// How much is not in the table that could be.
    news: usize,
}

/// A paper of the library.
pub(super) struct PresentPaper {
    /// As it is to be in the table. What it has of the index is so now if the paper is there.
    row: TableRow,
    /// Those of its places that are another's.
    of_others: Vec<usize>,
    /// At which of its places it is, and the state of its file; none if it is at none.
    stands: Option<(usize, FileState)>,
    /// What it cites, if that is known and not in the index.
    pub(super) loose: Option<Box<CitedSources>>,
}

/// A paper as it was seen.
struct SeenPaper {
    paper: PresentPaper,
    /// Whether there is a file about it.
    is_on_shelf: bool,
    /// Whether that says what the table has not and could have.
    is_news: bool,
    /// What a reader should know of that file.
    notices: Vec<ShelfNotice>,
}

/// What the sources of a paper that are to be in the table are made of, and found by.
type NewSources = (usize, MadeOf, PaperTerms);

impl Catalogue {
    /// The papers of a library as they are now. `may_read` says whether papers are read whose sources
    /// are not in the catalogue; of the others nothing is known then.
    pub(super) fn present(&self, library: &Library, may_read: bool) -> PresentPapers {
        let read_table = || {
            let mut bytes = Vec::new();
            let is_read = self.load_file(TABLE, &mut bytes).is_some();
            is_read.then_some(bytes).and_then(table::decode)
        };
        let (files, table) = side_by_side(|| library.files(), read_table);
        let has_table = table.is_some();
        let (rows, index) = table.unwrap_or_default();
        let mut notices = files.notices.clone();
        notices.extend(library.folder().is_none().then_some(ShelfNotice::NoFolder));
        let mut present = PresentPapers {
            all: Vec::with_capacity(files.names.len()),
            index,
            notices,
            unread: 0,
            has_gone: false,
            has_table,
            may_read,
            news: 0,
        };
        present.look(library, self, &files, &rows);
        self.take_loose(&mut present);
        present
    }

    /// Looks at the file about a paper and at its own.
    fn see(&self, row: TableRow, library: &Library, files: &ShelfFiles) -> SeenPaper {
        let path = library.path_of(&row.name);
        let state = path.and_then(|path| FileState::read_path(&path));
        let is_on_shelf = state.is_some();
        let state = state.filter(|_| !files.may_have_copies(&row.name));
        let is_known = state == Some(row.shelf) && row.shelf.is_settled();
        let (mut row, notices) = if is_known {
            (row, Vec::new())
        } else {
            listed(row, state, library, files)
        };
        let stands = standing(&row.places, |_| true);
        // What is away may come back as it was.
        if stands.is_some() && !self.has_indexed(&row, stands) {
            row.indexed = None;
        }
        SeenPaper {
            is_on_shelf,
            is_news: !is_known && row.shelf.is_settled(),
            notices,
            paper: PresentPaper {
                row,
                of_others: Vec::new(),
                stands,
                loose: None,
            },
        }
    }

    /// Whether the index has the sources of a paper that stands there as they are now.
    fn has_indexed(&self, row: &TableRow, stands: Option<(usize, FileState)>) -> bool {
        let (Some((place, state)), Some(indexed)) = (stands, &row.indexed) else {
            return false;
        };
        let origin = row.places.get(place).filter(|_| indexed.place == place);
        origin.is_some_and(|origin| self.is_current(&indexed.made_of, origin, state))
    }

    /// Looks into the papers that the table does not have as they are now, and makes it anew if they
    /// are many.
    fn take_loose(&self, present: &mut PresentPapers) {
        let all = present.all.iter().enumerate();
        let stale = all.filter(|(_, paper)| paper.row.indexed.is_none());
        let stale = stale.filter_map(|(at, paper)| {
            let (origin, state) = paper.stands()?;
            Some((at, origin.clone(), state))
        });
        let stale: Vec<(usize, Origin, FileState)> = stale.collect();
        let may_read = present.may_read;
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
                        paper.loose = Some(Box::new(cited));
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
    /// Looks at the files about the papers and at the papers' own. What a file says that is as it was
    /// is in the table, which has these rows.
    fn look(
        &mut self,
        library: &Library,
        catalogue: &Catalogue,
        files: &ShelfFiles,
        rows: &[Range<usize>],
    ) {
        let index = &self.index;
        let mut seen = see_all(rows, |row| {
            let row = table::row(index.bytes(row))?;
            Some(catalogue.see(row, library, files))
        });
        let before = seen.len();
        seen.retain(|seen| seen.is_on_shelf);
        let has_gone = seen.len() < before;
        if seen.len() != files.names.len() {
            let known: HashSet<&str> = seen.iter().map(|it| it.paper.row.name.as_str()).collect();
            let names = files.names.iter();
            let new: Vec<&String> = names
                .filter(|name| !known.contains(name.as_str()))
                .collect();
            let new = see_all(&new, |name| {
                Some(catalogue.see(TableRow::unknown(name), library, files))
            });
            seen.extend(new);
        }
        let mut notices = BTreeMap::new();
        for seen in seen {
            self.news += usize::from(seen.is_news);
            if !seen.notices.is_empty() {
                notices.insert(seen.paper.row.name.clone(), seen.notices);
            }
            self.all.push(seen.paper);
        }
        self.notices.extend(notices.into_values().flatten());
        // A file that cannot be read may not be listed either.
        self.has_gone = has_gone && self.notices.is_empty();
        self.put_in_order(catalogue);
        let away = self.all.iter().filter(|paper| paper.stands.is_none());
        self.unread = away.count();
    }

    /// Puts the papers in the order of the library, and leaves none where another stands.
    fn put_in_order(&mut self, catalogue: &Catalogue) {
        self.all.sort_by(|one, other| {
            let (one, other) = (&one.row, &other.row);
            order_key(one.last_read, &one.name).cmp(&order_key(other.last_read, &other.name))
        });
        for (paper, place) in places_of_others(self.all.iter().map(|paper| &paper.row.places)) {
            if let Some(paper) = self.all.get_mut(paper) {
                paper.of_others.push(place);
                let is_own = |number: &usize| !paper.of_others.contains(number);
                paper.stands = standing(&paper.row.places, is_own);
                if paper.stands.is_some() && !catalogue.has_indexed(&paper.row, paper.stands) {
                    paper.row.indexed = None;
                }
            }
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
            let place = paper.stands.map(|(place, _)| place);
            let origin = place.and_then(|place| paper.row.places.get(place));
            if let (Some(place), Some(origin), Some(numbers)) = (place, origin, index.add(terms)) {
                let cached = CacheName::of(origin);
                paper.row.indexed = Some(IndexedSources {
                    place,
                    cached,
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
        let rows = self.all.iter().map(|paper| &paper.row);
        table::encode(rows, |bytes| index.encode(bytes))
    }
}

impl PresentPapers {
    /// The title of a paper, and those of its sources, by their numbers; none of them if they cannot
    /// be read any more as they were.
    pub(super) fn load(
        &self,
        catalogue: &Catalogue,
        at: usize,
        sources: &[usize],
        bytes: &mut Vec<u8>,
    ) -> Option<SomeSources> {
        let paper = self.all.get(at)?;
        if let Some(cited) = &paper.loose {
            return Some(cited.some(sources));
        }
        let (origin, state) = paper.stands()?;
        let indexed = paper.row.indexed.as_ref()?;
        let cached = catalogue.load_some_sources(indexed.cached, &indexed.made_of, sources, bytes);
        // It was broken or deleted, and the paper is as it was when it was made.
        let read = || self.may_read.then(|| catalogue.take_in(origin, state));
        cached.or_else(|| Some(read()??.1.some(sources)))
    }
}

impl PresentPaper {
    /// The places that are its own.
    pub(super) fn places(&self) -> impl Iterator<Item = &Origin> {
        let places = self.row.places.iter().enumerate();
        places
            .filter(|(number, _)| !self.of_others.contains(number))
            .map(|(_, place)| place)
    }

    /// Where it is, and the state of its file.
    pub(super) fn stands(&self) -> Option<(&Origin, FileState)> {
        let (place, state) = self.stands?;
        Some((self.row.places.get(place)?, state))
    }

    /// The numbers that its sources have in the index.
    pub(super) fn numbers(&self) -> Option<Range<u32>> {
        self.stands?;
        Some(self.row.indexed.as_ref()?.numbers.clone())
    }

    /// Whether it is cached under that name.
    pub(super) fn is_cached_as(&self, name: CacheName) -> bool {
        match &self.row.indexed {
            Some(indexed) => self.stands.is_some() && indexed.cached == name,
            None => self
                .stands()
                .is_some_and(|(origin, _)| CacheName::of(origin) == name),
        }
    }
}

/// At which of these places there is a file, and its state.
fn standing(places: &[Origin], is_meant: impl Fn(&usize) -> bool) -> Option<(usize, FileState)> {
    let mut places = places
        .iter()
        .enumerate()
        .filter(|(number, _)| is_meant(number));
    places.find_map(|(number, place)| Some((number, FileState::of_file(place)?)))
}

/// What the file about a paper says that is in this state, and what a reader should know of it.
fn listed(
    row: TableRow,
    state: Option<FileState>,
    library: &Library,
    files: &ShelfFiles,
) -> (TableRow, Vec<ShelfNotice>) {
    let (listed, notices) = library.list(&row.name, files);
    // What has to be told is told each time.
    let state = state.filter(|_| notices.is_empty());
    let indexed = row.indexed.and_then(|indexed| {
        let origin = row.places.get(indexed.place)?;
        let place = listed.places.iter().position(|place| place == origin)?;
        Some(IndexedSources { place, ..indexed })
    });
    let row = TableRow {
        name: row.name,
        shelf: state.unwrap_or(FileState::UNKNOWN),
        last_read: listed.paper.last_read,
        places: listed.places,
        indexed,
    };
    (row, notices)
}

/// What is seen of each of these, on all processors, in their order.
fn see_all<T: Sync>(things: &[T], see: impl Fn(&T) -> Option<SeenPaper> + Sync) -> Vec<SeenPaper> {
    let parts: Vec<&[T]> = things.chunks(AT_A_TIME).collect();
    let see = |part: &&[T], _: &mut Vec<u8>| part.iter().filter_map(&see).collect::<Vec<_>>();
    let mut all = Vec::with_capacity(things.len());
    on_all_processors(&parts, see, |_, part| {
        all.extend(part);
        true
    });
    all
}
