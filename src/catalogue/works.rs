//! Which papers of a library cite the works that a paper cites: a table of all their sources by what
//! tells a work, so that of thousands of papers only those are looked into that may cite one.
//!
//! The table is made of the cached sources, and tells no more than where to look: what is one work is
//! decided by the sources themselves, as it is where all of them are gathered.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use super::seal::{
    MadeOf, Magic, body_of, is_whole, length, push_made_of, push_text, sum_up, take_length,
    take_made_of, take_text, take_u64,
};
use super::state::FileState;
use super::{Catalogue, CitedSources};
use crate::paper::Details;
use crate::paper::Position;
use crate::shelf::{Listed, Origin, on_all_processors};
use crate::sources::{PaperCitation, SharedWorks, Source, SourceId, WorkGatherer, work_keys};

/// What the table's file begins with; the figure is that of its form.
const MAGIC: &Magic = b"opcit\0w2";

/// What the table's file is called.
pub(super) const TABLE: &str = "works";

/// The most sources of other papers that are compared for one paper. Where more share something that
/// may tell a work, as the address of a whole library may be given for each of its books, nothing is
/// said.
const MAX_COMPARED: usize = 50_000;

/// Where another paper cites the same work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherCiting {
    /// Where that paper is.
    pub origin: Origin,
    /// All files that are it, or were.
    pub paths: Vec<PathBuf>,
    /// What it is called.
    pub paper: String,
    /// What the source is called there.
    pub name: String,
    /// Whether a note gives it there, and not the list of references.
    pub is_in_note: bool,
    /// Where the source begins there.
    pub position: Position,
    /// Words that stand there, to find it by; not empty.
    pub words: String,
}

/// Works that papers of a library cite.
#[derive(Debug, Default)]
pub struct FoundWorks {
    /// With all that may be one with them.
    pub works: SharedWorks,
    /// Title and place of each paper that cites one, by its number there.
    pub papers: Vec<(String, Origin)>,
    /// So many papers of the library are away or could not be read.
    pub unread: usize,
}

/// All sources of a library by what tells a work.
#[derive(Debug, Default, PartialEq, Eq)]
struct WorkTable {
    papers: Vec<TablePaper>,
    /// What may tell a work, of which paper, and of which of its sources; sorted.
    keys: Vec<(u64, u32, u32)>,
}

/// A paper in the table, where it stood when its sources were taken in.
#[derive(Debug, PartialEq, Eq)]
struct TablePaper {
    iri: String,
    made_of: MadeOf,
}

impl Catalogue {
    /// Where other papers of a library cite the works that a paper cites, for each of its sources;
    /// by paper, in the order of the library. No paper is read for that: of those whose sources are
    /// not in the catalogue nothing is known. If nothing at all is, `cited` is not asked what the
    /// paper cites, and nothing is returned.
    #[must_use]
    pub fn other_citings(
        &self,
        papers: &[Listed],
        own: &Origin,
        cited: impl FnOnce() -> CitedSources,
    ) -> Vec<Vec<OtherCiting>> {
        let present = present(papers);
        let Some(table) = self.table(&present) else {
            return Vec::new();
        };
        let cited = &cited();
        let mut search = WorkSearch::new(self, &table, &present, Some(&own.iri()));
        let keys = cited.sources.iter().flat_map(Source::work_keys);
        if search.gather(keys) {
            search.joined(cited)
        } else {
            Vec::new()
        }
    }

