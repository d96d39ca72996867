//! Searching all papers beside the loop, and telling what is found as it is found.

use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::library::request_of;
use super::taking_in::TakingIn;
use crate::catalogue::{Catalogue, FoundPaper, PaperSearch, find_kept};
use crate::reader::action::{Action, FoundPlace, PaperRequest};
use crate::reader::library_search::{
    FoundSince, LibraryMatch, LibraryNews, LibraryProgress, LibraryQuery,
};
use crate::reader::session::Message;
use crate::search::{MatchContext, Query, context};
use crate::shelf::{AnnotationKind, Library, Listed};
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
    taking_in: Arc<TakingIn>,
}

impl LibrarySearcher {
    pub(super) fn new(library: Library, catalogue: Catalogue) -> Self {
        LibrarySearcher {
            library,
            catalogue,
            wanted: Arc::default(),
            listed: Arc::default(),
            taking_in: Arc::default(),
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
        let (tell, tell_later) = (events.sender(), events.sender());
        let (library, catalogue) = (self.library.clone(), self.catalogue.clone());
        let (wanted, listed) = (Arc::clone(&self.wanted), Arc::clone(&self.listed));
        let taking_in = Arc::clone(&self.taking_in);
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
            // A search that is asked for meanwhile goes first.
            let goes_on = || wanted.load(Ordering::Relaxed) <= query.number;
            if taking_in.go_on(&catalogue, &papers, goes_on) {
                tell_later(Message::Action(Action::SourcesTakenIn));
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
    for (index, listed) in papers.iter().enumerate() {
        if !is_wanted() {
            return;
        }
        teller.take_kept(index, matches_kept(listed, parsed, query.columns));
    }
    let show = |found: &FoundPaper| (matches_in(found, query), found.matches.len());
    catalogue.search(papers, parsed, show, |index, result| {
        teller.progress.searched += 1;
        match result {
            PaperSearch::Unread => teller.progress.unread += 1,
            PaperSearch::Nothing => {}
            PaperSearch::Matches((matches, count)) => teller.take(index, matches, count),
        }
        teller.tell_now_and_then();
        is_wanted() && !teller.is_full()
    });
}

/// Gathers what is found, and tells it now and then, the first at once.
struct Teller {
    number: u64,
    found: Vec<LibraryMatch>,
    listed: usize,
    /// The papers that have the pattern, by where they are in the list.
    papers: HashSet<usize>,
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
            papers: HashSet::new(),
            progress: LibraryProgress {
                papers,
                ..LibraryProgress::default()
            },
            told: None,
            tell,
        }
    }

    /// Takes what is kept about a paper that has the pattern, of which all is counted.
    fn take_kept(&mut self, paper: usize, mut found: Vec<LibraryMatch>) {
        let count = found.len();
        if count > 0 {
            // Nothing else has been listed yet.
            found.truncate(MAX_KEPT.saturating_sub(self.listed));
            self.progress.is_cut |= found.len() < count;
            self.take(paper, found, count);
        }
    }

    /// Takes the matches in a paper, of which so many are counted.
    fn take(&mut self, paper: usize, found: Vec<LibraryMatch>, count: usize) {
        self.papers.insert(paper);
        self.progress.with_matches = self.papers.len();
        self.progress.matches += count;
        self.listed += found.len();
        self.found.extend(found);
        self.progress.is_cut |= self.is_full();
    }

    /// Whether no more is listed.
    fn is_full(&self) -> bool {
        self.listed >= MAX_LISTED
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
    let there = request_of(found.listed);
    let request = |position| PaperRequest {
        found: Some(FoundPlace {
            pattern: query.pattern.clone(),
            position,
        }),
        ..there.clone()
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
    let title: Arc<str> = title_of(listed, listed.origin().is_none()).into();
    let there = request_of(listed);
    let section: Arc<str> = "what you kept".into();
    let rows = found.iter().map(|kept| {
        let detail = match (&kept.annotation.kind, kept.is_own) {
            (AnnotationKind::Highlight(_), false) => "highlight",
            (AnnotationKind::Bookmark, false) => "bookmark",
            (_, false) => "note on it",
            (_, true) => "your note",
        };
        let request = PaperRequest {
            part: Some(kept.annotation.id.as_str().to_owned()),
            ..there.clone()
        };
        row(
            (&title, Arc::clone(&section)),
            detail.to_owned(),
            context(&kept.words, kept.passage, columns),
            request,
        )
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
    if is_away {
        format!("{title} (not there now)")
    } else {
        title
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::catalogue::CataloguePaper;
    use crate::formats::markdown;
    use crate::paper::{BlockId, Passage, Position};
    use crate::reader::open::finder::Pattern;
    use crate::search::Mode;
    use crate::shelf::{Opened, Origin};

    /// What is told of a search for “bread” in a paper with so many notes on it, in the end, and how
    /// many matches are listed.
    fn search_with_notes(notes: usize) -> (LibraryProgress, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paper.md");
        let text = "# War\n\nBread was dear.\n";
        fs::write(&path, text).unwrap();
        let library = Library::new(Some(folder.path().join("library")));
        let paper = markdown::parse(text).paper;
        let opened = library.open(&paper, &Origin::File(path));
        let Opened::Shelf(mut shelf) = opened else {
            panic!("it is known which paper it is");
        };
        let last = BlockId(paper.blocks.len() - 1);
        let at = |offset| Position {
            block: last,
            offset,
        };
        let passage = Passage {
            start: at("Bread ".len()),
            end: at("Bread was dear".len()),
        };
        for _ in 0..notes {
            shelf.note_on(passage, "about bread").unwrap();
        }
        drop(shelf);
        let catalogue = Catalogue::new(None, "", move |_| {
            Some(CataloguePaper {
                paper: paper.clone(),
                beside: Vec::new(),
            })
        });
        let told = Arc::new(Mutex::new(Vec::new()));
        let tell = Arc::clone(&told);
        let papers = library.papers().0;
        let mut teller = Teller::new(
            1,
            papers.len(),
            Box::new(move |message| tell.lock().unwrap().push(message)),
        );
        let query = LibraryQuery {
            pattern: Pattern {
                text: "bread".to_owned(),
                mode: Mode::default(),
            },
            number: 1,
            columns: 40,
            lists_anew: true,
        };
        let parsed = Query::parse("bread", Mode::default()).unwrap();
        search(&papers, &catalogue, &query, &parsed, &|| true, &mut teller);
        teller.end();
        let told = told.lock().unwrap();
        let mut news = told.iter().map(|message| match message {
            Message::Action(Action::TakeLibraryNews(news)) => &news.0,
            other => panic!("{other:?}"),
        });
        let listed = news.clone().map(|news| news.matches.len()).sum();
        (news.next_back().unwrap().progress, listed)
    }

    #[test]
    fn a_paper_that_has_the_words_in_its_text_and_in_what_is_kept_counts_once() {
        let (progress, listed) = search_with_notes(1);
        assert_eq!(progress.with_matches, 1, "{progress:?}");
        assert_eq!((progress.matches, listed), (2, 2));
        assert!(!progress.is_cut);
    }

    #[test]
    fn of_what_is_kept_no_more_is_listed_than_is_said_and_the_text_is_searched_still() {
        let (progress, listed) = search_with_notes(MAX_KEPT + 5);
        assert_eq!((progress.matches, listed), (MAX_KEPT + 6, MAX_KEPT + 1));
        assert!(progress.is_cut && progress.searched == 1, "{progress:?}");
    }
}
