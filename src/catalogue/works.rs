//! Which papers of a library cite a work, or the works that a paper cites: of thousands of papers only
//! those are looked into that may cite one.
//!
//! The index tells no more than where to look: what is one work is decided by the sources themselves,
//! as it is where all of them are gathered.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;

use super::cited::{SomeSources, gather_one};
use super::present::{PresentPaper, PresentPapers};
use super::wanted::{WantedWork, WorksQuery, lookup_keys};
use super::{CacheName, Catalogue, CitedSources};
use crate::paper::{Position, here_or_on_all_processors};
use crate::search::plain;
use crate::shelf::{Library, Origin, ShelfNotice};
use crate::sources::{PaperCitation, SharedWork, SharedWorks, Source, SourceId, WorkGatherer};

/// The most sources of papers that are compared for one question. Where more share something that may
/// tell a work, as the address of a whole library may be given for each of its books, all papers are
/// gone through, or nothing is said.
const MAX_COMPARED: usize = 50_000;

/// The sources of so many papers are loaded sooner than threads are begun.
const FEW_PAPERS: usize = 8;

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
    /// What a reader should know of the files about the papers.
    pub notices: Vec<ShelfNotice>,
}

impl FoundWorks {
    /// Leaves only works for which something holds, and the papers that cite one of those.
    fn retain(&mut self, holds: impl FnMut(&SharedWork) -> bool) {
        self.works.retain(holds);
        let kept = self.works.renumber_papers();
        let papers = std::mem::take(&mut self.papers).into_iter().enumerate();
        let papers = papers.filter(|(number, _)| kept.binary_search(number).is_ok());
        self.papers = papers.map(|(_, paper)| paper).collect();
    }
}

impl Catalogue {
    /// Where other papers of a library cite the works that a paper cites, for each of its sources;
    /// by paper, in the order of the library. No paper is read for that: of those whose sources are
    /// not in the catalogue nothing is known. If nothing at all is, `cited` is not asked what the
    /// paper cites, and nothing is returned.
    #[must_use]
    pub fn other_citings(
        &self,
        library: &Library,
        own: &Origin,
        cited: impl FnOnce() -> CitedSources,
    ) -> Vec<Vec<OtherCiting>> {
        if self.folder.is_none() {
            return Vec::new();
        }
        let present = self.present(library, false);
        let mut search = WorkSearch::new(self, &present, Some(own));
        if search.is_empty() {
            return Vec::new();
        }
        let cited = &cited();
        search.look_up(cited.sources.iter().flat_map(Source::work_keys));
        if search.gather(MAX_COMPARED) {
            search.other_citings(cited)
        } else {
            Vec::new()
        }
    }

    /// The works that a paper cites and other papers of a library too. Papers are read whose sources
    /// are not in the catalogue.
    #[must_use]
    pub fn works_shared_with(
        &self,
        library: &Library,
        own: &Origin,
        cited: &CitedSources,
    ) -> FoundWorks {
        let present = self.present(library, true);
        let mut search = WorkSearch::new(self, &present, Some(own));
        search.look_up(cited.sources.iter().flat_map(Source::work_keys));
        search.gather(usize::MAX);
        let own_number = present.all.len();
        let papers = (0..own_number).map(|at| search.named(at));
        let own = (cited.title.clone(), own.clone());
        let mut found = FoundWorks {
            works: search.joined(cited),
            papers: papers.chain([own]).collect(),
            unread: search.unread(),
            notices: present.notices,
        };
        found.retain(|work| {
            let papers = work.papers();
            papers.len() > 1 && papers.contains(&own_number)
        });
        found
    }

    /// The works that papers of a library cite and that are asked for, as gathering the sources of all
    /// papers would find them. Papers are read whose sources are not in the catalogue.
    #[must_use]
    pub fn works(&self, library: &Library, query: &WorksQuery) -> FoundWorks {
        let is_narrow = query.is_shared || query.citing.is_some();
        let mut found = (is_narrow && self.folder.is_some())
            .then(|| self.works_looked_up(library, query))
            .flatten()
            .unwrap_or_else(|| self.all_works(library));
        found.retain(|work| query.is_meant(work));
        found
    }

    /// The same by looking only into papers that may cite them, with others that they cite; none if
    /// these are too many.
    fn works_looked_up(&self, library: &Library, query: &WorksQuery) -> Option<FoundWorks> {
        let present = self.present(library, true);
        let mut search = WorkSearch::new(self, &present, None);
        let is_narrowed = match &query.citing {
            Some(wanted) => {
                search.look_up(wanted.keys());
                search.look_up_words(wanted)
            }
            None => {
                search.look_up_shared();
                true
            }
        };
        if !is_narrowed || !search.gather(MAX_COMPARED) {
            return None;
        }
        let (works, papers) = search.found_works();
        if present.has_gone {
            let places = present.all.iter().flat_map(PresentPaper::places);
            self.forget_all_but(places);
        }
        Some(FoundWorks {
            works,
            papers,
            unread: search.unread(),
            notices: present.notices,
        })
    }

