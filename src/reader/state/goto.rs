//! Going to a place by its name.

use super::{Overlay, State};
use crate::layout::ruler;
use crate::paper::Position;
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::search::{Place, What, rank};

impl State {
    /// The list of places that have names; typing ranks them.
    pub(super) fn open_goto(&mut self) {
        self.close_notes();
        let rows = self.places_named("");
        let list = List::new(Subject::Places, rows, 0);
        self.overlays.push(Overlay::List(list));
    }

    /// Ranks the places anew after something was typed.
    pub(super) fn rank_places(&mut self) {
        let Some(Overlay::List(list)) = self.overlays.last() else {
            return;
        };
        if list.subject != Subject::Places {
            return;
        }
        let rows = self.places_named(list.filter().text());
        if let Some(Overlay::List(list)) = self.overlays.last_mut() {
            list.replace(rows);
        }
    }

    fn places_named(&self, name: &str) -> Vec<ListRow> {
        let here = self.view.hand_or_top();
        let places = rank(name, &self.paper, here, &self.named_places());
        places.iter().map(|place| self.row_of(place)).collect()
    }

    /// The places that have names besides those that the paper itself gives: bookmarks and sources.
    fn named_places(&self) -> Vec<Place> {
        let mut places = self.bookmarked_places();
        places.extend(self.named_sources());
        places
    }

    fn row_of(&self, place: &Place) -> ListRow {
        let text = match place.what {
            What::Section | What::Bookmark => place.name.replace('\n', " "),
            _ => format!("{}  {}", place.name, self.words_at(place.position)),
        };
        ListRow {
            text,
            depth: 0,
            below: Vec::new(),
            detail: place.what.words().to_owned(),
            also: String::new(),
            goal: Goal::Place(place.position),
        }
    }

    /// The words at a position, so many that a row of a list has room for them.
    fn words_at(&self, position: Position) -> String {
        const COLUMNS: u16 = 120;
        let block = self.paper.block(position.block);
        let rest = block.and_then(|block| block.text.get(position.offset..));
        let words = ruler::shorten(rest.unwrap_or_default(), COLUMNS);
        words.replace(['\n', '\t'], " ")
    }
}
