//! Searching all papers beside the loop, and telling what is found as it is found.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::catalogue::{Catalogue, FoundPaper, PaperSearch, find_kept};
use crate::reader::action::{Action, FoundPlace, PaperRequest};
use crate::reader::library_search::{
    FoundSince, LibraryMatch, LibraryNews, LibraryProgress, LibraryQuery,
};
use crate::reader::session::Message;
use crate::search::{MatchContext, Query, context};
use crate::shelf::{AnnotationKind, Library, Listed, Origin};
use crate::terminal::events::EventSource;

/// How many matches of one paper are listed; of the others the number is told.
const MAX_IN_PAPER: usize = 8;

/// How many matches are listed: typing one more letter is quicker than reading on.
const MAX_LISTED: usize = 2_000;

/// How many are listed of what is kept.
const MAX_KEPT: usize = 200;

/// How long what was found waits to be told with what is found next.
const PAUSE: Duration = Duration::from_millis(60);

/// Searches the papers of a library.
#[derive(Debug)]
pub(super) struct LibrarySearcher {
    library: Library,
    catalogue: Catalogue,
    /// The number of the search that is wanted; 0 if none is.
    wanted: Arc<AtomicU64>,
    /// The papers, as they were listed when the search was opened.
    listed: Arc<Mutex<Option<Arc<Vec<Listed>>>>>,
}

impl LibrarySearcher {
    pub(super) fn new(library: Library, catalogue: Catalogue) -> Self {
        LibrarySearcher {
            library,
            catalogue,
            wanted: Arc::default(),
            listed: Arc::default(),
        }
    }

    /// Ends the search that goes on.
    pub(super) fn stop(&self) {
        self.wanted.store(0, Ordering::Relaxed);
    }

    /// Has all papers searched. The search before it ends.
    pub(super) fn search(
        &self,
        query: LibraryQuery,
        events: &impl EventSource<Message>,
    ) -> io::Result<()> {
        self.wanted.store(query.number, Ordering::Relaxed);
        let tell = events.sender();
        let (library, catalogue) = (self.library.clone(), self.catalogue.clone());
        let (wanted, listed) = (Arc::clone(&self.wanted), Arc::clone(&self.listed));
        events.spawn("library search", move || {
            let mut listing = None;
            let papers = {
                let mut listed = listed.lock().unwrap_or_else(PoisonError::into_inner);
                if query.lists_anew {
                    *listed = None;
                }
                let papers = listed.get_or_insert_with(|| {
                    let (papers, notices) = library.papers();
                    listing = Some(notices);
                    Arc::new(papers)
                });
                Arc::clone(papers)
            };
            let mut teller = Teller::new(query.number, papers.len(), tell);
            let parsed = Query::parse(&query.pattern.text, query.pattern.mode);
            let parsed = parsed.ok().filter(|_| !query.pattern.text.is_empty());
            if let Some(parsed) = parsed {
                let is_wanted = || wanted.load(Ordering::Relaxed) == query.number;
                search(
                    &papers,
                    &catalogue,
                    &query,
                    &parsed,
                    &is_wanted,
                    &mut teller,
                );
            }
            teller.end();
            if let Some(notices) = listing {
                catalogue.forget_others(&papers, &notices);
            }
            None
        })
    }
}

fn search(
    papers: &[Listed],
    catalogue: &Catalogue,
    query: &LibraryQuery,
    parsed: &Query,
    is_wanted: &dyn Fn() -> bool,
    teller: &mut Teller,
) {
    let mut kept = 0;
    for listed in papers {
        let found = matches_kept(listed, parsed, query.columns);
        kept += found.len();
        teller.take_kept(found);
        if kept >= MAX_KEPT || !is_wanted() {
            break;
        }
    }
    let show = |found: &FoundPaper| (matches_in(found, query), found.matches.len());
    catalogue.search(papers, parsed, show, |_, result| {
        teller.progress.searched += 1;
        match result {
            PaperSearch::Unread => teller.progress.unread += 1,
            PaperSearch::Nothing => {}
            PaperSearch::Matches((matches, count)) => teller.take(matches, count),
        }
        teller.tell_now_and_then();
        is_wanted() && !teller.progress.is_cut
    });
}

/// Gathers what is found, and tells it now and then, the first at once.
struct Teller {
    number: u64,
    found: Vec<LibraryMatch>,
    listed: usize,
    progress: LibraryProgress,
    told: Option<Instant>,
    tell: Box<dyn Fn(Message) + Send>,
}

impl Teller {
    fn new(number: u64, papers: usize, tell: Box<dyn Fn(Message) + Send>) -> Self {
        Teller {
            number,
            found: Vec::new(),
            listed: 0,
            progress: LibraryProgress {
                papers,
                ..LibraryProgress::default()
            },
            told: None,
            tell,
        }
    }