    /// The works that all papers cite.
    pub(super) fn all_works(&self, library: &Library) -> FoundWorks {
        let (papers, notices) = library.papers();
        let (mut gathered, mut found) = (WorkGatherer::default(), FoundWorks::default());
        let show = |origin: &Origin, cited| (origin.clone(), cited);
        self.cited_each(
            &papers,
            show,
            |_, result: Option<(Origin, CitedSources)>| {
                match result {
                    Some((origin, cited)) => {
                        cited.take_into(&mut gathered, &mut found.papers, origin);
                    }
                    None => found.unread += 1,
                }
                true
            },
        );
        found.works = gathered.finish();
        self.forget_others(&papers, &notices);
        FoundWorks { notices, ..found }
    }
}

/// A source of a paper: the paper's place among those that are there, and the source's number.
type SourcePlace = (usize, usize);

/// The sources of papers that may be works of one.
struct WorkSearch<'a> {
    catalogue: &'a Catalogue,
    papers: &'a PresentPapers,
    /// The numbers that the papers have in the index, ascending; those of the paper that is asked
    /// about are left out.
    numbers: Vec<(Range<u32>, usize)>,
    /// The sources that are not in the index, by their keys.
    loose: HashMap<u64, Vec<SourcePlace>>,
    /// Where the paper that is asked about stands among them; before all others if it is none.
    stands_at: usize,
    seen_keys: HashSet<u64>,
    /// The sources that may be meant, by their papers.
    found: BTreeSet<SourcePlace>,
    /// Those of them that are not loaded.
    waiting: Vec<SourcePlace>,
    /// The titles of the papers, and the sources, as far as they are loaded.
    titles: HashMap<usize, String>,
    loaded: HashMap<SourcePlace, Source>,
    /// The papers whose sources cannot be loaded.
    lost: HashSet<usize>,
}

impl<'a> WorkSearch<'a> {
    /// A search in all papers but the one that is asked about.
    fn new(catalogue: &'a Catalogue, papers: &'a PresentPapers, own: Option<&Origin>) -> Self {
        let own = own.map(CacheName::of);
        let is_own = |paper: &PresentPaper| own.is_some_and(|own| paper.is_cached_as(own));
        let (mut numbers, mut loose) = (Vec::new(), HashMap::<u64, Vec<SourcePlace>>::new());
        let mut stands_at = None;
        for (at, paper) in papers.all.iter().enumerate() {
            if is_own(paper) {
                stands_at = stands_at.or(Some(at));
                continue;
            }
            numbers.extend(paper.numbers().map(|numbers| (numbers, at)));
            let sources = paper.loose.iter().flat_map(|cited| &cited.sources);
            for (number, source) in sources.enumerate() {
                for key in lookup_keys(source) {
                    loose.entry(key).or_default().push((at, number));
                }
            }
        }
        numbers.sort_by_key(|(numbers, _)| (numbers.start, numbers.end));
        WorkSearch {
            catalogue,
            papers,
            numbers,
            loose,
            stands_at: stands_at.unwrap_or(0),
            seen_keys: HashSet::new(),
            found: BTreeSet::new(),
            waiting: Vec::new(),
            titles: HashMap::new(),
            loaded: HashMap::new(),
            lost: HashSet::new(),
        }
    }

    /// So many papers are away or could not be read.
    fn unread(&self) -> usize {
        self.papers.unread + self.lost.len()
    }

