//! Searching all papers, on all processors.

use super::cached::CachedText;
use super::{Catalogue, CitedSources, FileState, LoadedText};
use crate::paper::{Paper, on_all_processors};
use crate::search::{Match, Query, Sieve, find};
use crate::shelf::{Listed, Origin};

/// What was found in a paper.
#[derive(Debug)]
pub struct FoundPaper<'a> {
    /// The paper as the library lists it.
    pub listed: &'a Listed,
    /// Where it is, or was when its text was read last.
    pub origin: Origin,
    /// Whether its file is not there now.
    pub is_away: bool,
    /// Its text, without emphasis, markers and links.
    pub paper: Paper,
    /// In reading order; not empty. The same that [`find`] finds in the paper itself.
    pub matches: Vec<Match>,
}

/// What came of searching one paper.
#[derive(Debug)]
pub enum PaperSearch<T> {
    /// Its file is not there, or cannot be read, and its text is not known.
    Unread,
    /// The pattern is not in it.
    Nothing,
    /// What was made of what was found.
    Matches(T),
}

/// What came of taking in what papers cite.
#[derive(Debug)]
pub struct SourcesTakenIn {
    /// Whether it was done for all of them.
    pub is_whole: bool,
    /// Whether what any of them cites was not in the catalogue before.
    pub is_news: bool,
}

impl Catalogue {
    /// Searches papers, on all processors, and hands on what `show` makes of what is found in each,
    /// in the order of the papers, as soon as those before it are done. Ends early when `take` says
    /// that it is enough.
    pub fn search<T: Send>(
        &self,
        papers: &[Listed],
        query: &Query,
        show: impl Fn(&FoundPaper) -> T + Sync,
        take: impl FnMut(usize, PaperSearch<T>) -> bool,
    ) {
        let sieve = query.sieve();
        let search = |listed: &Listed, bytes: &mut Vec<u8>| match self
            .search_one(listed, query, &sieve, bytes)
        {
            PaperSearch::Unread => PaperSearch::Unread,
            PaperSearch::Nothing => PaperSearch::Nothing,
            PaperSearch::Matches(found) => PaperSearch::Matches(show(&found)),
        };
        on_all_processors(papers, search, take);
    }

    /// Hands on what `show` makes of what each paper cites, on all processors, in the order of the
    /// papers; nothing of one that is away or cannot be read. A paper's file is read if its sources
    /// are not in the catalogue. Ends early when `take` says that it is enough.
    pub(super) fn cited_each<T: Send>(
        &self,
        papers: &[Listed],
        show: impl Fn(&Origin, CitedSources) -> T + Sync,
        take: impl FnMut(usize, Option<T>) -> bool,
    ) {
        let cited = |listed: &Listed, bytes: &mut Vec<u8>| {
            let origin = listed.origin()?;
            Some(show(origin, self.load_cited(origin, bytes)?))
        };
        on_all_processors(papers, cited, take);
    }

    /// Takes what papers cite into the catalogue as far as it is not there, one paper after the
    /// other, for as long as `goes_on` says so.
    pub fn take_in_sources(&self, papers: &[Listed], goes_on: impl Fn() -> bool) -> SourcesTakenIn {
        let (mut bytes, mut is_news) = (Vec::new(), false);
        for listed in papers {
            if !goes_on() {
                let is_whole = false;
                return SourcesTakenIn { is_whole, is_news };
            }
            // What cannot be read now is asked for again where it is needed.
            is_news |= self.take_in_if_new(listed, &mut bytes);
        }
        let is_whole = true;
        SourcesTakenIn { is_whole, is_news }
    }

    /// Takes what a paper cites into the catalogue if it is not there. Says whether it was not.
    fn take_in_if_new(&self, listed: &Listed, bytes: &mut Vec<u8>) -> bool {
        let Some(origin) = listed.origin() else {
            return false;
        };
        let state = FileState::read(origin);
        state.is_some_and(|state| {
            let known = self.load_cached_sources(origin, state, bytes);
            known.is_none() && self.take_in(origin, state).is_some()
        })
    }

    fn search_one<'a>(
        &self,
        listed: &'a Listed,
        query: &Query,
        sieve: &Sieve,
        bytes: &mut Vec<u8>,
    ) -> PaperSearch<FoundPaper<'a>> {
        let Some(LoadedText { origin, is_away }) = self.load(listed, bytes) else {
            return PaperSearch::Unread;
        };
        let Some(text) = CachedText::decode_sound(bytes) else {
            return PaperSearch::Unread;
        };
        if !sieve.may_hold(text.sifted) {
            return PaperSearch::Nothing;
        }
        // What is not whole in the cache is in the file.
        let read = || (!is_away).then(|| (self.read)(&origin)).flatten();
        let Some(paper) = text.paper().or_else(|| read().map(|read| read.paper)) else {
            return PaperSearch::Unread;
        };
        let matches = find(&paper, query.clone());
        if matches.is_empty() {
            PaperSearch::Nothing
        } else {
            PaperSearch::Matches(FoundPaper {
                is_away,
                listed,
                origin,
                paper,
                matches,
            })
        }
    }
}