    fn take_kept(&mut self, found: Vec<LibraryMatch>) {
        self.progress.matches += found.len();
        self.progress.with_matches += usize::from(!found.is_empty());
        self.listed += found.len();
        self.found.extend(found);
    }

    fn take(&mut self, found: Vec<LibraryMatch>, count: usize) {
        self.progress.matches += count;
        self.progress.with_matches += 1;
        self.listed += found.len();
        self.found.extend(found);
        self.progress.is_cut = self.listed >= MAX_LISTED;
    }

    fn tell_now_and_then(&mut self) {
        let is_due = match self.told {
            None => !self.found.is_empty(),
            Some(told) => told.elapsed() >= PAUSE,
        };
        if is_due {
            self.tell();
        }
    }

    fn tell(&mut self) {
        self.told = Some(Instant::now());
        let news = FoundSince {
            number: self.number,
            matches: std::mem::take(&mut self.found),
            progress: self.progress,
        };
        let news = Action::TakeLibraryNews(LibraryNews(Arc::new(news)));
        (self.tell)(Message::Action(news));
    }

    fn end(mut self) {
        self.progress.is_done = true;
        self.tell();
    }
}

/// The matches in a paper's text, the first of them, and how many there are beyond those.
fn matches_in(found: &FoundPaper, query: &LibraryQuery) -> Vec<LibraryMatch> {
    let paper = &found.paper;
    let title: Arc<str> = title_of(found.listed, found.is_away).into();
    let request = |position| PaperRequest {
        also: found.listed.paper.paths.clone(),
        found: Some(FoundPlace {
            pattern: query.pattern.clone(),
            position,
        }),
        ..PaperRequest::from(found.origin.clone())
    };
    let mut rows: Vec<LibraryMatch> = Vec::new();
    for one in found.matches.iter().take(MAX_IN_PAPER) {
        let block = one.passage.start.block;
        let section = one.section.and_then(|id| paper.section(id));
        let section = section.map_or(String::new(), |section| {
            format!("§ {}", section.name().replace('\n', " "))
        });
        let note = one.in_note.and_then(|note| paper.note(note));
        let paragraph = paper.block(block).map_or(0, |block| block.paragraph);
        let detail = match (note, paragraph) {
            (Some(note), _) => format!("note {}", note.number),
            (None, 0) => String::new(),
            (None, number) => format!("¶ {number}"),
        };
        let before = rows.last().filter(|before| *before.section == section);
        let section = before.map_or_else(|| section.into(), |before| Arc::clone(&before.section));
        rows.push(row(
            (&title, section),
            detail,
            context(paper, one.passage, query.columns),
            request(one.passage.start),
        ));
    }
    let more = found.matches.get(MAX_IN_PAPER);
    if let (Some(next), Some(last)) = (more, rows.last()) {
        let count = found.matches.len() - MAX_IN_PAPER;
        let more = MatchContext {
            before: format!("… and {count} more in this paper"),
            ..MatchContext::default()
        };
        let place = (&title, Arc::clone(&last.section));
        rows.push(row(place, String::new(), more, request(next.passage.start)));
    }
    rows
}

/// What is kept about a paper that has the pattern.
fn matches_kept(listed: &Listed, query: &Query, columns: u16) -> Vec<LibraryMatch> {
    let found = find_kept(listed, query);
    if found.is_empty() {
        return Vec::new();
    }
    let origin = listed.origin();
    let title: Arc<str> = title_of(listed, origin.is_none()).into();
    let first = listed.paper.paths.first().cloned();
    let origin = origin.or_else(|| first.map(Origin::File));
    let section: Arc<str> = "what you kept".into();
    let rows = found.iter().filter_map(|kept| {
        let detail = match (&kept.annotation.kind, kept.is_own) {
            (AnnotationKind::Highlight(_), false) => "highlight",
            (AnnotationKind::Bookmark, false) => "bookmark",
            (_, false) => "note on it",
            (_, true) => "your note",
        };
        let request = PaperRequest {
            also: listed.paper.paths.clone(),
            part: Some(kept.annotation.id.as_str().to_owned()),
            ..PaperRequest::from(origin.clone()?)
        };
        Some(row(
            (&title, Arc::clone(&section)),
            detail.to_owned(),
            context(&kept.words, kept.passage, columns),
            request,
        ))
    });
    rows.collect()
}

fn row(
    (paper, section): (&Arc<str>, Arc<str>),
    detail: String,
    context: MatchContext,
    request: PaperRequest,
) -> LibraryMatch {
    LibraryMatch {
        paper: Arc::clone(paper),
        section,
        detail,
        before: context.before,
        hit: context.hit,
        after: context.after,
        request,
    }
}

fn title_of(listed: &Listed, is_away: bool) -> String {
    let title = match listed.paper.title.as_str() {
        "" => "a paper without a title".to_owned(),
        title => title.replace('\n', " "),
    };
    match is_away {
        true => format!("{title} (not there now)"),
        false => title,
    }
}
