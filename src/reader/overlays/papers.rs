//! The question which of the papers that are known this one is.

use super::{Overlay, Response};
use crate::paper::clean;
use crate::reader::action::{Action, Effect};
use crate::reader::app::App;
use crate::reader::keys::keymap::{Context, Keymap};
use crate::reader::open::annotations::ShelfRequest;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::shelf::{PaperCandidate, Timestamp};

/// The papers that this one may be, and another one.
#[derive(Debug)]
pub(crate) struct PaperChoice(List);

impl PaperChoice {
    pub(crate) fn new(candidates: &[PaperCandidate], keymap: &Keymap) -> Self {
        let known = candidates.iter().map(candidate_row);
        let rows = known.chain([ListRow {
            below: vec!["the papers above stay as they are".to_owned()],
            ..ListRow::new("another paper, not read before", RowTarget::Paper(None))
        }]);
        let mut list = List::new("Which paper is this?", rows.collect(), 0);
        let words = "type to filter; what is kept of it comes along; {list/close} asks again later";
        list.invitation = keymap.expand(words).into();
        PaperChoice(list)
    }
}

impl Overlay for PaperChoice {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match self.0.hear_and_go(action, app) {
            Response::GoTo(RowTarget::Paper(paper)) => {
                app.request(Effect::Shelf(ShelfRequest::Choose(paper)));
                Response::Close
            }
            response => response,
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }

    fn asks_which_paper(&self) -> bool {
        true
    }
}

fn candidate_row(candidate: &PaperCandidate) -> ListRow {
    let day = candidate.last_read.map(Timestamp::day);
    let path = candidate.paths.first().map(|path| path.to_string_lossy());
    let path = clean(path.as_deref().unwrap_or_default()).into_owned();
    let title = match candidate.title.as_str() {
        "" => "a paper without a title",
        title => title,
    };
    ListRow {
        detail: day.unwrap_or_default(),
        below: Some(path)
            .filter(|path| !path.is_empty())
            .into_iter()
            .collect(),
        ..ListRow::new(title, RowTarget::Paper(Some(candidate.clone())))
    }
}