    /// The works with a DOI that papers cite, as [`Catalogue::cited_each`] would find them among all:
    /// of the papers whose sources are in the catalogue, only those are loaded that may cite one. None
    /// where nothing can be kept, and where too many sources would have to be compared.
    #[must_use]
    pub fn works_with_doi(&self, papers: &[Listed], doi: &str) -> Option<FoundWorks> {
        let present = present(papers);
        let table = self.table(&present).unwrap_or_default();
        let rows: HashSet<&str> = table.papers.iter().map(|row| row.iri.as_str()).collect();
        let new = present.iter().filter(|it| !rows.contains(it.iri.as_str()));
        let new: Vec<&PresentPaper<'_>> = new.collect();
        let (mut unread, mut taken_in) = (papers.len() - present.len(), 0);
        let read = |paper: &&PresentPaper<'_>, bytes: &mut Vec<u8>| {
            self.load_cited(&paper.origin, bytes).map(drop)
        };
        on_all_processors(&new, read, |_, read| {
            match read {
                Some(()) => taken_in += 1,
                None => unread += 1,
            }
            true
        });
        let table = match taken_in {
            0 => table,
            _ => self.table(&present)?,
        };
        if table.papers.len() + unread < papers.len() {
            return None;
        }
        let mut search = WorkSearch::new(self, &table, &present, None);
        let details = Details {
            doi: doi.to_owned(),
            ..Details::default()
        };
        let is_whole = search.gather(work_keys(&details).into_iter());
        is_whole.then(|| search.found_works(unread))
    }

    /// The table of the cached sources of these papers, as they are now; none if nothing is cached.
    fn table(&self, present: &[PresentPaper<'_>]) -> Option<WorkTable> {
        let mut bytes = Vec::new();
        let known = self
            .load_file(TABLE, &mut bytes)
            .and_then(WorkTable::decode);
        let mut table = known.unwrap_or_default();
        let known: HashMap<&str, u32> = {
            let rows = table.papers.iter().zip(0_u32..);
            rows.map(|(row, at)| (row.iri.as_str(), at)).collect()
        };
        let mut current = HashSet::new();
        let mut taken_in = Vec::new();
        let look = |PresentPaper { origin, iri, .. }: &PresentPaper<'_>, bytes: &mut Vec<u8>| {
            let state = FileState::read(origin)?;
            let row = known.get(iri.as_str()).copied();
            let made_of = |row: u32| Some(&table.papers.get(usize::try_from(row).ok()?)?.made_of);
            let is_current =
                |row: &u32| made_of(*row).is_some_and(|made| self.is_current(made, origin, state));
            if let Some(row) = row.filter(is_current) {
                return Some(SeenRow::Known(row));
            }
            let (made_of, cited) = self.load_cached_sources(origin, state, bytes)?;
            let sources = cited.sources.iter();
            let keys = sources.map(Source::work_keys);
            let iri = iri.clone();
            Some(SeenRow::New(NewPaper {
                row: TablePaper { iri, made_of },
                keys: keys.collect(),
            }))
        };
        on_all_processors(present, look, |_, seen| {
            match seen {
                Some(SeenRow::Known(row)) => _ = current.insert(row),
                Some(SeenRow::New(new)) => taken_in.push(new),
                None => {}
            }
            true
        });
        let is_as_it_was = taken_in.is_empty() && current.len() == table.papers.len();
        if !is_as_it_was {
            table = table.renewed(&current, taken_in);
            // What cannot be kept is made again next time.
            let _ = self.store(TABLE, &table.encode());
        }
        (!table.papers.is_empty()).then_some(table)
    }
}

/// A paper of the library that is there, and where that is now.
struct PresentPaper<'a> {
    listed: &'a Listed,
    origin: Origin,
    iri: String,
}

/// The papers that are there, in their order. Each is looked for once.
fn present(papers: &[Listed]) -> Vec<PresentPaper<'_>> {
    let mut all = Vec::new();
    let look = |listed: &Listed, _: &mut Vec<u8>| {
        let origin = listed.origin()?.clone();
        let iri = origin.iri();
        Some((origin, iri))
    };
    on_all_processors(papers, look, |at, there| {
        if let (Some(listed), Some((origin, iri))) = (papers.get(at), there) {
            all.push(PresentPaper {
                listed,
                origin,
                iri,
            });
        }
        true
    });
    all
}

/// What the table has of a paper.
enum SeenRow {
    /// This row, and the paper is as it was.
    Known(u32),
    /// Nothing, or nothing that is so now.
    New(NewPaper),
}

/// A paper that is new in the table, and what tells the works that it cites, by source.
struct NewPaper {
    row: TablePaper,
    keys: Vec<Vec<u64>>,
}

