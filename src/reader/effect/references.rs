//! Writing the references of sources beside the loop.

use std::io;
use std::sync::Arc;

use crate::export::{ReferenceFormat, references};
use crate::reader::action::{Action, WrittenReferences};
use crate::reader::open::OpenDocument;
use crate::reader::session::Message;
use crate::sources::SourceId;
use crate::terminal::events::EventSource;

/// Has the references of sources of the shown paper written; their fields may have to be read first.
pub(super) fn write(
    of: Vec<SourceId>,
    format: ReferenceFormat,
    shown: &OpenDocument,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let document = Arc::clone(&shown.document);
    events.spawn("references", move || {
        let written = WrittenReferences {
            text: references(document.sources_for_export(), &of, format),
            count: of.len(),
            format,
        };
        Some(Message::Action(Action::TakeReferences(written)))
    })
}
