//! Pictures that are not made of cells: which of them the terminal shows and keeps, and the bytes that
//! make it show the next frame's.

use std::collections::VecDeque;
use std::io;
use std::sync::Arc;

use crossterm::cursor::MoveTo;
use crossterm::queue;
use ratatui::layout::{Position, Rect};

use crate::terminal::picture::TerminalPicture;

/// The most pictures that the terminal is to keep while they are not shown.
const MAX_KEPT: usize = 8;

/// A picture that is not made of cells, and the column and row of its upper left one.
#[derive(Debug, Clone)]
pub(crate) struct ScreenPicture {
    pub(crate) at: Position,
    pub(crate) picture: Arc<TerminalPicture>,
}

/// Whether it is the same one at the same place, not only one that looks so.
impl PartialEq for ScreenPicture {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at && self.is_of(&other.picture)
    }
}

impl ScreenPicture {
    fn is_of(&self, picture: &Arc<TerminalPicture>) -> bool {
        Arc::ptr_eq(&self.picture, picture)
    }

    /// Whether it can be shown: some terminals scroll the screen below one that reaches its end.
    pub(super) fn fits(&self, area: Rect) -> bool {
        let end = u32::from(self.at.y) + u32::from(self.picture.size().height);
        end < u32::from(area.height)
    }
}

/// The pictures of the last frame, and those that the terminal keeps besides.
#[derive(Debug, Default)]
pub(super) struct ShownPictures {
    shown: Vec<ScreenPicture>,
    /// The one that was sent last stands last.
    kept: VecDeque<Arc<TerminalPicture>>,
}

impl ShownPictures {
    pub(super) fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Whether only clearing the screen takes away what the next frame does not have.
    pub(super) fn need_clearing(&self, next: &[ScreenPicture]) -> bool {
        self.shown.iter().any(|shown| {
            let hides = shown.picture.bytes().map(|bytes| !bytes.hidden.is_empty());
            !next.contains(shown) && hides != Some(true)
        })
    }

    /// Adds what takes away what is not shown any more, on a screen that has been cleared if
    /// `is_cleared`, and shows what is new.
    pub(super) fn encode(
        &mut self,
        bytes: &mut Vec<u8>,
        next: Vec<ScreenPicture>,
        is_cleared: bool,
    ) -> io::Result<()> {
        if is_cleared {
            // Terminals differ in what they keep of it.
            self.shown.clear();
            for picture in self.kept.drain(..) {
                forget(bytes, &picture);
            }
        }
        let is_gone = |shown: &&ScreenPicture| !next.iter().any(|next| next.is_of(&shown.picture));
        for gone in self.shown.iter().filter(is_gone) {
            bytes.extend(gone.picture.bytes().iter().flat_map(|it| &it.hidden));
        }
        for new in &next {
            if self.shown.contains(new) {
                continue;
            }
            self.keep(bytes, new);
            queue!(bytes, MoveTo(new.at.x, new.at.y))?;
            bytes.extend(new.picture.bytes().iter().flat_map(|it| &it.shown));
        }
        self.shown = next;
        Ok(())
    }

    /// Has the terminal keep a picture, if it can and does not, and forget the one that it has kept
    /// longest.
    fn keep(&mut self, bytes: &mut Vec<u8>, new: &ScreenPicture) {
        let Some(sent) = new.picture.bytes().filter(|it| !it.kept.is_empty()) else {
            return;
        };
        if self.kept.iter().any(|kept| new.is_of(kept)) {
            return;
        }
        bytes.extend(&sent.kept);
        self.kept.push_back(Arc::clone(&new.picture));
        let is_shown = |kept: &Arc<TerminalPicture>| self.shown.iter().any(|it| it.is_of(kept));
        if self.kept.len() > MAX_KEPT
            && let Some(at) = self.kept.iter().position(|kept| !is_shown(kept))
            && let Some(oldest) = self.kept.remove(at)
        {
            forget(bytes, &oldest);
        }
    }
}

fn forget(bytes: &mut Vec<u8>, picture: &TerminalPicture) {
    bytes.extend(picture.bytes().iter().flat_map(|it| &it.forgotten));
}
