//! Searching all papers, on all processors.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::Catalogue;
use super::cached::CachedText;
use crate::paper::Paper;
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
        each(papers, search, take);
    }

    /// Reads the files of papers, on all processors, and hands on what `show` makes of each in the
    /// order of the papers; nothing of one that is away or cannot be read. Ends early when `take`
    /// says that it is enough.
    pub fn read_each<T: Send>(
        &self,
        papers: &[Listed],
        show: impl Fn(&Origin, &Paper) -> T + Sync,
        take: impl FnMut(usize, Option<T>) -> bool,
    ) {
        let read = |listed: &Listed, _: &mut Vec<u8>| {
            let origin = listed.origin()?;
            let paper = (self.read)(&origin)?;
            Some(show(&origin, &paper))
        };
        each(papers, read, take);
    }

    fn search_one<'a>(
        &self,
        listed: &'a Listed,
        query: &Query,
        sieve: &Sieve,
        bytes: &mut Vec<u8>,
    ) -> PaperSearch<FoundPaper<'a>> {
        let Some(origin) = self.load(listed, bytes) else {
            return PaperSearch::Unread;
        };
        let Some(text) = CachedText::of_sound(bytes) else {
            return PaperSearch::Unread;
        };
        if !sieve.may_hold(text.sifted) {
            return PaperSearch::Nothing;
        }
        let Some(paper) = text.paper() else {
            return PaperSearch::Unread;
        };
        let matches = find(&paper, query.clone());
        match matches.is_empty() {
            true => PaperSearch::Nothing,
            false => PaperSearch::Matches(FoundPaper {
                is_away: listed.origin().is_none(),
                listed,
                origin,
                paper,
                matches,
            }),
        }
    }
}

/// Does something with each paper, on all processors, and hands on what comes of it in the order of
/// the papers, as soon as those before it are done. Each processor has bytes to put things into.
fn each<T: Send>(
    papers: &[Listed],
    work: impl Fn(&Listed, &mut Vec<u8>) -> T + Sync,
    mut take: impl FnMut(usize, T) -> bool,
) {
    let (next, is_enough) = (AtomicUsize::new(0), AtomicBool::new(false));
    let (sender, done) = mpsc::channel();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..threads.min(papers.len()) {
            let (sender, next, is_enough, work) = (sender.clone(), &next, &is_enough, &work);
            scope.spawn(move || {
                let mut bytes = Vec::new();
                while !is_enough.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(listed) = papers.get(index) else {
                        return;
                    };
                    if sender.send((index, work(listed, &mut bytes))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let (mut waiting, mut taken) = (BTreeMap::new(), 0);
        for (index, result) in done {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&taken) {
                if !take(taken, result) {
                    is_enough.store(true, Ordering::Relaxed);
                    return;
                }
                taken += 1;
            }
        }
    });
}
