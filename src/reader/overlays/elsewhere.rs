//! The list of the reader's other papers that cite a source.

use super::{Overlay, Response};
use crate::catalogue::OtherCiting;
use crate::reader::action::{Action, FoundPlace, Notice, PaperRequest};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::open::finder::Pattern;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::search::Mode;
use crate::sources::SourceId;

/// Other papers, each with what it calls the source; Enter opens it there.
#[derive(Debug)]
pub(crate) struct ElsewhereList(List);

impl ElsewhereList {
    /// Opens the list of the papers that cite some sources; with several, each row says which.
    pub(crate) fn open(app: &mut App, sources: &[SourceId]) -> Response {
        let mut rows = Vec::new();
        let names_own = sources.len() > 1;
        for &id in sources {
            let source = app.open.sources().and_then(|sources| sources.get(id));
            let name = source.map_or("", |source| source.name.as_str());
            let own = Some(name).filter(|_| names_own);
            rows.extend(app.open.citings_elsewhere(id).iter().map(|it| row(it, own)));
        }
        if rows.is_empty() {
            app.notify(Notice::plain(
                "none of your other papers is known to cite it",
            ));
            return Response::Consumed;
        }
        Response::open(ElsewhereList(List::new("Also cited in", rows, 0)))
    }
}

impl Overlay for ElsewhereList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        self.0.hear_and_go(action, app)
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

fn row(citing: &OtherCiting, own: Option<&str>) -> ListRow {
    let there = if citing.is_in_note {
        format!("note {}", citing.name)
    } else {
        citing.name.clone()
    };
    let title = match citing.paper.as_str() {
        "" => "a paper without a title".to_owned(),
        title => title.replace('\n', " "),
    };
    let request = PaperRequest {
        also: citing.paths.clone(),
        found: Some(FoundPlace {
            pattern: Pattern {
                text: citing.words.clone(),
                mode: Mode::Plain,
            },
            position: citing.position,
        }),
        ..PaperRequest::from(citing.origin.clone())
    };
    ListRow {
        detail: match own {
            Some(own) => format!("{own} is {there}"),
            None => there,
        },
        ..ListRow::new(title, RowTarget::File(request))
    }
}
