//! Keys and the mouse: what each means where it is pressed.

pub(crate) mod key;
pub(crate) mod keymap;
pub(crate) mod mouse;
