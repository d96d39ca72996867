//! Looking up beside the loop which of the reader's other papers cite the sources of the one that is
//! shown.

use std::io;
use std::sync::Arc;

use crate::catalogue::{Catalogue, CitedSources};
use crate::reader::action::Action;
use crate::reader::elsewhere::{CitedElsewhere, ElsewhereNews};
use crate::reader::open::OpenDocument;
use crate::reader::session::Message;
use crate::shelf::Library;
use crate::terminal::events::EventSource;

/// Has the sources of a paper looked up in what the catalogue has of the others. No paper is read
/// for that.
pub(super) fn look_up(
    library: &Library,
    catalogue: &Catalogue,
    shown: &OpenDocument,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let (library, catalogue) = (library.clone(), catalogue.clone());
    let (id, document) = (shown.id, Arc::clone(&shown.document));
    events.spawn("other papers", move || {
        let cited = || CitedSources::new(document.paper(), document.sources_for_export());
        let found = catalogue.other_citings(&library, document.origin(), cited);
        let found = CitedElsewhere::new(Arc::clone(&document), found);
        let news = ElsewhereNews(Arc::new(found));
        Some(Message::To(id, Action::TakeElsewhere(news)))
    })
}
