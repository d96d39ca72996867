//! What is true of every terminal program, whatever it shows: how bytes become keys, and which
//! characters a terminal can be sent.

pub(crate) mod charset;
pub(crate) mod input;
pub(crate) mod queue;
