//! How the reader has moved through an open paper: the way back, how far they have come, and what is
//! highlighted where they have arrived.

use std::time::{Duration, Instant};

use super::FlashTarget;
use super::history::History;
use super::selecting::Gestures;
use crate::paper::Position;

/// For how long the place that a jump led to stays highlighted.
const FLASH: Duration = Duration::from_millis(1000);

/// The way that the reader has come.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    pub(crate) history: History,
    pub(crate) gestures: Gestures,
    flash: Option<Flash>,
    /// Whether the reader, or what opened the paper, has gone to a place in it.
    pub(super) has_jumped: bool,
    /// The place among the notes that the reader was led to, while it is on the screen.
    pub(super) looked_at: Option<Position>,
    /// How far into the body the reader has come, at the furthest, from 0 to 1.
    pub(super) furthest: f64,
    /// The top of the last screen, and how far into the body its end was.
    pub(super) screen: Option<(Position, f64)>,
}

/// What is highlighted for a moment, and until when.
#[derive(Debug, Clone, Copy)]
struct Flash {
    target: FlashTarget,
    until: Instant,
}

impl Trail {
    /// What is highlighted for a moment.
    pub(super) fn flash(&self) -> Option<FlashTarget> {
        self.flash.map(|flash| flash.target)
    }

    pub(super) fn start_flash(&mut self, target: FlashTarget, now: Instant) {
        let until = now + FLASH;
        self.flash = Some(Flash { target, until });
    }

    pub(super) fn end_flash(&mut self) {
        self.flash = None;
    }

    /// Ends the highlight when its time has passed.
    pub(super) fn expire(&mut self, now: Instant) {
        self.flash = self.flash.filter(|flash| flash.until > now);
    }

    /// When the highlight ends; none if there is none.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.flash.map(|flash| flash.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_highlighted_is_dark_again_at_its_deadline() {
        let (mut trail, now) = (Trail::default(), Instant::now());
        let target = FlashTarget::Line(Position::default());
        trail.start_flash(target, now);
        let deadline = trail.deadline().unwrap();
        trail.expire(now);
        assert_eq!(trail.flash(), Some(target));
        trail.expire(deadline);
        assert_eq!((trail.flash(), trail.deadline()), (None, None));
    }
}
