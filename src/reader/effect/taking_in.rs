//! Taking into the catalogue what the papers cite, behind the searches of all papers.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::catalogue::Catalogue;
use crate::shelf::Listed;

/// It takes longer than a search, and nobody waits for it, so that one processor does it: whoever
/// holds the lock.
#[derive(Debug, Default)]
pub(super) struct TakingIn(Mutex<TakenIn>);

#[derive(Debug, Default)]
struct TakenIn {
    /// The papers for which it was done last.
    papers: Weak<Vec<Listed>>,
    /// Whether any of what was taken in since the last time that all of it was is new.
    is_news: bool,
}

impl TakingIn {
    /// Goes on with it behind a search, once nobody else does, for as long as `goes_on` says that no
    /// other search is wanted. Returns whether all of it is in the catalogue now and any of it is new.
    pub(super) fn go_on(
        &self,
        catalogue: &Catalogue,
        papers: &Arc<Vec<Listed>>,
        goes_on: impl Fn() -> bool,
    ) -> bool {
        let mut taken_in = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_done = taken_in.papers.as_ptr() == Arc::as_ptr(papers);
        if is_done || !goes_on() {
            return false;
        }
        let taken = catalogue.take_in_sources(papers, goes_on);
        taken_in.is_news |= taken.is_news;
        if !taken.is_whole {
            return false;
        }
        taken_in.papers = Arc::downgrade(papers);
        std::mem::take(&mut taken_in.is_news)
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::mpsc;
    use std::thread;
    use std::time::{Duration, SystemTime};

    use super::*;
    use crate::catalogue::CataloguePaper;
    use crate::formats::markdown;
    use crate::paper::Position;
    use crate::shelf::{Library, Opened, Origin};

    const PATIENCE: Duration = Duration::from_secs(60);

    fn three_papers(folder: &Path) -> Arc<Vec<Listed>> {
        let library = Library::new(Some(folder.join("library")));
        for name in ["one", "two", "three"] {
            let (path, text) = (folder.join(name), format!("# {name}\n\nIt is so.\n"));
            fs::write(&path, &text).unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            // What was written just now is always read.
            file.set_modified(SystemTime::now() - PATIENCE).unwrap();
            let opened = library.open(&markdown::parse(&text).paper, &Origin::File(path));
            let Opened::Shelf(mut shelf) = opened else {
                panic!("it is known which paper it is");
            };
            shelf.set_place(Position::default(), 0.5).unwrap();
        }
        Arc::new(library.papers().0)
    }

    #[test]
    fn what_a_search_leaves_the_one_that_is_typed_meanwhile_takes_in() {
        let folder = tempfile::tempdir().unwrap();
        let papers = three_papers(folder.path());
        let (begins, reads) = mpsc::channel();
        let (go_on, may_go_on) = mpsc::channel();
        let may_go_on = Mutex::new(may_go_on);
        let cache = Some(folder.path().join("cache"));
        let catalogue = Catalogue::new(cache, "", move |_| {
            begins.send(()).unwrap();
            may_go_on.lock().unwrap().recv_timeout(PATIENCE).unwrap();
            Some(CataloguePaper {
                paper: markdown::parse("# One\n").paper,
                beside: Vec::new(),
            })
        });
        let (taking_in, wanted) = (TakingIn::default(), AtomicU64::new(1));
        let behind = |number| {
            let goes_on = || wanted.load(Ordering::SeqCst) <= number;
            taking_in.go_on(&catalogue, &papers, goes_on)
        };
        let news = thread::scope(|scope| {
            let first = scope.spawn(|| behind(1));
            // While it has a paper read, two letters more are typed.
            reads.recv_timeout(PATIENCE).unwrap();
            wanted.store(3, Ordering::SeqCst);
            let later = [2, 3].map(|number| scope.spawn(move || behind(number)));
            (0..3).for_each(|_| go_on.send(()).unwrap());
            let all = [first].into_iter().chain(later);
            all.map(|it| it.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(news, [false, false, true]);
        assert_eq!(reads.try_iter().count(), 2);
        // What is there is no news.
        assert!(!behind(4));
    }
}
