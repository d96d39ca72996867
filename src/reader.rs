//! The terminal program: events to actions, one state, drawing.

pub mod canvas;
pub mod events;
pub mod terminal;
