//! Links: to a place in the paper at once, to an address outside only after a yes.

use std::time::Instant;

use super::{Overlay, State};
use crate::paper::{BlockId, Target};
use crate::reader::action::{Effect, Focus, Notice};
use crate::reader::gloss::Gloss;
use crate::reader::link;
use crate::reader::list::{Goal, List, ListRow, Subject};
use crate::reader::popup::Popup;

impl State {
    pub(super) fn follow_link(&mut self, target: Target, now: Instant) {
        match target {
            Target::Place(position) => {
                self.close_notes();
                self.jump(position, now);
            }
            Target::Address(address) => self.ask_for_address(address.to_string()),
        }
    }

    /// Asks before an address is opened: the chosen one, the only one of the note or paragraph in
    /// hand, or one from a list of them.
    pub(super) fn ask_for_link(&mut self) {
        if let Some(address) = self.chosen_address() {
            return self.ask_for_address(address);
        }
        let addresses = self.addresses_in_hand();
        match addresses.as_slice() {
            [] => self.notice = Some(Notice::plain(self.words_without_link())),
            [address] => self.ask_for_address(address.clone()),
            several => {
                let rows = several.iter().enumerate().map(|(index, address)| ListRow {
                    text: address.clone(),
                    depth: 0,
                    detail: (index + 1).to_string(),
                    below: Vec::new(),
                    goal: Goal::Address(address.clone()),
                });
                let list = List::new(Subject::Links, rows.collect(), 0);
                self.overlays.push(Overlay::List(list));
            }
        }
    }

    pub(super) fn ask_for_address(&mut self, address: String) {
        self.overlays.push(Overlay::Address(address));
    }

    pub(super) fn confirm(&mut self) -> Option<Effect> {
        let Some(Overlay::Address(address)) = self.overlays.last() else {
            return None;
        };
        match link::check(address) {
            Ok(()) => {
                let effect = Effect::Open(address.clone());
                self.overlays.pop();
                Some(effect)
            }
            Err(why) => {
                self.notice = Some(Notice::warning(format!("not opened: {why}; y copies it")));
                None
            }
        }
    }

    /// The addresses of the open note, with those of its sources, else of the paragraph in hand.
    pub(super) fn addresses_in_hand(&self) -> Vec<String> {
        match self.overlays.last() {
            Some(Overlay::Note(popup)) => self.addresses_of(popup),
            _ => {
                let block = self.paper.block(self.view.hand());
                let addresses = block.map(link::addresses).unwrap_or_default();
                addresses.into_iter().map(str::to_owned).collect()
            }
        }
    }

    /// The addresses of an open note and of what stands beneath it, each once, in order.
    pub(crate) fn addresses_of(&self, popup: &Popup) -> Vec<String> {
        let note = popup.note().and_then(|note| self.paper.note(note));
        let blocks = note.and_then(|note| self.paper.blocks.get(note.blocks.clone()));
        let glosses = self.glosses(popup.step());
        let beneath = glosses.iter().map(Gloss::block);
        let mut found: Vec<String> = Vec::new();
        for address in blocks
            .into_iter()
            .flatten()
            .chain(beneath)
            .flat_map(link::addresses)
        {
            if !found.iter().any(|known| known == address) {
                found.push(address.to_owned());
            }
        }
        found
    }

    fn words_without_link(&self) -> &'static str {
        let is_link = |&(_, focus): &(BlockId, Focus)| matches!(focus, Focus::Link(_));
        match self.overlays.is_empty() {
            false => "no link in this note",
            true if self.view.targets().iter().any(is_link) => {
                "no link in this paragraph; Tab chooses another"
            }
            true => "no link on this screen",
        }
    }

    fn chosen_address(&self) -> Option<String> {
        let (block, Focus::Link(index)) = self.view.chosen()? else {
            return None;
        };
        match &self.paper.block(block)?.links.get(index)?.target {
            Target::Address(address) if self.overlays.is_empty() => Some(address.to_string()),
            _ => None,
        }
    }
}
