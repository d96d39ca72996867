//! A frame without a terminal: what a reader of a paper sees after some keys.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::action::Action;
use super::key::{Key, UnknownKey};
use super::state::State;
use super::{draw, keymap, terminal};
use crate::paper::Paper;
use crate::sources::Sources;

/// What lights up for a moment after a key is dark again after this long.
const A_WHILE: Duration = Duration::from_secs(60);

/// Draws the screen as it stays after these keys, which are named as in the table of keys and
/// parted by blanks. What a key does outside the screen is not done: nothing is copied or opened,
/// and no key quits. The size is clamped as a terminal's is.
///
/// # Errors
///
/// When no key has one of the names.
pub fn frame(paper: Arc<Paper>, size: Size, keys: &str) -> Result<Buffer, UnknownKey> {
    let size = terminal::clamp(size);
    let now = Instant::now();
    let sources = Arc::new(Sources::read(&paper));
    let mut state = State::new(paper, size);
    let _ = state.update(Action::TakeSources(sources), now);
    for name in keys.split_whitespace() {
        let key: Key = name.parse()?;
        if let Some(action) = keymap::action(state.context(), key) {
            let _ = state.update(action, now);
        }
        while state.has_work() {
            let _ = state.update(Action::Work, now);
        }
    }
    let _ = state.update(Action::Expire, now + A_WHILE);
    let mut buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
    draw::draw(&state, &mut buffer);
    Ok(buffer)
}