    /// Whether nothing is known of what others cite.
    fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.loose.is_empty()
    }

    /// Looks for the sources with one of these keys.
    fn look_up(&mut self, keys: impl IntoIterator<Item = u64>) {
        for key in keys {
            if self.seen_keys.insert(key) {
                let indexed = self.places(self.papers.index.with_key(key));
                let loose = self.loose.get(&key).cloned().unwrap_or_default();
                self.find(indexed.into_iter().chain(loose));
            }
        }
    }

    /// Looks for the sources whose citations have the words. Says whether they are fewer than most.
    fn look_up_words(&mut self, wanted: &WantedWork) -> bool {
        let Some(numbers) = self.papers.index.with_words(wanted.words()) else {
            return false;
        };
        let indexed = self.places(numbers);
        self.find(indexed.into_iter());
        let papers = self.papers;
        let loose = papers.all.iter().enumerate().flat_map(|(at, paper)| {
            let sources = paper.loose.iter().flat_map(|cited| &cited.sources);
            let has_words = |source: &Source| wanted.has_words(&plain(&source.text));
            let sources = sources.enumerate();
            sources.filter_map(move |(number, source)| has_words(source).then_some((at, number)))
        });
        self.find(loose);
        true
    }

    /// Looks for the sources that share a key with one of another paper.
    fn look_up_shared(&mut self) {
        let papers = self.papers;
        for (_, numbers) in papers.index.each_key() {
            let places = self.places(numbers);
            let mut of = places.iter().map(|(at, _)| at);
            let first = of.next();
            if of.any(|at| Some(at) != first) {
                self.find(places.into_iter());
            }
        }
        // They may share it with one that is in the index.
        let loose: Vec<SourcePlace> = self.loose.values().flatten().copied().collect();
        self.find(loose.into_iter());
    }

    fn find(&mut self, places: impl Iterator<Item = SourcePlace>) {
        for place in places {
            if self.found.insert(place) {
                self.waiting.push(place);
            }
        }
    }

    /// The sources that have these numbers, of papers that are there.
    fn places(&self, numbers: Vec<u32>) -> Vec<SourcePlace> {
        let place = |number: u32| {
            let at = self
                .numbers
                .partition_point(|(range, _)| range.end <= number);
            let (range, paper) = self.numbers.get(at)?;
            let source = number.checked_sub(range.start)?;
            Some((*paper, usize::try_from(source).ok()?))
        };
        numbers.into_iter().filter_map(place).collect()
    }

    /// Finds all sources that have a key of a source that is found, and so on: of these it depends
    /// what is one work. Says whether they are no more than so many.
    fn gather(&mut self, most: usize) -> bool {
        while !self.waiting.is_empty() {
            if self.found.len() > most {
                return false;
            }
            let places = std::mem::take(&mut self.waiting);
            self.load(&places);
            let loaded = places.iter().filter_map(|place| self.loaded.get(place));
            let keys: Vec<u64> = loaded.flat_map(Source::work_keys).collect();
            self.look_up(keys);
        }
        true
    }

    /// Loads sources, each paper's at once.
    fn load(&mut self, places: &[SourcePlace]) {
        let mut wanted: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, source) in places {
            wanted.entry(*at).or_default().push(*source);
        }
        let wanted: Vec<(usize, Vec<usize>)> = wanted.into_iter().collect();
        let (catalogue, papers) = (self.catalogue, self.papers);
        let load = |(at, sources): &(usize, Vec<usize>), bytes: &mut Vec<u8>| {
            papers.load(catalogue, *at, sources, bytes)
        };
        let take = |number: usize, loaded: Option<SomeSources>| {
            match (wanted.get(number), loaded) {
                (Some((at, _)), Some((title, sources))) => {
                    self.titles.insert(*at, title);
                    let sources = sources.into_iter();
                    self.loaded
                        .extend(sources.map(|(source, said)| ((*at, source), said)));
                }
                (Some((at, _)), None) => {
                    self.lost.insert(*at);
                }
                (None, _) => {}
            }
            true
        };
        here_or_on_all_processors(FEW_PAPERS, &wanted, load, take);
    }

    /// The works that the sources found are with those of the paper that is asked about, which has
    /// the number behind all others. They are taken in as if all papers of the library were.
    fn joined(&self, cited: &CitedSources) -> SharedWorks {
        let mut works = WorkGatherer::default();
        for place in self.found.range(..(self.stands_at, 0)) {
            self.take(*place, place.0, &mut works);
        }
        cited.gather(self.papers.all.len(), &mut works);
        for place in self.found.range((self.stands_at, 0)..) {
            self.take(*place, place.0, &mut works);
        }
        works.finish()
    }

    /// Where others cite the works of the paper, for each of its sources.
    fn other_citings(&self, cited: &CitedSources) -> Vec<Vec<OtherCiting>> {
        let asked = self.papers.all.len();
        let mut all = vec![Vec::new(); cited.sources.len()];
        for work in self.joined(cited).all() {
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
    fn found_works(&self) -> (SharedWorks, Vec<(String, Origin)>) {
        let mut gathered = WorkGatherer::default();
        let (mut papers, mut last) = (Vec::new(), None);
        for place in &self.found {
            if !self.titles.contains_key(&place.0) {
                continue;
            }
            if last.replace(place.0) != Some(place.0) {
                papers.push(self.named(place.0));
            }
            self.take(*place, papers.len() - 1, &mut gathered);
        }
        (gathered.finish(), papers)
    }

    /// What a paper is called of which something is loaded, and where it is.
    fn named(&self, at: usize) -> (String, Origin) {
        let stands = self.papers.all.get(at).and_then(PresentPaper::stands);
        let title = self.titles.get(&at).cloned().unwrap_or_default();
        (
            title,
            stands.map_or(Origin::Elsewhere, |(origin, _)| origin.clone()),
        )
    }

    /// Takes in a source as one of the paper of that number.
    fn take(&self, place: SourcePlace, paper: usize, works: &mut WorkGatherer) {
        if let Some(source) = self.loaded.get(&place) {
            gather_one(source, SourceId(place.1), paper, works);
        }
    }

    fn other(&self, citing: &PaperCitation) -> Option<OtherCiting> {
        let paper = self.papers.all.get(citing.paper)?;
        let (origin, _) = paper.stands()?;
        let source = self.loaded.get(&(citing.paper, citing.source.0))?;
        let words = [&source.title, &source.head, &source.text];
        let words = words.into_iter().find(|words| !words.is_empty())?;
        let files = paper.places().filter_map(Origin::file).cloned();
        Some(OtherCiting {
            origin: origin.clone(),
            paths: files.collect(),
            paper: self.titles.get(&citing.paper)?.clone(),
            name: citing.name.clone(),
            is_in_note: source.note.is_some(),
            position: source.passage.start,
            words: words.clone(),
        })
    }
}
