//! A state as a picture. Drawing only reads: the same state drawn twice is the same frame.

mod address;
mod beside;
mod boxes;
mod entry;
mod footer;
mod help;
mod matches;
mod note;
mod page;
mod rows;
mod search;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Cell, Rect};

use super::action::Hit;
use super::list::{List, Subject};
use super::state::{Overlay, Shows, State};

/// What a click on the screen means.
#[derive(Debug, Default)]
pub(crate) struct Hits(Vec<(Rect, Hit)>);

impl Hits {
    fn add(&mut self, area: Rect, hit: Hit) {
        self.0.push((area, hit));
    }

    /// Where what can be clicked stands.
    #[cfg(test)]
    pub(crate) fn areas(&self) -> impl Iterator<Item = Rect> {
        self.0.iter().map(|(area, _)| *area)
    }

    /// What stands at a column and row; the topmost, if several do.
    pub(crate) fn at(&self, column: u16, row: u16) -> Option<Hit> {
        let cell = Cell::new(column, row);
        self.0
            .iter()
            .rev()
            .find(|(area, _)| area.contains(cell))
            .map(|(_, hit)| hit.clone())
    }
}

/// Draws the whole screen, and says where what can be clicked came to stand.
pub(crate) fn draw(state: &State, buffer: &mut Buffer) -> Hits {
    let mut hits = Hits::default();
    page::draw(state, buffer, &mut hits);
    beside::draw(state, buffer, &mut hits);
    draw_outline(state, buffer, &mut hits);
    for overlay in state.overlays() {
        match overlay {
            Overlay::Note(popup) => note::draw(state, popup, buffer, &mut hits),
            Overlay::List(list) if is_in_pane(state, list) => {}
            Overlay::List(list) => boxes::draw_list(state, list, buffer, &mut hits),
            Overlay::Help(page) => help::draw(state, *page, buffer, &mut hits),
            Overlay::Search(asking) if asking.shows == Shows::Page => {}
            Overlay::Search(asking) => matches::draw(state, asking, buffer, &mut hits),
            Overlay::Address(address) => address::draw(state, address, buffer, &mut hits),
            Overlay::Entry(entry) => entry::draw(state, entry, buffer, &mut hits),
            // The footer asks for it.
            Overlay::Letter(_) => {}
        }
    }
    footer::draw(state, buffer);
    hits
}

/// The outline beside the text: the open list of it, else the sections with the current one lit.
fn draw_outline(state: &State, buffer: &mut Buffer, hits: &mut Hits) {
    let area = state.geometry().outline;
    if area.is_empty() {
        return;
    }
    let open = state.overlays().iter().find_map(|overlay| match overlay {
        Overlay::List(list) if is_in_pane(state, list) => Some(list),
        _ => None,
    });
    match open {
        Some(list) => rows::draw_open_outline(list, area, buffer, hits),
        None => rows::draw_sections(state, area, buffer, hits),
    }
}

fn is_in_pane(state: &State, list: &List) -> bool {
    list.subject == Subject::Outline && !state.geometry().outline.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Style;

    use super::*;
    use crate::layout::ruler;

    /// How far ratatui gets when it draws the text.
    fn drawn(text: &str) -> u16 {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 400, 1));
        buffer.set_stringn(0, 0, text, 400, Style::default()).0
    }

    #[test]
    fn the_ruler_agrees_with_what_is_drawn() {
        let texts = [
            "",
            "plain",
            "naïve",
            "e\u{301}",
            "日本語",
            "ｶﾞｷﾞ",
            "👩‍👩‍👧",
            "🇺🇸🇨🇳",
            "❤️",
            "가각",
            "¹⁴·²",
            "“x”—…",
            "कि",
            "ﷺ",
            "a\u{200d}b",
        ];
        for text in texts {
            assert_eq!(ruler::columns(text), drawn(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_ruler_agrees_on_any_mixture(text in "(\\PC|[a-z ]|[🇦-🇿]|[\u{300}-\u{303}]|\u{200d}){0,40}") {
            prop_assert_eq!(ruler::columns(&text), drawn(&text));
        }
    }
}