impl WorkTable {
    /// The table with only those of its rows, and others.
    fn renewed(self, kept: &HashSet<u32>, new: Vec<NewPaper>) -> Self {
        let mut moved: HashMap<u32, u32> = HashMap::new();
        let (mut papers, mut at) = (Vec::new(), 0_u32);
        for (row, before) in self.papers.into_iter().zip(0_u32..) {
            if kept.contains(&before) {
                moved.insert(before, at);
                papers.push(row);
                at += 1;
            }
        }
        let keys = self.keys.into_iter();
        let keys = keys.filter_map(|(key, row, source)| Some((key, *moved.get(&row)?, source)));
        let mut keys: Vec<_> = keys.collect();
        for new in new {
            for (source_keys, source) in new.keys.into_iter().zip(0_u32..) {
                keys.extend(source_keys.into_iter().map(|key| (key, at, source)));
            }
            papers.push(new.row);
            at += 1;
        }
        keys.sort_unstable();
        WorkTable { papers, keys }
    }

    fn encode(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(self.papers.len() * 128 + self.keys.len() * 16);
        body.extend_from_slice(&length(self.papers.len()));
        for TablePaper { iri, made_of } in &self.papers {
            push_text(iri, &mut body);
            push_made_of(made_of, &mut body);
        }
        for (key, row, source) in &self.keys {
            body.extend_from_slice(&key.to_le_bytes());
            body.extend_from_slice(&row.to_le_bytes());
            body.extend_from_slice(&source.to_le_bytes());
        }
        sum_up(MAGIC, &body)
    }

    /// Reads a table; none if it is none of this form, or is not as it was written.
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut body = body_of(MAGIC, bytes).filter(|_| is_whole(bytes))?;
        let count = take_length(&mut body)?;
        let papers = (0..count).map(|_| {
            Some(TablePaper {
                iri: take_text(&mut body)?,
                made_of: take_made_of(&mut body)?,
            })
        });
        let papers = papers.collect::<Option<_>>()?;
        let (keys, rest) = body.as_chunks::<16>();
        let key = |mut bytes: &[u8]| {
            let key = take_u64(&mut bytes)?;
            let (row, source) = bytes.split_first_chunk::<4>()?;
            let source = source.first_chunk::<4>()?;
            Some((key, u32::from_le_bytes(*row), u32::from_le_bytes(*source)))
        };
        let keys = keys.iter().map(|bytes| key(bytes));
        let keys = keys.collect::<Option<_>>()?;
        rest.is_empty().then_some(WorkTable { papers, keys })
    }

    /// The sources with a key: paper and number.
    fn with_key(&self, wanted: u64) -> impl Iterator<Item = (u32, u32)> {
        let from = self.keys.partition_point(|(key, ..)| *key < wanted);
        let rest = self.keys.get(from..).unwrap_or_default().iter();
        let same = rest.take_while(move |(key, ..)| *key == wanted);
        same.map(|(_, row, source)| (*row, *source))
    }
}

/// The sources of other papers that may be works of one.
struct WorkSearch<'a> {
    catalogue: &'a Catalogue,
    table: &'a WorkTable,
    /// The papers, each of which goes by its place among them.
    present: &'a [PresentPaper<'a>],
    /// The papers of the rows; the one that is asked about is none of them.
    by_row: HashMap<u32, usize>,
    /// Where the paper that is asked about stands among them; before all others if it is none.
    stands_at: usize,
    /// What papers cite.
    loaded: HashMap<usize, CitedSources>,
    /// The sources that may be meant, by their papers.
    found: BTreeSet<(usize, u32)>,
}

