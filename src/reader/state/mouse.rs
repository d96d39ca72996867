//! The mouse: what a click does, and whether clicks are heard at all.

use std::time::Instant;

use super::{Overlay, State};
use crate::paper::{BlockId, Position};
use crate::reader::action::{Effect, Hit, Notice};

impl State {
    pub(super) fn click(&mut self, hit: Hit, now: Instant) -> Option<Effect> {
        match hit {
            Hit::Row(index) => {
                match self.overlays.last_mut() {
                    Some(Overlay::List(list)) => list.select(index),
                    Some(Overlay::Search(_)) => self.light_match(index),
                    _ => return None,
                }
                return self.follow(now);
            }
            Hit::Inside => {}
            Hit::Lead(lead) if self.hears_the_text() => self.follow_lead(lead, now),
            Hit::Note(note) if self.hears_the_text() => self.show_note(note, None),
            Hit::Target(block, focus) if self.hears_the_text() => {
                self.follow_target(block, focus, now);
            }
            // What is being typed is not lost to a slip of the mouse.
            _ if matches!(self.overlays.last(), Some(Overlay::Entry(_))) => {}
            // A click beside what is open closes it, and does nothing else.
            _ if !self.overlays.is_empty() => self.close(now),
            Hit::Target(..) | Hit::Lead(_) | Hit::Note(_) => {}
            Hit::Section(index) => {
                let section = self.app.open.paper.sections.get(index);
                if let Some(start) = section.map(|section| section.blocks.start) {
                    self.jump(Position::start_of(BlockId(start)), now);
                }
            }
            Hit::Paragraph(block) => self.app.open.view.take_in_hand(block),
            Hit::Scrollbar { row, rows } => self.scroll_to_share(row, rows),
        }
        None
    }

    /// Whether a click on a marker or a link means it, and not the way out of what lies over it.
    fn hears_the_text(&self) -> bool {
        matches!(self.overlays.last(), None | Some(Overlay::Note(_)))
    }

    pub(super) fn toggle_mouse(&mut self) -> Effect {
        self.app.settings.mouse ^= true;
        let text = match self.app.settings.mouse {
            true => "mouse on",
            false => "mouse off: select text with the terminal",
        };
        self.app.notice = Some(Notice::plain(text));
        Effect::Mouse(self.app.settings.mouse)
    }
}
