//! What is true of every terminal program, whatever it shows: taking the terminal over and giving
//! it back, what it sends and in which order, what it understands, and which bytes show a frame.

mod attributes;
pub(crate) mod capabilities;
pub(crate) mod charset;
pub(crate) mod events;
pub(crate) mod ground;
mod input;
mod inquiry;
pub(crate) mod output;
pub(crate) mod picture;
mod queue;
pub(crate) mod screen;
pub(crate) mod tty;

pub use tty::{TerminalGuard, WantedModes};
