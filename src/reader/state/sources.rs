//! Sources: what stands beneath a note, going on to it, and the list of all.

use std::cmp::Reverse;
use std::time::Instant;

use super::{Overlay, State};
use crate::paper::{Note, NoteId, Passage, Position};
use crate::reader::action::{Direction, Notice};
use crate::reader::gloss::Lead;
use crate::reader::list::{Goal, List, ListRow, Order, Subject};
use crate::reader::open::LastUse;
use crate::reader::popup::{Popup, Step};
use crate::search::context;
use crate::sources::{Source, SourceId, Sources, Use};

/// Columns of text that show a passage with the words around it.
const CONTEXT_COLUMNS: u16 = 110;

impl State {
    /// What of the places that the open note leads on to is in this note, or is this note.
    pub(super) fn step_on_to(&self, note: NoteId) -> Option<Step> {
        let steps = self.app.open.steps_on(self.open_popup()?.step());
        steps.into_iter().find(|step| step.note() == Some(note))
    }

    /// In an open note: chooses the next of the places that it leads on to, and after the last one
    /// opens the note of the next marker.
    pub(super) fn choose_in_note(&mut self, direction: Direction) {
        let Some(popup) = self.open_popup() else {
            return;
        };
        let steps = self.app.open.steps_on(popup.step());
        let chosen = self.app.open.chosen_step(popup);
        let at = chosen.and_then(|chosen| steps.iter().position(|step| *step == chosen));
        let next = match direction {
            Direction::Next => Some(at.map_or(0, |at| at + 1)).filter(|next| *next < steps.len()),
            Direction::Previous => at.and_then(|at| at.checked_sub(1)),
        };
        match (next, self.overlays.last_mut()) {
            (Some(next), Some(Overlay::Note(popup))) => popup.choose(next),
            _ => self.switch_to_next_marker(direction),
        }
    }

    pub(super) fn follow_in_note(&mut self, now: Instant) {
        let chosen = self
            .open_popup()
            .and_then(|popup| self.app.open.chosen_step(popup));
        match chosen {
            Some(step) => self.go_into(step),
            None => self.go_to_open_note(now),
        }
    }

    /// Goes where something beneath a note leads: a source opens on top of it.
    pub(super) fn follow_lead(&mut self, lead: Lead, now: Instant) {
        match lead {
            Lead::Target(target) => self.follow_link(target, now),
            Lead::Source(source) => match (self.app.open.step_of(source), self.overlays.last()) {
                (Some(step), Some(Overlay::Note(_))) => self.go_into(step),
                (Some(Step::Source(note, _)), _) => {
                    self.show_note(note, None);
                    self.switch_to_source(source);
                }
                _ => {}
            },
        }
    }

    /// Takes a letter after a note's number: `b` in note 8 is the source 8b.
    pub(super) fn type_source_letter(&mut self, letter: char) {
        let note = self.open_popup().and_then(Popup::note);
        let Some(note) = note.and_then(|id| self.app.open.paper.note(id)) else {
            return;
        };
        let name = format!("{}{letter}", note.label);
        let mut all = self
            .app
            .open
            .sources()
            .map(Sources::all)
            .unwrap_or_default()
            .iter();
        match all.position(|source| source.name == name) {
            Some(source) => self.switch_to_source(SourceId(source)),
            None => self.app.notice = Some(Notice::plain(format!("there is no source {name}"))),
        }
    }

    /// Shows a source in the open note that gives it.
    fn switch_to_source(&mut self, source: SourceId) {
        if let Some(step) = self.app.open.step_of(source) {
            self.go_into(step);
        }
    }

