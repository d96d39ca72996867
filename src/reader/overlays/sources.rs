//! The list of all sources that the notes cite.

use std::cmp::Reverse;

use super::elsewhere::ElsewhereList;
use super::uses::UseList;
use super::{Overlay, Response};
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::open::SourceOrder;
use crate::reader::overlays::list::{List, ListRow, RowTarget};
use crate::sources::{Source, SourceId};

/// All sources of the paper. It stays open under the list of the uses of one of them, so that
/// closing that leads back to it.
#[derive(Debug)]
pub(crate) struct SourceList(List);

impl SourceList {
    /// Opens the list at the source whose uses were looked at last.
    pub(crate) fn open(app: &mut App) -> Response {
        let words = match app.open.sources() {
            None => "still reading the sources; try again in a moment",
            Some(sources) if sources.all().is_empty() => "this paper cites no sources",
            Some(_) => {
                let order = app.open.lists.source_order;
                let mut list = List::new(order.title(), rows(app, order), 0);
                if let Some(last) = app.open.lists.last_use {
                    list.select_goal(&RowTarget::Source(last.source));
                }
                return Response::open(SourceList(list));
            }
        };
        app.notify(Notice::plain(words));
        Response::Consumed
    }

    /// Puts the rows in the next order.
    fn sort(&mut self, app: &mut App) {
        let order = app.open.lists.source_order.next();
        app.open.lists.source_order = order;
        self.0.title = order.title();
        self.0.resort(rows(app, order), &app.open);
    }
}

impl Overlay for SourceList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        if *action == Action::Sort {
            self.sort(app);
            return Response::Consumed;
        }
        if *action == Action::CitedElsewhere
            && let Some(RowTarget::Source(source)) = self.0.goal()
        {
            return ElsewhereList::open(app, &[*source]);
        }
        if *action == Action::CopyReference
            && let Some(RowTarget::Source(source)) = self.0.goal()
        {
            app.copy_references(vec![*source]);
            return Response::Consumed;
        }
        match self.0.hear_and_go(action, app) {
            Response::GoTo(RowTarget::Source(source)) => UseList::open(app, source),
            response => response,
        }
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        match action {
            Action::Sort => true,
            Action::CopyReference => self.0.goal().is_some(),
            Action::CitedElsewhere => match self.0.goal() {
                Some(RowTarget::Source(id)) => !app.open.citings_elsewhere(*id).is_empty(),
                _ => false,
            },
            _ => self.0.can_do(action),
        }
    }

    fn take_elsewhere(&mut self, app: &App) {
        let rows = rows(app, app.open.lists.source_order);
        self.0.resort(rows, &app.open);
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}

impl SourceOrder {
    fn title(self) -> &'static str {
        match self {
            SourceOrder::MostUsed => "Sources, most used first",
            SourceOrder::FirstUse => "Sources by first use",
            SourceOrder::Year => "Sources by year",
            SourceOrder::Author => "Sources by author",
        }
    }

    fn next(self) -> Self {
        match self {
            SourceOrder::MostUsed => SourceOrder::FirstUse,
            SourceOrder::FirstUse => SourceOrder::Year,
            SourceOrder::Year => SourceOrder::Author,
            SourceOrder::Author => SourceOrder::MostUsed,
        }
    }
}

/// Screens of fewer columns have only figures for the papers that cite a source.
const MIN_COLUMNS_FOR_WORDS: u16 = 60;

fn rows(app: &App, order: SourceOrder) -> Vec<ListRow> {
    let open = &app.open;
    let Some(sources) = open.sources() else {
        return Vec::new();
    };
    let all = sources.all().iter().enumerate();
    let mut all: Vec<_> = all
        .map(|(index, source)| (SourceId(index), source))
        .collect();
    let uses = |id: SourceId| sources.used_by(id).len();
    match order {
        SourceOrder::MostUsed => all.sort_by_key(|(id, _)| Reverse(uses(*id))),
        SourceOrder::FirstUse => {
            let paper = open.document.paper();
            all.sort_by_cached_key(|(id, _)| sources.first_place_of(paper, *id));
        }
        SourceOrder::Year => all.sort_by_key(|(_, source)| source.dates.first().copied()),
        SourceOrder::Author => {
            all.sort_by(|(_, one), (_, other)| one.author_key.cmp(&other.author_key));
        }
    }
    let is_narrow = app.geometry().screen.width < MIN_COLUMNS_FOR_WORDS;
    let elsewhere = |id: SourceId| match open.elsewhere().map_or(0, |known| known.papers(id)) {
        0 => String::new(),
        papers if is_narrow => format!("+{papers} · "),
        1 => "also in 1 paper · ".to_owned(),
        papers => format!("also in {papers} papers · "),
    };
    let row = |(id, source): (SourceId, &Source)| ListRow {
        detail: match uses(id) {
            1 => format!("{}1 use", elsewhere(id)),
            uses => format!("{}{uses} uses", elsewhere(id)),
        },
        ..ListRow::new(
            format!("{}  {}", source.name, source.text),
            RowTarget::Source(id),
        )
    };
    all.into_iter().map(row).collect()
}