impl<'a> WorkSearch<'a> {
    /// A search in all papers but the one that is asked about.
    fn new(
        catalogue: &'a Catalogue,
        table: &'a WorkTable,
        present: &'a [PresentPaper<'a>],
        own: Option<&str>,
    ) -> Self {
        let rows = table.papers.iter().zip(0_u32..);
        let rows: HashMap<&str, u32> = rows.map(|(row, at)| (row.iri.as_str(), at)).collect();
        let is_own = |it: &PresentPaper<'_>| Some(it.iri.as_str()) == own;
        let others = present.iter().enumerate().filter(|(_, it)| !is_own(it));
        let others = others.filter_map(|(at, it)| Some((*rows.get(it.iri.as_str())?, at)));
        WorkSearch {
            catalogue,
            table,
            by_row: others.collect(),
            stands_at: present.iter().position(is_own).unwrap_or(0),
            present,
            loaded: HashMap::new(),
            found: BTreeSet::new(),
        }
    }

    /// Finds all sources that have one of these keys, or one of a source that does, and so on: of
    /// these it depends what is one work. Says whether they are few enough.
    fn gather(&mut self, keys: impl Iterator<Item = u64>) -> bool {
        let mut seen = HashSet::new();
        let mut waiting: Vec<u64> = keys.filter(|key| seen.insert(*key)).collect();
        let table = self.table;
        while let Some(key) = waiting.pop() {
            for (row, source) in table.with_key(key) {
                let Some(&at) = self.by_row.get(&row) else {
                    continue;
                };
                if !self.found.insert((at, source)) {
                    continue;
                }
                if self.found.len() > MAX_COMPARED {
                    return false;
                }
                let more = self.source(at, source).map(Source::work_keys);
                let more = more.into_iter().flatten();
                waiting.extend(more.filter(|key| seen.insert(*key)));
            }
        }
        true
    }

    /// A source of a paper, which is loaded when it is first asked for.
    fn source(&mut self, at: usize, source: u32) -> Option<&Source> {
        let (present, catalogue) = (self.present, self.catalogue);
        let cited = self.loaded.entry(at).or_insert_with(|| {
            let load = |paper: &PresentPaper<'_>| {
                let state = FileState::read(&paper.origin)?;
                catalogue.load_cached_sources(&paper.origin, state, &mut Vec::new())
            };
            let loaded = present.get(at).and_then(load);
            loaded.map_or_else(CitedSources::default, |(_, cited)| cited)
        });
        cited.sources.get(usize::try_from(source).ok()?)
    }

    /// Which of the sources found are works of the paper, for each of its sources. They are taken in
    /// as if all papers of the library were.
    fn joined(&self, cited: &CitedSources) -> Vec<Vec<OtherCiting>> {
        let mut works = WorkGatherer::default();
        for (at, source) in self.found.range(..(self.stands_at, 0)) {
            self.take(*at, *source, &mut works);
        }
        // The number of the paper that is asked about; no other has it.
        let asked = self.present.len();
        cited.gather(asked, &mut works);
        for (at, source) in self.found.range((self.stands_at, 0)..) {
            self.take(*at, *source, &mut works);
        }
        let mut all = vec![Vec::new(); cited.sources.len()];
        for work in works.finish().all() {
            let (own, others): (Vec<_>, Vec<_>) =
                work.citings.iter().partition(|it| it.paper == asked);
            if own.is_empty() {
                continue;
            }
            let others = others.into_iter().filter_map(|it| self.other(it));
            let others: Vec<OtherCiting> = others.collect();
            for PaperCitation { source, .. } in own {
                if let Some(citings) = all.get_mut(source.0) {
                    citings.clone_from(&others);
                }
            }
        }
        all
    }

    /// The works that the sources found are, and the papers that cite them.
    fn found_works(&self, unread: usize) -> FoundWorks {
        let mut gathered = WorkGatherer::default();
        let (mut papers, mut last) = (Vec::new(), None);
        for (at, source) in &self.found {
            let (Some(cited), Some(paper)) = (self.loaded.get(at), self.present.get(*at)) else {
                continue;
            };
            if last.replace(*at) != Some(*at) {
                papers.push((cited.title.clone(), paper.origin.clone()));
            }
            if let Ok(number) = usize::try_from(*source) {
                cited.gather_one(SourceId(number), papers.len() - 1, &mut gathered);
            }
        }
        FoundWorks {
            works: gathered.finish(),
            papers,
            unread,
        }
    }

    fn take(&self, at: usize, source: u32, works: &mut WorkGatherer) {
        if let (Some(cited), Ok(number)) = (self.loaded.get(&at), usize::try_from(source)) {
            cited.gather_one(SourceId(number), at, works);
        }
    }

    fn other(&self, citing: &PaperCitation) -> Option<OtherCiting> {
        let paper = self.present.get(citing.paper)?;
        let cited = self.loaded.get(&citing.paper)?;
        let source = cited.sources.get(citing.source.0)?;
        let words = [&source.title, &source.head, &source.text];
        let words = words.into_iter().find(|words| !words.is_empty())?;
        Some(OtherCiting {
            origin: paper.origin.clone(),
            paths: paper.listed.own_files().cloned().collect(),
            paper: cited.title.clone(),
            name: citing.name.clone(),
            is_in_note: source.note.is_some(),
            position: source.passage.start,
            words: words.clone(),
        })
    }
}