    pub(super) fn open_sources(&mut self) {
        let Some(sources) = self.app.open.sources() else {
            self.app.notice = Some(Notice::plain(
                "still reading the sources; try again in a moment",
            ));
            return;
        };
        if sources.all().is_empty() {
            self.app.notice = Some(Notice::plain("this paper cites no sources"));
            return;
        }
        let order = self.app.open.lists.source_order;
        let rows = self.source_rows(order);
        let looked_up = self
            .app
            .open
            .lists
            .last_use
            .map(|looked_up| looked_up.source);
        let selected = rows
            .iter()
            .position(|row| looked_up.is_some_and(|source| row.goal == Goal::Source(source)));
        let list = List::new(Subject::Sources(order), rows, selected.unwrap_or(0));
        self.overlays.push(Overlay::List(list));
    }

    /// Puts the open list of sources in the next order.
    pub(super) fn sort_list(&mut self) {
        let Some(Overlay::List(list)) = self.overlays.last() else {
            return;
        };
        let Subject::Sources(order) = list.subject else {
            self.app.notice = Some(Notice::plain("this list cannot be sorted"));
            return;
        };
        let order = order.next();
        self.app.open.lists.source_order = order;
        let (rows, whole) = (self.source_rows(order), self.whole_texts());
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.resort(Subject::Sources(order), rows, whole);
        }
    }

    pub(super) fn is_list_of_sources_open(&self) -> bool {
        matches!(
            self.overlays.last(),
            Some(Overlay::List(List {
                subject: Subject::Sources(_),
                ..
            }))
        )
    }

    /// Opens the list of what rests on a source, over the list of sources.
    pub(super) fn open_uses(&mut self, source: SourceId) {
        let rows = self.use_rows(source);
        let selected = match self.app.open.lists.last_use {
            Some(looked_up) if looked_up.source == source => looked_up.row,
            _ => 0,
        };
        let selected = selected.min(rows.len().saturating_sub(1));
        self.app.open.lists.last_use = Some(LastUse {
            source,
            row: selected,
        });
        self.overlays
            .push(Overlay::List(List::new(Subject::Uses, rows, selected)));
    }

    /// Opens the list of what rests on the sources that the open note gives, or if it gives none,
    /// on those that it stands for.
    pub(super) fn open_uses_of_note(&mut self) {
        let sources = self.open_popup().map(|popup| self.sources_of(popup.step()));
        match sources.unwrap_or_default().as_slice() {
            [] => self.app.notice = Some(Notice::plain("this note cites no source")),
            [source] => self.open_uses(*source),
            several => {
                let rows = several
                    .iter()
                    .flat_map(|&source| self.named_use_rows(source));
                let list = List::new(Subject::Uses, rows.collect(), 0);
                self.app.open.lists.last_use = None;
                self.overlays.push(Overlay::List(list));
            }
        }
    }

    fn sources_of(&self, step: Step) -> Vec<SourceId> {
        let Some(sources) = self.app.open.sources() else {
            return Vec::new();
        };
        match step {
            Step::Source(_, source) => vec![source],
            Step::Note(note) => match sources.given_in(note) {
                given if given.is_empty() => sources.refers_to(note),
                given => given,
            },
            Step::Mention(mention) => {
                let mention = sources.mentions().get(mention);
                mention.map_or(Vec::new(), |mention| mention.sources.clone())
            }
        }
    }

    /// The rows of a source's uses, each saying which source it is.
    fn named_use_rows(&self, source: SourceId) -> Vec<ListRow> {
        let name = self
            .app
            .open
            .sources()
            .and_then(|sources| sources.get(source));
        let name = name.map_or("", |source| source.name.as_str());
        let mut rows = self.use_rows(source);
        for row in &mut rows {
            row.detail = format!("{name} · {}", row.detail);
        }
        rows
    }

    /// Remembers which use the open list leads to, so that the lists open there again.
    pub(super) fn note_what_is_looked_up(&mut self) {
        if let Some(Overlay::List(list)) = self.overlays.last()
            && list.subject == Subject::Uses
            && let Some(looked_up) = &mut self.app.open.lists.last_use
        {
            looked_up.row = list.selected_row();
        }
    }

    fn source_rows(&self, order: Order) -> Vec<ListRow> {
        let Some(sources) = self.app.open.sources() else {
            return Vec::new();
        };
        let mut all: Vec<(SourceId, &Source)> = sources
            .all()
            .iter()
            .enumerate()
            .map(|(index, source)| (SourceId(index), source))
            .collect();
        let uses = |id: SourceId| sources.used_by(id).len();
        match order {
            Order::Use => all.sort_by_key(|(id, _)| Reverse(uses(*id))),
            Order::FirstUse => {
                all.sort_by_cached_key(|(id, _)| self.first_place_of(*id));
            }
            Order::Year => all.sort_by_key(|(_, source)| source.dates.first().copied()),
            Order::Author => {
                all.sort_by(|(_, one), (_, other)| one.author_key.cmp(&other.author_key));
            }
        }
        let row = |(id, source): (SourceId, &Source)| ListRow {
            text: format!("{}  {}", source.name, source.text),
            depth: 0,
            below: Vec::new(),
            detail: match uses(id) {
                1 => "1 use".to_owned(),
                uses => format!("{uses} uses"),
            },
            also: String::new(),
            goal: Goal::Source(id),
        };
        all.into_iter().map(row).collect()
    }

    /// Where in the running text a source is rested on: at the markers of its notes, and where it
    /// is mentioned. In reading order.
    fn places_of(&self, source: SourceId) -> Vec<(Position, Option<NoteId>)> {
        let uses = self
            .app
            .open
            .sources()
            .map(|sources| sources.used_by(source));
        let mut places = Vec::new();
        for used in uses.unwrap_or_default() {
            match used {
                Use::Given(note) | Use::Short(note, _) => {
                    let cited = self.app.open.paper.note(*note).map(|cited| &cited.cited_in);
                    places.extend(cited.into_iter().flatten().map(|at| (*at, Some(*note))));
                }
                Use::Mention(passage) => places.push((passage.start, None)),
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The first of a source's places, found without the others: a source may have as many as its
    /// note has markers, and a note may have very many sources.
    fn first_place_of(&self, source: SourceId) -> Option<Position> {
        let uses = self.app.open.sources()?.used_by(source).iter();
        let firsts = uses.filter_map(|used| match used {
            Use::Given(note) | Use::Short(note, _) => {
                self.app.open.paper.note(*note)?.cited_in.first().copied()
            }
            Use::Mention(passage) => Some(passage.start),
        });
        firsts.min()
    }

    fn use_rows(&self, source: SourceId) -> Vec<ListRow> {
        // Where the source is given, its own name tells it from the others of that note.
        let given = self
            .app
            .open
            .sources()
            .and_then(|sources| sources.get(source));
        let name = |id: NoteId, note: &Note| match given {
            Some(given) if given.note == id => given.name.clone(),
            _ => note.number.to_string(),
        };
        let row = |(position, note): (Position, Option<NoteId>)| ListRow {
            text: self.words_around(position),
            depth: 0,
            below: Vec::new(),
            detail: match note.and_then(|id| Some((id, self.app.open.paper.note(id)?))) {
                Some((id, note)) => format!("note {}", name(id, note)),
                None => "mentioned".to_owned(),
            },
            also: String::new(),
            goal: Goal::Place(position),
        };
        let mut rows: Vec<ListRow> = self.places_of(source).into_iter().map(row).collect();
        if rows.is_empty() {
            // A note that nothing cites can still be read.
            rows.extend(
                self.app
                    .open
                    .step_of(source)
                    .and_then(Step::note)
                    .map(|note| ListRow {
                        text: "its note (never cited in the text)".to_owned(),
                        depth: 0,
                        below: Vec::new(),
                        detail: String::new(),
                        also: String::new(),
                        goal: Goal::Note(note),
                    }),
            );
        }
        rows
    }

    /// The words before and after a place.
    fn words_around(&self, position: Position) -> String {
        let here = Passage {
            start: position,
            end: position,
        };
        let around = context(&self.app.open.paper, here, CONTEXT_COLUMNS);
        format!("{}{}{}", around.before, around.hit, around.after)
    }
}
