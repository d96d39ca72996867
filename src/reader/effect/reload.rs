//! Reading the file of an open paper as it is now, beside the loop.

use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::files::ReadPaper;
use crate::document::Document;
use crate::paper::{Paper, ProblemKind, RefusedMendings};
use crate::reader::action::{Action, Notice, RereadPaper};
use crate::reader::open::OpenDocument;
use crate::reader::session::Message;
use crate::terminal::events::EventSource;

/// How often a file is read that changes while it is read, and how long is waited in between.
const MAX_TRIES: usize = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

/// Has the file of a paper read. What cannot be read, or is empty, never takes the place of what
/// is shown.
pub(super) fn read(
    read: &Arc<ReadPaper>,
    shown: &OpenDocument,
    refused: RefusedMendings,
    is_asked: bool,
    events: &impl EventSource<Message>,
) -> io::Result<()> {
    let (id, read) = (shown.id, Arc::clone(read));
    let before = Arc::clone(&shown.document);
    let earlier = shown.rereading.marked_from().map(Arc::clone);
    events.spawn("reading", move || {
        let action = match read_whole(&*read, &before, &refused) {
            Err(why) => keep(format!("not read again: {why}")),
            Ok(now) if is_blank(now.paper()) && !is_blank(before.paper()) => {
                keep("the file is empty; its text before that is shown".to_owned())
            }
            Ok(now) if now.parsed() == before.parsed() => {
                let words = "the file has not changed";
                Action::KeepText(is_asked.then(|| Notice::plain(words)))
            }
            Ok(now) => {
                let reading = RereadPaper::new(now, refused)
                    .since(before)
                    .changed_from(earlier.as_deref());
                Action::TakeReading(Box::new(reading))
            }
        };
        Some(Message::To(id, action))
    })
}

fn keep(why: String) -> Action {
    Action::KeepText(Some(Notice::warning(why)))
}

/// Reads the file until it stays as it is meanwhile.
fn read_whole(
    read: &ReadPaper,
    before: &Document,
    refused: &RefusedMendings,
) -> Result<Document, String> {
    let has_changed = |document: &Document| {
        let mut problems = document.problems().iter();
        problems.any(|problem| matches!(problem.kind, ProblemKind::FileChanged))
    };
    for _ in 0..MAX_TRIES {
        let document = read(before.origin(), refused)?;
        if !has_changed(&document) {
            return Ok(document);
        }
        thread::sleep(BETWEEN_TRIES);
    }
    Err("the file does not stop changing".to_owned())
}

/// Whether there is nothing of the author's in it.
fn is_blank(paper: &Paper) -> bool {
    let mut blocks = paper.blocks.iter();
    !blocks.any(|block| block.is_authors() && !block.text.trim().is_empty())
}
