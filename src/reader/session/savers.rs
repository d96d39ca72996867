//! The way to what is kept about each of the open papers.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use super::Message;
use crate::document::Document;
use crate::reader::open::DocumentId;
use crate::reader::open::annotations::ReadingState;
use crate::reader::persistence::{Persistence, PersistenceThread, Unsaved};
use crate::reader::settings::Settings;
use crate::shelf::{Library, Opened, Origin};
use crate::terminal::events::EventSource;

/// Starts what saves one paper.
type Start<E> =
    dyn Fn(&E, DocumentId, &Arc<Document>, Origin) -> io::Result<PersistenceThread> + Send;

/// What saves each of the open papers; nothing where nothing is kept.
pub(in crate::reader) struct Savers<E> {
    start: Option<Box<Start<E>>>,
    threads: BTreeMap<DocumentId, PersistenceThread>,
}

impl<E> fmt::Debug for Savers<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut savers = f.debug_struct("Savers");
        savers.field("threads", &self.threads);
        savers.finish_non_exhaustive()
    }
}

/// Where what is asked for is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reader) enum Beside {
    /// On a thread for each paper.
    Thread,
    /// On the loop's own thread, where nobody waits.
    Inline,
}

impl<E: EventSource<Message> + 'static> Savers<E> {
    /// Where nothing is kept.
    pub(in crate::reader) fn none() -> Self {
        Savers {
            start: None,
            threads: BTreeMap::new(),
        }
    }

    /// Keeps all in a library. Papers without settings of their own have these.
    pub(in crate::reader) fn new(library: Library, settings: Settings, beside: Beside) -> Self {
        let start = move |events: &E, id, document: &Arc<Document>, origin| {
            let keeper = Persistence::new(library.clone(), Arc::clone(document), origin)
                .with_default_settings(settings);
            let opening = keeper.opening();
            let tell = events.sender();
            let tell = move |action| tell(Message::To(id, action));
            let saver = match beside {
                Beside::Thread => PersistenceThread::start(keeper, tell)?,
                Beside::Inline => PersistenceThread::inline(keeper, tell),
            };
            events.spawn("shelf", move || {
                Some(Message::Shelf(id, Box::new(opening())))
            })?;
            Ok(saver)
        };
        Savers {
            start: Some(Box::new(start)),
            threads: BTreeMap::new(),
        }
    }

    /// Opens what is kept about a paper, beside the loop, unless it is open.
    pub(super) fn open(
        &mut self,
        events: &E,
        id: DocumentId,
        document: &Arc<Document>,
        origin: Origin,
    ) -> io::Result<()> {
        if let Some(start) = &self.start
            && !self.threads.contains_key(&id)
        {
            self.threads
                .insert(id, start(events, id, document, origin)?);
        }
        Ok(())
    }

    pub(super) fn get(&mut self, id: DocumentId) -> Option<&mut PersistenceThread> {
        self.threads.get_mut(&id)
    }

    /// When the reading place of a paper is to be saved; none if it is.
    pub(super) fn deadline(&self, id: DocumentId) -> Option<Instant> {
        self.threads.get(&id)?.deadline()
    }

    /// Takes what is kept about a paper.
    pub(super) fn take(&mut self, id: DocumentId, opened: Box<Opened>) {
        if let Some(saver) = self.get(id) {
            saver.take(opened);
        }
    }

    /// Saves what is left to be saved, and gives what could not be. `here` is where the reader is
    /// in each paper.
    pub(in crate::reader) fn end(self, here: impl Fn(DocumentId) -> ReadingState) -> Unsaved {
        let mut unsaved = Unsaved::default();
        for (id, saver) in self.threads {
            let Unsaved { lines, is_grave } = saver.end(here(id));
            unsaved.lines.extend(lines);
            unsaved.is_grave |= is_grave;
        }
        unsaved
    }
}
