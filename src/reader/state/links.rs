//! Links: to a place in the paper at once, to an address outside only after a yes.

use std::time::Instant;

use super::{Overlay, State};
use crate::paper::{BlockId, Target};
use crate::reader::action::{Effect, Focus, Notice};
use crate::reader::link;
use crate::reader::list::{Goal, List, ListRow, Subject};

impl State {
    pub(super) fn follow_link(&mut self, target: Target, now: Instant) {
        match target {
            Target::Place(position) => {
                self.close_notes();
                self.jump(position, now);
            }
            Target::Address(address) => match address.strip_prefix('#') {
                Some(name) => {
                    let words = format!("there is no heading “{name}”");
                    self.app.notice = Some(Notice::warning(words));
                }
                None => self.overlays.push(Overlay::Address(address.to_string())),
            },
        }
    }

    /// Follows a link: the chosen one, the only one of the note or paragraph in hand, or one from
    /// a list of them. Before an address is opened, it is shown and asked about.
    pub(super) fn open_link(&mut self, now: Instant) {
        if let Some(target) = self.chosen_link() {
            return self.follow_link(target, now);
        }
        let targets = self.links_in_hand();
        match targets.as_slice() {
            [] => self.app.notice = Some(Notice::plain(self.words_without_link())),
            [target] => self.follow_link(target.clone(), now),
            several => {
                let rows = several.iter().enumerate().map(|(index, target)| ListRow {
                    text: link::name(&self.app.open.paper, target),
                    depth: 0,
                    detail: (index + 1).to_string(),
                    below: Vec::new(),
                    also: String::new(),
                    goal: Goal::Link(target.clone()),
                });
                let list = List::new(Subject::Links, rows.collect(), 0);
                self.overlays.push(Overlay::List(list));
            }
        }
    }

    pub(super) fn confirm(&mut self) -> Option<Effect> {
        let Some(Overlay::Address(address)) = self.overlays.last() else {
            return None;
        };
        match link::check(address) {
            Ok(openable) => {
                self.overlays.pop();
                Some(Effect::Open(openable.address))
            }
            Err(_) if self.app.open.command_for(address).is_some() => {
                let words = "opcit opens one paper at a time; y copies the command";
                self.app.notice = Some(Notice::plain(words));
                None
            }
            Err(why) => {
                self.app.notice = Some(Notice::warning(format!("not opened: {why}; y copies it")));
                None
            }
        }
    }

    /// The links of the open note, with those of its sources, else of the paragraph in hand; each
    /// once, in order.
    fn links_in_hand(&self) -> Vec<Target> {
        match self.overlays.last() {
            Some(Overlay::Note(popup)) => self.app.open.links_of(popup, usize::MAX),
            _ => link::targets(
                self.app.open.paper.block(self.app.open.view.hand()),
                usize::MAX,
            ),
        }
    }

    pub(super) fn has_link_in_hand(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Note(popup)) => !self.app.open.links_of(popup, 1).is_empty(),
            _ => {
                let block = self.app.open.paper.block(self.app.open.view.hand());
                block.is_some_and(|block| !block.links.is_empty())
            }
        }
    }

    fn words_without_link(&self) -> &'static str {
        let is_link = |&(_, focus): &(BlockId, Focus)| matches!(focus, Focus::Link(_));
        match self.overlays.is_empty() {
            false => "no link in this note",
            true if self.app.open.view.targets().iter().any(is_link) => {
                "no link in this paragraph; Tab selects another"
            }
            true => "no link on this screen",
        }
    }

    fn chosen_link(&self) -> Option<Target> {
        let (block, Focus::Link(index)) = self.app.open.view.chosen()? else {
            return None;
        };
        let link = self.app.open.paper.block(block)?.links.get(index)?;
        self.overlays.is_empty().then(|| link.target.clone())
    }
}
